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

/** On a busy machine one look may find anything. */
const LOOKS = 3;

/**
 * How many times as much a piece of work costs with one input as with another (texts of about the same length, or two
 * sizes), by the first look that finds less than the bound, else by the least.
 */
export function costRatio<Input>(
	work: (input: Input) => unknown,
	hostile: Input,
	harmless: Input,
	{ below }: { readonly below: number },
): number {
	let least = Number.POSITIVE_INFINITY;
	for (let look = 0; look < LOOKS && least >= below; look++) least = Math.min(least, ratio(work, hostile, harmless));
	return least;
}

/** The best of some rounds each, so that a pause for garbage does not count. */
function ratio<Input>(work: (input: Input) => unknown, hostile: Input, harmless: Input): number {
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
