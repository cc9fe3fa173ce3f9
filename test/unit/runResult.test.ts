import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { RunReport, SocketRecipeInput, StepResult, SystemInfo } from '../../native/src/plan.ts';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import type { ControlCode } from '../../server/src/catalog/model.ts';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { plainTable as markdownTable } from '../../server/src/reference/render/table.ts';
import { guardWords, shortAnswer } from '../../server/src/run/backends/answer.ts';
import { errnoMeaning } from '../../server/src/run/backends/posix.ts';
import { socketText } from '../../server/src/run/backends/socket.ts';
import type { PreparedRun, RunOptions } from '../../server/src/run/prepare.ts';
import {
	canProbe,
	type PreparedProbe,
	probeMarkdown,
	probePlain,
	probeResultOf,
	verdictOf,
} from '../../server/src/run/probe.ts';
import { endingText, type Outcome, type ResultBuffer, type RunResult } from '../../server/src/run/result.ts';
import { resultHtml } from '../../server/src/run/resultHtml.ts';
import {
	bufferTitle,
	comparedMarkdown,
	facts,
	fieldCells,
	hexDump,
	moreBytes,
	resultJson,
	resultMarkdown,
	resultPlain,
	timeText,
} from '../../server/src/run/resultText.ts';
import { DEFAULTS } from '../../server/src/settings.ts';
import { LiveRuns, prepare, prepareProbe, resultOf, runAsC, subjectOf, winsockError } from '../support/builtin.ts';
import { STEP } from '../support/step.ts';

const WINE: SystemInfo = {
	name: 'Wine',
	version: '8.0',
	label: 'Wine 8.0',
	arch: 'x64',
	pointerSize: 8,
	runtime: 'Node 22.23.3',
	koffi: '3.3.4',
};

const INTACT = { intact: true, before: 0, after: 0, first: null, last: null };

const base64 = (hex: string) => Buffer.from(hex.replace(/\s+/g, ''), 'hex').toString('base64');

const done = (step: Partial<StepResult>, system: SystemInfo = WINE): Outcome => ({
	kind: 'done',
	report: {
		backend: 'winsock',
		system,
		socket: { local: null, peer: null },
		steps: [{ ...STEP, ...step }],
	} satisfies RunReport,
});

function ready(query: string, options: Partial<RunOptions> = {}): PreparedRun {
	const subject = subjectOf(query);
	if ('error' in subject) throw new Error(subject.error);
	const prepared = prepare(subject, { backend: 'winsock', sizes: 'correct', ...options });
	if ('error' in prepared) throw new Error(prepared.error);
	return prepared;
}

/** Two interfaces as Wine 8 listed them. */
const INTERFACES = `
	05000000 02000000 7f000001 00000000 00000000 00000000 00000000 00000000 00000000 00000000
	00000000 00000000 00000000 02000000 ff000000 00000000 00000000 00000000 00000000
	13000000 02000000 c0000202 00000000 00000000 00000000 00000000 02000000 c00002ff 00000000
	00000000 00000000 00000000 02000000 ffffff00 00000000 00000000 00000000 00000000`;

describe('recorded answers', () => {
	test('a list of interfaces is a table, addresses and masks as text, flags by name', () => {
		const result = resultOf(
			ready('SIO_GET_INTERFACE_LIST'),
			done({ bytesReturned: 152, output: base64(INTERFACES + '00'.repeat(4864 - 152)), outputTouched: 148 }),
		);
		expect(result.output?.tables).toEqual([
			{
				title: 'INTERFACE_INFO',
				columns: ['#', 'iiFlags', 'iiAddress', 'iiBroadcastAddress', 'iiNetmask'],
				rows: [
					['0', 'IFF_UP | IFF_LOOPBACK (0x5)', '127.0.0.1', 'AF_UNSPEC', '255.0.0.0'],
					['1', 'IFF_UP | IFF_BROADCAST | IFF_MULTICAST (0x13)', '192.0.2.2', '192.0.2.255', '255.255.255.0'],
				],
			},
		]);
		expect([result.status, result.inline, result.output?.bytes?.length]).toEqual(['ok', '2 entries', 304]);
		expect(result.output?.rows.find((r) => r.path === '[1].iiNetmask.sin_addr')).toEqual({
			path: '[1].iiNetmask.sin_addr',
			type: 'IN_ADDR',
			offset: 132,
			size: 4,
			raw: 'ffffff00',
			text: '255.255.255.0',
			value: '255.255.255.0',
			depth: 2,
			meaning: 'IPv4 address, network byte order.',
		});
	});

	test('the argument of ioctlsocket is where the answer belongs, so nothing is said of a changed input', () => {
		const answered = { text: 'ioctlsocket(s, 0x4004667f, argp)', bytesReturned: null, inputChanged: true };
		const prepared: PreparedRun = { ...ready('FIONREAD'), api: 'ioctlsocket' };
		const result = resultOf(prepared, done({ ...answered, argument: base64('05000000') }));
		expect([result.inline, result.calls, result.notes]).toEqual([
			'5 bytes',
			['ioctlsocket(s, FIONREAD, argp)'],
			['Wine 8.0 answered, not Windows.'],
		]);
	});

	/** Three addresses as Wine 8 gave them, in a buffer at 0xb8e150. */
	const ADDRESSES = `03000000 00000000 88e1b800 00000000 10000000 00000000 98e1b800 00000000 10000000 00000000
		a8e1b800 00000000 10000000 00000000 02000000 00000000 00000000 00000000 02000000 00000000 00000000 00000000
		02000000 c0000202 00000000 00000000`;

	test('pointers of an address list are offsets into the runner’s own buffer', () => {
		const outcome = done({
			bytesReturned: 104,
			output: base64(ADDRESSES + '00'.repeat(4096 - 104)),
			addresses: { input: null, output: '0xb8e150' },
		});
		const result = resultOf(ready('SIO_ADDRESS_LIST_QUERY'), outcome);
		expect(result.output?.tables[0]?.rows).toEqual([
			['0', '0.0.0.0', '-> offset 56'],
			['1', '0.0.0.0', '-> offset 72'],
			['2', '192.0.2.2', '-> offset 88'],
		]);
	});

	test('a buffer that is too small tells the size needed, as the catalog expects', () => {
		const result = resultOf(
			ready('SIO_ADDRESS_LIST_QUERY', { outSize: 8 }),
			done({
				status: 'error',
				returned: -1,
				error: 10_014,
				errorName: 'WSAEFAULT',
				bytesReturned: 104,
				output: base64('00'.repeat(8)),
			}),
		);
		expect(result).toMatchObject({
			status: 'error',
			inline: 'WSAEFAULT, 104 bytes needed',
			neededSize: 104,
			error: { number: 10_014, name: 'WSAEFAULT' },
			expectations: [
				{ subject: 'input size', agrees: true },
				{ subject: 'output size', expected: 'at least 8 bytes', came: '8 bytes', agrees: true },
				{ subject: 'answer', expected: 'WSAEFAULT', came: 'WSAEFAULT', agrees: true },
			],
		});
		expect(result.output).toBe(undefined);
	});

	test('an overrun is told by the guard bytes', () => {
		const result = resultOf(
			ready('SIO_BASE_HANDLE', { outSize: 7 }),
			done({
				bytesReturned: 8,
				output: base64('e8000000000000'),
				guards: { input: null, output: { intact: false, before: 0, after: 1, first: 7, last: 7 } },
			}),
		);
		expect(result.guards).toEqual([
			'The call wrote past the end of the output buffer, up to 1 byte behind its 7 bytes.',
		]);
		expect(result.expectations.map((e) => [e.subject, e.agrees])).toEqual([
			['output size', false],
			['answer', false],
			['bytes returned', true],
		]);
	});

	test('a 32-bit runner has 32-bit structures', () => {
		const narrow: SystemInfo = { ...WINE, name: 'Windows', label: 'Windows 10.0.22631', arch: 'ia32', pointerSize: 4 };
		const result = resultOf(
			ready('SIO_BASE_HANDLE'),
			done({ bytesReturned: 4, output: base64('e8000000 00000000') }, narrow),
		);
		expect(result.output?.rows).toMatchObject([{ size: 4, value: 232 }]);
		expect(result.notes).toEqual([]);
	});
});

