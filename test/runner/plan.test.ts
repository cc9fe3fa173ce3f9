import { afterEach, describe, expect, test } from 'vitest';
import { checkPlan, decodedLength, LIMITS, type PlanInput } from '../../native/src/plan.ts';

/** A plan with every field that a winsock plan can have, as JSON would bring it. */
function full() {
	return {
		backend: 'winsock',
		socket: {
			family: 'inet',
			type: 'stream',
			protocol: 6,
			overlapped: true,
			nonBlocking: false,
			bind: { address: '127.0.0.1', port: 0 },
			listen: false,
			peer: { queued: ['aGVsbG8='], urgent: 'Wg==' },
		},
		steps: [
			{
				call: 'WSAIoctl',
				code: 0x9abcdef0,
				input: { bytes: 'AAAAAAAAAAA=', declared: 8, pointers: [{ at: 0, to: 'output', offset: 4 }] },
				output: { size: 16, declared: 8, fill: 0 },
				overlapped: { waitMs: 0 },
				bytesReturned: true,
			},
			{ call: 'getsockopt', level: 0xffff, name: 8, output: { size: 4, declared: null, fill: 0 } },
			{ call: 'receive', size: 4, urgent: false },
		],
		timeoutMs: LIMITS.timeoutMs,
	};
}

type Path = (string | number)[];

