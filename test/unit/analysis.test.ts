import { afterAll, describe, expect, it } from 'vitest';
import type { IoctlCall, Quantity } from '../../server/src/calls/model.ts';
import { apis } from '../../server/src/catalog/functions.generated.ts';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { withoutAnnotations } from '../../server/src/languages/c/annotations.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { ParserFailure, Trees } from '../../server/src/syntax/trees.ts';

const engine = nodeEngine(import.meta.dirname);
const checker = new Checker(engine);
afterAll(() => checker.dispose());

async function callsOf(text: string, name = 'x.c', options: CheckOptions = {}): Promise<readonly IoctlCall[]> {
	return (await checker.check({ name, text }, options))!.calls;
}

/** `12`, `4/8`, `4|12`, `sizeof(x)?` or `?`. */
function show(quantity: Quantity | undefined): string {
	if (!quantity) return '-';
	if (quantity.kind === 'symbolic') return `sizeof(${quantity.object})?`;
	if (quantity.kind === 'unknown') return '?';
	return quantity.values.map((v) => (v.x86 === v.x64 ? `${v.x64}` : `${v.x86}/${v.x64}`)).join('|');
}

const hex = (n: number) => `0x${n.toString(16).toUpperCase().padStart(8, '0')}`;

/** A function around one call: the declarations, then the arguments in the order code, in, cbIn, out, cbOut. */
const inFunction = (before: string, args: string, file = '') =>
	`${file}\nvoid f(SOCKET s, void *param, unsigned long n)\n{\n\tDWORD bytes;\n\t${before}\n\tWSAIoctl(s, ${args}, &bytes, NULL, NULL);\n}\n`;

describe('control codes', () => {
	const cases: readonly [label: string, code: string, file: string, before: string, expected: string][] = [
		['a name of the headers', 'SIO_RCVALL', '', '', '0x98000001'],
		['hexadecimal', '0x98000004', '', '', '0x98000004'],
		['hexadecimal with a suffix', '0x98000004UL', '', '', '0x98000004'],
		['decimal', '2550136836', '', '', '0x98000004'],
		['negative decimal', '-1744830460', '', '', '0x98000004'],
		['a cast', '(DWORD)SIO_RCVALL', '', '', '0x98000001'],
		['two casts', '(DWORD)(int)(SIO_RCVALL)', '', '', '0x98000001'],
		['_WSAIOW', '_WSAIOW(IOC_VENDOR, 12)', '', '', '0x9800000C'],
		['_WSAIORW', '_WSAIORW(IOC_WS2, 6)', '', '', '0xC8000006'],
		['_IOR', "_IOR('f', 127, u_long)", '', '', '0x4004667F'],
		['a bit expression', 'IOC_IN | IOC_VENDOR | 4', '', '', '0x98000004'],
		['a macro of the file', 'MY_CODE', '#define MY_CODE _WSAIOW(IOC_VENDOR, 4)', '', '0x98000004'],
		['a macro of a macro', 'B', '#define A 0x98000004\n#define B (A)', '', '0x98000004'],
		['a macro with a parameter', 'VENDOR(4)', '#define VENDOR(n) _WSAIOW(IOC_VENDOR, (n))', '', '0x98000004'],
		['a macro over two lines', 'M', '#define M \\\n\t_WSAIOW(IOC_VENDOR, 4)', '', '0x98000004'],
		['an enumerator', 'KEEP', 'enum codes { ZERO = 0x98000003, KEEP };', '', '0x98000004'],
		['a file constant', 'code', 'static const DWORD code = 0x98000004;', '', '0x98000004'],
		['a local set once', 'code', '', 'DWORD code = SIO_RCVALL;', '0x98000001'],
		['a local set later', 'code', '', 'DWORD code; code = SIO_RCVALL;', '0x98000001'],
		['the last of two settings', 'code', '', 'DWORD code = 1; code = SIO_RCVALL;', '0x98000001'],
		[
			'both branches',
			'code',
			'',
			'DWORD code; if (n) code = SIO_RCVALL; else code = SIO_RCVALL_MCAST;',
			'0x98000001 0x98000002',
		],
		['a conditional', 'n ? SIO_RCVALL : SIO_RCVALL_MCAST', '', '', '0x98000001 0x98000002'],
		[
			'two #if branches',
			'CODE',
			'#ifdef A\n#define CODE SIO_RCVALL\n#else\n#define CODE SIO_RCVALL_MCAST\n#endif',
			'',
			'0x98000001 0x98000002',
		],
		['set in one branch only', 'code', '', 'DWORD code = SIO_RCVALL; if (n) code = 1;', '0x98000001 0x00000001'],
		['address taken', 'code', '', 'DWORD code = SIO_RCVALL; scan(&code);', ''],
		['changed in a loop', 'code', '', 'DWORD code = SIO_RCVALL; while (n--) code++;', ''],
		['a parameter', 'n', '', '', ''],
		['a global that others may write', 'code', 'DWORD code = SIO_RCVALL;', '', ''],
		['a static that nothing writes', 'code', 'static DWORD code = SIO_RCVALL;', '', '0x98000001'],
		[
			'a static that another function writes',
			'code',
			'static DWORD code = SIO_RCVALL;\nvoid g(void) { code = 1; }',
			'',
			'',
		],
		['an unknown name', 'SIO_MY_OWN', '', '', ''],
		['a spelling that only documents use', 'SIO_RCV_ALL', '', '', ''],
		['a call', 'choose()', '', '', ''],
		[
			'shadowed by an inner block',
			'code',
			'static const DWORD code = 1;',
			'{ DWORD code = 2; } DWORD code = SIO_RCVALL;',
			'0x98000001',
		],
	];
	it.each(cases)('%s', async (_, code, file, before, expected) => {
		const [call] = await callsOf(inFunction(before, `${code}, NULL, 0, NULL, 0`, file));
		expect(call!.code.values.map(hex).join(' ')).toBe(expected);
	});

	it('a switch case fixes its selector', async () => {
		const calls = await callsOf(
			'void f(SOCKET s, DWORD code, DWORD n) { switch (code) { case SIO_RCVALL: WSAIoctl(s, code, 0, 0, 0, 0, &n, 0, 0); break; case SIO_FLUSH: n = 1; case SIO_RCVALL_MCAST: WSAIoctl(s, code, 0, 0, 0, 0, &n, 0, 0); } }',
		);
		// The second is reached from the case before it as well.
		expect(calls.map((c) => c.code.values.map(hex))).toEqual([['0x98000001'], []]);
	});

	it('an if fixes what it compares', async () => {
		const [call] = await callsOf(
			'void f(SOCKET s, DWORD code, DWORD n) { if (n && code == SIO_RCVALL) { WSAIoctl(s, code, 0, 0, 0, 0, &n, 0, 0); } }',
		);
		expect(call!.code.values.map(hex)).toEqual(['0x98000001']);
	});

	it('a name decides between two codes of one value, a number does not', async () => {
		const name = await callsOf(inFunction('', 'SIO_LAZY_DISCOVERY, NULL, 0, NULL, 0'));
		const number = await callsOf(inFunction('', '0x4004747F, NULL, 0, NULL, 0'));
		expect([name[0]!.code.entry?.name, number[0]!.code.entry]).toEqual(['SIO_LAZY_DISCOVERY', undefined]);
	});

	it.each([
		['of the socket', 'AF_INET', 4, 'SIO_GET_INTERFACE_LIST'],
		['of a socket on which one of them fails', 'AF_INET6', 4, 'SIO_GET_INTERFACE_LIST'],
		['of the socket of the rarer one', 'AF_IRDA', 760, 'SIO_LAZY_DISCOVERY'],
		['without a socket in sight, but with room for one of them', undefined, 760, 'SIO_GET_INTERFACE_LIST'],
		['without either', undefined, 60, undefined],
	])('a number of two codes is told apart by the address family %s', async (_, family, size, expected) => {
		const made = family === undefined ? '' : `SOCKET s = socket(${family}, SOCK_STREAM, 0); `;
		const [call] = await callsOf(inFunction(`${made}char out[${size}];`, '0x4004747F, NULL, 0, out, sizeof(out)'));
		expect(call?.code.entry?.name).toBe(expected);
	});
});

