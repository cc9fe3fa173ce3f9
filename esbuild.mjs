// Bundles every door of the product into dist/. Usage: node esbuild.mjs [--production] [--watch] [--out DIR]
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { context, transform } from 'esbuild';

const root = import.meta.dirname;
const out = process.argv.indexOf('--out');
const dist = out < 0 ? path.join(root, 'dist') : path.resolve(process.argv[out + 1] ?? '');
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/**
 * What each bundle starts from; `external` names what only the host of that bundle can provide.
 * @type {readonly { name: string, entry: string, external: string[], browser?: boolean }[]}
 */
const bundles = [
	{ name: 'extension', entry: 'client/src/extension.ts', external: ['vscode'] },
	{ name: 'server', entry: 'server/src/node/main.ts', external: [] },
	{ name: 'cli', entry: 'server/src/node/cli.ts', external: [] },
	{ name: 'commands', entry: 'server/src/cli/main.ts', external: [] },
	{ name: 'inspector', entry: 'server/src/node/inspector.ts', external: [] },
	{ name: 'runner', entry: 'native/src/main.ts', external: ['koffi'] },
	{ name: 'server.browser', entry: 'server/src/browser/main.ts', external: [], browser: true },
	{ name: 'extension.browser', entry: 'client/src/browser/extension.ts', external: ['vscode'], browser: true },
];

/** @param {{ name: string, browser?: boolean }} bundle */
const fileOf = ({ name, browser }) => `${name}.${browser ? 'js' : 'cjs'}`;

/** That of the oldest VS Code and of the oldest Node that package.json names. */
const oldestNode = 'node20.9';

/**
 * A bundle for Node, or for a worker of a browser, which has no modules of its own.
 * @typedef {import('esbuild').BuildOptions} BuildOptions
 * @type {BuildOptions}
 */
const forNode = { platform: 'node', format: 'cjs', target: oldestNode, mainFields: ['module', 'main'] };
/** @type {BuildOptions} */
const forBrowser = { platform: 'browser', format: 'iife', target: 'es2022', mainFields: ['browser', 'module', 'main'] };

/** The parser stays a file of its own: after a crash inside its wasm the server loads the module anew. */
const parserModule = 'web-tree-sitter.cjs';
const parserPackage = 'node_modules/web-tree-sitter';

/** What the runner loads of its library; the native binary is a package of its own, one for each platform. */
const foreignFunctions = {
	folder: 'node_modules/koffi',
	files: ['package.json', 'LICENSE.txt', 'index.cjs', 'src/koffi/index.cjs', 'src/koffi/src/static.cjs'],
	binaries: 'node_modules/@koromix',
	prefix: 'koffi-',
};

