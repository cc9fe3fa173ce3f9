import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hostDir, outDir } from './paths.mjs';

/** Texts that the tests expect word for word, one file each. */
export const expectedDir = path.join(hostDir, 'expected');

/**
 * Compares what `read` returns, once given the expected text of this name, with that text.
 * What differs is left in the output folder as `NAME.actual`; UPDATE_EXPECTED=1 takes it over instead.
 */
export async function matchesExpected(name, read) {
	const expected = await readFile(path.join(expectedDir, name), 'utf8').catch(() => '');
	const actual = await read(expected);
	if (actual === expected) return;
	if (process.env.UPDATE_EXPECTED) {
		await writeFile(path.join(expectedDir, name), actual);
		return;
	}
	await writeFile(path.join(outDir, `${name}.actual`), actual);
	assert.equal(actual, expected);
}
