/**
 * What an expression is, as far as it is in sight: numbers, buffers, loaded libraries and the functions bound from
 * them. Follows constants, variables that are set once, objects, classes, calls of small functions and imports.
 * Whatever is not certain is unknown.
 */

import { field, named, within } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import { settled, settledMember } from './changes.ts';
import { constructed, foreignCall, foreignMember, isOther, memberOfValue, modulePath } from './libraries.ts';
import { CLASSES, enclosing, FUNCTIONS, LOOPS, propertyName, stringText, unwrapped } from './nodes.ts';
import type { Declaration, JsFile } from './source.ts';
import {
	BINARY,
	COMPARISONS,
	calculate,
	ELEMENT_BYTES,
	type Element,
	type Env,
	either,
	NULL_VALUE,
	number,
	numericLiteral,
	UNKNOWN_VALUE,
	type Value,
} from './values.ts';

/** Chains of names, members and calls longer than this are given up. */
const DEEPEST = 60;
/** Expressions of one file that are looked at; ordinary files need some hundreds. */
const MOST_STEPS = 100_000;

/** Names as seen outside of every call that is followed. */
export const topOf = (file: JsFile): Env => ({ file, given: new Map() });

const ENUMERATIONS: ReadonlySet<string> = new Set(['enum_declaration']);

/** Objects that every runtime has, and a module's own. */
const GLOBALS =
	/^(?:Deno|Buffer|ArrayBuffer|SharedArrayBuffer|DataView|Math|Number|BigInt|String|Object|TextEncoder|globalThis|Bun|Array|parseInt|require|Promise|\w+Array)$/;

/** What an expression is; unknown where it cannot be told in so many steps. */
export function evaluate(node: Node, env: Env, depth = 0): Value {
	if (depth > DEEPEST || ++env.file.steps > MOST_STEPS) return UNKNOWN_VALUE;
	const known = env.given.size === 0 ? env.file.known.get(node.id) : undefined;
	if (known) return known;
	// A definition that leads back to itself is unknown.
	if (env.given.size === 0) env.file.known.set(node.id, UNKNOWN_VALUE);
	const value = compute(unwrapped(node), env, depth + 1);
	if (env.given.size === 0) env.file.known.set(node.id, value);
	return value;
}

