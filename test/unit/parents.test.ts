/** Nodes and their parents: the same as the parser's own, in whatever order they are asked for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { nodeAt, parentOf } from '../../server/src/syntax/parents.ts';
import { type Node, Trees } from '../../server/src/syntax/trees.ts';
import { Random } from '../fuzz/random.ts';

const trees = new Trees(nodeEngine(import.meta.dirname));
const GRAMMAR = 'tree-sitter-cpp.wasm';
beforeAll(() => trees.ready(GRAMMAR));
afterAll(() => trees.dispose());

const texts: readonly (readonly [string, string])[] = [
	['statements', `void f(int a) {\n${'\tif (a) g(a, "x"); else { a++; }\n'.repeat(50)}}\n`],
	['a chain', `void f(int a) {\n${'if (a) g(a);\nelse '.repeat(60)};\n}\n`],
	['conditions', `${'#if A\nint x = (1 + 2);\n#else\n'.repeat(20)}${'#endif\n'.repeat(20)}`],
	['what is broken', `void f( { if (a ${'g(h(1, ;\n'.repeat(40)} } int x = ; class { ) template <`],
	['nothing', ''],
];

function everyNode(root: Node): Node[] {
	const nodes = [root];
	for (const node of nodes) for (const child of node.children) if (child) nodes.push(child);
	return nodes;
}

test.each(texts)('of %s', (_, text) => {
	for (const seed of [1, 2, 3]) {
		const tree = trees.parse(GRAMMAR, text);
		const random = new Random(seed);
		const nodes = everyNode(tree.root).map((node) => ({ node, order: random.next() }));
		nodes.sort((a, b) => a.order - b.order);
		for (const { node } of nodes) {
			const { startIndex, endIndex } = node;
			if (startIndex < endIndex)
				expect(nodeAt(tree.root, startIndex, endIndex)?.id).toBe(
					tree.root.descendantForIndex(startIndex, endIndex)?.id,
				);
			expect(parentOf(node)?.id).toBe(node.parent?.id);
		}
		tree.free();
	}
});
