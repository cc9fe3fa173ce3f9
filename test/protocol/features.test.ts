import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction, CodeLens, Hover, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { RIGHT, range, SHORT, SHORT_FINDING } from './support/samples.ts';
import { type Build, build, type ClientOptions, ServerProcess } from './support/server.ts';

let built: Build;
let server: ServerProcess;
let count = 0;
const fresh = (name = 'a.c') => `file:///project/${count++}/${name}`;
const others: ServerProcess[] = [];

/** A server of its own, for what is said at the start. */
async function another(options: ClientOptions): Promise<ServerProcess> {
	const started = await ServerProcess.start(built.server, options);
	others.push(started);
	return started;
}

beforeAll(async () => {
	built = await build();
	server = await ServerProcess.start(built.server, {
		initializationOptions: { commands: ['ioctlLens.explainCall', 'ioctlLens.openReference'] },
	});
});
afterAll(async () => {
	await Promise.all([server, ...others].map((s) => s.kill()));
	await built.remove();
});

const hover = (uri: string, line: number, character: number, at = server) =>
	at.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position: { line, character } });
const lenses = (uri: string, at = server) =>
	at.request<CodeLens[] | null>('textDocument/codeLens', { textDocument: { uri } });
const actions = (uri: string, where: ReturnType<typeof range>, context: object = { diagnostics: [] }, at = server) =>
	at.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: where, context });

const text = (answer: Hover | null) => (answer as { contents: { value: string } }).contents.value;
const command = (kind: string, name: string) =>
	`command:ioctlLens.openReference?${encodeURIComponent(JSON.stringify([{ kind, name }]))}`;

