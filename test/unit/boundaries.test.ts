import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, ROOMS, target, violations } from '../support/rooms.ts';

const root = resolve(import.meta.dirname, '../..');

/** Every source of the product by its path from the root. */
const sources: ReadonlyMap<string, string> = new Map(
	['server/src', 'client/src', 'native/src'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
			.map((entry) => join(entry.parentPath, entry.name))
			.map((file) => [relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')] as const),
	),
);

/** What is found beyond that once there is one source more, or another text in one. */
function foundWith(file: string, text: string): string[] {
	const before = violations(sources);
	return violations(new Map([...sources, [file, text]])).filter((violation) => !before.includes(violation));
}

describe('imports', () => {
	test('lead from each folder only where the table of rooms says', () => {
		expect(violations(sources)).toEqual([]);
	});

	test('are found in every room', () => {
		const targets = importsOf(sources).map(target);
		expect(targets).toContain('server/src/catalog/model.ts');
		expect(targets).toContain('node:fs');
		expect(targets).toContain('vscode');
		for (const room of Object.keys(ROOMS).filter((name) => !/^(?:client|native)$/.test(name)))
			expect([...sources.keys()].filter((file) => file.startsWith(`server/src/${room}`)).length).toBeGreaterThan(0);
	});

	test.each([
		['an import from a floor above', 'server/src/catalog/model.ts', "import { judge } from '../check/judge.ts';"],
		[
			'from a file of any name',
			'server/src/rules/entries/new-rule.ts',
			"import type { X } from '../../check/check.ts';",
		],
		['Node where a browser must do', 'server/src/check/anything.ts', "import { readFileSync } from 'node:fs';"],
		['Node, loaded late', 'server/src/lsp/features/anything.ts', "await import('node:fs')"],
		[
			'the protocol run outside of the transport',
			'server/src/lsp/session/anything.ts',
			"import { x } from 'vscode-languageserver';",
		],
		['the editor in the server', 'server/src/lsp/server.ts', "import * as vscode from 'vscode';"],
		['the editor in the runner', 'native/src/plan.ts', "import * as vscode from 'vscode';"],
		['the server in the runner', 'native/src/plan.ts', "import { x } from '../../server/src/run/plan.ts';"],
		['the client in the server', 'server/src/cli/main.ts', "import { x } from '../../../client/src/commands.ts';"],
		[
			'more of the server than its messages in the client',
			'client/src/commands.ts',
			"import { x } from '../../server/src/lsp/server.ts';",
		],
	])('are refused: %s', (_what, file, text) => {
		const from = /'([^']+)'/.exec(text)?.[1];
		expect(foundWith(file, text)).toEqual([`${file}: ${from}`]);
	});

	test.each(['server/src/extra/a.ts', 'server/src/lsp/extra/a.ts', 'server/src/extra.ts'])(
		'are refused in a folder or beside the folders where nobody has said what may be imported: %s',
		(file) => {
			const room = file.replace('server/src/', '').replace('/a.ts', '');
			expect(foundWith(file, '')).toEqual([`${room}: a folder that has no place`]);
		},
	);
});

test('generated files are fresh', () => {
	const check = () => {
		try {
			return execFileSync(process.execPath, [join(root, 'server/generate.ts'), '--check'], {
				stdio: 'pipe',
			}).toString();
		} catch (error) {
			return (error as { stderr: Buffer }).stderr.toString();
		}
	};
	expect(check()).toBe('');
});
