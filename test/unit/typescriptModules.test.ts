/** What a TypeScript file takes from others, however they export it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { importsIn, importsOf, MARKS } from '../../server/src/languages/js/imports.ts';
import { diskProject } from '../../server/src/node/diskProject.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { temporaryFolder } from '../support/cli.ts';

const checker = new Checker(nodeEngine(import.meta.dirname), diskProject());
afterAll(() => checker.dispose());

/** The first call's code in decimal; '' where it is not known. */
async function codeOf(files: Readonly<Record<string, string>>, expression: string): Promise<string | undefined> {
	const call = `WSAIoctl(s, ${expression}, null, 0, null, 0, [0], null, null);`;
	const { main = '', ...others } = files;
	const text = `import { WSAIoctl } from 'some-winsock';\n${main}\n${call}\n`;
	const folder = temporaryFolder({ ...others, 'main.ts': text });
	const path = join(folder, 'main.ts');
	const result = await checker.check({ name: path, text: readFileSync(path, 'utf8') });
	const [first] = result?.calls ?? [];
	return first?.code.values.join(' or ');
}

const NAMED = "import { a } from './a';";
const DEFAULT = "import a from './a';";
const ALL = "import * as m from './a';";

it.each<[string, string, Readonly<Record<string, string>>, string, string]>([
	['a constant', NAMED, { 'a.ts': 'export const a = 4;' }, 'a', '4'],
	[
		'a constant among others',
		NAMED,
		{ 'a.ts': 'export const b = 3;\nexport const a = 4;\nexport const c = 5;' },
		'a',
		'4',
	],
	['one of two in one line', NAMED, { 'a.ts': 'export const b = 3, a = 4;' }, 'a', '4'],
	[
		'the size of a type that another file names',
		"import koffi from 'koffi';\nimport './a';",
		{ 'a.ts': "import koffi from 'koffi';\nkoffi.struct('Pair', { a: 'uint16_t', b: 'uint16_t' });" },
		"koffi.sizeof('Pair')",
		'4',
	],
	['a name that is not exported', NAMED, { 'a.ts': 'const a = 4;\nexport const b = 5;' }, 'a', ''],
	['a name that only a function has', NAMED, { 'a.ts': 'export function f() { const a = 4; return a; }' }, 'a', ''],
	['a name of a comment', NAMED, { 'a.ts': '// export const a = 4;' }, 'a', ''],
	['a constant under another name', "import { b as a } from './a';", { 'a.ts': 'export const b = 4;' }, 'a', '4'],
	['a list', NAMED, { 'a.ts': 'const a = 4;\nexport { a };' }, 'a', '4'],
	['a list with other names', NAMED, { 'a.ts': 'const b = 4, a = 5;\nexport { a as c, b as a };' }, 'a', '4'],
	[
		'a list with names in quotes',
		"import { 'x y' as a } from './a';",
		{ 'a.ts': "const b = 4;\nexport { b as 'x y' };" },
		'a',
		'4',
	],
	['a list without it', NAMED, { 'a.ts': 'const a = 4, b = 5;\nexport { b };' }, 'a', ''],
	['a default', DEFAULT, { 'a.ts': 'export default 4;' }, 'a', '4'],
	['a default that is declared', DEFAULT, { 'a.ts': 'export default function f() { return 4; }' }, 'a()', '4'],
	['a default of a list', DEFAULT, { 'a.ts': 'const b = 4;\nexport { b as default };' }, 'a', '4'],
	['a default by its name', "import { default as a } from './a';", { 'a.ts': 'export default 4;' }, 'a', '4'],
	['a default that is not there', DEFAULT, { 'a.ts': 'export const a = 4;' }, 'a', ''],
	[
		'a function that is a default by its own name',
		"import { f as a } from './a';",
		{ 'a.ts': 'export default function f() { return 4; }' },
		'a()',
		'',
	],
	['all as one', ALL, { 'a.ts': 'export const a = 4;' }, 'm.a', '4'],
	['all as one without it', ALL, { 'a.ts': 'export const b = 4;' }, 'm.a', ''],
	['the default of all', ALL, { 'a.ts': 'export default 4;' }, 'm.default', '4'],
	['an enumeration', NAMED, { 'a.ts': 'export enum a { B = 4 }' }, 'a.B', '4'],
	['a class', NAMED, { 'a.ts': 'export class a { static b = 4; }' }, 'a.b', '4'],
	['a namespace', NAMED, { 'a.ts': 'export namespace a { export const b = 4; }' }, 'a.b', '4'],
	['an object', NAMED, { 'a.ts': 'export const a = { b: 4 } as const;' }, 'a.b', '4'],
	['a function', NAMED, { 'a.ts': 'const b = 4;\nexport const a = (c: number) => b | c;' }, 'a(1)', '5'],
	['a pattern', NAMED, { 'a.ts': 'export const { a } = { a: 4 };' }, 'a', '4'],
	['a file with its ending', "import { a } from './a.js';", { 'a.ts': 'export const a = 4;' }, 'a', '4'],
	['a folder', "import { a } from './d';", { 'd/index.ts': 'export const a = 4;' }, 'a', '4'],
	[
		'a file further out',
		"import { a } from './d/b';",
		{ 'd/b.ts': "export { a } from '../a';", 'a.ts': 'export const a = 4;' },
		'a',
		'4',
	],
	[
		'what it takes from elsewhere',
		NAMED,
		{ 'a.ts': "export { a } from './b';", 'b.ts': 'export const a = 4;' },
		'a',
		'4',
	],
	[
		'what it takes under another name',
		NAMED,
		{ 'a.ts': "export { c as a } from './b';", 'b.ts': 'export const c = 4;' },
		'a',
		'4',
	],
	[
		'what it takes and gives',
		NAMED,
		{ 'a.ts': "import { a } from './b'; // FIONREAD\nexport { a };", 'b.ts': 'export const a = 4;' },
		'a',
		'4',
	],
	[
		'what it takes and gives by a constant',
		NAMED,
		{ 'a.ts': "import { c } from './b'; // FIONREAD\nexport const a = c;", 'b.ts': 'export const c = 4;' },
		'a',
		'4',
	],
	[
		'what it takes under another name and gives',
		NAMED,
		{ 'a.ts': "import { c } from './b'; // FIONREAD\nexport { c as a };", 'b.ts': 'export const c = 4;' },
		'a',
		'4',
	],
	['everything of elsewhere', NAMED, { 'a.ts': "export * from './b';", 'b.ts': 'export const a = 4;' }, 'a', '4'],
	[
		'everything of two',
		NAMED,
		{
			'a.ts': "export * from './b';\nexport * from './c';",
			'b.ts': 'export const b = 3;',
			'c.ts': 'export const a = 4;',
		},
		'a',
		'4',
	],
	[
		'its own before that of elsewhere',
		NAMED,
		{ 'a.ts': "export * from './b';\nexport const a = 4;", 'b.ts': 'export const a = 5;' },
		'a',
		'4',
	],
	[
		'everything of elsewhere as one',
		NAMED,
		{ 'a.ts': "export * as a from './b';", 'b.ts': 'export const c = 4;' },
		'a.c',
		'4',
	],
	[
		'everything of elsewhere as another',
		NAMED,
		{ 'a.ts': "export * as b from './b';", 'b.ts': 'export const a = 4;' },
		'a',
		'',
	],
	['everything of a file that is not there', NAMED, { 'a.ts': "export * from './b';\nexport const a = 4;" }, 'a', '4'],
	[
		'files that take everything of each other',
		NAMED,
		{ 'a.ts': "export * from './b';", 'b.ts': "export * from './a';\nexport const a = 4;" },
		'a',
		'4',
	],
	[
		'a name that files take from each other',
		NAMED,
		{ 'a.ts': "export { a } from './b';", 'b.ts': "export { a } from './a';" },
		'a',
		'',
	],
	['a file that is not there', NAMED, {}, 'a', ''],
	['a package', "import { a } from 'a';", { 'a.ts': 'export const a = 4;' }, 'a', ''],
	['a variable that is set again', NAMED, { 'a.ts': 'export let a = 4;\nexport const f = () => { a = 5; };' }, 'a', ''],
	['require', "const { a } = require('./a');", { 'a.ts': 'export const a = 4;' }, 'a', '4'],
	['require of a member', "const a = require('./a').a;", { 'a.js': 'exports.a = 4;' }, 'a', '4'],
	['require by module.exports', "const m = require('./a');", { 'a.js': 'module.exports.a = 4;' }, 'm.a', '4'],
	['require of an object', "const m = require('./a');", { 'a.js': 'module.exports = { a: 4 };' }, 'm.a', '4'],
	[
		'require of an object and more',
		"const m = require('./a');",
		{ 'a.js': 'module.exports = { b: 4 };\nmodule.exports.a = 5;' },
		'm.a',
		'5',
	],
	[
		'require of two objects',
		"const m = require('./a');",
		{ 'a.js': 'module.exports = { a: 4 };\nmodule.exports = { a: 5 };' },
		'm.a',
		'',
	],
	[
		'require of what is set twice',
		"const m = require('./a');",
		{ 'a.js': 'exports.a = 4;\nexports.a = 5;' },
		'm.a',
		'',
	],
	['require of a member of another object', "const m = require('./a');", { 'a.js': 'other.a = 4;' }, 'm.a', ''],
	['a default of CommonJS', DEFAULT, { 'a.js': 'module.exports = 4;' }, 'a', '4'],
	['import by a call', "const { a } = await import('./a');", { 'a.ts': 'export const a = 4;' }, 'a', '4'],
	['import of TypeScript', "import m = require('./a');", { 'a.ts': 'export const a = 4;' }, 'm.a', '4'],
	['export of TypeScript', "import m = require('./a');", { 'a.ts': 'export = { a: 4 };' }, 'm.a', ''],
])('%s', async (_, main, files, expression, value) => {
	expect(await codeOf({ main, ...files }, expression)).toBe(value);
});

