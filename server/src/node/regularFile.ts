/** The one way in which files are read: they may be anything, put there by anybody. */
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import { unwatched } from './disk.ts';
import { digest, failed, keyOf, type Stamp, stampOf, watcher } from './sightings.ts';

/** What stands under a name that is not read. */
export class NotRegular extends Error {
	readonly code = 'ENOTREG';
}

/** A file that is longer than its reader takes. */
export class TooLarge extends Error {
	readonly code = 'E2BIG';
	readonly size: number;

	constructor(size: number) {
		super(`${size} bytes`);
		this.size = size;
	}
}

/** Windows has neither. A pipe without a writer must not be waited for, nor may a terminal become ours. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** Where the system shows itself as files: some of them have no end, some wait, and some act when they are read. */
const PSEUDO = ['/proc', '/sys', '/dev'];
let pseudo: ReadonlySet<number> | undefined;

/** Their devices, by which they are known however the name leads there. */
function pseudoDevices(): ReadonlySet<number> {
	if (pseudo) return pseudo;
	const deviceOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.dev;
	const root = deviceOf('/');
	const devices = process.platform === 'win32' ? [] : PSEUDO.map(deviceOf);
	pseudo = new Set(devices.filter((device): device is number => device !== undefined && device !== root));
	return pseudo;
}

/**
 * The bytes of a regular file. Nothing is waited for, and no more than the limit is ever held, whatever the file says
 * of its size.
 * @param limit in bytes.
 * @param into filled instead of a buffer of its own when the bytes have room in it.
 * @throws NotRegular, TooLarge, and what the system says.
 */
export function readRegularFile(path: string | Buffer, limit: number, into?: Buffer): Buffer {
	const sightings = watcher();
	if (!sightings) return readUntold(path, limit, into);
	// Nobody could be told where it is.
	if (typeof path !== 'string') {
		unwatched();
		return readUntold(path, limit, into);
	}
	const key = keyOf('bytes', path, limit);
	try {
		let stamp: Stamp | undefined;
		const bytes = readUntold(path, limit, into, (file) => {
			stamp = stampOf(fstatSync(file, { bigint: true }));
		});
		if (stamp) sightings.content(key, path, stamp, () => digest(bytes));
		return bytes;
	} catch (error) {
		sightings.answer(key, failed(error));
		throw error;
	}
}

/** The same without telling anybody. @param opened told the file before it is read. */
export function readUntold(
	path: string | Buffer,
	limit: number,
	into?: Buffer,
	opened?: (file: number) => void,
): Buffer {
	const file = openSync(path, FLAGS);
	try {
		opened?.(file);
		const info: Stats = fstatSync(file);
		if (!info.isFile() || pseudoDevices().has(info.dev)) throw new NotRegular('no regular file');
		return bytesOf(file, info.size, limit, into);
	} finally {
		closeSync(file);
	}
}

/** @param size what the file says of itself. */
function bytesOf(file: number, size: number, limit: number, into?: Buffer): Buffer {
	if (size > limit) throw new TooLarge(size);
	// One byte more than it says tells whether it grows while it is read.
	let bytes = into && into.length > size ? into : Buffer.allocUnsafeSlow(size + 1);
	let length = 0;
	for (;;) {
		const more = readSync(file, bytes, length, bytes.length - length, null);
		if (more === 0) return bytes.subarray(0, length);
		length += more;
		if (length > limit) throw new TooLarge(length);
		if (length === bytes.length) {
			const larger = Buffer.allocUnsafeSlow(Math.min(2 * length + 4096, limit + 1));
			bytes.copy(larger);
			bytes = larger;
		}
	}
}

/** Whatever the user may name holds less, in bytes. */
const LARGEST_NAMED = 256 * 1024 * 1024;

/**
 * The bytes of a file that the user has named, also of a pipe, which is waited for.
 * @throws NotRegular, TooLarge, and what the system says: `whyUnread` has words for them.
 */
export function readNamedFile(path: string): Buffer {
	const sightings = watcher();
	try {
		const { stats, bytes } = readAnyOf(path);
		const key = keyOf('bytes', path, bytes.length);
		if (stats.isFile()) sightings?.content(key, path, stampOf(stats), () => digest(bytes));
		else unwatched();
		return bytes;
	} catch (error) {
		sightings?.answer(keyOf('bytes', path), failed(error));
		throw error;
	}
}

function readAnyOf(path: string): { readonly stats: BigIntStats; readonly bytes: Buffer } {
	const file = openSync(path, constants.O_RDONLY | (constants.O_NOCTTY ?? 0));
	try {
		const stats = fstatSync(file, { bigint: true });
		const isFile = stats.isFile() && !pseudoDevices().has(Number(stats.dev));
		if (!isFile && !stats.isFIFO()) throw new NotRegular('no regular file');
		return { stats, bytes: bytesOf(file, Number(stats.size), LARGEST_NAMED) };
	} finally {
		closeSync(file);
	}
}

/** Why a named file has not been read, to stand behind its name. */
export function whyUnread(error: unknown): string {
	if (error instanceof NotRegular) return l10n.t('not a file');
	if (error instanceof TooLarge) return l10n.t('too large');
	const { code } = error as NodeJS.ErrnoException;
	return code === 'ENOENT' ? l10n.t('does not exist') : l10n.t('cannot be read: {0}', String(code ?? error));
}

/** The text of a regular file in UTF-8; undefined where there is none that can be read. */
export function regularText(path: string, limit: number): string | undefined {
	try {
		return readRegularFile(path, limit).toString('utf8');
	} catch {
		return undefined;
	}
}
