/**
 * What the runner accepts and what it answers. Everything in this file is plain data that survives JSON, and nothing
 * in it touches Node or native code, so the server can build plans and decode reports with these types alone.
 *
 * The runner knows no control code: numbers and bytes come in, numbers and bytes go out.
 */

import * as l10n from '@vscode/l10n';
import { isLoopback, parseAddress } from './address.ts';

/** Bounds of a plan. A plan beyond any of them is refused before anything is started. */
export const LIMITS = Object.freeze({
	/** The whole plan, as JSON, in bytes. */
	planBytes: 1024 * 1024,
	/** Memory asked for output by all steps together, in bytes. */
	outputBytes: 1024 * 1024,
	/** Steps in one plan. */
	steps: 16,
	/** How far a declared size may exceed the real one, in bytes; the runner owns that much memory behind the buffer. */
	overstatedBytes: 64 * 1024,
	/** Data the loopback peer may queue, in bytes, and in how many parts. It has to fit the smallest socket buffer. */
	queuedBytes: 16 * 1024,
	queuedParts: 64,
	/** Out-of-band data of the peer, in bytes. */
	urgentBytes: 16,
	/** Pointers written into one input buffer. */
	pointers: 16,
	/** Time for the whole plan, in milliseconds. */
	timeoutMs: 10 * 60 * 1000,
	/** Guard bytes on each side of every buffer. */
	guardBytes: 64,
});

interface Home {
	/** Whether it is a backend of Windows; else of the other systems. */
	readonly windows: boolean;
	/** What is said on a system that has it neither itself nor, where `wine` is true, through Wine. */
	readonly missing: () => string;
	readonly wine: boolean;
}

/** The backends by name, and where each is at home. */
const homes = {
	/** Calls ws2_32.dll. */
	winsock: {
		windows: true,
		wine: true,
		missing: () => l10n.t('Winsock calls need Windows, or Wine, which is not set up here.'),
	},
	/** Calls libc. */
	posix: {
		windows: false,
		wine: false,
		missing: () => l10n.t('The posix backend needs Linux or macOS; on Windows, use winsock.'),
	},
} as const satisfies Readonly<Record<string, Home>>;

export type BackendName = keyof typeof homes;
export const BACKENDS = Object.keys(homes) as readonly BackendName[];
export const homeOf = (name: BackendName): Home => homes[name];

/** Whether a system (`process.platform`) has a backend itself. */
export const isAtHome = (name: BackendName, platform: string): boolean =>
	homes[name].windows === (platform === 'win32');

/** The backend of a system itself. */
export const nativeBackend = (platform: string): BackendName => (platform === 'win32' ? 'winsock' : 'posix');

/** Bytes, base64 with padding. */
export type Base64 = string;

export interface Endpoint {
	/** A numeric address, such as `127.0.0.1` or `::1`. */
	address: string;
	/** 0 lets the operating system choose. */
	port: number;
}

/** Types of sockets with the numbers that every system gives them. */
export const SOCKET_TYPES = Object.freeze({ stream: 1, datagram: 2, raw: 3, rdm: 4, seqpacket: 5 });
export type SocketType = keyof typeof SOCKET_TYPES;

/** The far end, a second socket on the loopback interface that the runner makes and connects to the plan's socket. */
export interface PeerRecipe {
	/** Sent before the steps run: one `send` each for a stream, one datagram each otherwise. */
	queued: Base64[];
	/** Out-of-band data sent after `queued`; streams only. Its last byte is the urgent one. */
	urgent: Base64 | null;
}

export interface SocketRecipe {
	/** `inet`, `inet6`, or the platform's own number of another address family (which can have neither bind nor peer). */
	family: 'inet' | 'inet6' | number;
	type: SocketType;
	/** Protocol number; 0 lets the system choose. */
	protocol: number;
	/** Make the socket with WSA_FLAG_OVERLAPPED, as `socket()` does. Winsock only; the posix backend ignores it. */
	overlapped: boolean;
	/** Switch to non-blocking mode after binding and connecting, before the first step. */
	nonBlocking: boolean;
	/** Loopback addresses only. */
	bind: Endpoint | null;
	/** Listen after binding; streams only, excludes `peer`. */
	listen: boolean;
	peer: PeerRecipe | null;
}

