import { type Api, derivedNames } from './types.ts';

const own = derivedNames('WSPIoctl');

export default {
	id: 'WSPIoctl',
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
		'lpThreadId',
		'lpErrno',
	],
	header: 'ws2spi.h',
	// `lpWSPIoctl` is the member of the provider's procedure table.
	matches: (name) => own(name) || /^(?:\w+_)?lpWSPIoctl$/.test(name),
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
	documentation: 'windows/win32/api/ws2spi/nc-ws2spi-lpwspioctl',
} satisfies Api;
