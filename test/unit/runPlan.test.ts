import { resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkPlan } from '../../native/src/plan.ts';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import type { ControlCode, LiveSocket } from '../../server/src/catalog/model.ts';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { recipe, socketFor } from '../../server/src/run/backends/socket.ts';
import type { FieldInputs } from '../../server/src/run/buffers/encode.ts';
import { typeNamed } from '../../server/src/run/buffers/shape.ts';
import type { Prepared, PreparedRun, RunOptions } from '../../server/src/run/prepare.ts';
import { hasWrongSizes, type Subject } from '../../server/src/run/subject.ts';
import { same } from '../../server/src/types/ctype.ts';
import { resolveType } from '../../server/src/types/layout.ts';
import { catalogType, prepare, prepareProbe, subjectOf, subjectOfCall } from '../support/builtin.ts';

const checker = new Checker(nodeEngine(resolve(import.meta.dirname, '../../server/src')));
afterAll(() => checker.dispose());

/** The single call of a C function's body. */
async function callOf(body: string) {
	const result = await checker.check({ name: 'a.c', text: `void f(SOCKET s, int x)\n{\n\tDWORD n;\n${body}\n}\n` });
	expect(result?.calls).toHaveLength(1);
	return result!.calls[0]!;
}

const WRITTEN: RunOptions = { backend: 'winsock', sizes: 'written' };

async function prepared(body: string, options: RunOptions = WRITTEN): Promise<Prepared> {
	const subject = subjectOfCall(await callOf(body));
	return 'error' in subject ? subject : prepare(subject, options);
}

function made(result: Prepared): PreparedRun {
	if ('error' in result) throw new Error(result.error);
	expect(checkPlan(result.plan)).toMatchObject({ ok: true });
	return result;
}

const hex = (base64: string | null | undefined) =>
	base64 === null || base64 === undefined ? base64 : Buffer.from(base64, 'base64').toString('hex');

/** Bytes and sizes of the first step. */
function step(run: PreparedRun) {
	const one = run.plan.steps[0]!;
	if (one.call !== 'WSAIoctl') throw new Error(one.call);
	return {
		input: hex(one.input?.bytes),
		inSize: one.input?.declared,
		output: one.output?.size,
		outSize: one.output?.declared,
		overlapped: one.overlapped !== null,
	};
}

const KEEP_ALIVE = (size: string) => `WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, ${size}, NULL, 0, &n, NULL, NULL);`;

describe('input values come from the source', () => {
	test.each([
		['an initialiser', 'struct tcp_keepalive ka = {1, 10000, 1000};', '0100000010270000e8030000'],
		['designators', 'struct tcp_keepalive ka = {.keepaliveinterval = 1000, .onoff = 1};', '0100000000000000e8030000'],
		[
			'assignments',
			'struct tcp_keepalive ka; ka.onoff = TRUE; ka.keepalivetime = 2 * 60 * 1000; ka.keepaliveinterval = 1;',
			'01000000c0d4010001000000',
		],
		['the last assignment', 'struct tcp_keepalive ka = {0}; ka.onoff = 0; ka.onoff = 1;', '010000000000000000000000'],
		[
			'memset and assignments',
			'struct tcp_keepalive ka; memset(&ka, 0, sizeof(ka)); ka.onoff = 1;',
			'010000000000000000000000',
		],
	])('%s', async (_name, declaration, bytes) => {
		const run = made(await prepared(`${declaration}\n${KEEP_ALIVE('sizeof(ka)')}`));
		expect([step(run).input, run.questions]).toEqual([bytes, []]);
	});

	test('what only may have been assigned is asked for', async () => {
		const run = made(
			await prepared(
				`struct tcp_keepalive ka = {1, 2, 3}; if (x) ka.onoff = x; ka.keepaliveinterval = 9;\n${KEEP_ALIVE('12')}`,
			),
		);
		expect(run.questions.map((q) => [q.path, q.default])).toEqual([
			['onoff', '1'],
			['keepalivetime', '10000'],
		]);
		expect(step(run).input).toBe('010000001027000009000000');
	});

	test('what was cleared and then set to something unreadable is asked for', async () => {
		const run = made(
			await prepared(
				`struct tcp_keepalive ka; memset(&ka, 0, sizeof(ka)); ka.onoff = x; ka.keepalivetime = 7;\n${KEEP_ALIVE('12')}`,
			),
		);
		expect(run.questions.map((q) => [q.path, q.default])).toEqual([['onoff', '1']]);
		expect(step(run).input).toBe('010000000700000000000000');
	});

	const ROUTE = 'WSAIoctl(s, SIO_ROUTING_INTERFACE_QUERY, &to, sizeof(to), &out, sizeof(out), &n, NULL, NULL);';

	test('a part that was set last outlives an unreadable value of the whole', async () => {
		const run = made(
			await prepared(
				`struct sockaddr_in to = {0}, out; to.sin_addr = elsewhere(); to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);\n${ROUTE}`,
			),
		);
		expect([run.questions, step(run).input?.slice(8, 16)]).toEqual([[], '7f000001']);
	});

	test('an address that another function fills in is asked for, whatever else of it is known', async () => {
		const body = `struct sockaddr_in to = {0}, out; to.sin_family = AF_INET; to.sin_port = htons(80); inet_pton(AF_INET, text, &to.sin_addr);\n${ROUTE}`;
		expect(made(await prepared(body)).questions.map((q) => [q.path, q.kind])).toEqual([['', 'address']]);
		const run = made(await prepared(body, { ...WRITTEN, answers: { '': '192.0.2.9' } }));
		expect([run.questions, step(run).input?.slice(8, 16)]).toEqual([[], 'c0000209']);
	});

	test('what a loop assigns is asked for', async () => {
		const run = made(
			await prepared(`struct tcp_keepalive ka = {1, 2, 3}; while (x--) { ${KEEP_ALIVE('12')} ka.onoff = 0; }`),
		);
		expect(run.questions.map((q) => q.path)).toEqual(['onoff', 'keepalivetime', 'keepaliveinterval']);
	});

	test('a GUID by its name', async () => {
		const run = made(
			await prepared(
				'GUID id = WSAID_CONNECTEX; LPFN_CONNECTEX fn;\nWSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &fn, sizeof(fn), &n, NULL, NULL);',
			),
		);
		expect(step(run)).toEqual({
			input: 'b907a225f3dd60468ee976e58c74063e',
			inSize: 16,
			output: 8,
			outSize: 8,
			overlapped: false,
		});
		expect(run.output.typeText).toBe('LPFN_CONNECTEX');
	});

	test('an address member by member', async () => {
		const run = made(
			await prepared(
				'struct sockaddr_in to; char out[64]; to.sin_family = AF_INET; to.sin_port = htons(80); to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);\n' +
					'WSAIoctl(s, SIO_ROUTING_INTERFACE_QUERY, &to, sizeof(to), out, sizeof(out), &n, NULL, NULL);',
			),
		);
		expect([step(run).input, run.questions]).toEqual(['020000507f0000010000000000000000', []]);
	});

	test('a name that the headers define', async () => {
		const run = made(
			await prepared('DWORD v = RCVALL_IPLEVEL;\nWSAIoctl(s, SIO_RCVALL, &v, sizeof(v), NULL, 0, &n, NULL, NULL);'),
		);
		expect([step(run).input, run.risk, run.confirm, run.effect]).toEqual([
			'03000000',
			'administrator',
			true,
			'Captures every packet on the network adapter; Windows lets only administrators do it.',
		]);
	});

	test('the argument of ioctlsocket', async () => {
		const run = made(await prepared('u_long on = 1;\nioctlsocket(s, FIONBIO, &on);'));
		expect(run.plan.steps).toEqual([
			{ call: 'ioctlsocket', code: 0x8004667e, argument: { bytes: 'AQAAAA==', pointers: [] } },
		]);
	});
});