describe('a hover', () => {
	test('on a control code says what the call needs', async () => {
		const uri = fresh();
		await server.open(uri, SHORT);
		const answer = await hover(uri, 3, 13);
		expect(answer).toEqual({
			range: range(3, 13, 3, 31),
			contents: {
				kind: 'markdown',
				value: `**\`SIO_KEEPALIVE_VALS\`** = \`0x98000004\` · [Full page](${command('code', 'SIO_KEEPALIVE_VALS')}) · [Microsoft Learn](https://learn.microsoft.com/en-us/windows/win32/winsock/sio-keepalive-vals)

Switches TCP keep-alive on or off for one connection and sets its two intervals, where \`SO_KEEPALIVE\` alone would use the intervals of the whole machine.

- **Input** required, [\`struct tcp_keepalive\`](${command('struct', 'tcp_keepalive')}), 12 bytes.
- **Output** must be empty.

\`\`\`text
0  u_long  onoff
4  u_long  keepalivetime
8  u_long  keepaliveinterval
\`\`\`

- \`WSAEFAULT\`: the input buffer is too small. Seen when run, also with a NULL pointer and an overlapped structure.
- \`WSAENOPROTOOPT\`: the socket is a datagram socket.
- \`WSAEOPNOTSUPP\`: the transport does not know the code.
- **Socket** \`SOCK_STREAM\`, \`IPPROTO_TCP\`; on any other: \`WSAENOPROTOOPT\`.
- **Sets only** It cannot be read back. \`SO_KEEPALIVE\` tells getsockopt whether keep-alive is on; \`TCP_KEEPIDLE\` and \`TCP_KEEPINTVL\` are options of their own, in seconds.
- **Windows** Since Windows 2000 (5.0).

\`\`\`text
31  30  29  28-27  26-16        15-0
1   0   0   11     00000000000  0000000000000100
I   O   V   T=3    vendor 0     code 4
\`\`\`
`,
			},
		});
	});

	test('is there from the first to the last character of the name, and nowhere else', async () => {
		const uri = fresh();
		await server.open(uri, SHORT);
		expect((await hover(uri, 3, 31))?.range).toEqual(range(3, 13, 3, 31));
		for (const [line, character] of [
			[0, 5],
			[2, 8],
			[3, 11],
			[3, 12],
			[3, 60],
			[3, 68],
			[99, 0],
		] as const) {
			expect([line, character, await hover(uri, line, character)]).toEqual([line, character, null]);
		}
	});

	test('works on names outside of calls: in comments, defines and other languages’ files', async () => {
		const uri = fresh('notes.md');
		await server.open(uri, 'Uses SIO_RCVALL.\n#define X SIO_RCVALL\n', 'markdown');
		expect((await hover(uri, 0, 8))?.range).toEqual(range(0, 5, 0, 15));
		expect((await hover(uri, 1, 12))?.range).toEqual(range(1, 10, 1, 20));
		expect(await hover(uri, 0, 2)).toBe(null);
	});

	test('on the name of an error says which codes answer with it', async () => {
		const uri = fresh();
		await server.open(uri, 'int f(int e) { return e == WSAEADDRINUSE || e == WSAEANYTHING; }\n');
		const answer = await hover(uri, 0, 30);
		expect(answer?.range).toEqual(range(0, 27, 0, 40));
		expect(text(answer).split('\n')[0]).toBe('# WSAEADDRINUSE');
		const uses = text(answer)
			.split('\n')
			.filter((line) => line.startsWith('- '))
			.map((line) => line.replace(/\]\([^)]*\)/g, ']'));
		expect(uses).toEqual([
			'- A port of the range is taken, or lies in a range that Windows keeps for others (netsh int ipv4 show excludedportrange) (reported in microsoft/msquic#2891). [`SIO_ACQUIRE_PORT_RESERVATION`]',
		]);
		expect(await hover(uri, 0, 50)).toBe(null);
	});

	test('on a number of a call names the codes that have it', async () => {
		const uri = fresh();
		const call = (code: string) => `\tWSAIoctl(s, ${code}, NULL, 0, p, n, &m, NULL, NULL);\n`;
		await server.open(
			uri,
			`void f(SOCKET s)\n{\n${call('0x98000004')}${call('0x4004747F')}${call('0x98001234')}${call('-1744830460')}}\n`,
		);
		expect((await hover(uri, 2, 15))?.range).toEqual(range(2, 13, 2, 23));
		expect(text(await hover(uri, 2, 15)).split(' · ')[0]).toBe('**`SIO_KEEPALIVE_VALS`** = `0x98000004`');
		expect(text(await hover(uri, 3, 15)).split('\n')[0]).toBe(
			'**`0x4004747F`** = `SIO_GET_INTERFACE_LIST` or `SIO_LAZY_DISCOVERY`',
		);
		expect(text(await hover(uri, 4, 15))).toBe(`**\`0x98001234\`**

\`\`\`text
31  30  29  28-27  26-16        15-0
1   0   0   11     00000000000  0001001000110100
I   O   V   T=3    vendor 0     code 4660
\`\`\`

Data goes in. A vendor's code (T=3): vendor 0, code 4660.
No control code of the catalog has this value.
`);
		expect(text(await hover(uri, 5, 15)).split(' · ')[0]).toBe('**`SIO_KEEPALIVE_VALS`** = `0x98000004`');
	});

	test('on a constant of the user’s own says what it stands for', async () => {
		const uri = fresh();
		await server.open(
			uri,
			'#define MINE _WSAIOW(IOC_VENDOR, 4)\nvoid f(SOCKET s)\n{\n\tWSAIoctl(s, MINE, p, n, NULL, 0, &m, NULL, NULL);\n}\n',
		);
		const answer = await hover(uri, 3, 14);
		expect(answer?.range).toEqual(range(3, 13, 3, 17));
		expect(text(answer).split(' · ')[0]).toBe('**`SIO_KEEPALIVE_VALS`** = `0x98000004`');
		expect(text(answer).trimEnd().split('\n').at(-1)).toBe('`MINE` is another name of it.');
		// Outside of a call it is any constant, and not ours to explain.
		expect(await hover(uri, 0, 9)).toBe(null);
	});

	test('has no command where the client has none', async () => {
		const plain = await another({});
		const uri = fresh();
		await plain.open(uri, SHORT);
		expect([...text(await hover(uri, 3, 13, plain)).matchAll(/\]\(([^)]*)\)/g)].map((m) => m[1])).toEqual([
			'https://learn.microsoft.com/en-us/windows/win32/winsock/sio-keepalive-vals',
		]);
	});
});