/** Asks the runner to store an address in an input buffer, for structures that point at other memory. */
export interface Pointer {
	/** Where in this buffer the address goes. */
	at: number;
	/** The buffer it shall point into: this one, or the step's output. */
	to: 'self' | 'output';
	/** How far into that buffer. */
	offset: number;
}

export interface InputBuffer {
	/** `null` passes a NULL pointer. */
	bytes: Base64 | null;
	/** The size told to the function, when it differs from the number of bytes. */
	declared: number | null;
	pointers: Pointer[];
}

export interface OutputBuffer {
	/** `null` passes a NULL pointer. */
	size: number | null;
	/** The size told to the function, when it differs from `size`. */
	declared: number | null;
	/** What the buffer holds before the call, 0 to 255. */
	fill: number;
}

/** `WSAIoctl`. `input` and `output` are separate buffers. */
export interface WsaIoctlStep {
	call: 'WSAIoctl';
	/** The control code, unsigned 32 bits. */
	code: number;
	input: InputBuffer;
	output: OutputBuffer;
	/** Pass an OVERLAPPED with an event, and wait this long for the completion before cancelling the operation. */
	overlapped: { waitMs: number } | null;
	/** False passes NULL for `lpcbBytesReturned`. */
	bytesReturned: boolean;
}

/** `ioctlsocket`: one buffer that is read and written. The function is told no size. */
export interface IoctlSocketStep {
	call: 'ioctlsocket';
	code: number;
	argument: InputBuffer;
}

/** libc `ioctl`: one buffer that is read and written, and more memory that it may point at. */
export interface IoctlStep {
	call: 'ioctl';
	request: number;
	argument: InputBuffer;
	output: OutputBuffer;
}

export interface GetSockOptStep {
	call: 'getsockopt';
	level: number;
	name: number;
	output: OutputBuffer;
}

export interface SetSockOptStep {
	call: 'setsockopt';
	level: number;
	name: number;
	input: InputBuffer;
}

/** Reads what the peer sent, so that a later step sees the state after it. */
export interface ReceiveStep {
	call: 'receive';
	size: number;
	/** Read out-of-band data (MSG_OOB). */
	urgent: boolean;
}

/** The machine's interfaces, by libc `getifaddrs`. */
export interface GetIfAddrsStep {
	call: 'getifaddrs';
}

/** The local address the system would use towards a destination: `connect` and `getsockname` on a UDP socket of its own. */
export interface RouteStep {
	call: 'route';
	/** Any address: connecting a UDP socket sends nothing. */
	destination: Endpoint;
}

export type WinsockStep = WsaIoctlStep | IoctlSocketStep | GetSockOptStep | SetSockOptStep | ReceiveStep;
export type PosixStep = IoctlStep | GetSockOptStep | SetSockOptStep | ReceiveStep | GetIfAddrsStep | RouteStep;
export type Step = WinsockStep | PosixStep;

/** One socket and what is done with it, in order. */
export interface Plan {
	backend: BackendName;
	socket: SocketRecipe;
	steps: Step[];
	/** The whole plan must end within this time, or the runner is killed. */
	timeoutMs: number;
	/** Somebody who knows what the numbers do has agreed to them; see `consent.ts`. */
	confirmed?: true;
}

