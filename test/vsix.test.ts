import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const megabyte = 1024 * 1024;

/** The runner's native library of this platform; on Linux it comes for both C libraries. */
const target = `${process.platform}-${process.arch}`;
const builds = process.platform === 'linux' ? ['linux', 'musl'] : [process.platform];
const binaries = ['index.js', 'package.json', ...builds.map((build) => `${build}_${process.arch}/koffi.node`)];

/** Everything that travels to the user, by the packer's own spelling. A file that is not named here must not be packed. */
const expected = [
	'[Content_Types].xml',
	'extension.vsixmanifest',
	'extension/LICENSE.txt',
	'extension/SECURITY.md',
	'extension/changelog.md',
	'extension/client/l10n/bundle.l10n.json',
	'extension/client/media/icon.png',
	'extension/client/media/screenshot.png',
	'extension/client/schemas/configuration.schema.json',
	'extension/dist/THIRD-PARTY-NOTICES.txt',
	'extension/dist/cli.cjs',
	'extension/dist/extension.cjs',
	'extension/dist/grammars/tree-sitter-c.wasm',
	'extension/dist/grammars/tree-sitter-cpp.wasm',
	'extension/dist/grammars/tree-sitter-tsx.wasm',
	'extension/dist/grammars/tree-sitter-typescript.wasm',
	'extension/dist/grammars/web-tree-sitter.wasm',
	'extension/dist/inspector.cjs',
	...binaries.map((file) => `extension/dist/node_modules/@koromix/koffi-${target}/${file}`),
	'extension/dist/node_modules/koffi/LICENSE.txt',
	'extension/dist/node_modules/koffi/index.cjs',
	'extension/dist/node_modules/koffi/package.json',
	'extension/dist/node_modules/koffi/src/koffi/index.cjs',
	'extension/dist/node_modules/koffi/src/koffi/src/static.cjs',
	'extension/dist/runner.cjs',
	'extension/dist/server.cjs',
	'extension/dist/web-tree-sitter.cjs',
	'extension/grammars/control-codes.tmLanguage.json',
	'extension/package.json',
	'extension/package.nls.json',
	'extension/readme.md',
];

/** The names in a zip archive's central directory. */
function namesInZip(zip: Buffer): string[] {
	const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
	if (end < 0) throw new Error('not a zip archive');
	const names: string[] = [];
	let at = zip.readUInt32LE(end + 16);
	for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
		const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field)) as [
			number,
			number,
			number,
		];
		names.push(zip.toString('utf8', at + 46, at + 46 + name));
		at += 46 + name + extra + comment;
	}
	return names;
}

describe('the package', () => {
	let dir: string;
	let vsix: Buffer;

	beforeAll(async () => {
		dir = await mkdtemp(join(tmpdir(), 'ioctl-lens-vsix-'));
		const file = join(dir, 'ioctl-lens.vsix');
		const node = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: root });
		await node('esbuild.mjs', '--production');
		const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '-o', file];
		await node('node_modules/@vscode/vsce/vsce', 'package', ...options);
		vsix = await readFile(file);
	});
	afterAll(() => rm(dir, { recursive: true, force: true }));

	test('holds these files and no other', () => {
		expect(namesInZip(vsix).sort()).toEqual([...expected].sort());
	});

	test('stays below 4 MB', () => {
		expect(vsix.length).toBeLessThan(4 * megabyte);
	});
});
