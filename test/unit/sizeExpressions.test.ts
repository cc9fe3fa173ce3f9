/** What sizes come to, and what memory has, as C writes them: on 32-bit and 64-bit Windows. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

async function inputOf(pointer: string, size: string, body: string, before: string, name: string) {
	const text = `${before}
void f(SOCKET s, DWORD y, int flag, void *p)
{
	DWORD n;
	${body}
	WSAIoctl(s, SIO_KEEPALIVE_VALS, ${pointer}, ${size}, NULL, 0, &n, NULL, NULL);
}
`;
	const { calls } = await checked(checker, { name, text });
	expect(calls).toHaveLength(1);
	return calls[0]?.input;
}

/** `12`, `4/8` where the two differ, `4 or 8` of two values. */
async function sizeOf(size: string, body = '', before = '', name = 'x.c'): Promise<string> {
	const length = (await inputOf('p', size, body, before, name))?.length;
	if (length?.kind !== 'known') return '?';
	return length.values.map(({ x86, x64 }) => (x86 === x64 ? `${x64}` : `${x86}/${x64}`)).join(' or ');
}

async function capacityOf(pointer: string, body: string, before = '', name = 'x.cpp'): Promise<string> {
	const capacity = (await inputOf(pointer, 'y', body, before, name))?.pointer.object?.capacity;
	if (!capacity) return '?';
	return capacity.x86 === capacity.x64 ? `${capacity.x64}` : `${capacity.x86}/${capacity.x64}`;
}

/** Some cases of a `switch` that set `z`. */
const CASES = 'case 1: z = 8; break; case 2: z = 12; break;';

