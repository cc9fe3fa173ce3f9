#!/usr/bin/env node
import { existsSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EXIT } from '../cli/exitStatus.ts';
import { replayed } from '../cli/replay.ts';
import type { Surroundings } from '../cli/surroundings.ts';

/** What errors of the system mean; others say it themselves. */
const REASONS: ReadonlyMap<string | undefined, string> = new Map([
	['ENOSPC', 'no space is left on the device'],
	['EDQUOT', 'the quota is used up'],
	['EIO', 'the device failed'],
	['EBADF', 'it is closed'],
]);

void start();

/** Whatever goes wrong around the command line is one sentence and a status that no result has. */
async function start(): Promise<void> {
	process.on('uncaughtException', (error) => stop(words(error)));
	process.on('SIGINT', () => stop('interrupted'));
	// Whoever reads the output may stop early (`| head`): that is no failure of ours.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') stop(`the output could not be written: ${words(error)}`);
	});
	// Nobody can be told; the status says enough.
	process.stderr.on('error', () => undefined);
	try {
		const args = process.argv.slice(2);
		const at: Surroundings = {
			folder: currentFolder(),
			environment: process.env,
			terminal: process.stdout.isTTY === true,
			progress: process.stderr.isTTY === true,
			input: readInput,
			out: (text) => process.stdout.write(text),
			err: (text) => process.stderr.write(text),
		};
		const status = replayed(args, at) ?? (await (await commands()).main(args, at));
		// Not `process.exit`: what was written to a pipe must still arrive, and the server goes on.
		process.exitCode = status;
	} catch (error) {
		stop(words(error));
	}
}

/** The commands are a bundle of their own: a result that is known already is told without loading them. */
async function commands(): Promise<typeof import('../cli/main.ts')> {
	const bundle = join(import.meta.dirname, 'commands.cjs');
	if (existsSync(bundle)) return createRequire(bundle)(bundle);
	return import(join(import.meta.dirname, '../cli/main.ts'));
}

/** More of it than of any file is not kept. */
const LARGEST_INPUT = 64 * 1024 * 1024;

async function readInput(): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of process.stdin) {
		length += chunk.length;
		if (length > LARGEST_INPUT) throw new Error(`standard input has more than ${LARGEST_INPUT} bytes`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

function currentFolder(): string {
	try {
		return process.cwd();
	} catch {
		throw new Error('the current folder is no longer there');
	}
}

/** Ends at once: output that is not complete must not pass for a result. */
function stop(message: string): never {
	try {
		writeSync(2, `ioctl-lens: ${message}\n`);
	} catch {
		// Standard error is full or closed as well.
	}
	process.exit(EXIT.failure);
}

function words(error: unknown): string {
	const { code, message } = error as NodeJS.ErrnoException;
	return REASONS.get(code) ?? message ?? String(error);
}
