import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { describeExit, type Outcome, telling } from '../../native/src/outcome.ts';
import type { PlanInput } from '../../native/src/plan.ts';
import type { Runner, RunnerEvent, RunnerOptions } from '../../native/src/runner.ts';
import {
	bundleRunner,
	describeWithWine,
	freePort,
	makeRunner,
	reportOf,
	root,
	scratch,
	socketAt,
	text64,
	words,
} from './support.ts';

const FIONREAD = 0x541b;
const SIO_ADDRESS_LIST_CHANGE = 0x28000017;
const SIO_BASE_HANDLE = 0x48000022;

const CANCELLED = { kind: 'cancelled', message: 'The run was cancelled.' };

/** A plan that works at once, and one that never ends by itself. */
const quick: PlanInput = {
	backend: 'posix',
	socket: { type: 'stream', peer: { queued: [text64('hello')] } },
	steps: [{ call: 'ioctl', request: FIONREAD, argument: { bytes: words(0) } }],
};
const hanging: PlanInput = {
	backend: 'posix',
	socket: { type: 'stream', peer: {} },
	steps: [{ call: 'receive', size: 1 }],
	timeoutMs: 60_000,
};

/** The same with a known port, by which to see from outside that the call is under way. */
const hangingAt = (port: number): PlanInput => ({
	...hanging,
	socket: { type: 'stream', bind: { address: '127.0.0.1', port }, peer: {} },
});

/** The words of a runner, for the impostors below. */
const PRELUDE = `
const { writeSync, closeSync } = require('node:fs');
const frame = (body) => 'Content-Length: ' + Buffer.byteLength(body) + '\\r\\n\\r\\n' + body;
const say = (message) => writeSync(1, frame(JSON.stringify({ jsonrpc: '2.0', ...message })));
const system = { name: 'Linux', version: '0', label: 'Fake 0', arch: 'x64', pointerSize: 8, runtime: 'x', koffi: 'x' };
const ready = (more) => say({ method: 'ready', params: { protocol: 1, backend: 'posix', system, ...more } });
const asked = (answer) => {
	let text = '';
	// Head and body of a message may come one after the other.
	process.stdin.on('data', (chunk) => {
		text += chunk;
		for (let match; (match = /"id":(\\d+)[^]*?\\}(?=Content-Length|$)/.exec(text)); text = text.slice(match.index + match[0].length)) answer(match[1]);
	});
};
`;

describe('the words of a crash', () => {
	test('know the exit codes of Windows by their hexadecimal form', () => {
		expect(describeExit(0xc0000005, null)).toBe('exit code 0xc0000005');
		expect(describeExit(3, null)).toBe('exit code 3');
		expect(describeExit(null, 'SIGSEGV')).toBe('it was killed by SIGSEGV');
		expect(describeExit(null, null)).toBe('no exit code is known');
	});

	test('are the error rather than its stack', () => {
		const stack = [
			'/x/runner.cjs:1',
			'throw 1',
			'',
			'RangeError: no',
			'    at run (/x/runner.cjs:1)',
			'Node.js v24.1.0',
		];
		expect(telling(stack)).toBe('RangeError: no');
		expect(telling(['free(): invalid pointer'])).toBe('free(): invalid pointer');
		expect(telling([])).toBe(undefined);
	});
});

