// Runs every test of the project and installs what it needs. Usage: npm test [-- LEG...]
// The last line says how many test cases passed and failed. With CI=true a test that
// cannot run counts as failed on Debian and Ubuntu, where all can be installed; elsewhere it is named.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
/** Where everything can be installed, nothing may be left out. */
const strict = (process.env.CI === 'true' || process.env.CI === '1') && existsSync('/usr/bin/apt-get');
const minutes = 60_000;

/**
 * Debian packages that tests use: compilers and headers for the catalog, Wine for the runner, a browser for the editor,
 * and other editors.
 */
const packages = [
	'gcc-mingw-w64-x86-64',
	'gcc-mingw-w64-i686',
	'libwine-dev',
	'wine',
	'wine64',
	'iproute2',
	'chromium',
	'neovim',
	'emacs-nox',
	'elpa-eglot',
	'elpa-lsp-mode',
	'vim',
	'vim-ale',
];

/**
 * Runs a program without input and collects what it writes.
 * @returns exit status (null when it had to be stopped) and both outputs in one text.
 */
function run(command, args, { limit = 25 * minutes, env = {} } = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd: root,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
			// A group of its own, so that what the program started ends with it.
			detached: process.platform !== 'win32',
		});
		const chunks = [];
		child.stdout.on('data', (chunk) => chunks.push(chunk));
		child.stderr.on('data', (chunk) => chunks.push(chunk));
		const stop = setTimeout(() => {
			chunks.push(Buffer.from(`\nstopped after ${limit / minutes} minutes\n`));
			if (process.platform === 'win32') child.kill('SIGKILL');
			else if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
		}, limit);
		child.on('error', (error) => chunks.push(Buffer.from(`${command}: ${error.message}\n`)));
		child.on('close', (status) => {
			clearTimeout(stop);
			resolve({ status, output: Buffer.concat(chunks).toString() });
		});
	});
}

const node = (...args) => run(process.execPath, args);

// ---- set-up ----

/** One installation of all packages that are missing. Resolves to what stands in the way, or to nothing. */
async function installPackages() {
	if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return 'this is not Debian or Ubuntu';
	const { output } = await run('dpkg', ['--get-selections', ...packages]);
	const present = new Set([...output.matchAll(/^([^\s:]+)\S*\s+install$/gm)].map((match) => match[1]));
	const missing = packages.filter((name) => !present.has(name));
	if (missing.length === 0) return undefined;
	if (process.getuid?.() !== 0)
		return `these packages are missing, and this user may not install them: ${missing.join(' ')}`;
	const apt = (...args) =>
		run('apt-get', ['-o', 'DPkg::Lock::Timeout=600', ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
	const install = () => apt('install', '-y', '-qq', '--no-install-recommends', ...missing);
	let done = await install();
	if (done.status !== 0) {
		// A machine that was just made has no lists of packages.
		await apt('update', '-qq');
		done = await install();
	}
	return done.status === 0 ? undefined : `apt-get could not install ${missing.join(' ')}:\n${done.output}`;
}

/** What legs need beyond `npm ci`; each is begun at most once, and the slow ones while other legs run. */
const setUps = {};
const setUp = {
	packages: () => (setUps.packages ??= installPackages()),
	runner: () => (setUps.runner ??= installFor('test/runner/install.mjs')),
	host: () => (setUps.host ??= installFor('test/host/install.mjs')),
	web: () => (setUps.web ??= installFor('test/web/install.mjs')),
	/** The editor's live runs need what the runner needs. */
	hostAndRunner: async () => (await Promise.all([setUp.host(), setUp.runner()])).find((obstacle) => obstacle),
};

async function installFor(script) {
	await setUp.packages();
	const { status, output } = await node(script);
	return status === 0 ? undefined : `${script} failed:\n${output}`;
}

// ---- legs ----

/** One leg that is one test case: it passes when the program ends with 0. */
const program =
	(...args) =>
	async () => {
		const { status, output } = await node(...args);
		return { passed: Number(status === 0), failed: Number(status !== 0), skipped: [], output };
	};

/** Several programs, one after the other, as one leg. */
const all =
	(...parts) =>
	async () => {
		const results = [];
		for (const part of parts) results.push(await part());
		const sum = (key) => results.reduce((total, result) => total + result[key], 0);
		const output = results.map((result) => result.output).join('');
		return { passed: sum('passed'), failed: sum('failed'), skipped: [], output };
	};

const tsc = 'node_modules/typescript/bin/tsc';

/** Test files under Vitest. Its own count is taken, not a reading of its output. */
const vitest =
	(...paths) =>
	async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'ioctl-lens-test-'));
		try {
			const file = path.join(folder, 'result.json');
			const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
			const { status, output } = await node('node_modules/vitest/vitest.mjs', 'run', ...reporters, ...paths);
			const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] };
			const tests = result.testResults.flatMap((suite) => suite.assertionResults);
			const passed = tests.filter((test) => test.status === 'passed').length;
			const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');
			// A file that cannot be loaded has no tests to fail.
			const broken = result.testResults.filter((s) => s.status === 'failed' && s.assertionResults.length === 0);
			const failed = tests.filter((test) => test.status === 'failed').length + broken.length;
			return {
				passed,
				failed: failed || Number(status !== 0),
				skipped: skipped.map((test) => test.fullName),
				output,
			};
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	};

