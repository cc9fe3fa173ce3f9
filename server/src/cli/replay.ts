/**
 * The result of a run that is told again: the same program was asked for the same in the same way, and would see the
 * same. Nothing is loaded for it that checks anything.
 */
import { writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Kept, seenAgain } from '../node/seenAgain.ts';
import { digest } from '../node/sightings.ts';
import { type Parts, readParts, timeBeside, writeParts } from './cacheFile.ts';
import type { Surroundings } from './surroundings.ts';

/** Where it is kept unless something else is said. */
export const CACHE_NAME = '.ioctl-lens.cache';

/** What a run has come to, and what it was made of. */
export interface KeptRun {
	readonly seen: Kept;
	readonly status: number;
	readonly out: string;
	readonly err: string;
	/** Texts that were written to files that the user has named, by absolute path. */
	readonly files: readonly (readonly [path: string, text: string])[];
}

/** Runs are kept by names that begin so. */
const RUN = 'run ';

/** So many runs are kept. */
const MOST_RUNS = 4;

/** What a run is kept by: all that it depends on and that is not on the disk. */
export function runName(args: readonly string[], { folder, terminal, environment }: Surroundings): string {
	const { NO_COLOR, FORCE_COLOR, TERM } = environment;
	const { version, platform, arch } = process;
	const program = [version, platform, arch, process.getuid?.() ?? null, import.meta.dirname];
	const seen = [folder, terminal, NO_COLOR ?? null, FORCE_COLOR ?? null, TERM ?? null];
	return RUN + digest(JSON.stringify([...program, ...seen, ...args]));
}

/** The runs of a file that are still kept when another comes: the newest first. */
export function otherRuns(parts: Parts, name: string): (readonly [name: string, text: string])[] {
	const names = parts.names.filter((each) => each.startsWith(RUN) && each !== name).slice(0, MOST_RUNS - 1);
	return names.map((each) => [each, parts.text(each) ?? '']);
}

/**
 * Tells the result of an earlier run, and gives its exit status; undefined where there is none that would be the same.
 * Whatever is wrong with the cache is told by whoever does the work then.
 */
export function replayed(args: readonly string[], at: Surroundings): number | undefined {
	const cache = cacheIn(args);
	if (cache === undefined) return undefined;
	const path = resolve(at.folder, cache);
	try {
		const name = runName(args, at);
		const parts = readParts(path);
		const text = parts.text(name);
		if (text === undefined) return undefined;
		const run: KeptRun = JSON.parse(text);
		if (!isHarmless(run, args, at.folder)) return undefined;
		const again = seenAgain(run.seen, basename(path), () => timeBeside(path));
		if (!again) return undefined;
		for (const [file, content] of run.files) writeFileSync(file, content);
		if (again.renewed) renew(path, parts, name, { ...run, seen: again.renewed });
		at.err(run.err);
		at.out(run.out);
		return run.status;
	} catch {
		return undefined;
	}
}

function renew(path: string, parts: Parts, name: string, run: KeptRun): void {
	try {
		const others = parts.names.filter((each) => each !== name);
		writeParts(path, [[name, JSON.stringify(run)], ...others.map((each) => [each, parts.text(each) ?? ''] as const)]);
	} catch {
		// The next time is as slow as this one.
	}
}

/**
 * The file that `--cache` names, roughly: where this guesses wrong, no run is kept by the name of this one.
 */
function cacheIn(args: readonly string[]): string | undefined {
	const at = args.findIndex((arg) => arg === '--cache' || arg.startsWith('--cache='));
	const arg = args[at];
	if (arg === undefined) return undefined;
	if (arg !== '--cache') return arg.slice('--cache='.length);
	const next = args[at + 1];
	return next === undefined || next.startsWith('-') ? CACHE_NAME : next;
}

/** What no report writes: control characters other than line ends, tabs and colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const ODD = /(?!\x1b\[[\d;]{0,20}m)[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

/** A cache may come from anybody, as the tree that it is in: it may neither write nor reach further than the run itself. */
function isHarmless({ seen, out, err, files }: KeptRun, args: readonly string[], folder: string): boolean {
	const named = new Set(args.flatMap((arg) => [arg, arg.replace(/^--output=/, '')]).map((arg) => resolve(folder, arg)));
	const isFar = (path: string): boolean => /^[\\/]{2}/.test(path) && !/^[\\/]{2}/.test(folder);
	const places = [
		...seen.files.map(([place]) => place),
		...seen.folders.map(([place]) => place),
		...seen.answers.map(([key]) => key.replace(/^\w+ \d+ /, '')),
	];
	return !ODD.test(out + err) && files.every(([path]) => named.has(path)) && !places.some(isFar);
}
