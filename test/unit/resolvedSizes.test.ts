/** Sizes and codes of C++ that stand in tables, behind owners of objects and in variables made with parentheses. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const call = (code: string, pointer: string, size: string) =>
	`WSAIoctl(s, ${code}, ${pointer}, ${size}, NULL, 0, &n, NULL, NULL);`;

it.each<[string, string, string, string]>([
	['a variable made with parentheses', '', `unsigned long x(y); ${call('FIONBIO', '&x', 'sizeof x')}`, 'FIONBIO 4'],
	['a function that is declared', '', `unsigned long x(DWORD); ${call('FIONBIO', '&y', 'sizeof(x)')}`, 'FIONBIO ?'],
	[
		'a constant that is set first',
		'',
		`size_t count = 3; ${call('SIO_KEEPALIVE_VALS', 'p', 'count * sizeof(DWORD)')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a table of one code',
		'static const DWORD codes[] = { SIO_RCVALL, SIO_RCVALL };',
		`for (int i = 0; i < 2; i++) ${call('codes[i]', '&n', '4')}`,
		'SIO_RCVALL 4',
	],
	[
		'a table of several codes',
		'static const DWORD codes[] = { SIO_RCVALL, SIO_FLUSH };',
		`for (int i = 0; i < 2; i++) ${call('codes[i]', '&n', '4')}`,
		'- 4',
	],
	[
		'an element of it',
		'static const DWORD codes[] = { SIO_RCVALL, SIO_FLUSH };',
		call('codes[1]', '&n', '4'),
		'SIO_FLUSH 4',
	],
	[
		'the first element of it',
		'static const DWORD codes[] = { SIO_RCVALL, SIO_FLUSH };',
		call('codes[0]', '&n', '4'),
		'SIO_RCVALL 4',
	],
	[
		'a table that is not written out',
		'static const DWORD codes[3] = { SIO_RCVALL };',
		`for (int i = 0; i < 2; i++) ${call('codes[i]', '&n', '4')}`,
		'- 4',
	],
	['a table that may be written', 'static DWORD codes[] = { SIO_RCVALL };', call('codes[0]', '&n', '4'), '- 4'],
	[
		'rows of a table',
		'struct row { DWORD code, size; };\nstatic const row rows[] = { { SIO_RCVALL, 4 }, { SIO_RCVALL, 4 } };',
		`for (int i = 0; i < 2; i++) ${call('rows[i].code', '&n', 'rows[i].size')}`,
		'SIO_RCVALL 4',
	],
	[
		'rows that name their members',
		'static const struct { DWORD size, code; } row = { .size = 4, .code = SIO_RCVALL };',
		call('row.code', '&n', 'row.size'),
		'SIO_RCVALL 4',
	],
	[
		'each of a table',
		'static const DWORD codes[] = { SIO_RCVALL };',
		`for (auto code : codes) ${call('code', '&n', '4')}`,
		'SIO_RCVALL 4',
	],
	[
		'an object that is owned',
		'',
		`auto owned = std::make_unique<tcp_keepalive>(); ${call('SIO_KEEPALIVE_VALS', 'owned.get()', 'sizeof(*owned)')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a member of one',
		'struct settings { struct tcp_keepalive keep; };',
		`std::shared_ptr<settings> owned; ${call('SIO_KEEPALIVE_VALS', '&owned->keep', 'sizeof(owned->keep)')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'an alignment of its own',
		'struct __declspec(align(16)) aligned { DWORD a, b, c; };',
		`aligned a; ${call('SIO_KEEPALIVE_VALS', '&a', 'sizeof a')}`,
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'an alignment in front of its declaration',
		'typedef __declspec(align(16)) struct aligned { DWORD a, b, c; } aligned;',
		`aligned a; ${call('SIO_KEEPALIVE_VALS', '&a', 'sizeof a')}`,
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'an alignment behind its members',
		'typedef struct { DWORD a, b, c; } __attribute__((aligned(16))) aligned;',
		`aligned a; ${call('SIO_KEEPALIVE_VALS', '&a', 'sizeof a')}`,
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'an alignment of a member',
		'struct aligned { DWORD a; alignas(16) DWORD b; DWORD c; };',
		`aligned a; ${call('SIO_KEEPALIVE_VALS', '&a', 'sizeof a')}`,
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'an alignment of a member, as old compilers have it',
		'struct aligned { DWORD a; __declspec(align(16)) DWORD b; DWORD c; };',
		`aligned a; ${call('SIO_KEEPALIVE_VALS', '&a', 'sizeof a')}`,
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'a variable that is aligned',
		'',
		`alignas(16) BYTE a[12]; ${call('SIO_KEEPALIVE_VALS', 'a', 'sizeof a')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a variable that is aligned, as old compilers have it',
		'',
		`__declspec(align(16)) static BYTE a[12]; ${call('SIO_KEEPALIVE_VALS', 'a', 'sizeof a')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a member by the name of its class',
		'struct settings { struct tcp_keepalive keep; };',
		call('SIO_KEEPALIVE_VALS', 'p', 'sizeof(settings::keep)'),
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a static member',
		'struct settings { static struct tcp_keepalive keep; };',
		call('SIO_KEEPALIVE_VALS', 'p', 'sizeof(settings::keep)'),
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a constant of a class',
		'struct settings { static const DWORD size = 12; };',
		call('SIO_KEEPALIVE_VALS', 'p', 'settings::size'),
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a static member that is no constant',
		'struct settings { inline static DWORD size = 12; };',
		call('SIO_KEEPALIVE_VALS', 'p', 'settings::size'),
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'a member of a base by the name of the class',
		'struct base { struct tcp_keepalive keep; };\nstruct first { int a; };\nstruct settings : first, base { };',
		call('SIO_KEEPALIVE_VALS', 'p', 'sizeof(settings::keep)'),
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a member of a class of a space',
		'struct settings { int a; };\nnamespace n { struct settings { struct tcp_keepalive keep; }; }',
		call('SIO_KEEPALIVE_VALS', 'p', 'sizeof(n::settings::keep)'),
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a type of a space that nobody knows',
		'',
		call('SIO_KEEPALIVE_VALS', 'p', 'sizeof(other::keep)'),
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'a member by a macro of the headers',
		'struct settings { BYTE other[5]; struct tcp_keepalive keep; };',
		call('SIO_KEEPALIVE_VALS', 'p', 'RTL_FIELD_SIZE(settings, keep)'),
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a macro of the file under that name',
		'struct settings { struct tcp_keepalive keep; };\n#define RTL_FIELD_SIZE(type, field) 7',
		call('SIO_KEEPALIVE_VALS', 'p', 'RTL_FIELD_SIZE(settings, keep)'),
		'SIO_KEEPALIVE_VALS 7',
	],
	[
		'the type of an object',
		'',
		`struct tcp_keepalive keep; ${call('SIO_KEEPALIVE_VALS', '&keep', 'sizeof(decltype(keep))')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'an element of an array of the library',
		'',
		`std::array<INTERFACE_INFO, 2> list; ${call('SIO_KEEPALIVE_VALS', 'list.data()', 'list.size() * sizeof(list[0])')}`,
		'SIO_KEEPALIVE_VALS 152',
	],
	[
		'a type that a macro names',
		'#define WS(x) x\ntypedef ULONG WS(u_long);\ntypedef int (sockaddr_in)(void);',
		`u_long on = 1; ${call('FIONBIO', '&on', 'sizeof on')}`,
		'FIONBIO 4',
	],
	[
		'a structure of the headers whose name is read as a function’s',
		'typedef int (SOCKADDR_IN)(void);',
		`SOCKADDR_IN to = { 0 }; ${call('SIO_ROUTING_INTERFACE_CHANGE', '&to', 'sizeof to')}`,
		'SIO_ROUTING_INTERFACE_CHANGE 16',
	],
	[
		'an exported structure',
		'struct __declspec(dllexport) exported { DWORD a, b, c; };',
		`exported a; ${call('SIO_KEEPALIVE_VALS', '&a', 'sizeof a')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a pointer with a convention',
		'typedef BOOL (WINAPI *F)(SOCKET);\nstatic F fn;',
		call('SIO_KEEPALIVE_VALS', '&fn', 'sizeof(fn)'),
		'SIO_KEEPALIVE_VALS 8',
	],
	[
		'a macro that names a local object',
		'#define SIZE sizeof(keep)',
		`struct tcp_keepalive keep; ${call('SIO_KEEPALIVE_VALS', '&keep', 'SIZE')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a macro that names one and takes arguments',
		'#define SIZE(n) (sizeof(keep) + (n))',
		`struct tcp_keepalive keep; ${call('SIO_KEEPALIVE_VALS', '&keep', 'SIZE(4)')}`,
		'SIO_KEEPALIVE_VALS 16',
	],
	[
		'a macro that names an object that is not there',
		'#define SIZE sizeof(keep)',
		call('SIO_KEEPALIVE_VALS', 'p', 'SIZE'),
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'a macro that names itself',
		'#define SIZE sizeof(SIZE)',
		call('SIO_KEEPALIVE_VALS', 'p', 'SIZE'),
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'a member that a condition may leave out',
		'struct settings {\n#ifdef OWN\n	struct tcp_keepalive keep;\n#endif\n};',
		call('SIO_KEEPALIVE_VALS', 'p', 'sizeof(settings::keep)'),
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a member of an object that a condition may leave out',
		'struct settings {\n	DWORD a;\n#if defined(_WIN32) && OWN()\n	struct tcp_keepalive keep;\n#endif\n};',
		`settings *p = get(); ${call('SIO_KEEPALIVE_VALS', '&p->keep', 'sizeof(p->keep)')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a member of an object that differs between the branches',
		'struct settings {\n#ifdef OWN\n	BYTE keep[12];\n#else\n	BYTE keep[16];\n#endif\n};',
		`settings *p = get(); ${call('SIO_KEEPALIVE_VALS', 'p->keep', 'sizeof(p->keep)')}`,
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'a member of nameless structures that differ between the branches',
		'struct settings {\n#ifdef OWN\n	struct { BYTE keep[12]; };\n#else\n	struct { BYTE keep[16]; };\n#endif\n};',
		`settings *p = get(); ${call('SIO_KEEPALIVE_VALS', 'p->keep', 'sizeof(p->keep)')}`,
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'an object of which a condition may leave out a member',
		'struct settings {\n	DWORD a[3];\n#ifdef OWN\n	DWORD b;\n#endif\n};',
		`settings p; ${call('SIO_KEEPALIVE_VALS', '&p', 'sizeof(p)')}`,
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'a member of a class that nothing is derived from',
		'class UDP final : public Socket { public: struct tcp_keepalive keep; };',
		`UDP *p = get(); ${call('SIO_KEEPALIVE_VALS', '&p->keep', 'sizeof(p->keep)')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a member of two branches',
		'struct settings {\n#ifdef OWN\n	BYTE keep[12];\n#else\n	BYTE keep[12];\n#endif\n};',
		call('SIO_KEEPALIVE_VALS', 'p', 'sizeof(settings::keep)'),
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a member that differs between the branches',
		'struct settings {\n#ifdef OWN\n	BYTE keep[12];\n#else\n	BYTE keep[16];\n#endif\n};',
		call('SIO_KEEPALIVE_VALS', 'p', 'sizeof(settings::keep)'),
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'a member that differs between more branches',
		'struct settings {\n#if OWN == 1\n	BYTE keep[12];\n#elif OWN == 2\n	BYTE keep[12];\n#else\n	BYTE keep[16];\n#endif\n};',
		call('SIO_KEEPALIVE_VALS', 'p', 'sizeof(settings::keep)'),
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'numbers of the C++ library',
		'',
		`std::uint32_t keep[3]; ${call('SIO_KEEPALIVE_VALS', 'keep', 'sizeof keep')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'bytes of the C++ library',
		'',
		`std::byte keep[12]; ${call('SIO_KEEPALIVE_VALS', 'keep', 'sizeof keep')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'numbers whose size the compiler chooses',
		'',
		`std::uint_fast16_t keep[3]; ${call('SIO_KEEPALIVE_VALS', 'keep', 'sizeof keep')}`,
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'a type of the file’s own under a name of the C++ library',
		'namespace std { struct byte { DWORD a; }; }',
		`std::byte keep[3]; ${call('SIO_KEEPALIVE_VALS', 'keep', 'sizeof keep')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'the type of a function’s address',
		'',
		`decltype(&AcceptEx) fn = nullptr; ${call('SIO_KEEPALIVE_VALS', '&fn', 'sizeof(fn)')}`,
		'SIO_KEEPALIVE_VALS 8',
	],
	[
		'the type of the address of a function of everybody',
		'',
		`decltype(&::AcceptEx) fn = nullptr; ${call('SIO_KEEPALIVE_VALS', '&fn', 'sizeof(fn)')}`,
		'SIO_KEEPALIVE_VALS 8',
	],
	[
		'the type of the address of a function under the name of the variable',
		'struct own { decltype(&AcceptEx) AcceptEx; };',
		`decltype(&AcceptEx) AcceptEx = nullptr; ${call('SIO_KEEPALIVE_VALS', '&AcceptEx', 'sizeof(AcceptEx)')}`,
		'SIO_KEEPALIVE_VALS 8',
	],
	[
		'the type of an object’s address',
		'',
		`struct tcp_keepalive keep; decltype(&keep) q = &keep; ${call('SIO_KEEPALIVE_VALS', 'q', 'sizeof(*q)')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'the type of a member’s address',
		'struct settings { void run(); };',
		`decltype(&settings::run) fn = nullptr; ${call('SIO_KEEPALIVE_VALS', '&fn', 'sizeof(fn)')}`,
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'a number that is checked to fit',
		'',
		call('SIO_KEEPALIVE_VALS', 'p', 'gsl::narrow<DWORD>(sizeof(tcp_keepalive))'),
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a number that is checked to fit, by another library',
		'',
		call('SIO_KEEPALIVE_VALS', 'p', 'boost::numeric_cast<DWORD>(sizeof(tcp_keepalive))'),
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a conversion that changes the number',
		'',
		call('SIO_KEEPALIVE_VALS', 'p', 'std::chrono::duration_cast<DWORD>(12)'),
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'a function of the file’s own called as a conversion',
		'',
		call('SIO_KEEPALIVE_VALS', 'p', 'narrow<DWORD>(12)'),
		'SIO_KEEPALIVE_VALS ?',
	],
	[
		'an assignment as an argument',
		'',
		`DWORD size; ${call('SIO_KEEPALIVE_VALS', 'p', 'size = 12')}`,
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'an assignment that adds',
		'',
		`DWORD size = 4; ${call('SIO_KEEPALIVE_VALS', 'p', 'size += 12')}`,
		'SIO_KEEPALIVE_VALS ?',
	],
	['the size of a buffer of the C library', '', call('SIO_KEEPALIVE_VALS', 'p', 'BUFSIZ'), 'SIO_KEEPALIVE_VALS 512'],
	[
		'such a name of the file’s own',
		'#define BUFSIZ 12',
		call('SIO_KEEPALIVE_VALS', 'p', 'BUFSIZ'),
		'SIO_KEEPALIVE_VALS 12',
	],
	[
		'a pointer with a convention, local and with a value',
		'',
		`BOOL (WINAPI *fn)(SOCKET to, DWORD n) = NULL; ${call('SIO_KEEPALIVE_VALS', '&fn', 'sizeof(fn)')}`,
		'SIO_KEEPALIVE_VALS 8',
	],
	[
		'a pointer with a convention to what returns a structure',
		'struct LARGE { DWORD a[9]; };',
		`struct LARGE (WINAPI *fn)(SOCKET to, DWORD n) = NULL; ${call('SIO_KEEPALIVE_VALS', '&fn', 'sizeof(fn)')}`,
		'SIO_KEEPALIVE_VALS 8',
	],
	[
		'a call of something called as its type',
		'',
		`int fn = 0; RUN (WINAPI * fn); ${call('SIO_KEEPALIVE_VALS', '&fn', 'sizeof(fn)')}`,
		'SIO_KEEPALIVE_VALS 4',
	],
])('%s', async (_, before, body, expected) => {
	const text = `${before}\nvoid f(SOCKET s, DWORD y, void *p)\n{\n\tDWORD n;\n\t${body}\n}\n`;
	const { calls } = await checked(checker, { name: 'x.cpp', text });
	const [only] = calls;
	const length = only?.input?.length;
	const size = length?.kind === 'known' ? length.values.map((v) => v.x64).join('|') : '?';
	expect(calls.map((c) => `${c.code.entry?.name ?? '-'} ${size}`)).toEqual([expected]);
});

it('reads the body behind what a constructor initialises with braces', async () => {
	const text =
		'struct K : B<int> { tcp_keepalive keep; K(SOCKET); };\nK::K(SOCKET s) : B<int>{s}, keep{1, 2, 3}\n{\n\tDWORD n;\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &keep, sizeof(keep), 0, 0, &n, 0, 0);\n}\n';
	const { calls } = await checked(checker, { name: 'x.cpp', text });
	expect(calls.map((call) => [call.enclosing, call.input?.length.kind])).toEqual([['K::K', 'known']]);
});

it('takes a variable made with parentheses for one that has a value', async () => {
	const text = 'void f(SOCKET s, DWORD y)\n{\n\tunsigned long x(y);\n\tif (ioctlsocket(s, FIONBIO, &x)) return;\n}\n';
	expect((await checked(checker, { name: 'x.cpp', text })).findings).toEqual([]);
});

describe('memory that is measured by its own pointer', () => {
	it.each([
		['in its declaration', 'struct tcp_keepalive *k = malloc(sizeof(*k));'],
		['in an assignment', 'struct tcp_keepalive *k; k = calloc(1, sizeof *k);'],
	])('%s', async (_, made) => {
		const text = `void f(SOCKET s, DWORD n) { ${made} WSAIoctl(s, SIO_KEEPALIVE_VALS, k, 64, NULL, 0, &n, NULL, NULL); }\n`;
		const { calls } = await checked(checker, { name: 'x.c', text });
		expect(calls[0]?.input?.pointer.object?.capacity).toEqual({ x86: 12, x64: 12, arm64: 12 });
	});
});
