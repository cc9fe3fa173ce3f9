/**
 * What the product costs, beside other programs in the same run: the ratios hold on a busy machine, the figures are
 * this machine's. Usage: npm run bench [-- PART...], the parts being latency, tree, scale, growth, members and runner.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { serverEnvironment } from '../../client/src/serverEnvironment.ts';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { contextShapes } from '../support/contextShapes.ts';
import { deepShapes } from '../support/deepShapes.ts';
import { listShapes } from '../support/listShapes.ts';
import { shapes as machineShapes } from '../support/shapes.ts';
import { sharedShapes } from '../support/sharedShapes.ts';
import { growth, shapeGrowth } from './growth.ts';
import { type Latency, type LatencyOptions, latencyOf } from './latency.ts';
import { median, missing, ms, p95, type Row, table, times } from './measure.ts';
import { memberCosts } from './members.ts';
import { benchRunner } from './runner.ts';
import { peaks } from './scale.ts';
import { brokenC, longC, longTs } from './texts.ts';
import { astGrep, folder, program, sockC, wineSource } from './tools.ts';
import { race } from './tree.ts';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(folder, 'dist');

/** What ships is measured, in a folder of its own. */
function build(): void {
	mkdirSync(folder, { recursive: true });
	const { status, stderr } = spawnSync(process.execPath, ['esbuild.mjs', '--production', '--out', dist], { cwd: root });
	if (status !== 0) throw new Error(`the build failed:\n${stderr}`);
}

/** So many hovers that the first ones, in code that never ran before, are less than a twentieth of them. */
const OPTIONS: LatencyOptions = { spots: 60, hovers: 200, warmUp: 10, limit: 20_000 };
/** For a server that takes a third of a second for each change. */
const SLOW: LatencyOptions = { spots: 10, hovers: 5, warmUp: 2, limit: 10_000 };
/** The server as the extension starts it, with its `serverEnvironment`. */
const server = [process.execPath, path.join(dist, 'server.cjs'), '--stdio'] as const;

const both = (values: readonly number[]): string => `median ${ms(median(values))}, p95 ${ms(p95(values))}`;

/** The rows that one document gives; `goal` is in milliseconds. */
function latencyRows(name: string, ours: Latency, goal: number, clangd?: Latency): Row[] {
	const ratio = clangd && median(clangd.edits) / median(ours.edits);
	const beside = clangd && ratio ? `; clangd ${ms(median(clangd.edits))}, ${times(ratio)} ours` : '';
	const fast = median(ours.edits) <= goal && p95(ours.edits) <= 2 * goal;
	return [
		{
			work: `keystroke to diagnostics, ${name}: ${ours.lines} lines, ${ours.calls} calls`,
			measured: `${both(ours.edits)}${beside}`,
			goal: `median ${goal} ms, p95 ${2 * goal} ms${clangd ? '; clangd 30 × ours' : ''}`,
			met: fast && (ratio === undefined || ratio >= 30),
		},
		{
			work: '  a statement typed letter by letter',
			measured: `${both(ours.typed)}${clangd ? `; clangd ${ms(median(clangd.typed))}` : ''}`,
		},
		{
			work: '  opening it, once the server is up',
			measured: `${ms(ours.open)}${clangd ? `; clangd ${ms(clangd.open)}` : ''}`,
			goal: '250 ms',
			met: ours.open <= 250,
		},
		{
			work: '  hover, code lens (p95)',
			measured: `${ms(p95(ours.hovers))}, ${ms(p95(ours.lenses))}`,
			goal: '2 ms',
			met: Math.max(p95(ours.hovers), p95(ours.lenses)) < 2,
		},
		{
			work: '  the same while an edit is analysed (p95)',
			measured: `${ms(p95(ours.busyHovers))}, ${ms(p95(ours.busyLenses))}`,
			goal: '2 ms',
			met: Math.max(p95(ours.busyHovers), p95(ours.busyLenses)) < 2,
		},
		{
			work: '  completion, signature help, hover right behind a letter (p95)',
			measured: `${ms(p95(ours.completions))}, ${ms(p95(ours.signatures))}, ${ms(p95(ours.busyHovers))}`,
			goal: '10 ms',
			met: Math.max(p95(ours.completions), p95(ours.signatures), p95(ours.busyHovers)) < 10,
		},
		...(ours.memory
			? [
					{
						work: '  memory of the server',
						measured: `${ours.memory.now.toFixed(0)} MB, at its highest ${ours.memory.peak.toFixed(0)} MB${clangd?.memory ? `; clangd ${clangd.memory.peak.toFixed(0)} MB` : ''}`,
						goal: '150 MB',
						met: ours.memory.now < 150,
					},
				]
			: []),
	];
}

