/** Sizes that functions give which do nothing but return an expression. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import type { Project } from '../../server/src/check/headers.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const header = { text: '' };
const project: Project = {
	include: (name) => Promise.resolve(name === 'own.h' ? { path: '/p/own.h', text: header.text } : undefined),
};
const checker = new Checker(nodeEngine(import.meta.dirname), project);
afterAll(() => checker.dispose());

const textWith = (before: string, size: string, local = '') =>
	`#include "own.h"\n${before}\nvoid f(SOCKET s, void *p, DWORD unknown)\n{\n\tDWORD n;\n\t${local}\n\tWSAIoctl(s, SIO_RCVALL, p, ${size}, NULL, 0, &n, NULL, NULL);\n}\n`;

/** The bytes of the input on 64-bit Windows, `?` where they are not known. */
async function sizeIn(text: string, name = '/p/x.cpp'): Promise<string> {
	const { calls } = await checked(checker, { name, text });
	const length = calls[0]?.input?.length;
	return length?.kind === 'known' ? length.values.map((v) => v.x64).join('|') : '?';
}

async function sizeWith(before: string, size: string, { local = '', own = '', name = '/p/x.cpp' } = {}) {
	header.text = own;
	await checker.filesChanged();
	return sizeIn(textWith(before, size, local), name);
}

describe('is known', () => {
	it.each<[string, string, string, string]>([
		['of a function without parameters', 'constexpr DWORD size() { return sizeof(tcp_keepalive); }', 'size()', '12'],
		['of its parameters', 'static inline DWORD bytes(int n) { return n * 4; /* each */ }', 'bytes(3)', '12'],
		[
			'of a parameter’s type',
			'inline size_t bytes(const tcp_keepalive &keep) { return sizeof(keep); }',
			'bytes(*p)',
			'12',
		],
		['of a parameter that is a pointer', 'inline size_t bytes(char p[64]) { return sizeof(p); }', 'bytes("")', '8'],
		['of a parameter that is smaller', 'inline DWORD bytes(BYTE n) { return n; }', 'bytes(260)', '4'],
		['of a type that it returns', 'inline BYTE bytes(DWORD n) { return n; }', 'bytes(260)', '4'],
		['of a type that is what it returns', 'constexpr auto bytes(DWORD n) { return n + 1; }', 'bytes(3)', '4'],
		[
			'of functions that call others',
			'inline DWORD a() { return 8; }\ninline DWORD b() { return a() + 4; }',
			'b()',
			'12',
		],
		['in a namespace', 'namespace own {\ninline DWORD size() { return 12; }\n}\nusing namespace own;', 'size()', '12'],
		['without parameters of C', 'static DWORD size(void) { return 12; }', 'size()', '12'],
	])('%s', async (_, before, size, expected) => {
		expect(await sizeWith(before, size)).toBe(expected);
	});

	it('in a header', async () => {
		expect(await sizeWith('', 'size(3)', { own: 'static inline DWORD size(int n) { return n * 4; }\n' })).toBe('12');
		// Another body for the same head.
		expect(
			await sizeWith('', 'size(3)', { own: 'static inline DWORD size(int n) { return n * 8; }\n', name: '/p/x.c' }),
		).toBe('24');
		expect(
			await sizeWith('', 'size(3)', { own: 'static inline DWORD size(int n) { return n * 2; }\n', name: '/p/x.c' }),
		).toBe('6');
	});
});

describe('is not known', () => {
	it.each<[string, string, string, string?]>([
		['of a function that does more', 'DWORD size() { init(); return 12; }', 'size()'],
		['of a condition', 'DWORD size(int n) { if (n) return 12; return 4; }', 'size(1)'],
		[
			'of a branch of the preprocessor',
			'DWORD size() {\n#ifdef OWN\nreturn 12;\n#else\nreturn 4;\n#endif\n}',
			'size()',
		],
		['of overloads', 'DWORD size(int) { return 12; }\nDWORD size(char *p) { return 4; }', 'size(1)'],
		['of a function that is declared otherwise', 'DWORD size(int n);\nDWORD size(char *p) { return 4; }', 'size(1)'],
		['of a member', 'struct A { DWORD size() { return 12; } };', 'size()'],
		['of a member of the name beside it', 'DWORD size() { return 4; }\nstruct A { DWORD size(); };', 'size()'],
		['of a template', 'template <class T> DWORD size(T t) { return sizeof(T); }', 'size(p)'],
		['of a weak function', '__attribute__((weak)) DWORD size(void) { return 12; }', 'size()'],
		['of arguments by default', 'DWORD size(int n = 3) { return n * 4; }', 'size()'],
		['of a parameter that is not known', 'DWORD size(int n) { return n * 4; }', 'size(unknown)'],
		['of an object that it returns', 'struct A { DWORD n; operator DWORD(); };\nA size() { return 4; }', 'size()'],
		['of a variable', 'DWORD made;\nDWORD size() { return made; }', 'size()'],
		['of a local function', 'DWORD size() { return 4; }', 'size()', 'auto size = [] { return 12; };'],
		['of a macro of the name', '#define size other\nDWORD size() { return 4; }', 'size()'],
		['of a function that calls itself', 'DWORD size(int n) { return size(n - 1) + size(n - 2); }', 'size(3)'],
		['of functions that call each other', 'DWORD a() { return b(); }\nDWORD b() { return a(); }', 'a()'],
	])('%s', async (_, before, size, local) => {
		expect(await sizeWith(before, size, { local: local ?? '' })).toBe('?');
	});
});

it('follows what the function and its names mean', async () => {
	const text = (value: string, factor: string) =>
		textWith(`#define UNIT ${value}\n\ninline DWORD bytes(int n)\n{\n\treturn n * UNIT + ${factor};\n}\n`, 'bytes(2)');
	header.text = '';
	await checker.filesChanged();
	expect(await sizeIn(text('4', '0'))).toBe('8');
	expect(await sizeIn(text('4', '1'))).toBe('9');
	expect(await sizeIn(text('8', '1'))).toBe('17');
	expect(await sizeIn(`${text('8', '1')}DWORD bytes(char *p);\n`)).toBe('?');
	expect(await sizeIn(text('8', '1'))).toBe('17');
});
