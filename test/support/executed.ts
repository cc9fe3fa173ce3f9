/** What a piece of work costs, told by counting: nearly the same number each time, however busy the machine is. */
import { Session } from 'node:inspector/promises';

/** The product's sources, and what binds the parser to them. */
const COUNTED = /[\\/](?:server[\\/]src|web-tree-sitter)[\\/]/;

/**
 * Counts how often blocks of the product's code run. What the engine's own functions do within one call (sorting, looking
 * for a word, parsing) is not in it: a clock has to tell of that.
 */
export class BlockCounter implements AsyncDisposable {
	readonly #session = new Session();

	private constructor() {
		this.#session.connect();
	}

	static async start(): Promise<BlockCounter> {
		const counter = new BlockCounter();
		await counter.#session.post('Profiler.enable');
		await counter.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
		return counter;
	}

	/** Blocks that run from the beginning of some work to its end, each as often as it runs. */
	async during(work: () => Promise<unknown>): Promise<number> {
		await this.#taken();
		await work();
		return this.#taken();
	}

	/** What ran since it was last asked. */
	async #taken(): Promise<number> {
		const { result } = await this.#session.post('Profiler.takePreciseCoverage');
		let sum = 0;
		for (const { url, functions } of result)
			if (COUNTED.test(url)) for (const { ranges } of functions) for (const { count } of ranges) sum += count;
		return sum;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#session.post('Profiler.stopPreciseCoverage');
		this.#session.disconnect();
	}
}
