/** A check that takes more than it may ends with what it has found. */
import { afterAll, expect, test } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import type { Budget } from '../../server/src/check/work.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';

const ALL = 10;
const UNUSED = '// ioctl-lens-ignore-next-line sizeof-pointer\n';
const wrong = (i: number) => `void f${i}(SOCKET s)\n{\n\tu_char mode = 1;\n\tioctlsocket(s, FIONBIO, &mode);\n}\n`;
const text = UNUSED + Array.from({ length: ALL }, (_, i) => wrong(i)).join('');

const checkers: Checker[] = [];
afterAll(() => {
	for (const checker of checkers) checker.dispose();
});

/** Checks the text with a pause after each step; the budget is told how many pauses there were. */
async function checked(budgetOf: (pauses: () => number) => Budget) {
	let pauses = 0;
	const checker = new Checker(nodeEngine(import.meta.dirname), undefined, {
		stretch: -1,
		pause: async () => void pauses++,
		budget: budgetOf(() => pauses),
	});
	checkers.push(checker);
	const document = { key: 'a' };
	const check = async () => {
		const result = await checker.check({ name: 'a.c', text }, {}, document);
		const rules = result?.findings.map(({ rule }) => rule) ?? [];
		return { spent: result?.spent, calls: result?.calls.length, rules: [...new Set(rules)], found: rules.length };
	};
	return { check, pauses: () => pauses };
}

const WHOLE = { spent: undefined, calls: ALL, rules: ['unused-suppression', 'ioctlsocket-argument'], found: ALL + 1 };

test('nothing is left out while the budget lasts', async () => {
	const memory = { most: 5, held: () => 5 };
	const { check } = await checked(() => ({ time: Number.POSITIVE_INFINITY, memory }));
	expect(await check()).toEqual(WHOLE);
});

test('what takes too much memory ends with whole parts, and no comment is called useless', async () => {
	let most = 40;
	const { check } = await checked((held) => ({
		time: Number.POSITIVE_INFINITY,
		memory: {
			get most() {
				return most;
			},
			held,
		},
	}));
	const part = await check();
	expect(part).toEqual({ spent: 'memory', calls: part.found, rules: ['ioctlsocket-argument'], found: part.found });
	expect(part.found).toBeGreaterThan(0);
	expect(part.found).toBeLessThan(ALL);
	// What is held when a check begins is not its own.
	most = Number.POSITIVE_INFINITY;
	expect(await check()).toEqual(WHOLE);
});

test('what takes too long ends at the first pause behind that', async () => {
	const { check, pauses } = await checked(() => ({ time: 0 }));
	expect(await check()).toMatchObject({ spent: 'time', calls: 0, found: 0 });
	// One more may stand between the answer and what is given back behind it.
	expect(pauses()).toBeLessThan(3);
});