describe('what the catalog expects of an answer', () => {
	const WINDOWS: SystemInfo = { ...WINE, name: 'Windows', label: 'Windows 11' };
	const told = (step: Partial<StepResult>, system?: SystemInfo, code = 'FIONREAD') =>
		resultOf(ready(code), done(step, system)).expectations.flatMap(({ subject, expected, came, agrees }) =>
			subject.endsWith('size') ? [] : [`${subject}: ${expected}; ${came}; ${agrees}`],
		);
	const failed = (error: number, errorName: string | null) =>
		({ status: 'error', returned: -1, error, errorName }) as const;

	test.each<[string, string[], string[]]>([
		['success', told({ bytesReturned: 4 }), ['answer: success; ok; true', 'bytes returned: at least 4; 4; true']],
		['fewer bytes', told({ bytesReturned: 2 }), ['answer: success; ok; true', 'bytes returned: at least 4; 2; false']],
		['more bytes', told({ bytesReturned: 8 }), ['answer: success; ok; true', 'bytes returned: at least 4; 8; true']],
		['bytes that nobody told', told({ bytesReturned: null }), ['answer: success; ok; true']],
		[
			'an answer that comes later',
			told({ status: 'pending', bytesReturned: null }),
			['answer: success; pending; null'],
		],
		['an error', told(failed(10_014, 'WSAEFAULT'), WINDOWS), ['answer: success; WSAEFAULT; false']],
		['an error without a name', told(failed(10_014, null), WINDOWS), ['answer: success; WSAEFAULT; false']],
		['an error that nobody knows', told(failed(4711, null), WINDOWS), ['answer: success; 4711; false']],
		['what Wine lacks', told(failed(10_045, 'WSAEOPNOTSUPP')), ['answer: success; WSAEOPNOTSUPP; null']],
		[
			'what Windows should have',
			told(failed(10_045, 'WSAEOPNOTSUPP'), WINDOWS),
			['answer: success; WSAEOPNOTSUPP; false'],
		],
		[
			'an answer that does not fit',
			told(failed(10_014, 'WSAEFAULT'), WINDOWS, 'SIO_ADDRESS_LIST_QUERY'),
			['answer: success, or WSAEFAULT when the answer does not fit; WSAEFAULT; null'],
		],
	])('of %s', (_, found, expected) => {
		expect(found).toEqual(expected);
	});
});

describe('what did not come to an answer', () => {
	const NO_END = 'The call had not ended after 500 ms, so its process was ended.';
	const ENDED = 'The runner ended during the call: exit code 3.';

	test.each<[Outcome, string, string]>([
		[{ kind: 'cancelled', message: 'The run was cancelled.' }, 'cancelled', 'cancelled'],
		[{ kind: 'timed-out', message: NO_END, afterMs: 500 }, 'timed-out', 'no answer within 500 ms'],
		[{ kind: 'crashed', message: ENDED, phase: 'run', exitCode: 3, signal: null, stderr: [] }, 'crashed', 'crashed'],
		[{ kind: 'failed', reason: 'backend-missing', message: 'Wine is not installed.' }, 'failed', 'failed'],
	])('%j', (outcome, status, inline) => {
		const result = resultOf(ready('SIO_KEEPALIVE_VALS'), outcome);
		expect([result.status, result.inline, result.summary]).toEqual([
			status,
			inline,
			'message' in outcome ? outcome.message : '',
		]);
		// What would have been sent is still worth reading.
		expect(result.input?.rows.map((r) => r.text)).toEqual(['1', '10000 ms (10 s)', '1000 ms (1 s)']);
	});

	test('a socket that could not be made has its error explained', () => {
		const result = resultOf(ready('SIO_RCVALL'), {
			kind: 'failed',
			reason: 'socket-setup',
			message: 'WSASocketW failed with WSAEACCES (10013).',
			setup: { call: 'WSASocketW', error: 10_013, errorName: 'WSAEACCES' },
		});
		expect(result.summary).toBe('WSASocketW failed with WSAEACCES (10013).');
		expect(result.error).toEqual({
			number: 10_013,
			name: 'WSAEACCES',
			meaning: 'The caller lacks the right: some codes are for administrators only.',
		});
	});
});

describe('an answer of Winsock', () => {
	const told = (step: Partial<StepResult>, code = 'SIO_BASE_HANDLE', part: Partial<PreparedRun> = {}) => {
		const { status, summary, inline, notes, output } = resultOf({ ...ready(code), ...part }, done(step, WINDOWS));
		return [status, summary, inline, notes, output?.rows.map(({ text }) => text)];
	};
	const WINDOWS: SystemInfo = { ...WINE, name: 'Windows', label: 'Windows 11' };
	const SOCKET = base64('e800000000000000');
	const SENT = 'WSAIoctl succeeded and returned 8 bytes.';
	const LATE = 'The overlapped operation was under way when the call returned, and ended later.';
	const overlapped = (pendingAtReturn: boolean, completed: boolean) => ({
		overlapped: { pendingAtReturn, completed } as StepResult['overlapped'],
	});
	const eight = { bytesReturned: 8, output: SOCKET, outputTouched: 8 };

	test.each<[string, Partial<StepResult>, readonly unknown[]]>([
		['that came at once', eight, ['ok', SENT, '232', [], ['232']]],
		['whose length nobody told', { ...eight, bytesReturned: null }, ['ok', 'WSAIoctl succeeded.', '232', [], ['232']]],
		[
			'that is shorter',
			{ ...eight, bytesReturned: 4 },
			['ok', 'WSAIoctl succeeded and returned 4 bytes.', 'ok', [], []],
		],
		[
			'that claims more than there is room for',
			{ ...eight, bytesReturned: 9 },
			['ok', 'WSAIoctl succeeded and returned 9 bytes.', '232', [], ['232']],
		],
		[
			'that changed the input',
			{ ...eight, inputChanged: true },
			['ok', SENT, '232', ['The call changed its input buffer.'], ['232']],
		],
		['that came later', { ...eight, ...overlapped(true, true) }, ['ok', SENT, '232', [LATE], ['232']]],
		['that was not waited for', { ...eight, ...overlapped(true, false) }, ['ok', SENT, '232', [], ['232']]],
		['that did not have to be waited for', { ...eight, ...overlapped(false, true) }, ['ok', SENT, '232', [], ['232']]],
		[
			'that did not come',
			{ status: 'pending', bytesReturned: null, output: SOCKET },
			[
				'pending',
				'The overlapped operation had not ended when the wait was over, and was cancelled.',
				'pending, then cancelled',
				[],
				[],
			],
		],
		[
			'that went past the end',
			{ ...eight, guards: { input: null, output: { ...INTACT, intact: false, after: 1, first: 8, last: 8 } } },
			['ok', SENT, '232, wrote past the end', [], ['232']],
		],
		[
			'around which nothing was touched',
			{ ...eight, guards: { input: null, output: INTACT } },
			['ok', SENT, '232', [], ['232']],
		],
	])('%s', (_, step, expected) => {
		expect(told(step)).toEqual(expected);
	});

	test('in the argument of ioctlsocket', () => {
		const api = { api: 'ioctlsocket' } as const;
		const step = { text: 'ioctlsocket(…)', bytesReturned: null, argument: base64('05000000'), inputChanged: true };
		const done = 'ioctlsocket succeeded.';
		expect(told(step, 'FIONREAD', api)).toEqual(['ok', done, '5 bytes', [], ['5 bytes']]);
		expect(told(step, 'FIONBIO', api)).toEqual(['ok', done, 'ok', ['The call changed its input buffer.'], undefined]);
		expect(told(step, '0x12345678', api)).toEqual(['ok', done, 'ok', ['The call changed its input buffer.'], []]);
	});
});

