/** What a piece of work costs, told by comparison: a clock would tell of the machine. */

/** Processor time of this thread so far, in microseconds: what other threads and processes do does not count. */
const used = (): number => {
	const { user, system } = process.threadCpuUsage();
	return user + system;
};

/** Work that takes less is done several times in one measurement, in microseconds. */
const MEASURABLE = 4000;

function cost(work: () => unknown): number {
	const start = used();
	let times = 0;
	let spent = 0;
	do {
		work();
		times++;
		spent = used() - start;
	} while (spent < MEASURABLE);
	return spent / times;
}

/**
 * How many times as much a piece of work costs with one text as with another of about the same length; the best of
 * some rounds each, so that a pause for garbage does not count.
 */
export function costRatio(work: (text: string) => unknown, hostile: string, harmless: string): number {
	let [bad, good] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
	for (let round = 0; round < 3; round++) {
		good = Math.min(
			good,
			cost(() => work(harmless)),
		);
		bad = Math.min(
			bad,
			cost(() => work(hostile)),
		);
	}
	return bad / good;
}
