// The Mocha suite inside a real extension host: in a downloaded VS Code where there is a network, in the stand-in elsewhere.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { expectedDir } from './lib/golden.mjs';
import { hostDir, outDir, rootDir, workbenchObstacle } from './lib/paths.mjs';
import { cannotRun, Report } from './lib/report.mjs';

/** The VS Code of the tests, by name: the same version that the stand-in contains. */
const version = '1.139.1';
const updateServer = 'https://update.code.visualstudio.com';
const probeTimeout = 5000;
const downloadDir = path.join(rootDir, '.vscode-test');

async function answers(url) {
	try {
		await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeTimeout) });
		return true;
	} catch {
		return false;
	}
}

/** Why a downloaded VS Code cannot run here; undefined when it can. */
async function downloadObstacle() {
	const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
	if (headless) return 'there is no display (xvfb-run gives it one)';
	const downloads = existsSync(downloadDir) ? await readdir(downloadDir) : [];
	const cached = downloads.some(
		(name) => name.startsWith(`vscode-${process.platform}`) && name.endsWith(`-${version}`),
	);
	if (!cached && !(await answers(updateServer))) return `${updateServer} does not answer`;
	return undefined;
}

/** A file to run in place of VS Code: test runners start one program with no arguments in front. */
async function standInExecutable(dir) {
	const file = path.join(dir, 'code');
	await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${path.join(hostDir, 'standIn.mjs')}' "$@"\n`);
	await chmod(file, 0o755);
	return file;
}

/**
 * Chooses the program under test. IOCTL_LENS_HOST=download or stand-in decides; otherwise it is tried out.
 * Returns `{ executable, used }` or `{ obstacle }`.
 */
async function chooseHost(dir) {
	const wanted = process.env.IOCTL_LENS_HOST;
	const reasons = [];
	if (wanted !== 'stand-in') {
		const obstacle = wanted === 'download' ? undefined : await downloadObstacle();
		if (!obstacle) {
			const executable = await downloadAndUnzipVSCode({ version, cachePath: downloadDir });
			return { executable, used: `VS Code ${version}, downloaded` };
		}
		reasons.push(`no downloaded VS Code: ${obstacle}`);
	}
	const obstacle = workbenchObstacle();
	if (!obstacle) {
		const executable = await standInExecutable(dir);
		return { executable, used: ['the stand-in made of code-server', ...reasons].join('; ') };
	}
	return { obstacle: [...reasons, `no stand-in: ${obstacle}`].join('; ') };
}

/** Bundles each file of suite/ on its own, so that Mocha loads and names them one by one. */
async function buildSuite() {
	const outdir = path.join(outDir, 'suite');
	await rm(outdir, { recursive: true, force: true });
	const files = (await readdir(path.join(hostDir, 'suite'))).filter((file) => file.endsWith('.ts'));
	await build({
		absWorkingDir: rootDir,
		entryPoints: files.map((file) => `test/host/suite/${file}`),
		outdir,
		outExtension: { '.js': '.cjs' },
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: ['vscode', 'mocha'],
		define: { 'import.meta.dirname': '__dirname' },
		sourcemap: 'inline',
		logLevel: 'warning',
	});
	return path.join(outdir, 'index.cjs');
}

/** Downloaded VS Code installs extensions through a second program that lies beside the first. */
async function installExtension(executable, used, vsix, folders) {
	const args = ['--install-extension', vsix, ...folders];
	if (used.startsWith('VS Code')) {
		const { resolveCliArgsFromVSCodeExecutablePath } = await import('@vscode/test-electron');
		const [cli, ...first] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
		const shell = process.platform === 'win32';
		await promisify(execFile)(shell ? `"${cli}"` : `${cli}`, [...first, ...args], { shell });
	} else {
		await promisify(execFile)(executable, args);
	}
}

/** Runs the leg with this packed extension and returns its exit status. */
export async function runSuite(vsix) {
	const dir = await mkdtemp(path.join(os.tmpdir(), 'ioctl-lens-suite-'));
	try {
		const { executable, used, obstacle } = await chooseHost(dir);
		if (obstacle) {
			console.log(`# suite: cannot run here: ${obstacle}`);
			return cannotRun;
		}
		console.log(`# suite: runs in ${used}`);
		const extensionTestsPath = await buildSuite();
		const workspace = path.join(dir, 'workspace');
		await cp(path.join(hostDir, 'workspace'), workspace, { recursive: true });
		// The tests edit and delete; they get folders of their own, and no settings but the workspace's.
		const folders = [`--user-data-dir=${path.join(dir, 'user')}`, `--extensions-dir=${path.join(dir, 'extensions')}`];
		await Promise.all(['user', 'extensions'].map((name) => mkdir(path.join(dir, name))));
		await installExtension(executable, used, vsix, folders);
		const results = path.join(dir, 'results.jsonl');
		const report = new Report('suite');
		let trouble;
		try {
			await runTests({
				...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
				extensionDevelopmentPath: path.join(hostDir, 'driver'),
				extensionTestsPath,
				extensionTestsEnv: { HOST_RESULTS: results, HOST_EXPECTED: expectedDir },
				launchArgs: [path.join(workspace, 'host.code-workspace'), ...folders],
			});
		} catch (error) {
			trouble = error;
		}
		const lines = existsSync(results) ? (await readFile(results, 'utf8')).split('\n').filter(Boolean) : [];
		let ended = false;
		for (const result of lines.map((line) => JSON.parse(line))) {
			if (result.end) ended = true;
			else if (result.error) report.notOk(result.name, result.error);
			else if (result.name) report.ok(result.name);
		}
		if (!ended)
			report.notOk('the suite ran to its end', `${trouble ?? 'it reported no end'}\nsee the logs in ${outDir}`);
		else if (trouble && report.failed === 0) report.notOk('the host ended well', trouble);
		return report.finish();
	} finally {
		if (process.env.KEEP_PROFILE) console.log(`# profile kept: ${dir}`);
		else await rm(dir, { recursive: true, force: true, maxRetries: 5 });
	}
}
