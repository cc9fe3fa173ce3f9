/** Calls in every way that buffers, sizes, addresses and results are commonly written, right and wrong. */
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';

export interface Grid {
	readonly name: string;
	readonly ending: 'c' | 'cpp' | 'ts';
	readonly options?: CheckOptions;
	/** The text with a call in it. */
	readonly around: (call: string) => string;
	readonly calls: readonly string[];
}

/** Every row with every column. */
const product = (rows: readonly string[], columns: readonly string[], of: (row: string, column: string) => string) =>
	rows.flatMap((row) => columns.map((column) => of(row, column)));

const LOCALS = `	struct tcp_keepalive vals = { 1, 60000, 1000 }, *p = (struct tcp_keepalive *)v;
	INTERFACE_INFO list[2], *all = (INTERFACE_INFO *)v;
	GUID id = WSAID_ACCEPTEX;
	LPFN_ACCEPTEX accept_ex = NULL;
	SOCKET base = 0;
	DWORD on = RCVALL_ON, n = 0, count = 0, *returned = &count;
	u_long mode = 1, other = 1, *at = &other;
	char flag = 1, bytes[512] = { 0 };
	unsigned short half = 1;
	unsigned long long wide = 1;
	static const u_long fixed = 1;
	u_long *never;
	void *nothing = NULL;
	WSAOVERLAPPED overlapped = { 0 }, *pending = &overlapped;
	struct { DWORD low; } own = { 1 };
`;
const inC = (call: string): string =>
	`struct elsewhere;\nvoid done(DWORD, DWORD, LPWSAOVERLAPPED, DWORD);\nextern u_long set_mode(void);\nint f(SOCKET s, void *v, DWORD given, char *text, int *result)\n{\n${LOCALS}	${call}\n	return 0;\n}\n`;

const inTypeScript = (call: string): string => `import koffi from 'koffi';
import { FIONBIO, FIONREAD, SIO_ADDRESS_LIST_CHANGE, SIO_BASE_HANDLE, SIO_BSP_HANDLE_POLL, SIO_GET_INTERFACE_LIST, SIO_KEEPALIVE_VALS, SIO_RCVALL } from 'winsock-codes';
const ws2 = koffi.load('ws2_32.dll');
const ioctlsocket = ws2.func('int __stdcall ioctlsocket(uintptr_t s, long cmd, void *argp)');
const WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');
export function f(s: bigint, n: number, given: Buffer, flag: boolean) {
	const vals = new Uint32Array([1, 60000, 1000]), small = Buffer.alloc(2), large = Buffer.alloc(512);
	const pair = new Uint16Array(2), raw = Buffer.allocUnsafe(12), object = { onoff: 1 };
	${call}
}
`;

