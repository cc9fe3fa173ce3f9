/** How the time of a check grows with the text: what costs the square of the number doubles from row to row. */
import type { Checker } from '../../server/src/check/check.ts';
import { BlockCounter } from '../support/executed.ts';
import type { Shape } from '../support/shapes.ts';
import { shapes } from './texts.ts';

/**
 * Processor time of this thread for one check in milliseconds, the least of several: what other programs take away is no
 * cost of ours.
 */
async function cost(checker: Checker, name: string, text: string, rounds: number): Promise<number> {
	let least = Number.POSITIVE_INFINITY;
	for (let round = 0; round < rounds; round++) {
		const before = process.threadCpuUsage();
		await checker.check({ name, text });
		const { user, system } = process.threadCpuUsage(before);
		least = Math.min(least, (user + system) / 1000);
	}
	return least;
}

export interface Growth {
	readonly shape: string;
	/** Milliseconds of processor time, and the time for each call as a ratio to that of the fewest calls. */
	readonly steps: readonly { readonly calls: number; readonly time: number; readonly ratio: number }[];
}

/** Every shape of text with each number of calls, fewest first. */
export async function growth(checker: Checker, counts: readonly number[], rounds: number): Promise<Growth[]> {
	const results: Growth[] = [];
	for (const [shape, make] of Object.entries(shapes)) {
		const steps: { calls: number; time: number; ratio: number }[] = [];
		// What the largest needs is compiled before the smallest is measured.
		await cost(checker, 'bench.c', make(counts.at(-1) ?? 1), 1);
		for (const calls of counts) {
			const time = await cost(checker, 'bench.c', make(calls), rounds);
			const [first] = steps;
			steps.push({ calls, time, ratio: first ? time / calls / (first.time / first.calls) : 1 });
		}
		results.push({ shape, steps });
	}
	return results;
}

export interface ShapeGrowth {
	readonly shape: string;
	readonly number: number;
	/** Milliseconds for half the number, and for all of it. */
	readonly half: number;
	readonly whole: number;
	/** How many times as much of the product's code runs for all of them as for half. */
	readonly blocks: number;
	/** Milliseconds for 100,000 characters. */
	readonly rate: number;
}

/** What twice the text costs, for each shape that machines write. `times`: so many times its own number. */
export async function shapeGrowth(checker: Checker, given: readonly Shape[], times: number): Promise<ShapeGrowth[]> {
	const texts = given.map(({ name, file, size, text }) => {
		const number = Math.round(size * times);
		return { shape: `${file}: ${name}`, file, number, half: text(Math.round(number / 2)), whole: text(number) };
	});
	const timed: Omit<ShapeGrowth, 'blocks'>[] = [];
	for (const { shape, number, file, half, whole } of texts) {
		const time = { half: await cost(checker, file, half, 2), whole: await cost(checker, file, whole, 2) };
		timed.push({ shape, number, ...time, rate: (time.whole / whole.length) * 100_000 });
	}
	// What counts slows the code down, and so it counts behind all that is timed.
	await using counter = await BlockCounter.start();
	const results: ShapeGrowth[] = [];
	for (const [at, { file, half, whole }] of texts.entries()) {
		const fewer = await counter.during(() => checker.check({ name: file, text: half }));
		const blocks = (await counter.during(() => checker.check({ name: file, text: whole }))) / fewer;
		results.push({ ...(timed[at] as Omit<ShapeGrowth, 'blocks'>), blocks });
	}
	return results;
}
