/** What the steps of both backends have in common: buffers, guards, timing, and the shape of a result. */

import { GuardedBuffer, hex, int32, type Koffi, uint32 } from './native.ts';
import type {
	GetSockOptStep,
	GuardVerdict,
	InputBuffer,
	OutputBuffer,
	ReceiveStep,
	SetSockOptStep,
	Step,
	StepResult,
} from './plan.ts';

/** One call's own part of a result; the rest follows from its buffers. */
export interface CallOutcome {
	returned: number;
	/** 0 when the call worked. */
	error: number;
	bytesReturned: number | null;
	pending?: boolean;
	overlapped?: StepResult['overlapped'];
	nanoseconds: number;
}

/** The bytes of a number that a function reads or writes through a pointer. */
export function uint32Bytes(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(uint32(value));
	return bytes;
}

/** The buffers of one step, in native memory. */
export class StepBuffers {
	readonly #koffi: Koffi;
	readonly #pointerSize: number;
	readonly #all: GuardedBuffer[] = [];
	#input: { buffer: GuardedBuffer; before: Buffer } | undefined;
	#output: { buffer: GuardedBuffer; fill: number } | undefined;
	#leaked = false;

	constructor(koffi: Koffi, pointerSize: number) {
		this.#koffi = koffi;
		this.#pointerSize = pointerSize;
	}

	/** @returns the address, and the size to tell the function */
	output(output: OutputBuffer): { address: bigint | null; size: number } {
		const size = output.declared ?? output.size ?? 0;
		if (output.size === null) return { address: null, size };
		const buffer = this.scratch(Buffer.alloc(output.size, output.fill), size);
		this.#output = { buffer, fill: output.fill };
		return { address: buffer.address, size };
	}

