// What a screen reader is told of our views and pages, and what breaks the rules of accessibility, in four themes.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { breaches, namesOf, toldOfPanel, toldOfWorkbench } from './lib/accessibility.mjs';
import { expectedDir } from './lib/golden.mjs';
import { outDir } from './lib/paths.mjs';
import * as workbench from './lib/workbench.mjs';

const themes = {
	dark: 'Default Dark Modern',
	light: 'Default Light Modern',
	'high-contrast': 'Default High Contrast',
	'high-contrast-light': 'Default High Contrast Light',
};

const buttons = [
	'Run Again',
	'Go to Call',
	'Compare…',
	'Copy as C',
	'Copy as JSON',
	'Copy as Markdown',
	'Open as Text',
];
/** What is of no use without a name. */
const named = ['button', 'heading', 'image', 'link', 'navigation', 'table'];

const appears = (locator, timeout) =>
	locator.waitFor({ timeout }).then(
		() => true,
		() => false,
	);

/** The checks in a trusted workspace; each opens a fresh workbench. */
export function accessibilityChecks({ page, profile, open, folder }) {
	const sample = `${folder}/queued.c`;
	const wrong = `${folder}/keepalive.c`;
	const picture = (name) => page.screenshot({ path: path.join(outDir, `ui-${name}.png`) });
	const runs = async () => {
		await page.locator('.codelens-decoration a', { hasText: 'Run · ' }).first().waitFor();
		await workbench.focusEditor(page, sample, 'FIONREAD');
		const result = workbench.panel(page).locator('main h2').first();
		// The key means something once the call is known, which the workbench may hear of after it drew the lens.
		for (let tries = 0; tries < 5; tries++) {
			await page.keyboard.press('Control+K');
			await page.keyboard.press('Control+Alt+I');
			if (await appears(result, 8000)) return;
		}
		await result.waitFor();
	};
	return [
		...Object.entries(themes).map(([name, theme]) => [
			`in the theme ${name} neither a result nor a page breaks a rule of accessibility`,
			async () => {
				await profile.writeSettings({ 'workbench.colorTheme': theme });
				await open(sample);
				await runs();
				await picture(`result-${name}`);
				assert.deepEqual(await breaches(page), []);
				await open(wrong);
				await workbench.clickLens(page, wrong, 0);
				await workbench.untilPanel(page, 'WSAIoctl: SIO_KEEPALIVE_VALS');
				await picture(`page-${name}`);
				assert.deepEqual(await breaches(page), []);
				const quoted = workbench.panel(page).locator('main pre code').first();
				// Words in a sentence have a background, which would lie over that of a block.
				assert.equal(await quoted.evaluate((words) => getComputedStyle(words).backgroundColor), 'rgba(0, 0, 0, 0)');
			},
		]),
		[
			'the browser tells a screen reader the outcome, the fields and what every button of a result does',
			async () => {
				await profile.writeSettings({});
				await open(sample);
				await runs();
				const told = await toldOfPanel(page);
				assert.deepEqual(namesOf(told, 'button'), buttons);
				assert.deepEqual(
					told.filter(({ role, name }) => named.includes(role) && name === ''),
					[],
				);
				// Which backend answers depends on whether Wine is set up.
				const rows = namesOf(told, 'row');
				assert.ok(
					rows.some((row) => /^value, (?:int|u_long), 0, 4, 5 bytes$/.test(row)),
					rows.join('\n'),
				);
				assert.ok(namesOf(told, 'StaticText').includes('Done.'));
				assert.equal(await workbench.panel(page).locator('html').getAttribute('lang'), 'en');
			},
		],
		[
			'its buttons are pressed by the keyboard alone, the space bar too',
			async () => {
				await open(sample);
				await runs();
				await workbench.panel(page).getByRole('button', { name: 'Open as Text' }).focus();
				await page.keyboard.press('Space');
				await workbench.untilOpen(page, 'ioctl-lens-run:');
			},
		],
		[
			'F12 on a code opens its page as people read it, and the text of the page keeps its columns',
			async () => {
				await open(wrong);
				// Keys ask the server, which has answered once lenses are drawn.
				await page.locator(workbench.lensSelector(wrong)).first().waitFor();
				await workbench.focusEditor(page, wrong, 'SIO_KEEPALIVE_VALS');
				await page.keyboard.press('F12');
				await workbench.untilPanel(page, 'SIO_KEEPALIVE_VALS');
				assert.equal((await workbench.tabs(page)).length, 1);
				assert.deepEqual(await breaches(page), []);
				await picture('definition');
				await workbench.panel(page).getByRole('button', { name: 'Open as Text' }).click();
				await workbench.untilOpen(page, 'ioctl-lens:/SIO_KEEPALIVE_VALS');
				await workbench.focusEditor(page, 'ioctl-lens:/SIO_KEEPALIVE_VALS');
				const lines = await workbench.drawnLines(page, 'ioctl-lens:/SIO_KEEPALIVE_VALS');
				const rows = lines.filter((line) => /^\| (Buffer|-+|input|output) /.test(line));
				// As far as the window is wide, and as many as it is high.
				const columns = rows.map((row) => [...row].flatMap((letter, at) => (letter === '|' ? [at] : [])).slice(0, 4));
				assert.ok(columns.length > 2, lines.join('\n'));
				for (const own of columns) assert.deepEqual(own, columns[0], rows.join('\n'));
				await picture('definition-text');
			},
		],
		[
			'of the view of all calls every row is told with its outcome, and every button by what it does',
			async () => {
				await open(sample);
				await page.getByRole('tab', { name: 'IOCTL Lens', exact: true }).click();
				const view = page.locator('.part.sidebar');
				await workbench.checkWorkspace(page);
				const whole = await readFile(path.join(expectedDir, 'calls-by-state.txt'), 'utf8');
				const wanted = whole.split('\n').filter((line) => /, line \d/.test(line));
				await view.locator(`.monaco-list-row[aria-label=${JSON.stringify(wanted.at(-1))}]`).waitFor();
				const told = await toldOfWorkbench(page);
				const rows = namesOf(told, 'treeitem');
				assert.deepEqual(
					wanted.filter((row) => !rows.includes(row)),
					[],
				);
				for (const button of ['Check Workspace', 'Group Calls by Control Code', 'Clear Results of Check Workspace'])
					assert.ok(namesOf(told, 'button').includes(button), `there is a button "${button}"`);
			},
		],
	];
}
