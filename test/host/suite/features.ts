import assert from 'node:assert/strict';
import {
	type CodeAction,
	type CodeLens,
	type CompletionList,
	commands,
	type Hover,
	type Location,
	MarkdownString,
	Position,
	type Tab,
	TabInputWebview,
	type TextDocument,
	window,
	workspace,
} from 'vscode';
import { matchesExpected } from './expected.ts';
import {
	closeAll,
	extension,
	file,
	languagesRead,
	none,
	open,
	openUnsaved,
	rangeOf,
	some,
	untilFindings,
} from './support.ts';

/** The lenses that explain; which others stand beside them depends on the machine. */
async function lensesOf(document: TextDocument): Promise<CodeLens[]> {
	const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
	return lenses.filter(({ command }) => command?.command === 'ioctlLens.explainCall');
}

suite('hover, lens and commands', () => {
	let document: TextDocument;

	setup(async () => {
		await closeAll();
		document = await open(file('first', 'keepalive.c'));
		await untilFindings(document.uri, some);
	});
	suiteTeardown(closeAll);

	test('hover', async () => {
		const { start } = rangeOf(document, 'SIO_KEEPALIVE_VALS');
		const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, start);
		assert.equal(hovers.length, 1);
		const [content] = hovers[0]?.contents ?? [];
		assert.ok(content instanceof MarkdownString);
		assert.deepEqual(content.isTrusted, { enabledCommands: ['ioctlLens.openReference'] });
		matchesExpected('hover.md', content.value);
	});

	test('no hover beside a call', async () => {
		const { start } = rangeOf(document, 'DWORD');
		const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, start);
		assert.deepEqual(hovers, []);
	});

	for (const language of languagesRead) {
		test(`hover in a document of the language ${language}`, async () => {
			await closeAll();
			const unsaved = await openUnsaved(language, 'SIO_KEEPALIVE_VALS');
			const start = new Position(0, 0);
			const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', unsaved.uri, start);
			// Another extension may have something to say about the word as well.
			const texts = hovers.flatMap(({ contents }) => contents.map((c) => (c instanceof MarkdownString ? c.value : '')));
			const ours = texts.filter((text) => text.startsWith('**`SIO_KEEPALIVE_VALS`**'));
			assert.equal(ours.length, 1);
			matchesExpected('hover.md', ours[0] ?? '');
		});
	}

	test('the definition of a code is its page', async () => {
		const { start } = rangeOf(document, 'SIO_KEEPALIVE_VALS');
		const found = await commands.executeCommand<Location[]>('vscode.executeDefinitionProvider', document.uri, start);
		assert.equal(found.length, 1);
		const [location] = found;
		assert.ok(location);
		const page = await workspace.openTextDocument(location.uri);
		assert.equal(page.lineAt(0).text, '# SIO_KEEPALIVE_VALS');
	});

	test('a code in TypeScript is completed as its number', async () => {
		await closeAll();
		const text = "import { lib } from './lib.js';\nlib.WSAIoctl(s, ";
		const unsaved = await openUnsaved('typescript', text);
		const { items } = await commands.executeCommand<CompletionList>(
			'vscode.executeCompletionItemProvider',
			unsaved.uri,
			unsaved.positionAt(text.length),
		);
		const ours = items.filter(({ label }) => typeof label === 'object' && label.label === 'SIO_KEEPALIVE_VALS');
		assert.deepEqual(
			ours.map(({ insertText }) => insertText),
			['0x98000004 /* SIO_KEEPALIVE_VALS */'],
		);
	});

	test('one lens above each call', async () => {
		const lenses = await lensesOf(document);
		assert.deepEqual(
			lenses.map(({ range, command }) => ({ text: document.getText(range), line: range.start.line, ...command })),
			[
				['SIO_KEEPALIVE_VALS · in 4/8, needs 12 · Explain', 7],
				['SIO_KEEPALIVE_VALS · in 12 · Explain', 13],
			].map(([title, line]) => ({
				text: 'WSAIoctl',
				line,
				title,
				command: 'ioctlLens.explainCall',
				arguments: [document.uri.toString(), { line, character: 8 }],
			})),
		);
	});

	test('the lens opens the explanation beside, and leaves the focus', async () => {
		const [lens] = await lensesOf(document);
		assert.ok(lens?.command);
		await commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
		const isOurs = ({ input }: Tab) => input instanceof TabInputWebview && input.viewType.endsWith('ioctlLens.page');
		const shown = () => window.tabGroups.all.find(({ tabs }) => tabs.some(isOurs));
		// VS Code tells of the tab some time after the panel is there.
		await new Promise<void>((resolve) => {
			if (shown()) resolve();
			else window.tabGroups.onDidChangeTabs(() => shown() && resolve());
		});
		const group = shown();
		assert.equal(group?.viewColumn, 2);
		assert.equal(group.tabs.find(isOurs)?.label, 'WSAIoctl: SIO_KEEPALIVE_VALS');
		assert.equal(window.activeTextEditor?.document.uri.toString(), document.uri.toString());
	});

	test('the first quick fix repairs the call', async () => {
		const range = rangeOf(document, 'sizeof(settings)');
		const actions = await commands.executeCommand<CodeAction[]>(
			'vscode.executeCodeActionProvider',
			document.uri,
			range,
		);
		const [fix] = actions.filter((action) => action.isPreferred);
		assert.ok(fix?.edit);
		assert.equal(fix.title, 'Pass sizeof(*settings)');
		assert.ok(await workspace.applyEdit(fix.edit));
		assert.equal(document.lineAt(range.start.line).text, document.lineAt(13).text);
		await untilFindings(document.uri, none);
	});

	test('every command of the manifest is there', async () => {
		const { contributes } = extension().packageJSON as {
			contributes: { commands: { command: string }[]; views?: Record<string, { id: string }[]> };
		};
		const declared = contributes.commands.map(({ command }) => command).sort();
		// VS Code itself adds commands to each view, such as the one that shows it.
		const views = Object.values(contributes.views ?? {}).flatMap((group) => group.map(({ id }) => `${id}.`));
		const registered = (await commands.getCommands(true)).filter(
			(command) => command.startsWith('ioctlLens.') && !views.some((view) => command.startsWith(view)),
		);
		assert.deepEqual(registered.sort(), declared);
	});
});
