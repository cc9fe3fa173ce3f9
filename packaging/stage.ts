// What travels to users: the files of each package, laid out in a folder of its own that the packer takes as it is.
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { addNative } from './natives.ts';

const root = path.resolve(import.meta.dirname, '..');
const run = promisify(execFile);

const texts = ['README.md', 'CHANGELOG.md', 'LICENSE', 'SECURITY.md', 'SUPPORT.md'];
const parts = [
	'client/l10n',
	'client/media',
	'client/schemas',
	'client/walkthrough',
	'examples',
	'grammars/control-codes.tmLanguage.json',
	'package.nls.json',
	'package.nls.de.json',
	// The packer's own list, which each file has to be in as well.
	'.vscodeignore',
	'dist/THIRD-PARTY-NOTICES.txt',
	'dist/grammars',
	'dist/web-tree-sitter.cjs',
];
const desktop = ['extension', 'server', 'cli', 'commands', 'inspector', 'runner'].map((name) => `dist/${name}.cjs`);
const commandLine = [
	'server/schemas/report.schema.json',
	...['cli', 'commands', 'inspector', 'runner', 'server', 'web-tree-sitter'].map((name) => `dist/${name}.cjs`),
	'dist/grammars',
	'dist/THIRD-PARTY-NOTICES.txt',
];

const readJson = async (file: string) => JSON.parse(await readFile(path.join(root, file), 'utf8'));

/** Builds everything for production into `dist`. */
export async function build(dist: string): Promise<void> {
	await run(process.execPath, ['esbuild.mjs', '--production', '--out', dist], { cwd: root });
}

/** Copies parts of the repository, those of `dist/` from the build. */
async function copyParts(names: readonly string[], stage: string, dist: string): Promise<void> {
	for (const name of names) {
		const from = name.startsWith('dist/') ? path.join(dist, name.slice('dist/'.length)) : path.join(root, name);
		await mkdir(path.dirname(path.join(stage, name)), { recursive: true });
		await cp(from, path.join(stage, name), { recursive: true });
	}
}

/** The keys of the manifest that only work on the sources needs. */
const OWN_KEYS = [
	'scripts',
	'devDependencies',
	'dependencies',
	'allowScripts',
	'files',
	'bin',
	'publishConfig',
	'private',
];

/**
 * Lays out the extension for a platform: with its native library, for `web` with the entries of the browser, and for
 * `universal`, which goes wherever no other package fits, without a native library.
 */
export async function stageExtension(platform: string, stage: string, dist: string): Promise<void> {
	const manifest = await readJson('package.json');
	const web = platform === 'web';
	if (web && manifest.browser === undefined) throw new Error('package.json names no entry for the browser');
	// What the editor loads in a browser is a script, whatever the sources are.
	for (const key of [...OWN_KEYS, ...(web ? ['main', 'type'] : ['browser'])]) delete manifest[key];
	await copyParts([...parts, ...texts], stage, dist);
	await copyParts(web ? await browserBundles(dist) : [...desktop, 'dist/node_modules/koffi'], stage, dist);
	if (!web && platform !== 'universal') await addNative(platform, path.join(stage, 'dist/node_modules'));
	await writeFile(path.join(stage, 'package.json'), `${JSON.stringify(manifest, undefined, '\t')}\n`);
}

const browserBundles = async (dist: string): Promise<string[]> =>
	(await readdir(dist)).filter((name) => name.endsWith('.browser.js')).map((name) => `dist/${name}`);

/** Lays out the command line as npm publishes it: its bundles, and the native library as a dependency. */
export async function stageCommandLine(stage: string, dist: string): Promise<void> {
	const manifest = await readJson('package.json');
	const { name, version, license, keywords, repository, bugs, homepage, bin, engines, dependencies } = manifest;
	const { description } = await readJson('package.nls.json');
	const published = {
		...{ name, version, description, license, keywords, repository, bugs, homepage, bin },
		engines: { node: engines.node },
		...{ dependencies, publishConfig: manifest.publishConfig },
	};
	await copyParts([...commandLine, ...texts], stage, dist);
	await writeFile(path.join(stage, 'package.json'), `${JSON.stringify(published, undefined, '\t')}\n`);
}