/** The same plan as callers may write it: what is left out takes its default. */
export interface PlanInput {
	backend: BackendName;
	socket: SocketRecipeInput;
	steps: StepInput[];
	timeoutMs?: number;
	confirmed?: boolean;
}
export interface SocketRecipeInput {
	family?: SocketRecipe['family'];
	type: SocketType;
	protocol?: number;
	overlapped?: boolean;
	nonBlocking?: boolean;
	bind?: { address: string; port?: number } | null;
	listen?: boolean;
	peer?: { queued?: Base64[]; urgent?: Base64 | null } | null;
}
export interface InputBufferInput {
	bytes?: Base64 | null;
	declared?: number | null;
	pointers?: Pointer[];
}
export interface OutputBufferInput {
	size?: number | null;
	declared?: number | null;
	fill?: number;
}
export type StepInput =
	| {
			call: 'WSAIoctl';
			code: number;
			input?: InputBufferInput;
			output?: OutputBufferInput;
			overlapped?: { waitMs: number } | null;
			bytesReturned?: boolean;
	  }
	| { call: 'ioctlsocket'; code: number; argument?: InputBufferInput }
	| { call: 'ioctl'; request: number; argument?: InputBufferInput; output?: OutputBufferInput }
	| { call: 'getsockopt'; level: number; name: number; output?: OutputBufferInput }
	| { call: 'setsockopt'; level: number; name: number; input?: InputBufferInput }
	| { call: 'receive'; size: number; urgent?: boolean }
	| { call: 'getifaddrs' }
	| { call: 'route'; destination: { address: string; port?: number } };

/** What happened to the guard bytes around one buffer. Offsets count from the buffer's first byte. */
export interface GuardVerdict {
	intact: boolean;
	/** Changed bytes in front of the buffer. */
	before: number;
	/** Changed bytes behind the buffer's real end. */
	after: number;
	/** Offset of the first changed byte: negative in front, at least the buffer's size behind. */
	first: number | null;
	/** Offset of the last changed byte. */
	last: number | null;
}

export interface InterfaceRecord {
	name: string;
	flags: number;
	/** The raw `sockaddr`s, or null where the system has none. */
	address: Base64 | null;
	netmask: Base64 | null;
	/** Broadcast address, or the far end of a point-to-point link. */
	broadcast: Base64 | null;
}

export interface StepResult {
	call: Step['call'];
	/** What was called, with its numbers, such as `ioctl(fd, 0x541b, argp)`. */
	text: string;
	/** `pending`: the overlapped operation had not ended when its wait was over, and was cancelled. */
	status: 'ok' | 'error' | 'pending';
	/** The function's own return value. */
	returned: number;
	/** WSAGetLastError or errno; 0 after success. */
	error: number;
	/** The platform's name of `error`, when it has one. */
	errorName: string | null;
	/** What the function said it wrote; null when it said nothing. */
	bytesReturned: number | null;
	/** The whole output buffer after the call; null for a NULL pointer. */
	output: Base64 | null;
	/** The argument of `ioctl` and `ioctlsocket` after the call; null for other calls and for a NULL pointer. */
	argument: Base64 | null;
	/** Lowest count of leading output bytes that the call can have written, judged against the fill byte. */
	outputTouched: number;
	/** Did the call change its input? */
	inputChanged: boolean;
	/** Where the buffers were, as `0x` and hexadecimal digits, to resolve pointers inside the output. */
	addresses: { input: string | null; output: string | null };
	guards: { input: GuardVerdict | null; output: GuardVerdict | null };
	/** Of an overlapped call: was it under way when the function returned, and did it end in time? */
	overlapped: { pendingAtReturn: boolean; completed: boolean } | null;
	/** Duration of the call, in nanoseconds, with about two microseconds for the crossing into native code. */
	nanoseconds: number;
	/** `route` only. */
	endpoint: Endpoint | null;
	/** `getifaddrs` only. */
	interfaces: InterfaceRecord[] | null;
}

/** Which system gave the answers. */
export interface SystemInfo {
	name: 'Windows' | 'Wine' | 'Linux' | 'macOS';
	version: string;
	/** For people: `Wine 8.0`, `Windows 10.0.22631`. An answer from Wine is Wine's, so say so. */
	label: string;
	arch: string;
	/** 4 or 8. */
	pointerSize: number;
	/** `Node 24.1.0` or `Electron 37.2.0 (Node 22.17.0)`. */
	runtime: string;
	koffi: string;
}

