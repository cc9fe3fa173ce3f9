/**
 * Whether an array or object still is what its literal says. What is written into it in a way that is not followed, or
 * what code out of sight was given, is no longer certain.
 */

import { field, within } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import { evaluate, topOf } from './evaluate.ts';
import { type Declaration, isPatternTarget, type JsFile } from './source.ts';
import type { Value } from './values.ts';

/**
 * From least to most: nothing; members that are assigned by name; elements or members may have other values; there may
 * be more or fewer of them.
 */
const CHANGES = ['none', 'members', 'values', 'all'] as const;
type Change = (typeof CHANGES)[number];

/** The most that any of several places does; places that are not known may do anything. */
function most(places: readonly Node[] | undefined, change: (place: Node) => Change): Change {
	if (!places) return 'all';
	let result: Change = 'none';
	for (const place of places) {
		const one = change(place);
		if (CHANGES.indexOf(one) > CHANGES.indexOf(result)) result = one;
		if (result === 'all') break;
	}
	return result;
}

const ofVariables = new WeakMap<Declaration, Change>();
const ofMembers = new WeakMap<JsFile, Map<string, Change>>();

/** An array, object or structure type as a variable's uses leave it. */
export function settled(value: Value, declaration: Declaration, file: JsFile): Value {
	if (value.kind === 'type' && value.type.kind === 'record')
		return changeOfVariable(declaration, file) === 'all' ? { ...value, type: { ...value.type, fields: [] } } : value;
	if ((value.kind !== 'list' && value.kind !== 'object') || isFrozen(declaration.value)) return value;
	return after(value, changeOfVariable(declaration, file));
}

/** An array or object as the uses of the member that holds it leave it. */
export function settledMember(value: Value, property: string, file: JsFile): Value {
	if (value.kind !== 'list' && value.kind !== 'object') return value;
	const known = ofMembers.get(file) ?? new Map<string, Change>();
	ofMembers.set(file, known);
	let change = known.get(property);
	if (!change) {
		known.set(property, 'none');
		change = most(file.occurrences(property), (node) => {
			const holder = node.parent;
			return holder?.type === 'member_expression' && field(holder, 'property')?.id === node.id
				? changeAt(holder, file)
				: 'none';
		});
		known.set(property, change);
	}
	return after(value, change);
}

function after(value: Value & { kind: 'list' | 'object' }, change: Change): Value {
	if (change === 'none') return value;
	if (value.kind === 'object') return { ...value, changed: change === 'members' ? 'members' : 'all' };
	if (change === 'all') return { kind: 'list' };
	return change === 'values' && value.elements ? { kind: 'list', elements: value.elements.map(() => ({})) } : value;
}

const isFrozen = (value: Node | undefined): boolean =>
	value !== undefined && /^Object\.freeze\(|\bas\s+const\b[^)\]}]*$/.test(value.text);

function changeOfVariable(declaration: Declaration, file: JsFile): Change {
	let change = ofVariables.get(declaration);
	if (!change) {
		ofVariables.set(declaration, 'none');
		const { name, from, to } = declaration;
		change = most(file.occurrences(name, from, to), (node) =>
			/^(?:shorthand_property_)?identifier$/.test(node.type) &&
			node.id !== declaration.node.id &&
			file.declaration(name, node) === declaration
				? changeAt(node, file)
				: 'none',
		);
		ofVariables.set(declaration, change);
	}
	return change;
}

const WRAPPERS = /^(?:parenthesized|as|satisfies|non_null|await)_expression$/;

/** What one use does to the array or object that it names. */
function changeAt(use: Node, file: JsFile): Change {
	let at = use;
	while (at.parent && WRAPPERS.test(at.parent.type)) at = at.parent;
	const parent = at.parent;
	switch (parent?.type) {
		case 'member_expression':
			return field(parent, 'object')?.id === at.id ? throughMember(parent) : 'none';
		case 'subscript_expression':
			if (field(parent, 'object')?.id !== at.id || !isTarget(parent)) return 'none';
			return field(parent, 'index')?.type === 'string' ? 'members' : 'all';
		case 'arguments':
			return parent.parent ? handedOn(parent.parent, at, file) : 'none';
		case 'variable_declarator': {
			const name = field(parent, 'name');
			const alias = name?.type === 'identifier' ? file.declaration(name.text, name) : undefined;
			return alias ? changeOfVariable(alias, file) : 'none';
		}
		case 'assignment_expression':
			return field(parent, 'right')?.id === at.id && field(parent, 'left')?.type === 'identifier' ? 'all' : 'none';
		default:
			return 'none';
	}
}

function throughMember(access: Node): Change {
	const name = field(access, 'property')?.text ?? '';
	const call = access.parent?.type === 'call_expression' ? access.parent : undefined;
	if (call && field(call, 'function')?.id === access.id) {
		// `defineProperty` adds a field to a structure type of ref-struct.
		if (/^(?:push|pop|shift|unshift|splice|defineProperty)$/.test(name)) return 'all';
		return /^(?:reverse|sort|fill|copyWithin)$/.test(name) ? 'values' : 'none';
	}
	if (!isTarget(access)) return 'none';
	return name === 'length' ? 'all' : 'members';
}

/** Something is assigned to the expression, or it is deleted. */
function isTarget(node: Node): boolean {
	const parent = node.parent;
	switch (parent?.type) {
		case 'assignment_expression':
		case 'augmented_assignment_expression':
		case 'for_in_statement':
			return field(parent, 'left')?.id === node.id;
		case 'update_expression':
			return true;
		case 'unary_expression':
			return field(parent, 'operator')?.text === 'delete';
		default:
			return isPatternTarget(node);
	}
}

/** Packages and globals whose functions leave what they are given as it is. */
const READERS =
	/^(?:koffi|ffi-napi|ffi-rs|ref|ref-(?:struct|array)(?:-di)?|Deno|bun:ffi|node:ffi|util|Buffer|DataView|Array|ArrayBuffer|SharedArrayBuffer|\w+Array|Object|Math|String|Number|Promise)$/;

function handedOn(call: Node, argument: Node, file: JsFile): Change {
	const callee = field(call, 'function') ?? field(call, 'constructor');
	if (!callee || within(argument, callee)) return 'none';
	if (/^(?:console|JSON)\./.test(callee.text)) return 'none';
	const env = topOf(file);
	const target = evaluate(callee, env);
	switch (target.kind) {
		// The function writes its output there; ffi-rs copies the array of its arguments.
		case 'binding':
			return target.packed ? 'none' : 'values';
		case 'type':
		case 'mock':
			return 'none';
		case 'foreign': {
			const writes = /^Object\.(?:assign|defineProperty|defineProperties|setPrototypeOf)$/.test(target.path.join('.'));
			if (!READERS.test(target.path[0]!)) return 'all';
			return writes && field(call, 'arguments')?.namedChildren[0]?.id === argument.id ? 'all' : 'none';
		}
		default: {
			const object = callee.type === 'member_expression' ? field(callee, 'object') : null;
			return object && evaluate(object, env).kind === 'library' ? 'none' : 'all';
		}
	}
}
