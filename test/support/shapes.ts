/**
 * Texts that machines write: one thing many times, or one thing deep in another. Each grows with a number, and twice
 * the number must not cost much more than twice the time.
 */

export interface Shape {
	readonly name: string;
	/** File name, whose ending decides the language. */
	readonly file: string;
	/** A number for which one check takes some tenths of a second. */
	readonly size: number;
	readonly text: (n: number) => string;
}

const lines = (n: number, line: (i: number) => string): string =>
	Array.from({ length: n }, (_, i) => line(i)).join('\n');

const CALL = 'WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, sizeof(ka), NULL, 0, &bytes, NULL, NULL);';

const inFunction = (body: string, before = '', parameters = 'SOCKET s'): string =>
	`#include <winsock2.h>\n${before}\nvoid f(${parameters})\n{\n\tstruct tcp_keepalive ka = { 1, 1, 1 };\n\tDWORD bytes;\n${body}\n}\n`;

const c = (name: string, size: number, text: Shape['text']): Shape => ({ name, file: 'shape.c', size, text });
const cpp = (name: string, size: number, text: Shape['text']): Shape => ({ name, file: 'shape.cpp', size, text });
const ts = (name: string, size: number, text: Shape['text']): Shape => ({ name, file: 'shape.ts', size, text });

/** What every shape is compared with: a text as people write it, with a call in each function. */
export function ordinary(length: number): string {
	const one = (i: number) =>
		`static int work${i}(SOCKET s, int n)\n{\n\tstruct tcp_keepalive ka = { 1, 10000, 1000 };\n\tDWORD bytes;\n\tif (n > ${i}) {\n\t\tn += helper(n, "x");\n\t}\n\t${CALL}\n\treturn n;\n}\n`;
	return lines(Math.max(1, Math.round(length / one(0).length)), one);
}

