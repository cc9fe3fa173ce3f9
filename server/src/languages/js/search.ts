/**
 * How far the search for an answer has gone. What leans on something that was given up, or that is itself still being
 * asked, depends on where the search began: it is good for this one question and is not kept.
 */
import type { JsFile } from './source.ts';

/** Chains of names, members and calls longer than this are given up. */
export const DEEPEST = 60;
/** Expressions that one question may look at; ordinary ones need some tens. */
const MOST_STEPS = 20_000;
/** Expressions that may be looked at for one state of a file, and how many more for each character: a call has some tens. */
const MOST_STEPS_OF_FILE = 400_000;
const STEPS_PER_CHARACTER = 4;
/** Elements of lists that may be written out for one state of a file. */
const MOST_ELEMENTS_OF_FILE = 1 << 20;
/** What happens to a variable may depend on what happens to another, and so on. */
const MOST_NESTED = 40;

class Search {
	/** Something was given up, or leads back to itself. */
	isCut = false;
	/** Depth that was reached. */
	reach = 0;
	/** Answers that hold for this question alone, by the table that they would stand in; first that they are being asked. */
	#passing: Map<unknown, Map<unknown, unknown>> | undefined;
	#open = 0;
	#steps = 0;
	#nested = 0;

	/** One step at a depth; false when the search ends here. */
	step(depth: number, file: JsFile): boolean {
		this.#steps++;
		file.spent.steps++;
		const most = MOST_STEPS_OF_FILE + STEPS_PER_CHARACTER * file.text.length;
		if (this.#steps <= MOST_STEPS && file.spent.steps <= most) return this.reaches(depth);
		this.isCut = true;
		return false;
	}

	/** Is that depth within the limits? */
	reaches(depth: number): boolean {
		if (depth > DEEPEST) {
			this.isCut = true;
			return false;
		}
		if (depth > this.reach) this.reach = depth;
		return true;
	}

	/** So many elements of lists are written out; false when that is too many. */
	writesOut(elements: number, file: JsFile): boolean {
		file.spent.elements += elements;
		if (file.spent.elements <= MOST_ELEMENTS_OF_FILE) return true;
		this.isCut = true;
		return false;
	}

	/** Runs one part of the search and tells how high its chain is; `undefined`: the answer is for this question alone. */
	within<T>(depth: number, work: () => T): { readonly answer: T; readonly height: number | undefined } {
		const { isCut, reach } = this;
		this.isCut = false;
		this.reach = depth;
		this.#open++;
		try {
			const answer = work();
			return { answer, height: this.isCut ? undefined : this.reach - depth };
		} finally {
			this.isCut ||= isCut;
			this.reach = Math.max(this.reach, reach);
			this.#leave();
		}
	}

	#leave(): void {
		this.#open--;
		if (this.#open > 0) return;
		this.#steps = 0;
		this.isCut = false;
		this.reach = 0;
		this.#passing = undefined;
	}

	/** The answers that would stand in a table, but hold for this question alone. */
	passing<K, V>(table: Map<K, unknown>): Map<K, V> {
		this.#passing ??= new Map();
		let passing = this.#passing.get(table);
		if (!passing) {
			passing = new Map();
			this.#passing.set(table, passing);
		}
		return passing as Map<K, V>;
	}

	/**
	 * An answer from a table, or asked once for it.
	 * @param pending the answer while it is being asked.
	 */
	remembered<K, V>(table: Map<K, V>, key: K, pending: V, ask: () => V): V {
		const known = table.get(key);
		if (known !== undefined) return known;
		const passing = this.passing<K, V>(table);
		const given = passing.get(key);
		if (given !== undefined || this.#nested >= MOST_NESTED) {
			this.isCut = true;
			return given ?? pending;
		}
		passing.set(key, pending);
		this.#nested++;
		// It is a question of its own, however deep the one is that led here, and how long.
		const { reach } = this;
		const steps = this.#steps;
		this.#steps = 0;
		try {
			const { answer, height } = this.within(0, ask);
			if (height === undefined) passing.set(key, answer);
			else {
				passing.delete(key);
				table.set(key, answer);
			}
			return answer;
		} finally {
			this.#nested--;
			this.reach = reach;
			this.#steps = steps;
		}
	}
}

/** Nothing here waits, so that there is one search at a time. */
export const search = new Search();