describe('sizes', () => {
	const body = `struct tcp_keepalive ka = {1, 10000, 1000};\n${KEEP_ALIVE('8')}`;

	test('as written keep what is wrong with them', async () => {
		expect(step(made(await prepared(body)))).toEqual({
			input: '0100000010270000e8030000',
			inSize: 8,
			output: null,
			outSize: 0,
			overlapped: false,
		});
	});

	test('are correct on request', async () => {
		expect(step(made(await prepared(body, { ...WRITTEN, sizes: 'correct' }))).inSize).toBe(12);
	});

	test('beyond the object leave the memory as it is, so that the guard bytes tell', async () => {
		const run = made(
			await prepared('DWORD out;\nWSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &out, sizeof(SOCKET), &n, NULL, NULL);'),
		);
		expect(step(run)).toMatchObject({ output: 4, outSize: 8 });
	});

	test('of the wrong structure are those of the source', async () => {
		const run = made(
			await prepared('BOOL on = TRUE;\nWSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &n, NULL, NULL);'),
		);
		expect([run.input.typeText, step(run).input, step(run).inSize]).toEqual(['BOOL', '01000000', 4]);
		const correct = made(
			await prepared('BOOL on = TRUE;\nWSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &n, NULL, NULL);', {
				...WRITTEN,
				sizes: 'correct',
			}),
		);
		expect([correct.input.typeText, step(correct).inSize, correct.questions.length]).toEqual(['tcp_keepalive', 12, 3]);
	});

	test('that are not known are the catalog’s, and the run says so', async () => {
		const run = made(
			await prepared('char out[999];\nWSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, out, x, &n, NULL, NULL);'),
		);
		expect([step(run).outSize, run.notes]).toEqual([
			4864,
			['The output size is not known from the source; one that surely does is used.'],
		]);
	});

	test('of a version of TCP_INFO belong to it', () => {
		const subject = subjectOf('SIO_TCP_INFO');
		if ('error' in subject) throw new Error(subject.error);
		const sizes = ['0', '1', '2'].map((version) => {
			const run = made(prepare(subject, { backend: 'winsock', sizes: 'correct', answers: { '': version } }));
			return [run.output.typeText, run.output.size];
		});
		expect(sizes).toEqual([
			['TCP_INFO_v0', 88],
			['TCP_INFO_v1', 136],
			['TCP_INFO_v2', 152],
		]);
	});

	test('beyond every bound are refused', async () => {
		expect(
			await prepared('char out[8];\nWSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, out, 0x40000000, &n, NULL, NULL);'),
		).toEqual({ error: 'The output size of 1073741824 bytes is beyond what a run takes (524288 bytes).' });
	});
});