function compute(node: Node, env: Env, depth: number): Value {
	const next = (n: Node | null | undefined): Value => (n ? evaluate(n, env, depth) : UNKNOWN_VALUE);
	switch (node.type) {
		case 'number': {
			const value = numericLiteral(node.text);
			return value === undefined ? UNKNOWN_VALUE : number(value);
		}
		case 'string': {
			const text = stringText(node);
			return text === undefined ? UNKNOWN_VALUE : { kind: 'text', text };
		}
		case 'template_string':
			return template(node, env, depth);
		case 'true':
		case 'false':
			return { kind: 'boolean', value: node.type === 'true' };
		case 'null':
		case 'undefined':
			return NULL_VALUE;
		case 'identifier':
		case 'shorthand_property_identifier':
			return name(node.text, node, env, depth);
		case 'this':
			return thisValue(node, env);
		case 'member_expression': {
			const object = field(node, 'object');
			const property = field(node, 'property');
			return object && property ? member(evaluate(object, env, depth), property.text, depth, object) : UNKNOWN_VALUE;
		}
		case 'subscript_expression': {
			const object = field(node, 'object');
			const index = field(node, 'index');
			if (!object || !index) return UNKNOWN_VALUE;
			const key = evaluate(index, env, depth);
			if (key.kind === 'text') return member(evaluate(object, env, depth), key.text, depth, object);
			const list = evaluate(object, env, depth);
			if (list.kind !== 'list' || key.kind !== 'numbers' || key.values.length !== 1) return UNKNOWN_VALUE;
			return elementOf(list, Number(key.values[0]!.x64), depth);
		}
		case 'unary_expression':
			return unary(field(node, 'operator')?.text ?? '', next(field(node, 'argument')));
		case 'binary_expression':
			return binary(field(node, 'operator')?.text ?? '', next(field(node, 'left')), () => next(field(node, 'right')));
		case 'ternary_expression': {
			const test = next(field(node, 'condition'));
			const chosen = test.kind === 'boolean' ? (test.value ? 'consequence' : 'alternative') : undefined;
			if (chosen) return next(field(node, chosen));
			return eitherUsable([next(field(node, 'consequence')), next(field(node, 'alternative'))]);
		}
		case 'assignment_expression':
		case 'augmented_assignment_expression': {
			const operator = field(node, 'operator')?.text ?? '=';
			return /^(?:=|\?\?=|\|\|=)$/.test(operator) ? next(field(node, 'right')) : UNKNOWN_VALUE;
		}
		case 'sequence_expression':
			return next(named(node).at(-1));
		case 'array':
			return list(node, env, depth);
		case 'object':
			return { kind: 'object', node, env };
		case 'class':
		case 'class_declaration':
		case 'abstract_class_declaration':
			return { kind: 'class', node, env };
		case 'enum_declaration':
			return { kind: 'enum', node, env };
		case 'internal_module':
			return { kind: 'namespace', node, env };
		case 'call_expression':
			return call(node, env, depth);
		case 'new_expression': {
			const maker = field(node, 'constructor');
			if (!maker) return UNKNOWN_VALUE;
			const value = evaluate(maker, env, depth);
			// An object of a class has what the class has, as far as members are concerned.
			if (value.kind === 'class') return value;
			return constructed(value, argumentValues(node, env, depth), { node, env, depth });
		}
		default:
			return FUNCTIONS.has(node.type) ? { kind: 'function', node, env } : UNKNOWN_VALUE;
	}
}

/** Of two ways to get a library or a function, the one that gives Winsock's; else all of them. */
function eitherUsable(values: readonly Value[]): Value {
	const isElse = (v: Value) => v.kind === 'null' || v.kind === 'boolean' || (v.kind === 'library' && isOther(v.dll));
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
		else if (value.kind === 'numbers' && value.values.length === 1) text += String(value.values[0]!.x64);
		else return UNKNOWN_VALUE;
	}
	return { kind: 'text', text };
}

function unary(operator: string, operand: Value): Value {
	switch (operator) {
		case '-':
			return calculate([operand], (v: number) => -v);
		case '+':
			return calculate([operand], (v: number) => +v);
		case '~':
			return calculate([operand], (v: number) => ~v);
		case '!':
			return operand.kind === 'boolean' ? { kind: 'boolean', value: !operand.value } : UNKNOWN_VALUE;
		case 'void':
			return NULL_VALUE;
		default:
			return UNKNOWN_VALUE;
	}
}

function binary(operator: string, left: Value, right: () => Value): Value {
	if (Object.hasOwn(BINARY, operator)) {
		const other = right();
		if (operator === '+' && left.kind === 'text' && other.kind === 'text')
			return { kind: 'text', text: left.text + other.text };
		return calculate([left, other], BINARY[operator]!);
	}
	if (Object.hasOwn(COMPARISONS, operator)) {
		const other = right();
		if (left.kind !== 'numbers' || other.kind !== 'numbers') return UNKNOWN_VALUE;
		if (left.values.length !== 1 || other.values.length !== 1) return UNKNOWN_VALUE;
		const holds = COMPARISONS[operator]! as (a: unknown, b: unknown) => boolean;
		const narrow = holds(left.values[0]!.x86, other.values[0]!.x86);
		const wide = holds(left.values[0]!.x64, other.values[0]!.x64);
		return narrow === wide ? { kind: 'boolean', value: wide } : UNKNOWN_VALUE;
	}
	switch (operator) {
		case '??':
			return left.kind === 'null' ? right() : left.kind === 'unknown' ? onlyBound(right()) : left;
		case '||': {
			if (left.kind === 'null' || (left.kind === 'boolean' && !left.value)) return right();
			return left.kind === 'unknown' ? onlyBound(right()) : left.kind === 'numbers' ? UNKNOWN_VALUE : left;
		}
		case '&&':
			return left.kind === 'unknown' || left.kind === 'boolean' ? onlyBound(right()) : UNKNOWN_VALUE;
		default:
			return UNKNOWN_VALUE;
	}
}

