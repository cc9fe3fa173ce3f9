import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wineEnvironment } from '../../native/src/environment.ts';
import { winePath } from '../../native/src/wine.ts';
import { bundleRunner, describeWithWine, freePort, root, scratch, socketAt, text64, words } from './support.ts';

/** The runner's words on the wire, spoken without the product's own client. */
class Wire {
	readonly child: ChildProcessWithoutNullStreams;
	stderr = '';
	readonly exited: Promise<[number | null, NodeJS.Signals | null]>;
	#buffer = Buffer.alloc(0);
	readonly #messages: unknown[] = [];
	#wake: () => void = () => undefined;

	constructor(command: string, args: string[], env: NodeJS.ProcessEnv, cwd: string) {
		this.child = spawn(command, args, { env, cwd });
		this.exited = once(this.child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
		this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
			this.stderr += text;
		});
		this.child.stdin.on('error', () => undefined);
		this.child.stdout.on('data', (chunk: Buffer) => {
			this.#buffer = Buffer.concat([this.#buffer, chunk]);
			for (;;) {
				const head = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#buffer.toString('latin1', 0, 64));
				const end = head ? head[0].length + Number(head[1]) : 0;
				if (!head || this.#buffer.length < end) return;
				this.#messages.push(JSON.parse(this.#buffer.toString('utf8', head[0].length, end)));
				this.#buffer = this.#buffer.subarray(end);
				this.#wake();
			}
		});
	}

	send(text: string): void {
		this.child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
	}

	ask(id: number, method: string, params: unknown): void {
		this.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
	}

	async next(): Promise<unknown> {
		while (this.#messages.length === 0) {
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
		}
		return this.#messages.shift();
	}
}

const children: Wire[] = [];
afterAll(() => {
	for (const { child } of children) child.kill('SIGKILL');
});
const folder = scratch();
let script: string;
beforeAll(async () => {
	script = await bundleRunner(folder);
});

