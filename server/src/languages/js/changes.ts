/**
 * Whether an array or object still is what its literal says. What is written into it in a way that is not followed, or
 * what code out of sight was given, is no longer certain.
 */

import { field, within } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import type { Chunk } from './chunk.ts';
import { type Declaration, isPatternTarget } from './declarations.ts';
import { leavesAlone } from './libraries/index.ts';
import { isNode, wrapped } from './nodes.ts';
import { search } from './search.ts';
import { type Evaluator, NO_ELEMENT, topOf, type Value } from './values.ts';

/**
 * From least to most: nothing; members that are assigned by name; elements or members may have other values; there may
 * be more or fewer of them.
 */
const CHANGES = ['none', 'members', 'values', 'all'] as const;
export type Change = (typeof CHANGES)[number];

/** The most that any of several does. */
function most<T>(of: Iterable<T>, change: (one: T) => Change): Change {
	let result: Change = 'none';
	for (const each of of) {
		const one = change(each);
		if (CHANGES.indexOf(one) > CHANGES.indexOf(result)) result = one;
		if (result === 'all') break;
	}
	return result;
}

/** An array, object or structure type as a variable's uses leave it; `from` is the part that asks. */
export function settled(value: Value, declaration: Declaration, from: Chunk, ask: Evaluator): Value {
	if (value.kind === 'type' && value.type.kind === 'record')
		return changeOfVariable(declaration, from, ask) === 'all'
			? { ...value, type: { ...value.type, fields: [] } }
			: value;
	if ((value.kind !== 'list' && value.kind !== 'object') || isFrozen(declaration.value)) return value;
	return after(value, changeOfVariable(declaration, from, ask));
}

/** An array or object as the uses of the member that holds it leave it. */
export function settledMember(value: Value, property: string, from: Chunk, ask: Evaluator): Value {
	if (value.kind !== 'list' && value.kind !== 'object') return value;
	const change = ofAllParts(`change .${property}`, property, from, (chunk) => changeOfMember(property, chunk, ask));
	return after(value, change);
}

function after(value: Value & { kind: 'list' | 'object' }, change: Change): Value {
	if (change === 'none') return value;
	if (value.kind === 'object') return { ...value, changed: change === 'members' ? 'members' : 'all' };
	if (change === 'all') return { kind: 'list' };
	return change === 'values' && value.elements
		? { kind: 'list', elements: value.elements.map(() => NO_ELEMENT) }
		: value;
}

const FROZEN_END = /\bas\s{1,8}const\b[^)\]}]*$/;
/** So much of an initialiser's end is looked at. */
const END = 120;

function isFrozen(value: Node | undefined): boolean {
	if (!value) return false;
	const { text } = value;
	return text.startsWith('Object.freeze(') || FROZEN_END.test(text.slice(-END));
}

function ofAllParts(key: string, word: string, from: Chunk, ofPart: (chunk: Chunk) => Change): Change {
	const { file } = from;
	return file.shared(key, word, from, () => {
		const value = most(file.ofEach(word, ofPart), (change) => change);
		return { value, text: value };
	});
}

function changeOfMember(property: string, chunk: Chunk, ask: Evaluator): Change {
	return search.remembered(chunk.findings.changes, `.${property}`, 'none', () => {
		const places = chunk.occurrences(property);
		if (!places) return 'all';
		return most(places, (node) => {
			const holder = parentOf(node);
			return holder?.type === 'member_expression' && isNode(field(holder, 'property'), node)
				? changeAt(holder, chunk, ask)
				: 'none';
		});
	});
}

function changeOfVariable(declaration: Declaration, from: Chunk, ask: Evaluator): Change {
	const { name, chunk } = declaration;
	if (declaration.ofModule)
		return ofAllParts(`change ${name}`, name, from, (part) =>
			search.remembered(part.findings.changes, name, 'none', () => changeByUses(part, name, undefined, ask)),
		);
	return search.remembered(chunk.findings.changes, declaration, 'none', () =>
		changeByUses(chunk, name, declaration, ask),
	);
}

