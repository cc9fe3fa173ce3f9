/**
 * Parents of nodes. The parser looks for a parent on the way down from the root, past everything that stands before: in
 * texts that nest deep each node would cost what all around it do. Here the way down is kept for the next question.
 */
import { named } from './nodes.ts';
import { countWhile } from './search.ts';
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
	/** The children of nodes that have many. */
	readonly lists: Map<number, readonly (Node | null)[]>;
	/** What the lists hold that were asked for, without comments. */
	readonly members: Map<number, readonly Node[]>;
}

const trees = new WeakMap<Node['tree'], Known>();

/** So many parents are kept, then they are looked for anew: of a large text nearly all are asked for in passing. */
const MOST_KEPT = 20_000;

/** The node that holds another one; null for the root. */
export function parentOf(node: Node): Node | null {
	const known = knownOf(node.tree);
	let parent = known.parents.get(node.id);
	if (parent === undefined) {
		parent = lookedFor(node, known);
		if (known.parents.size > MOST_KEPT) known.parents.clear();
		known.parents.set(node.id, parent);
	}
	return parent;
}

/** The smallest node of a tree that spans a range of its text which is not empty. */
export function nodeAt(root: Node, start: number, end: number): Node | null {
	const { way } = knownOf(root.tree);
	while (way.length > 0 && !spans(way[way.length - 1] as Step, start, end)) way.pop();
	return (way[way.length - 1]?.node ?? root).descendantForIndex(start, end);
}

/** What a list of statements or declarations holds, comments left out; it is read once. */
export function childrenOf(list: Node): readonly Node[] {
	const { members } = knownOf(list.tree);
	let children = members.get(list.id);
	if (!children) {
		children = named(list);
		members.set(list.id, children);
	}
	return children;
}

function knownOf(tree: Node['tree']): Known {
	let known = trees.get(tree);
	if (!known) {
		known = { parents: new Map(), way: [], lists: new Map(), members: new Map() };
		trees.set(tree, known);
	}
	return known;
}

function lookedFor(node: Node, { parents, way, lists }: Known): Node | null {
	const { startIndex: start, endIndex: end } = node;
	// What is missing in the text has no extent that tells where it is.
	if (start === end) return node.parent;
	// One of the same extent may be around the node, or in it.
	const isAround = (step: Step): boolean => spans(step, start, end) && (step.start < start || end < step.end);
	while (way.length > 0 && !isAround(way[way.length - 1] as Step)) way.pop();
	if (way.length === 0) {
		const root = node.tree.rootNode;
		if (root.id === node.id) return null;
		way.push(stepOf(root));
	}
	let at = (way[way.length - 1] as Step).node;
	for (let child = childAround(at, node, lists); child && child.id !== node.id; ) {
		// The node that is known already has what was found out about it.
		if (!parents.has(child.id)) parents.set(child.id, at);
		way.push(stepOf(child));
		at = child;
		child = childAround(at, node, lists);
	}
	return at;
}

const spans = (step: Step, start: number, end: number): boolean => step.start <= start && end <= step.end;

const stepOf = (node: Node): Step => ({ node, start: node.startIndex, end: node.endIndex });

/** With more children the parser's walk over them costs more than a list of them that is kept. */
const FEW = 32;

/** The child that holds a node, or is it. */
function childAround(outer: Node, inner: Node, lists: Known['lists']): Node | null {
	let children = lists.get(outer.id);
	if (!children && outer.namedChildCount > FEW) {
		children = outer.namedChildren;
		lists.set(outer.id, children);
	}
	const child = children && lastFrom(children, inner.startIndex);
	const isAround = child && child.startIndex < child.endIndex && child.endIndex >= inner.endIndex;
	return isAround ? child : outer.childWithDescendant(inner);
}

/** The last of some nodes, by position, that does not start behind an offset. */
const lastFrom = (nodes: readonly (Node | null)[], offset: number): Node | null | undefined =>
	nodes[countWhile(nodes.length, (at) => (nodes[at]?.startIndex ?? 0) <= offset) - 1];
