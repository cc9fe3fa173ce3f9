import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { formatAddress } from '../../native/src/address.ts';
import type { PlanInput, StepInput } from '../../native/src/plan.ts';
import type { Runner } from '../../native/src/runner.ts';
import {
	base64,
	bundleRunner,
	bytesOf,
	freePort,
	gist,
	INTACT,
	machineAddresses,
	makeRunner,
	reportOf,
	runStep,
	runSteps,
	scratch,
	sockaddrIn,
	text64,
	words,
} from './support.ts';

const run = promisify(execFile);

// Linux's numbers, from its headers.
const FIONREAD = 0x541b;
const FIONBIO = 0x5421;
const SIOCATMARK = 0x8905;
const SIOCGIFCONF = 0x8912;
const SOL_SOCKET = 1;
const SO_KEEPALIVE = 9;
const IPPROTO_IP = 0;
const IPPROTO_TCP = 6;
const TCP_KEEPIDLE = 4;
const TCP_KEEPINTVL = 5;
const TCP_INFO = 11;
const IP_MULTICAST_TTL = 33;
const IP_MULTICAST_LOOP = 34;

const OK = { status: 'ok', returned: 0, error: 0, errorName: null, bytesReturned: null };
const failure = (errorName: string, error: number) => ({
	status: 'error',
	returned: -1,
	error,
	errorName,
	bytesReturned: null,
});

