/** A TypeScript file in parts: how it is cut, what an edit touches, and that nothing stale is left. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '../../server/src/calls/assemble.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import type { Chunk } from '../../server/src/languages/js/chunk.ts';
import { ANY_COUNT, cutAt } from '../../server/src/languages/js/cut.ts';
import { Forwarding } from '../../server/src/languages/js/forwarding.ts';
import { JsFile } from '../../server/src/languages/js/source.ts';
import type { LanguageEnv, Part } from '../../server/src/languages/language.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';

const GRAMMAR = 'tree-sitter-tsx.wasm';
const trees = new Trees(nodeEngine(import.meta.dirname));
beforeAll(() => trees.ready(GRAMMAR));

const env: LanguageEnv = {
	parse: (text) => trees.parse(GRAMMAR, text),
	included: [],
	functions: {},
	catalog: Catalog.builtin,
};

const cuts = (text: string): string[] => {
	const parts: string[] = [];
	for (let at = 0; at < text.length; ) {
		const { end } = cutAt(text, at);
		parts.push(text.slice(at, end));
		at = end;
	}
	return parts;
};

describe('a text is cut', () => {
	it.each<[string, string[]]>([
		['before declarations', ['const a = 1;\n', 'function f() {\n\treturn a;\n}\n', 'export class B {}\n']],
		['without semicolons', ['const a = b\n', 'let c = d(\n\te,\n)\n', 'export const f = g\n']],
		['before statements behind a semicolon', ['f();\n', 'g(\n1,\n2);\n', 'h.i = 2;\n']],
		['with comments in front of what they belong to', ['a(); // one\n', '/* two\n*/\n// three\nb();\n']],
		['with decorators', ['import a from "a";\n', '@b\n@c({ d: 1 })\nexport class E {}\n', 'f();\n']],
		[
			'not inside of a template',
			[`const a = \`\nconst b = \${c({\nd: \`\nlet e\`\n})}\nfunction f() {}\`;\n`, 'g();\n'],
		],
		['not inside of a string or a comment', ["const a = 'x\\\nconst b';\n", '/*\nconst c\n*/\nd();\n']],
		['not inside of a regular expression', ['const a = /[/"`]{/;\n', 'const b = c / d / e;\n', 'f();\n']],
		[
			'not where a line goes on',
			['const a =\nfunction () {};\n', 'const b = c\n.d()\n+ e;\n', 'if (x)\nfor (;;) y();\n'],
		],
		[
			'not before else, catch or while',
			['if (a) {\n}\nelse {\n}\n', 'try {\n}\ncatch {\n}\n', 'do {\n}\nwhile (b);\n'],
		],
		['not inside of a string in double quotes', ['const a = "x\\\nconst b\\"";\n', 'f("{");\n', 'g();\n']],
		['behind a string that is not closed', ["const a = '{\n", 'const b = "(\n', 'const c = 1;\n']],
		['not inside of brackets', ['const a = [\nb,\nc,\n];\n', 'f({\nd: 1,\n});\n', 'g();\n']],
		['behind brackets that do not match', ['const a = <p>)]</p>;\n', 'const b = 1;\n']],
		['before a name that a letter of no ASCII begins', ['f();\n', 'été();\n', '$a = 1;\n', '_b();\n', 'Z();\n']],
		['not before a number or a bracket', ['f();\n1 + 2;\n(3);\n', 'g();\n']],
		['not before a line that is indented', ['f();\n g();\n', 'h();\n']],
		['at every kind of line end', ['f();\r', '\ng();\r', 'h();\u2028', 'i();\u2029', 'j();']],
		['not behind a word that wants more', ['export default\nf;\n', 'type\nA = B;\n', 'return\nclass;\n']],
		['behind a regular expression', ['a = /[{/]\\/"/gi\n', 'const b = 1;\n']],
		['behind what looks like one', ['a = b / c; d = e / f;\n', 'const g = 1;\n']],
		['behind a pattern that a word goes before', ['throw /[`]/;\n', 'const a = 1;\n']],
		['not behind a condition alone', ['while (a)\nconst_();\n', 'for (;;)\nf();\n', 'g()\n', 'const b = 1;\n']],
		['with elements that hold quotes and brackets', ["const a = <p>don't :) {b}</p>;\n", 'const c = 1;\n']],
	])('%s', (_, parts) => {
		expect(cuts(parts.join(''))).toEqual(parts);
	});

	it.each<[string, readonly number[]]>([
		['f();', [0]],
		['f(1);', [1]],
		['f(1, 2);', [2]],
		['f(1, 2,);', [2]],
		['f(g(1, 2, 3), [4, 5, 6, 7], { a: 1, b: 2 });', [3]],
		['f(/* a, */ 1, "a, b", `a, b`);', [3]],
		[`f(${'a, '.repeat(29)});`, [29]],
		['f(a.map((b) => b), c);', [1, 2]],
	])('%s has so many things between parentheses', (text, counts) => {
		const expected = counts.reduce((bits, count) => bits | (1 << count), 0);
		expect(cutAt(text, 0).counts & expected).toBe(expected);
		// Whoever asks for another number looks no further.
		expect(cutAt(text, 0).counts & ANY_COUNT).toBe(0);
	});

	it.each(['f(...a);', 'f(a < b, c);', `f(${'a, '.repeat(30)});`])('%s may have any number of them', (text) => {
		expect(cutAt(text, 0).counts & ANY_COUNT).toBe(ANY_COUNT);
	});

	it.each([
		['const a = 1, b = 2;', ['a', 'b'], ['c', '1']],
		['export async function f(a) { let b; }', ['f'], ['a', 'b']],
		['export default class C { d = 1 }', ['C'], ['d']],
		['const { a, b: [c] } = d;', ['a', 'c'], ['e']],
		['if (a) { var b = 1; }', ['b'], ['c']],
		['f(a, b);', [], ['f', 'a']],
		['enum A { B }', ['A'], ['B']],
		['import a, { b as c } from "d";', ['a', 'c'], ['e']],
		['function f() {} const a = 1;', ['f', 'a'], ['b']],
		['type A = B\n  const c = 1', ['c'], ['d']],
		['let a; let b;', ['a', 'b'], ['c']],
		['const enum A { B }', ['A'], ['C']],
		['export default async function a() {}', ['a'], ['b']],
		['interface A { b: c }', [], ['A', 'b']],
		['type A = { b: c };', [], ['A', 'b']],
		['for (var a of b) c();', ['a'], ['d']],
		['try { var a = 1; } catch { }', ['a'], ['b']],
		['while (a) { b(); }', [], ['a', 'b']],
		['const a = function b() {};', ['a'], ['b']],
		['const a = class b {};', ['a'], ['b']],
		['class A {} class B {}', ['A', 'B'], ['C']],
		['function f() {} g; var h;', ['f', 'h'], ['i']],
		['@a class B {}', ['B'], ['C']],
		['declare module a { }', ['a'], ['b']],
		['namespace a { const b = 1; }', ['a'], ['b']],
	])('%s may declare %s and not %s', (text, names, others) => {
		const file = JsFile.open(text, env);
		const [chunk] = file.chunks;
		expect(names.filter((name) => !chunk?.mayDeclare(name))).toEqual([]);
		expect(others.filter((name) => chunk?.mayDeclare(name))).toEqual([]);
		file.free();
	});
});