describe.skipIf(process.platform !== 'linux')('a runner that goes wrong', () => {
	const folder = scratch();
	let script: string;
	beforeAll(async () => {
		script = await bundleRunner(folder);
	});

	let impostors = 0;
	function impostor(code: string, options: Partial<RunnerOptions> = {}): Runner {
		const file = path.join(folder, `impostor-${impostors++}.cjs`);
		writeFileSync(file, PRELUDE + code);
		return makeRunner({ script: file, ...options });
	}

	/** A real runner, with its events. */
	function real(options: Partial<RunnerOptions> = {}) {
		const events: RunnerEvent[] = [];
		const seen: (() => void)[] = [];
		const runner = makeRunner({
			script,
			...options,
			onEvent: (event) => {
				events.push(event);
				for (const look of seen) look();
			},
		});
		/** Wait until the runner with the given number has started. */
		const started = (count: number) =>
			new Promise<number>((resolve) => {
				const look = () => {
					const pid = events.filter((event) => event.type === 'started')[count - 1]?.pid;
					if (pid !== undefined) resolve(pid);
				};
				seen.push(look);
				look();
			});
		return { runner, events, started };
	}

	const stdin = `process.stdin.resume();`;

	describe('at its start', () => {
		test('ends with an exit code', async () => {
			const runner = impostor(`console.error('one'); console.error('two'); process.exit(7);`);
			expect(await runner.run(quick)).toEqual({
				kind: 'crashed',
				message: 'The runner ended before it was ready: exit code 7. It last said: two',
				phase: 'start',
				exitCode: 7,
				signal: null,
				stderr: ['one', 'two'],
			});
		});

		test('is killed', async () => {
			const outcome = await impostor(`process.kill(process.pid, 'SIGSEGV'); ${stdin}`).run(quick);
			expect(outcome).toEqual({
				kind: 'crashed',
				message: 'The runner ended before it was ready: it was killed by SIGSEGV.',
				phase: 'start',
				exitCode: null,
				signal: 'SIGSEGV',
				stderr: [],
			});
		});

		test('throws: the message is the error and not its stack', async () => {
			const outcome = await impostor(`throw new TypeError('no such thing');`).run(quick);
			expect(outcome).toMatchObject({
				kind: 'crashed',
				message: 'The runner ended before it was ready: exit code 1. It last said: TypeError: no such thing',
			});
		});

		test('never becomes ready', async () => {
			const outcome = await impostor(`console.error('thinking'); ${stdin}`, { startTimeoutMs: 400 }).run(quick);
			expect(outcome).toEqual({
				kind: 'failed',
				reason: 'start-failed',
				message: 'The runner was not ready after 400 ms, and was ended.',
				stderr: ['thinking'],
			});
		});

		test('speaks another version', async () => {
			expect(await impostor(`ready({ protocol: 2 }); ${stdin}`).run(quick)).toEqual({
				kind: 'failed',
				reason: 'start-failed',
				message: 'The runner speaks another version of the protocol; it belongs to another release.',
			});
		});

		test('has another backend', async () => {
			expect(await impostor(`ready({ backend: 'winsock' }); ${stdin}`).run(quick)).toEqual({
				kind: 'failed',
				reason: 'backend-missing',
				message: 'The runner has the winsock backend, not posix.',
			});
		});

		test('prints', async () => {
			expect(await impostor(`console.log('Hello'); ${stdin}`).run(quick)).toEqual({
				kind: 'failed',
				reason: 'garbage',
				message: 'The runner wrote something that is no message ("H" is not the start of a message), and was ended.',
				stderr: [],
			});
		});

		test('inherits no environment', async () => {
			const env = {
				...process.env,
				NODE_OPTIONS: '--no-such-option',
				ELECTRON_RUN_AS_NODE: '1',
				VSCODE_PID: '1',
				SECRET: 's',
			};
			const outcome = await impostor(`console.error(JSON.stringify(process.env)); process.exit(1);`, { env }).run(
				quick,
			);
			expect(outcome).toMatchObject({ kind: 'crashed', stderr: ['{}'] });
		});

		test('says no more than 20 lines of 400 characters', async () => {
			const outcome = await impostor(
				`for (let i = 0; i < 20000; i++) writeSync(2, i + 'x'.repeat(1000) + '\\n'); process.exit(3);`,
			).run(quick);
			if (outcome.kind !== 'crashed') throw new Error(outcome.kind);
			expect(outcome.stderr).toHaveLength(20);
			expect(outcome.stderr.at(-1)).toBe(`19999${'x'.repeat(395)}`);
		});
	});

	describe('during a call', () => {
		const answering = (code: string) => impostor(`ready(); asked((id) => { ${code} });`);

		test.each([
			['prints', `writeSync(1, 'Segmentation fault')`, /^"S" is not the start of a message$/],
			['sends what is no JSON', `writeSync(1, frame('xyz'))`, /JSON/],
		])('%s', async (_name, code, detail) => {
			const outcome = await answering(code).run(quick);
			if (outcome.kind !== 'failed') throw new Error(outcome.kind);
			expect(outcome.reason).toBe('garbage');
			const words = /^The runner wrote something that is no message \((.+)\), and was ended\.$/s.exec(outcome.message);
			expect(words?.[1]).toMatch(detail);
		});

		test.each(['null', '{}', '{ ok: true }', '{ ok: true, report: { steps: [] } }', '{ ok: false }', '"done"'])(
			'answers with %s, which is no report',
			async (result) => {
				expect(await answering(`say({ id: +id, result: ${result} })`).run(quick)).toEqual({
					kind: 'failed',
					reason: 'garbage',
					message: 'The runner answered with something that is no report.',
				});
			},
		);

		test('reports an error of its own', async () => {
			const outcome = await answering(`say({ id: +id, error: { code: -32603, message: 'out of cheese' } })`).run(quick);
			expect(outcome).toEqual({ kind: 'failed', reason: 'runner-error', message: 'The runner failed: out of cheese' });
		});

		test('floods with messages', async () => {
			const outcome = await answering(`for (;;) say({ method: 'news', params: 'x'.repeat(60000) })`).run(quick);
			expect(outcome).toEqual({
				kind: 'failed',
				reason: 'flood',
				message:
					'The runner wrote more than any answer can have (more than 4194304 bytes were sent for one request), and was ended.',
				stderr: [],
			});
		});

		test('announces a flood', async () => {
			expect(await answering(`writeSync(1, 'Content-Length: 99999999\\r\\n\\r\\n')`).run(quick)).toMatchObject({
				reason: 'flood',
				message:
					'The runner wrote more than any answer can have (a message of 99999999 bytes was announced; the limit is 4194304), and was ended.',
			});
		});

		test.each([
			['output', `ready(); asked(() => closeSync(1)); setInterval(() => {}, 1000);`],
			['input', `closeSync(0); ready(); setInterval(() => {}, 1000);`],
		])('closes its %s and lives on', async (what, code) => {
			expect(await impostor(code).run(quick)).toEqual({
				kind: 'failed',
				reason: 'garbage',
				message: `The runner can no longer answer (its ${what} was closed while it went on running), and was ended.`,
				stderr: [],
			});
		});

		test('exits', async () => {
			expect(await answering(`writeSync(2, 'oops'); process.exit(9)`).run(quick)).toEqual({
				kind: 'crashed',
				message: 'The runner ended during the call: exit code 9. It last said: oops',
				phase: 'run',
				exitCode: 9,
				signal: null,
				stderr: ['oops'],
			});
		});

		test('is killed by somebody else, and the next plan gets a new one', async () => {
			const { runner, started } = real();
			const port = await freePort();
			const outcome = runner.run(hangingAt(port));
			const pid = await started(1);
			await socketAt(port);
			process.kill(pid, 'SIGKILL');
			expect(await outcome).toEqual({
				kind: 'crashed',
				message: 'The runner ended during the call: it was killed by SIGKILL.',
				phase: 'run',
				exitCode: null,
				signal: 'SIGKILL',
				stderr: [],
			});
			expect(reportOf(await runner.run(quick)).steps[0]?.argument).toBe(words(5));
			expect(await started(2)).not.toBe(pid);
		});
	});

	describe('a plan', () => {
		test('that is not valid starts nothing', async () => {
			const { runner, events } = real();
			expect(await runner.run({ ...quick, timeoutMs: 0 })).toEqual({
				kind: 'failed',
				reason: 'plan-refused',
				message: 'timeoutMs: 0 is out of range; it must be 1 to 600000.',
				problem: { path: 'timeoutMs', message: '0 is out of range; it must be 1 to 600000.' },
			});
			expect(await runner.run('rm -rf')).toMatchObject({ reason: 'plan-refused', message: 'This must be an object.' });
			expect(events).toEqual([]);
		});

		test('that hangs is ended at its timeout, and the next one gets a new process', async () => {
			const { runner, events } = real();
			expect(await runner.run({ ...hanging, timeoutMs: 150 })).toEqual({
				kind: 'timed-out',
				message: 'The call had not ended after 150 ms, so its process was ended.',
				afterMs: 150,
			});
			expect(events.at(-1)).toMatchObject({ type: 'ended', signal: 'SIGKILL' });
			expect(reportOf(await runner.run(quick)).steps[0]?.argument).toBe(words(5));
		});

		test('that hangs is cancelled within 50 ms, and its process is gone', async () => {
			const { runner, started } = real();
			const times: number[] = [];
			for (let round = 1; round <= 10 && !times.some(quickly); round++) {
				const abort = new AbortController();
				const port = await freePort();
				const outcome = runner.run(hangingAt(port), abort.signal);
				const pid = await started(round);
				await socketAt(port);
				const start = performance.now();
				abort.abort();
				expect(await outcome).toEqual(CANCELLED);
				times.push(performance.now() - start);
				expect(alive(pid)).toBe(false);
			}
			expect(times).toSatisfy((all: number[]) => all.some(quickly));
			expect(reportOf(await runner.run(quick)).steps[0]?.argument).toBe(words(5));
		});

		test('that was cancelled before starts nothing', async () => {
			const { runner, events } = real();
			expect(await runner.run(quick, AbortSignal.abort())).toEqual(CANCELLED);
			expect(events).toEqual([]);
		});

		test('that is cancelled while it waits does not disturb the one that runs', async () => {
			const { runner, started } = real();
			const [first, second] = [new AbortController(), new AbortController()];
			const running = runner.run(hanging, first.signal);
			const waiting = runner.run(quick, second.signal);
			const last = runner.run(quick);
			const pid = await started(1);
			second.abort();
			expect(await waiting).toEqual(CANCELLED);
			expect(alive(pid)).toBe(true);
			first.abort();
			expect(await running).toEqual(CANCELLED);
			expect(reportOf(await last).steps[0]?.argument).toBe(words(5));
		});

		test('finds the same process as the one before', async () => {
			const { runner, events } = real();
			for (let round = 0; round < 3; round++) reportOf(await runner.run(quick));
			expect(events.map((event) => event.type)).toEqual(['started']);
		});

		test('that asks for the most output gets all of it', async () => {
			const { runner } = real();
			const size = 1024 * 1024;
			const outcome = await runner.run({
				...quick,
				steps: [{ call: 'getsockopt', level: 1, name: 9, output: { size, fill: 0xab } }],
			});
			const output = Buffer.from(reportOf(outcome).steps[0]?.output ?? '', 'base64');
			expect(output.length).toBe(size);
			expect(output.equals(Buffer.concat([Buffer.alloc(4), Buffer.alloc(size - 4, 0xab)]))).toBe(true);
		});
	});

	describe('what is missing', () => {
		test('is the runner’s program', async () => {
			const missing = path.join(folder, 'absent.cjs');
			expect(await makeRunner({ script: missing }).run(quick)).toEqual({
				kind: 'failed',
				reason: 'start-failed',
				message: `The runner's program ${missing} is missing.`,
			});
		});

		test('is the runtime', async () => {
			expect(await makeRunner({ script, runtime: '/no/such/node' }).run(quick)).toEqual({
				kind: 'failed',
				reason: 'start-failed',
				message: '/no/such/node could not be started: spawn /no/such/node ENOENT',
			});
		});

		test('is koffi', async () => {
			const packages = path.join('/', 'no', 'such', 'packages');
			expect(await makeRunner({ script, packages }).run(quick)).toEqual({
				kind: 'failed',
				reason: 'backend-missing',
				message: `koffi is not installed in ${packages}: Cannot find module 'koffi'`,
			});
		});

		test('is koffi’s binary for this platform', async () => {
			// Outside of the product's own packages, where the loader could still find it.
			const packages = mkdtempSync(path.join(tmpdir(), 'ioctl-lens-'));
			for (const file of ['package.json', 'index.cjs', 'src/koffi/index.cjs', 'src/koffi/src/static.cjs']) {
				mkdirSync(path.dirname(path.join(packages, 'node_modules/koffi', file)), { recursive: true });
				copyFileSync(path.join(root, 'node_modules/koffi', file), path.join(packages, 'node_modules/koffi', file));
			}
			const availability = await makeRunner({ script, packages }).probe('posix');
			rmSync(packages, { recursive: true });
			expect(availability).toEqual({
				ok: false,
				reason: 'backend-missing',
				message: `This package of IOCTL Lens has no native library for ${process.platform}-${process.arch} (@koromix/koffi-${process.platform}-${process.arch}), which live runs need: install the package made for this platform.`,
			});
		});

		test('is Wine', async () => {
			const plan: PlanInput = {
				backend: 'winsock',
				socket: { type: 'stream' },
				steps: [{ call: 'WSAIoctl', code: 1 }],
			};
			expect(await makeRunner({ script }).run(plan)).toEqual({
				kind: 'failed',
				reason: 'backend-missing',
				message: 'Winsock calls need Windows, or Wine, which is not set up here.',
			});
			const message = 'Wine is not installed: there is no `wine` on PATH.';
			const wine = async () => ({ ok: false, reason: 'no-wine', message }) as const;
			expect(await makeRunner({ script, wine }).probe('winsock')).toEqual({
				ok: false,
				reason: 'backend-missing',
				message,
			});
		});
	});

	describe('too often', () => {
		const crashing = `process.exit(7)`;
		const kinds = async (runner: Runner, count: number) => {
			const outcomes: Outcome[] = [];
			for (let round = 0; round < count; round++) outcomes.push(await runner.run(quick));
			return outcomes.map((outcome) => (outcome.kind === 'failed' ? outcome.reason : outcome.kind));
		};

		test('is not started again for a while, unless asked', async () => {
			const runner = impostor(crashing);
			expect(await kinds(runner, 6)).toEqual([...Array(5).fill('crashed'), 'too-many-crashes']);
			const outcome = await runner.run(quick);
			if (outcome.kind !== 'failed') throw new Error(outcome.kind);
			expect(outcome.message).toMatch(
				/^The runner crashed 5 times within 180 seconds\. It can be started again in 1[78]\d seconds\.$/,
			);
			runner.reset();
			expect(await kinds(runner, 1)).toEqual(['crashed']);
		});

		test('may start again when the crashes are long ago', async () => {
			const runner = impostor(crashing, { crashLimit: 1, crashWindowMs: 1500 });
			expect(await kinds(runner, 2)).toEqual(['crashed', 'too-many-crashes']);
			await vi.waitFor(async () => expect(await kinds(runner, 1)).toEqual(['crashed']), 30_000);
		});

		test('does not count what was cancelled or timed out', async () => {
			const { runner } = real({ crashLimit: 1 });
			for (let round = 0; round < 3; round++) {
				expect((await runner.run({ ...hanging, timeoutMs: 20 })).kind).toBe('timed-out');
			}
			expect((await runner.run(quick)).kind).toBe('done');
		});
	});

	describe('is met at its idle end', () => {
		/** Starts in a millisecond, answers each request with a report of one step, and knows nothing else. */
		const SHELL = `
say() { printf 'Content-Length: %d\\r\\n\\r\\n%s' "\${#1}" "$1"; }
say '{"jsonrpc":"2.0","method":"ready","params":{"protocol":1,"backend":"posix","system":{"name":"Linux","label":"sh"}}}'
id=0
while IFS= read -r line; do
	case $line in
		Content-Length:*) length=\${line#*: }; length=\${length%?} ;;
		?) head -c "$length" > /dev/null
			say "{\\"jsonrpc\\":\\"2.0\\",\\"id\\":$id,\\"result\\":{\\"ok\\":true,\\"report\\":{\\"steps\\":[{}]}}}"
			id=$((id + 1)) ;;
	esac
done
`;
		const turn = () => new Promise((resolve) => setImmediate(resolve));

		test('by no run of thousands', async () => {
			const file = path.join(folder, 'runner.sh');
			writeFileSync(file, SHELL);
			let ended = 0;
			const onEvent = ({ type }: RunnerEvent) => {
				if (type === 'ended') ended++;
			};
			const runner = makeRunner({ script: file, runtime: '/bin/sh', idleMs: 1, crashLimit: 1, onEvent });
			const kinds = new Map<string, number>();
			const note = ({ kind }: Outcome) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
			for (let round = 0; round < 2000; round++) {
				// Now before the end, now while it is under way, now behind it; and every fourth time two at once.
				for (let turns = (round * 37) % 120; turns > 0; turns--) await turn();
				const others = round % 4 === 0 ? [runner.run(quick), runner.run(quick)] : [];
				for (const outcome of await Promise.all([runner.run(quick), ...others])) note(outcome);
			}
			expect([...kinds]).toEqual([['done', 3000]]);
			// Else nothing was tried.
			expect(ended).toBeGreaterThan(100);
		}, 300_000);
	});

	describe('is not in the way', () => {
		test('ends when it is not used', async () => {
			const { runner, events } = real({ idleMs: 30 });
			reportOf(await runner.run(quick));
			await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ type: 'ended', signal: 'SIGKILL' }), 30_000);
			reportOf(await runner.run(quick));
			expect(events.filter(({ type }) => type === 'started')).toHaveLength(2);
		});

		test('ends when it is disposed of, even during a call', async () => {
			const { runner, started } = real();
			const outcome = runner.run(hanging);
			const pid = await started(1);
			await runner.dispose();
			expect(alive(pid)).toBe(false);
			expect(await outcome).toEqual(CANCELLED);
			expect(await runner.run(quick)).toEqual({
				kind: 'failed',
				reason: 'start-failed',
				message: 'The runner has been shut down.',
			});
		});

		/** A program that runs a plan and then forgets the runner. */
		function host(after: string) {
			const file = path.join(folder, 'host.mjs');
			writeFileSync(
				file,
				`import { Runner } from ${JSON.stringify(path.join(root, 'native/src/runner.ts'))};
				const onEvent = (event) => event.type === 'started' && console.log(event.pid);
				const runner = new Runner({ script: ${JSON.stringify(script)}, onEvent });
				const outcome = await runner.run(${JSON.stringify(quick)});
				console.log(outcome.kind);
				${after}`,
			);
			return spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
		}

		test('lets its user end, and ends with it', async () => {
			const child = host('');
			let text = '';
			child.stdout.setEncoding('utf8').on('data', (part: string) => {
				text += part;
			});
			expect(await once(child, 'exit')).toEqual([0, null]);
			const [pid, kind] = text.trim().split('\n');
			expect(kind).toBe('done');
			await vi.waitFor(() => expect(alive(Number(pid))).toBe(false), 30_000);
		});

		test('ends when its user is killed', async () => {
			const child = host('setInterval(() => {}, 1000);');
			let text = '';
			for await (const part of child.stdout.setEncoding('utf8')) {
				text += part;
				if (text.includes('done')) break;
			}
			const pid = Number(text.split('\n')[0]);
			expect(alive(pid)).toBe(true);
			child.kill('SIGKILL');
			await vi.waitFor(() => expect(alive(pid)).toBe(false), 30_000);
		});
	});
});

