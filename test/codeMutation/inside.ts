/**
 * Runs the tests on code that holds all changes of a sample, one change at a time: each test file is read once, and of
 * its tests those run again that come to the change. Writes down what happens, line by line.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { test } from 'vitest';
import { type Case, collected, run, startFile } from './collector.ts';
import type { Entry } from './journal.ts';

const journal = process.env.IOCTL_LENS_JOURNAL ?? '';
const beat = new Int32Array(new SharedArrayBuffer(4));
function write(entry: Entry): void {
	appendFileSync(journal, `${JSON.stringify(entry)}\n`);
	Atomics.add(beat, 0, 1);
}

/** Ends the process once it has worked for so many microseconds without writing anything: a change has made it hang. */
const watchdog = `const { workerData: { beat, most } } = require('node:worker_threads');
let [seen, at] = [0, 0];
setInterval(() => {
	const { user, system } = process.cpuUsage();
	if (Atomics.load(beat, 0) !== seen) [seen, at] = [Atomics.load(beat, 0), user + system];
	else if (user + system - at > most) process.kill(process.pid, 'SIGKILL');
}, 500);`;
new Worker(watchdog, { eval: true, workerData: { beat, most: 20_000_000 } }).unref();

const before = readFileSync(journal, 'utf8')
	.split('\n')
	.flatMap((line): Entry[] => (line ? [JSON.parse(line)] : []));
const done = new Set(before.flatMap((entry) => (entry.kind === 'file' ? entry.file : [])));
const noticed = new Set(before.flatMap((entry) => (entry.kind === 'noticed' ? entry.change : [])));
const tried = new Set(before.flatMap((entry) => (entry.kind === 'try' ? `${entry.file} ${entry.change}` : [])));

let [active, visited] = [-1, new Set<number>()];
Object.assign(globalThis, {
	isChanged(change: number): boolean {
		visited.add(change);
		return change === active;
	},
});

async function passes(one: Case, change: number): Promise<boolean> {
	[active, visited] = [change, new Set()];
	try {
		await run(one);
		return true;
	} catch {
		return false;
	} finally {
		active = -1;
	}
}

/** Tries the tests that come to a change. False when one fails from then on, so that no other can be believed. */
async function isSound(file: string, change: number, cases: readonly Case[]): Promise<boolean> {
	write({ kind: 'try', file, change, tests: cases.length });
	for (const one of cases) {
		if (await passes(one, change)) continue;
		if (!(await passes(one, -1))) return false;
		noticed.add(change);
		write({ kind: 'noticed', file, change });
		return true;
	}
	return true;
}

async function tryFile(file: string): Promise<void> {
	startFile();
	await import(resolve('test/unit', file));
	const { cases, beforeAll, afterAll } = collected;
	for (const hook of beforeAll) await hook();
	const byChange = new Map<number, Case[]>();
	let unusable = 0;
	for (const one of cases) {
		if (!(await passes(one, -1))) unusable++;
		else for (const change of visited) byChange.set(change, [...(byChange.get(change) ?? []), one]);
		write({ kind: 'test', file });
	}
	for (const [change, able] of byChange) {
		if (noticed.has(change) || tried.has(`${file} ${change}`)) continue;
		if (!(await isSound(file, change, able))) break;
	}
	for (const hook of afterAll) await hook();
	write({ kind: 'file', file, unusable });
}

test('changes', { timeout: 2 ** 31 - 1 }, async () => {
	for (const file of (process.env.IOCTL_LENS_TESTS ?? '').split(',')) if (!done.has(file)) await tryFile(file);
});
