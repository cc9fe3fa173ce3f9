/**
 * The runner's stdio carries JSON-RPC in Content-Length frames. Neither side may trust the other to keep to that: native
 * code can print, a wrong program can be started, a crash can tear a frame. So every byte passes a gate that knows only
 * the framing, and closes at the first thing that is none.
 */

import { Transform, type TransformCallback } from 'node:stream';

const START = 'Content-Length: ';
/** What may follow, as far as it has come: the digits, then the two line ends. */
const REST = /^(\d{0,9}|\d{1,9}\r(\n(\r\n?)?)?)$/;
const END = '\r\n\r\n';

/** What came in is no message: the stream cannot be read on. */
export class FrameError extends Error {
	readonly kind: 'garbage' | 'flood' | 'closed';

	constructor(kind: FrameError['kind'], message: string) {
		super(message);
		this.kind = kind;
	}
}

/** Passes well-formed frames on, unchanged, and fails with a FrameError on garbage, on an outsize frame and on a flood. */
export class FrameGate extends Transform {
	readonly #limit: number;
	#header = '';
	#bodyLeft = 0;
	#passed = 0;

	/** @param limit the most bytes that one frame, and all frames since the last `renew()`, may have */
	constructor(limit: number) {
		super();
		this.#limit = limit;
	}

	/** A new question was asked: count from zero again. */
	renew(): void {
		this.#passed = 0;
	}

	override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
		this.#passed += chunk.length;
		let at = 0;
		while (at < chunk.length) {
			if (this.#bodyLeft > 0) {
				const take = Math.min(this.#bodyLeft, chunk.length - at);
				this.#bodyLeft -= take;
				at += take;
				continue;
			}
			this.#header += String.fromCharCode(chunk[at] ?? 0);
			at++;
			const problem = this.#headerProblem();
			if (problem) {
				done(problem);
				return;
			}
		}
		if (this.#passed > this.#limit) {
			done(new FrameError('flood', `more than ${this.#limit} bytes were sent for one request`));
			return;
		}
		done(null, chunk);
	}

	#headerProblem(): FrameError | undefined {
		const header = this.#header;
		const plausible =
			header.length <= START.length
				? START.startsWith(header)
				: header.startsWith(START) && REST.test(header.slice(START.length));
		if (!plausible) return new FrameError('garbage', `${JSON.stringify(header)} is not the start of a message`);
		if (!header.endsWith(END)) return undefined;
		this.#bodyLeft = Number(header.slice(START.length, -END.length));
		this.#header = '';
		if (this.#bodyLeft > this.#limit) {
			return new FrameError('flood', `a message of ${this.#bodyLeft} bytes was announced; the limit is ${this.#limit}`);
		}
		return undefined;
	}
}
