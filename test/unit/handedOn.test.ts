/** Functions that hand their arguments on to an entry point: which calls of them are calls of it, and with what. */
import { afterAll, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const W = '(SOCKET s, long c, u_long *p)';
const CALL = 'ioctlsocket(s, c, p)';
const BODY = `{ return ${CALL}; }`;

/** Definitions, a use of `w` in another function, and the code of the call there; `?` where the caller does not say it. */
it.each([
	[`int w${W} ${BODY}`, 'w(s, FIONBIO, &n)', 'FIONBIO'],
	[`int w${W} ${BODY}`, 'w(s, FIONBIO)', ''],
	[`int w${W} ${BODY}`, 'w<int>(s, FIONBIO, &n)', ''],
	[`int w${W} { c = FIONREAD; return ${CALL}; }`, 'w(s, FIONBIO, &n)', 'FIONREAD'],
	[`int w${W} { int r = ${CALL}; c = FIONREAD; return r; }`, 'w(s, FIONBIO, &n)', '?'],
	[`int w${W} { if (c == 5) return 0; return ${CALL}; }`, 'w(s, FIONBIO, &n)', '?'],
	[`int w${W} { if (s == 5) return 0; return ${CALL}; }`, 'w(s, FIONBIO, &n)', 'FIONBIO'],
	[`int w${W} { switch (c) { case 5: return 0; } return ${CALL}; }`, 'w(s, FIONBIO, &n)', '?'],
	[`int w${W} { while (c == 5) g(); return ${CALL}; }`, 'w(s, FIONBIO, &n)', '?'],
	[`int w${W} { return c == 5 ? 0 : ${CALL}; }`, 'w(s, FIONBIO, &n)', '?'],
	[`int w${W} { if (${CALL}) return 1; return 0; }`, 'w(s, FIONBIO, &n)', 'FIONBIO'],
	[`int w${W} { if (x) g(c); return ${CALL}; }`, 'w(s, FIONBIO, &n)', '?'],
	[`int w${W} { auto g = [=] { ${CALL}; }; return 0; }`, 'w(s, FIONBIO, &n)', ''],
	[`int w(SOCKET s, u_long *p) { return ioctlsocket(s, FIONREAD, p); }`, 'w(s, &n)', 'FIONREAD'],
	[`int w(u_long *p, long c, SOCKET s) ${BODY}`, 'w(&n, FIONBIO, s)', 'FIONBIO'],
	[`int w(SOCKET s, long c, u_long *p = 0) ${BODY}`, 'w(s, FIONBIO, &n)', 'FIONBIO'],
	[`int w(SOCKET, long c, u_long *p) { return ioctlsocket(t, c, p); }`, 'w(s, FIONBIO, &n)', 'FIONBIO'],
	[`int w${W} ${BODY}\nint v${W} { return w(s, c, p); }`, 'v(s, FIONBIO, &n)', 'FIONBIO'],
	[`int w${W} ${BODY}\nint v${W} { return w(s, c, p); }\nint u${W} { return v(s, c, p); }`, 'u(s, FIONBIO, &n)', ''],
	[`int w${W} ${BODY}\nint w(SOCKET s) { return ioctlsocket(s, FIONREAD, &m); }`, 'w(s, FIONBIO, &n)', 'FIONBIO'],
	[`int w${W} ${BODY}\nint w(int s, long c, u_long *p) ${BODY}`, 'w(s, FIONBIO, &n)', ''],
	[`namespace a { int w${W} ${BODY} }`, 'w(s, FIONBIO, &n)', 'FIONBIO'],
	[`struct C { int w${W} ${BODY} };`, 'C().w(s, FIONBIO, &n)', ''],
	[`struct C { int w${W} ${BODY} };`, 'c.w(s, FIONBIO, &n)', 'FIONBIO'],
	[`struct C { int w${W} ${BODY} };`, 'd.w(s, FIONBIO, &n)', ''],
	[`struct C { int w${W} ${BODY} };`, 'w(s, FIONBIO, &n)', ''],
	[`struct C { virtual int w${W} ${BODY} };`, 'c.w(s, FIONBIO, &n)', ''],
	[`struct C : B { int w${W} override ${BODY} };`, 'c.w(s, FIONBIO, &n)', ''],
	[`struct C { virtual int v(); int w${W} { return ${CALL}; } };`, 'c.w(s, FIONBIO, &n)', 'FIONBIO'],
	[`struct C { int w${W}; };\nint C::w${W} ${BODY}`, 'c.w(s, FIONBIO, &n)', 'FIONBIO'],
	[`struct C { virtual int w${W}; };\nint C::w${W} ${BODY}`, 'c.w(s, FIONBIO, &n)', ''],
	[`int C::w${W} ${BODY}`, 'c.w(s, FIONBIO, &n)', ''],
	[`namespace a { struct C { int w${W}; }; }\nint a::C::w${W} ${BODY}`, 'c.w(s, FIONBIO, &n)', 'FIONBIO'],
	[`template <long c> int w(SOCKET s, u_long *p) ${BODY}`, 'w<FIONBIO>(s, &n)', 'FIONBIO'],
	[`template <long c> int w(SOCKET s, u_long *p) ${BODY}`, 'w(s, &n)', ''],
	[`template <class T> int w(SOCKET s, long c, T *p) ${BODY}`, 'w<u_long>(s, FIONBIO, &n)', 'FIONBIO'],
	[`template <class T> int w(SOCKET s, long c, T *p) ${BODY}`, 'w(s, FIONBIO, &n)', ''],
])('%s: %s', async (definitions, use, code) => {
	const text = `${definitions}\nvoid f(SOCKET s, C &c, D &d)\n{\n\tu_long n = 1;\n\t${use};\n}\n`;
	const { calls } = await checked(checker, { name: 'x.cpp', text });
	const found = calls.filter(({ enclosing }) => enclosing === 'f');
	expect(found.map((call) => call.code.entry?.name ?? '?').join(' ')).toBe(code);
});
