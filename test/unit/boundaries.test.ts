import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

interface Import {
	readonly file: string;
	readonly from: string;
	/** Vanishes when compiled. */
	readonly typeOnly: boolean;
}

const IMPORT =
	/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/gm;

function importsOf(folder: string): Import[] {
	return sourcesOf(folder).flatMap((file) => {
		const text = readFileSync(join(root, file), 'utf8');
		return [...text.matchAll(IMPORT)].map((m) => ({ file, from: (m[2] ?? m[3])!, typeOnly: m[1] !== undefined }));
	});
}

function sourcesOf(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => relative(root, join(entry.parentPath, entry.name)))
		.sort();
}

/** Where a relative import leads, from the repository's root; a package's name stays as it is. */
const target = ({ file, from }: Import): string => (from.startsWith('.') ? join(file, '..', from) : from);

const shown = ({ file, from }: Import) => `${file}: ${from}`;

/** The editor's libraries; vscode-uri is about URIs alone. */
const VSCODE = /^vscode(?:$|-(?!uri$))/;

describe('imports', () => {
	test('are found at all', () => {
		expect(importsOf('server/src/types').map(target)).toContain('server/src/catalog/model.ts');
		expect(importsOf('server/src/node').map(target)).toContain('node:fs');
		expect(importsOf('client/src').map(target)).toContain('vscode');
	});

	test.each(['catalog', 'types', 'syntax', 'calls', 'languages', 'rules', 'check', 'reference', 'workspace'])(
		'server/src/%s knows no editor',
		(folder) => {
			const foreign = importsOf(`server/src/${folder}`).filter(({ from }) => VSCODE.test(from));
			expect(foreign.map(shown)).toEqual([]);
		},
	);

	test('only the transport runs vscode-languageserver', () => {
		const users = importsOf('server/src').filter(
			({ from, typeOnly }) => !typeOnly && /^vscode-languageserver(?:$|\/|-protocol|-types)/.test(from),
		);
		expect([...new Set(users.map(({ file }) => file))]).toEqual([
			'server/src/browser/main.ts',
			'server/src/lsp/connection/client.ts',
			'server/src/lsp/connection/registrar.ts',
			'server/src/lsp/server.ts',
			'server/src/node/main.ts',
		]);
	});

	test.each([
		['catalog', ['catalog', 'types']],
		['types', ['types', 'catalog']],
		['syntax', ['syntax', 'languages']],
		['calls', ['calls', 'types', 'syntax', 'catalog', 'languages']],
		['languages', ['languages', 'calls', 'types', 'syntax', 'catalog']],
		['rules', ['rules', 'calls', 'types', 'syntax', 'catalog']],
		['reference', ['reference', 'calls', 'types', 'catalog']],
		['check', ['check', 'rules', 'calls', 'types', 'syntax', 'catalog', 'languages']],
	])('server/src/%s depends on nothing above it', (folder, allowed) => {
		const known = new RegExp(`^server/src/(?:${allowed.join('|')})/`);
		const upward = importsOf(`server/src/${folder}`).filter(
			(i) => target(i).startsWith('server/') && !known.test(target(i)),
		);
		expect(upward.map(shown)).toEqual([]);
	});

	test('the client knows of the server only its messages', () => {
		const inside = importsOf('client/src').filter((i) => /^server\//.test(target(i)));
		expect(inside.filter((i) => target(i) !== 'server/src/lsp/protocol.ts').map(shown)).toEqual([]);
	});

	test('the runner knows nothing of the server, the client and the editor', () => {
		const foreign = importsOf('native/src').filter(
			(i) =>
				/^(?:server|client)\//.test(target(i)) || i.from === 'vscode' || i.from.startsWith('vscode-languageserver'),
		);
		expect(foreign.map(shown)).toEqual([]);
	});

	test('the server knows nothing of the client, and of the runner only what makes and starts plans', () => {
		const foreign = importsOf('server/src').filter((i) => /^(?:native|client)\//.test(target(i)));
		const allowed = /^server\/src\/(?:run|cli|node)\//;
		expect(foreign.filter((i) => !allowed.test(i.file) || target(i).startsWith('client/')).map(shown)).toEqual([]);
	});
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
