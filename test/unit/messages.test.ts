/** Messages that depend on the call: each is true of it, names what follows and says what to write. */
import { afterAll, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

it.each([
	[
		'every value that a size can have',
		'WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, narrow ? 4 : 8, NULL, 0, &bytes, NULL, NULL);',
		'`SIO_KEEPALIVE_VALS` reads a `tcp_keepalive` (12 bytes), but `cbInBuffer` is 4 or 8. WSAIoctl fails with WSAEFAULT. Pass `sizeof(struct tcp_keepalive)`.',
	],
	[
		'no empty buffer where it fails too',
		'WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, 12, NULL, 0, &bytes, NULL, NULL);',
		'`lpvInBuffer` is NULL, but `cbInBuffer` is 12: `SIO_KEEPALIVE_VALS` would read there. WSAIoctl fails with WSAEFAULT. Pass a buffer of that size.',
	],
	[
		'the size of a type that is not known here',
		'WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, sizeof(struct elsewhere), NULL, 0, &bytes, NULL, NULL);',
		'`lpvInBuffer` is NULL, but `cbInBuffer` is `sizeof(struct elsewhere)`: `SIO_KEEPALIVE_VALS` would read there. WSAIoctl fails with WSAEFAULT. Pass a buffer of that size.',
	],
	[
		'an empty buffer where it asks for the size',
		'WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, NULL, 512, &bytes, NULL, NULL);',
		'`lpvOutBuffer` is NULL, but `cbOutBuffer` is 512: `SIO_ADDRESS_LIST_QUERY` would write there. WSAIoctl fails with WSAEFAULT. Pass a buffer of that size, or 0.',
	],
	[
		'a code that ioctlsocket is too small for',
		'ioctlsocket(s, SIO_KEEPALIVE_VALS, (u_long *)&vals);',
		'`SIO_KEEPALIVE_VALS` reads a `tcp_keepalive` (12 bytes), but ioctlsocket always gives it 4. ioctlsocket fails with WSAEFAULT. Call WSAIoctl, which takes sizes.',
	],
	[
		'a code that ioctlsocket is too small for on one target',
		'ioctlsocket(s, SIO_BASE_HANDLE, (u_long *)&base);',
		'`SIO_BASE_HANDLE` writes a `SOCKET` (8 bytes), but ioctlsocket always gives it 4 on 64-bit Windows. ioctlsocket fails with WSAEFAULT. Call WSAIoctl, which takes sizes.',
	],
	[
		'an overlapped call that may fail later',
		'WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, 75, &bytes, &overlapped, NULL); wait(&overlapped);',
		'`SIO_GET_INTERFACE_LIST` writes an `INTERFACE_INFO` (76 bytes or more), but `cbOutBuffer` is 75. WSAIoctl fails with WSAEFAULT, or the overlapped operation ends with an error. Pass `sizeof(INTERFACE_INFO)` or more.',
	],
])('%s', async (_, call, message) => {
	const text = `void f(SOCKET s, int narrow)\n{\n\tstruct tcp_keepalive vals = { 1, 10000, 1000 };\n\tSOCKET base;\n\tINTERFACE_INFO list[2];\n\tWSAOVERLAPPED overlapped = { 0 };\n\tDWORD bytes;\n\t${call}\n}\n`;
	const { findings } = await checked(checker, { name: 'x.c', text });
	expect(findings.map((f) => f.message)).toEqual([message]);
});
