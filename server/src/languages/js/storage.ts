/**
 * The object behind an address: what it is made with, and what a straight line of statements writes to it before a
 * call. As soon as something else may have written to it, nothing is known of it.
 */
import { field, named, spanOf, within } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import type { Chunk } from './chunk.ts';
import type { Declaration } from './declarations.ts';
import { evaluate, member } from './evaluate.ts';
import { integer } from './libraries/bytes.ts';
import { functionAround, isNode, unwrapped, wrapped } from './nodes.ts';
import { anyUse, calleeGiven, loopAround, type PlacedUse, placeOf, runsBefore, whenRun } from './origin.ts';
import { search } from './search.ts';
import type { Found } from './sites.ts';
import { ELEMENT_BYTES, type Env, topOf, type Value } from './values.ts';

/** An object of which every change is known up to a call. */
export interface Storage {
	/** What it was made as. */
	readonly made: Value;
	/** Bytes into it at which the address points. */
	readonly offset: number;
	/** In order. */
	readonly writes: readonly Write[];
}

/** Something written to an object; without a value it is not known what. */
export type Write =
	| (Written & { readonly kind: 'bytes'; readonly at: number; readonly bytes: number })
	| (Written & { readonly kind: 'member'; readonly name: string });

interface Written {
	readonly value: bigint | undefined;
	/** A plain number is written as it stands. */
	readonly plain?: boolean;
}

/** A use of a variable that holds the object. */
export interface Use extends PlacedUse {
	/** `lost`: anything may be written; `none`: nothing is. Another variable for the same memory is `also`. */
	readonly effect:
		| Write
		| 'lost'
		| 'none'
		| { readonly kind: 'also'; readonly variable: Declaration; readonly offset: number };
}

/** What is traced back from an address. */
interface Trace {
	readonly variables: readonly { readonly declaration: Declaration; readonly offset: number }[];
	readonly made: Value;
	/** Bytes into the object. */
	readonly offset: number;
}

/** Variables that stand for one another beyond this number are not followed. */
const MOST_VARIABLES = 8;

/** The object that an argument of a call points to, as it is when the call runs. */
export function storageOf(
	argument: Node,
	env: Env,
	{ node: call, owner, chunk }: Pick<Found, 'node' | 'owner' | 'chunk'>,
): Storage | undefined {
	// What the call does not write itself is held by something else, which may have changed it since.
	if (env.chunk !== chunk || !within(argument, call)) return undefined;
	const home = owner?.id ?? 0;
	const trace = traced(argument, env, home, 0);
	if (!trace) return undefined;
	const writes = writesBefore(trace, call, env.chunk, home);
	return writes && { made: trace.made, offset: trace.offset, writes };
}

// ---- back to where it is made ----

/** Functions that give the address of what they are given, or take it for another type. */
const ADDRESSES =
	/^(?:koffi\.(?:as|address|view)|bun:ffi\.ptr|Deno\.UnsafePointer\.of|node:ffi\.getRawPointer|Object\.(?:freeze|seal))$/;

function traced(node: Node, env: Env, home: number, depth: number): Trace | undefined {
	if (depth > MOST_VARIABLES) return undefined;
	const inner = unwrapped(node);
	if (inner.type === 'identifier') {
		const declaration = env.chunk.declaration(inner.text, inner);
		if (!declaration || !isPlainVariable(declaration, home)) return undefined;
		const { value, chunk } = declaration;
		const trace = value && traced(value, topOf(chunk), home, depth + 1);
		return trace && { ...trace, variables: [...trace.variables, { declaration, offset: trace.offset }] };
	}
	const below = belowOf(inner, env);
	if (below) {
		const trace = traced(below.node, env, home, depth + 1);
		return trace && { ...trace, offset: trace.offset + below.offset };
	}
	const made = evaluate(inner, env);
	const isMade =
		made.kind === 'object' || made.kind === 'list' || (made.kind === 'bytes' && made.content !== undefined);
	return isMade && /^(?:object|array|call_expression|new_expression)$/.test(inner.type)
		? { variables: [], made, offset: 0 }
		: undefined;
}