describe('sizes in C', () => {
	const cases: readonly [label: string, size: string, file: string, before: string, expected: string][] = [
		['a number', '12', '', '', '12'],
		['NULL as a number', 'NULL', '', '', '0'],
		['a scalar type', 'sizeof(DWORD)', '', '', '4'],
		['long is 4 bytes', 'sizeof(unsigned long)', '', '', '4'],
		['a pointer type', 'sizeof(void *)', '', '', '4/8'],
		['SOCKET', 'sizeof(SOCKET)', '', '', '4/8'],
		['a struct of the headers', 'sizeof(struct tcp_keepalive)', '', '', '12'],
		['a typedef of the headers', 'sizeof(SOCKADDR_IN6)', '', '', '28'],
		['a struct of the file', 'sizeof(struct own)', 'struct own { char a; long b; void *c; };', '', '12/16'],
		[
			'a packed struct',
			'sizeof(struct own)',
			'#pragma pack(push, 1)\nstruct own { char a; long b; void *c; };\n#pragma pack(pop)',
			'',
			'9/13',
		],
		[
			'a pack that was popped',
			'sizeof(struct own)',
			'#pragma pack(push, 1)\n#pragma pack(pop)\nstruct own { char a; long b; };',
			'',
			'8',
		],
		['a typedef of the file', 'sizeof(OWN)', 'typedef struct { short a, b; } OWN, *POWN;', '', '4'],
		['a pointer typedef of the file', 'sizeof(POWN)', 'typedef struct { short a, b; } OWN, *POWN;', '', '4/8'],
		['a union', 'sizeof(union u)', 'union u { char a[10]; long b; };', '', '12'],
		[
			'nested and anonymous',
			'sizeof(struct o)',
			'struct o { struct { char a; union { long b; char c; }; } in; };',
			'',
			'8',
		],
		['bit-fields', 'sizeof(struct b)', 'struct b { int a : 3; int b : 4; char c : 1; };', '', '8'],
		['bit-fields in one declaration', 'sizeof(struct b)', 'struct b { int a : 16, b : 20; };', '', '8'],
		['a member beside a bit-field', 'sizeof(struct b)', 'struct b { int a, b : 3; };', '', '8'],
		['a variable', 'sizeof(x)', '', 'struct tcp_keepalive x;', '12'],
		['a variable without parentheses', 'sizeof x', '', 'SOCKADDR_IN x;', '16'],
		['an array', 'sizeof(x)', '', 'char x[100];', '100'],
		['an array of structs', 'sizeof(x)', '', 'INTERFACE_INFO x[20];', '1520'],
		['an array by its initialiser', 'sizeof(x)', '', 'int x[] = { 1, 2, 3 };', '12'],
		['an array of a constant length', 'sizeof(x)', '#define COUNT (2 * 8)', 'char x[COUNT];', '16'],
		['an array of an unknown length', 'sizeof(x)', '', 'char x[n];', 'sizeof(x)?'],
		['an element', 'sizeof(x[0])', '', 'INTERFACE_INFO x[20];', '76'],
		['what a pointer points to', 'sizeof(*p)', '', 'struct tcp_keepalive *p = param;', '12'],
		['a member', 'sizeof(x.sin_addr)', '', 'SOCKADDR_IN x;', '4'],
		['a member behind a pointer', 'sizeof(p->keepalivetime)', '', 'struct tcp_keepalive *p = param;', '4'],
		['a product', '3 * sizeof(INTERFACE_INFO)', '', '', '228'],
		['a difference', 'sizeof(INTERFACE_INFO) - 1', '', '', '75'],
		['a cast size', '(DWORD)sizeof(INTERFACE_INFO)', '', '', '76'],
		['offsetof', 'offsetof(SOCKET_ADDRESS_LIST, Address)', '', '', '4/8'],
		['FIELD_OFFSET of an element', 'FIELD_OFFSET(SOCKET_ADDRESS_LIST, Address[2])', '', '', '20/40'],
		['_countof', '_countof(x) * sizeof(x[0])', '', 'INTERFACE_INFO x[5];', '380'],
		['IP_MSFILTER_SIZE', 'IP_MSFILTER_SIZE(3)', '', '', '28'],
		['GROUP_FILTER_SIZE', 'GROUP_FILTER_SIZE(0)', '', '', '144'],
		['a macro', 'SIZE', '#define SIZE sizeof(struct tcp_keepalive)', '', '12'],
		['a constant local', 'size', '', 'const DWORD size = sizeof(DWORD);', '4'],
		['a local set before', 'size', '', 'DWORD size; size = 24;', '24'],
		['a local that a call may have set', 'size', '', 'DWORD size = 24; getsockname(s, 0, &size);', '?'],
		['a parameter', 'n', '', '', '?'],
		['an unknown type', 'sizeof(THEIR_TYPE)', '', '', 'sizeof(THEIR_TYPE)?'],
		[
			'a struct whose layout a branch decides',
			'sizeof(struct own)',
			'struct own { char a;\n#ifdef X\nlong b;\n#endif\n};',
			'',
			'?',
		],
		[
			'a type that disagrees with itself',
			'sizeof(OWN)',
			'#if A\ntypedef char OWN;\n#else\ntypedef long OWN;\n#endif',
			'',
			'?',
		],
		['a file that redefines a header type', 'sizeof(GUID)', 'typedef struct { char x[3]; } GUID;', '', '3'],
		['a conditional', 'n ? 4 : 12', '', '', '4|12'],
		[
			'a constant of either branch',
			'size',
			'#if A\nstatic const DWORD size = 12;\n#else\nstatic const DWORD size = 4;\n#endif',
			'',
			'12|4',
		],
		['a local of either branch', 'size', '', '#if A\nDWORD size = 12;\n#else\nDWORD size = 4;\n#endif', '12|4'],
		[
			'a local set in both branches of #if',
			'size',
			'',
			'DWORD size;\n#if A\nsize = 4;\n#else\nsize = 12;\n#endif',
			'4|12',
		],
		[
			'a local set in three branches',
			'size',
			'',
			'DWORD size; if (n == 1) size = 4; else if (n == 2) size = 8; else size = 12;',
			'4|8|12',
		],
		['a local set in one branch of #if', 'size', '', 'DWORD size = 4;\n#if A\nsize = 12;\n#endif', '4|12'],
		['a volatile local', 'size', '', 'volatile DWORD size = 4;', '?'],
		[
			'a local that a macro is given to write',
			'size',
			'#define GROW(v) ((v) += 8)',
			'DWORD size = 4; GROW(size);',
			'?',
		],
		[
			'a local that a macro is given to read',
			'size',
			'#define LOG_SIZE(v) log(v)',
			'DWORD size = 4; LOG_SIZE(size);',
			'4',
		],
		['a local that a macro writes by its name', 'size', '#define RESET size = 8', 'DWORD size = 4; RESET;', '?'],
		['a local that an unknown macro is given', 'size', '', 'DWORD size = 4; GET_SIZE(size);', '?'],
		['FIELD_OFFSET of a tag', 'FIELD_OFFSET(struct own, b)', 'struct own { char a[6]; long b; };', '', '8'],
		['offsetof of an element', 'offsetof(SOCKET_ADDRESS_LIST, Address[2])', '', '', '20/40'],
		[
			'a member of a structure that has unknown members',
			'sizeof(p->b)',
			'struct own { THEIRS a; GUID b; };',
			'struct own *p = param;',
			'16',
		],
		['the address of an object', 'sizeof(&x)', '', 'struct tcp_keepalive x;', '4/8'],
	];
	it.each(cases)('%s', async (_, size, file, before, expected) => {
		const [call] = await callsOf(inFunction(before, `SIO_RCVALL, param, ${size}, NULL, 0`, file));
		expect(show(call!.input!.length)).toBe(expected);
	});
});

