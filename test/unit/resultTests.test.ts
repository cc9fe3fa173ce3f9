/** What the result of a call is taken for: forms that are certainly wrong, and their neighbours that are right. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

/** The texts of `result-misread` findings, with their severities where those are no warnings. */
async function misread(name: string, text: string): Promise<string[]> {
	const { calls, findings } = await checked(checker, { name, text });
	expect(calls.length).toBeGreaterThan(0);
	return findings
		.filter((f) => f.rule === 'result-misread')
		.map((f) => `${f.severity === 'warning' ? '' : `${f.severity}: `}${text.slice(f.start, f.end)}`);
}

/** Who is given a result and says itself what is failure: 0 for the first three, anything else for the fourth. */
const TESTERS = `
#define MUST(x) do { if (!(x)) { printf("%s: %d", #x, WSAGetLastError()); return -1; } } while (0)
#define HOLDS(x) { BOOL ok_ = (x); if (ok_ == FALSE) abort(); }
static void need(int level, BOOL ok) { if (!ok) exit(level); }
#define NONE(x) if (x) { log_error(#x, WSAGetLastError()); }
static int is_ok(int rc) { if (!rc) return 1; log_error("is_ok", WSAGetLastError()); return 0; }
#define IS_OK(x) if (!(x)) { good(); } else { log_error(#x, WSAGetLastError()); }
#ifdef TRACE
#define EITHER(x) if (x) { log_error(#x, WSAGetLastError()); }
#else
#define EITHER(x) if (!(x)) { log_error(#x, WSAGetLastError()); }
#endif
`;

/** `F()` stands for the call. */
const inC = (body: string): string =>
	`#define ONE 1\n${TESTERS}void log_error(const char *what, int error);\nint f(SOCKET s, u_long *on)\n{\n\t${body.replaceAll('F()', 'ioctlsocket(s, FIONBIO, on)')}\n\treturn 0;\n}\n`;

const back = (texts: readonly string[]): string[] => texts.map((text) => text.replace(/ioctlsocket\([^()]*\)/g, 'F()'));

