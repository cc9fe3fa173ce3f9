/** The socket that a run makes. */
import type { SocketRecipeInput } from '../../../../native/src/plan.ts';
import type { LiveSocket } from '../../catalog/model.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../catalog/names.ts';
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

const KINDS: Readonly<Record<string, string>> = { stream: 'TCP', datagram: 'UDP', raw: 'raw' };

/** What a run was made on: `a TCP pair on the loopback, connected; the peer had sent 5 bytes`. */
export function socketText({ type, family, protocol, bind, listen, peer, nonBlocking }: SocketRecipeInput): string {
	// Only IP sockets of the default protocols are known by these names.
	const isPlain = (family === undefined || family === 'inet' || family === 'inet6') && (protocol ?? 0) in PLAIN;
	const kind = (isPlain && KINDS[type]) || type;
	const mode = nonBlocking ? ', non-blocking' : '';
	if (listen) return `a ${kind} socket on the loopback, listening${mode}`;
	if (peer) {
		const sent = (peer.queued ?? []).reduce((sum, part) => sum + fromBase64(part).length, 0);
		const urgent = peer.urgent ? fromBase64(peer.urgent).length : 0;
		const parts = [...(sent > 0 ? [bytesText(sent)] : []), ...(urgent > 0 ? [`${bytesText(urgent)} out of band`] : [])];
		const traffic = parts.length > 0 ? `; the peer had sent ${parts.join(' and ')}` : '';
		return `a ${kind} pair on the loopback, connected${mode}${traffic}`;
	}
	return bind
		? `a ${kind} socket bound to ${bind.address}${mode}`
		: `a ${kind} socket, neither bound nor connected${mode}`;
}

const PLAIN = { 0: true, 1: true, 6: true, 17: true, 58: true, 255: true };

const bytesText = (count: number): string => `${count} ${count === 1 ? 'byte' : 'bytes'}`;
