/**
 * Questions that lead back to themselves, as the length of an array that needs the array. What is answered on the way
 * round leans on an answer that is not there yet: it holds for that way alone, and is not kept. Otherwise what is known
 * would depend on what was asked first.
 */

/** So many answers are not kept, then all are: each would be looked for on every way round. */
const MOST_DROPPED = 1000;

let depth = 0;
/** The outermost question that an answer since found was still under way. */
let leansOn = Number.POSITIVE_INFINITY;
let dropped = 0;

/** Questions of one kind: their answers, and those under way. */
export class Answered<K, T> {
	readonly #answers = new Map<K, T>();
	readonly #underWay = new Map<K, number>();

	/** How many are kept. */
	get size(): number {
		return this.#answers.size;
	}

	/** The answer to a question; undefined where it is asked on the way to itself. */
	ask(key: K, find: () => T): T | undefined {
		const known = this.#answers.get(key);
		if (known !== undefined || this.#answers.has(key)) return known;
		const level = this.#underWay.get(key);
		if (level !== undefined) {
			leansOn = Math.min(leansOn, level);
			return undefined;
		}
		const { value, isWhole } = whole((own) => {
			this.#underWay.set(key, own);
			try {
				return find();
			} finally {
				this.#underWay.delete(key);
			}
		});
		if (isWhole) this.#answers.set(key, value);
		return value;
	}
}

/** Looks for an answer, and tells whether it may be kept. */
export function whole<T>(find: (level: number) => T): { readonly value: T; readonly isWhole: boolean } {
	const before = leansOn;
	leansOn = Number.POSITIVE_INFINITY;
	depth++;
	const level = depth;
	if (level === 1) dropped = 0;
	try {
		const value = find(level);
		const isWhole = leansOn >= level || dropped >= MOST_DROPPED;
		if (!isWhole) dropped++;
		return { value, isWhole };
	} finally {
		depth--;
		leansOn = Math.min(before, leansOn >= level ? Number.POSITIVE_INFINITY : leansOn);
	}
}