const INPUTS: readonly (readonly [code: string, output: string])[] = [
	['SIO_KEEPALIVE_VALS', 'NULL, 0'],
	['SIO_RCVALL', 'NULL, 0'],
	['SIO_ADDRESS_LIST_QUERY', 'v, given'],
];
const OUTPUT_CODES = [
	'SIO_GET_INTERFACE_LIST, NULL, 0',
	'SIO_BASE_HANDLE, NULL, 0',
	'SIO_ADDRESS_LIST_QUERY, NULL, 0',
	'SIO_KEEPALIVE_VALS, &vals, sizeof(vals)',
];
const BUFFERS = [
	'NULL, 0',
	'NULL, 12',
	'NULL, sizeof(struct elsewhere)',
	'NULL, sizeof(vals)',
	'NULL, sizeof(p)',
	'0, sizeof(on)',
	'&vals, 0',
	'&vals, sizeof(vals)',
	'&vals, sizeof(&vals)',
	'&vals, 4',
	'&vals, 16',
	'&vals, sizeof(INTERFACE_INFO)',
	'&vals, given ? 8 : 12',
	'&vals, given ? 8 : 4',
	'p, sizeof(p)',
	'p, sizeof(*p)',
	'p, 12 + given',
	'&p, sizeof(p)',
	'&p, sizeof(*p)',
	'(LPVOID)&p, sizeof(struct tcp_keepalive)',
	'p, given',
	'v, 100',
	'nothing, 4',
	'&on, sizeof(on)',
	'&on, sizeof(DWORD) + 4',
	'&half, sizeof(half)',
	'&base, sizeof(base)',
	'&base, 4',
	'list, sizeof(list)',
	'list, sizeof(list[0])',
	'all, sizeof(all)',
	'bytes, sizeof(bytes)',
	'bytes, 3',
	'bytes, strlen(bytes)',
	'text, sizeof(text)',
	'&own, sizeof(own)',
	'&wide, 8',
	'(void *)1, 4',
	'(void *)half, 4',
	'on, sizeof(on)',
	'done, 4',
	'never, 4',
];
const ARGUMENTS = [
	'&mode',
	'at',
	'&at',
	'(u_long *)&at',
	'&on',
	'(u_long *)&flag',
	'(u_long *)&half',
	'(u_long *)&wide',
	'(u_long *)&vals',
	'(u_long *)bytes',
	'&bytes[510]',
	'(u_long *)text',
	'&fixed',
	'(u_long *)&fixed',
	'NULL',
	'0',
	'1',
	'TRUE',
	'(u_long *)1',
	'(u_long *)(given + 1)',
	'(u_long *)mode',
	'mode',
	'flag',
	'(u_long *)&set_mode',
	'set_mode',
	'never',
	'v',
	'(u_long *)result',
];
const RESULTS = [
	'if (CALL) return 1;',
	'if (!CALL) return WSAGetLastError();',
	'if (CALL == 0) return WSAGetLastError();',
	'if (0 == CALL) return WSAGetLastError();',
	'if (CALL != 0) return WSAGetLastError();',
	'if (CALL == SOCKET_ERROR) return WSAGetLastError();',
	'if (CALL == 1) return 1;',
	'if (1 == CALL) return 1;',
	'if (CALL != 1) return 1;',
	'if (CALL == TRUE) return 1;',
	'if (CALL != TRUE) return 1;',
	'if (CALL == WSAEWOULDBLOCK) return 1;',
	'if (CALL != WSAEWOULDBLOCK) return 1;',
	'if (WSAEWOULDBLOCK == CALL) return 1;',
	'if (CALL == 2) return 1;',
	'if (CALL > 0) return 1;',
	'if (CALL >= 1) return 1;',
	'if (CALL < 0) return 1;',
	'if (CALL <= 0) return 1;',
	'if (0 < CALL) return 1;',
	'if ((unsigned)CALL < 0) return 1;',
	'if ((DWORD)CALL >= 0) return 1;',
	'if (!CALL == 1) return 1;',
	'if ((CALL != 0) == -1) return 1;',
	'return !!CALL;',
	'int ok = !!CALL; return ok;',
	'int success = !CALL; return success;',
	'BOOL failed = CALL; if (failed) return 1;',
	'int r = CALL; if (!r) return WSAGetLastError();',
	'int r = CALL; if (r == 1) return 1;',
	'int r; r = CALL; if (r == WSAENOTSOCK) return 1;',
	'int r; if ((r = CALL) == TRUE) return 1;',
	'DWORD r = CALL; if (r < 0) return 1;',
	'unsigned r = CALL; if (r > 0) return 1;',
	'if (FAILED(CALL)) return 1;',
	'if (SUCCEEDED(CALL)) return 1;',
	'Win32Check(CALL);',
	'ASSERT_TRUE(CALL);',
	'assert(CALL);',
	'VERIFY(CALL);',
	'CALL ? done(0, 0, NULL, 0) : printf("%d", WSAGetLastError());',
	'while (CALL == 1) n++;',
	'switch (CALL) { case 1: return 1; }',
	'return CALL == 0 ? WSAGetLastError() : 0;',
	'return CALL ? 0 : WSAGetLastError();',
	'if (CALL <= -1) n = 1; else return WSAGetLastError();',
	'if (CALL > -1) return WSAGetLastError();',
	'if (-1 < CALL) return WSAGetLastError();',
	'if (CALL >= 0) return WSAGetLastError();',
	'if (CALL < 1) return 1;',
	'if ((unsigned)CALL < 1) return WSAGetLastError();',
	'if ((unsigned)CALL > 0) n = 1; else return WSAGetLastError();',
	'if ((CALL < 0) == TRUE) return 1;',
	'if ((CALL < 0) == 2) return 1;',
	'if (!CALL && n) return WSAGetLastError();',
	'if (!CALL || n) return WSAGetLastError();',
	'if (CALL && n) n = 1; else return WSAGetLastError();',
	'if (CALL || n) n = 1; else return WSAGetLastError();',
	'if (n && CALL == 1) return 1;',
	'if (!CALL) { log_error("x"); return WSAGetLastError(); }',
	'if (!CALL) { done(0, 0, NULL, 0); return WSAGetLastError(); }',
	'if (!CALL) { n = 1; printf("%d", GetLastError()); }',
	'if (!CALL) { auto later = [] { return WSAGetLastError(); }; }',
	'if (!CALL) { done(0, WSAGetLastError(), NULL, 0); }',
	'if (CALL) return 0; return WSAGetLastError();',
	'if (CALL) { return 0; } n = WSAGetLastError();',
	'if (CALL) { n = 1; } n = WSAGetLastError();',
	'if (CALL) { } n = WSAGetLastError();',
	'int r = CALL; done(0, 0, NULL, 0); if (!r) return WSAGetLastError();',
	'int r = CALL; printf("x"); if (!r) return WSAGetLastError();',
	'int r = CALL; r = 2; if (r == 1) return 1;',
	'int r = CALL; if (n) { } if ((r) == 1) return 1;',
	'int r = CALL; again: if (r == 1) return 1;',
	'switch (CALL) { case 0: break; case WSAEWOULDBLOCK: return 1; case -1: return 2; default: break; }',
	'switch ((CALL)) { case TRUE: return 1; }',
	'switch (!CALL) { case 1: return 1; }',
	'if (int r = CALL; r == 1) return 1;',
	'if (int r = CALL; !r) return WSAGetLastError();',
	'THROW_LAST_ERROR_IF(!CALL);',
	'RETURN_LAST_ERROR_IF(CALL == 0);',
	'RETURN_LAST_ERROR_IF(CALL);',
	'RETURN_IF_WIN32_BOOL_FALSE(CALL);',
	'int r = CALL; RETURN_IF_WIN32_BOOL_FALSE(r);',
	'ASSERT_TRUE(CALL == 0);',
	'assert(CALL && n);',
	'bool ok = !!CALL && n;',
	'return CALL;',
	'*result = CALL;',
	'(void)CALL;',
	'CALL;',
];