/** Set once, in the function of the call. */
function isPlainVariable(declaration: Declaration, home: number): boolean {
	const { kind, path, node, chunk } = declaration;
	if (path?.length !== 0 || functionAround(node) !== home) return false;
	return kind === 'const' || chunk.assignments(declaration).length === 0;
}

/** The memory that an expression only looks at in another way, and how many bytes into it. */
function belowOf(node: Node, env: Env): { readonly node: Node; readonly offset: number } | undefined {
	if (node.type === 'member_expression') {
		const object = field(node, 'object');
		return object && field(node, 'property')?.text === 'buffer' ? { node: object, offset: 0 } : undefined;
	}
	const callee = field(node, node.type === 'new_expression' ? 'constructor' : 'function');
	const list = field(node, 'arguments');
	const [first, second] = list ? named(list) : [];
	if (!callee || !first) return undefined;
	const target = evaluate(callee, env);
	if (target.kind !== 'foreign') return undefined;
	const name = target.path.join('.');
	if (node.type === 'call_expression' && ADDRESSES.test(name)) return { node: first, offset: 0 };
	const isView =
		node.type === 'new_expression' ? name === 'DataView' || Object.hasOwn(ELEMENT_BYTES, name) : name === 'Buffer.from';
	const of = isView ? evaluate(first, env) : undefined;
	if (of?.kind !== 'bytes' || !/^(?:Shared)?ArrayBuffer$/.test(of.type)) return undefined;
	const offset = second ? integer(evaluate(second, env)) : 0;
	return offset === undefined || offset < 0 ? undefined : { node: first, offset };
}

// ---- what is written to it ----

function writesBefore(trace: Trace, call: Node, chunk: Chunk, home: number): readonly Write[] | undefined {
	const loop = loopAround(call, home);
	const at = spanOf(call);
	const found: { readonly use: Use; readonly write: Write }[] = [];
	const variables = [...trace.variables];
	for (const { declaration, offset } of variables) {
		for (const use of usesOf(declaration, home, chunk)) {
			const when = use.effect === 'none' ? 'after' : whenRun(use, at, chunk, loop);
			if (when === 'after') continue;
			if (use.effect === 'none' || use.effect === 'lost' || use.isApart || variables.length > MOST_VARIABLES)
				return undefined;
			if (use.effect.kind === 'also') {
				const { variable } = use.effect;
				// The list is read to its end, also what is added on the way.
				if (!variables.some((v) => v.declaration === variable))
					variables.push({ declaration: variable, offset: offset + use.effect.offset });
			} else if (when === 'before' && runsBefore(use, at, chunk)) found.push({ use, write: moved(use.effect, offset) });
			else return undefined;
		}
	}
	found.sort((a, b) => a.use.chunk.order - b.use.chunk.order || a.use.start - b.use.start);
	return found.map(({ write }) => write);
}

const moved = (write: Write, by: number): Write => (write.kind === 'bytes' ? { ...write, at: write.at + by } : write);

function usesOf(declaration: Declaration, home: number, from: Chunk): readonly Use[] {
	const { name, ofModule, chunk } = declaration;
	if (!ofModule) return usesIn(chunk, declaration, home);
	const { file } = from;
	return file.shared(`writes ${name}`, name, from, () => {
		const now = file.declaration(name, from);
		const uses = now ? [...file.ofEach(name, (part) => usesIn(part, now, home))] : [];
		const text = uses.map((list) => list.map(({ effect, isApart }) => `${isApart}${textOf(effect)}`).join()).join(';');
		return { value: uses.flat(), text };
	});
}

function textOf(effect: Use['effect']): string {
	if (typeof effect === 'string') return effect;
	if (effect.kind === 'also') return `also ${effect.variable.name} ${effect.offset}`;
	return effect.kind === 'bytes' ? `${effect.at}:${effect.bytes}=${effect.value}` : `${effect.name}=${effect.value}`;
}

