/** Texts that tests expect word for word, one file each. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The expected text of a file; empty when there is none yet. */
export function expectedText(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

/**
 * Compares a text with the one that a file holds. UPDATE_EXPECTED=1 takes the text over instead, and fails all the same:
 * what was rewritten has to be read before anything passes. A CI machine refuses to rewrite.
 * @param left where a text that differs is put, to look at.
 */
export function matchesGolden(
	file: string,
	actual: string,
	left?: string,
	{ CI, UPDATE_EXPECTED }: Readonly<Record<string, string | undefined>> = process.env,
): void {
	const name = path.basename(file);
	const automatic = CI === 'true' || CI === '1';
	if (UPDATE_EXPECTED && automatic) assert.fail('UPDATE_EXPECTED is for people: it is refused where CI is set');
	const expected = expectedText(file);
	if (actual === expected) return;
	if (UPDATE_EXPECTED) {
		writeFileSync(file, actual);
		assert.fail(`${name} was rewritten: read the difference, and run again without UPDATE_EXPECTED`);
	}
	if (left !== undefined) writeFileSync(left, actual);
	assert.equal(actual, expected);
}
