/**
 * What the runner costs over a bare script that loads koffi and makes the same call: from spawn to the first result,
 * and for each call after that. Natively, and through Wine where it is set up. Both sides are measured in turn.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runnerEnvironment, wineEnvironment } from '../../native/src/environment.ts';
import type { BackendName, StepInput } from '../../native/src/plan.ts';
import { Runner } from '../../native/src/runner.ts';
import { findWine, type WineLookup, winePath } from '../../native/src/wine.ts';
import { median, missing, ms, type Row, times } from './measure.ts';

const root = path.join(import.meta.dirname, '../..');

const CALLS = 2000;
const ROUND_TRIPS = 200;

/** The least that a program must do for one FIONREAD: load koffi, make a socket, call, print. Then many calls more. */
const bare = `
const koffi = require(process.argv[2]);
const { writeSync } = require('node:fs');
const windows = process.platform === 'win32';
const library = koffi.load(windows ? 'ws2_32.dll' : process.platform === 'darwin' ? 'libSystem.B.dylib' : 'libc.so.6');
const out = Buffer.alloc(4), count = Buffer.alloc(4);
let call;
if (windows) {
	const socket = library.func('__stdcall', 'WSASocketW', 'uint64_t', ['int', 'int', 'int', 'void *', 'uint32_t', 'uint32_t'])(2, 2, 17, null, 0, 1);
	const ioctl = library.func('__stdcall', 'WSAIoctl', 'int', ['uint64_t', 'uint32_t', 'void *', 'uint32_t', 'void *', 'uint32_t', 'void *', 'void *', 'void *']);
	call = () => ioctl(socket, 0x4004667f, null, 0, out, 4, count, null, null);
} else {
	const socket = library.func('int socket(int, int, int)')(2, 2, 17);
	const ioctl = library.func('int ioctl(int, unsigned long, ...)');
	const request = process.platform === 'darwin' ? 0x4004667f : 0x541b;
	call = () => ioctl(socket, request, 'void *', out);
}
if (call() !== 0) process.exit(1);
writeSync(1, 'first\\n');
const start = process.hrtime.bigint();
for (let i = 0; i < ${CALLS}; i++) call();
writeSync(1, String(Number(process.hrtime.bigint() - start) / ${CALLS}) + '\\n');
process.exit(0);
`;

const us = (nanoseconds: number) => `${(nanoseconds / 1000).toFixed(1)} µs`;

interface Figures {
	/** Milliseconds from spawn to the first result. */
	readonly first: number;
	/** Nanoseconds of one call. */
	readonly call: number;
}

/** Milliseconds to the first line, and nanoseconds for each of the calls after it. */
async function runBare(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Figures> {
	const start = performance.now();
	// Under Wine Node cannot write to a pipe as its standard error, and looks at it when koffi is loaded.
	const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
	let first = 0;
	let text = '';
	child.stdout.setEncoding('utf8').on('data', (part: string) => {
		first ||= performance.now() - start;
		text += part;
	});
	const [code] = await once(child, 'close');
	if (code !== 0) throw new Error(`the bare script ended with ${code}`);
	return { first, call: Number(text.split('\n')[1]) };
}

/** `trip`: milliseconds of a whole plan with a runner that is up. */
async function runProduct(
	script: string,
	backend: BackendName,
	step: StepInput,
	wine?: WineLookup,
): Promise<Figures & { readonly trip: number }> {
	const runner = new Runner({ script, ...(wine && { wine }) });
	const report = async (count: number) => {
		const outcome = await runner.run({
			backend,
			socket: { type: 'datagram', protocol: 17 },
			steps: Array.from({ length: count }, () => step),
		});
		if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
		return outcome.report;
	};
	const start = performance.now();
	await report(1);
	const first = performance.now() - start;
	const calls: number[] = [];
	const trips: number[] = [];
	for (let trip = 0; trip < ROUND_TRIPS; trip++) {
		const begin = performance.now();
		const { steps } = await report(1);
		trips.push(performance.now() - begin);
		calls.push(...steps.map((result) => result.nanoseconds));
	}
	const many = await report(16);
	calls.push(...many.steps.map((result) => result.nanoseconds));
	await runner.dispose();
	return { first, trip: median(trips), call: median(calls) };
}

async function compare(
	title: string,
	rounds: number,
	measureBare: () => Promise<Figures>,
	measureProduct: () => Promise<Figures & { readonly trip: number }>,
): Promise<Row[]> {
	// Once unmeasured: files into the cache, and Wine's services up.
	await measureBare();
	await measureProduct();
	const bareRuns: Figures[] = [];
	const runs: (Figures & { readonly trip: number })[] = [];
	for (let round = 0; round < rounds; round++) {
		bareRuns.push(await measureBare());
		runs.push(await measureProduct());
	}
	const bareFirst = median(bareRuns.map((run) => run.first));
	const bareCall = median(bareRuns.map((run) => run.call));
	const first = median(runs.map((run) => run.first));
	const call = median(runs.map((run) => run.call));
	const trip = median(runs.map((run) => run.trip));
	return [
		{
			work: `live run, ${title}: spawn to first result`,
			measured: `bare script ${ms(bareFirst)}, runner ${ms(first)}: ${times(first / bareFirst)}`,
		},
		{
			work: '  the call itself',
			measured: `bare script ${us(bareCall)}, runner ${us(call)}: ${times(call / bareCall)}`,
		},
		{
			work: '  a whole plan, the runner being up',
			measured: `bare spawn ${ms(bareFirst)}, runner ${ms(trip)}: ${times(trip / bareFirst)}`,
		},
	];
}

/** FIONREAD through libc and through Winsock, as far as this machine has them. `script`: the built runner. */
export async function benchRunner(script: string): Promise<Row[]> {
	const rows: Row[] = [];
	const folder = mkdtempSync(path.join(tmpdir(), 'ioctl-lens-bench-'));
	const bareScript = path.join(folder, 'bare.cjs');
	writeFileSync(bareScript, bare);
	try {
		if (process.platform !== 'win32') {
			const request = process.platform === 'darwin' ? 0x4004667f : 0x541b;
			const step: StepInput = { call: 'ioctl', request, argument: { bytes: 'AAAAAA==' } };
			const args = [bareScript, path.join(root, 'node_modules/koffi')];
			const env = runnerEnvironment(process.env, process.platform, false);
			rows.push(
				...(await compare(
					`posix on ${process.platform}`,
					7,
					() => runBare(process.execPath, args, env),
					() => runProduct(script, 'posix', step),
				)),
			);
		}
		const step: StepInput = { call: 'WSAIoctl', code: 0x4004667f, output: { size: 4 } };
		const wine = process.platform === 'win32' ? undefined : await findWine({ folder: path.join(root, '.tools/wine') });
		if (wine && !wine.ok) return [...rows, missing('live run, winsock', wine.message)];
		const command = wine ? wine.home.wine : process.execPath;
		const args = wine
			? [wine.home.node, winePath(bareScript), winePath(path.join(wine.home.packages, 'node_modules/koffi'))]
			: [bareScript, path.join(root, 'node_modules/koffi')];
		const env = wine
			? wineEnvironment(process.env, wine.home.prefix)
			: runnerEnvironment(process.env, process.platform, false);
		rows.push(
			...(await compare(
				`winsock on ${wine ? `Wine ${wine.home.version}` : 'Windows'}`,
				5,
				() => runBare(command, args, env),
				() => runProduct(script, 'winsock', step, wine),
			)),
		);
		return rows;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