/** Tests in real editors print a line for each check, and end with 77 where they cannot run. */
const editors = (script) => async () => {
	const { status, output } = await node(script);
	const lines = output.split('\n');
	const passed = lines.filter((line) => /^ok \d+ - /.test(line)).length;
	const failed = lines.filter((line) => /^not ok \d+ - /.test(line)).length;
	const skipped = status === 77 ? [`${script}: it cannot run on this system`] : [];
	const silent = status !== 0 && status !== 77 && failed === 0;
	return { passed, failed: failed + Number(silent), skipped, output };
};

/** What runs one behind the other; of the last two rows, side by side, the second mostly waits for other programs. */
const stages = [
	[
		{
			lint: { run: program('node_modules/@biomejs/biome/bin/biome', 'check', '.') },
			types: {
				run: all(
					program(tsc),
					program(tsc, '-p', 'tsconfig.pure.json'),
					program(tsc, '-p', 'tsconfig.floor.json'),
					program(tsc, '-p', 'tsconfig.scripts.json'),
				),
			},
			generated: { run: program('server/generate.ts', '--check') },
			build: { run: program('esbuild.mjs') },
			examples: { run: program('test/examples.mjs') },
		},
	],
	[
		{
			unit: { run: vitest('test/unit', 'test/catalog'), needs: setUp.packages },
			protocol: { run: vitest('test/protocol') },
		},
		{
			package: { run: vitest('test/vsix.test.ts', 'test/npmPackage.test.ts') },
			runner: { run: vitest('test/runner'), needs: setUp.runner },
			editors: { run: editors('test/editors/run.mjs'), needs: setUp.packages },
			web: { run: editors('test/web/run.mjs'), needs: setUp.web },
			host: { run: editors('test/host/run.mjs'), needs: setUp.hostAndRunner },
		},
	],
];
const legs = Object.assign({}, ...stages.flat());

const indented = (text) => text.trimEnd().replace(/^/gm, '    ');

async function runLeg(name) {
	const { run: leg, needs } = legs[name];
	const obstacle = await needs?.();
	const start = performance.now();
	const result = await leg();
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	const { passed, failed, skipped, output } = result;
	const none = passed + failed + skipped.length === 0;
	const counts = [
		`${passed} ok`,
		...(failed > 0 ? [`${failed} not ok`] : []),
		...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
	];
	const bad = failed > 0 || none || (strict && skipped.length > 0);
	console.log(
		`${bad ? '✗' : '✓'} ${name.padEnd(10)} ${seconds.padStart(6)} s  ${none ? 'nothing was tested' : counts.join(', ')}`,
	);
	if (obstacle && (bad || skipped.length > 0)) console.log(indented(`Set-up: ${obstacle}`));
	for (const skip of skipped) console.log(indented(`skipped: ${skip}`));
	if (bad) console.log(indented(output));
	return { passed, failed: failed + Number(none), skipped: skipped.length };
}

async function main() {
	if (Number.parseInt(process.versions.node, 10) < 24) {
		console.error('The tests run under the Node that the project brings: start them with npm test');
		process.exit(2);
	}
	const wanted = process.argv.slice(2);
	const unknown = wanted.filter((name) => !Object.hasOwn(legs, name));
	if (unknown.length > 0) {
		console.error(`no leg is called ${unknown.join(', ')}; there are ${Object.keys(legs).join(', ')}`);
		process.exit(2);
	}
	const chosen = wanted.length > 0 ? wanted : Object.keys(legs);
	await mkdir(path.join(root, 'test-output'), { recursive: true });
	// Downloads wait for the network while the processors test.
	for (const name of chosen) legs[name].needs?.();

	const total = { passed: 0, failed: 0, skipped: 0 };
	const runAll = async (names) => {
		for (const name of names) {
			if (!chosen.includes(name)) continue;
			const result = await runLeg(name);
			for (const key of Object.keys(total)) total[key] += result[key];
		}
	};
	for (const rows of stages) await Promise.all(rows.map((row) => runAll(Object.keys(row))));
	if (total.skipped > 0) {
		console.log(`${total.skipped} skipped${strict ? ', which counts as failed here' : ''}`);
		if (strict) total.failed += total.skipped;
	}
	console.log(`${total.passed} passed, ${total.failed} failed`);
	process.exitCode = total.failed > 0 ? 1 : 0;
}

await main();
