import assert from 'node:assert/strict';
import { ConfigurationTarget, DiagnosticSeverity, workspace } from 'vscode';
import { rule, symptom } from './expected.ts';
import { closeAll, file, none, open, some, untilFindings } from './support.ts';

suite('settings of each folder', () => {
	suiteSetup(closeAll);
	suiteTeardown(closeAll);

	test('the same file is judged by its own folder', async () => {
		const first = await open(file('first', 'keepalive.c'));
		const second = await open(file('second', 'keepalive.c'));
		assert.equal(first.getText(), second.getText());
		const severities = [];
		for (const { uri } of [first, second]) severities.push((await untilFindings(uri, some)).map((f) => f.severity));
		assert.deepEqual(severities, [[DiagnosticSeverity.Error], [DiagnosticSeverity.Information]]);
	});

	test('a changed setting takes effect at once, in its folder only', async () => {
		const first = await open(file('first', 'keepalive.c'));
		const second = await open(file('second', 'keepalive.c'));
		const settings = workspace.getConfiguration('ioctlLens', second.uri);
		await untilFindings(second.uri, some);
		await settings.update('rules', { [rule]: 'off', [symptom]: 'off' }, ConfigurationTarget.WorkspaceFolder);
		await untilFindings(second.uri, none);
		assert.equal((await untilFindings(first.uri, some))[0]?.severity, DiagnosticSeverity.Error);
		await settings.update('rules', { [rule]: 'info' }, ConfigurationTarget.WorkspaceFolder);
		assert.equal((await untilFindings(second.uri, some))[0]?.severity, DiagnosticSeverity.Information);
	});

	test('a configuration file holds at once, and what the user has set is on top of it', async () => {
		const first = await open(file('first', 'keepalive.c'));
		const second = await open(file('second', 'keepalive.c'));
		const both = ['first', 'second'] as const;
		const configuration = (folder: (typeof both)[number]) => file(folder, '.ioctl-lens.json');
		const off = new TextEncoder().encode(JSON.stringify({ rules: { [rule]: 'off', [symptom]: 'off' } }));
		await untilFindings(first.uri, some);
		for (const folder of both) await workspace.fs.writeFile(configuration(folder), off);
		await untilFindings(first.uri, none);
		assert.deepEqual(
			(await untilFindings(second.uri, some)).map((f) => f.severity),
			[DiagnosticSeverity.Information],
		);
		for (const folder of both) await workspace.fs.delete(configuration(folder));
		assert.equal((await untilFindings(first.uri, some))[0]?.severity, DiagnosticSeverity.Error);
	});
});
