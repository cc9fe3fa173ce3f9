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
