import type { SocketOrigin } from '../../calls/model.ts';
import type { OrderRule } from '../../catalog/model.ts';
import type { Fact, Rule } from '../rule.ts';
import { fails } from '../wording.ts';

interface Untimely extends Fact {
	readonly code: string;
	readonly step: Step;
	/** What has taken the socket beyond that step; absent: the socket has not come to it. */
	readonly done?: string;
	/** The error that the documents name, or what else they say. */
	readonly error?: string;
	readonly note?: string;
}

type Step = 'bind' | 'connect' | 'listen' | 'accept';

/** Functions after which the step counts as done. Connecting binds a socket that is not bound yet. */
const DONE: Readonly<Record<Step, readonly string[]>> = {
	bind: ['bind', 'connect', 'WSAConnect'],
	connect: ['connect', 'WSAConnect'],
	listen: ['listen'],
	accept: [],
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
	stage: 'state',
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
	check(call) {
		const code = call.code.entry;
		const { socket } = call;
		if (!code?.order || !socket || call.through) return [];
		for (const { rule, otherwise, note } of code.order) {
			if (otherwise !== undefined && call.expects.includes(otherwise)) continue;
			const { before, step } = LIMITS[rule];
			const done = before ? DONE[step].find((f) => socket.called.includes(f)) : undefined;
			if (before ? done === undefined : !neverReached(socket)) continue;
			const severity = otherwise === undefined && code.order.length > 1 ? 'info' : 'warning';
			return [
				{
					span: call.code,
					severity,
					code: code.name,
					step,
					...(done === undefined ? {} : { done }),
					...(otherwise === undefined ? {} : { error: otherwise }),
					...(note === undefined ? {} : { note }),
				},
			];
		}
		return [];
	},
	message({ code, step, done, error, note }, context) {
		const consequence =
			error === undefined ? (note ?? 'The documents promise nothing for this order.') : `${fails(context, error)}.`;
		return done === undefined
			? `\`${code}\` belongs after ${step}, but nothing in this function has ${STEPS[step]} the socket yet. ${consequence} Move the call behind ${step}.`
			: `\`${code}\` belongs before ${step}, but ${done} was already called with this socket. ${consequence} Move the call in front of ${step}.`;
	},
} satisfies Rule<Untimely>;

/** What the catalog's limits mean. */
const LIMITS: Readonly<Record<OrderRule, { readonly before: boolean; readonly step: Step }>> = {
	'before-bind': { before: true, step: 'bind' },
	'after-bind': { before: false, step: 'bind' },
	'before-connect': { before: true, step: 'connect' },
	'after-connect': { before: false, step: 'connect' },
	'before-listen': { before: true, step: 'listen' },
	'after-accept': { before: false, step: 'accept' },
};

const STEPS = { bind: 'bound', connect: 'connected', listen: 'made to listen', accept: 'accepted' };

/** Every use of the socket since it was made is known, and none binds, connects or accepts it. */
const neverReached = (socket: SocketOrigin): boolean => socket.mayHaveCalled.every((f) => HARMLESS.test(f));
