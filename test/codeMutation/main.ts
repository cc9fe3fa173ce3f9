/**
 * `npm run mutation -- [--sample N] [--seed N] [--quick] [FOLDER…]`: changes the code in a copy, one place at a time, and
 * runs the tests that come to that place; `--quick` leaves those out that take long. Prints which changes no test
 * notices, and the share of those that one does.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';
import { Random } from '../fuzz/random.ts';
import { type Change, changesOf, withChange, withSwitches } from './changes.ts';
import { type TestFile, Workshop } from './workshop.ts';

const GRAMMAR = 'tree-sitter-typescript.wasm';
const FOLDERS = ['server/src/rules', 'server/src/languages', 'server/src/check', 'server/src/run'];
/** Test files that run at the same time. */
const WORKERS = 2;

interface Place {
	readonly file: string;
	readonly change: Change;
}

const { values, positionals } = parseArgs({
	options: {
		seed: { type: 'string', default: '1' },
		sample: { type: 'string', default: '25' },
		quick: { type: 'boolean', default: false },
	},
	allowPositionals: true,
});
const folders = positionals.length > 0 ? positionals : FOLDERS;
const workshop = new Workshop();

async function allPlaces(): Promise<Place[]> {
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

/** A sample without what the compiler refuses, and the share of that. */
async function chosen(all: readonly Place[]): Promise<{ sample: Place[]; refused: number }> {
	const random = new Random(Number(values.seed));
	const wanted = Math.min(Number(values.sample), all.length);
	// Enough, so that the rest still is as many as are wanted.
	const drawn = new Set<Place>();
	while (drawn.size < Math.min(2 * wanted, all.length)) drawn.add(random.of(all));
	const places = [...drawn];
	const sources = places.map(({ file, change }) => ({ file, text: withChange(workshop.read(file), change) }));
	const refused = await workshop.refused(sources);
	return { sample: places.filter((_, i) => !refused.has(i)).slice(0, wanted), refused: refused.size / places.length };
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

/** Which of some changes a test file notices: all at once, and where it fails, by halves. */
async function noticedBy(test: TestFile, changes: readonly number[]): Promise<number[]> {
	if (changes.length === 0 || !(await workshop.fails(test, changes))) return [];
	// What fails by chance does not fail twice.
	if (changes.length === 1) return (await workshop.fails(test, changes)) ? [...changes] : [];
	const half = changes.length >> 1;
	return [...(await noticedBy(test, changes.slice(0, half))), ...(await noticedBy(test, changes.slice(half)))];
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(0)} %`;

try {
	const all = await allPlaces();
	const { sample, refused } = await chosen(all);
	const lines = sample.map(({ file, change }) => {
		const line = workshop.read(file).slice(0, change.start).split('\n').length;
		return `${file}:${line}: ${change.before} → ${change.after}`;
	});
	await workshop.change(switched(sample));
	const noticed = new Set(await workshop.tryQuickTests());
	console.log(`${noticed.size} of ${sample.length} changes noticed by tests that run often`);
	const { tests, failed } = await workshop.survey(values.quick);
	for (const name of failed) console.log(`does not pass as things are, and tells nothing: ${name}`);
	const left = [...tests];
	const work = async () => {
		for (let test = left.shift(); test; test = left.shift()) {
			const changes = [...test.changes].filter((change) => !noticed.has(change));
			for (const change of await noticedBy(test, changes)) noticed.add(change);
		}
	};
	await Promise.all(Array.from({ length: WORKERS }, work));
	for (const [number, line] of lines.entries()) {
		if (noticed.has(number)) continue;
		const count = tests.filter(({ changes }) => changes.has(number)).length;
		console.log(`${count > 0 ? `missed by ${count} test files` : 'no test comes to it'}: ${line}`);
	}
	for (const folder of folders) {
		const own = [...sample.keys()].filter((number) => sample[number]?.file.startsWith(`${folder}/`));
		const score = own.filter((number) => noticed.has(number)).length;
		if (own.length > 0) console.log(`${folder}: ${score} of ${own.length} (${percent(score, own.length)})`);
	}
	console.log(`left out: ${(100 * refused).toFixed(0)} % of the changes, which the compiler refuses`);
	console.log(
		`${noticed.size} of ${sample.length} changes noticed (${percent(noticed.size, sample.length)}), out of ${all.length} that can be made; seed ${values.seed}`,
	);
} finally {
	workshop.dispose();
}
