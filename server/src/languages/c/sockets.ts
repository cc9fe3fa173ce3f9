/** How a socket was made, and what was done with it before a call. */

import type { SocketOrigin } from '../../calls/model.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../catalog/names.ts';
import { EVENT_MASKS, SELECTS_NOTHING } from '../events.ts';
import { evaluateCode } from './evaluate/numbers.ts';
import { type Expr, spelling, withoutCasts } from './expression.ts';
import type { Definition, EarlierUse, MemberValues, Scope } from './model.ts';

const SOCKET_MAKERS = /^(?:::)?(?:socket|WSASocketW?|WSASocketA)$/;
const ACCEPTORS = /^(?:::)?(?:accept|WSAAccept)$/;
/** An accepted socket is of the kind of its listener, and one that a function returns is what it is there. */
const DEEPEST = 2;

/** How the socket was made and what was done with it since, where both are in sight. */
export function originOf(e: Expr, scope: Scope, depth = 0): SocketOrigin | undefined {
	const made = depth <= DEEPEST ? makerOf(e, scope) : undefined;
	if (!made) return undefined;
	const { call, uses } = made;
	const before = begun(made, depth);
	if (!before) return undefined;
	// The variable may have held another socket before.
	const since = uses.filter((use) => use.at > call.start);
	const binds = since.some(({ callee }) => callee === 'bind');
	const { boundToAll, ...origin } = before;
	return {
		...origin,
		called: [...before.called, ...since.filter((use) => use.certain).map((use) => use.callee)],
		mayHaveCalled: [...before.mayHaveCalled, ...since.map((use) => use.callee)],
		...((binds ? isBoundToAll(since) : boundToAll) ? { boundToAll: true } : {}),
	};
}

interface Maker {
	readonly call: Expr & { readonly kind: 'call' };
	readonly name: string;
	readonly scope: Scope;
	/** What was done with what holds the socket. */
	readonly uses: readonly EarlierUse[];
}

/** The call that made the socket: that of a variable, a member, or itself. */
function makerOf(e: Expr, scope: Scope): Maker | undefined {
	const inner = withoutCasts(e);
	if (inner.kind === 'call') return asMaker(inner, scope, () => []);
	const variable = inner.kind === 'name' ? scope.variable(inner.name) : undefined;
	if (inner.kind === 'name') {
		const [only, ...others] = variable?.reaching() ?? [];
		if (only && others.length === 0) return asMaker(withoutCasts(only.expr), only.scope, () => scope.uses(inner.name));
		if (variable?.automatic) return setOnTheWay(inner.name, scope);
	} else if (inner.kind !== 'member') return undefined;
	const spelt = spelling(inner);
	const kept = spelt === undefined || spelt.includes('[') ? undefined : scope.kept?.(spelt, false);
	return kept && asMaker(withoutCasts(kept.definition.expr), kept.definition.scope, () => kept.uses);
}

/** A local variable that a condition sets: `if ((s = socket(…)) == INVALID_SOCKET)`. */
function setOnTheWay(name: string, scope: Scope): Maker | undefined {
	const definition = scope.kept?.(name, true)?.definition;
	if (!definition) return undefined;
	const uses = scope.uses(name).filter(({ at }) => at > definition.expr.start);
	const isAddress = ({ expr }: Definition): boolean => expr.kind === 'unary' && spelling(expr) === `&${name}`;
	const isLost = uses.some(({ callee, args }) => callee === '' || args?.().some(isAddress) === true);
	return isLost ? undefined : asMaker(withoutCasts(definition.expr), definition.scope, () => uses);
}

/** @param uses looked for where it is a call. */
function asMaker(call: Expr, scope: Scope, uses: () => readonly EarlierUse[]): Maker | undefined {
	if (call.kind !== 'call' || call.callee.kind !== 'name') return undefined;
	return { call, name: call.callee.name, scope, uses: uses() };
}