describe('a size', () => {
	it.each([
		['7 + 5', '12'],
		['7 - 5', '2'],
		['3 * 4', '12'],
		['25 / 2', '12'],
		['26 % 14', '12'],
		['3 << 2', '12'],
		['48 >> 2', '12'],
		['8 | 4', '12'],
		['13 & 14', '12'],
		['9 ^ 5', '12'],
		['~-13', '12'],
		['+12', '12'],
		['+(12)', '12'],
		['-1', '4294967295'],
		['!0', '1'],
		['!7', '0'],
		['1 / 0', '?'],
		['1 % 0', '?'],
		['1 << 65', '?'],
		['1 << -1', '?'],
		['1 << 64', '?'],
		['12 << 0', '12'],
		['12 >> 0', '12'],
		['12 >> 64', '?'],
		['12 >> 65', '?'],
		['12 >> -1', '?'],
		['0x0c', '12'],
		['014', '12'],
		['0b1100', '12'],
		['12u', '12'],
		['12UL', '12'],
		['12.0', '?'],
		['12f', '?'],
		['019', '?'],
		["'a'", '97'],
		['(12)', '12'],
		['(DWORD)12', '12'],
		['(BYTE)268', '12'],
		['(WORD)65548', '12'],
		['(WORD)65536', '0'],
		['(short)-32768', '4294934528'],
		['(short)-32769', '32767'],
		['(ULONGLONG)-1 / 0x100000000', '4294967295'],
		['(LONGLONG)-1 / 0x100000000', '0'],
		['(char)-1', '4294967295'],
		['(unsigned char)-1', '255'],
		['(BYTE)-1', '255'],
		['(unsigned short)-1', '65535'],
		['(unsigned short)65548', '12'],
		['(signed char)268', '12'],
		['(unsigned int)-1', '4294967295'],
		['(ULONGLONG)12', '12'],
		['(int)12', '12'],
		['1 ? 12 : 4', '12'],
		['0 ? 12 : 4', '4'],
		['flag ? 12 : 4', '12 or 4'],
		['flag ? 12 : 12', '12'],
		['flag ? 12 : y', '?'],
		['(flag ? 1 : y ? 2 : 3) + 9', '10 or 11 or 12'],
		['(flag ? 1 : y ? 2 : 3) + (flag ? 10 : y ? 20 : 30)', '?'],
		['7 == 7', '1'],
		['7 != 7', '0'],
		['7 < 8', '1'],
		['7 < 7', '0'],
		['7 <= 7', '1'],
		['8 <= 7', '0'],
		['8 > 7', '1'],
		['7 > 7', '0'],
		['7 >= 7', '1'],
		['7 >= 8', '0'],
		['1 && 2', '1'],
		['1 && 0', '0'],
		['0 || 2', '1'],
		['0 || 0', '0'],
		['min(7, 12)', '7'],
		['min(12, 7)', '7'],
		['max(7, 12)', '12'],
		['max(12, 7)', '12'],
		['min(7)', '?'],
		['most(7, 12)', '?'],
		['TRUE', '1'],
		['FALSE', '0'],
		['MAX_PATH', '260'],
		['INET_ADDRSTRLEN', '22'],
		['INET6_ADDRSTRLEN', '65'],
		['MAXGETHOSTSTRUCT', '1024'],
		['ANYSIZE_ARRAY', '1'],
		['UNHEARD_OF', '?'],
		['y', '?'],
		['sizeof(DWORD)', '4'],
		['sizeof(void *)', '4/8'],
		['sizeof(void)', '?'],
		['sizeof(long double)', '8'],
		['sizeof(unsigned)', '4'],
		['sizeof(long unsigned)', '4'],
		['sizeof(long unsigned int)', '4'],
		['sizeof(long long unsigned int)', '8'],
		['sizeof(unsigned __int64)', '8'],
		['sizeof(signed __int32)', '4'],
		['sizeof(int short)', '2'],
		['sizeof(char signed)', '1'],
		['sizeof(SIZE_T) + 4', '8/12'],
		['sizeof(struct tcp_keepalive)', '12'],
		['sizeof(struct unheard_of)', '?'],
		['sizeof(char[12])', '12'],
		['sizeof(char[0x7fffffff])', '2147483647'],
		['sizeof(char[0x80000000])', '?'],
		['sizeof n', '4'],
		['sizeof(p)', '4/8'],
		['sizeof("abc")', '4'],
		['3 * sizeof(DWORD)', '12'],
		['sizeof(n) * 3', '12'],
		['offsetof(struct tcp_keepalive, keepaliveinterval)', '8'],
		['FIELD_OFFSET(struct tcp_keepalive, keepalivetime)', '4'],
	])('%s is %s', async (size, expected) => {
		expect(await sizeOf(size)).toBe(expected);
		expect(await sizeOf('SIZE', '', `#define SIZE (${size})`)).toBe(expected);
	});

	it.each([
		['a variable', 'DWORD z = 12;', 'z', '12'],
		['a constant', 'const DWORD z = 12;', 'z', '12'],
		['a variable that is set', 'DWORD z; z = 12;', 'z', '12'],
		['a variable that is set twice', 'DWORD z = 4; z = 12;', 'z', '12'],
		['a variable that is set in a branch', 'DWORD z = 4; if (flag) z = 12;', 'z', '4 or 12'],
		['in a branch that leaves', 'DWORD z = 4; if (flag) { z = 12; return; }', 'z', '4'],
		['in a branch of a branch', 'DWORD z = 4; if (flag) { if (y) z = 12; else z = 8; }', 'z', '4 or 12 or 8'],
		['in one of three', 'DWORD z = 4; if (flag) z = 12; else if (y) z = 8; else z = 16;', 'z', '12 or 8 or 16'],
		['in one of two that may be left out', 'DWORD z; if (flag) z = 12; else if (y) z = 8;', 'z', '?'],
		['twice in a branch', 'DWORD z = 4; if (flag) { z = 12; z = 8; }', 'z', '4 or 8'],
		['in a condition', 'DWORD z = 4; if (z = flag) z = 12;', 'z', '?'],
		['in a block', 'DWORD z = 4; { z = 12; }', 'z', '12'],
		[
			'in a branch of which another is made',
			'DWORD z = 4; if (flag) z += 8; if (y) z -= 2;',
			'z',
			'4 or 2 or 10 or 12',
		],
		['in a branch, used in another', 'DWORD z = 4; if (flag) z = 12;\nif (y)', 'z', '4 or 12'],
		['by itself', 'DWORD z = 4; z = z * 3;', 'z', '12'],
		[
			'in too many',
			`DWORD z = 4;${Array.from({ length: 9 }, (_, i) => ` if (y == ${i}) z = ${i + 5};`).join('')}`,
			'z',
			'?',
		],
		['in a switch', `DWORD z; switch (y) { ${CASES} default: z = 16; }`, 'z', '8 or 12 or 16'],
		['in a switch without the rest', `DWORD z = 4; switch (y) { ${CASES} }`, 'z', '4 or 8 or 12'],
		['in a switch without a value before', `DWORD z; switch (y) { ${CASES} }`, 'z', '?'],
		['in a switch that leaves', `DWORD z = 4; switch (y) { ${CASES} default: z = 1; return; }`, 'z', '8 or 12'],
		[
			'in a switch with blocks',
			'DWORD z = 4; switch (y) { case 1: { z = 8; break; } default: { z = 12; } }',
			'z',
			'8 or 12',
		],
		[
			'in a switch that goes on',
			'DWORD z = 4; switch (y) { case 1: z = 8; case 2: f(); case 3: z = 12; break; default: z = 16; }',
			'z',
			'12 or 16',
		],
		[
			'in a switch by several names',
			'DWORD z; switch (y) { case 1: case 2: z = 8; break; default: z = 12; }',
			'z',
			'8 or 12',
		],
		[
			'in a switch with ways out',
			'DWORD z = 4; switch (y) { case 1: z = 8; if (flag) break; z = 12; break; }',
			'z',
			'?',
		],
		['by what a switch selects by', 'DWORD z = 4; switch (z = y) { case 1: z = 8; }', 'z', '?'],
		['by a test', 'DWORD z = g(); if (z == 12)', 'z', '12'],
		['by a test the other way round', 'DWORD z = g(); if (12 == z)', 'z', '12'],
		['by a test that writes', 'DWORD z = g(); if (z == 12 && z++)', 'z', '?'],
		['by a test of another', 'DWORD z = g(); if (y == 12)', 'z', '?'],
		['by a test of less', 'DWORD z = g(); if (z < 12)', 'z', '?'],
		['in a loop', 'DWORD z = 4; while (y) z += 4;', 'z', '?'],
		['a variable that is set in both branches', 'DWORD z; if (flag) z = 12; else z = 4;', 'z', '12 or 4'],
		['a variable that is counted', 'DWORD z = 4; z++; ++z; z--;', 'z', '5'],
		['a variable that is added to', 'DWORD z = 4; z += 8;', 'z', '12'],
		[
			'a variable that is changed',
			'DWORD z = sizeof(DWORD); z *= 3; z -= 2; z <<= 1; z /= 4; z |= 8; z %= 8;',
			'z',
			'5',
		],
		['a variable that is changed by what is not known', 'DWORD z = 4; z += y;', 'z', '?'],
		['a variable whose address is given away', 'DWORD z = 4; g(&z);', 'z', '?'],
		['a pointer with a convention in front', 'struct { int WINAPI (*f)(void); } z;', 'sizeof(z.f)', '4/8'],
		['a text', 'char z[] = "hello";', 'sizeof z', '6'],
		['a wide text', 'WCHAR z[] = L"hello";', 'sizeof z', '12'],
		['a wide text on the spot', '', 'sizeof(L"hello")', '12'],
		['a variable of a loop', 'DWORD z = 4; while (flag) { z = z * 2; }', 'z', '?'],
		['a variable that is narrow', 'BYTE z = 268;', 'z', '12'],
		['an enumerator', 'enum { A, B = 12, C };', 'B', '12'],
		['the enumerator behind', 'enum { A, B = 12, C };', 'C', '13'],
		['the first enumerator', 'enum { A, B = 12, C };', 'A', '0'],
		['an array', 'DWORD z[3];', 'sizeof(z)', '12'],
		['an element', 'DWORD z[3];', 'sizeof(z[0])', '4'],
		['the number of elements', 'DWORD z[3];', '_countof(z)', '3'],
		['the number of elements, by hand', 'DWORD z[3];', 'sizeof(z) / sizeof(z[0])', '3'],
		['an array by its values', 'DWORD z[] = { 1, 2, 3 };', 'sizeof(z)', '12'],
		['an array of a string', 'char z[] = "abc";', 'sizeof(z)', '4'],
		['a pointer', 'DWORD *z;', 'sizeof(z)', '4/8'],
		['what a pointer points to', 'struct tcp_keepalive *z;', 'sizeof(*z)', '12'],
		['a member', 'struct tcp_keepalive z;', 'sizeof(z.onoff)', '4'],
		['a member behind a pointer', 'struct tcp_keepalive *z;', 'sizeof z->onoff', '4'],
		['a structure', 'struct { DWORD a; WORD b; } z;', 'sizeof(z)', '8'],
		['a structure with a pointer', 'struct { DWORD a; void *b; } z;', 'sizeof(z)', '8/16'],
		['what is made of a pointer', 'GUID *z;', 'sizeof(!z)', '?'],
		['an element behind a pointer', 'GUID *z;', 'sizeof(z[2])', '16'],
		['one of two', 'GUID y1, y2;', 'sizeof(flag ? y1 : y2)', '16'],
		['one of two that differ', 'GUID y1; WORD y2;', 'sizeof(flag ? y1 : y2)', '?'],
		['a union', 'union { DWORD a; BYTE b[6]; } z;', 'sizeof(z)', '8'],
		['bits', 'struct { DWORD a : 20, b : 20; } z;', 'sizeof(z)', '8'],
	])('%s', async (_, body, size, expected) => {
		expect(await sizeOf(size, body)).toBe(expected);
	});

	it.each([
		['a macro', '#define Z 12', 'Z', '12'],
		['a macro with an argument', '#define Z(a) ((a) + 4)', 'Z(8)', '12'],
		['a macro with more than it takes', '#define Z(a) ((a) + 4)', 'Z(8, 2)', '?'],
		['a macro of no expression', '#define Z(a) {', 'Z(8)', '?'],
		['a macro of a macro with an argument', '#define Y(a) ((a) + 4)\n#define Z(a) Y(a)', 'Z(8)', '12'],
		['a macro of a type', '#define Z(T) sizeof(T)', 'Z(GUID)', '16'],
		['a macro of a type of the file', 'typedef WORD own[6];\n#define Z(T) sizeof(T)', 'Z(own)', '12'],
		['a macro of a type that is not known', '#define Z(T) sizeof(T)', 'Z(unheard_of)', '?'],
		['a macro with a type of its own', '#define Z(a) (sizeof(GUID) + (a))', 'Z(8)', '24'],
		['a macro with two', '#define Z(a, b) ((a) * (b))', 'Z(3, 4)', '12'],
		['a macro of a macro', '#define Y 3\n#define Z (Y * 4)', 'Z', '12'],
		['a macro that is defined twice', '#define Z 12\n#undef Z\n#define Z 4', 'Z', '12 or 4'],
		['a macro of nothing', '#define Z', 'Z', '?'],
		['a macro of itself', '#define Z (Z + 1)', 'Z', '?'],
		['a constant of the file', 'static const DWORD z = 12;', 'z', '12'],
		['a variable of the file that nothing sets', 'static DWORD z = 12;', 'z', '12'],
		['a variable of the file that a function sets', 'static DWORD z = 12;\nvoid g(void) { z = 4; }', 'z', '?'],
		['a variable of all files', 'DWORD z = 12;', 'z', '?'],
		['a type of the file', 'typedef struct { DWORD a[3]; } z;', 'sizeof(z)', '12'],
		['a type of a type', 'typedef DWORD y_t; typedef y_t z[3];', 'sizeof(z)', '12'],
		['a function', 'static DWORD z(void) { return 12; }', 'z()', '12'],
		['packed', '#pragma pack(push, 1)\nstruct z { BYTE a; DWORD b; };\n#pragma pack(pop)', 'sizeof(struct z)', '5'],
		[
			'no longer packed',
			'#pragma pack(push, 1)\n#pragma pack(pop)\nstruct z { BYTE a; DWORD b; };',
			'sizeof(struct z)',
			'8',
		],
		['packed by two', '#pragma pack(2)\nstruct z { BYTE a; DWORD b; };', 'sizeof(struct z)', '6'],
	])('by %s', async (_, before, size, expected) => {
		expect(await sizeOf(size, '', before)).toBe(expected);
	});
});

