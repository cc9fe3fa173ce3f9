/** What libc is asked on each system, and how its recorded answers read. */
import { describe, expect, test } from 'vitest';
import type { InterfaceRecord, PlanInput, StepResult } from '../../native/src/plan.ts';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import type { PosixCall } from '../../server/src/catalog/model.ts';
import { type PosixSystem, posixNumbers } from '../../server/src/run/backends/posix.ts';
import type { PreparedRun } from '../../server/src/run/prepare.ts';
import { prepare, resultOf, subjectOf } from '../support/builtin.ts';
import { STEP } from '../support/step.ts';

const SYSTEMS = ['Linux', 'macOS'] as const satisfies readonly PosixSystem[];

function asked(query: string, system: PosixSystem, answers: Readonly<Record<string, string>> = {}) {
	const subject = subjectOf(query);
	if ('error' in subject) throw new Error(subject.error);
	return prepare(subject, { backend: 'posix', sizes: 'correct', system, answers });
}

function ready(...given: Parameters<typeof asked>): PreparedRun {
	const prepared = asked(...given);
	if ('error' in prepared) throw new Error(prepared.error);
	return prepared;
}

/** A step in few words: `setsockopt 6 4 5`. */
const told = (step: PlanInput['steps'][number]): string =>
	Object.values(step)
		.map((part) => {
			if (typeof part !== 'object' || part === null) return String(part);
			if ('bytes' in part) return Buffer.from(String(part.bytes), 'base64').readInt32LE().toString();
			return Object.values(part).join(' ');
		})
		.join(' ');

describe('steps', () => {
	const ON = { onoff: '1', keepalivetime: '90001', keepaliveinterval: '10' };
	test.each<[string, Record<string, string>, Readonly<Record<PosixSystem, readonly string[]>>]>([
		['FIONREAD', {}, { Linux: [`ioctl ${0x541b} -1`], macOS: [`ioctl ${0x4004667f} -1`] }],
		['SIOCATMARK', {}, { Linux: [`ioctl ${0x8905} -1`], macOS: [`ioctl ${0x40047307} -1`] }],
		['FIONBIO', { '': '1' }, { Linux: [`ioctl ${0x5421} 1`], macOS: [`ioctl ${0x8004667e} 1`] }],
		['SIO_GET_INTERFACE_LIST', {}, { Linux: ['getifaddrs'], macOS: ['getifaddrs'] }],
		[
			'SIO_KEEPALIVE_VALS',
			ON,
			{
				Linux: [
					'setsockopt 1 9 1',
					'setsockopt 6 4 91',
					'setsockopt 6 5 1',
					'getsockopt 1 9 4',
					'getsockopt 6 4 4',
					'getsockopt 6 5 4',
				],
				macOS: [
					'setsockopt 65535 8 1',
					'setsockopt 6 16 91',
					'setsockopt 6 257 1',
					'getsockopt 65535 8 4',
					'getsockopt 6 16 4',
					'getsockopt 6 257 4',
				],
			},
		],
		[
			'SIO_KEEPALIVE_VALS',
			{ ...ON, onoff: '0' },
			{
				Linux: ['setsockopt 1 9 0', 'getsockopt 1 9 4', 'getsockopt 6 4 4', 'getsockopt 6 5 4'],
				macOS: ['setsockopt 65535 8 0', 'getsockopt 65535 8 4', 'getsockopt 6 16 4', 'getsockopt 6 257 4'],
			},
		],
		[
			'SIO_MULTIPOINT_LOOPBACK',
			{ '': '1' },
			{ Linux: ['setsockopt 0 34 1', 'getsockopt 0 34 4'], macOS: ['setsockopt 0 11 1', 'getsockopt 0 11 4'] },
		],
		[
			'SIO_MULTICAST_SCOPE',
			{ '': '7' },
			{ Linux: ['setsockopt 0 33 7', 'getsockopt 0 33 4'], macOS: ['setsockopt 0 10 7', 'getsockopt 0 10 4'] },
		],
		[
			'SIO_ROUTING_INTERFACE_QUERY',
			{ '': '192.0.2.1:53' },
			{ Linux: ['route 192.0.2.1 53'], macOS: ['route 192.0.2.1 53'] },
		],
	])('of %s with %j', (query, answers, expected) => {
		for (const system of SYSTEMS) expect(ready(query, system, answers).plan.steps.map(told)).toEqual(expected[system]);
	});

	test('hand over no number but those that need no consent', () => {
		const named = codes.filter((code) => code.live?.posix && code.live.posix.call !== 'TCP_INFO');
		expect(named.length).toBeGreaterThan(5);
		for (const system of SYSTEMS) {
			const { codes: numbers, options } = posixNumbers(system);
			for (const { name } of named) {
				for (const step of ready(name, system).plan.steps) {
					if (step.call === 'ioctl') expect(numbers).toContain(step.request);
					if (step.call === 'setsockopt') expect(options).toContainEqual([step.level, step.name]);
				}
			}
		}
	});

	test('only Linux has this TCP_INFO', () => {
		expect(ready('SIO_TCP_INFO', 'Linux').plan.steps.map(told)).toEqual(['getsockopt 6 11 248']);
		expect(asked('SIO_TCP_INFO', 'macOS')).toEqual({
			error: 'macOS has no TCP_INFO; its own structure is a different one.',
		});
	});

	test('what libc cannot be told or has not is refused', () => {
		const subject = subjectOf('FIONREAD');
		if ('error' in subject) throw new Error(subject.error);
		const sizes = 'The calls of libc are told no sizes and are never overlapped; use the winsock backend.';
		expect(prepare(subject, { backend: 'posix', sizes: 'correct', outSize: 2 })).toMatchObject({ error: sizes });
		expect(prepare(subject, { backend: 'posix', sizes: 'correct', overlapped: true })).toMatchObject({ error: sizes });
		expect(asked('SIO_RCVALL', 'Linux')).toMatchObject({
			error: 'SIO_RCVALL has no true counterpart among the calls of Linux, and nothing is simulated.',
		});
		expect(asked('SIO_ROUTING_INTERFACE_QUERY', 'Linux', { '': 'nowhere' })).toHaveProperty('error');
	});
});

