/** What a function sets a member to, or a variable that outlives it, and what it does with that before a point. */
import { field, named, within } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import { lastWord } from '../../syntax/scan.ts';
import { lastBefore } from '../../syntax/search.ts';
import type { Node } from '../../syntax/trees.ts';
import type { CFile } from './file.ts';
import type { EarlierUse } from './model.ts';
import { enclosingFunction, HIGHEST, remembered, repeated, runsBefore, startOf } from './nodes.ts';

export interface Kept {
	/** What it is set to. */
	readonly value: Node;
	/** Calls since then that are given it, or what may be another name of it: of the latter the argument is absent. */
	readonly calls: readonly { readonly call: Node; readonly argument?: Node; readonly certain: boolean }[];
}

/** More assignments or calls in a function are not looked at. */
const MOST = 300;

/** Functions of the C library and the like that touch nothing of the program's own. */
const HARMLESS =
	/^(?:WSAGetLastError|WSACreateEvent|socket|hton(?:ll|[sl])|ntoh(?:ll|[sl])|[Ii]net_?\w+|gethostby\w+|gethostname|(?:free|get)addrinfo\w*|mem\w+|str\w+|\w*printf|f?puts|perror|(?:Rtl|Secure)?ZeroMemory|[GS]etLastError|Sleep|atoi|static_cast|reinterpret_cast|const_cast|assert)$/;
/** Functions that change the state of a socket, and nothing of the program's own. */
const OF_SOCKETS =
	/^(?:WSA[A-Z]\w*|bind|connect|listen|accept|[gs]etsockopt|getsockname|getpeername|ioctlsocket|closesocket|send(?:to)?|recv(?:from)?|select|shutdown)$/;

/** As two places spell the same thing. */
const plain = (text: string): string => text.replace(/\s+/g, '').replace(/^this->/, '');

/**
 * The last value that is surely set before a point.
 * @param spelt the member, or the variable, as it is written there.
 * @param isLocal nobody but the function has the variable.
 */
export function keptBefore(file: CFile, spelt: string, node: Node, isLocal: boolean): Kept | undefined {
	const owner = enclosingFunction(node);
	if (!owner || repeated(node, owner)) return undefined;
	const name = plain(spelt);
	// Most functions set nothing that a call is given: their text tells.
	const words = remembered(owner, 'set words', () => wordsSet(owner.text));
	if (!words.has(name.match(/\w+/g)?.at(-1) ?? '')) return undefined;
	const all = remembered(owner, 'assignments', () => nodesIn(owner, 'assignment_expression'));
	const begun = all.slice(0, lastBefore(all, startOf, node.startIndex) + 1);
	// Hardly any of those that have begun is still open there.
	if (begun.length > 2 * MOST) return undefined;
	const before = begun.filter((n) => n.endIndex <= node.startIndex);
	if (before.length > MOST) return undefined;
	const set = before.filter((n) => plain(field(n, 'left')?.text ?? '') === name).at(-1);
	const value = set && field(set, 'right');
	if (!set || !value || field(set, 'operator')?.text !== '=' || !runsBefore(set, node)) return undefined;
	// Another object from there on: `c = c->next`.
	const isRoot = (n: Node) =>
		name !== field(n, 'left')?.text && name.startsWith(`${plain(field(n, 'left')?.text ?? '')}->`);
	if (before.some((n) => n.startIndex >= set.endIndex && isRoot(n))) return undefined;
	if (isLocal) return { value, calls: [] };
	const made = remembered(owner, 'calls', () => nodesIn(owner, 'call_expression'));
	const since = made.slice(lastBefore(made, startOf, set.endIndex) + 1, lastBefore(made, startOf, node.startIndex) + 1);
	if (since.length > 2 * MOST) return undefined;
	const between = since.filter((call) => !within(node, call) && call.endIndex <= node.startIndex);
	if (between.length > MOST) return undefined;
	const calls: Kept['calls'][number][] = [];
	for (const call of between) {
		const given = givenBy(file, call, name, node, owner);
		if (given === 'lost') return undefined;
		if (given) calls.push(given);
	}
	return { value, calls };
}

/** The last words of what a text assigns to. */
const wordsSet = (text: string): ReadonlySet<string> =>
	new Set(Array.from(text.matchAll(/(?<!\w)(\w+)[\s)\]]*=(?!=)/g), ([, word = '']) => word));

const nodesIn = (owner: Node, type: string): readonly Node[] => owner.descendantsOfType(type).filter((n) => n !== null);

/** What a call may do with it: undefined where that is nothing, `lost` where it may be anything. */
function givenBy(
	file: CFile,
	call: Node,
	name: string,
	node: Node,
	owner: Node,
): Kept['calls'][number] | 'lost' | undefined {
	if (leavesBefore(call, node)) return undefined;
	const list = field(call, 'arguments');
	const args = list ? named(list) : [];
	const argument = args.map(withoutCasts).find((inner) => plain(inner.text) === name);
	const callee = lastWord((field(call, 'function')?.text ?? '').slice(-100));
	const isOfSockets = OF_SOCKETS.test(callee);
	if (args.some((n) => plain(withoutCasts(n).text) === `&${name}`) || enclosingFunction(call)?.id !== owner.id)
		return 'lost';
	if (argument) {
		const isByValue = isOfSockets || HARMLESS.test(callee) || !file.cpp || file.takesValues(callee);
		return isByValue ? { call, argument, certain: runsBefore(call, node) } : 'lost';
	}
	if (HARMLESS.test(callee)) return undefined;
	return isOfSockets ? { call, certain: false } : 'lost';
}

/** A call in a branch that a place does not stand in, and that leads away. */
function leavesBefore(call: Node, place: Node): boolean {
	let inner = call;
	for (let outer = parentOf(inner); outer && !within(place, outer); inner = outer, outer = parentOf(outer)) {
		if (outer.type !== 'if_statement' || field(outer, 'condition')?.id === inner.id) continue;
		const last = inner.type === 'compound_statement' ? named(inner).at(-1) : inner;
		if (/^(?:return|throw|goto|break|continue)_statement$/.test(last?.type ?? '')) return true;
	}
	return false;
}

function withoutCasts(node: Node): Node {
	let inner = node;
	for (let levels = 0; levels < HIGHEST; levels++) {
		if (inner.type === 'cast_expression') inner = field(inner, 'value') ?? inner;
		else if (inner.type === 'parenthesized_expression') inner = named(inner)[0] ?? inner;
		else break;
	}
	return inner;
}

/** A use of which nothing is known. */
export const unknownUse = (at: number): EarlierUse => ({ callee: '', certain: false, at });
