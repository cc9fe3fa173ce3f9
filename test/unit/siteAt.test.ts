/** The call at the cursor, while it is being written. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SiteAt } from '../../server/src/calls/siteAt.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { Checker } from '../../server/src/check/check.ts';
import type { Chunk } from '../../server/src/languages/js/chunk.ts';
import { chunkAt } from '../../server/src/languages/js/siteAt.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { withCursor } from '../support/cursor.ts';

let checker: Checker;
beforeAll(() => {
	checker = new Checker(nodeEngine(import.meta.dirname));
});
afterAll(() => checker.dispose());

/** What a look at the cursor of a text tells. */
async function look<T>(
	name: string,
	marked: string,
	question: (site: SiteAt | undefined, text: string) => T,
): Promise<T> {
	const { text, offset } = withCursor(marked);
	const answer = await checker.look({ name, text }, {}, { key: name }, (file) => question(file.siteAt(offset), text));
	checker.forget(name);
	return answer as T;
}

/** The same at the end of a text whose last line is typed letter by letter, with no check in between. */
async function lookWhileTyped<T>(
	name: string,
	marked: string,
	question: (site: SiteAt | undefined, text: string) => T,
): Promise<T> {
	const { text, offset } = withCursor(marked);
	let answer: T | undefined;
	for (let end = text.lastIndexOf('\n', offset - 1) + 1; end <= offset; end++) {
		const typed = text.slice(0, end) + text.slice(offset);
		answer = await checker.look(
			{ name, text: typed },
			{},
			{ key: name },
			(file) => question(file.siteAt(end), typed),
			true,
		);
	}
	checker.forget(name);
	return answer as T;
}

const placeAt = async (name: string, marked: string) => {
	const { text, offset } = withCursor(marked);
	const place = await checker.look({ name, text }, {}, { key: name }, (file) => file.placeAt(offset));
	checker.forget(name);
	return place;
};

/** `WSAIoctl 1: s, SIO_KE`; a closed call ends with a parenthesis. */
const told = (site: SiteAt | undefined, text: string): string => {
	if (!site) return '-';
	const written = site.written.map(({ start, end }) => text.slice(start, end)).join(' | ');
	const within = site.within.length > 0 ? ` in ${site.within.join(' ')}` : '';
	return `${site.site.api} ${site.slot ?? '?'}${within}: ${written}${site.isClosed ? ')' : ''}`;
};

const body = (statement: string) => `void f(SOCKET s)\n{\n\tDWORD n;\n\t${statement}`;

