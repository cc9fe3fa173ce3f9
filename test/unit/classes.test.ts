/** C++ classes whose larger functions are read alone: what is found in them, and what an edit reads again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { Checker } from '../../server/src/check/check.ts';
import { CFile } from '../../server/src/languages/c/file.ts';
import { split } from '../../server/src/languages/c/split.ts';
import type { LanguageEnv, Part } from '../../server/src/languages/language.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';

const engine = nodeEngine(import.meta.dirname);
const GRAMMAR = 'tree-sitter-cpp.wasm';
const trees = new Trees(engine);
const checker = new Checker(engine);
beforeAll(() => trees.ready(GRAMMAR));
afterAll(() => checker.dispose());

/** Makes a body so long that its function is read alone. */
const LONG = `/* ${'long '.repeat(120)}*/`;
const call = (input: string, size: string): string =>
	`WSAIoctl(s, SIO_KEEPALIVE_VALS, ${input}, ${size}, NULL, 0, &n, NULL, NULL);`;
const member = (name: string, body: string): string =>
	`\tvoid ${name}(SOCKET s)\n\t{${LONG}\n\t\tDWORD n;\n\t\t${body}\n\t}\n`;

/** The items of a text that are not blank, each with its kind, what stands around it and its beginning. */
const cuts = (text: string): string[] =>
	(split(text)?.items ?? []).flatMap(({ start, end, kind, block }) => {
		const own = text
			.slice(start, end)
			.trim()
			.split(/[\n({]/, 1)[0];
		return own ? [`${kind} ${block?.kind ?? '-'} ${own.trim()}`] : [];
	});

describe('a class is cut', () => {
	it.each<[string, string, string[]]>([
		[
			'before and behind its larger functions',
			`class K {\n\tint a;\n${member('f', '')}\tint b;\n${member('g', '')}};\nint c;\n`,
			[
				'class - class K',
				'function class void f',
				'class class int b;',
				'function class void g',
				'class class };',
				'declaration - int c;',
			],
		],
		[
			'within a namespace, and in a class within it',
			`namespace n {\nstruct A {\nstruct B : C {\n${member('f', '')}} b;\n${member('g', '')}};\n}\n`,
			[
				'declaration - namespace n',
				'class namespace struct A',
				'function class void f',
				'class class } b;',
				'function class void g',
				'class class };',
				'declaration namespace }',
			],
		],
		['not where its functions are short', 'class K { void f() { g(); } void h() { } };', ['declaration - class K']],
		[
			'not where it is a type of its own',
			`typedef struct K {\n${member('f', '')}} K;`,
			['declaration - typedef struct K'],
		],
		['not within a condition', `class K {\n#if 1\n${member('f', '')}#endif\n};`, ['declaration - class K']],
		[
			'where a brace is missing in one of its functions, up to the brace that stands as that function does',
			`class K {\n${member('f', 'if (s) {')}${member('g', '')}};\n`,
			['class - class K', 'function class void f', 'function class void g', 'class class };'],
		],
	])('%s', (_, text, expected) => {
		expect(cuts(text)).toEqual(expected);
	});
});

/** Rules and messages of the findings in a class, with its functions as they are and so short that it is one item. */
async function both(text: string): Promise<[alone: string[], together: string[]]> {
	const found = async (source: string) =>
		(await checker.check({ name: 'a.cpp', text: source }))?.findings.map(
			({ rule, message }) => `${rule}: ${message}`,
		) ?? [];
	return [await found(text), await found(text.replaceAll(LONG, ''))];
}

describe('what a class declares is known in a function that is read alone', () => {
	it.each([
		['a member', `class K {\n${member('f', call('&m', 'sizeof(m)'))}\tDWORD m;\n};`],
		[
			'an array whose length is a constant of the class',
			`struct K {\n\tstatic const int N = 4;\n${member('f', call('m', 'sizeof(m)'))}\tchar m[N];\n};`,
		],
		['this', `class K {\n${member('f', call('this', 'sizeof(*this)'))}\tshort m;\n};`],
		['an enumerator', `class K {\n\tenum { N = 4 };\n${member('f', `struct tcp_keepalive v; ${call('&v', 'N')}`)}};`],
		[
			'a member of the class around it',
			`struct A {\n\tDWORD m;\n\tstruct B {\n${member('f', call('&m', 'sizeof(m)'))}\t};\n};`,
		],
		[
			'a parameter of the template',
			`template <class T> class K {\n${member('f', `T v; ${call('&v', 'sizeof(v)')}${call('&v', '4')}`)}};`,
		],
		['a type of the file', `struct V { DWORD a; };\nclass K {\n${member('f', `V v; ${call('&v', 'sizeof v')}`)}};`],
		[
			'a function of the class that is no entry point',
			`class K {\n\tint WSAIoctl(int);\n${member('f', `DWORD v; ${call('&v', 'sizeof v')}`)}};`,
		],
	])('%s', async (_, text) => {
		const [alone, together] = await both(text);
		expect(alone).toEqual(together);
		if (!text.includes('template') && !text.includes('int WSAIoctl')) expect(alone.length).toBeGreaterThan(0);
	});

	it('and stands where it stands in the text', async () => {
		const text = `class K {\n\tint a = ${call('NULL', '4').slice(0, -1)};\n${member('f', call('&m', 'sizeof(m)'))}\tint b = ${call('NULL', '3').slice(0, -1)};\n\tDWORD m;\n};`;
		const result = await checker.check({ name: 'a.cpp', text });
		const shown = result?.findings.map(({ start, end }) => text.slice(start, end));
		expect(shown).toEqual(expect.arrayContaining(['sizeof(m)']));
		expect(result?.calls.map(({ start, end }) => text.slice(start, end))).toEqual([
			call('NULL', '4').slice(0, -1),
			call('&m', 'sizeof(m)').slice(0, -1),
			call('NULL', '3').slice(0, -1),
		]);
	});
});

describe('an edit', () => {
	let parsed = 0;
	const env: LanguageEnv = {
		parse: (text) => {
			parsed += text.length;
			return trees.parse(GRAMMAR, text);
		},
		included: [],
		functions: {},
		catalog: Catalog.builtin,
	};
	const text = `class K {\n\tDWORD m;\n${Array.from({ length: 50 }, (_, i) => member(`f${i}`, call('&m', 'sizeof(m)'))).join('')}};\n`;
	/** Asks the parts that were not asked before; gives how much was parsed since the last time. */
	const sites = new Map<Part, number>();
	const asked = (file: CFile): number => {
		for (const part of file.parts) if (!sites.has(part)) sites.set(part, [...part.sites()].length);
		const all = file.parts.reduce((sum, part) => sum + (sites.get(part) ?? 0), 0);
		expect(all).toBe(50);
		file.rest();
		const since = parsed;
		parsed = 0;
		return since;
	};

	it('in a function of a large class reads that function, and one in the class all that may depend on it', () => {
		const file = new CFile(text, true, env);
		const all = asked(file);
		expect(all).toBeGreaterThan(text.length);
		const change = (from: string, to: string): number => {
			file.update(file.text.replace(from, to), env);
			return asked(file);
		};
		expect(change('f25(SOCKET s)\n\t{', 'f25(SOCKET s)\n\t{x;')).toBeLessThan(all / 20);
		expect(change('DWORD m;', 'BOOL m;')).toBeGreaterThan(all / 2);
		file.free();
	});

	it('in a comment that is still open reads nothing behind it', async () => {
		const before = `void f(SOCKET s)\n{\n\tDWORD n, m;\n\t${call('&m', 'sizeof(m)')}\n}\n`;
		const behind = text.replaceAll(LONG, '');
		const file = new CFile(`${before}/*${behind}`, true, env);
		const calls = () => file.parts.flatMap((part) => [...part.sites()]).length;
		parsed = 0;
		expect(calls()).toBe(1);
		file.update(`${before}/* a${behind}`, env);
		expect(calls()).toBe(1);
		expect(parsed).toBeLessThan(4 * before.length);
		expect([file.placeAt(before.length), file.placeAt(before.length + 500)]).toEqual(['other', 'comment']);
		expect(file.siteAt(file.text.lastIndexOf('sizeof'))).toBeUndefined();
		file.update(before + behind, env);
		expect(calls()).toBe(51);
		file.free();
	});
});
