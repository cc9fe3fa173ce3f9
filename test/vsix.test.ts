import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPromise } from 'yauzl';
import manifest from '../package.json' with { type: 'json' };
import { NATIVES, verify } from '../packaging/natives.ts';

const root = resolve(import.meta.dirname, '..');
const megabyte = 1024 * 1024;

/** What every package holds, by the packer's own spelling. A file that is not named here must not be packed. */
const everywhere = [
	'[Content_Types].xml',
	'extension.vsixmanifest',
	'extension/LICENSE.txt',
	'extension/SECURITY.md',
	'extension/SUPPORT.md',
	'extension/changelog.md',
	'extension/client/l10n/bundle.l10n.de.json',
	'extension/client/l10n/bundle.l10n.json',
	'extension/client/media/calls.svg',
	'extension/client/media/icon.png',
	'extension/client/schemas/codes.schema.json',
	'extension/client/schemas/configuration.schema.json',
	'extension/client/walkthrough/finding.md',
	'extension/client/walkthrough/finding.nls.de.md',
	'extension/client/walkthrough/fix.md',
	'extension/client/walkthrough/fix.nls.de.md',
	'extension/client/walkthrough/hover.md',
	'extension/client/walkthrough/hover.nls.de.md',
	'extension/client/walkthrough/run.md',
	'extension/client/walkthrough/run.nls.de.md',
	'extension/client/walkthrough/sample.md',
	'extension/client/walkthrough/sample.nls.de.md',
	'extension/client/walkthrough/workspace.md',
	'extension/client/walkthrough/workspace.nls.de.md',
	'extension/dist/THIRD-PARTY-NOTICES.txt',
	'extension/dist/grammars/tree-sitter-c.wasm',
	'extension/dist/grammars/tree-sitter-cpp.wasm',
	'extension/dist/grammars/tree-sitter-tsx.wasm',
	'extension/dist/grammars/tree-sitter-typescript.wasm',
	'extension/dist/grammars/web-tree-sitter.wasm',
	'extension/dist/web-tree-sitter.cjs',
	'extension/examples/right.c',
	'extension/examples/right.cpp',
	'extension/examples/right.ts',
	'extension/examples/wrong.c',
	'extension/examples/wrong.cpp',
	'extension/examples/wrong.ts',
	'extension/grammars/control-codes.tmLanguage.json',
	'extension/package.json',
	'extension/package.nls.de.json',
	'extension/package.nls.json',
	'extension/readme.md',
];

/** What runs in Node, with the part of the native library's package that is the same on every platform. */
const desktop = [
	'extension/dist/cli.cjs',
	'extension/dist/commands.cjs',
	'extension/dist/extension.cjs',
	'extension/dist/inspector.cjs',
	'extension/dist/node_modules/koffi/LICENSE.txt',
	'extension/dist/node_modules/koffi/index.cjs',
	'extension/dist/node_modules/koffi/package.json',
	'extension/dist/node_modules/koffi/src/koffi/index.cjs',
	'extension/dist/node_modules/koffi/src/koffi/src/static.cjs',
	'extension/dist/runner.cjs',
	'extension/dist/server.cjs',
];

/** What runs in a browser. */
const web = ['extension/dist/extension.browser.js', 'extension/dist/server.browser.js'];

/** The one native library of a platform. */
function library(platform: string): string[] {
	const native = NATIVES[platform];
	if (!native) return [];
	const files = ['index.js', 'package.json', `${native.build}/koffi.node`];
	return files.map((file) => `extension/dist/node_modules/@koromix/${native.library}/${file}`);
}

/** The first bytes of a native library's file, by its system. */
const magic: Readonly<Record<string, string>> = {
	win32: '4d5a',
	linux: '7f454c46',
	alpine: '7f454c46',
	darwin: 'cffaedfe',
};

class Package {
	readonly files = new Map<string, Buffer>();

	static async read(file: string): Promise<Package> {
		const made = new Package();
		const zip = await openPromise(file);
		for await (const entry of zip.eachEntry()) {
			made.files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
		}
		return made;
	}

	text(name: string): string {
		return this.files.get(name)?.toString('utf8') ?? '';
	}
}

const node = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: root });

const platforms = [...Object.keys(NATIVES), 'universal', 'web'];
const fileOf = (platform: string) => (platform === 'universal' ? 'ioctl-lens.vsix' : `ioctl-lens-${platform}.vsix`);