export interface RunReport {
	backend: BackendName;
	system: SystemInfo;
	/** The socket's addresses when the first step ran; null when it has none. */
	socket: { local: Endpoint | null; peer: Endpoint | null };
	steps: StepResult[];
}

export interface PlanProblem {
	/** Where in the plan, such as `steps[0].output.size`; empty for the plan itself. */
	path: string;
	message: string;
}

/** A problem as one sentence. */
export const problemText = ({ path, message }: PlanProblem): string => (path === '' ? message : `${path}: ${message}`);

export type PlanCheck = { ok: true; plan: Plan } | { ok: false; problem: PlanProblem };

class Refusal extends Error {
	readonly path: string;

	constructor(path: string, message: string) {
		super(message);
		this.path = path;
	}
}

/**
 * Check a plan from anywhere. The returned plan is built afresh from the checked values, with defaults filled in; unknown
 * keys, values of another type and numbers out of range are refused, never adjusted.
 */
export function checkPlan(value: unknown): PlanCheck {
	try {
		return { ok: true, plan: readPlan(value) };
	} catch (error) {
		if (error instanceof Refusal) return { ok: false, problem: { path: error.path, message: error.message } };
		throw error;
	}
}

function readPlan(value: unknown): Plan {
	const plan = record(value, '', ['backend', 'socket', 'steps', 'timeoutMs', 'confirmed']);
	const backend = oneOf(plan.backend, 'backend', BACKENDS);
	const socket = readSocket(plan.socket);
	const timeoutMs = integer(plan.timeoutMs ?? 10_000, 'timeoutMs', 1, LIMITS.timeoutMs);
	const list = array(plan.steps, 'steps', LIMITS.steps);
	if (list.length === 0) throw new Refusal('steps', 'A plan needs at least one step.');
	const steps = list.map((step, index) => readStep(step, `steps[${index}]`, backend, socket));
	const isConfirmed = boolean(plan.confirmed ?? false, 'confirmed');
	const checked: Plan = { backend, socket, steps, timeoutMs, ...(isConfirmed ? { confirmed: true } : {}) };

	let output = 0;
	let wait = 0;
	for (const step of steps) {
		if ('output' in step) output += step.output.size ?? 0;
		if (step.call === 'receive') output += step.size;
		if (step.call === 'WSAIoctl' && step.overlapped) wait += step.overlapped.waitMs;
	}
	if (output > LIMITS.outputBytes) {
		throw new Refusal('steps', `The steps ask for ${output} bytes of output; the limit is ${LIMITS.outputBytes}.`);
	}
	if (wait >= timeoutMs) {
		throw new Refusal('timeoutMs', `The overlapped waits take ${wait} ms, so timeoutMs must be more than that.`);
	}
	const size = JSON.stringify(checked).length;
	if (size > LIMITS.planBytes) {
		throw new Refusal('', `The plan is ${size} bytes long; the limit is ${LIMITS.planBytes}.`);
	}
	return checked;
}