describe('the call at the cursor in C', () => {
	test.each([
		['with nothing behind it', body('WSAIoctl(s, SIO_KE|'), 'WSAIoctl 1: s | SIO_KE'],
		['with a brace behind it', body('WSAIoctl(s, SIO_KE|\n}\n'), 'WSAIoctl 1: s | SIO_KE'],
		['in front of another statement', body('WSAIoctl(s, SIO_|\n\tclosesocket(s);\n}\n'), 'WSAIoctl 1: s | SIO_'],
		['in front of another function', `${body('WSAIoctl(s, |\n}\n')}void g(void)\n{\n}\n`, 'WSAIoctl 1: s | '],
		['in an empty list', body('WSAIoctl(|)'), 'WSAIoctl 0: )'],
		['closed by the editor', body('WSAIoctl(s, SIO_|);\n}\n'), 'WSAIoctl 1: s | SIO_)'],
		[
			'complete',
			body('WSAIoctl(s, FIONBIO, &n, siz|eof(n), NULL, 0, &n, NULL, NULL);\n}\n'),
			'WSAIoctl 3: s | FIONBIO | &n | sizeof(n) | NULL | 0 | &n | NULL | NULL)',
		],
		[
			'within sizeof',
			body('WSAIoctl(s, SIO_KEEPALIVE_VALS, &n, sizeof(n|'),
			'WSAIoctl 3 in sizeof: s | SIO_KEEPALIVE_VALS | &n | sizeof(n',
		],
		['behind commas of a call within', body('WSAIoctl(pick(s, 1, (2, 3)), |'), 'WSAIoctl 1: pick(s, 1, (2, 3)) | '],
		['behind commas in strings', body('WSAIoctl(find("a,(b", \',\'), |'), 'WSAIoctl 1: find("a,(b", \',\') | '],
		[
			'behind commas in comments',
			body('WSAIoctl(s /* the socket, (open */, |'),
			'WSAIoctl 1: s /* the socket, (open */ | ',
		],
		['behind a comment of a line', body('WSAIoctl(s, // a, b (\n\t\t|'), 'WSAIoctl 1: s | // a, b ('],
		['in a condition', body('if (WSAIoctl(s, SIO_|'), 'WSAIoctl 1: s | SIO_'],
		[
			'in a condition with its end',
			body('if (WSAIoctl(s, SIO_|) == SOCKET_ERROR)\n\t\treturn;\n}\n'),
			'WSAIoctl 1: s | SIO_)',
		],
		['of ioctlsocket', body('ioctlsocket(s, FIO|'), 'ioctlsocket 1: s | FIO'],
		['through a table', body('d->WskControlSocket(s, WskIoctl, |'), 'WskControlSocket 2: s | WskIoctl | '],
		['through a pointer', body('(*pWSAIoctl)(s, |'), 'WSAIoctl 1: s | '],
		['behind an unfinished statement', body('n = \n\tWSAIoctl(s, |'), 'WSAIoctl 1: s | '],
		['behind an open parenthesis of another statement', body('if (n\n\tn = 1;\n\tWSAIoctl(s, |'), 'WSAIoctl 1: s | '],
		['in a branch of #if', body('#if X\n\tif (n) {\n#else\n\tif (s) {\n#endif\n\t\tWSAIoctl(s, |'), 'WSAIoctl 1: s | '],
		['in #else', body('#ifdef X\n\tn = 1;\n#else\n\tWSAIoctl(s, |'), 'WSAIoctl 1: s | '],
		['in a macro', '#define SET(s, v) WSAIoctl(s, |', 'WSAIoctl 1: s | '],
		[
			'in a macro of several lines',
			'#define SET(s, v) do { \\\n\tWSAIoctl(s, SIO_| \\\n\t} while (0)\n',
			'WSAIoctl 1: s | SIO_',
		],
		[
			'with letters beyond ASCII',
			body('WSAIoctl(größe[“名”], SIO_|').replace('“名”', '0'),
			'WSAIoctl 1: größe[0] | SIO_',
		],
		[
			'with a compound literal behind',
			body('WSAIoctl(s, SIO_|, &(struct tcp_keepalive){ 1, 2, 3 }, 12);\n}\n'),
			'WSAIoctl 1: s | SIO_ | &(struct tcp_keepalive){ 1, 2, 3 } | 12)',
		],
		['with carriage returns', body('WSAIoctl(s, |').replaceAll('\n', '\r\n'), 'WSAIoctl 1: s | '],
	])('%s', async (_, marked, expected) => {
		expect(await look('a.c', marked, told)).toBe(expected);
	});

	test.each([
		['in a comment', body('WSAIoctl(s, /* | */')],
		['in a comment of a line', body('WSAIoctl(s, // |')],
		['in a string', body('WSAIoctl(s, "|')],
		['in front of the parenthesis', body('WSAIoctl|(s, ')],
		['behind the call', body('WSAIoctl(s, 1)|')],
		['behind the statement', body('WSAIoctl(s, 1; |')],
		['of another function', body('recv(s, |')],
		['in a declaration', 'int WSAIoctl(SOCKET s, |'],
		['in a declaration within a function', body('int WSAIoctl(SOCKET s, |')],
		['with more arguments than the function has', body('ioctlsocket(s, 1, &n, 2, |')],
		['in what is never compiled', `#if 0\n${body('WSAIoctl(s, |')}\n#endif\n`],
		['in an initialiser within', body('WSAIoctl(s, 1, &(struct tcp_keepalive){ |')],
	])('there is none %s', async (_, marked) => {
		expect(await look('a.c', marked, told)).toBe('-');
	});

	test('of a wrapper of the file', async () => {
		const wrapper = `static int set(SOCKET s, int level, DWORD code, void *p, DWORD n)
{
	DWORD out;
	return WSAIoctl(s, code, p, n, NULL, 0, &out, NULL, NULL);
}
`;
		const at = (call: string) =>
			look('a.c', `${wrapper}void f(SOCKET s)\n{\n\t${call}`, (site, text) => [
				told(site, text),
				site?.wrapper?.parameters.map(({ name, slot }) => `${name} ${slot ?? '-'}`),
			]);
		const parameters = ['s 0', 'level -', 'code 1', 'p 2', 'n 3'];
		expect(await at('set(s, 1, SIO_|')).toEqual(['WSAIoctl 1: s | 1 | SIO_', parameters]);
		expect(await at('set(s, |')).toEqual(['WSAIoctl ?: s | ', parameters]);
		expect(await at('set(s, 1, FIONBIO, &s, |);\n}\n')).toEqual(['WSAIoctl 3: s | 1 | FIONBIO | &s | )', parameters]);
	});

	test('and its arguments are read', async () => {
		const read = await look(
			'a.c',
			`#define MINE SIO_KEEPALIVE_VALS
static struct tcp_keepalive shared;
void f(SOCKET s)
{
	struct tcp_keepalive ka = { 1, 2, 3 };
	DWORD bytes;
	if (s) {
		char near[64];
		WSAIoctl(s, MINE, &ka, sizeof ka, |`,
			(site) => {
				const args = site?.site.args ?? [];
				return {
					code: args[1]?.code().values,
					input: args[2]?.pointer().object?.text,
					size: args[3]?.size().value,
					missing: args[4]?.pointer().nullness,
					objects: site?.objects(['tcp_keepalive']).map(({ name }) => name),
					own: site?.codeOf('MINE'),
					other: site?.codeOf('ka'),
				};
			},
		);
		expect(read).toEqual({
			code: [0x98000004],
			input: 'ka',
			size: { kind: 'known', values: [{ x86: 12, x64: 12, arm64: 12 }] },
			missing: 'unknown',
			objects: ['near', 's', 'bytes', 'ka', 'shared'],
			own: 0x98000004,
			other: undefined,
		});
	});
});

