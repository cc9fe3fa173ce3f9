/** The walkthrough and the empty states lead to commands and files that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import texts from '../../package.nls.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../..');
const { walkthroughs, viewsWelcome, commands, menus } = manifest.contributes;
const text = (name: string): string => (texts as Readonly<Record<string, string>>)[name.replaceAll('%', '')] ?? '';

/** Commands of the editor itself that are led to. */
const ofTheEditor = ['vscode.openFolder', 'workbench.action.openSettings', 'workbench.actions.view.problems'];
const known = [...commands.map(({ command }) => command), ...ofTheEditor];

const linksIn = (markdown: string): string[] =>
	[...markdown.matchAll(/\(command:([\w.]+)/g)].map(([, name = '']) => name);

const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);

test('it opens a sample, shows a finding, a hover and a fix, and runs', () => {
	expect(steps.map(({ id }) => id)).toEqual(['sample', 'finding', 'hover', 'fix', 'run', 'workspace']);
});

describe.each(steps)('step $id', ({ title, description, media, completionEvents }) => {
	test('has a text, and leads to commands that are there', () => {
		expect(text(title)).not.toBe('');
		const links = linksIn(text(description));
		expect(links.length).toBeGreaterThan(0);
		expect(links.filter((name) => !known.includes(name))).toEqual([]);
	});

	test('is done by a command that is there', () => {
		const events = (completionEvents ?? []).map((event) => event.replace(/^onCommand:/, ''));
		expect(events.filter((name) => name.startsWith('ioctlLens.') && !known.includes(name))).toEqual([]);
	});

	test('says everything in words, for who sees no pictures', () => {
		const file = join(root, media.markdown);
		expect(existsSync(file)).toBe(true);
		const markdown = readFileSync(file, 'utf8');
		expect(markdown).toMatch(/^# \S/);
		expect(markdown).not.toMatch(/!\[|<img/);
	});

	test('says the same in German, with the same keys and the same code', () => {
		const file = join(root, media.markdown);
		const [english, german] = [file, file.replace(/\.md$/, '.nls.de.md')].map((name) => readFileSync(name, 'utf8'));
		const kept = (markdown = '') => ({
			keys: [...markdown.matchAll(/\*\*((?:Ctrl|F\d|⌘)[^*]*)\*\*/g)].map(([, key]) => key),
			code: /^```[\s\S]*^```/m.exec(markdown)?.[0],
		});
		expect(german).toMatch(/^# \S/);
		expect(german).not.toBe(english);
		expect(kept(german)).toEqual(kept(english));
	});
});

test('what it quotes is said', () => {
	const quoted = /^> (.+)$/m.exec(readFileSync(join(root, 'client/walkthrough/finding.md'), 'utf8'))?.[1] ?? '';
	const readme = readFileSync(join(root, 'README.md'), 'utf8');
	expect(readme).toContain(quoted);
});

test.each(viewsWelcome)('the empty state %# has a next step', ({ contents }) => {
	const links = linksIn(text(contents));
	expect(links.length).toBeGreaterThan(0);
	expect(links.filter((name) => !known.includes(name))).toEqual([]);
});

test('menus, keys and the palette name commands that are there', () => {
	const named = [
		...Object.values(menus)
			.flat()
			.flatMap((entry) => ('command' in entry ? [entry.command] : [])),
		...manifest.contributes.keybindings.map(({ command }) => command),
	];
	expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

test('what needs a call is offered in documents that hold one', () => {
	const conditions = new Map(menus.commandPalette.map(({ command, when }) => [command, when]));
	for (const name of ['explainCall', 'run', 'runCorrectSizes', 'probeSizes'])
		expect(conditions.get(`ioctlLens.${name}`)?.split(' && ')).toContain('resourcePath in ioctlLens.callDocuments');
	for (const { when } of [...manifest.contributes.keybindings, ...menus['editor/context']])
		expect(when.split(' && ')).toContain('resourcePath in ioctlLens.callDocuments');
	expect(conditions.get('ioctlLens.cancelRun')?.split(' && ')).toContain('ioctlLens.running');
});
