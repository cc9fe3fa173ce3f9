/** What surely nothing has written before a call, and what may have been written by somebody. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const BLOCKING = 'ioctlsocket(s, FIONBIO, &on);';
const THROUGH = 'ioctlsocket(s, FIONBIO, on);';
const KEPT = 'WSAIoctl(s, SIO_KEEPALIVE_VALS, k, sizeof(*k), NULL, 0, &n, NULL, NULL);';
const KEEP = 'WSAIoctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(k), NULL, 0, &n, NULL, NULL);';

async function unwritten(body: string, name: string): Promise<readonly string[]> {
	const text = `#include <winsock2.h>\nvoid f(SOCKET s, int x, const char *text)\n{\n\tDWORD n;\n\t${body}\n}\n`;
	const { calls } = await checked(checker, { name, text });
	expect(calls.length).toBe(1);
	return calls[0]?.input?.pointer.object?.unwritten ?? [];
}

describe.each(['x.c', 'x.cpp'])('in %s', (name) => {
	it.each([
		['a number', `u_long on; ${BLOCKING}`, ['']],
		['a number that is only compared', `u_long on; if (on == 1) return; ${BLOCKING}`, ['']],
		['a number that is made of itself', `u_long on; on = (on & 4) ? 0 : 1; ${BLOCKING}`, ['']],
		['a number of which bits are set', `u_long on; on |= 1; ${BLOCKING}`, ['']],
		['a number that is written behind the call', `u_long on; ${BLOCKING} on = 1;`, ['']],
		['a number that is cast', `u_long on; ioctlsocket(s, FIONBIO, (u_long *)&on);`, ['']],
		['a whole structure', `struct tcp_keepalive k; ${KEEP}`, ['']],
		['a number before a macro that writes it', `u_long on; ${BLOCKING} CHOOSE;\n#define CHOOSE on = 1\n`, ['']],
		['a number that is counted', `u_long on; on++; ${BLOCKING}`, ['']],
		['a number that is tested', `u_long on; if (!on) return; ${BLOCKING}`, ['']],
		['a number that chooses', `u_long on; x = on ? 1 : 2; ${BLOCKING}`, ['']],
		['a number of which bits are looked at', `u_long on; x = on & 4; ${BLOCKING}`, ['']],
		['a number beside a member of its name', `u_long on; m.on = 1; ${BLOCKING}`, ['']],
		['a number beside a label of its name', `u_long on; on: x++; ${BLOCKING}`, ['']],
		['a number that is only named', `u_long on; /* on = 1 */ print("on"); ${BLOCKING}`, ['']],
		['a number that measures another', `u_long on, b[on]; ${BLOCKING}`, ['']],
		['a number behind parentheses', `u_long on; if ((x) == on) return; ${BLOCKING}`, ['']],
		[
			'members beside one that is counted',
			`struct tcp_keepalive k; k.onoff++; ${KEEP}`,
			['keepalivetime', 'keepaliveinterval'],
		],
		[
			'members beside one that is added to',
			`struct tcp_keepalive k; k.onoff += 1; ${KEEP}`,
			['keepalivetime', 'keepaliveinterval'],
		],
		[
			'structures of which one has a member',
			'struct tcp_keepalive k[2]; k[0].onoff = 1; WSAIoctl(s, SIO_KEEPALIVE_VALS, k, sizeof(k), NULL, 0, &n, NULL, NULL);',
			['[1]'],
		],
		[
			'structures beside one that is set',
			'QOS q; q.SendingFlowspec = *text; WSAIoctl(s, SIO_SET_QOS, &q, sizeof(q), NULL, 0, &n, NULL, NULL);',
			['ReceivingFlowspec', 'ProviderSpecific'],
		],
		[
			'members without those that have no name of their own',
			'struct T { DWORD a, b; union { DWORD c; }; } m; m.a = x; WSAIoctl(s, SIO_KEEPALIVE_VALS, &m, 16, NULL, 0, &n, NULL, NULL);',
			['b'],
		],
		['an array', 'BOOL b[1]; WSAIoctl(s, SIO_UDP_CONNRESET, b, sizeof(b), NULL, 0, &n, NULL, NULL);', ['']],
		[
			'an element',
			'BOOL b[2]; b[0] = x; WSAIoctl(s, SIO_UDP_CONNRESET, b, sizeof(b), NULL, 0, &n, NULL, NULL);',
			['[1]'],
		],
		['an element of a member', 'struct { u_long on[2]; } m; m.on[1] = x; ioctlsocket(s, FIONBIO, m.on);', ['[0]']],
		['a number in a condition', 'u_long on; if (ioctlsocket(s, FIONBIO, &on) != 0) return;', ['']],
		['a number before a jump to the end', `u_long on; ${BLOCKING} if (x) goto out; on = 1; out: return;`, ['']],
		['a member of a local', 'struct { u_long on; } m; ioctlsocket(s, FIONBIO, &m.on);', ['']],
		[
			'a number beside a syntax error',
			`int x[offsetof(struct a, b[3])]; u_long on; ${BLOCKING} int y[offsetof(struct a, b[3])];`,
			[''],
		],
		['a number of a branch', `\n#ifdef OWN\nu_long on; ${BLOCKING}\n#endif\n`, ['']],
		['a number of two branches', `\n#ifdef OWN\nu_long on; ${BLOCKING}\n#else\nint on = 1;\n#endif\n`, ['']],
		['a number of another branch', `\n#ifdef OWN\nint on = 1;\n#else\nu_long on; ${BLOCKING}\n#endif\n`, ['']],
		[
			'a number of a third branch',
			`\n#if OWN\nx++;\n#elif x\nint on;\n#elif OTHER\nu_long on; ${BLOCKING}\n#endif\n`,
			[''],
		],
		['a number of a case', `switch (x) { case 1: x++; u_long on; ${BLOCKING} }`, ['']],
		[
			'the members that are left',
			`struct tcp_keepalive k; k.onoff = 1; ${KEEP}`,
			['keepalivetime', 'keepaliveinterval'],
		],
		[
			'the member that no branch sets',
			`struct tcp_keepalive k; if (x) { k.onoff = 1; k.keepalivetime = 1; } else k.onoff = 0; ${KEEP}`,
			['keepaliveinterval'],
		],
		[
			'the member beside an element',
			'QOS q; q.SendingFlowspec.TokenRate = 1; WSAIoctl(s, SIO_SET_QOS, &q, sizeof(q), NULL, 0, &n, NULL, NULL);',
			[
				...['TokenBucketSize', 'PeakBandwidth', 'Latency', 'DelayVariation', 'ServiceType', 'MaxSduSize'].map(
					(member) => `SendingFlowspec.${member}`,
				),
				'SendingFlowspec.MinimumPolicedSize',
				'ReceivingFlowspec',
				'ProviderSpecific',
			],
		],
	])('%s holds nothing', async (_, body, parts) => {
		expect(await unwritten(body, name)).toEqual(parts);
	});

	it.each([
		['memory', `u_long *on = malloc(sizeof(*on)); if (!on) return; ${THROUGH}`, ['']],
		['memory that a declared pointer is set to', `u_long *on; on = (u_long *)malloc(4); ${THROUGH} free(on);`, ['']],
		['a heap', `u_long *on = NULL; on = HeapAlloc(GetProcessHeap(), 0, 4); ${THROUGH}`, ['']],
		[
			'members in memory',
			`struct tcp_keepalive *k = malloc(12); k->onoff = x; ${KEPT}`,
			['keepalivetime', 'keepaliveinterval'],
		],
		['memory that is only named', `u_long *on = malloc(4); /* *on = 1 */ print("on"); ${THROUGH}`, ['']],
		['memory in parentheses', `u_long *on = (malloc(4)); ${THROUGH}`, ['']],
		['memory beside a member of its name', `u_long *on = malloc(4); m.on = 1; ${THROUGH}`, ['']],
		['memory that a jump frees', `u_long *on = malloc(4); if (x) goto out; ${THROUGH} out: free(on);`, ['']],
	])('%s', async (_, body, paths) => {
		expect(await unwritten(body, name)).toEqual(paths);
	});

	it.each([
		['calloc', `u_long *on = calloc(1, 4); ${THROUGH}`],
		['a heap that clears', `u_long *on = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, 4); ${THROUGH}`],
		['a macro', `u_long *on;\n#define malloc zeroed\non = malloc(4); ${THROUGH}`],
		['an assignment through the pointer', `u_long *on = malloc(4); *on = 1; ${THROUGH}`],
		['an element', `u_long *on = malloc(4); on[0] = 1; ${THROUGH}`],
		['a function that has the memory', `u_long *on = malloc(4); choose(on); ${THROUGH}`],
		['memset through the pointer', `u_long *on = malloc(4); memset(on, 0, 4); ${THROUGH}`],
		['another pointer', `u_long *on = malloc(4), *p = on; *p = 1; ${THROUGH}`],
		['a number that nobody measured', `u_long *on = malloc(4); x = on + 1; ${THROUGH}`],
		['a syntax error', `u_long *on = malloc(4); int x[offsetof(struct a, b[3])]; ${THROUGH}`],
		['memory on one path', `u_long *on = NULL; if (x) on = malloc(4); ${THROUGH}`],
		['memory behind the call', `u_long *on; ${THROUGH} on = malloc(4);`],
		['memory that is moved', `u_long *on = malloc(4); on += 1; ${THROUGH}`],
		['an earlier round', `u_long *on = malloc(4); while (x) { ${THROUGH} *on = 1; }`],
		['whoever had the pointer', `u_long *on = given(); if (x) on = malloc(4); ${THROUGH}`],
		['a member that is written through', `struct tcp_keepalive *k = malloc(12); fill(&k->onoff); ${KEPT}`],
	])('%s may have written it', async (_, body) => {
		expect(await unwritten(body, name)).toEqual([]);
	});

	it.each([
		['an assignment', `u_long on; on = x; ${BLOCKING}`],
		['a syntax error in between', `u_long on; int x[offsetof(struct a, b[3])]; ${BLOCKING}`],
		['a syntax error in a loop', `u_long on; for (;;) { ${BLOCKING} int x[offsetof(struct a, b[3])]; }`],
		['somebody who knows the type', `OWN on; ${BLOCKING}`],
		['an assignment of another', `u_long on; on = x & 4; ${BLOCKING}`],
		['a function that makes it of itself', `u_long on; on = chosen(on); ${BLOCKING}`],
		['what is made of it', `u_long on; x = on + 1; ${BLOCKING}`],
		['what is made of all of it', `u_long on; x = ~on; ${BLOCKING}`],
		['what is chosen', `u_long on; x = x ? on : 1; ${BLOCKING}`],
		[
			'a pointer to an array',
			'BOOL b[1], *p; p = b; p[0] = 1; WSAIoctl(s, SIO_UDP_CONNRESET, b, sizeof(b), NULL, 0, &n, NULL, NULL);',
		],
		['assembler that does not name it', `u_long on; __asm__("nop"); ${BLOCKING}`],
		['whoever names it often', `u_long on; ${'if (on == 1) x++; '.repeat(110)}${BLOCKING}`],
		['a function that has its address as a type that is not known', `u_long on; choose((OWN) &on); ${BLOCKING}`],
		['an assignment in a branch', `\n#ifdef OWN\nu_long on; on = x;\n#else\nu_long on; on = 1;\n#endif\n${BLOCKING}`],
		['one of two branches', `\n#ifdef OWN\nu_long on;\n#else\nu_long on = 1;\n#endif\n${BLOCKING}`],
		['the other of two branches', `\n#ifdef OWN\nu_long on = 1;\n#else\nu_long on;\n#endif\n${BLOCKING}`],
		['an assignment in a case', `switch (x) { case 1: x++; u_long on; on = 1; case 2: ${BLOCKING} }`],
		['an assignment on one path', `u_long on; if (x) on = 1; ${BLOCKING}`],
		['an assignment in the condition', `u_long on; if ((on = 1) && ioctlsocket(s, FIONBIO, &on)) return;`],
		['an initialiser', `u_long on = x; ${BLOCKING}`],
		['an earlier round of a loop', `u_long on; while (x) { ${BLOCKING} on = 1; }`],
		['a jump back', `u_long on; again: ${BLOCKING} on = 1; goto again;`],
		['a function that has its address', `u_long on; choose(&on); ${BLOCKING}`],
		['a function that has it', `u_long on; choose(on); ${BLOCKING}`],
		['a macro that is given it', `u_long on; CHOOSE(on); ${BLOCKING}`],
		['a macro of the file', `u_long on;\n#define CHOOSE on = 1\nCHOOSE; ${BLOCKING}`],
		[
			'a macro of the file that sets members',
			`struct tcp_keepalive k;\n#define PUT(member, to) k.member = to\nPUT(onoff, 1); PUT(keepalivetime, 1); ${KEEP}`,
		],
		['a macro of the file that stands elsewhere', `u_long on; CHOOSE; ${BLOCKING}\n#define CHOOSE on = 1\n`],
		['memset', `struct tcp_keepalive k; memset(&k, 0, sizeof(k)); ${KEEP}`],
		['memcpy', `struct tcp_keepalive k; memcpy(&k, text, sizeof(k)); ${KEEP}`],
		['a pointer to it', `u_long on; u_long *p = &on; *p = 1; ${BLOCKING}`],
		['a pointer in its declaration', `u_long on, *p = &on; *p = 1; ${BLOCKING}`],
		['assembler', `u_long on; __asm__("" : "=r"(on)); ${BLOCKING}`],
		['another of its name', `u_long on; { u_long on = 1; ${BLOCKING} }`],
		['the program before', `static u_long on; ${BLOCKING}`],
		['somebody else', `extern u_long on; ${BLOCKING}`],
		[
			'an element by index',
			'BOOL b[1]; b[0] = 1; WSAIoctl(s, SIO_UDP_CONNRESET, b, sizeof(b), NULL, 0, &n, NULL, NULL);',
		],
		[
			'an element that is not known',
			'BOOL b[2]; b[x] = 1; WSAIoctl(s, SIO_UDP_CONNRESET, b, sizeof(b), NULL, 0, &n, NULL, NULL);',
		],
		[
			'a loop',
			'BOOL b[2]; for (int i = 0; i < 2; i++) b[i] = 1; WSAIoctl(s, SIO_UDP_CONNRESET, b, sizeof(b), NULL, 0, &n, NULL, NULL);',
		],
		['a whole assignment', `struct tcp_keepalive k; k = given(); ${KEEP}`],
		['the address of a member', `struct tcp_keepalive k; fill(&k.onoff); ${KEEP}`],
	])('%s may have written it', async (_, body) => {
		expect(await unwritten(body, name)).toEqual([]);
	});
});

