/** Which parts of a TypeScript file hold a name: the same that a look at each of them finds, after any edits. */
import { beforeAll, expect, it } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { JsFile } from '../../server/src/languages/js/source.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';

const trees = new Trees(nodeEngine(import.meta.dirname));
const GRAMMAR = 'tree-sitter-typescript.wasm';
beforeAll(() => trees.ready(GRAMMAR));

const env = {
	included: [],
	functions: {},
	catalog: Catalog.builtin,
	parse: (text: string) => trees.parse(GRAMMAR, text),
};

const NAMES = ['a', 'b', 'one two', 'two', '$c', 'größe', '\\u0061', 'constructor', '-', '', 'none'];

function expectSame(file: JsFile): void {
	for (const name of NAMES)
		expect([name, file.mentioning(name)]).toEqual([name, file.chunks.filter((chunk) => chunk.mentions(name))]);
}

it('is the same as a look at each part, after any edits', () => {
	const lines = [
		'const a = 1;',
		"const o = { 'one two': a };",
		"const p = 'one'; // two",
		'let $c = größe;',
		'function f() { return \\u0061; }',
		'export class B { constructor(b) {} }',
		'let b = a;',
	];
	const file = JsFile.open(`${lines.join('\n')}\n`, env);
	expectSame(file);
	for (const at of [0, 3, 2, 6, 4]) {
		lines[at] = at % 2 === 0 ? `const x${at} = b;` : '';
		file.update(`${lines.join('\n')}\n`, env);
		expectSame(file);
	}
	file.free();
});

it('is told with few questions where a word is rare', () => {
	const file = JsFile.open("const a = 1;\nconst b = 2;\nconst c = '\\x61';\nconst d = a + b;\n", env);
	const of = (name: string) => file.mentioning(name).map(({ order }) => order);
	expect(of('a')).toEqual([0, 2, 3]);
	expect(of('b')).toEqual([1, 2, 3]);
	expect(of('a b')).toEqual([2, 3]);
	expect(of('none')).toEqual([2]);
	expect(of('-')).toEqual([0, 1, 2, 3]);
	file.update("const a = 1;\nconst b = 2;\nconst c = '';\nconst d = a + b;\n", env);
	expect(of('none')).toEqual([]);
	expect(of('a b')).toEqual([3]);
	file.free();
});
