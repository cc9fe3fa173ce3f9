/** How a socket was made, and what was done with it since. */
import type { SocketOrigin } from '../../calls/model.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../catalog/names.ts';
import { field, spanOf, within } from '../../syntax/nodes.ts';
import { nodeAt, parentOf } from '../../syntax/parents.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import type { Chunk } from './chunk.ts';
import type { Declaration } from './declarations.ts';
import { evaluate } from './evaluate.ts';
import { FUNCTIONS, functionAround, isNode, LOOPS, unwrapped, wrapped } from './nodes.ts';
import { search } from './search.ts';
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

/** Where a use of a variable stands, and when it runs. */
export interface PlacedUse extends Span {
	readonly chunk: Chunk;
	/** It stands in a function of its own, which may be called at any time. */
	readonly isApart: boolean;
	/** What stands behind it in there runs after it; undefined: whatever stands behind it. */
	readonly around: Span | undefined;
}

/** A use of a variable: the function that it is given to, or '' for one that is not followed. */
interface Use extends PlacedUse {
	readonly callee: string;
}

/** A use that stands at a node; `home` is the function of the variable. */
export const placeOf = (node: Node, chunk: Chunk, home: number): PlacedUse => ({
	...spanOf(node),
	chunk,
	isApart: functionAround(node) !== home,
	around: aroundOf(node),
});

/** A use of which nothing is known. */
export const anyUse = (chunk: Chunk): PlacedUse => ({ ...spanOf(chunk.root), chunk, isApart: true, around: undefined });

export const isWithin = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;

/** When a use runs, as seen from a call; what stands behind the call has run when a loop comes back to it. */
export function whenRun(
	use: PlacedUse,
	call: Span,
	chunk: Chunk,
	loop: Span | undefined,
): 'before' | 'after' | 'anytime' {
	const isHere = use.chunk === chunk;
	if (isHere && isWithin(use, call)) return 'after';
	if (use.isApart) return 'anytime';
	if (isHere ? use.end <= call.start : use.chunk.order < chunk.order) return 'before';
	return isHere && loop !== undefined && isWithin(use, loop) ? 'anytime' : 'after';
}

/** Does a use that stands before a call run on every path to it? */
export const runsBefore = ({ around, chunk }: PlacedUse, call: Span, of: Chunk): boolean =>
	!around || (chunk === of && isWithin(call, around));

/** A use of a socket's variable that may have run before a call. */
export interface EarlierUse {
	/** The function that it is given to, or '' for one that is not followed. */
	readonly callee: string;
	/** It runs on every path to the call. */
	readonly certain: boolean;
	/** The call that it is an argument of, where that stands in the same part of the file; looked for when asked. */
	readonly given: () => Node | undefined;
}

/**
 * What was done with a variable before a call, in a straight line; undefined where it cannot be followed.
 * @param since where in the part of the call it was made; 0 where it was made elsewhere.
 */
export function earlierUses(
	node: Node,
	chunk: Chunk,
	{ node: call, owner, chunk: at }: Found,
	since: (home: number) => number,
): readonly EarlierUse[] | undefined {
	const inner = unwrapped(node);
	const declaration = inner.type === 'identifier' ? chunk.declaration(inner.text, inner) : undefined;
	if (!declaration || chunk !== at || !within(inner, call)) return undefined;
	const home = functionAround(declaration.node);
	// A function that only sees the variable may run at any time.
	if (declaration.kind === 'import' || home !== (owner?.id ?? 0)) return undefined;
	const loop = loopAround(call, home);
	const span = spanOf(call);
	const found: EarlierUse[] = [];
	for (const use of usesOf(declaration, home, chunk)) {
		const when = whenRun(use, span, chunk, loop);
		if (when === 'after' || (when === 'before' && use.chunk === chunk && use.start < since(home))) continue;
		const certain = when === 'before' && use.callee !== '' && runsBefore(use, span, chunk);
		const given = () => (use.chunk === chunk ? givenTo(chunk.root, use) : undefined);
		found.push({ callee: use.callee, certain, given });
	}
	return found;
}

/** The call that what stands at a place is an argument of. */
function givenTo(root: Node, { start, end }: Span): Node | undefined {
	const node = nodeAt(root, start, end);
	const list = node ? wrapped(node).parent : null;
	return list?.type === 'arguments' ? (list.parent ?? undefined) : undefined;
}

/** What was done with a variable's socket between its making and a call, in a straight line. */
function usesBefore(node: Node, chunk: Chunk, call: Found, value: Value & { kind: 'socket' }): Uses {
	const made = value.made[0];
	const uses = earlierUses(node, chunk, call, (home) => {
		const isMadeHere = made?.node && made.env?.chunk === chunk && functionAround(made.node) === home;
		return isMadeHere ? (made.node?.startIndex ?? 0) : 0;
	});
	if (!uses) return ANYTHING;
	const called = uses.filter(({ certain }) => certain).map(({ callee }) => callee);
	const begun = value.accepted === undefined ? [] : [value.accepted];
	return {
		called: [...new Set([...begun, ...called])],
		mayHaveCalled: [...new Set([...begun, ...uses.map(({ callee }) => callee)])],
	};
}