describe('a structure is packed', () => {
	it.each([
		['', '8'],
		['#pragma pack(1)', '5'],
		['#  pragma  pack ( 2 )', '6'],
		['#pragma pack(8)', '8'],
		['#pragma pack(1)\n#pragma pack()', '8'],
		['#pragma pack(1)\n#pragma pack(show)', '5'],
		['#pragma pack(push, 1)', '5'],
		['#pragma pack(push, name, 1)', '5'],
		['#pragma pack(push, 1)\n#pragma pack(pop)', '8'],
		['#pragma pack(push)\n#pragma pack(1)\n#pragma pack(pop)', '8'],
		['#pragma pack(1)\n#pragma pack(push, 2)', '6'],
		['#pragma pack(1)\n#pragma pack(push, 2)\n#pragma pack(pop)', '5'],
		['#pragma pack(1)\n#pragma pack(push)', '5'],
		['#pragma pack(pop)', '8'],
		['#include <pshpack1.h>', '5'],
		['#include "PshPack2.h"', '6'],
		['#include <pshpack1.h>\n#include <poppack.h>', '8'],
		['#pragma pack(1)\n#include <pshpack2.h>\n#include <poppack.h>', '5'],
		['#pragma pack(1)\n#include <package.h>', '5'],
		['#include <pshpack1.hpp>', '8'],
		['#if 0\n#pragma pack(1)\n#endif', '8'],
		['/* #pragma pack(1) */', '8'],
		['// #pragma pack(1)', '8'],
		['struct other { char c; };\n#pragma pack(1)', '5'],
	])('behind %j into %s bytes', async (file, size) => {
		const own = `${file}\nstruct own { char a; long b; };\n#pragma pack(4)`;
		const [call] = await callsOf(inFunction('', 'SIO_RCVALL, param, sizeof(struct own), NULL, 0', own));
		expect(show(call?.input?.length)).toBe(size);
	});
});

describe('sizes in C++', () => {
	const cases: readonly [label: string, size: string, file: string, before: string, expected: string][] = [
		['static_cast', 'static_cast<DWORD>(sizeof(GUID))', '', '', '16'],
		['constexpr', 'size', 'constexpr DWORD size = 12;', '', '12'],
		['digit separators', "1'024", '', '', '1024'],
		['a class constant', 'C::size', 'struct C { static const DWORD size = 12; };', '', '12'],
		['a scoped enumerator', 'int(E::two)', 'enum class E { one = 1, two };', '', '2'],
		['using', 'sizeof(T)', 'using T = unsigned short;', '', '2'],
		['a reference', 'sizeof(r)', '', 'GUID g; GUID &r = g;', '16'],
		['std::array', 'a.size()', '', 'std::array<char, 32> a;', '32'],
		['std::vector', 'v.size()', '', 'std::vector<char> v(64);', '64'],
		['a resized vector', 'v.size()', '', 'std::vector<char> v(64); v.resize(n);', '?'],
		['a vector in braces holds its elements', 'v.size()', '', 'std::vector<char> v{64};', '1'],
		['taken by reference', 'size', '', 'DWORD size = 4; adjust(size);', '?'],
		['taken by reference, the name in parentheses', 'size', '', 'DWORD size = 4; (adjust)(size);', '?'],
		['cast with two pairs of parentheses', 'size', '', 'DWORD size = 4; use((DWORD)(size));', '4'],
		['auto', 'size', '', 'auto size = sizeof(GUID);', '16'],
		['read by a number', 'size', '', 'DWORD size = 4; DWORD other{size};', '4'],
		['kept by an object in parentheses', 'size', '', 'DWORD size = 4; Holder h(size);', '?'],
		['kept by an object in braces', 'size', '', 'DWORD size = 4; Holder h{size};', '?'],
		['kept by an object on the heap', 'size', '', 'DWORD size = 4; auto h = new Holder(size);', '?'],
		['kept by an object that takes more', 'size', '', 'DWORD size = 4; Holder h(size, 1);', '?'],
		[
			'a constant of one of two classes',
			'Wide::size',
			'struct Wide { static const DWORD size = 12; }; struct Narrow { static const DWORD size = 4; };',
			'',
			'12',
		],
		['a constant of a namespace, not the parameter', 'own::n', 'namespace own { constexpr DWORD n = 12; }', '', '12'],
		[
			'a constant of one of two namespaces',
			'wide::size',
			'namespace wide { constexpr DWORD size = 12; } namespace narrow { constexpr DWORD size = 4; }',
			'',
			'12|4',
		],
		['what auto points to', 'sizeof(*p)', '', 'auto *p = new GUID; use(&p);', '16'],
		['sizeof a std::array', 'sizeof(a)', '', 'std::array<GUID, 2> a;', '32'],
		['an array that a template parameter measures', 'sizeof(v)', '', 'auto g = [](char (&v)[9]) {};', 'sizeof(v)?'],
		['a virtual destructor makes the layout unknown', 'sizeof(V)', 'struct V { virtual ~V(); int a; };', '', '?'],
		['a virtual function makes the layout unknown', 'sizeof(V)', 'struct V { virtual void f(); int a; };', '', '?'],
		['a base class', 'sizeof(D)', 'struct B { int b; }; struct D : B { int a; };', '', '8'],
	];
	it.each(cases)('%s', async (_, size, file, before, expected) => {
		const [call] = await callsOf(inFunction(before, `SIO_RCVALL, param, ${size}, NULL, 0`, file), 'x.cpp');
		expect(show(call!.input!.length)).toBe(expected);
	});
});

