/** Where a declaration can be written in front of the statement that a call stands in. */
import type { Room } from '../../calls/site.ts';
import { field } from '../../syntax/nodes.ts';
import { nodeAt, parentOf } from '../../syntax/parents.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import { enclosingFunction, jumps, wordIn } from './nodes.ts';

const STATEMENTS = /^(?:expression_statement|return_statement|if_statement|declaration)$/;
const ON_THE_WAY = /^(?:\w+_expression|argument_list|condition_clause|init_declarator)$/;

/** The statement that a call is evaluated in once, in a block that no jump leads into; undefined where there is none. */
function statementOf(call: Node): Node | undefined {
	let inner = call;
	let outer = parentOf(call);
	for (; outer && !STATEMENTS.test(outer.type); inner = outer, outer = parentOf(outer))
		if (!ON_THE_WAY.test(outer.type) || outer.type === 'lambda_expression') return undefined;
	if (!outer || (outer.type === 'if_statement' && field(outer, 'condition')?.id !== inner.id)) return undefined;
	const block = parentOf(outer);
	const owner = enclosingFunction(outer);
	// A jump must not lead past an initialised variable.
	const isSafe = block?.type === 'compound_statement' && parentOf(block)?.type !== 'switch_statement';
	return isSafe && owner && !jumps(owner) ? outer : undefined;
}

/** @param text the text that the tree's offsets are of. */
export function roomIn(root: Node, text: string, { start, end }: Span): Room | undefined {
	const node = nodeAt(root, start, end);
	const statement = node?.type === 'call_expression' ? statementOf(node) : undefined;
	if (!statement) return undefined;
	const at = text.lastIndexOf('\n', statement.startIndex - 1) + 1;
	const indentation = text.slice(at, statement.startIndex);
	// Behind a backslash the line is a part of a macro.
	if (!/^[ \t]+$/.test(indentation) || /\\\r?\n$/.test(text.slice(Math.max(0, at - 3), at))) return undefined;
	const lineEnd = text.slice(Math.max(0, at - 2), at) === '\r\n' ? '\r\n' : '\n';
	return { at, indentation, lineEnd, isTaken: (name) => wordIn(text, name) };
}