describe('a plan of a code and of what the source gives it', () => {
	const both = same;
	const NULL = { null: true, initial: {} };
	const own = (size?: number, capacity?: number) => ({
		null: false,
		initial: {},
		...(size === undefined ? {} : { size: both(size) }),
		...(capacity === undefined ? {} : { capacity: both(capacity) }),
	});
	const typeOf = (name: string) => resolveType(typeNamed(name), catalogType) ?? typeNamed(name);
	const ofType = (name: string, size: number) => ({ ...own(size), type: typeOf(name) });
	const CORRECT: RunOptions = { backend: 'winsock', sizes: 'correct' };

	/** Sizes as `bytes/told`, `NULL` where there are no bytes, or why it is refused. */
	function told(name: string, given: Partial<Subject>, options: RunOptions): string {
		const subject = subjectOf(name);
		if ('error' in subject) return subject.error;
		const run = prepare({ ...subject, ...given }, options);
		if ('error' in run) return run.error;
		const [one] = run.plan.steps;
		if (one?.call === 'ioctlsocket') return `argument ${hex(one.argument?.bytes) ?? 'NULL'}`;
		if (one?.call !== 'WSAIoctl') return '';
		const { input, output, overlapped, bytesReturned } = one;
		const bytes = input?.bytes ? Buffer.from(input.bytes, 'base64').length : 'NULL';
		return [
			`in ${run.input.typeText ?? '?'} ${bytes}/${input?.declared}`,
			`out ${run.output.typeText ?? '?'} ${output?.size ?? 'NULL'}/${output?.declared}`,
			...(overlapped ? [`waits ${overlapped.waitMs}`] : []),
			...(bytesReturned ? [] : ['no count']),
			...run.notes,
		].join(', ');
	}

	test.each<[string, Partial<Subject>, RunOptions, string]>([
		['SIO_KEEPALIVE_VALS', {}, CORRECT, 'in tcp_keepalive 12/12, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', {}, WRITTEN, 'in tcp_keepalive 12/12, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: NULL }, WRITTEN, 'in ? NULL/0, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: { ...NULL, size: both(7) } }, WRITTEN, 'in ? NULL/7, out ? NULL/0'],
		[
			'SIO_KEEPALIVE_VALS',
			{ input: { ...NULL, size: both(7) } },
			{ ...WRITTEN, inSize: 5 },
			'in ? NULL/5, out ? NULL/0',
		],
		['SIO_KEEPALIVE_VALS', { input: NULL }, CORRECT, 'in tcp_keepalive 12/12, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: own(7) }, WRITTEN, 'in tcp_keepalive 12/7, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: own(7) }, CORRECT, 'in tcp_keepalive 12/12, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: own(7) }, { ...CORRECT, inSize: 5 }, 'in tcp_keepalive 12/5, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: own(12, 64) }, WRITTEN, 'in tcp_keepalive 64/12, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: own(12, 64) }, CORRECT, 'in tcp_keepalive 12/12, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: own(12, 5) }, WRITTEN, 'in tcp_keepalive 12/12, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: own(12, 524_288) }, WRITTEN, 'in tcp_keepalive 524288/12, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: own(12, 524_289) }, WRITTEN, 'in tcp_keepalive 12/12, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: own(60_012) }, WRITTEN, 'in tcp_keepalive 12/60012, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: own(60_013) }, WRITTEN, 'in tcp_keepalive 60013/60013, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: own(524_288) }, WRITTEN, 'in tcp_keepalive 524288/524288, out ? NULL/0'],
		[
			'SIO_KEEPALIVE_VALS',
			{ input: own(524_289) },
			WRITTEN,
			'The input size of 524289 bytes is beyond what a run takes (524288 bytes).',
		],
		// The source's own type, where it is not the same thing by another name.
		['SIO_KEEPALIVE_VALS', { input: ofType('DWORD', 4) }, WRITTEN, 'in DWORD 4/4, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: ofType('DWORD', 4) }, CORRECT, 'in tcp_keepalive 12/12, out ? NULL/0'],
		['SIO_KEEPALIVE_VALS', { input: ofType('no_such_type', 4) }, WRITTEN, 'in tcp_keepalive 12/4, out ? NULL/0'],
		['SIO_RCVALL', { input: ofType('DWORD', 4) }, WRITTEN, 'in RCVALL_VALUE 4/4, out ? NULL/0'],
		['SIO_RCVALL', { input: ofType('TCP_BOOLEAN', 4) }, WRITTEN, 'in RCVALL_VALUE 4/4, out ? NULL/0'],
		['SIO_RCVALL', { input: ofType('USHORT', 2) }, WRITTEN, 'in USHORT 2/2, out ? NULL/0'],
		['SIO_RCVALL', { input: ofType('IN_ADDR', 4) }, WRITTEN, 'in IN_ADDR 4/4, out ? NULL/0'],
		[
			'SIO_ROUTING_INTERFACE_QUERY',
			{ input: ofType('SOCKADDR_IN6', 28) },
			CORRECT,
			'in SOCKADDR_IN6 28/28, out SOCKADDR 28/28',
		],
		['SIO_ROUTING_INTERFACE_QUERY', { input: ofType('DWORD', 4) }, CORRECT, 'in SOCKADDR 16/16, out SOCKADDR 28/28'],
		[
			'SIO_ROUTING_INTERFACE_QUERY',
			{},
			{ ...CORRECT, answers: { sin6_family: 'AF_INET6' } },
			'in SOCKADDR_IN6 28/28, out SOCKADDR 28/28',
		],
		// Without a type for the input.
		['SIO_BASE_HANDLE', {}, CORRECT, 'in ? NULL/0, out SOCKET 8/8'],
		['SIO_BASE_HANDLE', {}, { ...CORRECT, target: 'x86' }, 'in ? NULL/0, out SOCKET 4/4'],
		['SIO_BASE_HANDLE', {}, { ...CORRECT, inSize: 4 }, 'in ? 4/4, out SOCKET 8/8'],
		['SIO_BASE_HANDLE', { input: own(4) }, WRITTEN, 'in ? 4/4, out SOCKET 8/8'],
		['SIO_BASE_HANDLE', { input: own(4, 16) }, WRITTEN, 'in ? 16/4, out SOCKET 8/8'],
		['SIO_BASE_HANDLE', { input: own(0) }, WRITTEN, 'in ? NULL/0, out SOCKET 8/8'],
		['SIO_BASE_HANDLE', { input: own(4, 600_000) }, WRITTEN, 'in ? 524288/4, out SOCKET 8/8'],
		['SIO_BASE_HANDLE', { input: ofType('DWORD', 4) }, WRITTEN, 'in DWORD 4/4, out SOCKET 8/8'],
		['SIO_BASE_HANDLE', { input: ofType('DWORD', 4) }, CORRECT, 'in ? NULL/0, out SOCKET 8/8'],
		['SIO_BASE_HANDLE', {}, { ...CORRECT, inSize: 524_288 }, 'in ? 524288/524288, out SOCKET 8/8'],
		[
			'SIO_BASE_HANDLE',
			{},
			{ ...CORRECT, inSize: 524_289 },
			'The input size of 524289 bytes is beyond what a run takes (524288 bytes).',
		],
		['SIO_BASE_HANDLE', {}, { ...CORRECT, answers: { '': 1 } }, 'SIO_BASE_HANDLE takes no input.'],
		['0x12345678', {}, { ...CORRECT, answers: { '': 1 } }, 'The layout of the input of 0x12345678 is not known.'],
		// The output.
		['SIO_BASE_HANDLE', { output: NULL }, WRITTEN, 'in ? NULL/0, out SOCKET NULL/0'],
		['SIO_BASE_HANDLE', { output: { ...NULL, size: both(7) } }, WRITTEN, 'in ? NULL/0, out SOCKET NULL/7'],
		[
			'SIO_BASE_HANDLE',
			{ output: { ...NULL, size: both(7) } },
			{ ...WRITTEN, outSize: 5 },
			'in ? NULL/0, out SOCKET NULL/5',
		],
		['SIO_BASE_HANDLE', { output: own(4) }, WRITTEN, 'in ? NULL/0, out SOCKET 4/4'],
		['SIO_BASE_HANDLE', { output: own(4) }, { ...WRITTEN, outSize: 5 }, 'in ? NULL/0, out SOCKET 5/5'],
		['SIO_BASE_HANDLE', { output: own(4) }, CORRECT, 'in ? NULL/0, out SOCKET 8/8'],
		['SIO_BASE_HANDLE', { output: own(8, 4) }, WRITTEN, 'in ? NULL/0, out SOCKET 4/8'],
		['SIO_BASE_HANDLE', { output: own(60_004, 4) }, WRITTEN, 'in ? NULL/0, out SOCKET 4/60004'],
		['SIO_BASE_HANDLE', { output: own(60_005, 4) }, WRITTEN, 'in ? NULL/0, out SOCKET 5/60005'],
		['SIO_BASE_HANDLE', { output: own(0, 4) }, WRITTEN, 'in ? NULL/0, out SOCKET 4/0'],
		['SIO_BASE_HANDLE', { output: own(0) }, WRITTEN, 'in ? NULL/0, out SOCKET 0/0'],
		['SIO_BASE_HANDLE', { output: own(4, 600_000) }, WRITTEN, 'in ? NULL/0, out SOCKET 524288/4'],
		['SIO_BASE_HANDLE', { output: own(524_288) }, WRITTEN, 'in ? NULL/0, out SOCKET 524288/524288'],
		['SIO_BASE_HANDLE', {}, { ...CORRECT, outSize: 0 }, 'in ? NULL/0, out SOCKET 0/0'],
		['SIO_BASE_HANDLE', {}, { ...CORRECT, outSize: 524_288 }, 'in ? NULL/0, out SOCKET 524288/524288'],
		[
			'SIO_BASE_HANDLE',
			{},
			{ ...CORRECT, outSize: 524_289 },
			'The output size of 524289 bytes is beyond what a run takes (524288 bytes).',
		],
		[
			'SIO_BASE_HANDLE',
			{ output: own() },
			WRITTEN,
			'in ? NULL/0, out SOCKET 8/8, The output size is not known from the source; one that surely does is used.',
		],
		['0x40000001', {}, CORRECT, 'in ? NULL/0, out ? 4096/4096'],
		['0x80000001', {}, CORRECT, 'in ? NULL/0, out ? NULL/0'],
		['0x12345678', { output: ofType('DWORD', 4) }, WRITTEN, 'in ? NULL/0, out DWORD 4/4'],
		['0x12345678', { input: ofType('DWORD', 4) }, CORRECT, 'in DWORD 4/4, out ? NULL/0'],
		['SIO_ADDRESS_LIST_QUERY', {}, CORRECT, 'in ? NULL/0, out SOCKET_ADDRESS_LIST 4096/4096'],
		// How the call is made.
		['SIO_BASE_HANDLE', { bytesReturned: false }, WRITTEN, 'in ? NULL/0, out SOCKET 8/8, no count'],
		['SIO_BASE_HANDLE', { bytesReturned: false }, CORRECT, 'in ? NULL/0, out SOCKET 8/8'],
		['SIO_BASE_HANDLE', { overlapped: true }, WRITTEN, 'in ? NULL/0, out SOCKET 8/8, waits 1000'],
		['SIO_BASE_HANDLE', { overlapped: true }, CORRECT, 'in ? NULL/0, out SOCKET 8/8, waits 1000'],
		['SIO_BASE_HANDLE', { overlapped: true }, { ...WRITTEN, overlapped: false }, 'in ? NULL/0, out SOCKET 8/8'],
		['SIO_BASE_HANDLE', {}, { ...CORRECT, overlapped: true }, 'in ? NULL/0, out SOCKET 8/8, waits 1000'],
		['SIO_BASE_HANDLE', {}, { ...CORRECT, overlapped: true, timeoutMs: 701 }, 'in ? NULL/0, out SOCKET 8/8, waits 350'],
		['SIO_ADDRESS_LIST_CHANGE', {}, CORRECT, 'in ? NULL/0, out ? NULL/0, waits 1000'],
		['SIO_ADDRESS_LIST_CHANGE', { overlapped: false }, CORRECT, 'in ? NULL/0, out ? NULL/0, waits 1000'],
		['SIO_ADDRESS_LIST_CHANGE', { overlapped: false }, WRITTEN, 'in ? NULL/0, out ? NULL/0'],
		['SIO_ADDRESS_LIST_CHANGE', {}, WRITTEN, 'in ? NULL/0, out ? NULL/0, waits 1000'],
		[
			'SIO_BASE_HANDLE',
			{ api: 'WSPIoctl' },
			CORRECT,
			'in ? NULL/0, out SOCKET 8/8, WSPIoctl is what a provider offers; WSAIoctl, which leads to it, is run.',
		],
		['FIONBIO', { api: 'ioctlsocket' }, CORRECT, 'argument 01000000'],
		['FIONREAD', { api: 'ioctlsocket' }, CORRECT, 'argument 00000000'],
		['FIONREAD', { api: 'ioctlsocket', input: ofType('USHORT', 2) }, WRITTEN, 'argument 00000000'],
		['FIONREAD', { api: 'ioctlsocket', input: NULL }, WRITTEN, 'argument NULL'],
	])('%s with %j under %j', (name, given, options, text) => {
		expect(told(name, given, options)).toBe(text);
	});

	test('says what it does, and what it was asked to pass', () => {
		const plan = (name: string, options: Partial<RunOptions> = {}, change = (entry: ControlCode) => entry) => {
			const subject = subjectOf(name);
			if ('error' in subject) throw new Error(subject.error);
			const changed = subject.entry ? { entry: change(subject.entry) } : {};
			const { risk, effect, confirm, sizes, system, target, plan } = made(
				prepare({ ...subject, ...changed }, { ...CORRECT, ...options }),
			);
			return [risk, effect, confirm, sizes, system, target, plan.timeoutMs];
		};
		const unknown = (effect: string) => ['unknown', effect, true, 'correct', 'Linux', 'x64', 10_000];
		expect(plan('0x12345678')).toEqual(unknown('0x12345678 is not in the catalog, so nobody can say what it does.'));
		expect(plan('FIONREAD', {}, ({ live: _, ...entry }) => entry)).toEqual(
			unknown(
				'What FIONREAD needs besides a socket is more than a runner can make, so what it does here is not known.',
			),
		);
		expect(plan('FIONREAD', {}, ({ live: _, ...entry }) => ({ ...entry, isOwn: true }))).toEqual(
			unknown('FIONREAD is a code of the configuration, which does not say what it changes.'),
		);
		const others = { target: 'x86', system: 'macOS', timeoutMs: 5 } as const;
		expect(plan('FIONREAD', { ...others, inSize: 4 }).slice(2)).toEqual([false, 'given', 'macOS', 'x86', 5]);
		expect(plan('FIONREAD', { ...others, outSize: 4 }).slice(2)).toEqual([false, 'given', 'macOS', 'x86', 5]);
		expect(plan('FIONREAD', { sizes: 'written' })[3]).toBe('written');
	});
});