/** Size and room of a variable `z` at a call, in whatever text: `*` where it is on the stack. */
describe('what a name means', () => {
	it.each([
		['GUID z; void f(SOCKET s) { CALL; }', '16 16'],
		['void f(SOCKET s) { GUID z; CALL; }', '16 16*'],
		['void f(SOCKET s) { static GUID z; CALL; }', '16 16'],
		['void f(SOCKET s) { thread_local GUID z; CALL; }', '16 16'],
		['void f(SOCKET s, GUID z) { CALL; }', '16 16*'],
		['void f(SOCKET s, GUID &z) { CALL; }', '16 ?'],
		['void f(SOCKET s, GUID z[2]) { CALL; }', '4/8 4/8*'],
		['void f(SOCKET s, GUID (&z)[2]) { CALL; }', '32 ?'],
		['void f(SOCKET s, GUID z, char z) { CALL; }', '16 16*'],
		['void f(SOCKET s) { auto g = [](SOCKET s, GUID z) { CALL; }; }', '16 16*'],
		['void f(SOCKET s) { char z; { GUID z; CALL; } }', '16 16*'],
		['void f(SOCKET s) { char z; { GUID z; } CALL; }', '1 1*'],
		['void f(SOCKET s) { char z; { CALL; GUID z; } }', '1 1*'],
		['void f(SOCKET s) { char z; for (GUID z; ; ) CALL; }', '16 16*'],
		['void f(SOCKET s) { char z; for (GUID z; CALL; ) ; }', '16 16*'],
		['void f(SOCKET s) { char z; for (GUID z = CALL; ; ) ; }', '16 16*'],
		['void f(SOCKET s) { char z; for (GUID z; ; ) ; CALL; }', '1 1*'],
		['void f(SOCKET s) { char z; if (GUID z = g()) CALL; }', '16 16*'],
		['void f(SOCKET s) { char z; if (GUID z = g(); CALL) ; }', '16 16*'],
		['void f(SOCKET s) { char z; if (GUID z = g(); true) ; else CALL; }', '16 16*'],
		['void f(SOCKET s) { char z; while (GUID z = g()) CALL; }', '16 16*'],
		['void f(SOCKET s) { char z; switch (GUID z = g()) { case 1: CALL; } }', '16 16*'],
		['void f(SOCKET s) { char z; if (g()) { GUID z; } CALL; }', '1 1*'],
		['void f(SOCKET s) { char z; for (GUID z : list) CALL; }', '16 16'],
		['void f(SOCKET s) { char z; for (GUID &z : list) CALL; }', '16 ?'],
		['void f(SOCKET s) { char z; for (GUID z : g(CALL)) ; }', '1 1*'],
		['namespace n { GUID z; void f(SOCKET s) { CALL; } }', '16 16'],
		['namespace n { GUID z; } void f(SOCKET s) { CALL; }', '16 16'],
		['struct C { GUID z; void f(SOCKET s) { CALL; } };', '16 16'],
		['struct C { GUID &z; void f(SOCKET s) { CALL; } };', '16 ?'],
		['struct C { GUID z; void f(SOCKET s); }; void C::f(SOCKET s) { CALL; }', '16 16'],
		['typedef struct { GUID z; } C; void C::f(SOCKET s) { CALL; }', '16 16'],
		['struct A { GUID z; }; struct C : A { void f(SOCKET s) { CALL; } };', '16 16'],
		['struct A { int a; }; struct B { GUID z; }; struct C : A, public B { void f(SOCKET s) { CALL; } };', '16 16'],
		['struct A : C { }; struct C : A { void f(SOCKET s) { CALL; } };', '? ?'],
		['struct C : C { void f(SOCKET s) { CALL; } };', '? ?'],
		['struct C {\n#if X\nGUID z;\n#else\nchar z;\n#endif\nvoid f(SOCKET s) { CALL; } };', '? ?'],
		['struct C {\n#if X\nGUID z;\n#endif\nvoid f(SOCKET s) { CALL; } };', '16 16'],
		['typedef GUID T; template <class T> void f(SOCKET s, T z) { CALL; }', '? ?*'],
		['typedef GUID T; template <class U> void f(SOCKET s, T z) { CALL; }', '16 16*'],
		['struct C { static DWORD a; DWORD b; }; void f(SOCKET s) { C z; CALL; }', '4 4*'],
		['struct C { mutable DWORD a; volatile DWORD b; const DWORD c; }; void f(SOCKET s) { C z; CALL; }', '12 12*'],
		['struct C { void f(); DWORD a; }; void f(SOCKET s) { C z; CALL; }', '4 4*'],
		['struct C { void f() { } DWORD a; }; void f(SOCKET s) { C z; CALL; }', '4 4*'],
		['struct C { C(); ~C(); DWORD a; }; void f(SOCKET s) { C z; CALL; }', '4 4*'],
		['struct C { virtual void f(); DWORD a; }; void f(SOCKET s) { C z; CALL; }', '? ?*'],
		['struct C { virtual void f() { } DWORD a; }; void f(SOCKET s) { C z; CALL; }', '? ?*'],
		['struct C { virtual ~C(); DWORD a; }; void f(SOCKET s) { C z; CALL; }', '? ?*'],
		['struct C { friend void f(); DWORD a; }; void f(SOCKET s) { C z; CALL; }', '4 4*'],
		['struct C { using T = DWORD; T a; }; void f(SOCKET s) { C z; CALL; }', '4 4*'],
		['struct C { typedef DWORD T; T a; }; void f(SOCKET s) { C z; CALL; }', '4 4*'],
		['struct C { enum { A, B }; DWORD a; }; void f(SOCKET s) { C z; CALL; }', '4 4*'],
		['struct C { enum { A, B } a; }; void f(SOCKET s) { C z; CALL; }', '4 4*'],
		['struct C { struct { DWORD a, b; }; DWORD c; }; void f(SOCKET s) { C z; CALL; }', '12 12*'],
		['struct C { struct T { DWORD a, b; }; T c; }; void f(SOCKET s) { C z; CALL; }', '8 8*'],
		['struct C { union { DWORD a; BYTE b; }; DWORD c; }; void f(SOCKET s) { C z; CALL; }', '8 8*'],
		['struct C { DWORD a : WIDTH; }; void f(SOCKET s) { C z; CALL; }', '? ?*'],
		['struct C { DWORD a : 2 + 2, b : 28; }; void f(SOCKET s) { C z; CALL; }', '4 4*'],
		['struct C { DWORD (a), *(b), c[2][3]; }; void f(SOCKET s) { C z; CALL; }', '32/40 32/40*'],
		['struct C { int (*a)(int); int *(b[2]); }; void f(SOCKET s) { C z; CALL; }', '12/24 12/24*'],
		['struct C { unheard_of a; DWORD b; }; void f(SOCKET s) { C z; CALL; }', '? ?*'],
		['void f(SOCKET s) { DWORD z[4] = { 1 }; CALL; }', '16 16*'],
		['void f(SOCKET s) { char z[8] = "abc"; CALL; }', '8 8*'],
		['void f(SOCKET s) { char z[2][8]; CALL; }', '16 16*'],
		['struct z { char a[12]; }; void f(SOCKET s) { struct z z; CALL; }', '12 12*'],
		['void f(SOCKET s) { GUID z[sizeof z]; CALL; }', '? ?*'],
	])('in %j', async (written, expected) => {
		const text = written.replace('CALL', 'WSAIoctl(s, SIO_KEEPALIVE_VALS, &z, sizeof z, 0, 0, 0, 0, 0)');
		const { calls } = await checked(checker, { name: 'x.cpp', text });
		const { length, pointer } = calls[0]?.input ?? {};
		const told = ({ x86, x64 }: { x86: number; x64: number }) => (x86 === x64 ? `${x64}` : `${x86}/${x64}`);
		const { capacity, declared } = pointer?.object ?? {};
		const size = length?.kind === 'known' ? length.values.map(told).join(' or ') : '?';
		expect(`${size} ${capacity ? told(capacity) : '?'}${pointer?.automatic ? '*' : ''}`).toBe(expected);
		if (declared) expect(text.slice(declared.start, declared.end)).toBe('z');
	});
});

