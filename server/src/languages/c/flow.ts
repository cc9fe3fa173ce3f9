/** Which definition of a variable reaches a use. */

import { field, named, within } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import { SCALARS } from '../../types/scalars.ts';
import type { Definition } from '../language.ts';
import {
	conditionalBranches,
	earlierInList,
	enclosingFunction,
	insideSizeof,
	JUMPS,
	jumps,
	LOOPS,
	PREPROCESSOR_BLOCKS,
	parenthesizedName,
	parentOf,
	remembered,
	wordIn,
} from './nodes.ts';
import type { CFile } from './read.ts';

/** Functions that a C++ file may hand a plain variable without fear that it is taken by reference. */
const BY_VALUE =
	/(?:WSA\w+|octlsocket|[gs]etsockopt|mem\w+|str\w+|\w*printf\w*|malloc|calloc|\w*Alloc\w*|send\w*|recv\w*|bind|connect|assert|ok)$/;

/**
 * Walks back from `use` to the declaration through the statements that must have run before it. The first that writes
 * the variable decides: a plain assignment is a definition, anything less clear (a branch, a loop, its address taken)
 * makes the value unknown.
 * @param declaration undefined for a parameter.
 */
export function reachingDefinitions(
	file: CFile,
	name: string,
	declaration: Node | undefined,
	use: Node,
	owner: Node,
	initial?: readonly Definition[],
): readonly Definition[] | undefined {
	if (enclosingFunction(use)?.id !== owner.id) return undefined;
	const body = field(owner, 'body');
	if (!body) return undefined;
	if (jumps(body) && writes(file, body, name)) return undefined;
	// Assembler is not followed.
	if (remembered(body, 'assembler', () => /\b_{0,2}asm(?:__)?\b/.test(body.text))) return undefined;
	let forced: Node | undefined;
	for (
		let inner: Node = use, outer = parentOf(inner);
		outer && outer.id !== owner.id;
		inner = outer, outer = parentOf(outer)
	) {
		if (LOOPS.has(outer.type)) {
			const declaredHere = declaration && within(declaration, outer);
			if (!declaredHere && writes(file, outer, name)) return undefined;
			if (
				declaredHere &&
				outer.type === 'for_statement' &&
				within(declaration, outer) &&
				field(outer, 'initializer')?.id === declaration.id
			) {
				return writes(file, outer, name, declaration) ? undefined : initial;
			}
		}
		if (outer.type === 'if_statement') {
			const condition = field(outer, 'condition');
			if (condition && writes(file, condition, name)) return undefined;
			if (field(outer, 'consequence')?.id === inner.id) {
				const value = condition && equality(condition, name);
				if (value) return [definition(file, value, outer)];
			}
		}
		if (outer.type === 'switch_statement' && forced) {
			const condition = field(outer, 'condition');
			if (condition && parenthesizedName(condition) === name) return [definition(file, forced, outer)];
		}
		if (outer.type === 'case_statement') {
			const value = field(outer, 'value');
			forced = value && value.id !== inner.id ? value : undefined;
		}
		if (
			outer.type === 'expression_statement' ||
			outer.type === 'init_declarator' ||
			outer.type === 'return_statement'
		) {
			if (assigns(outer, name)) return undefined;
		}
		const inList =
			outer.type === 'compound_statement' || outer.type === 'case_statement' || PREPROCESSOR_BLOCKS.has(outer.type);
		if (!inList) continue;
		for (const statement of earlierInList(outer, inner).reverse()) {
			if (declaration && (statement.id === declaration.id || within(declaration, statement))) {
				if (statement.id !== declaration.id && writes(file, statement, name, declaration)) return undefined;
				return initial;
			}
			if (inner.type === 'case_statement' && statement.type === 'case_statement') {
				const last = named(statement).at(-1);
				const leaves =
					last &&
					(JUMPS.has(last.type) || (last.type === 'compound_statement' && JUMPS.has(named(last).at(-1)?.type ?? '')));
				if (leaves) continue;
				// Falls through into this case, so the label no longer fixes the selector.
				forced = undefined;
			}
			if (!writes(file, statement, name)) continue;
			return definitionsIn(file, statement, name);
		}
	}
	return undefined;
}

