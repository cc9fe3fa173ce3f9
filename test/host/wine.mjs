// Live runs on real Winsock, under Wine: the form, both sizes, a probe, a cancelled call, confirmations and the history.
import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { findWine } from '../../native/src/wine.ts';
import { outDir, rootDir } from './lib/paths.mjs';
import * as workbench from './lib/workbench.mjs';

const folder = path.join(rootDir, '.tools/wine');
const wrong = 'second/keepalive.c';
const risky = 'second/risky.c';
const code = 'SIO_KEEPALIVE_VALS';

/** The Wine that the tests of the runner have set up; undefined where there is none. */
export async function wineHere() {
	const lookup = await findWine({ folder });
	return lookup.ok ? lookup.home : undefined;
}

/** The checks in a trusted workspace. `open` opens a file of it in a fresh workbench. */
export function wineChecks({ page, profile, open, home }) {
	const target = `Wine ${home.version}`;
	const quick = (part) => page.locator(`.quick-input-widget:visible ${part}`);
	const input = () => quick('input[type="text"]');
	const lenses = (file) => `.monaco-editor[data-uri*='${file}'] .codelens-decoration a`;
	const clickLens = (file, title, nth = 0) => page.locator(lenses(file), { hasText: title }).nth(nth).click();
	const untilRun = (name, text) => page.locator('.statusbar-item', { hasText: `${name}: ${text}` }).waitFor();
	/** Waits for a text of the result: that of a run before may still be drawn. */
	const untilText = (text) => workbench.panel(page).locator('main').getByText(text, { exact: true }).first().waitFor();
	const view = page.locator('.pane', { has: page.getByText('IOCTL Runs', { exact: true }) });
	const rows = view.locator('.monaco-list-row');
	/** Waits until the history begins with these labels and descriptions, newest first. */
	const untilHistory = async (...wanted) => {
		const header = view.locator('.pane-header');
		await header.waitFor();
		if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
		const read = (wanted) => {
			const title = [...document.querySelectorAll('.pane-header')].find(
				(each) => /** @type {HTMLElement} */ (each).innerText.trim() === 'IOCTL Runs',
			);
			const rows = [...(title?.closest('.pane') ?? document).querySelectorAll('.monaco-list-row')]
				.sort((a, b) => a.getBoundingClientRect().y - b.getBoundingClientRect().y)
				.map((row) =>
					['.label-name', '.label-description'].map((part) => row.querySelector(part)?.textContent?.split(' · ')[0]),
				);
			const newest = JSON.stringify(rows.slice(0, wanted.length));
			return newest === JSON.stringify(wanted) ? true : undefined;
		};
		await page.waitForFunction(read, wanted);
	};
	/** Waits for a step of the form and answers it; without an answer the value in place is taken. */
	const answer = async (step, prompt, inPlace, text) => {
		await quick('.quick-input-title').getByText(`(${step}/3)`).waitFor();
		await quick('.quick-input-message').getByText(prompt).waitFor();
		assert.equal(await input().inputValue(), inPlace);
		if (text !== undefined) await input().fill(text);
		await page.keyboard.press('Enter');
	};
	const fillForm = async (time) => {
		await answer(1, 'onoff: u_long', '1');
		await answer(2, 'keepalivetime: u_long', time);
		await answer(3, 'keepaliveinterval: u_long', '1000');
	};
	const unknown = ['0x98001234', 'WSAEOPNOTSUPP'];
	const dialog = page.locator('.monaco-dialog-box');

	return [
		[
			'with Wine set up each call can be run there, and where sizes are wrong with the correct ones',
			async () => {
				const storage = path.join(profile.userData, 'User/globalStorage/ioctl-lens.ioctl-lens');
				await mkdir(storage, { recursive: true });
				await symlink(folder, path.join(storage, 'wine'));
				await open(wrong);
				const run = `Run · ${target}`;
				const explain = (size) => `${code} · in ${size} · Explain`;
				const texts = `${[explain('4/8, needs 12'), run, 'Run with correct sizes', explain('12'), run].join('\n---\n')}\n`;
				assert.equal(await workbench.untilTexts(page, lenses(wrong), texts), texts);
			},
		],
		[
			'what the source does not show is asked for in a form, which refuses what does not fit',
			async () => {
				await clickLens(wrong, `Run · ${target}`);
				await answer(1, 'onoff: u_long', '1');
				await answer(2, 'keepalivetime: u_long', '10000', 'soon');
				await quick('.quick-input-message').getByText('keepalivetime: "soon" is not a number.').waitFor();
				await page.screenshot({ path: path.join(outDir, 'ui-form.png') });
				await input().fill('7000');
				await quick('.quick-input-message').getByText('keepalivetime: u_long').waitFor();
				await page.keyboard.press('Enter');
				await answer(3, 'keepaliveinterval: u_long', '1000');
				await untilRun(code, 'WSAEFAULT');
			},
		],
		[
			'a wrong size shows its real error, decoded, beside the source',
			async () => {
				const main = await workbench.untilPanel(page, `WSAIoctl: ${code}`);
				assert.deepEqual((await workbench.tabs(page)).at(-1), [`${code} on ${target}`]);
				// In front of what is out of sight where the editor has become narrow.
				await page.locator(lenses(wrong), { hasText: '✗ WSAEFAULT · ' }).waitFor();
				const titles = (await page.locator(lenses(wrong)).allInnerTexts()).slice(1, 4);
				assert.deepEqual(
					titles.map((title) => title.split(' · ')[0]),
					['Run', '✗ WSAEFAULT', 'Run with correct sizes'],
				);
				for (const text of [
					target,
					'as written in the source',
					'tcp_keepalive (12 bytes, of which the call was told 8)',
				])
					await main.getByText(text).first().waitFor();
				assert.deepEqual(await workbench.untilRow(page, 'keepalivetime'), [
					'keepalivetime',
					'u_long',
					'4',
					'4',
					'7000 ms (7 s)',
				]);
				assert.equal(
					(await main.locator('.dump').first().innerText()).trim(),
					'0000  01 00 00 00 58 1b 00 00 e8 03 00 00  ....X.......',
				);
			},
			'wrong-size',
		],
		[
			'in a narrow window the facts of a result are wrapped, not cut off',
			async () => {
				const size = page.viewportSize();
				await page.setViewportSize({ width: 800, height: 700 });
				const facts = workbench.panel(page).locator('main dd');
				const cut = () =>
					facts.evaluateAll((all) =>
						all.filter((fact) => fact.getBoundingClientRect().right > innerWidth).map((fact) => fact.textContent),
					);
				assert.ok((await facts.count()) > 0);
				assert.deepEqual(await cut(), []);
				await page.screenshot({ path: path.join(outDir, 'ui-narrow.png') });
				await page.setViewportSize(size);
			},
		],
		[
			'the correct sizes stand beside it, and the form remembers',
			async () => {
				await clickLens(wrong, 'Run with correct sizes');
				await quick('.quick-input-titlebar').getByRole('button', { name: 'Run with All Values as They Are' }).click();
				await untilRun(code, 'ok');
				await untilText('as the catalog asks');
				await untilText('7000 ms (7 s)');
			},
			'correct-sizes',
		],
		[
			'another call of the same code is asked for its own values',
			async () => {
				await clickLens(wrong, `Run · ${target}`, 1);
				await fillForm('10000');
				await untilHistory([code, 'ok'], [code, 'ok'], [code, 'WSAEFAULT']);
			},
		],
		[
			'a probe shows the smallest size that the system takes beside the catalog’s',
			async () => {
				await workbench.focusEditor(page, wrong, 'sizeof(settings)');
				await workbench.runFromPalette(page, 'IOCTL Lens: Probe Sizes of Call at Cursor');
				await untilRun(code, 'smallest input 12 bytes');
				await page.locator('.tab', { hasText: `Sizes of ${code} on ${target}` }).waitFor();
				assert.deepEqual(await workbench.untilRow(page, '0 to 11'), ['0 to 11', 'WSAEFAULT']);
				assert.deepEqual(await workbench.untilRow(page, 'smallest input'), [
					'smallest input',
					'12 bytes',
					'12 bytes',
					'agrees',
				]);
			},
			'probe',
		],
		[
			'a call that hangs shows its time, and is cancelled by a click',
			async () => {
				await open(risky);
				await clickLens(risky, `Run · ${target}`);
				const item = page.locator('.statusbar-item', { hasText: /SIO_ADDRESS_LIST_CHANGE: [1-9]\d*\.\d s/ });
				await item.waitFor();
				await item.click();
				await untilRun('SIO_ADDRESS_LIST_CHANGE', 'cancelled');
			},
		],
		[
			'a call that faults ends its runner alone: the result says how, and the next one runs',
			async () => {
				await open(risky);
				// Wine writes the handle through the NULL pointer.
				await clickLens(risky, `Run · ${target}`, 3);
				await untilRun('SIO_BASE_HANDLE', 'crashed');
				await workbench
					.panel(page)
					.getByText('The runner crashed. The runner ended during the call: exit code 5.')
					.waitFor();
				await open(wrong);
				await clickLens(wrong, 'Run with correct sizes');
				await fillForm('7000');
				await untilRun(code, 'ok');
			},
			'runner-crashed',
		],
		[
			'a code for administrators is run only after its effect was agreed to',
			async () => {
				await open(risky);
				await clickLens(risky, `Run · ${target}`, 1);
				await dialog.waitFor();
				const words = (await dialog.innerText()).replace(/\s+/g, ' ');
				assert.ok(words.includes(`Run SIO_RCVALL on ${target}?`), words);
				assert.ok(words.includes('Captures every packet on the network adapter'), words);
				await page.screenshot({ path: path.join(outDir, 'ui-confirm.png') });
				await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
				await dialog.waitFor({ state: 'hidden' });
				// Nothing was added for it.
				await untilHistory([code, 'ok']);
			},
		],
		[
			'an unknown code is asked for each time',
			async () => {
				for (const runs of [[unknown], [unknown, unknown]]) {
					await clickLens(risky, `Run · ${target}`, 2);
					await dialog.waitFor();
					const buttons = await dialog.getByRole('button').allInnerTexts();
					assert.deepEqual(buttons.filter((button) => button !== '').sort(), ['Cancel', 'Run']);
					await dialog.getByRole('button', { name: 'Run', exact: true }).click();
					await untilHistory(...runs, [code, 'ok']);
				}
			},
		],
		[
			'the history runs again with the same bytes, compares two runs, copies one, and is cleared',
			async () => {
				await rows.nth(2).hover();
				await rows.nth(2).getByRole('button', { name: 'Run Again' }).click();
				await untilHistory([code, 'ok'], unknown, unknown, [code, 'ok']);
				await rows.nth(0).click();
				await rows.nth(1).click({ modifiers: ['Control'] });
				await page.screenshot({ path: path.join(outDir, 'ui-runs.png') });
				await workbench.runFromPalette(page, 'IOCTL Lens: Compare Two Runs');
				await page.locator('.tab', { hasText: `0x98001234: WSAEOPNOTSUPP and ${code}: ok` }).waitFor();
				await page.locator('.monaco-diff-editor .view-line', { hasText: 'WSAEOPNOTSUPP' }).first().waitFor();
				// What is wrapped has lost its columns.
				const table = await page
					.locator('.monaco-diff-editor .view-line', { hasText: 'keepalivetime' })
					.first()
					.innerText();
				assert.match(table.replace(/\u00a0/g, ' '), /^\| keepalivetime .* 7000 ms \(7 s\)/);
				await page.screenshot({ path: path.join(outDir, 'ui-compare.png') });
				await page.evaluate(() => {
					/** @type {any} */ (window).copied = new Promise((resolve) => {
						navigator.clipboard.writeText = async (text) => resolve(text);
					});
				});
				await rows.nth(0).click({ button: 'right' });
				await workbench.chooseFromMenu(page, 'Copy Run as C');
				assert.match(
					await page.evaluate(() => /** @type {any} */ (window).copied),
					/\tin\.keepalivetime = 7000;[\s\S]*WSAIoctl\(s, SIO_KEEPALIVE_VALS, &in, 12, /,
				);
				await page.locator('.statusbar-item', { hasText: `Copied: ${code}` }).waitFor();
				await workbench.runFromPalette(page, 'IOCTL Lens: Clear Run History');
				await rows.first().waitFor({ state: 'hidden' });
			},
		],
	];
}
