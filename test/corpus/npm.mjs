// Fetches the published sources of two packages that use ws2_32 and checks them: their calls are right, so there
// must be no finding. Needs npm and a network; not a part of CI. Usage: node test/corpus/npm.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checker } from '../../server/src/check/check.ts';
import { languageOf } from '../../server/src/languages/languageOf.ts';
import { diskProject } from '../../server/src/node/diskProject.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';

const packages = ['koffi@3.3.4', 'raw-socket@1.8.1'];
const folder = mkdtempSync(join(tmpdir(), 'ioctl-lens-npm-'));
const checker = new Checker(nodeEngine(import.meta.dirname), diskProject());
let serious = 0;
try {
	for (const name of packages) {
		const [{ filename }] = JSON.parse(
			execFileSync('npm', ['pack', '--json', '--pack-destination', folder, name], { encoding: 'utf8' }),
		);
		const target = mkdtempSync(join(folder, 'package-'));
		execFileSync('tar', ['-xzf', join(folder, filename), '-C', target]);
		const counts = { files: 0, calls: 0, bindings: 0, findings: 0 };
		for (const entry of readdirSync(target, { recursive: true, encoding: 'utf8' })) {
			const path = join(target, entry);
			if (!statSync(path).isFile() || statSync(path).size > 2 ** 21 || !languageOf(path, undefined, '')) continue;
			counts.files++;
			const result = await checker.check({ name: path, text: readFileSync(path, 'utf8') });
			if (!result) continue;
			const { calls, bindings, findings } = result;
			counts.calls += calls.length;
			counts.bindings += bindings.length;
			for (const finding of findings.filter((f) => f.severity === 'error' || f.severity === 'warning')) {
				counts.findings++;
				console.log(`${entry}: ${finding.rule}: ${finding.message}`);
			}
		}
		serious += counts.findings;
		console.log(
			`${name}: ${counts.files} files, ${counts.calls} calls, ${counts.bindings} declarations, ${counts.findings} findings`,
		);
	}
} finally {
	checker.dispose();
	rmSync(folder, { recursive: true, force: true });
}
process.exitCode = serious > 0 ? 1 : 0;
