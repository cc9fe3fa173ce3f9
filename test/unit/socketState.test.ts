/** The kind and state of a socket at a call: what it comes from, is bound to and set up for, through helpers too. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const STATE = ['wrong-order', 'wrong-socket-kind'];

async function found(text: string, name: string): Promise<readonly string[]> {
	const { calls, findings } = await checked(checker, { name, text });
	expect(calls.length).toBeGreaterThan(0);
	return findings.flatMap(({ rule, message }) => (STATE.includes(rule) ? [message] : []));
}

const HELPERS = `
static int join(SOCKET s, const struct sockaddr *a) { return connect(s, a, 16); }
static int try_join(SOCKET s, const struct sockaddr *a) { if (!a) return -1; return connect(s, a, 16); }
static void tune(SOCKET s) { int on = 1; setsockopt(s, IPPROTO_TCP, TCP_NODELAY, (char *)&on, sizeof(on)); }
static void elsewhere(SOCKET s) { remember(s); }
static void watch(SOCKET s, WSAEVENT e) { WSAEventSelect(s, e, FD_READ); }
static void bind_all(SOCKET s) { struct sockaddr_in a = { AF_INET }; bind(s, (struct sockaddr *)&a, sizeof(a)); }
static SOCKET made(void) { SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP); if (s == INVALID_SOCKET) { return -1; } return s; }
static SOCKET made_of(int a, int b, int c) { return socket(AF_INET, SOCK_DGRAM, c); }
static SOCKET made_either(int x) { if (x) return socket(AF_INET, SOCK_DGRAM, 0); return socket(AF_INET, SOCK_STREAM, 0); }
struct peer { SOCKET s; struct peer *next; };
static struct peer *me;
static SOCKET kept;
`;
const STREAM = 'SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);';
const RAW = 'SOCKET s = socket(AF_INET, SOCK_RAW, IPPROTO_IP); RCVALL_VALUE on = RCVALL_IPLEVEL;';
const RTO =
	'TCP_INITIAL_RTO_PARAMETERS p = { 3000, 2 }; WSAIoctl(s, SIO_TCP_INITIAL_RTO, &p, sizeof(p), NULL, 0, &n, NULL, NULL);';
const BACKLOG = 'ULONG b; WSAIoctl(s, SIO_IDEAL_SEND_BACKLOG_QUERY, NULL, 0, &b, sizeof(b), &n, NULL, NULL);';
const RCVALL =
	'bind(s, (struct sockaddr *)&a, sizeof(a)); WSAIoctl(s, SIO_RCVALL, &on, sizeof(on), NULL, 0, &n, NULL, NULL);';
const ON = 'RCVALL_VALUE on = RCVALL_IPLEVEL; WSAIoctl(AT, SIO_RCVALL, &on, sizeof(on), NULL, 0, &n, NULL, NULL);';
const at = (socket: string, before: string): string => `${before} ${ON.replace('AT', socket)}`;
const KIND =
	'`SIO_RCVALL` is for `SOCK_RAW` sockets, but this one was made with `SOCK_DGRAM`. The documents promise nothing for such a socket. Use the code on a SOCK_RAW socket.';
const UNBOUND =
	'`SIO_RCVALL` belongs after bind, but nothing in this function has bound the socket yet. Bound to the address of one interface; the wildcard address will not do. Move the call behind bind.';
const BLOCK = 'u_long off = 0; ioctlsocket(t, FIONBIO, &off);';
const WILDCARD =
	'`SIO_RCVALL` needs a socket that is bound to the address of one interface, but this one is bound to the wildcard address, which stands for all. The documents promise nothing for such a socket. Bind it to the address of the interface.';
const selected = (by: string): string =>
	`${by} keeps the socket non-blocking, so that \`FIONBIO\` cannot be 0 now. ioctlsocket fails with WSAEINVAL. Call ${by} with an event mask of 0 first.`;
const TOO_EARLY =
	'`SIO_IDEAL_SEND_BACKLOG_QUERY` belongs after connect, but nothing in this function has connected the socket yet. WSAIoctl fails with WSAENOTCONN. Move the call behind connect.';

describe.each(['x.c', 'x.cpp'])('in %s', (name) => {
	it.each([
		[
			'an IPv4 address that is set',
			`${RAW} struct sockaddr_in a; a.sin_addr.s_addr = htonl(INADDR_ANY); ${RCVALL}`,
			[WILDCARD],
		],
		['an IPv6 address', `${RAW} struct sockaddr_in6 a = { 0 }; a.sin6_addr = in6addr_any; ${RCVALL}`, [WILDCARD]],
		[
			'an address that is cleared',
			`${RAW} struct sockaddr_in a; memset(&a, 0, sizeof(a)); a.sin_family = AF_INET; ${RCVALL}`,
			[WILDCARD],
		],
		...(
			[
				['{ AF_INET, 80, { 0 } }', true],
				['{ AF_INET, 80, { { { 0, 0, 0, 0 } } } }', true],
				['{ AF_INET, 80, { 0 }, { 1 } }', false],
				['{ AF_INET, 80, INADDR_ANY }', true],
				['{ AF_INET, 80, { m } }', false],
				['{ AF_INET, 80, m }', false],
				['{ .sin_family = AF_INET, .sin_addr = { 0 } }', true],
				['{ .sin_family = AF_INET, .sin_addr = { m } }', false],
				['{ .sin_port = 80 }', true],
				['{ .sin_addr = m }', false],
				['*other', false],
			] as const
		).map(([made, isAny]): [string, string, string[]] => [
			`an address made by ${made}`,
			`${RAW} struct sockaddr_in a = ${made}; ${RCVALL}`,
			isAny ? [WILDCARD] : [],
		]),
		['an initialiser without an address', `${RAW} struct sockaddr_in a = { AF_INET }; ${RCVALL}`, [WILDCARD]],
		...(
			[
				['inet_addr', 'a.sin_addr.s_addr = inet_addr("0.0.0.0");', true],
				['inet_addr of less', 'a.sin_addr.S_un.S_addr = inet_addr("0");', true],
				['inet_addr of another', 'a.sin_addr.s_addr = inet_addr("10.0.0.1");', false],
				['InetPton', 'InetPton(AF_INET, _T("0.0.0.0"), &a.sin_addr);', true],
				['InetPtonW', 'InetPtonW(AF_INET, L"0.0.0.0", &a.sin_addr.s_addr);', true],
				['inet_pton that is tested', 'if (inet_pton(AF_INET, "0.0.0.0", &a.sin_addr) != 1) return;', true],
				['inet_pton that is mended', 'if (!inet_pton(AF_INET, "0.0.0.0", &a.sin_addr)) a.sin_addr = y;', false],
				['inet_pton that may not run', 'if (x && inet_pton(AF_INET, "0.0.0.0", &a.sin_addr) != 1) return;', false],
				['inet_pton of another', 'inet_pton(AF_INET, "10.0.0.1", &a.sin_addr);', false],
				['inet_pton of two', 'inet_pton(AF_INET, "0.0.0.0", &a.sin_addr); a.sin_addr.s_addr = y;', false],
				['a variable', 'const char *any = "0.0.0.0"; a.sin_addr.s_addr = inet_addr(any);', true],
				[
					'a variable that may be another',
					'const char *any = "0.0.0.0"; if (x) any = x; a.sin_addr.s_addr = inet_addr(any);',
					false,
				],
				['a number', 'const u_long any = INADDR_ANY; a.sin_addr.s_addr = htonl(any);', true],
				['zero', 'a.sin_addr.s_addr = 0;', true],
				['another number', 'a.sin_addr.s_addr = 5;', false],
				['a sum', 'a.sin_addr.s_addr = m + 1;', false],
				['a name that nobody knows', 'a.sin_addr.s_addr = SOMEWHERE;', false],
				['a function that finds it', 'a.sin_addr.s_addr = lookup(0);', false],
				['a macro of itself', '\n#define ANY htonl(ANY)\na.sin_addr.s_addr = ANY;', false],
				[
					'either of two macros',
					'\n#if X\n#define ANY 0\n#else\n#define ANY 5\n#endif\na.sin_addr.s_addr = ANY;',
					false,
				],
				['somebody who is given it', 'fill(&a);', false],
			] as const
		).map(([by, set, isAny]): [string, string, string[]] => [
			`an address by ${by}`,
			`${RAW} struct sockaddr_in a = { 0 }; ${set} ${RCVALL}`,
			isAny ? [WILDCARD] : [],
		]),
		[
			'an IPv6 address by inet_pton',
			`${RAW} struct sockaddr_in6 a = { 0 }; inet_pton(AF_INET6, "::", &a.sin6_addr); ${RCVALL}`,
			[WILDCARD],
		],
		['an address of somebody', `${RAW} struct sockaddr_in a = { 0 }; a.sin_addr.s_addr = inet_addr(x); ${RCVALL}`, []],
		[
			'an address that is read',
			`${RAW} struct sockaddr_in a = { 0 }; inet_pton(AF_INET, x, &a.sin_addr); ${RCVALL}`,
			[],
		],
		[
			'an address that is copied',
			`${RAW} struct sockaddr_in6 a = { 0 }; memcpy(a.sin6_addr.s6_addr, x, 16); ${RCVALL}`,
			[],
		],
		[
			'a bind on one path',
			`${RAW} struct sockaddr_in a = { 0 }; if (x) bind(s, (struct sockaddr *)&a, 16); else attach(s); ${RCVALL.slice(RCVALL.indexOf('WSAIoctl'))}`,
			[],
		],
		['events', `WSAEventSelect(t, e, FD_READ | FD_CLOSE); ${BLOCK}`, [selected('WSAEventSelect')]],
		['messages', `WSAAsyncSelect(t, w, 1025, FD_READ); ${BLOCK}`, [selected('WSAAsyncSelect')]],
		['events that are ended', `WSAEventSelect(t, e, FD_READ); WSAEventSelect(t, NULL, 0); ${BLOCK}`, []],
		['events by a mask that is not known', `WSAEventSelect(t, e, m); ${BLOCK}`, []],
		['events by a number', `WSAEventSelect(t, e, 33); ${BLOCK}`, [selected('WSAEventSelect')]],
		['events and others', `WSAEventSelect(t, e, FD_READ | m); ${BLOCK}`, [selected('WSAEventSelect')]],
		['others and events', `WSAEventSelect(t, e, m | FD_READ); ${BLOCK}`, [selected('WSAEventSelect')]],
		['events or none', `WSAEventSelect(t, e, m ? 33 : 0); ${BLOCK}`, []],
		['events of the socket before', `WSAEventSelect(t, e, FD_READ); t = socket(2, 1, 0); ${BLOCK}`, []],
		[
			'events of the socket behind',
			`t = socket(2, 1, 0); WSAEventSelect(t, e, FD_READ); ${BLOCK}`,
			[selected('WSAEventSelect')],
		],
		[
			'events that a message tells of',
			`WSAEventSelect(t, e, 1); printf("%d", t); ${BLOCK}`,
			[selected('WSAEventSelect')],
		],
		[
			'events and a call that leaves them',
			`WSAEventSelect(t, e, 1); connect(t, y, 16); ${BLOCK}`,
			[selected('WSAEventSelect')],
		],
		['events on one path', `if (m) WSAEventSelect(t, e, FD_READ); ${BLOCK}`, []],
		['events and a function that may end them', `WSAEventSelect(t, e, FD_READ); quiet(t); ${BLOCK}`, []],
		['a connection that was accepted', `SOCKET s = accept(t, NULL, NULL); ${BACKLOG}`, []],
		[
			'a connection that was accepted too early',
			`SOCKET s = accept(t, NULL, NULL); ${RTO}`,
			[
				'`SIO_TCP_INITIAL_RTO` belongs before connect, but this socket comes from accept, connected. Later values have no connection attempt left to govern. Make the call on another socket.',
			],
		],
		[
			'a helper that connects',
			`${STREAM} join(s, y); ${RTO}`,
			[
				'`SIO_TCP_INITIAL_RTO` belongs before connect, but connect was already called with this socket. Later values have no connection attempt left to govern. Move the call in front of connect.',
			],
		],
		['a helper that may connect', `${STREAM} try_join(s, y); ${RTO} ${BACKLOG}`, []],
		['a helper that does something else', `${STREAM} tune(s); ${BACKLOG}`, [TOO_EARLY]],
		['a helper that gives it away', `${STREAM} elsewhere(s); ${BACKLOG}`, []],
		['a helper that selects events', `watch(t, e); ${BLOCK}`, [selected('WSAEventSelect')]],
		['a helper that binds to all', `${RAW} bind_all(s); ${RCVALL.slice(RCVALL.indexOf('WSAIoctl'))}`, [WILDCARD]],
		['a member', at('me->s', 'me->s = socket(AF_INET, SOCK_RAW, IPPROTO_IP);'), [UNBOUND]],
		['a variable of the file', at('kept', 'if ((kept = socket(AF_INET, SOCK_RAW, 0)) == -1) return;'), [UNBOUND]],
		['a member of another kind', at('me->s', 'me->s = socket(AF_INET, SOCK_DGRAM, 0); bind(me->s, y, 16);'), [KIND]],
		['a member that others may bind', at('me->s', 'me->s = socket(AF_INET, SOCK_RAW, 0); set_up();'), []],
		[
			'a member under another name',
			at('me->s', 'me->s = socket(AF_INET, SOCK_RAW, 0); SOCKET other = me->s; bind(other, y, 16);'),
			[],
		],
		[
			'a member that is set with another',
			at('me->s', 'SOCKET other; me->s = other = socket(AF_INET, SOCK_RAW, 0); bind(other, y, 16);'),
			[],
		],
		[
			'a member of an object with two names',
			at('me->s', 'struct peer *p = me; me->s = socket(AF_INET, SOCK_RAW, 0); bind(p->s, y, 16);'),
			[],
		],
		['a member that others may set', at('me->s', 'me->s = socket(AF_INET, SOCK_DGRAM, 0); begin_again();'), []],
		[
			'a member beside what leads away',
			at('me->s', 'me->s = socket(AF_INET, SOCK_RAW, 0); if (me->s == INVALID_SOCKET) { report(x); return; }'),
			[UNBOUND],
		],
		['a member of another object', at('me->s', 'me->s = socket(AF_INET, SOCK_DGRAM, 0); me = me->next;'), []],
		['a member that is set on one path', at('me->s', 'if (x) me->s = socket(AF_INET, SOCK_DGRAM, 0);'), []],
		['a member whose address is given away', at('kept', 'kept = socket(AF_INET, SOCK_RAW, 0); fprintf(x, &kept);'), []],
		[
			'a variable that a condition sets',
			at('s', 'SOCKET s; if ((s = socket(AF_INET, SOCK_DGRAM, 0)) == INVALID_SOCKET) return; bind(s, y, 16);'),
			[KIND],
		],
		[
			'a variable that others may set',
			at('s', 'SOCKET s; if ((s = socket(AF_INET, SOCK_DGRAM, 0)) == INVALID_SOCKET) return; replace(&s);'),
			[],
		],
		['kinds by number', at('s', 'SOCKET s = socket(2, 2, 17); bind(s, y, 16);'), [KIND]],
		[
			'kinds by a macro',
			`\n#define KIND SOCK_DGRAM\n${at('s', 'SOCKET s = socket(AF_INET, KIND, 0); bind(s, y, 16);')}`,
			[KIND],
		],
		['what is made on the spot', at('socket(AF_INET, SOCK_DGRAM, 0)', ''), [KIND]],
		['what a pointer leads to', at('*q', 'SOCKET *q = &kept; *q = socket(AF_INET, SOCK_DGRAM, 0);'), []],
		['an element', at('q[0]', 'SOCKET q[2]; q[0] = socket(AF_INET, SOCK_DGRAM, 0);'), []],
		['what a function makes of three', at('s', 'SOCKET s = made_of(1, 2, 3); bind(s, y, 16);'), [KIND]],
		['a listener alone', at('s', 'SOCKET s = accept(t); bind(s, y, 16);'), []],
		[
			'a variable that a condition sets, beside the address of another',
			at('s', 'SOCKET s; if ((s = socket(AF_INET, SOCK_DGRAM, 0)) == INVALID_SOCKET) return; bind(s, &n, 16);'),
			[KIND],
		],
		[
			'a variable that a condition sets and somebody is given',
			at('s', 'SOCKET s; if ((s = socket(AF_INET, SOCK_DGRAM, 0)) == INVALID_SOCKET) return; SOCKET u = s;'),
			[],
		],
		[
			'kinds by a macro that may be another',
			`\n#if X\n#define KIND SOCK_DGRAM\n#else\n#define KIND SOCK_STREAM\n#endif\n${at('s', 'SOCKET s = socket(AF_INET, KIND, 0); bind(s, y, 16);')}`,
			[],
		],
		[
			'kinds by a macro of itself',
			`\n#define KIND KIND\n${at('s', 'SOCKET s = socket(AF_INET, KIND, 0); bind(s, y, 16);')}`,
			[],
		],
		['what a function makes', at('s', 'SOCKET s = made(); bind(s, y, 16);'), [KIND]],
		['what a function makes one way or another', at('s', 'SOCKET s = made_either(m); bind(s, y, 16);'), []],
		[
			'a connection that was accepted, of a code for other sockets',
			'SOCKET s = accept(t, NULL, NULL); BOOL b = FALSE; WSAIoctl(s, SIO_UDP_CONNRESET, &b, sizeof(b), NULL, 0, &n, NULL, NULL);',
			[
				'`SIO_UDP_CONNRESET` is for `SOCK_DGRAM` sockets, but this one comes from accept, connected. The documents promise nothing for such a socket. Use the code on a SOCK_DGRAM socket.',
			],
		],
		[
			'the listener of another family',
			'SOCKET l = socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP), s; s = accept(l, NULL, NULL); INTERFACE_INFO i[9]; WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, i, sizeof(i), &n, NULL, NULL);',
			[
				'`SIO_GET_INTERFACE_LIST` is for `AF_INET` sockets, but this one was made with `AF_INET6`. WSAIoctl fails with WSAEINVAL. Use the code on an AF_INET socket, or SIO_ADDRESS_LIST_QUERY for IPv6.',
			],
		],
	])('%s', async (_, body, messages) => {
		const text = `${HELPERS}void f(SOCKET t, WSAEVENT e, HWND w, long m, const char *x, const struct sockaddr *y)\n{\n\tDWORD n;\n\t${body}\n}\n`;
		expect(await found(text, name)).toEqual(messages);
	});
});

const BINDINGS = `import koffi from 'koffi';
const ws2 = koffi.load('ws2_32.dll');
const WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');
const ioctlsocket = ws2.func('int __stdcall ioctlsocket(uintptr_t s, long cmd, _Inout_ uint32_t *argp)');
const socket = ws2.func('uintptr_t __stdcall socket(int af, int type, int protocol)');
const accept = ws2.func('uintptr_t __stdcall accept(uintptr_t s, void *a, int *n)');
const bind = ws2.func('int __stdcall bind(uintptr_t s, const void *name, int namelen)');
const WSAEventSelect = ws2.func('int __stdcall WSAEventSelect(uintptr_t s, void *e, long m)');
`;
const ALL = 'WSAIoctl(s, 0x98000001, new Uint32Array([3]), 4, null, 0, [0], null, null);';

describe('in TypeScript', () => {
	it.each([
		[
			'an address of zeros',
			`const s = socket(2, 3, 0); const a = Buffer.alloc(16); a.writeUInt16LE(2, 0); bind(s, a, 16); ${ALL}`,
			[WILDCARD],
		],
		[
			'an address that is written',
			`const s = socket(2, 3, 0); const a = Buffer.alloc(16); a.writeUInt16LE(2, 0); a.writeUInt32BE(x, 4); bind(s, a, 16); ${ALL}`,
			[],
		],
		[
			'an address of zeros that has a port',
			`const s = socket(2, 3, 0); const a = Buffer.alloc(16); a.writeUInt16LE(2, 0); a[3] = 1; bind(s, a, 16); ${ALL}`,
			[WILDCARD],
		],
		[
			'an address that begins with 127',
			`const s = socket(2, 3, 0); const a = Buffer.alloc(16); a.writeUInt16LE(2, 0); a[4] = 127; bind(s, a, 16); ${ALL}`,
			[],
		],
		[
			'an address that ends with 1',
			`const s = socket(2, 3, 0); const a = Buffer.alloc(16); a.writeUInt16LE(2, 0); a[7] = 1; bind(s, a, 16); ${ALL}`,
			[],
		],
		[
			'an address of zeros with something behind it',
			`const s = socket(2, 3, 0); const a = Buffer.alloc(16); a.writeUInt16LE(2, 0); a[8] = 1; bind(s, a, 16); ${ALL}`,
			[WILDCARD],
		],
		[
			'an address that is cut off',
			`const s = socket(2, 3, 0); const a = Buffer.alloc(7); a.writeUInt16LE(2, 0);  bind(s, a, 7); ${ALL}`,
			[],
		],
		[
			'an address that ends with the memory',
			`const s = socket(2, 3, 0); const a = Buffer.alloc(8); a.writeUInt16LE(2, 0);  bind(s, a, 8); ${ALL}`,
			[WILDCARD],
		],
		[
			'an IPv6 address of zeros',
			`const s = socket(23, 3, 0); const a = Buffer.alloc(28); a.writeUInt16LE(23, 0); a[7] = 1; a[24] = 1; bind(s, a, 28); ${ALL}`,
			[WILDCARD],
		],
		[
			'an IPv6 address that begins with 32',
			`const s = socket(23, 3, 0); const a = Buffer.alloc(28); a.writeUInt16LE(23, 0); a[8] = 32; bind(s, a, 28); ${ALL}`,
			[],
		],
		[
			'an IPv6 address that ends with 1',
			`const s = socket(23, 3, 0); const a = Buffer.alloc(28); a.writeUInt16LE(23, 0); a[23] = 1; bind(s, a, 28); ${ALL}`,
			[],
		],
		[
			'an address of another family',
			`const s = socket(9, 3, 0); const a = Buffer.alloc(28); a.writeUInt16LE(9, 0);  bind(s, a, 28); ${ALL}`,
			[],
		],
		[
			'an address of zeros and another one',
			`const s = socket(2, 3, 0); const a = Buffer.alloc(16); a.writeUInt16LE(2, 0); const b = Buffer.alloc(16); b.writeUInt16LE(2, 0); b[4] = 127; bind(s, a, 16); bind(s, b, 16); ${ALL}`,
			[],
		],
		[
			'an address of zeros in a branch',
			`const s = socket(2, 3, 0); const a = Buffer.alloc(16); a.writeUInt16LE(2, 0); if (x) bind(s, a, 16); ${ALL}`,
			[],
		],
		['events of which nothing is known', 'WSAEventSelect(t, e, x); ioctlsocket(t, 0x8004667e, [0]);', []],
		[
			'events, and a bind',
			'WSAEventSelect(t, e, 33); bind(t, e, 16); ioctlsocket(t, 0x8004667e, [0]);',
			[selected('WSAEventSelect')],
		],
		['events, and what is not known', 'WSAEventSelect(t, e, 33); other(t); ioctlsocket(t, 0x8004667e, [0]);', []],
		['events in a branch', 'if (x) WSAEventSelect(t, e, 33); ioctlsocket(t, 0x8004667e, [0]);', []],
		[
			'events, and others in a branch',
			'WSAEventSelect(t, e, 33); if (x) WSAEventSelect(t, e, 1); ioctlsocket(t, 0x8004667e, [0]);',
			[selected('WSAEventSelect')],
		],
		[
			'events that are ended in a branch',
			'WSAEventSelect(t, e, 33); if (x) WSAEventSelect(t, null, 0); ioctlsocket(t, 0x8004667e, [0]);',
			[],
		],
		[
			'events that are ended later',
			'WSAEventSelect(t, e, 33); ioctlsocket(t, 0x8004667e, [0]); WSAEventSelect(t, null, 0);',
			[selected('WSAEventSelect')],
		],
		['events of another socket', 'WSAEventSelect(x, e, 33); ioctlsocket(t, 0x8004667e, [0]);', []],
		['events', 'WSAEventSelect(t, e, 33); ioctlsocket(t, 0x8004667e, [0]);', [selected('WSAEventSelect')]],
		[
			'events that are ended',
			'WSAEventSelect(t, e, 33); WSAEventSelect(t, null, 0); ioctlsocket(t, 0x8004667e, [0]);',
			[],
		],
		[
			'a connection that was accepted',
			'const s = accept(t, null, null); WSAIoctl(s, 0x98000011, new Uint8Array([1, 2, 3, 4]), 4, null, 0, [0], null, null);',
			[
				'`SIO_TCP_INITIAL_RTO` belongs before connect, but this socket comes from accept, connected. Later values have no connection attempt left to govern. Make the call on another socket.',
			],
		],
	])('%s', async (_, body, messages) => {
		const text = `${BINDINGS}export function f(t: bigint, e: object, x: number) {\n\t${body}\n}\n`;
		expect(await found(text, 'x.ts')).toEqual(messages);
	});
});

/** What was surely called with a new socket `s` at `CALL` and, in brackets, what may have been; `?` is anything. */
it.each([
	['CALL;', '()'],
	['bind(s, a, n); CALL;', 'bind (bind)'],
	['CALL; bind(s, a, n);', '()'],
	['if (x) bind(s, a, n); CALL;', '(bind)'],
	['for (;;) { CALL; }', '()'],
	['for (;;) { CALL; bind(s, a, n); }', '(bind)'],
	['for (;;) { bind(s, a, n); CALL; }', 'bind (bind)'],
	['for (;;) { CALL; } bind(s, a, n);', '()'],
	['if (s == INVALID_SOCKET) return; CALL;', '()'],
	['if (!s) return; CALL;', '()'],
	['x = s; CALL;', '(?)'],
	['o->bind(s, a, n); CALL;', 'bind (bind)'],
	['(*o)(s); CALL;', '(*o) ((*o))'],
	['tune(x ? s : t); CALL;', '(?)'],
	['all_of(s, a); CALL;', 'bind listen (bind listen)'],
	['late(s); CALL;', '(bind)'],
	['last(s); CALL;', 'bind (bind)'],
	['hold(s); CALL;', '(?)'],
	['ask(s); CALL;', '()'],
	['nothing(s); CALL;', '()'],
	['twice(s); CALL;', '(bind listen)'],
	['by_address(&s); CALL;', '-'],
	['of_number(s + 1); CALL;', '(?)'],
	['if (x) all_of(s, a); CALL;', '(bind listen)'],
])('a socket of its own in %j', async (body, expected) => {
	const text = `
static void tune(SOCKET s) { setsockopt(s, 1, 2, 0, 0); }
static void all_of(SOCKET s, void *a) { bind(s, a, 16); listen(s, 5); }
static void late(SOCKET s) { if (!all) return; bind(s, all, 16); }
static int last(SOCKET s) { int x = 1; return bind(s, all, x); }
static void hold(SOCKET s) { all[0] = s; }
static void ask(SOCKET s) { if (s == 5) return; }
static void nothing(SOCKET s) { }
static void twice(SOCKET s) { if (all) bind(s, all, 16); else listen(s, 5); }
static void by_address(SOCKET *s) { bind(*s, all, 16); }
static void of_number(SOCKET s) { bind(s, all, 16); }
void f(void *a, void *b, int x, int n, struct o *o)
{
SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
${body.replace('CALL', 'WSAIoctl(s, SIO_RCVALL, b, 4, NULL, 0, &n, NULL, NULL)')}
}
`;
	const { calls } = await checked(checker, { name: 'x.c', text });
	const socket = calls[0]?.socket;
	const all = (names: readonly string[]) => names.map((one) => one || '?').join(' ');
	expect(socket ? `${all(socket.called)} (${all(socket.mayHaveCalled)})`.trim() : '-').toBe(expected);
});

