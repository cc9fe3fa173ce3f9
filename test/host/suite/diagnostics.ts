import assert from 'node:assert/strict';
import { commands, type Diagnostic, DiagnosticSeverity, languages, type Uri, WorkspaceEdit, workspace } from 'vscode';
import { matchesExpected, rule } from './expected.ts';
import { closeAll, file, none, open, openUnsaved, rangeOf, some, untilFindings } from './support.ts';

/** A copy of the sample under a name of its own, so that tests may delete and rename it. */
async function copy(name: string): Promise<Uri> {
	const uri = file('first', name);
	await workspace.fs.copy(file('first', 'keepalive.c'), uri, { overwrite: true });
	return uri;
}

suite('findings', () => {
	setup(closeAll);
	suiteTeardown(closeAll);

	test('one finding, with its rule, severity, range and text', async () => {
		const document = await open(file('first', 'keepalive.c'));
		const findings = await untilFindings(document.uri, some);
		assert.deepEqual(
			findings.map(({ range, severity, source, code }) => ({
				text: document.getText(range),
				range: [range.start.line, range.start.character, range.end.line, range.end.character],
				severity,
				source,
				code: typeof code === 'object' ? code.value : code,
			})),
			[
				{
					text: 'sizeof(settings)',
					range: [7, 50, 7, 66],
					severity: DiagnosticSeverity.Error,
					source: 'ioctl-lens',
					code: rule,
				},
			],
		);
		matchesExpected('finding.txt', `${findings[0]?.message}\n`);
	});

	test('a finding leads to the page of its rule, and to its object', async () => {
		const document = await open(file('first', 'keepalive.c'));
		const [finding] = await untilFindings(document.uri, some);
		const { code, relatedInformation = [] } = finding ?? {};
		assert.ok(typeof code === 'object');
		const page = await workspace.openTextDocument(code.target);
		assert.equal(page.lineAt(0).text, `# ${rule}`);
		assert.deepEqual(
			relatedInformation.map(({ location, message }) => [document.getText(location.range), message]),
			[['settings', '`settings` is declared here.']],
		);
	});

	test('a finding in TypeScript, beside those of the language itself', async () => {
		const document = await open(file('first', 'keepalive.ts'));
		const ours = (findings: Diagnostic[]) => findings.filter(({ source }) => source === 'ioctl-lens');
		const findings = ours(await untilFindings(document.uri, (all) => ours(all).length > 0));
		assert.deepEqual(
			findings.map(({ range, severity, code, message }) => [
				document.getText(range),
				severity,
				typeof code === 'object' ? code.value : code,
				message,
			]),
			[
				[
					'values.length',
					DiagnosticSeverity.Error,
					'element-count',
					'`values.length` counts the elements of a `Uint32Array` (3), each of 4 bytes, but `cbInBuffer` is a number of bytes (12). `SIO_KEEPALIVE_VALS` reads 12 bytes: WSAIoctl fails with WSAEFAULT. Pass `values.byteLength`.',
				],
			],
		);
	});

	test('a repair removes it, an undo brings it back', async () => {
		const document = await open(file('first', 'keepalive.c'));
		const before = await untilFindings(document.uri, some);
		const edit = new WorkspaceEdit();
		edit.replace(document.uri, rangeOf(document, 'sizeof(settings)'), 'sizeof(*settings)');
		assert.ok(await workspace.applyEdit(edit));
		await untilFindings(document.uri, none);
		await commands.executeCommand('undo');
		assert.deepEqual(await untilFindings(document.uri, some), before);
	});

	test('lines above move it along', async () => {
		const document = await open(file('first', 'keepalive.c'));
		await untilFindings(document.uri, some);
		const edit = new WorkspaceEdit();
		edit.insert(document.uri, rangeOf(document, '/* Passes').start, '\n\n');
		assert.ok(await workspace.applyEdit(edit));
		const moved = await untilFindings(document.uri, ([finding]) => finding?.range.start.line === 9);
		assert.deepEqual(
			moved.map(({ range }) => document.getText(range)),
			['sizeof(settings)'],
		);
	});

	test('closing the file removes it', async () => {
		const { uri } = await open(file('first', 'keepalive.c'));
		await untilFindings(uri, some);
		await commands.executeCommand('workbench.action.closeActiveEditor');
		await untilFindings(uri, none);
	});

	test('deleting the open file removes it', async () => {
		const uri = await copy('deleted.c');
		await open(uri);
		await untilFindings(uri, some);
		const edit = new WorkspaceEdit();
		edit.deleteFile(uri);
		assert.ok(await workspace.applyEdit(edit));
		await untilFindings(uri, none);
	});

	test('deleting the file on disk, behind the editor, removes it', async () => {
		const uri = await copy('vanished.c');
		await open(uri);
		await untilFindings(uri, some);
		await workspace.fs.delete(uri);
		await untilFindings(uri, none);
	});

	test('renaming the file moves it', async () => {
		const from = await copy('old-name.c');
		const to = file('first', 'new-name.c');
		await open(from);
		await untilFindings(from, some);
		const edit = new WorkspaceEdit();
		edit.renameFile(from, to, { overwrite: true });
		assert.ok(await workspace.applyEdit(edit));
		await untilFindings(from, none);
		const findings = await untilFindings(to, some);
		assert.equal(findings.length, 1);
		await closeAll();
		await workspace.fs.delete(to);
	});

	test('an unsaved buffer is checked like a file', async () => {
		const sample = new TextDecoder().decode(await workspace.fs.readFile(file('first', 'keepalive.c')));
		const document = await openUnsaved('c', sample);
		const findings = await untilFindings(document.uri, some);
		assert.deepEqual(
			findings.map(({ range }) => document.getText(range)),
			['sizeof(settings)'],
		);
	});

	test('a C file that calls nothing of the kind gets nothing', async () => {
		const quiet = await open(file('first', 'quiet.c'));
		const reported: string[] = [];
		const listener = languages.onDidChangeDiagnostics(({ uris }) => {
			for (const uri of uris) if (languages.getDiagnostics(uri).length > 0) reported.push(uri.path);
		});
		try {
			// The server has read the quiet file when it answers for one that was opened after it.
			const other = await open(file('first', 'keepalive.c'));
			await untilFindings(other.uri, some);
			assert.deepEqual(new Set(reported), new Set([other.uri.path]));
			assert.deepEqual(languages.getDiagnostics(quiet.uri), []);
		} finally {
			listener.dispose();
		}
	});
});
