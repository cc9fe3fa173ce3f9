/** The changes that `npm run mutation` makes of our own code. */
import { expect, test } from 'vitest';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';
import { type Change, changesOf, withChange, withProbes } from '../codeMutation/changes.ts';

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
	const text = 'if (!a && b < 1) return false;\nreturn undefined;';
	const made = (await changesIn(text)).map((change) => {
		expect(text.slice(change.start, change.end)).toBe(change.before);
		return withChange(text, change);
	});
	const rest = '\nreturn undefined;';
	expect(made).toEqual(
		[
			'if (true) return false;',
			'if (false) return false;',
			'if (!a || b < 1) return false;',
			'if (a && b < 1) return false;',
			'if (!a && b <= 1) return false;',
			'if (!a && b < 2) return false;',
			'if (!a && b < 1) return undefined;',
			'if (!a && b < 1) return true;',
		].map((line) => line + rest),
	);
});

test('types are left alone', async () => {
	expect(await changesIn('let a: 1 | -2 | true; const b = c as readonly [false];')).toEqual([]);
});

test('a probe tells of each change that is come to, once its expression is evaluated', async () => {
	const text = 'if (!a && b < 1) return { 7: [false] };\nreturn 3;';
	const changes = await changesIn(text);
	const named = changes.map(({ before, after }) => `${before} → ${after}`);
	const probed = withProbes(text, new Map(changes.map((change, number) => [change, number])));
	const come = (a: boolean, b: number) => {
		const told = new Set<number>();
		const result = new Function('globalThis', 'a', 'b', probed)({ comesTo: (n: number) => told.add(n) }, a, b);
		return { result, told: [...told].sort((x, y) => x - y).map((n) => named[n]) };
	};
	expect(come(true, 0)).toEqual({
		result: 3,
		told: ['(!a && b < 1) → (true)', '(!a && b < 1) → (false)', '&& → ||', '!a → a', '3 → undefined', '3 → 4'],
	});
	expect(come(false, 0)).toEqual({
		result: { 7: [false] },
		told: named.filter((name) => !name.startsWith('3') && name !== '7 → 8'),
	});
});