describe.each(['c', 'cpp'])('%s', (ending) => {
	it.each([
		['return F() == TRUE;', 'F() == TRUE'],
		['return 1 == F();', '1 == F()'],
		['if (F() != TRUE) return -1;', 'F() != TRUE'],
		['if ((int)F() == ONE) return 1;', '(int)F() == ONE'],
		['int r; r = F(); if (r == TRUE) return 0;', 'r == TRUE'],
		['int r; if ((r = F()) == TRUE) return 1;', '(r = F()) == TRUE'],
		['BOOL ok = F(); if (!ok) { log_error("x", WSAGetLastError()); return -1; }', '!ok'],
		['if (!F()) { printf("failed\\n"); printf("%d", WSAGetLastError()); }', '!F()'],
		['if (F() == 0) { int error = GetLastError(); return error; }', 'F() == 0'],
		['if (F() != SOCKET_ERROR) { fprintf(stderr, "%d", WSAGetLastError()); }', 'F() != SOCKET_ERROR'],
		['if (s && !F()) { return WSAGetLastError(); }', 's && !F()'],
		['if (F()) { return 1; } else { log_error("x", WSAGetLastError()); }', 'F()'],
		['if (F()) return 1; log_error("x", WSAGetLastError());', 'F()'],
		['if (!F()) { WriteLog("x"); std::string t = FormatMessageText(1); return WSAGetLastError(); }', '!F()'],
		['return F() ? 0 : WSAGetLastError();', 'F()'],
		['RETURN_IF_WIN32_BOOL_FALSE(F());', 'RETURN_IF_WIN32_BOOL_FALSE(F())'],
		['THROW_LAST_ERROR_IF_FALSE(F());', 'THROW_LAST_ERROR_IF_FALSE(F())'],
		['ThrowIfWin32BoolFalse(F());', 'ThrowIfWin32BoolFalse(F())'],
		['int r = F(); CHECK_BOOL(r);', 'r'],
		['if (!F() == SOCKET_ERROR) return 1;', '!F() == SOCKET_ERROR'],
		['if (F() == WSAEWOULDBLOCK) return 1;', 'F() == WSAEWOULDBLOCK'],
		['if (F() > 0) return 1;', 'F() > 0'],
		['DWORD r = F(); if (r < 0) return 1;', 'r < 0'],
		['unsigned r; r = F(); if (r >= 0) return 1;', 'r >= 0'],
		['MUST(F());', 'MUST(F())'],
		['HOLDS(F());', 'HOLDS(F())'],
		['need(1, F());', 'need(1, F())'],
		['NONE(!F());', '!F()'],
		['assert(F());', 'assert(F())'],
		['switch (F()) { case WSAEWOULDBLOCK: return 1; case 0: return 0; }', 'WSAEWOULDBLOCK'],
		['int r = F(); switch (r) { case SOCKET_ERROR: return 1; case TRUE: return 0; }', 'TRUE'],
		['THROW_LAST_ERROR_IF(!F());', '!F()'],
		['bool ok = !!F(); return ok;', '!!F()'],
		['return !!F();', 'info: !!F()'],
		['int r = !!F(); if (!r) { int e = WSAGetLastError(); return e; }', '!r'],
	])('reports %s', async (body, found) => {
		expect(back(await misread(`x.${ending}`, inC(body)))).toEqual([found]);
	});

	it.each([
		'return F() == 0;',
		'if (F() < 0) return WSAGetLastError();',
		'if (F() == -1) return WSAGetLastError();',
		'if (F() != 0) return WSAGetLastError();',
		'if (0 > F()) return WSAGetLastError();',
		'int r = F(); if (!r) return 0; return WSAGetLastError();',
		'int r = F(); if (r) { log_error("x", WSAGetLastError()); } return r;',
		'if (F() == 0) { if (connect(s, 0, 0)) return WSAGetLastError(); }',
		'int r = F(); if (r == SOCKET_ERROR) r = WSAGetLastError(); if (r == WSAEWOULDBLOCK) return 1;',
		'if (F() == 0 || WSAGetLastError() == WSAEINPROGRESS) return 1;',
		'if (F() != SOCKET_ERROR) return 1; return WSAGetLastError();',
		'if (F() == SOCKET_ERROR || connect(s, 0, 0)) return WSAGetLastError();',
		'bool failed = F(); if (failed == true) return WSAGetLastError();',
		'RETURN_IF_WIN32_BOOL_FALSE(F() == 0); ASSERT_FALSE(F()); return F() == 0 ? 0 : WSAGetLastError();',
		'int r = F(); r = connect(s, 0, 0); if (r == 1) return 0;',
		'int r = F(); int other = connect(s, 0, 0); if (!r) return WSAGetLastError();',
		'int r = F(); again: if (r == 1) return 0; r = connect(s, 0, 0); goto again;',
		'int r = F(); ok(!r, "failed %d", WSAGetLastError()); ok(!r || WSAGetLastError() == WSAEINVAL, "y");',
		'if (!!F()) return WSAGetLastError();',
		'DWORD r = F(); if (r > 0) return WSAGetLastError();',
		'if ((unsigned)F() >= 1) return WSAGetLastError();',
		'SOME_TYPE r = F(); if (r > 0) return 1;',
		'MUST(F() == 0); HOLDS(!F()); need(F(), 1); NONE(F()); NONE(F() != 0); EITHER(F()); is_ok(F()); IS_OK(F());',
		'switch (F()) { case 0: return 0; case SOCKET_ERROR: return 1; default: return 2; }',
		'int r = F(); if (r) r = WSAGetLastError(); switch (r) { case WSAEWOULDBLOCK: return 1; }',
		'switch (F() ? WSAGetLastError() : 0) { case WSAEWOULDBLOCK: return 1; }',
		'assert(!F()); assert(F() == 0); THROW_LAST_ERROR_IF(F()); THROW_LAST_ERROR_IF(F() == SOCKET_ERROR);',
		'if (F() == SOCKET_ERROR) { return 1; } if (!SetHandleInformation((HANDLE)s, 1, 0)) return GetLastError();',
		'if (F() == 0) { CreateLog("x"); return WSAGetLastError(); }',
	])('is silent about %s', async (body) => {
		expect(await misread(`x.${ending}`, inC(body))).toEqual([]);
	});
});

it.each([
	['bool ok = static_cast<bool>(F()); if (!ok) throw error(WSAGetLastError());', ['!ok']],
	['if (::F() == true) return 1;', ['::F() == true']],
	['if (const auto r = ::F(); r == 1) return 1;', ['r == 1']],
	['if (int r = ::F()) { throw error(WSAGetLastError()); }', []],
	['auto check = [&] { return F(); }; if (check() == 1) return 1;', []],
])('C++: %s', async (body, found) => {
	expect(back(await misread('x.cpp', inC(body)))).toEqual(found);
});

