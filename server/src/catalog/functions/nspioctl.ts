import { type Api, derivedNames } from '../api.ts';
import wsanspioctl from './wsanspioctl.ts';

const own = derivedNames('NSPIoctl');

export default {
	id: 'NSPIoctl',
	aliases: ['LPNSPIOCTL'],
	summary:
		'The provider side of WSANSPIoctl: ws2_32.dll calls it in the name space provider of the lookup. One argument more tells the calling thread.',
	parameters: [
		{ name: 'hLookup', type: 'HANDLE', meaning: 'The lookup, by the handle that this provider gave out.' },
		// Between the handle and the thread they are those of the call that leads here.
		...wsanspioctl.parameters.slice(1),
		{
			name: 'lpThreadId',
			type: 'LPWSATHREADID',
			meaning: 'Names the calling thread for WPUQueueApc. A provider keeps a copy of the structure, not the pointer.',
		},
	],
	returns: 'INT',
	result:
		'0 on success, else SOCKET_ERROR with the error set by WSASetLastError. WSA_IO_PENDING: the request has begun.',
	remarks: ['Providers hand it to ws2_32.dll as the member NSPIoctl of NSP_ROUTINE.'],
	header: 'ws2spi.h',
	// Three letters in front make a derived name of most functions, and another function of this one.
	matches: (name) => own(name) && !/WSANSPIoctl_?$/.test(name),
	roles: { code: 1, input: 2, inputSize: 3, output: 4, outputSize: 5, bytesReturned: 6, overlapped: 7 },
	// The documents name the arguments whose addresses have to be valid, and this is not among them.
	bytesReturnedOptional: true,
	family: 'winsock',
	handle: 'lookup',
	errorStyle: 'winsock',
	documentation: 'windows/win32/api/ws2spi/nc-ws2spi-lpnspioctl',
} satisfies Api;
