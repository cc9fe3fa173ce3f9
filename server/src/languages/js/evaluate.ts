/**
 * What an expression is, as far as it is in sight: numbers, buffers, loaded libraries and the functions bound from
 * them. Follows constants, variables that are set once, objects, classes, calls of small functions and imports.
 * Whatever is not certain is unknown.
 */

import { field, named, within } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import { countWhile } from '../../syntax/search.ts';
import type { Node } from '../../syntax/trees.ts';
import { entryOf } from '../../types/own.ts';
import { settled, settledMember } from './changes.ts';
import { type Chunk, parametersOf } from './chunk.ts';
import type { Assignment, Declaration } from './declarations.ts';
import { isOther } from './libraries/bound.ts';
import { constructed, foreignCall, foreignMember, isGlobal, memberOfValue, modulePath } from './libraries/index.ts';
import {
	CLASSES,
	enclosing,
	FUNCTIONS,
	functionAround,
	isNode,
	LOOPS,
	lastWord,
	propertyName,
	stringText,
	superclass,
	unwrapped,
} from './nodes.ts';
import { DEEPEST, search } from './search.ts';
import type { JsFile } from './source.ts';
import {
	type Arguments,
	BINARY,
	COMPARISONS,
	calculate,
	ELEMENT_BYTES,
	type Element,
	type Env,
	type Evaluator,
	either,
	LONGEST,
	NO_ELEMENT,
	NULL_VALUE,
	number,
	numericLiteral,
	topOf,
	UNKNOWN_VALUE,
	type Value,
} from './values.ts';

const ENUMERATIONS: ReadonlySet<string> = new Set(['enum_declaration']);

/** What an expression is; unknown where it cannot be told in so many steps. */
export function evaluate(node: Node, env: Env, depth = 0): Value {
	const isPlain = env.given.size === 0;
	const { known } = env.chunk.findings;
	const before = isPlain ? known.get(node.id) : undefined;
	if (before) return search.reaches(depth + before.height) ? before.value : UNKNOWN_VALUE;
	const passing = isPlain ? search.passing<number, Value>(known) : undefined;
	const underWay = passing?.get(node.id);
	if (underWay) {
		search.isCut = true;
		return underWay;
	}
	if (!search.step(depth, env.chunk.file)) return UNKNOWN_VALUE;
	// A definition that leads back to itself is unknown.
	passing?.set(node.id, UNKNOWN_VALUE);
	const { answer, height } = search.within(depth, () => compute(unwrapped(node), env, depth + 1));
	if (height === undefined) passing?.set(node.id, answer);
	else if (passing) {
		passing.delete(node.id);
		known.set(node.id, { value: answer, height });
	}
	return answer;
}

type Compute = (node: Node, env: Env, depth: number) => Value;

const ofField = (node: Node, name: string, env: Env, depth: number): Value => {
	const inner = field(node, name);
	return inner ? evaluate(inner, env, depth) : UNKNOWN_VALUE;
};
const ofName: Compute = (node, env, depth) => nameValue(node.text, node, env, depth);
const ofClass: Compute = (node, env) => ({ kind: 'class', node, env });

/** By the kind of the node. */
const COMPUTE: Readonly<Record<string, Compute>> = {
	number: (node) => {
		const value = numericLiteral(node.text);
		return value === undefined ? UNKNOWN_VALUE : number(value);
	},
	string: (node) => {
		const text = stringText(node);
		return text === undefined ? UNKNOWN_VALUE : { kind: 'text', text };
	},
	template_string: template,
	true: () => ({ kind: 'boolean', value: true }),
	false: () => ({ kind: 'boolean', value: false }),
	null: () => NULL_VALUE,
	undefined: () => NULL_VALUE,
	identifier: ofName,
	shorthand_property_identifier: ofName,
	this: thisValue,
	member_expression: (node, env, depth) => {
		const object = field(node, 'object');
		const property = field(node, 'property');
		if (!object || !property) return UNKNOWN_VALUE;
		const value = evaluate(object, env, depth);
		// `?.` of nothing is nothing.
		if (value.kind === 'null' && field(node, 'optional_chain')) return NULL_VALUE;
		return member(value, property.text, depth);
	},
	subscript_expression: subscript,
	unary_expression: (node, env, depth) =>
		unary(field(node, 'operator')?.text ?? '', ofField(node, 'argument', env, depth)),
	binary_expression: (node, env, depth) =>
		binary(field(node, 'operator')?.text ?? '', ofField(node, 'left', env, depth), () =>
			ofField(node, 'right', env, depth),
		),
	ternary_expression: (node, env, depth) => {
		const test = isTruthy(ofField(node, 'condition', env, depth));
		if (test !== undefined) return ofField(node, test ? 'consequence' : 'alternative', env, depth);
		return eitherUsable([ofField(node, 'consequence', env, depth), ofField(node, 'alternative', env, depth)], env);
	},
	assignment_expression: assigned,
	augmented_assignment_expression: assigned,
	sequence_expression: (node, env, depth) => {
		const last = named(node).at(-1);
		return last ? evaluate(last, env, depth) : UNKNOWN_VALUE;
	},
	array: list,
	object: (node, env) => ({ kind: 'object', node, env }),
	class: ofClass,
	class_declaration: ofClass,
	abstract_class_declaration: ofClass,
	enum_declaration: (node, env) => ({ kind: 'enum', node, env }),
	internal_module: (node, env) => ({ kind: 'namespace', node, env }),
	call_expression: call,
	new_expression: (node, env, depth) => {
		const maker = field(node, 'constructor');
		if (!maker) return UNKNOWN_VALUE;
		const value = evaluate(maker, env, depth);
		// An object of a class has what the class has, as far as members are concerned.
		if (value.kind === 'class') return value;
		return constructed(value, argumentValues(node, env, depth), { node, env, depth, ask: evaluator });
	},
};

