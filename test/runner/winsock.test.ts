import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { formatAddress } from '../../native/src/address.ts';
import type {
	InputBufferInput,
	OutputBufferInput,
	PlanInput,
	SocketRecipeInput,
	StepInput,
} from '../../native/src/plan.ts';
import type { Runner } from '../../native/src/runner.ts';
import {
	base64,
	bundleRunner,
	bytesOf,
	describeWithWine,
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

// The tests may know control codes; the runner may not.
const FIONBIO = 0x8004667e;
const FIONREAD = 0x4004667f;
const SIOCATMARK = 0x40047307;
const SIO_ADDRESS_LIST_CHANGE = 0x28000017;
const SIO_ADDRESS_LIST_QUERY = 0x48000016;
const SIO_BASE_HANDLE = 0x48000022;
const SIO_BSP_HANDLE = 0x4800001b;
const SIO_BSP_HANDLE_POLL = 0x4800001d;
const SIO_BSP_HANDLE_SELECT = 0x4800001c;
const SIO_ENABLE_CIRCULAR_QUEUEING = 0x28000002;
const SIO_FIND_ROUTE = 0x48000003;
const SIO_FLUSH = 0x28000004;
const SIO_GET_BROADCAST_ADDRESS = 0x48000005;
const SIO_GET_EXTENSION_FUNCTION_POINTER = 0xc8000006;
const SIO_GET_GROUP_QOS = 0xc8000008;
const SIO_GET_INTERFACE_LIST = 0x4004747f;
const SIO_GET_QOS = 0xc8000007;
const SIO_IDEAL_SEND_BACKLOG_QUERY = 0x4004747b;
const SIO_KEEPALIVE_VALS = 0x98000004;
const SIO_LOOPBACK_FAST_PATH = 0x98000010;
const SIO_MULTICAST_SCOPE = 0x8800000a;
const SIO_MULTIPOINT_LOOPBACK = 0x88000009;
const SIO_RCVALL = 0x98000001;
const SIO_ROUTING_INTERFACE_QUERY = 0xc8000014;
const SIO_SET_COMPATIBILITY_MODE = 0x9800012c;
const SIO_TCP_INFO = 0xd8000027;
const SIO_UDP_CONNRESET = 0x9800000c;

const SOL_SOCKET = 0xffff;
const SO_KEEPALIVE = 8;

const EXTENSIONS = {
	AcceptEx: 'b5367df1-cbac-11cf-95ca-00805f48a192',
	ConnectEx: '25a207b9-ddf3-4660-8ee9-76e58c74063e',
	DisconnectEx: '7fda2e11-8630-436f-a031-f536a6eec157',
	GetAcceptExSockaddrs: 'b5367df2-cbac-11cf-95ca-00805f48a192',
	TransmitFile: 'b5367df0-cbac-11cf-95ca-00805f48a192',
	WSARecvMsg: 'f689d7c8-6f1f-436b-8a53-e54fe351c322',
	WSASendMsg: 'a441e712-754f-43ca-84a7-0dee44cf606d',
};
const ABSENT_EXTENSIONS = {
	TransmitPackets: 'd9689da0-1f90-11d3-9971-00c04f68c876',
	nothing: '00000000-1111-2222-3333-444444444444',
};

/** A GUID as memory holds it: the first three groups little-endian. */
function guid(text: string): string {
	const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
	bytes.subarray(0, 4).reverse();
	bytes.subarray(4, 6).reverse();
	bytes.subarray(6, 8).reverse();
	return bytes.toString('base64');
}

const ok = (bytesReturned: number) => ({ status: 'ok', returned: 0, error: 0, errorName: null, bytesReturned });
const failure = (errorName: string, error: number, bytesReturned: number | null = null) => ({
	status: 'error',
	returned: -1,
	error,
	errorName,
	bytesReturned,
});
const FAULT = failure('WSAEFAULT', 10014);
const INVALID = failure('WSAEINVAL', 10022);

function wsaIoctl(code: number, input: InputBufferInput = {}, output: OutputBufferInput = {}): StepInput {
	return { call: 'WSAIoctl', code, input, output };
}

const TCP: SocketRecipeInput = { type: 'stream', protocol: 6 };
const UDP: SocketRecipeInput = { type: 'datagram', protocol: 17 };

function plan(socket: SocketRecipeInput, ...steps: StepInput[]): PlanInput {
	return { backend: 'winsock', socket, steps, timeoutMs: 20_000, confirmed: true };
}

function connected(queued: string[] = [], urgent: string | null = null): SocketRecipeInput {
	return { ...TCP, peer: { queued: queued.map(text64), urgent } };
}

const extension = (id: string, size = 8) =>
	wsaIoctl(SIO_GET_EXTENSION_FUNCTION_POINTER, { bytes: guid(id) }, { size, fill: 0 });

/** tcp_keepalive { u_long onoff, keepalivetime, keepaliveinterval }, in milliseconds. */
const keepAlive = wsaIoctl(SIO_KEEPALIVE_VALS, { bytes: words(1, 4_321_000, 7000) });

/** What is documented, so that it holds on Windows as well as under Wine. */
function documented(runner: () => Runner): void {
	describe('FIONREAD', () => {
		const query = wsaIoctl(FIONREAD, {}, { size: 4, fill: 0xff });

		test.each([[[]], [['hello']], [['hello', ' world']], [['x'.repeat(16 * 1024)]]])(
			'counts exactly what the peer sent',
			async (queued) => {
				const step = await runStep(runner(), plan(connected(queued), query));
				expect(gist(step)).toEqual(ok(4));
				expect(step.output).toBe(words(queued.join('').length));
				expect(step.guards).toEqual({ input: null, output: INTACT });
				expect(step.text).toBe('WSAIoctl(s, 0x4004667f, NULL, 0, out, 4, &bytes, NULL, NULL)');
			},
		);

		test('follows what is received on the same socket', async () => {
			const steps = await runSteps(runner(), plan(connected(['hello']), query, { call: 'receive', size: 2 }, query));
			expect(steps.map((step) => step.output)).toEqual([words(5), text64('he'), words(3)]);
		});

		test('is the same through ioctlsocket', async () => {
			const step = await runStep(
				runner(),
				plan(connected(['hello']), { call: 'ioctlsocket', code: FIONREAD, argument: { bytes: words(-1) } }),
			);
			expect([gist(step), step.argument, step.text]).toEqual([
				{ ...ok(0), bytesReturned: null },
				words(5),
				'ioctlsocket(s, 0x4004667f, argp)',
			]);
		});

		test('works over IPv6, for datagrams too', async () => {
			const socket: SocketRecipeInput = { ...UDP, family: 'inet6', peer: { queued: [text64('1234567')] } };
			const { socket: ends, steps } = reportOf(await runner().run(plan(socket, query)));
			expect([ends.local?.address, ends.peer?.address, steps[0]?.output]).toEqual(['::1', '::1', words(7)]);
		});
	});

	describe('FIONBIO', () => {
		test('makes the next receive on the same socket return at once', async () => {
			const step = wsaIoctl(FIONBIO, { bytes: words(1) });
			const steps = await runSteps(runner(), plan(connected(), step, { call: 'receive', size: 1 }));
			expect(steps.map(gist)).toEqual([ok(0), failure('WSAEWOULDBLOCK', 10035)]);
			expect(steps[0]?.guards).toEqual({ input: INTACT, output: null });
		});
	});

	describe('SIO_KEEPALIVE_VALS', () => {
		test('is seen by getsockopt on the same socket', async () => {
			const read: StepInput = { call: 'getsockopt', level: SOL_SOCKET, name: SO_KEEPALIVE, output: { size: 4 } };
			const steps = await runSteps(runner(), plan(connected(), read, keepAlive, read));
			expect(steps.map((step) => step.output)).toEqual([words(0), null, words(1)]);
			expect(gist(steps[1])).toEqual(ok(0));
		});
	});

	describe('SIO_GET_EXTENSION_FUNCTION_POINTER', () => {
		test('finds seven functions, each at an address of its own', async () => {
			const steps = await runSteps(runner(), plan(TCP, ...Object.values(EXTENSIONS).map((id) => extension(id))));
			expect(steps.map(gist)).toEqual(steps.map(() => ok(8)));
			const pointers = steps.map((step) => bytesOf(step.output).readBigUInt64LE());
			expect(pointers).not.toContain(0n);
			expect(new Set(pointers).size).toBe(7);
			expect(steps.map((step) => step.guards)).toEqual(steps.map(() => ({ input: INTACT, output: INTACT })));
		});
	});

	test('an overlapped call that ends at once is reported as complete', async () => {
		const step = await runStep(
			runner(),
			plan(connected(['hello']), {
				call: 'WSAIoctl',
				code: FIONREAD,
				output: { size: 4 },
				overlapped: { waitMs: 100 },
			}),
		);
		expect([gist(step), step.overlapped, step.output]).toEqual([
			ok(4),
			{ pendingAtReturn: false, completed: true },
			words(5),
		]);
	});
}

if (process.platform === 'win32')
	describe('winsock (Windows)', () => {
		let runner: Runner;
		const folder = scratch();
		beforeAll(async () => {
			runner = makeRunner({ script: await bundleRunner(folder) });
		});

		documented(() => runner);

		test('says that Windows answered', async () => {
			const { system } = reportOf(await runner.run(plan(TCP, wsaIoctl(FIONREAD, {}, { size: 4 }))));
			expect([system.name, system.pointerSize]).toEqual(['Windows', process.arch === 'ia32' ? 4 : 8]);
		});
	});

await describeWithWine('winsock', (home) => {
	let runner: Runner;
	const folder = scratch();
	beforeAll(async () => {
		runner = makeRunner({ script: await bundleRunner(folder), wine: { ok: true, home } });
		const availability = await runner.probe('winsock');
		if (!availability.ok) throw new Error(availability.message);
	});

	documented(() => runner);

	test('says that Wine answered, and which', async () => {
		const { system } = reportOf(await runner.run(plan(TCP, wsaIoctl(FIONREAD, {}, { size: 4 }))));
		expect(system).toEqual({
			name: 'Wine',
			version: home.version,
			label: `Wine ${home.version}`,
			arch: 'x64',
			pointerSize: 8,
			runtime: 'Node 22.23.3',
			koffi: '3.3.4',
		});
	});

	describe('FIONREAD', () => {
		test('fails with WSAEFAULT in 3 bytes or none', async () => {
			const steps = await runSteps(
				runner,
				plan(connected(['hello']), wsaIoctl(FIONREAD, {}, { size: 3, fill: 0xff }), wsaIoctl(FIONREAD)),
			);
			expect(steps.map(gist)).toEqual([FAULT, FAULT]);
			expect([steps[0]?.output, steps[0]?.outputTouched]).toEqual([base64(255, 255, 255), 0]);
		});

		test('fails with WSAEFAULT when lpcbBytesReturned is NULL, also for an overlapped call', async () => {
			const blind: StepInput = { call: 'WSAIoctl', code: FIONREAD, output: { size: 4 }, bytesReturned: false };
			const steps = await runSteps(runner, plan(connected(['hello']), blind, { ...blind, overlapped: { waitMs: 10 } }));
			expect(steps.map((step) => [gist(step), step.text])).toEqual([
				[FAULT, 'WSAIoctl(s, 0x4004667f, NULL, 0, out, 4, NULL, NULL, NULL)'],
				[FAULT, 'WSAIoctl(s, 0x4004667f, NULL, 0, out, 4, NULL, &overlapped, NULL)'],
			]);
		});
	});

	describe('FIONBIO', () => {
		test('fails with WSAEFAULT for 3 bytes and for NULL', async () => {
			const steps = await runSteps(runner, plan(TCP, wsaIoctl(FIONBIO, { bytes: base64(1, 0, 0) }), wsaIoctl(FIONBIO)));
			expect(steps.map(gist)).toEqual([FAULT, FAULT]);
		});

		test('can turn a socket back that its recipe made non-blocking', async () => {
			const socket = { ...connected(['x']), nonBlocking: true };
			const receive: StepInput = { call: 'receive', size: 1 };
			const steps = await runSteps(runner, plan(socket, receive, receive, wsaIoctl(FIONBIO, { bytes: words(0) })));
			expect(steps.map((step) => step.errorName ?? step.returned)).toEqual([1, 'WSAEWOULDBLOCK', 0]);
		});
	});

	describe('SIOCATMARK', () => {
		const query = wsaIoctl(SIOCATMARK, {}, { size: 4, fill: 0xff });

		test('turns to 0 when only out-of-band data is left', async () => {
			const steps = await runSteps(
				runner,
				plan(connected(['hello'], text64('!')), query, { call: 'receive', size: 100 }, query, {
					call: 'receive',
					size: 1,
					urgent: true,
				}),
			);
			expect(steps.map((step) => bytesOf(step.output).subarray(0, step.bytesReturned ?? 0))).toEqual([
				bytesOf(words(1)),
				Buffer.from('hello'),
				bytesOf(words(0)),
				Buffer.from('!'),
			]);
		});

		test('is 1 when there is no out-of-band data at all', async () => {
			expect((await runStep(runner, plan(connected(['hello']), query))).output).toBe(words(1));
		});

		test('fails with WSAEFAULT in 3 bytes, and with WSAEINVAL on a datagram socket', async () => {
			const small = await runStep(runner, plan(connected(), wsaIoctl(SIOCATMARK, {}, { size: 3 })));
			const datagram = await runStep(runner, plan(UDP, query));
			expect([gist(small), gist(datagram)]).toEqual([FAULT, INVALID]);
		});
	});

	describe('the machine’s addresses', () => {
		const known = machineAddresses('IPv4');

		test('are what SIO_GET_INTERFACE_LIST lists, 76 bytes each', async () => {
			const step = await runStep(runner, plan(UDP, wsaIoctl(SIO_GET_INTERFACE_LIST, {}, { size: 4096 })));
			const count = (step.bytesReturned ?? 0) / 76;
			expect(gist(step)).toEqual(ok(76 * known.length));
			const list = bytesOf(step.output);
			const found = Array.from({ length: count }, (_, index) => {
				const entry = list.subarray(index * 76, index * 76 + 76);
				// u_long flags, then three sockaddr_gen of 24 bytes: address, broadcast, netmask.
				return { address: formatAddress(entry.subarray(8, 12)), netmask: formatAddress(entry.subarray(56, 60)) };
			});
			expect(found).toEqual(expect.arrayContaining(known.map(({ address, netmask }) => ({ address, netmask }))));
		});

		test('do not fit into less: WSAEFAULT and 0 bytes', async () => {
			const size = 76 * known.length - 1;
			const step = await runStep(runner, plan(UDP, wsaIoctl(SIO_GET_INTERFACE_LIST, {}, { size })));
			expect([gist(step), step.guards.output]).toEqual([failure('WSAEFAULT', 10014, 0), INTACT]);
		});

		test('are what SIO_ADDRESS_LIST_QUERY points at, inside the output', async () => {
			const step = await runStep(runner, plan(UDP, wsaIoctl(SIO_ADDRESS_LIST_QUERY, {}, { size: 1024 })));
			const list = bytesOf(step.output);
			const base = BigInt(step.addresses.output ?? 0);
			// INT count, padding, then { LPSOCKADDR, INT length, padding }.
			const found = Array.from({ length: list.readInt32LE() }, (_, index) => {
				const offset = Number(list.readBigUInt64LE(8 + index * 16) - base);
				expect(list.readInt32LE(16 + index * 16)).toBe(16);
				return formatAddress(list.subarray(offset + 4, offset + 8));
			});
			// All but the loopback address; an interface that is down has 0.0.0.0.
			const expected = known.map(({ address }) => address).filter((address) => address !== '127.0.0.1');
			expect(found.filter((address) => address !== '0.0.0.0').sort()).toEqual(expected.sort());
			expect(gist(step)).toEqual(ok(8 + 32 * found.length));

			const small = await runStep(runner, plan(UDP, wsaIoctl(SIO_ADDRESS_LIST_QUERY, {}, { size: 8 })));
			expect(gist(small)).toEqual(failure('WSAEFAULT', 10014, 8 + 32 * found.length));
		});

		test('are where SIO_ROUTING_INTERFACE_QUERY starts, as ip(8) says', async () => {
			const query = (address: string, size: number) =>
				wsaIoctl(SIO_ROUTING_INTERFACE_QUERY, { bytes: sockaddrIn(address) }, { size });
			const chosen = await run('ip', ['-j', 'route', 'get', '192.0.2.77']).then(
				({ stdout }) => (JSON.parse(stdout) as { prefsrc: string }[])[0]?.prefsrc,
				() => undefined,
			);
			const steps = await runSteps(
				runner,
				plan(UDP, query('127.0.0.1', 128), query('192.0.2.77', 16), query('127.0.0.1', 8)),
			);
			expect(gist(steps[0])).toEqual(ok(16));
			// Wine names the machine's outer address for the loopback network too.
			const own = known.map(({ address }) => sockaddrIn(address));
			expect(own).toContain(
				bytesOf(steps[0]?.output ?? null)
					.subarray(0, 16)
					.toString('base64'),
			);
			if (chosen === undefined) expect(steps[1]?.error).toBe(10051);
			else expect([gist(steps[1]), steps[1]?.output]).toEqual([ok(16), sockaddrIn(chosen)]);
			expect(gist(steps[2])).toMatchObject({ status: 'error', errorName: 'WSAEFAULT' });
		});
	});

	describe('SIO_KEEPALIVE_VALS', () => {
		test('is seen by the kernel: ss shows the timer', async () => {
			const port = await freePort();
			const hanging = new AbortController();
			const socket = { ...connected(), bind: { address: '127.0.0.1', port } };
			const outcome = runner.run(plan(socket, keepAlive, wsaIoctl(SIO_ADDRESS_LIST_CHANGE)), hanging.signal);
			await vi.waitFor(async () => {
				const { stdout } = await run('ss', ['-tnoH', 'src', `127.0.0.1:${port}`]);
				expect(stdout).toMatch(/timer:\(keepalive,7[12]min,0\)/);
			}, 60_000);
			hanging.abort();
			expect((await outcome).kind).toBe('cancelled');
		});

		test('fails with WSAEFAULT for 8 bytes, and with WSAEINVAL on a datagram socket', async () => {
			const small = await runStep(runner, plan(connected(), wsaIoctl(SIO_KEEPALIVE_VALS, { bytes: words(1, 30_000) })));
			const datagram = await runStep(runner, plan(UDP, keepAlive));
			expect([gist(small), gist(datagram)]).toEqual([
				{ ...FAULT, bytesReturned: 0 },
				{ ...INVALID, bytesReturned: 0 },
			]);
		});

		test('sees the declared size, not the real one', async () => {
			const step = wsaIoctl(SIO_KEEPALIVE_VALS, { bytes: words(1, 30_000, 1000), declared: 8 });
			expect(gist(await runStep(runner, plan(connected(), step)))).toEqual({ ...FAULT, bytesReturned: 0 });
		});
	});

	describe('SIO_GET_EXTENSION_FUNCTION_POINTER', () => {
		test('does not know others', async () => {
			const steps = await runSteps(runner, plan(TCP, ...Object.values(ABSENT_EXTENSIONS).map((id) => extension(id))));
			expect(steps.map(gist)).toEqual([INVALID, INVALID]);
		});

		test('writes 8 bytes into 7: the guard sees it', async () => {
			const step = await runStep(runner, plan(TCP, extension(EXTENSIONS.AcceptEx, 7)));
			expect(gist(step)).toEqual(ok(8));
			expect(step.guards.output).toEqual({ intact: false, before: 0, after: 1, first: 7, last: 7 });
		});
	});

	describe('SIO_BASE_HANDLE', () => {
		test('yields a handle', async () => {
			const step = await runStep(runner, plan(TCP, wsaIoctl(SIO_BASE_HANDLE, {}, { size: 8 })));
			expect(gist(step)).toEqual(ok(8));
			// A handle is a small multiple of 4.
			const handle = bytesOf(step.output).readBigUInt64LE();
			expect([handle % 4n, handle > 0n && handle < 0x10000n]).toEqual([0n, true]);
		});

		test('writes 8 bytes into 7: the guard sees it', async () => {
			const step = await runStep(runner, plan(TCP, wsaIoctl(SIO_BASE_HANDLE, {}, { size: 7 })));
			expect(gist(step)).toEqual(ok(8));
			expect(step.guards.output).toEqual({ intact: false, before: 0, after: 1, first: 7, last: 7 });
		});
	});

	describe('SIO_ADDRESS_LIST_CHANGE', () => {
		const change: StepInput = { call: 'WSAIoctl', code: SIO_ADDRESS_LIST_CHANGE };

		test('fails with WSAEWOULDBLOCK on a non-blocking socket', async () => {
			const step = await runStep(runner, plan({ ...TCP, nonBlocking: true }, change));
			expect(gist(step)).toEqual(failure('WSAEWOULDBLOCK', 10035));
		});

		test('stays pending when overlapped, is cancelled, and leaves the socket usable', async () => {
			const steps = await runSteps(
				runner,
				plan(connected(['hello']), { ...change, overlapped: { waitMs: 20 } }, wsaIoctl(FIONREAD, {}, { size: 4 })),
			);
			expect(gist(steps[0])).toEqual({
				status: 'pending',
				returned: -1,
				error: 997,
				errorName: 'WSA_IO_PENDING',
				bytesReturned: null,
			});
			expect(steps[0]?.overlapped).toEqual({ pendingAtReturn: true, completed: false });
			// It waits as long as it was told, and the cancelled operation lets go at once: giving it up takes a second more.
			expect(steps[0]?.nanoseconds).toBeGreaterThan(19e6);
			expect(steps[0]?.nanoseconds).toBeLessThan(900e6);
			expect(steps[1]?.output).toBe(words(5));
		});

		test('waits on a blocking socket, until its process is ended by the timeout', async () => {
			const outcome = await runner.run({ ...plan(TCP, change), timeoutMs: 200 });
			expect(outcome).toEqual({
				kind: 'timed-out',
				message: 'The call had not ended after 200 ms, so its process was ended.',
				afterMs: 200,
			});
		});
	});

	describe('what Wine fakes', () => {
		test.each([
			['SIO_UDP_CONNRESET', SIO_UDP_CONNRESET, { bytes: words(0) }],
			['SIO_UDP_CONNRESET without input', SIO_UDP_CONNRESET, {}],
			['SIO_ENABLE_CIRCULAR_QUEUEING', SIO_ENABLE_CIRCULAR_QUEUEING, {}],
		])('%s always works', async (_name, code, input) => {
			expect(gist(await runStep(runner, plan(UDP, wsaIoctl(code, input))))).toMatchObject({ status: 'ok', error: 0 });
		});

		test('SIO_IDEAL_SEND_BACKLOG_QUERY is always 65536', async () => {
			const step = await runStep(runner, plan(connected(), wsaIoctl(SIO_IDEAL_SEND_BACKLOG_QUERY, {}, { size: 4 })));
			expect([gist(step), step.output]).toEqual([ok(4), words(65536)]);
		});
	});

	test.each([
		['SIO_SET_COMPATIBILITY_MODE', TCP, wsaIoctl(SIO_SET_COMPATIBILITY_MODE, { bytes: words(1, 0) })],
		['SIO_RCVALL', UDP, wsaIoctl(SIO_RCVALL, { bytes: words(1) })],
		['SIO_LOOPBACK_FAST_PATH', TCP, wsaIoctl(SIO_LOOPBACK_FAST_PATH, { bytes: words(1) })],
		['SIO_TCP_INFO', connected(), wsaIoctl(SIO_TCP_INFO, { bytes: words(0) }, { size: 88 })],
		['SIO_GET_BROADCAST_ADDRESS', UDP, wsaIoctl(SIO_GET_BROADCAST_ADDRESS, {}, { size: 16 })],
		['SIO_FLUSH', connected(), wsaIoctl(SIO_FLUSH)],
		['SIO_MULTIPOINT_LOOPBACK', UDP, wsaIoctl(SIO_MULTIPOINT_LOOPBACK, { bytes: words(1) })],
		['SIO_MULTICAST_SCOPE', UDP, wsaIoctl(SIO_MULTICAST_SCOPE, { bytes: words(4) })],
		['SIO_FIND_ROUTE', UDP, wsaIoctl(SIO_FIND_ROUTE, {}, { size: 128 })],
		['SIO_GET_QOS', UDP, wsaIoctl(SIO_GET_QOS, {}, { size: 256 })],
		['SIO_GET_GROUP_QOS', UDP, wsaIoctl(SIO_GET_GROUP_QOS, {}, { size: 256 })],
		['SIO_BSP_HANDLE', connected(), wsaIoctl(SIO_BSP_HANDLE, {}, { size: 8 })],
		['SIO_BSP_HANDLE_SELECT', connected(), wsaIoctl(SIO_BSP_HANDLE_SELECT, {}, { size: 8 })],
		['SIO_BSP_HANDLE_POLL', connected(), wsaIoctl(SIO_BSP_HANDLE_POLL, {}, { size: 8 })],
		['an unknown code', TCP, wsaIoctl(0x12345678, {}, { size: 8 })],
	])('%s is not in Wine: WSAEOPNOTSUPP', async (_name, socket, step) => {
		const result = await runStep(runner, plan(socket, step));
		const { status, returned, error, errorName, outputTouched } = result;
		expect({ status, returned, error, errorName, outputTouched }).toEqual({
			status: 'error',
			returned: -1,
			error: 10045,
			errorName: 'WSAEOPNOTSUPP',
			outputTouched: 0,
		});
	});
});
