import * as l10n from '@vscode/l10n';
import { inputValues } from '../inputs.ts';
import type { Fact, Rule } from '../rule.ts';

interface WrongOrder extends Fact {
	readonly code: string;
	readonly member: string;
	/** What was in network order before it was swapped; absent: a plain number was given. */
	readonly swapped?: string;
	/** The number, where it is known. */
	readonly value?: number | string;
	/** The place is that of the number, not of the argument. */
	readonly isWritten: boolean;
}

export default {
	id: 'input-byte-order',
	title: 'A number in network byte order is given in the order of the machine',
	severity: 'warning',
	severityReason: 'The call works with another number than the one that is meant.',
	description:
		'Ports in the structures of Winsock are in network byte order, as `sin_port` of an address is. A plain number there means another port, and `htons` of what is in network order already swaps it back. Hexadecimal numbers are left alone: their bytes may be meant as they lie.',
	withoutFix: 'A number that is written elsewhere, or not known, has to be put in order there.',
	stage: 'need',
	accepted: [
		`
void f(SOCKET s, const struct sockaddr_in *local)
{
	INET_PORT_RANGE ranges[2] = { { 0, 1 } };
	INET_PORT_RANGE range;
	INET_PORT_RESERVATION_INSTANCE reserved;
	DWORD bytes;
	range.StartPort = local->sin_port;
	range.NumberOfPorts = 1;
	WSAIoctl(s, SIO_ACQUIRE_PORT_RESERVATION, &range, sizeof(range), &reserved, sizeof(reserved), &bytes, NULL, NULL);
	range.StartPort = htons(5000);
	WSAIoctl(s, SIO_ACQUIRE_PORT_RESERVATION, &range, sizeof(range), &reserved, sizeof(reserved), &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s, const struct sockaddr_in *local)
{
	INET_PORT_RANGE range;
	INET_PORT_RESERVATION_INSTANCE reserved;
	DWORD bytes;
	WSAOVERLAPPED o = { 0 };
	range.StartPort = htons(local->sin_port);
	//                ^^^^^^^^^^^^^^^^^^^^^^ input-byte-order
	range.NumberOfPorts = 1;
	WSAIoctl(s, SIO_ACQUIRE_PORT_RESERVATION, &range, sizeof(range), &reserved, sizeof(reserved), &bytes, &o, NULL);
	WSAGetOverlappedResult(s, &o, &bytes, TRUE, &bytes);
}`,
		`
void f(SOCKET s)
{
	INET_PORT_RANGE range = { 5000, 1 };
	//                        ^^^^ input-byte-order
	INET_PORT_RESERVATION_INSTANCE reserved;
	DWORD bytes;
	WSAOVERLAPPED o = { 0 };
	WSAIoctl(s, SIO_ACQUIRE_PORT_RESERVATION, &range, sizeof(range), &reserved, sizeof(reserved), &bytes, &o, NULL);
	WSAGetOverlappedResult(s, &o, &bytes, TRUE, &bytes);
}`,
	],
	check(call, context) {
		return inputValues(call, context).flatMap(({ code, name, given, facts, span }): readonly WrongOrder[] => {
			const { order, swapped, value } = given;
			if (facts.order !== 'network' || order !== 'host') return [];
			const isWritten = given.at !== undefined;
			const found = { span, code: code.name, member: name, isWritten, ...(value === undefined ? {} : { value }) };
			return [swapped === undefined ? found : { ...found, swapped }];
		});
	},
	message({ code, member, swapped, value }) {
		if (swapped !== undefined)
			return l10n.t(
				'`{0}` is in network byte order already, as `{1}` has to be: swapped once more, it makes `{2}` work with another port. Assign it as it is.',
				swapped,
				member,
				code,
			);
		const what =
			typeof value === 'number'
				? l10n.t(
						'`{0}` is in network byte order, but a plain number is given: {1} is read as port {2}.',
						member,
						value,
						exchanged(value),
					)
				: l10n.t('`{0}` is in network byte order, but a plain number is given.', member);
		return `${what} ${l10n.t('Put it in that order, as htons does.')}`;
	},
	fix({ span, swapped, value, isWritten }, { wording }) {
		if (!isWritten) return undefined;
		const { start, end } = span;
		if (swapped !== undefined)
			return { title: l10n.t('Assign {0}', swapped), edits: [{ start, end, newText: swapped }] };
		if (typeof value !== 'number') return undefined;
		const newText = wording.inNetworkOrder(String(value), value);
		return newText === undefined
			? undefined
			: { title: l10n.t('Write {0}', newText), edits: [{ start, end, newText }] };
	},
} satisfies Rule<WrongOrder>;

/** Both bytes of a port in the other order. */
const exchanged = (port: number): number => ((port & 0xff) << 8) | ((port >> 8) & 0xff);
