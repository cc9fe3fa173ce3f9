/** How a socket was made, and what was done with it since. */
import type { SocketOrigin } from '../../calls/model.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../catalog/names.ts';
import { field, within } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import type { Chunk } from './chunk.ts';
import type { Declaration } from './declarations.ts';
import { evaluate } from './evaluate.ts';
import { FUNCTIONS, functionAround, isNode, LOOPS, unwrapped, wrapped } from './nodes.ts';
import type { Found } from './sites.ts';
import { type Element, type Env, topOf, type Value } from './values.ts';

/** The origin of the socket that an expression of a call stands for; undefined where it is not in sight. */
export function originOf(node: Node, env: Env, call: Found): SocketOrigin | undefined {
	const value = evaluate(node, env);
	if (value.kind !== 'socket') return undefined;
	const [family, type, protocol] = value.made;
	// A package's function of that name is Winsock's where its arguments are.
	if (value.named && !isWordOf(type, /^SOCK_/)) return undefined;
	const familyName = headerName(family, FAMILIES, /^[AP]F_/)?.replace(/^PF_/, 'AF_');
	const typeName = headerName(type, TYPES, /^SOCK_/);
	// Other families number their protocols on their own.
	const isInternet = familyName === 'AF_INET' || familyName === 'AF_INET6';
	const protocolName = headerName(protocol, isInternet ? INTERNET_PROTOCOLS : NO_NAMES, /^(?:IPPROTO|BTHPROTO)_/);
	return {
		...(familyName === undefined ? {} : { family: familyName }),
		...(typeName === undefined ? {} : { type: typeName }),
		...(protocolName === undefined ? {} : { protocol: protocolName }),
		...usesBefore(node, env.chunk, call, value),
	};
}

// ---- the kind ----

type Names = ReadonlyMap<number, string>;

const byNumber = (numbers: Readonly<Record<string, number>>): Names =>
	new Map(Object.entries(numbers).map(([name, number]) => [number, name]));
const FAMILIES = byNumber(ADDRESS_FAMILIES);
const TYPES = byNumber({ SOCK_STREAM: 1, SOCK_DGRAM: 2, SOCK_RAW: 3, SOCK_RDM: 4, SOCK_SEQPACKET: 5 });
// 0 leaves the choice to the provider.
const INTERNET_PROTOCOLS: Names = new Map(
	[...byNumber(PROTOCOLS)].filter(([number, name]) => number !== 0 && name.startsWith('IPPROTO_')),
);
const NO_NAMES: Names = new Map();

/** The headers' name for what an argument is, by its number, else by the name that it is written with. */
function headerName(element: Element | undefined, names: Names, written: RegExp): string | undefined {
	const { node, env } = element ?? {};
	if (!node || !env) return undefined;
	const value = evaluate(node, env);
	if (value.kind === 'numbers') {
		const [only, ...others] = value.values;
		return only && others.length === 0 && only.x86 === only.x64 ? names.get(Number(only.x64)) : undefined;
	}
	// A name that nothing in sight gives a value is the headers'.
	return value.kind === 'unknown' || value.kind === 'foreign' ? wordOf(node, written) : undefined;
}

function wordOf(node: Node, written: RegExp): string | undefined {
	const inner = unwrapped(node);
	const last = inner.type === 'member_expression' ? field(inner, 'property') : inner;
	const isName = inner.type === 'member_expression' || inner.type === 'identifier';
	return isName && last && written.test(last.text) ? last.text : undefined;
}

const isWordOf = (element: Element | undefined, written: RegExp): boolean =>
	element?.node !== undefined && wordOf(element.node, written) !== undefined;

// ---- its uses ----

type Uses = Pick<SocketOrigin, 'called' | 'mayHaveCalled'>;

/** Nothing is known of what was done with it. */
const ANYTHING: Uses = { called: [], mayHaveCalled: [''] };

/** A use of a variable: the function that it is given to, or '' for one that is not followed. */
interface Use {
	readonly callee: string;
	readonly node: Node;
	readonly chunk: Chunk;
	/** It stands in a function of its own, which may be called at any time. */
	readonly isApart: boolean;
}

/** What was done with a variable's socket between its making and a call, in a straight line. */
function usesBefore(node: Node, chunk: Chunk, { node: call }: Found, value: Value & { kind: 'socket' }): Uses {
	const inner = unwrapped(node);
	const declaration = inner.type === 'identifier' ? chunk.declaration(inner.text, inner) : undefined;
	if (!declaration || !within(inner, call)) return ANYTHING;
	const home = functionAround(declaration.node);
	// A function that only sees the variable may run at any time.
	if (declaration.kind === 'import' || home !== functionAround(call)) return ANYTHING;
	const made = value.made[0];
	const isMadeHere = made?.node && made.env?.chunk === chunk && functionAround(made.node) === home;
	const since = isMadeHere ? (made.node?.startIndex ?? 0) : 0;
	const loop = loopAround(call, home);
	const called: string[] = [];
	const mayHaveCalled: string[] = [];
	for (const use of usesOf(declaration, home, chunk)) {
		const isHere = use.chunk === chunk;
		if (isHere && within(use.node, call)) continue;
		const isBefore = isHere ? use.node.endIndex <= call.startIndex : use.chunk.order < chunk.order;
		const isSince = !isHere || use.node.startIndex > since;
		// What stands behind the call has run when a loop comes back to it.
		const comesBack = isHere && loop !== undefined && within(use.node, loop);
		if (!use.isApart && !(isBefore && isSince) && !(comesBack && !isBefore)) continue;
		mayHaveCalled.push(use.callee);
		if (!use.isApart && isBefore && use.callee !== '' && runsBefore(use, call, chunk)) called.push(use.callee);
	}
	return { called, mayHaveCalled };
}