describe('the functions of parts that may hold calls', () => {
	/** Their names are told by the text of a part alone. */
	const part = (text: string) => ({ text }) as Chunk;

	it.each([
		['function a() {}', ['a']],
		['export async function* a() {}', ['a']],
		['const a = (b) => c;', ['a']],
		['const a = async (b) => c;', ['a']],
		['const a = b => c;', ['a']],
		['const o = { a: function () {}, b: 1 };', ['a']],
		[
			'class C {\n\ta(b) {\n\t}\n\tstatic async c() {\n\t}\n\tget d() {\n\t}\n\t#e() {\n\t}\n\tf(\n\t\tg) {\n\t}\n}',
			['a', 'c', 'd', 'e', 'f'],
		],
		['a(b);\nc = d;', []],
	])('%j has the names %s', (text, names) => {
		const told = new Forwarding(() => true).replace([], [part(text)]);
		expect(told.filter((name) => name !== 'C').sort()).toEqual(names);
	});

	it('come with the first part that has them, and go with the last', () => {
		const forwarding = new Forwarding(({ text }) => !text.includes('none'));
		const one = part('function a() {} function b() {}');
		const two = part('function a() {}');
		const none = part('function a() {} none');
		expect(forwarding.replace([], [one, none])).toEqual(['a', 'b']);
		expect(forwarding.replace([], [two])).toEqual([]);
		expect(forwarding.replace([one], [])).toEqual(['b']);
		expect([forwarding.has('a'), forwarding.has('b')]).toEqual([true, false]);
		expect(forwarding.replace([two], [one])).toEqual(['b']);
		expect(forwarding.replace([one], [], [])).toEqual(['a', 'b']);
		expect(forwarding.replace([], [], [two])).toEqual(['a']);
		expect(forwarding.replace([], [], [two])).toEqual([]);
	});
});