function at(value: unknown, path: Path): unknown {
	return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function planWith(path: Path, value: unknown): unknown {
	const plan = full();
	(at(plan, path.slice(0, -1)) as Record<string | number, unknown>)[path.at(-1) as string] = value;
	return plan;
}

function written(path: Path): string {
	return path
		.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
		.join('')
		.slice(1);
}

function problemOf(plan: unknown) {
	const check = checkPlan(plan);
	return check.ok ? 'accepted' : check.problem;
}

const NUMBERS: { path: Path; lowest: number; highest: number }[] = [
	{ path: ['timeoutMs'], lowest: 1, highest: LIMITS.timeoutMs },
	{ path: ['socket', 'protocol'], lowest: 0, highest: 0xffff },
	{ path: ['socket', 'bind', 'port'], lowest: 0, highest: 0xffff },
	{ path: ['steps', 0, 'code'], lowest: 0, highest: 0xffffffff },
	{ path: ['steps', 0, 'input', 'declared'], lowest: 0, highest: 8 + LIMITS.overstatedBytes },
	{ path: ['steps', 0, 'input', 'pointers', 0, 'at'], lowest: 0, highest: 4 },
	{ path: ['steps', 0, 'input', 'pointers', 0, 'offset'], lowest: 0, highest: 16 },
	{ path: ['steps', 0, 'output', 'declared'], lowest: 0, highest: 16 + LIMITS.overstatedBytes },
	{ path: ['steps', 0, 'output', 'fill'], lowest: 0, highest: 255 },
	{ path: ['steps', 1, 'level'], lowest: 0, highest: 0x7fffffff },
	{ path: ['steps', 1, 'name'], lowest: -0x80000000, highest: 0x7fffffff },
];

/** These have limits that depend on the rest of the plan, and tests of their own. */
const INTEGERS = [...NUMBERS, { path: ['steps', 0, 'overlapped', 'waitMs'] }, { path: ['steps', 2, 'size'] }];

describe('a plan', () => {
	test('comes back as it was when nothing is left out', () => {
		expect(checkPlan(full())).toEqual({ ok: true, plan: full() });
	});

	test('gets every default', () => {
		const plan: PlanInput = {
			backend: 'winsock',
			socket: { type: 'datagram' },
			steps: [{ call: 'WSAIoctl', code: 1 }],
		};
		expect(checkPlan(plan)).toEqual({
			ok: true,
			plan: {
				backend: 'winsock',
				socket: {
					family: 'inet',
					type: 'datagram',
					protocol: 0,
					overlapped: true,
					nonBlocking: false,
					bind: null,
					listen: false,
					peer: null,
				},
				steps: [
					{
						call: 'WSAIoctl',
						code: 1,
						input: { bytes: null, declared: null, pointers: [] },
						output: { size: null, declared: null, fill: 0 },
						overlapped: null,
						bytesReturned: true,
					},
				],
				timeoutMs: 10_000,
			},
		});
	});

	test('is built afresh, so that a later change of the input does not reach it', () => {
		const input = full();
		const check = checkPlan(input);
		input.socket.peer.queued.push('AAAA');
		input.steps.length = 0;
		expect(check).toEqual({ ok: true, plan: full() });
	});

	test.each(NUMBERS)('takes $path from $lowest to $highest, and nothing beyond', ({ path, lowest, highest }) => {
		const range = `it must be ${lowest} to ${highest}.`;
		expect(problemOf(planWith(path, lowest))).toBe('accepted');
		expect(problemOf(planWith(path, highest))).toBe('accepted');
		for (const beyond of [lowest - 1, highest + 1]) {
			expect(problemOf(planWith(path, beyond))).toEqual({
				path: written(path),
				message: `${beyond} is out of range; ${range}`,
			});
		}
	});

	test.each(INTEGERS)('refuses what is no integer for $path', ({ path }) => {
		const hostile = [
			Number.NaN,
			Infinity,
			-Infinity,
			1.5,
			'5',
			'',
			true,
			5n,
			[5],
			{ valueOf: () => 5 },
			() => 5,
			Symbol(),
		];
		for (const value of hostile) {
			expect(problemOf(planWith(path, value))).toEqual({ path: written(path), message: 'This must be an integer.' });
		}
	});

	test('refuses 2^33 everywhere, which koffi would cut to 0', () => {
		for (const { path } of INTEGERS) expect(problemOf(planWith(path, 2 ** 33))).toMatchObject({ path: written(path) });
	});

	test('takes a number of another address family, which has neither bind nor peer', () => {
		const bare = (socket: object) =>
			problemOf({ ...full(), socket: { type: 'stream', ...socket }, steps: [full().steps[1]] });
		expect(bare({ family: 40 })).toBe('accepted');
		expect(bare({ family: 0x10000 })).toEqual({
			path: 'socket.family',
			message: '65536 is out of range; it must be 0 to 65535.',
		});
		expect(bare({ family: 'unix' })).toEqual({ path: 'socket.family', message: 'This must be one of inet, inet6.' });
		expect(bare({ family: 40, bind: { address: '127.0.0.1' } })).toEqual({
			path: 'socket.bind',
			message: 'Only inet and inet6 sockets can be bound.',
		});
		expect(bare({ family: 40, peer: {} })).toEqual({
			path: 'socket.peer',
			message: 'Only inet and inet6 sockets of type stream or datagram can have a peer.',
		});
	});
});

describe('a hostile plan', () => {
	afterEach(() => {
		Reflect.deleteProperty(Object.prototype, 'timeoutMs');
		Reflect.deleteProperty(Object.prototype, 'steps');
	});

	test.each([
		['undefined', undefined],
		['null', null],
		['a string', '{}'],
		['a number', 7],
		['an array', [full()]],
		['a function', () => full()],
		['a map', new Map(Object.entries(full()))],
		['an instance', Object.assign(new (class Plan {})(), full())],
		['an heir of a plan', Object.create(full())],
	])('that is %s is refused', (_name, plan) => {
		expect(problemOf(plan)).toEqual({ path: '', message: 'This must be an object.' });
	});

	test('cannot carry a key that is not known', () => {
		const refused = { message: 'A plan has no such key.' };
		expect(problemOf({ ...full(), shell: 'sh' })).toEqual({ path: 'shell', ...refused });
		expect(problemOf(planWith(['socket', 'handle'], 4))).toEqual({ path: 'socket.handle', ...refused });
		expect(problemOf(planWith(['steps', 0, 'address'], 4096))).toEqual({ path: 'steps[0].address', ...refused });
		expect(problemOf(planWith(['steps', 0, 'constructor'], {}))).toEqual({ path: 'steps[0].constructor', ...refused });
		expect(problemOf({ ...full(), [Symbol.iterator]: 1 })).toEqual({ path: 'Symbol(Symbol.iterator)', ...refused });
	});

	test('cannot bring a prototype along', () => {
		const text = JSON.stringify(full()).replace('{', '{"__proto__":{"timeoutMs":1},');
		expect(problemOf(JSON.parse(text))).toEqual({ path: '__proto__', message: 'A plan has no such key.' });
	});

	test('is not completed from a polluted Object.prototype', () => {
		const { steps: _steps, timeoutMs: _timeoutMs, ...rest } = full();
		Object.defineProperty(Object.prototype, 'timeoutMs', { value: 77, configurable: true });
		Object.defineProperty(Object.prototype, 'steps', { value: full().steps, configurable: true });
		expect(problemOf(rest)).toEqual({ path: 'steps', message: 'This must be an array.' });
		expect(checkPlan({ ...rest, steps: full().steps })).toMatchObject({ ok: true, plan: { timeoutMs: 10_000 } });
	});

	test('cannot hide steps in an array that is none', () => {
		expect(problemOf({ ...full(), steps: { length: 1, 0: full().steps[0] } })).toEqual({
			path: 'steps',
			message: 'This must be an array.',
		});
		expect(problemOf({ ...full(), steps: new Array(2) })).toEqual({
			path: 'steps[0]',
			message: 'This must be an object.',
		});
	});

	test.each([
		[['backend'], 'simulated', 'This must be one of winsock, posix.'],
		[['backend'], ['posix'], 'This must be one of winsock, posix.'],
		[['socket', 'type'], 'toString', 'This must be one of stream, datagram, raw, rdm, seqpacket.'],
		[['socket', 'overlapped'], 1, 'This must be true or false.'],
		[['socket', 'listen'], 'false', 'This must be true or false.'],
		[['steps', 0, 'bytesReturned'], 0, 'This must be true or false.'],
		[
			['steps', 0, 'call'],
			'TerminateProcess',
			'This must be one of WSAIoctl, ioctlsocket, ioctl, getsockopt, setsockopt, receive, getifaddrs, route.',
		],
		[['steps', 0, 'input', 'pointers', 0, 'to'], 'stack', 'This must be one of self, output.'],
		[['steps', 0, 'input', 'bytes'], 'abc', 'This is not base64 with padding.'],
		[['steps', 0, 'input', 'bytes'], 'ab-_', 'This is not base64 with padding.'],
		[['steps', 0, 'input', 'bytes'], 'ab==cdef', 'This is not base64 with padding.'],
		[['steps', 0, 'input', 'bytes'], 'AAAA\n', 'This is not base64 with padding.'],
		[['steps', 0, 'input', 'bytes'], new Uint8Array(4), 'This must be a base64 string.'],
	] satisfies [Path, unknown, string][])('cannot set %j to %j', (path, value, message) => {
		expect(problemOf(planWith(path, value))).toEqual({ path: written(path), message });
	});
});

describe('limits of a plan', () => {
	const receive = { call: 'receive', size: 1 };

	test('are 1 to 16 steps', () => {
		const steps = (count: number) => problemOf({ ...full(), steps: Array.from({ length: count }, () => receive) });
		expect(steps(0)).toEqual({ path: 'steps', message: 'A plan needs at least one step.' });
		expect(steps(16)).toBe('accepted');
		expect(steps(17)).toEqual({ path: 'steps', message: '17 entries are too many; the limit is 16.' });
	});

	test('are 1 MiB for the whole plan', () => {
		const plan = (bytes: number) => planWith(['steps', 0, 'input', 'bytes'], Buffer.alloc(bytes).toString('base64'));
		const most = 785_000;
		expect(problemOf(plan(most))).toBe('accepted');
		expect(problemOf(plan(most + 3000))).toEqual({
			path: '',
			message: `The plan is ${JSON.stringify(plan(most + 3000)).length} bytes long; the limit is 1048576.`,
		});
		expect(problemOf(plan(1024 * 1024 + 1))).toEqual({
			path: 'steps[0].input.bytes',
			message: '1048577 bytes are too many; the limit is 1048576.',
		});
	});

	test('are 1 MiB for all outputs together', () => {
		const steps = (sizes: number[]) =>
			problemOf({ ...full(), steps: sizes.map((size) => ({ call: 'WSAIoctl', code: 1, output: { size } })) });
		expect(steps([1024 * 1024])).toBe('accepted');
		expect(steps([1024 * 1024 + 1])).toEqual({
			path: 'steps[0].output.size',
			message: '1048577 is out of range; it must be 0 to 1048576.',
		});
		expect(steps([600_000, 600_000])).toEqual({
			path: 'steps',
			message: 'The steps ask for 1200000 bytes of output; the limit is 1048576.',
		});
	});

	test('count what is received as output', () => {
		const receive = (size: number) => problemOf(planWith(['steps', 2, 'size'], size));
		expect(receive(LIMITS.outputBytes - 20)).toBe('accepted');
		expect(receive(0)).toEqual({ path: 'steps[2].size', message: '0 is out of range; it must be 1 to 1048576.' });
		expect(receive(LIMITS.outputBytes)).toEqual({
			path: 'steps',
			message: 'The steps ask for 1048596 bytes of output; the limit is 1048576.',
		});
	});

	test('leave time beyond all overlapped waits', () => {
		const plan = (timeoutMs: number, ...waits: number[]) =>
			problemOf({
				...full(),
				timeoutMs,
				steps: waits.map((waitMs) => ({ call: 'WSAIoctl', code: 1, overlapped: { waitMs } })),
			});
		expect(plan(1001, 400, 600)).toBe('accepted');
		expect(plan(1000, 400, 600)).toEqual({
			path: 'timeoutMs',
			message: 'The overlapped waits take 1000 ms, so timeoutMs must be more than that.',
		});
		expect(plan(1000, -1)).toEqual({
			path: 'steps[0].overlapped.waitMs',
			message: '-1 is out of range; it must be 0 to 600000.',
		});
	});

	test('are 16 KiB in 64 parts for what the peer queues', () => {
		const queued = (parts: number, size: number) =>
			problemOf(planWith(['socket', 'peer', 'queued'], Array(parts).fill(Buffer.alloc(size, 1).toString('base64'))));
		expect(queued(64, 256)).toBe('accepted');
		expect(queued(65, 1)).toEqual({ path: 'socket.peer.queued', message: '65 entries are too many; the limit is 64.' });
		expect(queued(64, 257)).toEqual({
			path: 'socket.peer.queued',
			message: '16448 bytes are too many; the limit is 16384.',
		});
		expect(queued(1, 0)).toEqual({ path: 'socket.peer.queued[0]', message: 'A stream cannot carry an empty part.' });
	});

	test('are 1 to 16 bytes of out-of-band data, on a stream', () => {
		const urgent = (size: number) =>
			problemOf(planWith(['socket', 'peer', 'urgent'], Buffer.alloc(size).toString('base64')));
		expect(urgent(16)).toBe('accepted');
		expect(urgent(17)).toEqual({ path: 'socket.peer.urgent', message: '17 bytes are too many; the limit is 16.' });
		expect(urgent(0)).toEqual({ path: 'socket.peer.urgent', message: 'Out-of-band data needs at least one byte.' });
		expect(problemOf(planWith(['socket', 'type'], 'datagram'))).toEqual({
			path: 'socket.peer.urgent',
			message: 'Only a stream carries out-of-band data.',
		});
	});

	test('leave no room for a pointer in a buffer that is too small, or without a buffer to point into', () => {
		expect(problemOf(planWith(['steps', 0, 'input', 'bytes'], 'AAA='))).toEqual({
			path: 'steps[0].input.pointers[0].at',
			message: '0 is out of range; there is no room for it.',
		});
		expect(problemOf(planWith(['steps', 0, 'output'], {}))).toEqual({
			path: 'steps[0].input.pointers[0].to',
			message: 'This step has no output buffer to point into.',
		});
	});
});

describe('addresses of a plan', () => {
	const bind = (address: unknown, family = 'inet') =>
		problemOf({ ...full(), socket: { family, type: 'stream', bind: { address } }, steps: [full().steps[1]] });

	test.each(['127.0.0.1', '127.255.255.254'])('may be %s', (address) => expect(bind(address)).toBe('accepted'));
	test.each(['::1', '0:0:0:0:0:0:0:1', '0::0:1'])('may be %s', (address) =>
		expect(bind(address, 'inet6')).toBe('accepted'),
	);

	test.each(['0.0.0.0', '128.0.0.1', '192.0.2.1', '255.255.255.255', '::', '::2', 'fe80::1', '::ffff:7f00:1'])(
		'cannot be %s, which is no loopback address',
		(address) => {
			expect(bind(address, address.includes(':') ? 'inet6' : 'inet')).toEqual({
				path: 'socket.bind.address',
				message: `${address} is not a loopback address. The runner binds to 127.0.0.0/8 or ::1 only.`,
			});
		},
	);

	test.each([
		'localhost',
		'',
		'127.1',
		'0177.0.0.1',
		'0x7f.0.0.1',
		'2130706433',
		'127.0.0.1 ',
		'127.0.0.256',
		'::1%lo',
		'[::1]',
		':::1',
		'1:2:3:4:5:6:7',
		'::ffff:127.0.0.1',
		2130706433,
		null,
		['127.0.0.1'],
	])('cannot be %j, which is no plain numeric address', (address) => {
		expect(bind(address)).toEqual({
			path: 'socket.bind.address',
			message: 'This must be a numeric IPv4 or IPv6 address.',
		});
	});

	test('belong to the family of the socket', () => {
		expect(bind('::1')).toEqual({ path: 'socket.bind.address', message: '::1 is not an address of family inet.' });
		expect(bind('127.0.0.1', 'inet6')).toEqual({
			path: 'socket.bind.address',
			message: '127.0.0.1 is not an address of family inet6.',
		});
	});
});

describe('what does not go together', () => {
	const check = (backend: string, socket: object, step: object) =>
		problemOf({ backend, socket: { type: 'stream', ...socket }, steps: [step] });

	test.each([
		['posix', { call: 'WSAIoctl', code: 1 }],
		['posix', { call: 'ioctlsocket', code: 1 }],
		['winsock', { call: 'ioctl', request: 1 }],
		['winsock', { call: 'getifaddrs' }],
		['winsock', { call: 'route', destination: { address: '192.0.2.1' } }],
	])('%s has not the call of the other backend: %j', (backend, step) => {
		expect(check(backend, {}, step)).toEqual({
			path: 'steps[0].call',
			message: `The ${backend} backend has no call named ${step.call}.`,
		});
	});

	test('is receiving without a peer of the runner', () => {
		const receive = { call: 'receive', size: 1 };
		expect(check('posix', { peer: {} }, receive)).toBe('accepted');
		expect(check('posix', {}, receive)).toEqual({
			path: 'steps[0]',
			message: 'Only a socket with a peer of the runner may receive.',
		});
	});

	test('is an overlapped call on a socket that is not made for it', () => {
		expect(check('winsock', { overlapped: false }, { call: 'WSAIoctl', code: 1, overlapped: { waitMs: 1 } })).toEqual({
			path: 'steps[0].overlapped',
			message: 'The socket of this plan is not made for overlapped calls.',
		});
	});

	test('is listening with a peer, or without a stream', () => {
		const step = { call: 'getsockopt', level: 1, name: 1 };
		expect(check('posix', { listen: true, peer: {} }, step)).toEqual({
			path: 'socket.peer',
			message: 'A listening socket has no peer.',
		});
		expect(check('posix', { listen: true, type: 'datagram' }, step)).toEqual({
			path: 'socket.listen',
			message: 'Only a stream socket can listen.',
		});
	});
});

describe('decodedLength', () => {
	test('counts what Buffer decodes', () => {
		for (let size = 0; size < 20; size++) expect(decodedLength(Buffer.alloc(size, 7).toString('base64'))).toBe(size);
	});
});