describe('members of a class', () => {
	it.each(['this->id', 'id', 'C::size', 'size', 'count'])(
		'%s is seen in a member function defined outside',
		async (name) => {
			const [call] = await callsOf(
				`class C { void f(); virtual ~C(); GUID id; static const DWORD size = 16; enum { count = 16 }; };
void C::f() { DWORD n; WSAIoctl(s, SIO_RCVALL, &id, ${/id$/.test(name) ? `sizeof(${name})` : name}, NULL, 0, &n, NULL, NULL); }`,
				'x.cpp',
			);
			expect(show(call!.input!.length)).toBe('16');
		},
	);
});

describe('what a pointer points to', () => {
	const cases: readonly [label: string, pointer: string, before: string, expected: string][] = [
		['a local', '&x', 'struct tcp_keepalive x;', 'not-null 12'],
		['a cast local', '(LPVOID)&x', 'struct tcp_keepalive x;', 'not-null 12'],
		['a cast that reads as a bitwise and', '(char *) &x', 'struct tcp_keepalive x;', 'not-null 12'],
		['an array', 'x', 'char x[10];', 'not-null 10'],
		['an element further on', '&x[4]', 'char x[10];', 'not-null 6'],
		['an array and an offset', 'x + 4', 'char x[10];', 'not-null 6'],
		['an element at an unknown place', '&x[n]', 'char x[10];', 'not-null ?'],
		['a member, to the end of its object', '&x.sin_addr', 'SOCKADDR_IN x;', 'not-null 12'],
		['NULL', 'NULL', '', 'null ?'],
		['0', '0', '', 'null ?'],
		['a cast 0', '(void *)0', '', 'null ?'],
		['a parameter', 'param', '', 'unknown ?'],
		['malloc', 'p', 'char *p = malloc(24);', 'not-null 24'],
		['calloc', 'p', 'char *p = (char *)calloc(3, sizeof(GUID));', 'not-null 48'],
		['HeapAlloc', 'p', 'void *p = HeapAlloc(GetProcessHeap(), 0, 32);', 'not-null 32'],
		['a pointer set to a local', 'p', 'GUID g; GUID *p = &g;', 'not-null 16'],
		['a pointer set to NULL', 'p', 'GUID *p = NULL;', 'null ?'],
		['a pointer that a call may have set', 'p', 'GUID *p = NULL; get(&p);', 'unknown ?'],
		['a compound literal', '&(GUID){ 1 }', '', 'not-null 16'],
		['a macro for a compound literal', '&(GUID)WSAID_ACCEPTEX', '', 'not-null 16'],
	];
	it.each(cases)('%s', async (_, pointer, before, expected) => {
		const [call] = await callsOf(inFunction(before, `SIO_RCVALL, ${pointer}, 4, NULL, 0`));
		const { nullness, object } = call!.input!.pointer;
		expect(`${nullness} ${object?.capacity?.x64 ?? '?'}`).toBe(expected);
	});
});

describe('annotations of declarations', () => {
	const cases: readonly [label: string, parameter: string, expected: string][] = [
		['of a structure', '_In_ const SOCKADDR_IN *x', '16'],
		['of a number', '_Out_ ULONG *x', '4'],
		['with arguments', '_Inout_updates_bytes_(sizeof(GUID) * (2)) GUID *x', '16'],
		['several', '_Pre_notnull_ _Always_(_Post_invalid_) struct tcp_keepalive *x', '12'],
		['of older headers', 'IN OUT struct tcp_keepalive *x', '12'],
		['over two lines', '_Out_writes_bytes_to_(24,\n\t\t24) WSABUF *x', '8/16'],
		['a name that only looks like one', '_In_x_ *x', 'sizeof(*x)?'],
	];
	for (const name of ['x.c', 'x.cpp'])
		it.each(cases)(`%s (${name})`, async (_, parameter, expected) => {
			const text = `_Success_(return == 0)\nint f(_In_ SOCKET s, ${parameter}, OUT DWORD *bytes)\n{\n\treturn WSAIoctl(s, SIO_RCVALL, x, sizeof(*x), NULL, 0, bytes, NULL, NULL);\n}\n`;
			const [call] = await callsOf(text, name);
			expect(show(call?.input?.size?.value)).toBe(expected);
			expect(text.slice(call?.start)).toMatch(/^WSAIoctl/);
		});

	it('leaves their own definitions and lines as they are', () => {
		const text =
			'#ifndef _In_\n#define _In_\n#if defined(_Out_) && defined(_Ret_)\n#endif\n#endif\nint LATE_IN a, IN;\n';
		expect(withoutAnnotations(text)).toBe(text);
		expect(withoutAnnotations('_Ret_range_(0,\r\n4) int f(IN OUT\tint *x);')).toBe(
			'              \r\n   int f(      \tint *x);',
		);
	});
});