describe('a call of libc is made with the values', () => {
	const asked = (name: string, answers: FieldInputs, given: Partial<Subject> = {}) => {
		const subject = subjectOf(name);
		if ('error' in subject) throw new Error(subject.error);
		const run = made(prepare({ ...subject, ...given }, { backend: 'posix', sizes: 'written', answers }));
		return [run.plan.steps[0], run.notes.slice(1)];
	};
	const fionbio = (bytes: string) => [{ call: 'ioctl', request: 0x5421, argument: { bytes } }, []];
	const route = (address: string, port: number, notes: readonly string[] = []) => [
		{ call: 'route', destination: { address, port } },
		notes,
	];

	test.each<[string, FieldInputs, readonly unknown[]]>([
		['FIONBIO', { '': '0x10' }, fionbio('EAAAAA==')],
		['FIONBIO', { '': '2u' }, fionbio('AgAAAA==')],
		['FIONBIO', { '': ' TRUE ' }, fionbio('AQAAAA==')],
		['FIONBIO', { '': 'false' }, fionbio('AAAAAA==')],
		['FIONBIO', { '': '1 | 4' }, fionbio('BQAAAA==')],
		['FIONBIO', { '': true }, fionbio('AQAAAA==')],
		['FIONBIO', { '': 3n }, fionbio('AwAAAA==')],
		['SIO_ROUTING_INTERFACE_QUERY', { '': '192.0.2.1:53' }, route('192.0.2.1', 53)],
		['SIO_ROUTING_INTERFACE_QUERY', {}, route('127.0.0.1', 0)],
		['SIO_ROUTING_INTERFACE_QUERY', { sin_addr: '192.0.2.7' }, route('192.0.2.7', 0)],
	])('of %s given as %o', (name, answers, expected) => {
		expect(asked(name, answers)).toEqual(expected);
	});

	test('that the source gives, member by member', () => {
		const input = {
			null: false,
			type: typeNamed('SOCKADDR_IN'),
			initial: { sin_family: 'AF_INET', sin_port: '53', 'sin_addr.s_addr': 0x090200c0 },
		};
		expect(asked('SIO_ROUTING_INTERFACE_QUERY', {}, { input })).toEqual(route('192.0.2.9', 53));
	});
});

