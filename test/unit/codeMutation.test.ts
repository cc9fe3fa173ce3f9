/** The changes that `npm run mutation` makes of our own code. */
import { expect, test } from 'vitest';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';
import { type Change, changesOf, withChange, withSwitches } from '../codeMutation/changes.ts';

async function changesIn(text: string): Promise<Change[]> {
	const trees = new Trees(nodeEngine(import.meta.dirname));
	const grammar = 'tree-sitter-typescript.wasm';
	await trees.ready(grammar);
	const tree = trees.parse(grammar, text);
	const changes = changesOf(tree.root);
	tree.free();
	trees.dispose();
	return changes;
}

test('each change is made in its own place', async () => {
	const text = 'if (!a && b < 1) return [true];\nreturn undefined;';
	const made = (await changesIn(text)).map((change) => {
		expect(text.slice(change.start, change.end)).toBe(change.before);
		return withChange(text, change);
	});
	const rest = '\nreturn undefined;';
	expect(made).toEqual(
		[
			'if (true) return [true];',
			'if (false) return [true];',
			'if (!a || b < 1) return [true];',
			'if (a && b < 1) return [true];',
			'if (!a && b <= 1) return [true];',
			'if (!a && b < 2) return [true];',
			'if (!a && b < 1) return undefined;',
			'if (!a && b < 1) return [false];',
		].map((line) => line + rest),
	);
});

test('types are left alone', async () => {
	expect(await changesIn('let a: 1 | -2 | true; const b = c as readonly [false];')).toEqual([]);
});

test.each<[string, string, string[]]>([
	[
		'how far something is followed',
		'const MOST_NAMES = 2 << 10;\nif (names.length >= MOST_NAMES) stop(MOST_NAMES + 1);',
		['(names.length >= MOST_NAMES) → (true)', '(names.length >= MOST_NAMES) → (false)', '+ → -', '1 → 2'],
	],
	['how deep it is', 'function f(depth = 0) { g(depth + 1); }', ['+ → -']],
	['any other number', 'const SIZE = 2;\nf(SIZE < 3);', ['2 → 3', '< → <=', '3 → 4']],
	[
		'what was remembered',
		'function f(a) { const known = memory.get(a); if (known) return known; memory.set(a, g(a)); }',
		['(known) → (true)', 'known → undefined'],
	],
	[
		'what is only looked up',
		'function f(a) { const known = table.get(a); if (known) return known; g(a); }',
		['(known) → (true)', '(known) → (false)', 'known → undefined'],
	],
	['what stands in front of a `!`', 'a! && b! < c!.d && e;', ['&& → ||']],
	['what cannot be', 'if (a) throw new Error();', ['(a) → (true)']],
])('of %s those changes are tried that can be told', async (_, text, expected) => {
	expect((await changesIn(text)).map(({ before, after }) => `${before} → ${after}`)).toEqual(expected);
});

test('a source with all changes in it makes the one that is switched to, and tells of each that it comes to', async () => {
	const text = 'const { 0: c } = [a];\nif (!c && b < 1) return { 7: [false] };\nreturn 3;';
	const changes = await changesIn(text);
	const source = withSwitches(text, new Map(changes.map((change, number) => [change, number])));
	const names = changes.map(({ before, after }) => `${before} → ${after}`);
	const run = (active: string, a: boolean, b: number) => {
		const told = new Set<string>();
		const isChanged = (number: number) => {
			const name = names[number] ?? '';
			told.add(name);
			return name === active;
		};
		return { result: new Function('globalThis', 'a', 'b', source)({ isChanged }, a, b), told: [...told] };
	};
	expect(run('', true, 0)).toEqual({
		result: 3,
		told: ['0 → 1', '(!c && b < 1) → (true)', '(!c && b < 1) → (false)', '&& → ||', '!c → c', '3 → undefined', '3 → 4'],
	});
	expect(run('', false, 0).told).toEqual(names.filter((name) => !/^3 /.test(name)));
	for (const [i, change] of changes.entries()) {
		const changed = new Function('a', 'b', withChange(text, change));
		for (const a of [true, false])
			for (const b of [0, 1, 2]) expect(run(names[i] ?? '', a, b).result).toEqual(changed(a, b));
	}
});
