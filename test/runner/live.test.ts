/** From a code or a call to decoded fields, through the real runner: on this system's own calls, and on Winsock. */
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { PlanInput } from '../../native/src/plan.ts';
import type { Runner } from '../../native/src/runner.ts';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { guids } from '../../server/src/catalog/guids.ts';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import type { PreparedRun, RunOptions } from '../../server/src/run/prepare.ts';
import { canProbe, probeResultOf } from '../../server/src/run/probe.ts';
import type { RunResult } from '../../server/src/run/result.ts';
import type { Subject } from '../../server/src/run/subject.ts';
import { prepare, prepareProbe, resultOf, subjectOf, subjectOfCall } from '../support/builtin.ts';
import {
	bundleRunner,
	describeWithWine,
	freePort,
	machineAddresses,
	makeRunner,
	root,
	scratch,
	text64,
	wineFolder,
} from './support.ts';

const run = promisify(execFile);
const checker = new Checker(nodeEngine(path.join(root, 'server/src')));
afterAll(() => checker.dispose());

function subject(query: string): Subject {
	const found = subjectOf(query);
	if ('error' in found) throw new Error(found.error);
	return found;
}

/** The single call of a C function's body. */
async function subjectIn(body: string): Promise<Subject> {
	const result = await checker.check({ name: 'a.c', text: `void f(SOCKET s)\n{\n\tDWORD n;\n${body}\n}\n` });
	const found = subjectOfCall(result!.calls[0]!);
	if ('error' in found) throw new Error(found.error);
	return found;
}

function ready(of: Subject, options: RunOptions): PreparedRun {
	const prepared = prepare(of, options);
	if ('error' in prepared) throw new Error(prepared.error);
	return prepared;
}

/** The decoded value at a path. */
const value = (result: RunResult, at = '') => result.output?.rows.find((r) => r.path === at)?.value;
const text = (result: RunResult, at = '') => result.output?.rows.find((r) => r.path === at)?.text;

/** Wait for a line of `ss` about the socket that has this local port. */
const seenBySs = (port: number, pattern: RegExp) =>
	vi.waitFor(async () => {
		const { stdout } = await run('ss', ['-tnoH', 'src', `127.0.0.1:${port}`]);
		expect(stdout).toMatch(pattern);
	}, 60_000);

/** The source address that the system's own routing tool names; undefined without a route. */
const routeTo = (address: string) =>
	run('ip', ['-j', 'route', 'get', address]).then(
		({ stdout }) => (JSON.parse(stdout) as { prefsrc: string }[])[0]?.prefsrc,
		() => undefined,
	);