describe('the socket', () => {
	test('is the source’s own, connected as far as the source connects it', async () => {
		const run = made(
			await prepared(
				'SOCKET t = socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP); u_long left;\nbind(t, 0, 0);\nWSAIoctl(t, FIONREAD, NULL, 0, &left, 4, &n, NULL, NULL);',
			),
		);
		expect(run.plan.socket).toEqual({
			family: 'inet6',
			type: 'datagram',
			protocol: 17,
			bind: { address: '::1' },
			listen: false,
			peer: null,
		});
	});

	test('is the catalog’s where the source shows none', async () => {
		const run = made(await prepared('u_long left;\nWSAIoctl(s, FIONREAD, NULL, 0, &left, 4, &n, NULL, NULL);'));
		expect(run.plan.socket).toMatchObject({
			type: 'stream',
			protocol: 6,
			peer: { queued: ['aGVsbG8='], urgent: null },
		});
	});

	const TCP = { type: 'SOCK_STREAM', state: 'connected' } as const;
	const entry = (live: LiveSocket | undefined, socket: ControlCode['socket'] = {}) => {
		const { live: known, ...code } = codes.find(({ name }) => name === 'FIONREAD') ?? {};
		return { ...code, socket, ...(live && known ? { live: { ...known, socket: live } } : {}) } as ControlCode;
	};
	test.each<[string, LiveSocket | undefined, ControlCode | undefined, LiveSocket]>([
		['nothing is known of', undefined, undefined, { type: 'SOCK_STREAM' }],
		['the code takes any kind of', undefined, entry(undefined), { type: 'SOCK_STREAM' }],
		[
			'the code takes some kinds of',
			undefined,
			entry(undefined, {
				types: ['SOCK_RAW', 'SOCK_DGRAM'],
				families: ['AF_INET6', 'AF_INET'],
				protocols: ['IPPROTO_ICMPV6', 'IPPROTO_UDP'],
			}),
			{ type: 'SOCK_RAW', family: 'AF_INET6', protocol: 'IPPROTO_ICMPV6' },
		],
		['the catalog suggests', undefined, entry({ ...TCP, queued: 'a' }), { ...TCP, queued: 'a' }],
		['only the source shows', TCP, undefined, TCP],
		['both show, with data', TCP, entry({ ...TCP, queued: 'a', urgent: 'b' }), { ...TCP, queued: 'a', urgent: 'b' }],
		['both show, without data', TCP, entry(TCP), TCP],
		['both show, of different types', TCP, entry({ ...TCP, type: 'SOCK_DGRAM', queued: 'a' }), TCP],
		['the source shows unconnected', { type: 'SOCK_STREAM' }, entry({ ...TCP, queued: 'a' }), { type: 'SOCK_STREAM' }],
		['the catalog suggests unconnected', TCP, entry({ type: 'SOCK_STREAM', queued: 'a' }), TCP],
	])('that %s', (_, socket, known, expected) => {
		const subject = { api: 'WSAIoctl', code: 1, name: 'A', bytesReturned: true } as const;
		expect(socketFor({ ...subject, ...(socket ? { socket } : {}), ...(known ? { entry: known } : {}) })).toEqual(
			expected,
		);
	});

	const PEER = { queued: [], urgent: null };
	test.each<[LiveSocket, Partial<ReturnType<typeof recipe>>]>([
		[{ type: 'SOCK_STREAM' }, {}],
		[{ type: 'SOCK_STREAM', family: 'AF_INET', protocol: 'IPPROTO_TCP' }, { protocol: 6 }],
		[{ type: 'SOCK_STREAM', family: 'AF_INET6' }, { family: 'inet6' }],
		[{ type: 'SOCK_STREAM', family: 'AF_BTH' }, { family: 32 }],
		[{ type: 'SOCK_STREAM', state: 'bound' }, { bind: { address: '127.0.0.1' } }],
		[
			{ type: 'SOCK_DGRAM', state: 'bound', family: 'AF_INET6' },
			{ type: 'datagram', family: 'inet6', bind: { address: '::1' } },
		],
		[{ type: 'SOCK_STREAM', state: 'bound', family: 'AF_BTH' }, { family: 32 }],
		[{ type: 'SOCK_STREAM', state: 'listening' }, { listen: true }],
		[{ type: 'SOCK_DGRAM', state: 'listening' }, { type: 'datagram' }],
		[{ type: 'SOCK_STREAM', state: 'listening', family: 'AF_BTH' }, { family: 32 }],
		[{ type: 'SOCK_STREAM', state: 'connected' }, { peer: PEER }],
		[
			{ type: 'SOCK_DGRAM', state: 'connected', queued: 'é' },
			{ type: 'datagram', peer: { ...PEER, queued: ['w6k='] } },
		],
		[{ type: 'SOCK_STREAM', state: 'connected', urgent: '!' }, { peer: { ...PEER, urgent: 'IQ==' } }],
		[{ type: 'SOCK_RAW', state: 'connected' }, { type: 'raw' }],
		[{ type: 'SOCK_STREAM', state: 'connected', family: 'AF_BTH' }, { family: 32 }],
	])('%j in the words of a plan', (socket, expected) => {
		const usual = { family: 'inet', type: 'stream', protocol: 0, bind: null, listen: false, peer: null };
		expect(recipe(socket)).toEqual({ ...usual, ...expected });
	});
});

