import * as l10n from '@vscode/l10n';
import type { SocketOrigin } from '../../calls/model.ts';
import type { SocketSpec } from '../../catalog/model.ts';
import type { Fact, Rule, Severity } from '../rule.ts';
import { allOf, fails } from '../wording.ts';

interface Contradiction {
	/** What the socket was made with, or `accept` where it comes from, and what the code is for. */
	readonly given: string;
	readonly wanted: readonly string[];
}

interface WrongKind extends Fact, Contradiction {
	/** The code, or the extension function that it is asked for. */
	readonly code: string;
	readonly isFunction?: true;
	/** What is right for other sockets. */
	readonly instead?: string;
	/** The error that the documents name for such a socket. */
	readonly error?: string;
}

export default {
	id: 'wrong-socket-kind',
	title: 'The socket is of another kind than the control code works on',
	severity: 'warning',
	severityReason:
		'The documents limit the code to other sockets; an error where they name the error for this one, a note where a raw socket only has another protocol, and a hint for the address of an extension function, which may be asked of one socket for others.',
	description:
		'Many codes belong to one family, type or protocol of sockets. The rule speaks where the call of `socket`, `WSASocket` or `accept` that made the socket is in sight, also in a function of the same file; a protocol of 0 is left open, and a function that names the error is taken to be ready for it.',
	withoutFix: 'Whether another socket or another code is meant only the author knows.',
	stage: 'socket',
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
		`
struct peer { SOCKET s; };
static SOCKET open_udp(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	if (s == INVALID_SOCKET) return INVALID_SOCKET;
	return s;
}
void f(struct peer *to)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	to->s = open_udp();
	WSAIoctl(to->s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//              ^^^^^^^^^^^^^^^^^^ wrong-socket-kind
}
void g(SOCKET listener)
{
	SOCKET s = accept(listener, NULL, NULL);
	BOOL report = FALSE;
	DWORD bytes;
	WSAIoctl(s, SIO_UDP_CONNRESET, &report, sizeof(report), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^ wrong-socket-kind
}`,
		`
void f(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	GUID id = WSAID_CONNECTEX;
	LPFN_CONNECTEX function;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &function, sizeof(function), &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-socket-kind
}`,
	],
	check(call, { family, catalog }) {
		const code = call.code.entry;
		const wanted = code?.socket;
		const { socket } = call;
		if (!code || !socket) return [];
		if (!wanted) {
			const guid = catalog.entries.guids.find(({ name, code: of }) => name === call.guid && of === code.name);
			const other = guid?.socket && contradiction(socket, guid.socket);
			return guid && other ? [{ span: call.code, severity: 'hint', code: guid.gives, isFunction: true, ...other }] : [];
		}
		const wrong = contradiction(socket, wanted);
		// Whoever names the error is ready for it: a test, or a program that tries.
		if (!wrong || call.expects.includes(wanted.otherwise ?? family.errors.notSupported)) return [];
		const severity = severityOf(socket, wanted, wrong);
		const error = severity === 'error' ? wanted.otherwise : undefined;
		const { instead } = wanted;
		return [
			{
				span: call.code,
				severity,
				code: code.name,
				...wrong,
				...(error === undefined ? {} : { error }),
				...(instead === undefined ? {} : { instead }),
			},
		];
	},
	message({ code, given, wanted, error, isFunction, instead }, context) {
		const kinds = allOf(wanted.map((n) => `\`${n}\``));
		if (isFunction)
			return l10n.t(
				'`{0}` works on {1} sockets, but its address is asked of one that was made with `{2}`. Ask with a socket of the kind that it is called with.',
				code,
				kinds,
				given,
			);
		const what = ACCEPTORS.test(given)
			? l10n.t('`{0}` is for {1} sockets, but this one comes from {2}, connected.', code, kinds, given)
			: l10n.t('`{0}` is for {1} sockets, but this one was made with `{2}`.', code, kinds, given);
		const consequence =
			error === undefined ? l10n.t('The documents promise nothing for such a socket.') : `${fails(context, error)}.`;
		const right = rightKind(wanted);
		const advice =
			instead === undefined
				? l10n.t('Use the code on {0}.', right)
				: l10n.t('Use the code on {0}, or {1}.', right, instead);
		return `${what} ${consequence} ${advice}`;
	},
} satisfies Rule<WrongKind>;

function rightKind([only, ...others]: readonly string[]): string {
	if (only === undefined || others.length > 0) return l10n.t('a socket of these kinds');
	return /^(?:SOCK|BTH)/.test(only) ? l10n.t('a {0} socket', only) : l10n.t('an {0} socket', only);
}

// What other names stand for, such as a provider's own family, is not known here. IPPROTO_IP is 0, which lets the
// provider choose.
const FAMILIES = /^AF_(?:INET6?|UNIX|BTH|IRDA|ATM)$/;
const TYPES = /^SOCK_(?:STREAM|DGRAM|RAW)$/;
const PROTOCOLS = /^IPPROTO_(?:TCP|UDP|ICMP|ICMPV6|IGMP|RM)$/;

const ACCEPTORS = /^(?:accept|WSAAccept)$/;
/** Types of sockets that connections are accepted with. */
const CONNECTED: ReadonlySet<string> = new Set(['SOCK_STREAM', 'SOCK_SEQPACKET', 'SOCK_RDM']);

/** The first thing in which the socket is another one. */
function contradiction(socket: SocketOrigin, wanted: SocketSpec): Contradiction | undefined {
	const parts = [
		[socket.family, wanted.families, FAMILIES],
		[socket.type, wanted.types, TYPES],
		[socket.protocol, wanted.protocols, PROTOCOLS],
	] as const;
	for (const [given, list, judged] of parts) {
		const names: readonly string[] | undefined = list;
		if (given !== undefined && names && judged.test(given) && !names.includes(given)) return { given, wanted: names };
	}
	const by = socket.type === undefined ? socket.called.find((name) => ACCEPTORS.test(name)) : undefined;
	const { types } = wanted;
	return by !== undefined && types && !types.some((type) => CONNECTED.has(type))
		? { given: by, wanted: types }
		: undefined;
}

function severityOf(socket: SocketOrigin, wanted: SocketSpec, { given }: Contradiction): Severity {
	// Monitors that are content with one protocol use raw sockets of it.
	if (given === socket.protocol && socket.type === 'SOCK_RAW') return 'info';
	return wanted.otherwise ? 'error' : 'warning';
}