const base64 = (hex: string) => Buffer.from(hex.replace(/\s+/g, ''), 'hex').toString('base64');

function answered(run: PreparedRun, ...steps: readonly Partial<StepResult>[]) {
	const system = {
		name: 'Linux',
		version: '6',
		label: 'Linux 6',
		arch: 'x64',
		pointerSize: 8,
		runtime: 'Node 24',
		koffi: '3',
	} as const;
	return resultOf(run, {
		kind: 'done',
		report: {
			backend: 'posix',
			system,
			socket: { local: null, peer: null },
			steps: steps.map((step) => ({ ...STEP, call: 'ioctl', text: 'ioctl(s, …)', nanoseconds: 1500, ...step })),
		},
	});
}

describe('answers', () => {
	test.each<[string, string, string]>([
		['FIONREAD', '01000000', '1 byte'],
		['FIONREAD', '00010000', '256 bytes'],
		['SIOCATMARK', '00000000', '0 (not at the mark)'],
		['SIOCATMARK', '01000000', '1 (at the mark)'],
		['FIONBIO', '01000000', '1'],
	])('%s leaves %s, %s', (query, argument, text) => {
		const { output, inline, status, microseconds } = answered(ready(query, 'Linux'), { argument: base64(argument) });
		expect(output?.rows).toMatchObject([{ path: '', type: 'int', offset: 0, size: 4, raw: argument, text }]);
		expect([status, inline, microseconds, output?.tables]).toEqual(['ok', text, 1.5, []]);
	});

	test('a number that was not read is none', () => {
		expect(answered(ready('FIONREAD', 'Linux'), { argument: base64('010000') }).output).toBeUndefined();
	});

	test('options are read back, each with its unit', () => {
		const run = ready('SIO_KEEPALIVE_VALS', 'Linux', { onoff: '1' });
		const read = [1, 90, 2].map((n) => ({ output: base64(`${n.toString(16).padStart(2, '0')}000000`) }));
		const { output, input } = answered(run, {}, {}, {}, ...read);
		expect(output?.rows.map(({ path, offset, text, value, meaning }) => [path, offset, text, value, meaning])).toEqual([
			['SO_KEEPALIVE', 0, '1', 1, 'Read back after setting it.'],
			['TCP_KEEPIDLE', 4, '90 s (1.5 min)', 90, 'Read back after setting it.'],
			['TCP_KEEPINTVL', 8, '2 s', 2, 'Read back after setting it.'],
		]);
		expect([output?.type, output?.bytes]).toEqual(['socket options', '010000005a00000002000000']);
		expect(input?.type).toBe('tcp_keepalive');
		const ttl = answered(ready('SIO_MULTICAST_SCOPE', 'Linux', { '': '7' }), {}, { output: base64('07000000') });
		expect(ttl.output).toMatchObject({ type: 'int', rows: [{ path: 'IP_MULTICAST_TTL', text: '7' }] });
	});

	test('the local address of a route has no port', () => {
		const run = ready('SIO_ROUTING_INTERFACE_QUERY', 'Linux', { '': '192.0.2.1' });
		const { output, inline } = answered(run, { endpoint: { address: '192.0.2.7', port: 4711 } });
		expect([output?.rows[0]?.value, inline]).toEqual(['192.0.2.7', '192.0.2.7']);
		expect(answered(run, {}).output).toBeUndefined();
	});

	/** `struct tcp_info` of `linux/tcp.h`: how many bytes each member has; a number alone is what bit-fields take. */
	const MEMBERS = [
		'1 state ca_state retransmits probes backoff options',
		'2',
		'4 rto ato snd_mss rcv_mss unacked sacked lost retrans fackets last_data_sent last_ack_sent last_data_recv',
		'4 last_ack_recv pmtu rcv_ssthresh rtt rttvar snd_ssthresh snd_cwnd advmss reordering rcv_rtt rcv_space',
		'4 total_retrans',
		'8 pacing_rate max_pacing_rate bytes_acked bytes_received',
		'4 segs_out segs_in notsent_bytes min_rtt data_segs_in data_segs_out',
		'8 delivery_rate',
	];

	test('every member of tcp_info stands where Linux has it, as far as the kernel filled it in', () => {
		const members = new Map<string, string>();
		const values = new Map<string, number>();
		const bytes = Buffer.alloc(248);
		let at = 0;
		for (const row of MEMBERS) {
			const [length = '', ...names] = row.split(' ');
			const size = Number(length);
			if (names.length === 0) at += size;
			for (const [i, name] of names.entries()) {
				bytes.fill(0, at, at + size);
				// Another number in each, in all its bytes but the highest.
				const value = size === 1 ? (i + 1) % 12 : 0x10000 + at;
				bytes.writeUIntLE(value, at, Math.min(size, 6));
				values.set(`tcpi_${name}`, value);
				members.set(`tcpi_${name}`, `__u${size * 8} at ${at}`);
				at += size;
			}
		}
		const run = ready('SIO_TCP_INFO', 'Linux');
		const read = (bytesReturned: number) =>
			answered(run, { output: bytes.toString('base64'), bytesReturned }).output?.rows ?? [];
		const rows = read(248);
		for (const { path, type, offset, value } of rows) {
			expect(`${path} ${type} at ${offset}`).toBe(`${path} ${members.get(path)}`);
			expect(`${path} ${value}`).toBe(`${path} ${values.get(path)}`);
		}
		expect(rows.map(({ path }) => path)).toEqual([...members.keys()]);
		expect(rows[0]?.text).toBe('TCP_ESTABLISHED (1)');
		// The last one ends at 168.
		expect(read(168)).toHaveLength(rows.length);
		expect(read(167)).toHaveLength(rows.length - 1);
	});

	test('a number beyond those that are exact is told in full', () => {
		const bytes = Buffer.alloc(168, 0xff);
		const { output } = answered(ready('SIO_TCP_INFO', 'Linux'), {
			output: bytes.toString('base64'),
			bytesReturned: 168,
		});
		expect(output?.rows.at(-1)).toMatchObject({ value: '18446744073709551615' });
	});
});

