// The calls of the workspace as a user meets them: the view, its empty states, the Problems panel, and what is read aloud.
import assert from 'node:assert/strict';
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
export function callsChecks({ page, open, folder }) {
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
				await pane(page).getByRole('button', { name: 'Check Workspace', exact: true }).last().click();
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
	];
}
