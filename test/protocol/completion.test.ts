/** Completion, as a client gets it: what is offered, and what the text is afterwards. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { withCursor } from '../support/cursor.ts';
import { range } from './support/samples.ts';
import { type Build, build, type ClientOptions, ServerProcess } from './support/server.ts';

let built: Build;
let server: ServerProcess;
let count = 0;
const others: ServerProcess[] = [];

const RICH: ClientOptions = {
	capabilities: {
		textDocument: {
			completion: {
				completionItem: {
					snippetSupport: true,
					labelDetailsSupport: true,
					insertReplaceSupport: true,
					documentationFormat: ['markdown', 'plaintext'],
				},
			},
		},
	},
};

beforeAll(async () => {
	built = await build();
	server = await ServerProcess.start(built.server, RICH);
});
afterAll(async () => {
	await Promise.all([server, ...others].map((s) => s.kill()));
	await built.remove();
});

interface Offered {
	readonly document: TextDocument;
	readonly list: CompletionList | null;
	readonly labels: readonly string[];
	item(label: string): CompletionItem;
	/** The text when an item is taken. */
	taken(label: string): string;
}

const LANGUAGES: Readonly<Record<string, string>> = { c: 'c', cpp: 'cpp', ts: 'typescript', md: 'markdown' };

async function offered(
	marked: string,
	name = 'a.c',
	{ context, at = server }: { context?: object; at?: ServerProcess } = {},
): Promise<Offered> {
	const { text, offset } = withCursor(marked);
	const uri = `file:///project/${count++}/${name}`;
	const languageId = LANGUAGES[name.split('.')[1] ?? ''] ?? 'plaintext';
	await at.open(uri, text, languageId);
	const document = TextDocument.create(uri, languageId, 1, text);
	const list = await at.request<CompletionList | null>('textDocument/completion', {
		textDocument: { uri },
		position: document.positionAt(offset),
		...(context ? { context } : {}),
	});
	await at.close(uri);
	const item = (label: string): CompletionItem => {
		const found = list?.items.find((each) => each.label === label);
		if (!found) throw new Error(`${label} is not offered`);
		return found;
	};
	return {
		document,
		list,
		labels: list?.items.map(({ label }) => label) ?? [],
		item,
		taken(label) {
			const { textEdit, additionalTextEdits = [] } = item(label);
			if (!textEdit) throw new Error(`${label} has no edit`);
			const edit: TextEdit = 'range' in textEdit ? textEdit : { range: textEdit.replace, newText: textEdit.newText };
			return TextDocument.applyEdits(document, [edit, ...additionalTextEdits]);
		},
	};
}

/** A function in which somebody is writing. */
const body = (statement: string, head = '#include <winsock2.h>\n') => `${head}void f(SOCKET s)
{
	struct tcp_keepalive ka = { 1, 2, 3 };
	DWORD flag = 1, bytes;
	WSAOVERLAPPED ov;
	char room[512];
	u_long mode = 1;
	${statement}`;