/** What the uses of a name in a part do; without a declaration those that stand for the file's own. */
function changeByUses(chunk: Chunk, name: string, declaration: Declaration | undefined, ask: Evaluator): Change {
	const uses = chunk.uses(name, declaration);
	return uses ? most(uses, (node) => changeAt(node, chunk, ask)) : 'all';
}

/** What one use does to the array or object that it names. */
function changeAt(use: Node, chunk: Chunk, ask: Evaluator): Change {
	const at = wrapped(use);
	const parent = parentOf(at);
	switch (parent?.type) {
		case 'member_expression':
			return isNode(field(parent, 'object'), at) ? throughMember(parent) : 'none';
		case 'subscript_expression':
			if (!isNode(field(parent, 'object'), at) || !isTarget(parent)) return 'none';
			return field(parent, 'index')?.type === 'string' ? 'members' : 'all';
		case 'arguments':
			return handedOn(parentOf(parent), at, chunk, ask);
		case 'variable_declarator': {
			const name = field(parent, 'name');
			const alias = name?.type === 'identifier' ? chunk.declaration(name.text, name) : undefined;
			return alias ? changeOfVariable(alias, chunk, ask) : 'none';
		}
		case 'assignment_expression':
			return isNode(field(parent, 'right'), at) && field(parent, 'left')?.type === 'identifier' ? 'all' : 'none';
		default:
			return 'none';
	}
}

function throughMember(access: Node): Change {
	const name = field(access, 'property')?.text ?? '';
	const outer = parentOf(access);
	const call = outer?.type === 'call_expression' ? outer : undefined;
	if (call && isNode(field(call, 'function'), access)) {
		// `defineProperty` adds a field to a structure type of ref-struct.
		if (/^(?:push|pop|shift|unshift|splice|defineProperty)$/.test(name)) return 'all';
		return /^(?:reverse|sort|fill|copyWithin)$/.test(name) ? 'values' : 'none';
	}
	if (!isTarget(access)) return 'none';
	return name === 'length' ? 'all' : 'members';
}

/** Something is assigned to the expression, or it is deleted. */
export function isTarget(node: Node): boolean {
	const parent = parentOf(node);
	switch (parent?.type) {
		case 'assignment_expression':
		case 'augmented_assignment_expression':
		case 'for_in_statement':
			return isNode(field(parent, 'left'), node);
		case 'update_expression':
			return true;
		case 'unary_expression':
			return field(parent, 'operator')?.text === 'delete';
		default:
			return isPatternTarget(node);
	}
}

function handedOn(call: Node | null, argument: Node, chunk: Chunk, ask: Evaluator): Change {
	if (!call) return 'none';
	const callee = field(call, 'function') ?? field(call, 'constructor');
	if (!callee || within(argument, callee)) return 'none';
	if (callee.type === 'member_expression' && /^(?:console|JSON)$/.test(field(callee, 'object')?.text ?? ''))
		return 'none';
	const env = topOf(chunk);
	const target = ask.evaluate(callee, env);
	switch (target.kind) {
		// The function writes its output there; ffi-rs copies the array of its arguments.
		case 'binding':
			return target.packed ? 'none' : 'values';
		case 'type':
		case 'mock':
			return 'none';
		case 'foreign': {
			const writes = /^Object\.(?:assign|defineProperty|defineProperties|setPrototypeOf)$/.test(target.path.join('.'));
			if (!leavesAlone(target.path[0] ?? '')) return 'all';
			return writes && isNode(field(call, 'arguments')?.namedChildren[0], argument) ? 'all' : 'none';
		}
		default: {
			const object = callee.type === 'member_expression' ? field(callee, 'object') : null;
			return object && ask.evaluate(object, env).kind === 'library' ? 'none' : 'all';
		}
	}
}
