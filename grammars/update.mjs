// Fetches the wasm files of the parser and its grammars from their npm packages and rewrites manifest.json.
// Usage: node grammars/update.mjs [package@version ...]
// Without arguments the versions of the manifest are fetched again; an argument changes one package's version.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as engine from 'web-tree-sitter';

const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);
const manifestPath = join(here, 'manifest.json');
const manifest = JSON.parse(await readFile(manifestPath, 'utf8'));

const wanted = new Map(Object.values(manifest.files).map((file) => [file.package, file.version]));
for (const argument of process.argv.slice(2)) {
	const [, name, version] = /^(.+)@([^@]+)$/.exec(argument) ?? [];
	if (!wanted.has(name)) throw new Error(`${argument}: name one of ${[...wanted.keys()].join(', ')}, with @version`);
	wanted.set(name, version);
}

const folder = await mkdtemp(join(tmpdir(), 'grammars-'));
try {
	for (const [name, version] of wanted) {
		const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder, `${name}@${version}`]);
		const packed = Object.values(JSON.parse(stdout))[0];
		const unpacked = join(folder, name);
		await mkdir(unpacked);
		await run('tar', ['-xzf', join(folder, packed.filename), '-C', unpacked, '--strip-components=1']);
		const { license } = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8'));
		for (const [file, entry] of Object.entries(manifest.files)) {
			if (entry.package !== name) continue;
			await copyFile(join(unpacked, file), join(here, file));
			Object.assign(entry, { version: packed.version, license });
		}
		const terms = (await readdir(unpacked)).find((file) => /^licen[cs]e/i.test(file));
		if (!terms) throw new Error(`${name} carries no licence file: find its terms before shipping it`);
		await mkdir(join(here, 'licenses'), { recursive: true });
		await copyFile(join(unpacked, terms), join(here, 'licenses', `${name}.txt`));
	}
} finally {
	await rm(folder, { recursive: true, force: true });
}

const { version: installed } = JSON.parse(
	await readFile(join(here, '..', 'node_modules', 'web-tree-sitter', 'package.json'), 'utf8'),
);
const runtime = manifest.files['web-tree-sitter.wasm'];
if (installed !== runtime.version) {
	throw new Error(`web-tree-sitter ${installed} is installed, and its wasm is of ${runtime.version}: they must agree`);
}
await engine.Parser.init({ wasmBinary: await readFile(join(here, 'web-tree-sitter.wasm')) });
for (const [file, entry] of Object.entries(manifest.files)) {
	const bytes = await readFile(join(here, file));
	entry.sha256 = createHash('sha256').update(bytes).digest('hex');
	if (entry !== runtime) entry.abi = (await engine.Language.load(bytes)).abiVersion;
}
runtime.oldestAbi = engine.MIN_COMPATIBLE_VERSION;
runtime.newestAbi = engine.LANGUAGE_VERSION;
await writeFile(manifestPath, `${JSON.stringify(manifest, undefined, '\t')}\n`);
