/**
 * Rules of the linter that older code still breaks, counted by rule and folder. The counts of the table may only fall.
 * After an improvement: node test/support/ratchet.ts
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const file = path.join(import.meta.dirname, 'ratchet.json');

/** Number of places by rule and then by folder; what is not there is none. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const allowed = (): Counts => JSON.parse(readFileSync(file, 'utf8'));

interface Diagnostic {
	readonly category: string;
	readonly location: { readonly path: string };
}

/** The folder that a file is counted in: each folder of the server's sources, and the top level elsewhere. */
function folderOf(name: string): string {
	const parts = name.split('/');
	return parts.slice(0, Math.min(parts.length - 1, name.startsWith('server/src/') ? 3 : 1)).join('/') || '.';
}

/** What the linter finds today under the rules of `biome.ratchet.json`, in a folder or file below the root. */
export function counted(below = '.'): Counts {
	const linter = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
	const args = ['lint', '--config-path=biome.ratchet.json', '--reporter=json', '--max-diagnostics=none', below];
	const { stdout } = spawnSync(process.execPath, [linter, ...args], { cwd: root, maxBuffer: 2 ** 28 });
	const { diagnostics }: { diagnostics: readonly Diagnostic[] } = JSON.parse(stdout.toString());
	const counts: Record<string, Record<string, number>> = {};
	for (const { category, location } of diagnostics) {
		// Comments that silence rules of the other configuration are no matter of this one.
		if (!category.startsWith('lint/')) continue;
		const rule = category.slice(category.lastIndexOf('/') + 1);
		const folder = folderOf(location.path);
		counts[rule] ??= {};
		counts[rule][folder] = (counts[rule][folder] ?? 0) + 1;
	}
	return counts;
}

/** Every count that differs, as `rule in folder: 3, and 2 are allowed`. */
export function differences(found: Counts, table: Counts): { readonly risen: string[]; readonly fallen: string[] } {
	const risen: string[] = [];
	const fallen: string[] = [];
	for (const rule of new Set([...Object.keys(found), ...Object.keys(table)]))
		for (const folder of new Set([...Object.keys(found[rule] ?? {}), ...Object.keys(table[rule] ?? {})])) {
			const [now, then] = [found[rule]?.[folder] ?? 0, table[rule]?.[folder] ?? 0];
			if (now !== then) (now > then ? risen : fallen).push(`${rule} in ${folder}: ${now}, and ${then} are allowed`);
		}
	return { risen, fallen };
}

/** The same counts in one order, so that a table changes where a count does. */
const sorted = (counts: Counts): Counts =>
	Object.fromEntries(
		Object.entries(counts)
			.sort()
			.map(([rule, folders]) => [rule, Object.fromEntries(Object.entries(folders).sort())]),
	);

if (process.argv[1] === import.meta.filename) {
	const found = counted();
	const { risen, fallen } = differences(found, allowed());
	for (const line of fallen) console.log(line);
	for (const line of risen) console.error(line);
	if (risen.length > 0) process.exitCode = 1;
	else writeFileSync(file, `${JSON.stringify(sorted(found), null, '\t')}\n`);
}
