/** No regular expression of the product goes over the same characters again and again, whatever text it is given. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve, sep } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { type Node, Trees } from '../../server/src/syntax/trees.ts';
import { costRatio } from '../support/cost.ts';

/** What is used of the analysis of `scslre`. */
interface Analysis {
	analyse(expression: RegExp): { readonly reports: readonly unknown[] };
}
const { analyse } = createRequire(import.meta.url)('scslre') as Analysis;

const root = resolve(import.meta.dirname, '../..');
const GRAMMAR = 'tree-sitter-typescript.wasm';

/** Expressions that are never given a long text from a file, by file and expression, with the reason. */
const BOUNDED: Readonly<Record<string, string>> = {
	'server/src/report/lines.ts /[\\r\\n]+$/': 'An excerpt has 240 characters at most.',
	'server/src/workspace/exclude.ts /^(?:\\.?\\/)+|\\/+$/g':
		'Paths and patterns; no pattern has more than 500 characters.',
	'server/src/reference/render/table.ts /\\s*\\n\\s*/g': "The catalog's own prose.",
	'server/src/run/backends/posix.ts /%.*$/': 'The name of an interface in an address of the system.',
	'server/src/run/buffers/decode.ts /[^.]+$/': "The path of a member in the catalog's structures.",
	'server/src/run/buffers/encode.ts /[A-Za-z_]\\w*|\\d+(?=\\])/g': 'A path that a form or an argument names.',
	'server/src/run/questions.ts / \\(.*\\)$/s': "The catalog's own names of values.",
	'server/src/languages/js/foreign.ts /[\\w$.]+$/': 'A part of a line, 200 characters at most.',
	'server/src/languages/js/foreign.ts /[\\w$]*$/': 'A part of a line, 200 characters at most.',
	'native/src/plan.ts /=*$/': 'The last two characters of a text.',
};

interface Literal {
	readonly file: string;
	readonly text: string;
	readonly expression: RegExp;
}

let literals: Literal[] = [];
beforeAll(async () => {
	const trees = new Trees(nodeEngine(import.meta.dirname));
	await trees.ready(GRAMMAR);
	for (const folder of ['server/src', 'native/src', 'client/src']) {
		for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
			if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
			const path = join(entry.parentPath, entry.name);
			const tree = trees.parse(GRAMMAR, readFileSync(path, 'utf8'));
			for (const node of tree.root.descendantsOfType('regex')) {
				const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node?.text ?? '') ?? [];
				const file = relative(root, path).split(sep).join('/');
				literals.push({ file, text: `/${source}/${flags}`, expression: new RegExp(source, flags) });
			}
			for (const node of tree.root.descendantsOfType('new_expression')) {
				const file = relative(root, path).split(sep).join('/');
				if (node && node.childForFieldName('constructor')?.text === 'RegExp') literals.push(built(file, node));
			}
			tree.free();
		}
	}
	trees.dispose();
	literals = [...new Map(literals.map((literal) => [nameOf(literal), literal])).values()];
});

/** What stands in the place of names, and of alternatives, that an expression is built with. */
const NAME = 'WSAIoctl';
/** Arguments that are no text of their own, by file and argument, with what they come to. */
const GIVEN: Readonly<Record<string, string>> = {
	"server/src/catalog/catalog.ts ids.join('|') || '(?!)'": 'WSAIoctl|ioctlsocket',
	'server/src/languages/c/aliases.ts names': 'WSAIoctl|ioctlsocket',
	"server/src/languages/c/calls.ts all.join('|')": 'WSAIoctl|ioctlsocket',
	"server/src/languages/c/aliases.ts pointerTypes.map(([alias]) => alias).join('|') || '(?!)'":
		'LPFN_WSAIOCTL|LPWSPIOCTL',
	'server/src/settingKinds.ts VERSION': '^$|^\\d{1,3}\\.\\d{1,3}$',
	"server/src/catalog/marks.ts [COMMON_MARK.source, ...others].join('|')": 'WSAIoctl|ioctlsocket',
	'server/src/check/prefilter.ts source': 'WSAIoctl|ioctlsocket',
};

/** An expression that is built while the program runs, with a name in each place that is filled in. */
function built(file: string, node: Node): Literal {
	const [pattern, flags] = node.childForFieldName('arguments')?.namedChildren ?? [];
	const text = pattern?.text ?? '';
	const isText = pattern?.type === 'template_string' || pattern?.type === 'string';
	const source = isText
		? text
				.slice(1, -1)
				.replace(/\$\{[^}]*\}/g, NAME)
				.replace(/\\(.)/gs, '$1')
		: GIVEN[`${file} ${text}`];
	if (source === undefined) throw new Error(`${file}: what does new RegExp(${text}) come to?`);
	return { file, text: `new RegExp(${text})`, expression: new RegExp(source, flags?.text.slice(1, -1)) };
}

