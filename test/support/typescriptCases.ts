/** For each rule that makes sense in TypeScript one call that it reports, and one that it leaves alone. */
import type { CheckOptions } from '../../server/src/check/options.ts';

/** Bindings by koffi, and constants of a package that is not in sight. */
export const BINDINGS = `import koffi from 'koffi';
import { FIONBIO, FIONREAD, SIO_ACQUIRE_PORT_RESERVATION, SIO_ADDRESS_LIST_CHANGE, SIO_ADDRESS_LIST_QUERY, SIO_BASE_HANDLE, SIO_BSP_HANDLE_POLL, SIO_GET_EXTENSION_FUNCTION_POINTER, SIO_GET_INTERFACE_LIST, SIO_GET_INTERFACE_LIST_EX, SIO_KEEPALIVE_VALS, SIO_RCVALL, SIO_RECVALL, SIO_SOCKET_CLOSE_NOTIFY, SIO_TCP_INITIAL_RTO, WSAID_CONNECTEX, WSAID_MULTIPLE_RIO } from 'winsock-codes';
const ws2 = koffi.load('ws2_32.dll');
const keepAlive = koffi.struct('tcp_keepalive', { onoff: 'uint32_t', keepalivetime: 'uint32_t', keepaliveinterval: 'uint32_t' });
const address = koffi.struct('SOCKADDR_IN', { sin_family: 'uint16_t', sin_port: 'uint16_t', sin_addr: 'uint32_t', sin_zero: koffi.array('uint8_t', 8) });
const ioctlsocket = ws2.func('int __stdcall ioctlsocket(uintptr_t s, long cmd, _Inout_ uint32_t *argp)');
const WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');
const ofAddress = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, const SOCKADDR_IN *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');
const ofKeepAlive = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, const tcp_keepalive *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');
const socket = ws2.func('uintptr_t __stdcall socket(int af, int type, int protocol)');
const connect = ws2.func('int __stdcall connect(uintptr_t s, const void *name, int namelen)');
const [AF_INET, SOCK_STREAM, SOCK_DGRAM, IPPROTO_TCP, IPPROTO_UDP] = [2, 1, 2, 6, 17];
declare const s: bigint;
declare const pending: Buffer;
`;

export interface Case {
	readonly rule: string;
	readonly rejected: string;
	readonly accepted: string;
	readonly options?: CheckOptions;
}

export const CASES: readonly Case[] = [
	{
		rule: 'completion-without-overlapped',
		rejected: `
WSAIoctl(s, FIONREAD, null, 0, Buffer.alloc(4), 4, [0], null, () => {});
//                                                            ^^^^^^^^ completion-without-overlapped
`,
		accepted: `
WSAIoctl(s, FIONREAD, null, 0, Buffer.alloc(4), 4, [0], null, null);
`,
	},
	{
		rule: 'element-count',
		rejected: `
const vals = new Uint32Array([1, 10000, 1000]);
WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, vals.length, null, 0, [0], null, null);
//                                    ^^^^^^^^^^^ element-count
`,
		accepted: `
const vals = new Uint32Array([1, 10000, 1000]);
WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, vals.byteLength, null, 0, [0], null, null);
`,
	},
	{
		rule: 'ffi-declaration',
		rejected: `
ws2.func('int __stdcall ioctlsocket(uint16_t s, long cmd, void *argp)');
//                                  ^^^^^^^^^^ ffi-declaration
`,
		accepted: `
ws2.func('int __stdcall ioctlsocket(uintptr_t s, long cmd, void *argp)');
`,
	},
	{
		rule: 'input-too-small',
		rejected: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 11, null, 0, [0], null, null);
//                                                ^^ input-too-small
`,
		accepted: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 12, null, 0, [0], null, null);
`,
	},
	{
		rule: 'input-byte-order',
		rejected: `
const range = new Uint16Array([5000, 1]);
WSAIoctl(s, SIO_ACQUIRE_PORT_RESERVATION, range, 4, Buffer.alloc(16), 16, [0], pending, null);
//                                        ^^^^^ input-byte-order
`,
		accepted: `
const range = Buffer.alloc(4);
range.writeUInt16BE(5000, 0);
range.writeUInt16LE(1, 2);
WSAIoctl(s, SIO_ACQUIRE_PORT_RESERVATION, range, 4, Buffer.alloc(16), 16, [0], pending, null);
`,
	},
	{
		rule: 'input-time',
		rejected: `
const vals = new Uint32Array([1, 60, 1000]);
WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, 12, null, 0, [0], null, null);
//                              ^^^^ input-time
`,
		accepted: `
const vals = new Uint32Array([1, 60000, 1000]);
WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, 12, null, 0, [0], null, null);
`,
	},
	{
		rule: 'input-value',
		rejected: `
const vals = new Int32Array([-1, 60000, 1000]);
WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, 12, null, 0, [0], null, null);
//                              ^^^^ input-value
`,
		accepted: `
const vals = new Int32Array([0, 0, 0]);
WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, 12, null, 0, [0], null, null);
`,
	},
	{
		rule: 'no-effect',
		rejected: `
const made = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
ioctlsocket(made, FIONBIO, [0]);
//                ^^^^^^^ no-effect
`,
		accepted: `
const made = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
ioctlsocket(made, FIONBIO, [1]);
`,
	},
	{
		rule: 'input-uninitialised',
		rejected: `
const vals = Buffer.allocUnsafe(12);
vals.writeUInt32LE(1, 0);
vals.writeUInt32LE(1000, 8);
WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, 12, null, 0, [0], null, null);
//                              ^^^^ input-uninitialised
`,
		accepted: `
const vals = Buffer.allocUnsafe(12);
vals.fill(0);
WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, 12, null, 0, [0], null, null);
`,
	},
	{
		rule: 'invalid-pointer',
		rejected: `
ioctlsocket(s, FIONBIO, 1);
//                      ^ invalid-pointer
`,
		accepted: `
ioctlsocket(s, FIONBIO, [1]);
`,
	},
	{
		rule: 'ioctlsocket-argument',
		rejected: `
ioctlsocket(s, FIONBIO, Buffer.alloc(2));
//                      ^^^^^^^^^^^^^^^ ioctlsocket-argument
`,
		accepted: `
ioctlsocket(s, FIONBIO, Buffer.alloc(4));
`,
	},
	{
		rule: 'may-block',
		rejected: `
WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, null, 0, null, 0, [0], null, null);
//                                                          ^^^^ may-block
`,
		accepted: `
WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, null, 0, null, 0, [0], Buffer.alloc(32), null);
`,
	},
	{
		rule: 'missing-bytes-returned',
		rejected: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 12, null, 0, null, null, null);
