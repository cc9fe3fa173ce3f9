// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the texts.
/** A TypeScript file in parts: how it is cut, what an edit touches, and that nothing stale is left. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '../../server/src/calls/assemble.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { wrappersOf } from '../../server/src/catalog/ownFunctions.ts';
import type { Chunk } from '../../server/src/languages/js/chunk.ts';
import {
	ANY_COUNT,
	cutAt,
	isNewline,
	isSpace,
	isWord,
	lineEnd,
	patternEnd,
	wordsOf,
} from '../../server/src/languages/js/cut.ts';
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

	it.each([
		'f();\n0;\n9;\n|g();',
		'a!\nconst b = 1;\n|f();',
		'/* a */\nf();\n/* b */ g();\n|h();',
		'/**/\nf();',
		'/*/\nf();\ng();*/\nh();',
		'a\n/ b /\nc();\n|d();',
		'f();\n|@a\nclass B {}\n|c();',
		'@a\n@b()\nclass C {\n}\n|d();',
		'@a() class B {}\n|c();',
		'@a\nf();\ng();\nclass B {}\n|c();',
		'f()\n@a\n|class B {}\n',
		'class A {}\n|@b class C {}\n|d();',
		'f() @a\n|class B {}\n|c();',
		'do {\n} while (a);\nwhile (b) c();\n|d();',
		'do\na();\nwhile (b);\n|c();',
		'f();\n|while (a) b();\n|c();',
		'do {}\nwhile (a)\nwhile (b)\nc();\n|d();',
		'if (a)\nb();\n|c();',
		'if (a) {\n}\n|b();',
		'with (a)\nb();\n|c();',
		'switch (a)\n{ }\n|b();',
		'catch_(a)\n|const b = 1;',
		'f(a)\n|const b = 1;',
		'f(a)\nb();',
		'f\nb();',
		'f;\n|b();',
		'{ a }\n|b();',
		'a = [b]\n|const c = 1;',
		'a = [b]\nc();',
		'a = b\nas c;\n|d();',
		'a = b;\nas();\n|c();',
		"a = 'x'\n|const b = 1;",
		'a = "x"\n|let b;',
		'a = `x`\n|let b;',
		'a = `${b}`\n|let c;',
		'a = 1\n|let c;',
		'a = b +\nlet_;\n|c();',
		'a = `\\`\nconst b = 1;\n`;\n|c();',
		'a = `$\nconst b = 1;\n`;\n|c();',
		'a = `${`${b}`}\nconst c;\n`;\n|d();',
		'a = `$\\{\nconst b;`;\n|c();',
		'a = `x',
		'a = `${{}}\nconst b;`;\n|c();',
		"a = 'b\\'\n|const c = 1;",
		"a = 'b\\\\';\n|c();",
		"a = 'b\\\nconst c';\n|d();",
		"a = 'b\r|const c = 1;",
		"a = 'b\u2028const c'\n|let d;",
		"a = '",
		'a = b / 2; // "\n|c();',
		'a = /b/\n|let c;',
		'a = /[/]/\n|let c;',
		'a = /[\\]/{]/\n|let c;',
		'a = /\\//\n|let c;',
		'a = /b\n|let c;',
		'a = (b) / "\n|let c;',
		'a = [] /{/ b\nlet c;',
		'a = <p></p>\nlet b;',
		'a = <p>/{</p>\nlet b;',
		'return_ /{/ g\nlet c;',
		'typeof /{/\n|let c;',
		'a.typeof /{/\n|let b;',
		'a++ /{/ b\n|let c;',
		'a = b\n/{/ c\nlet d;',
		'/{/.test(a);\n|b();',
		'f(\na;\nb();',
		'f({\na;\n)\n}\nb();',
		'f([)\n}\n|b();\n',
		'a = { b(c }\n|d();\n',
		'}\n|a();\n}\n|b();',
		'f(])\n|let a;\n',
		'f[)]\n|let a;\n',
		'a = {\n};\n|b();',
		'a = {}\n|b();',
		'f();\n|\n\n// c\ng();',
		'f(); g();\n|h();',
		'\n\nf();\n|g();',
		'// a\n// b\nf();',
		'#!/usr/bin/env node\nf();\n',
		'export {\na,\n}\n|from_();',
		"export { a }\nfrom 'b';\n|c();",
		'import a\nfrom "b";\n|c();',
		'async\nfunction a() {}\n|b();',
		'a = async\nfunction b() {}\n|c();',
		'abstract class A {\n}\n|interface B {\n}\n',
		'a = b\n|interface C {\n}',
		'a = b\n|type C = D;',
		'a = b\n|throw c;',
		'a = b\n|try {}\nfinally {}\n',
		'a = b\n|declare let c;',
		'a = b\n|namespace C {\n}',
		'a = b\n|module C {\n}',
		'a = b\n|enum C {\n}',
		'a = b\nthis.c();\n|d();',
		'a = b\n|for (;;) c();',
		'a = b\n|switch (c) {\n}',
		'a = b\n|var c;',
		'a = b\n|export let c;',
		'a = b\n|async function c() {}',
		'a = b\n|if (c) d();',
		'a = b\n|while (c) d();',
		'a = b\n|class C {\n}',
		'a = b\n|import c;',
		'a = b\n|abstract class C {\n}',
		'a = b\\u0063\n|let d;',
		'f();\n|\\u0061();\n|g();',
		'f();\u00a0\u3000\u2028|g();\u2029|h();',
		'\ufefff();\n|g();',
		'a = 1 // b\n|let c;',
		'a = 1 /* b */\n|let c;',
		'a = 1 /*\n*/ let c;',
		'a = 1 /*\n*/\n|let c;',
		'a = 1\n/*\n*/ let c;',
		'f();\n /**/ g();\n|h();',
		'a = 0x1f\n|let b;',
		'a = 1e3\n|let b;',
		'a = 1.\nlet b;',
		'a = .5\n|let b;',
		'f(a) {\n}\n|b();',
		'for (;;)\n\n\nf();\n|g();',
		'if (a) b()\nelse c()\nlet d;',
		'a ? b : c\n|let d;',
		'a => b\n|let d;',
		'a =>\nlet_\n|let d;',
	])('at each bar: %j', (marked) => {
		const parts = marked.split('|');
		expect(cuts(parts.join(''))).toEqual(parts);
	});

	it.each([
		['/b/ c', 0, 3],
		['/b/gi c', 0, 5],
		['/b/9z_$.c', 0, 7],
		['a /[/]/ c', 2, 7],
		['/[]]/', 0, 5],
		['/[[]/]/', 0, 5],
		['/\\/b/', 0, 5],
		['/[\\]/]/', 0, 7],
		['//', 0, 2],
		['/b', 0, undefined],
		['/b\n/', 0, undefined],
		['/b\u2028/', 0, undefined],
		['/[/', 0, undefined],
		['/b\\/', 0, undefined],
	])('%j has a pattern from %i to %s', (text, start, end) => {
		expect(patternEnd(text, start)).toBe(end);
	});

	it.each([
		['ab', 0, 2],
		['ab\ncd', 1, 2],
		['ab\ncd\n', 3, 5],
		['ab\r\n', 0, 2],
		['ab\u2028', 0, 2],
		['ab\u2029', 2, 2],
	])('the line of %j from %i on ends at %i', (text, from, end) => {
		expect(lineEnd(text, from)).toBe(end);
	});

	it('characters are of one kind each', () => {
		for (let c = 0; c < 0x3100; c++) {
			const text = String.fromCharCode(c);
			const space = c <= 32 || /\s/.test(text);
			const kinds = [space, /[\n\r\u2028\u2029]/.test(text), !space && /[\w$\\\u0080-\uffff]/.test(text)];
			expect([c, isSpace(c), isNewline(c), isWord(c)]).toEqual([c, ...kinds]);
		}
		expect([isSpace(0xfeff), isWord(0xfeff), isWord(0xffff)]).toEqual([true, false, true]);
	});

	it('words are those of names, of strings and of comments', () => {
		expect([...wordsOf('a.$b_1 + "c d" /* \u00e9t\u00e9 */ a\u00a0f')]).toEqual(['a', '$b_1', 'c', 'd', 'été', 'f']);
		expect([...wordsOf("\\u0061b 'c\\nd'")]).toEqual(['\\u0061b', '', 'u0061b', 'c\\nd', 'c', 'nd']);
		expect([...wordsOf('+')]).toEqual([]);
	});

	it.each([
		['f', ''],
		['f()', '0'],
		['f(1)', '1'],
		['f(1,)', '1'],
		['f(1, 2)', '2'],
		['f( )', '0'],
		['f(,)', '1'],
		['f(, 1)', '2'],
		['f(/* a */)', '0'],
		['f([1, 2])', '1'],
		['f({ a, b })', '1'],
		['f([a), b)', ''],
		['f(g(1), h())', '0 1 2'],
		['f(`a${b, c}`, d)', '2'],
		['f`${(a, b)}`', '2'],
		['f(...a)', '*'],
		['f(a...b)', '*'],
		['f(a.b)', '1'],
		['f(a..b)', '1'],
		['f(a < b)', '*'],
		['f(a > b)', '1'],
		['f([...a], b)', '2'],
		['f({ ...a }, b)', '2'],
		['f((a < b), c)', '2 *'],
		['(a, b)', '2'],
		['[a, b]', ''],
		['f(a, "b, c")', '2'],
		['f(a; b)', '1'],
		['f(1', ''],
		['f(1 }', ''],
		[`f(${'a,'.repeat(28)}a)`, '29'],
		[`f(${'a,'.repeat(29)}a)`, '*'],
		['f<a>(b)', '1'],
		['f(/a,b/, c)', '2'],
		['f(a / b, c / d)', '2'],
		['f(a => b, () => { c, d })', '0 2'],
		['f(function (a, b) {})', '1 2'],
	])('%s holds lists of so many: %s', (text, counts) => {
		const bits = counts.split(' ').filter(Boolean);
		const expected = bits.reduce((all, bit) => all | (bit === '*' ? ANY_COUNT : 1 << Number(bit)), 0);
		expect(cutAt(text, 0).counts).toBe(expected);
	});

	it.each([
		['const a = 1, b = 2;', 'a b'],
		['const a0 = 1, b9 = 2, azAZ_$ = 3;', 'a0 b9 azAZ_$'],
		['let a, b;', 'a b'],
		['var a;', 'a'],
		['const a = b, c = d;', 'a c'],
		['const a = b(c, d), e = f;', 'a e'],
		['const a: b = c;', 'a'],
		['const [a] = b;', '*'],
		['const { a } = b;', '*'],
		['let a, { b } = c;', '*'],
		['let a\nb();', 'a'],
		['let a; b();', '*'],
		['let a; let b;', '*'],
		['let a; // b\n', 'a'],
		['let a = b ? c : d, e;', 'a e'],
		['const a = function b() {};', 'a'],
		['const a = class b {};', 'a'],
		['const a = async function b() {};', '*'],
		['const a = (function b() {})();', 'a'],
		['const a = () => {};', 'a'],
		['const a = () => {}, b = 1;', '*'],
		['const a = () => {} ; b();', '*'],
		['const a = {};', 'a'],
		['const a = {} + b;', '*'],
		['const a = {}.b;', '*'],
		['const a = {} `b`;', '*'],
		['const a = {} 1;', '*'],
		['const a = {} [b];', '*'],
		["const a = {} 'b';", '*'],
		['const a = {}, { b } = c;', '*'],
		['const enum A { B }', 'A'],
		['const enum A { B } const c = 1;', '*'],
		['enum A { B }', 'A'],
		['declare enum A { B }', 'A'],
		['export const a = 1;', 'a'],
		['export default a;', ''],
		['export default function a() {}', 'a'],
		['export default function () {}', ''],
		['export default class {}', ''],
		['export abstract class A {}', 'A'],
		['export default abstract class A {}', 'A'],
		['export declare const a: b;', 'a'],
		['export async function a() {}', 'a'],
		['async function a() {}', 'a'],
		['function* a() {}', 'a'],
		['function a() {}', 'a'],
		['function a() {} b();', '*'],
		['function a() {} function b() {}', '*'],
		['function a() {} var b;', '*'],
		['function a() {} if (b) { var c; }', '*'],
		['function a(): b {}', 'a'],
		['declare function a()\n let b', '*'],
		['declare function a()\n if (b) c()', '*'],
		['declare function a()\n type b = c', 'a'],
		['function a(): class_ {}', 'a'],
		['class A extends B {}', 'A'],
		['class A extends class {} {}', '*'],
		['class A extends B {} var c;', '*'],
		['class A<T extends B> implements C, D {}', 'A'],
		['namespace A {}', 'A'],
		['namespace A.B {}', 'A'],
		['module A {}', 'A'],
		["declare module 'a' {}", ''],
		['declare global {}', ''],
		['interface A {}', ''],
		['interface A extends B {}', ''],
		['interface A {} var b;', '*'],
		['interface A {} let b;', '*'],
		['type A = B;', ''],
		['type A = B; let c;', '*'],
		['type A = class_;', ''],
		['type A = typeof b;', ''],
		['import a from "b";', '*'],
		['import "a";', '*'],
		['import a = b;', '*'],
		['if (a) { b(); }', ''],
		['if (a) { var b; }', '*'],
		['if (a) { let b; }', ''],
		['for (const a of b) {}', ''],
		['for (var a of b) {}', '*'],
		['for (let a = 0;;) {}', ''],
		['f();', ''],
		['f(); let a;', '*'],
		['f(function a() {});', ''],
		['f(); function a() {}', '*'],
		['f() + function a() {};', ''],
		['f = class A {};', ''],
		['(function a() {})();', ''],
		['!function a() {}();', '*'],
		['a = 1;', ''],
		['a = 1, b = 2;', ''],
		['a; b; c; d; e; f; g; h;', '*'],
		['a; b; c; d; e; f; let g;', '*'],
		['a; b; c; d; e; f; if (g) {}', '*'],
		['a.b.c.d.e.f.g.h = 1;', ''],
		['a.b.c.d.e.let = 1;', '*'],
		['a.b.c.d.e.f.let = 1;', '*'],
		['const a = b.c.d.e.f.g.h;', 'a'],
		['const a = b.c.d.e.f.for;', '*'],
		['const a = b.for;', '*'],
		['const a = b.c.d.e.let;', '*'],
		['let a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7;', 'a b c d e f g'],
		['try { var a; } catch {}', '*'],
		['do { var a; } while (b);', '*'],
		['switch (a) { case 1: var b; }', '*'],
		['with (a) { var b; }', '*'],
		['while (a) b();', ''],
		['label: for (;;) {}', ''],
		['label: { var a; }', '*'],
		['{ var a; }', '*'],
		['{ let a; }', ''],
		['@a class B {}', '*'],
		['@a() export class B {}', '*'],
		['a @ b', '*'],
		['a; class B {}', '*'],
		['export * from "a";', ''],
		['export { a };', ''],
		['export = a;', ''],
		['let a = 1 let b = 2', '*'],
		['using a = b;', '*'],
		['await a;', ''],
		['let a = <b>c</b>;', 'a'],
		['function a() {} ;', 'a'],
		['function a() {} 1', '*'],
		["function a() {} 'b'", '*'],
		['function a() {} (b)', '*'],
		['function a() {} + b', '*'],
		['let a = `b`, c;', 'a c'],
		['let a = /b/, c;', 'a c'],
		['let a = "b", c;', 'a c'],
		['let a = 1, c;', 'a c'],
		['let * a;', 'a'],
		['let (a);', '*'],
		['a, b;', ''],
		['a, function b() {};', ''],
		['const', ''],
		['function', ''],
		['enum', ''],
		['const enum', ''],
		['', ''],
		['declare', ''],
		['var a = var_;', 'a'],
		['declare function a(): b; declare function c(): d;', '*'],
		['declare const a: b, c: d;', 'a c'],
		['type A = B\n let c = 1', '*'],
		['type A = B<C>, d', ''],
		['interface A { b: c } function d() {}', '*'],
		['async () => {}', ''],
		['async a => {}', ''],
		['const a = b as const;', '*'],
		['let a = b!, c = d;', 'a c'],
		['class A { static { var b; } }', 'A'],
		['class A {}; class B {}', '*'],
		['enum A {} enum B {}', '*'],
		['export function a() {} export function b() {}', '*'],
		['function a() {} type B = C;', '*'],
		['function a() {} async () => {}', '*'],
		['namespace a { } let b', '*'],
		['if (a) b(); function c() {}', '*'],
	])('%j declares %j, where a star stands for any word of it', (text, names) => {
		const { declares } = cutAt(text, 0);
		expect(declares ? [...declares].join(' ') : '*').toBe(names);
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
		['using a = b;', ['a'], ['c']],
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

	it.each<[what: string, from: string, to: string]>([
		['a function that is gone', functions[9] ?? '', ''],
		['a function that is named twice', functions[9] ?? '', `${functions[9]}${functions[9]}`],
		['a part behind the last', functions[19] ?? '', `${functions[19]}${call('b', '4', '1n')}\n`],
		['the first part', "'koffi'", "'other'"],
		['a text that is never closed', 'function f9', '`function f9'],
	])('of %s leads to the answers of the text alone', (_, from, to) => {
		const after = text.replace(from, () => to);
		const kept = new Kept(text);
		expect(kept.update(after).answers()).toEqual(fresh(after));
		expect(kept.update(text).answers()).toEqual(fresh(text));
		kept.file.free();
	});

	it.each<[what: string, text: string, to: string]>([
		['a first constant', `f();\n${call('b', 'N', '1n')}\n`, 'const N = 12'],
		['a member with escapes', `const o = { n: 4 };\nf();\n${call('b', 'o.n', '1n')}\n`, "o['\\x6e'] = 12"],
		['a first member', `const o = { m: 4 };\nconst q = o;\nf();\n${call('b', 'o.n', '1n')}\n`, 'q.n = 12'],
		[
			'a class that inherits',
			`class A { n = 4; f(s) { ${call('b', 'this.n')} } }\nf();\n`,
			'class B extends A { n = 12 }',
		],
	])('of %s reaches the parts that ask for it', (_, body, to) => {
		const before = `import { WSAIoctl } from 'w';\n${body}`;
		const after = before.replace('f()', () => to);
		const kept = new Kept(before);
		expect(kept.update(after).answers()).toEqual(fresh(after));
		const unplaced = (text: string) =>
			JSON.stringify(fresh(text), (key, value) => (/^(?:start|end)$/.test(key) ? undefined : value));
		expect(unplaced(after)).not.toEqual(unplaced(before));
		expect(kept.update(before).answers()).toEqual(fresh(before));
		kept.file.free();
	});

	it('that takes a function away asks nothing', () => {
		const kept = new Kept(text);
		expect(kept.update(text.replace(functions[9] ?? '', '')).asked).toEqual([]);
		kept.file.free();
	});

	it('of an empty text is read', () => {
		const kept = new Kept('');
		expect(kept.update(text).answers()).toEqual(fresh(text));
		expect(kept.update('').answers()).toEqual([]);
		kept.file.free();
	});

	/** Each part stands on a line of its own; what is asked again is told by its first words. */
	it.each<[what: string, before: string, from: string, to: string, asked: string[]]>([
		[
			'of one structure leaves the readers of another alone',
			`koffi.struct('T', { a: 'int' });\nkoffi.struct('U', { b: 'int' });\nfunction f(s) { ${call('b', "koffi.sizeof('T')")} }\nfunction g(s) { ${call('b', "koffi.sizeof('U')")} }\n`,
			"b: 'int'",
			"b: 'int64_t'",
			["koffi.struct('U'", 'function g('],
		],
		[
			'of a local variable leaves the readers of another alone',
			`const n = 4;\nfunction f(s) { ${call('b', 'n')} }\nfunction g() { let n; n = 1; }\n`,
			'n = 1',
			'n = 2',
			['function g('],
		],
		[
			'of a class that inherits nothing leaves the readers of classes alone',
			`class A { n = 4; f(s) { ${call('b', 'this.n')} } }\nclass B { m = 1 }\n`,
			'm = 1',
			'm = 2',
			['class B {'],
		],
		[
			'in front of a list and its reader leaves both alone',
			"let m = 1;\nconst k = 1;\nconst i = 1;\nconst list = ['uintptr_t', 'long', 'int'];\nconst a = ws2.func('ioctlsocket', 'int', list);\n",
			'm = 1',
			'm = 100',
			['let m = 100'],
		],
	])('%s', (_, body, from, to, asked) => {
		const kept = new Kept(KOFFI + body);
		expect(kept.update(KOFFI + body.replace(from, to)).asked.map((part, i) => part.slice(0, asked[i]?.length))).toEqual(
			asked,
		);
		kept.file.free();
	});

	it.each<[what: string, from: string, to: string]>([
		['the import of a library', "import ffi from 'other';", "import ffi from 'ffi-napi';"],
		[
			'the import of a library that takes arguments in a list',
			"import { define } from 'other';",
			"import { define } from 'ffi-rs';",
		],
	])('of %s is one of all calls', (_, from, to) => {
		const head = "import ffi from 'other';\nimport { define } from 'other';\nimport koffi from 'KOFFI';\n";
		const body = `const w = ffi.Library('ws2_32', { ioctlsocket: ['int', ['size_t', 'uint32', 'pointer']] });
const c = w.ioctlsocket;
function f(s) { c(s, 0x8004667e, null); }
const d = define({ ioctlsocket: { library: 'w', retType: 1, paramsType: [1, 1, 1] } }).ioctlsocket;
function g(s) { d([s, 0x8004667e, null]); }
`;
		for (const koffi of ['other', 'koffi']) {
			const before = head.replace('KOFFI', koffi) + body;
			const after = before.replace(from, to);
			const kept = new Kept(before);
			expect(kept.update(after).answers()).toEqual(fresh(after));
			expect(fresh(after)).not.toEqual(fresh(before));
			expect(kept.update(before).answers()).toEqual(fresh(before));
			kept.file.free();
		}
	});

	it('of what a text is read with asks all of it, and none where it says the same', () => {
		const own = 'function f(s) { mine(s, 0x98000004, b, 4, null, 0, [0], null, null); }\n';
		const kept = new Kept(own);
		expect(kept.answers()).toEqual([]);
		const parts = [...kept.file.parts];
		kept.file.update(own, { ...env, functions: {} });
		expect(kept.file.parts).toEqual(parts);
		const found = (changed: Partial<LanguageEnv>): number => {
			kept.file.update(own, { ...env, ...changed });
			return kept.answers().length;
		};
		const other: LanguageEnv['functions'] = { other: 'WSAIoctl' };
		const mine: LanguageEnv['functions'] = { mine: 'WSAIoctl' };
		expect(
			[other, mine, other, {}, mine, { ...mine, ...other }, { mine: 'ioctlsocket' } as const].map((functions) =>
				found({ functions }),
			),
		).toEqual([0, 1, 0, 0, 1, 1, 0]);
		const wrappers = wrappersOf(
			{ mine: { arguments: ['socket', 'code', 'input', 'inputSize', null, null, null, null, null] } },
			Catalog.builtin,
		);
		expect([
			found({ wrappers }),
			found({}),
			found({ functions: mine }),
			found({ functions: mine, included: [] }),
		]).toEqual([1, 0, 1, 1]);
		kept.file.free();
	});

	it('of a part that was given back reads it anew', () => {
		const { file } = new Kept(`${KOFFI}function f() { g(); }\n`);
		const part = file.chunks.at(-1);
		const before = part?.walk();
		part?.rest();
		expect(part?.walk()).not.toBe(before);
		expect(part?.walk().map(({ node }) => node.text)).toContain('g()');
		file.free();
	});

	it('parses no part whose calls have other numbers of arguments than an entry point', () => {
		const before = trees.alive;
		const kept = new Kept(`${KOFFI}ws2.close(1, 2);\n`);
		expect(trees.alive - before).toBe(kept.file.chunks.length - 1);
		kept.file.free();
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
		[
			'an opaque type',
			"koffi.opaque('T');\nconst a = ws2.func('int ioctlsocket(uintptr_t s, long c, T d)');\n",
			"opaque('T')",
			"opaque('U')",
		],
		[
			'a structure that a constant names',
			`const N = 'T';\nkoffi.struct(N, { a: 'int' });\n${call('b', "koffi.sizeof('T')", '1n')}\n`,
			"'T'",
			"'U'",
		],
		[
			'a structure that a function may give any name',
			`koffi.struct('T', { a: 'int' });\nkoffi.struct(pick(), { a: 'int64_t' });\n${call('b', "koffi.sizeof('T')", '1n')}\n`,
			'pick()',
			"'T'",
		],
		[
			'what holds a bound function',
			`const api = {};\napi.open = WSAIoctl;\nfunction f(s) { api['op' + 'en'](s, 0x98000004, b, 4, null, 0, [0], null, null); }\n`,
			'api.open',
			'api.shut',
		],
		['a later constant of the name', `var N = 4;\nf();\n${call('b', 'N', '1n')}\n`, 'f()', 'var N = 12'],
		[
			'a first structure that a constant names',
			`const { struct } = koffi;\nconst M = 'T';\nf();\n${call('b', "koffi.sizeof('T')", '1n')}\n`,
			'f()',
			"struct(M, { a: 'int' })",
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