describe('the call at the cursor in C++', () => {
	const setter =
		'class Sock {\npublic:\n\tint set(DWORD c, DWORD n) { return WSAIoctl(s, c, buffer, n, NULL, 0, &got, NULL, NULL); }\n\tSOCKET s;\n};\n';
	const method = (statement: string) => `class C {\n\tSOCKET s;\n\tint f() {\n\t\t${statement}`;
	test.each([
		['in a method', method('return ::WSAIoctl(s, SIO_|'), 'WSAIoctl 1: s | SIO_'],
		['in a lambda', method('auto g = [&]() { WSAIoctl(s, |'), 'WSAIoctl 1: s | '],
		['behind a lambda that is an argument', method('run([&]() { go(1, 2); }, WSAIoctl(s, |'), 'WSAIoctl 1: s | '],
		['behind a raw string', method('WSAIoctl(open(R"x(a,"(b)x"), |'), 'WSAIoctl 1: open(R"x(a,"(b)x") | '],
		['behind digits with quotes', method("WSAIoctl(pick(1'000, 2), |"), "WSAIoctl 1: pick(1'000, 2) | "],
		[
			'in a template',
			'template <class T> void f(SOCKET s, T t) {\n\tif constexpr (t) WSAIoctl(s, |',
			'WSAIoctl 1: s | ',
		],
		['behind a cast', method('(void)WSAIoctl(static_cast<SOCKET>(s), |'), 'WSAIoctl 1: static_cast<SOCKET>(s) | '],
		['of a method that hands its parameters on', `${setter}void f(Sock &k) { k.set(SIO_|`, 'WSAIoctl 1: SIO_'],
		['of its last parameter', `${setter}void f(Sock *k) { k->set(SIO_RCVALL, |`, 'WSAIoctl 3: SIO_RCVALL | '],
		[
			'around a method of another class',
			`${setter}void f(SOCKET s, Other &o) { WSAIoctl(s, o.set(|`,
			'WSAIoctl 1 in set: s | o.set(',
		],
	])('%s', async (_, marked, expected) => {
		expect(await look('a.cpp', marked, told)).toBe(expected);
	});
});

