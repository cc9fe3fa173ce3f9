/** A check that takes more than it may ends with what it has found. */
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { type Budget, Work } from '../../server/src/check/work.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';

const ALL = 10;
const UNUSED = '// ioctl-lens-ignore-next-line sizeof-pointer\n';
const wrong = (i: number) => `void f${i}(SOCKET s)\n{\n\tu_char mode = 1;\n\tioctlsocket(s, FIONBIO, &mode);\n}\n`;
const text = UNUSED + Array.from({ length: ALL }, (_, i) => wrong(i)).join('');

const checkers: Checker[] = [];
afterEach(() => void vi.restoreAllMocks());
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

/** A clock that stands still until it is told. */
function standingClock(now: number) {
	const clock = {
		now,
		async pass(milliseconds: number) {
			clock.now += milliseconds;
		},
	};
	vi.spyOn(performance, 'now').mockImplementation(() => clock.now);
	return clock;
}

test('a pause is due behind a stretch of work, where there is one', async () => {
	const clock = standingClock(1000);
	const work = new Work({ pause: () => clock.pass(500), stretch: 10 });
	expect(work.isDue).toBe(false);
	clock.now = 1010;
	expect(work.isDue).toBe(false);
	clock.now = 1011;
	expect(work.isDue).toBe(true);
	await work.pause();
	expect([work.isDue, work.spent]).toEqual([false, undefined]);
	clock.now += 11;
	expect(work.isDue).toBe(true);
	const always = new Work({ pause: async () => undefined });
	expect(always.isDue).toBe(false);
	clock.now++;
	expect(always.isDue).toBe(true);
	const never = new Work({ stretch: 10 });
	clock.now += 1000;
	expect(never.isDue).toBe(false);
	await never.pause();
	expect(never.spent).toBeUndefined();
});

test('time is used up by work alone, and once it is more than that', async () => {
	const clock = standingClock(1000);
	const work = new Work({ pause: () => clock.pass(5000), budget: { time: 100 } });
	clock.now += 60;
	await work.pause();
	clock.now += 40;
	await work.pause();
	expect(work.spent).toBeUndefined();
	clock.now++;
	await work.pause();
	expect(work.spent).toBe('time');
});

test('memory is used up by what is held since the work began', async () => {
	standingClock(1000);
	let held = 50;
	const work = new Work({ budget: { time: 100, memory: { most: 10, held: () => held } } });
	held = 60;
	await work.pause();
	expect(work.spent).toBeUndefined();
	held = 61;
	await work.pause();
	expect(work.spent).toBe('memory');
});
