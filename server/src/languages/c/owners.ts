/** Which item of a file a syntax node is a part of. */
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import type { CUnit } from './unit.ts';

const owners = new WeakMap<Node['tree'], CUnit>();

/** The tree of a root belongs to an item from now on. */
export const own = (root: Node, unit: CUnit): void => {
	owners.set(root.tree, unit);
};

/** The item that a node is a part of; undefined for the node of a snippet. */
export const unitOf = (node: Node): CUnit | undefined => owners.get(node.tree);

/**
 * What stands in the whole class for a function of it that is read alone, when a look around a node of the function has
 * come to the class's head; undefined elsewhere.
 */
export function memberOfClass(inner: Node, outer: Node): Node | undefined {
	const unit = unitOf(inner);
	if (!unit?.around || outer.startIndex >= unit.lead) return undefined;
	const { unit: whole, from, body } = unit.around;
	let member = whole.root.descendantForIndex(body, body + 1) ?? whole.root;
	for (let at = parentOf(member); at && at.startIndex >= from; at = parentOf(member)) member = at;
	return member;
}

/** `#pragma pack` in force at a node, in bytes. */
export const packAt = (node: Node): number | undefined => {
	const unit = unitOf(node);
	return unit?.file.packAt(unit, node.startIndex);
};
