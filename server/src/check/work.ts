/** How long one check works: in turns with others, and not for ever. */

/** What one check may take. */
export interface Budget {
	/** Milliseconds of work; what others do meanwhile does not count. */
	readonly time: number;
	/** Bytes more than there were when the check began; absent where what is held cannot be told. */
	readonly memory?: { readonly most: number; readonly held: () => number };
}

/** What of a budget is used up. */
export type Spent = 'time' | 'memory';

export interface Turns {
	/** Lets others have their turn; awaited in long checks only. */
	readonly pause?: () => Promise<void>;
	/** A check works this long until it pauses, in milliseconds. */
	readonly stretch?: number;
	/** Looked at in each pause: what is used up ends a check with what it has found. Absent: nothing does. */
	readonly budget?: Budget;
}

/** The work of one check. */
export class Work {
	readonly #turns: Turns;
	readonly #atFirst: number;
	#worked = 0;
	#since = performance.now();
	/** What is used up; undefined while nothing is. */
	spent: Spent | undefined;

	constructor(turns: Turns) {
		this.#turns = turns;
		this.#atFirst = turns.budget?.memory?.held() ?? 0;
	}

	/** Is it time to pause? */
	get isDue(): boolean {
		const { pause, stretch = 0 } = this.#turns;
		return pause !== undefined && performance.now() > this.#since + stretch;
	}

	async pause(): Promise<void> {
		const { pause, budget } = this.#turns;
		this.#worked += performance.now() - this.#since;
		if (budget && this.#worked > budget.time) this.spent = 'time';
		else if (budget?.memory && budget.memory.held() - this.#atFirst > budget.memory.most) this.spent = 'memory';
		await pause?.();
		this.#since = performance.now();
	}
}