function compute(node: Node, env: Env, depth: number): Value {
	if (FUNCTIONS.has(node.type)) return { kind: 'function', node, env };
	return entryOf(COMPUTE, node.type)?.(node, env, depth) ?? UNKNOWN_VALUE;
}

/** Of two ways to get a library or a function, the one that gives Winsock's; else all of them. */
function eitherUsable(values: readonly Value[], env: Env): Value {
	const isElse = (v: Value) =>
		v.kind === 'null' || v.kind === 'boolean' || (v.kind === 'library' && isOther(v.dlls, env));
	const [usable, ...more] = values.filter((v) => !isElse(v));
	if (more.length === 0 && (usable?.kind === 'library' || usable?.kind === 'binding')) return usable;
	return either(values);
}

function template(node: Node, env: Env, depth: number): Value {
	let text = '';
	for (const part of named(node)) {
		if (part.type !== 'template_substitution') {
			text += part.type === 'escape_sequence' ? '\n' : part.text;
			continue;
		}
		const inner = named(part)[0];
		const value = inner ? evaluate(inner, env, depth) : UNKNOWN_VALUE;
		if (value.kind === 'text') text += value.text;
		else if (value.kind === 'numbers' && value.values.length === 1) text += String(value.values[0]?.x64);
		else return UNKNOWN_VALUE;
		if (text.length > LONGEST) return UNKNOWN_VALUE;
	}
	return { kind: 'text', text };
}

function subscript(node: Node, env: Env, depth: number): Value {
	const object = field(node, 'object');
	const index = field(node, 'index');
	if (!object || !index) return UNKNOWN_VALUE;
	const key = evaluate(index, env, depth);
	if (key.kind === 'text') return member(evaluate(object, env, depth), key.text, depth);
	const list = evaluate(object, env, depth);
	if (list.kind !== 'list' || key.kind !== 'numbers' || key.values.length !== 1) return UNKNOWN_VALUE;
	return elementOf(list, Number(key.values[0]?.x64), depth);
}

function assigned(node: Node, env: Env, depth: number): Value {
	const operator = field(node, 'operator')?.text ?? '=';
	return /^(?:=|\?\?=|\|\|=)$/.test(operator) ? ofField(node, 'right', env, depth) : UNKNOWN_VALUE;
}

/** What a condition makes of a value, where it is the same in every run. */
function isTruthy(value: Value): boolean | undefined {
	switch (value.kind) {
		case 'boolean':
			return value.value;
		case 'null':
			return false;
		case 'numbers': {
			const [only, ...others] = value.values;
			const isSame = only !== undefined && others.length === 0 && Boolean(only.x86) === Boolean(only.x64);
			return isSame ? Boolean(only.x64) : undefined;
		}
		// What only a type tells may be missing in spite of it.
		case 'bytes':
			return value.bytes ? true : undefined;
		default:
			return undefined;
	}
}

function unary(operator: string, operand: Value): Value {
	switch (operator) {
		case '-':
			return calculate([operand], (v: number) => -v);
		case '+':
			return calculate([operand], (v: number) => +v);
		case '~':
			return calculate([operand], (v: number) => ~v);
		case '!': {
			const value = isTruthy(operand);
			return value === undefined ? UNKNOWN_VALUE : { kind: 'boolean', value: !value };
		}
		case 'void':
			return NULL_VALUE;
		default:
			return UNKNOWN_VALUE;
	}
}

function binary(operator: string, left: Value, right: () => Value): Value {
	const operation = entryOf(BINARY, operator);
	if (operation) return combined(operator, operation, left, right());
	const comparison = entryOf(COMPARISONS, operator);
	if (comparison) return compared(comparison as (a: unknown, b: unknown) => boolean, left, right());
	switch (operator) {
		case '??':
			if (left.kind === 'null') return right();
			return left.kind === 'unknown' ? onlyBound(right()) : left;
		case '||':
			if (left.kind === 'null' || (left.kind === 'boolean' && !left.value)) return right();
			if (left.kind === 'unknown') return onlyBound(right());
			return left.kind === 'numbers' ? UNKNOWN_VALUE : left;
		case '&&':
			return left.kind === 'unknown' || left.kind === 'boolean' ? onlyBound(right()) : UNKNOWN_VALUE;
		default:
			return UNKNOWN_VALUE;
	}
}