it('an NTSTATUS is no BOOL and no SOCKET_ERROR, and has values of its own', async () => {
	const text = (test: string) =>
		`NTSTATUS f(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, SIZE_T *Backlog, PIRP Irp)\n{\n\tNTSTATUS r = Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_QUERY_RECEIVE_BACKLOG, 0, 0, NULL, sizeof(*Backlog), Backlog, NULL, Irp);\n\t${test}\n\treturn r;\n}\n`;
	const tests = [
		'if (r == SOCKET_ERROR) return 1;',
		'if (r == TRUE) return 1;',
		'if (r == STATUS_PENDING) return 1;',
		'if (r < 0) return 1;',
		'if (!r) return 1;',
		'if (r > 0) return 1;',
	];
	const found = await Promise.all(tests.map((test) => misread('x.c', text(test))));
	expect(found).toEqual([['r == SOCKET_ERROR'], ['r == TRUE'], [], [], [], []]);
});

describe('typescript', () => {
	const inTs = (body: string): string =>
		`import { ioctlsocket, WSAGetLastError, SOCKET_ERROR, WSAEWOULDBLOCK } from './winsock';\nexport function f(s: bigint): unknown {\n\t${body.replaceAll('F()', 'ioctlsocket(s, 0x8004667e, [1])')}\n}\n`;
	const backTs = (texts: readonly string[]) =>
		texts.map((text) => text.replaceAll('ioctlsocket(s, 0x8004667e, [1])', 'F()'));

	it.each([
		['return F() === 1;', 'F() === 1'],
		['return F() == true;', 'F() == true'],
		['const ok = F(); if (!ok) throw new Error(`failed ` + WSAGetLastError());', '!ok'],
		['if (!F()) { console.log(WSAGetLastError()); }', '!F()'],
		['const ok = !!F(); return ok;', '!!F()'],
		['const r = F() as number; if (r === WSAEWOULDBLOCK) return 1;', 'r === WSAEWOULDBLOCK'],
		['return F() ? 0 : WSAGetLastError();', 'F()'],
		['if (F() !== SOCKET_ERROR) { throw new Error(String(WSAGetLastError())); }', 'F() !== SOCKET_ERROR'],
	])('reports %s', async (body, found) => {
		expect(backTs(await misread('x.ts', inTs(body)))).toEqual([found]);
	});

	it.each([
		'if (F() === -1) throw new Error(String(WSAGetLastError()));',
		'const r = F(); if (r !== 0) throw new Error(String(WSAGetLastError()));',
		'return !F();',
		'return Boolean(F());',
		'let r = F(); r = other(); if (r === 1) return 1;',
	])('is silent about %s', async (body) => {
		expect(await misread('x.ts', inTs(body))).toEqual([]);
	});
});

/** What is told of the result of the first call of a text. */
async function told(name: string, text: string): Promise<string> {
	const { resultUsed, resultTests } = (await checked(checker, { name, text })).calls[0] ?? { resultTests: [] };
	const tests = resultTests.map((test) =>
		['kind', 'value', 'by']
			.flatMap((key) => Object.entries(test).flatMap(([k, v]) => (k === key ? [v] : [])))
			.join(' '),
	);
	return [resultUsed ? 'used' : 'unused', ...tests].join(' ');
}

/** Who is given a result, with what of it is taken for failure. */
const GIVEN = `#define CHECK(x) if (!(x)) fail(GetLastError())
#define MUST(x) do { if ((x) != 0) fail(WSAGetLastError()); } while (0)
#define ASSIGN(x) { BOOL ok = (x); if (!ok) abort(); }
#define OK(x) use(x)
#define EITHER(x) x || exit(1)
#define TERNARY(x) ((x) ? 0 : throw_it(GetLastError()))
static void expect_true(int ok) { if (!ok) { perror("x"); } }
static void expect_zero(int code) { if (code) { log(WSAGetLastError()); } }
static void neither(int code) { log(code); }
static void second(int a, BOOL ok) { if (ok == FALSE) throw 1; }
#define FAILED_ONE SOCKET_ERROR
`;