describe.skipIf(process.platform !== 'linux')('the runner on the wire', () => {
	const start = (...args: string[]): Wire => {
		const wire = new Wire(process.execPath, [script, ...args], {}, folder);
		children.push(wire);
		return wire;
	};
	const plan = {
		backend: 'posix',
		socket: { type: 'stream', peer: { queued: [text64('hello')] } },
		steps: [{ call: 'ioctl', request: 0x541b, argument: { bytes: words(0) } }],
	};

	test('says that it is ready, and on what', async () => {
		const wire = start();
		expect(await wire.next()).toEqual({
			jsonrpc: '2.0',
			method: 'ready',
			params: {
				protocol: 1,
				backend: 'posix',
				system: expect.objectContaining({ name: 'Linux', koffi: '3.3.4', pointerSize: 8 }),
			},
		});
	});

	test('answers several plans, one after the other', async () => {
		const wire = start();
		await wire.next();
		for (let id = 1; id <= 3; id++) wire.ask(id, 'run', plan);
		for (let id = 1; id <= 3; id++) {
			expect(await wire.next()).toMatchObject({
				id,
				result: { ok: true, report: { backend: 'posix', steps: [{ status: 'ok', argument: words(5) }] } },
			});
		}
	});

	test('checks plans itself', async () => {
		const wire = start();
		await wire.next();
		wire.ask(1, 'run', { ...plan, socket: { type: 'stream', bind: { address: '0.0.0.0' } } });
		const problem = {
			path: 'socket.bind.address',
			message: '0.0.0.0 is not a loopback address. The runner binds to 127.0.0.0/8 or ::1 only.',
		};
		expect(await wire.next()).toEqual({
			jsonrpc: '2.0',
			id: 1,
			result: {
				ok: false,
				failure: { reason: 'plan-refused', message: `${problem.path}: ${problem.message}`, problem },
			},
		});
		wire.ask(2, 'run', { ...plan, backend: 'winsock', steps: [{ call: 'ioctlsocket', code: 1 }] });
		expect(await wire.next()).toMatchObject({
			id: 2,
			result: {
				ok: false,
				failure: {
					reason: 'backend-missing',
					message: 'This runner has the posix backend; the plan asks for winsock.',
				},
			},
		});
	});

	test('knows no other request', async () => {
		const wire = start();
		await wire.next();
		wire.ask(1, 'eval', ['process.exit()']);
		expect(await wire.next()).toMatchObject({ id: 1, error: { code: -32601 } });
		wire.ask(2, 'run', plan);
		expect(await wire.next()).toMatchObject({ id: 2, result: { ok: true } });
	});

	test('answers without koffi too, and says that it is missing', async () => {
		const wire = start('--koffi=/no/such/folder');
		const message = "koffi is not installed in /no/such/folder: Cannot find module 'koffi'";
		expect(await wire.next()).toMatchObject({ params: { missing: { reason: 'koffi-missing', message } } });
		wire.ask(1, 'run', plan);
		expect(await wire.next()).toMatchObject({ result: { ok: false, failure: { reason: 'backend-missing', message } } });
	});

	test('ends when its input ends', async () => {
		const wire = start();
		await wire.next();
		wire.child.stdin.end();
		expect(await wire.exited).toEqual([0, null]);
		expect(wire.stderr).toBe('');
	});

	test.each([
		['garbage', 'GET / HTTP/1.1\r\n\r\n', '"G" is not the start of a message'],
		[
			'a request beyond the limit',
			'Content-Length: 1052673\r\n\r\n',
			'a message of 1052673 bytes was announced; the limit is 1052672',
		],
	])('ends at once on %s', async (_name, bytes, message) => {
		const wire = start();
		await wire.next();
		wire.child.stdin.write(bytes);
		expect(await wire.exited).toEqual([null, 'SIGKILL']);
		expect(wire.stderr).toBe(`ioctl-lens runner: bad input: ${message}\n`);
	});

	test('is ended by the system when a call blocks and nobody is left to kill it', async () => {
		const wire = start();
		await wire.next();
		const port = await freePort();
		const socket = { type: 'stream', bind: { address: '127.0.0.1', port }, peer: {} };
		wire.ask(1, 'run', { ...plan, socket, steps: [{ call: 'receive', size: 1 }], timeoutMs: 1 });
		await socketAt(port);
		wire.child.stdin.end();
		expect(await wire.exited).toEqual([null, 'SIGALRM']);
	});

	test('is not ended by the watchdog of a plan that has ended', async () => {
		const wire = start();
		await wire.next();
		wire.ask(1, 'run', { ...plan, timeoutMs: 1 });
		expect(await wire.next()).toMatchObject({ id: 1, result: { ok: true } });
		// That nothing happens can only be seen by letting the time pass in which it would: 1 ms and 2 s, in whole seconds.
		const passed = new Promise((resolve) => setTimeout(() => resolve('alive'), 3500));
		expect(await Promise.race([wire.exited, passed])).toBe('alive');
	});
});

await describeWithWine('the runner on the wire', (home) => {
	const start = (): Wire => {
		const args = [home.node, winePath(script), `--koffi=${winePath(home.packages)}`];
		const wire = new Wire(home.wine, args, wineEnvironment(process.env, home.prefix), dirname(script));
		children.push(wire);
		return wire;
	};

	test('ends when its input ends', async () => {
		const wire = start();
		expect(await wire.next()).toMatchObject({ params: { protocol: 1, backend: 'winsock', system: { name: 'Wine' } } });
		wire.child.stdin.end();
		expect(await wire.exited).toEqual([0, null]);
		expect(wire.stderr).toBe('');
	});

	test('is ended by the system when a call blocks and nobody is left to kill it', async () => {
		const wire = start();
		await wire.next();
		const port = await freePort();
		wire.ask(1, 'run', {
			backend: 'winsock',
			socket: { type: 'stream', bind: { address: '127.0.0.1', port }, peer: {} },
			steps: [{ call: 'WSAIoctl', code: 0x28000017 }],
			timeoutMs: 1,
		});
		await socketAt(port);
		wire.child.stdin.end();
		expect(await wire.exited).toEqual([1, null]);
	});
});

describe('the bundle', () => {
	test('is made from the packages that are pinned', async () => {
		const { default: manifest } = await import('../../package.json');
		expect(manifest.dependencies).toEqual({ koffi: '3.3.4' });
		expect(manifest.devDependencies).toMatchObject({ 'vscode-jsonrpc': '10.0.0' });
		const { default: jsonrpc } = await import(`${root}/node_modules/vscode-jsonrpc/package.json`);
		expect(jsonrpc.version).toBe('10.0.0');
	});
});
