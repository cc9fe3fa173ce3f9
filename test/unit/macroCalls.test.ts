/** Macros that stand for an entry point: their uses are the calls, with the arguments that the uses write. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import type { Project } from '../../server/src/check/headers.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const headers: Readonly<Record<string, string>> = {
	'compat.h':
		'#ifndef COMPAT_H\n#define COMPAT_H\n#ifdef _WIN32\n#define ioctl ioctlsocket\n#define SockIoctl(s, c, p) ioctlsocket((s), (c), (u_long *)(p))\n#endif\n#endif\n',
	'pointer.h': '#define CONTROL(s, c, p) pControl(s, c, p)\n',
	'lwip.h': '#define ioctlsocket(s, c, p) lwip_ioctl(s, c, p)\n#define WSAIoctl lwip_wsaioctl\n',
};
const project: Project = {
	include: async (name) => {
		const text = headers[name];
		return text === undefined ? undefined : { path: `/x/${name}`, text };
	},
};
const checker = new Checker(nodeEngine(import.meta.dirname), project);
afterAll(() => checker.dispose());

/** Each call as `code(callee)`, with the text that its arguments are taken from. */
async function calls(text: string, name = '/x/x.c'): Promise<readonly string[]> {
	const found = (await checked(checker, { name, text })).calls;
	for (const { start, end, callee } of found) expect(text.slice(start, end)).toMatch(callee.replace(/\W/g, '.'));
	return found.map((c) => `${c.callee}: ${c.code.entry?.name ?? c.code.text}, ${c.input?.pointer.text ?? '-'}`);
}

const used = (use: string, before = 'u_long n = 1; char c = 0; SOCKET s = 0; long code = 0;') =>
	`void f(void)\n{\n\t${before}\n\t${use}\n}\n`;