function combined(operator: string, operation: (a: number, b: number) => unknown, left: Value, right: Value): Value {
	if (operator !== '+' || left.kind !== 'text' || right.kind !== 'text') return calculate([left, right], operation);
	const isLong = left.text.length + right.text.length > LONGEST;
	return isLong ? UNKNOWN_VALUE : { kind: 'text', text: left.text + right.text };
}

function compared(holds: (a: unknown, b: unknown) => boolean, left: Value, right: Value): Value {
	if (left.kind !== 'numbers' || right.kind !== 'numbers') return UNKNOWN_VALUE;
	const [a, ...moreLeft] = left.values;
	const [b, ...moreRight] = right.values;
	if (!a || !b || moreLeft.length > 0 || moreRight.length > 0) return UNKNOWN_VALUE;
	const wide = holds(a.x64, b.x64);
	return holds(a.x86, b.x86) === wide ? { kind: 'boolean', value: wide } : UNKNOWN_VALUE;
}

/** What stays certain although it may not have been chosen: using it at all shows that it was. */
const onlyBound = (value: Value): Value =>
	value.kind === 'library' || value.kind === 'binding' ? value : UNKNOWN_VALUE;

// ---- names ----

function nameValue(text: string, at: Node, env: Env, depth: number): Value {
	const declaration = env.chunk.declaration(text, at);
	if (!declaration) {
		// A member of an enumeration may name an earlier one without the enumeration's name.
		const owner = enclosing(at, ENUMERATIONS);
		if (owner) return enumMember({ kind: 'enum', node: owner, env }, text, depth + 1);
		return isGlobal(text) ? { kind: 'foreign', path: [text] } : UNKNOWN_VALUE;
	}
	const value = declared(declaration, at, env, depth);
	return value.kind === 'bytes' && value.spelling === undefined ? { ...value, spelling: text } : value;
}

/** The surroundings of a declaration: those of its use, in its own part. */
const envOf = (d: Declaration, env: Env): Env => (d.chunk === env.chunk ? env : topOf(d.chunk));

function declared(d: Declaration, at: Node, env: Env, depth: number): Value {
	const own = envOf(d, env);
	if (d.imported) return imported(d.imported.from, d.imported.name, d.chunk.file, depth);
	if (d.kind === 'parameter') return env.given.get(d.node.id) ?? annotated(d);
	if (d.kind === 'other' || !d.path) return UNKNOWN_VALUE;
	if (d.kind === 'function') return d.value ? { kind: 'function', node: d.value, env: own } : UNKNOWN_VALUE;
	if (d.kind === 'class' || d.kind === 'enum' || d.kind === 'namespace')
		return d.value ? evaluate(d.value, own, depth) : UNKNOWN_VALUE;
	return settled(held(d, at, env, depth), d, env.chunk, evaluator);
}

/** What a variable was set to. */
function held(d: Declaration, at: Node, env: Env, depth: number): Value {
	const own = envOf(d, env);
	// A `declare`d name, or one that is set elsewhere, has no value in sight.
	const initial = (): Value => (d.value ? taken(evaluate(d.value, own, depth), d.path ?? [], depth) : annotated(d));
	if (d.kind === 'const') return initial();
	const assignments = env.chunk.assignments(d);
	if (assignments.length === 0) return initial();
	const assignedValue = (a: Assignment): Value =>
		a.value ? evaluate(a.value, a.chunk === env.chunk ? env : topOf(a.chunk), depth) : UNKNOWN_VALUE;
	// What reaches the use in a straight line, else the one thing that it is ever set to.
	const last = lastBefore(d, at, env.chunk, assignments);
	if (last === 'initial') return initial();
	if (last) return last.value ? assignedValue(last) : annotated(d);
	const one = onlyValue(d.value ? initial : undefined, assignments, assignedValue);
	// These are of no use before they are set, so that whoever uses one sees it set.
	if (one && /^(?:library|binding|type|foreign|object|class|unit|socket)$/.test(one.kind)) return one;
	return annotated(d);
}

/** The one thing besides null that a variable is ever set to. */
function onlyValue(
	initial: (() => Value) | undefined,
	assignments: readonly Assignment[],
	valueOfOne: (a: Assignment) => Value,
): Value | undefined {
	let only: Value | undefined;
	for (const ask of [...(initial ? [initial] : []), ...assignments.map((a) => () => valueOfOne(a))]) {
		const value = ask();
		if (value.kind === 'null') continue;
		if (only) return undefined;
		only = value;
	}
	return only;
}

/** More assignments to a variable of which some stand in loops or in other functions are not put in order. */
const MOST_APART = 64;
/** More assignments to members of one name, as only machines write them, are not told apart. */
const MOST_ASSIGNED = 100;

