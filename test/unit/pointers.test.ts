/** What a pointer argument of C and C++ is: NULL or not, the object behind it, and what is known of that. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { typeText } from '../../server/src/types/layout.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

async function pointerOf(pointer: string, body = '', before = '', name = 'x.cpp') {
	const text = `${before}
void f(SOCKET s, DWORD y, int flag, void *p, struct tcp_keepalive *k, struct tcp_keepalive **kk)
{
	DWORD n;
	${body}
	WSAIoctl(s, SIO_KEEPALIVE_VALS, ${pointer}, 12, NULL, 0, &n, NULL, NULL);
}
`;
	const { calls } = await checked(checker, { name, text });
	expect(calls).toHaveLength(1);
	return calls[0]?.input?.pointer;
}

describe('a pointer', () => {
	it.each([
		['NULL', 'null'],
		['nullptr', 'null'],
		['0', 'null'],
		['(void *)0', 'null'],
		['0L', 'null'],
		['12', 'not-null'],
		['"abc"', 'not-null'],
		['&n', 'not-null'],
		['p', 'unknown'],
		['f', 'not-null'],
		['flag ? NULL : NULL', 'null'],
		['flag ? &n : NULL', 'unknown'],
		['flag ? &n : &y', 'not-null'],
		['unheard_of', 'unknown'],
		['unheard_of()', 'unknown'],
		['malloc(12)', 'not-null'],
		['malloc(-1)', 'not-null'],
		['new tcp_keepalive', 'not-null'],
		['k->onoff', 'unknown'],
		['*kk', 'unknown'],
		['&n + 1', 'not-null'],
		['p + 1', 'unknown'],
		['NULL + 1', 'unknown'],
		['&n - 1', 'unknown'],
		['(DWORD[]){ 1, 2, 3 }', 'not-null'],
	])('%s is %s', async (pointer, expected) => {
		expect((await pointerOf(pointer))?.nullness).toBe(expected);
	});

	it.each([
		['a variable', 'void *q = NULL;', '', 'null'],
		['a variable that is set', 'void *q; q = NULL;', '', 'null'],
		['a variable that is set in a branch', 'void *q = NULL; if (flag) q = p;', '', 'unknown'],
		['a variable that is set to the same', 'void *q; if (flag) q = NULL; else q = 0;', '', 'null'],
		['an array', 'DWORD q[3];', '', 'not-null'],
		['an array of a type', 'three q;', 'typedef DWORD three[3];', 'not-null'],
		['a macro', '', '#define q NULL', 'null'],
		['two macros', '', '#if X\n#define q NULL\n#else\n#define q 0\n#endif', 'null'],
		['two macros that differ', '', '#if X\n#define q NULL\n#else\n#define q &n\n#endif', 'unknown'],
		['a constant', '', 'static void *const q = NULL;', 'null'],
	])('that is %s', async (_, body, before, expected) => {
		expect((await pointerOf('q', body, before))?.nullness).toBe(expected);
	});

	it('that is a number has an address', async () => {
		expect((await pointerOf('(void *)12'))?.address).toBe(12);
		expect((await pointerOf('(void *)-1'))?.address).toBe(0xffffffff);
		expect((await pointerOf('0'))?.address).toBeUndefined();
	});
});

describe('the object behind', () => {
	it.each([
		['&n', 'n'],
		['&(n)', 'n'],
		['&::n', 'n'],
		['(char *)&n', 'n'],
		['k', '*k'],
		['&*k', '*k'],
		['&k[0]', '*k'],
		['&k[1]', 'k[1]'],
		['&k[flag]', 'k[flag]'],
		['&k[flag + 1]', 'k[(flag+1)]'],
		['&k[g()]', undefined],
		['&k->onoff', 'k->onoff'],
		['&(*k).onoff', 'k->onoff'],
		['&(*kk)->onoff', '*kk->onoff'],
		['*kk', '**kk'],
		['&g()->onoff', undefined],
		['&k[sizeof(n)]', 'k[sizeof(n)]'],
		['&k[-1]', 'k[-1]'],
		['&k[~flag]', 'k[~flag]'],
	])('%s is spelt %s', async (pointer, expected) => {
		expect((await pointerOf(pointer))?.object?.spelling).toBe(expected);
	});

	it.each<[string, string, string, Readonly<Record<string, unknown>>]>([
		['a variable', '&q', 'DWORD q;', {}],
		['a variable with a value', '&q', 'DWORD q = 1;', { initialised: true }],
		['a variable that is set', '&q', 'DWORD q; q = 1;', { initialised: true }],
		['a constant', '&q', 'const DWORD q = 1;', { initialised: true, constant: true }],
		['a member of a constant', '&q.onoff', 'const struct tcp_keepalive q = { 1 };', { constant: true }],
		['an element of a constant', '&q[1]', 'const DWORD q[3] = { 1 };', { constant: true }],
		['a member behind a pointer to a constant', '&q->onoff', 'const struct tcp_keepalive *q = k;', {}],
		['a text that speaks of constants', '&q', 'char q[9] = "const";', { initialised: true }],
		['a pointer that the caller gave', '&k', '', { callers: true }],
		['a pointer of its own', '&q', 'void *q;', {}],
		['what a pointer points to', 'q', 'DWORD *q = &n;', { throughPointer: true }],
		['what a parameter points to', 'k', '', { throughPointer: true, callers: true }],
		['what a parameter points to in a loop', 'k', 'for (;;)', { throughPointer: true }],
		['what a parameter that is tested points to', 'k', 'if (!k) return;', { throughPointer: true, callers: true }],
		['what a parameter that a macro sets points to', 'k', '\n#define SET k = g()\nSET;', { throughPointer: true }],
		['what a parameter that is used points to', 'k', 'g(k);', { throughPointer: true }],
		['what a parameter that is set points to', 'k', 'k = g();', { throughPointer: true }],
		['what a member points to', 'q.p', 'struct { void *p; } q;', { throughPointer: true }],
	])('%s', async (_, pointer, body, expected) => {
		const { initialised, constant, callers, throughPointer } = (await pointerOf(pointer, body))?.object ?? {};
		const known = Object.entries({ initialised, constant, callers, throughPointer }).filter(([, value]) => value);
		expect(Object.fromEntries(known)).toEqual(expected);
	});
});

describe('the object behind a pointer', () => {
	it.each([
		['q', 'void *q = &n;', 'DWORD, not-null'],
		['q', 'struct tcp_keepalive *q = p;', 'tcp_keepalive'],
		['q', 'void *q = p;', ''],
		['q.data()', 'std::vector<GUID> q;', 'GUID'],
		['q.data()', 'std::vector<GUID> q(3);', 'GUID, not-null'],
		['q.data()', 'std::vector<GUID> q(0);', 'GUID'],
		['q.data()', 'std::array<GUID, 2> q;', 'GUID, not-null'],
		['std::data(q)', 'GUID q[3];', 'GUID, not-null'],
		['q.get()', 'std::unique_ptr<GUID> q = found();', 'GUID'],
		['q.get()', 'std::unique_ptr<GUID> q(new GUID);', 'GUID, not-null'],
		['q.get()', 'auto q = std::make_unique<GUID>();', 'GUID, not-null'],
		['q.a', 'struct { char a[4]; } q;', 'char[4], not-null'],
		['q->a', 'struct { char a[4]; } *q;', 'char[4], not-null'],
		['&k->onoff', '', 'u_long, not-null, 4 alone'],
		['&q.a', 'struct { WORD a, b; } q;', 'WORD, not-null, 2 alone'],
		['&q.a', 'union { WORD a; DWORD b; } q;', 'WORD, not-null'],
		['&q.u.a', 'struct { union { WORD a; DWORD b; } u; } q;', 'WORD, not-null'],
		['&q', 'struct tcp_keepalive *q;', 'tcp_keepalive *, not-null, leads nowhere'],
		['&q', 'struct tcp_keepalive *q = NULL;', 'tcp_keepalive *, not-null, leads nowhere'],
		['&q', 'struct tcp_keepalive *q = k;', 'tcp_keepalive *, not-null'],
		['&q', 'struct tcp_keepalive *q; q = k;', 'tcp_keepalive *, not-null'],
	])('%s with %j is %s', async (pointer, body, expected) => {
		const { nullness, object } = (await pointerOf(pointer, body)) ?? {};
		const { type, member, leadsNowhere } = object ?? {};
		const told = [
			type ? typeText(type) : '',
			nullness === 'unknown' ? '' : nullness,
			member ? `${member.x64} alone` : '',
			leadsNowhere ? 'leads nowhere' : '',
		];
		expect(told.filter(Boolean).join(', ')).toBe(expected);
	});
});

describe('what stands in the place of an address', () => {
	it.each([
		['n', '', 'integer n 4'],
		['&n', '', ''],
		['(void *)n', '', 'integer n 4'],
		['(void *)(ULONG_PTR)n', '', ''],
		['(void *)(unsigned long long)n', '', ''],
		['(void *)(DWORD)n', '', 'integer n 4'],
		['(void *)(size_t)n', '', ''],
		['NULL', '', ''],
		['0', '', ''],
		['12', '', ''],
		['(void *)12', '', ''],
		['!n', '', 'number 1 0'],
		['n != 0', '', 'number 1 0'],
		['n && y', '', 'number 1 0'],
		['n + 1', '', ''],
		['n < 2', '', 'number 1 0'],
		['~n', '', ''],
		['-1', '', ''],
		['flag ? 1 : 2', '', 'number 1 2'],
		['flag ? 0 : 0', '', ''],
		['flag ? &n : 0', '', ''],
		['q', 'const DWORD q = 12;', 'number 12'],
		['q', 'const DWORD q = 0;', ''],
		['q', 'const int q = -1;', 'number 18446744073709552000'],
		['q', 'enum { A, B } q;', 'integer q 4'],
		['q', 'float q;', ''],
		['q', 'double q;', ''],
		['q', 'unsigned long long q;', ''],
		['q', 'SOCKET q;', ''],
		['q', 'HANDLE q;', ''],
		['q', 'char q;', 'integer q 1'],
		['q', 'BOOL q;', 'integer q 4'],
		['f', '', ''],
		['&f', '', ''],
		['q', 'LPFN_ACCEPTEX q = NULL;', ''],
		['&q', 'LPFN_ACCEPTEX q = NULL;', ''],
		['q', 'FARPROC q;', 'function q'],
		['q', 'int (*q)(int) = g;', 'function q'],
		['q', 'DWORD *q;', 'unset q'],
		['q', 'DWORD *q; q = &n;', ''],
		['q', 'DWORD *q = (DWORD *)12;', 'number 12'],
		['q', 'DWORD *q = (DWORD *)-1;', 'number 18446744073709552000'],
		['q', 'DWORD *q = NULL;', ''],
		['q', 'DWORD *q; if (flag) q = &n;', ''],
		['k', '', ''],
		['kk', '', 'address *kk tcp_keepalive'],
		['&k', '', 'address k tcp_keepalive'],
		['(void *)&k', '', 'address k tcp_keepalive'],
		['(char *)&k', '', ''],
		['(struct tcp_keepalive *)&k', '', 'address k'],
		['(struct tcp_keepalive **)k', '', 'pointer k'],
		['(DWORD **)k', '', ''],
		['(void **)k', '', ''],
		['(DWORD *)&q', 'DWORD *q;', 'address q'],
		['&q', 'DWORD *q = &n;', ''],
		['&q', 'struct tcp_keepalive *q = k;', 'address q tcp_keepalive'],
		['&q', 'struct tcp_keepalive q;', ''],
		['*kk', '', ''],
		['**kk', '', ''],
		['*k', '', ''],
		['k->onoff', '', 'integer k->onoff 4'],
		['&k->onoff', '', ''],
		['&p', '', ''],
		['p', '', ''],
		['q', 'char q[4];', ''],
		['&q', 'char q[4];', ''],
		['&q[0]', 'char *q[4];', ''],
		['q[0]', 'char q[4];', 'integer *q 1'],
		['q.p', 'struct { struct tcp_keepalive *p; } q;', ''],
		['&q.p', 'struct { struct tcp_keepalive *p; } q;', 'address q.p tcp_keepalive'],
		['g()', '', ''],
		['unheard', '', ''],
		['&kk', '', ''],
		['(struct tcp_keepalive *)kk', '', 'address *kk'],
		['(struct tcp_keepalive **)&kk', '', ''],
		['(LPVOID)kk', '', 'address *kk tcp_keepalive'],
		["'a'", '', ''],
		['"a"', '', ''],
		['sizeof(n)', '', ''],
		['(void *)!n', '', 'number 1 0'],
		['q', 'THEIRS q;', ''],
		['q', 'THEIRS *q;', 'unset q'],
		['&q', 'THEIRS *q = x;', ''],
	])('%s behind %j is mistaken: %j', async (pointer, body, expected) => {
		const { kind, ...rest } = (await pointerOf(pointer, body))?.mistaken ?? {};
		expect([kind ?? [], ...Object.values(rest)].flat().join(' ')).toBe(expected);
	});
});