describe.skipIf(process.platform !== 'linux')('the counterparts of Linux', () => {
	let runner: Runner;
	const folder = scratch();
	beforeAll(async () => {
		runner = makeRunner({ script: await bundleRunner(folder) });
	});

	const POSIX: RunOptions = { backend: 'posix', sizes: 'correct' };

	/** @param change alters the plan, whose last steps stay the code's own */
	async function live(
		query: string,
		answers: RunOptions['answers'] = {},
		change: (plan: PlanInput) => PlanInput = (p) => p,
	) {
		const prepared = ready(subject(query), { ...POSIX, answers });
		const outcome = await runner.run(change(prepared.plan));
		if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
		const own = outcome.report.steps.slice(-prepared.plan.steps.length);
		return resultOf(prepared, { kind: 'done', report: { ...outcome.report, steps: own } });
	}

	test('every code that names a counterpart has its test below', () => {
		const tested = Object.keys(tests);
		const named = new Set(codes.flatMap((c) => (c.live?.posix ? [c.live.posix.call as string] : [])));
		expect([...named].sort()).toEqual(tested.sort());
	});

	const tests: Record<string, () => Promise<void>> = {
		FIONREAD: async () => {
			for (const queued of ['hello', 'x'.repeat(5000)]) {
				const result = await live('FIONREAD', {}, (plan) => ({
					...plan,
					socket: { ...plan.socket, peer: { queued: [text64(queued)] } },
				}));
				expect([result.status, value(result), result.inline]).toEqual(['ok', queued.length, `${queued.length} bytes`]);
			}
		},
		FIONBIO: async () => {
			const on = ready(subject('FIONBIO'), { ...POSIX, answers: { '': 'TRUE' } });
			const outcome = await runner.run({ ...on.plan, steps: [...on.plan.steps, { call: 'receive', size: 1 }] });
			// Nothing is queued: a blocking socket would have waited.
			expect(outcome).toMatchObject({ kind: 'done', report: { steps: [{ status: 'ok' }, { errorName: 'EAGAIN' }] } });
		},
		SIOCATMARK: async () => {
			const before = await live('SIOCATMARK');
			const after = await live('SIOCATMARK', {}, (plan) => ({
				...plan,
				steps: [{ call: 'receive', size: 100 }, ...plan.steps],
			}));
			expect([text(before), text(after)]).toEqual(['0 (not at the mark)', '1 (at the mark)']);
		},
		getifaddrs: async () => {
			const known = Object.entries(networkInterfaces()).flatMap(([name, list]) =>
				(list ?? []).map(({ address, netmask }) => `${name} ${address} ${netmask}`),
			);
			for (const code of ['SIO_GET_INTERFACE_LIST', 'SIO_ADDRESS_LIST_QUERY']) {
				const [table] = (await live(code)).output?.tables ?? [];
				expect(table?.columns).toEqual(['#', 'name', 'address', 'netmask', 'broadcast', 'flags']);
				const found = table?.rows.map((r) => `${r[1]} ${r[2]?.replace(/%.*/, '')} ${r[3]}`);
				// libuv leaves out interfaces that are down.
				expect(found).toEqual(expect.arrayContaining(known));
				expect(table?.rows.find((r) => r[2] === '127.0.0.1')?.[5]).toMatch(
					/^IFF_UP \| IFF_LOOPBACK \| IFF_RUNNING( \| IFF_LOWER_UP)?$/,
				);
			}
		},
		'keep-alive': async () => {
			const result = await live('SIO_KEEPALIVE_VALS', { onoff: 1, keepalivetime: 4_320_001, keepaliveinterval: 6001 });
			expect(result.input?.rows.map((r) => r.text)).toEqual(['1', '4320001 ms (1.2 h)', '6001 ms (6 s)']);
			expect(result.output?.rows.map((r) => [r.path, r.text])).toEqual([
				['SO_KEEPALIVE', '1'],
				['TCP_KEEPIDLE', '4321 s (1.2 h)'],
				['TCP_KEEPINTVL', '7 s'],
			]);
			expect(result.calls.slice(0, 4)).toEqual([
				'setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, 1)',
				'setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, 4321)',
				'setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, 7)',
				'getsockopt(fd, SOL_SOCKET, SO_KEEPALIVE)',
			]);
			const port = await freePort();
			const { plan } = ready(subject('SIO_KEEPALIVE_VALS'), { ...POSIX, answers: { keepalivetime: 4_321_000 } });
			const hanging = new AbortController();
			const outcome = runner.run(
				{
					...plan,
					socket: { ...plan.socket, bind: { address: '127.0.0.1', port } },
					steps: [...plan.steps, { call: 'receive', size: 1 }],
					timeoutMs: 20_000,
				},
				hanging.signal,
			);
			// ss rounds to minutes: 4321 s are 72.
			await seenBySs(port, /timer:\(keepalive,7[12]min,0\)/);
			hanging.abort();
			expect((await outcome).kind).toBe('cancelled');
			const off = await live('SIO_KEEPALIVE_VALS', { onoff: 0 });
			expect(value(off, 'SO_KEEPALIVE')).toBe(0);
		},
		TCP_INFO: async () => {
			const result = await live('SIO_TCP_INFO', {}, (plan) => ({
				...plan,
				socket: { ...plan.socket, peer: { queued: [text64('hello'), text64(' world')] } },
			}));
			expect([text(result, 'tcpi_state'), value(result, 'tcpi_bytes_received')]).toEqual(['TCP_ESTABLISHED (1)', 11]);
		},
		IP_MULTICAST_LOOP: async () => {
			expect(value(await live('SIO_MULTIPOINT_LOOPBACK', { '': 'FALSE' }), 'IP_MULTICAST_LOOP')).toBe(0);
			expect(value(await live('SIO_MULTIPOINT_LOOPBACK', { '': 'TRUE' }), 'IP_MULTICAST_LOOP')).toBe(1);
		},
		IP_MULTICAST_TTL: async () => {
			expect(value(await live('SIO_MULTICAST_SCOPE', { '': '7' }), 'IP_MULTICAST_TTL')).toBe(7);
			const refused = await live('SIO_MULTICAST_SCOPE', { '': '256' });
			expect([refused.status, refused.error?.name, refused.inline]).toEqual(['error', 'EINVAL', 'EINVAL']);
		},
		route: async () => {
			expect(value(await live('SIO_ROUTING_INTERFACE_QUERY', { '': '127.0.0.1' }))).toBe('127.0.0.1');
			const chosen = await routeTo('192.0.2.77');
			const result = await live('SIO_ROUTING_INTERFACE_QUERY', { '': '192.0.2.77' });
			if (chosen === undefined) expect(result.error?.name).toBe('ENETUNREACH');
			else expect(value(result)).toBe(chosen);
		},
	};
	test.each(Object.keys(tests))('%s', (name) => tests[name]!());

	test('say which call it was and where its meaning differs', async () => {
		const result = await live('SIOCATMARK');
		expect(result.title).toBe('ioctl(SIOCATMARK) for SIOCATMARK');
		expect(result.calls).toEqual(['ioctl(fd, SIOCATMARK, argp)']);
		expect(result.notes).toEqual([
			'This is ioctl(SIOCATMARK) of Linux, not WSAIoctl.',
			'The sense is the reverse: libc answers 1 when the next byte is at the mark, Winsock answers FALSE while out-of-band data waits.',
		]);
	});
});