describe('a size of which a part is not known', () => {
	it.each([
		['y', ''],
		['y + 12', '12 and y'],
		['12 + y', '12 and y'],
		['4 + (DWORD)(y + 8)', '12 and y'],
		['sizeof(void *) + y', '4/8 and y'],
		['z.len + 12', '12 and z.len'],
		['sizeof(unheard_of) + 12', '12 and surely sizeof(unheard_of)'],
		['sizeof(*unheard_of) + 12', '12 and surely sizeof(*unheard_of)'],
		['flag + y + 12', ''],
		['(flag ? 4 : 8) + 12', ''],
		['(flag ? 4 : 8) + y + 12', ''],
		['g() + 12', ''],
		['-y + 12', ''],
		['y + 0', ''],
		['y + 1', '1 and y'],
		['y - 12', ''],
		['y * 12', ''],
		['y + 1 + 1 + 1 + 1 + 1 + 1 + 1', '7 and y'],
		['y + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1', ''],
	])('%s is at least %s', async (size, expected) => {
		const { least } = (await inputOf('p', size, 'struct z z;', '', 'x.c'))?.size ?? {};
		const { x86, x64 } = least?.bytes ?? {};
		expect(
			least ? `${x86 === x64 ? x64 : `${x86}/${x64}`} and ${least.certain ? 'surely ' : ''}${least.more}` : '',
		).toBe(expected);
	});
});