describe('uses of macros', () => {
	it.each<[string, string, readonly string[]]>([
		[
			'another name',
			`#define SOCK_IOCTL ioctlsocket\n${used('SOCK_IOCTL(s, FIONBIO, &n);')}`,
			['SOCK_IOCTL: FIONBIO, &n'],
		],
		['a name of a name', `#define A B\n#define B ioctlsocket\n${used('A(s, FIONBIO, &n);')}`, ['A: FIONBIO, &n']],
		['in parentheses', `#define A (ioctlsocket)\n${used('A(s, FIONBIO, &n);')}`, ['A: FIONBIO, &n']],
		['from a header', `#include "compat.h"\n${used('ioctl(s, FIONBIO, &n);')}`, ['ioctl: FIONBIO, &n']],
		[
			'from a header, of a pointer that the file declares',
			`#include "pointer.h"\ntypedef int (WINAPI *FN)(SOCKET, long, u_long *);\nFN pControl;\n${used('CONTROL(s, FIONBIO, &n);')}`,
			['CONTROL: FIONBIO, &n'],
		],
		['with parameters', `#define X(a, b, c) ioctlsocket(a, b, c)\n${used('X(s, FIONBIO, &n);')}`, ['X: FIONBIO, &n']],
		[
			'with casts',
			`#define X(a, b, c) ioctlsocket((SOCKET)(a), (long)(b), (u_long *)(c))\n${used('if (X(s, FIONREAD, &n)) return;')}`,
			['X: FIONREAD, &n'],
		],
		[
			'in another order',
			`#define X(p, s, c) ioctlsocket(s, c, p)\n${used('X(&n, s, FIONREAD);')}`,
			['X: FIONREAD, &n'],
		],
		[
			'with a code of its own',
			`#define X(s, p) ioctlsocket(s, FIONBIO, p)\n${used('X(s, &n);')}`,
			['ioctlsocket: FIONBIO, p', 'X: FIONBIO, &n'],
		],
		[
			'with a code by another macro',
			`#define CODE FIONBIO\n#define X(s, p) ioctlsocket(s, CODE, p)\n${used('X(s, &n);')}`,
			['ioctlsocket: FIONBIO, p', 'X: FIONBIO, &n'],
		],
		[
			'with a code by a macro with an argument',
			`#define CODE(c) c\n#define X(s, p) ioctlsocket(s, CODE(FIONBIO), p)\n${used('X(s, &n);')}`,
			['ioctlsocket: FIONBIO, p', 'X: FIONBIO, &n'],
		],
		[
			'with a code by a function',
			`static long code_of(void) { return FIONBIO; }\n#define X(s, p) ioctlsocket(s, code_of(), p)\n${used('X(s, &n);')}`,
			['ioctlsocket: FIONBIO, p', 'X: FIONBIO, &n'],
		],
		['that is taken back', `#undef ioctlsocket\n${used('ioctlsocket(s, FIONBIO, &n);')}`, ['ioctlsocket: FIONBIO, &n']],
		[
			'for something else here',
			`#define ioctlsocket(s, c, p) other(s, c, p)\n${used('ioctlsocket(s, FIONBIO, &n);')}`,
			[],
		],
		[
			'for something else in a branch',
			`#ifdef OWN\n#define ioctlsocket(s, c, p) other(s, c, p)\n#endif\n${used('ioctlsocket(s, FIONBIO, &n);')}`,
			['ioctlsocket: FIONBIO, &n'],
		],
		[
			'for something else in a header of a branch',
			`#ifdef OWN\n#include "lwip.h"\n#endif\n${used('ioctlsocket(s, FIONBIO, &n);')}`,
			['ioctlsocket: FIONBIO, &n'],
		],
		['without parameters', `#define X ioctlsocket(s, FIONBIO, &n)\n${used('X;')}`, ['ioctlsocket: FIONBIO, &n']],
		[
			'of two calls',
			`#define X(s) (ioctlsocket(s, FIONBIO, &a), ioctlsocket(s, FIONREAD, &b))\n${used('X(s);')}`,
			['ioctlsocket: FIONBIO, &a', 'ioctlsocket: FIONREAD, &b', 'X: FIONREAD, &b'],
		],
		['that is negated', `#define X(s, c, p) !ioctlsocket(s, c, p)\n${used('X(s, FIONBIO, &n);')}`, ['X: FIONBIO, &n']],
		[
			'that chooses by the result',
			`#define X(s, c, p) (ioctlsocket(s, c, p) ? -1 : 0)\n${used('X(s, FIONBIO, &n);')}`,
			['X: FIONBIO, &n'],
		],
		[
			'that is set to the result',
			`#define X(r, s, p) ((r) = ioctlsocket(s, FIONBIO, p))\n${used('X(c, s, &n);')}`,
			['ioctlsocket: FIONBIO, p'],
		],
		...(
			[
				['codes[c]', 'codes[z]'],
				['c[0]', '*z'],
				['c | 1', '(z|1)'],
				['1 | c', '(1|z)'],
				['c ? FIONBIO : 1', 'X'],
				['1 ? c : FIONBIO', 'X'],
				['1 ? FIONBIO : c', 'FIONBIO'],
				['c.code', 'z.code'],
				['(long)c', 'z'],
				['f(c)', 'X'],
				['-c', '-z'],
			] as const
		).map(([code, made]): [string, string, readonly string[]] => [
			`with ${code} for the code`,
			`#define X(s, c, p) ioctlsocket(s, ${code}, p)\nvoid f(void) { X(s, z, &n); }\n`,
			[`X: ${made}, &n`],
		]),
		[
			'in two ways that are one',
			`#ifdef A\n#define X(s, c, p) ioctlsocket(s, c, p)\n#else\n#define X(t, d, q) ioctlsocket(t, d, q)\n#endif\n${used('X(s, FIONBIO, &n);')}`,
			['X: FIONBIO, &n'],
		],
		[
			'in two ways that are written alike',
			`#ifdef A\n#define X(s, p) ioctlsocket(s, FIONBIO, &(p)->on)\n#else\n#define X(t, q) ioctlsocket(t, FIONBIO, &(q)->on)\n#endif\n${used('X(s, k);')}`,
			['ioctlsocket: FIONBIO, &(p)->on', 'ioctlsocket: FIONBIO, &(q)->on', 'X: FIONBIO, &k->on'],
		],
		[
			'of two codes',
			`#ifdef A\n#define X(s, p) ioctlsocket(s, FIONBIO, p)\n#else\n#define X(s, p) ioctlsocket(s, FIONREAD, p)\n#endif\n${used('X(s, &n);')}`,
			['ioctlsocket: FIONBIO, p', 'ioctlsocket: FIONREAD, p'],
		],
		[
			'of two functions',
			`#ifdef A\n#define X(s, c, p) ioctlsocket(s, c, p)\n#else\n#define X(s, c, p) WSAIoctl(s, c, p, 4, NULL, 0, &n, NULL, NULL)\n#endif\n${used('X(s, FIONBIO, &n);')}`,
			[],
		],
		[
			'of functions of two kinds',
			`#ifdef A\n#define X(a, b, c, d, e, f, g, h, i) WSAIoctl(a, b, c, d, e, f, g, h, i)\n#else\n#define X(a, b, c, d, e, f, g, h, i) WSANSPIoctl(a, b, c, d, e, f, g, h)\n#endif\n${used('X(s, FIONBIO, &n, 4, NULL, 0, &n, NULL, NULL);')}`,
			[],
		],
		[
			'under the name of a variable',
			`#define X(s, c, p) ioctlsocket(s, c, p)\n${used('X(s, FIONBIO, &n);', 'SOCKET s; u_long n = 1; FN X = g;')}`,
			[],
		],
		[
			'with any arguments',
			`#define X(...) ioctlsocket(__VA_ARGS__)\n${used('X(s, FIONBIO, &n);')}`,
			['X: FIONBIO, &n'],
		],
		[
			'through others',
			`#define X(a, b, c) Y(a, b, c)\n#define Y(a, b, c) ioctlsocket(a, b, c)\n#define Z X\n${used('Z(s, FIONBIO, &n);')}`,
			['Z: FIONBIO, &n'],
		],
		[
			'as a statement',
			`#define X(a, b) do { ioctlsocket(a, FIONBIO, b); } while (0)\n${used('X(s, &n);')}`,
			['ioctlsocket: FIONBIO, b', 'X: FIONBIO, &n'],
		],
		[
			'compared',
			`#define X(a, b) (ioctlsocket(a, FIONBIO, b) == 0)\n${used('X(s, &n);')}`,
			['ioctlsocket: FIONBIO, b', 'X: FIONBIO, &n'],
		],
		[
			'of itself',
			`#define ioctlsocket(a, b, c) ioctlsocket((a), (b), (c))\n${used('ioctlsocket(s, FIONBIO, &n);')}`,
			['ioctlsocket: FIONBIO, &n'],
		],
		[
			'in either branch',
			`#ifdef HAVE_X\n#define X ioctlsocket\n#else\n#define X my_ioctl\n#endif\n${used('X(s, FIONBIO, &n);')}`,
			['X: FIONBIO, &n'],
		],
		[
			'for other systems',
			`#ifdef _WIN32\n#define X my_ioctl\n#else\n#define X ioctlsocket\n#endif\n${used('X(s, FIONBIO, &n);')}`,
			[],
		],
		[
			'for something else',
			`#include "lwip.h"\n${used('ioctlsocket(s, FIONBIO, &c); WSAIoctl(s, FIONBIO, &c, 1, 0, 0, 0, 0, 0);')}`,
			[],
		],
		[
			'within a function that hands on',
			`#define X ioctlsocket\nint my(SOCKET s, long code, u_long *p) { return X(s, code, p); }\n${used('my(s, FIONBIO, &n);')}`,
			['X: code, p', 'my: FIONBIO, &n'],
		],
		['with too few arguments', `#define X(a, b, c) ioctlsocket(a, b, c)\n${used('X(s, FIONBIO);')}`, []],
		[
			'in a circle',
			`#define X Y\n#define Y X\n#ifdef HAVE\n#define X ioctlsocket\n#endif\n${used('X(s, FIONBIO, &n);')}`,
			['X: FIONBIO, &n'],
		],
		[
			'a macro of local names',
			`#define X() ioctlsocket(s, FIONBIO, &n)\n${used('X();')}`,
			['ioctlsocket: FIONBIO, &n'],
		],
	])('%s', async (_, text, expected) => {
		expect(await calls(text)).toEqual(expected);
	});
	it.each<[string, string, readonly string[]]>([
		[
			'a function of its own under the name of an entry point',
			`static int ioctlsocket(SOCKET s, long c, u_long *p) { return 0; }\n${used('ioctlsocket(s, FIONBIO, &n);')}`,
			[],
		],
		[
			'one in a branch',
			`#ifdef OWN\nstatic int ioctlsocket(SOCKET s, long c, u_long *p) { return 0; }\n#endif\n${used('ioctlsocket(s, FIONBIO, &n);')}`,
			[],
		],
		[
			'one that the headers may declare',
			`int ioctlsocket(SOCKET s, long c, u_long *p) { return 0; }\n${used('ioctlsocket(s, FIONBIO, &n);')}`,
			['ioctlsocket: FIONBIO, &n'],
		],
		[
			'one with codes of its own',
			`#define MINE 5\nint ioctlsocket(SOCKET s, long c, u_long *p) { return 0; }\n${used('ioctlsocket(s, MINE, &n);')}`,
			[],
		],
		[
			'one with names of its own for codes',
			`#define MINE 0x8004667e\nint ioctlsocket(SOCKET s, long c, u_long *p) { return 0; }\n${used('ioctlsocket(s, MINE, &n);')}`,
			['ioctlsocket: FIONBIO, &n'],
		],
		[
			'one with codes that nobody knows',
			`int ioctlsocket(SOCKET s, long c, u_long *p) { return 0; }\n${used('ioctlsocket(s, THEIRS, &n);')}`,
			['ioctlsocket: THEIRS, &n'],
		],
		[
			'a call that has a type in it',
			used("x = 1; ioctlsocket(s, _IOW('f', 126, unsigned long), &n); ioctlsocket(s, _IOW('f', 126, struct x), &n);"),
			['ioctlsocket: FIONBIO, &n', "ioctlsocket: _IOW('f', 126, struct x), &n"],
		],
		[
			'a call with branches in it',
			used('ioctlsocket(s,\n#ifdef A\nFIONBIO\n#else\nFIONREAD\n#endif\n, &n);'),
			['ioctlsocket: FIONBIO, &n'],
		],
		['a declaration that reads as a call', `void f(void) { ioctlsocket(SOCKET, LONG, ULONG); }\n`, []],
		['a call with the name of a type', `void f(void) { ioctlsocket(SOCKET, c, n); }\n`, ['ioctlsocket: c, n']],
		[
			'calls by position',
			`int w(SOCKET s, long c, u_long *p) { return ioctlsocket(s, c, p); }\n${used('w(s, FIONBIO, &n); ioctlsocket(s, FIONREAD, &n); w(s, FIONBIO, &n);')}`,
			['ioctlsocket: c, p', 'w: FIONBIO, &n', 'ioctlsocket: FIONREAD, &n', 'w: FIONBIO, &n'],
		],
		[
			'a variable under the name of a function that hands on',
			`int w(SOCKET s, long c, u_long *p) { return ioctlsocket(s, c, p); }\n${used('w(s, FIONBIO, &n);', 'SOCKET s; u_long n = 1; FN w = g;')}`,
			['ioctlsocket: c, p'],
		],
	])('beside %s', async (_, text, expected) => {
		expect(await calls(text)).toEqual(expected);
	});
	it('reports the argument that the use writes', async () => {
		const text = `#include "compat.h"\n${used('SockIoctl(s, FIONREAD, &c);')}`;
		const { findings } = await checked(checker, { name: '/x/x.c', text });
		expect(findings.map((f) => [f.rule, text.slice(f.start, f.end)])).toEqual([['ioctlsocket-argument', '&c']]);
	});
	it.each<[string, string, readonly string[]]>([
		[
			'a member',
			`#define X(s, v) ioctlsocket(s, FIONBIO, (u_long *)&(v))\n${used('X(s, c);')}`,
			['ioctlsocket-argument'],
		],
		[
			'a value',
			`#define X(s, v) ioctlsocket(s, FIONBIO, &(v))\n${used('X(s, n);', 'u_long n; SOCKET s = 0;')}`,
			['input-uninitialised'],
		],
		[
			'what the macro sets',
			`#define X(s, v) ((v) = 1, ioctlsocket(s, FIONBIO, &(v)))\n${used('X(s, n);', 'u_long n; SOCKET s = 0;')}`,
			[],
		],
		[
			'a size',
			`#define X(s, v) WSAIoctl(s, SIO_RCVALL, &(v), sizeof(v), NULL, 0, &n, NULL, NULL)\n${used('X(s, c);', 'DWORD n; SOCKET s = 0; char c = 1;')}`,
			['input-too-small'],
		],
		[
			'a result that the macro compares',
			`#define X(s, v) (ioctlsocket(s, FIONBIO, v) == 0)\n${used('if (!X(s, &n)) printf("%d", WSAGetLastError()); if (X(s, &n) == 1) return;')}`,
			[],
		],
	])('judges what a use and the macro make together: %s', async (_, text, expected) => {
		const { findings } = await checked(checker, { name: '/x/x.c', text });
		expect(findings.map((f) => f.rule).filter((rule) => rule !== 'unused-result')).toEqual(expected);
		expect(findings.flatMap((f) => f.fix?.edits ?? [])).toEqual([]);
	});
	it('replaces nothing that only the macro writes', async () => {
		const text = `#define KEEP(s, c, k) WSAIoctl(s, c, &(k), sizeof(u_long), 0, 0, &n, 0, 0)\n${used('KEEP(s, SIO_KEEPALIVE_VALS, ka);', 'struct tcp_keepalive ka = { 1, 1000, 1000 }; SOCKET s = 0; DWORD n;')}`;
		const { findings } = await checked(checker, { name: '/x/x.c', text });
		expect(
			findings.filter((f) => f.rule === 'input-too-small').map((f) => [text.slice(f.start, f.end), f.fix]),
		).toEqual([['KEEP', undefined]]);
	});
	it('follows the macros as they are edited', async () => {
		const document = { key: 'kept' };
		const body = used('X(s, FIONBIO, &n);');
		const heads = [
			'#define X ioctlsocket\n',
			'#define X my\n',
			'#define X Y\n#define Y ioctlsocket\n',
			'#define X Y\n',
			'#define X(a, b, c) ioctlsocket(a, b, c)\n',
			'',
		];
		for (const head of [...heads, ...heads.toReversed()]) {
			const text = `${head}int other;\n${body}/* ioctlsocket */\n`;
			const kept = await checked(checker, { name: '/x/x.c', text }, {}, document);
			const fresh = await checked(checker, { name: '/x/x.c', text });
			expect(
				kept.calls.map((c) => c.callee),
				text,
			).toEqual(fresh.calls.map((c) => c.callee));
		}
		checker.forget('kept');
	});
});
