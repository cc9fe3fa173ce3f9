/** Native memory for the length of a call, and the addresses in it. */
import { GuardedBuffer, type Koffi } from './native.ts';
import type { Endpoint, Step, StepResult } from './plan.ts';
import { encodeSockaddr, type SockaddrLayout, STORAGE_SIZE } from './sockaddr.ts';
import { StepBuffers, uint32Bytes } from './steps.ts';

/** Memory as one process has it. */
export class Memory {
	readonly pointerSize: number;
	readonly #koffi: Koffi;

	constructor(koffi: Koffi) {
		this.#koffi = koffi;
		this.pointerSize = koffi.sizeof('void *');
	}

	/** Gives a copy of `contents` to `use`, for as long as that takes. */
	with<T>(contents: Uint8Array, use: (buffer: GuardedBuffer) => T): T {
		const buffer = new GuardedBuffer(this.#koffi, contents);
		try {
			return use(buffer);
		} finally {
			buffer.free();
		}
	}

	withSockaddr(endpoint: Endpoint, layout: SockaddrLayout, use: (address: bigint, size: number) => void): void {
		const bytes = encodeSockaddr(endpoint, layout);
		this.with(bytes, (buffer) => use(buffer.address, bytes.length));
	}

	/** The `sockaddr` that `getsockname` or `getpeername` writes; null when the call does not work. */
	socketName(call: (address: bigint, length: bigint) => unknown): Buffer | null {
		return this.with(Buffer.alloc(STORAGE_SIZE), (storage) =>
			this.with(uint32Bytes(STORAGE_SIZE), (length) => {
				if (call(storage.address, length.address) !== 0) return null;
				const size = Math.min(length.inspect().bytes.readUInt32LE(), STORAGE_SIZE);
				return Buffer.from(storage.inspect().bytes.subarray(0, size));
			}),
		);
	}

	/** Sends all of it: `send` sends what it can and gives how much that was. */
	sendAll(bytes: Uint8Array, send: (address: bigint, size: number) => number): void {
		this.with(bytes, (buffer) => {
			for (let sent = 0; ; ) {
				sent += send(buffer.address + BigInt(sent), bytes.length - sent);
				if (sent >= bytes.length) return;
			}
		});
	}

	/** Runs a step with buffers of its own. */
	withBuffers(run: (buffers: StepBuffers) => StepResult): StepResult {
		const buffers = new StepBuffers(this.#koffi, this.pointerSize);
		try {
			return run(buffers);
		} finally {
			buffers.free();
		}
	}

	pointerAt(bytes: Buffer, offset: number): bigint {
		return this.pointerSize === 8 ? bytes.readBigUInt64LE(offset) : BigInt(bytes.readUInt32LE(offset));
	}

	writePointer(bytes: Buffer, offset: number, value: bigint): void {
		if (this.pointerSize === 8) bytes.writeBigUInt64LE(value, offset);
		else bytes.writeUInt32LE(Number(value), offset);
	}
}

/** A step that a backend does not have; the check of plans lets none through. */
export function notOf(backend: string, { call }: Step): never {
	throw new RangeError(`the ${backend} backend has no ${call}`);
}
