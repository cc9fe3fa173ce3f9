/** How TypeScript and JavaScript write what becomes of the result of a call. */
import { field, named } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import { namedResult, type ResultLanguage } from '../result.ts';
import type { Chunk } from './chunk.ts';
import { evaluate } from './evaluate.ts';
import { lastWord } from './nodes.ts';
import { topOf } from './values.ts';

/** Longer expressions are no constants. */
const LONGEST = 200;

export const resultsIn = (chunk: Chunk): ResultLanguage => ({
	constant: (node) => constantOf(chunk, node),
	conversion(outer, inner) {
		if (/^(?:as|satisfies|non_null|await)_expression$/.test(outer.type) && named(outer)[0]?.id === inner.id)
			return 'same';
		if (outer.type === 'type_assertion' && named(outer).at(-1)?.id === inner.id) return 'same';
		if (outer.type === 'arguments') {
			const call = parentOf(outer);
			return outer.namedChildCount === 1 && call && convertsTo(call) ? 'same' : undefined;
		}
		return field(outer, 'arguments')?.id === inner.id ? convertsTo(outer) : undefined;
	},
	holder(outer, inner) {
		const isDeclarator = outer.type === 'variable_declarator';
		if (!isDeclarator && outer.type !== 'assignment_expression') return undefined;
		if (field(outer, isDeclarator ? 'value' : 'right')?.id !== inner.id) return undefined;
		const name = field(outer, isDeclarator ? 'name' : 'left');
		if (name?.type !== 'identifier') return undefined;
		const statement = parentOf(outer);
		const isStatement = /^(?:lexical_declaration|variable_declaration|expression_statement)$/.test(
			statement?.type ?? '',
		);
		return { name: name.text, numbers: 'same', ...(statement && isStatement ? { statement } : {}) };
	},
	uses(name, statement) {
		const nodes: Node[] = [];
		for (const node of chunk.nodesOf(name, statement.startIndex, statement.endIndex)) {
			if (node.type !== 'identifier') continue;
			if (isWritten(node)) return { nodes, written: true };
			nodes.push(node);
		}
		return { nodes, written: false };
	},
});

function isWritten(node: Node): boolean {
	const outer = parentOf(node);
	if (!outer || outer.type === 'update_expression') return true;
	if (outer.type === 'variable_declarator') return field(outer, 'name')?.id === node.id;
	return /assignment/.test(outer.type) && field(outer, 'left')?.id === node.id;
}

/** `Boolean(x)` and `Number(x)`. */
function convertsTo(call: Node): 'same' | 'truth' | undefined {
	const callee = call.type === 'call_expression' ? field(call, 'function')?.text : undefined;
	if (callee === 'Boolean') return 'truth';
	return callee === 'Number' ? 'same' : undefined;
}

function constantOf(chunk: Chunk, node: Node): number | string | undefined {
	if (node.endIndex - node.startIndex > LONGEST) return undefined;
	const value = evaluate(node, topOf(chunk));
	if (value.kind === 'boolean') return Number(value.value);
	if (value.kind === 'numbers') {
		const [only, ...others] = value.values;
		return only && others.length === 0 && Number.isInteger(Number(only.x64))
			? Number(BigInt.asIntN(32, BigInt(only.x64)))
			: undefined;
	}
	return value.kind === 'unknown' || value.kind === 'foreign' ? namedResult(lastWord(node)) : undefined;
}