/** What stays certain although it may not have been chosen: using it at all shows that it was. */
const onlyBound = (value: Value): Value =>
	value.kind === 'library' || value.kind === 'binding' ? value : UNKNOWN_VALUE;

// ---- names ----

function name(text: string, at: Node, env: Env, depth: number): Value {
	const { file } = env;
	const declaration = file.declaration(text, at);
	if (!declaration) {
		// A member of an enumeration may name an earlier one without the enumeration's name.
		const owner = enclosing(at, ENUMERATIONS);
		if (owner) return enumMember({ kind: 'enum', node: owner, env }, text, depth + 1);
		if (text === 'NaN' || text === 'Infinity') return UNKNOWN_VALUE;
		return GLOBALS.test(text) ? { kind: 'foreign', path: [text] } : UNKNOWN_VALUE;
	}
	const value = declared(declaration, at, env, depth);
	return value.kind === 'bytes' && value.spelling === undefined ? { ...value, spelling: text } : value;
}

function declared(d: Declaration, at: Node, env: Env, depth: number): Value {
	const { file } = env;
	if (d.imported) return imported(d.imported.from, d.imported.name, file, depth);
	if (d.kind === 'parameter') return env.given.get(d.node.id) ?? annotated(d);
	if (d.kind === 'other' || !d.path) return UNKNOWN_VALUE;
	if (d.kind === 'function') return { kind: 'function', node: d.value!, env };
	if (d.kind === 'class' || d.kind === 'enum' || d.kind === 'namespace') return evaluate(d.value!, env, depth);
	return settled(held(d, at, env, depth), d, file);
}

/** What a variable was set to. */
function held(d: Declaration, at: Node, env: Env, depth: number): Value {
	const { file } = env;
	// A `declare`d name, or one that is set elsewhere, has no value in sight.
	const initial = (): Value => (d.value ? taken(evaluate(d.value, env, depth), d.path!, depth, d.value) : annotated(d));
	if (d.kind === 'const') return initial();
	const assignments = file.assignments(d);
	if (assignments.length === 0) return d.value ? initial() : annotated(d);
	// What reaches the use in a straight line, else the one thing that it is ever set to.
	const last = lastBefore(d, at, assignments);
	if (last === 'initial') return initial();
	if (last) return last.value ? evaluate(last.value, env, depth) : annotated(d);
	const set = assignments.map((a) => (a.value ? evaluate(a.value, env, depth) : UNKNOWN_VALUE));
	const real = d.value ? [initial(), ...set] : set;
	const given = real.filter((v) => v.kind !== 'null');
	const one = given.length === 1 ? given[0]! : UNKNOWN_VALUE;
	// These are of no use before they are set, so that whoever uses one sees it set.
	if (/^(?:library|binding|type|foreign|object|class|unit)$/.test(one.kind)) return one;
	return annotated(d);
}

/**
 * The assignment that a use is sure to see, `'initial'` for the initialiser, or undefined: assignments in branches,
 * loops or other functions decide nothing.
 */