describe('how a run ended that came to nothing', () => {
	const last: string[] = [];
	const crash = { kind: 'crashed', message: '', phase: 'run', exitCode: null, signal: null, stderr: last } as const;
	const failed = { kind: 'failed', reason: 'garbage', message: 'It spoke in riddles.' } as const;
	const setup = { call: 'bind', error: 10_048, errorName: 'WSAEADDRINUSE' };

	test.each<[Exclude<Outcome, { kind: 'done' }>, string]>([
		[{ kind: 'cancelled', message: '' }, 'The run was cancelled.'],
		[{ kind: 'timed-out', message: '', afterMs: 70 }, 'The call had not ended after 70 ms, so its process was ended.'],
		[crash, 'The runner ended during the call: no exit code is known.'],
		[{ ...crash, exitCode: 255 }, 'The runner ended during the call: exit code 255.'],
		[{ ...crash, exitCode: 256 }, 'The runner ended during the call: exit code 0x100.'],
		[{ ...crash, exitCode: 0xc0000005 }, 'The runner ended during the call: exit code 0xc0000005.'],
		[{ ...crash, exitCode: 0, signal: 'SIGSEGV' }, 'The runner ended during the call: it was killed by SIGSEGV.'],
		[
			{ ...crash, phase: 'start', exitCode: 1, stderr: ['RangeError: far', '  at near'] },
			'The runner ended before it was ready: exit code 1. It last said: RangeError: far',
		],
		[failed, 'It spoke in riddles.'],
		[{ ...failed, setup: { ...setup, error: 0 } }, 'It spoke in riddles.'],
		[{ ...failed, setup }, 'bind failed with WSAEADDRINUSE (10048).'],
		[{ ...failed, setup: { ...setup, errorName: null } }, 'bind failed with error 10048.'],
	])('%j', (outcome, text) => {
		expect(endingText(outcome)).toBe(text);
		expect(resultOf(ready('FIONREAD'), outcome)).toMatchObject({ summary: text, calls: [], guards: [], notes: [] });
	});
});

describe('the bytes around a buffer', () => {
	const verdict = { intact: false, before: 0, after: 0, first: null, last: null };
	test.each([
		['input', null, 4, []],
		['input', INTACT, 4, ['No byte outside of the input buffer was touched.']],
		['output', INTACT, 4, ['No byte outside of the output buffer was touched.']],
		['output', INTACT, null, []],
		[
			'input',
			{ ...verdict, after: 1, first: 4, last: 4 },
			4,
			['The call wrote past the end of the input buffer, up to 1 byte behind its 4 bytes.'],
		],
		[
			'output',
			{ ...verdict, before: 1, after: 2, first: -3, last: 9 },
			1,
			[
				'The call wrote past the end of the output buffer, up to 9 bytes behind its 1 byte.',
				'The call wrote 1 byte in front of the output buffer.',
			],
		],
		[
			'input',
			{ ...verdict, before: 3, first: -3, last: -1 },
			0,
			['The call wrote 3 bytes in front of the input buffer.'],
		],
	] as const)('of the %s: %j of %s bytes', (side, given, size, words) => {
		expect(guardWords(side, given, size)).toEqual(words);
	});
});

describe('an answer in few words', () => {
	const row = (path: string, text: string, depth = 0) => ({
		path,
		text,
		depth,
		type: '',
		offset: 0,
		size: 0,
		raw: '',
		value: null,
	});
	const table = (count: number) => ({ title: '', columns: [], rows: Array.from({ length: count }, () => []) });
	const inner = row('a.b', '7', 1);
	test.each([
		['of nothing', undefined, undefined],
		['of no rows', { rows: [], tables: [table(1)] }, undefined],
		['of one entry', { rows: [row('[0]', '')], tables: [table(1)] }, '1 entry'],
		['of no entries', { rows: [row('n', '0')], tables: [table(0)] }, '0 entries'],
		['of three entries', { rows: [row('[0]', '')], tables: [table(3)] }, '3 entries'],
		['of one value', { rows: [row('a', '1'), inner], tables: [] }, '1'],
		['of one value without a text', { rows: [row('a', ''), inner], tables: [] }, undefined],
		['of two values', { rows: [row('a', '1'), inner, row('b', '2')], tables: [] }, 'a 1, b 2'],
		['of three values', { rows: [row('a', '1'), row('b', '2'), row('c', '3')], tables: [] }, 'a 1, b 2'],
	])('%s', (_, output, words) => {
		expect(shortAnswer(output)).toBe(words);
	});
});

/** A buffer of the source that is no structure. */
const CHARS = {
	type: { kind: 'array', of: { kind: 'scalar', name: 'char' }, length: 2 },
	typeText: 'char [2]',
	size: 2,
	declared: 2,
} as const;