describe('memory', () => {
	it.each([
		['an array', '&z', 'DWORD z[3];', '12'],
		['an element', '&z[1]', 'DWORD z[3];', '8'],
		['an element by adding', 'z + 1', 'DWORD z[3];', '8'],
		['the end', '&z[3]', 'DWORD z[3];', '0'],
		['an element that is not known', '&z[flag]', 'DWORD z[3];', '?'],
		['a member', '&z.keepalivetime', 'struct tcp_keepalive z;', '8'],
		['a member behind a pointer', '&z->keepalivetime', 'struct tcp_keepalive *z;', '?'],
		['a pointer', 'p', '', '?'],
		['an object', '&z', 'void *z;', '4/8'],
		['malloc', 'z', 'void *z = malloc(12);', '12'],
		['malloc of a size', 'z', 'void *z = malloc(3 * sizeof(void *));', '12/24'],
		['malloc of what is not known', 'z', 'void *z = malloc(y);', '?'],
		['malloc of nothing', 'z', 'void *z = malloc(0);', '0'],
		['malloc of most', 'z', 'void *z = malloc(0x7fffffff);', '2147483647'],
		['malloc of too much', 'z', 'void *z = malloc(0x80000000);', '?'],
		['malloc of less than nothing', 'z', 'void *z = malloc(-1);', '?'],
		['std::malloc', 'z', 'void *z = std::malloc(12);', '12'],
		['calloc', 'z', 'void *z = calloc(3, 4);', '12'],
		['calloc of what is not known', 'z', 'void *z = calloc(3, y);', '?'],
		['realloc', 'z', 'void *z = realloc(p, 12);', '12'],
		['alloca', 'z', 'void *z = alloca(12);', '12'],
		['_alloca', 'z', 'void *z = _alloca(12);', '12'],
		['_malloca', 'z', 'void *z = _malloca(12);', '12'],
		['LocalAlloc', 'z', 'void *z = LocalAlloc(LPTR, 12);', '12'],
		['GlobalAlloc', 'z', 'void *z = GlobalAlloc(GPTR, 12);', '12'],
		['HeapAlloc', 'z', 'void *z = HeapAlloc(GetProcessHeap(), 0, 12);', '12'],
		['CoTaskMemAlloc', 'z', 'void *z = CoTaskMemAlloc(12);', '12'],
		['VirtualAlloc', 'z', 'void *z = VirtualAlloc(NULL, 12, MEM_COMMIT, PAGE_READWRITE);', '12'],
		['ExAllocatePoolWithTag', 'z', "void *z = ExAllocatePoolWithTag(NonPagedPool, 12, 'x');", '12'],
		['ExAllocatePool2', 'z', "void *z = ExAllocatePool2(POOL_FLAG_NON_PAGED, 12, 'x');", '12'],
		['a function of another name', 'z', 'void *z = allocate(12);', '?'],
		['new', 'z', 'tcp_keepalive *z = new tcp_keepalive;', '12'],
		['new of several', 'z', 'DWORD *z = new DWORD[3];', '12'],
		['new of a number that is not known', 'z', 'DWORD *z = new DWORD[y];', '?'],
		['new of a type that is not known', 'z', 'unheard_of *z = new unheard_of;', '?'],
		['a vector', 'z.data()', 'std::vector<DWORD> z(3);', '12'],
		['an array of C++', 'z.data()', 'std::array<DWORD, 3> z;', '12'],
		['a member function of another name', 'z.other()', 'std::vector<DWORD> z(3);', '?'],
		['a cast', '(char *)&z', 'DWORD z[3];', '12'],
		['a copy of the pointer', 'q', 'DWORD z[3]; void *q = z;', '12'],
		['one of two', 'flag ? &z : &q', 'DWORD z[3], q[3];', '?'],
	])('%s', async (_, pointer, body, expected) => {
		expect(await capacityOf(pointer, body)).toBe(expected);
	});
});