function lastBefore(d: Declaration, at: Node, assignments: readonly { node: Node; value?: Node }[]) {
	const home = enclosing(d.node, FUNCTIONS)?.id;
	const user = enclosing(at, FUNCTIONS)?.id;
	if (assignments.some((a) => within(a.node, at) || enclosing(a.node, FUNCTIONS)?.id !== user)) return undefined;
	if (home !== user && d.value) return undefined;
	const before = assignments.filter((a) => a.node.endIndex <= at.startIndex);
	const loops = assignments.some((a) => {
		const loop = LOOPS.has(a.node.type) ? a.node : enclosing(a.node, LOOPS);
		return loop && within(at, loop) && !within(d.scope, loop);
	});
	if (loops) return undefined;
	const last = before.at(-1);
	if (!last) return home === user ? ('initial' as const) : undefined;
	const statement = last.node.parent;
	const block = statement?.type === 'expression_statement' ? statement.parent : undefined;
	return block && within(at, block) ? last : undefined;
}

/** What a type annotation says: a typed array of unknown length. */
function annotated(d: Declaration): Value {
	const text = d.type && /^:\s*(\w+)(?:<\w*>)?$/.exec(d.type.text)?.[1];
	if (!text || !Object.hasOwn(ELEMENT_BYTES, text)) return UNKNOWN_VALUE;
	return { kind: 'bytes', type: text, element: ELEMENT_BYTES[text]!, spelling: d.name };
}

/** What a pattern takes out of a value. */
function taken(value: Value, path: readonly (string | number)[], depth: number, at: Node): Value {
	let result = value;
	for (const step of path)
		result =
			typeof step === 'string'
				? member(result, step, depth, at)
				: result.kind === 'list'
					? elementOf(result, step, depth)
					: UNKNOWN_VALUE;
	return result;
}

/** One element of a list. */
export function elementOf(list: Value & { kind: 'list' }, at: number, depth = 0): Value {
	const element = list.elements?.[at];
	return element?.node && element.env ? evaluate(element.node, element.env, depth) : UNKNOWN_VALUE;
}

function thisValue(node: Node, env: Env): Value {
	for (let inner = node, outer = node.parent; outer; inner = outer, outer = outer.parent) {
		if (CLASSES.has(outer.type)) return { kind: 'class', node: outer, env };
		if (outer.type === 'object' && inner.type === 'method_definition') return { kind: 'object', node: outer, env };
		if (FUNCTIONS.has(outer.type) && outer.type !== 'arrow_function' && outer.type !== 'method_definition')
			return UNKNOWN_VALUE;
	}
	return UNKNOWN_VALUE;
}

// ---- members ----

/** A member of a value. `at` is the expression of the object. */
export function member(object: Value, property: string, depth: number, at?: Node): Value {
	if (depth > DEEPEST) return UNKNOWN_VALUE;
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
			const end = field(object.node, 'body')?.lastChild;
			const inner = end && object.env.file.declaration(property, end);
			return inner && within(inner.node, object.node) ? declared(inner, end, object.env, depth) : UNKNOWN_VALUE;
		}
		case 'foreign':
			return foreignMember(object.path, property);
		case 'either': {
			const usable = object.values.filter((v) => v.kind !== 'null');
			return usable.length === 1 ? member(usable[0]!, property, depth, at) : UNKNOWN_VALUE;
		}
		default:
			return memberOfValue(object, property, depth);
	}
}