describe('documents', () => {
	const keepAlive = () =>
		resultOf(
			ready('SIO_KEEPALIVE_VALS', { inSize: 8 }),
			done({
				text: 'WSAIoctl(s, 0x98000004, in, 8, NULL, 0, &bytes, NULL, NULL)',
				status: 'error',
				returned: -1,
				error: 10_014,
				errorName: 'WSAEFAULT',
				guards: { input: INTACT, output: null },
			}),
		);

	test.each([
		['a TCP pair on the loopback, connected', { type: 'stream', peer: {} }],
		[
			'a TCP pair on the loopback, connected; the peer had sent 5 bytes and 1 byte out of band',
			{ type: 'stream', peer: { queued: ['aGVsbG8='], urgent: 'IQ==' } },
		],
		['a UDP pair on the loopback, connected, non-blocking', { type: 'datagram', peer: {}, nonBlocking: true }],
		['a TCP socket on the loopback, listening', { type: 'stream', protocol: 6, listen: true }],
		['a raw socket bound to 127.0.0.1', { type: 'raw', bind: { address: '127.0.0.1' } }],
		['a stream socket, neither bound nor connected', { type: 'stream', family: 32 }],
		['a stream socket, neither bound nor connected', { type: 'stream', protocol: 113 }],
	] satisfies [string, SocketRecipeInput][])('name the socket: %s', (text, recipe) => {
		expect(socketText(recipe)).toBe(text);
	});

	test('of a run that came to nothing still say what was tried, and which finding speaks of it', () => {
		const prepared = { ...ready('SIO_KEEPALIVE_VALS', { inSize: 8 }), predicted: ['`cbInBuffer` is 8.'] };
		expect(
			resultMarkdown(resultOf(prepared, { kind: 'cancelled', message: 'The run was cancelled.' })).split('\n'),
		).toEqual([
			'# WSAIoctl: SIO_KEEPALIVE_VALS',
			'',
			'**Cancelled.** The run was cancelled.',
			'',
			'- Control code: SIO_KEEPALIVE_VALS (0x98000004)',
			'- Finding: `cbInBuffer` is 8.',
			'- Socket: a TCP pair on the loopback, connected',
			'',
			...resultMarkdown(keepAlive()).split('\n').slice(13, 24),
			'',
		]);
	});

	test('Markdown', () => {
		expect(resultMarkdown(keepAlive())).toBe(`# WSAIoctl: SIO_KEEPALIVE_VALS

**Error.** WSAIoctl failed with WSAEFAULT (10014). A buffer is too small, or a pointer leads to memory that the call cannot use.

- Control code: SIO_KEEPALIVE_VALS (0x98000004)
- Answered by: Wine 8.0
- Socket: a TCP pair on the loopback, connected
- Time: 12 µs
- Bytes returned: 0
- Sizes: as given
- Guard bytes: No byte outside of the input buffer was touched.
- Wine 8.0 answered, not Windows.

## Input: tcp_keepalive (12 bytes, of which the call was told 8)

| field             | type   | offset | size | value           |
| ----------------- | ------ | ------ | ---- | --------------- |
| onoff             | u_long | 0      | 4    | 1               |
| keepalivetime     | u_long | 4      | 4    | 10000 ms (10 s) |
| keepaliveinterval | u_long | 8      | 4    | 1000 ms (1 s)   |

\`\`\`text
0000  01 00 00 00 10 27 00 00  e8 03 00 00  .....'......
\`\`\`

## Catalog against result

|             | catalog   | result    | verdict |
| ----------- | --------- | --------- | ------- |
| input size  | 12 bytes  | 8 bytes   | differs |
| output size | none      | NULL      | agrees  |
| answer      | WSAEFAULT | WSAEFAULT | agrees  |

## Calls

\`\`\`c
WSAIoctl(s, SIO_KEEPALIVE_VALS, in, 8, NULL, 0, &bytes, NULL, NULL)
\`\`\`
`);
	});

	test('for a comparison, without the time', () => {
		const { microseconds: _, ...other } = keepAlive();
		expect(comparedMarkdown(keepAlive())).toBe(resultMarkdown(keepAlive()).replace('- Time: 12 µs\n', ''));
		expect(comparedMarkdown({ ...other, microseconds: 99 })).toBe(comparedMarkdown(keepAlive()));
	});

	test('a table escapes what Markdown would take for its own, and nothing else', () => {
		expect(markdownTable(['path', 'a|b'], [['[0].sin_port', '_x_ <T> *p [1](2) x\\']])).toEqual([
			'| path         | a\\|b |',
			'| ------------ | --- |',
			'| [0].sin_port | \\_x\\_ \\<T\\> \\*p [1\\](2) x\\\\ |',
		]);
	});

	test('of a code that is not in the catalog there is no word about its sizes', () => {
		expect(resultPlain(resultOf(ready('0x12345678'), done({})))).toBe(`WSAIoctl: 0x12345678
Done. WSAIoctl succeeded and returned 0 bytes.

  Control code:   0x12345678
  Answered by:    Wine 8.0
  Socket:         a TCP socket, neither bound nor connected
  Time:           12 µs
  Bytes returned: 0
  Note:           Wine 8.0 answered, not Windows.
`);
	});

	test('plain text', () => {
		expect(resultPlain(keepAlive())).toBe(`WSAIoctl: SIO_KEEPALIVE_VALS
Error. WSAIoctl failed with WSAEFAULT (10014). A buffer is too small, or a pointer leads to memory that the call cannot use.

  Control code:   SIO_KEEPALIVE_VALS (0x98000004)
  Answered by:    Wine 8.0
  Socket:         a TCP pair on the loopback, connected
  Time:           12 µs
  Bytes returned: 0
  Sizes:          as given
  Guard bytes:    No byte outside of the input buffer was touched.
  Note:           Wine 8.0 answered, not Windows.

Input: tcp_keepalive (12 bytes, of which the call was told 8)
  field              type    offset  size  value
  onoff              u_long  0       4     1
  keepalivetime      u_long  4       4     10000 ms (10 s)
  keepaliveinterval  u_long  8       4     1000 ms (1 s)
  0000  01 00 00 00 10 27 00 00  e8 03 00 00  .....'......

Catalog against result
               catalog    result
  input size   12 bytes   8 bytes    differs
  output size  none       NULL       agrees
  answer       WSAEFAULT  WSAEFAULT  agrees
`);
	});

	test('JSON holds everything', () => {
		expect(JSON.parse(resultJson(keepAlive()))).toEqual(JSON.parse(JSON.stringify(keepAlive())));
	});

	test('C', () => {
		expect(runAsC(ready('SIO_KEEPALIVE_VALS'))).toBe(`static int run(SOCKET s)
{
	struct tcp_keepalive in = { 0 };
	in.onoff = 1;
	in.keepalivetime = 10000;
	in.keepaliveinterval = 1000;
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, &in, 12, NULL, 0, &bytes, NULL, NULL);
}
`);
		expect(runAsC(ready('SIO_GET_EXTENSION_FUNCTION_POINTER'))).toBe(`static int run(SOCKET s)
{
	GUID in = WSAID_ACCEPTEX;
	FARPROC out;
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &in, 16, &out, 8, &bytes, NULL, NULL);
}
`);
		expect(runAsC(ready('FIONREAD', { outSize: 3 }))).toBe(`static int run(SOCKET s)
{
	unsigned char out[3];
	DWORD bytes = 0;
	return WSAIoctl(s, FIONREAD, NULL, 0, &out, 3, &bytes, NULL, NULL);
}
`);
	});

	test.each<[string, PreparedRun, readonly string[]]>([
		[
			'the argument of ioctlsocket',
			{ ...ready('FIONBIO'), api: 'ioctlsocket' },
			['u_long in = 1;', 'return ioctlsocket(s, FIONBIO, (u_long *)&in);'],
		],
		[
			'no argument',
			{ ...ready('FIONBIO'), api: 'ioctlsocket', input: { size: null, declared: 0, bytes: null } },
			['return ioctlsocket(s, FIONBIO, NULL);'],
		],
		[
			'a number with names',
			ready('SIO_RCVALL'),
			['RCVALL_VALUE in = 2;', 'return WSAIoctl(s, SIO_RCVALL, &in, 4, NULL, 0, &bytes, NULL, NULL);'],
		],
		[
			'a truth value',
			ready('SIO_MULTIPOINT_LOOPBACK'),
			['BOOL in = 1;', 'return WSAIoctl(s, SIO_MULTIPOINT_LOOPBACK, &in, 4, NULL, 0, &bytes, NULL, NULL);'],
		],
		[
			'a member that is 0',
			ready('SIO_KEEPALIVE_VALS', { answers: { onoff: 0 } }),
			[
				'struct tcp_keepalive in = { 0 };',
				'in.keepalivetime = 10000;',
				'in.keepaliveinterval = 1000;',
				'return WSAIoctl(s, SIO_KEEPALIVE_VALS, &in, 12, NULL, 0, &bytes, NULL, NULL);',
			],
		],
		[
			'what is no number',
			ready('SIO_GET_MULTICAST_FILTER', { answers: { imsf_interface: '127.0.0.1' } }),
			[
				`unsigned char in[20] = { ${'0x00, '.repeat(4)}0x7f, 0x00, 0x00, 0x01${', 0x00'.repeat(12)} };`,
				'union { IP_MSFILTER value; unsigned char bytes[1024]; } out;',
				'return WSAIoctl(s, SIO_GET_MULTICAST_FILTER, &in, 20, &out, 1024, &bytes, NULL, NULL);',
			],
		],
		[
			'a GUID without a name',
			ready('SIO_GET_EXTENSION_FUNCTION_POINTER', { answers: { '': '00000000-0000-0000-0000-000000000001' } }),
			[
				`unsigned char in[16] = { ${'0x00, '.repeat(15)}0x01 };`,
				'FARPROC out;',
				'return WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &in, 16, &out, 8, &bytes, NULL, NULL);',
			],
		],
		[
			'bytes of no known type',
			ready('0x12345678', { inSize: 2, outSize: 1 }),
			[
				'unsigned char in[2] = { 0x00, 0x00 };',
				'unsigned char out[1];',
				'return WSAIoctl(s, 0x12345678, &in, 2, &out, 1, &bytes, NULL, NULL);',
			],
		],
		[
			'an array of the source',
			{ ...ready('FIONREAD'), input: { ...CHARS, bytes: base64('ab07') }, output: CHARS },
			[
				'unsigned char in[2] = { 0xab, 0x07 };',
				'unsigned char out[2];',
				'return WSAIoctl(s, FIONREAD, &in, 2, &out, 2, &bytes, NULL, NULL);',
			],
		],
		[
			'buffers without bytes',
			{ ...ready('SIO_BASE_HANDLE', { outSize: 0 }), input: { size: 0, declared: 0, bytes: '' } },
			[
				'unsigned char in[1] = { 0 };',
				'unsigned char out[1];',
				'return WSAIoctl(s, SIO_BASE_HANDLE, &in, 0, &out, 0, &bytes, NULL, NULL);',
			],
		],
		[
			'a list',
			ready('SIO_GET_INTERFACE_LIST'),
			[
				'unsigned char out[4864];',
				'return WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, &out, 4864, &bytes, NULL, NULL);',
			],
		],
		[
			'more room than the type has',
			ready('SIO_BASE_HANDLE', { outSize: 10 }),
			[
				'union { SOCKET value; unsigned char bytes[10]; } out;',
				'return WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &out, 10, &bytes, NULL, NULL);',
			],
		],
		[
			'less room than the type has',
			ready('SIO_BASE_HANDLE', { outSize: 7 }),
			['unsigned char out[7];', 'return WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &out, 7, &bytes, NULL, NULL);'],
		],
		[
			'the room of another target',
			ready('SIO_BASE_HANDLE', { outSize: 4, target: 'x86' }),
			['SOCKET out;', 'return WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &out, 4, &bytes, NULL, NULL);'],
		],
	])('C of %s', (_, run, expected) => {
		const lines = runAsC(run).split('\n');
		const own = lines.slice(2, -2).filter((line) => line !== '\tDWORD bytes = 0;');
		expect(own).toEqual(expected.map((line) => `\t${line}`));
		expect([lines.slice(0, 2), lines.slice(-2)]).toEqual([
			['static int run(SOCKET s)', '{'],
			['}', ''],
		]);
		expect(lines.includes('\tDWORD bytes = 0;')).toBe(run.api === 'WSAIoctl');
	});

	const bare: RunResult = {
		title: 'T',
		name: 'FIONREAD',
		code: 0x4004667f,
		backend: 'winsock',
		sizes: 'written',
		risk: 'none',
		status: 'ok',
		summary: 'S.',
		inline: '',
		socket: 'a socket',
		predicted: [],
		calls: [],
		guards: [],
		expectations: [],
		notes: [],
	};
	const field = { path: 'n', type: 'int', offset: 0, size: 4, raw: '41000000', text: '65', value: 65, depth: 0 };
	const entries = { title: 't', columns: ['#', 'a'], rows: [['0', 'b']] };
	const FIELDS =
		'| field | type | offset | size | value |\n| ----- | ---- | ------ | ---- | ----- |\n| n     | int  | 0      | 4    | 65    |';
	const ENTRIES = '| #   | a   |\n| --- | --- |\n| 0   | b   |';
	const DUMP = '```text\n0000  41  A\n```';

	test.each<[string, Partial<ResultBuffer>, readonly string[], readonly string[], string]>([
		['that is NULL', { bytes: null }, ['NULL, with a size of 5.'], ['NULL, with a size of 5.'], 'p'],
		['without bytes', { bytes: '' }, ['No bytes.'], ['No bytes.'], 'p'],
		[
			'of fields alone',
			{ bytes: null, rows: [field] },
			[FIELDS],
			['field  type  offset  size  value', 'n      int   0       4     65'],
			'table',
		],
		['of entries alone', { bytes: null, rows: [field], tables: [entries] }, [ENTRIES], ['#  a', '0  b'], 'table'],
		['of bytes alone', { bytes: '41' }, [DUMP], ['0000  41  A'], 'pre'],
		[
			'of fields',
			{ bytes: '41', rows: [field] },
			[FIELDS, DUMP],
			['field  type  offset  size  value', 'n      int   0       4     65', '0000  41  A'],
			'table pre',
		],
		[
			'of entries',
			{ bytes: '41', rows: [field], tables: [entries] },
			[ENTRIES, FIELDS, DUMP],
			['#  a', '0  b', '0000  41  A'],
			'table table pre',
		],
	])('of a buffer %s', (_, part, markdown, plain, tags) => {
		const buffer = { declared: 5, bytes: null, rows: [], tables: [], ...part };
		for (const side of ['output', 'input'] as const) {
			const result = { ...bare, [side]: buffer };
			const title = side === 'output' ? 'Output' : 'Input';
			expect(resultMarkdown(result).split(`\n\n## ${title}\n\n`)[1]).toBe(`${markdown.join('\n\n')}\n`);
			expect(resultPlain(result).split(`\n\n${title}\n`)[1]).toBe(plain.map((line) => `  ${line}\n`).join(''));
			const [, html = ''] = resultHtml(result).split(`<h2>${title}</h2>`);
			expect([...html.matchAll(/<(p|table|pre)\b/g)].map(([, tag]) => tag).join(' ')).toBe(tags);
		}
	});

	test('of many bytes show the first of them', () => {
		const dumped = (length: number) => {
			const result = { ...bare, output: { declared: 1, bytes: '00'.repeat(length), rows: [], tables: [] } };
			const html = resultHtml(result).replace(/<[^>]*>/g, '');
			return [resultMarkdown(result), resultPlain(result), html].map(
				(text) => text.split('\n').filter((line) => /^ *(?:[\da-f]{4} {2}|\.\.\.)/.test(line)).length,
			);
		};
		expect([dumped(1024), dumped(1025), dumped(1040)]).toEqual([
			[64, 64, 64],
			[65, 65, 65],
			[65, 65, 65],
		]);
		expect(moreBytes(1030)).toBe('... 6 more bytes');
	});

	test('have no part for what a result does not have', () => {
		expect(resultMarkdown(bare)).toBe(
			'# T\n\n**Done.** S.\n\n- Control code: FIONREAD (0x4004667F)\n- Socket: a socket\n',
		);
		expect(resultPlain(bare)).toBe(
			'T\nDone. S.\n\n  Control code:   FIONREAD (0x4004667F)\n  Socket:         a socket\n',
		);
		const named = { ...bare, expectations: [{ subject: 'a', expected: 'b', came: 'c', agrees: null }], calls: ['f()'] };
		expect(resultMarkdown(named).split('a socket\n')[1]).toBe(
			[
				'- Sizes: as written in the source',
				'',
				'## Catalog against result',
				'',
				'|     | catalog | result | verdict |',
				'| --- | ------- | ------ | ------- |',
				'| a   | b       | c      |         |',
				'',
				'## Calls',
				'',
				'```c',
				'f()',
				'```',
				'',
			].join('\n'),
		);
		expect(resultPlain(named).split('source\n')[1]).toBe(
			'\nCatalog against result\n     catalog  result\n  a  b        c\n',
		);
	});

	test.each<[string, Partial<RunResult>, readonly string[]]>([
		['a number', { name: '0x4004667F' }, ['Control code: 0x4004667F', 'Socket: a socket']],
		[
			'what was measured',
			{ system: 'W', microseconds: 0, bytesReturned: null, neededSize: 7, guards: ['G.'], predicted: ['P.'] },
			[
				'Control code: FIONREAD (0x4004667F)',
				'Finding: P.',
				'Answered by: W',
				'Socket: a socket',
				'Time: 0 µs',
				'Bytes returned: not set by the call',
				'Size needed: 7 bytes',
				'Guard bytes: G.',
			],
		],
		[
			'a call of libc',
			{ backend: 'posix', bytesReturned: 4, calls: ['f()'] },
			['Control code: FIONREAD (0x4004667F)', 'Socket: a socket'],
		],
		[
			'correct sizes',
			{ sizes: 'correct', calls: ['f()'] },
			['Control code: FIONREAD (0x4004667F)', 'Socket: a socket', 'Sizes: as the catalog asks'],
		],
		[
			'correct sizes of a number',
			{ name: '0x4004667F', sizes: 'correct', calls: ['f()'] },
			['Control code: 0x4004667F', 'Socket: a socket'],
		],
		[
			'sizes of a number',
			{ name: '0x4004667F', sizes: 'written', calls: ['f()'] },
			['Control code: 0x4004667F', 'Socket: a socket', 'Sizes: as written in the source'],
		],
	])('tell of %s', (_, part, expected) => {
		expect(facts({ ...bare, ...part }).map((fact) => fact.join(': '))).toEqual(expected);
	});

	test('tell how much of a buffer the call was told, and where a field stands', () => {
		const title = (part: Partial<ResultBuffer>) =>
			bufferTitle('Input', { declared: 4, bytes: null, rows: [], tables: [], ...part });
		expect([title({}), title({ type: 'T' }), title({ given: 4 }), title({ given: 8 })]).toEqual([
			'Input',
			'Input: T',
			'Input',
			'Input (8 bytes, of which the call was told 4)',
		]);
		const bits = (width: number) => fieldCells({ ...field, path: '', bits: { width, shift: 3 } });
		expect([fieldCells(field), bits(1), bits(2)]).toEqual([
			['n', 'int', '0', '4', '65'],
			['value', 'int', '0, bit 3', '1 bit', '65'],
			['value', 'int', '0, bit 3', '2 bits', '65'],
		]);
	});

	test('call a success elsewhere no success where a finding says that Windows refuses the call', () => {
		const answered = (predicted: readonly string[], step: Partial<StepResult> = {}) => {
			const prepared = { ...ready('FIONREAD', { backend: 'posix' }), predicted };
			const { status, summary, inline } = resultOf(prepared, done({ argument: base64('05000000'), ...step }));
			return [status, summary, inline];
		};
		const failed = { status: 'error', error: 9, errorName: 'EBADF' } as const;
		expect(answered([])).toEqual(['ok', 'ioctl(FIONREAD) succeeded.', '5 bytes']);
		expect(answered(['It fails.'])).toEqual([
			'elsewhere',
			'Windows refuses this call, as the finding says. What follows is what this system answers: ioctl(FIONREAD) succeeded.',
			'fails on Windows',
		]);
		expect(answered(['It fails.'], failed)).toEqual([
			'error',
			'ioctl(FIONREAD) failed with EBADF (9). The file descriptor is not open.',
			'EBADF',
		]);
	});

	test('a dump has 16 bytes a line, with their text', () => {
		expect(hexDump(Uint8Array.from({ length: 18 }, (_, i) => i + 0x38))).toEqual([
			'0000  38 39 3a 3b 3c 3d 3e 3f  40 41 42 43 44 45 46 47  89:;<=>?@ABCDEFG',
			'0010  48 49                                             HI',
		]);
		expect(hexDump(new Uint8Array())).toEqual([]);
		expect(hexDump(Uint8Array.from([0x41, 0x42]))).toEqual(['0000  41 42  AB']);
		expect(hexDump(Uint8Array.from({ length: 9 }, () => 0x41))).toEqual([
			'0000  41 41 41 41 41 41 41 41  41  AAAAAAAAA',
		]);
	});

	test.each([
		[0.4, '0 µs'],
		[999.4, '999 µs'],
		[1000, '1 ms'],
		[1234, '1.2 ms'],
		[999_999, '1000 ms'],
		[1_000_000, '1 s'],
		[1_234_567, '1.23 s'],
	])('%d µs reads %s', (time, words) => expect(timeText(time)).toBe(words));
});

