/** How the time of a check grows with the text: what costs the square of the number doubles from row to row. */
import type { Checker } from '../../server/src/check/check.ts';
import { shapes } from './texts.ts';

/** Milliseconds for one text, the best of some rounds after one that is not counted. */
async function best(checker: Checker, text: string, rounds: number): Promise<number> {
	let least = Number.POSITIVE_INFINITY;
	for (let round = 0; round <= rounds; round++) {
		const start = performance.now();
		await checker.check({ name: 'bench.c', text });
		if (round > 0) least = Math.min(least, performance.now() - start);
	}
	return least;
}

export interface Growth {
	readonly shape: string;
	/** Milliseconds, and the time for each call as a ratio to that of the fewest calls. */
	readonly steps: readonly { readonly calls: number; readonly time: number; readonly ratio: number }[];
}

/** Every shape of text with each number of calls, fewest first. */
export async function growth(checker: Checker, counts: readonly number[], rounds: number): Promise<Growth[]> {
	const results: Growth[] = [];
	for (const [shape, make] of Object.entries(shapes)) {
		const steps: { calls: number; time: number; ratio: number }[] = [];
		// What the largest needs is compiled before the smallest is measured.
		await best(checker, make(counts.at(-1) ?? 1), 1);
		for (const calls of counts) {
			const time = await best(checker, make(calls), rounds);
			const [first] = steps;
			steps.push({ calls, time, ratio: first ? time / calls / (first.time / first.calls) : 1 });
		}
		results.push({ shape, steps });
	}
	return results;
}
