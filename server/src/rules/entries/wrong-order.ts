import type { SocketOrigin } from '../../calls/model.ts';
import type { OrderRule } from '../../catalog/model.ts';
import type { Report, Rule } from '../rule.ts';
import { fails } from '../wording.ts';

/** Functions after which the step counts as done. Connecting binds a socket that is not bound yet. */
const DONE: Readonly<Record<'bind' | 'connect' | 'listen', readonly string[]>> = {
	bind: ['bind', 'connect', 'WSAConnect'],
	connect: ['connect', 'WSAConnect'],
	listen: ['listen'],
};

/** Functions that take a socket and neither bind, connect nor accept it. */
const HARMLESS =
	/^(?:[gs]etsockopt|WSAIoctl|ioctlsocket|getsockname|getpeername|SetHandleInformation|CreateIoCompletionPort|WSAEventSelect|WSAAsyncSelect|closesocket|shutdown|printf|fprintf|assert)$/;

export default {
	id: 'wrong-order',
	title: 'The control code comes too early or too late',
	severity: 'warning',
	severityReason:
		'The documents limit the code to another state of the socket; a note where several limits hold for different sockets and no error is named.',
	description:
		'Some codes only make sense before the socket is bound or connected, others only after that. The rule speaks where the socket is made in the same function and every call that was given it since is known.',
	precedence: 13,
	accepted: [
		`
void f(struct sockaddr *to, int size)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	TCP_INITIAL_RTO_PARAMETERS rto = { 3000, 2 };
	DWORD bytes;
	WSAIoctl(s, SIO_TCP_INITIAL_RTO, &rto, sizeof(rto), NULL, 0, &bytes, NULL, NULL);
	connect(s, to, size);
}`,
		`
void f(struct sockaddr *to, int size)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	ULONG backlog;
	DWORD bytes;
	connect_with_retries(s, to, size);
	WSAIoctl(s, SIO_IDEAL_SEND_BACKLOG_QUERY, NULL, 0, &backlog, sizeof(backlog), &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(struct sockaddr *to, int size)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	TCP_INITIAL_RTO_PARAMETERS rto = { 3000, 2 };
	DWORD bytes;
	connect(s, to, size);
	WSAIoctl(s, SIO_TCP_INITIAL_RTO, &rto, sizeof(rto), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^^^ wrong-order
}`,
		`
void f(void)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	ULONG backlog;
	DWORD bytes;
	WSAIoctl(s, SIO_IDEAL_SEND_BACKLOG_QUERY, NULL, 0, &backlog, sizeof(backlog), &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-order
}`,
	],
	check(call, context) {
		const code = call.code.entry;
		const { socket } = call;
		if (!code?.order || !socket || call.through) return [];
		const reports: Report[] = [];
		for (const { rule, otherwise, note } of code.order) {
			const [when, step] = rule.split('-') as [Split<OrderRule>[0], Split<OrderRule>[1]];
			if (otherwise !== undefined && call.expects.includes(otherwise)) continue;
			const wrong =
				when === 'before'
					? step !== 'accept' && DONE[step].some((f) => socket.called.includes(f))
					: neverReached(socket);
			if (!wrong) continue;
			reports.push({
				span: call.code,
				severity: otherwise === undefined && code.order.length > 1 ? 'info' : 'warning',
				message: `\`${code.name}\` belongs ${when} ${step}, but ${
					when === 'before'
						? `${DONE[step as 'bind'].find((f) => socket.called.includes(f))} was already called with this socket`
						: `nothing in this function has ${STEPS[step]} the socket yet`
				}. ${otherwise === undefined ? (note ?? 'The documents promise nothing for this order.') : `${fails(context, otherwise)}.`} Move the call ${
					when === 'before' ? `in front of ${step}` : `behind ${step}`
				}.`,
			});
		}
		return reports.slice(0, 1);
	},
} satisfies Rule;

type Split<T extends string> = T extends `${infer A}-${infer B}` ? [A, B] : never;

const STEPS = { bind: 'bound', connect: 'connected', listen: 'made to listen', accept: 'accepted' };

/** Every use of the socket since it was made is known, and none binds, connects or accepts it. */
const neverReached = (socket: SocketOrigin): boolean => socket.mayHaveCalled.every((f) => HARMLESS.test(f));
