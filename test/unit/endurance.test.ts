/** A short day of an editor; `npm run endurance` lives a long one. */
import { expect, test } from 'vitest';
import { live } from '../endurance/day.ts';

test('no tree and no memory is left of what was opened, edited, asked and closed', async () => {
	const { held, left, ...done } = await live({ seed: 3, documents: 12, edits: 900, openings: 40, settled: 300 });
	expect(done).toEqual({ edits: 900, openings: 40, questions: 249, runs: 9 });
	const [before, after] = held;
	expect(after?.trees).toBe(before?.trees);
	expect((after?.bytes ?? 0) / (before?.bytes ?? 1)).toBeLessThan(1.1);
	expect(left).toEqual({ documents: 0, trees: 0 });
});
