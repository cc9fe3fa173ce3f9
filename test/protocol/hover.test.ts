/** Hovers on the parts of calls, and on names of the headers where code uses them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { withCursor } from '../support/cursor.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

let built: Build;
let server: ServerProcess;
let count = 0;
const LANGUAGES: Readonly<Record<string, string>> = { c: 'c', cpp: 'cpp', ts: 'typescript' };

beforeAll(async () => {
	built = await build();
	server = await ServerProcess.start(built.server);
});
afterAll(async () => {
	await server.kill();
	await built.remove();
});

/** What is covered, and what is said of it; null where nothing is. */
async function told(marked: string, name = 'a.c'): Promise<readonly [string, string] | null> {
	const { text, offset } = withCursor(marked);
	const uri = `file:///project/${count++}/${name}`;
	const languageId = LANGUAGES[name.split('.')[1] ?? ''] ?? 'c';
	await server.open(uri, text, languageId);
	const document = TextDocument.create(uri, languageId, 1, text);
	const position = document.positionAt(offset);
	const answer = await server.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position });
	return answer?.range ? [document.getText(answer.range), (answer.contents as MarkupContent).value] : null;
}

/** The first line of what is said. */
const head = async (marked: string, name?: string) => (await told(marked, name))?.[1].split('\n')[0] ?? null;

const c = (statement: string, declarations = 'struct tcp_keepalive ka;') =>
	`void f(SOCKET s)\n{\n\t${declarations}\n\tDWORD on = 1, n, bytes;\n\t${statement}\n}\n`;
const RCVALL = 'WSAIoctl(s, SIO_RCVALL, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);';
const keep = (input: string, output = 'NULL, 0') =>
	c(`WSAIoctl(s, SIO_KEEPALIVE_VALS, ${input}, ${output}, &bytes, NULL, NULL);`);
const answered = (code: string, output: string, declarations?: string) =>
	c(`WSAIoctl(s, ${code}, NULL, 0, ${output}, &bytes, NULL, NULL);`, declarations);
const ts = (input: string) => `import koffi from 'koffi';
const WSAIoctl = koffi.load('ws2_32.dll').func('int __stdcall WSAIoctl(size_t s, uint32_t code, void *in, uint32_t cb, void *out, uint32_t n, void *bytes, void *overlapped, void *routine)');
export function keepAlive(s: bigint) {
	const vals = Buffer.alloc(8);
	const n = Buffer.alloc(4);
	return WSAIoctl(s, 0x98000004, ${input}, null, 0, n, null, null);
}
`;

const SKETCH = `\`\`\`text
0  u_long  onoff
4  u_long  keepalivetime
8  u_long  keepaliveinterval
\`\`\`
`;

test('on a size says what is expected and what is given', async () => {
	expect(await told(keep('&on, size|of(on)'))).toEqual([
		'sizeof(on)',
		'**`cbInBuffer`**: 12 expected, 4 given\n\n`SIO_KEEPALIVE_VALS` reads `struct tcp_keepalive`.\n',
	]);
});

test.each([
	['a size in C++', keep('&on, size|of(on)'), 'a.cpp', '**`cbInBuffer`**: 12 expected, 4 given'],
	['a number', keep('&ka, 1|2'), 'a.c', '**`cbInBuffer`**: 12 expected, 12 given'],
	['what is not known', keep('&ka, q|q'), 'a.c', '**`cbInBuffer`**: 12 expected'],
	['no output', keep('&ka, sizeof(ka)', 'NULL, |0'), 'a.c', '**`cbOutBuffer`**: 0 expected, 0 given'],
	[
		'an output of any length',
		answered('SIO_ADDRESS_LIST_QUERY', '&ka, size|of(ka)'),
		'a.c',
		'**`cbOutBuffer`**: 0 or at least 4 (32-bit) or 8 (64-bit) expected, 12 given',
	],
	[
		'a handle',
		answered('SIO_BASE_HANDLE', '&h, size|of(h)', 'SOCKET h;'),
		'a.c',
		'**`cbOutBuffer`**: 4 (32-bit) or 8 (64-bit) expected, 4 (32-bit) or 8 (64-bit) given',
	],
	[
		'a wrapper around it',
		`int keep(SOCKET s, void *p, DWORD n)\n{\n\tDWORD b;\n\treturn WSAIoctl(s, SIO_KEEPALIVE_VALS, p, n, NULL, 0, &b, NULL, NULL);\n}\n${c('keep(s, &on, size|of(on));')}`,
		'a.c',
		'**`cbInBuffer`**: 12 expected, 4 given',
	],
	['TypeScript', ts('vals, vals.le|ngth'), 'a.ts', '**`cbInBuffer`**: 12 expected, 8 given'],
])('on the size of %s', async (_, marked, name, expected) => {
	expect(await head(marked, name)).toBe(expected);
});