	/** Call it after `output`, which its pointers may name. */
	input(input: InputBuffer): { address: bigint | null; size: number } {
		const bytes = input.bytes === null ? null : Buffer.from(input.bytes, 'base64');
		const size = input.declared ?? bytes?.length ?? 0;
		if (bytes === null) return { address: null, size };
		const buffer = this.scratch(bytes, size);
		for (const pointer of input.pointers) {
			const target = pointer.to === 'self' ? buffer : this.#output?.buffer;
			if (!target) throw new RangeError('a pointer has no target');
			buffer.writePointer(pointer.at, target.address + BigInt(pointer.offset), this.#pointerSize);
		}
		this.#input = { buffer, before: buffer.inspect().bytes };
		return { address: buffer.address, size };
	}

	/** More guarded memory that lives as long as the step. */
	scratch(contents: Uint8Array, declared: number = contents.length): GuardedBuffer {
		const buffer = new GuardedBuffer(this.#koffi, contents, declared);
		this.#all.push(buffer);
		return buffer;
	}

	result(
		call: StepResult['call'],
		text: string,
		outcome: CallOutcome,
		nameOfError: (error: number) => string | null,
	): StepResult {
		const input = this.#input?.buffer.inspect();
		const output = this.#output?.buffer.inspect();
		const argument = call === 'ioctl' || call === 'ioctlsocket' ? input?.bytes : undefined;
		return {
			call,
			text,
			status: statusOf(outcome),
			returned: outcome.returned,
			error: outcome.error,
			errorName: outcome.error === 0 ? null : nameOfError(outcome.error),
			bytesReturned: outcome.bytesReturned,
			output: output?.bytes.toString('base64') ?? null,
			argument: argument?.toString('base64') ?? null,
			outputTouched: output ? touched(output.bytes, this.#output?.fill ?? 0) : 0,
			inputChanged: input !== undefined && this.#input !== undefined && !input.bytes.equals(this.#input.before),
			addresses: { input: text16(this.#input?.buffer), output: text16(this.#output?.buffer) },
			guards: { input: input?.guard ?? null, output: output?.guard ?? null } satisfies Record<
				string,
				GuardVerdict | null
			>,
			overlapped: outcome.overlapped ?? null,
			nanoseconds: outcome.nanoseconds,
			endpoint: null,
			interfaces: null,
		};
	}

	/** The system may still write into these buffers: keep them for ever. */
	leak(): void {
		this.#leaked = true;
	}

	free(): void {
		if (!this.#leaked) for (const buffer of this.#all) buffer.free();
	}
}

function statusOf({ pending, error }: CallOutcome): StepResult['status'] {
	if (pending) return 'pending';
	return error === 0 ? 'ok' : 'error';
}

function touched(bytes: Buffer, fill: number): number {
	let end = bytes.length;
	while (end > 0 && bytes[end - 1] === fill) end--;
	return end;
}

function text16(buffer: GuardedBuffer | undefined): string | null {
	return buffer ? hex(buffer.address) : null;
}

/** Time one native call. */
export function timed<T>(call: () => T): { value: T; nanoseconds: number } {
	const start = process.hrtime.bigint();
	const value = call();
	return { value, nanoseconds: Number(process.hrtime.bigint() - start) };
}

/** A table from error numbers to the platform's names. Where several names share a number, the first one stays. */
export function errorNames(names: Readonly<Record<string, number>>, more: Readonly<Record<number, string>> = {}) {
	const table = new Map<number, string>();
	for (const [name, number] of Object.entries(names)) if (!table.has(number)) table.set(number, name);
	for (const [number, name] of Object.entries(more)) table.set(Number(number), name);
	return (error: number): string | null => table.get(error) ?? null;
}

/** Makes one call, times it, and puts its result together; `bytes` reads the count of bytes from a call that worked. */
export type Finish = (text: string, call: () => unknown, bytes?: (returned: number) => number | null) => StepResult;

/**
 * How calls of a step are finished.
 * @param outcomeOf makes the call and reads its error at once: anything that runs in between may change that.
 */
export const finisher =
	(
		step: Step,
		buffers: StepBuffers,
		outcomeOf: (call: () => unknown) => { returned: number; error: number },
		nameOfError: (error: number) => string | null,
	): Finish =>
	(text, call, bytes = () => null) => {
		const { value, nanoseconds } = timed(() => outcomeOf(call));
		const bytesReturned = value.error === 0 ? bytes(value.returned) : null;
		return buffers.result(step.call, text, { ...value, bytesReturned, nanoseconds }, nameOfError);
	};

const MSG_OOB = 1;

/** The calls that every system's sockets have, and what the system calls a socket. */
export interface SocketCalls {
	readonly handle: string;
	getsockopt(level: number, name: number, address: bigint | null, length: bigint): unknown;
	setsockopt(level: number, name: number, address: bigint | null, size: number): unknown;
	recv(address: bigint | null, size: number, flags: number): unknown;
}

/** A step that every system's sockets can do. */
export function socketStep(
	step: GetSockOptStep | SetSockOptStep | ReceiveStep,
	buffers: StepBuffers,
	finish: Finish,
	{ handle, getsockopt, setsockopt, recv }: SocketCalls,
): StepResult {
	switch (step.call) {
		case 'getsockopt': {
			const { address, size } = buffers.output(step.output);
			const length = buffers.scratch(uint32Bytes(size));
			return finish(
				`getsockopt(${handle}, ${step.level}, ${step.name})`,
				() => getsockopt(int32(step.level), int32(step.name), address, length.address),
				() => length.inspect().bytes.readUInt32LE(),
			);
		}
		case 'setsockopt': {
			const { address, size } = buffers.input(step.input);
			return finish(`setsockopt(${handle}, ${step.level}, ${step.name})`, () =>
				setsockopt(int32(step.level), int32(step.name), address, size),
			);
		}
		case 'receive': {
			const { address, size } = buffers.output({ size: step.size, declared: null, fill: 0 });
			return finish(
				`recv(${handle}, ${size}${step.urgent ? ', MSG_OOB' : ''})`,
				() => recv(address, size, step.urgent ? MSG_OOB : 0),
				(returned) => returned,
			);
		}
	}
}