function usesIn(chunk: Chunk, declaration: Declaration, home: number): readonly Use[] {
	const { name, ofModule } = declaration;
	return search.remembered(chunk.findings.storageUses, ofModule ? name : declaration, NO_USES, () => {
		const uses = chunk.uses(name, ofModule ? undefined : declaration);
		if (!uses) return [{ effect: 'lost' as const, ...anyUse(chunk) }];
		return uses.map((node) => ({ effect: effectOf(node, chunk), ...placeOf(node, chunk, home) }));
	});
}

const NO_USES: readonly Use[] = [];

/** Does what is known of a variable of the file hold a declaration of this part? */
export function lendsDeclarations({ findings }: Chunk): boolean {
	for (const [of, uses] of findings.storageUses)
		if (typeof of === 'string' && uses.some(({ effect }) => typeof effect !== 'string' && effect.kind === 'also'))
			return true;
	return false;
}

/** What one use does to the object that it names. */
function effectOf(use: Node, chunk: Chunk): Use['effect'] {
	const env = topOf(chunk);
	const at = wrapped(use);
	const parent = parentOf(at);
	switch (parent?.type) {
		case 'member_expression':
			return isNode(field(parent, 'object'), at) ? memberEffect(parent, use, env) : 'none';
		case 'subscript_expression':
			return isNode(field(parent, 'object'), at) ? elementEffect(parent, use, env) : 'none';
		case 'arguments':
			return givenEffect(parentOf(parent), at, env);
		case 'variable_declarator':
			return aliasEffect(parent, 0, env);
		default:
			return calleeGiven(use, chunk) === undefined ? 'none' : 'lost';
	}
}

/** `v.length`, `v.writeUInt32LE(1, 0)`, `v.member = 1`. */
function memberEffect(access: Node, use: Node, env: Env): Use['effect'] {
	const name = field(access, 'property')?.text ?? '';
	const outer = parentOf(access);
	if (outer?.type === 'call_expression' && isNode(field(outer, 'function'), access))
		return methodEffect(name, outer, env);
	if (outer?.type === 'assignment_expression' && isNode(field(outer, 'left'), access)) {
		const right = field(outer, 'right');
		return { kind: 'member', name, ...writtenWith(right, env) };
	}
	if (name === 'buffer') {
		const holder = parentOf(access);
		if (holder?.type === 'variable_declarator') return aliasEffect(holder, 0, env);
		return holder?.type === 'arguments' ? givenEffect(parentOf(holder), access, env) : 'lost';
	}
	const of = evaluate(use, env);
	// A member of memory is a number; one of an object may be an object of its own.
	if (of.kind === 'bytes' && /^(?:length|byteLength|byteOffset|BYTES_PER_ELEMENT)$/.test(name)) return 'none';
	const value = of.kind === 'object' ? member(of, name, 0).kind : 'unknown';
	return /^(?:numbers|text|boolean|null)$/.test(value) ? 'none' : 'lost';
}

/** `writeUInt32LE` and its like: bytes written, and in which order. */
const WRITE = /^write(?:Big)?U?[Ii]nt(8|16|32|64)(LE|BE)?$/;
/** The methods of a DataView. */
const SET = /^set(?:Big)?(?:Ui|I)nt(8|16|32|64)$/;

function methodEffect(name: string, call: Node, env: Env): Use['effect'] {
	const list = field(call, 'arguments');
	const [first, second, third] = list ? named(list) : [];
	const write = WRITE.exec(name);
	const set = write ?? SET.exec(name);
	if (!set) return /^(?:read\w*|get\w*|toString|slice|at|includes|equals)$/.test(name) ? 'none' : 'lost';
	const bytes = Number(set[1]) / 8;
	const [offset, value] = write ? [second, first] : [first, second];
	const at = offset ? integer(evaluate(offset, env)) : 0;
	if (at === undefined || !value) return 'lost';
	const isLittle = bytes === 1 || (write ? write[2] !== 'BE' : isTrue(third, env));
	if (isLittle === undefined) return { kind: 'bytes', at, bytes, value: undefined };
	if (isLittle) return { kind: 'bytes', at, bytes, ...writtenWith(value, env) };
	const number = numberOf(value, env);
	return { kind: 'bytes', at, bytes, value: number === undefined ? number : swapped(number, bytes) };
}

