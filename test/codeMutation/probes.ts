/** Set up before each test file: writes down which changes of the code it comes to, and how long it takes. */
import { appendFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';

/** What one test file did. */
export interface Visit {
	readonly file: string;
	/** Milliseconds. */
	readonly time: number;
	readonly changes: readonly number[];
}

const visits = process.env.IOCTL_LENS_VISITS;
if (visits) {
	const [changes, start] = [new Set<number>(), performance.now()];
	Object.assign(globalThis, { comesTo: (change: number) => changes.add(change) });
	afterAll(() => {
		const file = expect.getState().testPath ?? '';
		const visit: Visit = { file, time: performance.now() - start, changes: [...changes] };
		appendFileSync(visits, `${JSON.stringify(visit)}\n`);
	});
}
