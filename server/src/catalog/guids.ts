/** GUIDs of `mswsock.h` that SIO_GET_EXTENSION_FUNCTION_POINTER and its table form take. */
import type { ExtensionGuid, SocketSpec, WindowsSpec } from './model.ts';

const xp: WindowsSpec = { since: 'Windows XP', version: '5.1', basis: 'header' };
const vista: WindowsSpec = { since: 'Windows Vista', version: '6.0', basis: 'header' };
const one = { code: 'SIO_GET_EXTENSION_FUNCTION_POINTER', header: 'mswsock.h' } as const;

const stream: SocketSpec = { types: ['SOCK_STREAM'] };
const datagram: SocketSpec = { types: ['SOCK_DGRAM', 'SOCK_RAW'] };

export const guids: readonly ExtensionGuid[] = [
	{
		name: 'WSAID_ACCEPTEX',
		guid: 'b5367df1-cbac-11cf-95ca-00805f48a192',
		gives: 'AcceptEx',
		type: 'LPFN_ACCEPTEX',
		...one,
		socket: stream,
		summary: 'Accepts a connection asynchronously, with both addresses and the first data in one buffer.',
	},
	{
		name: 'WSAID_CONNECTEX',
		guid: '25a207b9-ddf3-4660-8ee9-76e58c74063e',
		gives: 'ConnectEx',
		type: 'LPFN_CONNECTEX',
		...one,
		socket: stream,
		windows: xp,
		summary: 'Connects a bound socket asynchronously and may send data with it.',
	},
	{
		name: 'WSAID_DISCONNECTEX',
		guid: '7fda2e11-8630-436f-a031-f536a6eec157',
		gives: 'DisconnectEx',
		type: 'LPFN_DISCONNECTEX',
		...one,
		socket: stream,
		windows: xp,
		summary: 'Closes a connection and may keep the socket for the next one.',
	},
	{
		name: 'WSAID_GETACCEPTEXSOCKADDRS',
		guid: 'b5367df2-cbac-11cf-95ca-00805f48a192',
		gives: 'GetAcceptExSockaddrs',
		type: 'LPFN_GETACCEPTEXSOCKADDRS',
		...one,
		summary: 'Finds the two addresses in the buffer that AcceptEx filled.',
	},
	{
		name: 'WSAID_TRANSMITFILE',
		guid: 'b5367df0-cbac-11cf-95ca-00805f48a192',
		gives: 'TransmitFile',
		type: 'LPFN_TRANSMITFILE',
		...one,
		socket: stream,
		summary: 'Sends a file out of the cache of the system.',
	},
	{
		name: 'WSAID_TRANSMITPACKETS',
		guid: 'd9689da0-1f90-11d3-9971-00c04f68c876',
		gives: 'TransmitPackets',
		type: 'LPFN_TRANSMITPACKETS',
		...one,
		windows: xp,
		summary: 'Sends pieces of memory and of files as one stream of packets.',
	},
	{
		name: 'WSAID_WSAPOLL',
		guid: '18c76f85-dc66-4964-972e-23c27238312b',
		gives: 'WSAPoll',
		type: 'LPFN_WSAPOLL',
		...one,
		windows: vista,
		summary: 'Waits until one of several sockets is ready.',
	},
	{
		name: 'WSAID_WSARECVMSG',
		guid: 'f689d7c8-6f1f-436b-8a53-e54fe351c322',
		gives: 'WSARecvMsg',
		type: 'LPFN_WSARECVMSG',
		...one,
		socket: datagram,
		windows: xp,
		summary: 'Receives a datagram together with its control data.',
	},
	{
		name: 'WSAID_WSASENDMSG',
		guid: 'a441e712-754f-43ca-84a7-0dee44cf606d',
		gives: 'WSASendMsg',
		type: 'LPFN_WSASENDMSG',
		...one,
		socket: datagram,
		windows: vista,
		summary: 'Sends a datagram together with its control data.',
	},
	{
		name: 'WSAID_MULTIPLE_RIO',
		guid: '8509e081-96dd-4005-b165-9e2ee8c79e3f',
		gives: 'RIO_EXTENSION_FUNCTION_TABLE',
		type: 'RIO_EXTENSION_FUNCTION_TABLE',
		code: 'SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER',
		header: 'mswsock.h',
		windows: { since: 'Windows 8', version: '6.2', basis: 'documented' },
		summary: 'All functions of registered I/O at once.',
	},
];

/**
 * The 16 bytes of a GUID as memory holds them: its first three groups are little-endian.
 * `undefined` when the text is not of the form `b5367df1-cbac-11cf-95ca-00805f48a192` (braces are allowed).
 */
export function guidBytes(text: string): Uint8Array | undefined {
	const groups = /^\{?([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})\}?$/i.exec(text)?.slice(1);
	if (!groups) return undefined;
	const bytes = groups.flatMap((group, i) => {
		const pairs = group.match(/../g)!.map((pair) => Number.parseInt(pair, 16));
		return i < 3 ? pairs.reverse() : pairs;
	});
	return Uint8Array.from(bytes);
}

/** Canonical text, lower case, of the 16 bytes of a GUID in memory; `undefined` for any other number of bytes. */
export function guidText(bytes: Uint8Array): string | undefined {
	if (bytes.length !== 16) return undefined;
	const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
	const hex = order.map((i) => bytes[i]!.toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
