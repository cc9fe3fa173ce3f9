/** How C and C++ write what becomes of the result of a call. */
import { field } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import { namedResult, type ResultLanguage } from '../result.ts';
import { evaluate } from './evaluate/numbers.ts';
import { withoutCasts } from './expression.ts';
import type { CFile } from './file.ts';
import { readExpression } from './read.ts';
import { spansIn, usesOf } from './uses.ts';

/** Longer expressions are no constants. */
const LONGEST = 200;

export const resultsIn = (file: CFile): ResultLanguage => ({
	constant: (node) => constantOf(file, node),
	conversion,
	holder(outer, inner) {
		if (outer.type === 'init_declarator') {
			const name = field(outer, 'declarator');
			if (field(outer, 'value')?.id !== inner.id || name?.type !== 'identifier') return undefined;
			const statement = parentOf(outer);
			const truth = isTruth(statement && field(statement, 'type'));
			return statement?.type === 'declaration' ? { name: name.text, truth, statement } : undefined;
		}
		if (outer.type !== 'assignment_expression' || field(outer, 'right')?.id !== inner.id) return undefined;
		const name = field(outer, 'left');
		if (name?.type !== 'identifier' || field(outer, 'operator')?.text !== '=') return undefined;
		const type = file.scopeAt(outer).variable(name.text)?.type;
		const truth = type?.kind === 'scalar' && /^(?:bool|_Bool)$/.test(type.name);
		const statement = parentOf(outer);
		return { name: name.text, truth, ...(statement?.type === 'expression_statement' ? { statement } : {}) };
	},
	uses(name, statement) {
		const uses = usesOf(file, statement, name);
		const isDeclared = uses.declared.some((at) => at >= statement.startIndex && at < statement.endIndex);
		if (isDeclared) return { nodes: [], written: true };
		const [writer] = [...spansIn(uses.writers, statement)];
		const nodes = [...spansIn(uses.names, statement)].flatMap(({ start, node }) =>
			// What is read on the way to a new value is read before.
			writer && start >= writer.end ? [] : [node],
		);
		return { nodes, written: writer !== undefined };
	},
});

const isTruth = (type: Node | null): boolean => /^(?:bool|_Bool)$/.test(type?.text ?? '');

function constantOf(file: CFile, node: Node): number | string | undefined {
	if (node.endIndex - node.startIndex > LONGEST) return undefined;
	const scope = file.scopeAt(node);
	const e = withoutCasts(readExpression(node, scope));
	const values = evaluate(e, scope);
	if (values) return values.length === 1 && values[0] ? Number(BigInt.asIntN(32, values[0].wide)) : undefined;
	if (e.kind !== 'name' || scope.variable(e.name) || scope.constant(e.name)) return undefined;
	return namedResult(e.name.replace(/^::/, ''));
}

/** `(T)x`, `static_cast<T>(x)` and `T(x)`; of the last two first the list around the operand, then the call. */
function conversion(outer: Node, inner: Node): 'same' | 'truth' | undefined {
	if (outer.type === 'cast_expression') {
		if (field(outer, 'value')?.id !== inner.id) return undefined;
		const type = field(outer, 'type');
		return type?.text === 'void' ? undefined : conversionTo(type);
	}
	if (outer.type === 'argument_list') {
		const call = parentOf(outer);
		return call?.type === 'call_expression' && outer.namedChildCount === 1 && castOf(call) !== undefined
			? 'same'
			: undefined;
	}
	const isOperand = outer.type === 'call_expression' && field(outer, 'arguments')?.id === inner.id;
	const type = isOperand ? castOf(outer) : undefined;
	return type && conversionTo(type);
}

const conversionTo = (type: Node | null): 'same' | 'truth' => (isTruth(type) ? 'truth' : 'same');

/** The type that a call which is no call converts to. */
function castOf(call: Node): Node | undefined {
	const callee = field(call, 'function');
	if (callee?.type === 'primitive_type') return callee;
	if (callee?.type !== 'template_function' || field(callee, 'name')?.text !== 'static_cast') return undefined;
	return field(callee, 'arguments')?.namedChild(0) ?? undefined;
}