describe('the call at the cursor in TypeScript', () => {
	const koffi = `import koffi from 'koffi';
const lib = koffi.load('ws2_32.dll');
const ioctl = lib.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t c, void *i, uint32_t n, void *o, uint32_t m, _Out_ uint32_t *r, void *v, void *w)');
const buffer = Buffer.alloc(12);
`;
	const hand = `function hand(s, code, flags, size) { return ioctl(s, code, buffer, size, null, 0, [0], null, null); }\n`;
	test.each([
		['of a function by the name it is declared under', `${koffi}ioctl(s, |`, 'WSAIoctl 1: s | '],
		['with nothing behind it', `${koffi}function f(s) {\n\tioctl(s, 0x98|`, 'WSAIoctl 1: s | 0x98'],
		[
			'in front of another statement',
			`${koffi}function f(s) {\n\tioctl(s, 0x98|\n\tclose(s);\n}\n`,
			'WSAIoctl 1: s | 0x98',
		],
		['closed by the editor', `${koffi}function f(s) {\n\tioctl(s, |)\n}\n`, 'WSAIoctl 1: s | )'],
		[
			'behind commas within',
			`${koffi}ioctl(pick([1, 2], { a: 3, b: 4 }, 'x,(', \`,\${g(1, 2)}\`, /,(/), |`,
			`WSAIoctl 1: pick([1, 2], { a: 3, b: 4 }, 'x,(', \`,\${g(1, 2)}\`, /,(/) | `,
		],
		['behind commas in comments', `${koffi}ioctl(s /* a, ( */, // b, (\n\t|`, 'WSAIoctl 1: s /* a, ( */ | // b, ('],
		['of a member', `import { lib } from './lib.js';\nawait lib.WSAIoctl(s, |`, 'WSAIoctl 1: s | '],
		['of an optional member', `import { lib } from './lib.js';\nlib?.WSAIoctl?.(s, |`, 'WSAIoctl 1: s | '],
		['in an arrow function', `${koffi}const f = (s: bigint) => ioctl(s, |`, 'WSAIoctl 1: s | '],
		['in a template', `${koffi}const t = \`\${ioctl(s, |`, 'WSAIoctl 1: s | '],
		['of a function that hands its parameters on', `${koffi}${hand}hand(s, |`, 'WSAIoctl 1: s | '],
		['of its last parameter', `${koffi}${hand}hand(s, 0x98000004, 1, |`, 'WSAIoctl 3: s | 0x98000004 | 1 | '],
		['of a parameter that is not handed on', `${koffi}${hand}hand(s, 0x98000004, |`, 'WSAIoctl ?: s | 0x98000004 | '],
		['in the last argument', `${koffi}ioctl(1, 2, 3, 4, 5, 6, 7, 8, |`, 'WSAIoctl 8: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | '],
		[
			'of a method that hands its parameters on',
			`${koffi}class S {\n\tset(code, size) { ioctl(this.s, code, buffer, size, null, 0, [0], null, null); }\n\tkeep() { this.set(0x98000004, |`,
			'WSAIoctl 3: 0x98000004 | ',
		],
		[
			'of a Deno symbol',
			`const lib = Deno.dlopen('ws2_32', { ioctlsocket: { parameters: ['usize', 'i32', 'buffer'], result: 'i32' } });\nlib.symbols.ioctlsocket(s, |`,
			'ioctlsocket 1: s | ',
		],
		['with letters beyond ASCII', `${koffi}ioctl(größe('名'), |`, "WSAIoctl 1: größe('名') | "],
		['before anything is written', `${koffi}ioctl(|`, 'WSAIoctl 0: '],
		['behind spaces', `${koffi}ioctl \n(s, |`, 'WSAIoctl 1: s | '],
		['of a short name', `${koffi}const w = ioctl;\nw(s, |`, 'WSAIoctl 1: s | '],
		['around another function', `${koffi}ioctl(s, pick(|`, 'WSAIoctl 1 in pick: s | pick('],
		['around brackets', `${koffi}ioctl(s, 1, [pick(|`, 'WSAIoctl 2 in  pick: s | 1 | [pick('],
		['with something wrong at the cursor', `${koffi}ioctl(s, a b|, c`, 'WSAIoctl 1: s | a b'],
		['with something wrong elsewhere', `${koffi}ioctl(a b, |`, 'WSAIoctl 1: a b | '],
		['with something wrong in both', `${koffi}ioctl(a b, c, d e|`, 'WSAIoctl 2: a b | c | d e'],
		[
			'of a member behind spaces',
			"import { lib } from './lib.js';\nlib.WSAIoctl  (s, pick (|",
			'WSAIoctl 1 in pick: s | pick (',
		],
		['behind a call', "import { lib } from './lib.js';\nlib(a).WSAIoctl(s, |", 'WSAIoctl 1: s | '],
	])('%s', async (_, marked, expected) => {
		expect(await look('a.ts', marked, told)).toBe(expected);
		expect(await lookWhileTyped('a.ts', marked, told)).toBe(expected);
	});

	test.each([
		['in a comment', `${koffi}ioctl(s, /* |`],
		['in a string', `${koffi}ioctl(s, '|`],
		['in a template’s text', `${koffi}ioctl(s, \`|`],
		['of another function', `${koffi}other(s, |`],
		['of a method that is declared', 'class C {\n\tget WSAIoctl(s, |'],
		['of a function that is declared', 'function WSAIoctl(s, |'],
		['of one that is declared to be asynchronous', 'export async function  WSAIoctl(s, |'],
		['of a generator', 'class C {\n\t* WSAIoctl(s, |'],
		['of a getter that begins the text', 'get WSAIoctl(s, |'],
		['of a setter', 'const o = { set WSAIoctl(s, |'],
		['of a method', 'class C {\n\tasync WSAIoctl(s, |'],
		['of a function in a function', `${koffi}function f() {\n\tfunction ioctl(s, |`],
		['of a generator in a function', `${koffi}function f() {\n\tfunction* ioctl(s, |`],
		['of a constructor', "import { WSAIoctl } from 'w';\nnew WSAIoctl(s, |"],
		['with more arguments than there are', `${koffi}ioctl(1, 2, 3, 4, 5, 6, 7, 8, 9, |`],
		['behind the call', `${koffi}ioctl(s, 1)|`],
	])('there is none %s', async (_, marked) => {
		expect(await look('a.ts', marked, told)).toBe('-');
	});

	test.each([
		['hand', `${hand}hand(s, 0x98000004, |`, ['s 0', 'code 1', 'flags -', 'size 3']],
		[
			'pick',
			'function pick({ s }, code) { ioctl(s, code, null, 0, null, 0, [0], null, null); }\npick(s, |',
			[' -', 'code 1'],
		],
		['ioctl', 'ioctl(s, |', undefined],
	])('has the parameters of what is called: %s', async (_, marked, parameters) => {
		expect(
			await look('a.ts', koffi + marked, (site) =>
				site?.wrapper?.parameters.map(({ name, slot }) => `${name} ${slot ?? '-'}`),
			),
		).toEqual(parameters);
	});

	test.each([
		['mine(|', 'WSAIoctl 0: '],
		['mine(s, |', 'WSAIoctl 1: s | '],
		['mine(s, 1, |', 'WSAIoctl ?: s | 1 | '],
		['mine(s, 1, 2, |', 'WSAIoctl 3: s | 1 | 2 | '],
	])('of a function that the settings explain: %s', async (marked, expected) => {
		const { text, offset } = withCursor(`import { mine } from 'w';\n${marked}`);
		const functions = { mine: { arguments: ['socket', 'code', null, 'inputSize'] } } as const;
		const found = await checker.look({ name: 'a.ts', text }, { functions }, { key: 'a.ts' }, (file) => {
			const site = file.siteAt(offset);
			const parameters = site?.wrapper?.parameters.map(({ name, slot }) => `${name} ${slot ?? '-'}`);
			return [told(site, text), site?.site.through, parameters];
		});
		checker.forget('a.ts');
		expect(found).toEqual([expected, 'mine', ['s 0', 'dwIoControlCode 1', ' -', 'cbInBuffer 3']]);
	});

	test('sees what other parts of the text declare, wherever it stands in them', async () => {
		const marked = `${koffi}/* ${'-'.repeat(200)} */\nconst far = Buffer.alloc(3);\nioctl(s, |`;
		const objects = await look('a.ts', marked, (site) => site?.objects([]).map(({ name }) => name));
		expect(objects).toEqual(['far', 'buffer']);
	});

	test('is looked for once at one place of one text', async () => {
		const at = koffi.length + 'ioctl(s, '.length;
		const ask = (text: string) =>
			checker.look({ name: 'a.ts', text }, {}, { key: 'a.ts' }, (file) => {
				const [first, second] = [file.siteAt(at), file.siteAt(at)];
				expect(second).toBe(first);
				return told(first, text);
			});
		const first = [
			await ask(`${koffi}ioctl(s, 1, `),
			await ask(`${koffi}ioctl(t, 2, `),
			await ask(`${koffi}other(t, 2, `),
		];
		checker.forget('a.ts');
		expect(first).toEqual(['WSAIoctl 1: s | 1', 'WSAIoctl 1: t | 2', '-']);
	});

	test('and its arguments are read', async () => {
		const marked = `${koffi}import { SIO_RCVALL, other } from 'codes';
const SIO_KEEPALIVE_VALS = 0x98000004;
let FIONBIO = 4;
function f(s: bigint) {
	const near = new Uint32Array(3);
	ioctl(s, SIO_KEEPALIVE_VALS, near, near.byteLength, |`;
		const read = await look('a.ts', marked, (site) => {
			const args = site?.site.args ?? [];
			return {
				code: args[1]?.code().values,
				size: args[3]?.size().value,
				objects: site?.objects([]).map(({ name, bytes }) => `${name} ${bytes?.x64}`),
				own: site?.codeOf('SIO_KEEPALIVE_VALS'),
				others: ['SIO_RCVALL', 'other', 'near', 'FIONBIO', 'FIONREAD'].map((name) => site?.codeOf(name)),
			};
		});
		expect(read).toEqual({
			code: [0x98000004],
			size: { kind: 'known', values: [{ x86: 12, x64: 12, arm64: 12 }] },
			objects: ['near 12', 'buffer 12'],
			own: 0x98000004,
			others: [0x98000001, undefined, undefined, undefined, undefined],
		});
	});
});