/** The outermost loop of a function that holds a call. */
export function loopAround(call: Node, home: number): Span | undefined {
	const known = knownIn(loops, call.tree);
	const way: Node[] = [];
	let outermost: Span | undefined;
	for (let at = parentOf(call); at && at.id !== home; at = parentOf(at)) {
		const { in: of, is } = known.get(at.id) ?? {};
		if (of === home) {
			outermost = is;
			break;
		}
		way.push(at);
	}
	for (const at of way.reverse()) {
		if (!outermost && LOOPS.has(at.type)) outermost = spanOf(at);
		known.set(at.id, { in: home, is: outermost });
	}
	return outermost;
}

/** Of a node, the outermost loop around it or that it is, in a function. */
const loops = new WeakMap<Node['tree'], Map<number, { readonly in: number; readonly is: Span | undefined }>>();

function knownIn<T>(trees: WeakMap<Node['tree'], Map<number, T>>, tree: Node['tree']): Map<number, T> {
	let known = trees.get(tree);
	if (!known) {
		known = new Map();
		trees.set(tree, known);
	}
	return known;
}

function usesOf(declaration: Declaration, home: number, from: Chunk): readonly Use[] {
	const { name, ofModule, chunk } = declaration;
	if (!ofModule) return usesIn(chunk, name, declaration, home);
	const { file } = from;
	return file.shared(`uses ${name}`, name, from, () => {
		const uses = [...file.ofEach(name, (part) => usesIn(part, name, undefined, home))];
		const text = uses.map((list) => list.map((use) => `${use.isApart ? '~' : ''}${use.callee}`).join()).join(';');
		return { value: uses.flat(), text };
	});
}

/** Uses of a name in a part; without a declaration those that stand for the file's own. */
function usesIn(chunk: Chunk, name: string, declaration: Declaration | undefined, home: number): readonly Use[] {
	return search.remembered(chunk.findings.socketUses, declaration ?? name, NO_USES, () => {
		const uses = chunk.uses(name, declaration);
		// As frequent as this, it is no socket that anybody follows.
		if (!uses) return [{ callee: '', ...anyUse(chunk) }];
		return uses.flatMap((node) => {
			const callee = calleeGiven(node, chunk);
			return callee === undefined ? [] : [{ callee, ...placeOf(node, chunk, home) }];
		});
	}) as readonly Use[];
}

const NO_USES: readonly Use[] = [];

/** The function that a use hands the socket to, '' where that cannot be told; undefined where it does nothing to it. */
export function calleeGiven(use: Node, chunk: Chunk): string | undefined {
	const at = wrapped(use);
	const parent = parentOf(at);
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
			return functionCalled(parentOf(parent), chunk, false);
		case 'array': {
			const list = parentOf(parent);
			return list?.type === 'arguments' ? functionCalled(parentOf(list), chunk, true) : '';
		}
		default:
			return isCondition(at) ? undefined : '';
	}
}

function isCondition(node: Node): boolean {
	const parent = parentOf(node);
	return parent !== null && isNode(field(parent, 'condition'), node);
}

function functionCalled(call: Node | null, chunk: Chunk, packed: boolean): string | undefined {
	const callee = call && field(call, 'function');
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

const around = new WeakMap<Node['tree'], Map<number, Span | undefined>>();

/** The first part of a statement around a node that may be left without running it; every node on the way remembers it. */
function aroundOf(node: Node): Span | undefined {
	const known = knownIn(around, node.tree);
	const way: number[] = [];
	let found: Span | undefined;
	for (let at = node, outer = parentOf(node); outer && outer.type !== 'program'; at = outer, outer = parentOf(outer)) {
		if (known.has(at.id)) {
			found = known.get(at.id);
			break;
		}
		way.push(at.id);
		if (maySkip(outer, at)) {
			found = spanOf(outer);
			break;
		}
	}
	for (const id of way) known.set(id, found);
	return found;
}

const MAY_SKIP: ReadonlySet<string> = new Set([
	...FUNCTIONS,
	'try_statement',
	'catch_clause',
	'switch_case',
	'switch_default',
	'do_statement',
]);

/** Can a node run without this part of it? */
function maySkip(node: Node, part: Node): boolean {
	if (MAY_SKIP.has(node.type)) return true;
	const always = ALWAYS[node.type];
	if (always) return !always.some((name) => isNode(field(node, name), part));
	if (node.type === 'binary_expression') return isSkippable(node) && isNode(field(node, 'right'), part);
	return node.type === 'call_expression' && node.children.some((c) => c?.type === 'optional_chain');
}

const isSkippable = (node: Node): boolean => /^(?:&&|\|\||\?\?)$/.test(field(node, 'operator')?.text ?? '');
