// Checks the examples as a user would, compares what is reported with the carets in them, and runs one control code
// live on this machine. Usage: npm start
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseMarkers } from './support/ioctlMarkers.ts';

const root = path.resolve(import.meta.dirname, '..');
// The command line is for whatever Node its user has, not only for the one that builds it.
const node = process.env.npm_node_execpath ?? process.execPath;

function check(...options) {
	/** @type {import('node:child_process').StdioOptions} */
	const stdio = ['ignore', options.length > 0 ? 'pipe' : 'inherit', 'inherit'];
	const args = ['dist/cli.cjs', 'check', 'examples', ...options];
	const { status, stdout, error } = spawnSync(node, args, { cwd: root, stdio, encoding: 'utf8' });
	if (error) throw error;
	if (status !== 1) throw new Error(`the check ended with status ${status}; the wrong examples call for 1`);
	return stdout;
}

/** A finding on one line of ASCII, in a form that reads well and compares. */
const place = (file, line, column, endColumn, rule) => `${file}:${line}:${column}-${endColumn} ${rule}`;

function expectedIn(name) {
	const { source, expected } = parseMarkers(readFileSync(path.join(root, 'examples', name), 'utf8'));
	return expected.map(({ rule, start, end }) => {
		const before = source.slice(0, start);
		const column = start - before.lastIndexOf('\n');
		return place(`examples/${name}`, before.split('\n').length, column, column + end - start, rule);
	});
}

console.log('$ ioctl-lens check examples\n');
check();
const found = JSON.parse(check('--format', 'json')).findings.map((finding) =>
	place(finding.file, finding.line, finding.column, finding.endColumn, finding.rule),
);
const names = readdirSync(path.join(root, 'examples'));
const expected = names.sort().flatMap(expectedIn);

const missing = expected.filter((one) => !found.includes(one));
const surplus = found.filter((one) => !expected.includes(one));
for (const one of missing) console.log(`expected, but not found: ${one}`);
for (const one of surplus) console.log(`found, but not expected: ${one}`);
if (missing.length > 0 || surplus.length > 0) process.exitCode = 1;
else console.log(`\nAs the carets in examples/ expect: ${expected.length} findings, and none in the right calls.`);

/** A live run on this machine's own backend: the runner queues five bytes, so the answer is known. */
function runLive() {
	const run = (...options) => {
		/** @type {import('node:child_process').StdioOptions} */
		const stdio = ['ignore', options.length > 0 ? 'pipe' : 'inherit', 'inherit'];
		return spawnSync(node, ['dist/cli.cjs', 'run', 'FIONREAD', ...options], { cwd: root, stdio, encoding: 'utf8' });
	};
	console.log('\n$ ioctl-lens run FIONREAD\n');
	const { status, error } = run();
	if (error) throw error;
	if (status !== 0) throw new Error(`the run ended with status ${status}`);
	const { output } = JSON.parse(run('--json').stdout);
	if (output.rows[0].value !== 5) throw new Error(`five bytes wait, but the answer is ${output.rows[0].value}`);
}
runLive();
