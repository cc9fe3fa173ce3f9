/** Names of numbers: one for the whole, one for each bit that is set, one for each group of bits. */
import type { NamedValue, NumberNames } from './model.ts';

/** Every name, those of groups among them. */
export const allNames = ({ values = [], groups = [] }: NumberNames): readonly NamedValue[] =>
	groups.length === 0 ? values : [...groups.flatMap((g) => g.values), ...values];

/**
 * The names that make up a number of `width` bits, given unsigned: one of each group, then the bits that are set. `rest`:
 * what no name covers. A number that is no combination has its own name or none.
 */
export function namesOf(
	number: bigint,
	names: NumberNames,
	width: number,
): { readonly names: readonly NamedValue[]; readonly rest: bigint } {
	const bitsOf = (n: { readonly value: number }): bigint => BigInt.asUintN(width, BigInt(n.value));
	const { values = [], groups = [], flags } = names;
	if (!flags) {
		const exact = values.find((n) => bitsOf(n) === number);
		return exact ? { names: [exact], rest: 0n } : { names: [], rest: number };
	}
	const found: NamedValue[] = [];
	let rest = number;
	for (const group of groups) {
		const mask = BigInt.asUintN(width, BigInt(group.mask));
		const one = group.values.find((n) => bitsOf(n) === (number & mask));
		if (!one) continue;
		found.push(one);
		rest &= ~mask;
	}
	const single = values.filter((n) => (bitsOf(n) === 0n ? number === 0n : (number & bitsOf(n)) === bitsOf(n)));
	for (const one of single) rest &= ~bitsOf(one);
	return { names: [...found, ...single], rest };
}

/** Two of the names that exclude each other, as they are values of one group. */
export function conflictIn(
	words: readonly string[],
	{ groups = [] }: NumberNames,
): readonly [NamedValue, NamedValue] | undefined {
	for (const { values } of groups) {
		const [one, other] = values.filter((v) => words.includes(v.name));
		if (one && other) return [one, other];
	}
	return undefined;
}
