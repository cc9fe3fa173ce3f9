/** A run that keeps what it comes to, for the next one. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { keptOf } from '../node/seenAgain.ts';
import { digest, keyOf, Sightings, stampOf, watch } from '../node/sightings.ts';
import { visible } from '../report/visible.ts';
import type { Settings } from '../settings.ts';
import { ResultCache } from './cache.ts';
import { timeBeside } from './cacheFile.ts';
import { fail, type Run } from './exit.ts';
import type { CheckFlags } from './options.ts';
import { CACHE_NAME, runName } from './replay.ts';
import { sha256 } from './trace.ts';

/** Opens the cache, once it is known which settings hold for which file. */
export type Opening = (settings: (path: string) => Settings) => ResultCache | undefined;

/** Does the work of a run, and keeps what it comes to where `--cache` asks for that. */
export async function remembered(
	run: Run,
	{ cache: named }: CheckFlags,
	work: (run: Run, open: Opening) => Promise<void>,
): Promise<void> {
	if (named === undefined) return work(run, () => undefined);
	const path = resolve(run.at.folder, named === true ? CACHE_NAME : named);
	// What cannot be written has no time, and nothing in it is settled.
	const sightings = new Sightings(timeBeside(path) ?? 0n, basename(path));
	let cache: ResultCache | undefined;
	const open: Opening = (settings) => {
		const tell = (message: string): void => void fail(run, visible(message));
		cache = new ResultCache(path, programDigest(), settings, sightings, tell);
		return cache;
	};
	const { heard, listening } = listener(run);
	watch(sightings);
	let isDone = false;
	try {
		await work(listening, open);
		isDone = true;
		seeProgram(sightings);
	} finally {
		watch(undefined);
		run.status = listening.status;
		const seen = isDone ? keptOf(sightings) : undefined;
		cache?.save(seen && [runName(run.args, run.at), { seen, status: run.status, ...heard }]);
	}
}

interface Heard {
	out: string;
	err: string;
	readonly files: (readonly [path: string, text: string])[];
}

/** The same run, of which it is known what it says. */
function listener(run: Run): { readonly heard: Heard; readonly listening: Run } {
	const { at } = run;
	const heard: Heard = { out: '', err: '', files: [] };
	const out = (text: string): void => {
		heard.out += text;
		at.out(text);
	};
	const err = (text: string): void => {
		// Progress is written over, and nobody's result.
		if (!text.startsWith('\r')) heard.err += text;
		at.err(text);
	};
	const onWritten = (path: string, text: string): void => void heard.files.push([path, text]);
	return { heard, listening: { ...run, at: { ...at, out, err }, onWritten } };
}

/** The files that the program consists of: bundles and what lies beside them, or sources. */
function programFiles(): string[] {
	const here = import.meta.dirname;
	const isBundled = import.meta.filename.endsWith('.cjs');
	const root = join(here, '../../..');
	const folders = isBundled ? [here, join(here, 'grammars')] : [join(root, 'server/src'), join(root, 'grammars')];
	return folders.flatMap((folder) =>
		(readdirSync(folder, { recursive: !isBundled }) as string[])
			.filter((name) => /\.(?:cjs|ts|wasm)$/.test(name))
			.sort()
			.map((name) => join(folder, name)),
	);
}

let known: string | undefined;

/** A build says more than its version. */
function programDigest(): string {
	known ??= sha256(
		programFiles()
			.map((file) => sha256(readFileSync(file)))
			.join(),
	);
	return known;
}

/** The result is that of this program. */
function seeProgram(sightings: Sightings): void {
	for (const file of programFiles()) {
		const stats = statSync(file, { bigint: true });
		const key = keyOf('bytes', file, Number(stats.size));
		sightings.content(key, file, stampOf(stats), () => digest(readFileSync(file)));
	}
}