describe('a control code in C', () => {
	test('is offered while the call is written, the most used ones first', async () => {
		const { list, labels } = await offered(body('WSAIoctl(s, SIO_KE|'));
		expect(list?.isIncomplete).toBe(false);
		expect(labels.slice(0, 4)).toEqual([
			'FIONBIO',
			'SIO_GET_EXTENSION_FUNCTION_POINTER',
			'SIO_KEEPALIVE_VALS',
			'FIONREAD',
		]);
		expect(list?.items.map(({ sortText }) => sortText)).toEqual(
			[...labels.keys()].map((i) => String(i).padStart(3, '0')),
		);
		expect(list?.items.find(({ label }) => label === 'SIO_KEEPALIVE_VALS')).toEqual({
			label: 'SIO_KEEPALIVE_VALS',
			kind: 21,
			labelDetails: { detail: ' 0x98000004', description: 'in 12' },
			detail:
				'Switches TCP keep-alive on or off for one connection and sets its two intervals, where SO_KEEPALIVE alone would use the intervals of the whole machine.',
			sortText: '002',
			filterText: 'SIO_KEEPALIVE_VALS',
			textEdit: { newText: 'SIO_KEEPALIVE_VALS', insert: range(8, 13, 8, 19), replace: range(8, 13, 8, 19) },
			additionalTextEdits: [{ range: range(1, 0, 1, 0), newText: '#include <mstcpip.h>\n' }],
			data: { code: 'SIO_KEEPALIVE_VALS' },
		});
	});

	test('takes the place of the whole word, and what is needed for it is included', async () => {
		const { taken } = await offered(body('WSAIoctl(s, SIO_|KEEP, &ka);\n}\n'));
		expect(taken('SIO_KEEPALIVE_VALS')).toBe(
			body('WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka);\n}\n', '#include <winsock2.h>\n#include <mstcpip.h>\n'),
		);
		expect(taken('FIONBIO')).toBe(body('WSAIoctl(s, FIONBIO, &ka);\n}\n'));
	});

	test.each([
		['is there already', '#include <winsock2.h>\n#include <Mstcpip.h>\n', undefined],
		['goes behind the other headers of sockets', '#include <stdio.h>\n#include <winsock2.h>\n#include "own.h"\n', 2],
		[
			'goes into the branch that has the others',
			'#ifdef _WIN32\n#include <winsock2.h>\n#else\n#include <netdb.h>\n#endif\n',
			2,
		],
		['goes behind the last of all where none is of sockets', '#include <stdio.h>\n#include "own.h"\n', 2],
		['goes to no branch that may be another one', '#ifdef X\n#include <stdio.h>\n#endif\n', undefined],
		['goes behind the licence', '/* Copyright\n   somebody */\n\n', 3],
		['goes into the guard of a header', '#ifndef A_H\n#define A_H\n#include <stdio.h>\n', 3],
	])('and its header %s', async (_, head, line) => {
		const { item } = await offered(body('WSAIoctl(s, |', head));
		expect(item('SIO_KEEPALIVE_VALS').additionalTextEdits?.map((edit) => edit.range.start.line)).toEqual(
			line === undefined ? undefined : [line],
		);
	});

	test.each([
		['FIONBIO', '', '#include <winsock2.h>\n'],
		['FIONBIO', '#include <windows.h>\n', undefined],
		['SIO_BASE_HANDLE', '#include <winsock2.h>\n', '#include <mswsock.h>\n'],
		['SIO_GET_INTERFACE_LIST', '#include <winsock2.h>\n', '#include <ws2tcpip.h>\n'],
		['SIO_GET_INTERFACE_LIST', '#include <ws2tcpip.h>\n', undefined],
		['SIO_GET_EXTENSION_FUNCTION_POINTER', '#include <ws2tcpip.h>\n', undefined],
	])('%s behind %j asks for %j', async (name, head, line) => {
		const { item } = await offered(body('WSAIoctl(s, |', head));
		expect(item(name).additionalTextEdits?.[0]?.newText).toBe(line);
	});

	test('is one that the function takes', async () => {
		const first = async (call: string) => (await offered(body(call))).labels;
		expect(await first('ioctlsocket(s, |')).toEqual([
			'FIONBIO',
			'FIONREAD',
			'SIOCATMARK',
			'SIOCGHIWAT',
			'SIOCGLOWAT',
			'SIOCSHIWAT',
			'SIOCSLOWAT',
			'FIOASYNC',
		]);
		expect(await first('WSANSPIoctl(h, |')).toEqual(['SIO_NSP_NOTIFY_CHANGE']);
		const kernel = await first('d->WskControlSocket(k, WskIoctl, |');
		expect(kernel.slice(0, 2)).toEqual(['SIO_ADDRESS_LIST_QUERY', 'SIO_ADDRESS_LIST_CHANGE']);
		expect(kernel.filter((name) => name.startsWith('SIO_WSK_'))).toHaveLength(7);
		const user = await first('WSAIoctl(s, |');
		expect(user.filter((name) => name.startsWith('SIO_WSK_') || name === 'SIO_NSP_NOTIFY_CHANGE')).toEqual([]);
		expect(await first('lpWSPIoctl(s, |')).toEqual(user);
	});

	test('that is deprecated is marked and comes last', async () => {
		const { list } = await offered(body('WSAIoctl(s, |'));
		const marked = list?.items.map(({ tags }) => tags?.includes(1) === true) ?? [];
		expect(marked.filter(Boolean).length).toBeGreaterThan(5);
		expect(marked.lastIndexOf(false)).toBeLessThan(marked.indexOf(true));
	});

	test('brings its page when it is resolved', async () => {
		const { item } = await offered(body('WSAIoctl(s, |'));
		const resolved = await server.request<CompletionItem>('completionItem/resolve', item('SIO_BSP_HANDLE'));
		const { kind, value } = resolved.documentation as { kind: string; value: string };
		expect([kind, value.split('. ')[0]]).toEqual([
			'markdown',
			'Gives the base provider socket on which `WSASendMsg` really works',
		]);
		// A row is read aloud with it, as it is written.
		expect(value).not.toMatch(/^\||\]\(/m);
	});

	test.each([
		['behind #define', '#define MINE SIO_RCVALL_I|', '#define MINE SIO_RCVALL_IF'],
		['behind case', body('switch (flag) {\n\tcase SIO_RCVALL_I|'), body('switch (flag) {\n\tcase SIO_RCVALL_IF')],
		['in an initialiser', body('DWORD code = SIO_RCVALL_I|;'), body('DWORD code = SIO_RCVALL_IF;')],
		['in a comparison', body('if (flag == SIO_RCVALL_I|)'), body('if (flag == SIO_RCVALL_IF)')],
	])('is offered %s by the beginning of its name', async (_, marked, expected) => {
		const { labels, taken } = await offered(marked.replace('winsock2.h', 'mstcpip.h'));
		expect(labels).toEqual(['SIO_RCVALL_IF', 'SIO_RCVALL_IGMPMCAST']);
		const include = marked.includes('#include') ? '' : '#include <mstcpip.h>\n';
		expect(taken('SIO_RCVALL_IF')).toBe(include + expected.replace('winsock2.h', 'mstcpip.h'));
	});

	test('asks to be asked again where its name is only begun', async () => {
		expect((await offered('#define MINE S|')).list).toEqual({ isIncomplete: true, items: [] });
	});
});