export function loopAround(call: Node, home: number): Node | undefined {
	let loop: Node | undefined;
	for (let at = call.parent; at && at.id !== home; at = at.parent) if (LOOPS.has(at.type)) loop = at;
	return loop;
}

function usesOf(declaration: Declaration, home: number, from: Chunk): readonly Use[] {
	const { name, ofModule, chunk } = declaration;
	if (!ofModule) return usesIn(chunk, name, declaration, home);
	const { file } = from;
	return file.shared(`uses ${name}`, name, from, () => {
		const parts = file.chunks.filter((part) => part.mentions(name));
		const uses = parts.map((part) => usesIn(part, name, undefined, home));
		const text = uses.map((list) => list.map((use) => `${use.isApart ? '~' : ''}${use.callee}`).join()).join(';');
		return { value: uses.flat(), text };
	});
}

/** Uses of a name in a part; without a declaration those that stand for the file's own. */
function usesIn(chunk: Chunk, name: string, declaration: Declaration | undefined, home: number): readonly Use[] {
	const uses = chunk.uses(name, declaration);
	// As frequent as this, it is no socket that anybody follows.
	if (!uses) return [{ callee: '', node: chunk.root, chunk, isApart: true }];
	return uses.flatMap((node) => {
		const callee = calleeGiven(node, chunk);
		return callee === undefined ? [] : [{ callee, node, chunk, isApart: functionAround(node) !== home }];
	});
}

/** The function that a use hands the socket to, '' where that cannot be told; undefined where it does nothing to it. */
export function calleeGiven(use: Node, chunk: Chunk): string | undefined {
	const at = wrapped(use);
	const parent = at.parent;
	switch (parent?.type) {
		case 'assignment_expression':
			return isNode(field(parent, 'left'), at) ? undefined : '';
		case 'binary_expression':
			return /^(?:[=!]==?|[<>]=?)$/.test(field(parent, 'operator')?.text ?? '') ? undefined : '';
		case 'unary_expression':
			return /^(?:!|typeof)$/.test(field(parent, 'operator')?.text ?? '') ? undefined : '';
		case 'template_substitution':
			return undefined;
		case 'parenthesized_expression':
			return '';
		case 'arguments':
			return parent.parent ? functionCalled(parent.parent, chunk, false) : '';
		case 'array': {
			const list = parent.parent;
			return list?.type === 'arguments' && list.parent ? functionCalled(list.parent, chunk, true) : '';
		}
		default:
			return isCondition(at) ? undefined : '';
	}
}

const isCondition = (node: Node): boolean => isNode(node.parent && field(node.parent, 'condition'), node);

function functionCalled(call: Node, chunk: Chunk, packed: boolean): string | undefined {
	const callee = field(call, 'function');
	if (!callee) return '';
	if (callee.type === 'member_expression' && field(callee, 'object')?.text === 'console') return undefined;
	const target = evaluate(callee, topOf(chunk));
	if (target.kind === 'binding') return (target.packed ?? false) === packed ? target.symbol : '';
	return target.kind === 'foreign' && target.path.length > 1 && !packed ? (target.path.at(-1) ?? '') : '';
}

/** Parts of statements that always run, by the statement. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = {
	if_statement: ['condition'],
	while_statement: ['condition'],
	for_statement: ['initializer'],
	for_in_statement: ['right'],
	switch_statement: ['value'],
	ternary_expression: ['condition'],
};

/** Does a call run on every path to another one? */
export function runsBefore({ node, chunk }: Pick<Use, 'node' | 'chunk'>, call: Node, of: Chunk): boolean {
	for (let at = node, outer = node.parent; outer; at = outer, outer = outer.parent) {
		if (chunk === of && within(call, outer)) return true;
		if (outer.type === 'program') return chunk !== of;
		if (
			FUNCTIONS.has(outer.type) ||
			/^(?:try_statement|catch_clause|switch_case|switch_default|do_statement)$/.test(outer.type)
		)
			return false;
		const always = ALWAYS[outer.type];
		if (always && !always.some((name) => isNode(outer && field(outer, name), at))) return false;
		if (outer.type === 'binary_expression' && isSkippable(outer) && isNode(field(outer, 'right'), at)) return false;
		if (outer.type === 'call_expression' && outer.children.some((c) => c?.type === 'optional_chain')) return false;
	}
	return false;
}

const isSkippable = (node: Node): boolean => /^(?:&&|\|\||\?\?)$/.test(field(node, 'operator')?.text ?? '');
