/** What TypeScript's expressions give where they are used as sizes and codes: a number where every run agrees, else nothing. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

/** The first call's code, in decimal; '' where it is not known. */
async function codeOf(expression: string, before = '', around = (call: string) => call): Promise<string | undefined> {
	const call = around(`WSAIoctl(s, ${expression}, null, 0, null, 0, [0], null, null);`);
	const text = `import { WSAIoctl } from 'some-winsock';\n${before}\n${call}\n`;
	const result = await checker.check({ name: 'example.ts', text });
	const [first] = result?.calls ?? [];
	return first?.code.values.join(' or ');
}

describe('operators', () => {
	/** A template with a hole. */
	const lengthWith = (hole: string) => `\`a\${${hole}}c\`.length`;

	it.each([
		['7 - 2', '5'],
		['7 * 2', '14'],
		['7 / 2', ''],
		['8 / 2', '4'],
		['7 % 4', '3'],
		['2 ** 3', '8'],
		['2n ** 64n >> 60n', '16'],
		['2 ** 65', ''],
		['6 & 3', '2'],
		['6 ^ 3', '5'],
		['6 | 1', '7'],
		['-(-5)', '5'],
		['+5', '5'],
		['~~5', '5'],
		['-5n + 6n', '1'],
		['1 - "2"', ''],
		['010', '8'],
		['0o10', '8'],
		['0b11', '3'],
		['089', '89'],
		['1e3', '1000'],
		['1_000', '1000'],
		['1e999', ''],
		['(4, 5)', '5'],
		['(c = 5)', '5'],
		['(c ??= 5)', '5'],
		['(c ||= 5)', '5'],
		['(c += 5)', ''],
		['(c &&= 5)', ''],
		['5 as number', '5'],
		['5!', '5'],
		['(5 satisfies number)', '5'],
		['"a" + "b"', ''],
		['("a" + "b").length', '2'],
		[lengthWith('"b"'), '3'],
		[lengthWith('12'), '4'],
		[lengthWith('flag'), ''],
		[lengthWith('true'), ''],
		['`a\\n`.length', '2'],
		['typeof 5', ''],
		['2n ** 64n * 2n ** 63n >> 120n', '128'],
		['2n ** 64n * 2n ** 64n >> 120n', ''],
		['-(2n ** 64n * 2n ** 64n) >> 120n', ''],
		['BigInt(5) + 1n', '6'],
		['BigInt.asUintN(8, 261n)', '5'],
		['BigInt.asIntN(8, 255n) + 2n', '1'],
		['BigInt.asUintN(flag, 261n)', ''],
		['Number(5n)', '5'],
		['parseInt("12")', '12'],
		['parseInt("12", 8)', '10'],
		['parseInt("z")', ''],
		['Math.min(4, 8)', '4'],
		['Math.max(4, flag)', ''],
	])('%s is %s', async (expression, value) => {
		expect(await codeOf(expression)).toBe(value);
	});

	it.each([
		['true ? 4 : 5', '4'],
		['false ? 4 : 5', '5'],
		['null ? 4 : 5', '5'],
		['undefined ? 4 : 5', '5'],
		['void 1 ? 4 : 5', '5'],
		['1 ? 4 : 5', '4'],
		['0 ? 4 : 5', '5'],
		['0n ? 4 : 5', '5'],
		['!0 ? 4 : 5', '4'],
		['!!0 ? 4 : 5', '5'],
		['!flag ? 4 : 5', '4 or 5'],
		['Buffer.alloc(1) ? 4 : 5', '4'],
		['2 < 2 ? 4 : 5', '5'],
		['2 <= 2 ? 4 : 5', '4'],
		['2 > 2 ? 4 : 5', '5'],
		['2 >= 2 ? 4 : 5', '4'],
		['2 === 2 ? 4 : 5', '4'],
		['2 !== 2 ? 4 : 5', '5'],
		['2 == 2n ? 4 : 5', '4'],
		['2 === 2n ? 4 : 5', '5'],
		['2 != 2n ? 4 : 5', '5'],
		['3 != 2n ? 4 : 5', '4'],
		['flag === 2 ? 4 : 5', '4 or 5'],
		['2 === flag ? 4 : 5', '4 or 5'],
		['(flag ? 1 : 2) === 1 ? 4 : 5', '4 or 5'],
		['1 === (flag ? 1 : 2) ? 4 : 5', '4 or 5'],
		['(flag ? 1 : 2) ? 4 : 5', '4 or 5'],
		['flag ? 4 : 4', '4'],
		['flag ? 4 : (other ? 5 : 6)', '4 or 5 or 6'],
		['flag ? 4 : other', ''],
		['(flag ? 1 : 2) + 1', '2 or 3'],
		['(flag ? 1 : 2) * (other ? 1 : 2)', '1 or 2 or 4'],
	])('%s chooses %s', async (expression, value) => {
		expect(await codeOf(expression)).toBe(value);
	});

	it.each([
		['null ?? 5', '5'],
		['undefined ?? 5', '5'],
		['4 ?? 5', '4'],
		['0 ?? 5', '0'],
		['flag ?? 5', ''],
		['null || 5', '5'],
		['false || 5', '5'],
		['flag || 5', ''],
		['4 || 5', ''],
		['0 || 5', ''],
		['flag && 5', ''],
		['true && 5', ''],
		['4 && 5', ''],
	])('%s falls back to %s', async (expression, value) => {
		expect(await codeOf(expression)).toBe(value);
	});
});

