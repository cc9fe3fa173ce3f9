/**
 * `npm run mutation -- [--sample N] [--seed N] [FOLDER…]`: changes the code in a copy, one place at a time, and runs the
 * tests on it. Prints which changes no test notices, and the share of those that one does.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';
import { Random } from '../fuzz/random.ts';
import { type Change, changesOf } from './changes.ts';

const root = resolve(import.meta.dirname, '../..');
const GRAMMAR = 'tree-sitter-typescript.wasm';
const FOLDERS = ['server/src/rules', 'server/src/languages', 'server/src/check', 'server/src/run'];
/** Tests that take long, need what is not installed everywhere, or look at the sources themselves. */
const LEFT_OUT =
	/^(?:bench|cli|edits|endurance|fuzz|grammars|hostileInputs|linearTexts|packages|prose|pure|ratchet|regular|shapes|vsix)/;

const { values, positionals } = parseArgs({
	options: { seed: { type: 'string', default: '1' }, sample: { type: 'string', default: '25' } },
	allowPositionals: true,
});

async function allChanges(folders: readonly string[]): Promise<{ readonly file: string; readonly change: Change }[]> {
	const trees = new Trees(nodeEngine(import.meta.dirname));
	await trees.ready(GRAMMAR);
	const found = folders.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
			.sort()
			.flatMap((name) => {
				const file = join(folder, name);
				const tree = trees.parse(GRAMMAR, readFileSync(join(root, file), 'utf8'));
				const changes = changesOf(tree.root);
				tree.free();
				return changes.map((change) => ({ file, change }));
			}),
	);
	trees.dispose();
	return found;
}

/** A copy of what is under version control, which shares what is installed. */
function copied(): string {
	const folder = mkdtempSync(join(tmpdir(), 'ioctl-lens-mutation-'));
	const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
	for (const name of listed.toString().split('\0')) if (name) cpSync(join(root, name), join(folder, name));
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	return folder;
}

const folder = copied();
const tests = readdirSync(join(folder, 'test/unit')).filter(
	(name) => name.endsWith('.test.ts') && !LEFT_OUT.test(name),
);
const vitest = join(root, 'node_modules/vitest/vitest.mjs');

/** Do the tests pass? What takes many times as long as it should does not. */
function passes(timeout?: number): boolean {
	const args = [vitest, 'run', '--bail', '1', ...tests.map((name) => `test/unit/${name}`)];
	return spawnSync(process.execPath, args, { cwd: folder, timeout, killSignal: 'SIGKILL' }).status === 0;
}

try {
	const start = performance.now();
	if (!passes()) throw new Error('The tests do not pass as they are.');
	const limit = 60_000 + 5 * (performance.now() - start);
	const all = await allChanges(positionals.length > 0 ? positionals : FOLDERS);
	const random = new Random(Number(values.seed));
	const wanted = Math.min(Number(values.sample), all.length);
	const chosen = new Set<(typeof all)[number]>();
	while (chosen.size < wanted) chosen.add(random.of(all));
	let noticed = 0;
	for (const { file, change } of chosen) {
		const path = join(folder, file);
		const text = readFileSync(path, 'utf8');
		writeFileSync(path, text.slice(0, change.start) + change.after + text.slice(change.end));
		const isNoticed = !passes(limit);
		writeFileSync(path, text);
		if (isNoticed) noticed++;
		const line = text.slice(0, change.start).split('\n').length;
		console.log(`${isNoticed ? 'noticed' : 'MISSED '} ${file}:${line}: ${change.before} → ${change.after}`);
	}
	console.log(
		`${noticed} of ${wanted} changes noticed (${((100 * noticed) / wanted).toFixed(0)} %), out of ${all.length} that can be made; seed ${values.seed}`,
	);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