describe('what a text says of its imports', () => {
	const shown = (text: string) =>
		importsIn(text).imports.map(({ name, isHandedOn }) => (isHandedOn ? `${name} handed on` : name));

	it.each([
		["import a from './a';", ['./a']],
		['import * as a from "../a/b.js";', ['../a/b.js']],
		["import './a';", ['./a']],
		["const a = await import('./a');", ['./a']],
		["const a = require( './a' );", ['./a']],
		["import a from '.'; import b from '..';", ['.', '..']],
		["import a from 'a'; import b from '.a';", []],
		["import a from './a", []],
		['import a from \'./a";', []],
		["import a from '';", []],
		["import a from './'; './b'", ['./']],
		["import a from'./a'; import('./b');", ['./a', './b']],
		["export * from './a'; export * from './b';", ['./a handed on', './b handed on']],
		["export{a}from'./a';", ['./a']],
		["export { a };\nconst b = 'export';\nimport c from './c';", ['./c']],
		["exports.a.b = require('./a');", ['./a']],
		["exports = require('./a');", ['./a handed on']],
		["exports.a = import('./a');", ['./a']],
		[`exports.a = ${' '.repeat(60)}require('./a');`, ['./a']],
		[`export { ${'a, '.repeat(400)} } from './a';`, ['./a']],
		[`import a from${' '.repeat(199)}'./a';`, ['./a']],
		[`import a from${' '.repeat(201)}'./a';`, []],
		[`import a from './${'a'.repeat(900)}';`, [`./${'a'.repeat(900)}`]],
		[`import a from './${'a'.repeat(1100)}';`, []],
		["export * from './a';", ['./a handed on']],
		["export * as b from './a';", ['./a handed on']],
		["export { a, b as c } from './a';", ['./a handed on']],
		["export { a }; import b from './b';", ['./b']],
		["export const a = 1; import b from './b';", ['./b']],
		["exports.a = require('./a');", ['./a handed on']],
		["module.exports = require('./a');", ['./a handed on']],
		["import a = require('./a');", ['./a']],
		["const a = exportsOf(require('./a'));", ['./a']],
	])('%s', (text, imports) => {
		expect(shown(text)).toEqual(imports);
	});

	it.each([
		['f(1, 2, 3, 4, 5, 6, 7, null, null);', true],
		['f(1, 2, 3, 4, 5, 6, 7, null, undefined,);', true],
		['f([1, 2, 3, 4, 5, 6, 7, null , null]);', true],
		['f(g(1, 2), [3, 4], { a, b }, 4, 5, 6, 7, undefined, null);', true],
		['f(1, 2, 3, 4, 5, 6, null, null);', false],
		['f(1, 2, 3, 4, 5, 6, 7, 8, null, null);', false],
		['f(1, 2, 3, 4, 5, 6, 7, null, null, 1);', false],
		['f(1, 2, 3, 4, 5, 6, 7, null, nothing);', false],
		['f(1, 2, 3, 4, 5, 6, 7, null null);', false],
		['f(1, 2, 3, 4, 5, 6, 7, null;null);', false],
		['f(1,2,3,4,5,6,7,null,null)', true],
		['(1,2,3,4,5,6,7,null,null)', true],
		['f(1, 2, 3, 4, 5, 6, 7, null,\n\tnull\n\t,\n\t)', true],
		['f(1, 2, 3, 4, 5, 6, 7, null, null,, )', false],
		['1, 2, 3, 4, 5, 6, 7, null, null)', false],
		[`f(1, 2, 3, 4, 5, 6, ${'a'.repeat(1100)}, null, null);`, false],
	])('%s has a call of an entry point’s length: %s', (text, expected) => {
		expect(importsIn(text).hasLongCall).toBe(expected);
		expect(MARKS.test(`import './a';\n${text}`)).toBe(expected);
		expect(MARKS.test(text)).toBe(false);
	});

	it.each([
		['ioctl', true, true],
		['const SIO_MINE = 1;', true, true],
		['FIONBIO', true, true],
		['0x98000004', true, true],
		['-1744830460', true, true],
		['koffi', true, false],
		['ws2_32', true, false],
		['const a = 1;', false, false],
	])('%s matters: %s, and may be a call: %s', (text, isRelevant, isMark) => {
		expect([importsIn(text).isRelevant, MARKS.test(text)]).toEqual([isRelevant, isMark]);
	});

	it.each([
		['./a', 16, './a.ts', './a/index.cjs'],
		['./a.js', 4, './a.ts', './a.jsx'],
		['./a.jsx', 2, './a.tsx', './a.jsx'],
		['./a.mjs', 2, './a.mts', './a.mjs'],
		['./a.cjs', 2, './a.cts', './a.cjs'],
		['./a.ts', 1, './a.ts', './a.ts'],
		['./a.json', 16, './a.json.ts', './a.json/index.cjs'],
		['./a/', 8, './a/index.ts', './a/index.cjs'],
		['.', 8, './index.ts', './index.cjs'],
		['../..', 8, '../../index.ts', '../../index.cjs'],
	])('%s may be one of %i files', (name, count, first, last) => {
		const [include] = importsOf([importsIn(`import './x'.koffi; import '${name}';`)]).slice(1);
		expect([include?.files?.length, include?.files?.[0], include?.files?.at(-1)]).toEqual([count, first, last]);
	});

	it('of a text that holds constants at most, only what is handed on is followed', () => {
		const names = (...texts: readonly string[]) => importsOf(texts.map(importsIn)).map(({ name }) => name);
		const text = "import './a'; export * from './b';";
		expect(names(text)).toEqual(['./b']);
		expect(names(text, 'koffi')).toEqual(['./a', './b']);
		expect(names(text, 'f(1, 2, 3, 4, 5, 6, 7, null, null)', text)).toEqual(['./a', './b']);
	});
});
