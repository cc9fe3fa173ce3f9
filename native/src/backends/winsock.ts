/** The winsock backend: ws2_32.dll, the real one on Windows and Wine's elsewhere. */

import { constants, release } from 'node:os';
import { type Backend, type BackendEntry, type Handle, SetupError } from '../backend.ts';
import { Memory, notOf } from '../memory.ts';
import { type GuardedBuffer, hex, int32, type Koffi, MissingError, uint32 } from '../native.ts';
import type { Endpoint, Step, StepResult, SystemInfo, WsaIoctlStep } from '../plan.ts';
import { runtimeName } from '../runtime.ts';
import { decodeSockaddr } from '../sockaddr.ts';
import { errorNames, finisher, type StepBuffers, socketStep, timed, uint32Bytes } from '../steps.ts';

const LAYOUT = { inet: 2, inet6: 23, lengthByte: false } as const;

const WSA_FLAG_OVERLAPPED = 1;
const MSG_OOB = 1;
const MSG_PEEK = 2;
const POLLRDNORM = 0x100;
const POLLRDBAND = 0x200;
const WSA_WAIT_EVENT_0 = 0;
const WSA_IO_PENDING = 997;
const WSAETIMEDOUT = 10060;
/** What `lpcbBytesReturned` holds before a call, to tell "wrote 0" from "wrote nothing". */
const UNWRITTEN = 0xeeeeeeee;
/** How long a cancelled operation may take to let go of its buffers. */
const CANCEL_MS = 1000;

/** Node names the Winsock errors; these come from the layer below. */
const nameOfError = errorNames(constants.errno, {
	1: 'ERROR_INVALID_FUNCTION',
	6: 'WSA_INVALID_HANDLE',
	8: 'WSA_NOT_ENOUGH_MEMORY',
	50: 'ERROR_NOT_SUPPORTED',
	87: 'WSA_INVALID_PARAMETER',
	122: 'ERROR_INSUFFICIENT_BUFFER',
	234: 'ERROR_MORE_DATA',
	995: 'WSA_OPERATION_ABORTED',
	996: 'WSA_IO_INCOMPLETE',
	[WSA_IO_PENDING]: 'WSA_IO_PENDING',
});

/** @throws MissingError off Windows, and when ws2_32.dll cannot be loaded or started */
function create(koffi: Koffi): Backend {
	if (process.platform !== 'win32') {
		throw new MissingError('platform', `The winsock backend needs Windows or Wine; this is ${process.platform}.`);
	}
	return new WinsockBackend(koffi);
}

class WinsockBackend implements Backend {
	readonly name = 'winsock';
	readonly system: SystemInfo;
	readonly #koffi: Koffi;
	readonly #memory: Memory;
	readonly #ws: ReturnType<typeof declareWinsock>;
	readonly #kernel: ReturnType<typeof declareKernel>;
	readonly #invalid: bigint;
	#watchdog: bigint | null = null;

	constructor(koffi: Koffi) {
		this.#koffi = koffi;
		this.#memory = new Memory(koffi);
		this.#invalid = BigInt.asUintN(this.#memory.pointerSize * 8, -1n);
		try {
			this.#ws = declareWinsock(koffi, this.#memory.pointerSize === 8 ? 'uint64_t' : 'uint32_t');
			this.#kernel = declareKernel(koffi);
		} catch (error) {
			const what = error instanceof Error ? error.message : String(error);
			throw new MissingError('library-missing', `ws2_32.dll could not be loaded: ${what}`);
		}
		const failed = this.#memory.with(Buffer.alloc(512), (data) => this.#ws.WSAStartup(0x0202, data.address) as number);
		if (failed !== 0) throw new MissingError('library-missing', `WSAStartup failed with error ${failed}.`);
		this.system = this.#describe();
	}

	#describe(): SystemInfo {
		const wine = wineVersion(this.#koffi);
		const version = wine ?? release();
		const name = wine === undefined ? 'Windows' : 'Wine';
		return {
			name,
			version,
			label: `${name} ${version}`,
			arch: process.arch,
			pointerSize: this.#memory.pointerSize,
			runtime: runtimeName(),
			koffi: this.#koffi.version,
		};
	}

	family(family: 'inet' | 'inet6'): number {
		return LAYOUT[family];
	}

	open(family: number, type: number, protocol: number, overlapped: boolean): Handle {
		const flags = overlapped ? WSA_FLAG_OVERLAPPED : 0;
		const socket = this.#ws.WSASocketW(int32(family), int32(type), int32(protocol), null, 0, flags) as Handle;
		return this.#checkSocket('WSASocketW', socket);
	}