function objectMember(object: Value & { kind: 'object' }, property: string, depth: number): Value {
	const { node, env } = object;
	let found: Value | undefined;
	for (const child of named(node)) {
		if (child.type === 'shorthand_property_identifier') {
			if (child.text === property) found = evaluate(child, env, depth);
		} else if (child.type === 'spread_element') {
			const inner = named(child)[0];
			const value = inner ? member(evaluate(inner, env, depth), property, depth + 1) : UNKNOWN_VALUE;
			// A spread value in sight that lacks the property leaves an earlier one alone.
			if (value.kind !== 'unknown') found = value;
		} else {
			const key = field(child, child.type === 'pair' ? 'key' : 'name');
			if (!key || propertyName(key) !== property) continue;
			const value = field(child, 'value');
			found =
				child.type === 'pair' && value
					? evaluate(value, env, depth)
					: child.type === 'method_definition'
						? methodValue(child, env, depth)
						: UNKNOWN_VALUE;
		}
	}
	const assigned = env.file.memberAssignments(property).filter((a) => {
		const value = evaluate(a.object, env, depth);
		return value.kind === 'object' && value.node.id === node.id;
	});
	if (assigned.length > 0) {
		const [{ value } = {}] = assigned;
		found =
			assigned.length === 1 && value && (!found || found.kind === 'null') ? evaluate(value, env, depth) : undefined;
	}
	const result = settledMember(found ?? UNKNOWN_VALUE, property, env.file);
	if (object.changed !== 'all') return result;
	if (result.kind === 'object') return { ...result, changed: 'all' };
	return /^(?:numbers|text|boolean|list|bytes|either|null)$/.test(result.kind) ? UNKNOWN_VALUE : result;
}

/** A getter gives what it returns; another method is a function. */
function methodValue(method: Node, env: Env, depth: number): Value {
	const isGetter = method.children.some((c) => c?.type === 'get');
	return isGetter ? returned(method, env, depth) : { kind: 'function', node: method, env };
}

function classMember(object: Value & { kind: 'class' }, property: string, depth: number): Value {
	const { node, env } = object;
	const body = field(node, 'body');
	const values: Value[] = [];
	let declaredHere = false;
	for (const child of body ? named(body) : []) {
		const key = field(child, 'name') ?? field(child, 'property');
		if (!key || propertyName(key) !== property) continue;
		declaredHere = true;
		const value = field(child, 'value');
		if (child.type === 'method_definition') values.push(methodValue(child, env, depth));
		else if (value) values.push(evaluate(value, env, depth));
	}
	// Whoever holds an object may set its members, and a class below this one may declare its own.
	let sure = property.startsWith('#') || !subclasses(object).some((c) => declares(c, property));
	for (const a of env.file.memberAssignments(property)) {
		const isOwn = a.object.type === 'this' && within(a.object, node);
		const target = isOwn ? object : evaluate(a.object, env, depth);
		if (target.kind === 'unknown') sure &&= property.startsWith('#');
		if (target.kind !== 'class' || target.node.id !== node.id) continue;
		declaredHere = true;
		values.push(a.value ? evaluate(a.value, env, depth) : UNKNOWN_VALUE);
	}
	if (!declaredHere) {
		const parent = parentOf(node);
		return parent ? member(evaluate(parent, env, depth), property, depth + 1) : UNKNOWN_VALUE;
	}
	const real = values.filter((v) => v.kind !== 'null');
	if (real.length !== 1) return UNKNOWN_VALUE;
	const usable = real[0]!.kind === 'library' || real[0]!.kind === 'binding' || (sure && values.length === 1);
	return usable ? settledMember(real[0]!, property, env.file) : UNKNOWN_VALUE;
}

/** The class from which one inherits. */
function parentOf(node: Node): Node | undefined {
	const heritage = named(node).find((n) => n.type === 'class_heritage');
	const clause = heritage && named(heritage)[0];
	return (clause?.type === 'extends_clause' ? field(clause, 'value') : clause) ?? undefined;
}

/** Classes of the same file that inherit from one, directly or not. */
function subclasses({ node, env }: Value & { kind: 'class' }): readonly Node[] {
	return env.file.classes().filter((other) => {
		let at: Node | undefined = other;
		for (let steps = 0; at && steps < DEEPEST; steps++) {
			const parent = parentOf(at);
			const value: Value = parent ? evaluate(parent, topOf(env.file)) : UNKNOWN_VALUE;
			if (value.kind !== 'class') return false;
			if (value.node.id === node.id) return true;
			at = value.node;
		}
		return false;
	});
}

const declares = (node: Node, property: string): boolean =>
	named(field(node, 'body') ?? node).some((child) => {
		const key = field(child, 'name') ?? field(child, 'property');
		return key !== null && propertyName(key) === property;
	});

