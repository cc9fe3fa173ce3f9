import path from 'node:path';
import { matchesGolden } from '../../support/golden.ts';

/** The rule that speaks about `keepalive.c`. */
export const rule = 'sizeof-pointer';
/** The rule that speaks in its place when it is off: it sees the symptom of the same mistake. */
export const symptom = 'input-too-small';

/** Compares with the expected text of this name, a file of the folder `expected`; UPDATE_EXPECTED=1 rewrites it and fails. */
export function matchesExpected(name: string, actual: string): void {
	matchesGolden(path.join(process.env.HOST_EXPECTED ?? '', name), actual);
}
