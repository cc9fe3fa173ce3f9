/** The socket that a run makes. */

import * as l10n from '@vscode/l10n';
import type { SocketRecipeInput } from '../../../../native/src/plan.ts';
import type { LiveSocket } from '../../catalog/model.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../catalog/names.ts';
import { bytesText, everyOf } from '../../reference/words.ts';
import { fromBase64, toBase64 } from '../buffers/bytes.ts';
import { SOCKET_KINDS, type Subject } from '../subject.ts';

/** What the source shows, else what the catalog suggests, else a TCP socket. */
export function socketFor({ socket, entry }: Subject): LiveSocket {
	const suggested: LiveSocket = entry?.live?.socket ?? {
		type: entry?.socket?.types?.[0] ?? 'SOCK_STREAM',
		...(entry?.socket?.families?.[0] ? { family: entry.socket.families[0] } : {}),
		...(entry?.socket?.protocols?.[0] ? { protocol: entry.socket.protocols[0] } : {}),
	};
	if (!socket) return suggested;
	const alike = socket.type === suggested.type && socket.state === 'connected' && suggested.state === 'connected';
	if (!alike) return socket;
	const { queued, urgent } = suggested;
	return { ...socket, ...(queued === undefined ? {} : { queued }), ...(urgent === undefined ? {} : { urgent }) };
}

/** It in the words of a plan. */
export function recipe({ family, type, protocol, state, queued, urgent }: LiveSocket): SocketRecipeInput {
	const ip = family === undefined || family === 'AF_INET' || family === 'AF_INET6';
	const data = type === 'SOCK_STREAM' || type === 'SOCK_DGRAM';
	const address = family === 'AF_INET6' ? '::1' : '127.0.0.1';
	return {
		family: family === 'AF_INET6' ? 'inet6' : ip ? 'inet' : ADDRESS_FAMILIES[family]!,
		type: SOCKET_KINDS[type],
		protocol: protocol === undefined ? 0 : (PROTOCOLS[protocol] ?? 0),
		bind: ip && state === 'bound' ? { address } : null,
		listen: ip && state === 'listening' && type === 'SOCK_STREAM',
		peer:
			ip && data && state === 'connected'
				? {
						queued: queued === undefined ? [] : [base64Text(queued)],
						urgent: urgent === undefined ? null : base64Text(urgent),
					}
				: null,
	};
}

const base64Text = (text: string): string => toBase64(new TextEncoder().encode(text));

const KINDS: Readonly<Record<string, string>> = { stream: 'TCP', datagram: 'UDP' };

/** What sockets of other protocols are called; those that hardly anybody makes by the word of the plan. */
const OTHER_KINDS: Readonly<Record<string, () => string>> = {
	stream: () => l10n.t('stream'),
	datagram: () => l10n.t('datagram'),
	raw: () => l10n.t('raw'),
};

/** What a run was made on: `a TCP pair on the loopback, connected; the peer had sent 5 bytes`. */
export function socketText({ type, family, protocol, bind, listen, peer, nonBlocking }: SocketRecipeInput): string {
	// Only IP sockets of the default protocols are known by these names.
	const isPlain = (family === undefined || family === 'inet' || family === 'inet6') && PLAIN.has(protocol ?? 0);
	const kind = (isPlain && KINDS[type]) || (OTHER_KINDS[type]?.() ?? type);
	const inMode = (text: string): string => (nonBlocking ? l10n.t('{0}, non-blocking', text) : text);
	if (listen) return inMode(l10n.t('a {0} socket on the loopback, listening', kind));
	if (peer) {
		const sent = (peer.queued ?? []).reduce((sum, part) => sum + fromBase64(part).length, 0);
		const urgent = peer.urgent ? fromBase64(peer.urgent).length : 0;
		const parts = [
			...(sent > 0 ? [bytesText(sent)] : []),
			...(urgent > 0 ? [l10n.t('{0} out of band', bytesText(urgent))] : []),
		];
		const pair = inMode(l10n.t('a {0} pair on the loopback, connected', kind));
		return parts.length > 0 ? l10n.t('{0}; the peer had sent {1}', pair, everyOf(parts)) : pair;
	}
	return inMode(
		bind
			? l10n.t('a {0} socket bound to {1}', kind, bind.address)
			: l10n.t('a {0} socket, neither bound nor connected', kind),
	);
}

/** Of these and of none in particular the type of a socket tells enough. */
const PLAIN: ReadonlySet<number> = new Set([0, 1, 6, 17, 58, 255]);