describe('nothing is offered', () => {
	test.each([
		['in a comment', body('WSAIoctl(s, /* SIO_| */')],
		['in a comment at the end of a line', body('WSAIoctl(s, // SIO_|')],
		['in a string', body('WSAIoctl(s, "SIO_|')],
		['in a text', body('log("SIO_|')],
		['of another function', body('recv(s, |')],
		['behind a number', body('WSAIoctl(s, 0x98|')],
		['behind an operator', body('WSAIoctl(s, flag + |')],
		['for a member', body('WSAIoctl(s, codes.|')],
		['for the socket', body('WSAIoctl(|')],
		['in a call within', body('WSAIoctl(s, pick(|')],
		['for a name that is being defined', '#define SIO_|'],
		['in a declaration', 'int WSAIoctl(SOCKET s, |'],
		['where the code is not known', body('WSAIoctl(s, flag, |')],
		['in an array of somebody’s own', body('DWORD codes[] = { SIO_|')],
		['at the top of a file', 'SIO_|'],
		['for an option of the kernel', body('d->WskControlSocket(k, WskSetOption, |')],
		['behind the call', body('WSAIoctl(s, 1)|')],
	])('%s', async (_, marked) => {
		expect((await offered(marked)).list).toBe(null);
	});

	test('in other languages', async () => {
		expect((await offered('Call `WSAIoctl(s, |', 'a.md')).list).toBe(null);
	});

	test('behind a space that follows no comma', async () => {
		const context = { triggerKind: 2, triggerCharacter: ' ' };
		expect((await offered(body('WSAIoctl(s, FIONBIO |'), 'a.c', { context })).list).toBe(null);
		expect((await offered(body('WSAIoctl(s, |'), 'a.c', { context })).labels[0]).toBe('FIONBIO');
	});
});

