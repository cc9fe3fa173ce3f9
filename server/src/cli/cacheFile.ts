/** The file of the cache: parts of which each is read, and known to be whole, without the others. */
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readUntold } from '../node/regularFile.ts';
import { digest } from '../node/sightings.ts';

/** Grows when the file gets another form. */
const FORMAT_VERSION = 2;

/** Larger ones are not read, in bytes. */
const LARGEST = 2 ** 30;

/** The file is there and is none of ours, or no longer. */
export class NoCache extends Error {
	override readonly name = 'NoCache';
}

/** The parts of a file, by their names. */
export interface Parts {
	readonly names: readonly string[];
	/** The text of a part; undefined where there is none. @throws NoCache where it is not as it was written. */
	text(name: string): string | undefined;
}

export const NO_PARTS: Parts = { names: [], text: () => undefined };

type Line = readonly [name: string, length: number, digest: string];

/** Reads the first line, and no more until it is asked for. @throws NoCache, and what the system says. */
export function readParts(path: string): Parts {
	const bytes = readUntold(path, LARGEST);
	const end = bytes.indexOf('\n');
	const { formatVersion, parts } = headOf(bytes.toString('utf8', 0, end < 0 ? bytes.length : end));
	// One of another version is no failure.
	if (typeof formatVersion === 'number' && formatVersion !== FORMAT_VERSION) return NO_PARTS;
	if (!Array.isArray(parts)) throw new NoCache();
	const places = new Map<string, { readonly start: number; readonly end: number; readonly digest: string }>();
	let start = end + 1;
	for (const [name, length, sum] of parts as readonly Line[]) {
		places.set(name, { start, end: start + length, digest: sum });
		start += length;
	}
	return {
		names: [...places.keys()],
		text(name) {
			const place = places.get(name);
			if (!place) return undefined;
			const part = bytes.subarray(place.start, place.end);
			if (digest(part) !== place.digest) throw new NoCache();
			return part.toString('utf8');
		},
	};
}

function headOf(line: string): { readonly formatVersion?: unknown; readonly parts?: unknown } {
	try {
		return JSON.parse(line) ?? {};
	} catch {
		throw new NoCache();
	}
}

/** Nobody else writes there. */
const freshName = (path: string): string => `${path}.${process.pid}.new`;

/** Writes all parts in one step. @throws what the system says. */
export function writeParts(path: string, parts: readonly (readonly [name: string, text: string])[]): void {
	const contents = parts.map(([name, text]) => [name, Buffer.from(text)] as const);
	const lines = contents.map(([name, bytes]): Line => [name, bytes.length, digest(bytes)]);
	const head = Buffer.from(`${JSON.stringify({ formatVersion: FORMAT_VERSION, parts: lines })}\n`);
	const fresh = freshName(path);
	try {
		writeFileSync(fresh, Buffer.concat([head, ...contents.map(([, bytes]) => bytes)]));
		renameSync(fresh, path);
	} catch (error) {
		rmSync(fresh, { force: true });
		throw error;
	}
}

/** The time by the clock of the disk that a cache is on, in nanoseconds; undefined where nothing can be written there. */
export function timeBeside(path: string): bigint | undefined {
	const fresh = freshName(path);
	try {
		writeFileSync(fresh, '');
		const { mtimeNs } = statSync(fresh, { bigint: true });
		rmSync(fresh);
		const ours = BigInt(Date.now()) * 1_000_000n;
		return mtimeNs < ours ? mtimeNs : ours;
	} catch {
		return undefined;
	}
}
