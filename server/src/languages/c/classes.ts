/** Classes that are cut: what stands around their larger functions is put together again, and read as one. */
import { pushTo } from '../../syntax/search.ts';
import { isSameBlock } from './cut.ts';
import type { CFile } from './file.ts';
import type { Block } from './split.ts';
import { CUnit, type Stretch } from './unit.ts';

interface Arranged {
	/** In order, and without gaps. */
	readonly items: readonly CUnit[];
	/** What is read alone, by position: the items, but whole classes for their parts. */
	readonly units: readonly CUnit[];
	readonly classes: readonly CUnit[];
	readonly gone: readonly CUnit[];
	readonly fresh: readonly CUnit[];
}

/**
 * Puts the items of each class together. A function of a class whose rest has changed is read anew, as it may hold what
 * was found out about that rest.
 * @param known the classes of before.
 * @param made items that are new.
 */
export function arrange(
	file: CFile,
	items: readonly CUnit[],
	known: readonly CUnit[],
	made: ReadonlySet<CUnit>,
): Arranged {
	if (known.length === 0 && !items.some(({ kind }) => kind === 'class'))
		return { items, units: items, classes: [], gone: [], fresh: [] };
	const arranger = new Arranger(file, known, made);
	for (let at = 0; at < items.length; ) {
		const end = endOfClass(items, at);
		if (end > at) arranger.addClass(items.slice(at, end));
		else arranger.units.push(items[at] as CUnit);
		at = Math.max(end, at + 1);
	}
	return arranger.arranged(items);
}

class Arranger {
	readonly units: CUnit[] = [];
	readonly #file: CFile;
	readonly #made: ReadonlySet<CUnit>;
	/** Classes of before that have no place yet, by their texts. */
	readonly #left = new Map<string, CUnit[]>();
	readonly #classes: CUnit[] = [];
	readonly #fresh: CUnit[] = [];
	readonly #renewed = new Map<CUnit, CUnit>();

	constructor(file: CFile, known: readonly CUnit[], made: ReadonlySet<CUnit>) {
		this.#file = file;
		this.#made = made;
		for (const unit of known) pushTo(this.#left, unit.own, unit);
	}

	addClass(members: readonly CUnit[]): void {
		const { text, stretches } = withoutBodies(members);
		const same = this.#takeSame(text, members[0]?.block);
		const unit = same ?? wholeClass(this.#file, text, members);
		place(unit, members, stretches);
		this.#classes.push(unit);
		this.units.push(unit);
		if (!same) this.#fresh.push(unit);
		for (const { item, at: from, isHead } of stretches) {
			if (!isHead) continue;
			const now = same || this.#made.has(item) ? item : item.again();
			now.around = { unit, from, body: from + item.signature };
			this.units.push(now);
			if (now !== item) this.#renewed.set(item, now);
		}
	}

	#takeSame(text: string, block: Block | undefined): CUnit | undefined {
		const list = this.#left.get(text) ?? [];
		const at = list.findIndex((unit) => isSameBlock(unit.block, block));
		return at < 0 ? undefined : list.splice(at, 1)[0];
	}

	arranged(items: readonly CUnit[]): Arranged {
		const renewed = this.#renewed;
		return {
			items: renewed.size === 0 ? items : items.map((item) => renewed.get(item) ?? item),
			units: this.units,
			classes: this.#classes,
			gone: [...[...this.#left.values()].flat(), ...renewed.keys()],
			fresh: [...this.#fresh, ...renewed.values()],
		};
	}
}

/** Where the items end that are a class together with the one at a place; that place itself where it begins none. */
function endOfClass(items: readonly CUnit[], at: number): number {
	if (items[at]?.kind !== 'class') return at;
	let end = at + 1;
	while (items[end]?.block?.kind === 'class') end++;
	return end;
}

/** The text of a class with nothing in the bodies of the functions that are items of their own. */
function withoutBodies(members: readonly CUnit[]): { readonly text: string; readonly stretches: readonly Stretch[] } {
	const stretches: Stretch[] = [];
	const texts: string[] = [];
	let at = 0;
	for (const item of members) {
		const isHead = item.kind === 'function';
		const text = isHead ? `${item.own.slice(0, item.signature)}{}` : item.text;
		stretches.push({ at, item, isHead });
		texts.push(text);
		at += text.length;
	}
	return { text: texts.join(''), stretches };
}

/** A class as one item. */
const wholeClass = (file: CFile, text: string, [first]: readonly CUnit[]): CUnit =>
	new CUnit(
		file,
		{
			start: 0,
			end: 0,
			block: first?.block,
			kind: 'declaration',
			body: 0,
			signature: 0,
			comment: undefined,
			joint: false,
		},
		text,
	);

function place(unit: CUnit, members: readonly CUnit[], stretches: readonly Stretch[]): void {
	const [first] = members;
	unit.block = first?.block;
	unit.start = first?.start ?? 0;
	unit.end = members.at(-1)?.end ?? 0;
	unit.stretches = stretches;
}
