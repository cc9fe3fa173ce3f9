// Installs what the host tests need and nothing twice. Usage: node test/host/install.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, hostDir, installStamp } from './lib/paths.mjs';

function run(command, args, options = {}) {
	console.log(`$ ${[command, ...args].join(' ')}`);
	const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd: hostDir, ...options });
	if (error) throw error;
	if (status !== 0) throw new Error(`${command} ended with status ${status}`);
}

/** npm as this script was started with, or the one on the path. */
function npm(...args) {
	const own = process.env.npm_execpath;
	if (own) run(process.execPath, [own, ...args]);
	else run('npm', args);
}

function installChromium() {
	if (existsSync(chromium)) {
		console.log(`Chromium: ${chromium} is there`);
		return;
	}
	const isDebian = existsSync('/usr/bin/apt-get');
	if (!isDebian || process.getuid?.() !== 0) {
		const why = isDebian ? 'this user is not root' : 'this is no Debian';
		throw new Error(`Chromium is missing and cannot be installed (${why}): install it and set CHROMIUM to its path`);
	}
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	run('apt-get', ['update', '-qq'], { env });
	run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
}

/** Names the installed state: the pinned packages and the Node that chose their builds. */
function fingerprint() {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(path.join(hostDir, file)));
	return JSON.stringify({ sha256: hash.digest('hex') });
}

function installPackages() {
	const wanted = fingerprint();
	if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === wanted) {
		console.log('code-server, its Node and the browser driver: the pinned versions are there');
		return;
	}
	// No install script runs: code-server's own would download, and all that is needed comes prebuilt.
	npm('ci', '--ignore-scripts', '--no-audit', '--no-fund');
	const workbench = path.join(hostDir, 'node_modules/code-server/lib/vscode');
	npm('install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--prefix', workbench);
	writeFileSync(installStamp, wanted);
}

if (process.platform !== 'linux' || process.arch !== 'x64') {
	console.log(`nothing to install: on ${process.platform}/${process.arch} the suite runs in a downloaded VS Code`);
} else {
	try {
		installChromium();
		installPackages();
	} catch (/** @type {any} */ error) {
		console.error(error.message);
		process.exitCode = 1;
	}
}