describe('the place of the cursor', () => {
	test.each([
		['a.c', '#define X SIO_|', 'definition'],
		['a.c', '#define SIO_|', 'text'],
		['a.c', '#include <mst|', 'text'],
		['a.c', body('switch (n) {\n\tcase SIO_|'), 'case'],
		['a.c', body('DWORD code = SIO_|'), 'value'],
		['a.c', body('if (n == SIO_|'), 'value'],
		['a.c', body('n |= SIO_').replace('|=', '@=').replace('SIO_', 'SIO_|').replace('@', '+'), 'other'],
		['a.c', body('SIO_|'), 'statement'],
		['a.c', body('n = 1;\n\tWSA|'), 'statement'],
		['a.c', body('if (n) { WSA|'), 'statement'],
		['a.c', body('if (n) WSA|'), 'other'],
		['a.c', body('DWORD codes[] = { SIO_|'), 'other'],
		['a.c', 'WSA|', 'other'],
		['a.c', body('// WSA|'), 'comment'],
		['a.c', body('n = "WSA|'), 'text'],
		['a.ts', 'const a = SIO_|', 'value'],
		['a.ts', 'f();\nWSA|', 'statement'],
		['a.ts', 'const a = { SIO_|', 'other'],
		['a.ts', 'function f() {\n\tWSA|', 'statement'],
		['a.ts', "const a = '|", 'text'],
		['a.ts', 'const a = 1; // |', 'comment'],
		['a.ts', "const a = 1;\nf('|');\nconst b = 2;\n", 'text'],
		['a.ts', 'const a = 1;\n// |\nconst b = 2;\n', 'comment'],
	])('%s %j: %s', async (name, marked, expected) => {
		expect(await placeAt(name, marked)).toBe(expected);
	});
});