describe('code lenses', () => {
	test('stand over each call with its code, its sizes and what a constant means', async () => {
		const uri = fresh();
		await server.open(
			uri,
			`#include <winsock2.h>
void f(SOCKET s, DWORD n, int wide)
{
	struct tcp_keepalive vals;
	LPFN_ACCEPTEX fn;
	GUID id = WSAID_ACCEPTEX;
	u_long on = 1;
	DWORD m;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &m, NULL, NULL);
	::WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id),
		&fn, sizeof(fn), &m, NULL, NULL);
	WSAIoctl(s, 0x98001234, p, n, q, sizeof(struct unknown), &m, NULL, NULL);
	WSAIoctl(s, n, NULL, 0, p, wide ? 16 : 28, &m, NULL, NULL);
	ioctlsocket(s, FIONBIO, &on);
}
`,
			'cpp',
		);
		const all = await lenses(uri);
		expect(all!.map((lens) => [lens.range, lens.command!.title])).toEqual([
			[range(8, 1, 8, 9), 'SIO_KEEPALIVE_VALS · in 12 · Explain'],
			[range(9, 3, 9, 11), 'SIO_GET_EXTENSION_FUNCTION_POINTER · in 16 · out 4/8 · Explain'],
			[range(11, 1, 11, 9), '0x98001234 · in ? · out ? · Explain'],
			[range(12, 1, 12, 9), '? · in 0 · out 16 or 28 · Explain'],
			[range(13, 1, 13, 12), 'FIONBIO 1: non-blocking · in 4 · Explain'],
		]);
		expect(all!.map((lens) => [lens.command!.command, lens.command!.arguments])).toEqual(
			all!.map((lens) => ['ioctlLens.explainCall', [uri, lens.range.start]]),
		);
	});

	test('stand in TypeScript as in C, whatever the function is called there', async () => {
		const uri = fresh('a.ts');
		await server.open(uri, TYPESCRIPT, 'typescript');
		expect((await lenses(uri))!.map((lens) => [lens.range, lens.command!.title])).toEqual([
			[range(5, 8, 5, 15), 'SIO_KEEPALIVE_VALS · in 3, needs 12 · Explain'],
		]);
		expect((await hover(uri, 5, 20))?.range).toEqual(range(5, 19, 5, 29));
	});

	test.each([[{}], [{ initializationOptions: { commands: ['something.else'] } }]])(
		'are plain text where the client has no command: %j',
		async (options) => {
			const plain = await another(options);
			const uri = fresh();
			await plain.open(uri, SHORT);
			expect((await lenses(uri, plain))!.map(({ command }) => [command!.title, command!.command])).toEqual([
				['SIO_KEEPALIVE_VALS · in 4, needs 12', ''],
			]);
			expect((await actions(uri, range(3, 40, 3, 40), { diagnostics: [] }, plain)).map((a) => a.title)).toEqual([
				'Declare a struct tcp_keepalive and pass it',
				'Ignore input-too-small on this line',
				'Ignore input-too-small in this file',
			]);
		},
	);

	test('follow the text', async () => {
		const uri = fresh();
		await server.open(uri, SHORT);
		expect((await lenses(uri))!.length).toBe(1);
		void server.change(uri, 2, { range: range(0, 0, 0, 0), text: '\n\n' });
		expect((await lenses(uri))![0]!.range).toEqual(range(5, 1, 5, 9));
		void server.change(uri, 3, { text: '' });
		expect(await lenses(uri)).toEqual([]);
	});
});

/** One call under another name, whose size counts elements, and a declaration with a parameter too few. */
const TYPESCRIPT = `const { symbols: { WSAIoctl: control } } = Deno.dlopen('ws2_32', {
	WSAIoctl: { parameters: ['u64', 'u32', 'buffer', 'u32', 'buffer', 'u32', 'pointer', 'pointer'], result: 'i32' },
});
export function keepAlive(s: bigint) {
	const vals = new Uint32Array(3);
	return control(s, 0x98000004, vals, vals.length, null, 0, vals, null, null);
}
`;

/** Applies what an action changes in one document. */
function apply(source: string, edit: WorkspaceEdit | undefined, uri: string): string {
	const edits = edit?.changes?.[uri] ?? (edit?.documentChanges?.[0] as { edits: TextEdit[] } | undefined)?.edits ?? [];
	return TextDocument.applyEdits(TextDocument.create(uri, 'c', 1, source), edits);
}