describe('which calls are found', () => {
	const count = async (text: string, name?: string, options?: CheckOptions) =>
		(await callsOf(text, name, options)).length;
	const call = 'WSAIoctl(s, SIO_FLUSH, NULL, 0, NULL, 0, &n, NULL, NULL)';

	it('none behind a directive that nobody knows, which is no problem either', async () => {
		const problems: unknown[] = [];
		const own = new Checker(nodeEngine(import.meta.dirname), undefined, { onProblem: (p) => problems.push(p) });
		const result = await own.check({ name: 'x.c', text: `#x ${call};\nvoid f() { ${call}; }\n` });
		own.dispose();
		expect([result?.calls.length, problems]).toEqual([1, []]);
	});

	it.each([
		['bare', `void f() { ${call}; }`, 1],
		['in a condition', `void f() { if (${call} == SOCKET_ERROR) return; }`, 1],
		['as an argument of a macro', `void f() { ok(!${call}, "failed"); }`, 1],
		['through its address', `void f() { (&WSAIoctl)${call.slice(8)}; }`, 1],
		['through a pointer', `void f() { (*pWSAIoctl)${call.slice(8)}; }`, 1],
		['through a member', `void f() { table->${call}; }`, 1],
		['a renamed pointer', `void f() { Real_${call}; }`, 1],
		['in the body of a macro', `#define FLUSH(s, n) ${call}\n`, 1],
		['in a macro over two lines', `#define FLUSH(s, n) \\\n\t${call.replace('NULL', '\\\n NULL')}\n`, 1],
		[
			'over several lines with comments',
			`void f() { WSAIoctl(s, /* code */ SIO_FLUSH,\n NULL, 0, // in\n NULL, 0, &n, NULL, NULL); }`,
			1,
		],
		[
			'a prototype',
			'int WSAAPI WSAIoctl(SOCKET, DWORD, LPVOID, DWORD, LPVOID, DWORD, LPDWORD, LPWSAOVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE);',
			0,
		],
		[
			'a definition',
			'int WSAIoctl(SOCKET s, DWORD c, LPVOID i, DWORD n, LPVOID o, DWORD m, LPDWORD b, LPWSAOVERLAPPED v, void *r) { return 0; }',
			0,
		],
		['a comment', `/* ${call}; */ // ${call};\n`, 0],
		['a string', `char *t = "${call}";`, 0],
		['#if 0', `#if 0\nvoid f() { ${call}; }\n#endif\n`, 0],
		['the else of #if 1', `#if 1\n#else\nvoid f() { ${call}; }\n#endif\n`, 0],
		['the else of #if 0', `#if 0\n#else\nvoid f() { ${call}; }\n#endif\n`, 1],
		['another number of arguments', 'void f() { WSAIoctl(s, SIO_FLUSH, NULL); }', 0],
		['a longer name', `void f() { Overlapped${call.replace('WSAIoctl', 'WSAIoctlAsync')}; }`, 0],
		['cut off by the end of the file', 'void f() { WSAIoctl(s, SIO_FLUSH, NULL, 0', 0],
		[
			'a mock',
			'MOCK_METHOD(int, WSAIoctl, (SOCKET, DWORD, void *, DWORD, void *, DWORD, DWORD *, void *, void *));',
			0,
		],
	])('%s', async (_, text, expected) => {
		expect(await count(text)).toBe(expected);
	});

	it('a pointer loaded by name under any name', async () => {
		expect(
			await count(
				`void f(HMODULE m) { FN go = (FN)GetProcAddress(m, "WSAIoctl"); go${call.slice(8)}; other${call.slice(8)}; }`,
			),
		).toBe(1);
	});

	it.each(['pWSAIoctl', 'm_pfnWSAIoctl', 'g_RealWSAIoctl', 'win32_WSAIoctl', 'WSAIoctl_', 'WSAIoctlPtr'])(
		'a pointer named %s',
		async (name) => {
			expect(await count(`void f() { ${name}${call.slice(8)}; }`)).toBe(1);
		},
	);

	it.each(['OverlappedWSAIoctl', 'WSAIoctlAsync', 'NotWSAIoctlEither'])('not a function named %s', async (name) => {
		expect(await count(`void f() { ${name}${call.slice(8)}; }`)).toBe(0);
	});

	it.each(apis.map((api) => [api.id, Array(api.parameters.length).fill('0').join(', ')]))(
		'pointers that are set to %s or loaded by its name',
		async (name, args) => {
			const set = `FN one = &${name}; FN two = (FN)GetProcAddress(m, "${name}");`;
			expect(await count(`void f(HMODULE m) { ${set} one(${args}); two(${args}); other(${args}); }`)).toBe(2);
		},
	);

	it('a pointer that is set to the function', async () => {
		expect(await count(`void f() { FN go = &WSAIoctl; go${call.slice(8)}; other${call.slice(8)}; }`)).toBe(1);
	});

	it.each([
		[
			'typedef int (WSAAPI *FN)(SOCKET s, DWORD c, LPVOID i, DWORD n, LPVOID o, DWORD m, LPDWORD b, LPWSAOVERLAPPED v, LPWSAOVERLAPPED_COMPLETION_ROUTINE r);',
			1,
		],
		[
			'using FN = int (*)(SOCKET, DWORD, void *, DWORD, void *, DWORD, DWORD *, WSAOVERLAPPED *, LPWSAOVERLAPPED_COMPLETION_ROUTINE);',
			1,
		],
		[
			'typedef int (WSAAPI *FN)(SOCKET s, LPWSABUF b, DWORD n, LPDWORD m, DWORD f, const struct sockaddr *t, int l, LPWSAOVERLAPPED v, LPWSAOVERLAPPED_COMPLETION_ROUTINE r);',
			0,
		],
	])('a pointer declared with %s', async (type, expected) => {
		expect(await count(`${type}\nvoid f(FN go) { go${call.slice(8)}; }`, 'x.cpp')).toBe(expected);
	});

	it('in old code with far pointers', async () => {
		const [inFile] = await callsOf(
			'int PASCAL FAR ioctlsocket(SOCKET s, long cmd, u_long FAR *argp);\nvoid f(SOCKET s) { u_long on = 1; ioctlsocket(s, FIONBIO, (u_long FAR *)&on); }',
		);
		expect(inFile!.input?.pointer.object?.text).toBe('on');
	});

	it('with a type where an expression belongs', async () => {
		const calls = await callsOf(
			"struct own { DWORD a, b; };\nvoid f(SOCKET s) { DWORD n; ioctlsocket(s, _IOR('s', 7, unsigned long), &n); x = WSAIoctl(s, SIO_RCVALL, &n, FIELD_OFFSET(struct own, b), NULL, 0, &n, NULL, NULL); }",
		);
		expect(calls.map((c) => [c.code.entry?.name, show(c.input?.length)])).toEqual([
			['SIOCATMARK', '4'],
			['SIO_RCVALL', '4'],
		]);
	});

	it('a pointer declared with the typedef of the headers', async () => {
		expect(await count(`void f(LPWSPIOCTL next) { next(s, 1, 0, 0, 0, 0, &n, 0, 0, t, e); }`)).toBe(1);
	});

	it('a function that the user names', async () => {
		const text = `void f() { my_control${call.slice(8)}; }`;
		expect([await count(text), await count(text, 'x.c', { functions: { my_control: 'WSAIoctl' } })]).toEqual([0, 1]);
	});

	it('a broken call is left alone, and the next one found', async () => {
		const calls = await callsOf(
			`void f() { WSAIoctl(s, SIO_FLUSH, ), NULL, 0, NULL, 0, &n, NULL, NULL); }\nvoid g() { ${call}; }`,
		);
		expect(calls.map((c) => c.enclosing)).toEqual(['g']);
	});

	it('what is nested beyond all reading is passed over, and the rest found', async () => {
		const nested = `void deep() { ${'WSAIoctl(s, '.repeat(2000)}1${', 1, 0, 0, 0, 0, &n, 0)'.repeat(2000)}; }\n`;
		const blocks = `${'#if A\n'.repeat(5000)}void inside() { ${call}; }\n${'#endif\n'.repeat(5000)}`;
		const calls = await callsOf(`${nested}${blocks}void g() { ${call}; }`);
		expect(calls.filter((c) => c.enclosing !== 'deep').map((c) => c.enclosing)).toEqual(['g']);
	});

	it('ten thousand parentheses', async () => {
		const deep = `${'('.repeat(10_000)}1${')'.repeat(10_000)}`;
		const calls = await callsOf(
			`int x = ${deep};\nvoid f() { WSAIoctl(s, ${deep}, NULL, 0, NULL, 0, &n, NULL, NULL); }\nvoid g() { ${call}; }`,
		);
		expect(calls.at(-1)!.code.entry?.name).toBe('SIO_FLUSH');
	});
});