describe('objects', () => {
	it.each([
		['a member', 'const o = { a: 4, b: 5 };', 'o.b', '5'],
		['a member by its name', "const o = { 'a-b': 4 }; const k = 'a-b';", 'o[k]', '4'],
		['a member that is not there', 'const o = { a: 4 };', 'o.b', ''],
		['a member of nothing', 'const o = null;', 'o?.b ?? 5', '5'],
		['a member of members', 'const o = { p: { q: 4 } };', 'o.p.q', '4'],
		['a member under its own name', 'const a = 4; const o = { a };', 'o.a', '4'],
		['the later of two members', 'const o = { a: 4, a: 5 };', 'o.a', '5'],
		['a spread behind', 'const p = { a: 5 }; const o = { a: 4, ...p };', 'o.a', '5'],
		['a spread in front', 'const p = { a: 5 }; const o = { ...p, a: 4 };', 'o.a', '4'],
		['a spread without it', 'const p = { b: 5 }; const o = { a: 4, ...p };', 'o.a', '4'],
		['a getter', 'const o = { get a() { return 4; } };', 'o.a', '4'],
		['a method', 'const o = { a() { return 4; } };', 'o.a()', '4'],
		['a method that is not called', 'const o = { a() { return 4; } };', 'o.a', ''],
		['this of an object', 'const o = { b: 4, a() { return this.b; } };', 'o.a()', '4'],
		['this of a function', 'const o = { b: 4, a: function () { return this.b; } };', 'o.a()', ''],
		['a member that was missing', 'const o = { a: null }; o.a = 4;', 'o.a', '4'],
		['a member that is set later', 'const o = {}; o.a = 4;', 'o.a', '4'],
		['a member that is set twice', 'const o = {}; o.a = 4; o.a = 5;', 'o.a', ''],
		['a member of another object', 'const o = { a: 4 }; const p = { a: 1 }; p.a = 5;', 'o.a', '4'],
		['a member by an escaped name', 'const o = { A: 4 };', "o['\\x41']", '4'],
		['a member by a name in Unicode', 'const o = { AB: 4 };', "o['\\u0041\\u{42}']", '4'],
		['a member by a letter that needs no escape', 'const o = { q: 4 };', "o['\\q']", '4'],
		['a member by a line end', "const o = { '\\n': 4 };", "o['\\x0a']", '4'],
		['a member by a name of two lines', 'const o = { ab: 4 };', "o['a\\\nb']", '4'],
		['a member by its number', 'const o = { 1: 4 };', "o['1']", '4'],
		['a member under a computed name', "const o = { ['a']: 4 };", 'o.a', '4'],
		['a member under a name that varies', 'const o = { [k]: 4 };', 'o.k', ''],
		['an element', 'const l = [4, 5];', 'l[1]', '5'],
		['an element that is not there', 'const l = [4, 5];', 'l[2]', ''],
		['an element behind a hole', 'const l = [, 5];', 'l[1]', '5'],
		['a hole', 'const l = [, 5];', 'l[0]', ''],
		['an element behind a spread', 'const k = [1, 2]; const l = [...k, 5];', 'l[2]', '5'],
		['an element behind a string', "const l = [...'ab', 5];", 'l[2]', '5'],
		['an element of a spread', 'const k = [1, 2]; const l = [0, ...k];', 'l[1]', '1'],
		['an element behind what is not known', 'const l = [...k, 5];', 'l[1]', ''],
		['an element with comments', 'const l = [/* a */ 4, /* b */ 5 /* c */];', 'l[1]', '5'],
		['an element at a place that varies', 'const l = [4, 5];', 'l[flag ? 0 : 1]', ''],
	])('%s', async (_, before, expression, value) => {
		expect(await codeOf(expression, before)).toBe(value);
	});
});