describe('the packages of the extension', () => {
	let dir: string;

	beforeAll(async () => {
		dir = await mkdtemp(join(tmpdir(), 'ioctl-lens-vsix-'));
		await node('packaging/main.ts', '--out', dir, ...platforms.flatMap((platform) => ['--target', platform]));
	});
	afterAll(() => rm(dir, { recursive: true, force: true }));

	test.each(platforms)('%s: these files and no other, below 4 MB, for that platform', async (platform) => {
		const path = join(dir, fileOf(platform));
		const made = await Package.read(path);
		const programs = platform === 'web' ? web : desktop;
		expect([...made.files.keys()].sort()).toEqual([...everywhere, ...programs, ...library(platform)].sort());
		expect((await stat(path)).size).toBeLessThan(4 * megabyte);
		const told = /TargetPlatform="([^"]+)"/.exec(made.text('extension.vsixmanifest'))?.[1];
		expect(told).toBe(platform === 'universal' ? undefined : platform);
		const binary = [...made.files].find(([name]) => name.endsWith('.node'))?.[1];
		const hasBinary = Object.hasOwn(NATIVES, platform);
		expect(
			binary
				?.subarray(0, 4)
				.toString('hex')
				.startsWith(magic[platform.split('-')[0] ?? ''] ?? ''),
		).toBe(hasBinary ? true : undefined);
	});

	test('one that fits everywhere says in its runs what is missing', async () => {
		const stage = await mkdtemp(join(dir, 'unpacked-'));
		const { files } = await Package.read(join(dir, fileOf('universal')));
		for (const [name, bytes] of files) {
			await mkdir(dirname(join(stage, name)), { recursive: true });
			await writeFile(join(stage, name), bytes);
		}
		const run = promisify(execFile)(process.execPath, ['extension/dist/cli.cjs', 'run', 'FIONREAD'], { cwd: stage });
		const here = `${process.platform}-${process.arch}`;
		await expect(run).rejects.toMatchObject({
			code: 2,
			stderr: expect.stringContaining(
				`This package of IOCTL Lens has no native library for ${here} (@koromix/koffi-${here}), which live runs need: install the package made for this platform.`,
			),
		});
	});

	test('the manifest names what its users need and nothing that only the sources do', async () => {
		const packed = JSON.parse((await Package.read(join(dir, fileOf('universal')))).text('extension/package.json'));
		expect(packed).toMatchObject({
			repository: { url: manifest.repository.url },
			bugs: manifest.bugs,
			homepage: manifest.homepage,
			qna: manifest.qna,
			pricing: 'Free',
			main: './dist/extension.cjs',
		});
		expect(packed.keywords.length).toBeLessThanOrEqual(10);
		for (const key of ['scripts', 'devDependencies', 'dependencies', 'bin', 'private', 'browser']) {
			expect(packed).not.toHaveProperty(key);
		}
	});

	test('that for browsers starts there alone, and is a script to whoever asks', async () => {
		const packed = JSON.parse((await Package.read(join(dir, fileOf('web')))).text('extension/package.json'));
		expect(packed.browser).toBe('./dist/extension.browser.js');
		for (const key of ['main', 'type', 'scripts', 'dependencies']) expect(packed).not.toHaveProperty(key);
	});

	test.each([
		['as it is now', [], 'HEAD'],
		['as it is in a release', ['--release'], `v${manifest.version}`],
	])('every picture and link of the readme leads into the repository %s', async (_, options, at) => {
		const out = join(dir, at);
		await node('packaging/main.ts', '--out', out, ...options);
		const text = (await Package.read(join(out, fileOf('universal')))).text('extension/readme.md');
		const links = Array.from(text.matchAll(/(!?)\[[^\]]*\]\(([^)]+)\)/g), ([, kind, url = '']) => [kind, url] as const);
		const base = 'https://github.com/ioctl-lens/ioctl-lens/';
		const own = (way: string) => links.filter(([, url]) => url.startsWith(`${base}${way}/${at}/`));
		expect(own('raw')).toEqual(links.filter(([kind]) => kind === '!'));
		expect(own('raw').length).toBeGreaterThan(0);
		for (const [, url] of [...own('raw'), ...own('blob')]) {
			const path = url.slice(base.length).split('/').slice(2).join('/');
			await stat(join(root, path.replace(/#.*/, '')));
		}
		for (const [, url] of links) expect(url).toMatch(/^(https:\/\/|#)/);
		expect(text).not.toMatch(/<img/);
	});
});

test('bytes that the lock file was not written for are refused', () => {
	const integrity = 'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==';
	verify('empty', Buffer.of(), integrity);
	expect(() => verify('other', Buffer.of(1), integrity)).toThrow('and package-lock.json says');
});

test('an unknown package is named, with those that there are', async () => {
	await expect(node('packaging/main.ts', '--target', 'amiga')).rejects.toMatchObject({
		code: 2,
		stderr: `no package is called amiga; there are ${platforms.join(', ')}, npm\n`,
	});
});
