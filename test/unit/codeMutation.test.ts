/** The changes that `npm run mutation` makes of our own code. */
import { expect, test } from 'vitest';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';
import { changesOf } from '../codeMutation/changes.ts';

test('each change is made in its own place', async () => {
	const trees = new Trees(nodeEngine(import.meta.dirname));
	const grammar = 'tree-sitter-typescript.wasm';
	await trees.ready(grammar);
	const text = 'if (!a && b < 1) return false;\nreturn undefined;';
	const tree = trees.parse(grammar, text);
	const made = changesOf(tree.root).map(({ start, end, before, after }) => {
		expect(text.slice(start, end)).toBe(before);
		return text.slice(0, start) + after + text.slice(end);
	});
	tree.free();
	trees.dispose();
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