describe('arguments in C', () => {
	const call = (args: string) => offered(body(`WSAIoctl(s, ${args}`));
	test.each([
		['the input', 'SIO_KEEPALIVE_VALS, |', ['&ka']],
		['the input behind an ampersand', 'SIO_KEEPALIVE_VALS, &|', ['&ka']],
		['the input of a number', 'SIO_UDP_CONNRESET, |', ['&mode', '&bytes', '&flag']],
		['an input that the code does not have', 'SIO_ADDRESS_LIST_QUERY, |', ['NULL']],
		['the size of the input', 'SIO_KEEPALIVE_VALS, &ka, |', ['sizeof(ka)']],
		['the size of the input within sizeof', 'SIO_KEEPALIVE_VALS, &ka, sizeof(|', ['ka']],
		['the size of no input', 'SIO_ADDRESS_LIST_QUERY, NULL, |', ['0']],
		['the size of an input that cannot be read', 'SIO_KEEPALIVE_VALS, get(1, 2), |', ['sizeof(struct tcp_keepalive)']],
		['an output that the code does not have', 'SIO_KEEPALIVE_VALS, &ka, sizeof(ka), |', ['NULL']],
		['an output of any length', 'SIO_ADDRESS_LIST_QUERY, NULL, 0, |', ['room', 'NULL']],
		['the size of such an output', 'SIO_ADDRESS_LIST_QUERY, NULL, 0, room, |', ['sizeof(room)']],
		['the count', 'SIO_KEEPALIVE_VALS, &ka, sizeof(ka), NULL, 0, |', ['&bytes', '&flag', '&mode']],
		['the overlapped structure', 'SIO_KEEPALIVE_VALS, &ka, sizeof(ka), NULL, 0, &bytes, |', ['NULL', '&ov']],
		['the completion routine', 'SIO_KEEPALIVE_VALS, &ka, sizeof(ka), NULL, 0, &bytes, NULL, |', ['NULL']],
	])('%s', async (_, args, expected) => {
		expect((await call(args)).labels).toEqual(expected);
	});

	test('of ioctlsocket', async () => {
		expect((await offered(body('ioctlsocket(s, FIONBIO, |'))).labels).toEqual(['&mode', '&bytes', '&flag']);
	});

	test('stand where the size comes first', async () => {
		const { labels } = await offered(
			'void f(PWSK_SOCKET k)\n{\n\tSIZE_T backlog;\n\td->WskControlSocket(k, WskIoctl, SIO_WSK_QUERY_RECEIVE_BACKLOG, 0, 0, NULL, |',
		);
		expect(labels).toEqual(['sizeof(backlog)', 'sizeof(SIZE_T)']);
	});

	test('are pointers, arrays and variables of the file', async () => {
		const { labels, taken } = await offered(`static struct tcp_keepalive shared;
typedef struct tcp_keepalive *unrelated;
void f(SOCKET s, struct tcp_keepalive *given, struct tcp_keepalive list[2])
{
	struct tcp_keepalive many[4];
	WSAIoctl(s, SIO_KEEPALIVE_VALS, |`);
		expect(labels).toEqual(['list', 'given', '&shared', 'many']);
		expect(taken('given').split('\n').at(-1)).toBe('\tWSAIoctl(s, SIO_KEEPALIVE_VALS, given');
	});

	test('are measured as they are given', async () => {
		const at = async (argument: string) =>
			(
				await offered(
					`void f(SOCKET s, struct tcp_keepalive *given)\n{\n\tstruct tcp_keepalive many[4];\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, ${argument}, |`,
				)
			).labels;
		expect(await at('given')).toEqual(['sizeof(*given)']);
		expect(await at('many')).toEqual(['sizeof(many)']);
	});

	test('of a wrapper stand where it takes them', async () => {
		const { labels } = await offered(`static int set(DWORD code, SOCKET s, void *p, DWORD n)
{
	DWORD out;
	return WSAIoctl(s, code, p, n, NULL, 0, &out, NULL, NULL);
}
void f(SOCKET s)
{
	struct tcp_keepalive ka;
	set(SIO_KEEPALIVE_VALS, s, |`);
		expect(labels).toEqual(['&ka']);
	});
});