/** Where an assignment stands, as far as its order against others goes. */
interface Placed {
	readonly assignment: Assignment;
	/** The function around it; 0 for the module. */
	readonly owner: number;
	readonly start: number;
	readonly end: number;
	readonly loop: Node | undefined;
	/** The list of statements that it stands in as a statement of its own. */
	readonly block: Node | undefined;
}

const placed = new WeakMap<Assignment, Placed>();

function placeOf(assignment: Assignment): Placed {
	const known = placed.get(assignment);
	if (known) return known;
	const { node } = assignment;
	const statement = parentOf(node);
	const place = {
		assignment,
		owner: functionAround(node),
		start: node.startIndex,
		end: node.endIndex,
		loop: LOOPS.has(node.type) ? node : enclosing(node, LOOPS),
		block: (statement?.type === 'expression_statement' ? parentOf(statement) : undefined) ?? undefined,
	};
	placed.set(assignment, place);
	return place;
}

/** Assignments that stand one behind the other in one function, or in the module, in no loop: only those about a use decide there. */
interface Row {
	/** Where the function stands; undefined for the module. */
	readonly chunk: Chunk | undefined;
	readonly owner: number;
	/** The last one that ends before a node of a part, and the one behind it. */
	around(at: Node, chunk: Chunk): readonly Assignment[];
}

const rows = new WeakMap<readonly Assignment[], { readonly row: Row | undefined }>();

function rowOf(assignments: readonly Assignment[]): Row | undefined {
	let known = rows.get(assignments);
	if (!known) {
		known = { row: madeRow(assignments) };
		rows.set(assignments, known);
	}
	return known.row;
}

/** Those of some assignments that decide what a use in a function sees. */
function deciding(assignments: readonly Assignment[], at: Node, chunk: Chunk, user: number): readonly Assignment[] {
	const row = rowOf(assignments);
	return row?.owner === user && (row.chunk ?? chunk) === chunk ? row.around(at, chunk) : assignments;
}

function madeRow(assignments: readonly Assignment[]): Row | undefined {
	const [first] = assignments;
	if (!first) return undefined;
	const { owner } = placeOf(first);
	const places = assignments.map(placeOf);
	const isRow = places.every((place, i) => {
		const { chunk } = place.assignment;
		const before = places[i - 1];
		const isBehind = before?.assignment.chunk === chunk ? place.start >= before.end : isInFront(before, chunk);
		return place.owner === owner && !place.loop && isBehind && (owner === 0 || chunk === first.chunk);
	});
	if (!isRow) return undefined;
	return {
		chunk: owner === 0 ? undefined : first.chunk,
		owner,
		around(at, chunk) {
			const before = countWhile(places.length, (i) => {
				const place = places[i] as Placed;
				return place.assignment.chunk === chunk ? place.end <= at.startIndex : isInFront(place, chunk);
			});
			return assignments.slice(Math.max(0, before - 1), before + 1);
		},
	};
}

const isInFront = (place: Placed | undefined, chunk: Chunk): boolean =>
	place === undefined || place.assignment.chunk.order < chunk.order;

/**
 * The assignment that a use is sure to see, `'initial'` for the initialiser, or undefined: assignments in branches,
 * loops or other functions decide nothing.
 */
function lastBefore(d: Declaration, at: Node, chunk: Chunk, assignments: readonly Assignment[]) {
	// Whoever imports it sees it at any time.
	if (at.type === 'program') return undefined;
	const home = functionAround(d.node);
	const user = functionAround(at);
	const start = at.startIndex;
	let last: Placed | undefined;
	const about = deciding(assignments, at, chunk, user);
	if (about.length > MOST_APART) return undefined;
	for (const assignment of about) {
		const place = placeOf(assignment);
		const isHere = assignment.chunk === chunk;
		if (place.owner !== user || (isHere && within(assignment.node, at))) return undefined;
		const { loop } = place;
		if (isHere && loop && within(at, loop) && !(d.chunk === chunk && within(d.scope, loop))) return undefined;
		if (isHere ? assignment.node.endIndex <= start : assignment.chunk.order < chunk.order) last = place;
	}
	if (home !== user && d.value) return undefined;
	if (!last) return home === user ? ('initial' as const) : undefined;
	const { block } = last;
	// Everything stands behind a statement of the module.
	const isStraight = block && (block.type === 'program' || (last.assignment.chunk === chunk && within(at, block)));
	return isStraight ? last.assignment : undefined;
}

/** What a type annotation says: a typed array of unknown length. */
function annotated(d: Declaration): Value {
	const text = d.type && /^:\s*(\w+)(?:<\w*>)?$/.exec(d.type.text)?.[1];
	const element = text && Object.hasOwn(ELEMENT_BYTES, text) ? ELEMENT_BYTES[text] : undefined;
	return text && element ? { kind: 'bytes', type: text, element, spelling: d.name } : UNKNOWN_VALUE;
}

