// Makes the packages that users install, from any machine. Usage:
//   npm run package -- [--target PLATFORM|universal|web|npm]... [--all] [--release] [--out FOLDER]
// Without a target: the extension for wherever no other package fits, which has no native library. The packer turns the
// README's pictures and links into addresses in the repository: with --release at the version's tag, else at its newest.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { NATIVES, npm, packedName } from './natives.ts';
import { build, stageCommandLine, stageExtension } from './stage.ts';

const root = path.resolve(import.meta.dirname, '..');
const run = promisify(execFile);
const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

/** Every package that a release has. */
const TARGETS = [...Object.keys(NATIVES), 'universal', ...(manifest.browser ? ['web'] : []), 'npm'];

const { values } = parseArgs({
	options: {
		target: { type: 'string', multiple: true },
		all: { type: 'boolean' },
		release: { type: 'boolean' },
		out: { type: 'string' },
	},
});
const wanted = values.all ? TARGETS : (values.target ?? ['universal']);
const unknown = wanted.filter((target) => !TARGETS.includes(target));
if (unknown.length > 0) {
	console.error(`no package is called ${unknown.join(', ')}; there are ${TARGETS.join(', ')}`);
	process.exit(2);
}

/** Links and pictures as they are in the repository at the version's tag. */
function linksOfRelease(): string[] {
	const base = manifest.repository.url.replace(/^git\+|\.git$/g, '');
	const tag = `v${manifest.version}`;
	return ['--baseContentUrl', `${base}/blob/${tag}`, '--baseImagesUrl', `${base}/raw/${tag}`];
}

/** Packs a staged extension. The packer's own complaints are not silenced: what it finds wrong fails. */
async function packExtension(target: string, stage: string, out: string): Promise<string> {
	const file = path.join(out, target === 'universal' ? 'ioctl-lens.vsix' : `ioctl-lens-${target}.vsix`);
	// What is bundled needs no packages, and there are none in the stage.
	const options = ['--no-dependencies', '--out', file, ...(values.release ? linksOfRelease() : [])];
	if (target !== 'universal') options.push('--target', target);
	await run(process.execPath, [path.join(root, 'node_modules/@vscode/vsce/vsce'), 'package', ...options], {
		cwd: stage,
	});
	return file;
}

async function packCommandLine(stage: string, out: string): Promise<string> {
	const { stdout } = await npm(['pack', '--json', '--pack-destination', out], stage);
	return path.join(out, packedName(stdout));
}

const out = path.resolve(values.out ?? root);
await mkdir(out, { recursive: true });
const work = await mkdtemp(path.join(tmpdir(), 'ioctl-lens-package-'));
try {
	const dist = path.join(work, 'dist');
	await build(dist);
	const sums: string[] = [];
	for (const target of wanted) {
		const stage = path.join(work, target);
		await mkdir(stage);
		if (target === 'npm') await stageCommandLine(stage, dist);
		else await stageExtension(target, stage, dist);
		const file = await (target === 'npm' ? packCommandLine(stage, out) : packExtension(target, stage, out));
		const bytes = await readFile(file);
		const name = path.basename(file);
		sums.push(`${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`);
		console.log(`${name}: ${(bytes.length / 1024 / 1024).toFixed(2)} MB`);
	}
	if (values.all) await writeFile(path.join(out, 'SHA256SUMS'), sums.join(''));
} finally {
	await rm(work, { recursive: true, force: true });
}