it.each([
	['CALL;', 'unused', 'unused'],
	['(void)CALL;', 'used', 'used'],
	['if (CALL) x++;', 'used', 'used'],
	['if (!CALL) x++;', 'used', 'used'],
	['if (CALL == SOCKET_ERROR) x++;', 'used equality -1', 'used equality -1'],
	['if (SOCKET_ERROR != CALL) x++;', 'used equality -1', 'used equality -1'],
	['if (CALL == TRUE) x++;', 'used equality 1', 'used equality 1'],
	['if (CALL < 0) x++;', 'used', 'used'],
	['if (CALL >= 1) x++;', 'used positive', 'used positive'],
	['if ((int)CALL == -1) x++;', 'used equality -1', 'used equality -1'],
	['if (static_cast<int>(CALL) == -1) x++;', 'used', 'used equality -1'],
	['if (int(CALL) == -1) x++;', 'used', 'used equality -1'],
	['if ((BOOL)CALL) x++;', 'used', 'used'],
	['if ((DWORD)CALL == -1) x++;', 'used equality -1', 'used equality -1'],
	['if (bool(CALL)) x++;', 'used', 'used'],
	['int r = CALL; if (r == 1) x++;', 'used equality 1', 'used equality 1'],
	['int r; r = CALL; if (r) x++;', 'used', 'used'],
	['int r; if ((r = CALL) == -1) x++;', 'used equality -1', 'used equality -1'],
	['BOOL r = CALL; if (r == TRUE) x++;', 'used equality 1', 'used equality 1'],
	['bool r = CALL; if (r) x++;', 'used', 'used'],
	['auto r = CALL; if (r != 0) x++;', 'used', 'used'],
	['DWORD r = CALL; if (r < 0) x++;', 'used unsigned', 'used unsigned'],
	['unsigned r = CALL; if (r == -1) x++;', 'used equality -1', 'used equality -1'],
	['int r = CALL; r = 0; if (r) x++;', 'used', 'used'],
	['int r = CALL; x = r; if (r) x++;', 'used', 'used'],
	['int r = CALL; { int r = 1; if (r) x++; }', 'used', 'used'],
	['int r = CALL; if (x) if (r == 1) x++;', 'used equality 1', 'used equality 1'],
	['return CALL;', 'used', 'used'],
	['return CALL == 0;', 'used', 'used'],
	['x = CALL ? 1 : 2;', 'used', 'used'],
	['while (CALL) x++;', 'used', 'used'],
	['CHECK(CALL);', 'used checked CHECK', 'used checked CHECK'],
	['MUST(CALL);', 'used', 'used'],
	['ASSIGN(CALL);', 'used checked ASSIGN', 'used checked ASSIGN'],
	['OK(CALL);', 'used', 'used'],
	['EITHER(CALL);', 'used checked EITHER', 'used checked EITHER'],
	['TERNARY(CALL);', 'used checked TERNARY', 'used checked TERNARY'],
	['expect_true(CALL);', 'used checked expect_true', 'used checked expect_true'],
	['expect_zero(CALL);', 'used', 'used'],
	['neither(CALL);', 'used', 'used'],
	['second(1, CALL);', 'used checked second', 'used checked second'],
	['second(CALL, 1);', 'used', 'used'],
	['CHECK(CALL == 0);', 'used', 'used'],
	['if (CALL == FAILED_ONE) x++;', 'used', 'used'],
	['if (CALL == WSAEINVAL) x++;', 'used equality WSAEINVAL', 'used equality WSAEINVAL'],
	['if (CALL == x) x++;', 'used', 'used'],
	['if (CALL != 2 - 3) x++;', 'used equality -1', 'used equality -1'],
	['if (CALL && x) x++;', 'used', 'used'],
	['if (x || CALL) x++;', 'used', 'used'],
	['switch (CALL) { case 1: x++; }', 'used equality 1', 'used equality 1'],
	['int r = -CALL; if (r) x++;', 'used', 'used'],
	['int r = CALL + 1; if (r) x++;', 'used', 'used'],
	['s->r = CALL; if (s->r) x++;', 'used', 'used'],
	['int *r = CALL; if (r) x++;', 'used', 'used'],
	['int r = CALL, t = r; if (t) x++;', 'used', 'used'],
])('%s', async (statement, inC, inCpp) => {
	const call = 'WSAIoctl(s, SIO_FLUSH, NULL, 0, NULL, 0, &n, NULL, NULL)';
	const text = `${GIVEN}int f(SOCKET s, int x)\n{\nDWORD n;\n${statement.replace('CALL', call)}\nreturn 0;\n}\n`;
	expect([await told('x.c', text), await told('x.cpp', text)]).toEqual([inC, inCpp]);
});

