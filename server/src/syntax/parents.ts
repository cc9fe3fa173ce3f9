/**
 * Parents of nodes. The parser looks for a parent on the way down from the root, past everything that stands before: in
 * texts that nest deep each node would cost what all around it do. Here the way down is kept for the next question.
 */
import type { Node } from './trees.ts';

interface Step {
	readonly node: Node;
	readonly start: number;
	readonly end: number;
}

/** What is known of a tree. Goes with the tree. */
interface Known {
	readonly parents: Map<number, Node | null>;
	/** From the root down to where a parent was last looked for. */
	readonly way: Step[];
}

const trees = new WeakMap<Node['tree'], Known>();

/** The node that holds another one; null for the root. */
export function parentOf(node: Node): Node | null {
	let known = trees.get(node.tree);
	if (!known) {
		known = { parents: new Map(), way: [] };
		trees.set(node.tree, known);
	}
	let parent = known.parents.get(node.id);
	if (parent === undefined) {
		parent = lookedFor(node, known);
		known.parents.set(node.id, parent);
	}
	return parent;
}

function lookedFor(node: Node, { parents, way }: Known): Node | null {
	const { startIndex: start, endIndex: end } = node;
	// What is missing in the text has no extent that tells where it is.
	if (start === end) return node.parent;
	const isAround = (step: Step): boolean =>
		step.start <= start && end <= step.end && (step.start < start || end < step.end);
	while (way.length > 0 && !isAround(way[way.length - 1] as Step)) way.pop();
	if (way.length === 0) {
		const root = node.tree.rootNode;
		if (root.id === node.id) return null;
		way.push(stepOf(root));
	}
	let at = (way[way.length - 1] as Step).node;
	for (let child = childAround(at, node, start, end); child && child.id !== node.id; ) {
		// The node that is known already has what was found out about it.
		if (!parents.has(child.id)) parents.set(child.id, at);
		way.push(stepOf(child));
		at = child;
		child = childAround(at, node, start, end);
	}
	return at;
}

const stepOf = (node: Node): Step => ({ node, start: node.startIndex, end: node.endIndex });

/** With more children the parser's walk over them costs more than a list of them that is kept. */
const FEW = 32;

/** The child that holds a node, or is it. */
function childAround(outer: Node, inner: Node, start: number, end: number): Node | null {
	if (outer.namedChildCount > FEW) {
		const children = outer.namedChildren;
		let low = 0;
		let high = children.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((children[middle]?.startIndex ?? 0) <= start) low = middle + 1;
			else high = middle;
		}
		const child = children[low - 1];
		if (child && child.startIndex < child.endIndex && child.endIndex >= end) return child;
	}
	return outer.childWithDescendant(inner);
}