function enumMember(object: Value & { kind: 'enum' }, property: string, depth: number): Value {
	const body = field(object.node, 'body');
	let previous: Value = number(-1);
	for (const child of body ? named(body) : []) {
		const key = child.type === 'enum_assignment' ? field(child, 'name') : child;
		const value = child.type === 'enum_assignment' ? field(child, 'value') : null;
		const current: Value = value ? evaluate(value, object.env, depth) : calculate([previous], (v: number) => v + 1);
		if (key && propertyName(key) === property) return current;
		previous = current;
	}
	return UNKNOWN_VALUE;
}

// ---- calls ----

function list(node: Node, env: Env, depth: number): Value {
	const elements: Element[] = [];
	// A hole has no node.
	const parts = node.children.filter((c): c is Node => c !== null && c.type !== 'comment');
	let pending = false;
	for (const part of parts.slice(1, -1)) {
		if (part.type === ',') {
			if (!pending) elements.push({});
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
		const more = spreadElements(value);
		if (!more) return { kind: 'list' };
		elements.push(...more);
	}
	return { kind: 'list', elements };
}

/** Larger arrays are not written out. */
const MOST_ELEMENTS = 1 << 16;

function spreadElements(value: Value): readonly Element[] | undefined {
	if (value.kind === 'list') return value.elements;
	if (value.kind === 'text') return [...value.text].map(() => ({}));
	if (value.kind !== 'bytes' || !value.element || !value.bytes) return undefined;
	const count = value.bytes.x64 / value.element;
	return value.bytes.x86 === value.bytes.x64 && count <= MOST_ELEMENTS
		? Array.from({ length: count }, () => ({}))
		: undefined;
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
		if (value.kind !== 'list' || !value.elements) return undefined;
		elements.push(...value.elements);
	}
	return elements;
}

/** An argument's value, computed when asked for. */
export type Arguments = readonly (() => Value)[] & { readonly elements?: readonly Element[] };

function argumentValues(node: Node, env: Env, depth: number): Arguments {
	const elements = argumentElements(node, env, depth);
	const values = (elements ?? []).map((e) => () => (e.node && e.env ? evaluate(e.node, e.env, depth) : UNKNOWN_VALUE));
	return Object.assign(values, elements ? { elements } : {});
}

function call(node: Node, env: Env, depth: number): Value {
	const callee = field(node, 'function');
	if (!callee) return UNKNOWN_VALUE;
	if (callee.type === 'import') {
		const specifier = argumentValues(node, env, depth)[0]?.();
		return specifier?.kind === 'text' ? imported(specifier.text, '*', env.file, depth) : UNKNOWN_VALUE;
	}
	const target = evaluate(callee, env, depth);
	const args = argumentValues(node, env, depth);
	if (target.kind === 'foreign' && target.path[0] === 'require' && target.path.length === 1) {
		const specifier = args[0]?.();
		return specifier?.kind === 'text' ? imported(specifier.text, '*', env.file, depth) : UNKNOWN_VALUE;
	}
	if (target.kind === 'function') return returned(target.node, withArguments(target, args, env), depth);
	const object = callee.type === 'member_expression' ? field(callee, 'object') : null;
	const last = /[\w$]+$/.exec(callee.text)?.[0] ?? '';
	if ((target.kind === 'unknown' || target.kind === 'foreign') && /^(?:fn|mock|stub|spy|spyOn|mocked)$/.test(last))
		return { kind: 'mock' };
	const receiver = object ? evaluate(object, env, depth) : undefined;
	return foreignCall(target, receiver, last, args, { node, env, depth });
}