describe('the other functions', () => {
	it('ioctlsocket takes 4 bytes in and out', async () => {
		const [call] = await callsOf('void f(SOCKET s) { u_long on = 1; ioctlsocket(s, FIONBIO, &on); }');
		expect([call!.api, show(call!.input?.length), show(call!.output?.length)]).toEqual(['ioctlsocket', '4', '4']);
	});

	it.each([
		['WskIoctl', 'ioctl'],
		['WskSetOption', 'socket-option'],
		['WskGetOption', 'socket-option'],
		['RequestType', 'unknown'],
	])('WskControlSocket with %s is %s', async (request, kind) => {
		const [call] = await callsOf(
			`void f() { Socket->Dispatch->WskControlSocket(Socket, ${request}, SIO_WSK_QUERY_RECEIVE_BACKLOG, 0, 0, NULL, sizeof(SIZE_T), &backlog, NULL, NULL); }`,
		);
		expect([call!.kind, show(call!.output?.length), call!.callee]).toEqual([
			kind,
			'4/8',
			'Socket->Dispatch->WskControlSocket',
		]);
	});

	it('WSPIoctl through the table of the next provider', async () => {
		const [call] = await callsOf(
			'int f(SOCKET s, LPINT e) { return next.lpWSPIoctl(s, SIO_FLUSH, NULL, 0, NULL, 0, &n, NULL, NULL, id, e); }',
		);
		expect([call!.api, call!.code.entry?.name]).toEqual(['WSPIoctl', 'SIO_FLUSH']);
	});

	it('name space calls without a byte count are not judged', async () => {
		const text =
			'void f(HANDLE h) { if (WSANSPIoctl(h, SIO_NSP_NOTIFY_CHANGE, NULL, 0, NULL, 0, NULL, NULL)) return; }';
		expect((await checker.check({ name: 'x.c', text }))!.findings).toEqual([]);
	});

	it('WSANSPIoctl, and the call of its provider, which has one argument more', async () => {
		const given = 'h, SIO_NSP_NOTIFY_CHANGE, NULL, 0, NULL, 0, &n, completion';
		const calls = await callsOf(
			`int f(void) { return WSANSPIoctl(${given}) || table->NSPIoctl(${given}, id) || NSPIoctl(${given}) || WSANSPIoctl(${given}, id); }
int g(LPNSPIOCTL next) { return next(${given}, id); }`,
		);
		expect(calls.map((c) => [c.callee, c.api, c.code.entry?.name])).toEqual([
			['WSANSPIoctl', 'WSANSPIoctl', 'SIO_NSP_NOTIFY_CHANGE'],
			['table->NSPIoctl', 'NSPIoctl', 'SIO_NSP_NOTIFY_CHANGE'],
			['next', 'NSPIoctl', 'SIO_NSP_NOTIFY_CHANGE'],
		]);
	});
});

describe('the name service', () => {
	it.each([
		['WSANSPIoctl', '&completion', 'WSANSPIoctl'],
		['NSPIoctl', '&completion, thread', 'NSPIoctl'],
		['provider->NSPIoctl', '&completion, thread', 'NSPIoctl'],
	])('%s', async (callee, tail, api) => {
		const [call] = await callsOf(`void f() { ${callee}(h, SIO_NSP_NOTIFY_CHANGE, NULL, 0, NULL, 0, &n, ${tail}); }`);
		expect([call!.api, call!.overlapped?.text]).toEqual([api, '&completion']);
	});
});

describe('wrappers', () => {
	const inner =
		'static int own(SOCKET s, DWORD code, void *in, DWORD cb) { DWORD n; return WSAIoctl(s, code, in, cb, NULL, 0, &n, NULL, NULL); }\n';
	const findings = async (text: string) =>
		(await checker.check({ name: 'x.c', text }))!.findings.map((f) => `${f.rule} ${text.slice(f.start, f.end)}`);

	it('are checked at their callers', async () => {
		expect(
			await findings(
				`${inner}void f(SOCKET s) { u_long on = 1; struct tcp_keepalive k = { 1, 9000, 900 }; own(s, SIO_KEEPALIVE_VALS, &on, sizeof on); own(s, SIO_KEEPALIVE_VALS, &k, sizeof k); }`,
			),
		).toEqual(['input-too-small sizeof on']);
	});

	it('two levels deep', async () => {
		expect(
			await findings(
				`${inner}static int outer(SOCKET s, void *p, DWORD n) { return own(s, SIO_KEEPALIVE_VALS, p, n); }\nvoid f(SOCKET s) { struct tcp_keepalive k = { 1, 9000, 900 }; outer(s, &k, 4); }`,
			),
		).toEqual(['input-too-small 4']);
	});

	it('with the code as a template argument', async () => {
		const text =
			'template <DWORD Code> int own(SOCKET s, void *in, DWORD cb) { DWORD n; return WSAIoctl(s, Code, in, cb, NULL, 0, &n, NULL, NULL); }\n' +
			'void f(SOCKET s) { u_long on = 1; own<SIO_KEEPALIVE_VALS>(s, &on, sizeof on); own<FIONBIO>(s, &on, sizeof on); own<0x98000004>(s, &on, 12); }';
		const { findings } = (await checker.check({ name: 'x.cpp', text }))!;
		expect(findings.map((f) => `${f.rule} ${text.slice(f.start, f.end)}`)).toEqual([
			'input-too-small sizeof on',
			'size-exceeds-object 12',
		]);
	});

	it('not where the parameter is changed first', async () => {
		expect(
			await findings(
				`${inner.replace('DWORD n;', 'DWORD n; cb = 12;')}void f(SOCKET s) { struct tcp_keepalive k = { 1, 9000, 900 }; own(s, SIO_KEEPALIVE_VALS, &k, 4); }`,
			),
		).toEqual([]);
	});

	it('two levels deep in C++, where arguments could be taken by reference', async () => {
		const text = `${inner}static int outer(SOCKET s, void *p, DWORD n) { return own(s, SIO_KEEPALIVE_VALS, p, n); }\nvoid f(SOCKET s) { struct tcp_keepalive k = { 1, 9000, 900 }; outer(s, &k, 4); }`;
		const { findings } = (await checker.check({ name: 'x.cpp', text }))!;
		expect(findings.map((f) => `${f.rule} ${text.slice(f.start, f.end)}`)).toEqual(['input-too-small 4']);
	});

	describe('that are methods', () => {
		const body = '{ DWORD n; return WSAIoctl(s, code, in, cb, NULL, 0, &n, NULL, NULL); }';
		const parameters = '(DWORD code, void *in, DWORD cb)';
		const inside = `class Sock { public: int set${parameters} ${body}\n SOCKET s; };\n`;
		const outside = `class Sock { public: int set${parameters};\n SOCKET s; };\nint Sock::set${parameters} ${body}\n`;
		const wrong = 'set(SIO_KEEPALIVE_VALS, &on, sizeof on);';
		const of = (text: string) => `${text}void Sock_f(Sock &sock, Sock *p, Other &other) { DWORD on = 1; `;
		it.each([
			['of an object', of(inside), `sock.${wrong}`, 1],
			['that are defined outside of the class', of(outside), `sock.${wrong}`, 1],
			['through a pointer', of(inside), `p->${wrong}`, 1],
			['of a local object', of(inside), `Sock own; own.${wrong}`, 1],
			[
				'of their own object',
				inside.replace(/ SOCKET s.*/, ` void f() { DWORD on = 1; ${wrong} } SOCKET s; };`),
				'',
				1,
			],
			[
				'with what is right',
				of(inside),
				'struct tcp_keepalive k = { 1, 9000, 900 }; sock.set(SIO_KEEPALIVE_VALS, &k, sizeof k);',
				0,
			],
			['not of another class', of(inside), `other.${wrong}`, 0],
			['not of a class that is not known', of(inside), `unknown().${wrong}`, 0],
			['not as a function', of(inside), wrong, 0],
			[
				'not where a derived class may have its own',
				of(inside.replace('int set', 'virtual int set')),
				`sock.${wrong}`,
				0,
			],
			['not declared virtual', of(outside.replace('int set', 'virtual int set')), `sock.${wrong}`, 0],
			['not of a class that is not in sight', of(outside.replace(/^.*\n.*\n/, '')), `sock.${wrong}`, 0],
		])('%s', async (_, before, statement, count) => {
			const text = `${before}${statement}${before.endsWith('{ DWORD on = 1; ') ? ' }' : ''}\n`;
			const result = await checker.check({ name: 'x.cpp', text });
			expect(result?.findings.map((f) => `${f.rule} ${text.slice(f.start, f.end)}`)).toEqual(
				Array.from({ length: count }, () => 'input-too-small sizeof on'),
			);
		});
	});

	it('of overloaded functions the one that fits', async () => {
		const text =
			'int own(SOCKET s, DWORD c, void *in) { DWORD n; return WSAIoctl(s, c, in, 4, NULL, 0, &n, NULL, NULL); }\n' +
			'int own(SOCKET s, DWORD c, void *in, int retry) { DWORD n; return WSAIoctl(s, c, in, 12, NULL, 0, &n, NULL, NULL); }\n' +
			'void f(SOCKET s) { struct tcp_keepalive k = { 1, 9000, 900 }; own(s, SIO_KEEPALIVE_VALS, &k); own(s, SIO_KEEPALIVE_VALS, &k, 1); }';
		const { calls } = (await checker.check({ name: 'x.cpp', text }))!;
		expect(calls.filter((c) => c.through).map((c) => show(c.input?.length))).toEqual(['4', '12']);
	});

	it('not for members of another class of the same name', async () => {
		expect(await findings(`${inner}void f(SOCKET s) { other->own(s, SIO_KEEPALIVE_VALS, 0, 4); }`)).toEqual([]);
	});
});

