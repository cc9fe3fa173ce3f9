/** Many uses of one thing: of one variable, one name, one structure, one chain of operators. */
import { inFunction, lines, list, script, shapesOf } from './listShapes.ts';
import type { Shape } from './shapes.ts';

const call = (buffer: string, size: string): string =>
	`WSAIoctl(s, SIO_KEEPALIVE_VALS, ${buffer}, ${size}, NULL, 0, &bytes, NULL, NULL)`;
const CALL = call('&ka', 'sizeof(ka)');
const handsOn = (head: string, buffer: string, size: string): string =>
	`${head} { DWORD b; return WSAIoctl(s, SIO_KEEPALIVE_VALS, ${buffer}, ${size}, NULL, 0, &b, NULL, NULL); }`;
const given = (buffer: string, size: string): string =>
	`WSAIoctl(s, 0x98000004, ${buffer}, ${size}, null, 0, bytes, null, null);`;
const CALL_TS = given('ka', '12').slice(0, -1);

const cs: Readonly<Record<string, readonly [number, Shape['text']]>> = {
	'one condition of calls': [1500, (n) => inFunction(`\tif (${list(n, () => CALL, ' &&\n\t')}) return;`)],
	'one expression of calls': [1500, (n) => inFunction(`\t${list(n, () => CALL, ',\n\t')};`)],
	'arguments of one call': [1500, (n) => inFunction(`\tg(${list(n, () => CALL, ',\n\t')});`)],
	'switches in switches': [
		600,
		(n) => inFunction(`${lines(n, (i) => `switch (bytes) { case ${i}: ${CALL};`)}${'}'.repeat(n)}`),
	],
	'one type': [
		1500,
		(n) =>
			inFunction(
				lines(n, (i) => `\tT t${i};\n\t${call(`&t${i}`, 'sizeof(T)')};`),
				'typedef struct { char a[12]; } T;',
			),
	],
	'one buffer that is copied into': [
		1500,
		(n) =>
			inFunction(`\tchar b[64];\n${lines(n, () => `\tmemcpy(b, &ka, sizeof(ka));\n\t${call('b', 'sizeof(b)')};`)}`),
	],
	'one macro with many values': [
		2000,
		(n) => inFunction(lines(n, (i) => `#undef N\n#define N ${i}\n\t${call('&ka', 'N')};`)),
	],
	'one macro with many bodies': [
		1000,
		(n) => inFunction(lines(n, (i) => `#undef N\n#define N(x) ((x) + ${i})\n\t${call('&ka', 'N(4)')};`)),
	],
	'one structure of structures': [
		1200,
		(n) =>
			inFunction(
				`\tstruct big b;\n${lines(n, (i) => `\tb.s${i}.m = ${i};\n\t${call(`&b.s${i}`, `sizeof(b.s${i})`)};`)}`,
				`struct big { ${list(n, (i) => `struct { int m; } s${i};`, ' ')} };`,
			),
	],
	'offsets in one structure': [
		1500,
		(n) =>
			inFunction(
				lines(n, (i) => `\t${call('&ka', `offsetof(struct q, m${i})`)};`),
				`struct q { ${list(n, (i) => `char m${i};`, ' ')} };`,
			),
	],
	'cases of calls that fall through': [
		1200,
		(n) => inFunction(`\tswitch (bytes) {\n${lines(n, (i) => `\tcase ${i}: { ${CALL}; } /* fall through */`)}\n\t}`),
	],
	'one pointer that is given': [
		1500,
		(n) =>
			`#include <winsock2.h>\nvoid f(SOCKET s, struct tcp_keepalive *p)\n{\n\tDWORD bytes;\n${lines(n, (i) => `\tp->m${i} = ${i};\n\t${call('p', 'sizeof(*p)')};`)}\n}`,
	],
	'one socket': [
		1500,
		(n) => inFunction(`\tu_long on;\n${lines(n, (i) => `\ton = ${i};\n\tioctlsocket(s, FIONBIO, &on);`)}`),
	],
};

const cpps: Readonly<Record<string, readonly [number, Shape['text']]>> = {
	'methods of one class that hand on': [
		500,
		(n) =>
			`class C {\n\tSOCKET s;\n${lines(n, (i) => `\t${handsOn(`int w${i}(void *p, DWORD n)`, 'p', 'n')}\n\tvoid u${i}() { char x[4]; w${i}(x, sizeof(x)); }`)}\n};`,
	],
	'functions of one name that hand on': [
		600,
		(n) =>
			`${lines(n, (i) => handsOn(`int w(SOCKET s, t${i} &q)`, '&q', 'sizeof(q)'))}\n${inFunction(lines(n, (i) => `\tt${i} v${i};\n\tw(s, v${i});`))}`,
	],
	'one vector': [
		1200,
		(n) =>
			inFunction(
				`\tstd::vector<char> v;\n${lines(n, (i) => `\tv.resize(${i + 1});\n\t${call('v.data()', 'v.size()')};`)}`,
			),
	],
	'constants of one name': [
		1500,
		(n) =>
			`${lines(n, (i) => `namespace n${i} { constexpr DWORD z = ${i}; }`)}\n${inFunction(lines(n, (i) => `\t${call('&ka', `n${i}::z`)};`))}`,
	],
	'results of one name': [1200, (n) => inFunction(lines(n, () => `\tif (int r = ${CALL}; r == SOCKET_ERROR) return;`))],
};

const tss: Readonly<Record<string, readonly [number, Shape['text']]>> = {
	'arguments of one call': [1500, (n) => script(`g(${list(n, () => CALL_TS, ',\n')});`)],
	'one sequence of calls': [1500, (n) => script(`${list(n, () => CALL_TS, ',\n')};`)],
	'blocks in blocks, one name': [
		900,
		(n) => script(`${lines(n, (i) => `{ const b = Buffer.alloc(${i}); ${given('b', 'b.length')}`)}${'}'.repeat(n)}`),
	],
	'one variable of the module': [
		900,
		(n) => script(`let b: Buffer;\n${lines(n, (i) => `b = Buffer.alloc(${i});\n${given('b', 'b.length')}`)}`),
	],
	'one variable made of itself': [
		600,
		(n) => script(`let b = Buffer.alloc(90000);\n${lines(n, (i) => `b = b.subarray(${i});\n${given('b', '12')}`)}`),
	],
	'objects with a member of one name': [
		1200,
		(n) =>
			script(
				lines(
					n,
					(i) =>
						`const o${i} = { b: Buffer.alloc(4) };\no${i}.b = Buffer.alloc(${i});\n${given(`o${i}.b`, `o${i}.b.length`)}`,
				),
			),
	],
	'classes with a member of one name': [
		1200,
		(n) =>
			script(
				lines(
					n,
					(i) =>
						`class K${i} { b = ka; constructor(b: Buffer) { this.b = b; } f(s: number) { ${given('this.b', 'this.b.length')} } }`,
				),
			),
	],
};

export const sharedShapes: readonly Shape[] = [
	...shapesOf('shared.c', cs),
	...shapesOf('shared.cpp', cpps),
	...shapesOf('shared.ts', tss),
];
