/** Which parts of a file hold a word: most names stand in few of them. */
import type { Chunk } from './chunk.ts';
import { wordsOf } from './cut.ts';

const PLAIN = /^[\w$]+$/;

export class Mentions {
	readonly #all: () => readonly Chunk[];
	readonly #byWord = new Map<string, Set<Chunk>>();
	/** Those that are not looked at yet: much is typed before anything is asked. */
	readonly #waiting = new Set<Chunk>();
	/** Parts whose names may be written with escapes. */
	readonly #escaped = new Set<Chunk>();

	/** @param all the parts of the file, whenever it is asked. */
	constructor(all: () => readonly Chunk[]) {
		this.#all = all;
		for (const chunk of all()) this.add(chunk);
	}

	add(chunk: Chunk): void {
		this.#waiting.add(chunk);
	}

	#enter(chunk: Chunk): void {
		for (const word of chunk.words) {
			const chunks = this.#byWord.get(word);
			if (chunks) chunks.add(chunk);
			else this.#byWord.set(word, new Set([chunk]));
		}
		if (chunk.isEscaped) this.#escaped.add(chunk);
	}

	delete(chunk: Chunk): void {
		if (this.#waiting.delete(chunk)) return;
		for (const word of chunk.words) {
			const chunks = this.#byWord.get(word);
			chunks?.delete(chunk);
			if (chunks?.size === 0) this.#byWord.delete(word);
		}
		this.#escaped.delete(chunk);
	}

	/** The parts that can hold a name, or a text that spells it, in order; `Chunk.mentions` is true of these alone. */
	of(name: string): readonly Chunk[] {
		for (const chunk of this.#waiting) this.#enter(chunk);
		this.#waiting.clear();
		const words = PLAIN.test(name) ? [name] : [...wordsOf(name)];
		if (words.length === 0) return this.#all();
		const sets = words.map((word) => this.#byWord.get(word) ?? NONE);
		const fewest = sets.reduce((least, set) => (set.size < least.size ? set : least));
		const chunks = [...new Set([...fewest, ...this.#escaped])].sort((a, b) => a.order - b.order);
		return words.length === 1 ? chunks : chunks.filter((chunk) => chunk.mentions(name));
	}
}

const NONE: ReadonlySet<Chunk> = new Set();