await describeWithWine('a runner under Wine that goes wrong', (home) => {
	const folder = scratch();
	const events: RunnerEvent[] = [];
	let runner: Runner;
	beforeAll(async () => {
		// A folder that a careless command line, or a careless locale, would trip over.
		const odd = path.join(folder, 'déjà vu & co');
		mkdirSync(odd);
		const script = await bundleRunner(odd);
		runner = makeRunner({ script, wine: { ok: true, home }, onEvent: (event) => events.push(event) });
		const availability = await runner.probe('winsock');
		if (!availability.ok) throw new Error(availability.message);
	});

	const changeAt = (port: number): PlanInput => ({
		backend: 'winsock',
		socket: { type: 'stream', bind: { address: '127.0.0.1', port }, peer: {} },
		steps: [{ call: 'WSAIoctl', code: SIO_ADDRESS_LIST_CHANGE }],
		timeoutMs: 60_000,
	});
	const pids = () => events.flatMap((event) => (event.type === 'started' ? [event.pid ?? 0] : []));

	test('is cancelled within 50 ms, and nothing of it is left', async () => {
		const times: number[] = [];
		for (let round = 1; round <= 10 && !times.some(quickly); round++) {
			expect((await runner.probe('winsock')).ok).toBe(true);
			const pid = pids().at(-1) ?? 0;
			const abort = new AbortController();
			const port = await freePort();
			const outcome = runner.run(changeAt(port), abort.signal);
			await socketAt(port);
			const start = performance.now();
			abort.abort();
			expect(await outcome).toEqual(CANCELLED);
			times.push(performance.now() - start);
			expect(alive(pid)).toBe(false);
		}
		expect(times).toSatisfy((all: number[]) => all.some(quickly));
	});

	test('is killed by somebody else during a call that hangs', async () => {
		expect((await runner.probe('winsock')).ok).toBe(true);
		const port = await freePort();
		const outcome = runner.run(changeAt(port));
		await socketAt(port);
		const pid = pids().at(-1) ?? 0;
		process.kill(pid, 'SIGKILL');
		expect(await outcome).toMatchObject({ kind: 'crashed', phase: 'run', signal: 'SIGKILL' });
	});

	test('dies of a real fault in native code, says so, and the next plan works', async () => {
		// Wine writes the handle through the NULL pointer without a look.
		const outcome = await runner.run({
			backend: 'winsock',
			socket: { type: 'stream' },
			steps: [{ call: 'WSAIoctl', code: SIO_BASE_HANDLE, output: { size: null, declared: 8 } }],
			timeoutMs: 60_000,
		});
		expect(outcome).toMatchObject({ kind: 'crashed', phase: 'run', exitCode: 5, signal: null });
		if (outcome.kind !== 'crashed') throw new Error(outcome.kind);
		expect(outcome.stderr[0]).toMatch(/^wine: Unhandled page fault on write access to 0{16} /);
		const next = await runner.run({
			backend: 'winsock',
			socket: { type: 'stream' },
			steps: [{ call: 'WSAIoctl', code: SIO_BASE_HANDLE, output: { size: 8 } }],
		});
		expect(reportOf(next).steps[0]?.bytesReturned).toBe(8);
	});

	test('lacks koffi', async () => {
		const bare = makeRunner({
			script: path.join(folder, 'déjà vu & co', 'runner.cjs'),
			wine: { ok: true, home: { ...home, packages: '/no/such' } },
		});
		expect(await bare.probe('winsock')).toEqual({
			ok: false,
			reason: 'backend-missing',
			message: "koffi is not installed in Z:\\no\\such: Cannot find module 'koffi'",
		});
	});
});

/** Ten tries have to do: the machine may be busy with something else. */
const quickly = (milliseconds: number): boolean => milliseconds < 50;

/** Is there a process with this id that still does something? A dead child that nobody has reaped does not count. */
function alive(pid: number): boolean {
	if (process.platform !== 'linux') {
		try {
			process.kill(pid, 0);
			return true;
		} catch {
			return false;
		}
	}
	return existsSync(`/proc/${pid}/exe`) && existsSync(`/proc/${pid}/cwd/.`);
}
