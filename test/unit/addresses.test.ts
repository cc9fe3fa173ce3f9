/** What stands in the place of an address: values, functions, pointers of the wrong level, and what is right beside them. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

/** `severity rule: argument` of every finding. */
async function found(name: string, text: string): Promise<string[]> {
	const { calls, findings } = await checked(checker, { name, text });
	expect(calls.length).toBeGreaterThan(0);
	return findings.map((f) => `${f.severity} ${f.rule}: ${text.slice(f.start, f.end)}`);
}

const EXTENSION = 'WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, id, sizeof(*id), ';

describe.each(['c', 'cpp'])('%s', (ending) => {
	const inFunction = (parameters: string, body: string): string =>
		`typedef int (*mine)(int);\nint f(SOCKET s, GUID *id${parameters})\n{\n\tDWORD n;\n\t${body}\n}\n`;

	it.each([
		['', 'u_long on = 1; return ioctlsocket(s, FIONBIO, (u_long *)on);', 'error invalid-pointer: (u_long *)on'],
		[', BOOL on', 'return ioctlsocket(s, FIONBIO, (u_long *)on);', 'warning invalid-pointer: (u_long *)on'],
		[
			', int b',
			'return ioctlsocket(s, FIONBIO, (u_long *)(b ? 0 : 1));',
			'error invalid-pointer: (u_long *)(b ? 0 : 1)',
		],
		[', int b', 'return ioctlsocket(s, FIONBIO, (u_long *)!!b);', 'error invalid-pointer: (u_long *)!!b'],
		[', int b', 'return ioctlsocket(s, FIONBIO, (u_long *)(b > 0));', 'error invalid-pointer: (u_long *)(b > 0)'],
		[', bool on', 'return ioctlsocket(s, FIONBIO, (u_long *)on);', 'error invalid-pointer: (u_long *)on'],
		['', 'void *p = (void *)5; return ioctlsocket(s, FIONBIO, p);', 'error invalid-pointer: p'],
		[', LPFN_ACCEPTEX fn', `return ${EXTENSION}fn, sizeof(fn), &n, NULL, NULL);`, 'error invalid-pointer: fn'],
		[', mine fn', `return ${EXTENSION}(void **)fn, sizeof(fn), &n, NULL, NULL);`, 'error invalid-pointer: (void **)fn'],
		['', `void *fn; return ${EXTENSION}fn, sizeof(void *), &n, NULL, NULL);`, 'error invalid-pointer: fn'],
		[
			', SOCKET *p',
			'return WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, (SOCKET **)p, 8, &n, NULL, NULL);',
			'warning invalid-pointer: (SOCKET **)p',
		],
		[
			', BYTE **pp, DWORD z',
			'return WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, (BYTE *)pp, z, &n, NULL, NULL);',
			'warning invalid-pointer: (BYTE *)pp',
		],
		[
			', DWORD z',
			'BYTE *p = malloc(z); return WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, (BYTE *)&p, z, &n, NULL, NULL);',
			'warning invalid-pointer: (BYTE *)&p',
		],
		[
			', struct tcp_keepalive **pp',
			'return WSAIoctl(s, SIO_KEEPALIVE_VALS, pp, sizeof(**pp), NULL, 0, &n, NULL, NULL);',
			'warning invalid-pointer: pp',
		],
		[
			', u_long *on',
			'WORD w; return WSAIoctl(s, FIONBIO, on, 4, NULL, 0, (LPDWORD)&w, NULL, NULL);',
			'error invalid-pointer: (LPDWORD)&w',
		],
		[
			', u_long *on',
			'const DWORD c = 0; return WSAIoctl(s, FIONBIO, on, 4, NULL, 0, (LPDWORD)&c, NULL, NULL);',
			'error invalid-pointer: (LPDWORD)&c',
		],
		[
			', u_long *on',
			'return WSAIoctl(s, FIONBIO, on, 4, NULL, 0, (LPDWORD)n, NULL, NULL);',
			'warning invalid-pointer: (LPDWORD)n',
		],
		[
			'',
			'static const u_long c = 0; return ioctlsocket(s, FIONREAD, (u_long *)&c);',
			'error invalid-pointer: (u_long *)&c',
		],
	])('reports f(…%s) { %s }', async (parameters, body, finding) => {
		expect(await found(`x.${ending}`, inFunction(parameters, body))).toEqual([finding]);
	});

	it.each([
		[', u_long *on', 'return ioctlsocket(s, FIONBIO, on);'],
		[', ULONG_PTR on', 'return ioctlsocket(s, FIONBIO, (u_long *)on);'],
		[', LPARAM on', 'return ioctlsocket(s, FIONBIO, (u_long *)on);'],
		[', DWORD on', 'return ioctlsocket(s, FIONBIO, (u_long *)(ULONG_PTR)on);'],
		[', HANDLE on', 'return ioctlsocket(s, FIONBIO, (u_long *)on);'],
		[', int c', 'u_long on = 1, off = 0; return ioctlsocket(s, FIONBIO, c ? &on : &off);'],
		[', void **t', `return ${EXTENSION}(void *)t, sizeof(*t), &n, NULL, NULL);`],
		[', void *t', `return ${EXTENSION}(void **)t, sizeof(void *), &n, NULL, NULL);`],
		[
			', struct tcp_keepalive *p',
			'return WSAIoctl(s, SIO_KEEPALIVE_VALS, (void **)p, sizeof(*p), NULL, 0, &n, NULL, NULL);',
		],
		[
			', char *p',
			'return WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, (SOCKET_ADDRESS_LIST *)p, 400, &n, NULL, NULL);',
		],
		[
			'',
			`const GUID own = WSAID_ACCEPTEX; LPFN_ACCEPTEX fn; return WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, (void *)&own, sizeof(own), &fn, sizeof(fn), &n, NULL, NULL);`,
		],
		[', u_long *on', 'DWORD *c; init(&c); return WSAIoctl(s, FIONBIO, on, 4, NULL, 0, c, NULL, NULL);'],
		[
			', u_long *on',
			'const char *name = ""; DWORD c; log(name); return WSAIoctl(s, FIONBIO, on, 4, NULL, 0, &c, NULL, NULL);',
		],
	])('is silent about f(…%s) { %s }', async (parameters, body) => {
		expect(await found(`x.${ending}`, inFunction(parameters, body))).toEqual([]);
	});
});

it.each([
	['ioctlsocket(s, 0x8004667e, on ? 1 : 0)', ['error invalid-pointer: on ? 1 : 0']],
	[
		'WSAIoctl(s, 0x8004667e, Buffer.alloc(4), 4, null, 0, Buffer.alloc(2), null, null)',
		['error invalid-pointer: Buffer.alloc(2)'],
	],
	['WSAIoctl(s, 0x8004667e, Buffer.alloc(4), 4, null, 0, Buffer.alloc(4), null, null)', []],
])('TypeScript: %s', async (call, findings) => {
	const text = `import { WSAIoctl, ioctlsocket } from './winsock';\nexport const f = (s: bigint, on: boolean) => ${call};\n`;
	expect(await found('x.ts', text)).toEqual(findings);
});