describe('in C++', () => {
	const method = (statement: string) => `#include <winsock2.h>
class C {
	SOCKET s;
	int f() {
		tcp_keepalive größe{};
		${statement}`;

	test('codes stand behind a qualified callee', async () => {
		expect((await offered(method('return ::WSAIoctl(s, |'), 'a.cpp')).labels.slice(0, 2)).toEqual([
			'FIONBIO',
			'SIO_GET_EXTENSION_FUNCTION_POINTER',
		]);
	});

	test('a null pointer is nullptr, unless the file keeps to NULL', async () => {
		const at = async (before: string) =>
			(await offered(`${before}${method('::WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, |')}`, 'a.cpp')).labels;
		expect(await at('')).toEqual(['nullptr']);
		expect(await at('void *p = NULL;\n')).toEqual(['NULL']);
		expect(await at('void *p = NULL, *q = nullptr;\n')).toEqual(['nullptr']);
	});

	test('a word is replaced as a whole behind letters beyond ASCII', async () => {
		const { taken } = await offered(method('/* 名前 😀 */ ::WSAIoctl(größe, SIO_|KE, nullptr);\n\t}\n};\n'), 'a.cpp');
		expect(taken('FIONBIO')).toBe(method('/* 名前 😀 */ ::WSAIoctl(größe, FIONBIO, nullptr);\n\t}\n};\n'));
	});
});

describe('in TypeScript', () => {
	const koffi = `import koffi from 'koffi';
const lib = koffi.load('ws2_32.dll');
const ioctl = lib.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t c, void *i, uint32_t n, void *o, uint32_t m, _Out_ uint32_t *r, void *v, void *w)');
`;
	const deno = `const lib = Deno.dlopen('ws2_32', { ioctlsocket: { parameters: ['usize', 'i32', 'buffer'], result: 'i32' } });\n`;
	const inside = (statement: string) => `${koffi}const SIO_RCVALL = 0x98000001;
function f(s: bigint) {
	const values = Buffer.alloc(12);
	const count = new Uint32Array(1);
	const later = 1;
	${statement}`;

	test('a code is its number, or the constant that is in sight', async () => {
		const { labels, taken } = await offered(inside('ioctl(s, |'), 'a.ts');
		expect(labels[0]).toBe('FIONBIO');
		expect(taken('SIO_KEEPALIVE_VALS')).toBe(inside('ioctl(s, 0x98000004 /* SIO_KEEPALIVE_VALS */'));
		expect(taken('SIO_RCVALL')).toBe(inside('ioctl(s, SIO_RCVALL'));
	});

	test('a signed parameter is given a signed number', async () => {
		const { taken } = await offered(`${deno}lib.symbols.ioctlsocket(s, |`, 'a.ts');
		expect(taken('FIONBIO')).toBe(
			`${deno}lib.symbols.ioctlsocket(s, 0x8004667E | 0 /* FIONBIO */`.replace(' | 0', ' \u007c 0'),
		);
		expect(taken('FIONREAD')).toBe(`${deno}lib.symbols.ioctlsocket(s, 0x4004667F /* FIONREAD */`);
	});

	test.each([
		['the input', 'ioctl(s, 0x98000004, |', ['values']],
		['the size of the input', 'ioctl(s, 0x98000004, values, |', ['values.byteLength']],
		['the size of an input that is not known', 'ioctl(s, 0x98000004, other(), |', ['12']],
		['no output', 'ioctl(s, 0x98000004, values, 12, |', ['null']],
		['the size of no output', 'ioctl(s, 0x98000004, values, 12, null, |', ['0']],
		['the count', 'ioctl(s, 0x98000004, values, 12, null, 0, |', ['count']],
		['the overlapped structure', 'ioctl(s, 0x98000004, values, 12, null, 0, count, |', ['null']],
		['nothing in a string', "ioctl(s, '|", []],
		['nothing in a comment', 'ioctl(s, /* |', []],
		['nothing of another function', 'other(s, |', []],
		['nothing for a name outside of a call', 'const c = SIO_|', []],
	])('%s', async (_, statement, expected) => {
		expect((await offered(inside(statement), 'a.ts')).labels).toEqual(expected);
	});
});