describe('answers', () => {
	const body = `struct tcp_keepalive ka;\n${KEEP_ALIVE('sizeof(ka)')}`;

	test('fill what was asked', async () => {
		const asked = made(await prepared(body));
		expect(asked.questions).toMatchObject([
			{ path: 'onoff', kind: 'number', type: 'u_long', default: '1', lowest: '0', highest: '4294967295' },
			{ path: 'keepalivetime', default: '10000' },
			{ path: 'keepaliveinterval', default: '1000' },
		]);
		const answers = { onoff: '0', keepalivetime: '7', keepaliveinterval: '0x10' };
		const run = made(await prepared(body, { ...WRITTEN, answers }));
		expect([step(run).input, run.questions]).toEqual(['000000000700000010000000', []]);
	});

	test('that do not fit are refused by name', async () => {
		expect(await prepared(body, { ...WRITTEN, answers: { keepalivetime: '-5' } })).toEqual({
			error: 'keepalivetime: -5 is out of range: this takes 0 to 4294967295.',
			problems: [{ path: 'keepalivetime', message: '-5 is out of range: this takes 0 to 4294967295.' }],
		});
	});

	test('of a choice may be its names', async () => {
		const run = made(await prepared('DWORD v;\nWSAIoctl(s, SIO_RCVALL, &v, sizeof(v), NULL, 0, &n, NULL, NULL);'));
		expect(run.questions).toMatchObject([
			{ path: '', label: 'value', kind: 'choice', default: 'RCVALL_SOCKETLEVELONLY' },
		]);
		expect(run.questions[0]?.allowed?.map((a) => a.name)).toEqual([
			'RCVALL_OFF',
			'RCVALL_ON',
			'RCVALL_SOCKETLEVELONLY',
			'RCVALL_IPLEVEL',
		]);
	});

	test('of a GUID are the code’s own', async () => {
		const run = made(
			await prepared(
				'GUID id; void *fn;\nWSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, 16, &fn, 8, &n, NULL, NULL);',
			),
		);
		expect(run.questions[0]).toMatchObject({ kind: 'guid', default: 'WSAID_ACCEPTEX' });
		expect(run.questions[0]?.allowed?.map((a) => a.name)).not.toContain('WSAID_MULTIPLE_RIO');
	});
});

