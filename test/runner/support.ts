import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, describe, expect, vi } from 'vitest';
import type { Outcome } from '../../native/src/outcome.ts';
import type { PlanInput, RunReport, StepResult } from '../../native/src/plan.ts';
import { Runner, type RunnerOptions } from '../../native/src/runner.ts';
import { findWine, type WineHome, type WineLookup } from '../../native/src/wine.ts';

export const root = path.join(import.meta.dirname, '../..');

/** A folder of this test file's own, gone when the file is done. It is below the packages, so koffi is found from it. */
export function scratch(): string {
	const folder = path.join(root, 'test-output', 'runner', randomUUID());
	mkdirSync(folder, { recursive: true });
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** Bundle the runner as the product does, into a folder of the test's choice. */
export async function bundleRunner(folder: string): Promise<string> {
	const script = path.join(folder, 'runner.cjs');
	await build({
		absWorkingDir: root,
		entryPoints: ['native/src/main.ts'],
		outfile: script,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		mainFields: ['module', 'main'],
		external: ['koffi'],
		logLevel: 'error',
	});
	return script;
}

/** A runner whose processes end with the test file. */
export function makeRunner(options: RunnerOptions): Runner {
	const runner = new Runner(options);
	afterAll(() => runner.dispose());
	return runner;
}

export const wineFolder = path.join(root, '.tools/wine');
/** Libraries for Windows beside koffi, which is among the packages of Wine's folder. */
export const ffiFolder = path.join(root, '.tools/wine-ffi');

/**
 * Tests that need Wine. Where it is absent they are skipped, and say why; in CI, which installs it, that is a failure.
 */
export async function describeWithWine(name: string, tests: (home: WineHome) => void): Promise<void> {
	const lookup: WineLookup = await findWine({ folder: wineFolder });
	if (lookup.ok) {
		describe(`${name} (Wine ${lookup.home.version})`, () => tests(lookup.home));
		return;
	}
	// Other systems have their own legs, and install.mjs brings Wine to Linux only.
	if (process.env.CI === 'true' && process.platform === 'linux')
		throw new Error(`${name}: ${lookup.message} Run test/runner/install.mjs first.`);
	describe.skip(`${name} (skipped: ${lookup.message} Run test/runner/install.mjs to have these tests.)`, () => {
		tests({ wine: '', version: '', prefix: '', node: '', packages: '' });
	});
}

export function base64(...bytes: number[]): string {
	return Buffer.from(bytes).toString('base64');
}

export function text64(text: string): string {
	return Buffer.from(text, 'latin1').toString('base64');
}

/** Little-endian 32-bit numbers, one after the other. */
export function words(...values: number[]): string {
	const bytes = Buffer.alloc(values.length * 4);
	for (const [index, value] of values.entries()) bytes.writeInt32LE(value | 0, index * 4);
	return bytes.toString('base64');
}

export function bytesOf(data: string | null): Buffer {
	if (data === null) throw new Error('there are no bytes');
	return Buffer.from(data, 'base64');
}

/** The report of a run that must have worked. */
export function reportOf(outcome: Outcome): RunReport {
	if (outcome.kind !== 'done') throw new Error(`the run ended as ${JSON.stringify(outcome)}`);
	return outcome.report;
}

/** Run a plan with whatever numbers it has: the tests know what they do. */
export async function runSteps(runner: Runner, plan: PlanInput): Promise<StepResult[]> {
	return reportOf(await runner.run({ confirmed: true, ...plan })).steps;
}

/** Run a plan with a single step. */
export async function runStep(runner: Runner, plan: PlanInput): Promise<StepResult> {
	const [step] = await runSteps(runner, plan);
	if (!step) throw new Error('there is no result');
	return step;
}

/** The parts of a result that say how the call went. */
export function gist(step: StepResult | undefined) {
	if (!step) throw new Error('there is no such result');
	const { status, returned, error, errorName, bytesReturned } = step;
	return { status, returned, error, errorName, bytesReturned };
}

/** The machine's addresses of one family, by way of libuv. */
export function machineAddresses(family: 'IPv4' | 'IPv6') {
	return Object.entries(networkInterfaces()).flatMap(([name, list]) =>
		(list ?? []).filter((entry) => entry.family === family).map(({ address, netmask }) => ({ name, address, netmask })),
	);
}

/** A `sockaddr_in` as Linux and Windows lay it out. */
export function sockaddrIn(address: string, port = 0): string {
	const bytes = Buffer.alloc(16);
	bytes.writeUInt16LE(2);
	bytes.writeUInt16BE(port, 2);
	bytes.set(address.split('.').map(Number), 4);
	return bytes.toString('base64');
}

export const INTACT = { intact: true, before: 0, after: 0, first: null, last: null };

/** A port of the loopback interface that was free a moment ago. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as { port: number };
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** Wait until a connected socket with this port exists: what comes after connecting is then under way. */
export async function socketAt(port: number): Promise<void> {
	await vi.waitFor(async () => {
		const { stdout } = await promisify(execFile)('ss', ['-tnH', 'src', `127.0.0.1:${port}`]);
		expect(stdout).toMatch(/^ESTAB/);
	}, 60_000);
}
