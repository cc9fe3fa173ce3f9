/**
 * `npm run mutation -- [--sample N] [--seed N] [FOLDER…]`: changes the code in a copy, one place at a time, and runs the
 * tests that come to that place. Prints which changes no test notices, and the share of those that one does.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';
import { Random } from '../fuzz/random.ts';
import { type Change, changesOf, withChange, withSwitches } from './changes.ts';
import { Workshop } from './workshop.ts';

const GRAMMAR = 'tree-sitter-typescript.wasm';
const FOLDERS = ['server/src/rules', 'server/src/languages', 'server/src/check', 'server/src/run'];

interface Place {
	readonly file: string;
	readonly change: Change;
}

const { values, positionals } = parseArgs({
	options: { seed: { type: 'string', default: '1' }, sample: { type: 'string', default: '25' } },
	allowPositionals: true,
});
const workshop = new Workshop();

async function allPlaces(folders: readonly string[]): Promise<Place[]> {
	const trees = new Trees(nodeEngine(import.meta.dirname));
	await trees.ready(GRAMMAR);
	const found = folders.flatMap((folder) =>
		readdirSync(join(workshop.folder, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
			.sort()
			.flatMap((name) => {
				const file = join(folder, name);
				const tree = trees.parse(GRAMMAR, workshop.read(file));
				const changes = changesOf(tree.root);
				tree.free();
				return changes.map((change) => ({ file, change }));
			}),
	);
	trees.dispose();
	return found;
}

/** The sources that a sample is in, each of which can be switched to each change. */
function switched(sample: readonly Place[]): Record<string, string> {
	const numbered = sample.map(({ file, change }, number) => ({ file, change, number }));
	return Object.fromEntries(
		[...new Set(sample.map(({ file }) => file))].map((file) => {
			const own = numbered.filter((place) => place.file === file);
			return [file, withSwitches(workshop.read(file), new Map(own.map(({ change, number }) => [change, number])))];
		}),
	);
}

try {
	const all = await allPlaces(positionals.length > 0 ? positionals : FOLDERS);
	const random = new Random(Number(values.seed));
	const chosen = new Set<Place>();
	while (chosen.size < Math.min(Number(values.sample), all.length)) chosen.add(random.of(all));
	const sample = [...chosen];
	const entries = await workshop.tryAll(switched(sample));
	const noticed = new Set(entries.flatMap((entry) => (entry.kind === 'noticed' ? entry.change : [])));
	for (const [number, { file, change }] of sample.entries()) {
		if (noticed.has(number)) continue;
		const able = entries.filter((entry) => entry.kind === 'try' && entry.change === number);
		const text = workshop.read(file);
		// What is read once, or remembered from before the change, shows it to those alone that begin with it.
		const tests = able.map((entry) => entry.file);
		if (tests.length > 0 && (await workshop.notices(file, withChange(text, change), tests))) {
			noticed.add(number);
			continue;
		}
		const line = text.slice(0, change.start).split('\n').length;
		console.log(`missed by ${tests.length} test files: ${file}:${line}: ${change.before} → ${change.after}`);
	}
	console.log(
		`${noticed.size} of ${sample.length} changes noticed (${((100 * noticed.size) / sample.length).toFixed(0)} %), out of ${all.length} that can be made; seed ${values.seed}`,
	);
} finally {
	workshop.dispose();
}
