/** More of what machines write, construct by construct: chains, nests and lists of each, with a call that needs them. */
import type { Shape } from './shapes.ts';

const lines = (n: number, line: (i: number) => string): string =>
	Array.from({ length: n }, (_, i) => line(i)).join('\n');
const list = (n: number, one: (i: number) => string, between = ', '): string =>
	Array.from({ length: n }, (_, i) => one(i)).join(between);

/** A call whose size, or buffer, is an expression. */
const sized = (size: string): string => `WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, ${size}, NULL, 0, &bytes, NULL, NULL);`;
const inFunction = (body: string, before = ''): string =>
	`#include <winsock2.h>\n${before}\nvoid f(SOCKET s)\n{\n\tstruct tcp_keepalive ka = { 1, 1, 1 };\n\tDWORD bytes;\n${body}\n}\n`;

const cs: Readonly<Record<string, readonly [number, Shape['text']]>> = {
	'a chain of ?:': [1500, (n) => inFunction(`\t${sized(`${list(n, (i) => `a == ${i} ? ${i} : `, '')}4`)}`)],
	'a sum of many': [3000, (n) => inFunction(`\t${sized(list(n, (i) => `${i}`, ' + '))}`)],
	'parentheses in parentheses': [3000, (n) => inFunction(`\t${sized(`${'('.repeat(n)}4${')'.repeat(n)}`)}`)],
	'casts of casts': [3000, (n) => inFunction(`\t${sized(`${'(DWORD)'.repeat(n)}4`)}`)],
	'comma expressions': [3000, (n) => inFunction(`\t${sized(`(${list(n, (i) => `a${i}`)}, 4)`)}`)],
	'a long initialiser list': [
		4000,
		(n) => inFunction(`\t${sized('sizeof(t)')}`, `static char t[] = { ${list(n, (i) => String(i % 128))} };`),
	],
	'initialiser lists in each other': [
		1500,
		(n) => inFunction(`\t${sized('sizeof(t)')}`, `static char t[] = ${'{'.repeat(n)}1${'}'.repeat(n)};`),
	],
	'strings one behind the other': [3000, (n) => inFunction(`\t${sized(`sizeof(${'"abc" '.repeat(n)})`)}`)],
	'a chain of typedefs': [
		1500,
		(n) =>
			inFunction(
				`\t${sized(`sizeof(T${n - 1})`)}`,
				`typedef int T0;\n${lines(n - 1, (i) => `typedef T${i} T${i + 1};`)}`,
			),
	],
	'labels and goto': [
		1000,
		(n) => inFunction(lines(n, (i) => `L${i}: bytes = ${i}; goto L${i};\n\t${sized('bytes')}`)),
	],
	'attributes in front of a declaration': [
		2000,
		(n) => inFunction(`\t${sized('x')}`, `${'__attribute__((unused)) '.repeat(n)}static const DWORD x = 4;`),
	],
	'arrays of arrays': [2000, (n) => inFunction(`\t${sized('sizeof(x)')}`, `char x${'[1]'.repeat(n)};`)],
	'functions that return functions': [
		800,
		(n) => inFunction(`\t${sized('4')}`, `int ${'(*'.repeat(n)}p${')(void)'.repeat(n)};`),
	],
	'unions in structures': [
		600,
		(n) =>
			inFunction(
				`\t${sized('sizeof(struct u)')}`,
				`struct u { ${'union { struct { '.repeat(n)}int x; ${'}; };'.repeat(n)} };`,
			),
	],
	'macros given macros': [
		1000,
		(n) => inFunction(`\t${sized(`${'ADD('.repeat(n)}1${', 1)'.repeat(n)}`)}`, '#define ADD(a, b) ((a) + (b))'),
	],
	'a structure with many members set': [
		1000,
		(n) =>
			inFunction(
				`\tstruct big v;\n${lines(n, (i) => `\tv.m${i} = ${i};`)}\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &v, sizeof(v), NULL, 0, &bytes, NULL, NULL);`,
				`struct big { ${list(n, (i) => `int m${i};`, ' ')} };`,
			),
	],
	'calls as arguments of calls': [
		1000,
		(n) => inFunction(`\t${'g('.repeat(n)}${sized('4').slice(0, -1)}${')'.repeat(n)};`),
	],
	'directives that include': [2000, (n) => lines(n, (i) => `#include "h${i}.h"`) + inFunction(`\t${sized('4')}`)],
	'directives without an end': [2000, (n) => `${inFunction(`\t${sized('4')}`)}${'#if A\n#elif B\n'.repeat(n)}`],
	'lines continued': [4000, (n) => inFunction(`\t${sized('M')}`, `#define M 4 ${'\\\n'.repeat(n)} + 1`)],
	'assignments of assignments': [1500, (n) => inFunction(`\tDWORD n;\n\t${'n = '.repeat(n)}4;\n\t${sized('n')}`)],
	'pointers into pointers': [1000, (n) => inFunction(`\t${sized(`p${'->n'.repeat(n)}`)}`)],
};

