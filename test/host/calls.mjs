// The calls of the workspace as a user meets them: the view, its empty states, the Problems panel, and what is read aloud.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { matchesExpected } from './lib/golden.mjs';
import { outDir } from './lib/paths.mjs';
import * as workbench from './lib/workbench.mjs';

const picture = (page, name) => page.screenshot({ path: path.join(outDir, `ui-${name}.png`) });

/** The view; it is alone in its container, whose title is its own. */
const pane = (page) => page.locator('.part.sidebar');

/** What a screen reader hears of each row, once that is `expected`; after the page's time limit what it is then. */
async function untilSpoken(page, expected) {
	const read = (expected) => {
		const rows = [...document.querySelectorAll('.part.sidebar .monaco-list-row')];
		const text = rows.map((row) => `${row.getAttribute('aria-label')}\n`).join('');
		return expected === undefined || text === expected ? [text] : undefined;
	};
	const found = await page.waitForFunction(read, expected).catch(() => page.evaluateHandle(read));
	return (await found.jsonValue())[0];
}

/** Presses a button in the title of the view. */
async function pressInTitle(page, name) {
	await pane(page).getByRole('button', { name, exact: true }).click();
}

/** The checks; each goes on where the one before has stopped. */
export function callsChecks({ page, profile, version, open, workspace, folder }) {
	const sample = `${folder}/keepalive.c`;
	return [
		[
			'the view is empty until it is filled, and says how',
			async () => {
				await open();
				await page.getByRole('tab', { name: 'IOCTL Lens', exact: true }).click();
				const welcome = pane(page).locator('.welcome-view-content');
				await welcome.getByText('Nothing is read before.').waitFor();
				assert.equal(await untilSpoken(page, ''), '');
			},
			'calls-empty',
		],
		[
			'its button looks through the workspace, and every row says the outcome',
			async () => {
				await workbench.checkWorkspace(page);
				await matchesExpected('calls-by-file.txt', (text) => untilSpoken(page, text));
			},
			'calls-by-file',
		],
		[
			'the calls are grouped by code and by state',
			async () => {
				await pressInTitle(page, 'Group Calls by Control Code');
				await matchesExpected('calls-by-code.txt', (text) => untilSpoken(page, text));
				await picture(page, 'calls-by-code');
				await pressInTitle(page, 'Group Calls by State');
				await matchesExpected('calls-by-state.txt', (text) => untilSpoken(page, text));
			},
			'calls-by-state',
		],
		[
			'a row leads to its call',
			async () => {
				await pane(page).locator('.monaco-list-row', { hasText: 'queued.c' }).first().click();
				await workbench.untilOpen(page, `${folder}/queued.c`);
			},
			'calls-opened',
		],
		[
			'its menu goes there, explains and runs',
			async () => {
				const row = pane(page).locator('.monaco-list-row', { hasText: 'keepalive.c' }).first();
				await row.click({ button: 'right' });
				await picture(page, 'calls-menu');
				await workbench.chooseFromMenu(page, 'Explain');
				await workbench.untilPanel(page, 'WSAIoctl: SIO_KEEPALIVE_VALS');
				await workbench.untilOpen(page, sample);
			},
			'calls-explained',
		],
		[
			'cleared, it is empty again',
			async () => {
				await pressInTitle(page, 'Clear Results of Check Workspace');
				await pane(page).locator('.welcome-view-content').getByText('Nothing is read before.').waitFor();
				assert.equal(await untilSpoken(page, ''), '');
			},
		],
		[
			'what is about a call is offered where there is one: in the palette, in the menu of the editor, by the key',
			async () => {
				const offered = async () => {
					await page.keyboard.press('F1');
					await page.locator('.quick-input-widget:visible input[type="text"]').fill('>IOCTL Lens: ');
					await page.locator('.quick-input-widget:visible .monaco-list-row').first().waitFor();
					const rows = page.locator('.quick-input-widget:visible .monaco-list-row .label-name');
					const names = (await rows.allInnerTexts()).map((name) => name.replace(/^IOCTL Lens: /, ''));
					await page.keyboard.press('Escape');
					return names.filter((name) => / at Cursor|Cancel Run/.test(name)).sort();
				};
				await workbench.focusEditor(page, sample);
				const about = ['Explain Call', 'Probe Sizes of Call', 'Run Call', 'Run Call'].map(
					(name) => `${name} at Cursor`,
				);
				assert.deepEqual(
					(await offered()).map((name) => name.replace(' with Correct Sizes', '')),
					about,
				);
				await writeFile(path.join(workspace, folder, 'silent.c'), 'int f(void)\n{\n\treturn 0;\n}\n');
				await open(`${folder}/silent.c`);
				await workbench.untilStatus(page, `IOCTL Lens ${version}: Running`);
				await workbench.focusEditor(page, 'silent.c', 'return');
				assert.deepEqual(await offered(), []);
				const { x, y } = await workbench.rectOfText(page, 'silent.c', 'return');
				await page.mouse.click(x + 4, y + 4, { button: 'right' });
				await page.locator('.monaco-menu .action-menu-item').first().waitFor();
				const items = await page.locator('.monaco-menu .action-label').allInnerTexts();
				assert.ok(items.includes('Copy'));
				assert.ok(!items.includes('IOCTL Lens'));
				await picture(page, 'no-call-menu');
				await page.keyboard.press('Escape');
			},
			'no-call',
		],
		[
			'a task checks the folder, and what it reports is among the problems',
			async () => {
				await workbench.runFromPalette(page, 'Tasks: Run Task');
				const input = page.locator('.quick-input-widget:visible input[type="text"]');
				await input.fill('ioctl-lens');
				await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'ioctl-lens' }).first().click();
				await picture(page, 'task-choice');
				await page
					.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'check the folder' })
					.first()
					.click();
				// Those of the command line, to which the editor's settings mean nothing.
				await page.locator('[id="status.problems"][aria-label="Errors: 2"]').waitFor();
			},
			'task',
		],
		[
			'the walkthrough opens a sample, in which a finding is shown',
			async () => {
				await workbench.runFromPalette(page, 'Welcome: Open Walkthrough...');
				await page.locator('.quick-input-widget:visible input[type="text"]').fill('compilers cannot see');
				await page.locator('.quick-input-widget:visible .monaco-list-row').first().click();
				const steps = page.locator('.getting-started-step');
				await steps.first().waitFor();
				const titles = await steps.locator('.step-title').allInnerTexts();
				assert.deepEqual(titles, [
					'Open a sample',
					'See what is wrong',
					'Ask what a code means',
					'Mend it',
					'Run the call',
					'Check your own code',
				]);
				await picture(page, 'walkthrough');
				await page.getByRole('button', { name: 'Open Sample', exact: true }).click();
				await workbench.untilSquiggle(page, 'Untitled-1', 'error');
				await page.keyboard.press('F8');
				await page.locator('.marker-widget .message', { hasText: 'reads a `tcp_keepalive` (12 bytes)' }).waitFor();
			},
			'sample',
		],
		[
			'in high contrast every row, button and status item is read with its outcome',
			async () => {
				await profile.writeSettings({ 'workbench.colorTheme': 'Default High Contrast' });
				await open(`${folder}/queued.c`);
				await workbench.untilStatus(page, `IOCTL Lens ${version}: Running`);
				await page.getByRole('tab', { name: 'IOCTL Lens', exact: true }).click();
				await workbench.checkWorkspace(page);
				// Rows move while the view fills.
				await matchesExpected('calls-by-state.txt', (text) => untilSpoken(page, text));
				const row = pane(page).locator('.monaco-list-row', { hasText: 'FIONREAD' }).first();
				await row.click({ button: 'right' });
				await workbench.chooseFromMenu(page, 'Run');
				const panel = workbench.panel(page);
				await panel.locator('main h1').first().waitFor();
				await picture(page, 'high-contrast');
				const names = await panel
					.locator('button, [role="button"]')
					.evaluateAll((all) => all.map((button) => button.getAttribute('aria-label') ?? button.textContent?.trim()));
				assert.ok(names.length > 0);
				assert.deepEqual(
					names.filter((name) => !name),
					[],
				);
				for (const button of await pane(page).getByRole('button').all())
					assert.ok(
						(await button.getAttribute('aria-label')) || (await button.innerText()),
						'a button of the view has a name',
					);
				const status = page.locator('[id$="ioctlLens.run"]');
				assert.match((await status.getAttribute('aria-label')) ?? '', /^FIONREAD: .*\d/);
				await page.getByRole('tab', { name: /^Explorer/ }).click();
				const header = page.locator('.pane-header[aria-label^="IOCTL Runs"]');
				if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
				const ran = page
					.locator('.pane', { hasText: 'IOCTL Runs' })
					.locator('.monaco-list-row[aria-label^="FIONREAD: "]')
					.first();
				await ran.waitFor();
				assert.match((await ran.getAttribute('aria-label')) ?? '', /^FIONREAD: .*\d.*, queued\.c, line 5, /);
			},
			'high-contrast-history',
		],
		[
			'the light high contrast theme shows the same',
			async () => {
				await profile.writeSettings({ 'workbench.colorTheme': 'Default High Contrast Light' });
				await open();
				await page.getByRole('tab', { name: 'IOCTL Lens', exact: true }).click();
				await workbench.checkWorkspace(page);
				await matchesExpected('calls-by-state.txt', (text) => untilSpoken(page, text));
				await picture(page, 'high-contrast-light');
				await profile.writeSettings({});
			},
		],
	];
}