/** A value, with names as they are seen from a node. */
export function definition(file: CFile, value: Node, from: Node): Definition {
	const scope = file.scopeAt(from);
	return { expr: file.expr(value, scope), scope };
}

/** What a statement that writes the variable sets it to: `n = A;`, or one value for each branch of an `if` or `#if`. */
function definitionsIn(file: CFile, statement: Node, name: string): readonly Definition[] | undefined {
	const assigned = plainAssignment(statement, name);
	if (assigned) return [definition(file, assigned, statement)];
	const branches = statement.type === 'if_statement' ? ifBranches(statement) : conditionalBranches(statement);
	const definitions: Definition[] = [];
	for (const branch of branches ?? []) {
		const writing = branch.filter((n) => writes(file, n, name));
		const values = writing.length === 1 ? definitionsIn(file, writing[0]!, name) : undefined;
		if (!values) return undefined;
		definitions.push(...values);
	}
	return definitions.length > 0 ? definitions : undefined;
}

/** The statements of both branches; undefined where there is but one. */
function ifBranches(statement: Node): Node[][] | undefined {
	const alternative = field(statement, 'alternative');
	const otherwise = alternative?.type === 'else_clause' ? (named(alternative)[0] ?? null) : alternative;
	const branches = [field(statement, 'consequence'), otherwise];
	return branches.every((b) => b !== null)
		? branches.map((b) => (b.type === 'compound_statement' ? named(b) : [b]))
		: undefined;
}

/** The right-hand side when the statement is `name = …;`. */
export function plainAssignment(statement: Node, name: string): Node | undefined {
	if (statement.type !== 'expression_statement') return undefined;
	const e = named(statement)[0];
	if (e?.type !== 'assignment_expression' || field(e, 'left')?.text !== name) return undefined;
	if (field(e, 'operator') && field(e, 'operator')!.text !== '=') return undefined;
	const right = field(e, 'right');
	return right && !wordIn(right.text, name) ? right : undefined;
}

/** The other side of `name == X`, also as a part of a conjunction. */
function equality(condition: Node, name: string): Node | undefined {
	let inner = condition;
	while ((inner.type === 'parenthesized_expression' || inner.type === 'condition_clause') && named(inner).length === 1)
		inner = named(inner)[0]!;
	if (inner.type !== 'binary_expression') return undefined;
	const op = field(inner, 'operator')?.text;
	const left = field(inner, 'left');
	const right = field(inner, 'right');
	if (!left || !right) return undefined;
	if (op === '&&') return equality(left, name) ?? equality(right, name);
	if (op !== '==') return undefined;
	if (left.text === name) return right;
	return right.text === name ? left : undefined;
}

/** Macros that nobody writes for the sake of changing what they are given. */
const ONLY_READS = /ASSERT|CHECK|DBG|DEBUG|ERR|HTON|LOG|NTOH|PRINT|TRACE|UNREFERENCED|UNUSED|VERIFY|^M(?:AX|IN)$/;

/** Does a macro change the argument that it is given at a position? One that is defined elsewhere may. */
function macroWrites(file: CFile, callee: string, position: number): boolean {
	const known = file.macroTexts(callee).filter((m) => m.parameters);
	if (known.length > 0) return known.some((m) => m.parameters![position] && mayWrite(m.body, m.parameters![position]));
	return /^[A-Z][A-Z0-9_]*$/.test(callee) && !ONLY_READS.test(callee);
}

/** Does anything below write the variable, take its address or (in C++) possibly bind a reference to it? */
export function writes(file: CFile, node: Node, name: string, except?: Node): boolean {
	const writers = remembered(node, `writes ${name}`, () => writersIn(file, node, name));
	return except ? writers.some((writer) => !within(writer, except)) : writers.length > 0;
}

/** Where below a node that happens; the node itself where a macro's body does it. */
function writersIn(file: CFile, node: Node, name: string): readonly Node[] {
	if (file.macrosWriting(name).some((macro) => wordIn(node.text, macro))) return [node];
	if (!wordIn(node.text, name)) return [];
	const kinds = [
		'assignment_expression',
		'update_expression',
		'pointer_expression',
		'binary_expression',
		'call_expression',
	];
	if (file.cpp)
		kinds.push(
			'reference_declarator',
			'lambda_capture_specifier',
			'argument_list',
			'initializer_list',
			'parameter_list',
		);
	return node.descendantsOfType(kinds).filter((e): e is Node => e !== null && isWriter(file, e, name));
}