describe('sockets', () => {
	it('shows how the socket was made and what was done with it', async () => {
		const [call] = await callsOf(
			'void f() { DWORD n; SOCKET s = WSASocketW(AF_INET, SOCK_RAW, IPPROTO_IP, 0, 0, 0); setsockopt(s, 0, 0, 0, 0); if (n) listen(s, 1); bind(s, 0, 0); WSAIoctl(s, SIO_RCVALL, &n, 4, NULL, 0, &n, NULL, NULL); }',
		);
		expect(call!.socket).toEqual({
			family: 'AF_INET',
			type: 'SOCK_RAW',
			protocol: 'IPPROTO_IP',
			called: ['setsockopt', 'bind'],
			mayHaveCalled: ['setsockopt', 'listen', 'bind'],
		});
	});
});

describe('a structure that is cleared', () => {
	const uses = (type: string) =>
		`void f(SOCKET s) { ${type} v; DWORD on = 1, n; memset(&v, 0, sizeof(v)); WSAIoctl(s, SIO_RCVALL, &v, sizeof(v), NULL, 0, &n, NULL, NULL); WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &n, NULL, NULL); }`;
	const doubled = Array.from({ length: 40 }, (_, i) => `struct S${i + 1} { struct S${i} a, b; };`).join('\n');
	it.each([
		['that holds itself', `struct S { int a; struct S next; };\n${uses('struct S')}`],
		['that holds another twice, forty levels deep', `struct S0 { char x; };\n${doubled}\n${uses('struct S40')}`],
	])('%s costs no other call', async (_, text) => {
		const found = await checker.check({ name: 'x.c', text });
		expect([found?.calls.length, found?.findings.some((f) => f.rule === 'input-too-small')]).toEqual([2, true]);
	});
});

describe('an array whose length is a name', () => {
	const uses =
		'void f(SOCKET s) { DWORD on = 1, n; WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &n, NULL, NULL); WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, buf, sizeof(buf), &n, NULL, NULL); }';
	it.each([
		['of the headers', 'x.c', `static char buf[MAX_PATH];\n${uses}`, '260'],
		['that nobody declares', 'x.c', `char buf[BUFFER_LENGTH];\n${uses}`, 'sizeof(buf)?'],
		['of an enumerator', 'x.c', `enum { N = 64 };\nstatic char buf[N];\n${uses}`, '64'],
		['of a constant', 'x.cpp', `constexpr DWORD N = 64;\nstatic char buf[N];\n${uses}`, '64'],
		['of the array itself', 'x.c', `static char buf[sizeof(buf)];\n${uses}`, 'sizeof(buf)?'],
		['of an array that needs it', 'x.c', `char a[sizeof(buf)];\nchar buf[sizeof(a)];\n${uses}`, 'sizeof(buf)?'],
		['of a class', 'x.cpp', `class C { enum { N = 64 }; char buf[N]; ${uses} };`, '64'],
		[
			'of a class, elsewhere',
			'x.cpp',
			`class C { void f(SOCKET s); char buf[LENGTH]; };\n${uses.replace('f(', 'C::f(')}`,
			'sizeof(buf)?',
		],
	])('%s costs no call', async (_, name, text, size) => {
		const { calls, findings } = (await checker.check({ name, text }))!;
		expect([findings.map((f) => f.rule), show(calls[1]!.output!.length)]).toEqual([['input-too-small'], size]);
	});
});

