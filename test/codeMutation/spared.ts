/** Changes that are not tried, because nothing that the product says could tell them from the code as it is. */
import type { Node } from '../../server/src/syntax/trees.ts';

interface Kind {
	readonly reason: string;
	is(node: Node, after: string): boolean;
}

/** Constants that say how far something is followed, or how much of it. */
const BOUND = /^(?:MOST|DEEPEST|LONGEST|LARGEST|HIGHEST)(?:_[A-Z_]+)?$/;
const NEIGHBOURS: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

const KINDS: readonly Kind[] = [
	{
		reason: 'How far something is followed is a choice: one step more is as right. That it ends is tried.',
		is(node, after) {
			if (node.type === 'number') return isInDeclarationOf(node, BOUND) || isDepth(node.parent);
			const { parent } = node;
			if (parent?.type !== 'binary_expression' || NEIGHBOURS[node.type] !== after) return false;
			return [parent.childForFieldName('left'), parent.childForFieldName('right')].some(
				(side) => side !== null && BOUND.test(side.text),
			);
		},
	},
	{
		reason: 'An answer that is not remembered is worked out again: that costs time, which other tests measure.',
		is(node, after) {
			const statement = node.parent;
			if (statement?.type !== 'if_statement' || after !== '(false)') return false;
			const given = returned(statement);
			const asked = statement.previousNamedSibling;
			const store = asked && /^const (\w+) = ([\w.#]+)\.get\(/.exec(asked.text);
			if (!given || !store || store[1] !== given) return false;
			return enclosingFunction(statement)?.text.includes(`${store[2]}.set(`) === true;
		},
	},
	{
		reason: 'A program that contradicts itself is told so by an error; no input leads there.',
		is: (node, after) =>
			node.parent?.type === 'if_statement' &&
			after === '(false)' &&
			/^\{?\s*throw new Error\(/.test(node.parent.childForFieldName('consequence')?.text ?? ''),
	},
];

/** Is a change of a node, an operator or a condition among them, of a kind that is not tried? */
export const isSpared = (node: Node, after: string): boolean => KINDS.some((kind) => kind.is(node, after));

function isInDeclarationOf(node: Node, name: RegExp): boolean {
	for (let at = node.parent; at; at = at.parent) {
		if (at.type === 'variable_declarator') return name.test(at.childForFieldName('name')?.text ?? '');
		if (at.type !== 'binary_expression') return false;
	}
	return false;
}

/** `depth + 1`, and a depth that begins with 0. */
const isDepth = (at: Node | null): boolean => at !== null && /^depth(?: \+ \d| = 0)$/.test(at.text);

/** The name that an `if` gives back at once. */
const returned = (statement: Node): string | undefined =>
	/^(?:\{\s*)?return (\w+);/.exec(statement.childForFieldName('consequence')?.text ?? '')?.[1];

function enclosingFunction(node: Node): Node | undefined {
	for (let at = node.parent; at; at = at.parent)
		if (/^(?:function_declaration|method_definition|arrow_function|function_expression)$/.test(at.type)) return at;
	return undefined;
}
