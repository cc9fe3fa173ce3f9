/** Which item of a file a syntax node is a part of. */
import type { Node } from '../../syntax/trees.ts';
import type { CUnit } from './unit.ts';

const owners = new WeakMap<Node['tree'], CUnit>();

/** The tree of a root belongs to an item from now on. */
export const own = (root: Node, unit: CUnit): void => {
	owners.set(root.tree, unit);
};

/** The item that a node is a part of; undefined for the node of a snippet. */
export const unitOf = (node: Node): CUnit | undefined => owners.get(node.tree);

/** `#pragma pack` in force at a node, in bytes. */
export const packAt = (node: Node): number | undefined => {
	const unit = unitOf(node);
	return unit?.file.packAt(unit, node.startIndex);
};
