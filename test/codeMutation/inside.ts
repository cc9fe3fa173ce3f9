/**
 * Runs the tests on code that holds all changes of a sample: each test file is read once, and each of its tests runs
 * again with all changes made that it comes to, and with fewer where it fails. Writes down what happens, line by line.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { test } from 'vitest';
import { type Case, collected, run, startFile } from './collector.ts';
import type { Attempt, Entry } from './journal.ts';

const journal = process.env.IOCTL_LENS_JOURNAL ?? '';
const beat = new Int32Array(new SharedArrayBuffer(4));
function write(entry: Entry): void {
	appendFileSync(journal, `${JSON.stringify(entry)}\n`);
	Atomics.add(beat, 0, 1);
}

/**
 * Ends the process once it has worked for so many microseconds without writing anything, or waited for so many
 * milliseconds for what never comes: a change has made it hang.
 */
const watchdog = `const { workerData: { beat, most, longest } } = require('node:worker_threads');
let [seen, at, since] = [0, 0, Date.now()];
setInterval(() => {
	const { user, system } = process.cpuUsage();
	if (Atomics.load(beat, 0) !== seen) [seen, at, since] = [Atomics.load(beat, 0), user + system, Date.now()];
	else if (user + system - at > most || Date.now() - since > longest) process.kill(process.pid, 'SIGKILL');
}, 500);`;
new Worker(watchdog, { eval: true, workerData: { beat, most: 20_000_000, longest: 60_000 } }).unref();

const before = readFileSync(journal, 'utf8')
	.split('\n')
	.flatMap((line): Entry[] => (line ? [JSON.parse(line)] : []));
const done = new Set(before.flatMap((entry) => (entry.kind === 'file' ? entry.file : [])));
const noticed = new Set(before.flatMap((entry) => (entry.kind === 'noticed' ? entry.change : [])));
const tested = new Set(before.flatMap((entry) => (entry.kind === 'test' ? `${entry.file} ${entry.test}` : [])));
const keyOf = ({ file, test, changes }: Attempt): string => `${file} ${test} ${changes}`;
const hung = new Set(before.flatMap((entry) => (entry.kind === 'hung' ? keyOf(entry) : [])));

/** A test that comes to changes more often than this does not come to an end. */
const MOST_VISITS = 5_000_000;

let [active, visited, visits] = [new Set<number>(), new Set<number>(), 0];
Object.assign(globalThis, {
	isChanged(change: number): boolean {
		if (++visits > MOST_VISITS && active.size > 0) throw new Error('hangs');
		visited.add(change);
		return active.has(change);
	},
});

async function passes(one: Case, changes: readonly number[]): Promise<boolean> {
	[active, visited, visits] = [new Set(changes), new Set(), 0];
	try {
		await run(one);
		return true;
	} catch {
		return false;
	} finally {
		active = new Set();
	}
}

/** Finds the changes that a test notices. False when it fails from then on, so that it cannot be believed. */
async function isSound(one: Case, attempt: Attempt): Promise<boolean> {
	const { file, changes } = attempt;
	const [change] = changes;
	if (change === undefined) return true;
	if (!hung.has(keyOf(attempt))) {
		write({ kind: 'try', ...attempt });
		if (await passes(one, changes)) {
			// What some of them keep the test from coming to is tried without them.
			const hidden = changes.filter((each) => !visited.has(each));
			return hidden.length === changes.length || isSound(one, { ...attempt, changes: hidden });
		}
		if (!(await passes(one, []))) return false;
	}
	if (changes.length === 1) {
		noticed.add(change);
		write({ kind: 'noticed', file, change });
		return true;
	}
	const half = changes.length >> 1;
	const isFirstSound = await isSound(one, { ...attempt, changes: changes.slice(0, half) });
	return isFirstSound && isSound(one, { ...attempt, changes: changes.slice(half) });
}

async function tryFile(file: string): Promise<void> {
	startFile();
	await import(resolve('test/unit', file));
	const { cases, beforeAll, afterAll } = collected;
	for (const hook of beforeAll) await hook();
	let unusable = 0;
	for (const [test, one] of cases.entries()) {
		if (tested.has(`${file} ${test}`)) continue;
		const isUsable = await passes(one, []);
		const changes = [...visited].filter((change) => !noticed.has(change));
		if (!isUsable || !(await isSound(one, { file, test, changes }))) unusable++;
		write({ kind: 'test', file, test });
	}
	for (const hook of afterAll) {
		try {
			await hook();
		} catch {
			// What a change has left behind may be beyond cleaning up.
		}
	}
	write({ kind: 'file', file, unusable });
}

test('changes', { timeout: 2 ** 31 - 1 }, async () => {
	for (const file of (process.env.IOCTL_LENS_TESTS ?? '').split(',')) if (!done.has(file)) await tryFile(file);
});
