/** A short run of the fuzzer with fixed seeds; `npm run fuzz` makes long ones. */
import { expect, test } from 'vitest';
import { generated, mutated } from '../fuzz/mutate.ts';
import { fuzz } from '../fuzz/parts.ts';
import { Random } from '../fuzz/random.ts';

test.each([
	['sources', 150],
	['edits', 20],
	['messages', 200],
	['plans', 5000],
	['configurations', 1000],
])(
	'%s: %i cases',
	async (part, count) => {
		expect(await fuzz(part, 1, count)).toEqual([]);
	},
	300_000,
);

test('a seed gives the same case again, and another one another', () => {
	const make = (seed: number) =>
		mutated(new Random(seed), 'int main(void) { return 0; }', ['x']) + generated(new Random(seed));
	expect(make(7)).toBe(make(7));
	expect(make(7)).not.toBe(make(8));
});