const KOFFI = `import koffi from 'koffi';
const ws2 = koffi.load('ws2_32.dll');
const WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');
`;
const call = (input: string, size: string, socket = 's') =>
	`WSAIoctl(${socket}, 0x98000004, ${input}, ${size}, null, 0, [0], null, null);`;

/** Everything that a part answers, its offsets those of the text. */
const answers = (part: Part): unknown[] =>
	[...Array.from(part.sites(), (site) => assemble(site, Catalog.builtin, (ask) => ask())), ...part.bindings()].map(
		(answer) => moved(answer, part.place(0)),
	);

const moved = (value: unknown, by: number): unknown => {
	if (Array.isArray(value)) return value.map((one) => moved(one, by));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, one]) => {
			if (key === 'entry') return [key, typeof one === 'string' ? one : one.name];
			return [key, (key === 'start' || key === 'end') && typeof one === 'number' ? one + by : moved(one, by)];
		}),
	);
};

/** A file that stays open, and which parts it asked again in the last update. */
class Kept {
	readonly file: JsFile;
	#answers = new Map<Part, unknown[]>();
	asked: string[] = [];

	constructor(text: string) {
		this.file = JsFile.open(text, env);
		this.answers();
	}

	update(text: string): this {
		this.asked = [];
		this.file.update(text, env);
		this.answers();
		return this;
	}

	answers(): unknown[] {
		const known = this.#answers;
		this.#answers = new Map();
		return this.file.parts.flatMap((part) => {
			// Offsets have moved since.
			const start = part.start;
			const before = known.get(part);
			if (!before) this.asked.push(this.file.text.slice(part.start, part.end));
			const now = before ?? answers(part).map((answer) => moved(answer, -start));
			this.#answers.set(part, now);
			return now.map((answer) => moved(answer, start));
		});
	}
}

const fresh = (text: string): unknown[] => {
	const file = JsFile.open(text, env);
	const found = file.parts.flatMap(answers);
	file.free();
	return found;
};