describe('errors', () => {
	test('every Winsock error that the catalog names is known', () => {
		const names = codes.flatMap((c) => [
			...(c.errors ?? []).map((e) => e.error),
			...[c.input, c.output].flatMap((b) => (b.tooSmall ? [b.tooSmall.error] : [])),
		]);
		const known = Array.from({ length: 0x10000 }, (_, number) => winsockError(number)?.name);
		expect(names.filter((n) => !n.startsWith('STATUS_') && !known.includes(n))).toEqual([]);
	});

	test('names and numbers belong together', () => {
		expect(winsockError(10_014)?.name).toBe('WSAEFAULT');
		expect(winsockError(10_045)).toMatchObject({ number: 10_045, name: 'WSAEOPNOTSUPP' });
		expect([winsockError(1), errnoMeaning('EXYZ')]).toEqual([undefined, undefined]);
		expect(errnoMeaning('ENOTTY')).toBe('The socket does not know this request.');
	});
});

describe('a probe', () => {
	test('tries sizes from nothing on, around the smallest, and whole entries of a list', () => {
		const sizesOf = (code: string) => {
			const subject = subjectOf(code);
			if ('error' in subject) throw new Error(subject.error);
			const probe = prepareProbe(subject, { backend: 'winsock' });
			if ('error' in probe) throw new Error(probe.error);
			return probe.tries.flat().map(({ size }) => size);
		};
		expect(sizesOf('SIO_BASE_HANDLE')).toEqual(Array.from({ length: 17 }, (_, size) => size));
		const listed = sizesOf('SIO_GET_INTERFACE_LIST');
		expect(listed).toEqual([...listed].sort((a, b) => a - b));
		expect(listed.slice(0, 153)).toEqual(Array.from({ length: 153 }, (_, size) => size));
		expect(listed.slice(153)).toEqual([...Array.from({ length: 14 }, (_, i) => 76 * (i + 3)), 4864]);
	});

	test('joins equal answers, and finds the smallest size that works', () => {
		const subject = subjectOf('SIO_BASE_HANDLE');
		if ('error' in subject) throw new Error(subject.error);
		const probe = prepareProbe(subject, { backend: 'winsock' });
		if ('error' in probe) throw new Error(probe.error);
		const outcomes = probe.tries.map((batch): Outcome => {
			const steps = batch.map(({ size }): StepResult => {
				if (size < 4) return { ...STEP, status: 'error', error: 10_014, errorName: 'WSAEFAULT', bytesReturned: 8 };
				const intact = size >= 8;
				const output = intact ? INTACT : { intact, before: 0, after: 8 - size, first: size, last: 7 };
				return { ...STEP, bytesReturned: 8, guards: { input: null, output } };
			});
			return { kind: 'done', report: { backend: 'winsock', system: WINE, socket: { local: null, peer: null }, steps } };
		});
		const result = probeResultOf(probe, outcomes);
		expect(result.sides).toEqual([
			{
				side: 'output',
				ranges: [
					{ from: 0, to: 3, answer: 'WSAEFAULT', note: '8 bytes needed' },
					{ from: 4, to: 7, answer: 'ok', note: 'writes past the end' },
					{ from: 8, to: 16, answer: 'ok' },
				],
				minimum: 8,
				catalog: 8,
				atLeast: false,
				agrees: true,
			},
		]);
		expect(probePlain(result)).toBe(`Sizes of SIO_BASE_HANDLE
  Answered by Wine 8.0

Output size
  bytes    answer     remark
  0 to 3   WSAEFAULT  8 bytes needed
  4 to 7   ok         writes past the end
  8 to 16  ok

                   catalog  system
  smallest output  8 bytes  8 bytes  agrees
`);
		expect(probeMarkdown(result).split('\n').slice(0, 9)).toEqual([
			'# Sizes of SIO_BASE_HANDLE',
			'',
			'- Answered by: Wine 8.0',
			'- Wine 8.0 answered, not Windows.',
			'',
			'## Output size',
			'',
			'| bytes   | answer    | remark              |',
			'| ------- | --------- | ------------------- |',
		]);
		const silent = { ...result, sides: result.sides.map((side) => ({ ...side, ranges: side.ranges.slice(2) })) };
		expect(probeMarkdown(silent).split('\n').slice(7, 10)).toEqual([
			'| bytes   | answer |',
			'| ------- | ------ |',
			'| 8 to 16 | ok     |',
		]);
	});

	const probed = (code: string, options: Partial<RunOptions> = {}, change = (entry: ControlCode) => entry) => {
		const subject = subjectOf(code);
		if ('error' in subject) throw new Error(subject.error);
		const entry = subject.entry && change(subject.entry);
		return prepareProbe({ ...subject, ...(entry ? { entry } : {}) }, { backend: 'winsock', ...options });
	};
	const made = (...given: Parameters<typeof probed>) => {
		const probe = probed(...given);
		if ('error' in probe) throw new Error(probe.error);
		return probe;
	};
	const upTo = (last: number) => Array.from({ length: last + 1 }, (_, size) => size);

	test('tries the sizes of each side that has any, in plans of sixteen calls', () => {
		const { plans, tries, ...probe } = made('SIO_TCP_INFO');
		expect(probe).toEqual({
			title: 'Sizes of SIO_TCP_INFO',
			name: 'SIO_TCP_INFO',
			code: 0xd8000027,
			risk: 'none',
			effect: "Reads the statistics of the run's own connection.",
			confirm: false,
			catalog: { input: 4, output: 88 },
			variable: ['output'],
		});
		const sizes = (side: 'input' | 'output') => tries.flat().flatMap((one) => (one.side === side ? one.size : []));
		const entries = Array.from({ length: 14 }, (_, i) => 88 * (i + 3));
		expect([sizes('input'), sizes('output')]).toEqual([upTo(8), [...upTo(176), ...entries, 4096]]);
		expect(plans.map(({ steps }) => steps.length)).toEqual([...Array(12).fill(16), 9]);
	});

	test('tries what lies around a large size, and multiples of an input that may be longer', () => {
		const sizes = (...given: Parameters<typeof probed>) =>
			made(...given)
				.tries.flat()
				.map(({ size }) => size);
		const large = (entry: ControlCode): ControlCode => ({
			...entry,
			output: { ...entry.output, type: 'SOCKADDR_STORAGE', use: 'required', minimum: { bytes: 300 } },
		});
		expect(sizes('SIO_BASE_HANDLE', {}, large)).toEqual([...upTo(256), 299, 300, 301, 600]);
		expect(sizes('SIO_SET_MULTICAST_FILTER')).toEqual([...upTo(32), 48, 64]);
		expect(sizes('SIO_ADDRESS_LIST_QUERY')).toEqual([
			...upTo(16),
			...upTo(16)
				.slice(3)
				.map((n) => 8 * n),
			4096,
		]);
	});

	test('gives each size of an input its own bytes, as far as the input goes', () => {
		const inputs = (...given: Parameters<typeof probed>) =>
			made(...given).plans.flatMap(({ steps }) =>
				steps.flatMap((step) => {
					if (step.call !== 'WSAIoctl') return [];
					const { bytes, declared, pointers } = step.input ?? {};
					return `${Buffer.from(bytes ?? '', 'base64').toString('hex')} ${declared} ${pointers?.map(({ at }) => at)}`;
				}),
			);
		expect(inputs('SIO_RCVALL').slice(0, 7)).toEqual([
			' 0 ',
			'02 1 ',
			'0200 2 ',
			'020000 3 ',
			'02000000 4 ',
			'0200000000 5 ',
			'020000000000 6 ',
		]);
		const pointing = inputs('SIO_ADDRESS_LIST_SORT', { answers: { '': ['127.0.0.1'] } });
		const pointers = pointing.flatMap((text) => (text.endsWith(' 8') ? Number(text.split(' ').at(-2)) : []));
		expect(pointers[0]).toBe(24);
		expect(inputs('SIO_BASE_HANDLE')[0]).toBe(' 0 ');
	});

	test.each([
		[
			'SIO_KEEPALIVE_VALS',
			{ backend: 'posix' },
			'The calls of libc are told no sizes, so there is nothing to probe; use the winsock backend.',
		],
		['SIO_KEEPALIVE_VALS', { answers: { onoff: 'x' } }, 'onoff: "x" is not a number.'],
	] as const)('of %s with %j is refused', (code, options, error) => {
		expect(probed(code, options)).toMatchObject({ error });
	});

	test.each<[string, (entry: ControlCode) => ControlCode, boolean]>([
		['a plain code', (entry) => entry, true],
		['no runner can send', ({ live: _, ...entry }) => entry, false],
		['only the kernel knows', (entry) => ({ ...entry, wskOnly: true }), false],
		['that waits', (entry) => ({ ...entry, ...(entry.live ? { live: { ...entry.live, waits: true } } : {}) }), false],
		['that may be overlapped', (entry) => ({ ...entry, overlapped: { rule: 'forbidden' } }) as ControlCode, true],
		['that must be overlapped', (entry) => ({ ...entry, overlapped: { rule: 'required' } }) as ControlCode, false],
	])('of %s', (_, change, can) => {
		const [entry] = codes.filter(({ name }) => name === 'FIONREAD');
		expect(entry && canProbe(change(entry))).toBe(can);
	});

	const NOTHING: PreparedProbe = {
		title: 'T',
		name: 'N',
		code: 1,
		risk: 'none',
		effect: 'E.',
		confirm: false,
		plans: [],
		tries: [],
		catalog: {},
		variable: [],
	};
	const answered = (steps: readonly Partial<StepResult>[], name = 'Windows'): Outcome => {
		const system = { ...WINE, name, label: `${name} 1` } as SystemInfo;
		const all = steps.map((step): StepResult => ({ ...STEP, ...step }));
		return { kind: 'done', report: { backend: 'winsock', system, socket: { local: null, peer: null }, steps: all } };
	};
	const failing = { status: 'error', error: 7, errorName: null } as const;
	const inputs = [0, 1, 2, 3, 4].map((size) => ({ side: 'input', size }) as const);

	test('joins what is told in the same words, and no size in between', () => {
		const sides = (steps: readonly Partial<StepResult>[], probe: Partial<PreparedProbe> = {}) =>
			probeResultOf({ ...NOTHING, tries: [inputs], ...probe }, [answered(steps)]).sides;
		const told = (...given: Parameters<typeof sides>) =>
			sides(...given).map(({ ranges, minimum, catalog, atLeast, agrees }) => [
				...ranges.map(({ from, to, answer, note }) => `${from}-${to} ${answer} ${note ?? ''}`.trim()),
				`${minimum} ${catalog} ${atLeast} ${agrees}`,
			]);
		expect(told([failing, { ...failing, errorName: 'E' }, {}, {}, {}])).toEqual([
			['0-0 7', '1-1 E', '2-4 ok', '2 null false null'],
		]);
		expect(told([{}, failing, { status: 'pending' }, {}, {}], { catalog: { input: 3 } })).toEqual([
			['0-0 ok', '1-1 7', '2-2 pending', '3-4 ok', '3 3 false true'],
		]);
		expect(told([{}, {}, failing, failing, failing], { catalog: { input: 3 } })).toEqual([
			['0-1 ok', '2-4 7', 'null 3 false null'],
		]);
		expect(told([{}, {}, {}, {}, {}], { catalog: { input: 1 } })).toEqual([['0-4 ok', '0 1 false false']]);
		for (const [least, agrees] of [
			[1, true],
			[2, true],
			[3, false],
		] as const) {
			const [[, , verdict] = []] = told([failing, failing, {}, {}, {}], {
				catalog: { input: least },
				variable: ['input'],
			});
			expect(verdict).toBe(`2 ${least} true ${agrees}`);
		}
		const needs = (bytesReturned: number | null) => ({ ...failing, bytesReturned });
		expect(told([needs(0), needs(2), needs(2), needs(null), { bytesReturned: 9 }])).toEqual([
			['0-0 7', '1-1 7 2 bytes needed', '2-3 7', '4-4 ok', '4 null false null'],
		]);
		const overrun = { guards: { input: null, output: { ...INTACT, intact: false } } };
		expect(told([{ ...failing, ...overrun }, overrun, { guards: { input: null, output: INTACT } }, {}, {}])).toEqual([
			['0-0 7 writes past the end', '1-1 ok writes past the end', '2-4 ok', '2 null false null'],
		]);
	});

	test('tells what came of plans that were not answered, and whose answers the others are', () => {
		const probe = { ...NOTHING, tries: [inputs.slice(0, 1), inputs.slice(1, 2), inputs.slice(2, 3)] };
		const result = probeResultOf(probe, [
			{ kind: 'cancelled', message: '' },
			answered([{}, {}]),
			{ kind: 'timed-out', message: '', afterMs: 5 },
		]);
		expect(result).toEqual({
			title: 'T',
			name: 'N',
			code: 1,
			system: 'Windows 1',
			failure: 'The run was cancelled.',
			sides: [
				{
					side: 'input',
					ranges: [{ from: 1, to: 1, answer: 'ok' }],
					minimum: 1,
					catalog: null,
					atLeast: false,
					agrees: null,
				},
			],
			notes: [],
		});
		expect(probeResultOf(probe, [answered([], 'Wine')])).toMatchObject({
			system: 'Wine 1',
			sides: [],
			notes: ['Wine 1 answered, not Windows.'],
		});
		expect(probePlain(result)).toBe(`T
  Answered by Windows 1
  The run was cancelled.

Input size
  bytes  answer
  1      ok

                  catalog     system
  smallest input  not stated  1 byte
`);
		expect(probeMarkdown(result)).toBe(`# T

- Answered by: Windows 1
- The run was cancelled.

## Input size

| bytes | answer |
| ----- | ------ |
| 1     | ok     |

## Smallest size that works

|                | catalog    | system | verdict |
| -------------- | ---------- | ------ | ------- |
| smallest input | not stated | 1 byte |         |
`);
		const { system: _, ...nobody } = { ...result, sides: [], failure: 'F.' };
		expect([probePlain(nobody), probeMarkdown(nobody)]).toEqual(['T\n  F.\n', '# T\n\n- F.\n']);
	});

	test.each([
		[{ minimum: null, catalog: null, atLeast: false }, 'not stated', 'no size tried worked'],
		[{ minimum: 0, catalog: 8, atLeast: false }, '8 bytes', '0 bytes'],
		[{ minimum: 8, catalog: 8, atLeast: true }, 'at least 8 bytes', '8 bytes'],
	])('says of %j what was expected', (part, expected, came) => {
		const side = { side: 'output', ranges: [], agrees: null, ...part } as const;
		expect(verdictOf(side)).toEqual({ subject: 'smallest output', expected, came, agrees: null });
		expect(verdictOf({ ...side, side: 'input' }).subject).toBe('smallest input');
	});

	test.each([
		[
			'SIO_ADDRESS_LIST_CHANGE',
			'SIO_ADDRESS_LIST_CHANGE waits for something to happen, so its sizes cannot be probed.',
		],
		['0x12345678', '0x12345678 is not in the catalog, so its sizes are not known.'],
		['SIO_FLUSH', 'SIO_FLUSH has no buffer whose size is known, so there is nothing to probe.'],
	])('of %s is refused', (query, error) => {
		const subject = subjectOf(query);
		expect('error' in subject ? subject : prepareProbe(subject, { backend: 'winsock' })).toEqual({ error });
	});
});