test('on a buffer says which type is expected, what it looks like, and what is given', async () => {
	expect(await told(keep('&o|n, sizeof(on)'))).toEqual([
		'&on',
		`**\`lpvInBuffer\`**: \`struct tcp_keepalive\` expected, \`DWORD\` given

\`SIO_KEEPALIVE_VALS\` reads \`struct tcp_keepalive\`.

Whether keep-alive is on, and after what idle time and at what distance probes are sent.

${SKETCH}`,
	]);
});

test.each([
	[
		'the right one',
		keep('&k|a, 12'),
		'a.c',
		'**`lpvInBuffer`**: `struct tcp_keepalive` expected, `struct tcp_keepalive` given',
	],
	['none', keep('NU|LL, 12'), 'a.c', '**`lpvInBuffer`**: `struct tcp_keepalive` expected, `NULL` given'],
	['none where none belongs', keep('&ka, 12', 'NU|LL, 0'), 'a.c', '**`lpvOutBuffer`**: `NULL` expected, `NULL` given'],
	['a number of the right size', c('ioctlsocket(s, FIONBIO, &o|n);'), 'a.c', '**`argp`**: `u_long` expected'],
	[
		'a number of another size',
		c('ioctlsocket(s, FIONREAD, &c|h);', 'char ch;'),
		'a.cpp',
		'**`argp`**: `u_long` expected, `char` given',
	],
	[
		'TypeScript',
		ts('va|ls, 8'),
		'a.ts',
		'**`lpvInBuffer`**: `struct tcp_keepalive` of 12 bytes expected, 8 bytes given',
	],
])('on the buffer of %s', async (_, marked, name, expected) => {
	expect(await head(marked, name)).toBe(expected);
});

test.each([
	['C', c('ioctl|socket(s, FIONREAD, &on);'), 'a.c'],
	['C++', c('::ioctl|socket(s, FIONREAD, &on);'), 'a.cpp'],
	['C, as a member', c('table->ioctl|socket(s, FIONREAD, &on);'), 'a.c'],
])('on a function says what it does, how it is declared and how it tells errors, in %s', async (_, marked, name) => {
	expect(
		(await told(marked, name))?.[1],
	).toBe(`**\`ioctlsocket\`** (winsock2.h): The control call of Winsock 1.1, made after the ioctl of Unix: one code and one argument of 4 bytes that is read or written.

\`\`\`c
int ioctlsocket(SOCKET s, long cmd, u_long *argp);
\`\`\`

**Result** 0 on success, else \`SOCKET_ERROR\`, and \`WSAGetLastError\` tells the error.

[Microsoft Learn](https://learn.microsoft.com/en-us/windows/win32/api/winsock2/nf-winsock2-ioctlsocket)
`);
});

test('on a function in TypeScript', async () => {
	expect(await head(ts('vals, 8').replace('return WSAI', 'return WSA|I'), 'a.ts')).toBe(
		'**`WSAIoctl`** (winsock2.h): Makes a control operation on a socket: the control code names the operation, one buffer takes data to it and another brings the answer back.',
	);
});

