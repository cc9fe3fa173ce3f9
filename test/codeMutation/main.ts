/**
 * `npm run mutation -- [--sample N] [--seed N] [FOLDER…]`: changes the code in a copy, one place at a time, and runs the
 * tests that come to that place. Prints which changes no test notices, and the share of those that one does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';
import { Random } from '../fuzz/random.ts';
import { type Change, changesOf, withChange, withProbes } from './changes.ts';
import { root, Workshop } from './workshop.ts';

const GRAMMAR = 'tree-sitter-typescript.wasm';
const FOLDERS = ['server/src/rules', 'server/src/languages', 'server/src/check', 'server/src/run'];
/** So many times what the tests took, and so many milliseconds, before they count as hanging. */
const PATIENCE = 5;
const LEAST = 60_000;

interface Place {
	readonly file: string;
	readonly change: Change;
}

const { values, positionals } = parseArgs({
	options: { seed: { type: 'string', default: '1' }, sample: { type: 'string', default: '25' } },
	allowPositionals: true,
});
const source = (file: string): string => readFileSync(join(root, file), 'utf8');

async function allPlaces(folders: readonly string[]): Promise<Place[]> {
	const trees = new Trees(nodeEngine(import.meta.dirname));
	await trees.ready(GRAMMAR);
	const found = folders.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
			.sort()
			.flatMap((name) => {
				const file = join(folder, name);
				const tree = trees.parse(GRAMMAR, source(file));
				const changes = changesOf(tree.root);
				tree.free();
				return changes.map((change) => ({ file, change }));
			}),
	);
	trees.dispose();
	return found;
}

/** The sources that a sample is in, with a probe at each change. */
function probed(sample: readonly Place[]): Record<string, string> {
	const numbered = sample.map(({ file, change }, number) => ({ file, change, number }));
	return Object.fromEntries(
		[...new Set(sample.map(({ file }) => file))].map((file) => {
			const own = numbered.filter((place) => place.file === file);
			return [file, withProbes(source(file), new Map(own.map(({ change, number }) => [change, number])))];
		}),
	);
}

const all = await allPlaces(positionals.length > 0 ? positionals : FOLDERS);
const random = new Random(Number(values.seed));
const chosen = new Set<Place>();
while (chosen.size < Math.min(Number(values.sample), all.length)) chosen.add(random.of(all));
const sample = [...chosen];

const workshop = new Workshop();
try {
	const visits = await workshop.visits(probed(sample));
	let noticed = 0;
	for (const [number, { file, change }] of sample.entries()) {
		const able = visits.filter(({ changes }) => change.within === undefined || changes.includes(number));
		const limit = LEAST + PATIENCE * able.reduce((sum, { time }) => sum + time, 0);
		const text = source(file);
		const isMissed =
			able.length === 0 ||
			(await workshop.during({ [file]: withChange(text, change) }, () =>
				workshop.passes(
					able.map((visit) => visit.file),
					limit,
				),
			));
		if (!isMissed) noticed++;
		const line = text.slice(0, change.start).split('\n').length;
		const verdict = isMissed ? `MISSED by ${able.length} test files` : 'noticed';
		console.log(`${verdict}: ${file}:${line}: ${change.before} → ${change.after}`);
	}
	console.log(
		`${noticed} of ${sample.length} changes noticed (${((100 * noticed) / sample.length).toFixed(0)} %), out of ${all.length} that can be made; seed ${values.seed}`,
	);
} finally {
	workshop.dispose();
}