describe.skipIf(process.platform !== 'linux')('posix', () => {
	let runner: Runner;
	const folder = scratch();
	beforeAll(async () => {
		runner = makeRunner({ script: await bundleRunner(folder) });
	});

	const tcp = (steps: StepInput[], queued: string[] = [], urgent: string | null = null): PlanInput => ({
		backend: 'posix',
		socket: { type: 'stream', peer: { queued: queued.map(text64), urgent } },
		steps,
	});
	const udp = (steps: StepInput[]): PlanInput => ({ backend: 'posix', socket: { type: 'datagram' }, steps });
	const fionread: StepInput = { call: 'ioctl', request: FIONREAD, argument: { bytes: words(-1) } };
	const atMark: StepInput = { call: 'ioctl', request: SIOCATMARK, argument: { bytes: words(-1) } };

	describe('ioctl', () => {
		test.each([[[]], [['hello']], [['hello', ' ', 'world']], [['x'.repeat(16 * 1024)]]])(
			'FIONREAD counts exactly what the peer sent',
			async (queued) => {
				const step = await runStep(runner, tcp([fionread], queued));
				expect(gist(step)).toEqual(OK);
				expect(step.argument).toBe(words(queued.join('').length));
				expect([step.text, step.inputChanged]).toEqual(['ioctl(fd, 0x541b, argp)', true]);
				expect(step.guards).toEqual({ input: INTACT, output: null });
			},
		);

		test.each(['inet', 'inet6'] as const)('FIONREAD tells the size of the first datagram (%s)', async (family) => {
			const queued = ['1234567', '123456789'].map(text64);
			const outcome = await runner.run({
				backend: 'posix',
				socket: { family, type: 'datagram', peer: { queued } },
				steps: [fionread, { call: 'receive', size: 100 }, fionread],
			});
			const { steps, socket } = reportOf(outcome);
			expect(steps.map((step) => step.argument ?? bytesOf(step.output).subarray(0, 7).toString())).toEqual([
				words(7),
				'1234567',
				words(9),
			]);
			const loopback = family === 'inet' ? '127.0.0.1' : '::1';
			expect([socket.local?.address, socket.peer?.address]).toEqual([loopback, loopback]);
		});

		test('SIOCATMARK becomes 1 when all before the out-of-band byte is read', async () => {
			const steps = await runSteps(
				runner,
				tcp(
					[atMark, { call: 'receive', size: 100 }, atMark, { call: 'receive', size: 1, urgent: true }],
					['hello'],
					text64('!'),
				),
			);
			expect(steps.map((step) => step.argument ?? bytesOf(step.output).subarray(0, step.returned).toString())).toEqual([
				words(0),
				'hello',
				words(1),
				'!',
			]);
		});

		test('FIONBIO makes the next receive on the same socket return at once', async () => {
			const steps = await runSteps(
				runner,
				tcp([
					{ call: 'ioctl', request: FIONBIO, argument: { bytes: words(1) } },
					{ call: 'receive', size: 1 },
				]),
			);
			expect(steps.map(gist)).toEqual([OK, failure('EAGAIN', 11)]);
		});

		test('SIOCGIFCONF writes through a pointer into the output the interfaces that Node knows', async () => {
			const size = 40 * 64;
			// struct ifconf { int ifc_len; char *ifc_buf; }
			const step = await runStep(
				runner,
				udp([
					{
						call: 'ioctl',
						request: SIOCGIFCONF,
						argument: { bytes: words(size, 0, 0, 0), pointers: [{ at: 8, to: 'output', offset: 0 }] },
						output: { size },
					},
				]),
			);
			expect(gist(step)).toEqual(OK);
			const argument = bytesOf(step.argument);
			expect(`0x${argument.readBigUInt64LE(8).toString(16)}`).toBe(step.addresses.output);
			const entries = bytesOf(step.output).subarray(0, argument.readInt32LE());
			const found = Array.from({ length: entries.length / 40 }, (_, index) => {
				const entry = entries.subarray(index * 40, index * 40 + 40);
				const name = entry.toString('latin1', 0, 16).replace(/\0.*$/, '');
				return { name, address: formatAddress(entry.subarray(20, 24)) };
			});
			const known = machineAddresses('IPv4').map(({ name, address }) => ({ name, address }));
			expect(found).toEqual(expect.arrayContaining(known));
			expect(found).toHaveLength(known.length);
			expect(step.outputTouched).toBeGreaterThan(40 * (known.length - 1));
			expect(step.outputTouched).toBeLessThanOrEqual(40 * known.length);
		});

		test('is caught by the guard when it writes past the end', async () => {
			// ifc_len claims room for a second entry that the output does not have; the loopback interface is the first one.
			const step = await runStep(
				runner,
				udp([
					{
						call: 'ioctl',
						request: SIOCGIFCONF,
						argument: { bytes: words(40, 0, 0, 0), pointers: [{ at: 8, to: 'output', offset: 0 }] },
						output: { size: 17, declared: 40 },
					},
				]),
			);
			// Name, family, port and address lie in front of byte 24; the kernel copies all 40.
			expect(bytesOf(step.output).toString('latin1', 0, 3)).toBe('lo\0');
			expect(step.guards).toEqual({
				input: INTACT,
				output: { intact: false, before: 0, after: 23, first: 17, last: 39 },
			});
		});

		test('reports what the kernel refuses', async () => {
			const steps = await runSteps(
				runner,
				udp([
					{ call: 'ioctl', request: FIONREAD },
					{ call: 'ioctl', request: 0x12345678, argument: { bytes: words(0) } },
				]),
			);
			expect(steps.map((step) => [gist(step), step.text])).toEqual([
				[failure('EFAULT', 14), 'ioctl(fd, 0x541b, NULL)'],
				[failure('ENOTTY', 25), 'ioctl(fd, 0x12345678, argp)'],
			]);
		});
	});

	describe('socket options', () => {
		const keepAlive: StepInput[] = [
			{ call: 'setsockopt', level: SOL_SOCKET, name: SO_KEEPALIVE, input: { bytes: words(1) } },
			{ call: 'setsockopt', level: IPPROTO_TCP, name: TCP_KEEPIDLE, input: { bytes: words(4321) } },
			{ call: 'setsockopt', level: IPPROTO_TCP, name: TCP_KEEPINTVL, input: { bytes: words(7) } },
		];
		const read = (level: number, name: number): StepInput => ({ call: 'getsockopt', level, name, output: { size: 4 } });

		test('are read back as they were set', async () => {
			const steps = await runSteps(
				runner,
				tcp([
					...keepAlive,
					read(SOL_SOCKET, SO_KEEPALIVE),
					read(IPPROTO_TCP, TCP_KEEPIDLE),
					read(IPPROTO_TCP, TCP_KEEPINTVL),
				]),
			);
			expect(steps.slice(0, 3).map((step) => [gist(step), step.inputChanged])).toEqual([
				[OK, false],
				[OK, false],
				[OK, false],
			]);
			expect(steps.slice(3).map((step) => [step.output, step.bytesReturned])).toEqual([
				[words(1), 4],
				[words(4321), 4],
				[words(7), 4],
			]);
		});

		test('reach the kernel: ss sees the keep-alive timer', async () => {
			const port = await freePort();
			const hanging = new AbortController();
			const outcome = runner.run(
				{
					backend: 'posix',
					socket: { type: 'stream', bind: { address: '127.0.0.1', port }, peer: {} },
					steps: [...keepAlive, { call: 'receive', size: 1 }],
					timeoutMs: 20_000,
				},
				hanging.signal,
			);
			await vi.waitFor(async () => {
				const { stdout } = await run('ss', ['-tnoH', 'src', `127.0.0.1:${port}`]);
				// ss rounds to minutes: 4321 s are 72.
				expect(stdout).toMatch(/timer:\(keepalive,7[12]min,0\)/);
			}, 60_000);
			hanging.abort();
			expect((await outcome).kind).toBe('cancelled');
		});

		test('TCP_INFO counts the bytes that were received', async () => {
			const step = await runStep(
				runner,
				tcp([{ call: 'getsockopt', level: IPPROTO_TCP, name: TCP_INFO, output: { size: 136 } }], ['hello', 'world!']),
			);
			expect(gist(step)).toEqual({ ...OK, bytesReturned: 136 });
			const info = bytesOf(step.output);
			// tcpi_state: established; tcpi_bytes_received.
			expect([info[0], info.readBigUInt64LE(128)]).toEqual([1, 11n]);
			expect(step.guards.output).toEqual(INTACT);
		});

		test('of multicast are set and read back', async () => {
			const set = (name: number, value: number): StepInput => ({
				call: 'setsockopt',
				level: IPPROTO_IP,
				name,
				input: { bytes: words(value) },
			});
			const steps = await runSteps(
				runner,
				udp([
					read(IPPROTO_IP, IP_MULTICAST_LOOP),
					read(IPPROTO_IP, IP_MULTICAST_TTL),
					set(IP_MULTICAST_LOOP, 0),
					set(IP_MULTICAST_TTL, 4),
					read(IPPROTO_IP, IP_MULTICAST_LOOP),
					read(IPPROTO_IP, IP_MULTICAST_TTL),
				]),
			);
			expect(steps.map((step) => step.output)).toEqual([words(1), words(1), null, null, words(0), words(4)]);
		});

		test('report what the kernel refuses, and how much it wrote', async () => {
			const steps = await runSteps(
				runner,
				tcp([
					{ call: 'getsockopt', level: IPPROTO_TCP, name: 9999, output: { size: 4 } },
					{ call: 'setsockopt', level: IPPROTO_TCP, name: TCP_KEEPIDLE, input: { bytes: base64(1, 2) } },
					{ call: 'getsockopt', level: IPPROTO_TCP, name: TCP_KEEPIDLE, output: { size: 2, fill: 0xff } },
				]),
			);
			expect(steps.map(gist)).toEqual([failure('ENOPROTOOPT', 92), failure('EINVAL', 22), { ...OK, bytesReturned: 2 }]);
			// 7200 seconds, cut to two bytes.
			expect([steps[2]?.output, steps[2]?.outputTouched]).toEqual([base64(0x20, 0x1c), 2]);
		});
	});

	test('getifaddrs lists the addresses that Node knows', async () => {
		const step = await runStep(runner, udp([{ call: 'getifaddrs' }]));
		expect(gist(step)).toEqual(OK);
		const text = (data: string | null, from: number, size: number) =>
			formatAddress(bytesOf(data).subarray(from, from + size));
		const found = (step.interfaces ?? []).flatMap(({ name, address, netmask }) => {
			const family = address === null ? 0 : bytesOf(address).readUInt16LE();
			if (family === 2) return [{ name, address: text(address, 4, 4), netmask: text(netmask, 4, 4) }];
			if (family === 10) return [{ name, address: text(address, 8, 16), netmask: text(netmask, 8, 16) }];
			return [];
		});
		const known = [...machineAddresses('IPv4'), ...machineAddresses('IPv6')];
		expect(found).toEqual(expect.arrayContaining(known));
		// Node leaves out interfaces that are down.
		expect(found.length).toBeGreaterThanOrEqual(known.length);
	});

	describe('route', () => {
		test('to a loopback address starts there', async () => {
			const steps = await runSteps(
				runner,
				udp([
					{ call: 'route', destination: { address: '127.0.0.1', port: 9 } },
					{ call: 'route', destination: { address: '::1', port: 9 } },
				]),
			);
			expect(steps.map((step) => step.endpoint?.address)).toEqual(['127.0.0.1', '::1']);
			const [v4] = steps;
			expect(v4?.output).toBe(sockaddrIn('127.0.0.1', v4?.endpoint?.port));
			expect([v4?.bytesReturned, steps[1]?.bytesReturned]).toEqual([16, 28]);
		});

		test('to another address is the one that ip(8) chooses', async () => {
			const destination = '192.0.2.77';
			const step = await runStep(runner, udp([{ call: 'route', destination: { address: destination, port: 9 } }]));
			const chosen = await run('ip', ['-j', 'route', 'get', destination]).then(
				({ stdout }) => (JSON.parse(stdout) as { prefsrc: string }[])[0]?.prefsrc,
				() => 'unreachable',
			);
			expect(step.endpoint?.address ?? (step.errorName === 'ENETUNREACH' ? 'unreachable' : step.errorName)).toBe(
				chosen,
			);
		});
	});

	describe('a socket', () => {
		test('is non-blocking when its recipe says so', async () => {
			const plan = tcp([{ call: 'receive', size: 1 }]);
			const step = await runStep(runner, { ...plan, socket: { ...plan.socket, nonBlocking: true } });
			expect(gist(step)).toEqual(failure('EAGAIN', 11));
		});

		test('has the address it was bound to', async () => {
			const port = await freePort();
			const outcome = await runner.run({
				backend: 'posix',
				socket: { type: 'stream', bind: { address: '127.0.0.2', port }, peer: {} },
				steps: [fionread],
			});
			expect(reportOf(outcome).socket.local).toEqual({ address: '127.0.0.2', port });
		});

		test('listens on the loopback interface only, also when it was not bound', async () => {
			const SO_ACCEPTCONN = 30;
			const outcome = await runner.run({
				backend: 'posix',
				socket: { type: 'stream', listen: true },
				steps: [{ call: 'getsockopt', level: SOL_SOCKET, name: SO_ACCEPTCONN, output: { size: 4 } }],
			});
			const { socket, steps } = reportOf(outcome);
			expect(steps[0]?.output).toBe(words(1));
			expect([socket.local?.address, socket.peer]).toEqual(['127.0.0.1', null]);
		});

		test('that cannot be made is a failure with the call and its error', async () => {
			const server = createServer().listen(0, '127.0.0.1');
			await new Promise((resolve) => server.once('listening', resolve));
			const { port } = server.address() as { port: number };
			const outcome = await runner.run({
				backend: 'posix',
				socket: { type: 'stream', bind: { address: '127.0.0.1', port } },
				steps: [fionread],
			});
			server.close();
			expect(outcome).toEqual({
				kind: 'failed',
				reason: 'socket-setup',
				message: 'bind failed with EADDRINUSE (98).',
				setup: { call: 'bind', error: 98, errorName: 'EADDRINUSE' },
			});
			const unknown = await runner.run({
				backend: 'posix',
				socket: { family: 9999, type: 'stream' },
				steps: [fionread],
			});
			expect(unknown).toMatchObject({ reason: 'socket-setup', setup: { call: 'socket', errorName: 'EAFNOSUPPORT' } });
		});

		test('is closed after its run', async () => {
			const port = await freePort();
			const plan: PlanInput = {
				backend: 'posix',
				socket: { type: 'datagram', bind: { address: '127.0.0.1', port } },
				steps: [fionread],
			};
			// The same port twice in the same process: the second bind works only when the first socket is gone.
			expect(reportOf(await runner.run(plan)).socket.local?.port).toBe(port);
			expect(reportOf(await runner.run(plan)).socket.local?.port).toBe(port);
		});
	});

	test('says which system answered', async () => {
		const { system } = reportOf(await runner.run(udp([fionread])));
		const { stdout: release } = await run('uname', ['-r']);
		expect(system).toEqual({
			name: 'Linux',
			version: release.trim(),
			label: `Linux ${release.trim()}`,
			arch: process.arch,
			pointerSize: 8,
			runtime: `Node ${process.versions.node}`,
			koffi: '3.3.4',
		});
	});
});