describe('classes', () => {
	it.each([
		['a static member', 'class C { static a = 4; }', 'C.a', '4'],
		['a member of an object', 'class C { a = 4; }', 'new C().a', '4'],
		['a private member', 'class C { static #a = 4; static b() { return C.#a; } }', 'C.b()', '4'],
		['an inherited member', 'class B { static a = 4; } class C extends B {}', 'C.a', '4'],
		['a member that is overridden', 'class B { static a = 4; } class C extends B { static a = 5; }', 'C.a', '5'],
		[
			'a member that another class overrides',
			'class B { static a = 4; } class C extends B { static a = 5; }',
			'B.a',
			'',
		],
		['a member that is set again', 'class C { static a = 4; } C.a = 5;', 'C.a', ''],
		['a member that is set in the constructor', 'class C { constructor() { this.a = 4; } }', 'new C().a', '4'],
		['a member that is set from outside', 'class C { static a = 4; } other.a = 5;', 'C.a', ''],
		['a static getter', 'class C { static get a() { return 4; } }', 'C.a', '4'],
		['a static method', 'class C { static a() { return 4; } }', 'C.a()', '4'],
		['this in a static method', 'class C { static b = 4; static a() { return this.b; } }', 'C.a()', '4'],
		['this in an arrow of a method', 'class C { static b = 4; static a() { return (() => this.b)(); } }', 'C.a()', '4'],
		['no member at all', 'class C { }', 'C.a', ''],
		[
			'a member that another class sets of itself',
			'class C { a = 4; } class D { f() { this.a = 5; } }',
			'new C().a',
			'4',
		],
		['a member that is declared twice', 'class C { a = 4; a = 5; }', 'new C().a', ''],
		['a member that is null at first', 'class C { a = null; constructor() { this.a = 4; } }', 'new C().a', ''],
		['a member of an abstract class', 'abstract class C { static a = 4; }', 'C.a', '4'],
		['a member of a class in a constant', 'const C = class { static a = 4; };', 'C.a', '4'],
		['a member from two above', 'class A { static a = 4; } class B extends A {} class C extends B {}', 'C.a', '4'],
		[
			'a member that is overridden two below',
			'class A { static a = 4; } class B extends A {} class C extends B { static a = 5; }',
			'A.a',
			'',
		],
		[
			'a private member beside another of its name',
			'class C { static #a = 4; static b() { return C.#a; } } other.a = 5;',
			'C.b()',
			'4',
		],
		['this outside of a class', '', 'this.a', ''],
	])('%s', async (_, before, expression, value) => {
		expect(await codeOf(expression, before)).toBe(value);
	});
});

