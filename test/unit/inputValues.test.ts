/** What the values of an input mean for the code that reads them: in members, arrays, behind pointers, by constants. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const RULES = ['input-byte-order', 'input-time', 'input-value', 'no-effect'];

async function found(body: string, name: string): Promise<readonly string[]> {
	const text = `#include <winsock2.h>
#define IDLE 30
void f(SOCKET s, struct tcp_keepalive *p, INET_PORT_RANGE *q, OVERLAPPED *o, int x, const struct sockaddr_in6 *a)
{
	DWORD n;
	${body}
}
`;
	const { calls, findings } = await checked(checker, { name, text });
	expect(calls.length).toBe(1);
	return findings.flatMap(({ rule, start, end }) =>
		RULES.includes(rule) ? [`${rule}: ${text.slice(start, end)}`] : [],
	);
}

const KEEP = 'WSAIoctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(k), NULL, 0, &n, NULL, NULL);';
const KEEP_P = 'WSAIoctl(s, SIO_KEEPALIVE_VALS, p, sizeof(*p), NULL, 0, &n, NULL, NULL);';
const RESERVE =
	'INET_PORT_RESERVATION_INSTANCE i; WSAIoctl(s, SIO_ACQUIRE_PORT_RESERVATION, &r, sizeof(r), &i, sizeof(i), &n, o, NULL);';

describe.each(['x.c', 'x.cpp'])('in %s', (name) => {
	it.each([
		[
			'seconds in an initialiser',
			`struct tcp_keepalive k = { 1, 60, 10 }; ${KEEP}`,
			['input-time: 60', 'input-time: 10'],
		],
		[
			'seconds in a member',
			'struct { int x; struct tcp_keepalive ka; } o = { 1, { 1, 60, 1000 } }; WSAIoctl(s, SIO_KEEPALIVE_VALS, &o.ka, sizeof(o.ka), NULL, 0, &n, NULL, NULL);',
			['input-time: 60'],
		],
		[
			'seconds in a member of a member',
			'struct { struct { struct tcp_keepalive ka; } in; } o; o.in.ka.onoff = 1; o.in.ka.keepalivetime = 60; o.in.ka.keepaliveinterval = 1000; WSAIoctl(s, SIO_KEEPALIVE_VALS, &o.in.ka, sizeof(o.in.ka), NULL, 0, &n, NULL, NULL);',
			['input-time: 60'],
		],
		[
			'seconds in a structure of an array',
			`struct tcp_keepalive k[1] = { { 1, 60, 1000 } }; ${KEEP.replace('&k', 'k')}`,
			['input-time: 60'],
		],
		[
			"seconds in a structure of one's own",
			`struct keep { u_long onoff, keepalivetime, keepaliveinterval; } k = { 1, 60, 1000 }; ${KEEP}`,
			['input-time: 60'],
		],
		[
			'seconds in members of other names',
			`struct keep { u_long on, time, interval; } k = { 1, 60, 1000 }; ${KEEP}`,
			[],
		],
		['seconds by a constant', `struct tcp_keepalive k = { 1, IDLE, 1000 }; ${KEEP}`, ['input-time: IDLE']],
		['seconds in elements', `DWORD k[3] = { 1, 60, 1000 }; ${KEEP}`, ['input-time: 60']],
		[
			'seconds behind a pointer',
			`p->onoff = 1; p->keepalivetime = 60; p->keepaliveinterval = 1000; ${KEEP_P}`,
			['input-time: 60'],
		],
		['a fraction beside milliseconds', `struct tcp_keepalive k = { 1, 60000, 500 }; ${KEEP}`, []],
		['times of what is off', `struct tcp_keepalive k = { 0, 60, 10 }; ${KEEP}`, []],
		[
			'times that are computed',
			`struct tcp_keepalive k; k.onoff = 1; k.keepalivetime = x * 1000; k.keepaliveinterval = x; ${KEEP}`,
			[],
		],
		['a pointer that is given away in between', `p->onoff = 1; p->keepalivetime = 60; scale(p); ${KEEP_P}`, []],
		[
			'a member that is given away in between',
			`struct tcp_keepalive k = { 1, 60, 1000 }; scale(&k.keepalivetime); ${KEEP}`,
			[],
		],
		['a member that is set again', `struct tcp_keepalive k = { 1, 60, 1000 }; k.keepalivetime = 60000; ${KEEP}`, []],
		[
			'a member that an earlier round may have set',
			`struct tcp_keepalive k = { 1, 60, 1000 }; while (x) { ${KEEP} k.keepalivetime = 60000; }`,
			[],
		],
		[
			'a member that is made anew in each round',
			`while (x) { struct tcp_keepalive k = { 1, 60, 1000 }; ${KEEP} k.keepalivetime = 60000; }`,
			['input-time: 60'],
		],
		[
			'what is filled with something else',
			`struct tcp_keepalive k; memset(&k, 1, sizeof(k)); k.onoff = 1; k.keepalivetime = 60000; ${KEEP}`,
			[],
		],
		[
			'what another function clears',
			`struct tcp_keepalive k; ZeroMemory(&k, sizeof(k)); k.onoff = 1; k.keepalivetime = 60000; ${KEEP}`,
			['input-value: &k'],
		],
		[
			'a member of which another is made',
			`struct tcp_keepalive k = { 1, 60, 1000 }; k.keepalivetime = k.keepalivetime * 1000; ${KEEP}`,
			[],
		],
		[
			'a member of another object',
			`struct tcp_keepalive k = { 1, 60, 1000 }, j; j.keepalivetime = 60000; ${KEEP}`,
			['input-time: 60'],
		],
		['zeros that are left', `struct tcp_keepalive k = { 1 }; ${KEEP}`, ['input-value: &k']],
		[
			'a zero that is cleared',
			`struct tcp_keepalive k; memset(&k, 0, sizeof(k)); k.onoff = 1; k.keepalivetime = 60000; ${KEEP}`,
			['input-value: &k'],
		],
		['zeros of what may be off', `struct tcp_keepalive k = { x }; ${KEEP}`, []],
		['−1 for a switch', `struct tcp_keepalive k = { -1, 60000, 1000 }; ${KEEP}`, ['input-value: -1']],
		[
			'−1 for a BOOL',
			'BOOL k = -1; WSAIoctl(s, SIO_UDP_CONNRESET, &k, sizeof(k), NULL, 0, &n, NULL, NULL);',
			['input-value: -1'],
		],
		['a plain port', `INET_PORT_RANGE r = { 5000, 1 }; ${RESERVE}`, ['input-byte-order: 5000']],
		[
			'a plain port behind a pointer',
			`q->StartPort = 5000; q->NumberOfPorts = 1; ${RESERVE.replace('&r', 'q').replace('(r)', '(*q)')}`,
			['input-byte-order: 5000'],
		],
		[
			'a port that is swapped twice',
			`USHORT port = htons(5000); INET_PORT_RANGE r = { htons(port), 1 }; ${RESERVE}`,
			['input-byte-order: htons(port)'],
		],
		[
			'the port of an address, swapped',
			`INET_PORT_RANGE r; r.StartPort = ntohs(a->sin6_port); r.NumberOfPorts = 1; ${RESERVE}`,
			['input-byte-order: ntohs(a->sin6_port)'],
		],
		['the port of an address', `INET_PORT_RANGE r; r.StartPort = a->sin6_port; r.NumberOfPorts = 1; ${RESERVE}`, []],
		['a port in order', `INET_PORT_RANGE r = { htons(5000), 1 }; ${RESERVE}`, []],
		['any port', `INET_PORT_RANGE r = { 0, 1 }; ${RESERVE}`, []],
		['bytes as they lie', `INET_PORT_RANGE r = { 0x8813, 1 }; ${RESERVE}`, []],
		['no port at all', `INET_PORT_RANGE r = { htons(5000), 0 }; ${RESERVE}`, ['input-value: 0']],
		[
			'a number too large for its member',
			'TCP_INITIAL_RTO_PARAMETERS k = { 3000, 300 }; WSAIoctl(s, SIO_TCP_INITIAL_RTO, &k, sizeof(k), NULL, 0, &n, NULL, NULL);',
			['input-value: 300'],
		],
		[
			'a negative number in an unsigned member',
			'TCP_INITIAL_RTO_PARAMETERS k = { (USHORT)-1, (UCHAR)-2 }; WSAIoctl(s, SIO_TCP_INITIAL_RTO, &k, sizeof(k), NULL, 0, &n, NULL, NULL);',
			[],
		],
		[
			'a number too large for what is read',
			'DWORD k = 256; WSAIoctl(s, SIO_TCP_SET_ACK_FREQUENCY, &k, sizeof(k), NULL, 0, &n, NULL, NULL);',
			['input-value: 256'],
		],
		[
			'a value that the code does not take',
			'DWORD k = 4; WSAIoctl(s, SIO_RCVALL, &k, sizeof(k), NULL, 0, &n, NULL, NULL);',
			['input-value: 4'],
		],
		[
			'blocking for a new socket',
			'SOCKET t = socket(AF_INET, SOCK_STREAM, 0); u_long k = 0; ioctlsocket(t, FIONBIO, &k);',
			['no-effect: FIONBIO'],
		],
		['blocking for a socket of somebody', 'u_long k = 0; ioctlsocket(s, FIONBIO, &k);', []],
	])('%s', async (_, body, findings) => {
		expect(await found(body, name)).toEqual(findings);
	});
});

describe('in C++', () => {
	const withDefault = (body: string) =>
		`#include <winsock2.h>\nvoid f(SOCKET s, int on = -1)\n{\n\tDWORD n;\n\ttcp_keepalive k = { 0, 60000, 1000 };\n\t${body}\n\t${KEEP}\n}\n`;
	it.each([
		['a parameter that is −1 unless it is given', 'k.onoff = on;', ['on']],
		['one that is looked at', 'if (on == -1) return; k.onoff = on;', []],
	])('%s', async (_, body, places) => {
		const text = withDefault(body);
		const { findings } = await checked(checker, { name: 'x.cpp', text });
		const judged = findings.filter(({ rule }) => rule === 'input-value');
		expect(judged.map(({ start, end }) => text.slice(start, end))).toEqual(places);
	});
});

describe('what a value is at the call', () => {
	const rules = async (text: string): Promise<readonly string[]> => {
		const { findings } = await checked(checker, { name: 'x.c', text });
		return findings.flatMap(({ rule }) => (rule === 'unused-result' ? [] : [rule]));
	};
	const OPEN = 'SOCKET s = socket(AF_INET, SOCK_STREAM, 0); u_long on = 0;';
	it.each<[string, string, readonly string[]]>([
		[
			'in a condition',
			`int f(void) { ${OPEN} if (ioctlsocket(s, FIONBIO, &on) != 0) return -1; return 0; }`,
			['no-effect'],
		],
		[
			'in a condition that sets it first',
			`int f(void) { ${OPEN} if (read_mode(&on) && ioctlsocket(s, FIONBIO, &on) != 0) return -1; return 0; }`,
			[],
		],
		[
			'before a jump to the end',
			`int f(void) { ${OPEN} int r = ioctlsocket(s, FIONBIO, &on); if (r) goto out; r = 1;\nout: return r; }`,
			['no-effect'],
		],
		[
			'behind a jump to it',
			`int f(int x) { ${OPEN} if (x) goto out; on = 1;\nout: return ioctlsocket(s, FIONBIO, &on); }`,
			[],
		],
	])('%s', async (_, text, expected) => {
		expect(await rules(text)).toEqual(expected);
	});

	it('is that of a variable whose type is deduced', async () => {
		const text =
			'int f(SOCKET s) { DWORD n; auto k = tcp_keepalive{1, 60, 1000}; return WSAIoctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(k) + 1, NULL, 0, &n, NULL, NULL); }\n';
		const { findings } = await checked(checker, { name: 'x.cpp', text });
		expect(findings.map(({ rule }) => rule)).toEqual(['input-time', 'size-exceeds-object']);
	});

	const through = (body: string) =>
		`static int keep(SOCKET s, void *in, DWORD size) { DWORD n; ${body} return WSAIoctl(s, SIO_KEEPALIVE_VALS, in, size, NULL, 0, &n, NULL, NULL); }\nint f(SOCKET s) { struct tcp_keepalive k = { 1, 60, 1000 }; return keep(s, &k, sizeof(k)); }\n`;
	it('is what the caller of a function gives that only hands it on', async () => {
		expect(await rules(through(''))).toEqual(['input-time']);
		expect(await rules(through('scale(in);'))).toEqual([]);
		expect(await rules(through('((struct tcp_keepalive *)in)->keepalivetime *= 1000;'))).toEqual([]);
	});
});

describe.each(['x.c', 'x.cpp'])('in %s an object', (name) => {
	const DECLARED = `struct in { u_long a; struct { u_short b, c; } d; u_long e[2]; char *p; union { u_long f; char g; } u; };
#define SIX 6
enum { SEVEN = 7 };
`;
	/** Values as `path=value`: with `@` and what is written, or `~` where nothing is; and what is not written. */
	async function held(body: string, pointer: string): Promise<readonly string[]> {
		const call = `WSAIoctl(s, SIO_KEEPALIVE_VALS, ${pointer}, 12, NULL, 0, &n, NULL, NULL)`;
		const statements = body.includes('CALL') ? body.replaceAll('CALL', call) : `${body} ${call};`;
		const text = `${DECLARED}void f(SOCKET s, int x, struct in given)\n{\nDWORD n;\n${statements}\n}\n`;
		const { initial = [], unwritten = [] } =
			(await checked(checker, { name, text })).calls[0]?.input?.pointer.object ?? {};
		const values = initial.map(({ path, value = '?', implied, at, order = '', swapped = '' }) => {
			const written = at ? `@${text.slice(at.start, at.end)}` : '';
			return `${path}=${value}${implied ? '~' : written} ${order} ${swapped}`.trimEnd();
		});
		return [values.join('; '), unwritten.map((path) => path || '*').join(' ')];
	}

	it.each<[string, string, string, string]>([
		[
			'struct in k = { 1, { 2, 3 }, { 4, 5 } };',
			'&k',
			'a=1@1 host; d.b=2@2 host; d.c=3@3 host; e[0]=4@4 host; e[1]=5@5 host',
			'',
		],
		['struct in k = { 1 };', '&k', 'a=1@1 host; d.b=0~; d.c=0~', ''],
		['struct in k = { 0 };', '&k', 'a=0@0; d.b=0~; d.c=0~', ''],
		['struct in k = { };', '&k', 'a=0~; d.b=0~; d.c=0~', ''],
		['struct in k = { .d = { 2 }, .a = 1 };', '&k', 'd.b=2@2 host; d.c=0~; a=1@1 host', ''],
		['struct in k = { .d.b = 2 };', '&k', 'd.b=2@2 host; a=0~', ''],
		['struct in k = { .a = 1, { 2, 3 } };', '&k', 'a=1@1 host; d.b=2@2 host; d.c=3@3 host', ''],
		['struct in k = { 1, 2, 3, 4 };', '&k', 'a=1@1 host', ''],
		['struct in k = { .e = { 4 } };', '&k', 'e[0]=4@4 host; a=0~; d.b=0~; d.c=0~', ''],
		['struct in k = { .e[1] = 4 };', '&k', 'e[1]=4@4 host; a=0~; d.b=0~; d.c=0~', ''],
		['struct in k = { .x = 4 };', '&k', '', ''],
		['struct in k = { 1, { x, SIX }, { SEVEN } };', '&k', 'a=1@1 host; d.c=6@SIX host; e[0]=7@SEVEN host', ''],
		['struct in k = { (u_long)1, { -1, 2 + 3 } };', '&k', 'a=1@1 host; d.b=4294967295@-1; d.c=5@2 + 3', ''],
		[
			'struct in k = { A | B, { UNHEARD, htons(2) } };',
			'&k',
			'a=A | B@A | B; d.b=UNHEARD@UNHEARD; d.c=512@htons(2) network 2',
			'',
		],
		['struct in k; k.a = 1; k.d.b = 2;', '&k', 'a=1@1 host; d.b=2@2 host', 'd.c e p u'],
		['struct in k; k.a = 1; k.a = 2;', '&k', 'a=2@2 host', 'd e p u'],
		['struct in k = { 1 }; k.a = 2;', '&k', 'd.b=0~; d.c=0~; a=2@2 host', ''],
		['struct in k = { 1 }; k.a = x;', '&k', 'd.b=0~; d.c=0~', ''],
		['struct in k = { 1, { 2, 3 } }; k.d = given;', '&k', 'a=1@1 host', ''],
		['struct in k; k.e[1] = 5;', '&k', 'e[1]=5@5 host', 'a d e[0] p u'],
		['struct in k; k.e[x] = 5;', '&k', '', 'a d p u'],
		['struct in k; memset(&k, 0, sizeof(k)); k.a = 1;', '&k', 'd.b=0~; d.c=0~; a=1@1 host', ''],
		['struct in k; memset(&k, 1, sizeof(k)); k.a = 1;', '&k', 'a=1@1 host', ''],
		['struct in k; memset(&k.d, 0, sizeof(k.d)); k.a = 1;', '&k', 'a=1@1 host', ''],
		['struct in k; ZeroMemory(&k, sizeof k);', '&k', 'a=0~; d.b=0~; d.c=0~', ''],
		['struct in k; if (x) k.a = 1;', '&k', '', 'd e p u'],
		['struct in k; if (x) k.a = 1; k.d.b = 2;', '&k', 'd.b=2@2 host', 'd.c e p u'],
		['struct in k = { 1 }; fill(&k); k.a = 2;', '&k', 'a=2@2 host', ''],
		['struct in k = { 1 }; fill(&k);', '&k', '', ''],
		['struct in k = { 1 }; use(k.a);', '&k', '', ''],
		['struct in k = { 1 }; k.a++;', '&k', '', ''],
		['struct in k = { 1 }; k.a += 2;', '&k', '', ''],
		['struct in k; k = given; k.a = 1;', '&k', 'a=1@1 host', ''],
		['struct in k = given;', '&k', '', ''],
		['struct in k = { 1 }, j = { 2 }; k = j;', '&k', '', ''],
		['struct in k; while (x) { k.a = 1; }', '&k', '', 'd e p u'],
		['struct in k; for (;;) { k.a = 1; CALL; k.a = 2; }', '&k', 'a=1@1 host', 'd e p u'],
		['struct in k = { 1 }; for (;;) { CALL; x++; }', '&k', '', ''],
		['struct in k; { k.a = 1; CALL; }', '&k', 'a=1@1 host', 'd e p u'],
		['struct in k; k.u.f = 3;', '&k', 'u.f=3@3 host', 'a d e p'],
		[
			'struct in k = { 1, { 2, 3 }, { 4, 5 }, 0, { 6 } };',
			'&k',
			'a=1@1 host; d.b=2@2 host; d.c=3@3 host; e[0]=4@4 host; e[1]=5@5 host; p=0@0; u.f=6@6 host',
			'',
		],
		['static struct in k = { 1 };', '&k', '', ''],
		['struct in k = { 1 }; scan("0", &k.a);', '&k', '', ''],
		['struct in k; k.a = k.d.b = 2;', '&k', '', 'd.c e p u'],
		['struct in k; k.a = 1, k.d.b = 2;', '&k', '', 'd.c e p u'],
		['struct in k; (k).a = 1;', '&k', '', 'd e p u'],
		['struct in k; k.p = 0;', '&k', 'p=0@0', 'a d e u'],
		['struct in v[2] = { { 1 }, { 2 } }; struct in *k = v;', 'k', 'a=1@1 host; d.b=0~; d.c=0~', ''],
		['struct in k[2] = { { 1 }, { 2 } };', 'k', 'a=1@1 host; d.b=0~; d.c=0~', ''],
		['u_long k[3] = { 1, 2, 3 };', 'k', '[0]=1@1 host; [1]=2@2 host; [2]=3@3 host', ''],
		['u_long k[3] = { [1] = 2 };', 'k', '', ''],
		['u_long k[3]; k[0] = 1;', 'k', '[0]=1@1 host', '[1] [2]'],
		['u_long k = 5;', '&k', '=5@5 host', ''],
		['u_long k = { 5 };', '&k', '=5@5 host', ''],
		['u_long k = { };', '&k', '=0~', ''],
		['u_long k; k = 5;', '&k', '=5@5 host', ''],
		['u_long k = SIX;', '&k', '=6@SIX host', ''],
		['u_long k = SEVEN;', '&k', '=7@SEVEN host', ''],
		['u_long k = ~0;', '&k', '=4294967295@~0', ''],
		['u_long k = htonl(0x01020304);', '&k', '=67305985@htonl(0x01020304)', ''],
		['u_long k = (x, 5);', '&k', '=5@(x, 5) host', ''],
		['u_long k = INADDR_ANY;', '&k', '=0@INADDR_ANY', ''],
		['u_long k = x ? 1 : 1;', '&k', '=1@x ? 1 : 1', ''],
		['u_long k = x ? 1 : 2;', '&k', '', ''],
		['struct in o; struct in *k = &o; k->a = 1; k->d.b = 2;', 'k', 'a=1@1 host; d.b=2@2 host', ''],
		['struct in *k = given(); k->a = 1;', 'k', 'a=1@1 host', ''],
		['struct in *k = given(); k->a = 1; use(k); k->d.b = 2;', 'k', 'd.b=2@2 host', ''],
		['struct in *k = given(); memset(k, 0, sizeof(*k)); k->a = 1;', 'k', 'd.b=0~; d.c=0~; a=1@1 host', ''],
		['struct in *k = given(); k->a = 1; k->a = 2;', 'k', 'a=2@2 host', ''],
		['struct in o = { 1 }; struct in *k = &o;', 'k', 'a=1@1 host; d.b=0~; d.c=0~', ''],
		['struct in *k = given(); while (x) { k->a = 1; CALL; }', 'k', 'a=1@1 host', ''],
		['struct in *k = given(); k->a = 1; while (x) { CALL; }', 'k', '', ''],
		['struct in *k = given(); k[0].a = 1;', 'k', '[0].a=1@1 host', ''],
		['struct in *k = given(); (*k).a = 1;', 'k', '', ''],
		['struct { struct in i; } o = { { 1 } };', '&o.i', 'a=1@1 host; d.b=0~; d.c=0~', ''],
		['struct { struct in i; } o; o.i.a = 1;', '&o.i', 'a=1@1 host', 'd e p u'],
		['struct { struct in i; } o; o.i = given; o.i.a = 1;', '&o.i', 'a=1@1 host', ''],
	])('%s: of %s %s, without %s', async (body, pointer, values, unwritten) => {
		expect(await held(body, pointer)).toEqual([values, unwritten]);
	});
});