/** What a pattern takes out of a value. */
function taken(value: Value, path: readonly (string | number)[], depth: number): Value {
	let result = value;
	for (const step of path) {
		if (typeof step === 'string') result = member(result, step, depth);
		else result = result.kind === 'list' ? elementOf(result, step, depth) : UNKNOWN_VALUE;
	}
	return result;
}

/** One element of a list. */
export function elementOf(list: Value & { readonly kind: 'list' }, at: number, depth = 0): Value {
	const element = list.elements?.[at];
	return element?.node && element.env ? evaluate(element.node, element.env, depth) : UNKNOWN_VALUE;
}

function thisValue(node: Node, env: Env): Value {
	for (let inner = node, outer = parentOf(node); outer; inner = outer, outer = parentOf(outer)) {
		if (CLASSES.has(outer.type)) return { kind: 'class', node: outer, env };
		if (outer.type === 'object' && inner.type === 'method_definition') return { kind: 'object', node: outer, env };
		if (FUNCTIONS.has(outer.type) && outer.type !== 'arrow_function' && outer.type !== 'method_definition')
			return UNKNOWN_VALUE;
	}
	return UNKNOWN_VALUE;
}

// ---- members ----

/** A member of a value. */
export function member(object: Value, property: string, depth: number): Value {
	if (!search.reaches(depth)) return UNKNOWN_VALUE;
	switch (object.kind) {
		case 'object':
			return objectMember(object, property, depth);
		case 'class':
			return classMember(object, property, depth);
		case 'enum':
			return enumMember(object, property, depth);
		case 'unit':
			return exported(object.file, property, depth);
		case 'namespace': {
			const { chunk } = object.env;
			const end = field(object.node, 'body')?.lastChild;
			const inner = end && chunk.localDeclaration(property, end);
			return inner && within(inner.node, object.node) ? declared(inner, end, object.env, depth) : UNKNOWN_VALUE;
		}
		case 'foreign':
			return foreignMember(object.path, property);
		case 'either': {
			const [usable, ...others] = object.values.filter((v) => v.kind !== 'null');
			if (object.values.every((v) => v.kind === 'bytes'))
				return either(object.values.map((v) => member(v, property, depth)));
			return usable && others.length === 0 ? member(usable, property, depth) : UNKNOWN_VALUE;
		}
		default:
			return memberOfValue(object, property, depth, evaluator);
	}
}

function objectMember(object: Value & { kind: 'object' }, property: string, depth: number): Value {
	const { node, env } = object;
	const { chunk } = env;
	let found: Value | undefined;
	const { byName, spreads } = chunk.entries(node);
	const entries = [...spreads, ...(byName.get(property) ?? [])];
	entries.sort((a, b) => a.startIndex - b.startIndex);
	for (const child of entries) {
		const value = propertyValue(child, property, env, depth);
		// A spread value in sight that lacks the property leaves an earlier one alone.
		if (child.type !== 'spread_element' || value.kind !== 'unknown') found = value;
	}
	const assigned = chunk.file.memberAssignments(property, chunk);
	if (assigned.length > MOST_ASSIGNED) return UNKNOWN_VALUE;
	const [first, ...others] = assigned.filter((a) => {
		const value = evaluate(a.object, a.chunk === chunk ? env : topOf(a.chunk), depth);
		return value.kind === 'object' && isNode(value.node, node);
	});
	if (first)
		found =
			others.length === 0 && first.value && (!found || found.kind === 'null')
				? evaluate(first.value, first.chunk === chunk ? env : topOf(first.chunk), depth)
				: undefined;
	const result = settledMember(found ?? UNKNOWN_VALUE, property, chunk, evaluator);
	if (object.changed !== 'all') return result;
	if (result.kind === 'object') return { ...result, changed: 'all' };
	return /^(?:numbers|text|boolean|list|bytes|either|null)$/.test(result.kind) ? UNKNOWN_VALUE : result;
}

/** What one entry of an object literal gives a property that it names or may hold. */
function propertyValue(child: Node, property: string, env: Env, depth: number): Value {
	if (child.type === 'shorthand_property_identifier') return evaluate(child, env, depth);
	if (child.type === 'spread_element') {
		const inner = named(child)[0];
		return inner ? member(evaluate(inner, env, depth), property, depth + 1) : UNKNOWN_VALUE;
	}
	if (child.type === 'method_definition') return methodValue(child, env, depth);
	return child.type === 'pair' ? ofField(child, 'value', env, depth) : UNKNOWN_VALUE;
}

/** A getter gives what it returns; another method is a function. */
function methodValue(method: Node, env: Env, depth: number): Value {
	const isGetter = method.children.some((c) => c?.type === 'get');
	return isGetter ? returned(method, env, depth) : { kind: 'function', node: method, env };
}

