/** One and the same work in everything that statements stand in: one behind the other, and each within the one before. */
import { list, script, shapesOf } from './listShapes.ts';
import type { Shape } from './shapes.ts';

type Statement = (i: number) => string;
type Context = (n: number, statement: Statement) => string;

/** Sets a number, a member and a result that a call needs or gives. */
const work: Statement = (i) =>
	`n = ${i}; ka.onoff = ${i}; r = WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, n, NULL, 0, &bytes, NULL, NULL); if (r == SOCKET_ERROR) g(WSAGetLastError());`;
const VARIABLES = 'struct tcp_keepalive ka = { 1, 1, 1 }; DWORD bytes, n = 4; int r = 0;';

const inFunction = (body: string): string => `void f(SOCKET s)\n{\n${VARIABLES}\n${body}\n}\n`;
/** Each opens what the next stands in. */
const nested = (n: number, open: Statement, close: string): string =>
	inFunction(`${list(n, open, '\n')}${close.repeat(n)}`);
const listed = (n: number, one: Statement): string => inFunction(list(n, one, '\n'));

const cs: Readonly<Record<string, Context>> = {
	'blocks in blocks': (n, one) => nested(n, (i) => `{ ${one(i)}`, '}'),
	'if in if': (n, one) => nested(n, (i) => `if (s == ${i}) { ${one(i)}`, '}'),
	'if behind else': (n, one) => inFunction(`${list(n, (i) => `if (s == ${i}) { ${one(i)} } else`, '\n')} ;`),
	'if in else': (n, one) => nested(n, (i) => `if (s == ${i}) { ${one(i)} } else {`, '}'),
	'loops in loops': (n, one) => nested(n, (i) => `while (r < ${i}) { ${one(i)}`, '}'),
	loops: (n, one) => listed(n, (i) => `for (r = 0; r < ${i}; r++) { ${one(i)} }`),
	'one loop': (n, one) => inFunction(`for (;;) {\n${list(n, one, '\n')}\n}`),
	'switches in switches': (n, one) => nested(n, (i) => `switch (r) { case ${i}: ${one(i)}`, '}'),
	cases: (n, one) => inFunction(`switch (r) {\n${list(n, (i) => `case ${i}: ${one(i)} break;`, '\n')}\n}`),
	'cases that fall through': (n, one) => inFunction(`switch (r) {\n${list(n, (i) => `case ${i}: ${one(i)}`, '\n')}\n}`),
	'#if': (n, one) => listed(n, (i) => `#if A${i}\n${one(i)}\n#else\n${one(i)}\n#endif`),
	'#if in #if': (n, one) => nested(n, (i) => `#if A${i}\n${one(i)}`, '\n#endif'),
	'#elif': (n, one) => inFunction(`#if A\n${list(n, (i) => `#elif A${i}\n${one(i)}`, '\n')}\n#endif`),
	labels: (n, one) => listed(n, (i) => `L${i}: ${one(i)} if (r == ${i}) goto L${i};`),
	'ways out': (n, one) => inFunction(`${list(n, (i) => `if (r == ${i}) goto out; ${one(i)}`, '\n')}\nout: ;`),
	'branches that return': (n, one) => listed(n, (i) => `if (r == ${i}) { ${one(i)} return; }`),
	functions: (n, one) => list(n, (i) => `void f${i}(SOCKET s) { ${VARIABLES} ${one(i)} }`, '\n'),
};

const MEMBERS = 'SOCKET s; struct tcp_keepalive ka; DWORD bytes, n; int r;';

const cpps: Readonly<Record<string, Context>> = {
	methods: (n, one) => `class C { ${MEMBERS}\n${list(n, (i) => `void m${i}() { ${one(i)} }`, '\n')}\n};`,
	'methods outside': (n, one) =>
		`class C { ${MEMBERS}\n${list(n, (i) => `void m${i}();`, '\n')}\n};\n${list(n, (i) => `void C::m${i}() { ${one(i)} }`, '\n')}`,
	'blocks in blocks': (n, one) => nested(n, (i) => `{ ${one(i)}`, '}'),
	'loops in loops': (n, one) => nested(n, (i) => `while (r < ${i}) { ${one(i)}`, '}'),
	lambdas: (n, one) => listed(n, (i) => `auto l${i} = [&] { ${one(i)} };`),
	tries: (n, one) => listed(n, (i) => `try { ${one(i)} } catch (...) { }`),
	namespaces: (n, one) => list(n, (i) => `namespace n${i} { void f(SOCKET s) { ${VARIABLES} ${one(i)} } }`, '\n'),
};

const workTs: Statement = (i) =>
	`n = ${i}; o.m = ${i}; b = Buffer.alloc(${i}); q = WSAIoctl(s, 0x98000004, b, n + o.m, null, 0, bytes, null, null); if (q !== 0) g(q);`;
const VARIABLES_TS = 'let n = 4; let b = Buffer.alloc(12); let q = 0; const o = { m: 4 };';

const inScript = (body: string): string => script(`export function f(s: number) {\n${VARIABLES_TS}\n${body}\n}`);
const nestedTs = (n: number, open: Statement, close: string): string =>
	inScript(`${list(n, open, '\n')}${close.repeat(n)}`);
const listedTs = (n: number, one: Statement): string => inScript(list(n, one, '\n'));

const tss: Readonly<Record<string, Context>> = {
	'the module': (n, one) => script(`${VARIABLES_TS}\n${list(n, one, '\n')}`),
	'blocks in blocks': (n, one) => nestedTs(n, (i) => `{ ${one(i)}`, '}'),
	'if in if': (n, one) => nestedTs(n, (i) => `if (s === ${i}) { ${one(i)}`, '}'),
	'if behind else': (n, one) => inScript(`${list(n, (i) => `if (s === ${i}) { ${one(i)} } else`, '\n')} ;`),
	'loops in loops': (n, one) => nestedTs(n, (i) => `while (q < ${i}) { ${one(i)}`, '}'),
	loops: (n, one) => listedTs(n, (i) => `for (const x of [${i}]) { ${one(i)} }`),
	'one loop': (n, one) => inScript(`for (;;) {\n${list(n, one, '\n')}\n}`),
	cases: (n, one) => inScript(`switch (s) {\n${list(n, (i) => `case ${i}: ${one(i)} break;`, '\n')}\n}`),
	functions: (n, one) => script(list(n, (i) => `function f${i}(s: number) { ${VARIABLES_TS} ${one(i)} }`, '\n')),
	'functions in functions': (n, one) => nestedTs(n, (i) => `function f${i}() { ${one(i)}`, '}'),
	arrows: (n, one) => listedTs(n, (i) => `const a${i} = () => { ${one(i)} };`),
	methods: (n, one) =>
		script(`${VARIABLES_TS}\nclass C {\n${list(n, (i) => `m${i}(s: number) { ${one(i)} }`, '\n')}\n}`),
	tries: (n, one) => listedTs(n, (i) => `try { ${one(i)} } catch { }`),
	'tries in tries': (n, one) => nestedTs(n, (i) => `try { ${one(i)}`, '} catch { }'),
	'branches that return': (n, one) => listedTs(n, (i) => `if (s === ${i}) { ${one(i)} return; }`),
};

/** A number for which a context that costs the square is well above its bound. */
const NUMBER = 600;

const inEach = (contexts: Readonly<Record<string, Context>>, one: Statement) =>
	Object.fromEntries(
		Object.entries(contexts).map(([name, context]) => [name, [NUMBER, (n: number) => context(n, one)] as const]),
	);

export const contextShapes: readonly Shape[] = [
	...shapesOf('context.c', inEach(cs, work)),
	...shapesOf('context.cpp', inEach(cpps, work)),
	...shapesOf('context.ts', inEach(tss, workTs)),
];