test('a call of libc is told no sizes: a wrong one in the source is not said to have been passed', async () => {
	const body = `struct tcp_keepalive ka = {1, 10000, 1000};\n${KEEP_ALIVE('4')}`;
	const { input } = made(await prepared(body, { backend: 'posix', sizes: 'written' }));
	expect([input.size, input.declared]).toEqual([12, 12]);
});

test('a call of libc says which of its values are not in the source', async () => {
	const notes = async (body: string) =>
		made(await prepared(body, { backend: 'posix', sizes: 'written' })).notes.slice(1);
	const wrong = 'BOOL on = TRUE;\nWSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &n, NULL, NULL);';
	expect(await notes(wrong)).toEqual([
		'`onoff` is not in your buffer; 1 is an example.',
		'`keepalivetime` is not in your buffer; 10000 is an example.',
		'`keepaliveinterval` is not in your buffer; 1000 is an example.',
	]);
	expect(await notes(`struct tcp_keepalive ka = {1, 10000, 1000};\n${KEEP_ALIVE('4')}`)).toEqual([]);
});

describe('a call of the source', () => {
	const subject = async (body: string) => {
		const found = subjectOfCall(await callOf(body));
		if ('error' in found) throw new Error(found.error);
		const { entry, ...rest } = found;
		return { ...rest, ...(entry ? { entry: entry.name } : {}) };
	};

	test('gives what its arguments show', async () => {
		const body = `struct tcp_keepalive ka = {1}; char out[8]; WSAOVERLAPPED o;
WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, sizeof(ka), x ? out : NULL, x, NULL, &o, NULL);`;
		expect(await subject(body)).toMatchObject({
			api: 'WSAIoctl',
			code: 0x98000004,
			name: 'SIO_KEEPALIVE_VALS',
			entry: 'SIO_KEEPALIVE_VALS',
			input: { null: false, size: same(12), capacity: same(12), initial: { onoff: 1 } },
			output: { null: false, initial: {} },
			overlapped: true,
			bytesReturned: false,
		});
		const bare = await subject('WSAIoctl(s, 0x12345678, NULL, x ? 4 : 8, NULL, 0, &n, NULL, NULL);');
		expect(bare).toEqual({
			api: 'WSAIoctl',
			code: 0x12345678,
			name: '0x12345678',
			input: { null: true, initial: {} },
			output: { null: true, size: same(0), initial: {} },
			overlapped: false,
			bytesReturned: true,
		});
	});

	test.each<[string, LiveSocket | undefined]>([
		[
			'SOCKET t = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);',
			{ type: 'SOCK_STREAM', family: 'AF_INET', protocol: 'IPPROTO_TCP' },
		],
		[
			'SOCKET t = socket(AF_INET6, SOCK_DGRAM, 0); bind(t, 0, 0);',
			{ type: 'SOCK_DGRAM', family: 'AF_INET6', state: 'bound' },
		],
		['SOCKET t = socket(x, SOCK_STREAM, x); bind(t, 0, 0); listen(t, 5);', { type: 'SOCK_STREAM', state: 'listening' }],
		[
			'SOCKET t = socket(AF_INET, SOCK_STREAM, 0); bind(t, 0, 0); connect(t, 0, 0);',
			{ type: 'SOCK_STREAM', family: 'AF_INET', state: 'connected' },
		],
		[
			'SOCKET t = socket(AF_INET, SOCK_STREAM, 0); WSAConnect(t, 0, 0, 0, 0, 0, 0);',
			{ type: 'SOCK_STREAM', family: 'AF_INET', state: 'connected' },
		],
		['SOCKET t = socket(AF_INET, x, 0);', undefined],
	])('%s makes its socket', async (body, socket) => {
		const { socket: found } = await subject(`${body}\nWSAIoctl(t, FIONREAD, NULL, 0, 0, 0, &n, NULL, NULL);`);
		expect(found).toEqual(socket);
	});

	const sized = (size: number | undefined) => ({
		null: false,
		initial: {},
		...(size === undefined ? {} : { size: same(size) }),
	});
	test.each<[string, number | undefined, number | undefined, boolean]>([
		['SIO_KEEPALIVE_VALS', 12, 0, false],
		['SIO_KEEPALIVE_VALS', 11, undefined, true],
		['SIO_KEEPALIVE_VALS', undefined, 1, true],
		['SIO_KEEPALIVE_VALS', undefined, undefined, false],
		['SIO_KEEPALIVE_VALS', 16, 0, false],
		['SIO_BASE_HANDLE', undefined, 8, false],
		['SIO_BASE_HANDLE', undefined, 7, true],
		['SIO_BASE_HANDLE', undefined, 0, true],
		['SIO_ADDRESS_LIST_QUERY', undefined, 0, false],
		['SIO_ADDRESS_LIST_QUERY', undefined, 7, true],
		['0x12345678', 1, 1, false],
	])('of %s with %s and %s bytes has wrong sizes: %s', (name, input, output, wrong) => {
		const found = subjectOf(name);
		if ('error' in found) throw new Error(found.error);
		const given = { ...found, input: sized(input), output: sized(output) };
		expect(hasWrongSizes(given, Catalog.builtin)).toBe(wrong);
		expect(hasWrongSizes({ ...given, api: 'ioctlsocket' }, Catalog.builtin)).toBe(false);
	});
});

