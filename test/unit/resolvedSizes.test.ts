/** Sizes and codes of C++ that stand in tables, behind owners of objects and in variables made with parentheses. */
import { afterAll, expect, it } from 'vitest';
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
])('%s', async (_, before, body, expected) => {
	const text = `${before}\nvoid f(SOCKET s, DWORD y, void *p)\n{\n\tDWORD n;\n\t${body}\n}\n`;
	const { calls } = await checked(checker, { name: 'x.cpp', text });
	const [only] = calls;
	const length = only?.input?.length;
	const size = length?.kind === 'known' ? length.values.map((v) => v.x64).join('|') : '?';
	expect(calls.map((c) => `${c.code.entry?.name ?? '-'} ${size}`)).toEqual([expected]);
});

it('takes a variable made with parentheses for one that has a value', async () => {
	const text = 'void f(SOCKET s, DWORD y)\n{\n\tunsigned long x(y);\n\tif (ioctlsocket(s, FIONBIO, &x)) return;\n}\n';
	expect((await checked(checker, { name: 'x.cpp', text })).findings).toEqual([]);
});