function withArguments(target: Value & { kind: 'function' }, args: Arguments, from: Env): Env {
	const parameters = field(target.node, 'parameters');
	const single = field(target.node, 'parameter');
	const names = single ? [single] : parameters ? named(parameters) : [];
	const given = new Map(target.env.given);
	names.forEach((parameter, i) => {
		const pattern = field(parameter, 'pattern') ?? parameter;
		const value = pattern.type === 'identifier' && args.elements ? args[i]?.() : undefined;
		if (value && value.kind !== 'unknown') given.set(pattern.id, value);
	});
	return given.size > 0
		? { file: target.env.file, given }
		: topOf(target.env.file === from.file ? from.file : target.env.file);
}

/** What a function returns, when it has one `return` or is an expression. */
function returned(node: Node, env: Env, depth: number): Value {
	const body = field(node, 'body');
	// A generator gives an iterator.
	if (!body || node.children.some((c) => c?.type === '*')) return UNKNOWN_VALUE;
	if (body.type !== 'statement_block') return evaluate(body, env, depth);
	const values: Value[] = [];
	for (const statement of body.descendantsOfType('return_statement')) {
		if (!statement || enclosing(statement, FUNCTIONS)?.id !== node.id) continue;
		const value = named(statement)[0];
		values.push(value ? evaluate(value, env, depth) : NULL_VALUE);
	}
	return values.length > 0 && values.length <= 4 ? eitherUsable(values) : UNKNOWN_VALUE;
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
	if (depth > DEEPEST) return UNKNOWN_VALUE;
	const env = topOf(file);
	const stars: JsFile[] = [];
	for (const statement of named(file.root)) {
		if (statement.type !== 'export_statement') continue;
		const source = field(statement, 'source');
		const from = source ? stringText(source) : undefined;
		const value = field(statement, 'value');
		const isDefault = statement.children.some((c) => c?.type === 'default');
		const declaration = field(statement, 'declaration');
		if (name === 'default' && isDefault) {
			if (value) return evaluate(value, env, depth);
			if (declaration) return evaluate(declaration, env, depth);
		}
		const clause = named(statement).find((n) => n.type === 'export_clause' || n.type === 'namespace_export');
		if (clause?.type === 'export_clause') {
			for (const specifier of named(clause)) {
				const inner = field(specifier, 'name');
				const outer = field(specifier, 'alias') ?? inner;
				if (!inner || !outer || (propertyName(outer) ?? outer.text) !== name) continue;
				if (from === undefined) return evaluateName(inner, env, depth);
				return imported(from, propertyName(inner) ?? inner.text, file, depth + 1);
			}
		} else if (clause && from !== undefined) {
			if (named(clause)[0]?.text === name) return imported(from, '*', file, depth + 1);
		} else if (from !== undefined) {
			const unit = file.imported(from);
			if (unit) stars.push(unit);
		} else if (declaration && !isDefault) {
			const own = file.declaration(name, file.root);
			if (own && within(own.node, declaration)) return declared(own, file.root, env, depth);
		}
	}
	const common = commonJs(file, name, env, depth);
	if (common) return common;
	for (const unit of stars) {
		const value = exported(unit, name, depth + 1);
		if (value.kind !== 'unknown') return value;
	}
	return UNKNOWN_VALUE;
}

const evaluateName = (node: Node, env: Env, depth: number): Value => name(node.text, node, env, depth);

/** `module.exports = …`, `module.exports.name = …`, `exports.name = …`, `export = …`. */
function commonJs(file: JsFile, property: string, env: Env, depth: number): Value | undefined {
	const [one, ...others] = file.memberAssignments('exports').filter((a) => a.object.text === 'module');
	if (one?.value && others.length === 0) {
		const value = evaluate(one.value, env, depth);
		if (property === 'default') return value;
		const inner = member(value, property, depth + 1);
		if (inner.kind !== 'unknown') return inner;
	}
	const [single, ...more] = file
		.memberAssignments(property)
		.filter((a) => /^(?:module\.)?exports$/.test(a.object.text));
	return single?.value && more.length === 0 ? evaluate(single.value, env, depth) : undefined;
}