/** How the call made it, and what a function of the file that did so has done with it. */
function begun({ call, name, scope }: Maker, depth: number): SocketOrigin | undefined {
	const isMade = SOCKET_MAKERS.test(name) && call.args.length >= 3;
	if (isMade) return { ...kindOf(call, scope), called: [], mayHaveCalled: [] };
	if (ACCEPTORS.test(name) && call.args.length >= 3) {
		const [listener] = call.args;
		const of = listener && originOf(listener, scope, depth + 1);
		const { family, type, protocol } = of ?? {};
		const by = [name.replace(/^::/, '')];
		return {
			...(family === undefined ? {} : { family }),
			...(type === undefined ? {} : { type }),
			...(protocol === undefined ? {} : { protocol }),
			called: by,
			mayHaveCalled: by,
		};
	}
	const given = scope.returned?.(name)?.filter(({ expr }) => !isNoSocket(expr));
	const [only, ...others] = given ?? [];
	return only && others.length === 0 ? originOf(only.expr, only.scope, depth + 1) : undefined;
}

/** What is returned where no socket could be made. */
function isNoSocket(expr: Expr): boolean {
	const e = withoutCasts(expr);
	if (e.kind === 'name') return /^(?:INVALID_SOCKET|SOCKET_ERROR)$/.test(e.name);
	return e.kind === 'number' || (e.kind === 'unary' && /^[-~]$/.test(e.op));
}

/** Family, type and protocol by the names of the headers. */
function kindOf(call: Maker['call'], scope: Scope): Pick<SocketOrigin, 'family' | 'type' | 'protocol'> {
	const [first, second, third] = call.args;
	const family = nameOf(first, scope, FAMILIES)?.replace(/^PF_/, 'AF_');
	const type = nameOf(second, scope, TYPES);
	// Other families number their protocols on their own.
	const protocol = nameOf(third, scope, /^AF_INET6?$/.test(family ?? '') ? INTERNET_PROTOCOLS : NO_NAMES);
	return {
		...(family === undefined ? {} : { family }),
		...(type === undefined ? {} : { type }),
		...(protocol === undefined ? {} : { protocol }),
	};
}

type Names = ReadonlyMap<bigint, string>;
const byNumber = (numbers: Readonly<Record<string, number>>): Names =>
	new Map(Object.entries(numbers).map(([name, number]) => [BigInt(number), name]));
const FAMILIES = byNumber(ADDRESS_FAMILIES);
const TYPES = byNumber({ SOCK_STREAM: 1, SOCK_DGRAM: 2, SOCK_RAW: 3 });
// 0 leaves the choice to the provider.
const INTERNET_PROTOCOLS: Names = new Map(
	[...byNumber(PROTOCOLS)].filter(([number, name]) => number !== 0n && name.startsWith('IPPROTO_')),
);
const NO_NAMES: Names = new Map();

/** The headers' name for what an argument is, also where a macro of the file stands for it. */
function nameOf(e: Expr | undefined, scope: Scope, names: Names, depth = 0): string | undefined {
	const inner = e && withoutCasts(e);
	if (inner?.kind === 'number') return names.get(inner.value);
	if (inner?.kind !== 'name') return undefined;
	const [only, ...others] = (scope.variable(inner.name) ? undefined : scope.constant(inner.name)) ?? [];
	if (!only) return inner.name;
	return others.length > 0 || depth > DEEPEST ? undefined : nameOf(only.expr, only.scope, names, depth + 1);
}

// ---- the address that it is bound to ----

/** Every `bind` is sure to have run, and gives the address that stands for all interfaces. */
function isBoundToAll(uses: readonly EarlierUse[]): boolean {
	const binds = uses.filter(({ callee }) => callee === 'bind');
	return binds.every(({ certain, args }) => {
		const address = certain ? args?.()[1] : undefined;
		return address !== undefined && isWildcard(address);
	});
}

/** Members of the address structures that hold the address itself. */
const ADDRESS = /(?:^|\.)sin6?_addr(?:$|\.)/;
const FAMILY_STRUCTURES = /^(?:sockaddr_in6?|SOCKADDR_IN6?(?:_LH)?)$/;

/** The address of a local `sockaddr_in` or `sockaddr_in6` that is in sight as the one for all interfaces. */
function isWildcard({ expr, scope }: Definition): boolean {
	const inner = withoutCasts(expr);
	const object = inner.kind === 'unary' && inner.op === '&' ? withoutCasts(inner.operand) : undefined;
	const variable = object?.kind === 'name' ? scope.variable(object.name) : undefined;
	const type = variable?.type;
	if (!variable || (type?.kind !== 'named' && type?.kind !== 'record') || !FAMILY_STRUCTURES.test(type.name))
		return false;
	const members = variable.members?.();
	const addresses = members?.values.filter(({ path }) => ADDRESS.test(path)) ?? [];
	const [last] = addresses;
	if (!members) return false;
	return last ? addresses.length === 1 && isAny(last.definition) : isCleared(members.whole);
}