describe('interfaces', () => {
	const INET = '0200 0000 c0000207 0000000000000000';
	const INET6 = `0a00 0000 00000000 fe800000000000000000000000000001`;
	const entry = (part: Partial<InterfaceRecord>): InterfaceRecord => ({
		name: 'eth0',
		flags: 0,
		address: null,
		netmask: null,
		broadcast: null,
		...part,
	});
	const listed = (system: PosixSystem, ...list: readonly Partial<InterfaceRecord>[]) =>
		answered(ready('SIO_GET_INTERFACE_LIST', system), { interfaces: list.map(entry) }).output?.tables[0]?.rows;

	test('of Linux', () => {
		const rows = listed(
			'Linux',
			{ address: base64('1100'), name: 'packet' },
			{
				address: base64(INET),
				netmask: base64('02000000ffffff000000000000000000'),
				broadcast: base64('02000000c00002ff0000000000000000'),
				flags: 0x11043,
			},
			{ address: base64(`${INET6} 02000000`), name: 'lo', flags: 0x80000009 },
			{ address: base64(INET6), flags: 0x303b0 },
		);
		expect(rows).toEqual([
			[
				'0',
				'eth0',
				'192.0.2.7',
				'255.255.255.0',
				'192.0.2.255',
				'IFF_UP | IFF_BROADCAST | IFF_RUNNING | IFF_MULTICAST | IFF_LOWER_UP',
			],
			['1', 'lo', 'fe80::1%2', '', '', 'IFF_UP | IFF_LOOPBACK | 0x80000000'],
			[
				'2',
				'eth0',
				'fe80::1',
				'',
				'',
				'IFF_POINTOPOINT | IFF_NOARP | IFF_PROMISC | IFF_ALLMULTI | IFF_LOWER_UP | IFF_DORMANT | 0x20',
			],
		]);
	});

	test('of macOS', () => {
		const rows = listed(
			'macOS',
			{ address: base64('1002 0000 c0000207 0000000000000000'), flags: 0x8800 },
			{ address: base64('1c1e 0000 00000000 fe800000000000000000000000000001 03000000') },
			{ address: base64('1412 0000 c0000207') },
			{ address: base64('0702 0000 c00002') },
		);
		expect(rows).toEqual([
			['0', 'eth0', '192.0.2.7', '', '', 'IFF_SIMPLEX | IFF_MULTICAST'],
			['1', 'eth0', 'fe80::1%3', '', '', '0'],
		]);
	});
});

