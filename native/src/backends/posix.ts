/** The posix backend: libc's socket calls on Linux and macOS. */

import { constants, release } from 'node:os';
import { type Backend, type BackendEntry, type Handle, SetupError } from '../backend.ts';
import { Memory, notOf } from '../memory.ts';
import { hex, int32, type Koffi, MissingError, uint32 } from '../native.ts';
import type { Endpoint, InterfaceRecord, Step, StepResult, SystemInfo } from '../plan.ts';
import { runtimeName } from '../runtime.ts';
import { decodeSockaddr, encodeSockaddr, type SockaddrLayout } from '../sockaddr.ts';
import { errorNames, finisher, type StepBuffers, socketStep, timed } from '../steps.ts';

/** The few constants that differ between the two systems. */
const PLATFORMS = {
	linux: {
		name: 'Linux',
		libraries: ['libc.so.6', 'libc.musl-x86_64.so.1', 'libc.musl-aarch64.so.1', 'libc.so'],
		layout: { inet: 2, inet6: 10, lengthByte: false },
		nonBlocking: 0x800,
	},
	darwin: {
		name: 'macOS',
		libraries: ['/usr/lib/libSystem.B.dylib'],
		layout: { inet: 2, inet6: 30, lengthByte: true },
		nonBlocking: 0x4,
	},
} as const;

const F_GETFL = 3;
const F_SETFL = 4;
const MSG_OOB = 1;
const MSG_PEEK = 2;
const POLLIN = 0x1;
const POLLPRI = 0x2;
const SOCK_DGRAM = 2;
const EINTR = constants.errno.EINTR;

/** A guard against a damaged list, far above any machine's count of interfaces. */
const MOST_INTERFACES = 4096;

const nameOfError = errorNames(constants.errno);

/** @throws MissingError on a platform without a libc of this kind, and when libc cannot be loaded */
function create(koffi: Koffi): Backend {
	const platform =
		process.platform === 'linux' || process.platform === 'darwin' ? PLATFORMS[process.platform] : undefined;
	if (!platform) {
		throw new MissingError('platform', `The posix backend needs Linux or macOS; this is ${process.platform}.`);
	}
	return new PosixBackend(koffi, platform);
}

type Platform = (typeof PLATFORMS)[keyof typeof PLATFORMS];

class PosixBackend implements Backend {
	readonly name = 'posix';
	readonly system: SystemInfo;
	readonly #koffi: Koffi;
	readonly #layout: SockaddrLayout;
	readonly #nonBlocking: number;
	readonly #memory: Memory;
	readonly #libc: ReturnType<typeof declare>;

	constructor(koffi: Koffi, platform: Platform) {
		this.#koffi = koffi;
		this.#layout = platform.layout;
		this.#nonBlocking = platform.nonBlocking;
		this.#memory = new Memory(koffi);
		this.#libc = declare(koffi, platform.libraries);
		this.system = {
			name: platform.name,
			version: release(),
			label: platform.name === 'macOS' ? `macOS (Darwin ${release()})` : `Linux ${release()}`,
			arch: process.arch,
			pointerSize: this.#memory.pointerSize,
			runtime: runtimeName(),
			koffi: koffi.version,
		};
	}

	family(family: 'inet' | 'inet6'): number {
		return this.#layout[family];
	}

	open(family: number, type: number, protocol: number): Handle {
		return this.#check('socket', this.#libc.socket(int32(family), int32(type), int32(protocol)));
	}

