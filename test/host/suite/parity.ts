import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commands, DiagnosticSeverity, languages, type Uri } from 'vscode';
import { closeAll, extension, file, open, untilFindings } from './support.ts';

/** One call that is wrong, and one of a code of the user's own. */
const WRONG = `#include "sizes.h"
int f(SOCKET s, DWORD n)
{
	BOOL on = TRUE;
	if (WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, SIZE, NULL, 0, &n, NULL, NULL) == SOCKET_ERROR) return 1;
	return WSAIoctl(s, SIO_ACME_RESET, &on, 2, NULL, 0, &n, NULL, NULL);
}
`;
const OFF = { rules: { 'input-too-small': 'off' } };
const FILES: Readonly<Record<string, string | object>> = {
	'.ioctl-lens.json': {
		exclude: ['gen'],
		codes: { SIO_ACME_RESET: { value: '_WSAIOW(IOC_VENDOR, 0x1001)', input: { type: 'DWORD', error: 'WSAEFAULT' } } },
	},
	'a.c': WRONG,
	'sizes.h': '#define SIZE 4\n',
	'pkgA/a.c': WRONG,
	'pkgA/gen/a.c': WRONG,
	'pkgB/.ioctl-lens.json': OFF,
	'pkgB/a.c': WRONG,
	'pkgC/.ioctl-lens.json': { root: true, rules: { 'input-too-small': 'warning' }, target: 'x64' },
	'pkgC/gen/a.c': WRONG,
	'pkgD/.ioctl-lens.json': { extends: '../pkgB/.ioctl-lens.json' },
	'pkgD/sizes.h': '#define SIZE 300\n',
	'pkgD/a.cpp': WRONG,
};

interface Told {
	readonly file: string;
	readonly place: readonly number[];
	readonly severity: string;
	readonly rule: string;
	readonly message: string;
}

const byPlace = (found: readonly Told[]): Told[] =>
	found.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

suite('editor and command line', () => {
	const root = file('first', 'parity').fsPath;
	suiteSetup(async () => {
		await closeAll();
		for (const [name, content] of Object.entries(FILES)) {
			mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
			writeFileSync(path.join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
		}
	});
	suiteTeardown(async () => {
		await closeAll();
		rmSync(root, { recursive: true });
	});

	test('find the same in a tree with nested configurations', async () => {
		const cli = path.join(extension().extensionPath, 'dist/cli.cjs');
		const told = outputOf(cli, ['check', '.', '--format', 'json'], root);
		const expected: Told[] = JSON.parse(told).findings.map((f: Record<string, unknown>) => ({
			file: f.file,
			place: [f.line, f.column, f.endLine, f.endColumn],
			severity: f.severity,
			rule: f.rule,
			message: f.message,
		}));
		// Each configuration has its say.
		assert.deepEqual([...new Set(expected.map((f) => f.file))].sort(), [
			'a.c',
			'pkgA/a.c',
			'pkgC/gen/a.c',
			'pkgD/a.cpp',
		]);
		const found: Told[] = [];
		for (const name of Object.keys(FILES).filter((each) => /\.c(?:pp)?$/.test(each))) {
			const { uri } = await open(file('first', `parity/${name}`));
			// Answered when the file is checked; what was found may come right behind.
			await commands.executeCommand('vscode.executeCodeLensProvider', uri);
			const count = expected.filter((f) => f.file === name).length;
			await untilFindings(uri, (findings) => findings.length >= count);
			found.push(...shown(uri, name));
		}
		assert.deepEqual(byPlace(found), byPlace(expected));
	});
});

function outputOf(cli: string, args: readonly string[], cwd: string): string {
	try {
		const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
		return execFileSync(process.execPath, [cli, ...args], { cwd, env, encoding: 'utf8' });
	} catch (error) {
		// There are findings.
		const { status, stdout } = error as { status?: number; stdout?: string };
		if (status !== 1 || stdout === undefined) throw error;
		return stdout;
	}
}

const SEVERITIES = {
	[DiagnosticSeverity.Error]: 'error',
	[DiagnosticSeverity.Warning]: 'warning',
	[DiagnosticSeverity.Information]: 'info',
	[DiagnosticSeverity.Hint]: 'hint',
};

const shown = (uri: Uri, name: string): Told[] =>
	languages.getDiagnostics(uri).map(({ range: { start, end }, severity, code, message }) => ({
		file: name,
		place: [start.line + 1, start.character + 1, end.line + 1, end.character + 1],
		severity: SEVERITIES[severity],
		rule: String(typeof code === 'object' ? code.value : code),
		message,
	}));