/** Undefined: not known. */
function isTrue(node: Node | undefined, env: Env): boolean | undefined {
	const value = node ? evaluate(node, env) : undefined;
	if (!value || value.kind === 'null') return false;
	return value.kind === 'boolean' ? value.value : undefined;
}

const writtenWith = (node: Node | null | undefined, env: Env): Written => ({
	value: node ? numberOf(node, env) : undefined,
	...(node && isPlainNumber(node) ? { plain: true } : {}),
});

/** A number in ordinary digits whose bytes would be others in the other order. */
export function isPlainNumber(node: Node): boolean {
	const inner = unwrapped(node);
	if (inner.type !== 'number' || !/^[1-9]\d{0,8}$/.test(inner.text)) return false;
	const value = Number(inner.text);
	return (value & 0xff) !== ((value >> 8) & 0xff);
}

function swapped(value: bigint, bytes: number): bigint {
	let result = 0n;
	for (let i = 0; i < bytes; i++) result = (result << 8n) | ((value >> BigInt(8 * i)) & 0xffn);
	return result;
}

/** `v[1] = 10000`, `v['member'] = 1`. */
function elementEffect(access: Node, use: Node, env: Env): Use['effect'] {
	const outer = parentOf(access);
	const index = field(access, 'index');
	if (outer?.type !== 'assignment_expression' || !isNode(field(outer, 'left'), access) || !index)
		return outer?.type === 'augmented_assignment_expression' || outer?.type === 'update_expression' ? 'lost' : 'none';
	const right = field(outer, 'right');
	const value = writtenWith(right, env);
	const key = evaluate(index, env);
	if (key.kind === 'text') return { kind: 'member', name: key.text, ...value };
	const at = integer(key);
	const of = evaluate(use, env);
	if (of.kind !== 'bytes' || !of.element || at === undefined || /^Float/.test(of.type)) return 'lost';
	return { kind: 'bytes', at: at * of.element, bytes: of.element, ...value };
}

/** Given to a function, or to the constructor of a view. */
function givenEffect(call: Node | null, argument: Node, env: Env): Use['effect'] {
	if (!call) return 'lost';
	const callee = field(call, 'function') ?? field(call, 'constructor');
	if (!callee) return 'lost';
	if (callee.type === 'member_expression' && field(callee, 'object')?.text === 'console') return 'none';
	const target = evaluate(callee, env);
	if (target.kind === 'foreign' && /^koffi\.(?:sizeof|decode)$/.test(target.path.join('.'))) return 'none';
	const below = belowOf(call, env);
	const holder = parentOf(wrapped(call));
	if (!below || !within(argument, below.node)) return 'lost';
	if (holder?.type === 'variable_declarator') return aliasEffect(holder, below.offset, env);
	// A view that is only handed on to a call is seen by that call.
	return 'lost';
}

function aliasEffect(declarator: Node, offset: number, env: Env): Use['effect'] {
	const name = field(declarator, 'name');
	const variable = name?.type === 'identifier' ? env.chunk.declaration(name.text, name) : undefined;
	if (variable?.kind !== 'const' || !isNode(variable.node, name as Node)) return 'lost';
	return { kind: 'also', variable, offset };
}

/** The integer that an expression is. */
export function numberOf(node: Node, env: Env): bigint | undefined {
	return wholeOf(evaluate(node, env));
}

/** The integer that a value is on every target; true is 1. */
export function wholeOf(value: Value): bigint | undefined {
	if (value.kind === 'boolean') return value.value ? 1n : 0n;
	const number = integer(value);
	if (number === undefined || value.kind !== 'numbers') return undefined;
	const [only] = value.values;
	return typeof only?.x64 === 'bigint' ? only.x64 : BigInt(number);
}