describe.skipIf(process.platform === 'win32')('the command line', () => {
	const folder = scratch();
	beforeAll(() => {
		const built = spawnSync(process.execPath, [path.join(root, 'esbuild.mjs'), '--out', folder], { cwd: root });
		expect([built.status, built.stderr.toString()]).toEqual([0, '']);
	});

	/** The bundles as they are shipped, in an empty folder of their own. */
	async function cli(...args: string[]) {
		const { spawn } = await import('node:child_process');
		const child = spawn(process.execPath, [path.join(folder, 'cli.cjs'), ...args], {
			cwd: folder,
			env: { PATH: process.env.PATH, HOME: folder },
		});
		let out = '';
		let err = '';
		child.stdout.on('data', (part) => {
			out += part;
		});
		child.stderr.on('data', (part) => {
			err += part;
		});
		const [status] = await once(child, 'close');
		return { status, out, err };
	}

	test('decodes, and ends with 0 when the call succeeded', async () => {
		const { status, out, err } = await cli('run', 'FIONREAD', '--json');
		expect([status, err]).toEqual([0, '']);
		expect(JSON.parse(out)).toMatchObject({
			name: 'FIONREAD',
			status: 'ok',
			inline: '5 bytes',
			output: { bytes: '05000000' },
		});
	});

	test('ends with 1 when the system reports an error', async () => {
		const { status, out } = await cli('run', 'SIO_MULTICAST_SCOPE', '--field', '256', '--json');
		expect([status, JSON.parse(out).error.name]).toEqual([1, 'EINVAL']);
	});

	test.each([
		[['run', 'NO_SUCH_CODE'], /^ioctl-lens: Nothing in the catalog is called NO_SUCH_CODE\./],
		[['run', 'SIO_BASE_HANDLE'], /^ioctl-lens: SIO_BASE_HANDLE has no true counterpart among the calls of /],
		[['run', 'SIO_KEEPALIVE_VALS', '--field', 'onoff=x'], /^ioctl-lens: onoff: "x" is not a number\.\n$/],
		[
			['run', 'SIO_RCVALL', '--backend', 'winsock'],
			/^ioctl-lens: Captures every packet on the network adapter; .* Add --yes to run it all the same\.\n$/,
		],
		[['run', '0x12345678', '--backend', 'winsock'], /^ioctl-lens: 0x12345678 is not in the catalog, .* Add --yes /],
		[['run', 'FIONREAD', '--backend', 'winsock', '--wine', 'nowhere'], /^ioctl-lens: .*Wine/],
		[
			['run', 'FIONREAD', '--out-size', '-1'],
			/error: option '--out-size <bytes>' argument '-1' is invalid\.|"-1" is no number/,
		],
		...[['--in-size', '2'], ['--out-size', '2'], ['--overlapped']].map((option): [string[], RegExp] => [
			['run', 'FIONBIO', '--backend', 'posix', ...option],
			/^ioctl-lens: The calls of libc are told no sizes and are never overlapped; use the winsock backend\.\n$/,
		]),
		[['probe', 'FIONREAD', '--backend', 'posix'], /^ioctl-lens: The calls of libc are told no sizes/],
		[['probe', 'FIONREAD', '--wine', 'nowhere'], /^ioctl-lens: .*Wine/],
		[
			['probe', '--wine', 'nowhere'],
			/^ioctl-lens: skipped SIO_ACQUIRE_PORT_RESERVATION: Reserves .*\n(.*\n)*ioctl-lens: .*Wine/,
		],
	])('%j ends with 2', async (args, message) => {
		const { status, out, err } = await cli(...args);
		expect([status, out]).toEqual([2, '']);
		expect(err).toMatch(message);
	});
});

