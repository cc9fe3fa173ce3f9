import path from 'node:path';
import { expectedText, matchesGolden } from '../../support/golden.ts';
import { hostDir, outDir } from './paths.mjs';

/** Texts that the tests expect word for word, one file each. */
export const expectedDir = path.join(hostDir, 'expected');

/**
 * Compares what `read` returns, once given the expected text of this name, with that text.
 * What differs is left in the output folder as `NAME.actual`; UPDATE_EXPECTED=1 takes it over, and fails.
 */
export async function matchesExpected(name, read) {
	const file = path.join(expectedDir, name);
	matchesGolden(file, await read(expectedText(file)), path.join(outDir, `${name}.actual`));
}