test('an error of libc is told by its name', () => {
	const run = ready('FIONREAD', 'Linux');
	const failed = { status: 'error', returned: -1, error: 25, errorName: 'ENOTTY' } as const;
	expect(answered(run, failed)).toMatchObject({
		status: 'error',
		summary: 'ioctl(FIONREAD) failed with ENOTTY (25). The socket does not know this request.',
		inline: 'ENOTTY',
		error: { number: 25, name: 'ENOTTY' },
	});
	expect(answered(run, { ...failed, errorName: null }).error).toEqual({
		number: 25,
		name: 'error 25',
		meaning: 'No meaning of this number is known here.',
	});
});

test('bytes around a buffer are told of where they were touched, beside what the buffer has', () => {
	const intact = { intact: true, before: 0, after: 0, first: null, last: null };
	const past = (last: number) => ({ ...intact, intact: false, after: 1, first: last, last });
	const run = ready('SIO_MULTICAST_SCOPE', 'Linux', { '': '7' });
	expect(
		answered(
			run,
			{ guards: { input: intact, output: intact } },
			{ guards: { input: past(4), output: null } },
			{ output: base64('0700000000000000'), guards: { input: null, output: past(9) } },
		).guards,
	).toEqual([
		'The call wrote past the end of the input buffer, up to 1 byte behind its 4 bytes.',
		'The call wrote past the end of the output buffer, up to 2 bytes behind its 8 bytes.',
	]);
});

test('every call of libc belongs to a code', () => {
	const calls = codes.flatMap((code) => (code.live?.posix ? [code.live.posix.call] : []));
	const known: Readonly<Record<PosixCall, true>> = {
		FIONREAD: true,
		FIONBIO: true,
		SIOCATMARK: true,
		getifaddrs: true,
		'keep-alive': true,
		TCP_INFO: true,
		IP_MULTICAST_LOOP: true,
		IP_MULTICAST_TTL: true,
		route: true,
	};
	expect([...new Set(calls)].sort()).toEqual(Object.keys(known).sort());
});
