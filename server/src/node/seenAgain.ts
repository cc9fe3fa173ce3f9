/** Whether the disk shows what an earlier run has seen, and the form in which that is kept. */
import { type Dirent, readdirSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { LOOKS } from './disk.ts';
import { readRegularFile } from './regularFile.ts';
import {
	digest,
	failed,
	fromKey,
	isSettled,
	NAMES,
	type Names,
	namesAnswer,
	type SeenFolder,
	type Sightings,
	type Stamp,
	stampAt,
} from './sightings.ts';

type Answer = readonly [key: string, answer: string];

/** What was seen, as it is kept. */
export interface Kept {
	/** By folder, the names of files that are known by their stamps. */
	readonly files: readonly (readonly [folder: string, ...names: string[]])[];
	/** Of all their stamps. */
	readonly stamps: string;
	/** A stamp is empty where it does not say enough; then what was looked for, and what stands for the names. */
	readonly folders: readonly (readonly [path: string, stamp: string, ...wantedAndAnswers: string[]])[];
	readonly answers: readonly Answer[];
}

/** What was seen, to be kept; undefined where not all of it can be. */
export function keptOf(sightings: Sightings): Kept | undefined {
	if (!sightings.isWhole) return undefined;
	const folders = [...sightings.folders].map(([path, { stamp, answers }]: readonly [string, SeenFolder]) => {
		return [path, stamp?.join(' ') ?? '', ...[...answers].flat()] as const;
	});
	return { ...filesOf([...sightings.stamps]), folders, answers: sightings.needed };
}

function filesOf(stamped: readonly (readonly [string, Stamp])[]): Pick<Kept, 'files' | 'stamps'> {
	const folders = new Map<string, { readonly names: [string, ...string[]]; readonly stamps: Stamp[] }>();
	for (const [path, stamp] of stamped) {
		const folder = dirname(path);
		const { names, stamps } = folders.get(folder) ?? { names: [folder], stamps: [] };
		folders.set(folder, { names, stamps });
		names.push(basename(path));
		stamps.push(stamp);
	}
	const all = [...folders.values()];
	return { files: all.map(({ names }) => names), stamps: digestOf(all.flatMap(({ stamps }) => stamps)) };
}

const digestOf = (stamps: readonly Stamp[]): string => digestOfAll(BigUint64Array.from(stamps.flat()));

const digestOfAll = (stamps: BigUint64Array<ArrayBuffer>): string => digest(new Uint8Array(stamps.buffer));

/** No file that is read is larger, whatever is kept of it, in bytes. */
const LARGEST = 2 ** 30;

/** So many looks again at content cost more than writing down that it is known by stamps now. */
const MANY = 16;

/**
 * Looks again. @returns undefined where anything is not as it was. `renewed`: the same in a form that is sooner looked
 * through, where that is worth writing.
 * @param own name of the file that it is kept in.
 * @param now tells the time of the disk, and is asked before anything is looked at.
 */
export function seenAgain(
	kept: Kept,
	own: string,
	now: () => bigint | undefined,
): { readonly renewed?: Kept } | undefined {
	const unsettled = [...kept.folders.filter(([, stamp]) => stamp === ''), ...kept.answers.filter(isOfBytes)].length;
	const since = unsettled > MANY ? now() : undefined;
	const files = filesAgain(kept);
	const folders = files && foldersAgain(kept.folders, own, since);
	const answers = folders && answersAgain(kept.answers, since);
	if (!answers) return undefined;
	const { settled, left } = answers;
	const still = [...folders.filter(([, stamp]) => stamp === ''), ...left.filter(isOfBytes)].length;
	if (unsettled - still <= MANY) return {};
	return { renewed: { ...filesOf([...stampedFiles(kept, files), ...settled]), folders, answers: left } };
}

const isOfBytes = ([key]: Answer): boolean => key.startsWith('bytes ');

/** Numbers of a stamp. */
const WIDTH = 4;

/** The stamps of all files, one behind the other. This is most of the work, and there are many. */
function filesAgain({ files, stamps }: Kept): BigUint64Array<ArrayBuffer> | undefined {
	const all = new BigUint64Array(WIDTH * files.reduce((sum, [, ...names]) => sum + names.length, 0));
	let at = 0;
	for (const [folder, ...names] of files) {
		const above = folder.endsWith(sep) ? folder : folder + sep;
		for (const name of names) {
			const stamp = stampAt(above + name);
			if (!stamp) return undefined;
			all.set(stamp, at);
			at += WIDTH;
		}
	}
	return digestOfAll(all) === stamps ? all : undefined;
}

/** The same by their paths. */
function stampedFiles({ files }: Kept, stamps: BigUint64Array): (readonly [string, Stamp])[] {
	const paths = files.flatMap(([folder, ...names]) => names.map((name) => join(folder, name)));
	return paths.map((path, number) => {
		const [size = 0n, modified = 0n, changed = 0n, inode = 0n] = stamps.subarray(WIDTH * number);
		return [path, [size, modified, changed, inode]];
	});
}

function foldersAgain(folders: Kept['folders'], own: string, since: bigint | undefined): Kept['folders'] | undefined {
	const known: Kept['folders'][number][] = [];
	for (const folder of folders) {
		const [path, before, ...wanted] = folder;
		const stamp = stampAt(path);
		if (before !== '' && stamp?.join(' ') === before) known.push(folder);
		else {
			const entries = entriesAgain(path);
			for (let at = 0; at < wanted.length; at += 2) {
				const names = wanted[at] ?? '';
				if (!isNames(names)) return undefined;
				const answer = typeof entries === 'string' ? entries : namesAnswer(entries, names, own);
				if (answer !== wanted[at + 1]) return undefined;
			}
			const settled = stamp && since !== undefined && isSettled(stamp, since) ? stamp.join(' ') : '';
			known.push([path, settled, ...wanted]);
		}
	}
	return known;
}

const isNames = (text: string): text is Names => Object.hasOwn(NAMES, text);

function entriesAgain(path: string): readonly Dirent[] | string {
	try {
		return readdirSync(path, { withFileTypes: true });
	} catch (error) {
		return failed(error);
	}
}

/** The answers that are left, and the files that stamps are enough for from now on. */
function answersAgain(
	answers: readonly Answer[],
	since: bigint | undefined,
): { readonly settled: readonly (readonly [string, Stamp])[]; readonly left: readonly Answer[] } | undefined {
	const settled: (readonly [string, Stamp])[] = [];
	const left: Answer[] = [];
	for (const answer of answers) {
		const [key, before] = answer;
		const { path } = fromKey(key);
		const stamp = since !== undefined && isOfBytes(answer) ? stampAt(path) : undefined;
		if (answerTo(key) !== before) return undefined;
		if (stamp && since !== undefined && isSettled(stamp, since) && !before.startsWith('!')) settled.push([path, stamp]);
		else left.push(answer);
	}
	return { settled, left };
}

function answerTo(key: string): string {
	const { look, limit, path } = fromKey(key);
	try {
		return look === 'bytes' ? digest(readRegularFile(path, Math.min(limit, LARGEST))) : LOOKS[look](path);
	} catch (error) {
		return failed(error);
	}
}