describe('live runs of an editor', () => {
	const checker = new Checker(nodeEngine(resolve(import.meta.dirname, '../../server/src')));
	afterAll(() => checker.dispose());
	const text = `void f(SOCKET s) { struct tcp_keepalive ka = {1, 5, 6}; DWORD n;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, 8, NULL, 0, &n, NULL, NULL); }\n`;
	const document = TextDocument.create('file:///a.c', 'c', 1, text);
	const position = { line: 1, character: 4 };
	type Analysis = Parameters<LiveRuns['plan']>[0];
	let analysis: Analysis;
	beforeAll(async () => {
		const result = await checker.check({ name: 'a.c', text });
		const rangeAt = (start: number, end: number) => ({
			start: document.positionAt(start),
			end: document.positionAt(end),
		});
		analysis = {
			calls: result!.calls,
			findings: [],
			catalog: Catalog.builtin,
			document: {
				uri: 'file:///a.c',
				text,
				offsetAt: (p: typeof position) => document.offsetAt(p),
				positionAt: (o: number) => document.positionAt(o),
				rangeAt,
			},
		} as unknown as Analysis;
	});
	const asked = { uri: 'file:///a.c', position, sizes: 'written', backend: 'winsock' } as const;
	const UNTRUSTED = { error: 'This workspace is not trusted, so nothing of it is run.' };

	test.each([undefined, null, {}, { trusted: 'true' }, { trusted: 1 }])(
		'nothing is run when the client says %j',
		(options) => {
			const runs = new LiveRuns(options, 'Linux');
			expect(runs.plan(analysis, asked)).toEqual(UNTRUSTED);
			expect(runs.probePlan(analysis, asked)).toEqual(UNTRUSTED);
			expect(runs.result({ run: ready('FIONREAD'), outcome: done({}) })).toEqual(UNTRUSTED);
			expect(runs.probeResult({ probe: {}, outcomes: [] })).toEqual(UNTRUSTED);
			expect(runs.lensesFor(analysis!)).toEqual([]);
			expect(runs.offersFor(analysis!.calls[0]!)).toEqual([]);
		},
	);

	test('trust may come and go', () => {
		const runs = new LiveRuns({}, 'Linux');
		runs.setTrust({ trusted: true });
		expect(runs.plan(analysis, asked)).not.toHaveProperty('error');
		runs.setTrust(undefined);
		expect(runs.plan(analysis, asked)).toEqual(UNTRUSTED);
	});

	test('a plan, its outcome and the document', () => {
		const runs = new LiveRuns({ trusted: true }, 'Linux');
		const plan = runs.plan(analysis, asked);
		if ('error' in plan) throw new Error(plan.error);
		expect(plan).toMatchObject({
			title: 'WSAIoctl: SIO_KEEPALIVE_VALS',
			code: 'SIO_KEEPALIVE_VALS',
			risk: 'changes-socket',
			effect: "Sets the keep-alive times of the run's own connection.",
			confirm: false,
			questions: [],
		});
		// The client keeps it as JSON.
		const run = JSON.parse(JSON.stringify(plan.run));
		const outcome = done({
			status: 'error',
			error: 10_014,
			errorName: 'WSAEFAULT',
			guards: { input: INTACT, output: null },
		});
		expect(runs.result({ run, outcome })).toMatchObject({ inline: 'WSAEFAULT', status: 'error' });
		expect(runs.result({ run: {}, outcome })).toEqual({ error: 'This is no run and its outcome.' });
		expect(runs.result({ run, outcome: 'x' })).toEqual({ error: 'This is no run and its outcome.' });
	});

	test('no call, no plan', () => {
		const runs = new LiveRuns({ trusted: true }, 'Linux');
		expect(runs.plan(analysis, { ...asked, position: { line: 0, character: 0 } })).toEqual({
			error: 'There is no I/O control call here.',
		});
		expect(runs.plan(undefined, asked)).toEqual({ error: 'There is no I/O control call here.' });
	});

	const lenses = (options: object, settings: object = {}) =>
		new LiveRuns({ trusted: true, liveRuns: true, ...options }, 'Linux').lensesFor({
			...analysis!,
			settings: { ...DEFAULTS, ...settings },
		});

	test('a lens names the backend that the client announced, and another one offers the correct sizes', () => {
		const range = { start: { line: 1, character: 1 }, end: { line: 1, character: 9 } };
		const arguments_ = ['file:///a.c', { line: 1, character: 1 }];
		expect(lenses({ liveRuns: false })).toEqual([]);
		expect(lenses({ backend: 'Wine 8.0' })).toEqual([
			{ range, command: { title: 'Run · Wine 8.0', command: 'ioctlLens.run', arguments: arguments_ } },
			{
				range,
				command: { title: 'Run with correct sizes', command: 'ioctlLens.runCorrectSizes', arguments: arguments_ },
			},
		]);
	});

	test('each lens has a switch of its own', () => {
		const titles = (settings: object) => lenses({}, settings).map((l) => l.command?.title);
		expect(titles({})).toEqual(['Run', 'Run with correct sizes']);
		expect(titles({ runLens: false })).toEqual(['Run with correct sizes']);
		expect(titles({ correctSizesLens: false })).toEqual(['Run']);
	});

	test.each([
		['ioctlsocket(s, FIONREAD, &n);', ['Run · Linux']],
		['SOCKET h; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &h, sizeof(h), &n, NULL, NULL);', ['Run · needs Winsock']],
		['WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, 8, NULL, 0, &n, NULL, NULL);', ['Run · Linux']],
	])('on Linux without Wine: %s', async (body, titles) => {
		const text = `void f(SOCKET s, struct tcp_keepalive ka) { DWORD n;\n\t${body} }\n`;
		const { calls } = (await checker.check({ name: 'a.c', text }))!;
		const found = new LiveRuns({ trusted: true, liveRuns: true, backend: 'Linux', backendName: 'posix' }, 'Linux');
		expect(calls.map((call) => found.offersFor(call).map((offer) => offer.lens))).toEqual([titles]);
	});

	test.each([
		['a size that is right', 'WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, sizeof(ka), NULL, 0, &n, NULL, NULL);', false],
		['a size too small', 'WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, sizeof(&ka), NULL, 0, &n, NULL, NULL);', true],
		['a size that is not known', 'WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, x, NULL, 0, &n, NULL, NULL);', false],
		['output where there is none', 'WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, 12, b, 8, &n, NULL, NULL);', true],
		['the question for a size', 'WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, NULL, 0, &n, NULL, NULL);', false],
		['a list that cannot begin', 'WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, b, 4, &n, NULL, NULL);', true],
		['an unknown code', 'WSAIoctl(s, 0x12345678, b, 1, NULL, 0, &n, NULL, NULL);', false],
	])('correct sizes are offered for %s: %s %s', async (_what, body, offered) => {
		const text = `void f(SOCKET s, int x) { char b[8]; struct tcp_keepalive ka; DWORD n;\n\t${body} }\n`;
		const { calls } = (await checker.check({ name: 'a.c', text }))!;
		const runs = new LiveRuns({ trusted: true, liveRuns: true }, 'Linux');
		const commands = runs.offersFor(calls[0]!).map((offer) => offer.command);
		expect(commands.includes('ioctlLens.runCorrectSizes')).toBe(offered);
	});

	test('a plan says where its call ends and which of its code it is', async () => {
		const twice = `${text.replace('8, NULL', '12,\n\tNULL')}${text.replaceAll('f(', 'g(')}`;
		const { calls } = (await checker.check({ name: 'a.c', text: twice }))!;
		const source = TextDocument.create('file:///a.c', 'c', 1, twice);
		const runs = new LiveRuns({ trusted: true }, 'Linux');
		const places = [1, 4].map((line) => {
			const document = {
				offsetAt: (p: typeof position) => source.offsetAt(p),
				positionAt: (o: number) => source.positionAt(o),
			};
			const plan = runs.plan({ ...analysis!, calls, document } as unknown as Analysis, {
				...asked,
				position: { line, character: 4 },
			});
			return 'error' in plan ? plan.error : [plan.endLine, plan.ordinal];
		});
		expect(places).toEqual([
			[2, 0],
			[4, 1],
		]);
	});
});
