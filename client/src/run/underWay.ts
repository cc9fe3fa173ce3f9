/** The runs that are under way: the first of them runs, the others wait for it. */

export interface UnderWay {
	readonly code: string;
	readonly abort: AbortController;
}

/** In the order in which they began. */
export class RunsUnderWay {
	readonly #runs: UnderWay[] = [];
	readonly #show: (run: UnderWay, waiting: number) => void;

	/** @param show told whenever another run is the first, or another number waits. */
	constructor(show: (run: UnderWay, waiting: number) => void) {
		this.#show = show;
	}

	get size(): number {
		return this.#runs.length;
	}

	begin(code: string): UnderWay {
		const run: UnderWay = { code, abort: new AbortController() };
		this.#runs.push(run);
		this.#tell();
		return run;
	}

	end(run: UnderWay): void {
		const at = this.#runs.indexOf(run);
		if (at < 0) return;
		this.#runs.splice(at, 1);
		this.#tell();
	}

	/** Cancels the one that runs; those that wait are next. */
	cancel(): void {
		this.#runs[0]?.abort.abort();
	}

	cancelAll(): void {
		for (const { abort } of [...this.#runs]) abort.abort();
	}

	#tell(): void {
		const [first] = this.#runs;
		if (first) this.#show(first, this.#runs.length - 1);
	}
}
