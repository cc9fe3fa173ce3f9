import type { Rule, Severity } from '../rule.ts';
import { fails } from '../wording.ts';

export default {
	id: 'wrong-socket-kind',
	title: 'The socket is of another kind than the control code works on',
	severity: 'warning',
	severityReason:
		'The documents limit the code to other sockets; an error where they name the error for this one, a note where a raw socket only has another protocol.',
	description:
		'Many codes belong to one family, type or protocol of sockets. The rule speaks where the call of `socket` or `WSASocket` that made the socket is in sight; a protocol of 0 is left open, and a function that names the error is taken to be ready for it.',
	precedence: 14,
	accepted: [
		`
void f(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^^ wrong-socket-kind
}`,
		`
void f(void)
{
	SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
	BOOL report = FALSE;
	DWORD bytes;
	WSAIoctl(s, SIO_UDP_CONNRESET, &report, sizeof(report), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^ wrong-socket-kind
}`,
	],
	check(call, context) {
		const code = call.code.entry;
		const wanted = code?.socket;
		const { socket } = call;
		if (!code || !wanted || !socket) return [];
		const contradicts = (given: string | undefined, list: readonly string[] | undefined, judged: RegExp) =>
			given !== undefined && list !== undefined && judged.test(given) && !list.includes(given);
		// What other names stand for, such as a provider's own family, is not known here.
		const family = contradicts(socket.family, wanted.families, /^AF_(?:INET6?|UNIX|BTH|IRDA|ATM)$/);
		const type = contradicts(socket.type, wanted.types, /^SOCK_(?:STREAM|DGRAM|RAW)$/);
		// IPPROTO_IP is 0, which lets the provider choose.
		const protocol = contradicts(socket.protocol, wanted.protocols, /^IPPROTO_(?:TCP|UDP|ICMP|ICMPV6|IGMP|RM)$/);
		if (!family && !type && !protocol) return [];
		// Whoever names the error is ready for it: a test, or a program that tries.
		if (call.expects.includes(wanted.otherwise ?? 'WSAEOPNOTSUPP')) return [];
		// Monitors that are content with one protocol use raw sockets of it.
		const doubtful = !family && !type && socket.type === 'SOCK_RAW';
		const severity: Severity = doubtful ? 'info' : wanted.otherwise ? 'error' : 'warning';
		const [given, list] = family
			? [socket.family!, wanted.families!]
			: type
				? [socket.type!, wanted.types!]
				: [socket.protocol!, wanted.protocols!];
		return [
			{
				span: call.code,
				severity,
				message:
					`\`${code.name}\` is for ${list.map((n) => `\`${n}\``).join(' and ')} sockets, but this one was made with \`${given}\`. ${
						severity === 'error'
							? `${fails(context, wanted.otherwise!)}.`
							: 'The documents promise nothing for such a socket.'
					} Use the code on ${list.length === 1 ? `an ${list[0]} socket` : 'a socket of these kinds'}.`.replace(
						/\ban (?=SOCK|BTH)/,
						'a ',
					),
			},
		];
	},
} satisfies Rule;
