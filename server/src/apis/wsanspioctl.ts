import { type Api, derivedNames } from './types.ts';

const own = derivedNames('WSANSPIoctl');
const provider = derivedNames('NSPIoctl');

export default {
	id: 'WSANSPIoctl',
	parameters: [
		'hLookup',
		'dwControlCode',
		'lpvInBuffer',
		'cbInBuffer',
		'lpvOutBuffer',
		'cbOutBuffer',
		'lpcbBytesReturned',
		'lpCompletion',
	],
	header: 'winsock2.h',
	matches: (name) => own(name) || provider(name),
	roles: { code: 1, input: 2, inputSize: 3, output: 4, outputSize: 5, bytesReturned: 6, overlapped: 7 },
	errorStyle: 'winsock',
	documentation: 'windows/win32/api/winsock2/nf-winsock2-wsanspioctl',
} satisfies Api;
