/** Questions about syntax nodes that every grammar answers alike. */
import type { Span } from './span.ts';
import type { Node } from './trees.ts';

/** The named children without comments, which may stand anywhere. */
export const named = (node: Node): Node[] =>
	node.namedChildren.filter((n): n is Node => n !== null && n.type !== 'comment');

/** The child that a field of the grammar names. */
export const field = (node: Node, name: string): Node | null => node.childForFieldName(name);

/** Where a node stands, without the node. */
export const spanOf = ({ startIndex, endIndex }: Node): Span => ({ start: startIndex, end: endIndex });

/** Does a node's text lie in another's? A node lies in itself. */
export const within = (inner: Node, outer: Node): boolean =>
	inner.startIndex >= outer.startIndex && inner.endIndex <= outer.endIndex;

/** The text of a node with nothing in the place of nodes of some types in it. `keeps`: those whose text stays all the same. */
export function textWithout(
	node: Node,
	types: readonly string[],
	keeps: (text: string) => boolean = () => false,
): string {
	const { text, startIndex } = node;
	let made = '';
	let from = 0;
	for (const left of node.descendantsOfType([...types]).filter((n) => n !== null)) {
		const at = left.startIndex - startIndex;
		if (at < from || keeps(left.text)) continue;
		made += `${text.slice(from, at)} `;
		from = left.endIndex - startIndex;
	}
	return made + text.slice(from);
}