test('on a structure says what it is, what it looks like and who uses it', async () => {
	const expected = [
		'tcp_keepalive',
		`**\`struct tcp_keepalive\`** (mstcpip.h): Keep-alive switch and intervals of one TCP connection. 12 bytes on every target, aligned to 4.

${SKETCH}
Used by \`SIO_KEEPALIVE_VALS\` (input).

[Microsoft Learn](https://learn.microsoft.com/en-us/windows/win32/winsock/sio-keepalive-vals)
`,
	];
	expect(await told(c(RCVALL, 'struct tcp_keep|alive ka;'))).toEqual(expected);
	expect(await told(keep('&ka, sizeof(struct tcp_ke|epalive)'))).toEqual(expected);
	expect(await told(c(RCVALL, 'tcp_keep|alive ka;'), 'a.cpp')).toEqual(expected);
});

test.each([
	[
		'an enumeration',
		c(RCVALL, 'RCVALL_|VALUE v;'),
		'**`RCVALL_VALUE`** (mstcpip.h): What a capturing raw socket receives. 4 bytes on every target, aligned to 4.',
	],
	['a constant', c(`on = RCVALL|_ON; ${RCVALL}`), '**`RCVALL_ON`** = `1`, a value of `RCVALL_VALUE`'],
	['a flag', c(`if (on & IFF|_UP) ${RCVALL}`), '**`IFF_UP`** = `0x1`, a value of `iiFlags` of `INTERFACE_INFO`'],
	[
		'a GUID',
		c(`GUID g = WSAID|_CONNECTEX; ${RCVALL}`),
		'**`WSAID_CONNECTEX`** (mswsock.h): Connects a bound socket asynchronously and may send data with it.',
	],
	[
		'the type of a pointer that a GUID gives',
		c(RCVALL, 'LPFN_CONNECT|EX connect_ex;'),
		'**`WSAID_CONNECTEX`** (mswsock.h): Connects a bound socket asynchronously and may send data with it.',
	],
	[
		'a table that a GUID gives',
		c(RCVALL, 'RIO_EXTENSION_FUNCTION|_TABLE rio;'),
		'**`RIO_EXTENSION_FUNCTION_TABLE`** (mswsock.h): Functions of registered I/O. 56 bytes on 32-bit Windows, 112 on 64-bit, aligned to 4/8.',
	],
	['what a failing function returns', c(`if (f() == SOCKET|_ERROR) ${RCVALL}`), '**`SOCKET_ERROR`** = `-1`'],
	[
		'a member',
		c(`ka.keepalive|time = 1; ${RCVALL}`),
		'**`keepalivetime`** of `struct tcp_keepalive`: `u_long`, 4 bytes at offset 4',
	],
	[
		'a member behind a pointer',
		c(`p->on|off = 1; ${RCVALL}`, 'struct tcp_keepalive *p = q;'),
		'**`onoff`** of `struct tcp_keepalive`: `u_long`, 4 bytes at offset 0',
	],
	[
		'a member of a parameter',
		`void g(const RCVALL_IF &r) { use(r.Mo|de); }\n${c(RCVALL)}`,
		'**`Mode`** of `RCVALL_IF`: `RCVALL_VALUE`, 4 bytes at offset 0',
	],
])('on %s', async (_, marked, expected) => {
	expect([await head(marked), await head(marked, 'a.cpp')]).toEqual([expected, expected]);
});