function readSocket(value: unknown): SocketRecipe {
	const socket = record(value, 'socket', [
		'family',
		'type',
		'protocol',
		'overlapped',
		'nonBlocking',
		'bind',
		'listen',
		'peer',
	]);
	const family = readFamily(socket.family ?? 'inet');
	const type = oneOf(socket.type, 'socket.type', Object.keys(SOCKET_TYPES) as SocketType[]);
	const recipe: SocketRecipe = {
		family,
		type,
		protocol: integer(socket.protocol ?? 0, 'socket.protocol', 0, 0xffff),
		overlapped: boolean(socket.overlapped ?? true, 'socket.overlapped'),
		nonBlocking: boolean(socket.nonBlocking ?? false, 'socket.nonBlocking'),
		bind: nullable(socket.bind, (bind) => readEndpoint(bind, 'socket.bind')),
		listen: boolean(socket.listen ?? false, 'socket.listen'),
		peer: nullable(socket.peer, (peer) => readPeer(peer, type)),
	};
	if (recipe.bind) {
		if (typeof family === 'number') throw new Refusal('socket.bind', 'Only inet and inet6 sockets can be bound.');
		if (!isLoopback(recipe.bind.address)) {
			throw new Refusal(
				'socket.bind.address',
				`${recipe.bind.address} is not a loopback address. The runner binds to 127.0.0.0/8 or ::1 only.`,
			);
		}
		if (recipe.bind.address.includes(':') !== (family === 'inet6')) {
			throw new Refusal('socket.bind.address', `${recipe.bind.address} is not an address of family ${family}.`);
		}
	}
	if (recipe.listen && type !== 'stream') throw new Refusal('socket.listen', 'Only a stream socket can listen.');
	if (recipe.peer) {
		if (recipe.listen) throw new Refusal('socket.peer', 'A listening socket has no peer.');
		if (typeof family === 'number' || (type !== 'stream' && type !== 'datagram')) {
			throw new Refusal('socket.peer', 'Only inet and inet6 sockets of type stream or datagram can have a peer.');
		}
	}
	return recipe;
}

function readFamily(value: unknown): SocketRecipe['family'] {
	if (typeof value === 'number') return integer(value, 'socket.family', 0, 0xffff);
	return oneOf(value, 'socket.family', ['inet', 'inet6'] as const);
}

function readPeer(value: unknown, type: SocketType): PeerRecipe {
	const peer = record(value, 'socket.peer', ['queued', 'urgent']);
	const queued = array(peer.queued ?? [], 'socket.peer.queued', LIMITS.queuedParts).map((part, index) => {
		const path = `socket.peer.queued[${index}]`;
		const bytes = base64(part, path, LIMITS.queuedBytes);
		if (type === 'stream' && bytes === '') throw new Refusal(path, 'A stream cannot carry an empty part.');
		return bytes;
	});
	const total = queued.reduce((sum, part) => sum + decodedLength(part), 0);
	if (total > LIMITS.queuedBytes) {
		throw new Refusal('socket.peer.queued', `${total} bytes are too many; the limit is ${LIMITS.queuedBytes}.`);
	}
	const urgent = nullable(peer.urgent, (bytes) => base64(bytes, 'socket.peer.urgent', LIMITS.urgentBytes));
	if (urgent !== null) {
		if (type !== 'stream') throw new Refusal('socket.peer.urgent', 'Only a stream carries out-of-band data.');
		if (urgent === '') throw new Refusal('socket.peer.urgent', 'Out-of-band data needs at least one byte.');
	}
	return { queued, urgent };
}

type Call = Step['call'];

interface CallReader<C extends Call> {
	/** The backends that have the call. */
	readonly backends: readonly BackendName[];
	read(value: unknown, path: string, socket: SocketRecipe): Omit<Extract<Step, { call: C }>, 'call'>;
}

const everywhere = BACKENDS;

