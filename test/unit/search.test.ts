/** How far the search for what a TypeScript expression is goes, and which answers are kept. */
import { describe, expect, it } from 'vitest';
import { DEEPEST, search } from '../../server/src/languages/js/search.ts';
import type { JsFile } from '../../server/src/languages/js/source.ts';

const MOST_STEPS = 20_000;
const fileOf = (text = '', steps = 0) => ({ spent: { steps, elements: 0 }, text }) as JsFile;
const height = (work: () => unknown, depth = 0) => search.within(depth, work).height;

describe('a question', () => {
	it('looks at so many expressions, and what is not looked at then makes it uncertain', () => {
		const file = fileOf();
		const steps = (count: number) => {
			let taken = 0;
			while (taken < count && search.step(0, file)) taken++;
			return taken;
		};
		for (let i = 0; i < 2; i++) {
			expect(search.within(0, () => steps(MOST_STEPS))).toEqual({ answer: MOST_STEPS, height: 0 });
			expect(search.within(0, () => steps(MOST_STEPS + 1))).toEqual({ answer: MOST_STEPS, height: undefined });
		}
		const table = new Map<string, number>();
		const inner = () => search.remembered(table, 'a', 0, () => steps(MOST_STEPS));
		expect(search.within(0, () => [steps(MOST_STEPS - 1), inner(), steps(2)])).toEqual({
			answer: [MOST_STEPS - 1, MOST_STEPS, 1],
			height: undefined,
		});
		expect(table).toEqual(new Map([['a', MOST_STEPS]]));
	});

	it('looks at more expressions of a longer file', () => {
		for (const length of [0, 10]) {
			const file = fileOf('a'.repeat(length), 399_999 + 4 * length);
			expect(search.within(0, () => [search.step(0, file), search.step(0, file)])).toEqual({
				answer: [true, false],
				height: undefined,
			});
			expect(file.spent.steps).toBe(400_001 + 4 * length);
		}
	});

	it('follows chains of so many links', () => {
		expect(height(() => expect(search.reaches(DEEPEST)).toBe(true))).toBe(DEEPEST);
		expect(height(() => expect(search.reaches(DEEPEST + 1)).toBe(false))).toBeUndefined();
		expect(height(() => expect(search.step(DEEPEST + 1, fileOf())).toBe(false))).toBeUndefined();
		expect(height(() => undefined)).toBe(0);
	});

	it('is as high as the highest of its parts, from where it begins', () => {
		expect(height(() => [9, 7].map((depth) => search.reaches(depth)), 5)).toBe(4);
		expect(height(() => [7, 9].map((depth) => search.reaches(depth)), 5)).toBe(4);
		expect(height(() => expect(height(() => search.reaches(8), 3)).toBe(5))).toBe(8);
		expect(
			height(() => {
				search.reaches(6);
				expect(height(() => search.reaches(4), 3)).toBe(1);
			}),
		).toBe(6);
	});

	it('is as uncertain as any part of it, but for those beside it', () => {
		expect(
			height(() => {
				expect(height(() => search.reaches(DEEPEST + 1))).toBeUndefined();
				expect(height(() => 1)).toBe(0);
			}),
		).toBeUndefined();
		expect(height(() => 1)).toBe(0);
		expect(() =>
			search.within(0, () => {
				search.reaches(DEEPEST + 1);
				throw new Error('spoilt');
			}),
		).toThrow('spoilt');
		expect(height(() => 1)).toBe(0);
	});

	it('writes out so many elements of a file', () => {
		const file = fileOf();
		expect(height(() => expect(search.writesOut(1 << 20, file)).toBe(true))).toBe(0);
		expect(height(() => expect(search.writesOut(1, file)).toBe(false))).toBeUndefined();
		expect(file.spent.elements).toBe((1 << 20) + 1);
	});
});

describe('an answer', () => {
	it('is asked for once where it is certain', () => {
		const table = new Map<string, number>();
		let asked = 0;
		const ask = () => search.remembered(table, 'a', 0, () => ++asked);
		expect([ask(), ask(), search.within(0, ask)]).toEqual([1, 1, { answer: 1, height: 0 }]);
		expect(table).toEqual(new Map([['a', 1]]));
	});

	it('that leads back to itself is good for one question', () => {
		const table = new Map<string, number>();
		let asked = 0;
		const ask = (): number =>
			search.remembered(table, 'a', 5, () => {
				asked++;
				return ask() + 1;
			});
		expect(search.within(0, () => [ask(), ask()])).toEqual({ answer: [6, 6], height: undefined });
		expect([asked, table.size]).toEqual([1, 0]);
		expect([ask(), asked, table.size]).toEqual([6, 2, 0]);
	});

	it('that was given up is good for one question, and no less for another table', () => {
		const [table, other] = [new Map<string, number>(), new Map<string, number>()];
		let asked = 0;
		const ask = (of: Map<string, number>) =>
			search.remembered(of, 'a', 0, () => {
				search.reaches(DEEPEST + 1);
				return ++asked;
			});
		expect(search.within(0, () => [ask(table), ask(table), ask(other)]).answer).toEqual([1, 1, 2]);
		expect([ask(table), table.size, other.size]).toEqual([3, 0, 0]);
	});

	it('has a height of its own', () => {
		const ask = () => search.remembered(new Map<string, boolean>(), 'a', false, () => search.reaches(50));
		expect(
			height(() => {
				search.reaches(3);
				expect(ask()).toBe(true);
			}),
		).toBe(3);
		expect(height(() => expect(ask()).toBe(true), 58)).toBe(0);
	});

	it('may hang on so many others', () => {
		const chain = (length: number) => {
			const table = new Map<number, number>();
			const ask = (n: number): number => search.remembered(table, n, -1, () => (n === length ? n : ask(n + 1)));
			return [ask(1), table.size];
		};
		expect([chain(40), chain(41), chain(40)]).toEqual([
			[40, 40],
			[-1, 0],
			[40, 40],
		]);
	});
});