describe('enumerations', () => {
	it.each([
		['the first', 'enum E { A, B }', 'E.A', '0'],
		['the next', 'enum E { A, B }', 'E.B', '1'],
		['one behind a value', 'enum E { A = 4, B, C }', 'E.C', '6'],
		['one of earlier ones', 'enum E { A = 4, B = A | 1 }', 'E.B', '5'],
		['one of earlier ones by the whole name', 'enum E { A = 4, B = E.A + 1 }', 'E.B', '5'],
		['one of itself', 'enum E { A = E.A }', 'E.A', ''],
		['one behind what is not known', 'enum E { A = f(), B }', 'E.B', ''],
		['one by its name', "enum E { 'a-b' = 4 }", "E['a-b']", '4'],
		['one that is not there', 'enum E { A }', 'E.B', ''],
		['a constant one', 'const enum E { A = 4 }', 'E.A', '4'],
		['one of a namespace', 'namespace N { export enum E { A = 4 } }', 'N.E.A', '4'],
		['a constant of a namespace', 'namespace N { export const a = 4; }', 'N.a', '4'],
		['a constant outside of a namespace', 'const a = 4; namespace N { export const b = 5; }', 'N.a', ''],
	])('%s', async (_, before, expression, value) => {
		expect(await codeOf(expression, before)).toBe(value);
	});
});

describe('functions', () => {
	it.each([
		['of an expression', 'const f = (a) => a + 1;', 'f(4)', '5'],
		['of a block', 'function f(a) { return a + 1; }', 'f(4)', '5'],
		['of two values', 'function f(a) { if (a) return 4; return 5; }', 'f(flag)', '4 or 5'],
		['of nothing', 'function f() { }', 'f()', ''],
		['that returns nothing', 'function f() { return; }', 'f() ?? 5', '5'],
		['that is a generator', 'function* f() { return 4; }', 'f()', ''],
		['with a default', 'function f(a = 4) { return a; }', 'f()', '4'],
		['with a default that is overruled', 'function f(a = 4) { return a; }', 'f(5)', '5'],
		['with a pattern', 'function f({ a, b: [c] }) { return c; }', 'f({ a: 1, b: [4] })', ''],
		['with the rest', 'function f(a, ...b) { return b[1]; }', 'f(1, 2, 3)', ''],
		['with a spread', 'function f(a, b) { return b; } const l = [4, 5];', 'f(...l)', '5'],
		['with a spread that is not known', 'function f(a, b) { return b; }', 'f(...l, 5)', ''],
		['with too few arguments', 'function f(a, b) { return b ?? 4; }', 'f(1)', ''],
		['that calls itself', 'function f(a) { return f(a); }', 'f(1)', ''],
		['within a function', 'function f(a) { const g = () => a; return g(); }', 'f(4)', '4'],
		[
			'of five values',
			'function f(a) { if (a) return 1; if (b) return 1; if (c) return 1; if (d) return 1; return 1; }',
			'f(1)',
			'',
		],
	])('%s', async (_, before, expression, value) => {
		expect(await codeOf(expression, before)).toBe(value);
	});
});