	bind(socket: Handle, endpoint: Endpoint): void {
		this.#memory.withSockaddr(endpoint, LAYOUT, (address, size) =>
			this.#check('bind', this.#ws.bind(socket, address, size)),
		);
	}

	listen(socket: Handle): void {
		this.#check('listen', this.#ws.listen(socket, 1));
	}

	connect(socket: Handle, endpoint: Endpoint): void {
		this.#memory.withSockaddr(endpoint, LAYOUT, (address, size) =>
			this.#check('connect', this.#ws.connect(socket, address, size)),
		);
	}

	accept(socket: Handle): Handle {
		return this.#checkSocket('accept', this.#ws.accept(socket, null, null) as Handle);
	}

	send(socket: Handle, bytes: Uint8Array, urgent: boolean): void {
		this.#memory.sendAll(bytes, (address, left) =>
			this.#check('send', this.#ws.send(socket, address, int32(left), urgent ? MSG_OOB : 0)),
		);
	}

	peek(socket: Handle, size: number): number {
		return this.#memory.with(Buffer.alloc(size), (buffer) =>
			this.#check('recv', this.#ws.recv(socket, buffer.address, int32(size), MSG_PEEK)),
		);
	}

	poll(socket: Handle, urgent: boolean, timeoutMs: number): boolean {
		// WSAPOLLFD { SOCKET fd; SHORT events; SHORT revents; }
		const entry = Buffer.alloc(this.#memory.pointerSize + 8);
		this.#memory.writePointer(entry, 0, BigInt(socket));
		entry.writeInt16LE(urgent ? POLLRDBAND : POLLRDNORM, this.#memory.pointerSize);
		return this.#memory.with(
			entry,
			(buffer) => this.#check('WSAPoll', this.#ws.WSAPoll(buffer.address, 1, int32(timeoutMs))) > 0,
		);
	}

	address(socket: Handle, whose: 'local' | 'peer'): Endpoint | null {
		const call = whose === 'local' ? this.#ws.getsockname : this.#ws.getpeername;
		const bytes = this.#memory.socketName((address, length) => call(socket, address, length));
		return bytes && decodeSockaddr(bytes, LAYOUT);
	}

	setNonBlocking(socket: Handle): void {
		// Selecting events, even none, makes a socket non-blocking, and needs no control code.
		this.#check('WSAEventSelect', this.#ws.WSAEventSelect(socket, null, 0));
	}

	close(socket: Handle): void {
		this.#ws.closesocket(socket);
	}

	/**
	 * A timer of the system whose callback is TerminateProcess itself: called with the timer's parameter, the pseudo
	 * handle of this process, and TRUE as the exit code. No JavaScript takes part, so a blocked thread cannot stop it.
	 */
	armWatchdog(timeoutMs: number): void {
		this.disarmWatchdog();
		const self = BigInt.asUintN(this.#memory.pointerSize * 8, -1n);
		this.#memory.with(Buffer.alloc(8), (timer) => {
			const once = 0x8; // WT_EXECUTEONLYONCE
			const made = this.#kernel.CreateTimerQueueTimer(
				timer.address,
				null,
				this.#kernel.terminate,
				self,
				uint32(timeoutMs),
				0,
				once,
			) as number;
			if (made !== 0) this.#watchdog = this.#memory.pointerAt(timer.inspect().bytes, 0);
		});
	}

	disarmWatchdog(): void {
		if (this.#watchdog !== null) this.#kernel.DeleteTimerQueueTimer(null, this.#watchdog, null);
		this.#watchdog = null;
	}

	step(socket: Handle, step: Step): StepResult {
		return this.#memory.withBuffers((buffers) => this.#step(socket, step, buffers));
	}

	#step(socket: Handle, step: Step, buffers: StepBuffers): StepResult {
		const finish = finisher(step, buffers, (call) => this.#outcomeOf(call), nameOfError);
		switch (step.call) {
			case 'WSAIoctl':
				return this.#wsaIoctl(socket, step, buffers);
			case 'ioctlsocket': {
				const { address } = buffers.input(step.argument);
				const code = uint32(step.code);
				// cmd is a signed long of 32 bits.
				return finish(`ioctlsocket(s, ${hex(code)}, ${address === null ? 'NULL' : 'argp'})`, () =>
					this.#ws.ioctlsocket(socket, int32(code | 0), address),
				);
			}
			case 'getsockopt':
			case 'setsockopt':
			case 'receive':
				return socketStep(step, buffers, finish, {
					handle: 's',
					getsockopt: (...args) => this.#ws.getsockopt(socket, ...args),
					setsockopt: (level, name, address, size) => this.#ws.setsockopt(socket, level, name, address, int32(size)),
					recv: (address, size, flags) => this.#ws.recv(socket, address, int32(size), flags),
				});
			default:
				return notOf(this.name, step);
		}
	}

	#wsaIoctl(socket: Handle, step: WsaIoctlStep, buffers: StepBuffers): StepResult {
		const output = buffers.output(step.output);
		const input = buffers.input(step.input);
		const code = uint32(step.code);
		const count = step.bytesReturned ? buffers.scratch(uint32Bytes(UNWRITTEN)) : null;
		const event = step.overlapped ? this.#makeEvent() : null;
		const overlapped = event === null ? null : buffers.scratch(this.#overlapped(event));
		try {
			const { value, nanoseconds } = timed(() =>
				this.#outcomeOf(() =>
					this.#ws.WSAIoctl(
						socket,
						code,
						input.address,
						uint32(input.size),
						output.address,
						uint32(output.size),
						count?.address ?? null,
						overlapped?.address ?? null,
						null,
					),
				),
			);
			const written = count ? count.inspect().bytes.readUInt32LE() : UNWRITTEN;
			let outcome = {
				...value,
				bytesReturned: written === UNWRITTEN ? null : written,
				pending: false,
				overlapped: overlapped ? { pendingAtReturn: false, completed: true } : null,
				nanoseconds,
			};
			if (value.error === WSA_IO_PENDING && event !== null && overlapped && step.overlapped) {
				const { value: end, nanoseconds: waited } = timed(() =>
					this.#await(socket, event, overlapped, step.overlapped?.waitMs ?? 0, buffers),
				);
				outcome = {
					...outcome,
					...end,
					overlapped: { pendingAtReturn: true, completed: !end.pending },
					nanoseconds: nanoseconds + waited,
				};
			}
			const text =
				`WSAIoctl(s, ${hex(code)}, ${input.address === null ? 'NULL' : 'in'}, ${input.size}, ` +
				`${output.address === null ? 'NULL' : 'out'}, ${output.size}, ${count ? '&bytes' : 'NULL'}, ` +
				`${overlapped ? '&overlapped' : 'NULL'}, NULL)`;
			return buffers.result('WSAIoctl', text, outcome, nameOfError);
		} finally {
			if (event !== null) this.#ws.WSACloseEvent(event);
		}
	}

	/** Wait for an overlapped operation; one that does not end in time is cancelled before its memory may be freed. */
	#await(socket: Handle, event: bigint, overlapped: GuardedBuffer, waitMs: number, buffers: StepBuffers) {
		if (this.#waitForEvent(event, waitMs)) return { ...this.#overlappedResult(socket, overlapped), pending: false };
		this.#kernel.CancelIoEx(BigInt(socket), overlapped.address);
		if (!this.#waitForEvent(event, CANCEL_MS)) buffers.leak();
		return { returned: -1, error: WSA_IO_PENDING, bytesReturned: null, pending: true };
	}

	#waitForEvent(event: bigint, waitMs: number): boolean {
		const list = Buffer.alloc(this.#memory.pointerSize);
		this.#memory.writePointer(list, 0, event);
		return this.#memory.with(list, (events) => {
			const answer = this.#ws.WSAWaitForMultipleEvents(1, events.address, 0, uint32(waitMs), 0) as number;
			return answer === WSA_WAIT_EVENT_0;
		});
	}

	#overlappedResult(socket: Handle, overlapped: GuardedBuffer) {
		return this.#memory.with(uint32Bytes(0), (count) =>
			this.#memory.with(uint32Bytes(0), (flags) => {
				const worked = this.#ws.WSAGetOverlappedResult(
					socket,
					overlapped.address,
					count.address,
					0,
					flags.address,
				) as number;
				if (worked === 0) return { returned: -1, error: this.#ws.WSAGetLastError() as number, bytesReturned: null };
				return { returned: 0, error: 0, bytesReturned: count.inspect().bytes.readUInt32LE() };
			}),
		);
	}

	#makeEvent(): bigint {
		const event = this.#ws.WSACreateEvent() as bigint | null;
		if (event === null || event === 0n) throw this.#setupError('WSACreateEvent');
		return event;
	}

	/** OVERLAPPED { ULONG_PTR Internal, InternalHigh; DWORD Offset, OffsetHigh; HANDLE hEvent; } */
	#overlapped(event: bigint): Buffer {
		const bytes = Buffer.alloc(this.#memory.pointerSize * 3 + 8);
		this.#memory.writePointer(bytes, this.#memory.pointerSize * 2 + 8, event);
		return bytes;
	}

	/** Every function used here returns 0 (or a count) on success and SOCKET_ERROR, -1, on failure. */
	#outcomeOf(call: () => unknown): { returned: number; error: number } {
		this.#ws.WSASetLastError(0);
		const returned = call() as number;
		// At once: anything that runs in between may change it.
		return { returned, error: returned < 0 ? (this.#ws.WSAGetLastError() as number) : 0 };
	}

	#check(call: string, returned: unknown): number {
		if ((returned as number) >= 0) return returned as number;
		throw this.#setupError(call);
	}

	#checkSocket(call: string, socket: Handle): Handle {
		if (BigInt(socket) !== this.#invalid) return socket;
		throw this.#setupError(call);
	}

	#setupError(call: string): SetupError {
		const error = (this.#ws.WSAGetLastError() as number) || WSAETIMEDOUT;
		return new SetupError(call, error, nameOfError(error));
	}
}