it.each([
	['CALL;', 'unused'],
	['(CALL);', 'unused'],
	['await CALL;', 'unused'],
	['void CALL;', 'used'],
	['x = 1, CALL;', 'unused'],
	['f(), (await CALL), 2;', 'unused'],
	['if (CALL) x++;', 'used'],
	['if (!CALL) x++;', 'used'],
	['if (CALL === -1) x++;', 'used equality -1'],
	['if (SOCKET_ERROR !== CALL) x++;', 'used equality -1'],
	['if (CALL === 1) x++;', 'used equality 1'],
	['if (CALL === true) x++;', 'used equality 1'],
	['if (CALL == false) x++;', 'used'],
	['if (CALL === codes.WSAEINVAL) x++;', 'used equality WSAEINVAL'],
	['if (CALL === mine) x++;', 'used equality 1'],
	['if (CALL === either) x++;', 'used'],
	['if (CALL === half) x++;', 'used'],
	['if (CALL === 4294967295) x++;', 'used equality -1'],
	['if (CALL === 0xffffffffn) x++;', 'used equality -1'],
	["if (CALL === 'a') x++;", 'used'],
	['if (CALL < 0) x++;', 'used'],
	['if (CALL >= 1) x++;', 'used positive'],
	['if ((CALL as number) === -1) x++;', 'used equality -1'],
	['if ((<number>CALL) === 1) x++;', 'used equality 1'],
	['if (CALL! === 1) x++;', 'used equality 1'],
	['if ((CALL satisfies number) === 1) x++;', 'used equality 1'],
	['if ((await CALL) === 1) x++;', 'used equality 1'],
	['if (Number(CALL) === 1) x++;', 'used equality 1'],
	['if (Boolean(CALL)) x++;', 'used'],
	['if (!Boolean(CALL)) x++;', 'used'],
	['if (!Boolean(CALL)) throw WSAGetLastError();', 'used asked WSAGetLastError'],
	['const r = Boolean(CALL); if (!r) throw WSAGetLastError();', 'used asked WSAGetLastError'],
	['const r = Number(CALL); if (!r) throw WSAGetLastError();', 'used asked WSAGetLastError'],
	['const r = String(CALL); if (!r) throw WSAGetLastError();', 'used'],
	['const r = x[CALL]; if (r === 1) x++;', 'used'],
	['o[CALL] = 1; if (o === 1) x++;', 'used'],
	['if (Boolean(CALL) === true) x++;', 'used'],
	['if (Number(CALL, 2) === 1) x++;', 'used'],
	['if (new Number(CALL) === 1) x++;', 'used'],
	['if (String(CALL) === 1) x++;', 'used'],
	['if (o.Number(CALL) === 1) x++;', 'used'],
	['const r = CALL; if (r === 1) x++;', 'used equality 1'],
	['let r; r = CALL; if (r === 1) x++;', 'used equality 1'],
	['let r; if ((r = CALL) === 1) x++;', 'used equality 1'],
	['let r; r += CALL; if (r === 1) x++;', 'used'],
	['let r; x = r = CALL; if (r === 1) x++;', 'used'],
	['const { r } = CALL; if (r === 1) x++;', 'used'],
	['const [r] = CALL; if (r === 1) x++;', 'used'],
	['o.r = CALL; if (o.r === 1) x++;', 'used'],
	['const r = f(CALL); if (r === 1) x++;', 'used'],
	['const r = CALL; r = 0; if (r === 1) x++;', 'used'],
	['const r = CALL; r++; if (r === 1) x++;', 'used'],
	['const r = CALL; r += 1; if (r === 1) x++;', 'used'],
	['const r = CALL; x = r; if (r === 1) x++;', 'used equality 1'],
	['const r = CALL; { const r = 1; if (r === 1) x++; }', 'used'],
	['const r = CALL; const q = r; if (r === 1) x++;', 'used equality 1'],
	['const r = CALL; x += r; if (r === 1) x++;', 'used equality 1'],
	['const r = CALL; o[r] = 1; if (r === 1) x++;', 'used equality 1'],
	['const r = CALL; if (rr === 1) x++; if (r === 1) x++;', 'used equality 1'],
	['const r = CALL; if (x) if (r === 1) x++;', 'used equality 1'],
	['var r = CALL; if (r === 1) x++;', 'used equality 1'],
	['for (const r = CALL; r === 1;) x++;', 'used'],
	['for (let r; r = CALL;) if (r === 1) x++;', 'used'],
	['return CALL;', 'used'],
	['return !!CALL;', 'used doubled'],
	['return CALL === 0;', 'used'],
	['return CALL ? 1 : 2;', 'used'],
	['x = CALL ? 1 : 2;', 'used'],
	['while (CALL) x++;', 'used'],
	['expectTrue(CALL);', 'used'],
	['if (CALL && x) x++;', 'used'],
	['if (CALL === 2 - 3) x++;', 'used equality -1'],
	['switch (CALL) { case 1: x++; }', 'used equality 1'],
	['const r = -CALL; if (r === 1) x++;', 'used'],
	['const f2 = () => CALL;', 'used'],
	[`if (CALL === ${'('.repeat(101)}1${')'.repeat(101)}) x++;`, 'used'],
	['if (CALL === other.FALSE) x++;', 'used'],
	['if (CALL === FALSE) x++;', 'used'],
	['const FALSE = 1; if (CALL === FALSE) x++;', 'used equality 1'],
	['const r = CALL; f(); if (r === 1) x++;', 'used equality 1'],
	['if (CALL === TRUE) x++;', 'used equality 1'],
	['if (CALL === NO_ERROR) x++;', 'used'],
	['if (CALL === ERROR_SUCCESS) x++;', 'used'],
	['if (CALL === S_OK) x++;', 'used'],
	['if (CALL === STATUS_SUCCESS) x++;', 'used'],
	['if (CALL === INVALID_SOCKET) x++;', 'used equality -1'],
	['return x ? CALL : WSAGetLastError();', 'used'],
	['return !CALL;', 'used'],
	['return !!!CALL;', 'used'],
	['return !(CALL === 0);', 'used'],
	['return !!CALL && x;', 'used'],
	['return CALL < 0;', 'used'],
	['if (x && (flag && !CALL)) throw WSAGetLastError();', 'used asked WSAGetLastError'],
	['if (x || (flag && !CALL)) throw WSAGetLastError();', 'used'],
	['if (!CALL > 0) x++;', 'used'],
	['if (CALL <= 0) x++;', 'used positive'],
	['if (1 > CALL) x++;', 'used positive'],
	['if (CALL >= 0) throw WSAGetLastError();', 'used asked WSAGetLastError'],
	['if (!CALL === true) throw WSAGetLastError();', 'used asked WSAGetLastError'],
	['if (!CALL === false) throw WSAGetLastError();', 'used'],
	['if (CALL === 1) x++; else throw WSAGetLastError();', 'used equality 1'],
	['if (CALL === -1) x++; else throw WSAGetLastError();', 'used equality -1 asked WSAGetLastError'],
	['switch (!CALL) { case 1: x++; }', 'used'],
	['if (CALL) { x++; return 1; } throw WSAGetLastError();', 'used asked WSAGetLastError'],
	['if (CALL) { x++; } throw WSAGetLastError();', 'used'],
	["if (CALL) return 1; console.log('x'); throw WSAGetLastError();", 'used asked WSAGetLastError'],
	['if (CALL) return 1; x++; throw WSAGetLastError();', 'used asked WSAGetLastError'],
	['if (CALL) return 1; f(); throw WSAGetLastError();', 'used'],
	['if (!CALL) f(() => WSAGetLastError());', 'used'],
	['if (!CALL) f(WSAGetLastError());', 'used asked WSAGetLastError'],
	['if (!CALL) f(x).g(WSAGetLastError());', 'used'],
	['const r = CALL; if (r === 1) x++; again: f();', 'used equality 1'],
	['const r = CALL; again: if (r === 1) x++;', 'used'],
	['const r = CALL && x; if (!r) throw WSAGetLastError();', 'used'],
	['const r = CALL; const q = r; if (!q) throw WSAGetLastError();', 'used'],
	['const r = CALL; x++; if (!r) throw WSAGetLastError();', 'used asked WSAGetLastError'],
	['const r = CALL; f(); if (!r) throw WSAGetLastError();', 'used'],
	['const r = CALL; f(r); if (!r) throw WSAGetLastError();', 'used asked WSAGetLastError'],
])('in TypeScript %s', async (statement, expected) => {
	const call = 'WSAIoctl(s, 0x98000004, null, 0, null, 0, [0], null, null)';
	const constants = "import { WSAIoctl } from 'w';\nimport * as codes from 'codes';\nconst [mine, half] = [1, 0.5];\n";
	const body = `const either = flag ? 1 : 2;\n${statement.replace('CALL', call)}\nreturn 0;`;
	expect(await told('x.ts', `${constants}function f(s, x, flag) {\n${body}\n}\n`)).toBe(expected);
});
