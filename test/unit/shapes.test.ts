/** Texts that machines write: what a check costs grows with the length of the text, whatever stands in it. */
import { afterAll, expect, test } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { deepShapes } from '../support/deepShapes.ts';
import { listShapes } from '../support/listShapes.ts';
import { ordinary, type Shape, shapes } from '../support/shapes.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

/** Time of this thread for one check in milliseconds, the least of several: compilers and collectors have threads of their own. */
async function cost(name: string, text: string, times: number): Promise<number> {
	let least = Number.POSITIVE_INFINITY;
	for (let i = 0; i < times; i++) {
		const before = process.threadCpuUsage();
		await checker.check({ name, text });
		least = Math.min(least, process.threadCpuUsage(before).user / 1000);
	}
	return least;
}

/** Below this many milliseconds a machine's own noise is most of what is measured. */
const NOISE = 40;
/** Twice the text may cost twice as much, and something for the noise. */
const GROWTH = 3;
/** A growth is one that each look finds. */
const MOST_LOOKS = 4;
/** So many times what a text as people write it costs, of the same length; none needs more than 4 but the shortest. */
const BESIDE_ORDINARY = 10;

async function measured(
	{ file, size, text }: Shape,
	share: number,
): Promise<{ half: number; whole: number; length: number }> {
	const whole = text(Math.round(size * share));
	const half = await cost(file, text(Math.round((size * share) / 2)), 2);
	return { half, whole: await cost(file, whole, 2), length: whole.length };
}

/** Milliseconds for each character of a text as people write it. */
const ordinaryRate = (async () => (await cost('ordinary.c', ordinary(100_000), 4)) / 100_000)();

test.each([...shapes, ...deepShapes, ...listShapes])('$file: $name', async (shape) => {
	let { half, whole, length } = await measured(shape, 0.5);
	// What another process takes away is no growth: further looks decide.
	for (let looks = 1; looks < MOST_LOOKS && whole > NOISE && whole > GROWTH * half; looks++)
		({ half, whole, length } = await measured(shape, 1));
	if (whole > NOISE) expect(whole / half).toBeLessThan(GROWTH);
	expect(whole).toBeLessThan(BESIDE_ORDINARY * (await ordinaryRate) * length + NOISE);
});