/** A member is set to a new socket by `MADE`: its kind at the call, what was surely called and, in brackets, what may have been. */
it.each([
	['MADE', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE bind(p->s, a, n);', 'SOCK_DGRAM: bind (bind)', 'SOCK_DGRAM: bind (bind)'],
	['MADE if (x) bind(p->s, a, n);', 'SOCK_DGRAM: (bind)', 'SOCK_DGRAM: (bind)'],
	['MADE x = y;', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE p->s = x;', '-', '-'],
	['p->s = x; MADE', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE p->t = x;', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE p = p->next;', '-', '-'],
	['MADE q->s = x;', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE use();', '-', '-'],
	['MADE use(p->s);', 'SOCK_DGRAM: use (use)', '-'],
	['MADE use(p);', '-', '-'],
	['MADE use(&p->s);', '-', '-'],
	['MADE bind(q, a, n);', 'SOCK_DGRAM: (?)', 'SOCK_DGRAM: (?)'],
	['MADE bind(&p->s, a, n);', '-', '-'],
	['MADE printf("%d", x);', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE memset(b, 0, 4);', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['if (x) { MADE }', '-', '-'],
	['if (x) { MADE CALL; }', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE if (x) { use(); return; }', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE if (x) { use(); }', '-', '-'],
	['MADE if (x) use(); else return;', '-', '-'],
	['MADE if (p->s == INVALID_SOCKET) { report(); return; }', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE while (x) { CALL; }', '-', '-'],
	['while (x) { MADE CALL; }', '-', '-'],
	['q = MADE', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['SOCKET t = p->s; MADE', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE t = p->s;', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE SOCKET t = p->s;', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE t = p->s + 1;', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE x = (p->s = y);', '-', '-'],
	['p->s += 1; MADE', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['p -> s = socket(AF_INET, SOCK_DGRAM, 0);', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE out: x++; goto out;', '-', '-'],
	['if ((p->s = socket(AF_INET, SOCK_DGRAM, 0)) == INVALID_SOCKET) return;', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	[
		'if ((p->s = socket(AF_INET, SOCK_DGRAM, 0)) == INVALID_SOCKET) { use(); return; }',
		'SOCK_DGRAM: ()',
		'SOCK_DGRAM: ()',
	],
	['p->s = made;', '-', '-'],
	['p->s = (SOCKET)socket(AF_INET, SOCK_DGRAM, 0);', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['p->s = (x = socket(AF_INET, SOCK_DGRAM, 0));', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	['MADE p->s == x;', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
	[
		'MADE listen(p->s, 5); closesocket(p->s);',
		'SOCK_DGRAM: listen closesocket (listen closesocket)',
		'SOCK_DGRAM: listen closesocket (listen closesocket)',
	],
	['MADE setsockopt(p->s, 1, 2, b, 4);', 'SOCK_DGRAM: setsockopt (setsockopt)', 'SOCK_DGRAM: setsockopt (setsockopt)'],
	[
		'MADE WSAEventSelect(p->s, 0, FD_READ);',
		'SOCK_DGRAM: WSAEventSelect (WSAEventSelect)',
		'SOCK_DGRAM: WSAEventSelect (WSAEventSelect)',
	],
	['MADE WSACleanup();', 'SOCK_DGRAM: (?)', 'SOCK_DGRAM: (?)'],
	['bind(p->s, a, n); MADE', 'SOCK_DGRAM: ()', 'SOCK_DGRAM: ()'],
])('%s', async (statements, inC, inCpp) => {
	const call = 'WSAIoctl(p->s, SIO_RCVALL, b, 4, NULL, 0, &n, NULL, NULL)';
	const made = statements.replaceAll('MADE', 'p->s = socket(AF_INET, SOCK_DGRAM, 0);');
	const body = made.includes('CALL') ? made.replace('CALL', call) : `${made} ${call};`;
	const text = `void f(struct peer *p, struct peer *q, SOCKET y, void *a, void *b, int x)\n{\nDWORD n;\n${body}\n}\n`;
	const told = async (name: string) => {
		const socket = (await checked(checker, { name, text })).calls.at(-1)?.socket;
		const all = (names: readonly string[]) => names.map((one) => one || '?').join(' ');
		return socket ? `${socket.type}: ${all(socket.called)} (${all(socket.mayHaveCalled)})`.replace(/ {2}/g, ' ') : '-';
	};
	expect([await told('x.c'), await told('x.cpp')]).toEqual([inC, inCpp]);
});
