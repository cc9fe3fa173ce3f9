/** Several runs at once: the one that runs is shown and cancelled, and no other. */
import { expect, test } from 'vitest';
import { RunsUnderWay, type UnderWay } from '../../client/src/run/underWay.ts';
import { Random } from '../fuzz/random.ts';

function shown() {
	const seen: string[] = [];
	const runs = new RunsUnderWay(({ code }, waiting) => seen.push(`${code} ${waiting}`));
	return { runs, seen };
}

test('the one that runs is named, however many begin behind it', () => {
	const { runs, seen } = shown();
	const hanging = runs.begin('SIO_ADDRESS_LIST_CHANGE');
	const waiting = runs.begin('SIO_GET_INTERFACE_LIST');
	runs.cancel();
	expect([hanging.abort.signal.aborted, waiting.abort.signal.aborted]).toEqual([true, false]);
	runs.end(hanging);
	runs.end(hanging);
	runs.cancelAll();
	expect(waiting.abort.signal.aborted).toBe(true);
	runs.end(waiting);
	expect(runs.size).toBe(0);
	expect(seen).toEqual(['SIO_ADDRESS_LIST_CHANGE 0', 'SIO_ADDRESS_LIST_CHANGE 1', 'SIO_GET_INTERFACE_LIST 0']);
});

test('thousands of rounds in any order cancel nothing but the first', () => {
	const random = new Random(11);
	const { runs, seen } = shown();
	const expected: UnderWay[] = [];
	const cancelled = new Set<UnderWay>();
	for (let round = 0; round < 5000; round++) {
		const [first] = expected;
		switch (random.below(3)) {
			case 0:
				// Hardly anybody has more at once.
				if (expected.length < 4) expected.push(runs.begin(`code ${round}`));
				break;
			case 1: {
				const [gone] = expected.length > 0 ? expected.splice(random.below(expected.length), 1) : [];
				if (gone) runs.end(gone);
				break;
			}
			default:
				runs.cancel();
				if (first) cancelled.add(first);
		}
		for (const run of expected) expect(run.abort.signal.aborted).toBe(cancelled.has(run));
		expect(runs.size).toBe(expected.length);
		const [now] = expected;
		if (now) expect(seen.at(-1)).toBe(`${now.code} ${expected.length - 1}`);
	}
	expect(cancelled.size).toBeGreaterThan(300);
});