function classMember(object: Value & { kind: 'class' }, property: string, depth: number): Value {
	const { node, env } = object;
	const { chunk } = env;
	const declared = classMembers(node, property, chunk);
	const assigned = membersAssigned(object, property, depth);
	if (declared.length === 0 && assigned.values.length === 0) {
		const parent = superclass(node);
		return parent ? member(evaluate(parent, env, depth), property, depth + 1) : UNKNOWN_VALUE;
	}
	const values = [...declared.flatMap((child) => declaredValue(child, env, depth)), ...assigned.values];
	const [real, ...others] = values.filter((v) => v.kind !== 'null');
	if (!real || others.length > 0) return UNKNOWN_VALUE;
	const isSure = () => property.startsWith('#') || (assigned.isCertain && !isOverridden(object, property));
	const usable = real.kind === 'library' || real.kind === 'binding' || (values.length === 1 && isSure());
	return usable ? settledMember(real, property, chunk, evaluator) : UNKNOWN_VALUE;
}

function declaredValue(child: Node, env: Env, depth: number): Value[] {
	if (child.type === 'method_definition') return [methodValue(child, env, depth)];
	const value = field(child, 'value');
	return value ? [evaluate(value, env, depth)] : [];
}

/** What is assigned to a member of a class's objects; whoever holds an object may set its members. */
function membersAssigned(object: Value & { kind: 'class' }, property: string, depth: number) {
	const { node, env } = object;
	const values: Value[] = [];
	let isCertain = true;
	const isPrivate = property.startsWith('#');
	const assigned = env.chunk.file.memberAssignments(property, env.chunk);
	if (!isPrivate && assigned.length > MOST_ASSIGNED) return { values: [UNKNOWN_VALUE], isCertain: false };
	for (const a of assigned) {
		const isHere = a.chunk === env.chunk;
		// A private member is known to its class alone.
		if (isPrivate && !(isHere && within(a.object, node))) continue;
		const own = isHere ? env : topOf(a.chunk);
		const isOwn = isHere && a.object.type === 'this' && within(a.object, node);
		const target = isOwn ? object : evaluate(a.object, own, depth);
		if (target.kind === 'unknown') isCertain = false;
		if (target.kind === 'class' && isNode(target.node, node))
			values.push(a.value ? evaluate(a.value, own, depth) : UNKNOWN_VALUE);
	}
	return { values, isCertain };
}

const classMembers = (node: Node, property: string, chunk: Chunk): readonly Node[] =>
	chunk.entries(field(node, 'body') ?? node).byName.get(property) ?? [];

/** Of more classes with a member of one name each may be a part of another. */
const MOST_DERIVED = 100;

/** Does a class of the same file that inherits from this one, directly or not, declare the member? */
function isOverridden({ node, env }: Value & { kind: 'class' }, property: string): boolean {
	const { chunk } = env;
	const declaring = chunk.file
		.derivedClasses(chunk)
		.filter((derived) => derived.chunk.entries(derived.body).byName.has(property));
	if (declaring.length > MOST_DERIVED) return true;
	return declaring.some((derived) => {
		let parent = evaluate(derived.parent, topOf(derived.chunk));
		for (let steps = 0; parent.kind === 'class' && steps < DEEPEST; steps++) {
			if (isNode(parent.node, node)) return true;
			parent = parentOfClass(parent);
		}
		return false;
	});
}

/** What a class inherits from, asked once. */
function parentOfClass({ node, env }: Value & { kind: 'class' }): Value {
	return search.remembered(env.chunk.findings.superclasses, node.id, UNKNOWN_VALUE, () => {
		const parent = superclass(node);
		return parent ? evaluate(parent, topOf(env.chunk)) : UNKNOWN_VALUE;
	});
}

function enumMember(object: Value & { kind: 'enum' }, property: string, depth: number): Value {
	const { node, env } = object;
	const body = field(node, 'body');
	if (!body) return UNKNOWN_VALUE;
	const { all, places } = env.chunk.entries(body);
	const at = places.get(property);
	if (at === undefined) return UNKNOWN_VALUE;
	const { enums } = env.chunk.findings;
	const known = enums.get(node.id) ?? { values: [], isOpen: false };
	if (env.given.size === 0) enums.set(node.id, known);
	const { values } = known;
	if (at < values.length) return values[at] ?? UNKNOWN_VALUE;
	if (known.isOpen) {
		search.isCut = true;
		return UNKNOWN_VALUE;
	}
	known.isOpen = true;
	let certain = Number.POSITIVE_INFINITY;
	try {
		// Each may be written with the ones before it.
		for (const child of all.slice(values.length, at + 1)) {
			const { answer, height } = search.within(depth, () => enumerator(child, values.at(-1), env, depth));
			values.push(answer);
			if (height === undefined) certain = Math.min(certain, values.length - 1);
		}
		return values[at] ?? UNKNOWN_VALUE;
	} finally {
		known.isOpen = false;
		if (certain < values.length) values.length = certain;
	}
}

function enumerator(child: Node, previous: Value | undefined, env: Env, depth: number): Value {
	const value = child.type === 'enum_assignment' ? field(child, 'value') : null;
	return value ? evaluate(value, env, depth) : calculate([previous ?? number(-1)], (v: number) => v + 1);
}

