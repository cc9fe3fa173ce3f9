import assert from 'node:assert/strict';
import { commands, languages, type Uri, WorkspaceEdit, workspace } from 'vscode';
import { closeAll, file, none, open, rangeOf, some, untilFindings } from './support.ts';

const codesOf = (uri: Uri) =>
	languages.getDiagnostics(uri).map(({ code }) => (typeof code === 'object' ? code.value : code));

suite('the check of the workspace', () => {
	suiteSetup(closeAll);
	suiteTeardown(async () => {
		await commands.executeCommand('ioctlLens.clearWorkspace');
		await closeAll();
	});

	test('finds nothing before it is asked to', async () => {
		// What was found in editors that have just been closed goes a moment later.
		for (const folder of ['first', 'second'] as const) await untilFindings(file(folder, 'keepalive.c'), none);
	});

	test('fills the problems with those of files that are not open', async () => {
		await commands.executeCommand('ioctlLens.checkWorkspace');
		assert.deepEqual(codesOf(file('first', 'keepalive.c')), ['sizeof-pointer']);
		assert.deepEqual(codesOf(file('second', 'keepalive.c')), ['sizeof-pointer']);
		const [own] = languages.getDiagnostics(file('second', 'keepalive.c'));
		// The folder's own setting.
		assert.equal(own?.severity, 2);
	});

	test('leaves a file that is opened to its editor, with no doubles, and takes it back when it is closed', async () => {
		const uri = file('first', 'keepalive.c');
		const document = await open(uri);
		await untilFindings(uri, some);
		assert.equal(codesOf(uri).length, 1);
		const edit = new WorkspaceEdit();
		edit.replace(uri, rangeOf(document, 'sizeof(settings)'), 'sizeof(*settings)');
		assert.ok(await workspace.applyEdit(edit));
		await untilFindings(uri, none);
		await closeAll();
		assert.equal((await untilFindings(uri, some)).length, 1);
	});

	test('is cleared', async () => {
		const uri = file('first', 'keepalive.c');
		await commands.executeCommand('ioctlLens.clearWorkspace');
		await untilFindings(uri, none);
		assert.deepEqual(codesOf(file('second', 'keepalive.c')), []);
	});
});