describe('code actions', () => {
	const at = (line: number, character: number) => range(line, character, line, character);

	test('on a finding: its comments and the explanation, which is no quick fix', async () => {
		const uri = fresh();
		await server.open(uri, SHORT);
		expect(await actions(uri, at(3, 40))).toEqual([
			{
				title: 'Declare a struct tcp_keepalive and pass it',
				kind: 'quickfix',
				diagnostics: [SHORT_FINDING],
				isPreferred: true,
				edit: {
					changes: {
						[uri]: [
							{ range: at(3, 0), newText: '\tstruct tcp_keepalive settings = { 0 };\n' },
							{ range: range(3, 33, 3, 36), newText: '&settings' },
							{ range: range(3, 38, 3, 48), newText: 'sizeof(settings)' },
						],
					},
				},
			},
			{
				title: 'Ignore input-too-small on this line',
				kind: 'quickfix',
				diagnostics: [SHORT_FINDING],
				edit: {
					changes: {
						[uri]: [{ range: at(3, 0), newText: '\t// ioctl-lens-ignore-next-line input-too-small: \n' }],
					},
				},
			},
			{
				title: 'Ignore input-too-small in this file',
				kind: 'quickfix',
				edit: {
					changes: { [uri]: [{ range: at(0, 0), newText: '/* ioctl-lens-ignore-file input-too-small: */\n' }] },
				},
			},
			{
				title: 'Explain SIO_KEEPALIVE_VALS',
				kind: 'source.ioctl-lens',
				command: {
					title: 'Explain SIO_KEEPALIVE_VALS',
					command: 'ioctlLens.explainCall',
					arguments: [uri, { line: 3, character: 1 }],
				},
			},
		]);
	});

	test('elsewhere in a call: the explanation; outside of calls: nothing', async () => {
		const uri = fresh();
		await server.open(uri, SHORT);
		expect((await actions(uri, at(3, 3))).map((a) => a.title)).toEqual(['Explain SIO_KEEPALIVE_VALS']);
		expect(await actions(uri, at(1, 0))).toEqual([]);
		expect((await actions(uri, range(0, 0, 5, 0))).map((a) => a.title)).toEqual([
			'Declare a struct tcp_keepalive and pass it',
			'Ignore input-too-small on this line',
			'Ignore input-too-small in this file',
			'Explain SIO_KEEPALIVE_VALS',
		]);
	});

	test('hand back the diagnostic as the client holds it', async () => {
		const uri = fresh();
		await server.open(uri, SHORT);
		const held = { ...SHORT_FINDING, data: 7 };
		const ignore = (await actions(uri, at(3, 40), { diagnostics: [{ source: 'other' }, held] })).find((a) =>
			a.title.startsWith('Ignore'),
		);
		expect(ignore!.diagnostics).toEqual([held]);
	});

	test('are given only for the kinds that are asked for', async () => {
		const uri = fresh();
		await server.open(uri, SHORT);
		const titles = async (only: string[]) =>
			(await actions(uri, at(3, 40), { diagnostics: [], only })).map((a) => a.title);
		expect(await titles(['refactor', 'source.organizeImports'])).toEqual([]);
		const quick = [
			'Declare a struct tcp_keepalive and pass it',
			'Ignore input-too-small on this line',
			'Ignore input-too-small in this file',
		];
		expect(await titles(['refactor', 'quickfix'])).toEqual(quick);
		expect(await titles(['source'])).toEqual(['Explain SIO_KEEPALIVE_VALS']);
		expect(await titles([''])).toEqual([...quick, 'Explain SIO_KEEPALIVE_VALS']);
	});

	test('name the document’s version where the client can tell', async () => {
		const versioned = await another({ capabilities: { workspace: { workspaceEdit: { documentChanges: true } } } });
		const uri = fresh();
		await versioned.open(uri, SHORT, 'c', 9);
		const ignore = (await actions(uri, at(3, 40), { diagnostics: [] }, versioned)).find((a) =>
			a.title.startsWith('Ignore'),
		);
		expect(ignore!.edit).toEqual({
			documentChanges: [
				{
					textDocument: { uri, version: 9 },
					edits: [{ range: at(3, 0), newText: '\t// ioctl-lens-ignore-next-line input-too-small: \n' }],
				},
			],
		});
	});

	test.each([
		['line feeds', '\n'],
		['carriage returns and line feeds', '\r\n'],
	])('that ignore a finding silence it, in a text with %s', async (_, lineEnd) => {
		const uri = fresh();
		const source = SHORT.replace(/\n/g, lineEnd);
		await server.open(uri, source);
		const ignore = (await actions(uri, at(3, 40))).find((a) => a.title.startsWith('Ignore'));
		const changed = apply(source, ignore!.edit, uri);
		expect(changed.split(lineEnd)[3]).toBe('\t// ioctl-lens-ignore-next-line input-too-small: ');
		expect(changed.includes('\n\n') || /[^\r]\n/.test(changed)).toBe(lineEnd === '\n');
		await server.change(uri, 2, { text: changed });
		expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual([]);
	});

	test('that ignore a second rule on one line add it to the comment', async () => {
		const uri = fresh();
		const source = `void f(SOCKET s)
{
	DWORD on = 1;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, NULL, NULL, NULL);
}
`;
		await server.open(uri, source);
		const both = await actions(uri, range(3, 0, 3, 80));
		expect(both.map((a) => a.title)).toEqual([
			'Declare a struct tcp_keepalive and pass it',
			'Declare a DWORD and pass it',
			'Ignore input-too-small on this line',
			'Ignore missing-bytes-returned on this line',
			'Ignore input-too-small in this file',
			'Ignore missing-bytes-returned in this file',
			'Explain SIO_KEEPALIVE_VALS',
		]);
		const once = apply(source, both[2]!.edit, uri);
		await server.change(uri, 2, { text: once });
		expect((await server.diagnosticsOf(uri, 2)).diagnostics.map((d) => d.code)).toEqual(['missing-bytes-returned']);
		const [, second] = await actions(uri, range(4, 0, 4, 80));
		const twice = apply(once, second!.edit, uri);
		expect(twice.split('\n')[3]).toBe('\t// ioctl-lens-ignore-next-line input-too-small, missing-bytes-returned: ');
		await server.change(uri, 3, { text: twice });
		expect((await server.diagnosticsOf(uri, 3)).diagnostics).toEqual([]);
	});

	test('are block comments in C that has no other', async () => {
		const uri = fresh();
		const source = `/* See http://example.com/ */\n${SHORT}`;
		await server.open(uri, source);
		const ignore = (await actions(uri, at(4, 40))).find((a) => a.title.startsWith('Ignore'));
		const changed = apply(source, ignore!.edit, uri);
		expect(changed.split('\n')[4]).toBe('\t/* ioctl-lens-ignore-next-line input-too-small: */');
		await server.change(uri, 2, { text: changed });
		expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual([]);
	});

	test.each([
		['JSX', '<b>', '\t\t{', '}', '</b>'],
		['a template', '`', '\t\t${', '}', '`'],
	])('in %s stand before the argument', async (_, open, before, after, close) => {
		const uri = fresh('a.tsx');
		const line = 6;
		const call = (size: string) => `${before}WSAIoctl(s, 0x98000004, vals, ${size}, null, 0, n, null, null)${after}`;
		const source = (size: string) => `import koffi from 'koffi';
const WSAIoctl = koffi.load('ws2_32.dll').func('int __stdcall WSAIoctl(size_t s, uint32_t code, void *in, uint32_t cb, void *out, uint32_t n, void *bytes, void *overlapped, void *routine)');
export function keepAlive(s: bigint) {
	const vals = Buffer.alloc(8);
	const n = Buffer.alloc(4);
	return ${open}
${call(size)}
	${close};
}
`;
		await server.open(uri, source('vals.length'), 'typescriptreact');
		const ignore = (await actions(uri, at(line, call('').indexOf(', null') + 2))).find((a) =>
			a.title.startsWith('Ignore'),
		);
		const changed = apply(source('vals.length'), ignore!.edit, uri);
		expect(changed).toBe(source('/* ioctl-lens-ignore-line input-too-small: */ vals.length'));
		await server.change(uri, 2, { text: changed });
		expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual([]);
	});

	test.each([
		['a comment that silences nothing', 'if (s) { } // ioctl-lens-ignore-line may-block', 'unused-suppression'],
		[
			'a call in an arrow function',
			'const g = () => WSAIoctl(s, 0x98000004, vals, 8, null, 0, vals, null, null);',
			'input-too-small',
		],
	])('on %s in TypeScript stand above it', async (_, statement, rule) => {
		const uri = fresh('a.ts');
		const source = `import koffi from 'koffi';
const WSAIoctl = koffi.load('ws2_32.dll').func('int __stdcall WSAIoctl(size_t s, uint32_t code, void *in, uint32_t cb, void *out, uint32_t n, void *bytes, void *overlapped, void *routine)');
export function keepAlive(s: bigint) {
	const vals = Buffer.alloc(8);
	${statement}
}
`;
		await server.open(uri, source, 'typescript');
		const ignore = (await actions(uri, range(4, 0, 4, 200))).find((a) => a.title === `Ignore ${rule} on this line`);
		const changed = apply(source, ignore!.edit, uri);
		expect(changed).toBe(source.replace(statement, `// ioctl-lens-ignore-next-line ${rule}: \n\t${statement}`));
		await server.change(uri, 2, { text: changed });
		expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual([]);
	});

	test('below a continued line keep the continuation', async () => {
		const uri = fresh();
		const source = SHORT.replace('&on, ', '&on, \\\n\t\t');
		await server.open(uri, source);
		expect((await server.nextDiagnostics(uri)).diagnostics.map((d) => d.range)).toEqual([range(4, 2, 4, 12)]);
		const ignore = (await actions(uri, at(4, 3))).find((a) => a.title.startsWith('Ignore'));
		const changed = apply(source, ignore!.edit, uri);
		expect(changed.split('\n')[4]).toBe('\t\t/* ioctl-lens-ignore-next-line input-too-small: */ \\');
		await server.change(uri, 2, { text: changed });
		expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual([]);
	});

	test('turn a rule off where the client has the command', async () => {
		const able = await another({ initializationOptions: { commands: ['ioctlLens.turnRuleOff'] } });
		const uri = fresh();
		await able.open(uri, SHORT);
		const all = await actions(uri, at(3, 40), { diagnostics: [] }, able);
		expect(all.at(-1)).toEqual({
			title: 'Turn input-too-small off in the settings',
			kind: 'quickfix',
			command: {
				title: 'Turn input-too-small off in the settings',
				command: 'ioctlLens.turnRuleOff',
				arguments: ['input-too-small'],
			},
		});
	});

	test.each([
		['c', SHORT],
		['sh', `#!/usr/bin/env node\n${TYPESCRIPT}`],
	])('that ignore a rule in a file silence it: %s', async (ending, source) => {
		const [uri, language] = ending === 'c' ? [fresh(), 'c'] : [fresh('a.ts'), 'typescript'];
		await server.open(uri, source, language);
		const { diagnostics } = await server.diagnosticsOf(uri, 1);
		const finding = diagnostics.find((d) => d.severity === 1 && d.code !== 'ffi-declaration');
		if (!finding) throw new Error('no finding');
		const all = await actions(uri, finding.range);
		const ignore = all.find((a) => a.title === `Ignore ${finding.code} in this file`);
		const changed = apply(source, ignore?.edit, uri);
		await server.change(uri, 2, { text: changed });
		const rest = (await server.diagnosticsOf(uri, 2)).diagnostics.map((d) => d.code);
		expect(rest).toEqual(diagnostics.map((d) => d.code).filter((code) => code !== finding.code));
	});

	test('mend all of a rule, and all that can be mended when asked for it by name', async () => {
		const uri = fresh();
		const source = `void f(SOCKET s, TCP_INFO_v0 *info)
{
	DWORD version = 0, bytes;
	WSAIoctl(s, SIO_TCP_INFO, &version, sizeof(version), info, sizeof(info), &bytes, NULL, NULL);
	WSAIoctl(s, SIO_TCP_INFO, &version, sizeof(&version), info, sizeof(info), &bytes, NULL, NULL);
}
`;
		await server.open(uri, source);
		const offered = await actions(uri, at(3, 62));
		const titles = offered.map((a) => a.title);
		expect(titles.slice(0, 2)).toEqual(['Pass sizeof(*info)', 'Fix all sizeof-pointer in this file']);
		// VS Code puts those of no finding last.
		expect(offered[1]?.diagnostics).toEqual(offered[0]?.diagnostics);
		const all = await actions(uri, at(0, 0), { diagnostics: [], only: ['source.fixAll'] });
		expect(all.map((a) => [a.title, a.kind])).toEqual([['Fix all IOCTL Lens findings', 'source.fixAll.ioctl-lens']]);
		const changed = apply(source, all[0]?.edit, uri);
		expect(changed.match(/sizeof\(\*info\)/g)?.length).toBe(2);
		await server.change(uri, 2, { text: changed });
		expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual([]);
		expect(await actions(uri, at(0, 0), { diagnostics: [], only: ['source.fixAll'] })).toEqual([]);
	});

	test('that leave values to fill in are done one at a time, and never unasked', async () => {
		const uri = fresh();
		const call = '\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);\n';
		await server.open(uri, `void f(SOCKET s)\n{\n\tDWORD on = 1, bytes;\n${call}${call}}\n`);
		const offered = await actions(uri, at(3, 40));
		expect(offered.filter((a) => a.edit).map((a) => a.title)).toEqual([
			'Declare a struct tcp_keepalive and pass it',
			'Ignore input-too-small on this line',
			'Ignore input-too-small in this file',
		]);
		expect(await actions(uri, at(0, 0), { diagnostics: [], only: ['source.fixAll'] })).toEqual([]);
	});

	test('that fix a finding leave none', async () => {
		const uri = fresh();
		const source = `void f(SOCKET s, TCP_INFO_v0 *info)
{
	DWORD version = 0;
	DWORD bytes;
	WSAIoctl(s, SIO_TCP_INFO, &version, sizeof(version), info, sizeof(info), &bytes, NULL, NULL);
}
`;
		await server.open(uri, source);
		const [fix] = await actions(uri, at(4, 62));
		expect([fix!.title, fix!.kind, fix!.isPreferred]).toEqual(['Pass sizeof(*info)', 'quickfix', true]);
		expect(fix!.diagnostics!.map((d) => d.code)).toEqual(['sizeof-pointer']);
		const changed = apply(source, fix!.edit, uri);
		expect(changed.split('\n')[4]).toBe(
			'\tWSAIoctl(s, SIO_TCP_INFO, &version, sizeof(version), info, sizeof(*info), &bytes, NULL, NULL);',
		);
		await server.change(uri, 2, { text: changed });
		expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual([]);
	});

	test('that fix a call and a declaration in TypeScript leave none', async () => {
		const uri = fresh('a.ts');
		await server.open(uri, TYPESCRIPT, 'typescript');
		const [bytes] = await actions(uri, at(5, 40));
		const [declare] = await actions(uri, at(1, 40));
		expect([bytes!.title, declare!.title]).toEqual(['Pass vals.byteLength', 'Declare WSAIoctl with 9 parameters']);
		const changed = apply(apply(TYPESCRIPT, bytes!.edit, uri), declare!.edit, uri);
		await server.change(uri, 2, { text: changed });
		expect((await server.diagnosticsOf(uri, 2)).diagnostics).toEqual([]);
		expect(changed.split('\n')[1]).toBe(
			"\tWSAIoctl: { parameters: ['u64', 'u32', 'buffer', 'u32', 'buffer', 'u32', 'buffer', 'pointer', 'pointer'], result: 'i32' },",
		);
	});
});