describe('an edit', () => {
	const functions = Array.from(
		{ length: 20 },
		(_, i) => `function f${i}(s) {\n\t${call('Buffer.alloc(12)', String(i))}\n}\n`,
	);
	const text = KOFFI + functions.join('');

	it('in a function that no other names asks that function alone', () => {
		const kept = new Kept(text);
		kept.update(text.replace('alloc(12), 7,', 'alloc(12), 77,'));
		expect(kept.asked).toEqual([functions[7]?.replace(' 7,', ' 77,')]);
		kept.file.free();
	});

	it('moves the others', () => {
		const kept = new Kept(text);
		const longer = text.replace('function f3', '// A line more.\nfunction f3');
		kept.update(longer);
		expect(kept.asked).toEqual([`// A line more.\n${functions[3]}`]);
		expect(kept.answers()).toEqual(fresh(longer));
		kept.file.free();
	});

	it('frees the tree of what it replaces', () => {
		const kept = new Kept(text);
		const { alive } = trees;
		for (let i = 0; i < 20; i++) kept.update(text.replace('alloc(12), 7,', `alloc(12), ${i % 2 ? 7 : 77},`));
		expect(trees.alive).toBe(alive);
		kept.file.free();
		expect(trees.alive).toBe(alive - kept.file.chunks.length);
	});

	it('parses no part that can hold no call', () => {
		const before = trees.alive;
		const kept = new Kept(`${text}function plain(a, b) {\n\treturn a.b(1, 2, 3) + b;\n}\n`);
		const parsed = trees.alive - before;
		expect(parsed).toBe(kept.file.chunks.length - 1);
		kept.file.free();
	});

	it.each<[what: string, text: string, from: string, to: string]>([
		['a constant', `const N = 4;\nfunction f(s) { ${call('Buffer.alloc(N)', 'N')} }\n`, 'N = 4', 'N = 12'],
		[
			'a constant behind another',
			`const A = 4;\nconst B = A;\nfunction f(s) { ${call('b', 'B')} }\n`,
			'A = 4',
			'A = 12',
		],
		[
			'what a function returns',
			`function n() { return 4; }\nfunction f(s) { ${call('b', 'n()')} }\n`,
			'return 4',
			'return 12',
		],
		[
			'what is done to an array',
			`const a = [1];\nfunction g() { a.join(); }\n${call('new Uint32Array(a)', '4', '1n')}\n`,
			'a.join()',
			'a.push(1)',
		],
		[
			'what is done by a function that is given an array',
			`const a = [1];\nfunction g(b) { }\ng(a);\n${call('new Uint32Array(a)', '4', '1n')}\n`,
			'g(a)',
			'koffi.sizeof(a)',
		],
		['a member', `const o = { n: 4 };\nfunction g() { o.m = 12; }\n${call('b', 'o.n', '1n')}\n`, 'o.m', 'o.n'],
		[
			'a class that inherits',
			`class A { n = 4; f(s) { ${call('b', 'this.n')} } }\nclass B extends A { m = 12 }\n`,
			'm = 12',
			'n = 12',
		],
		[
			'what a class inherits from',
			`class A { n = 4; f(s) { ${call('b', 'this.n')} } }\nclass B extends C { n = 12 }\n`,
			'extends C',
			'extends A',
		],
		[
			'a structure',
			`koffi.struct('T', { a: 'int' });\n${call('b', "koffi.sizeof('T')", '1n')}\n`,
			"a: 'int'",
			"a: 'int64_t'",
		],
		[
			'the name of a structure',
			`koffi.struct('T', { a: 'int' });\n${call('b', "koffi.sizeof('U')", '1n')}\n`,
			"'T'",
			"'U'",
		],
		['an assignment', `let n;\nn = 4;\n${call('b', 'n', '1n')}\n`, 'n = 4', 'n = 12'],
		[
			'what a socket is given to',
			`const q = ws2.func('int connect(uintptr_t s)');\nconst t = ws2.func('uintptr_t socket(int a, int b, int c)')(2, 1, 6);\nq(t);\n${call('b', '12', 't')}\n`,
			'q(t)',
			'r(t)',
		],
		[
			'what is written to a buffer',
			`const b = Buffer.alloc(12);\nb.writeUInt32LE(1, 4);\n${call('b', '12', '1n')}\n`,
			'(1, 4)',
			'(2, 4)',
		],
		[
			'what that is written with',
			`const v = 1;\nconst b = Buffer.alloc(12);\nb.writeUInt32LE(v, 4);\n${call('b', '12', '1n')}\n`,
			'v = 1',
			'v = 2',
		],
		[
			'the first declaration by a list',
			"const list = ['uintptr_t', 'long', 'int'];\nconst a = ws2.func('ioctlsocket', 'int', list);\nconst b = ws2.func('ioctlsocket', 'int', list);\n",
			"a = ws2.func('ioctlsocket'",
			"a = ws2.func('other'",
		],
		[
			'the distance to a list',
			"const list = ['uintptr_t', 'long', 'int'];\nconst between = 1;\nconst a = ws2.func('ioctlsocket', 'int', list);\n",
			'between = 1',
			'between = 100',
		],
		[
			'a function that is bound late',
			`let late;\nfunction f(s) { late(s, 0x98000004, b, 4, null, 0, [0], null, null); }\nfunction g() { later = WSAIoctl; }\n`,
			'later =',
			'late =',
		],
		[
			'the library',
			`function f(s) { h(s, 0x98000004, b, 4, null, 0, [0], null, null); }\nconst h = load.func;\n`,
			'load.func',
			'WSAIoctl',
		],
		[
			'the name of a function that hands its parameters on',
			`function f(s) { hand(s, b); }\nfunction hold(s, input) { WSAIoctl(s, 0x98000004, input, 4, null, 0, [0], null, null); }\n`,
			'hold',
			'hand',
		],
		[
			'a function that hands on a parameter from now on',
			`function f(s) { hand(s, b); }\nfunction hand(s, input) { other(s, 0x98000004, input, 4, null, 0, [0], null, null); }\n`,
			'other',
			'WSAIoctl',
		],
		[
			'what such a function makes of a parameter',
			`function f(s) { hand(s, b); }\nfunction hand(s, input) { WSAIoctl(s, 0x98000004, input, 4, null, 0, [0], null, null); }\n`,
			'{ WSAIoctl',
			'{ input = b2; WSAIoctl',
		],
	])('of %s reaches the parts that depend on it', (_, body, from, to) => {
		const before = KOFFI + body;
		const after = before.replace(from, to);
		const kept = new Kept(before);
		expect(kept.answers()).toEqual(fresh(before));
		expect(kept.update(after).answers()).toEqual(fresh(after));
		expect(fresh(after)).not.toEqual(fresh(before));
		expect(kept.update(before).answers()).toEqual(fresh(before));
		kept.file.free();
	});
});

