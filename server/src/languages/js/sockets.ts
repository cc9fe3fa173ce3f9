/** The state that a socket is in before a call, as far as what it was given with tells. */

import type { SocketOrigin } from '../../calls/model.ts';
import { ADDRESS_FAMILIES } from '../../catalog/names.ts';
import { field, named } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import { EVENT_MASKS, SELECTS_NOTHING } from '../events.ts';
import { evaluate } from './evaluate.ts';
import { imageOf } from './initial.ts';
import { integer } from './libraries/bytes.ts';
import { earlierUses, originOf } from './origin.ts';
import type { Found } from './sites.ts';
import { storageOf } from './storage.ts';
import type { Env } from './values.ts';

/** How the socket of an argument was made, and what was done with it since. */
export function socketOf(node: Node, env: Env, call: Found): SocketOrigin | undefined {
	const origin = originOf(node, env, call);
	return origin?.called.includes('bind') && isBoundToAll(node, env, call) ? { ...origin, boundToAll: true } : origin;
}

const argumentAt = (call: Node | undefined, position: number): Node | undefined => {
	const list = call && field(call, 'arguments');
	return list ? named(list)[position] : undefined;
};

/** Every `bind` is sure to have run, and gives the address that stands for all interfaces. */
function isBoundToAll(node: Node, env: Env, call: Found): boolean {
	const binds = (earlierUses(node, env.chunk, call, () => 0) ?? []).filter(({ callee }) => callee === 'bind');
	return binds.every(({ certain, given }) => {
		const bind = certain ? given() : undefined;
		const address = bind && argumentAt(bind, 1);
		return bind !== undefined && address !== undefined && isWildcard(address, env, { ...call, node: bind });
	});
}

/** Where the address stands in the structure of a family, in bytes. */
const ADDRESSES: ReadonlyMap<number | undefined, readonly [start: number, end: number]> = new Map([
	[ADDRESS_FAMILIES.AF_INET, [4, 8]],
	[ADDRESS_FAMILIES.AF_INET6, [8, 24]],
]);

function isWildcard(address: Node, env: Env, bind: Found): boolean {
	const storage = storageOf(address, env, bind);
	const image = storage && imageOf(storage, storage.made);
	const [low, high] = image ?? [];
	const place = low !== undefined && high !== undefined ? ADDRESSES.get(low | (high << 8)) : undefined;
	if (!image || !place || image.length < place[1]) return false;
	return image.slice(...place).every((byte) => byte === 0);
}

/** The function that has surely selected events of the socket, which nothing has ended since. */
export function selectedBy(node: Node, env: Env, call: Found): string | undefined {
	let active: string | undefined;
	for (const { callee, certain, given } of earlierUses(node, env.chunk, call, () => 0) ?? []) {
		const position = Object.hasOwn(EVENT_MASKS, callee) ? EVENT_MASKS[callee] : undefined;
		const mask = position === undefined ? undefined : argumentAt(given(), position);
		const value = mask ? integer(evaluate(mask, env)) : undefined;
		if (value !== undefined && value !== 0) {
			if (certain) active = callee;
		} else if (position !== undefined || !SELECTS_NOTHING.test(callee)) active = undefined;
	}
	return active;
}
