/** Texts that machines write: what a check costs grows with the length of the text, whatever stands in it. */
import { afterAll, expect, test } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { contextShapes } from '../support/contextShapes.ts';
import { deepShapes } from '../support/deepShapes.ts';
import { BlockCounter } from '../support/executed.ts';
import { listShapes } from '../support/listShapes.ts';
import { ordinary, type Shape, shapes } from '../support/shapes.ts';
import { sharedShapes } from '../support/sharedShapes.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
const counter = await BlockCounter.start();
afterAll(async () => {
	checker.dispose();
	await counter[Symbol.asyncDispose]();
});

interface Cost {
	readonly blocks: number;
	readonly time: number;
}

/** Blocks of the product's code that run in one check, and the time of this thread in milliseconds, the least of several. */
async function cost(name: string, text: string, times: number): Promise<Cost> {
	let [blocks, time] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
	for (let i = 0; i < times; i++) {
		const before = process.threadCpuUsage();
		blocks = Math.min(blocks, await counter.during(() => checker.check({ name, text })));
		time = Math.min(time, process.threadCpuUsage(before).user / 1000);
	}
	return { blocks, time };
}

/** Twice the text may run twice the code, and a tenth more for what grows with its logarithm. */
const GROWTH = 2.2;
/** Below this many milliseconds a machine's own noise is most of what a clock tells. */
const NOISE = 40;
/** What the code does not count, such as parsing, may take twice the time, and something for the noise. */
const GROWTH_OF_TIME = 3;
/** A growth is one that each look finds. */
const MOST_LOOKS = 4;
/** So many times what a text as people write it costs, of the same length; none needs more than 4 but the shortest. */
const BESIDE_ORDINARY = 10;

interface Measured {
	readonly half: Cost;
	readonly whole: Cost;
	readonly length: number;
}

async function measured({ file, size, text }: Shape, share: number, times: number): Promise<Measured> {
	const whole = text(Math.round(size * share));
	const half = await cost(file, text(Math.round((size * share) / 2)), times);
	return { half, whole: await cost(file, whole, times), length: whole.length };
}

/** Milliseconds for each character of a text as people write it. */
const ordinaryRate = (async () => (await cost('ordinary.c', ordinary(100_000), 4)).time / 100_000)();

test.each([...shapes, ...deepShapes, ...listShapes, ...sharedShapes, ...contextShapes])(
	'$file: $name',
	async (shape) => {
		const perCharacter = await ordinaryRate;
		const growsTooMuch = ({ half, whole }: Measured) =>
			whole.blocks > GROWTH * half.blocks || (whole.time > NOISE && whole.time > GROWTH_OF_TIME * half.time);
		let looked = await measured(shape, 0.5, 1);
		// What is made once, or was given back and is made anew, is no growth, nor is what another process takes away.
		for (let looks = 1; looks < MOST_LOOKS && growsTooMuch(looked); looks++)
			looked = await measured(shape, looks === 1 ? 0.5 : 1, 2);
		const { half, whole, length } = looked;
		expect(whole.blocks / half.blocks).toBeLessThan(GROWTH);
		if (whole.time > NOISE) expect(whole.time / half.time).toBeLessThan(GROWTH_OF_TIME);
		expect(whole.time).toBeLessThan(BESIDE_ORDINARY * perCharacter * length + NOISE);
	},
);
