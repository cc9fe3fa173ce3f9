/** What stands around a call: where a declaration can be written in front of its statement, and what is declared already. */
import type { Room, Surroundings } from '../../calls/site.ts';
import { field } from '../../syntax/nodes.ts';
import { nodeAt, parentOf } from '../../syntax/parents.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import type { Chunk } from './chunk.ts';

/** What stands around a call of a part. */
export const surroundingsIn = (chunk: Chunk, call: Span): Surroundings => ({
	room: () => roomIn(chunk, call),
	// What a declaration says of memory is an expression there.
	locals: () => [],
	typeOf: () => undefined,
	isWithoutValue: () => false,
});

const STATEMENTS =
	/^(?:expression_statement|return_statement|throw_statement|if_statement|lexical_declaration|variable_declaration|export_statement)$/;
const ON_THE_WAY = /^(?:\w+_expression|arguments|variable_declarator|lexical_declaration|variable_declaration)$/;

/** The statement that a call is evaluated in once, in a block or at the level of the module. */
function statementOf(call: Node): Node | undefined {
	let inner = call;
	let outer = parentOf(call);
	for (; outer && !isWhole(outer); inner = outer, outer = parentOf(outer))
		if (!ON_THE_WAY.test(outer.type) || outer.type === 'function_expression') return undefined;
	if (!outer || (outer.type === 'if_statement' && field(outer, 'condition')?.id !== inner.id)) return undefined;
	return outer;
}

/** A statement in a list of them. */
const isWhole = (node: Node): boolean =>
	STATEMENTS.test(node.type) && /^(?:statement_block|program)$/.test(parentOf(node)?.type ?? '');

function roomIn(chunk: Chunk, { start, end }: Span): Room | undefined {
	const { root, text } = chunk;
	const node = nodeAt(root, start, end);
	const statement = node?.type === 'call_expression' ? statementOf(node) : undefined;
	if (!node || !statement) return undefined;
	const at = text.lastIndexOf('\n', statement.startIndex) + 1;
	const indentation = text.slice(at, statement.startIndex);
	if (!/^[ \t]*$/.test(indentation)) return undefined;
	const lineEnd = text.slice(Math.max(0, at - 2), at) === '\r\n' ? '\r\n' : '\n';
	const isTaken = (name: string): boolean => chunk.words.has(name) || chunk.declaration(name, node) !== undefined;
	return { at, indentation, lineEnd, isTaken };
}
