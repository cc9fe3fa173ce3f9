/** What a function sets a member to, or a variable that outlives it, and what it does with that before a point. */
import { field, named, within } from '../../syntax/nodes.ts';
import { lastWord } from '../../syntax/scan.ts';
import type { Node } from '../../syntax/trees.ts';
import type { EarlierUse } from './model.ts';
import { enclosingFunction, HIGHEST, remembered, repeated, runsBefore } from './nodes.ts';

export interface Kept {
	/** What it is set to. */
	readonly value: Node;
	/** Calls since then that are given it, or may do anything with it: of the latter the argument is absent. */
	readonly calls: readonly { readonly call: Node; readonly argument?: Node; readonly certain: boolean }[];
}

/** More assignments or calls in a function are not looked at. */
const MOST = 300;

/** Functions that touch nothing of the program's own: those of Winsock and of the C library. */
const HARMLESS =
	/^(?:WSA[A-Z]\w*|bind|connect|listen|accept|socket|[gs]etsockopt|getsockname|getpeername|ioctlsocket|send(?:to)?|recv(?:from)?|select|shutdown|hton(?:ll|[sl])|ntoh(?:ll|[sl])|[Ii]net_?\w+|gethostby\w+|gethostname|(?:free|get)addrinfo\w*|mem\w+|str\w+|\w*printf|f?puts|perror|(?:Rtl|Secure)?ZeroMemory|[GS]etLastError|Sleep|atoi|static_cast|reinterpret_cast|const_cast|assert)$/;

/** As two places spell the same thing. */
const plain = (text: string): string => text.replace(/\s+/g, '').replace(/^this->/, '');

/**
 * The last value that is surely set before a point.
 * @param spelt the member as it is written there.
 */
export function keptBefore(spelt: string, node: Node): Kept | undefined {
	const owner = enclosingFunction(node);
	if (!owner || repeated(node, owner)) return undefined;
	const name = plain(spelt);
	const all = remembered(owner, 'assignments', () => nodesIn(owner, 'assignment_expression'));
	const before = all.filter((n) => n.endIndex <= node.startIndex);
	if (before.length > MOST) return undefined;
	const set = before.filter((n) => plain(field(n, 'left')?.text ?? '') === name).at(-1);
	const value = set && field(set, 'right');
	if (!set || !value || field(set, 'operator')?.text !== '=' || !runsBefore(set, node)) return undefined;
	// Another object from there on: `c = c->next`.
	const isRoot = (n: Node) =>
		name !== field(n, 'left')?.text && name.startsWith(`${plain(field(n, 'left')?.text ?? '')}->`);
	if (before.some((n) => n.startIndex >= set.endIndex && isRoot(n))) return undefined;
	const calls = remembered(owner, 'calls', () => nodesIn(owner, 'call_expression')).filter(
		(call) => call.startIndex >= set.endIndex && !within(node, call) && call.endIndex <= node.startIndex,
	);
	if (calls.length > MOST) return undefined;
	return { value, calls: calls.flatMap((call) => givenBy(call, name, node, owner)) };
}

const nodesIn = (owner: Node, type: string): readonly Node[] => owner.descendantsOfType(type).filter((n) => n !== null);

function givenBy(call: Node, name: string, node: Node, owner: Node): Kept['calls'] {
	const list = field(call, 'arguments');
	const argument = (list ? named(list) : []).map(withoutCasts).find((inner) => plain(inner.text) === name);
	const certain = runsBefore(call, node);
	if (argument && enclosingFunction(call)?.id === owner.id) return [{ call, argument, certain }];
	const callee = lastWord((field(call, 'function')?.text ?? '').slice(-100));
	const mentions =
		plain(list?.text ?? '').includes(name) && named(list as Node).some((n) => plain(n.text) === `&${name}`);
	return HARMLESS.test(callee) && !mentions ? [] : [{ call, certain: false }];
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
