import { type Api, derivedNames } from './types.ts';

export default {
	id: 'ioctlsocket',
	parameters: ['s', 'cmd', 'argp'],
	header: 'winsock2.h',
	matches: derivedNames('ioctlsocket'),
	// The one argument is read and written, and always taken as 4 bytes.
	roles: { socket: 0, code: 1, input: 2, output: 2 },
	impliedLength: 4,
	errorStyle: 'winsock',
	documentation: 'windows/win32/api/winsock2/nf-winsock2-ioctlsocket',
} satisfies Api;
