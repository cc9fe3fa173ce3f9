import * as l10n from '@vscode/l10n';
import type { IoctlCall, SocketOrigin } from '../../calls/model.ts';
import type { OrderRule } from '../../catalog/model.ts';
import type { Code } from '../buffers.ts';
import { inputValues } from '../inputs.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';
import { fails } from '../wording.ts';

type Untimely = Limited | Wildcard | Selected;

/** Bound to all interfaces where one is needed. */
interface Wildcard extends Fact {
	readonly kind: 'wildcard';
	readonly code: string;
}

/** Set up for event notifications, which do not go with the value. */
interface Selected extends Fact {
	readonly kind: 'selected';
	readonly code: string;
	readonly value: number;
	readonly by: string;
	readonly error: string;
}

interface Limited extends Fact {
	readonly kind: 'limit';
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
	bind: ['bind', 'connect', 'WSAConnect', 'accept', 'WSAAccept'],
	connect: ['connect', 'WSAConnect', 'accept', 'WSAAccept'],
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
		'Some codes only make sense before the socket is bound or connected, others only after that. Some need an interface of their own, and some values do not go with event notifications. The rule speaks where the socket is made in the same function, or comes from accept, and every call that was given it since is known; functions of the same file are looked into.',
	withoutFix: 'Moving the call, or what it has to stand behind, changes what runs in between.',
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
		`
void f(void)
{
	SOCKET s = socket(AF_INET, SOCK_RAW, IPPROTO_IP);
	struct sockaddr_in all = { 0 };
	RCVALL_VALUE mode = RCVALL_IPLEVEL;
	DWORD bytes;
	all.sin_family = AF_INET;
	all.sin_addr.s_addr = htonl(INADDR_ANY);
	bind(s, (struct sockaddr *)&all, sizeof(all));
	WSAIoctl(s, SIO_RCVALL, &mode, sizeof(mode), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^ wrong-order
}`,
		`
void f(SOCKET s, WSAEVENT ready)
{
	u_long off = 0;
	WSAEventSelect(s, ready, FD_READ | FD_CLOSE);
	ioctlsocket(s, FIONBIO, &off);
	//             ^^^^^^^ wrong-order
}`,
	],
	check(call, context) {
		const code = call.code.entry;
		if (!code || call.through) return [];
		return [...untimely(call, code), ...wildcard(call, code), ...selected(call, code, context)];
	},
	message(fact, context) {
		const { code } = fact;
		switch (fact.kind) {
			case 'wildcard':
				return l10n.t(
					'`{0}` needs a socket that is bound to the address of one interface, but this one is bound to the wildcard address, which stands for all. The documents promise nothing for such a socket. Bind it to the address of the interface.',
					code,
				);
			case 'selected': {
				const { by, value, error } = fact;
				const what = l10n.t('{0} keeps the socket non-blocking, so that `{1}` cannot be {2} now.', by, code, value);
				return `${what} ${fails(context, error)}. ${l10n.t('Call {0} with an event mask of 0 first.', by)}`;
			}
			case 'limit':
				return limitText(fact, context);
		}
	},
} satisfies Rule<Untimely>;

/** What the code asks for, what becomes of the call, and where to move it. */
function limitText({ code, step, done, error, note }: Limited, context: RuleContext): string {
	const consequence =
		error === undefined
			? (note ?? l10n.t('The documents promise nothing for this order.'))
			: `${fails(context, error)}.`;
	if (done === undefined) {
		const what = l10n.t(
			'`{0}` belongs after {1}, but nothing in this function has {2} the socket yet.',
			code,
			step,
			stepText(step),
		);
		return `${what} ${consequence} ${l10n.t('Move the call behind {0}.', step)}`;
	}
	if (/accept/i.test(done)) {
		const what = l10n.t(
			'`{0}` belongs before {1}, but this socket comes from {2}, {3}.',
			code,
			step,
			done,
			stepText(step === 'bind' ? 'bind' : 'connect'),
		);
		return `${what} ${consequence} ${l10n.t('Make the call on another socket.')}`;
	}
	const what = l10n.t('`{0}` belongs before {1}, but {2} was already called with this socket.', code, step, done);
	return `${what} ${consequence} ${l10n.t('Move the call in front of {0}.', step)}`;
}

/** What the catalog's limits mean. */
const LIMITS: Readonly<Record<OrderRule, { readonly before: boolean; readonly step: Step }>> = {
	'before-bind': { before: true, step: 'bind' },
	'after-bind': { before: false, step: 'bind' },
	'before-connect': { before: true, step: 'connect' },
	'after-connect': { before: false, step: 'connect' },
	'before-listen': { before: true, step: 'listen' },
	'after-accept': { before: false, step: 'accept' },
};

/** What a socket is behind a step. */
function stepText(step: Step): string {
	switch (step) {
		case 'bind':
			return l10n.t('bound');
		case 'connect':
			return l10n.t('connected');
		case 'listen':
			return l10n.t('made to listen');
		case 'accept':
			return l10n.t('accepted');
	}
}

/** The first limit of the code that the socket is beyond, or has not come to. */
function untimely({ code: argument, socket, expects }: IoctlCall, code: Code): readonly Limited[] {
	if (!code.order || !socket) return [];
	for (const { rule, otherwise, note } of code.order) {
		if (otherwise !== undefined && expects.includes(otherwise)) continue;
		const { before, step } = LIMITS[rule];
		const done = before ? DONE[step].find((f) => socket.called.includes(f)) : undefined;
		if (before ? done === undefined : !neverReached(socket)) continue;
		const severity = otherwise === undefined && code.order.length > 1 ? 'info' : 'warning';
		return [
			{
				kind: 'limit',
				span: argument,
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
}

const wildcard = ({ code: argument, socket }: IoctlCall, code: Code): readonly Wildcard[] =>
	code.socket?.ofOneInterface && socket?.boundToAll ? [{ kind: 'wildcard', span: argument, code: code.name }] : [];

/** The value that an error of the code stands for while notifications are selected. */
function selected(call: IoctlCall, code: Code, context: RuleContext): readonly Selected[] {
	const by = call.selectedBy;
	if (by === undefined) return [];
	return (code.errors ?? []).flatMap(({ error, on }): readonly Selected[] => {
		const value = typeof on === 'object' ? on.whileSelected : undefined;
		if (value === undefined || call.expects.includes(error)) return [];
		const isGiven = inputValues(call, context).some(({ path, given }) => path === '' && given.value === value);
		return isGiven ? [{ kind: 'selected', span: call.code, code: code.name, value, by, error }] : [];
	});
}

/** Every use of the socket since it was made is known, and none binds, connects or accepts it. */
const neverReached = (socket: SocketOrigin): boolean => socket.mayHaveCalled.every((f) => HARMLESS.test(f));
