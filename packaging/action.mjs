// What the action for GitHub does: checks once for the log of the job and once for the Security page. It runs as it is, in
// the Node of the machine. IOCTL_LENS_PROGRAM names a built command line instead of the published one of this version.
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const { INPUT_PATHS = '', INPUT_ARGS = '', RUNNER_TEMP = '.', GITHUB_OUTPUT, IOCTL_LENS_PROGRAM } = process.env;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const lines = (text) => text.split('\n').flatMap((line) => line.trim() || []);

/** On Windows npx is a script of the shell, which would read paths as commands: what it starts is started itself. */
function npx(args) {
	if (process.platform !== 'win32') return spawnSync('npx', args, { stdio: 'inherit' });
	const script = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npx-cli.js');
	return spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' });
}

/** Options come first, and paths behind `--`: whatever a path is called, it is no option. */
function check(...options) {
	const args = ['check', ...options, ...lines(INPUT_ARGS), '--', ...lines(INPUT_PATHS)];
	const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
	const published = ['--yes', `ioctl-lens@${version}`, ...args];
	const { status, error } = IOCTL_LENS_PROGRAM
		? spawnSync(process.execPath, [IOCTL_LENS_PROGRAM, ...args], { stdio: 'inherit' })
		: npx(published);
	if (error) throw error;
	return status ?? 2;
}

const sarif = path.join(RUNNER_TEMP, 'ioctl-lens.sarif');
const status = Math.max(check('--format', 'github'), check('--format', 'sarif', '--output', sarif));
if (GITHUB_OUTPUT) appendFileSync(GITHUB_OUTPUT, `status=${status}\nsarif=${sarif}\n`);
// Findings are for the last step to judge: before it they are uploaded.
if (status > 1) process.exitCode = status;
