/** Questions about syntax nodes that every grammar answers alike. */
import type { Node } from './trees.ts';

/** The named children without comments, which may stand anywhere. */
export const named = (node: Node): Node[] =>
	node.namedChildren.filter((n): n is Node => n !== null && n.type !== 'comment');

/** The child that a field of the grammar names. */
export const field = (node: Node, name: string): Node | null => node.childForFieldName(name);

/** Does a node's text lie in another's? A node lies in itself. */
export const within = (inner: Node, outer: Node): boolean =>
	inner.startIndex >= outer.startIndex && inner.endIndex <= outer.endIndex;
