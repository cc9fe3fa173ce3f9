/** What generators of code write: long lists of one kind of declaration, statement or text, beside a call or used by calls. */
import type { Shape } from './shapes.ts';

export const lines = (n: number, line: (i: number) => string): string =>
	Array.from({ length: n }, (_, i) => line(i)).join('\n');
export const list = (n: number, one: (i: number) => string, between = ', '): string =>
	Array.from({ length: n }, (_, i) => one(i)).join(between);

/** A call whose size is an expression. */
const sized = (size: string): string => `WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, ${size}, NULL, 0, &bytes, NULL, NULL);`;
export const inFunction = (body: string, before = ''): string =>
	`#include <winsock2.h>\n${before}\nvoid f(SOCKET s)\n{\n\tstruct tcp_keepalive ka = { 1, 1, 1 };\n\tDWORD bytes;\n${body}\n}\n`;
/** Many declarations, each of which a call needs. */
const each = (n: number, declared: (i: number) => string, size: (i: number) => string): string =>
	inFunction(
		lines(n, (i) => `\t${sized(size(i))}`),
		lines(n, declared),
	);
/** Many of which one call needs the last. */
const beside = (n: number, declared: (i: number) => string, size = '4'): string =>
	inFunction(`\t${sized(size)}`, lines(n, declared));