const callReaders: { readonly [C in Call]: CallReader<C> } = {
	WSAIoctl: {
		backends: ['winsock'],
		read(value, path, socket) {
			const step = record(value, path, ['call', 'code', 'input', 'output', 'overlapped', 'bytesReturned']);
			const output = readOutput(step.output, `${path}.output`);
			const overlapped = nullable(step.overlapped, (options) => ({
				waitMs: integer(
					record(options, `${path}.overlapped`, ['waitMs']).waitMs,
					`${path}.overlapped.waitMs`,
					0,
					LIMITS.timeoutMs,
				),
			}));
			if (overlapped && !socket.overlapped) {
				throw new Refusal(`${path}.overlapped`, 'The socket of this plan is not made for overlapped calls.');
			}
			return {
				code: integer(step.code, `${path}.code`, 0, 0xffffffff),
				input: readInput(step.input, `${path}.input`, output),
				output,
				overlapped,
				bytesReturned: boolean(step.bytesReturned ?? true, `${path}.bytesReturned`),
			};
		},
	},
	ioctlsocket: {
		backends: ['winsock'],
		read(value, path) {
			const step = record(value, path, ['call', 'code', 'argument']);
			return {
				code: integer(step.code, `${path}.code`, 0, 0xffffffff),
				argument: readInput(step.argument, `${path}.argument`, null),
			};
		},
	},
	ioctl: {
		backends: ['posix'],
		read(value, path) {
			const step = record(value, path, ['call', 'request', 'argument', 'output']);
			const output = readOutput(step.output, `${path}.output`);
			return {
				request: integer(step.request, `${path}.request`, 0, 0xffffffff),
				argument: readInput(step.argument, `${path}.argument`, output),
				output,
			};
		},
	},
	getsockopt: {
		backends: everywhere,
		read(value, path) {
			const step = record(value, path, ['call', 'level', 'name', 'output']);
			return {
				level: integer(step.level, `${path}.level`, 0, 0x7fffffff),
				name: integer(step.name, `${path}.name`, -0x80000000, 0x7fffffff),
				output: readOutput(step.output, `${path}.output`),
			};
		},
	},
	setsockopt: {
		backends: everywhere,
		read(value, path) {
			const step = record(value, path, ['call', 'level', 'name', 'input']);
			return {
				level: integer(step.level, `${path}.level`, 0, 0x7fffffff),
				name: integer(step.name, `${path}.name`, -0x80000000, 0x7fffffff),
				input: readInput(step.input, `${path}.input`, null),
			};
		},
	},
	receive: {
		backends: everywhere,
		read(value, path, socket) {
			const step = record(value, path, ['call', 'size', 'urgent']);
			// Without a peer, data could come from anywhere.
			if (!socket.peer) throw new Refusal(path, 'Only a socket with a peer of the runner may receive.');
			return {
				size: integer(step.size, `${path}.size`, 1, LIMITS.outputBytes),
				urgent: boolean(step.urgent ?? false, `${path}.urgent`),
			};
		},
	},
	getifaddrs: {
		backends: ['posix'],
		read(value, path) {
			record(value, path, ['call']);
			return {};
		},
	},
	route: {
		backends: ['posix'],
		read(value, path) {
			const step = record(value, path, ['call', 'destination']);
			return { destination: readEndpoint(step.destination, `${path}.destination`) };
		},
	},
};

const CALLS = Object.keys(callReaders) as readonly Call[];

function readStep(value: unknown, path: string, backend: BackendName, socket: SocketRecipe): Step {
	const call = oneOf(record(value, path, null).call, `${path}.call`, CALLS);
	const { backends, read } = callReaders[call];
	if (!backends.includes(backend)) {
		throw new Refusal(`${path}.call`, `The ${backend} backend has no call named ${call}.`);
	}
	// What a reader gives belongs to its call.
	return { call, ...read(value, path, socket) } as Step;
}

function readInput(value: unknown, path: string, output: OutputBuffer | null): InputBuffer {
	const input = record(value ?? {}, path, ['bytes', 'declared', 'pointers']);
	const bytes = nullable(input.bytes, (data) => base64(data, `${path}.bytes`, LIMITS.planBytes));
	const size = bytes === null ? 0 : decodedLength(bytes);
	const pointers = array(input.pointers ?? [], `${path}.pointers`, LIMITS.pointers).map((item, index) => {
		const where = `${path}.pointers[${index}]`;
		const pointer = record(item, where, ['at', 'to', 'offset']);
		const to = oneOf(pointer.to, `${where}.to`, ['self', 'output']);
		const target = to === 'self' ? size : output?.size;
		if (typeof target !== 'number') throw new Refusal(`${where}.to`, 'This step has no output buffer to point into.');
		// The smallest pointer is 4 bytes; the runner, which knows its own width, checks again.
		return {
			at: integer(pointer.at, `${where}.at`, 0, size - 4),
			to,
			offset: integer(pointer.offset, `${where}.offset`, 0, target),
		};
	});
	return { bytes, declared: readDeclared(input.declared, `${path}.declared`, size), pointers };
}