const nameOf = ({ file, text }: Literal): string => `${file} ${text}`;

/** By analysis: ways to match one text that meet again, of the whole expression or behind its beginnings. */
const isAmbiguous = ({ expression }: Pick<Literal, 'expression'>): boolean => analyse(expression).reports.length > 0;

const PUMPS = ['//', '/*', '*/', '/* ', ...' \t\n\r\u2028aA0_()[]{}<>/*+-=.,:;#"\'\\&|%!?~'];

/** Texts made of what the expression itself asks for, over and over, that end in what it does not. */
function attacks({ source }: RegExp, length: number): string[] {
	const words = [
		...new Set(
			source
				.replace(/\\[bBdDsSwW]/g, ' ')
				.replace(/\\/g, '')
				.match(/[\w#/*"'<(=&,;:.-]{2,12}/g) ?? [],
		),
	].slice(0, 6);
	const plain = words.map((word) => word.replace(/^[(]\?:?/, ''));
	const pumps = [...PUMPS, ...plain, ...plain.flatMap((word) => [`${word} `, `${word}(`])].filter(
		(pump) => pump !== '',
	);
	return ['', ...plain].flatMap((head) =>
		pumps.map((pump) => `${head}${pump.repeat(Math.ceil(length / pump.length))}\n\u0001`),
	);
}

const use = ({ source, flags }: RegExp) => {
	const everywhere = new RegExp(source, flags.replace('y', '').includes('g') ? flags : `${flags}g`);
	return (text: string) => text.replace(everywhere, '');
};

/** Four times the text may cost four times as much. What costs the square costs sixteen times as much. */
const GROWTH = 8;

/** Whether some text of four times the length costs much more than four times. */
function growsTooFast(expression: RegExp): string | undefined {
	const work = use(expression);
	const short = attacks(expression, 4000);
	const long = attacks(expression, 16_000);
	for (const [at, text] of long.entries()) {
		const start = performance.now();
		work(text);
		// Only what takes a while at all is looked at twice.
		if (performance.now() - start < 3) continue;
		if (costRatio(work, text, short[at] ?? '', { below: GROWTH }) >= GROWTH) return text.slice(0, 30);
	}
	return undefined;
}

describe('the gate itself', () => {
	test('finds every expression of the sources', () => {
		expect(literals.length).toBeGreaterThan(250);
		expect(literals.map(nameOf)).toContain('server/src/languages/languageOf.ts /\\.[^./\\\\]+$/');
		expect(literals.filter(({ text }) => text.startsWith('new ')).length).toBeGreaterThan(12);
	});

	test.each([
		['blanks in front of the end', /\s+$/, true],
		['two runs of blanks', /^defined\s*\(?\s*(\w+)\s*\)?$/, true],
		['nested repetitions', /^(?:\w+\s?)*$/, true],
		['a prefix that moves', /\w*\[0\]/, true],
		['runs that differ', /^defined\s*(?:\(\s*)?(\w+)\s*\)?$/, false],
		['one run', /\s+/, false],
	])('tells %s by analysis', (_, expression, expected) => {
		expect(isAmbiguous({ expression })).toBe(expected);
	});

	test.each([
		['comments that are not closed', /\/\*.*?\*\//gs, true],
		['a line comment up to the end', /\/\/.*$/, true],
		['words', /\b\w+\b/g, false],
	])('tells %s by attack', (_, expression, expected) => {
		expect(growsTooFast(expression) !== undefined).toBe(expected);
	});
});

test('every expression is linear by analysis, or is never given a long text', () => {
	expect(
		literals
			.filter(isAmbiguous)
			.map(nameOf)
			.filter((name) => !(name in BOUNDED)),
	).toEqual([]);
	// A reason without its expression is a leftover.
	expect(Object.keys(BOUNDED).filter((name) => !literals.some((literal) => nameOf(literal) === name))).toEqual([]);
});

test('no expression grows faster than a text that is made against it', () => {
	const found = literals.flatMap((literal) => {
		const text = nameOf(literal) in BOUNDED ? undefined : growsTooFast(literal.expression);
		return text === undefined ? [] : [`${nameOf(literal)}: ${JSON.stringify(text)}`];
	});
	expect(found).toEqual([]);
}, 600_000);