it.each([
	[`u_long on; x = 4 & on; ${BLOCKING}`, [''], []],
	[`u_long on; x = (4) & on; ${BLOCKING}`, [''], []],
	[`u_long on; x = (x) & on; ${BLOCKING}`, [], []],
	['struct T { DWORD a, b : 3; } m; ioctlsocket(s, FIONBIO, (u_long *)&m);', [''], []],
])('%s', async (body, inC, inCpp) => {
	expect([await unwritten(body, 'x.c'), await unwritten(body, 'x.cpp')]).toEqual([inC, inCpp]);
});

describe('in C++', () => {
	it.each([
		['an address by name', 'u_long on; ioctlsocket(s, FIONBIO, std::addressof(on));', ['']],
		['new', `auto *on = new u_long; ${THROUGH} delete on;`, ['']],
		['new without a value that throws nothing', `u_long *on = new (std::nothrow) u_long; ${THROUGH}`, ['']],
		['memory that is cast by name', `u_long *on = static_cast<u_long *>(malloc(4)); ${THROUGH}`, ['']],
		['memory that is made of two', `u_long *on = static_cast<u_long *>(malloc(4), x); ${THROUGH}`, []],
		['new by auto', `auto on = new u_long; ${THROUGH}`, ['']],
		['new with a value', `u_long *on = new u_long(); ${THROUGH}`, []],
		['new with braces', `auto on = new u_long{1}; ${THROUGH}`, []],
		[
			'a class that is made',
			`struct On { u_long on; On() : on(1) {} }; On *on = new On; ioctlsocket(s, FIONBIO, (u_long *)on);`,
			[],
		],
		['a reference to the memory', `u_long *on = new u_long; u_long &r = *on; r = 1; ${THROUGH}`, []],
	])('%s', async (_, body, paths) => {
		expect(await unwritten(body, 'x.cpp')).toEqual(paths);
	});

	it.each([
		['a lambda', `u_long on; auto set = [&] { on = 1; }; set(); ${BLOCKING}`],
		['a function around a lambda', `u_long on; auto set = [&] { ${BLOCKING} };`],
		['a function around a lambda with memory', `u_long *on = new u_long; auto set = [=] { ${THROUGH} };`],
		['a lambda that has a copy', `u_long on; auto set = [=] { choose(on); }; ${BLOCKING}`],
		['a lambda that is given it', `u_long *on = new u_long; auto set = [=] { *on = 1; }; ${THROUGH}`],
		['an archive on the right', `u_long on; x = archive & on; ${BLOCKING}`],
		['a named capture', `u_long on; auto set = [&on] { on = 1; }; set(); ${BLOCKING}`],
		['a reference', `u_long on; u_long &r = on; r = 1; ${BLOCKING}`],
		['a stream', `u_long on; std::cin >> on; ${BLOCKING}`],
		['an archive', `u_long on; archive & on; ${BLOCKING}`],
		['braces', `u_long on{}; ${BLOCKING}`],
		['a constructor', `struct On { u_long on; On() : on(1) {} } v; ioctlsocket(s, FIONBIO, (u_long *)&v);`],
		['a default of the member', `struct On { u_long on = 1; } v; ioctlsocket(s, FIONBIO, (u_long *)&v);`],
		['a class of somebody else', `std::atomic<u_long> on; ioctlsocket(s, FIONBIO, (u_long *)&on);`],
	])('%s may have written it', async (_, body) => {
		expect(await unwritten(body, 'x.cpp')).toEqual([]);
	});
});
