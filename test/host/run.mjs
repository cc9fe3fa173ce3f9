// Tests the packed extension in a real VS Code. Usage: node test/host/run.mjs [ui|german|suite]
// Exit status: 0 all passed, 1 a check failed, 77 a leg cannot run on this system (the reason is printed).
// HOST_GREP=words runs only the tests that have them in their names; those of the ui leg lean on earlier ones.
// UPDATE_EXPECTED=1 rewrites the texts in expected/: read the difference before you keep it.
// IOCTL_LENS_VSIX names a packed extension to test; without it the current sources are packed first.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { runGerman } from './german.mjs';
import { outDir, rootDir } from './lib/paths.mjs';
import { cannotRun } from './lib/report.mjs';
import { runSuite } from './suite.mjs';
import { runUi } from './ui.mjs';

const legs = { ui: runUi, german: runGerman, suite: runSuite };
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in legs));
if (unknown.length > 0) {
	console.error(`unknown leg: ${unknown.join(', ')} (known: ${Object.keys(legs).join(', ')})`);
	process.exit(2);
}

if (Number.parseInt(process.versions.node, 10) < 22) {
	console.error(`Node ${process.versions.node} is too old for these tests; "npm run host" brings the right one`);
	process.exit(2);
}

/** The package for this platform; in a real editor its runs are real. */
function pack() {
	const target = `${process.platform}-${process.arch}`;
	const args = ['packaging/main.ts', '--target', target, '--out', outDir];
	execFileSync(process.execPath, args, { cwd: rootDir, stdio: ['ignore', 'ignore', 'inherit'] });
	return path.join(outDir, `ioctl-lens-${target}.vsix`);
}

mkdirSync(outDir, { recursive: true });
const given = process.env.IOCTL_LENS_VSIX;
const vsix = given ? path.resolve(given) : pack();
console.log(`# tests ${path.relative(rootDir, vsix)}`);

const statuses = [];
for (const name of wanted.length > 0 ? wanted : Object.keys(legs)) statuses.push(await legs[name](vsix));
if (statuses.some((status) => status !== 0 && status !== cannotRun)) process.exitCode = 1;
else if (statuses.includes(cannotRun)) process.exitCode = cannotRun;