describe('what cannot be run says why', () => {
	test.each([
		[
			'WSANSPIoctl(s, FIONREAD, NULL, 0, NULL, 0, &n, NULL);',
			'WSANSPIoctl takes a lookup handle; a runner has sockets only.',
		],
		['WSAIoctl(s, x, NULL, 0, NULL, 0, &n, NULL, NULL);', 'The value of x could not be told from the source.'],
		[
			'DWORD c = x ? FIONREAD : FIONBIO;\nWSAIoctl(s, c, NULL, 0, NULL, 0, &n, NULL, NULL);',
			'c can have 2 values here: 0x4004667F, 0x8004667E.',
		],
	])('%s', async (body, error) => {
		expect(await prepared(body)).toEqual({ error });
	});

	test('a call of the kernel', async () => {
		const call = await callOf('WSAIoctl(s, FIONREAD, NULL, 0, NULL, 0, &n, NULL, NULL);');
		expect(subjectOfCall({ ...call, api: 'WskControlSocket' })).toEqual({
			error: 'WskControlSocket belongs to the kernel; a runner in user mode cannot make this call.',
		});
	});

	test.each([
		[
			'SIO_BASE_HANDLE',
			'posix',
			'SIO_BASE_HANDLE has no true counterpart among the calls of Linux, and nothing is simulated.',
		],
		[
			'SIO_WSK_QUERY_INSPECT_ID',
			'winsock',
			'SIO_WSK_QUERY_INSPECT_ID is known to WskControlSocket only, which belongs to the kernel.',
		],
		['SIO_NSP_NOTIFY_CHANGE', 'winsock', 'SIO_NSP_NOTIFY_CHANGE takes a lookup handle; a runner has sockets only.'],
	] as const)('%s on %s', (name, backend, error) => {
		const subject = subjectOf(name);
		expect('error' in subject ? subject : prepare(subject, { backend, sizes: 'correct' })).toEqual({ error });
	});

	test.each([
		['tcp_keepalive', 'tcp_keepalive is no control code, so there is nothing to run.'],
		['', 'Give the name of a control code, or a number such as 0x98000004.'],
	])('the query %j', (query, error) => {
		expect(subjectOf(query)).toEqual({ error });
	});
});

test('a number that two codes share is the one that can be run', () => {
	expect(subjectOf('0x4004747f')).toMatchObject({ name: 'SIO_GET_INTERFACE_LIST' });
});

test('an unknown code needs agreement and says that nobody knows its effect', () => {
	const subject = subjectOf('0x12345678');
	if ('error' in subject) throw new Error(subject.error);
	expect(prepare(subject, { backend: 'winsock', sizes: 'correct' })).toMatchObject({
		risk: 'unknown',
		confirm: true,
		effect: '0x12345678 is not in the catalog, so nobody can say what it does.',
	});
});

describe('every code with a live run', () => {
	const live = codes.filter((c) => c.live);

	test('there are many', () => {
		expect(live.length).toBeGreaterThan(60);
	});

	test.each(live.map((c) => [c.name, c] as const))('%s has a plan that the runner takes', (_name, entry) => {
		const subject = subjectOf(entry.name);
		if ('error' in subject) throw new Error(subject.error);
		const run = made(prepare(subject, { backend: 'winsock', sizes: 'correct' }));
		// A suggested value that the type does not know would silently be left out.
		for (const [path, value] of Object.entries(entry.live?.input ?? {})) {
			expect(prepare(subject, { backend: 'winsock', sizes: 'correct', answers: { [path]: value } })).not.toHaveProperty(
				'error',
			);
		}
		expect(run.confirm).toBe(entry.live?.risk === 'administrator' || entry.live?.risk === 'changes-machine');
		expect(entry.privilege !== undefined && run.risk === 'none').toBe(false);
		for (const system of ['Linux', 'macOS'] as const) {
			const posix = prepare(subject, { backend: 'posix', sizes: 'correct', system });
			if (entry.live?.posix && !(system === 'macOS' && entry.live.posix.call === 'TCP_INFO')) {
				expect(made(posix).posix?.call).toBeTypeOf('string');
			} else expect(posix).toHaveProperty('error');
		}
		const probe = prepareProbe(subject, { backend: 'winsock' });
		if (!('error' in probe)) {
			for (const plan of probe.plans) expect(checkPlan(plan)).toMatchObject({ ok: true });
			expect(probe.plans.map((p) => p.steps.length)).toEqual(probe.tries.map((t) => t.length));
		}
	});
});