describe('any edits', () => {
	const folder = join(import.meta.dirname, '../fixtures/ts');
	const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.[cm]?[jt]sx?$/.test(file))
		.sort()
		.map((file) => readFileSync(join(folder, file), 'utf8'));
	const PIECES = [
		'{',
		'}',
		')',
		"'",
		'`',
		'/',
		'\n',
		';',
		'12',
		'x',
		'const ',
		'// ',
		'/*',
		'[0]',
		'.push(1)',
		'\nlet size = 4;\n',
		'\nfunction f() { return 12; }\n',
		'class Z extends Base { size = 12 }\n',
		'<',
		'delete ',
	];

	/** A generator of the same numbers each time. */
	function* numbers(seed: number): Generator<number, never> {
		for (let n = seed; ; ) {
			n = (Math.imul(n, 1103515245) + 12345) & 0x7fffffff;
			yield n / 0x80000000;
		}
	}

	it.each(Array.from({ length: 10 }, (_, i) => i + 1))('lead to the answers of the text alone (%i)', (seed) => {
		const source = numbers(seed);
		const below = (limit: number) => Math.floor((source.next().value as number) * limit);
		for (let sequence = 0; sequence < 12; sequence++) {
			let text = texts[below(texts.length)] ?? '';
			const kept = new Kept(text);
			for (let step = 0; step < 4; step++) {
				const at = below(text.length + 1);
				const from = below(text.length);
				const edits = [
					() => text.slice(0, at) + text.slice(at + below(40)),
					() => text.slice(0, at) + text.slice(from, from + below(200)) + text.slice(at),
					() => text.slice(0, at) + (PIECES[below(PIECES.length)] ?? '') + text.slice(at),
				];
				text = edits[below(edits.length)]?.() ?? text;
				expect(kept.update(text).answers()).toEqual(fresh(text));
			}
			kept.file.free();
		}
		expect(trees.alive).toBe(0);
	});
});
