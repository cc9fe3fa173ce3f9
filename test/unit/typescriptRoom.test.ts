/** Where TypeScript has room for a declaration in front of a call, and how it is written there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surroundings } from '../../server/src/calls/site.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { JsFile } from '../../server/src/languages/js/source.ts';
import { jsWording } from '../../server/src/languages/js/wording.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';

const GRAMMAR = 'tree-sitter-typescript.wasm';
const trees = new Trees(nodeEngine(import.meta.dirname));
beforeAll(() => trees.ready(GRAMMAR));
afterAll(() => trees.dispose());

const CALL = 'c(1)';
const SPAN = { start: 0, end: CALL.length };

/** The surroundings of the call in a text. */
function around<T>(text: string, ask: (surroundings: Surroundings, from: number) => T): T {
	const env = { parse: (part: string) => trees.parse(GRAMMAR, part), included: [], functions: {} };
	const file = JsFile.open(text, { ...env, catalog: Catalog.builtin });
	const start = text.indexOf(CALL);
	const part = file.parts.find(({ end }) => end > start);
	if (!part) throw new Error('There is a call in each text.');
	const answer = ask(
		part.surroundings({ start: start - part.start, end: start - part.start + CALL.length }),
		part.start,
	);
	file.free();
	return answer;
}

describe('room', () => {
	/** A bar where the declaration goes; none where there is no room. */
	it.each([
		'|c(1);',
		'|\tc(1);',
		'|  c(1);',
		'function f() {\n|\tc(1);\n}',
		'function f() {\n|\treturn c(1);\n}',
		'function f() {\n|\tthrow c(1);\n}',
		'function f() {\n|\tif (c(1)) g();\n}',
		'function f() {\n|\tif (!c(1) && d) g();\n}',
		'function f() {\n\tif (d) c(1);\n}',
		'function f() {\n\tif (d) {\n|\t\tc(1);\n\t}\n}',
		'function f() {\n\tif (d)\n\t\tc(1);\n}',
		'function f() {\n\twhile (c(1)) g();\n}',
		'function f() {\n\tfor (const a of c(1)) g();\n}',
		'|const a = c(1);',
		'|var a = c(1);',
		'|export const a = c(1);',
		'const a = [c(1)].length;',
		'const a = [c(1)];',
		'|const a = b ? c(1) : d;',
		'|a.b = d(c(1));',
		'|a = await c(1);',
		'const f = () => c(1);',
		'const f = () => {\n|\tc(1);\n};',
		'const f = function () { return c(1); };',
		'const f = { a() {\n|\treturn c(1);\n} };',
		'const f = { a: c(1) };',
		'class A { b = c(1); }',
		'class A {\n\tb() {\n|\t\tc(1);\n\t}\n}',
		'd(); c(1);',
		'/* a */ c(1);',
		'd();\n|c(1);',
		'switch (a) {\n\tcase 1:\n\t\tc(1);\n}',
		'switch (c(1)) {\n}',
		'try {\n|\tc(1);\n} catch {}',
		'label: c(1);',
		'new c(1);',
	])('%j', (marked) => {
		const at = marked.indexOf('|');
		const [place, indentation] = around(marked.replace('|', ''), (surroundings, from) => {
			const room = surroundings.room();
			return [room ? from + room.at : -1, room?.indentation];
		});
		expect(place).toBe(at);
		expect(indentation).toBe(at < 0 ? undefined : /^[\t ]*/.exec(marked.slice(at + 1))?.[0]);
	});

	it.each([
		['c(1);', '\n'],
		['\nc(1);', '\n'],
		['\r\nc(1);', '\r\n'],
		['a;\r\n\tc(1);', '\r\n'],
		['a;\r\n\n\tc(1);', '\n'],
	])('of %j has the line end %j', (text, lineEnd) => {
		expect(around(text, (surroundings) => surroundings.room()?.lineEnd)).toBe(lineEnd);
	});

	it('has names that are taken, here or in the whole file', () => {
		const taken = around('const a = 1;\nfunction f(b) {\n\tlet d;\n\tc(1);\n}\nlet e;\n', (surroundings) => {
			const room = surroundings.room();
			return ['a', 'b', 'c', 'd', 'e', 'f', 'g'].filter((name) => room?.isTaken(name));
		});
		expect(taken).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
	});

	it('is all that is told of what stands around a call', () => {
		expect(around('c(1);', (all) => [all.locals(), all.typeOf(SPAN), all.isWithoutValue(SPAN)])).toEqual([
			[],
			undefined,
			false,
		]);
	});
});

describe('a declaration', () => {
	const declared = (bytes: number, value: number | undefined, taken: readonly string[]) => {
		const one = { name: 'a', bytes, ...(value === undefined ? {} : { value }) };
		const { declared: written } = jsWording as unknown as {
			readonly declared: (one: object, room: { isTaken(name: string): boolean }) => object | undefined;
		};
		return written(one, { isTaken: (name) => taken.includes(name) });
	};

	it.each<[number, number | undefined, readonly string[], string | undefined]>([
		[12, undefined, [], 'Buffer.alloc(12)'],
		[12, undefined, ['Buffer', 'Deno', 'Uint8Array', 'ptr'], 'Buffer.alloc(12)'],
		[12, undefined, ['Deno'], 'new Uint8Array(12)'],
		[12, undefined, ['Uint8Array'], 'new Uint8Array(12)'],
		[12, undefined, ['ptr'], 'new Uint8Array(12)'],
		[4, 1, [], 'Buffer.from(Uint32Array.of(1).buffer)'],
		[4, 0, ['ptr'], 'Uint32Array.of(0)'],
		[8, 1, [], undefined],
		[5, 1, [], undefined],
	])('of %i bytes that hold %s beside %j', (bytes, value, taken, initial) => {
		const expected = initial && { declaration: `const a = ${initial};`, address: 'a' };
		expect(declared(bytes, value, taken)).toEqual(expected);
	});

	it('is of what JavaScript has', () => {
		const sizes = [{ x86: 4, x64: 4, arm64: 4 }, { x86: 4, x64: 8, arm64: 8 }, undefined];
		expect(sizes.map((bytes) => jsWording.typeSize(undefined, bytes))).toEqual(['4', undefined, undefined]);
		expect(jsWording).toMatchObject({ closedBuffers: true, mayLackLineComments: false, standsInMarkup: true });
	});

	it.each([
		['80', 80, '0x5000 /* 80 */'],
		['PORT', 0x1234, '0x3412 /* PORT */'],
		['0', 0, '0x0000 /* 0 */'],
		['a', 0xab, '0xAB00 /* a */'],
		['b', undefined, undefined],
	])('has the port %s in network order', (port, value, written) => {
		expect(jsWording.inNetworkOrder?.(port, value)).toBe(written);
	});
});
