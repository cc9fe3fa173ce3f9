// What a user gets while a call is being written: completion and signature help, read from the workbench's DOM.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { outDir } from './lib/paths.mjs';
import * as workbench from './lib/workbench.mjs';

const suggestion = '.suggest-widget.visible .monaco-list-row.focused';
const hints = '.parameter-hints-widget.visible';

const before = `#include <winsock2.h>

int set_keepalive(SOCKET s)
{
	struct tcp_keepalive settings = { 1, 30000, 1000 };
	DWORD bytes = 0;
	return 0;
}
`;
const after = [
	'#include <winsock2.h>',
	'#include <mstcpip.h>',
	'',
	'int set_keepalive(SOCKET s)',
	'{',
	'    struct tcp_keepalive settings = { 1, 30000, 1000 };',
	'    DWORD bytes = 0;',
	'    WSAIoctl(s, SIO_KEEPALIVE_VALS, &settings, sizeof(settings), NULL, 0, &bytes, NULL, NULL);',
	'    return 0;',
	'}',
	'',
];

/** Waits until the chosen suggestion has this label. */
async function untilSuggested(page, label) {
	const row = page.locator(suggestion, { has: page.locator('.label-name', { hasText: label }) });
	await row.waitFor();
	return row;
}

const picture = (page, name) => page.screenshot({ path: path.join(outDir, `ui-${name}.png`) });

/** The checks; each goes on where the one before has stopped. */
export function writingChecks({ page, version, open, workspace, folder }) {
	const file = `${folder}/writing.c`;
	return [
		[
			'a control code is completed while its call is written, with its page and its header',
			async () => {
				await writeFile(path.join(workspace, file), before);
				await open(file);
				await workbench.untilStatus(page, `IOCTL Lens ${version}: Running`);
				await workbench.focusEditor(page, file, 'bytes = 0');
				await page.keyboard.press('End');
				await page.keyboard.press('Enter');
				await page.keyboard.type('WSAIoctl(s, SIO_KE');
				const row = await untilSuggested(page, 'SIO_KEEPALIVE_VALS');
				assert.equal((await row.locator('.details-label').innerText()).trim(), 'in 12');
				await picture(page, 'completion');
				await page.keyboard.press('Control+Space');
				const details = page.locator('.suggest-details-container .docs.markdown-docs');
				await details.waitFor();
				assert.match(
					await details.locator('p').first().innerText(),
					/^Switches TCP keep-alive on or off for one connection/,
				);
				await picture(page, 'completion-details');
				await page.keyboard.press('Control+Space');
				await page.keyboard.press('Enter');
				await page.locator(suggestion).waitFor({ state: 'hidden' });
				const written = [...after];
				written[7] = '    WSAIoctl(s, SIO_KEEPALIVE_VALS';
				assert.deepEqual(await workbench.untilLines(page, file, written), written);
			},
		],
		[
			'its arguments follow from the code, by the keyboard alone',
			async () => {
				for (const [typed, label] of [
					[', ', '&settings'],
					[', ', 'sizeof(settings)'],
					[', ', 'NULL'],
					[', ', '0'],
					[', ', '&bytes'],
					[', ', 'NULL'],
					[', ', 'NULL'],
				]) {
					await page.keyboard.type(typed);
					await untilSuggested(page, label);
					if (label === 'sizeof(settings)') await picture(page, 'completion-size');
					await page.keyboard.press('Enter');
					await page.locator(suggestion).waitFor({ state: 'hidden' });
				}
				await page.keyboard.type(');');
				assert.deepEqual(await workbench.untilLines(page, file, after), after);
			},
		],
		[
			'the code has a colour of its own',
			async () => {
				const classes = await page.evaluate(() =>
					[...document.querySelectorAll('.view-line span > span')]
						.filter((span) => span.textContent === 'SIO_KEEPALIVE_VALS')
						.map((span) => span.className),
				);
				assert.equal(classes.length, 1);
				// That of a text without a colour.
				assert.notEqual(classes[0], 'mtk1');
			},
		],
		[
			'signature help says what the argument means for this code',
			async () => {
				await workbench.focusEditor(page, file, 'sizeof(settings)');
				await page.keyboard.press('Control+Shift+Space');
				await page.locator(hints).waitFor();
				const active = page.locator(`${hints} .parameter.active`);
				await active.filter({ hasText: 'DWORD cbInBuffer' }).waitFor();
				const [meaning] = await page.locator(`${hints} .docs .markdown-docs p`).allInnerTexts();
				assert.equal(meaning, '12, sizeof(struct tcp_keepalive).');
				await picture(page, 'signature');
				await page.keyboard.press('Escape');
				await page.locator(hints).waitFor({ state: 'hidden' });
			},
		],
	];
}