describe('a whole call', () => {
	test('is offered where a statement begins', async () => {
		const { labels, item, taken } = await offered(body('SIO_KE|\n}\n').replace('ka =', 'input ='));
		expect(labels).toEqual(['SIO_KEEPALIVE_VALS call']);
		const { kind, insertTextFormat, detail } = item('SIO_KEEPALIVE_VALS call');
		expect([kind, insertTextFormat, detail?.slice(0, 22)]).toEqual([15, 2, 'Switches TCP keep-aliv']);
		expect(taken('SIO_KEEPALIVE_VALS call')).toBe(
			body(
				`struct tcp_keepalive input2 = { 0 };
input2.onoff = \${1:1};
input2.keepalivetime = \${2:10000};
input2.keepaliveinterval = \${3:1000};
DWORD bytes2 = 0;
if (WSAIoctl(\${4:s}, SIO_KEEPALIVE_VALS, &input2, sizeof(input2), NULL, 0, &bytes2, NULL, NULL) == SOCKET_ERROR)
{
	int error = WSAGetLastError();
	$0
}
}
`,
				'#include <winsock2.h>\n#include <mstcpip.h>\n',
			).replace('ka =', 'input ='),
		);
	});

	test('is also found by the function', async () => {
		const { labels, item } = await offered(body('WSAI|'));
		expect(labels.slice(0, 2)).toEqual(['SIO_GET_EXTENSION_FUNCTION_POINTER call', 'SIO_KEEPALIVE_VALS call']);
		expect(item('SIO_KEEPALIVE_VALS call').filterText).toBe('WSAIoctl SIO_KEEPALIVE_VALS');
	});

	test('is written as C++ and the file have it', async () => {
		const { taken } = await offered('void f(SOCKET s) {\r\n\tFIONB|\r\n}\r\n', 'a.cpp');
		expect(taken('FIONBIO call')).toBe(
			`#include <winsock2.h>
void f(SOCKET s) {
	u_long input = \${1:1};
if (ioctlsocket(\${2:s}, FIONBIO, &input) == SOCKET_ERROR) {
	int error = WSAGetLastError();
	$0
}
}
`.replaceAll('\n', '\r\n'),
		);
	});

	const deno = (table: string) => `const { symbols } = Deno.dlopen('ws2_32.dll', {\n\t${table}\n});\n`;
	const bound =
		"WSAIoctl: { parameters: ['usize', 'u32', 'buffer', 'u32', 'buffer', 'u32', 'buffer', 'pointer', 'pointer'], result: 'i32' },";
	const inFunction = (statement: string) => `export function f(s: bigint) {\n\t${statement}\n}\n`;

	test('is written in TypeScript as its library is called', async () => {
		const { labels, taken } = await offered(`${deno(bound)}${inFunction('SIO_KE|')}`, 'a.ts');
		expect(labels).toEqual(['SIO_KEEPALIVE_VALS call']);
		expect(taken('SIO_KEEPALIVE_VALS call')).toBe(
			`${deno(bound)}${inFunction(`const input = new Uint8Array(12);
const inputView = new DataView(input.buffer);
inputView.setUint32(0, \${1:1}, true);
inputView.setUint32(4, \${2:10000}, true);
inputView.setUint32(8, \${3:1000}, true);
const bytes = new Uint8Array(4);
if (symbols.WSAIoctl(\${4:s}, 0x98000004 /* SIO_KEEPALIVE_VALS */, input, input.byteLength, null, 0, bytes, null, null) !== 0) {
	$0
}`)}`,
		);
	});

	test('comes with the declaration of the function, where there is none', async () => {
		const { labels, taken } = await offered("import koffi from 'koffi';\nWSAI|\n", 'a.ts');
		expect(labels.slice(0, 2)).toEqual(['WSAIoctl declaration', 'SIO_KEEPALIVE_VALS call']);
		expect(taken('WSAIoctl declaration')).toBe(`import koffi from 'koffi';
const WSAIoctl = koffi.load('ws2_32.dll').func(\`int __stdcall WSAIoctl(
	uintptr_t s,
	uint32_t dwIoControlCode,
	void *lpvInBuffer,
	uint32_t cbInBuffer,
	void *lpvOutBuffer,
	uint32_t cbOutBuffer,
	void *lpcbBytesReturned,
	void *lpOverlapped,
	void *lpCompletionRoutine
)\`);
`);
	});

	test('has its declaration completed within a table of them', async () => {
		const { labels, taken } = await offered(deno('WSAI|'), 'a.ts');
		expect(labels).toEqual(['ioctlsocket declaration', 'WSAIoctl declaration']);
		expect(taken('WSAIoctl declaration')).toBe(deno(bound));
		expect((await offered(deno(`${bound}\n\tWSAI|`), 'a.ts')).labels).toEqual(['ioctlsocket declaration']);
		expect((await offered(deno('socket: WSAI|'), 'a.ts')).list).toBe(null);
		expect((await offered('const other = { WSAI| };\n', 'a.ts')).list).toBe(null);
	});

	test('is not offered to a client without snippets, nor in the middle of a statement', async () => {
		const plain = await ServerProcess.start(built.server);
		others.push(plain);
		expect((await offered(body('SIO_KE|'), 'a.c', { at: plain })).list).toBe(null);
		expect((await offered(body('if (s) SIO_KE|'))).list).toBe(null);
	});
});