const cs: Readonly<Record<string, readonly [number, Shape['text']]>> = {
	typedefs: [
		800,
		(n) =>
			each(
				n,
				(i) => `typedef int T${i};`,
				(i) => `sizeof(T${i})`,
			),
	],
	'structures of a typedef': [
		600,
		(n) =>
			each(
				n,
				(i) => `typedef struct _t${i} { int a; char b[${(i % 9) + 1}]; } t${i}, *pt${i};`,
				(i) => `sizeof(t${i})`,
			),
	],
	'structures and calls by turns': [
		500,
		(n) =>
			lines(
				n,
				(i) =>
					`struct t${i} { int a; };\n${inFunction(`\t${sized(`sizeof(struct t${i})`)}`).replace(' f(', ` f${i}(`)}`,
			),
	],
	'enumerations of one each': [
		800,
		(n) =>
			each(
				n,
				(i) => `enum e${i} { E${i} = ${i} };`,
				(i) => `E${i}`,
			),
	],
	'enumerators that count on': [
		3000,
		(n) => inFunction(`\t${sized(`E${n - 1}`)}`, `enum { ${list(n, (i) => `E${i}`)} };`),
	],
	'macros with values': [
		800,
		(n) =>
			each(
				n,
				(i) => `#define V${i} ${i}`,
				(i) => `V${i}`,
			),
	],
	'macros that are defined again and again': [1500, (n) => beside(n, (i) => `#undef V\n#define V ${i}`, 'V')],
	'one macro in a condition each': [
		1500,
		(n) => beside(n, (i) => `#define V ${i}\n#if V > ${i}\n#define W ${i}\n#endif`, 'W'),
	],
	prototypes: [2000, (n) => beside(n, (i) => `int p${i}(int a, const char *b);`)],
	'prototypes with a convention': [
		2000,
		(n) => beside(n, (i) => `DWORD WINAPI p${i}(_In_ LPVOID a, _Out_opt_ DWORD *b);`),
	],
	'definitions in the old style': [
		500,
		(n) =>
			lines(
				n,
				(i) =>
					`int k${i}(s, n)\n\tSOCKET s;\n\tDWORD n;\n{\n\tDWORD bytes;\n\tstruct tcp_keepalive ka;\n\treturn ${sized('n')}\n}`,
			),
	],
	'parameters in the old style': [
		1000,
		(n) =>
			`int k(s, ${list(n, (i) => `p${i}`)})\n\tSOCKET s;\n${lines(n, (i) => `\tint p${i};`)}\n{\n\tDWORD bytes, ka;\n\t${sized('4')}\n}\n`,
	],
	'parameters of a macro': [
		1000,
		(n) =>
			inFunction(
				`\t${sized(`M(${list(n, (i) => String(i))})`)}`,
				`#define M(${list(n, (i) => `p${i}`)}) (${list(n, (i) => `p${i}`, ' + ')})`,
			),
	],
	'uses of a macro with parameters': [
		800,
		(n) =>
			inFunction(
				lines(n, (i) => `\t${sized(`M(${i}, 4)`)}`),
				'#define M(a, b) ((a) * (b))',
			),
	],
	'statements that are macros': [
		1500,
		(n) => inFunction(`${lines(n, (i) => `\tLOG(("a %d", ${i}))`)}\n\t${sized('4')}`),
	],
	'labels without a goto': [
		1500,
		(n) => inFunction(`${lines(n, (i) => `L${i}:\n\tbytes = ${i};`)}\n\t${sized('bytes')}`),
	],
	'many members of a structure': [
		1500,
		(n) => inFunction(`\t${sized('sizeof(struct big)')}`, `struct big { ${list(n, (i) => `int m${i};`, '\n')} };`),
	],
	'sizes of members': [
		700,
		(n) =>
			inFunction(
				`\tstruct big v;\n${lines(n, (i) => `\t${sized(`sizeof(v.m${i})`)}`)}`,
				`struct big { ${list(n, (i) => `int m${i};`, '\n')} };`,
			),
	],
	'members on one line': [
		1500,
		(n) => inFunction(`\t${sized('sizeof(struct big)')}`, `struct big { int ${list(n, (i) => `m${i}`)}; };`),
	],
	'bits of a structure': [
		1500,
		(n) =>
			inFunction(
				`\t${sized('sizeof(struct big)')}`,
				`struct big { ${list(n, (i) => `unsigned m${i} : ${(i % 7) + 1};`, '\n')} };`,
			),
	],
	'rows of a table': [
		1000,
		(n) =>
			inFunction(
				`\t${sized('sizeof(t)')}`,
				`static const struct row { int a; const char *b; } t[] = {\n${lines(n, (i) => `\t{ ${i}, "row ${i}" },`)}\n};`,
			),
	],
	'members named in an initialiser': [
		4000,
		(n) =>
			inFunction(
				`\tstruct big v = { ${list(n, (i) => `.m${i} = ${i}`)} };\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &v, sizeof(v), NULL, 0, &bytes, NULL, NULL);`,
				`struct big { ${list(n, (i) => `int m${i};`, ' ')} };`,
			),
	],
	'elements set one by one': [
		1000,
		(n) =>
			inFunction(
				`\tDWORD v[${n}];\n${lines(n, (i) => `\tv[${i}] = ${i};`)}\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, v, sizeof(v), NULL, 0, &bytes, NULL, NULL);`,
			),
	],
	'a table in hexadecimal': [
		3000,
		(n) =>
			inFunction(
				`\tWSAIoctl(s, SIO_KEEPALIVE_VALS, t, sizeof(t), NULL, 0, &bytes, NULL, NULL);`,
				`static unsigned char t[] = {\n${list(n, (i) => `0x${(i % 256).toString(16)},${i % 16 === 15 ? '\n' : ''}`, ' ')} };`,
			),
	],
	'declarations of one variable': [
		1500,
		(n) =>
			inFunction(
				`\t${sized('x')}`,
				lines(n, () => 'extern const DWORD x;'),
			),
	],
	'assignments to one variable': [
		1500,
		(n) => inFunction(`\tDWORD n;\n${lines(n, (i) => `\tn = ${i};`)}\n\t${sized('n')}`),
	],
	'one variable set and used': [
		700,
		(n) => inFunction(`\tDWORD n;\n${lines(n, (i) => `\tn = ${i};\n\t${sized('n')}`)}`),
	],
	'one variable added to': [
		1500,
		(n) => inFunction(`\tDWORD n = 0;\n${lines(n, (i) => `\tn += ${i};`)}\n\t${sized('n')}`),
	],
	'one variable set under conditions': [
		700,
		(n) => inFunction(`\tDWORD n = 4;\n${lines(n, (i) => `\tif (s == ${i}) n = ${i};\n\t${sized('n')}`)}`),
	],
	'its address given away': [700, (n) => inFunction(`\tDWORD n = 4;\n${lines(n, () => `\tg(&n);\n\t${sized('n')}`)}`)],
	'results tested': [
		500,
		(n) =>
			inFunction(
				lines(
					n,
					() =>
						`\tif (${sized('sizeof(ka)').slice(0, -1)} == SOCKET_ERROR && WSAGetLastError() != WSAEWOULDBLOCK) return;`,
				),
			),
	],
	'buffers of their own': [
		500,
		(n) =>
			inFunction(
				lines(
					n,
					(i) =>
						`\tchar b${i}[${(i % 20) + 1}];\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, b${i}, sizeof(b${i}), NULL, 0, &bytes, NULL, NULL);`,
				),
			),
	],
	'buffers that are allocated': [
		500,
		(n) =>
			inFunction(
				lines(
					n,
					(i) =>
						`\tchar *b${i} = malloc(${(i % 20) + 1});\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, b${i}, ${(i % 20) + 1}, NULL, 0, &bytes, NULL, NULL);\n\tfree(b${i});`,
				),
			),
	],
	'sockets of their own': [
		400,
		(n) =>
			inFunction(
				lines(
					n,
					(i) =>
						`\tSOCKET s${i} = socket(AF_INET, SOCK_STREAM, 0);\n\tu_long on${i} = 1;\n\tioctlsocket(s${i}, FIONBIO, &on${i});\n\tclosesocket(s${i});`,
				),
			),
	],
	'blocks one behind the other': [
		2400,
		(n) => inFunction(lines(n, (i) => `\t{\n\t\tDWORD n = ${i};\n\t\t${sized('n')}\n\t}`)),
	],
	'loops one behind the other': [
		500,
		(n) => inFunction(lines(n, (i) => `\tfor (int i${i} = 0; i${i} < ${i}; i${i}++) {\n\t\t${sized('4')}\n\t}`)),
	],
	'conditions one behind the other': [
		600,
		(n) => inFunction(lines(n, (i) => `\tif (s == ${i}) {\n\t\t${sized('4')}\n\t} else return;`)),
	],
	'cases without a call': [
		1500,
		(n) =>
			inFunction(
				`\tswitch (s) {\n${lines(n, (i) => `\tcase ${i}: bytes = ${i}; break;`)}\n\tdefault: ${sized('bytes')}\n\t}`,
			),
	],
	'cases that fall through': [
		1500,
		(n) => inFunction(`\tswitch (s) {\n${lines(n, (i) => `\tcase ${i}:`)}\n\t${sized('4')}\n\t}`),
	],
	'switches in switches': [
		500,
		(n) => inFunction(`\t${'switch (a) { case 1: '.repeat(n)}${sized('4')}${' }'.repeat(n)}`),
	],
	'if in if': [1000, (n) => inFunction(`\t${'if (a) '.repeat(n)}${sized('4')}`)],
	'do in do': [500, (n) => inFunction(`\t${'do { '.repeat(n)}${sized('4')}${' } while (a);'.repeat(n)}`)],
	'brackets in brackets': [1500, (n) => inFunction(`\t${sized(`${'a['.repeat(n)}0${']'.repeat(n)}`)}`)],
	'signs of signs': [3000, (n) => inFunction(`\t${sized(`${'- '.repeat(n)}4`)}`)],
	'stars of stars': [3000, (n) => inFunction(`\t${sized(`${'*'.repeat(n)}p`)}`)],
	'a long condition': [1500, (n) => inFunction(`\tif (${list(n, (i) => `s == ${i}`, ' || ')}) ${sized('4')}`)],
	'flags in a sum of bits': [1500, (n) => inFunction(`\t${sized(list(n, (i) => `F${i}`, ' | '))}`)],
	'a long string': [200_000, (n) => inFunction(`\tg("${'x'.repeat(n)}");\n\t${sized('4')}`)],
	'a long line of calls': [1000, (n) => inFunction(list(n, () => sized('4'), ' '))],
	'a long comment': [200_000, (n) => inFunction(`\t/* ${'x '.repeat(n / 2)}*/\n\t${sized('4')}`)],
	'comments one behind the other': [4000, (n) => inFunction(`${lines(n, (i) => `\t// ${i}`)}\n\t${sized('4')}`)],
	'empty statements': [10_000, (n) => inFunction(`\t${';'.repeat(n)}\n\t${sized('4')}`)],
	'blank lines': [50_000, (n) => inFunction(`${'\n'.repeat(n)}\t${sized('4')}`)],
	'closing braces': [5000, (n) => `${inFunction(`\t${sized('4')}`)}${'}'.repeat(n)}\n${inFunction(`\t${sized('4')}`)}`],
	'opening parentheses': [5000, (n) => `${inFunction(`\t${sized('4')}`)}int x = ${'('.repeat(n)};\n`],
	'calls that never end, with directives in them': [
		1000,
		(n) =>
			`${'g('.repeat(n)}=>\n${'#include "a.h"\n'.repeat(8)}\t[...a]${list(n, (i) => `h(v${i}, &w, NULL, 0);`, '')}\n${inFunction(`\t${sized('4')}`)}`,
	],
	'names alone': [5000, (n) => `${inFunction(`\t${sized('4')}`)}${lines(n, (i) => `name${i}`)}`],
	'calls outside of functions': [1000, (n) => lines(n, () => sized('4'))],
	'calls of a pointer': [
		500,
		(n) =>
			inFunction(
				lines(n, (i) => `\tLPFN_ACCEPTEX p${i} = (LPFN_ACCEPTEX)q;\n\tp${i}(s, s, 0, 0, 0, 0, 0, 0);\n\t${sized('4')}`),
			),
	],
	'pointers that stand for the function': [
		400,
		(n) =>
			lines(
				n,
				(i) =>
					`typedef int (WSAAPI *F${i})(SOCKET, DWORD, LPVOID, DWORD, LPVOID, DWORD, LPDWORD, LPWSAOVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE);\nvoid f${i}(SOCKET s) { DWORD ka, bytes; F${i} p${i} = (F${i})GetProcAddress(h, "WSAIoctl"); ${sized('4').replace('WSAIoctl', `p${i}`)} }`,
			),
	],
	'macros that stand for the function': [
		500,
		(n) =>
			inFunction(
				lines(n, (i) => `\t${sized('4').replace('WSAIoctl', `W${i}`)}`),
				lines(n, (i) => `#define W${i} WSAIoctl`),
			),
	],
	'macros that make the call': [
		500,
		(n) =>
			inFunction(
				lines(n, (i) => `\tW${i}(s, 4);`),
				lines(n, (i) => `#define W${i}(s, n) WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, n, NULL, 0, &bytes, NULL, NULL)`),
			),
	],
	'wrappers of wrappers': [
		400,
		(n) =>
			`static int w(SOCKET s, void *p, DWORD n) { DWORD b; return WSAIoctl(s, SIO_KEEPALIVE_VALS, p, n, NULL, 0, &b, NULL, NULL); }\n${lines(n, (i) => `static int v${i}(SOCKET s, void *p, DWORD n) { return w(s, p, n); }\nvoid u${i}(SOCKET s) { char x[4]; v${i}(s, x, sizeof(x)); }`)}`,
	],
	'wrappers that call the one before': [
		500,
		(n) =>
			`static int w0(SOCKET s, void *p, DWORD n) { DWORD b; return WSAIoctl(s, SIO_KEEPALIVE_VALS, p, n, NULL, 0, &b, NULL, NULL); }\n${lines(n, (i) => `static int w${i + 1}(SOCKET s, void *p, DWORD n) { return w${i}(s, p, n); }`)}`,
	],
	'one wrapper that many call': [
		600,
		(n) =>
			`static int w(SOCKET s, void *p, DWORD n) { DWORD b; return WSAIoctl(s, SIO_KEEPALIVE_VALS, p, n, NULL, 0, &b, NULL, NULL); }\n${lines(n, (i) => `void u${i}(SOCKET s) { char x[4]; w(s, x, sizeof(x)); }`)}`,
	],
	'functions of one name': [500, (n) => lines(n, () => inFunction(`\t${sized('4')}`))],
	'#elif in one #if': [800, (n) => inFunction(`#if A\n${lines(n, (i) => `#elif B${i}\n\t${sized('4')}`)}\n#endif`)],
	'#elif around items': [
		3200,
		(n) => `#if A\n${lines(n, (i) => `#elif B${i}\nstatic int g${i};`)}\n#endif\n${inFunction(`\t${sized('4')}`)}`,
	],
	'conditions around functions': [
		400,
		(n) => lines(n, (i) => `#ifdef A${i}\n${inFunction(`\t${sized('4')}`).replace(' f(', ` f${i}(`)}#endif`),
	],
	'one condition around each item': [
		1000,
		(n) => lines(n, (i) => `#ifdef A\nstatic int g${i};\n#endif`) + inFunction(`\t${sized('4')}`),
	],
	'conditions in a structure': [
		800,
		(n) =>
			inFunction(
				`\t${sized('sizeof(struct big)')}`,
				`struct big {\n${lines(n, (i) => `#ifdef A${i}\nint m${i};\n#endif`)}\n};`,
			),
	],
	pragmas: [
		1500,
		(n) =>
			beside(
				n,
				(i) => `#pragma pack(push, ${1 << (i % 4)})\nstruct t${i} { char a; int b; };\n#pragma pack(pop)`,
				`sizeof(struct t${n - 1})`,
			),
	],
	'lines of the compiler': [
		2000,
		(n) => lines(n, (i) => `#line ${i} "a.c"\nint v${i};`) + inFunction(`\t${sized('4')}`),
	],
	assembler: [1000, (n) => inFunction(`${lines(n, () => '\t__asm { mov eax, 1 }')}\n\t${sized('4')}`)],
	'regions that are silenced': [
		1500,
		(n) =>
			inFunction(
				lines(n, () => `\t// ioctl-lens-ignore-start input-too-small\n\t${sized('4')}\n\t// ioctl-lens-ignore-end`),
			),
	],
	'comments for the whole file': [
		3000,
		(n) => `${lines(n, () => '// ioctl-lens-ignore-file input-too-small')}\n${inFunction(`\t${sized('4')}`)}`,
	],
};

const cpps: Readonly<Record<string, readonly [number, Shape['text']]>> = {
	'other names of types': [
		700,
		(n) =>
			each(
				n,
				(i) => `using T${i} = int;`,
				(i) => `sizeof(T${i})`,
			),
	],
	'constants of the compiler': [
		700,
		(n) =>
			each(
				n,
				(i) => `constexpr DWORD k${i} = ${i};`,
				(i) => `k${i}`,
			),
	],
	'constants of a class': [
		2400,
		(n) =>
			`struct C {\n${lines(n, (i) => `\tstatic constexpr DWORD k${i} = ${i};`)}\n};\n${inFunction(lines(n, (i) => `\t${sized(`C::k${i}`)}`))}`,
	],
	'enumerations with a scope': [
		2400,
		(n) =>
			`enum class E { ${list(n, (i) => `M${i} = ${i}`)} };\n${inFunction(lines(n, (i) => `\t${sized(`(DWORD)E::M${i}`)}`))}`,
	],
	'fields of a class': [
		2800,
		(n) =>
			`class C {\n${lines(n, (i) => `\tint m${i};`)}\n\tvoid f(SOCKET s) {\n\t\tDWORD ka, bytes;\n${lines(n, (i) => `\t\t${sized(`sizeof(m${i})`)}`)}\n\t}\n};`,
	],
	'functions of a class': [
		2000,
		(n) =>
			`class C {\n\tchar buf[12];\n\tDWORD bytes;\npublic:\n${lines(n, (i) => `\tvoid f${i}(SOCKET s) { WSAIoctl(s, SIO_KEEPALIVE_VALS, buf, sizeof(buf), NULL, 0, &bytes, NULL, NULL); }`)}\n};`,
	],
	'long functions of a class': [
		800,
		(n) =>
			`class C {\n\tchar buf[12];\n\tDWORD bytes;\npublic:\n${lines(n, (i) => `\tvoid f${i}(SOCKET s) {\n${`\t\tWSAIoctl(s, SIO_KEEPALIVE_VALS, buf, sizeof(buf), NULL, 0, &bytes, NULL, NULL);\n`.repeat(8)}\t}`)}\n};`,
	],
	'functions outside of their class': [
		1600,
		(n) =>
			`class C {\n\tchar buf[12];\npublic:\n${lines(n, (i) => `\tvoid f${i}(SOCKET s);`)}\n};\n${lines(n, (i) => `void C::f${i}(SOCKET s) { DWORD bytes; WSAIoctl(s, SIO_KEEPALIVE_VALS, buf, sizeof(buf), NULL, 0, &bytes, NULL, NULL); }`)}`,
	],
	'a class for each function outside': [
		300,
		(n) =>
			lines(
				n,
				(i) =>
					`class C${i} { char buf[12]; void f(SOCKET s); };\nvoid C${i}::f(SOCKET s) { DWORD bytes; WSAIoctl(s, SIO_KEEPALIVE_VALS, buf, sizeof(buf), NULL, 0, &bytes, NULL, NULL); }`,
			),
	],
	'namespaces one behind the other': [
		500,
		(n) => lines(n, (i) => `namespace n${i} { void f(SOCKET s) { DWORD ka, bytes; ${sized('4')} } }`),
	],
	'one namespace again and again': [
		500,
		(n) =>
			lines(
				n,
				(i) =>
					`namespace n { constexpr DWORD k${i} = ${i}; void f${i}(SOCKET s) { DWORD ka, bytes; ${sized(`k${i}`)} } }`,
			),
	],
	'using a namespace': [1500, (n) => `${lines(n, (i) => `using namespace n${i};`)}\n${inFunction(`\t${sized('4')}`)}`],
	'templates of functions': [
		400,
		(n) =>
			lines(
				n,
				(i) => `template <typename T${i}> void f${i}(SOCKET s, T${i} ka) { DWORD bytes; ${sized(`sizeof(T${i})`)} }`,
			),
	],
	'parameters of a template': [
		1000,
		(n) =>
			`template <${list(n, (i) => `typename T${i}`)}> void f(SOCKET s) { DWORD ka, bytes; ${sized(`sizeof(T${n - 1})`)} }`,
	],
	'lists in braces': [
		1500,
		(n) => inFunction(`\tstd::vector<int> v{${list(n, (i) => String(i))}};\n\t${sized('v.size()')}`),
	],
	'a chain of calls of members': [1000, (n) => inFunction(`\tx${list(n, (i) => `.m${i}()`, '')};\n\t${sized('4')}`)],
	'what a constructor initialises': [
		800,
		(n) =>
			`struct C { C(SOCKET s) : ${list(n, (i) => `m${i}(${i})`)} { DWORD ka, bytes; ${sized('4')} } ${list(n, (i) => `int m${i};`, ' ')} };`,
	],
	'vectors of their own': [
		300,
		(n) =>
			inFunction(
				lines(
					n,
					(i) =>
						`\tstd::vector<char> b${i}(${(i % 20) + 1});\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, b${i}.data(), b${i}.size(), NULL, 0, &bytes, NULL, NULL);`,
				),
			),
	],
	'references to one buffer': [
		400,
		(n) =>
			inFunction(
				`\tchar b[12];\n${lines(n, (i) => `\tauto *r${i} = b;\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, r${i}, sizeof(b), NULL, 0, &bytes, NULL, NULL);`)}`,
			),
	],
	catches: [800, (n) => inFunction(`\ttry { ${sized('4')} }\n${lines(n, (i) => `\tcatch (E${i} &) { }`)}`)],
};

const HEAD = `import koffi from 'koffi';\nconst ws2 = koffi.load('ws2_32.dll');\nconst WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t c, void *in, uint32_t n, void *out, uint32_t m, uint32_t *b, void *o, void *d)');\n`;
const given = (size: string, buffer = 'ka'): string =>
	`WSAIoctl(s, 0x98000004, ${buffer}, ${size}, null, 0, bytes, null, null);`;
export const script = (body: string): string => `${HEAD}const ka = Buffer.alloc(12);\nconst bytes = [0];\n${body}\n`;
const calls = (n: number, size: (i: number) => string): string => lines(n, (i) => given(size(i)));

const tss: Readonly<Record<string, readonly [number, Shape['text']]>> = {
	'fields of a class': [
		500,
		(n) =>
			script(
				`class C {\n${lines(n, (i) => `\tm${i} = ${i};`)}\n\tf(s: number) {\n${lines(n, (i) => given(`this.m${i}`))}\n\t}\n}`,
			),
	],
	'private fields of a class': [
		500,
		(n) =>
			script(
				`class C {\n${lines(n, (i) => `\t#m${i} = ${i};`)}\n\tf(s: number) {\n${lines(n, (i) => given(`this.#m${i}`))}\n\t}\n}`,
			),
	],
	'fields set by a constructor': [
		400,
		(n) =>
			script(
				`class C {\n\tconstructor() {\n${lines(n, (i) => `\t\tthis.m${i} = ${i};`)}\n\t}\n\tf(s: number) {\n${lines(n, (i) => given(`this.m${i}`))}\n\t}\n}`,
			),
	],
	'getters of a class': [
		400,
		(n) =>
			script(
				`class C {\n${lines(n, (i) => `\tstatic get m${i}() { return ${i}; }`)}\n}\n${calls(n, (i) => `C.m${i}`)}`,
			),
	],
	'methods of a class': [
		400,
		(n) => script(`class C {\n${lines(n, (i) => `\tm${i}(s: number) { ${given('4')} }`)}\n}`),
	],
	'methods that are called': [
		400,
		(n) =>
			script(`class C {\n${lines(n, (i) => `\tstatic m${i}() { return ${i}; }`)}\n}\n${calls(n, (i) => `C.m${i}()`)}`),
	],
	'static blocks': [500, (n) => script(`class C {\n${lines(n, (i) => `\tstatic { ${given(String(i))} }`)}\n}`)],
	'classes one behind the other': [
		400,
		(n) => script(lines(n, (i) => `class C${i} { static m = ${i}; }\n${given(`C${i}.m`)}`)),
	],
	'classes that inherit': [
		400,
		(n) =>
			script(
				`class C0 { static m = 4; }\n${lines(n, (i) => `class C${i + 1} extends C${i} { }`)}\n${given(`C${n}.m`)}`,
			),
	],
	'classes that inherit, all used': [
		200,
		(n) =>
			script(
				`class C0 { static m = 4; }\n${lines(n, (i) => `class C${i + 1} extends C0 { static k = ${i}; }\n${given(`C${i + 1}.m`)}`)}`,
			),
	],
	'members of an object': [
		700,
		(n) => script(`const o = {\n${lines(n, (i) => `\tm${i}: ${i},`)}\n};\n${calls(n, (i) => `o.m${i}`)}`),
	],
	'members by a text': [
		2800,
		(n) => script(`const o = {\n${lines(n, (i) => `\t'm ${i}': ${i},`)}\n};\n${calls(n, (i) => `o['m ${i}']`)}`),
	],
	'members that are functions': [
		400,
		(n) => script(`const o = {\n${lines(n, (i) => `\tm${i}(s: number) { ${given('4')} },`)}\n};`),
	],
	'members set one by one': [
		1600,
		(n) => script(`const o: any = {};\n${lines(n, (i) => `o.m${i} = ${i};\n${given(`o.m${i}`)}`)}`),
	],
	'members in a function': [
		700,
		(n) =>
			script(
				`function f(s: number) {\nconst o = {\n${lines(n, (i) => `\tm${i}: ${i},`)}\n};\n${calls(n, (i) => `o.m${i}`)}\n}`,
			),
	],
	'elements of a list': [
		700,
		(n) => script(`const l = [${list(n, (i) => String(i))}];\n${calls(n, (i) => `l[${i}]`)}`),
	],
	'bytes of a buffer': [
		3000,
		(n) => script(`const b = Buffer.from([${list(n, (i) => String(i % 256))}]);\n${given('b.length', 'b')}`),
	],
	'buffers of their own': [
		2000,
		(n) => script(lines(n, (i) => `const b${i} = Buffer.alloc(${i % 20});\n${given(`b${i}.length`, `b${i}`)}`)),
	],
	'buffers in a function': [
		500,
		(n) =>
			script(
				`function f(s: number) {\n${lines(n, (i) => `const b${i} = Buffer.alloc(${i % 20});\n${given(`b${i}.length`, `b${i}`)}`)}\n}`,
			),
	],
	'writes into buffers of their own': [
		300,
		(n) =>
			script(lines(n, (i) => `const b${i} = Buffer.alloc(12);\nb${i}.writeUInt32LE(1, 0);\n${given('12', `b${i}`)}`)),
	],
	'writes into one buffer of a function': [
		500,
		(n) =>
			script(
				`function f(s: number) {\nconst b = Buffer.alloc(12);\n${lines(n, (i) => `b.writeUInt32LE(${i}, 0);\n${given('12', 'b')}`)}\n}`,
			),
	],
	'elements of one array set': [
		500,
		(n) =>
			script(
				`function f(s: number) {\nconst b = new Uint32Array(3);\n${lines(n, (i) => `b[0] = ${i};\n${given('12', 'b')}`)}\n}`,
			),
	],
	'elements pushed': [
		800,
		(n) => script(`const l: number[] = [];\n${lines(n, (i) => `l.push(${i});`)}\n${given('l.length')}`),
	],
	'variables of a function': [
		500,
		(n) => script(`function f(s: number) {\n${lines(n, (i) => `const v${i} = ${i};\n${given(`v${i}`)}`)}\n}`),
	],
	'variables on one line': [
		600,
		(n) => script(`const ${list(n, (i) => `v${i} = ${i}`)};\n${calls(n, (i) => `v${i}`)}`),
	],
	'one variable set again and again': [
		800,
		(n) => script(`let n = 0;\n${lines(n, (i) => `n = ${i};`)}\n${given('n')}`),
	],
	'one variable added to': [800, (n) => script(`let n = 0;\n${lines(n, (i) => `n += ${i};`)}\n${given('n')}`)],
	'a list destructured': [
		600,
		(n) => script(`const [${list(n, (i) => `a${i}`)}] = [${list(n, (i) => String(i))}];\n${calls(n, (i) => `a${i}`)}`),
	],
	'an object destructured': [
		600,
		(n) =>
			script(
				`const { ${list(n, (i) => `a${i}`)} } = { ${list(n, (i) => `a${i}: ${i}`)} };\n${calls(n, (i) => `a${i}`)}`,
			),
	],
	'parameters with defaults': [
		500,
		(n) => script(`function g(s: number, ${list(n, (i) => `a${i} = ${i}`)}) {\n${calls(n, (i) => `a${i}`)}\n}`),
	],
	'constructor parameters that are fields': [
		400,
		(n) =>
			script(
				`class C {\n\tconstructor(${list(n, (i) => `private a${i} = ${i}`)}) {}\n\tf(s: number) {\n${calls(n, (i) => `this.a${i}`)}\n\t}\n}`,
			),
	],
	'namespaces one behind the other': [
		400,
		(n) => script(lines(n, (i) => `namespace N${i} { export const m = ${i}; }\n${given(`N${i}.m`)}`)),
	],
	'members of a namespace': [
		500,
		(n) =>
			script(`namespace N {\n${lines(n, (i) => `\texport const m${i} = ${i};`)}\n}\n${calls(n, (i) => `N.m${i}`)}`),
	],
	'namespaces in namespaces': [
		500,
		(n) => script(`${list(n, (i) => `namespace N${i} {`, ' ')} ${given('4')} ${'}'.repeat(n)}`),
	],
	'enumerations one behind the other': [
		400,
		(n) => script(lines(n, (i) => `enum E${i} { A = ${i} }\n${given(`E${i}.A`)}`)),
	],
	'members of an enumeration that count on': [
		600,
		(n) => script(`enum E {\n${lines(n, (i) => `\tM${i},`)}\n}\n${calls(n, (i) => `E.M${i}`)}`),
	],
	'members of an enumeration from others': [
		600,
		(n) =>
			script(`enum E {\n\tM0 = 1,\n${lines(n, (i) => `\tM${i + 1} = M${i} + 1,`)}\n}\n${calls(n, (i) => `E.M${i}`)}`),
	],
	'functions that return a number': [
		400,
		(n) => script(lines(n, (i) => `function f${i}() { return ${i}; }\n${given(`f${i}()`)}`)),
	],
	'functions that return what others do': [
		500,
		(n) =>
			script(
				`function f0() { return 4; }\n${lines(n, (i) => `function f${i + 1}() { return f${i}(); }`)}\n${given(`f${n}()`)}`,
			),
	],
	'arrows that return a number': [
		400,
		(n) => script(lines(n, (i) => `const f${i} = () => ${i};\n${given(`f${i}()`)}`)),
	],
	'functions in functions': [
		500,
		(n) => script(`${list(n, (i) => `function f${i}(s: number) {`, ' ')} ${given('4')} ${'}'.repeat(n)}`),
	],
	'callbacks in callbacks': [2000, (n) => script(`${'g(() => { '.repeat(n)}${given('4')}${' });'.repeat(n)}`)],
	'returns of one function': [
		800,
		(n) =>
			script(
				`function g(a: number) {\n${lines(n, (i) => `\tif (a === ${i}) return ${i};`)}\n\treturn 4;\n}\n${given('g(1)')}`,
			),
	],
	'cases of a switch': [
		600,
		(n) => script(`function g(s: number) {\nswitch (s) {\n${lines(n, (i) => `case ${i}: ${given('4')} break;`)}\n}\n}`),
	],
	'cases of a switch without a call': [
		1500,
		(n) =>
			script(
				`function g(s: number) {\nlet n = 0;\nswitch (s) {\n${lines(n, (i) => `case ${i}: n = ${i}; break;`)}\n}\n${given('n')}\n}`,
			),
	],
	'expressions with commas': [1000, (n) => script(given(`(${list(n, (i) => `a${i}`)}, 4)`))],
	'texts added': [600, (n) => script(`let t = '';\n${lines(n, (i) => `t += 'x${i}';`)}\n${given('t.length')}`)],
	'templates one behind the other': [
		800,
		(n) => script(`${lines(n, (i) => `const t${i} = \`x\${${i}}\`;`)}\n${given(`t${n - 1}.length`)}`),
	],
	'holes of one template': [
		1500,
		(n) => script(`const t = \`${list(n, (i) => `\${${i}}`, ' ')}\`;\n${given('t.length')}`),
	],
	interfaces: [800, (n) => script(`${lines(n, (i) => `interface I${i} { a: number }`)}\n${given('4')}`)],
	'members of an interface': [
		1500,
		(n) => script(`interface I {\n${lines(n, (i) => `\tm${i}: number;`)}\n}\n${given('4')}`),
	],
	'other names of types': [800, (n) => script(`${lines(n, (i) => `type T${i} = ${i};`)}\n${given('4')}`)],
	'types of other types': [
		800,
		(n) =>
			script(`type T0 = 4;\n${lines(n, (i) => `type T${i + 1} = T${i};`)}\ndeclare const x: T${n};\n${given('x')}`),
	],
	overloads: [
		800,
		(n) => script(`${lines(n, (i) => `function g(a: ${i}): void;`)}\nfunction g(a: unknown) { ${given('4')} }`),
	],
	exports: [
		800,
		(n) =>
			script(
				`${lines(n, (i) => `export const v${i} = ${i};`)}\nexport { ${list(n, (i) => `v${i} as w${i}`)} };\n${given('v1')}`,
			),
	],
	'exports of other files': [1000, (n) => script(`${lines(n, (i) => `export * from './m${i}';`)}\n${given('4')}`)],
	'imports of everything': [
		3200,
		(n) => `${lines(n, (i) => `import * as m${i} from './m${i}';`)}\n${script(calls(n, (i) => `m${i}.a`))}`,
	],
	requires: [
		600,
		(n) => `${lines(n, (i) => `const m${i} = require('./m${i}');`)}\n${script(calls(n, (i) => `m${i}.a`))}`,
	],
	decorators: [800, (n) => script(`${lines(n, (i) => `@d${i}`)}\nclass C { f(s: number) { ${given('4')} } }`)],
	awaits: [600, (n) => script(`async function g(s: number) {\n${lines(n, (i) => `await ${given(String(i))}`)}\n}`)],
	tries: [400, (n) => script(lines(n, (i) => `try { ${given('4')} } catch (e${i}) { }`))],
	'tries in tries': [500, (n) => script(`${'try { '.repeat(n)}${given('4')}${' } catch { }'.repeat(n)}`)],
	loops: [400, (n) => script(lines(n, (i) => `for (let i = 0; i < ${i}; i++) { ${given('i')} }`))],
	labels: [
		600,
		(n) => script(`function g(s: number) {\n${lines(n, (i) => `L${i}: for (;;) { ${given('4')} break L${i}; }`)}\n}`),
	],
	'blocks one behind the other': [400, (n) => script(lines(n, (i) => `{ const n = ${i}; ${given('n')} }`))],
	parentheses: [1500, (n) => script(given(`${'('.repeat(n)}4${')'.repeat(n)}`))],
	'lists in lists': [
		1000,
		(n) => script(`const l = ${'['.repeat(n)}4${']'.repeat(n)};\n${given(`l${'[0]'.repeat(n)}`)}`),
	],
	'signs of signs': [1500, (n) => script(given(`${'- '.repeat(n)}4`))],
	'not not': [1500, (n) => script(given(`${'!'.repeat(n)}4`))],
	'types asserted': [1500, (n) => script(given(`4${' as number'.repeat(n)}`))],
	'a sum of many': [1500, (n) => script(given(list(n, (i) => String(i), ' + ')))],
	'a choice of many': [1500, (n) => script(given(list(n, (i) => `a${i}`, ' ?? ')))],
	'regular expressions': [1000, (n) => script(`${lines(n, (i) => `const r${i} = /a${i}/g;`)}\n${given('4')}`)],
	'a long line of calls': [800, (n) => script(list(n, () => given('4'), ' '))],
	'comments one behind the other': [3000, (n) => script(`${lines(n, (i) => `// ${i}`)}\n${given('4')}`)],
	suppressions: [1000, (n) => script(lines(n, () => `// ioctl-lens-ignore-next-line input-too-small\n${given('4')}`))],
	'entry points declared': [
		200,
		(n) =>
			`import koffi from 'koffi';\nconst ws2 = koffi.load('ws2_32.dll');\n${lines(n, (i) => `const f${i} = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t c, void *in, uint32_t n, void *out, uint32_t m, uint32_t *b, void *o, void *d)');\nf${i}(s, 0x98000004, ka, 4, null, 0, bytes, null, null);`)}\n`,
	],
	'functions declared in one object': [
		500,
		(n) =>
			`import ffi from 'ffi-napi';\nconst lib = ffi.Library('ws2_32', {\n${lines(n, (i) => `\tf${i}: ['int', ['int']],`)}\n\tWSAIoctl: ['int', ['size_t', 'uint32', 'pointer', 'uint32', 'pointer', 'uint32', 'pointer', 'pointer', 'pointer']],\n});\n${lines(n, () => `lib.${given('4')}`)}\n`,
	],
	'types declared for a library': [
		300,
		(n) =>
			script(
				`${lines(n, (i) => `const T${i} = koffi.struct('T${i}', { a: 'uint32', b: 'uint32' });`)}\n${calls(n, (i) => `koffi.sizeof(T${i})`)}`,
			),
	],
	'types declared by others': [
		300,
		(n) =>
			script(
				`const T0 = koffi.struct('T0', { a: 'uint32' });\n${lines(n, (i) => `const T${i + 1} = koffi.struct('T${i + 1}', { a: T${i} });`)}\n${given(`koffi.sizeof(T${n})`)}`,
			),
	],
	'members of a type of a library': [
		600,
		(n) =>
			script(`const T = koffi.struct('T', { ${list(n, (i) => `a${i}: 'uint32'`)} });\n${given('koffi.sizeof(T)')}`),
	],
	'wrappers of wrappers': [
		1600,
		(n) =>
			script(
				`function w0(s: number, p: Buffer, k: number) { WSAIoctl(s, 0x98000004, p, k, null, 0, bytes, null, null); }\n${lines(n, (i) => `function w${i + 1}(s: number, p: Buffer, k: number) { w${i}(s, p, k); }`)}\nw${n}(1, ka, 4);`,
			),
	],
};

/** Shapes with a name, a number and a text each, in files of one name. */
export const shapesOf = (file: string, all: typeof cs): Shape[] =>
	Object.entries(all).map(([name, [size, text]]) => ({ name, file, size, text }));

export const listShapes: readonly Shape[] = [
	...shapesOf('list.c', cs),
	...shapesOf('list.cpp', cpps),
	...shapesOf('list.ts', tss),
];