test('every entry point is one that a call at the cursor can be of', async () => {
	for (const { id, roles, parameters } of Catalog.builtin.functions) {
		const marked = body(`${id}(${'x, '.repeat(roles.code)}|`);
		expect([id, await look('a.c', marked, (site) => [site?.site.api, site?.slot, site?.site.args.length])]).toEqual([
			id,
			[id, roles.code, parameters.length],
		]);
	}
});

test('a part of a file holds the offsets up to its end', () => {
	let start = 0;
	const parts = ['ab', 'c', 'def'].map((text) => {
		start += text.length;
		return { text, start: start - text.length } as Chunk;
	});
	const held = [0, 1, 2, 3, 4, 6, 7].map((offset) => chunkAt(parts, offset)?.text);
	expect(held).toEqual(['ab', 'ab', 'ab', 'c', 'def', 'def', 'def']);
	expect(chunkAt([], 0)).toBeUndefined();
});

test('the places of a word are told in every part of a text', async () => {
	const text = "const a = SIO_RCVALL;\nf('SIO_RCVALL', SIO_RCVALL2);\n// SIO_RCVALL\nconst b = { SIO_RCVALL, c: a };\n";
	const found = await checker.look({ name: 'a.ts', text }, {}, { key: 'a.ts' }, (file) =>
		['SIO_RCVALL', 'a', 'none'].map((name) =>
			file.occurrences((word) => word === name).map(({ start, end }) => `${start} ${text.slice(start, end)}`),
		),
	);
	checker.forget('a.ts');
	expect(found).toEqual([['10 SIO_RCVALL', '78 SIO_RCVALL'], ['6 a', '93 a'], []]);
});

test('a look leaves no tree behind', async () => {
	for (const [name, marked] of [
		['a.c', body('WSAIoctl(s, |')],
		['a.ts', "import { lib } from './lib.js';\nlib.WSAIoctl(s, |"],
		['a.ts', "import { lib } from './lib.js';\nfunction f() {\n\tlib.WSAIoctl(a b, c d|\n\tg();\n}\n"],
	] as const) {
		const { text, offset } = withCursor(marked);
		for (let i = 0; i < 3; i++)
			await checker.look({ name, text }, {}, { key: name }, (file) => file.siteAt(offset)?.at);
		checker.forget(name);
		expect(checker.trees).toBe(0);
	}
});