async function latency(): Promise<Row[]> {
	const clangd = program('clangd', 'clangd');
	const real = sockC();
	const documents = [
		{ title: 'C', name: 'ten.c', languageId: 'c', text: longC(), goal: 8 },
		real
			? { title: "Wine's sock.c", name: 'sock.c', languageId: 'c', text: real, goal: 8 }
			: {
					title: 'C with syntax errors (no source of Wine)',
					name: 'broken.c',
					languageId: 'c',
					text: brokenC(),
					goal: 8,
				},
		{ title: 'TypeScript', name: 'ten.ts', languageId: 'typescript', text: longTs(), goal: 15 },
	];
	const rows: Row[] = [];
	for (const { title, goal, ...document } of documents) {
		console.error(`  ${document.name} …`);
		const other = document.languageId === 'c' && clangd !== undefined;
		const beside = other ? await latencyOf(['clangd', '--log=error'], document, SLOW) : undefined;
		rows.push(...latencyRows(title, await latencyOf(server, document, OPTIONS, serverEnvironment), goal, beside));
	}
	if (!clangd) rows.push(missing('clangd on the same files', 'clangd is not installed'));
	return rows;
}

async function tree(): Promise<Row[]> {
	const wine = wineSource();
	const work = '`check` of the source of wine';
	if (!wine) return [missing(work, 'its source is not here and could not be fetched')];
	const rg = program('rg', 'ripgrep');
	const grep = astGrep();
	const results = await race(
		[
			{
				name: 'ours',
				command: [process.execPath, path.join(dist, 'cli.cjs'), 'check', '.', '--format', 'json'],
				statuses: [0, 1],
			},
			{
				name: 'cached',
				// Nothing in the tree is written.
				command: [
					process.execPath,
					path.join(dist, 'cli.cjs'),
					'check',
					'.',
					'--cache',
					path.join(folder, 'wine.cache'),
				],
				statuses: [0, 1],
			},
			...(rg ? [{ name: 'rg', command: ['rg', '-l', 'WSAIoctl'], statuses: [0] } as const] : []),
			...(grep
				? [
						{
							name: 'ast-grep',
							rounds: 2,
							command: [grep, 'run', '-l', 'c', '-p', 'WSAIoctl($$$)', '.'],
							statuses: [0, 1],
						} as const,
					]
				: []),
		],
		wine,
		5,
	);
	const of = (name: string): number | undefined => {
		const values = results.get(name);
		return values && median(values);
	};
	const least = (name: string): number => Math.min(...(results.get(name) ?? []));
	const [ours, theirs, pattern] = [of('ours') ?? 0, of('rg'), of('ast-grep')];
	const again = least('cached') / least('rg');
	return [
		{
			work: `${work} that has not changed, with \`--cache\`, beside \`rg -l WSAIoctl\` (least of several)`,
			measured: rg ? `${ms(least('cached'))} and ${ms(least('rg'))}: ${times(again)}` : ms(least('cached')),
			...(rg ? { goal: '2.5 ×', met: again <= 2.5 } : {}),
		},
		theirs === undefined
			? missing(`${work}, beside ripgrep`, `ripgrep is not installed; ours ${ms(ours)}`)
			: {
					work: `${work}, beside \`rg -l WSAIoctl\``,
					measured: `${ms(ours)} and ${ms(theirs)}: ${times(ours / theirs)}`,
					goal: '5 ×',
					met: ours / theirs <= 5,
				},
		pattern === undefined
			? missing(`${work}, beside ast-grep`, '@ast-grep/cli could not be installed')
			: {
					work: `${work}, beside ast-grep`,
					measured: `${ms(ours)} and ${ms(pattern)}: ${times(pattern / ours)} faster`,
					goal: '20 ×',
					met: pattern / ours >= 20,
				},
	];
}

