/** The socket that a run makes. */
import type { SocketRecipeInput } from '../../../../native/src/plan.ts';
import type { LiveSocket } from '../../catalog/model.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../../catalog/names.ts';
import { toBase64 } from '../buffers/bytes.ts';
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