/** A call that gives a code an object which is declared with a value. */
const given = (code: string, type: string, values: readonly string[], output = 'NULL, 0') =>
	values.map((value) => {
		const declared = value === '' ? `${type} x;` : `${type} x = ${value};`;
		return `${declared} WSAIoctl(s, ${code}, &x, sizeof(x), ${output}, &n, NULL, NULL);`;
	});
const SOCKETS = [
	'AF_INET, SOCK_STREAM, IPPROTO_TCP',
	'AF_INET, SOCK_DGRAM, IPPROTO_UDP',
	'AF_INET6, SOCK_RAW, IPPROTO_ICMPV6',
	'AF_UNIX, SOCK_STREAM, 0',
];
const STATES = ['', 'bind(t, v, 16); ', 'connect(t, v, 16); ', 'listen(t, 5); ', 'if (given) connect(t, v, 16); '];
const OF_SOCKETS = [
	'SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0',
	'SIO_RCVALL, &on, sizeof(on), NULL, 0',
	'SIO_UDP_CONNRESET, &on, sizeof(on), NULL, 0',
	'SIO_TCP_INITIAL_RTO, v, 8, NULL, 0',
	'SIO_IDEAL_SEND_BACKLOG_QUERY, NULL, 0, &on, sizeof(on)',
	'SIO_LOOPBACK_FAST_PATH, &on, sizeof(on), NULL, 0',
];
/** Codes that are none, or are written as nobody should. */
const STRANGE = [
	'SIO_RECVALL',
	'SIO_KEEPALIVE_VAL',
	'SIOCGIFCONF',
	'SIO_NOTHING_LIKE_IT',
	'0x98000099',
	'0xdeadbeef',
	'0',
	'-1',
	'0x8004667f',
	'_WSAIOW(IOC_VENDOR, 4)',
	'_WSAIOW(IOC_VENDOR, 99)',
	'_WSAIOR(IOC_VENDOR, 4)',
	'_IOW(0x66, 126, u_long)',
	'given ? SIO_RCVALL : SIO_KEEPALIVE_VALS',
	'given',
	'FIONREAD | 1',
	'IOCTL_TCP_QUERY_INFORMATION_EX',
];
const THREE = [
	'uintptr_t, uint32_t, void *',
	'int64_t, int32_t, uint32_t *',
	'uint16_t, uint32_t, void *',
	'int, long, void *',
	'double, uint32_t, void *',
	'void *, uint32_t, void *',
	'uintptr_t, int16_t, void *',
	'uintptr_t, long long, void *',
	'uintptr_t, void *, uint32_t',
	'uint32_t, uintptr_t, void *',
	'uintptr_t, uint32_t',
	'uint32_t, void *',
	'uintptr_t, void *',
	'uintptr_t',
	'',
	'uintptr_t, uint32_t, void *, int',
	'uintptr_t, uint32_t, uint8_t *',
	'uintptr_t, uint32_t, uint16_t [2]',
	'uintptr_t, uint32_t, uint64_t',
	'uintptr_t, uint32_t, float',
	'HANDLE, DWORD, LPVOID',
	'uintptr_t, int16_t, uint16_t',
	'uintptr_t, void *, float',
	'uintptr_t, uint32_t, SHORT *',
	'uintptr_t, uint32_t, WIDE *',
];
const NINE = ['usize', 'u32', 'buffer', 'u32', 'buffer', 'u32', 'buffer', 'pointer', 'function'];
/** The nine without one, with one twice, and with one as something else. */
const VARIED = NINE.flatMap((_, i) => [
	NINE.toSpliced(i, 1),
	NINE.toSpliced(i, 0, NINE[i] ?? ''),
	NINE.with(i, 'f64'),
	NINE.with(i, 'i16'),
]);
const quotedList = (types: readonly string[], quote = "'") => types.map((type) => quote + type + quote).join(', ');