export const shapes: readonly Shape[] = [
	c('calls in one function', 1500, (n) => inFunction(lines(n, () => `\t${CALL}`))),
	c('functions with a call', 1000, (n) => lines(n, (i) => inFunction(`\t${CALL}`).replace('void f', `void f${i}`))),
	c('else-if chain', 300, (n) => inFunction(lines(n, (i) => `\t${i > 0 ? 'else ' : ''}if (a == ${i}) ${CALL}`))),
	c('#ifdef sequences', 500, (n) => inFunction(lines(n, (i) => `#ifdef A${i}\n\t${CALL}\n#else\n\t${CALL}\n#endif`))),
	c('different variables', 800, (n) =>
		inFunction(
			`${lines(n, (i) => `\tDWORD v${i} = ${i};`)}\n${lines(n, (i) => `\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, v${i}, NULL, 0, &bytes, NULL, NULL);`)}`,
		),
	),
	c('chained variables', 800, (n) =>
		inFunction(
			`\tDWORD v0 = 4;\n${lines(n, (i) => `\tDWORD v${i + 1} = v${i};\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, v${i + 1}, NULL, 0, &bytes, NULL, NULL);`)}`,
		),
	),
	c('structures', 1000, (n) =>
		inFunction(
			lines(n, (i) => `\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, sizeof(struct t${i}), NULL, 0, &bytes, NULL, NULL);`),
			lines(n, (i) => `struct t${i} { char a[${i % 16}]; };`),
		),
	),
	c('structures that hold the last one', 500, (n) =>
		inFunction(
			`\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, sizeof(struct t${n - 1}), NULL, 0, &bytes, NULL, NULL);`,
			`struct t0 { int a; };\n${lines(n - 1, (i) => `struct t${i + 1} { struct t${i} b; };`)}`,
		),
	),
	c('parameters', 500, (n) =>
		inFunction(
			lines(n, (i) => `\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, p${i}, NULL, 0, &bytes, NULL, NULL);`),
			'',
			`SOCKET s, ${Array.from({ length: n }, (_, i) => `DWORD p${i}`).join(', ')}`,
		),
	),
	c('globals', 1000, (n) =>
		inFunction(
			lines(n, (i) => `\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, g${i}, NULL, 0, &bytes, NULL, NULL);`),
			lines(n, (i) => `static const DWORD g${i} = ${i};`),
		),
	),
	c('declarators', 800, (n) =>
		inFunction(
			`\tDWORD ${Array.from({ length: n }, (_, i) => `v${i} = ${i}`).join(', ')};\n${lines(n, (i) => `\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, v${i}, NULL, 0, &bytes, NULL, NULL);`)}`,
		),
	),
	c('macros with calls', 800, (n) =>
		lines(n, (i) => `#define X${i}(s) WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, ${i}, 0, 0, &b, 0, 0)`),
	),
	c('macros that write variables', 500, (n) =>
		inFunction(
			`\tDWORD n = 4;\n${lines(n, (i) => `\tM${i};\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, n, NULL, 0, &bytes, NULL, NULL);`)}`,
			lines(n, (i) => `#define M${i} n = ${i}`),
		),
	),
	c('macros that name the last one', 1000, (n) =>
		inFunction(
			`\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, N${n - 1}, NULL, 0, &bytes, NULL, NULL);`,
			`#define N0 4\n${lines(n - 1, (i) => `#define N${i + 1} (N${i} + 1)`)}`,
		),
	),
	c('macros that name themselves', 1000, (n) =>
		inFunction(
			lines(n, (i) => `\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, R${i}, NULL, 0, &bytes, NULL, NULL);`),
			lines(n, (i) => `#define R${i} (R${i} + R${(i + 1) % n})`),
		),
	),
	c('calls that need repair', 500, (n) =>
		inFunction(
			lines(n, () => "\tWSAIoctl(s, _IOR('s', 7, unsigned long), &ka, sizeof(ka), NULL, 0, &bytes, NULL, NULL);"),
		),
	),
	c('enumerators', 1000, (n) =>
		inFunction(
			lines(n, (i) => `\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, E${i}, NULL, 0, &bytes, NULL, NULL);`),
			`enum { ${Array.from({ length: n }, (_, i) => `E${i} = ${i}`).join(', ')} };`,
		),
	),
	c('nested for', 1000, (n) => inFunction(`\t${'for (;;) '.repeat(n)}${CALL}`)),
	c('nested while', 1000, (n) => inFunction(`\t${'while (a) '.repeat(n)}${CALL}`)),
	c('nested blocks', 1000, (n) => inFunction(`${'{'.repeat(n)}${CALL}${'}'.repeat(n)}`)),
	c('switch', 500, (n) => inFunction(`\tswitch (a) {\n${lines(n, (i) => `\tcase ${i}: ${CALL} break;`)}\n\t}`)),
	c('members set one by one', 800, (n) => inFunction(lines(n, () => `\tka.onoff = 1;\n\t${CALL}`))),
	c('wrappers', 500, (n) =>
		lines(
			n,
			(i) =>
				`static int w${i}(SOCKET s, void *p, DWORD n) { DWORD b; return WSAIoctl(s, SIO_KEEPALIVE_VALS, p, n, NULL, 0, &b, NULL, NULL); }\nvoid u${i}(SOCKET s) { char x[4]; w${i}(s, x, sizeof(x)); }`,
		),
	),
	c('pointers to pointers', 4000, (n) =>
		inFunction(`\tWSAIoctl(s, FIONBIO, x, 4, NULL, 0, &bytes, NULL, NULL);`, `char ${'*'.repeat(n)}x;`),
	),
	c('suppressions', 2000, (n) =>
		inFunction(
			lines(
				n,
				() =>
					`\t// ioctl-lens-ignore-next-line input-too-small\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, 4, NULL, 0, &bytes, NULL, NULL);`,
			),
		),
	),
	c('suppressions that silence nothing', 4000, (n) =>
		inFunction(`\t${CALL}\n${lines(n, () => '\t// ioctl-lens-ignore-line input-too-small')}`),
	),
	c('names in a suppression', 8000, (n) =>
		inFunction(`\t${CALL} // ioctl-lens-ignore-line ${Array.from({ length: n }, (_, i) => `rule-${i}`).join(', ')}`),
	),
	c(
		'comments that do not end',
		2000,
		(n) =>
			`${inFunction(`\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, 4, NULL, 0, &bytes, NULL, NULL);`)}${'/* ioctl-lens-ignore-next-line all '.repeat(n)}`,
	),
	c(
		'nested conditions',
		1000,
		(n) =>
			`${lines(n, (i) => `#if A${i}`)}\n${inFunction(`\t${CALL}`)}${lines(n, () => '#endif')}\n${inFunction(`\t${CALL}`)}`,
	),
	c(
		'conditions around items',
		1000,
		(n) =>
			lines(n, (i) => `#ifdef A${i}\nstatic int g${i};\n#else\nstatic long g${i};\n#endif`) + inFunction(`\t${CALL}`),
	),
	cpp('lambdas', 300, (n) => inFunction(lines(n, () => `\tauto l = [&] { ${CALL} };`))),
	cpp('namespaces', 500, (n) => `${lines(n, (i) => `namespace n${i} {`)}\n${inFunction(`\t${CALL}`)}${'}'.repeat(n)}`),
	cpp('classes with methods', 300, (n) =>
		lines(
			n,
			(i) =>
				`class C${i} { char buf[12]; void f(SOCKET s) { DWORD bytes; WSAIoctl(s, SIO_KEEPALIVE_VALS, buf, sizeof(buf), NULL, 0, &bytes, NULL, NULL); } };`,
		),
	),
	ts(
		'calls in TypeScript',
		400,
		(n) =>
			`import koffi from 'koffi';\nconst ws2 = koffi.load('ws2_32.dll');\nconst WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t c, void *in, uint32_t n, void *out, uint32_t m, uint32_t *b, void *o, void *d)');\nexport function f(s: number) {\n\tconst ka = Buffer.alloc(12);\n\tconst bytes = [0];\n${lines(n, () => '\tWSAIoctl(s, 0x98000004, ka, 4, null, 0, bytes, null, null);')}\n}\n`,
	),
	ts(
		'functions in TypeScript',
		400,
		(n) =>
			`import koffi from 'koffi';\nconst ws2 = koffi.load('ws2_32.dll');\nconst WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t c, void *in, uint32_t n, void *out, uint32_t m, uint32_t *b, void *o, void *d)');\n${lines(n, (i) => `export function f${i}(s: number) {\n\tconst ka = Buffer.alloc(12);\n\tconst bytes = [0];\n\tWSAIoctl(s, 0x98000004, ka, 4, null, 0, bytes, null, null);\n}`)}\n`,
	),
	ts(
		'one variable set and used',
		500,
		(n) =>
			`import { WSAIoctl } from 'ws2';\nexport function f(s: number) {\n\tlet size = 0;\n${lines(n, (i) => `\tsize = ${i};\n\tWSAIoctl(s, 0x98000004, ka, size, null, 0, bytes, null, null);`)}\n}\n`,
	),
	ts(
		'enumeration',
		1000,
		(n) =>
			`import { WSAIoctl } from 'ws2';\nenum E { ${Array.from({ length: n }, (_, i) => `M${i} = ${i}`).join(', ')} }\nexport function f(s: number) {\n${lines(n, (i) => `\tWSAIoctl(s, 0x98000004, ka, E.M${i}, null, 0, bytes, null, null);`)}\n}\n`,
	),
];