describe('variables', () => {
	it.each([
		['set before the use', 'let a; a = 4;', '4'],
		['set twice before the use', 'let a = 3; a = 4; a = 5;', '5'],
		['set behind the use', 'let a = 4; CALL a = 5;', '4'],
		['set before and behind', 'let a = 3; a = 4; CALL a = 5;', '4'],
		['set in a block around the use', 'let a = 3; { a = 4; CALL }', '4'],
		['set in a block before the use', 'let a = 3; { a = 4; } CALL', ''],
		['set in a branch', 'let a = 3; if (b) { a = 4; } CALL', ''],
		['set in the branch of the use', 'let a = 3; if (b) { a = 4; CALL }', '4'],
		['set in a loop around the use', 'let a = 3; for (;;) { CALL a = 4; }', ''],
		['declared and set in the loop', 'for (;;) { let a = 3; a = 4; CALL }', '4'],
		['set in another function', 'let a = 3; function f() { a = 4; } CALL', ''],
		['used in another function', 'let a = 3; a = 4; function f() { CALL }', ''],
		['used in another function and never set again', 'let a = 3; function f() { CALL }', '3'],
		['set in a larger expression', 'let a = 3; f(a = 4); CALL', ''],
		['set in its own value', 'let a = 3; a = a + 1; CALL', '4'],
		['counted up', 'let a = 3; a++; CALL', ''],
		['counted down', 'let a = 3; --a; CALL', ''],
		['added to', 'let a = 3; a += 1; CALL', ''],
		['set in a pattern', 'let a = 3; [a] = [4]; CALL', ''],
		['set by a loop', 'let a = 3; for (a of b) f(); CALL', ''],
		['of the same name inside', 'let a = 3; { let a = 4; } CALL', '3'],
		['of the same name outside', 'let a = 3; { let a = 4; CALL }', '4'],
		['of a loop', 'for (const a of [4]) { CALL }', ''],
		['that a parameter hides', 'const a = 3; function f(a) { CALL }', ''],
		['that a catch hides', 'const a = 3; try { } catch (a) { CALL }', ''],
		['declared without a value', 'let a; CALL', ''],
		['declared elsewhere', 'declare const a: number; CALL', ''],
		['taken out of an object', 'const { b: a } = { b: 4 }; CALL', '4'],
		['taken out of an array', 'const [, a] = [3, 4]; CALL', '4'],
		['taken out with a default', 'const { a = 4 } = {}; CALL', ''],
		['the rest of an array', 'const [, ...a] = [3, 4]; CALL', ''],
		['taken out of the inside', 'const { p: { q: [, a] } } = { p: { q: [3, 4] } }; CALL', '4'],
		['taken out by a text', "const { 'x-y': a } = { 'x-y': 4 }; CALL", '4'],
		['taken out by a name that varies', 'const { [k]: a } = { k: 4 }; CALL', ''],
		['taken out with a default inside', 'const { p: { a = 4 } } = { p: {} }; CALL', ''],
		['taken out behind a comment', 'const [/* x, */, a] = [3, 4]; CALL', '4'],
		['the rest of an object', 'const { b, ...a } = { b: 3 }; CALL', ''],
		['set in a pattern of an object', 'let a = 3; ({ b: a } = { b: 4 }); CALL', ''],
		['named as a default in a pattern', 'let a = 3; ({ b: c = a } = {}); CALL', '3'],
		['named as a key in a pattern', 'let a = 3; ({ a: c } = {}); CALL', '3'],
		['set by a loop with a pattern', 'let a = 3; for ([a] of b) f(); CALL', ''],
		['of a loop with a pattern', 'const a = 3; for (const [a] of b) { CALL }', ''],
		['set where it may not run', 'let a = 3; b && (a = 4); CALL', ''],
		['set by default', 'let a = null; a ??= 4; CALL', '4'],
		['set by default behind a value', 'let a = 3; a ||= 4; CALL', '4'],
		['that a variable of the function hides below', 'let a = 3; function f() { var a = 4; CALL }', '4'],
		['that a function of its name hides', 'const a = 3; { function a() {} CALL }', ''],
	])('%s', async (_, text, value) => {
		const [before = '', behind = ''] = text.split('CALL');
		expect(await codeOf('a', '', (call) => `${before}\n${call}\n${behind}`)).toBe(value);
	});
});

it('a call with a callback is found when a comma stands behind its last argument', async () => {
	const parameters =
		'void *in, uint32_t inSize, void *out, uint32_t outSize, uint32_t *n, void *overlapped, void *done';
	const text = `import koffi from 'koffi';
const control = koffi.load('ws2_32').func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, ${parameters})');
control.async(s, 0x98000004, null, 0, null, 0, [0], null, null, () => {},);
`;
	expect((await checker.check({ name: 'example.ts', text }))?.calls).toHaveLength(1);
});