/** Set to 0 as a whole, or by an initialiser that says nothing of the address. */
function isCleared(whole: MemberValues['whole']): boolean {
	if (!whole) return false;
	if ('zero' in whole) return true;
	const e = withoutCasts(whole.expr);
	if (e.kind !== 'initializer' || e.parenthesized) return false;
	return e.elements.every((element, at) => {
		const name = e.names[at];
		if (name === undefined ? at < 2 : !ADDRESS.test(name)) return true;
		const inner = withoutCasts(element);
		if (inner.kind === 'initializer') return inner.elements.every((part) => isAny({ expr: part, scope: whole.scope }));
		return isAny({ expr: inner, scope: whole.scope });
	});
}

/** Functions that swap the bytes of an address, read it from a text, or mark a text as wide. */
const KEEP_ANY = /^(?:::)?(?:(?:hton|ntoh)l|inet_addr|_?TEXT|_T)$/;
/** `0.0.0.0`, `::`. */
const isAnyText = (text: string): boolean => /^[0.:]{1,40}$/.test(text) && /0|::/.test(text);

/** `INADDR_ANY`, `htonl(INADDR_ANY)`, `in6addr_any`, 0, and the texts for them. */
function isAny({ expr, scope }: Definition, depth = 0): boolean {
	const e = withoutCasts(expr);
	const isInner = (inner: Expr, from = scope): boolean => isAny({ expr: inner, scope: from }, depth + 1);
	if (depth > DEEPEST) return false;
	if (e.kind === 'number') return e.value === 0n;
	if (e.kind === 'string') return e.text !== undefined && isAnyText(e.text);
	if (e.kind === 'call') {
		const [value] = e.args;
		return e.callee.kind === 'name' && KEEP_ANY.test(e.callee.name) && value !== undefined && isInner(value);
	}
	if (e.kind === 'initializer') return e.elements.every((part) => isInner(part));
	if (e.kind !== 'name') return false;
	const variable = scope.variable(e.name);
	if (!variable && /^(?:::)?(?:INADDR_ANY|in6addr_any|IN6ADDR_ANY_INIT)$/.test(e.name)) return true;
	const [only, ...others] = (variable ? variable.reaching() : scope.constant(e.name)) ?? [];
	return only !== undefined && others.length === 0 && isInner(only.expr, only.scope);
}

// ---- event notifications ----

/** Functions that merely print or ask, and may be given a socket with its number. */
const SAYS_ONLY = /^(?:WSAGetLastError|printf|fprintf|assert)$/;

/** The function that has surely selected events of the socket, which nothing has ended since. */
export function selectedBy(e: Expr, scope: Scope): string | undefined {
	const inner = withoutCasts(e);
	if (inner.kind !== 'name') return undefined;
	const variable = scope.variable(inner.name);
	const since = Math.max(0, ...(variable?.reaching() ?? []).map(({ expr }) => expr.end));
	let active: string | undefined;
	for (const { callee, certain, at, args } of scope.uses(inner.name)) {
		if (at < since) continue;
		const position = Object.hasOwn(EVENT_MASKS, callee) ? EVENT_MASKS[callee] : undefined;
		const mask = position === undefined ? undefined : args?.()[position];
		if (mask && isFilled(mask)) {
			if (certain) active = callee;
		} else if (position !== undefined || !(SELECTS_NOTHING.test(callee) || SAYS_ONLY.test(callee))) active = undefined;
	}
	return active;
}

/** A mask that surely names an event. */
function isFilled({ expr, scope }: Definition): boolean {
	const e = withoutCasts(expr);
	if (e.kind === 'binary' && e.op === '|')
		return isFilled({ expr: e.left, scope }) || isFilled({ expr: e.right, scope });
	if (e.kind === 'name' && !scope.variable(e.name) && /^FD_(?!MAX_EVENTS|SETSIZE)[A-Z_]+$/.test(e.name)) return true;
	const values = evaluateCode(e, scope) ?? [];
	return values.length > 0 && values.every((value) => value !== 0);
}
