/** What a backend is: one file of `backends` each, whose name stands in the table of `plan.ts`. */
import type { Koffi } from './native.ts';
import type { BackendName, Endpoint, Step, StepResult, SystemInfo } from './plan.ts';

/** A socket of the operating system; koffi hands out a bigint only when a number cannot hold it. */
export type Handle = number | bigint;

/** A call that prepares the socket did not work. */
export class SetupError extends Error {
	readonly call: string;
	readonly error: number;
	readonly errorName: string | null;

	constructor(call: string, error: number, errorName: string | null, note = '') {
		super(`${call} failed with ${errorName ?? `error ${error}`}${errorName ? ` (${error})` : ''}${note}.`);
		this.call = call;
		this.error = error;
		this.errorName = errorName;
	}
}

/** What one system library has to offer to the executor. Every method but `step` throws SetupError. */
export interface Backend {
	readonly name: BackendName;
	readonly system: SystemInfo;
	/** The platform's number of the address family. */
	family(family: 'inet' | 'inet6'): number;
	open(family: number, type: number, protocol: number, overlapped: boolean): Handle;
	bind(socket: Handle, endpoint: Endpoint): void;
	listen(socket: Handle): void;
	connect(socket: Handle, endpoint: Endpoint): void;
	accept(socket: Handle): Handle;
	/** Sends all of it. */
	send(socket: Handle, bytes: Uint8Array, urgent: boolean): void;
	/** How many bytes wait, up to `size`, without taking them. */
	peek(socket: Handle, size: number): number;
	/** Wait for data; false when there is none within the time. */
	poll(socket: Handle, urgent: boolean, timeoutMs: number): boolean;
	/** The socket's own or its peer's address; null when it has none or its family is no IP. */
	address(socket: Handle, whose: 'local' | 'peer'): Endpoint | null;
	setNonBlocking(socket: Handle): void;
	close(socket: Handle): void;
	/** Runs one step. What the call answers, an error too, is a result; only a broken plan throws. */
	step(socket: Handle, step: Step): StepResult;
	/**
	 * Have the operating system end this process after a time, unless disarmed: a call that blocks would otherwise keep
	 * the process alive after its parent has died, since it cannot notice that its input was closed.
	 */
	armWatchdog(timeoutMs: number): void;
	disarmWatchdog(): void;
}

/** The default export of a backend's file. */
export interface BackendEntry {
	/** @throws MissingError where the system's library is not, or cannot be loaded. */
	create(koffi: Koffi): Backend;
}
