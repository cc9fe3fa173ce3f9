/** The benchmark itself, on texts so small that its figures mean nothing: what it runs must still run. */
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { growth, shapeGrowth } from '../bench/growth.ts';
import { latencyOf } from '../bench/latency.ts';
import { median, missing, p95, table } from '../bench/measure.ts';
import { classes, memberCosts } from '../bench/members.ts';
import { peaks } from '../bench/scale.ts';
import { brokenC, longC, longTs, shapes } from '../bench/texts.ts';
import { race } from '../bench/tree.ts';
import { temporaryFolder } from '../support/cli.ts';
import { deepShapes } from '../support/deepShapes.ts';
import { shapes as machineShapes } from '../support/shapes.ts';

const root = path.join(import.meta.dirname, '../..');
const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

let calls: (name: string, text: string) => Promise<[calls: number, findings: string[]]>;
beforeAll(() => {
	calls = async (name, text) => {
		const result = await checker.check({ name, text });
		return [result?.calls.length ?? 0, result?.findings.map((f) => f.rule) ?? []];
	};
});

it('makes texts of the stated length, with the stated calls, one of them wrong', async () => {
	expect(longC().split('\n').length).toBe(10_003);
	expect(longTs().split('\n').length).toBe(10_000);
	expect(await calls('a.c', longC(6, 2))).toEqual([6, ['input-too-small']]);
	expect(await calls('a.c', brokenC(12, 2))).toEqual([12, ['input-too-small']]);
	expect(await calls('a.ts', longTs(4, 100))).toEqual([4, ['input-too-small']]);
	for (const shape of Object.values(shapes)) expect((await calls('a.c', shape(5)))[0]).toBe(5);
});

it('has the command line check trees, and tells what it held', () => {
	const [peak = 0, ...others] = peaks(path.join(root, 'server/src/node/cli.ts'), [60]);
	expect(others).toEqual([]);
	expect(peak).toBeGreaterThan(10);
}, 60_000);

it('types into a document and asks about it while it is analysed', async () => {
	const server = [process.execPath, path.join(root, 'server/src/node/main.ts'), '--stdio'] as const;
	const options = { spots: 2, hovers: 2, warmUp: 1, limit: 60_000 };
	const document = { name: 'ten.c', languageId: 'c', text: longC(3, 2) };
	const found = await latencyOf(server, document, options);
	expect([found.lines, found.calls, found.findings]).toEqual([39, 3, 1]);
	expect([found.edits.length, found.hovers.length, found.busyHovers.length]).toEqual([4, 2, 2]);
	expect([found.lenses.length, found.busyLenses.length]).toEqual([2, 2]);
	expect([found.completions.length, found.signatures.length]).toEqual([2, 2]);
});

it('runs programs in turn, and refuses one that did not do its work', async () => {
	const folder = temporaryFolder();
	const ends = (status: number) => ({
		name: `ends with ${status}`,
		command: [process.execPath, '-e', `process.exitCode = ${status}`] as const,
		statuses: [0, 1],
	});
	const results = await race([ends(0), ends(1)], folder, 2);
	expect([...results.values()].map((times) => times.length)).toEqual([2, 2]);
	await expect(race([ends(2)], folder, 1)).rejects.toThrow('ends with 2 ended with 2');
});

it('compares each shape of text with one of half the length', async () => {
	const results = await shapeGrowth(checker, [...machineShapes, ...deepShapes], 0.01);
	expect(results.length).toBe(machineShapes.length + deepShapes.length);
	for (const { half, whole, rate } of results) expect(half + whole + rate).toBeGreaterThanOrEqual(0);
});

it('types into functions of classes and into the same outside of them', async () => {
	for (const make of Object.values(classes)) {
		const { name, inside, outside } = make(300);
		expect(await calls(name, inside)).toEqual(await calls(name, outside));
	}
	const results = await memberCosts(checker, [300], 1);
	expect(results.map(({ language, lines }) => [language, lines])).toEqual(
		Object.keys(classes).map((language) => [language, 300]),
	);
	for (const { inside, outside } of results) expect(Math.min(inside, outside)).toBeGreaterThan(0);
});

it('compares numbers of calls', async () => {
	const results = await growth(checker, [1, 2], 1);
	expect(results.map(({ shape, steps }) => [shape, steps.map((step) => step.calls)])).toEqual(
		Object.keys(shapes).map((shape) => [shape, [1, 2]]),
	);
});

it('takes medians and high values, and writes what is met', () => {
	expect([median([3, 1, 2]), p95([...Array(100).keys()]), median([])]).toEqual([2, 95, 0]);
	expect(
		table([
			{ work: 'a', measured: '1 ms', goal: '2 ms', met: true },
			{ work: 'b', measured: '3', met: false },
			missing('c', 'no'),
		]),
	).toBe(
		[
			'| work | measured         | goal |         |',
			'|------|------------------|------|---------|',
			'| a    | 1 ms             | 2 ms | met     |',
			'| b    | 3                |      | NOT MET |',
			'| c    | not measured: no |      |         |',
		].join('\n'),
	);
});