function readOutput(value: unknown, path: string): OutputBuffer {
	const output = record(value ?? {}, path, ['size', 'declared', 'fill']);
	const size = nullable(output.size, (bytes) => integer(bytes, `${path}.size`, 0, LIMITS.outputBytes));
	return {
		size,
		declared: readDeclared(output.declared, `${path}.declared`, size ?? 0),
		fill: integer(output.fill ?? 0, `${path}.fill`, 0, 255),
	};
}

function readDeclared(value: unknown, path: string, size: number): number | null {
	return nullable(value, (declared) => integer(declared, path, 0, size + LIMITS.overstatedBytes));
}

function readEndpoint(value: unknown, path: string): Endpoint {
	const endpoint = record(value, path, ['address', 'port']);
	const address = endpoint.address;
	if (typeof address !== 'string' || parseAddress(address) === undefined) {
		throw new Refusal(`${path}.address`, 'This must be a numeric IPv4 or IPv6 address.');
	}
	return { address, port: integer(endpoint.port ?? 0, `${path}.port`, 0, 0xffff) };
}

/** An object of ours: no array, no class instance, no inherited or unknown keys. `keys` null allows any key. */
function record(value: unknown, path: string, keys: readonly string[] | null): Record<string, unknown> {
	const prototype = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
	if (prototype !== null && prototype !== Object.prototype) throw new Refusal(path, 'This must be an object.');
	// Without a prototype, a key that the plan leaves out cannot be answered by something planted on Object.prototype.
	const own: Record<string, unknown> = Object.create(null);
	for (const key of Reflect.ownKeys(value as object)) {
		if (typeof key !== 'string' || (keys && !keys.includes(key))) {
			const where = path === '' ? String(key) : `${path}.${String(key)}`;
			throw new Refusal(where, 'A plan has no such key.');
		}
		own[key] = (value as Record<string, unknown>)[key];
	}
	return own;
}

function array(value: unknown, path: string, limit: number): unknown[] {
	if (!Array.isArray(value)) throw new Refusal(path, 'This must be an array.');
	if (value.length > limit) {
		throw new Refusal(path, `${value.length} entries are too many; the limit is ${limit}.`);
	}
	return Array.from({ length: value.length }, (_, index) => value[index]);
}

/** Integers alone: koffi would silently cut a number that does not fit its native type. */
function integer(value: unknown, path: string, lowest: number, highest: number): number {
	if (typeof value !== 'number' || !Number.isInteger(value)) throw new Refusal(path, 'This must be an integer.');
	if (value < lowest || value > highest) {
		const range = highest < lowest ? 'there is no room for it' : `it must be ${lowest} to ${highest}`;
		throw new Refusal(path, `${value} is out of range; ${range}.`);
	}
	return value;
}

function boolean(value: unknown, path: string): boolean {
	if (typeof value !== 'boolean') throw new Refusal(path, 'This must be true or false.');
	return value;
}

function oneOf<T extends string>(value: unknown, path: string, allowed: readonly T[]): T {
	const found = allowed.find((candidate) => candidate === value);
	if (found === undefined) throw new Refusal(path, `This must be one of ${allowed.join(', ')}.`);
	return found;
}

function nullable<T>(value: unknown, read: (value: unknown) => T): T | null {
	return value === undefined || value === null ? null : read(value);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function base64(value: unknown, path: string, limit: number): Base64 {
	if (typeof value !== 'string') throw new Refusal(path, 'This must be a base64 string.');
	// The length first: the pattern need not run over something that is refused anyway.
	const length = decodedLength(value);
	if (length > limit) throw new Refusal(path, `${length} bytes are too many; the limit is ${limit}.`);
	if (!BASE64.test(value)) throw new Refusal(path, 'This is not base64 with padding.');
	return value;
}

/** How many bytes a base64 string with padding stands for. */
export function decodedLength(bytes: Base64): number {
	const padding = /=*$/.exec(bytes.slice(-2))?.[0].length ?? 0;
	return Math.max(0, Math.ceil((bytes.length * 3) / 4) - padding);
}