/** Ten times the files. */
const TREES = [20_000, 200_000] as const;

async function scale(): Promise<Row[]> {
	const [small = 0, large = 0] = peaks(path.join(dist, 'cli.cjs'), TREES);
	return [
		{
			work: `peak memory of \`check\`, ${TREES.join(' and ')} files`,
			measured: `${small} and ${large} MB: ${times(large / small)}`,
			goal: '1.5 ×',
			met: large / small <= 1.5,
		},
	];
}

/** So many times the number that the tests take, which is about what the largest known ones have. */
const LARGE = 4;
/** Below this many milliseconds nothing is judged. */
const SHORT = 100;

async function growing(): Promise<Row[]> {
	const checker = new Checker(nodeEngine(path.join(root, 'server/src')));
	const results = await growth(checker, [50, 100, 200, 400, 800], 5);
	const grown = await shapeGrowth(
		checker,
		[...machineShapes, ...deepShapes, ...listShapes, ...sharedShapes, ...contextShapes],
		LARGE,
	);
	checker.dispose();
	return [
		...results.map(({ shape, steps }) => ({
			work: `cost for each call, ${steps.map(({ calls }) => calls).join(', ')} calls: ${shape}`,
			measured: steps.map(({ ratio }) => times(ratio)).join(', '),
			goal: 'at most 1.1 ×',
			met: Math.max(...steps.map(({ ratio }) => ratio)) <= 1.1,
		})),
		...grown.map(({ shape, number, half, whole, blocks, rate }) => ({
			work: `twice the text, ${number} of ${shape}`,
			measured: `${times(blocks)} the code, ${times(whole / half)} the time: ${ms(half)} and ${ms(whole)}; ${ms(rate)} for 100,000 characters`,
			goal: 'at most 2.2 ×, 1000 ms for 100,000 characters',
			// What is over at once shows the clock more than the text.
			met: blocks <= 2.2 && (whole < SHORT || (whole / half <= 2.2 && rate <= 1000)),
		})),
	];
}

async function members(): Promise<Row[]> {
	const checker = new Checker(nodeEngine(path.join(root, 'server/src')));
	const results = await memberCosts(checker, [900, 9000], 10);
	checker.dispose();
	return results.map(({ language, lines, inside, outside }) => ({
		work: `a letter in a function of a class of ${lines} lines (${language}), beside the same outside of a class`,
		measured: `${ms(inside)} and ${ms(outside)}: ${times(inside / outside)}`,
		goal: '2 ×',
		met: inside / outside <= 2,
	}));
}

const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
	latency,
	tree,
	scale,
	growth: growing,
	members,
	runner: () => benchRunner(path.join(dist, 'runner.cjs')),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
	console.error(`no part is called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
	process.exit(2);
}
console.log(
	`${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} threads, Node ${process.versions.node}`,
);
build();
const rows: Row[] = [];
for (const [name, part] of Object.entries(parts)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	console.error(`${name} …`);
	const measured = await part();
	// What is stopped early has said something all the same.
	console.error(table(measured));
	rows.push(...measured);
}
console.log(`\n${table(rows)}`);