describe('included files', () => {
	const project = (files: Readonly<Record<string, string>>) => ({
		include: async (name: string) =>
			files[name] === undefined ? undefined : { path: `/p/${name}`, text: files[name] },
	});
	const check = async (files: Readonly<Record<string, string>>, text: string) => {
		const own = new Checker(engine, project(files));
		try {
			return (await own.check({ name: '/p/x.c', text }))!.calls;
		} finally {
			own.dispose();
		}
	};
	const call =
		'#include "a.h"\nvoid f(SOCKET s) { struct own x; DWORD n; WSAIoctl(s, MY_CODE, &x, sizeof x, NULL, 0, &n, NULL, NULL); }';

	it('give macros, constants and types, also through other headers', async () => {
		const [found] = await check(
			{
				'a.h': '#include "b.h"\nstruct own { char a[LENGTH]; };',
				'b.h': '#define LENGTH 7\nenum { MY_CODE = 0x98000004 };',
			},
			call,
		);
		expect([found!.code.entry?.name, show(found!.input!.length)]).toEqual(['SIO_KEEPALIVE_VALS', '7']);
	});

	it.each([1, 2, 3, 4])('are read whole after a check that was cancelled at file %i', async (last) => {
		const files = {
			'a.h': '#include "b.h"\n#include "c.h"\nstruct own { char a[LENGTH]; };',
			'b.h': '#include "d.h"',
			'c.h': '#define LENGTH 7',
			'd.h': 'enum { MY_CODE = 0x98000004 };',
		};
		const own = new Checker(engine, project(files));
		let asked = 0;
		// Asked once before the first file.
		expect(await own.check({ name: '/p/x.c', text: call }, {}, undefined, () => ++asked > last)).toBeUndefined();
		const [found] = (await own.check({ name: '/p/x.c', text: call }))!.calls;
		expect([found!.code.entry?.name, show(found!.input!.length)]).toEqual(['SIO_KEEPALIVE_VALS', '7']);
		own.dispose();
	});

	it('may include each other in circles', async () => {
		const [found] = await check(
			{
				'a.h': '#include "b.h"\n#include "a.h"\nstruct own { int a; };',
				'b.h': '#include "a.h"\n#define MY_CODE SIO_RCVALL',
			},
			call,
		);
		expect([found!.code.entry?.name, show(found!.input!.length)]).toEqual(['SIO_RCVALL', '4']);
	});

	it('that disagree leave a type unknown', async () => {
		const [found] = await check(
			{
				'a.h': '#include "b.h"\n#include "c.h"\n#define MY_CODE 1',
				'b.h': 'struct own { int a; };',
				'c.h': 'struct own { char a; };',
			},
			call,
		);
		expect(show(found!.input!.length)).toBe('sizeof(x)?');
	});

	it('see the definitions of the command line, each set of them apart', async () => {
		const files: Readonly<Record<string, string>> = {
			'a.h': '#define MY_CODE SIO_RCVALL\nstruct own { char a[LENGTH]; };',
		};
		let length = 3;
		const own = new Checker(engine, { ...project(files), predefined: async () => `#define LENGTH ${length}\n` });
		const size = async () => show((await own.check({ name: '/p/x.c', text: call }))!.calls[0]!.input!.length);
		const first = await size();
		length = 5;
		expect([first, await size()]).toEqual(['3', '5']);
		own.dispose();
	});

	it('a file that is compiled for one target is judged for it alone', async () => {
		const text =
			'void f(SOCKET s) { DWORD n; char out[4]; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, out, sizeof out, &n, NULL, NULL); }';
		const rules = async (target: 'x86' | 'x64') => {
			const own = new Checker(engine, { ...project({}), target: () => target });
			const { findings } = (await own.check({ name: '/p/x.c', text }))!;
			own.dispose();
			return findings.map((f) => f.rule);
		};
		expect([await rules('x86'), await rules('x64')]).toEqual([[], ['output-too-small']]);
	});

	it('are read again when they have changed', async () => {
		const files = { 'a.h': '#define MY_CODE SIO_RCVALL\nstruct own { int a; };' };
		const own = new Checker(engine, project(files));
		const size = async () => show((await own.check({ name: '/p/x.c', text: call }))!.calls[0]!.input!.length);
		const before = await size();
		files['a.h'] = '#define MY_CODE SIO_RCVALL\nstruct own { int a, b; };';
		const stale = await size();
		await own.filesChanged();
		expect([before, stale, await size()]).toEqual(['4', '4', '8']);
		own.dispose();
	});
});

describe('a file that makes much of little', () => {
	const forty = (line: (i: number) => string) => Array.from({ length: 40 }, (_, i) => line(i)).join('');

	// Every link uses the next one three times: followed to the end, none of these is ever done.
	it.each([
		['macros', forty((i) => `#define N${i} (N${i + 1} + N${i + 1} + N${i + 1})\n`), '', 'N0'],
		['macros with a parameter', forty((i) => `#define F${i}(x) (F${i + 1}(x) + F${i + 1}(x))\n`), '', 'F0(1)'],
		['locals', '', `DWORD n0 = 4; ${forty((i) => `DWORD n${i + 1} = n${i} + n${i} + n${i};\n`)}`, 'n40'],
		['pointers', '', `char *n0; ${forty((i) => `char *n${i + 1} = n ? n${i} : n${i};\n`)}`, 'n'],
	])('%s: its size is not known, and that is said at once', async (_, file, before, size) => {
		const [call] = await callsOf(inFunction(before, `SIO_RCVALL, n40, ${size}, NULL, 0`, file));
		expect(show(call!.input!.length)).toMatch(/\?$/);
	});

	it('a long word beside functions that are loaded by name', async () => {
		const text = `/* GetProcAddress */ char data[] = "${'4d5a'.repeat(100_000)}";\n${inFunction('', 'SIO_FLUSH, NULL, 0, NULL, 0')}`;
		expect((await callsOf(text)).map((c) => c.code.entry?.name)).toEqual(['SIO_FLUSH']);
	});

	it('names that every JavaScript object has are names like any other', async () => {
		const names = ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'];
		for (const name of names) {
			const [call] = await callsOf(inFunction('', `${name}, &${name}, ${name}, malloc(${name}(4)), ${name}(4)`));
			expect([call!.code.values, show(call!.input!.length), show(call!.output!.length)]).toEqual([[], '?', '?']);
		}
	});
});

describe('the parser', () => {
	it('is rebuilt after a trap, and nothing else is lost', async () => {
		const grammar = 'tree-sitter-c.wasm';
		const trees = new Trees(engine);
		await trees.ready(grammar);
		const kept = trees.parse(grammar, 'int kept;');
		const trap = () =>
			trees.guard(() => {
				// A node's address is a number in the wasm's memory: one beyond it traps as a damaged node does.
				const node = trees.parse(grammar, 'int a;').root.firstChild!;
				(node as { id: number }).id = 0xfffffff0;
				return node.type;
			});
		expect(trap).toThrow(ParserFailure);
		expect(() => trees.parse(grammar, 'int a;')).toThrow(ParserFailure);
		await trees.ready(grammar);
		const again = trees.parse(grammar, 'int a;');
		expect(again.root.namedChildren.length).toBe(1);
		again.free();
		kept.free();
		expect(trees.alive).toBe(0);
		trees.dispose();
	});

	it('can be cancelled', async () => {
		const text = `void f() { ${'g(1, 2, 3);\n'.repeat(50_000)} WSAIoctl(s, SIO_FLUSH, NULL, 0, NULL, 0, &n, NULL, NULL); }`;
		expect(await checker.check({ name: 'x.c', text }, {}, undefined, () => true)).toBeUndefined();
	});
});
