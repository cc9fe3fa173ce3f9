/** Chance that comes back: the same seed gives the same choices. */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** From 0 to below 1 (mulberry32). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let t = this.#state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number from 0 to below the limit. */
	below(limit: number): number {
		return Math.floor(this.next() * limit);
	}

	/** @throws RangeError where there is nothing to choose from. */
	of<T>(choices: readonly T[]): T {
		if (choices.length === 0) throw new RangeError('nothing to choose from');
		return choices[this.below(choices.length)] as T;
	}
}