const inBindings = (declaration: string): string => `import koffi from 'koffi';
import ffi from 'ffi-napi';
import { dlopen, FFIType } from 'bun:ffi';
import { DataType, define, load, open } from 'ffi-rs';
import * as node from 'node:ffi';
const SHORT = koffi.struct('SHORT', { a: 'uint16_t' });
const WIDE = koffi.struct('WIDE', { a: 'uint64_t' });
const OVERLAPPED = koffi.struct({ a: 'void *', b: 'void *', c: 'uint32_t', d: 'uint32_t', e: 'void *' });
const lib = koffi.load('ws2_32.dll');
${declaration}
`;

export const GRIDS: readonly Grid[] = [
	{
		name: 'declarations',
		ending: 'ts',
		around: inBindings,
		calls: [
			...THREE.map((types) => {
				const named = types.split(', ').map((type, i) => (type ? `${type} ${'abcd'.charAt(i)}` : ''));
				return `lib.func('int __stdcall ioctlsocket(${named.join(', ').replace(/\[2\] c/, 'c[2]')})');`;
			}),
			...THREE.map((types) => `lib.func("ioctlsocket", "int", [${types ? quotedList(types.split(', '), '"') : ''}]);`),
			...VARIED.map(
				(types) => `Deno.dlopen('ws2_32', { WSAIoctl: { parameters: [${quotedList(types)}], result: 'i32' } });`,
			),
			...['i32', 'u64', 'ptr', 'f32'].flatMap((type) => [
				`dlopen('ws2_32', { ioctlsocket: { args: [FFIType.${type}, FFIType.u32, FFIType.ptr], returns: FFIType.i32 } });`,
				`dlopen('ws2_32', { ioctlsocket: { args: ['u64', '${type}', 'ptr'], returns: 'i32' } });`,
			]),
			...['int', 'size_t', 'pointer', 'double'].flatMap((type) => [
				`ffi.Library('ws2_32', { ioctlsocket: ['int', ['${type}', 'uint32', 'pointer']] });`,
				`ffi.Library('ws2_32', { ioctlsocket: ['int', ['size_t', '${type}']] });`,
			]),
			...['I32', 'U64', 'External', 'Double', 'U8Array', 'String'].flatMap((type) => [
				`define({ ioctlsocket: { library: 'w', retType: DataType.I32, paramsType: [DataType.U64, DataType.${type}, DataType.External] } });`,
				`define({ ioctlsocket: { library: 'w', retType: DataType.I32, paramsType: [DataType.U64, DataType.U32, DataType.${type}] } });`,
			]),
			...['uint16', 'uint64', 'pointer'].map(
				(type) =>
					`node.dlopen('ws2_32.dll', { ioctlsocket: { parameters: ['${type}', 'uint32', 'pointer'], result: 'int32' } });`,
			),
			...['OVERLAPPED', 'SHORT', 'WIDE', "'void'"].map(
				(type) =>
					`lib.func('WSAIoctl', 'int', ['uintptr_t', 'uint32_t', 'void *', 'uint32_t', 'void *', 'uint32_t', 'uint32_t *', koffi.pointer(${type}), 'void *']);`,
			),
			"const types = ['uint16_t', 'uint32_t', 'void *']; lib.func('ioctlsocket', 'int', types);",
			"const prototype = 'int ioctlsocket(uint16_t s, uint32_t c, void *p)'; lib.func(prototype);",
			'lib.func(`int ioctlsocket(uint16_t s, uint32_t c, void *p)`);',
			"lib.stdcall('ioctlsocket', 'int', ['uint16_t', 'uint32_t', 'void *']);",
			"koffi.load('other.dll').func('int ioctlsocket(uint16_t s, uint32_t c, void *p)');",
			"const mine = lib.func('int recv(uint16_t s)');",
			"const types = ['uint16_t', 'uint32_t', 'void *'];\nfunction f() {}\nlib.func('ioctlsocket', 'int', types);",
			"lib.func('ioctlsocket', 'int', types);\nfunction f() {}\nconst types = ['uint16_t', 'uint32_t', 'void *'];",
			...['load', 'other'].map(
				(name) =>
					`ffi.${name}({ library: 'w', funcName: 'ioctlsocket', retType: 1, paramsType: [DataType.I16, DataType.I32, DataType.External], paramsValue: [1, 2, 3] });`,
			),
			"load({ library: 'w', funcName: 'ioctlsocket', retType: 1, paramsType: [DataType.I16, DataType.I32, DataType.External], paramsValue: [1, 2, 3] });",
			"other({ library: 'w', funcName: 'ioctlsocket', retType: 1, paramsType: [DataType.I16, DataType.I32, DataType.External], paramsValue: [1, 2, 3] });",
		],
	},
	{
		name: 'declarations-narrow',
		ending: 'ts',
		options: { targets: ['x86'] },
		around: inBindings,
		calls: [
			...THREE.map((types) => `lib.func("ioctlsocket", "int", [${types ? quotedList(types.split(', '), '"') : ''}]);`),
			...['u64', 'i16', 'ptr'].map(
				(type) => `dlopen('ws2_32', { ioctlsocket: { args: ['u64', '${type}', '${type}'], returns: 'i32' } });`,
			),
		],
	},
	{
		name: 'input',
		ending: 'c',
		around: inC,
		calls: INPUTS.flatMap(([code, output]) =>
			BUFFERS.map((buffer) => `WSAIoctl(s, ${code}, ${buffer}, ${output}, &n, NULL, NULL);`),
		),
	},
	{
		name: 'output',
		ending: 'c',
		around: inC,
		calls: product(OUTPUT_CODES, BUFFERS, (code, buffer) => `WSAIoctl(s, ${code}, ${buffer}, &n, NULL, NULL);`),
	},
	{
		name: 'both',
		ending: 'cpp',
		around: inC,
		calls: product(
			['&id, sizeof(id)', '&id, 8', '&id, sizeof(&id)', 'NULL, 0', '&accept_ex, sizeof(accept_ex)', '&bytes, 16'],
			['&accept_ex, sizeof(accept_ex)', '&accept_ex, 4', 'accept_ex, sizeof(accept_ex)', 'NULL, 0', '&id, sizeof(id)'],
			(input, output) => `WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, ${input}, ${output}, &n, NULL, NULL);`,
		),
	},
	{
		name: 'narrow',
		ending: 'c',
		options: { targets: ['x86'], minWindows: '6.0' },
		around: inC,
		calls: product(
			['SIO_BASE_HANDLE', 'SIO_GET_INTERFACE_LIST', 'SIO_TCP_INFO'],
			['NULL, 0', '&base, 4', '&base, 2', 'list, 75', '&at, sizeof(at)', '(void *)mode, 4'],
			(code, buffer) => `WSAIoctl(s, ${code}, NULL, 0, ${buffer}, &n, NULL, NULL);`,
		),
	},
	{
		name: 'values',
		ending: 'c',
		around: inC,
		calls: [
			...given('SIO_KEEPALIVE_VALS', 'struct tcp_keepalive', [
				'',
				'{ 1, 60000, 1000 }',
				'{ 2, 60000, 1000 }',
				'{ -1, 60000, 1000 }',
				'{ 0, 0, 0 }',
				'{ 0 }',
				'{ 1 }',
				'{ 1, 60, 1 }',
				'{ 1, 7200, 1000 }',
				'{ TRUE, 10 * 1000, 75 }',
				'{ FALSE, 1, 1 }',
				'{ given, 5, 5 }',
				'{ htonl(1), 60000, 1000 }',
				'{ .onoff = 1, .keepaliveinterval = 1000 }',
			]),
			...given('SIO_RCVALL', 'DWORD', ['', 'RCVALL_ON', '1', '2', '3', '4', '255', '-1', 'TRUE', 'given']),
			...given('SIO_UDP_CONNRESET', 'BOOL', ['', 'FALSE', 'TRUE', '2', '-1']),
			...given('SIO_TCP_INITIAL_RTO', 'TCP_INITIAL_RTO_PARAMETERS', [
				'',
				'{ 3000, 2 }',
				'{ 0, 0 }',
				'{ 65535, 255 }',
				'{ 3 }',
			]),
			...given('SIO_TCP_INFO', 'DWORD', ['', '0', '1', '2', '3'], 'bytes, sizeof(bytes)'),
			...given(
				'SIO_ACQUIRE_PORT_RESERVATION',
				'INET_PORT_RANGE',
				[
					'',
					'{ 5000, 1 }',
					'{ htons(5000), 1 }',
					'{ 0x8813, 10 }',
					'{ 0, 10 }',
					'{ 80, 0 }',
					'{ htons(5000), htons(1) }',
				],
				'v, 16',
			),
			...given(
				'SIO_ROUTING_INTERFACE_QUERY',
				'struct sockaddr_in',
				['', '{ AF_INET, htons(80) }', '{ AF_INET, 80 }', '{ AF_INET6 }', '{ 2 }', '{ 0 }'],
				'v, 16',
			),
			...['', ' = 0', ' = 1', ' = 2', ' = TRUE', ' = -1', ' = given'].map(
				(value) => `u_long x${value}; ioctlsocket(s, FIONBIO, &x);`,
			),
			'struct tcp_keepalive k; k.onoff = 1; WSAIoctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(k), NULL, 0, &n, NULL, NULL);',
			'struct tcp_keepalive k; k.onoff = 1; k.keepalivetime = 5; k.keepaliveinterval = 1; WSAIoctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(k), NULL, 0, &n, NULL, NULL);',
			'struct tcp_keepalive k; fill(&k); WSAIoctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(k), NULL, 0, &n, NULL, NULL);',
		],
	},
	{
		name: 'sockets',
		ending: 'c',
		around: inC,
		calls: SOCKETS.flatMap((socket) =>
			product(
				OF_SOCKETS,
				STATES,
				(call, state) => `SOCKET t = socket(${socket}); ${state}WSAIoctl(t, ${call}, &n, NULL, NULL);`,
			),
		),
	},
	{
		name: 'old-windows',
		ending: 'c',
		options: { minWindows: '5.1' },
		around: inC,
		calls: codes.map(({ name }) => `WSAIoctl(s, ${name}, v, given, v, given, &n, NULL, NULL);`),
	},
	{
		name: 'codes',
		ending: 'c',
		around: inC,
		calls: product(
			STRANGE,
			['v, given, NULL, 0', 'NULL, 0, v, given'],
			(code, buffers) => `WSAIoctl(s, ${code}, ${buffers}, &n, NULL, NULL);`,
		),
	},
	{
		name: 'own-codes',
		ending: 'c',
		around: (text) => {
			const [define = '', call = ''] = text.split('\n');
			return `${define}\n${inC(call)}`;
		},
		calls: [
			['SIO_RCVALL', '0x98000009'],
			['SIO_RCVALL', '0x98000077'],
			['SIO_RCVALL', '0x98000001'],
			['SIO_RCVALL', 'given'],
			['SIO_RECVALL', '0x98000001'],
			['SIO_MINE', '0x98000001'],
			['SIO_MINE', '0x98000099'],
			['MINE', '0x98000099'],
			['FIONREAD', '1'],
		].map(
			([name, value]) =>
				`#define ${name} ${value}
WSAIoctl(s, ${name}, &on, sizeof(on), NULL, 0, &n, NULL, NULL);`,
		),
	},
	{
		name: 'order',
		ending: 'c',
		around: inC,
		calls: product(
			codes.filter(({ order }) => order).map(({ name }) => name),
			[
				'SOCKET t = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);',
				'SOCKET t = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP); bind(t, v, 16);',
				'SOCKET t = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP); bind(t, v, 16); listen(t, 5);',
				'SOCKET t = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP); connect(t, v, 16);',
				'SOCKET t = accept(s, NULL, NULL);',
			],
			(name, made) => `${made} WSAIoctl(t, ${name}, v, given, v, given, &n, NULL, NULL);`,
		),
	},
	{
		name: 'bare',
		ending: 'ts',
		around: (call) =>
			`import { WSAIoctl, ioctlsocket } from 'w';\nfunction f(s, n) {\n\tconst one = new Uint8Array(1);\n\t${call}\n}\n`,
		calls: [
			'WSAIoctl(s, 0x98000004, null, 0, null, 0, [0], null, null);',
			'WSAIoctl(s, 0x98000004, one, 1, null, 0, null, null, null);',
			'WSAIoctl(s, 0x48000022, null, 0, one, one.length, [0], null, null);',
			'WSAIoctl(s, 0x98000064, new Uint16Array([5000, 1]), 4, one, 16, [0], null, null);',
			'ioctlsocket(s, 0x8004667e, 1);',
			'ioctlsocket(s, 0x8004667e, one);',
			'ioctlsocket(s, 0x4004667f, null);',
			'ioctlsocket(s, n ? 0x8004667e : 0x4004667f, null);',
		],
	},
	{
		name: 'places',
		ending: 'ts',
		around: inTypeScript,
		calls: [
			'CALL;',
			'\r\n\tCALL;\r',
			'return CALL;',
			'throw CALL;',
			'if (CALL) return;',
			'if (flag) CALL;',
			'if (flag) { CALL; }',
			'else CALL;',
			'const r = CALL;',
			'var r = CALL, q = 1;',
			'r = CALL;',
			'const f = () => CALL;',
			'const f = () => { CALL; };',
			'const f = function () { return CALL; };',
			'for (CALL; ; ) break;',
			'for (;;) { CALL; }',
			'while (CALL) break;',
			'await CALL;',
			'foo(CALL);',
			'foo(1, (CALL));',
			'const o = { a: CALL };',
			'const l = [CALL];',
			'flag ? CALL : 0;',
			'flag && CALL;',
			'n; CALL;',
			'label: CALL;',
			'switch (CALL) { }',
			'switch (n) { case 1: CALL; }',
			'const settings = 1; CALL;',
			'const settings = 1, input = 2, inputSettings = 3, newSettings = 4;\n\tCALL;',
		].map((place) => place.replace('CALL', 'WSAIoctl(s, SIO_KEEPALIVE_VALS, null, 0, null, 0, [0], null, null)')),
	},
	{
		name: 'names',
		ending: 'c',
		around: (call) =>
			inC(
				`DWORD settings, value, setting, result, output, bytes_returned = 0, bytesReturned;\n	struct tcp_info { DWORD x; } odd;\n	OVERLAPPED_ENTRY operation;\n	SOCKET unset;\n	DWORD small = 0;\n	${call}`,
			),
		calls: [
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, 0, NULL, 0, &n, NULL, NULL);',
			'WSAIoctl(s, SIO_RCVALL, NULL, 0, NULL, 0, &n, NULL, NULL);',
			'WSAIoctl(s, SIO_RCVALL, &half, sizeof(half), NULL, 0, &n, NULL, NULL);',
			'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, NULL, 0, &n, NULL, NULL);',
			'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &small, sizeof(small), &n, NULL, NULL);',
			'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &small, 4, &n, NULL, NULL);',
			'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &half, sizeof(half), nullptr, NULL, NULL);',
			'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), NULL, nullptr, done);',
			'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), (DWORD *)&half, NULL, NULL);',
			'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &bytes_returned, &overlapped, NULL);',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, &bytes_returned, sizeof(bytes_returned), NULL, 0, NULL, NULL, NULL);',
			'WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &n, (LPWSAOVERLAPPED)&half, NULL);',
			'ioctlsocket(s, FIONBIO, NULL);',
			'ioctlsocket(s, FIONREAD, (u_long *)&half);',
			'ioctlsocket(s, FIONREAD, (u_long *)&wide); n = wide;',
			'unsigned long long left; ioctlsocket(s, FIONREAD, (u_long *)&left); n = left;',
			'if (given) ioctlsocket(s, FIONREAD, (u_long *)&half);',
		],
	},
	{
		name: 'waiting',
		ending: 'c',
		around: inC,
		calls: product(
			['SIO_ADDRESS_LIST_CHANGE, NULL, 0', 'SIO_BSP_HANDLE_POLL, NULL, 0', 'SIO_KEEPALIVE_VALS, &vals, sizeof(vals)'],
			[
				'&n, NULL, NULL',
				'NULL, NULL, NULL',
				'NULL, &overlapped, NULL',
				'&n, &overlapped, NULL',
				'&n, pending, done',
				'&n, NULL, done',
				'&n, (LPWSAOVERLAPPED)&mode, NULL',
				'&n, (LPWSAOVERLAPPED)v, NULL',
				'(DWORD *)&half, NULL, NULL',
				'(DWORD *)&fixed, NULL, NULL',
				'(DWORD *)1, NULL, NULL',
				'n, NULL, NULL',
				'returned, NULL, NULL',
			],
			(call, rest) => `WSAIoctl(s, ${call}, NULL, 0, ${rest});`,
		),
	},
	{
		name: 'ioctlsocket',
		ending: 'c',
		around: inC,
		calls: product(
			['FIONBIO', 'FIONREAD', 'SIO_BASE_HANDLE'],
			ARGUMENTS,
			(code, argument) => `ioctlsocket(s, ${code}, ${argument});`,
		),
	},
	{
		name: 'results',
		ending: 'cpp',
		options: { rules: { 'unused-result': 'info' } },
		around: inC,
		calls: RESULTS.map((result) => result.replace('CALL', 'ioctlsocket(s, FIONBIO, &mode)')),
	},
	{
		name: 'kernel',
		ending: 'c',
		options: { rules: { 'unused-result': 'info' } },
		around: (call) =>
			`#include <wsk.h>\nNTSTATUS f(PWSK_SOCKET s, PIRP irp, ULONG on, SIZE_T *left)\n{\n	const WSK_PROVIDER_BASIC_DISPATCH *d = s->Dispatch;\n	NTSTATUS status;\n	${call}\n	return 0;\n}\n`,
		calls: [
			...product(
				['WskIoctl, SIO_WSK_QUERY_IDEAL_SEND_BACKLOG, 0', 'WskSetOption, SO_REUSEADDR, SOL_SOCKET', '7, 8, 9'],
				['0, NULL, sizeof(on), &on, NULL, irp', 'sizeof(on), &on, 0, NULL, left, NULL', '0, NULL, 2, &on, NULL, NULL'],
				(request, rest) => `d->WskControlSocket(s, ${request}, ${rest});`,
			),
			...['== 0', '== -1', '== 1', '!= STATUS_PENDING', '< 0', '> 0', '== WSAEINVAL'].map(
				(test) =>
					`if (d->WskControlSocket(s, WskIoctl, SIO_WSK_QUERY_IDEAL_SEND_BACKLOG, 0, 0, NULL, 4, &on, NULL, irp) ${test}) return 1;`,
			),
		],
	},
	{
		name: 'typescript',
		ending: 'ts',
		around: inTypeScript,
		calls: [
			...product(
				['SIO_KEEPALIVE_VALS', 'SIO_RCVALL', 'SIO_ADDRESS_LIST_CHANGE'],
				[
					'null, 0',
					'null, 12',
					'vals, 0',
					'vals, vals.byteLength',
					'vals, vals.length',
					'vals, 16',
					'vals, 8 + n',
					'vals, n',
					'small, small.length',
					'large, 512',
					'pair, pair.length',
					'raw, 12',
					'given, given.length',
					'object, 12',
					'vals.buffer, 12',
					'vals.subarray(1), 12',
					'flag ? vals : null, 12',
					'1, 4',
					'n, 4',
					'() => 0, 4',
					"'text', 4",
				],
				(code, buffer) => `WSAIoctl(s, ${code}, ${buffer}, null, 0, [0], null, null);`,
			),
			...product(
				['SIO_GET_INTERFACE_LIST', 'SIO_BASE_HANDLE'],
				['null, 0', 'small, 2', 'large, 512', 'large, 4', "large, koffi.sizeof('void *')", 'given, n', '[0], 4'],
				(code, buffer) => `WSAIoctl(s, ${code}, null, 0, ${buffer}, [0], null, null);`,
			),
			...product(
				['SIO_ADDRESS_LIST_CHANGE', 'SIO_BSP_HANDLE_POLL'],
				[
					'[0], null, null',
					'null, null, null',
					'null, large, null',
					'[0], small, null',
					'[0], null, () => 0',
					'small, null, null',
					'1, null, null',
				],
				(code, rest) => `WSAIoctl(s, ${code}, null, 0, null, 0, ${rest});`,
			),
			...product(
				['FIONBIO', 'FIONREAD', 'SIO_KEEPALIVE_VALS'],
				['[1]', 'null', '1', 'small', 'large', 'vals', 'pair.subarray(1)', 'given', 'flag ? small : large', 'flag'],
				(code, argument) => `ioctlsocket(s, ${code}, ${argument});`,
			),
			...[
				'if (CALL) throw 0;',
				'if (!CALL) throw ws2.WSAGetLastError();',
				'if (CALL === 1) throw 0;',
				'if (1 === CALL) throw 0;',
				'if (CALL !== 1) throw 0;',
				'if (CALL === true) throw 0;',
				'if (CALL > 0) throw 0;',
				'if (CALL < 0) throw 0;',
				'if (CALL >>> 0 < 0) throw 0;',
				'if (CALL === 10035) throw 0;',
				'const r = CALL; if (r === 1) throw 0;',
				'let r; r = CALL; if (!r) throw ws2.WSAGetLastError();',
				'const ok = !!CALL; return ok;',
				'return !!CALL;',
				'assert(CALL);',
				'return CALL === 0 ? ws2.WSAGetLastError() : 0;',
			].map((result) => result.replace('CALL', 'ioctlsocket(s, FIONBIO, [1])')),
		],
	},
];