// ---- calls ----

function list(node: Node, env: Env, depth: number): Value {
	const elements: Element[] = [];
	// A hole has no node.
	const parts = node.children.filter((c): c is Node => c !== null && c.type !== 'comment');
	let pending = false;
	for (const part of parts.slice(1, -1)) {
		if (part.type === ',') {
			if (!pending) elements.push(NO_ELEMENT);
			pending = false;
			continue;
		}
		pending = true;
		if (part.type !== 'spread_element') {
			elements.push({ node: part, env });
			continue;
		}
		const inner = named(part)[0];
		const value = inner ? evaluate(inner, env, depth) : UNKNOWN_VALUE;
		if (!append(elements, value, env)) return { kind: 'list' };
	}
	return { kind: 'list', elements };
}

/** Appends what a spread value gives; false where that is not known or too much. */
function append(elements: Element[], value: Value, env: Env): boolean {
	const count = spreadCount(value);
	if (count === undefined || elements.length + count > LONGEST) return false;
	if (!search.writesOut(count, env.chunk.file)) return false;
	const given = value.kind === 'list' ? value.elements : undefined;
	for (let i = 0; i < count; i++) elements.push(given?.[i] ?? NO_ELEMENT);
	return true;
}

function spreadCount(value: Value): number | undefined {
	if (value.kind === 'list') return value.elements?.length;
	if (value.kind === 'text') return [...value.text].length;
	if (value.kind !== 'bytes' || !value.element || !value.bytes) return undefined;
	return value.bytes.x86 === value.bytes.x64 ? value.bytes.x64 / value.element : undefined;
}

/** The arguments of a call or construction, spread arrays written out; undefined where their number is not known. */
export function argumentElements(node: Node, env: Env, depth = 0): readonly Element[] | undefined {
	const elements: Element[] = [];
	const given = field(node, 'arguments');
	if (given?.type !== 'arguments') return given ? undefined : [];
	for (const argument of named(given)) {
		if (argument.type !== 'spread_element') {
			elements.push({ node: argument, env });
			continue;
		}
		const inner = named(argument)[0];
		const value = inner ? evaluate(inner, env, depth) : UNKNOWN_VALUE;
		if (value.kind !== 'list' || !append(elements, value, env)) return undefined;
	}
	return elements;
}

function argumentValues(node: Node, env: Env, depth: number): Arguments {
	const elements = argumentElements(node, env, depth);
	const values = (elements ?? []).map((e) => () => (e.node && e.env ? evaluate(e.node, e.env, depth) : UNKNOWN_VALUE));
	return Object.assign(values, elements ? { elements } : {});
}

function call(node: Node, env: Env, depth: number): Value {
	const callee = field(node, 'function');
	if (!callee) return UNKNOWN_VALUE;
	const target = callee.type === 'import' ? REQUIRE : evaluate(callee, env, depth);
	const args = argumentValues(node, env, depth);
	if (target.kind === 'foreign' && target.path[0] === 'require' && target.path.length === 1) {
		const specifier = args[0]?.();
		return specifier?.kind === 'text' ? imported(specifier.text, '*', env.chunk.file, depth) : UNKNOWN_VALUE;
	}
	if (target.kind === 'function') return returned(target.node, withArguments(target, args, depth), depth);
	const last = lastWord(callee);
	if ((target.kind === 'unknown' || target.kind === 'foreign') && /^(?:fn|mock|stub|spy|spyOn|mocked)$/.test(last))
		return { kind: 'mock' };
	const object = callee.type === 'member_expression' ? field(callee, 'object') : null;
	const receiver = object ? evaluate(object, env, depth) : undefined;
	return foreignCall(target, receiver, last, args, { node, env, depth, ask: evaluator });
}

const REQUIRE: Value = { kind: 'foreign', path: ['require'] };

/** Arguments that stand for themselves, as a call of a function gives them. */
export const givenArguments = (elements: readonly Element[]): Arguments =>
	Object.assign(
		elements.map((e) => () => (e.node && e.env ? evaluate(e.node, e.env) : (e.value ?? UNKNOWN_VALUE))),
		{ elements },
	);

/**
 * The names of a function's own part, with its parameters given.
 * @param isKnown tells by its name's node whether a parameter is what it is given.
 */
export function withArguments(
	{ node, env }: Value & { kind: 'function' },
	args: Arguments,
	depth = 0,
	isKnown: (pattern: Node) => boolean = () => true,
): Env {
	const given = new Map(env.given);
	parametersOf(node).forEach((parameter, i) => {
		const pattern = field(parameter, 'pattern') ?? field(parameter, 'left') ?? parameter;
		if (pattern.type !== 'identifier' || !args.elements || !isKnown(pattern)) return;
		const usual = i < args.elements.length ? null : (field(parameter, 'value') ?? field(parameter, 'right'));
		const value = usual ? evaluate(usual, env, depth) : args[i]?.();
		if (value && value.kind !== 'unknown') given.set(pattern.id, value);
	});
	return { chunk: env.chunk, given };
}