test('a plain client gets plain items', async () => {
	const plain = await ServerProcess.start(built.server);
	others.push(plain);
	const { item } = await offered(body('WSAIoctl(s, SIO_|KE'), 'a.c', { at: plain });
	const found = item('SIO_RCVALL');
	expect([found.textEdit, found.labelDetails, found.detail?.slice(0, 40)]).toEqual([
		{ range: range(8, 13, 8, 19), newText: 'SIO_RCVALL' },
		undefined,
		'0x98000001 · in 4 · Turns a raw socket i',
	]);
	const resolved = await plain.request<CompletionItem>('completionItem/resolve', found);
	expect((resolved.documentation as { kind: string }).kind).toBe('plaintext');
});

test('letters that are typed before the answer is there do not make it empty, nor move it', async () => {
	const uri = `file:///project/${count++}/a.c`;
	const { text, offset } = withCursor(body('WSAIoctl(s,|)'));
	await server.open(uri, text, 'c');
	const document = TextDocument.create(uri, 'c', 1, text);
	const at = document.positionAt(offset);
	const answers = [...' SIO_KE'].map((letter, i) => {
		const [here, behind] = [i, i + 1].map((n) => ({ line: at.line, character: at.character + n }));
		void server.change(uri, i + 2, { range: { start: here, end: here }, text: letter });
		return server.request<CompletionList | null>('textDocument/completion', {
			textDocument: { uri },
			position: behind,
			context: letter === ' ' ? { triggerKind: 2, triggerCharacter: ' ' } : { triggerKind: 1 },
		});
	});
	const edits = (await Promise.all(answers)).map(
		(list) => list?.items.find(({ label }) => label === 'SIO_KEEPALIVE_VALS')?.textEdit,
	);
	const start = at.character + 1;
	expect(edits).toEqual(
		[...' SIO_KE'].map((_, typed) => ({
			newText: 'SIO_KEEPALIVE_VALS',
			insert: range(at.line, start, at.line, start + typed),
			replace: range(at.line, start, at.line, start + typed),
		})),
	);
	await server.close(uri);
});
