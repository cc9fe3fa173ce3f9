/** How a socket was made, and what was done with it before a call. */

import type { SocketOrigin } from '../../calls/model.ts';
import { EVENT_MASKS, SELECTS_NOTHING } from '../events.ts';
import { evaluateCode } from './evaluate/numbers.ts';
import { type Expr, withoutCasts } from './expression.ts';
import type { Definition, EarlierUse, MemberValues, Scope } from './model.ts';

const SOCKET_MAKERS = /^(?:::)?(?:socket|WSASocketW?|WSASocketA)$/;
const ACCEPTORS = /^(?:::)?(?:accept|WSAAccept)$/;
/** An accepted socket is of the kind of its listener, which may be one itself only by mistake. */
const DEEPEST = 2;

/** How the socket was made and what was done with it since, where both are in sight. */
export function originOf(e: Expr, scope: Scope): SocketOrigin | undefined {
	const inner = withoutCasts(e);
	const made = inner.kind === 'name' ? makerOf(inner, scope) : undefined;
	if (!made || inner.kind !== 'name') return undefined;
	const { call, name } = made;
	// The variable may have held another socket before.
	const uses = scope.uses(inner.name).filter((use) => use.at > call.start);
	const begun = ACCEPTORS.test(name) ? [name.replace(/^::/, '')] : [];
	return {
		...kindOf(inner, scope, 0),
		called: [...begun, ...uses.filter((use) => use.certain).map((use) => use.callee)],
		mayHaveCalled: [...begun, ...uses.map((use) => use.callee)],
		...(isBoundToAll(uses) ? { boundToAll: true } : {}),
	};
}

interface Maker {
	readonly call: Expr & { readonly kind: 'call' };
	readonly name: string;
	readonly scope: Scope;
}

/** The call that made the socket of a variable. */
function makerOf(e: Expr & { readonly kind: 'name' }, scope: Scope): Maker | undefined {
	const [only, ...others] = scope.variable(e.name)?.reaching() ?? [];
	const call = only && others.length === 0 ? withoutCasts(only.expr) : undefined;
	if (call?.kind !== 'call' || call.callee.kind !== 'name' || call.args.length < 3) return undefined;
	const { name } = call.callee;
	return only && (SOCKET_MAKERS.test(name) || ACCEPTORS.test(name)) ? { call, name, scope: only.scope } : undefined;
}

/** Family, type and protocol as they are written; those of an accepted socket are its listener's. */
function kindOf(e: Expr, scope: Scope, depth: number): Pick<SocketOrigin, 'family' | 'type' | 'protocol'> {
	const inner = withoutCasts(e);
	const made = inner.kind === 'name' && depth <= DEEPEST ? makerOf(inner, scope) : undefined;
	if (!made) return {};
	const [first] = made.call.args;
	if (ACCEPTORS.test(made.name)) return first ? kindOf(first, made.scope, depth + 1) : {};
	const [family, type, protocol] = made.call.args.map((arg) => (arg.kind === 'name' ? arg.name : undefined));
	return {
		...(family === undefined ? {} : { family: family.replace(/^PF_/, 'AF_') }),
		...(type === undefined ? {} : { type }),
		...(protocol === undefined ? {} : { protocol }),
	};
}

// ---- the address that it is bound to ----

/** Every `bind` is sure to have run, and gives the address that stands for all interfaces. */
function isBoundToAll(uses: readonly EarlierUse[]): boolean {
	const binds = uses.filter(({ callee }) => callee === 'bind');
	return (
		binds.length > 0 &&
		binds.every(({ certain, args }) => {
			const address = certain ? args?.()[1] : undefined;
			return address !== undefined && isWildcard(address);
		})
	);
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

/** `INADDR_ANY`, `htonl(INADDR_ANY)`, `in6addr_any` and 0. */
function isAny({ expr, scope }: Definition): boolean {
	const e = withoutCasts(expr);
	if (e.kind === 'number') return e.value === 0n;
	if (e.kind === 'call') {
		const [value] = e.args;
		const isSwap = e.callee.kind === 'name' && /^(?:::)?(?:hton|ntoh)l$/.test(e.callee.name);
		return isSwap && value !== undefined && isAny({ expr: value, scope });
	}
	if (e.kind === 'initializer') return e.elements.every((part) => isAny({ expr: part, scope }));
	if (e.kind !== 'name' || scope.variable(e.name)) return false;
	if (/^(?:::)?(?:INADDR_ANY|in6addr_any|IN6ADDR_ANY_INIT)$/.test(e.name)) return true;
	const [only, ...others] = scope.constant(e.name) ?? [];
	return only !== undefined && others.length === 0 && withoutCasts(only.expr).kind === 'number' && isAny(only);
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
