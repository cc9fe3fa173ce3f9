/** How C and C++ write what becomes of the result of a call. */
import { field, named } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import type { CType } from '../../types/ctype.ts';
import { parseTypeName, resolveType } from '../../types/layout.ts';
import { scalarKind } from '../../types/scalars.ts';
import { type Failure, type Numbers, namedResult, type ResultLanguage } from '../result.ts';
import { evaluate } from './evaluate/numbers.ts';
import { isAuto, lookupFrom } from './evaluate/types.ts';
import { withoutCasts } from './expression.ts';
import type { CFile } from './file.ts';
import type { Scope } from './model.ts';
import { readExpression } from './read.ts';
import { spansIn, standsIn, usesOf } from './uses.ts';

/** Longer expressions are no constants. */
const LONGEST = 200;

export const resultsIn = (file: CFile): ResultLanguage => ({
	constant: (node) => constantOf(file, node),
	conversion: (outer, inner) => conversion(file, outer, inner),
	holder(outer, inner) {
		if (outer.type === 'init_declarator') {
			const name = field(outer, 'declarator');
			if (field(outer, 'value')?.id !== inner.id || name?.type !== 'identifier') return undefined;
			const statement = parentOf(outer);
			if (statement?.type !== 'declaration') return undefined;
			return { name: name.text, numbers: numbersOf(file, field(statement, 'type'), outer), statement };
		}
		if (outer.type !== 'assignment_expression' || field(outer, 'right')?.id !== inner.id) return undefined;
		const name = field(outer, 'left');
		if (name?.type !== 'identifier' || field(outer, 'operator')?.text !== '=') return undefined;
		const scope = file.scopeAt(outer);
		const type = scope.variable(name.text)?.type;
		const numbers = type ? numbersIn(type, scope) : 'unknown';
		const statement = parentOf(outer);
		return { name: name.text, numbers, ...(statement?.type === 'expression_statement' ? { statement } : {}) };
	},
	uses(name, statement) {
		const uses = usesOf(file, statement, name);
		if (standsIn(uses.declared, statement)) return { nodes: [], written: true };
		const { value: writer } = spansIn(uses.writers, statement).next();
		const nodes: Node[] = [];
		for (const place of spansIn(uses.names, statement)) {
			// What is read on the way to a new value is read before.
			if (writer && place.start >= writer.end) break;
			nodes.push(place.node);
		}
		return { nodes, written: writer !== undefined };
	},
	failure: (call, position) => failureIn(file, call, position),
});

// ---- own macros and functions that are given the result ----

