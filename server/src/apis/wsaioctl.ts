import { type Api, derivedNames } from './types.ts';

export default {
	id: 'WSAIoctl',
	parameters: [
		's',
		'dwIoControlCode',
		'lpvInBuffer',
		'cbInBuffer',
		'lpvOutBuffer',
		'cbOutBuffer',
		'lpcbBytesReturned',
		'lpOverlapped',
		'lpCompletionRoutine',
	],
	header: 'winsock2.h',
	matches: derivedNames('WSAIoctl'),
	roles: {
		socket: 0,
		code: 1,
		input: 2,
		inputSize: 3,
		output: 4,
		outputSize: 5,
		bytesReturned: 6,
		overlapped: 7,
		completion: 8,
	},
	errorStyle: 'winsock',
	documentation: 'windows/win32/api/winsock2/nf-winsock2-wsaioctl',
} satisfies Api;