await describeWithWine('live runs', (home) => {
	let runner: Runner;
	const folder = scratch();
	beforeAll(async () => {
		runner = makeRunner({ script: await bundleRunner(folder), wine: { ok: true, home } });
		const availability = await runner.probe('winsock');
		if (!availability.ok) throw new Error(availability.message);
	});

	const WINSOCK: RunOptions = { backend: 'winsock', sizes: 'correct' };

	async function live(of: string | Subject, options: Partial<RunOptions> = {}) {
		const prepared = ready(typeof of === 'string' ? subject(of) : of, { ...WINSOCK, ...options });
		return resultOf(prepared, await runner.run({ ...prepared.plan, confirmed: prepared.confirm }));
	}

	const differing = (result: RunResult) => result.expectations.filter((e) => e.agrees === false).map((e) => e.subject);

	test('FIONREAD counts the five queued bytes', async () => {
		const result = await live('FIONREAD');
		expect([result.status, result.inline, value(result), result.bytesReturned]).toEqual(['ok', '5 bytes', 5, 4]);
		expect(result.system).toBe(`Wine ${home.version}`);
		expect(result.notes).toEqual([`Wine ${home.version} answered, not Windows.`]);
		expect(result.guards).toEqual(['No byte outside of the output buffer was touched.']);
		expect(differing(result)).toEqual([]);
	});

	test('FIONBIO makes the next receive return at once', async () => {
		const { plan } = ready(subject('FIONBIO'), { ...WINSOCK, answers: { '': '1' } });
		const outcome = await runner.run({ ...plan, steps: [...plan.steps, { call: 'receive', size: 1 }] });
		expect(outcome).toMatchObject({
			kind: 'done',
			report: { steps: [{ status: 'ok' }, { errorName: 'WSAEWOULDBLOCK' }] },
		});
	});

	test('SIOCATMARK turns to 0 when only out-of-band data is left', async () => {
		const prepared = ready(subject('SIOCATMARK'), WINSOCK);
		const outcome = await runner.run({
			...prepared.plan,
			steps: [{ call: 'receive', size: 100 }, ...prepared.plan.steps],
		});
		if (outcome.kind !== 'done') throw new Error(outcome.message);
		const after = resultOf(prepared, {
			...outcome,
			report: { ...outcome.report, steps: outcome.report.steps.slice(1) },
		});
		expect([value(await live('SIOCATMARK')), value(after)]).toEqual([1, 0]);
	});

	test('SIO_GET_INTERFACE_LIST lists the machine’s own addresses and masks', async () => {
		const result = await live('SIO_GET_INTERFACE_LIST');
		const [table] = result.output?.tables ?? [];
		expect(table?.columns).toEqual(['#', 'iiFlags', 'iiAddress', 'iiBroadcastAddress', 'iiNetmask']);
		const known = machineAddresses('IPv4').map(({ address, netmask }) => [address, netmask]);
		expect(table?.rows.map((r) => [r[2], r[4]]).sort()).toEqual(known.sort());
		expect(table?.rows.find((r) => r[2] === '127.0.0.1')?.[1]).toBe('IFF_UP | IFF_LOOPBACK (0x5)');
		expect(text(result, '[0].iiAddress.sin_family')).toBe('AF_INET');
		expect(result.bytesReturned).toBe(76 * known.length);
		const small = await live('SIO_GET_INTERFACE_LIST', { outSize: 76 * known.length - 1 });
		expect([small.status, small.error?.name, small.bytesReturned, small.output]).toEqual([
			'error',
			'WSAEFAULT',
			0,
			undefined,
		]);
	});

	test('SIO_ADDRESS_LIST_QUERY follows its pointers to the machine’s own addresses', async () => {
		const result = await live('SIO_ADDRESS_LIST_QUERY');
		const [table] = result.output?.tables ?? [];
		// An interface that is down has 0.0.0.0.
		const found = table?.rows.map((r) => r[1]).filter((address) => address !== '0.0.0.0');
		const known = machineAddresses('IPv4').map(({ address }) => address);
		expect(found?.sort()).toEqual(known.filter((address) => address !== '127.0.0.1').sort());
		expect(table?.rows.every((r) => /^-> offset \d+$/.test(r[2] ?? ''))).toBe(true);
		const small = await live('SIO_ADDRESS_LIST_QUERY', { outSize: 8 });
		expect([small.error?.name, small.neededSize, small.inline]).toEqual([
			'WSAEFAULT',
			result.bytesReturned,
			`WSAEFAULT, ${result.bytesReturned} bytes needed`,
		]);
		expect(differing(small)).toEqual([]);
	});

	test('SIO_ROUTING_INTERFACE_QUERY starts where ip(8) says', async () => {
		const chosen = await routeTo('192.0.2.77');
		const result = await live('SIO_ROUTING_INTERFACE_QUERY', { answers: { '': '192.0.2.77' } });
		if (chosen === undefined) expect(result.error?.name).toBe('WSAENETUNREACH');
		else expect([result.inline, text(result, 'sin_addr'), result.bytesReturned]).toEqual([`${chosen}`, chosen, 16]);
		expect((await live('SIO_ROUTING_INTERFACE_QUERY', { outSize: 8 })).error?.name).toBe('WSAEFAULT');
	});

	test('SIO_KEEPALIVE_VALS is seen by the kernel', async () => {
		const port = await freePort();
		const of = await subjectIn(
			'struct tcp_keepalive ka = {1, 4321000, 7000};\nWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, sizeof(ka), NULL, 0, &n, NULL, NULL);',
		);
		const { plan, questions } = ready(of, { backend: 'winsock', sizes: 'written' });
		expect(questions).toEqual([]);
		const wait = ready(subject('SIO_ADDRESS_LIST_CHANGE'), { ...WINSOCK, overlapped: false }).plan.steps;
		const hanging = new AbortController();
		const outcome = runner.run(
			{
				...plan,
				socket: { ...plan.socket, bind: { address: '127.0.0.1', port } },
				steps: [...plan.steps, ...wait],
				timeoutMs: 20_000,
			},
			hanging.signal,
		);
		await seenBySs(port, /timer:\(keepalive,7[12]min,0\)/);
		hanging.abort();
		expect((await outcome).kind).toBe('cancelled');
	});

	test('a size that is wrong in the source shows its real error, and the correct one works', async () => {
		const of = await subjectIn(
			'struct tcp_keepalive ka = {1, 10000, 1000};\nWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, 8, NULL, 0, &n, NULL, NULL);',
		);
		const written = await live(of, { sizes: 'written' });
		expect([written.status, written.inline, written.error?.number]).toEqual(['error', 'WSAEFAULT', 10014]);
		expect(written.expectations).toEqual([
			{ subject: 'input size', expected: '12 bytes', came: '8 bytes', agrees: false },
			{ subject: 'output size', expected: 'none', came: 'NULL', agrees: true },
			{ subject: 'answer', expected: 'WSAEFAULT', came: 'WSAEFAULT', agrees: true },
		]);
		expect((await live(of, { sizes: 'correct' })).status).toBe('ok');
	});

	test('SIO_GET_EXTENSION_FUNCTION_POINTER gives pointers for the functions that Wine has', async () => {
		const one = guids.filter((g) => g.code === 'SIO_GET_EXTENSION_FUNCTION_POINTER');
		const answers: [string, string][] = [];
		for (const { name, gives } of one) {
			const result = await live('SIO_GET_EXTENSION_FUNCTION_POINTER', { answers: { '': name } });
			const pointer = value(result);
			const found = typeof pointer === 'string' && BigInt(pointer) > 0n;
			answers.push([gives, result.status === 'ok' && found ? 'pointer' : String(result.error?.name)]);
		}
		expect(Object.fromEntries(answers)).toEqual({
			AcceptEx: 'pointer',
			ConnectEx: 'pointer',
			DisconnectEx: 'pointer',
			GetAcceptExSockaddrs: 'pointer',
			TransmitFile: 'pointer',
			TransmitPackets: 'WSAEINVAL',
			WSAPoll: 'WSAEINVAL',
			WSARecvMsg: 'pointer',
			WSASendMsg: 'pointer',
		});
	});

	test.each(['SIO_BASE_HANDLE', 'SIO_GET_EXTENSION_FUNCTION_POINTER'])(
		'%s writes past 7 bytes, and the guard tells',
		async (code) => {
			const result = await live(code, { outSize: 7 });
			expect([result.status, result.inline.endsWith(', wrote past the end'), result.guards.at(-1)]).toEqual([
				'ok',
				true,
				'The call wrote past the end of the output buffer, up to 1 byte behind its 7 bytes.',
			]);
		},
	);

	test('SIO_BASE_HANDLE gives a handle', async () => {
		const result = await live('SIO_BASE_HANDLE');
		expect([result.bytesReturned, Number(value(result)) > 0, differing(result)]).toEqual([8, true, []]);
	});

	test('SIO_ADDRESS_LIST_CHANGE is under way, and is cancelled after its wait', async () => {
		const result = await live('SIO_ADDRESS_LIST_CHANGE');
		expect([result.status, result.inline]).toEqual(['pending', 'pending, then cancelled']);
		const blocked = await live('SIO_ADDRESS_LIST_CHANGE', { overlapped: false, timeoutMs: 400 });
		expect([blocked.status, blocked.inline]).toEqual(['timed-out', 'no answer within 400 ms']);
	});

	test.each([
		['SIO_UDP_CONNRESET', 'Wine only pretends: it answers success and does nothing.'],
		['SIO_ENABLE_CIRCULAR_QUEUEING', 'Wine only pretends: it answers success and does nothing.'],
		['SIO_IDEAL_SEND_BACKLOG_QUERY', 'Wine always answers 65536, whatever the connection.'],
	])('%s is faked, and the result says so', async (code, note) => {
		const result = await live(code);
		expect([result.status, result.notes.at(-1)]).toEqual(['ok', note]);
		if (code === 'SIO_IDEAL_SEND_BACKLOG_QUERY') expect(value(result)).toBe(65_536);
	});

	const lacking = codes.filter((c) => c.live?.wine?.startsWith('Wine does not know'));
	test.each(lacking.filter((c) => c.live?.socket.type !== 'SOCK_RAW').map((c) => c.name))(
		'%s is not in Wine',
		async (code) => {
			const result = await live(code, { overlapped: false });
			expect([result.status, result.error?.name]).toEqual(['error', 'WSAEOPNOTSUPP']);
		},
	);

	test('the probe of every code agrees with the catalog where Wine checks sizes at all', async () => {
		const minima: Record<string, string> = {};
		for (const { name } of codes.filter(canProbe)) {
			const probe = prepareProbe(subject(name), { backend: 'winsock' });
			if ('error' in probe || probe.confirm) continue;
			const outcomes = [];
			for (const plan of probe.plans) outcomes.push(await runner.run(plan));
			for (const side of probeResultOf(probe, outcomes).sides) {
				if (side.minimum !== null) minima[`${name} ${side.side}`] = `${side.minimum}, ${side.agrees}`;
			}
		}
		const known = machineAddresses('IPv4').length;
		expect(minima).toEqual({
			'FIONBIO input': '4, true',
			'FIONREAD output': '4, true',
			'SIOCATMARK output': '4, true',
			'SIO_ADDRESS_LIST_QUERY output': expect.stringMatching(/^\d+, true$/),
			'SIO_BASE_HANDLE output': '8, true',
			'SIO_GET_EXTENSION_FUNCTION_POINTER input': '16, true',
			'SIO_GET_EXTENSION_FUNCTION_POINTER output': '8, true',
			'SIO_GET_INTERFACE_LIST output': `${76 * known}, true`,
			'SIO_IDEAL_SEND_BACKLOG_QUERY output': '4, true',
			'SIO_KEEPALIVE_VALS input': '12, true',
			'SIO_ROUTING_INTERFACE_QUERY input': '16, true',
			'SIO_ROUTING_INTERFACE_QUERY output': '16, true',
			// A stub looks at nothing.
			'SIO_UDP_CONNRESET input': '0, false',
		});
	});

	test('probes every code from the command line, one line for each, and tells what it skips', async () => {
		await run(process.execPath, [path.join(root, 'esbuild.mjs'), '--out', folder], { cwd: root });
		const args = [path.join(folder, 'cli.cjs'), 'probe', '--wine', wineFolder];
		// The stub for SIO_UDP_CONNRESET looks at no size, so the answer differs from the catalog.
		const { stdout, stderr, code } = await run(process.execPath, args, { cwd: folder }).catch((error) => error);
		expect(code).toBe(1);
		const probes = codes.filter(canProbe).flatMap(({ name }) => {
			const probe = prepareProbe(subject(name), { backend: 'winsock' });
			// Without a buffer of a known size there is nothing to probe.
			return 'error' in probe ? [] : [probe];
		});
		const names = (confirm: boolean) => probes.filter((p) => p.confirm === confirm).map((p) => p.name);
		const skipped = [...(stderr as string).matchAll(/^ioctl-lens: skipped (\w+): /gm)].map((m) => m[1]);
		expect(skipped).toEqual(names(true).sort());
		const lines = (stdout as string).split('\n').filter((line) => /^ {2}[FS]\w+/.test(line));
		expect(lines.map((line) => line.trim().split(' ')[0])).toEqual(names(false).sort());
		expect(lines.filter((line) => line.endsWith('!'))).toEqual([
			expect.stringMatching(/^ {2}SIO_UDP_CONNRESET +4 +0 !$/),
		]);
	});

	test('runs from the command line with the folder that was set up', async () => {
		const built = await run(process.execPath, [path.join(root, 'esbuild.mjs'), '--out', folder], { cwd: root });
		expect(built.stderr).toBe('');
		const args = [
			path.join(folder, 'cli.cjs'),
			'probe',
			'SIO_KEEPALIVE_VALS',
			'--backend',
			'winsock',
			'--wine',
			wineFolder,
		];
		const { stdout } = await run(process.execPath, args, { cwd: folder });
		expect(stdout).toBe(
			[
				'Sizes of SIO_KEEPALIVE_VALS',
				`  Answered by Wine ${home.version}`,
				'',
				'Input size',
				'  bytes     answer',
				'  0 to 11   WSAEFAULT',
				'  12 to 24  ok',
				'',
				'                  catalog   system',
				'  smallest input  12 bytes  12 bytes  agrees',
				'',
			].join('\n'),
		);
	});
});