/** More ways to return are not followed. */
const MOST_RETURNS = 4;

/** What a function returns, when it has few `return`s or is an expression. */
function returned(node: Node, env: Env, depth: number): Value {
	const body = field(node, 'body');
	// A generator gives an iterator.
	if (!body || node.children.some((c) => c?.type === '*')) return UNKNOWN_VALUE;
	if (body.type !== 'statement_block') return evaluate(body, env, depth);
	const statements = env.chunk.returns(node, body);
	if (statements.length === 0 || statements.length > MOST_RETURNS) return UNKNOWN_VALUE;
	return eitherUsable(
		statements.map((statement) => {
			const value = named(statement)[0];
			return value ? evaluate(value, env, depth) : NULL_VALUE;
		}),
		env,
	);
}

// ---- modules ----

function imported(from: string, name: string, file: JsFile, depth: number): Value {
	if (/^\.{1,2}(?:\/|$)/.test(from)) {
		const unit = file.imported(from);
		if (!unit) return UNKNOWN_VALUE;
		return name === '*' ? { kind: 'unit', file: unit } : exported(unit, name, depth);
	}
	const root = modulePath(from);
	return name === '*' || name === 'default' ? { kind: 'foreign', path: root } : foreignMember(root, name);
}

/** What a file exports under a name. */
function exported(file: JsFile, name: string, depth: number): Value {
	if (!search.reaches(depth)) return UNKNOWN_VALUE;
	const stars: JsFile[] = [];
	for (const chunk of file.chunks) {
		if (!chunk.words.has('export') || !(chunk.mentions(name) || chunk.text.includes('*'))) continue;
		for (const statement of named(chunk.root)) {
			if (statement.type !== 'export_statement') continue;
			const value = exportedBy(statement, chunk, name, depth, stars);
			if (value) return value;
		}
	}
	const common = commonJs(file, name, depth);
	if (common) return common;
	for (const unit of stars) {
		const value = exported(unit, name, depth + 1);
		if (value.kind !== 'unknown') return value;
	}
	return UNKNOWN_VALUE;
}

/** What one statement exports under a name; `stars` takes the files of which it exports everything. */
function exportedBy(statement: Node, chunk: Chunk, name: string, depth: number, stars: JsFile[]): Value | undefined {
	const env = topOf(chunk);
	const { file } = chunk;
	const source = field(statement, 'source');
	const from = source ? stringText(source) : undefined;
	const isDefault = statement.children.some((c) => c?.type === 'default');
	const declaration = field(statement, 'declaration');
	const value = field(statement, 'value') ?? declaration;
	if (name === 'default' && isDefault && value) return evaluate(value, env, depth);
	const clause = named(statement).find((n) => n.type === 'export_clause' || n.type === 'namespace_export');
	if (clause?.type === 'export_clause') return exportedIn(clause, from, chunk, name, depth);
	if (clause && from !== undefined)
		return named(clause)[0]?.text === name ? imported(from, '*', file, depth + 1) : undefined;
	if (from !== undefined) {
		const unit = file.imported(from);
		if (unit) stars.push(unit);
		return undefined;
	}
	const own = declaration && !isDefault ? chunk.moduleDeclarations(name).at(-1) : undefined;
	return own && declaration && within(own.node, declaration) ? declared(own, chunk.root, env, depth) : undefined;
}

function exportedIn(
	clause: Node,
	from: string | undefined,
	chunk: Chunk,
	name: string,
	depth: number,
): Value | undefined {
	for (const specifier of named(clause)) {
		const inner = field(specifier, 'name');
		const outer = field(specifier, 'alias') ?? inner;
		if (!inner || !outer || (propertyName(outer) ?? outer.text) !== name) continue;
		if (from === undefined) return nameValue(inner.text, inner, topOf(chunk), depth);
		return imported(from, propertyName(inner) ?? inner.text, chunk.file, depth + 1);
	}
	return undefined;
}

/** `module.exports = …`, `module.exports.name = …`, `exports.name = …`, `export = …`. */
function commonJs(file: JsFile, property: string, depth: number): Value | undefined {
	const [first] = file.chunks;
	if (!first) return undefined;
	const [one, ...others] = file.memberAssignments('exports', first).filter((a) => a.object.text === 'module');
	if (one?.value && others.length === 0) {
		const value = evaluate(one.value, topOf(one.chunk), depth);
		if (property === 'default') return value;
		const inner = member(value, property, depth + 1);
		if (inner.kind !== 'unknown') return inner;
	}
	const [single, ...more] = file
		.memberAssignments(property, first)
		.filter((a) => /^(?:module\.)?exports$/.test(a.object.text));
	return single?.value && more.length === 0 ? evaluate(single.value, topOf(single.chunk), depth) : undefined;
}

/** These functions, for those that are given somebody to ask. */
export const evaluator: Evaluator = { evaluate, member, elementOf };
