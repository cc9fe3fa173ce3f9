/** Which values of a variable reach a call, and where that cannot be told. */
import { afterAll, describe, expect, test } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const CALL = 'WSAIoctl(s, SIO_RCVALL, p, n, NULL, 0, &b, NULL, NULL)';

/** Values of `n` in the last call of a function body, in which `CALL` stands for the call: `4|12`, or `?`. */
async function reaching(body: string, name: string, file = ''): Promise<string> {
	const text = `${file}\nvoid f(SOCKET s, void *p, int x, int y, DWORD m)\n{\nDWORD b;\n${body.replaceAll('CALL', CALL)}\n}\n`;
	const length = (await checked(checker, { name, text })).calls.at(-1)?.input?.length;
	return length?.kind === 'known' ? length.values.map(({ x64 }) => x64).join('|') : (length?.kind ?? 'no call');
}

describe.each(['x.c', 'x.cpp'])('in %s a value', (name) => {
	test.each([
		['of the declaration', 'DWORD n = 4; CALL;', '4'],
		['that is set', 'DWORD n; n = 4; CALL;', '4'],
		['that is set last', 'DWORD n = 4; n = 8; n = 12; CALL;', '12'],
		['that is set behind the call', 'DWORD n = 4; CALL; n = 12;', '4'],
		['of its own size', 'DWORD n; n = sizeof(n); CALL;', '4'],
		['of a block around', 'DWORD n = 4; { { CALL; } }', '4'],
		['that a block before sets', 'DWORD n = 4; { n = 12; } CALL;', '12'],
		['of another variable', 'DWORD n = 4; { DWORD n = 12; x = n; } CALL;', '4'],
		['of an inner variable', 'DWORD n = 12; { DWORD n = 4; CALL; }', '4'],
		['of an inner variable that is set outside before', 'DWORD n; n = 12; { DWORD n = 4; CALL; }', '4'],
		['that is made of itself', 'DWORD n = 4; n = n + 8; CALL;', '12'],
		['that is added to', 'DWORD n = 4; n += 8; CALL;', '12'],
		['that is counted', 'DWORD n = 4; n++; CALL;', '5'],
		['that is set in parentheses', 'DWORD n = 4; (n = 12); CALL;', 'unknown'],
		['whose address is taken', 'DWORD n = 4; scan(&n); CALL;', 'unknown'],
		['whose address is taken where it is declared', 'DWORD n = 4, *q = &n; *q = 12; CALL;', 'unknown'],
		['whose address is taken in the head of a loop', 'for (DWORD n = 4, *q = &n; x; (*q)++) CALL;', 'unknown'],
		['whose address is measured', 'DWORD n = 4; x = sizeof(&n); CALL;', '4'],
		['beside assembler', 'DWORD n = 4; __asm__("nop"); CALL;', 'unknown'],
		['set in the statement of the call', 'DWORD n = 4; n = 12, CALL;', 'unknown'],
		['counted in the statement of the call', 'DWORD n = 4; n++, CALL;', 'unknown'],
		['read in the statement of the call', 'DWORD n = 4; x = n, CALL;', '4'],
		['set in the declaration of the call', 'DWORD n = 4; int r = (n = 12) + CALL;', 'unknown'],
		['in a return', 'DWORD n = 4; return CALL;', '4'],
		['set in a return', 'DWORD n = 4; return (n = 12, CALL);', 'unknown'],
	])('%s', async (_, body, expected) => {
		expect(await reaching(body, name)).toBe(expected);
	});

	test.each([
		['of either branch', 'DWORD n; if (x) n = 4; else n = 12; CALL;', '4|12'],
		['of either block', 'DWORD n; if (x) { n = 4; y++; } else { y--; n = 12; } CALL;', '4|12'],
		['of branches in branches', 'DWORD n; if (x) { if (y) n = 4; else n = 8; } else n = 12; CALL;', '4|8|12'],
		['of a branch that leaves', 'DWORD n = 4; if (x) { n = 12; return; } CALL;', '4'],
		['of a branch that throws away the rest', 'DWORD n; if (x) n = 4; else return; CALL;', '4'],
		['of a branch behind another', 'DWORD n = 4; if (x) n = 8; if (y) n = 12; CALL;', '4|12|8'],
		['of a branch before a certain one', 'DWORD n = 4; if (x) n = 8; n = 12; CALL;', '12'],
		['of a branch that sets it in a part', 'DWORD n = 4; if (x) { if (y) n = 8; } else n = 12; CALL;', '4|8|12'],
		['of a branch that gives it away', 'DWORD n = 4; if (x) scan(&n); CALL;', 'unknown'],
		['of every case', 'DWORD n = 4; switch (x) { case 1: n = 8; break; default: n = 12; } CALL;', '8|12'],
		['of some cases', 'DWORD n = 4; switch (x) { case 1: n = 8; break; case 2: y++; } CALL;', '4|8'],
		['of cases that go on', 'DWORD n = 4; switch (x) { case 1: n = 8; default: n = 12; } CALL;', '12'],
		['of cases that go on into others', 'DWORD n = 4; switch (x) { case 1: y++; default: n = 12; } CALL;', '12'],
		['of cases that leave', 'DWORD n = 4; switch (x) { case 1: n = 8; return; default: n = 12; } CALL;', '12'],
		['of a case that gives it away', 'DWORD n = 4; switch (x) { case 1: scan(&n); } CALL;', 'unknown'],
		['of a selector that writes it', 'DWORD n = 4; switch (scan(&n)) { case 1: n = 8; } CALL;', 'unknown'],
		['of many branches', 'DWORD n; if (x) n = 4; else if (y) n = 8; else n = 12; CALL;', '4|8|12'],
		['of one branch', 'DWORD n = 4; if (x) n = 12; CALL;', '4|12'],
		['of one block of two', 'DWORD n = 4; if (x) { n = 12; } else { y++; } CALL;', '4|12'],
		['set twice in a branch', 'DWORD n; if (x) { n = 4; n = 8; } else n = 12; CALL;', '8|12'],
		['added to in a branch', 'DWORD n = 4; if (x) n += 4; else n = 12; CALL;', '8|12'],
		['set in a loop of a branch', 'DWORD n; if (x) while (y) n = 4; else n = 12; CALL;', 'unknown'],
		['set before in its own branch', 'DWORD n = 4; if (x) { n = 12; CALL; }', '12'],
		['set in the other branch', 'DWORD n = 4; if (x) n = 12; else CALL;', '4'],
		['set in a condition before', 'DWORD n = 4; if (scan(&n)) y++; CALL;', 'unknown'],
		['set in the condition around', 'DWORD n = 4; if (scan(&n)) CALL;', 'unknown'],
		['set in the condition around, for the other branch', 'DWORD n = 4; if (scan(&n)) y++; else CALL;', 'unknown'],
		['in a condition', 'DWORD n = 4; if (CALL) y++;', '4'],
		['in a part of a condition', 'DWORD n = 4; if (x && (CALL == 0)) y++;', '4'],
		['in a condition that sets it', 'DWORD n = 4; if (scan(&n) && CALL) y++;', 'unknown'],
		['in a condition, and set behind', 'DWORD n = 4; if (CALL) n = 12;', '4'],
		['in a condition within another', 'DWORD n = 4; if (x) if (CALL) y++;', '4'],
		['that is compared', 'if (m == 4) { DWORD n = m; CALL; }', '4'],
	])('%s', async (_, body, expected) => {
		expect(await reaching(body, name)).toBe(expected);
	});

	test.each([
		['(n == 4)', '4'],
		['(4 == n)', '4'],
		['((n == 4))', '4'],
		['(x && n == 4)', '4'],
		['(n == 4 && x)', '4'],
		['(n == 4 || x)', '12'],
		['(n != 4)', '12'],
		['(n >= 4)', '12'],
		['(!(n == 4))', '12'],
		['(n)', '12'],
		['(x == 4)', '12'],
	])('compared in %s', async (condition, expected) => {
		expect(await reaching(`DWORD n = 12; if ${condition} CALL;`, name)).toBe(expected);
		expect(await reaching(`DWORD n = 12; if ${condition} y++; else CALL;`, name)).toBe('12');
	});

	test.each([
		['fixes it', 'case 4: CALL;', '4'],
		['in braces fixes it', 'case 4: { CALL; }', '4'],
		['behind one that breaks', 'case 8: break; case 4: CALL;', '4'],
		['behind one that breaks in braces', 'case 8: { y++; break; } case 4: CALL;', '4'],
		['behind one that returns', 'case 8: y++; return; case 4: CALL;', '4'],
		['behind one that goes on', 'case 8: y++; case 4: CALL;', 'unknown'],
		['behind one that is empty', 'case 8: case 4: CALL;', 'unknown'],
		['behind braces that go on', 'case 8: { y++; } case 4: CALL;', 'unknown'],
		['for all others', 'default: CALL;', 'unknown'],
		['that sets it', 'case 4: n = 12; CALL;', '12'],
		['behind one that sets it and breaks', 'case 8: n = 12; break; default: CALL;', 'unknown'],
		['in a condition', 'case 4: if (x) CALL;', '4'],
	])('of the selector: a case %s', async (_, cases, expected) => {
		expect(await reaching(`DWORD n = m; switch (n) { ${cases} }`, name)).toBe(expected);
		expect(await reaching(`DWORD n = m; switch ((n)) { ${cases} }`, name)).toBe(expected);
	});

	test.each([
		['of another selector', 'DWORD n = 12; switch (x) { case 4: CALL; }', '12'],
		['that is computed with', 'DWORD n = 12; switch (n + 1) { case 4: CALL; }', '12'],
		['set in a case before', 'DWORD n = 12; switch (x) { case 1: n = 4; case 2: CALL; }', 'unknown'],
		['set in a case before that breaks', 'DWORD n = 12; switch (x) { case 1: n = 4; break; case 2: CALL; }', '12'],
		['declared in the switch', 'switch (x) { DWORD n; case 1: n = 4; CALL; }', '4'],
		['set behind a case', 'DWORD n = 12; switch (x) { case 1: CALL; break; case 2: n = 4; }', '12'],
	])('in a case: %s', async (_, body, expected) => {
		expect(await reaching(body, name)).toBe(expected);
	});

	test.each([
		['before', 'DWORD n = 4; while (x) { CALL; }', '4'],
		['in an earlier round', 'DWORD n = 4; while (x) { CALL; n = 12; }', 'unknown'],
		['in the same round', 'DWORD n = 4; while (x) { n = 12; CALL; }', '12'],
		['in the condition', 'DWORD n = 4; while (scan(&n)) CALL;', 'unknown'],
		['in the condition behind', 'DWORD n = 4; do CALL; while (scan(&n));', 'unknown'],
		['in an earlier loop', 'DWORD n = 4; while (x) n = 12; CALL;', 'unknown'],
		['in a declaration within', 'for (;;) { DWORD n = 4; CALL; n = 12; }', '4'],
		['in a declaration within an inner loop', 'for (;;) { DWORD n = 4; while (x) { CALL; n = 12; } }', 'unknown'],
		['in the head', 'for (DWORD n = 4; x; x--) CALL;', '4'],
		['in the head, and counted', 'for (DWORD n = 4; n < 12; n++) CALL;', 'unknown'],
		['in the head, and set in the body', 'for (DWORD n = 4; x; x--) { CALL; n = 12; }', 'unknown'],
		['in the head by an assignment', 'DWORD n; for (n = 4; x; x--) CALL;', 'unknown'],
		['in a condition of a loop', 'DWORD n = 4; while (CALL) y++;', '4'],
	])('set %s of a loop', async (_, body, expected) => {
		expect(await reaching(body, name)).toBe(expected);
	});

	test.each([
		['before a label that nothing leads back to', 'DWORD n = 4; CALL; goto out; out: return;', '4'],
		['behind a label', 'DWORD n = 4; again: CALL; n = 12; goto again;', 'unknown'],
		['behind a label, and never set again', 'DWORD n = 4; again: CALL; goto again;', '4'],
		['before a jump to the end', 'DWORD n = 4; CALL; n = 12; goto out; out: return;', '4'],
	])('%s', async (_, body, expected) => {
		expect(await reaching(body, name)).toBe(expected);
	});

	test.each([
		['of both branches', 'DWORD n;\n#if A\nn = 4;\n#else\nn = 12;\n#endif\nCALL;', '4|12'],
		['of three branches', 'DWORD n;\n#if A\nn = 4;\n#elif B\nn = 8;\n#else\nn = 12;\n#endif\nCALL;', '4|8|12'],
		['of one branch', 'DWORD n = 4;\n#if A\nn = 12;\n#endif\nCALL;', '4|12'],
		['of two branches of three', 'DWORD n = 4;\n#if A\nn = 8;\n#elif B\nn = 12;\n#endif\nCALL;', '4|8|12'],
		['of its own branch', 'DWORD n = 4;\n#if A\nn = 12;\nCALL;\n#endif', '12'],
		['of the other branch', 'DWORD n = 4;\n#if A\nn = 12;\n#else\nCALL;\n#endif', '4'],
		['of a declaration in a branch', '\n#if A\nDWORD n = 4;\nCALL;\n#endif', '4'],
		['of a declaration in a branch, set there', '\n#if A\nDWORD n = 4;\nn = 12;\n#endif\nCALL;', 'unknown'],
	])('%s of a condition of the preprocessor', async (_, body, expected) => {
		expect(await reaching(body, name)).toBe(expected);
	});
});