	bind(socket: Handle, endpoint: Endpoint): void {
		this.#memory.withSockaddr(endpoint, this.#layout, (address, size) =>
			this.#check('bind', this.#libc.bind(socket, address, size)),
		);
	}

	listen(socket: Handle): void {
		this.#check('listen', this.#libc.listen(socket, 1));
	}

	connect(socket: Handle, endpoint: Endpoint): void {
		this.#memory.withSockaddr(endpoint, this.#layout, (address, size) =>
			this.#check('connect', this.#libc.connect(socket, address, size)),
		);
	}

	accept(socket: Handle): Handle {
		return this.#check('accept', this.#libc.accept(socket, null, null));
	}

	send(socket: Handle, bytes: Uint8Array, urgent: boolean): void {
		this.#memory.sendAll(bytes, (address, left) =>
			this.#check('send', Number(this.#libc.send(socket, address, uint32(left), urgent ? MSG_OOB : 0))),
		);
	}

	peek(socket: Handle, size: number): number {
		return this.#memory.with(Buffer.alloc(size), (buffer) =>
			this.#check('recv', Number(this.#libc.recv(socket, buffer.address, uint32(size), MSG_PEEK))),
		);
	}

	poll(socket: Handle, urgent: boolean, timeoutMs: number): boolean {
		// struct pollfd { int fd; short events; short revents; }
		const entry = Buffer.alloc(8);
		entry.writeInt32LE(int32(Number(socket)));
		entry.writeInt16LE(urgent ? POLLPRI : POLLIN, 4);
		return this.#memory.with(entry, (buffer) => {
			const ready = this.#libc.poll(buffer.address, 1, int32(timeoutMs)) as number;
			if (ready < 0 && this.#koffi.errno() === EINTR) return false;
			return this.#check('poll', ready) > 0;
		});
	}

	address(socket: Handle, whose: 'local' | 'peer'): Endpoint | null {
		const bytes = this.#name(socket, whose);
		return bytes && decodeSockaddr(bytes, this.#layout);
	}

	setNonBlocking(socket: Handle): void {
		const flags = this.#check('fcntl', this.#libc.fcntl(socket, F_GETFL, 'int', 0));
		this.#check('fcntl', this.#libc.fcntl(socket, F_SETFL, 'int', int32(flags | this.#nonBlocking)));
	}

	close(socket: Handle): void {
		this.#libc.close(socket);
	}

	armWatchdog(timeoutMs: number): void {
		// Nothing handles SIGALRM here, so it ends the process, blocked or not.
		this.#libc.alarm(uint32(Math.ceil(timeoutMs / 1000)));
	}

	disarmWatchdog(): void {
		this.#libc.alarm(0);
	}

	step(socket: Handle, step: Step): StepResult {
		return this.#memory.withBuffers((buffers) => this.#step(socket, step, buffers));
	}

	#step(socket: Handle, step: Step, buffers: StepBuffers): StepResult {
		const finish = finisher(step, buffers, (call) => this.#outcomeOf(call), nameOfError);
		switch (step.call) {
			case 'ioctl': {
				buffers.output(step.output);
				const { address } = buffers.input(step.argument);
				const request = uint32(step.request);
				return finish(`ioctl(fd, ${hex(request)}, ${address === null ? 'NULL' : 'argp'})`, () =>
					this.#libc.ioctl(socket, request, 'void *', address),
				);
			}
			case 'getsockopt':
			case 'setsockopt':
			case 'receive':
				return socketStep(step, buffers, finish, {
					handle: 'fd',
					getsockopt: (...args) => this.#libc.getsockopt(socket, ...args),
					setsockopt: (level, name, address, size) => this.#libc.setsockopt(socket, level, name, address, uint32(size)),
					recv: (address, size, flags) => this.#libc.recv(socket, address, uint32(size), flags),
				});
			case 'getifaddrs': {
				const head = buffers.scratch(Buffer.alloc(8));
				let interfaces: InterfaceRecord[] | null = null;
				const result = finish('getifaddrs()', () => this.#libc.getifaddrs(head.address));
				if (result.status === 'ok') {
					const first = this.#memory.pointerAt(head.inspect().bytes, 0);
					interfaces = this.#readInterfaces(first);
					if (first !== 0n) this.#libc.freeifaddrs(first);
				}
				return { ...result, interfaces };
			}
			case 'route':
				return this.#route(step.destination, buffers);
			default:
				return notOf(this.name, step);
		}
	}

	#outcomeOf(call: () => unknown): { returned: number; error: number } {
		const returned = Number(call());
		return { returned, error: returned < 0 ? this.#koffi.errno() : 0 };
	}

	/** A UDP socket that is connected takes the local address of the route, and sends nothing. */
	#route(destination: Endpoint, buffers: StepBuffers): StepResult {
		const target = encodeSockaddr(destination, this.#layout);
		const family = target.length > 16 ? this.#layout.inet6 : this.#layout.inet;
		const memory = buffers.scratch(target);
		let name: Buffer | null = null;
		const { value, nanoseconds } = timed(() => {
			const socket = this.#libc.socket(family, SOCK_DGRAM, 0) as number;
			if (socket < 0) return { returned: -1, error: this.#koffi.errno() };
			const returned = this.#libc.connect(socket, memory.address, uint32(target.length)) as number;
			const error = returned < 0 ? this.#koffi.errno() : 0;
			if (error === 0) name = this.#name(socket, 'local');
			this.#libc.close(socket);
			return { returned, error };
		});
		const text = `connect(udp, ${destination.address}), getsockname(udp)`;
		const outcome = { ...value, bytesReturned: null, nanoseconds };
		const result = buffers.result('route', text, outcome, nameOfError);
		if (name === null) return result;
		const bytes: Buffer = name;
		return {
			...result,
			bytesReturned: bytes.length,
			output: bytes.toString('base64'),
			outputTouched: bytes.length,
			endpoint: decodeSockaddr(bytes, this.#layout),
		};
	}

	/** struct ifaddrs { next; name; unsigned flags; addr; netmask; broadaddr or dstaddr; data }, alike on both systems. */
	#readInterfaces(first: bigint): InterfaceRecord[] {
		const width = this.#memory.pointerSize;
		const records: InterfaceRecord[] = [];
		for (let at = first; at !== 0n && records.length < MOST_INTERFACES; ) {
			const entry = this.#copy(at, width * 6);
			const name = this.#memory.pointerAt(entry, width);
			records.push({
				name: name === 0n ? '' : this.#koffi.decode.string(name),
				flags: entry.readUInt32LE(width * 2),
				address: this.#sockaddrAt(this.#memory.pointerAt(entry, width * 3)),
				netmask: this.#sockaddrAt(this.#memory.pointerAt(entry, width * 4)),
				broadcast: this.#sockaddrAt(this.#memory.pointerAt(entry, width * 5)),
			});
			at = this.#memory.pointerAt(entry, 0);
		}
		return records;
	}

	#sockaddrAt(address: bigint): string | null {
		if (address === 0n) return null;
		const head = this.#copy(address, 2);
		let size = 16;
		if (this.#layout.lengthByte) size = head[0] ?? 0;
		else if (head.readUInt16LE() === this.#layout.inet6) size = 28;
		return this.#copy(address, size).toString('base64');
	}

	#copy(address: bigint, size: number): Buffer {
		return Buffer.from(this.#koffi.decode(address, 'uint8_t', size) as Uint8Array);
	}

	#name(socket: Handle, whose: 'local' | 'peer'): Buffer | null {
		const call = whose === 'local' ? this.#libc.getsockname : this.#libc.getpeername;
		return this.#memory.socketName((address, length) => call(socket, address, length));
	}

	#check(call: string, returned: number): number {
		if (returned >= 0) return returned;
		const error = this.#koffi.errno();
		throw new SetupError(call, error, nameOfError(error));
	}
}

function declare(koffi: Koffi, libraries: readonly string[]) {
	const libc = loadFirst(koffi, libraries);
	const fn = (name: string, result: string, parameters: string[]) => libc.func(name, result, parameters);
	return {
		socket: fn('socket', 'int', ['int', 'int', 'int']),
		bind: fn('bind', 'int', ['int', 'void *', 'uint32_t']),
		listen: fn('listen', 'int', ['int', 'int']),
		connect: fn('connect', 'int', ['int', 'void *', 'uint32_t']),
		accept: fn('accept', 'int', ['int', 'void *', 'void *']),
		send: fn('send', 'intptr_t', ['int', 'void *', 'size_t', 'int']),
		recv: fn('recv', 'intptr_t', ['int', 'void *', 'size_t', 'int']),
		poll: fn('poll', 'int', ['void *', 'unsigned long', 'int']),
		getsockname: fn('getsockname', 'int', ['int', 'void *', 'void *']),
		getpeername: fn('getpeername', 'int', ['int', 'void *', 'void *']),
		getsockopt: fn('getsockopt', 'int', ['int', 'int', 'int', 'void *', 'void *']),
		setsockopt: fn('setsockopt', 'int', ['int', 'int', 'int', 'void *', 'uint32_t']),
		getifaddrs: fn('getifaddrs', 'int', ['void *']),
		freeifaddrs: fn('freeifaddrs', 'void', ['void *']),
		close: fn('close', 'int', ['int']),
		alarm: fn('alarm', 'unsigned int', ['unsigned int']),
		// Declared variadic as they are: on Apple silicon a variadic argument travels by another way than a fixed one.
		fcntl: libc.func('int fcntl(int fd, int command, ...)'),
		ioctl: libc.func('int ioctl(int fd, unsigned long request, ...)'),
	};
}

function loadFirst(koffi: Koffi, libraries: readonly string[]) {
	let problem: unknown;
	for (const library of libraries) {
		try {
			return koffi.load(library);
		} catch (error) {
			problem ??= error;
		}
	}
	const what = problem instanceof Error ? problem.message : String(problem);
	throw new MissingError('library-missing', `The system's libc could not be loaded: ${what}`);
}

export default { create } satisfies BackendEntry;
