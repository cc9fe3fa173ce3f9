import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The rule that speaks about `keepalive.c`. */
export const rule = 'sizeof-pointer';
/** The rule that speaks in its place when it is off: it sees the symptom of the same mistake. */
export const symptom = 'input-too-small';

/** Compares with the expected text of this name, a file of the folder `expected`; UPDATE_EXPECTED=1 rewrites it. */
export function matchesExpected(name: string, actual: string): void {
	const file = path.join(process.env.HOST_EXPECTED ?? '', name);
	if (process.env.UPDATE_EXPECTED) writeFileSync(file, actual);
	assert.equal(actual, readFileSync(file, 'utf8'));
}