/** Longer bodies do more than test what they are given. */
const LONGEST_BODY = 1000;
/** What a branch does that is taken for failure. */
const FAILS = /\b(?:WSA)?GetLastError\s*\(|\bthrow\b|\b(?:abort|_?exit|perror|terminate)\s*\(/;
const ASKS = /\b(?:WSA)?GetLastError\s*\(/;

/** All definitions of who is given an argument take the same for failure. */
function failureIn(file: CFile, call: Node, position: number): Failure | undefined {
	const callee = field(call, 'function');
	if (callee?.type !== 'identifier' || position < 0) return undefined;
	const name = callee.text;
	const macros = file.macroTexts(name).map(({ parameters, body }) => failureOf(body, parameters?.[position]));
	const all = macros.length > 0 ? macros : file.helper(name).map((node) => failureOfFunction(node, position));
	const [first] = all;
	return all.every((one) => one === first) ? first : undefined;
}

function failureOfFunction(definition: Node, position: number): Failure | undefined {
	const declarator = field(definition, 'declarator');
	const list = declarator && field(declarator, 'parameters');
	const parameter = list ? named(list).filter(({ type }) => type !== 'comment')[position] : undefined;
	const name = parameter && field(parameter, 'declarator');
	const body = field(definition, 'body');
	return name?.type === 'identifier' && body ? failureOf(body.text, name.text) : undefined;
}

/** The statement that a text begins with, as far as braces and semicolons tell. */
function statementOf(text: string): string {
	const code = text.trimStart();
	if (!code.startsWith('{')) return code.split(';', 1)[0] ?? '';
	let open = 0;
	for (let at = 0; at < code.length; at++) {
		if (code[at] === '{') open++;
		else if (code[at] === '}' && --open === 0) return code.slice(0, at);
	}
	return code;
}

/** What a body that begins with a test of its parameter takes for failure. */
function failureOf(body: string, parameter: string | undefined): Failure | undefined {
	if (parameter === undefined || !/^\w+$/.test(parameter) || body.length > LONGEST_BODY) return undefined;
	const code = body.replace(/\\\r?\n/g, ' ');
	// `BOOL ok = (x);`
	const [kept, holder] =
		new RegExp(`\\b(?:BOOL|bool|int|auto)\\s+(\\w+)\\s*=[\\s(]*${parameter}[\\s)]*;`).exec(code) ?? [];
	const name = holder ?? parameter;
	const rest = kept === undefined ? code : code.slice(code.indexOf(kept) + kept.length);
	const value = `\\(?\\s*${name}\\s*\\)?`;
	const no = '(?:0|FALSE|false)';
	const isFalse = new RegExp(
		`^[\\s({]*(?:do\\s*\\{\\s*)?(?:if\\s*\\(\\s*(?:!\\s*${value}|${value}\\s*==\\s*${no})\\s*\\)|${value}\\s*(?:\\|\\||\\?[^:]*:))`,
	);
	const isTrue = new RegExp(`^[\\s({]*(?:do\\s*\\{\\s*)?if\\s*\\(\\s*${value}\\s*(?:!=\\s*${no}\\s*)?\\)`);
	const branch = (test: RegExp): string | undefined => {
		const found = test.exec(rest);
		return found ? statementOf(rest.slice(found[0].length)) : undefined;
	};
	if (FAILS.test(branch(isFalse) ?? '')) return 'zero';
	return ASKS.test(branch(isTrue) ?? '') ? 'not-zero' : undefined;
}

function numbersOf(file: CFile, type: Node | null, at: Node): Numbers | 'same' {
	if (!type) return 'unknown';
	return type.type === 'placeholder_type_specifier' ? 'same' : numbersIn(parseTypeName(type.text), file.scopeAt(at));
}

function numbersIn(type: CType, scope: Scope): Numbers | 'same' {
	if (isAuto(type)) return 'same';
	const is = resolveType(type, lookupFrom(scope));
	const kind = is?.kind === 'scalar' ? scalarKind(is.name) : undefined;
	if (is?.kind === 'scalar' && /^(?:bool|_Bool)$/.test(is.name)) return 'truth';
	if (kind === 'signed' || kind === 'unsigned') return kind;
	return is?.kind === 'scalar' && is.name.endsWith('BOOL') ? 'signed' : 'unknown';
}

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
function conversion(file: CFile, outer: Node, inner: Node): Numbers | 'same' | undefined {
	if (outer.type === 'cast_expression') {
		if (field(outer, 'value')?.id !== inner.id) return undefined;
		const type = field(outer, 'type');
		return type?.text === 'void' ? undefined : numbersOf(file, type, outer);
	}
	if (outer.type === 'argument_list') {
		const call = parentOf(outer);
		return call?.type === 'call_expression' && outer.namedChildCount === 1 && castOf(call) !== undefined
			? 'same'
			: undefined;
	}
	const isOperand = outer.type === 'call_expression' && field(outer, 'arguments')?.id === inner.id;
	const type = isOperand ? castOf(outer) : undefined;
	return type && numbersOf(file, type, outer);
}

/** The type that a call which is no call converts to. */
function castOf(call: Node): Node | undefined {
	const callee = field(call, 'function');
	if (callee?.type === 'primitive_type') return callee;
	if (callee?.type !== 'template_function' || field(callee, 'name')?.text !== 'static_cast') return undefined;
	return field(callee, 'arguments')?.namedChild(0) ?? undefined;
}
