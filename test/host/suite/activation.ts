import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { extension, file, languagesRead, open, some, until, untilFindings } from './support.ts';

suite('activation', () => {
	test('the package names the languages that the server reads and nothing else', () => {
		const { activationEvents } = extension().packageJSON as { activationEvents: string[] };
		assert.deepEqual(
			// VS Code adds those of what is contributed, which nobody meets who does not ask for it.
			activationEvents.filter((event) => !/^on(?:Command|View|TaskType|Walkthrough):/.test(event)),
			languagesRead.map((language) => `onLanguage:${language}`),
		);
	});

	test('a file of another language does not activate it', async () => {
		const driverActivated = new Promise<void>((resolve) => {
			Object.assign(globalThis, { ioctlLensDriverActivated: resolve });
		});
		const opened = [await workspace.openTextDocument(file('first', 'notes.py'))];
		await driverActivated;
		opened.push(await workspace.openTextDocument(file('first', 'notes.md')));
		assert.deepEqual(
			opened.map((document) => document.languageId),
			['python', 'markdown'],
		);
		assert.equal(extension().isActive, false);
	});

	test('a C file activates it, and the server starts', async () => {
		const document = await open(file('first', 'keepalive.c'));
		await untilFindings(document.uri, some);
		assert.equal(extension().isActive, true);
		const api = extension().exports;
		assert.equal(api.apiVersion, 1);
		const status = await until(api.onDidChangeStatus, () => (api.status.state === 'running' ? api.status : undefined));
		assert.equal(status.version, (extension().packageJSON as { version: string }).version);
		assert.ok(Number.isInteger(status.pid));
	});
});
