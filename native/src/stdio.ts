/**
 * Under Wine, process.stdin, stdout and stderr throw when they are pipes, and Node itself looks at them now and then
 * (to load `assert`, to decide on colours, to pipe a stream). Plain file descriptors work, so where one of the three
 * throws, a stream on its descriptor takes its place. Import this before anything else.
 */

import { createReadStream, writeSync } from 'node:fs';
import { Writable } from 'node:stream';

/** Writes everything before it says that it has, also to a descriptor that does not block. */
export function fdWriter(fd: number): Writable {
	return new Writable({
		write(chunk: Buffer, _encoding, done) {
			try {
				for (let at = 0; at < chunk.length; ) at += writeSome(fd, chunk, at);
				done();
			} catch (error) {
				done(error as Error);
			}
		},
	});
}

function writeSome(fd: number, chunk: Buffer, at: number): number {
	try {
		return writeSync(fd, chunk, at);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
		return 0;
	}
}

/** Reads a descriptor; the path is not used. */
export function fdReader(fd: number) {
	return createReadStream('', { fd, autoClose: false });
}

function replaceWhereBroken(name: 'stdin' | 'stdout' | 'stderr', make: () => unknown): void {
	try {
		void process[name];
	} catch {
		let stream: unknown;
		Object.defineProperty(process, name, {
			configurable: true,
			get: () => {
				stream ??= make();
				return stream;
			},
		});
	}
}

// Looking alone creates the streams, which is no more than Node would do.
if (process.platform === 'win32') {
	replaceWhereBroken('stdin', () => fdReader(0));
	replaceWhereBroken('stdout', () => fdWriter(1));
	replaceWhereBroken('stderr', () => fdWriter(2));
}
