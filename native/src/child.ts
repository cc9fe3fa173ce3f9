/** One runner process, from spawn to exit. Knows nothing of retries and outcomes. */

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import {
	createMessageConnection,
	type MessageConnection,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { FrameError, FrameGate } from './framing.ts';
import type { Plan } from './plan.ts';
import { RESPONSE_LIMIT, type Ready, ReadyNotification, type RunAnswer, RunRequest } from './runnerProtocol.ts';

/** How to start a runner. */
export interface Launch {
	command: string;
	args: string[];
	env: Record<string, string>;
	cwd: string;
}

export interface Ending {
	exitCode: number | null;
	signal: NodeJS.Signals | null;
	/** It could not be started at all. */
	spawnError: Error | undefined;
	/** What it wrote that was no message; it was killed for that. */
	violation: FrameError | undefined;
	stderr: string[];
}

const STDERR_LINES = 20;
const STDERR_LINE_LENGTH = 400;
/** How long a process may live on without its pipes. */
const CLOSING_MS = 500;

/** One process of the runner, from its start to its end. */
export class RunnerChild {
	/** Resolves when the process says that it is ready; never when it does not. */
	readonly ready: Promise<Ready>;
	/** Resolves when the process is gone, or could not be started. */
	readonly ended: Promise<Ending>;
	readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
	readonly #connection: MessageConnection;
	readonly #gate = new FrameGate(RESPONSE_LIMIT);
	readonly #stderr: string[] = [];
	#partLine = '';
	#violation: FrameError | undefined;
	#alive = true;
	/** It was told to end, or has lost what it needs to answer. */
	#isEnding = false;
	#closing: NodeJS.Timeout | undefined;

	constructor(launch: Launch) {
		this.#process = spawn(launch.command, launch.args, {
			cwd: launch.cwd,
			env: launch.env,
			stdio: ['pipe', 'pipe', 'pipe'],
			windowsHide: true,
			// A process group of its own, so that a kill reaches whatever the program started in between.
			detached: process.platform !== 'win32',
		});
		const { stdin, stdout, stderr } = this.#process;
		this.ended = new Promise((resolve) => {
			const end = (exitCode: number | null, signal: NodeJS.Signals | null, spawnError?: Error): void => {
				if (!this.#alive) return;
				this.#alive = false;
				clearTimeout(this.#closing);
				this.#connection.dispose();
				// A process that inherited a pipe would hold it, and this process, open.
				for (const stream of [stdin, stdout, stderr]) stream.destroy();
				this.#keepLine(this.#partLine);
				resolve({ exitCode, signal, spawnError, violation: this.#violation, stderr: this.#stderr });
			};
			this.#process.on('error', (error) => {
				// Also raised when a kill fails; only a process that never was has no id.
				if (this.#process.pid === undefined) end(null, null, error);
			});
			this.#process.on('exit', (code, signal) => {
				this.#isEnding = true;
				// What it said last may still be in the pipes; `close` follows at once, unless somebody else holds them.
				const late = setTimeout(() => end(code, signal), 250);
				this.#process.on('close', () => {
					clearTimeout(late);
					end(code, signal);
				});
			});
		});

		stdin.on('error', () => undefined);
		stderr.setEncoding('utf8').on('data', (text: string) => this.#keepText(text));
		this.#gate.on('error', (error) => {
			if (error instanceof FrameError) this.#violation = error;
			this.kill();
		});
		// Without its pipes it can no longer answer. As a rule it is just ending, and should say by itself how.
		const lost = (what: string): void => {
			this.#isEnding = true;
			this.#closing ??= setTimeout(() => {
				this.#violation ??= new FrameError('closed', `its ${what} was closed while it went on running`);
				this.kill();
			}, CLOSING_MS);
		};
		stdout.on('end', () => lost('output'));
		stdout.on('error', () => lost('output'));
		const reader = new StreamMessageReader(stdout.pipe(this.#gate));
		const writer = new StreamMessageWriter(stdin);
		writer.onError(() => lost('input'));
		reader.onError((error) => {
			// A body that is no JSON passes the gate, and is garbage all the same.
			this.#violation ??= new FrameError('garbage', error.message);
			this.kill();
		});
		this.#connection = createMessageConnection(reader, writer);
		this.ready = new Promise((resolve) => this.#connection.onNotification(ReadyNotification, resolve));
		this.#connection.listen();
	}

	/** Whether it can be asked for a run: not while it is ending, which takes a moment. */
	get usable(): boolean {
		return this.#alive && !this.#isEnding;
	}

	get alive(): boolean {
		return this.#alive;
	}

	get pid(): number | undefined {
		return this.#process.pid;
	}

	/** Ask for a run. Rejects with the runner's own error; stays open when the process dies, so watch `ended` too. */
	request(plan: Plan): Promise<RunAnswer> {
		this.#gate.renew();
		return this.#connection.sendRequest(RunRequest, plan);
	}

	/** End the process at once, with everything it started in its group. */
	kill(): void {
		const { pid } = this.#process;
		this.#isEnding = true;
		if (!this.#alive || pid === undefined) return;
		try {
			if (process.platform === 'win32') this.#process.kill('SIGKILL');
			else process.kill(-pid, 'SIGKILL');
		} catch {
			// It has just ended.
		}
	}

	/** Whether the process keeps this one from ending. An idle runner must not; it ends when its input does. */
	hold(on: boolean): void {
		if (!this.#alive) return;
		for (const handle of [this.#process, this.#process.stdin, this.#process.stdout, this.#process.stderr]) {
			// Pipes are sockets, which the declared stream types do not tell.
			const { ref, unref } = handle as unknown as { ref?: () => void; unref?: () => void };
			(on ? ref : unref)?.call(handle);
		}
	}

	#keepText(text: string): void {
		const lines = (this.#partLine + text).split('\n');
		this.#partLine = (lines.pop() ?? '').slice(0, STDERR_LINE_LENGTH);
		for (const line of lines) this.#keepLine(line);
	}

	#keepLine(line: string): void {
		const text = line.trimEnd();
		if (text === '') return;
		this.#stderr.push(text.slice(0, STDERR_LINE_LENGTH));
		if (this.#stderr.length > STDERR_LINES) this.#stderr.shift();
	}
}