test('on a constant in TypeScript', async () => {
	const source = (name: string) =>
		`import { RCVALL_ON } from './headers';\n${ts('vals, 8')}export const mode = [${name}];\n`;
	expect(await head(source('RCVALL|_ON'), 'a.ts')).toBe('**`RCVALL_ON`** = `1`, a value of `RCVALL_VALUE`');
	expect(await head(source('Mine.RCVALL|_ON'), 'a.ts')).toBe(null);
	expect(await head(`const RCVALL_ON = 7;\n${source('RCVALL|_ON')}`.replace(/import \{.*\n/, ''), 'a.ts')).toBe(null);
});

test.each([
	['a comment', c(`/* RCVALL|_ON */ ${RCVALL}`)],
	['a string', c(`puts("RCVALL|_ON"); ${RCVALL}`)],
	['a file without calls', 'int x = RCVALL|_ON;\n'],
	['a result that the file defines', `#define SOCKET_ERROR 1\n${c(`if (f() == SOCKET|_ERROR) ${RCVALL}`)}`],
	['a macro of the file', `#define RCVALL_ON 7\n${c(`on = RCVALL|_ON; ${RCVALL}`)}`],
	['a variable of the file', c(`on = RCVALL|_ON; ${RCVALL}`, 'int RCVALL_ON = 7;')],
	['an enumerator of the file', `enum mine { A, RCVALL_ON, B };\n${c(`on = RCVALL|_ON; ${RCVALL}`)}`],
	['a parameter of the file', `void g(int IFF_UP) { use(IFF|_UP); }\n${c(RCVALL)}`],
	['a structure of the file', `struct tcp_keepalive { int a; };\n${c(RCVALL, 'struct tcp_keep|alive ka;')}`],
	['a typedef of the file', `typedef struct { int a; } RCVALL_IF;\n${c(RCVALL, 'RCVALL|_IF ka;')}`],
	['a member of that name', c(`mine.RCVALL|_ON = 1; ${RCVALL}`)],
	['a name of another scope', c(`on = mine::RCVALL|_ON; ${RCVALL}`)],
	['a macro that has the name of a type', c(`FD|_SET(s, &set); ${RCVALL}`)],
	['the object that a function is a member of', c(RCVALL.replace('WSAIoctl', 'ta|ble->lpWSAIoctl'))],
	[
		'a wrapper',
		`int keep(SOCKET s, void *p, DWORD n)\n{\n\tDWORD b;\n\treturn WSAIoctl(s, SIO_KEEPALIVE_VALS, p, n, NULL, 0, &b, NULL, NULL);\n}\n${c('ke|ep(s, &ka, sizeof(ka));')}`,
	],
	['a common word', c(`int x = lin|ger; ${RCVALL}`)],
	['a member of another type', c(`ka.keepalive|time = 1; ${RCVALL}`, 'struct mine ka;')],
	['a member of a type of the file', `struct tcp_keepalive { int onoff; };\n${c(`ka.on|off = 1; ${RCVALL}`)}`],
	['a member of what has two types', `void g(struct mine *ka);\n${c(`ka.on|off = 1; ${RCVALL}`)}`],
	['a member of a member', c(`mine.ka.on|off = 1; ${RCVALL}`)],
	['a member that the type has not', c(`ka.Mo|de = 1; ${RCVALL}`)],
	['the byte count', c(RCVALL.replace('&bytes', '&by|tes'))],
	['the socket', c(RCVALL.replace('(s', '(|s'))],
	['the buffer of an unknown code', c('WSAIoctl(s, x, &o|n, sizeof(on), NULL, 0, &bytes, NULL, NULL);')],
])('nothing is said of %s', async (_, marked) => {
	expect([await told(marked), await told(marked, 'a.cpp')]).toEqual([null, null]);
});

test.each([
	['if (WSAGetLastError() == 1001|4) return;', 'WSAEFAULT'],
	['int error = WSAGetLastError();\n\tif (error != 0x273|F) return;', 'WSAEAFNOSUPPORT'],
	[
		'int error = ::WSAGetLastError();\n\tswitch (error) {\n\tcase 10035: break;\n\tcase |10022: break;\n\t}',
		'WSAEINVAL',
	],
	['switch (WSAGetLastError())\n\t{\n\tcase 10014|: break;\n\t}', 'WSAEFAULT'],
])('on the number that the last error is compared with says which error it is: %s', async (statement, name) => {
	expect(await head(c(statement))).toBe(`# ${name}`);
});

test.each([
	'if (on == 1001|4) return;',
	'on = 1001|4;',
	'int error = WSAGetLastError();\n\tif (on == 1001|4) return;',
	'if (WSAGetLastError() == 1001|9999) return;',
	'if (WSAGetLastError() == 0 && on == 1001|4) return;',
	'int error = WSAGetLastError();\n\tswitch (on) {\n\tcase |10014: break;\n\t}',
])('on a number of anything else says nothing: %s', async (statement) => {
	expect(await told(c(statement))).toBeNull();
});