const cpps: Readonly<Record<string, readonly [number, Shape['text']]>> = {
	'templates in templates': [1500, (n) => inFunction(`\t${sized(`sizeof(${'a<'.repeat(n)}int${'>'.repeat(n)})`)}`)],
	'what may be templates': [1500, (n) => inFunction(`\tx = ${'a<b<'.repeat(n)}c;\n\t${sized('4')}`)],
	'lambdas in lambdas': [300, (n) => inFunction(`\t${'[&] { '.repeat(n)}${sized('4')}${' }();'.repeat(n)}`)],
	'namespaces in namespaces': [
		1000,
		(n) => `${'namespace a { '.repeat(n)}${inFunction(`\t${sized('4')}`)}${'}'.repeat(n)}`,
	],
	'extern "C" in extern "C"': [
		1000,
		(n) => `${'extern "C" {\n'.repeat(n)}${inFunction(`\t${sized('4')}`)}${'}'.repeat(n)}`,
	],
	'classes in classes': [
		800,
		(n) =>
			`${list(n, (i) => `class C${i} { `, '')}void f(SOCKET s) { DWORD ka, bytes; ${sized('4')} } ${'};'.repeat(n)}`,
	],
	'members of a class with an unknown length': [
		800,
		(n) =>
			`class C {\nvoid f(SOCKET s) { DWORD ka, bytes; ${sized('N')} }\n${lines(n, (i) => `struct M${i} { int x[N]; };`)}\n};`,
	],
	'a chain of base classes': [
		1000,
		(n) =>
			`struct B0 { int x; };\n${lines(n, (i) => `struct B${i + 1} : B${i} { int x${i}; };`)}\n${inFunction(`\t${sized(`sizeof(B${n})`)}`)}`,
	],
	'attributes of C++': [
		2000,
		(n) => `${'[[maybe_unused]] '.repeat(n)}static const DWORD x = 4;\n${inFunction(`\t${sized('x')}`)}`,
	],
	'a stream of shifts': [1500, (n) => inFunction(`\tstd::cout${list(n, (i) => ` << ${i}`, '')};\n\t${sized('4')}`)],
	'names in names': [2000, (n) => inFunction(`\t${sized(`${'a::'.repeat(n)}b`)}`)],
	'references taken': [
		800,
		(n) => inFunction(lines(n, (i) => `\tDWORD n${i} = ${i}; auto &r${i} = n${i};\n\t${sized(`r${i}`)}`)),
	],
	overloads: [
		1000,
		(n) => `${lines(n, (i) => `void g(int (&a)[${i + 1}]);`)}\n${inFunction(`\tg(0);\n\t${sized('4')}`)}`,
	],
	'casts by name': [1000, (n) => inFunction(`\t${sized(`${'static_cast<DWORD>('.repeat(n)}4${')'.repeat(n)}`)}`)],
	'tries in tries': [800, (n) => inFunction(`\t${'try { '.repeat(n)}${sized('4')}${' } catch (...) { }'.repeat(n)}`)],
	'constant expressions': [
		1000,
		(n) =>
			`constexpr DWORD k0 = 1;\n${lines(n, (i) => `constexpr DWORD k${i + 1} = k${i} + 1;`)}\n${inFunction(`\t${sized(`k${n}`)}`)}`,
	],
	'functions that return what others do': [
		1000,
		(n) =>
			`constexpr DWORD k0() { return 1; }\n${lines(n, (i) => `constexpr DWORD k${i + 1}() { return k${i}() + k${i}(); }`)}\n${inFunction(`\t${sized(`k${n}()`)}`)}`,
	],
	'calls of one function': [
		800,
		(n) =>
			inFunction(
				lines(n, (i) => `\t${sized(`k(${i})`)}`),
				'constexpr DWORD k(DWORD n) { return n * 4; }',
			),
	],
	'a member in conditions in conditions': [
		800,
		(n) =>
			`struct C {\n${lines(n, (i) => `#ifdef A${i}`)}\nint x;\n${lines(n, () => '#endif')}\n};\n${inFunction(`\t${sized('sizeof(C::x)')}`)}`,
	],
	'raw strings': [
		1500,
		(n) => inFunction(`${lines(n, (i) => `\tconst char *s${i} = R"x(WSAIoctl(")x";`)}\n\t${sized('4')}`),
	],
};

const HEAD = `import koffi from 'koffi';\nconst ws2 = koffi.load('ws2_32.dll');\nconst WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t c, void *in, uint32_t n, void *out, uint32_t m, uint32_t *b, void *o, void *d)');\n`;
const given = (size: string, buffer = 'ka'): string =>
	`WSAIoctl(s, 0x98000004, ${buffer}, ${size}, null, 0, bytes, null, null);`;
const script = (body: string): string => `${HEAD}const ka = Buffer.alloc(12);\nconst bytes = [0];\n${body}\n`;

const tss: Readonly<Record<string, readonly [number, Shape['text']]>> = {
	'arrows in arrows': [800, (n) => script(`const g = ${'() => '.repeat(n)}4;\n${given('g()')}`)],
	'templates of strings in each other': [
		500,
		(n) => script(`const t = ${'`a${'.repeat(n)}1${'}`'.repeat(n)};\n${given('t.length')}`),
	],
	'strings added': [2000, (n) => script(`const t = ${list(n, () => '"ab"', ' + ')};\n${given('t.length')}`)],
	'objects in objects': [
		800,
		(n) => script(`const o = ${'{ a: '.repeat(n)}4${' }'.repeat(n)};\n${given(`o${'.a'.repeat(n)}`)}`),
	],
	'spreads of objects': [
		800,
		(n) =>
			script(
				`const o0 = { a: 4 };\n${lines(n, (i) => `const o${i + 1} = { ...o${i}, b${i}: ${i} };`)}\n${given(`o${n}.a`)}`,
			),
	],
	'spreads of arrays': [
		800,
		(n) =>
			script(`const l0 = [1];\n${lines(n, (i) => `const l${i + 1} = [...l${i}, ${i}];`)}\n${given('12', `l${n}`)}`),
	],
	'optional chains': [2000, (n) => script(given(`a${'?.b'.repeat(n)}`))],
	'calls in a chain': [1500, (n) => script(given(`a${'.b()'.repeat(n)}`))],
	'unions of types': [2000, (n) => script(`type U = ${list(n, (i) => `'a${i}'`, ' | ')};\nlet u: U;\n${given('4')}`)],
	'intersections of types': [
		1500,
		(n) => script(`type U = ${list(n, (i) => `{ a${i}: number }`, ' & ')};\n${given('4')}`),
	],
	'types in types': [
		800,
		(n) => script(`type U = ${'Array<'.repeat(n)}number${'>'.repeat(n)};\nlet u: U;\n${given('4')}`),
	],
	imports: [
		1000,
		(n) => `${lines(n, (i) => `import { a${i} } from './m${i}';`)}\n${script(lines(20, (i) => given(`a${i}`)))}`,
	],
	'names of one import': [3000, (n) => `import { ${list(n, (i) => `a${i}`)} } from './m';\n${script(given('a1'))}`],
	'members of a class': [
		3000,
		(n) => script(`class C {\n${lines(n, (i) => `\tstatic m${i} = ${i};`)}\n}\n${lines(n, (i) => given(`C.m${i}`))}`),
	],
	'a chain of constants': [
		1000,
		(n) => script(`const c0 = 1;\n${lines(n, (i) => `const c${i + 1} = c${i} + 1;`)}\n${given(`c${n}`)}`),
	],
	'conditions in a chain': [1500, (n) => script(given(`${list(n, (i) => `a === ${i} ? ${i} : `, '')}4`))],
	'an else-if chain': [
		500,
		(n) =>
			script(
				`export function f(s: number) {\n${lines(n, (i) => `${i > 0 ? 'else ' : ''}if (a === ${i}) ${given('4')}`)}\n}`,
			),
	],
	'blocks in blocks': [1500, (n) => script(`${'{'.repeat(n)}${given('4')}${'}'.repeat(n)}`)],
	'different variables': [1800, (n) => script(lines(n, (i) => `const v${i} = ${i};\n${given(`v${i}`)}`))],
	'writes into one buffer': [600, (n) => script(lines(n, (i) => `ka.writeUInt32LE(${i}, 0);\n${given('12')}`))],
	'functions handed on': [
		400,
		(n) =>
			script(
				lines(
					n,
					(i) =>
						`function w${i}(s: number, p: Buffer, k: number) { WSAIoctl(s, 0x98000004, p, k, null, 0, bytes, null, null); }\nw${i}(1, ka, 4);`,
				),
			),
	],
	'what is broken': [1000, (n) => script(`${given('4')}\n${'function ( { [ '.repeat(n)}`)],
	'parameters destructured': [
		600,
		(n) => script(`function g({ ${list(n, (i) => `a${i} = ${i}`)} }) {\n${lines(n, (i) => `\t${given(`a${i}`)}`)}\n}`),
	],
};

const shapesOf = (file: string, all: typeof cs): Shape[] =>
	Object.entries(all).map(([name, [size, text]]) => ({ name, file, size, text }));

export const deepShapes: readonly Shape[] = [
	...shapesOf('deep.c', cs),
	...shapesOf('deep.cpp', cpps),
	...shapesOf('deep.ts', tss),
];