function isWriter(file: CFile, e: Node, name: string): boolean {
	switch (e.type) {
		case 'assignment_expression':
			if (rootName(field(e, 'left')) === name) return true;
			break;
		case 'update_expression':
			if (rootName(field(e, 'argument')) === name) return true;
			break;
		case 'pointer_expression':
			if (field(e, 'operator')?.text === '&' && rootName(field(e, 'argument')) === name && !insideSizeof(e))
				return true;
			break;
		case 'binary_expression': {
			const op = field(e, 'operator')?.text;
			const left = field(e, 'left');
			// `(char *) &n` and `(T) &n` both parse as a bitwise and; `in >> n` writes.
			if (op === '&' && left && parenthesizedName(left) !== undefined && field(e, 'right')?.text === name) return true;
			if (file.cpp && op === '>>' && field(e, 'right')?.text === name) return true;
			break;
		}
		case 'call_expression': {
			const called = field(e, 'function');
			const castTo = called && parenthesizedName(called);
			// `(DWORD)(n)`.
			if (castTo && file.isTypeName(castTo, file.fileScope)) break;
			const callee = called?.text ?? '';
			const list = field(e, 'arguments');
			const given = (list ? named(list) : []).flatMap((a, i) => (a.type === 'identifier' && a.text === name ? i : []));
			if (given.some((i) => (file.cpp && !BY_VALUE.test(callee)) || macroWrites(file, callee, i))) return true;
			break;
		}
		case 'lambda_capture_specifier':
			if (/&/.test(e.text)) return true;
			break;
		case 'argument_list':
		case 'initializer_list':
		case 'parameter_list':
			// `Holder{n}`, `Holder h(n, 1);`: a constructor may keep a reference. `Holder h(n);` reads as a prototype.
			if (named(e).some((a) => /identifier|parameter/.test(a.type) && a.text === name) && constructs(e)) return true;
			break;
		default: {
			// `auto &r = n;`
			const declarator = e.parent;
			if (declarator?.type === 'init_declarator' && field(declarator, 'value')?.text === name) return true;
		}
	}
	return false;
}

/** Arguments of a constructor: what a number is made of is only read. */
function constructs(list: Node): boolean {
	let outer = list.parent;
	if (outer?.type === 'call_expression') return false;
	if (outer?.type === 'init_declarator' || outer?.type === 'function_declarator') outer = outer.parent;
	const type = outer && field(outer, 'type');
	return !type || !(Object.hasOwn(SCALARS, type.text) || type.type === 'sized_type_specifier');
}

/** A text that assigns a name, counts it up or down, or takes its address. */
export function mayWrite(text: string, name: string): boolean {
	if (!wordIn(text, name)) return false;
	const target = String.raw`\(?\s*\b${name}\b\s*\)?`;
	const set = String.raw`${target}\s*(?:(?:[-+*/%&|^]|<<|>>)?=(?!=)|\+\+|--)`;
	const before = String.raw`(?:\+\+|--|(?<!&)&)\s*${target}`;
	return new RegExp(`${set}|${before}`).test(text);
}

/** An assignment within the statement of the use itself: its order against the use is not followed. */
export function assigns(statement: Node, name: string): boolean {
	if (!wordIn(statement.text, name)) return false;
	return statement
		.descendantsOfType(['assignment_expression', 'update_expression'])
		.some((e) => e && rootName(field(e, e.type === 'assignment_expression' ? 'left' : 'argument')) === name);
}

/** `x` of `x`, `(x)`, `x.a`, `x[i]`; undefined through a pointer. */
export function rootName(node: Node | null): string | undefined {
	let inner = node;
	while (inner) {
		if (inner.type === 'identifier') return inner.text;
		if (inner.type === 'parenthesized_expression') inner = named(inner)[0] ?? null;
		else if (inner.type === 'cast_expression') inner = field(inner, 'value');
		else return undefined;
	}
	return undefined;
}