/** Wine says who it is by a function that Windows lacks. */
function wineVersion(koffi: Koffi): string | undefined {
	try {
		return koffi.load('ntdll.dll').func('__cdecl', 'wine_get_version', 'str', [])() as string;
	} catch {
		return undefined;
	}
}

function declareWinsock(koffi: Koffi, SOCKET: string) {
	const library = koffi.load('ws2_32.dll');
	const fn = (name: string, result: string, parameters: string[]) =>
		library.func('__stdcall', name, result, parameters);
	return {
		WSAStartup: fn('WSAStartup', 'int', ['uint16_t', 'void *']),
		WSASocketW: fn('WSASocketW', SOCKET, ['int', 'int', 'int', 'void *', 'uint32_t', 'uint32_t']),
		WSAIoctl: fn('WSAIoctl', 'int', [
			SOCKET,
			'uint32_t',
			'void *',
			'uint32_t',
			'void *',
			'uint32_t',
			'void *',
			'void *',
			'void *',
		]),
		ioctlsocket: fn('ioctlsocket', 'int', [SOCKET, 'int32_t', 'void *']),
		getsockopt: fn('getsockopt', 'int', [SOCKET, 'int', 'int', 'void *', 'void *']),
		setsockopt: fn('setsockopt', 'int', [SOCKET, 'int', 'int', 'void *', 'int']),
		WSAGetLastError: fn('WSAGetLastError', 'int', []),
		WSASetLastError: fn('WSASetLastError', 'void', ['int']),
		WSAEventSelect: fn('WSAEventSelect', 'int', [SOCKET, 'void *', 'int32_t']),
		WSAPoll: fn('WSAPoll', 'int', ['void *', 'uint32_t', 'int']),
		WSACreateEvent: fn('WSACreateEvent', 'void *', []),
		WSACloseEvent: fn('WSACloseEvent', 'int', ['void *']),
		WSAWaitForMultipleEvents: fn('WSAWaitForMultipleEvents', 'uint32_t', [
			'uint32_t',
			'void *',
			'int',
			'uint32_t',
			'int',
		]),
		WSAGetOverlappedResult: fn('WSAGetOverlappedResult', 'int', [SOCKET, 'void *', 'void *', 'int', 'void *']),
		bind: fn('bind', 'int', [SOCKET, 'void *', 'int']),
		listen: fn('listen', 'int', [SOCKET, 'int']),
		connect: fn('connect', 'int', [SOCKET, 'void *', 'int']),
		accept: fn('accept', SOCKET, [SOCKET, 'void *', 'void *']),
		send: fn('send', 'int', [SOCKET, 'void *', 'int', 'int']),
		recv: fn('recv', 'int', [SOCKET, 'void *', 'int', 'int']),
		getsockname: fn('getsockname', 'int', [SOCKET, 'void *', 'void *']),
		getpeername: fn('getpeername', 'int', [SOCKET, 'void *', 'void *']),
		closesocket: fn('closesocket', 'int', [SOCKET]),
	};
}

function declareKernel(koffi: Koffi) {
	const library = koffi.load('kernel32.dll');
	const fn = (name: string, result: string, parameters: string[]) =>
		library.func('__stdcall', name, result, parameters);
	const module = fn('GetModuleHandleA', 'void *', ['str'])('kernel32.dll') as bigint;
	const terminate = fn('GetProcAddress', 'void *', ['void *', 'str'])(module, 'TerminateProcess') as bigint | null;
	if (terminate === null) throw new Error('kernel32.dll has no TerminateProcess');
	return {
		terminate,
		CancelIoEx: fn('CancelIoEx', 'int', ['void *', 'void *']),
		CreateTimerQueueTimer: fn('CreateTimerQueueTimer', 'int', [
			'void *',
			'void *',
			'void *',
			'void *',
			'uint32_t',
			'uint32_t',
			'uint32_t',
		]),
		DeleteTimerQueueTimer: fn('DeleteTimerQueueTimer', 'int', ['void *', 'void *', 'void *']),
	};
}

export default { create } satisfies BackendEntry;
