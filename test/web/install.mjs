// Installs what the tests in VS Code for the Web need and nothing twice. Usage: node test/web/install.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = import.meta.dirname;
const stamp = path.join(folder, 'node_modules/.web-install.json');

/** Names the installed state: the pinned packages. */
function fingerprint() {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(path.join(folder, file)));
	return JSON.stringify({ sha256: hash.digest('hex') });
}

const wanted = fingerprint();
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
	console.log('VS Code for the Web and the browser driver: the pinned versions are there');
} else {
	// No install script runs: one would download a browser, and the system has one.
	const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
	const own = process.env.npm_execpath;
	const [command, all] = own ? [process.execPath, [own, ...args]] : ['npm', args];
	const { status, error } = spawnSync(command, all, {
		stdio: 'inherit',
		cwd: folder,
		shell: !own && process.platform === 'win32',
	});
	if (error) throw error;
	if (status === 0) writeFileSync(stamp, wanted);
	else process.exitCode = 1;
}