/** A CommonJS bundle has no `import.meta`; sources that also run unbundled may use it all the same. */
const importMeta = {
	define: {
		'import.meta.url': '__bundleUrl',
		'import.meta.dirname': '__dirname',
		'import.meta.filename': '__filename',
	},
	banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/**
 * Packages that take long to load or stay large (what string-width knows of scripts is made into expressions, what xmldom
 * knows of names as well), and that few sessions ask for: a bundle loads one when something of it is first called.
 * @type {Readonly<Record<string, readonly string[]>>} the functions and classes that we import of each
 */
const late = { 'string-width': ['default'], '@xmldom/xmldom': ['DOMParser'] };

/** Stands for a function or a class until that is called. */
const deferred = (/** @type {string} */ from, /** @type {string} */ name) => {
	const stand = `function (...args) {
		const real = require(${JSON.stringify(from)}).${name};
		return new.target ? new real(...args) : real(...args);
	}`;
	return name === 'default' ? `export default ${stand};` : `export const ${name} = ${stand};`;
};

const loadedLate = {
	name: 'loaded-late',
	setup(build) {
		const filter = new RegExp(`^(?:${Object.keys(late).join('|')})$`);
		build.onResolve({ filter }, ({ path: name, namespace, resolveDir }) =>
			namespace === 'late' ? undefined : { path: name, namespace: 'late', pluginData: resolveDir },
		);
		build.onLoad({ filter: /.*/, namespace: 'late' }, ({ path: name, pluginData: resolveDir }) => ({
			contents: late[name]?.map((exported) => deferred(name, exported)).join('\n'),
			resolveDir,
		}));
	},
};

async function readIfPresent(file) {
	try {
		return await readFile(file, 'utf8');
	} catch (/** @type {any} */ error) {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	}
}

/** Replaces a bundle in one step: a server started while a build runs reads the old file or the new one, never half. */
const atomicWrite = {
	name: 'atomic-write',
	setup(build) {
		build.onEnd(async ({ outputFiles }) => {
			for (const { path: file, contents } of outputFiles ?? []) {
				// One letter that is not Latin has the whole text kept with two bytes for each letter as long as it runs.
				if (production && contents.some((byte) => byte > 0x7f)) throw new Error(`${file} is not ASCII`);
				await replaceFile(file, contents);
			}
		});
	},
};

/** Removes what an earlier build left, so that a package never carries a bundle whose source is gone. */
async function clean() {
	await mkdir(dist, { recursive: true });
	const known = new Set([...bundles.map(fileOf), parserModule]);
	for (const file of await readdir(dist)) {
		const stale = file.endsWith('.map') ? production : /\.c?js$/.test(file) && !known.has(file);
		if (stale) await rm(path.join(dist, file));
	}
}

async function replaceFile(file, contents) {
	const fresh = `${file}.${process.pid}.new`;
	await writeFile(fresh, contents);
	await rename(fresh, file);
}

async function copyParser() {
	const source = await readFile(path.join(root, parserPackage, parserModule), 'utf8');
	const { code } = await transform(source, { minify: production, platform: 'node', target: oldestNode });
	await replaceFile(path.join(dist, parserModule), code);
	console.log(`dist/${parserModule}: ${Math.ceil(code.length / 1024)} KB`);
}

async function copyGrammars() {
	const from = path.join(root, 'grammars');
	const to = path.join(dist, 'grammars');
	await mkdir(to, { recursive: true });
	const files = (await readdir(from)).filter((file) => file.endsWith('.wasm'));
	for (const file of files) await replaceFile(path.join(to, file), await readFile(path.join(from, file)));
	for (const file of await readdir(to)) {
		if (file.endsWith('.wasm') && !files.includes(file)) await rm(path.join(to, file));
	}
	console.log(`dist/grammars: ${files.length} files`);
}

/**
 * Puts the library of the runner beside it. A native binary cannot be bundled; those of the platforms that were
 * installed come along, which is the current one.
 */
async function copyForeignFunctions() {
	const { folder, files, binaries, prefix } = foreignFunctions;
	const copied = files.map((file) => path.join(folder, file));
	for (const name of await readdir(path.join(root, binaries))) {
		if (!name.startsWith(prefix)) continue;
		const inside = await readdir(path.join(root, binaries, name), { recursive: true });
		for (const file of inside.filter((file) => /(^|[\\/])(package\.json|index\.js|koffi\.node)$/.test(file))) {
			copied.push(path.join(binaries, name, file));
		}
	}
	for (const file of copied) {
		const to = path.join(dist, file);
		await mkdir(path.dirname(to), { recursive: true });
		await replaceFile(to, await readFile(path.join(root, file)));
		if (file.endsWith('.node')) await chmod(to, 0o755);
	}
	const there = await readdir(path.join(dist, 'node_modules'), { recursive: true, withFileTypes: true });
	for (const entry of there.filter((entry) => entry.isFile() && !entry.name.endsWith('.new'))) {
		const file = path.join(entry.parentPath, entry.name);
		if (!copied.includes(path.relative(dist, file))) await rm(file);
	}
	console.log(`dist/${folder}: ${copied.length} files`);
}

/** The packages a bundle was made from, found in esbuild's list of inputs. */
function bundledPackages(metafile) {
	const packages = new Set();
	for (const input of Object.keys(metafile.inputs)) {
		const parts = input.split('/');
		const at = parts.lastIndexOf('node_modules');
		if (at < 0) continue;
		packages.add(parts.slice(0, at + (parts[at + 1]?.startsWith('@') ? 3 : 2)).join('/'));
	}
	return packages;
}

/** Bundling drops the licence files of what it bundles; their terms ask that the notices travel along. */
async function writeNotices(folders) {
	const notices = [];
	for (const folder of [...folders].sort()) {
		const manifest = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
		const file = (await readdir(path.join(root, folder))).find((name) => /^licen[cs]e/i.test(name));
		const kept = path.join(root, 'packaging/licenses', `${manifest.name.replace('/', '+')}.txt`);
		const text = await readIfPresent(file ? path.join(root, folder, file) : kept);
		if (!text) throw new Error(`${folder} carries no licence file: find its terms before bundling it`);
		notices.push(`${manifest.name} ${manifest.version} (${manifest.license})\n\n${text.trim()}\n`);
	}
	/** @type {{ files: Record<string, { package: string, version: string, license: string }> }} */
	const { files } = JSON.parse(await readFile(path.join(root, 'grammars/manifest.json'), 'utf8'));
	const grammars = new Map(Object.values(files).map((file) => [file.package, file]));
	for (const [name, { version, license }] of grammars) {
		// The parser is among the folders already.
		if (name === path.basename(parserPackage)) continue;
		const text = await readFile(path.join(root, 'grammars/licenses', `${name}.txt`), 'utf8');
		notices.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
	}
	const heading = 'IOCTL Lens contains parts of the packages below, under their own terms.\n';
	await writeFile(path.join(dist, 'THIRD-PARTY-NOTICES.txt'), [heading, ...notices].join(`\n${'-'.repeat(80)}\n\n`));
	console.log(`dist/THIRD-PARTY-NOTICES.txt: ${notices.length} packages`);
}

async function main() {
	await clean();
	await copyGrammars();
	await copyParser();
	await copyForeignFunctions();
	const packages = new Set([parserPackage, foreignFunctions.folder]);
	for (const made of bundles) {
		const { entry, external, browser } = made;
		const file = fileOf(made);
		if ((await readIfPresent(path.join(root, entry))) === undefined) {
			console.warn(`dist/${file}: skipped, ${entry} does not exist`);
			await rm(path.join(dist, file), { force: true });
			continue;
		}
		const bundle = await context({
			absWorkingDir: root,
			entryPoints: [entry],
			outfile: path.join(dist, file),
			external,
			bundle: true,
			...(browser ? forBrowser : { ...forNode, ...importMeta }),
			// A worker is a script; what an editor loads is a module.
			...(browser && external.length > 0 ? { format: 'cjs' } : {}),
			// Names of functions stay as they are, for the traces in reports. What esbuild does to keep names that it has
			// shortened makes an object of its own of every function, which takes megabytes.
			minifyWhitespace: production,
			minifySyntax: production,
			sourcemap: production ? false : 'linked',
			legalComments: 'none',
			metafile: true,
			write: false,
			plugins: [atomicWrite, loadedLate],
			logLevel: 'warning',
		});
		const { metafile = { inputs: {}, outputs: {} } } = await bundle.rebuild();
		for (const folder of bundledPackages(metafile)) packages.add(folder);
		const bytes = Object.values(metafile.outputs).find((output) => output.entryPoint)?.bytes ?? 0;
		console.log(`dist/${file}: ${Math.ceil(bytes / 1024)} KB`);
		if (watch) await bundle.watch();
		else await bundle.dispose();
	}
	await writeNotices(packages);
}

await main();
