// Live runs as a user sees them: the lens, the result beside the source, the note, the status and the history.
import assert from 'node:assert/strict';
import path from 'node:path';
import { outDir } from './lib/paths.mjs';
import * as workbench from './lib/workbench.mjs';

const sample = 'second/queued.c';
/** All lenses of the sample, the second one of its call too. */
const links = `.monaco-editor[data-uri*='${sample}'] .codelens-decoration a`;

/** What the loopback peer queues for this code; Linux and Windows must find the same. */
const answer = '5 bytes';

/** The check in a workspace that is not trusted, once the lenses of the file are drawn. */
export function restrictedChecks({ page, file }) {
	return [
		[
			'in Restricted Mode no lens and no command runs a call',
			async () => {
				const second = `.monaco-editor[data-uri*='${file}'] .codelens-decoration a:nth-of-type(2)`;
				await page.locator(workbench.lensSelector(file)).first().waitFor();
				assert.equal(await page.locator(second).count(), 0);
				await page.keyboard.press('F1');
				await page.locator('.quick-input-widget:visible input[type="text"]').fill('>Call at Cursor');
				const rows = page.locator('.quick-input-widget:visible .monaco-list-row[aria-label*="Call at Cursor"]');
				await rows.first().waitFor();
				const labels = await rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));
				assert.deepEqual(
					labels.map((label) => label.split(',')[0]),
					['IOCTL Lens: Explain Call at Cursor'],
				);
				await page.keyboard.press('Escape');
			},
		],
	];
}

/** The checks in a trusted workspace. `open` opens a file of it in a fresh workbench. */
export function liveChecks({ page, profile, open }) {
	return [
		[
			'once trusted, a second lens runs the call',
			async () => {
				await open(sample);
				const texts = 'FIONREAD · out 4 · Explain\n---\nRun · Linux\n';
				assert.equal(await workbench.untilTexts(page, links, texts), texts);
			},
		],
		[
			'the run lens opens the decoded answer beside, and the focus stays in the source',
			async () => {
				await workbench.focusEditor(page, sample);
				await page.locator(links, { hasText: 'Run · Linux' }).click();
				const main = await workbench.untilPanel(page, 'ioctl(FIONREAD) for FIONREAD');
				assert.deepEqual(await workbench.untilRow(page, 'value'), ['value', 'int', '0', '4', answer]);
				await main.getByText('a TCP pair on the loopback, connected; the peer had sent 5 bytes').waitFor();
				assert.match(await workbench.focusedDocument(page), /\/second\/queued\.c$/);
			},
			'run',
		],
		[
			'pointing at a field marks its bytes, by the keyboard too',
			async () => {
				const main = await workbench.untilPanel(page, 'ioctl(FIONREAD) for FIONREAD');
				const marked = main.locator('[data-at].marked');
				assert.equal(await marked.count(), 0);
				await main.locator('tr[data-from]').first().hover();
				assert.deepEqual(await marked.allInnerTexts(), ['05', '00', '00', '00']);
				await main.getByRole('heading', { level: 1 }).hover();
				assert.equal(await marked.count(), 0);
				await main.locator('tr[data-from]').first().focus();
				assert.equal(await marked.count(), 4);
				await workbench.focusEditor(page, sample);
			},
			'marked',
		],
		[
			'the answer stands after the call until the text changes',
			async () => {
				const note = page.locator(`.monaco-editor[data-uri*='${sample}'] .view-line`, { hasText: 'WSAIoctl(' });
				const words = () =>
					note.evaluate((line) =>
						[...line.querySelectorAll('span')]
							.map((span) => getComputedStyle(span, '::after').content)
							.filter((content) => content !== 'none'),
					);
				assert.deepEqual(await words(), [`"⇒ ${answer}"`]);
				await page.locator(links, { hasText: `✓ ${answer} · ` }).waitFor();
				await workbench.focusEditor(page, sample, 'bytes_waiting');
				await page.keyboard.press('End');
				await page.keyboard.type(' ');
				await page.waitForFunction(
					(selector) =>
						[...document.querySelectorAll(`${selector} .view-line span`)].every(
							(span) => getComputedStyle(span, '::after').content === 'none',
						),
					`.monaco-editor[data-uri*='${sample}']`,
				);
				await page.keyboard.press('Control+Z');
			},
		],
		[
			'the status bar and the history keep the answer',
			async () => {
				const item = page.locator('.statusbar-item', { hasText: `FIONREAD: ${answer}` });
				assert.equal((await item.innerText()).trim(), `FIONREAD: ${answer}`);
				const view = page.locator('.pane', { has: page.getByText('IOCTL Runs', { exact: true }) });
				await view.locator('.pane-header').click();
				const rows = view.locator('.monaco-list-row');
				await rows.first().waitFor();
				const texts = await rows.evaluateAll((rows) =>
					rows.map((row) => ['.label-name', '.label-description'].map((part) => row.querySelector(part)?.textContent)),
				);
				assert.equal(texts.length, 1);
				const [label, description] = texts[0];
				assert.equal(label, 'FIONREAD');
				const clock = /^5 bytes · queued\.c, line (\d+) · .+$/.exec(description);
				assert.ok(clock, description);
				const spoken = await rows.first().getAttribute('aria-label');
				assert.ok(spoken?.startsWith(`FIONREAD: 5 bytes, queued.c, line ${clock[1]}, `), String(spoken));
			},
			'history',
		],
		[
			'without Wine a size probe says what it needs',
			async () => {
				await workbench.focusEditor(page, sample, 'FIONREAD');
				await workbench.runFromPalette(page, 'IOCTL Lens: Probe Sizes of Call at Cursor');
				await workbench.untilNotification(
					page,
					'The calls of libc are told no sizes, so there is nothing to probe; use the winsock backend.',
				);
			},
		],
		[
			'without Wine a run on Winsock says what is missing, and offers to set it up',
			async () => {
				await profile.writeMachineSettings({ 'ioctlLens.run.backend': 'winsock' });
				await open(sample);
				await page.locator(links, { hasText: 'Run · Wine' }).click();
				const missing = page
					.locator('.notification-toast .notification-list-item')
					.filter({ hasText: /Wine (\S+ is here, but .* is not set up for it|is not installed)/ });
				await missing.getByRole('button', { name: 'Set Up Wine Runner', exact: true }).waitFor();
				await page.screenshot({ path: path.join(outDir, 'ui-no-wine.png') });
				await profile.writeMachineSettings({});
			},
		],
	];
}