describe('the product’s own requests', () => {
	test('explain a name, a number and nonsense', async () => {
		const explain = (query: unknown) => server.request<Record<string, string>>('ioctlLens/explain', { query });
		expect((await explain('SIO_KEEPALIVE_VALS')).title).toBe('SIO_KEEPALIVE_VALS');
		expect(await explain('-1744830460')).toEqual(await explain('SIO_KEEPALIVE_VALS'));
		expect((await explain('0x12345678')).title).toBe('0x12345678');
		expect(await explain('no such thing')).toEqual({ error: 'Nothing in the catalog speaks of "no such thing".' });
		expect(await explain(7)).toEqual({ error: 'A name or a number is expected.' });
	});

	test('explain the call at a position', async () => {
		const uri = fresh();
		await server.open(uri, SHORT);
		const page = await server.request<{ title: string; markdown: string }>('ioctlLens/explainCall', {
			uri,
			position: { line: 3, character: 20 },
		});
		expect(page.title).toBe('WSAIoctl: SIO_KEEPALIVE_VALS');
		const [own, code] = page.markdown.split('## SIO_KEEPALIVE_VALS');
		expect(own).toBe(`# WSAIoctl: SIO_KEEPALIVE_VALS

Line 4, in \`f\`.

\`\`\`c
WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL)
\`\`\`

| Argument              | Written as           | Means |
| --------------------- | -------------------- | --- |
| \`dwIoControlCode\`     | \`SIO_KEEPALIVE_VALS\` | \`0x98000004\` |
| \`lpvInBuffer\`         | \`&on\`                | \`DWORD\`, 4 bytes of memory |
| \`cbInBuffer\`          | \`sizeof(on)\`         | 4 bytes |
| \`lpvOutBuffer\`        | \`NULL\`               | no buffer |
| \`cbOutBuffer\`         | \`0\`                  | 0 bytes |
| \`lpcbBytesReturned\`   | \`&bytes\`             | given |
| \`lpOverlapped\`        | \`NULL\`               | none |
| \`lpCompletionRoutine\` | \`NULL\`               | none |

## Findings

- **error** ${SHORT_FINDING.message} (\`input-too-small\`)

`);
		expect(code!.trim().split('\n').at(-1)).toBe(
			'[WSAIoctl on Microsoft Learn](https://learn.microsoft.com/en-us/windows/win32/api/winsock2/nf-winsock2-wsaioctl)',
		);
	});

	test('show a call that holds backticks whole', async () => {
		const uri = fresh();
		const call = SHORT.split('\n')[3]!.trim().slice(0, -1).replace('&on,', '/* ```` */ &on,');
		await server.open(uri, SHORT.replace('&on,', '/* ```` */ &on,'));
		const page = await server.request<{ markdown: string }>('ioctlLens/explainCall', {
			uri,
			position: { line: 3, character: 5 },
		});
		expect(page.markdown.split('\n').slice(4, 7)).toEqual(['`````c', call, '`````']);
	});

	test('explain a call from anywhere on its line, and nothing on other lines', async () => {
		const uri = fresh();
		await server.open(uri, RIGHT);
		const ask = (line: number, character: number) =>
			server.request<{ title: string } | null>('ioctlLens/explainCall', { uri, position: { line, character } });
		expect((await ask(4, 0))?.title).toBe('WSAIoctl: SIO_KEEPALIVE_VALS');
		expect((await ask(4, 999))?.title).toBe('WSAIoctl: SIO_KEEPALIVE_VALS');
		expect(await ask(2, 3)).toBe(null);
	});

	test('list the reference and open each kind of page', async () => {
		const { entries } = await server.request<{ entries: { kind: string; name: string; detail: string }[] }>(
			'ioctlLens/referenceIndex',
			{},
		);
		expect(entries.find((e) => e.name === 'SIO_KEEPALIVE_VALS')).toEqual({
			kind: 'code',
			name: 'SIO_KEEPALIVE_VALS',
			detail:
				'0x98000004 · Switches TCP keep-alive on or off for one connection and sets its two intervals, where SO_KEEPALIVE alone would use the intervals of the whole machine.',
		});
		const open = (kind: unknown, name: unknown) =>
			server.request<{ title: string; markdown: string } | null>('ioctlLens/reference', { kind, name });
		expect((await open('code', 'SIO_KEEPALIVE_VALS'))?.title).toBe('SIO_KEEPALIVE_VALS');
		expect((await open('struct', 'tcp_keepalive'))?.markdown).toBe(
			`# struct tcp_keepalive

Keep-alive switch and intervals of one TCP connection.

A structure of mstcpip.h. 12 bytes on every target, aligned to 4.

## Members

Offsets and sizes are in bytes.

| 32-bit | 64-bit | Size | Type     | Member              | Meaning |
| -----: | -----: | ---: | -------- | ------------------- | --- |
|      0 |      0 |    4 | \`u_long\` | \`onoff\`             | Not 0: keep-alive is on. |
|      4 |      4 |    4 | \`u_long\` | \`keepalivetime\`     | Idle time before the first probe, in milliseconds. |
|      8 |      8 |    4 | \`u_long\` | \`keepaliveinterval\` | Time between unanswered probes, in milliseconds. |

## Used by

- [\`SIO_KEEPALIVE_VALS\`](command:ioctlLens.openReference?%5B%7B%22kind%22%3A%22code%22%2C%22name%22%3A%22SIO_KEEPALIVE_VALS%22%7D%5D) (input)

[Microsoft Learn](https://learn.microsoft.com/en-us/windows/win32/winsock/sio-keepalive-vals)
`,
		);
		expect(await open('code', 'tcp_keepalive')).toBe(null);
		expect(await open('page', 'x')).toBe(null);
		expect(await open('code', 7)).toBe(null);
	});
});
