/**
 * Which items of a file mention a word. The words themselves are not kept, nor made into strings: a name is asked for
 * among tens of thousands that nobody ever asks for.
 */
import { isWord } from './split.ts';

/** Something with a text to look through. */
export interface Indexed {
	/** What its words are taken from. */
	readonly mentioning: string;
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
/** Letters and digits beyond ASCII belong to no word here, as `\w` has it. */
const isWordHere = (c: number): boolean => c < 128 && isWord(c);

const NAME = /^[A-Za-z_]\w*$/;

/** Does a text hold a name as a word of its own? A number that runs into it is no part of it. */
export function holdsWord(text: string, name: string): boolean {
	if (name === '') return false;
	for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) if (isWhole(text, at, name)) return true;
	return false;
}

/** Is the name at an offset a word of its own? */
export function isWhole(text: string, at: number, name: string): boolean {
	if (isWordHere(text.charCodeAt(at + name.length))) return false;
	let before = at - 1;
	while (before >= 0 && isDigit(text.charCodeAt(before))) before--;
	return before < 0 || !isWordHere(text.charCodeAt(before));
}

/** A table of the hashes of words, with the items in which each stands. */
export class WordIndex<T extends Indexed> {
	/** Undefined in the place of those that are gone. */
	#items: (T | undefined)[] = [];
	readonly #numbers = new Map<T, number>();
	/** For each hash, shortened, its last entry; entries count from 1. */
	#heads = new Int32Array(1024);
	/**
	 * Of each entry: the whole hash, the number of its item, where a word with the hash stands in that, and the entry
	 * before it under the same shortened hash.
	 */
	#hashes = new Int32Array(1024);
	#owners = new Int32Array(1024);
	#offsets = new Int32Array(1024);
	#before = new Int32Array(1024);
	#count = 0;

	constructor(items: Iterable<T>) {
		for (const item of items) this.add(item);
	}

	add(item: T): void {
		const number = this.#items.length;
		this.#items.push(item);
		this.#numbers.set(item, number);
		const text = item.mentioning;
		for (let at = 0; at < text.length; at++) {
			let c = text.charCodeAt(at);
			if (!isWordHere(c) || isDigit(c)) continue;
			const start = at;
			let hash = 0;
			do {
				hash = (Math.imul(hash, 31) + c) | 0;
				c = text.charCodeAt(++at);
			} while (isWordHere(c));
			this.#enter(hash, number, start);
		}
	}

	#enter(hash: number, number: number, offset: number): void {
		const slot = spread(hash) & (this.#heads.length - 1);
		// What one item mentions again was the last to be entered, or nearly so.
		for (let entry = this.#heads[slot] ?? 0; entry > 0; entry = this.#before[entry] ?? 0) {
			if (this.#owners[entry] !== number) break;
			if (this.#hashes[entry] === hash) return;
		}
		this.#count++;
		if (this.#count >= this.#hashes.length) this.#grow();
		const grown = spread(hash) & (this.#heads.length - 1);
		this.#hashes[this.#count] = hash;
		this.#owners[this.#count] = number;
		this.#offsets[this.#count] = offset;
		this.#before[this.#count] = this.#heads[grown] ?? 0;
		this.#heads[grown] = this.#count;
	}

	#grow(): void {
		const size = this.#hashes.length * 2;
		this.#hashes = larger(this.#hashes, size);
		this.#owners = larger(this.#owners, size);
		this.#offsets = larger(this.#offsets, size);
		this.#before = new Int32Array(size);
		this.#heads = new Int32Array(size);
		for (let entry = 1; entry < this.#count; entry++) {
			const slot = spread(this.#hashes[entry] ?? 0) & (size - 1);
			this.#before[entry] = this.#heads[slot] ?? 0;
			this.#heads[slot] = entry;
		}
	}

	delete(item: T): void {
		const number = this.#numbers.get(item);
		if (number === undefined) return;
		this.#items[number] = undefined;
		this.#numbers.delete(item);
		// What is left of those that are gone is cleared away when it is the larger part.
		if (this.#items.length < 64 || this.#numbers.size * 2 > this.#items.length) return;
		const left = [...this.#numbers.keys()];
		this.#items = [];
		this.#numbers.clear();
		this.#heads.fill(0);
		this.#count = 0;
		for (const each of left) this.add(each);
	}

	/** The items that mention a name, in no order. */
	of(name: string): readonly T[] {
		if (!NAME.test(name)) return [];
		let hash = 0;
		for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
		const found: T[] = [];
		let entry = this.#heads[spread(hash) & (this.#heads.length - 1)] ?? 0;
		for (; entry > 0; entry = this.#before[entry] ?? 0) {
			if (this.#hashes[entry] !== hash) continue;
			const item = this.#items[this.#owners[entry] ?? -1];
			if (item && stands(item.mentioning, this.#offsets[entry] ?? 0, name)) found.push(item);
		}
		return found;
	}
}

/** A word of a hash stands at an offset: it is the name, or another one of the same hash. */
const stands = (text: string, at: number, name: string): boolean =>
	(text.startsWith(name, at) && isWhole(text, at, name)) || holdsWord(text, name);

/** Words that differ at their end alone are far apart in the table. */
const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7;

function larger(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
	const made = new Int32Array(size);
	made.set(array);
	return made;
}