//                                                             ^^^^ missing-bytes-returned
`,
		accepted: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 12, null, 0, [0], null, null);
`,
	},
	{
		rule: 'newer-than-target',
		options: { minWindows: '6.1' },
		rejected: `
WSAIoctl(s, SIO_TCP_INITIAL_RTO, Buffer.alloc(8), 8, null, 0, [0], null, null);
//          ^^^^^^^^^^^^^^^^^^^ newer-than-target
`,
		accepted: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 12, null, 0, [0], null, null);
`,
	},
	{
		rule: 'null-buffer-with-size',
		rejected: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, null, 12, null, 0, [0], null, null);
//                                    ^^ null-buffer-with-size
`,
		accepted: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 12, null, 0, [0], null, null);
`,
	},
	{
		rule: 'output-too-small',
		rejected: `
WSAIoctl(s, SIO_BASE_HANDLE, null, 0, Buffer.alloc(8), 4, [0], null, null);
//                                                     ^ output-too-small
`,
		accepted: `
WSAIoctl(s, SIO_BASE_HANDLE, null, 0, Buffer.alloc(8), koffi.sizeof('void *'), [0], null, null);
`,
	},
	{
		rule: 'overlapped-forbidden',
		rejected: `
WSAIoctl(s, SIO_BSP_HANDLE_POLL, null, 0, Buffer.alloc(8), koffi.sizeof('void *'), [0], Buffer.alloc(32), null);
//                                                                                      ^^^^^^^^^^^^^^^^ overlapped-forbidden
`,
		accepted: `
WSAIoctl(s, SIO_BSP_HANDLE_POLL, null, 0, Buffer.alloc(8), koffi.sizeof('void *'), [0], null, null);
`,
	},
	{
		rule: 'reserved-code',
		rejected: `
WSAIoctl(s, SIO_GET_INTERFACE_LIST_EX, null, 0, Buffer.alloc(4096), 4096, [0], null, null);
//          ^^^^^^^^^^^^^^^^^^^^^^^^^ reserved-code
`,
		accepted: `
WSAIoctl(s, SIO_GET_INTERFACE_LIST, null, 0, Buffer.alloc(4096), 4096, [0], null, null);
`,
	},
	{
		rule: 'size-exceeds-object',
		rejected: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 16, null, 0, [0], null, null);
//                                                ^^ size-exceeds-object
`,
		accepted: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, Buffer.alloc(16), 16, null, 0, [0], null, null);
`,
	},
	{
		rule: 'swapped-buffers',
		rejected: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, null, 0, Buffer.alloc(12), 12, [0], null, null);
//                                    ^ swapped-buffers
`,
		accepted: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 12, null, 0, [0], null, null);
`,
	},
	{
		rule: 'unexpected-input',
		rejected: `
WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, Buffer.alloc(16), 16, Buffer.alloc(64), 64, [0], null, null);
//                                                    ^^ unexpected-input
`,
		accepted: `
WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, null, 0, Buffer.alloc(64), 64, [0], null, null);
`,
	},
	{
		rule: 'unexpected-output',
		rejected: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 12, Buffer.alloc(4), 4, [0], null, null);
//                                                                     ^ unexpected-output
`,
		accepted: `
WSAIoctl(s, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 12, null, 0, [0], null, null);
`,
	},
	{
		rule: 'unknown-code',
		rejected: `
WSAIoctl(s, SIO_RECVALL, Buffer.alloc(4), 4, null, 0, [0], null, null);
//          ^^^^^^^^^^^ unknown-code
`,
		accepted: `
WSAIoctl(s, SIO_RCVALL, Buffer.alloc(4), 4, null, 0, [0], null, null);
`,
	},
	{
		rule: 'unknown-guid',
		rejected: `
WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, WSAID_MULTIPLE_RIO, 16, Buffer.alloc(8), koffi.sizeof('void *'), [0], null, null);
//                                              ^^^^^^^^^^^^^^^^^^ unknown-guid
`,
		accepted: `
WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, WSAID_CONNECTEX, 16, Buffer.alloc(8), koffi.sizeof('void *'), [0], null, null);
`,
	},
	{
		rule: 'result-misread',
		rejected: `
if (ioctlsocket(s, FIONBIO, [1]) === 1) throw new Error();
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ result-misread
`,
		accepted: `
if (ioctlsocket(s, FIONBIO, [1]) === -1) throw new Error();
`,
	},
	{
		rule: 'unused-result',
		options: { rules: { 'unused-result': 'warning' } },
		rejected: `
if (s) ioctlsocket(s, FIONBIO, [1]);
//     ^^^^^^^^^^^ unused-result
`,
		accepted: `
if (ioctlsocket(s, FIONBIO, [1])) throw new Error();
`,
	},
	{
		rule: 'unused-suppression',
		rejected: `
ioctlsocket(s, FIONBIO, [1]); // ioctl-lens-ignore-line input-too-small
//                                                      ^^^^^^^^^^^^^^^ unused-suppression
`,
		accepted: `
ioctlsocket(s, FIONBIO, Buffer.alloc(2)); // ioctl-lens-ignore-line ioctlsocket-argument
`,
	},
	{
		rule: 'wrong-order',
		rejected: `
const t = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
connect(t, null, 0);
WSAIoctl(t, SIO_TCP_INITIAL_RTO, Buffer.alloc(8), 8, null, 0, [0], null, null);
//          ^^^^^^^^^^^^^^^^^^^ wrong-order
`,
		accepted: `
const t = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
WSAIoctl(t, SIO_TCP_INITIAL_RTO, Buffer.alloc(8), 8, null, 0, [0], null, null);
connect(t, null, 0);
`,
	},
	{
		rule: 'wrong-socket-kind',
		rejected: `
const t = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
WSAIoctl(t, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 12, null, 0, [0], null, null);
//          ^^^^^^^^^^^^^^^^^^ wrong-socket-kind
`,
		accepted: `
const t = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
WSAIoctl(t, SIO_KEEPALIVE_VALS, Buffer.alloc(12), 12, null, 0, [0], null, null);
`,
	},
	{
		rule: 'wrong-struct',
		rejected: `
ofAddress(s, SIO_KEEPALIVE_VALS, { sin_family: 2 }, koffi.sizeof(address), null, 0, [0], null, null);
//                                                  ^^^^^^^^^^^^^^^^^^^^^ wrong-struct
`,
		accepted: `
ofKeepAlive(s, SIO_KEEPALIVE_VALS, { onoff: 1 }, koffi.sizeof(keepAlive), null, 0, [0], null, null);
`,
	},
	{
		rule: 'overlapped-too-small',
		rejected: `
WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, null, 0, null, 0, [0], Buffer.alloc(20), null);
//                                                          ^^^^^^^^^^^^^^^^ overlapped-too-small
`,
		accepted: `
WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, null, 0, null, 0, [0], Buffer.alloc(32), null);
`,
	},
	{
		rule: 'overlapped-required',
		options: { minWindows: '5.2', rules: { 'reserved-code': 'off' } },
		rejected: `
WSAIoctl(s, SIO_SOCKET_CLOSE_NOTIFY, Buffer.alloc(8), koffi.sizeof('void *'), null, 0, [0], null, null);
//                                                                                          ^^^^ overlapped-required
`,
		accepted: `
WSAIoctl(s, SIO_SOCKET_CLOSE_NOTIFY, Buffer.alloc(8), koffi.sizeof('void *'), null, 0, [0], Buffer.alloc(32), null);
`,
	},
];