describe('a size in C++', () => {
	const TYPES = `
struct base { ULONG a; char c; };
struct made { made(); ULONG a; char c; };
struct open_ended;
template <class T, size_t N> struct items { T list[N]; };
template <class T, class U = DWORD, int N = 2> struct both { T a; U b[N]; std::array<U, N> c; items<T, 4> d; };
template <class T> struct with_type { struct own { GUID x; }; T y; };
template <class T> struct some { T x; };
template <> struct some<int> { char x[7]; };
template <class... T> struct many { int x; };
template <class T> struct loop { loop<T *> next; };
struct derived : base { char d; };
struct nothing_new : made { };
struct something_new : made { char d; };
struct of_two : public base, public tcp_keepalive { };
struct of_two_more : public base, public derived { };
struct of_virtual : virtual base { };
struct of_unknown : unheard_of { int x; };
struct of_itself : of_itself { int x; };
struct of_header : OVERLAPPED { SOCKET s; of_header(); };
struct of_template : items<short, 3> { };
`;
	it.each([
		['a structure with a base', 'sizeof(derived)', '', '12'],
		['a base with a constructor', 'sizeof(nothing_new)', '', '8'],
		['a base with a constructor and more', 'sizeof(something_new)', '', '?'],
		['two bases', 'sizeof(of_two)', '', '20'],
		['two bases, one of them with a base', 'sizeof(of_two_more)', '', '?'],
		['a virtual base', 'sizeof(of_virtual)', '', '?'],
		['a base that is not known', 'sizeof(of_unknown)', '', '?'],
		['a base that is itself', 'sizeof(of_itself)', '', '?'],
		['a base of a header', 'sizeof(of_header)', '', '24/40'],
		['a base that is a template', 'sizeof(of_template)', '', '6'],
		['a member of a base', 'sizeof(z.a)', 'derived z;', '4'],
		['a member of a base that has more', 'sizeof z.c', 'something_new z;', '1'],
		['a template', 'sizeof(items<DWORD, 3>)', '', '12'],
		['a template of the library', 'sizeof(std::array<BYTE, 12>)', '', '12'],
		['a variable of a template', 'sizeof z', 'items<unsigned long, 3> z;', '12'],
		['a template of a constant', 'sizeof z', 'items<char, MAX_PATH> z;', '260'],
		['a template with a type of its own', 'sizeof z', 'with_type<DWORD> z;', '4'],
		['a template with defaults', 'sizeof z', 'both<char> z;', '24'],
		['a template of templates', 'sizeof z', 'items<items<short, 2>, 3> z;', '12'],
		['a template that is another one for some types', 'sizeof z', 'some<char> z;', '?'],
		['a template of any number', 'sizeof z', 'many<char> z;', '?'],
		['a template of too few', 'sizeof z', 'items<char> z;', '?'],
		['a template of an expression', 'sizeof z', 'items<char, 4 + 8> z;', '?'],
		['a template without an end', 'sizeof z', 'loop<char> z;', '?'],
		['a member of a template', 'sizeof z->list', 'items<DWORD, 3> *z;', '12'],
		['a member of the type that is given', 'sizeof(z.a)', 'both<SOCKET, char, 1> z;', '4/8'],
		['a std::array', 'sizeof z', 'std::array<unsigned long, 3> z;', '12'],
		['a copy of a std::array', 'sizeof z', 'std::array<DWORD, 3> q; auto z = q;', '12'],
		['a reference to a std::array', 'sizeof z', 'std::array<DWORD, 3> q; const auto &z = q;', '12'],
		['a reference to an array', 'sizeof z', 'DWORD q[3]; auto &z = q;', '12'],
		['a pointer to an array', 'sizeof z', 'DWORD q[3]; auto z = q;', '4/8'],
		['a std::array in a structure', 'sizeof z', 'struct { std::array<DWORD, 2> a; DWORD b; } z;', '12'],
		['an element', 'z.size() * sizeof(z[0])', 'std::array<DWORD, 3> z;', '12'],
		['a reference to a value', 'z', 'const DWORD &z = sizeof(GUID) - 4;', '12'],
		['a reference by auto to a value', 'z', 'const auto &z = DWORD{12};', '12'],
		['a reference to a variable', 'z', 'DWORD q = 4; const DWORD &z = q; q = 12;', '?'],
		['a reference that may be written', 'z', 'DWORD &&z = 12; g(z);', '?'],
		['std::size', 'std::size(z) * sizeof(*z)', 'DWORD z[3];', '12'],
		['std::size of a container', 'std::size(z)', 'std::vector<char> z(12);', '12'],
		['std::ssize', 'std::ssize(z)', 'char z[12];', '12'],
		['a vector in braces', 'z.size()', 'std::vector<DWORD> z{1, 2, 3};', '3'],
		['a vector of objects in braces', 'z.size()', 'std::vector<GUID> z{{}, {}};', '?'],
		['a vector that gets its length', 'z.size()', 'std::vector<char> z; z.resize(12);', '12'],
		['a vector that gets elements', 'z.size()', 'std::vector<char> z; z.assign(12, 0);', '12'],
		['a vector that is swapped', 'z.size()', 'std::vector<char> z(12); std::swap(z, q);', '?'],
		['a vector that is another one', 'z.size()', 'std::vector<char> z(12); z = q;', '?'],
		['a vector that may get its length', 'z.size()', 'std::vector<char> z; if (flag) z.resize(12);', '?'],
		['a vector that gets its length twice', 'z.size()', 'std::vector<char> z; z.resize(12); z.resize(y);', '?'],
		['a vector that gets its length and more', 'z.size()', 'std::vector<char> z; z.resize(12); z.push_back(1);', '?'],
		['a vector whose length is set behind', 'z.size()', 'std::vector<char> z(4); g(); if (y)', '4'],
		['a span of an array', 'z.size_bytes()', 'DWORD q[3]; std::span<DWORD> z(q);', '12'],
		['a span with a number', 'z.size_bytes()', 'DWORD q[9]; std::span<DWORD> z(q, 3);', '12'],
		['a span without a type', 'z.size_bytes()', 'DWORD q[9]; std::span z{q, 3};', '12'],
		['a span of a length', 'z.size_bytes()', 'std::span<DWORD, 3> z(p);', '12'],
		['a span of constants', 'z.size_bytes()', 'DWORD q[3]; std::span<const DWORD> z = q;', '12'],
		['a span of a vector', 'z.size_bytes()', 'std::vector<DWORD> q(3); auto z = std::span(q);', '12'],
		['a span of what is not known', 'z.size_bytes()', 'std::span<DWORD> z(p, y);', '?'],
		['a span that is given', 'z.size_bytes()', 'std::span<DWORD> z = spanned();', '?'],
		['its elements', 'z.size()', 'DWORD q[3]; gsl::span<DWORD> z(q);', '3'],
		['a span by auto', 'z.size_bytes()', 'DWORD q[3]; auto z = std::span(q);', '12'],
		['bytes of a span', 'z.size()', 'DWORD q[3]; auto z = std::as_bytes(std::span(q));', '12'],
		['a span on the spot', 'std::span(q).size_bytes()', 'DWORD q[3];', '12'],
		['what a pointer owns', 'sizeof(*z.get())', 'std::unique_ptr<GUID> z;', '16'],
		['what a pointer by auto owns', 'sizeof(*z.get())', 'auto z = std::make_unique<GUID>();', '16'],
		['the least', 'std::min(7, 12)', '', '7'],
		['the most', '(std::max)(7, 12)', '', '12'],
		['an element of a vector', 'sizeof(z[0])', 'std::vector<DWORD> z;', '4'],
		['a bit of a vector', 'sizeof(z[0])', 'std::vector<bool> z;', '?'],
		['a character', 'sizeof(z[0])', 'std::string z;', '1'],
		['an element of another template', 'sizeof(z[0])', 'std::map<int, int> z;', '?'],
		['what data leads to', 'sizeof(*z.data())', 'std::vector<GUID> z;', '16'],
		['what the data of an array leads to', 'sizeof(*z.data())', 'std::array<GUID, 2> z;', '16'],
		['what std::data leads to', 'sizeof(*std::data(z))', 'GUID z[3];', '16'],
		['a member behind an operator', 'sizeof(z->a)', 'struct { char a; GUID *operator->(); } z;', '?'],
		['an object that has functions', 'z', 'std::atomic<DWORD> z = 12;', '?'],
		['a type that is not known', 'z', 'COUNT z = 12;', '12'],
		['a std::array of a constant', 'sizeof z', 'std::array<WORD, MAX_PATH> z;', '520'],
		['a vector by auto', 'z.size()', 'auto z = std::vector<char>(12);', '12'],
		['a vector by auto in braces', 'z.size()', 'auto z = std::vector<DWORD>{1, 2, 3};', '3'],
		['a copy of a vector', 'z.size()', 'std::vector<DWORD> q(3); auto z = q;', '3'],
		['a vector of one value', 'z.size()', 'std::vector<char> z(12, 0);', '12'],
		['a vector of a range', 'z.size()', 'std::vector<char> z(3, q, r);', '?'],
		['a vector of nothing', 'z.size()', 'auto z = std::vector<char>();', '?'],
		['a vector of a range in braces', 'z.size()', 'std::vector<char> z{q.begin(), q.end()};', '?'],
		['a vector of objects with a number', 'z.size()', 'std::vector<GUID> z{12};', '?'],
		['a vector that is asked more', 'z.size(1)', 'std::vector<char> z(12);', '?'],
		['what else a vector is asked', 'z.max_size()', 'std::vector<char> z(12);', '?'],
		['a vector that is looked at', 'z.size()', 'std::vector<char> z; z.resize(12); z.data();', '12'],
		['a vector that loses an element', 'z.size()', 'std::vector<char> z(12); z.pop_back();', '?'],
		['a vector of too many', 'z.size()', 'std::vector<char> z(-1);', '?'],
		['a vector of none', 'z.size()', 'std::vector<char> z(0);', '0'],
		['a vector of pointers', 'z.size()', 'std::vector<char> z(sizeof(p));', '4/8'],
		['bytes of pointers', 'z.size_bytes()', 'std::span<WORD> z{q, sizeof(p)};', '8/16'],
		['a span of a pointer', 'z.size_bytes()', 'DWORD *q = list(); std::span z(q, 3);', '12'],
		['a span by auto with a type', 'z.size_bytes()', 'auto z = std::span<DWORD>(list(), 3);', '12'],
		['a text of the library', 'z.size()', 'std::string z(12, 0);', '12'],
		['a span of itself', 'z.size_bytes()', 'std::span<DWORD> z(z);', '?'],
	])('%s', async (_, size, body, expected) => {
		expect(await sizeOf(size, body, TYPES, 'x.cpp')).toBe(expected);
	});
	it.each([
		['a span', 'z.data()', 'DWORD q[3]; std::span<DWORD> z(q);', '12'],
		['std::data', 'std::data(z)', 'DWORD z[3];', '12'],
		['one object', 'z.get()', 'auto z = std::make_unique<GUID>();', '16'],
		['one new object', 'z.get()', 'std::unique_ptr<GUID> z(new GUID);', '16'],
		['some objects', 'z.get()', 'auto z = std::make_unique<GUID[]>(2);', '32'],
		['objects that somebody else frees', 'z.get()', 'std::unique_ptr<DWORD[], D> z(new DWORD[3], d);', '?'],
		['an object that somebody else made', 'z.get()', 'std::unique_ptr<GUID> z = given();', '?'],
	])('memory of %s', async (_, pointer, body, expected) => {
		expect(await capacityOf(pointer, body)).toBe(expected);
	});
});