test.each([
	['in a lambda', 'DWORD n = 4; auto g = [=] { CALL; };', 'unknown'],
	['of a lambda', 'auto g = [=] { DWORD n = 4; CALL; };', '4'],
	['beside a lambda that may set it', 'DWORD n = 4; auto g = [&] { n = 12; }; g(); CALL;', 'unknown'],
	['beside a lambda that names others', 'DWORD n = 4; auto g = [&] { x = 12; }; g(); CALL;', '4'],
	['in a loop over a range', 'DWORD n = 4; for (int i : list) CALL;', '4'],
	['set in a loop over a range', 'DWORD n = 4; for (int i : list) { CALL; n = 12; }', 'unknown'],
	['read by a stream', 'DWORD n = 4; in >> n; CALL;', 'unknown'],
	['bound to a reference', 'DWORD n = 4; DWORD &r = n; r = 12; CALL;', 'unknown'],
	['given to a function', 'DWORD n = 4; choose(n); CALL;', 'unknown'],
	['given to a function that takes it by value', 'DWORD n = 4; printf("%d", n); CALL;', '4'],
])('in C++ a value %s', async (_, body, expected) => {
	expect(await reaching(body, 'x.cpp')).toBe(expected);
});

/** A statement behind `DWORD n = 4;`, definitions of the file, and what `n` is then: in C, and in C++. */
test.each<[string, string, string, string]>([
	['scan(&n);', '', 'unknown', 'unknown'],
	['scan((DWORD *)&n);', '', 'unknown', 'unknown'],
	['scan((char *) &n);', '', 'unknown', 'unknown'],
	['q = &n;', '', 'unknown', 'unknown'],
	['q = (void *)(&n);', '', 'unknown', 'unknown'],
	['(n) = x;', '', 'unknown', 'unknown'],
	['(n)++;', '', 'unknown', 'unknown'],
	['--n;', '', '3', '3'],
	['((n)) += x;', '', 'unknown', 'unknown'],
	['x = (n = y);', '', 'unknown', 'unknown'],
	['SET_SIZE(n);', '', 'unknown', 'unknown'],
	['SET_SIZE(x + n);', '', '4', '4'],
	['Set(n);', '', '4', 'unknown'],
	['use(n);', '', '4', 'unknown'],
	['(use)(n);', '', '4', 'unknown'],
	['LOG(n);', '', '4', 'unknown'],
	['TRACE("%d", n);', '', '4', 'unknown'],
	['assert(n);', '', '4', '4'],
	['HTONS(n);', '', '4', 'unknown'],
	['UNUSED(n);', '', '4', 'unknown'],
	['MAX(n, 1);', '', '4', 'unknown'],
	['DEBUG_OUT(n);', '', '4', 'unknown'],
	['VERIFY(n);', '', '4', 'unknown'],
	['printf("%d", n);', '', '4', '4'],
	['memcpy(p, q, n);', '', '4', '4'],
	['send(s, p, n, 0);', '', '4', '4'],
	['a.send(p, n);', '', '4', '4'],
	['WSASetLastError(n);', '', '4', '4'],
	['HeapAlloc(h, 0, n);', '', '4', '4'],
	['malloc(n);', '', '4', '4'],
	['(DWORD)(n);', '', '4', '4'],
	['x = n;', '', '4', '4'],
	['x = n & y;', '', '4', '4'],
	['x = (y) & n;', '', 'unknown', 'unknown'],
	['x = y & n;', '', '4', '4'],
	['x = y && n;', '', '4', '4'],
	['x = n >> 1;', '', '4', '4'],
	['x = y >> n;', '', '4', 'unknown'],
	['x = y << n;', '', '4', '4'],
	['x = sizeof(&n);', '', '4', '4'],
	['x = n == 4;', '', '4', '4'],
	['t.n = 8;', '', '4', '4'],
	['t->n = 8;', '', '4', '4'],
	['t->n++;', '', '4', '4'],
	['use("n = 8");', '', '4', '4'],
	['/* n = 8 */;', '', '4', '4'],
	['x = n[t];', '', '4', '4'],
	['n.a = 8;', '', '4', '4'],
	['n[1] = 8;', '', '4', '4'],
	['return_it(nn = 8);', '', '4', '4'],
	['x = -n;', '', '4', '4'],
	['if (n) x++;', '', '4', '4'],
	['while (n) x++;', '', '4', '4'],
	['x = n ? 1 : 2;', '', '4', '4'],
	['x = t[n];', '', '4', '4'],
	['x = *&n;', '', 'unknown', 'unknown'],
	['SET(n);', '#define SET(v) (v) = 8', 'unknown', 'unknown'],
	['SET(n);', '#define SET(v) use(v)', '4', 'unknown'],
	['SET(n, x);', '#define SET(a, v) v = a', '4', 'unknown'],
	['SET(x, n);', '#define SET(a, v) v = a', 'unknown', 'unknown'],
	['SET(n);', '#define SET(v) use(&v)', 'unknown', 'unknown'],
	['SET(n);', '#define SET(v) use(&(v))', 'unknown', 'unknown'],
	['SET(n);', '#define SET(v) v++', 'unknown', 'unknown'],
	['SET(n);', '#define SET(v) x = v == 8', '4', 'unknown'],
	['SET(n);', '#define SET(v) v.a[2] = 8', 'unknown', 'unknown'],
	['RESET;', '#define RESET n = 8', 'unknown', 'unknown'],
	['RESET();', '#define RESET() n = 8', 'unknown', 'unknown'],
	['RESET;', '#define RESET m = n', '4', '4'],
	['SET(n);', '#if A\n#define SET(v) use(v)\n#else\n#define SET(v) v = 8\n#endif', 'unknown', 'unknown'],
	['const auto &r = n;', '', '4', 'unknown'],
	['o.set(n);', '', '4', 'unknown'],
	['own(n);', 'static void own(DWORD v) { }', '4', '4'],
	['own(n);', 'static void own(DWORD &v) { v = 8; }', '4', 'unknown'],
	['own(n);', 'static void own(DWORD v) { }\nstatic void own(DWORD &v, int w = 0) { }', '4', 'unknown'],
])('%s %s', async (statement, file, inC, inCpp) => {
	const body = `DWORD n = 4;\n${statement}\nCALL;`;
	expect([await reaching(body, 'x.c', file), await reaching(body, 'x.cpp', file)]).toEqual([inC, inCpp]);
});

test.each([
	['Holder h(n);', 'unknown'],
	['Holder h{n};', 'unknown'],
	['Holder h = {n};', 'unknown'],
	['DWORD o{n};', '4'],
	['DWORD o(n);', '4'],
	['unsigned int o(n);', '4'],
	['auto h = new Holder(n);', 'unknown'],
	['auto &r = n;', 'unknown'],
	['auto r = n;', '4'],
	['auto &r = t[n];', '4'],
	['auto g = [n] { };', '4'],
	['auto g = [&n] { };', 'unknown'],
	['auto g = [&] { };', '4'],
	['auto g = [&] { use(n); };', 'unknown'],
	['auto g = [=] { use(1); };', '4'],
	['use(std::move(n));', 'unknown'],
	['std::cout << n;', '4'],
	['std::cin >> n;', 'unknown'],
	['throw n;', '4'],
	['Holder(n);', 'unknown'],
	['static_cast<int>(n);', '4'],
	['int(n);', '4'],
	['static_cast<DWORD &>(n) = 8;', 'unknown'],
])('in C++ %s: %s', async (statement, expected) => {
	expect(await reaching(`DWORD n = 4;\n${statement}\nCALL;`, 'x.cpp')).toBe(expected);
});
