/** What a user sees and does in the workbench, read from the page's DOM. Every wait is for something to appear. */
import path from 'node:path';

/**
 * Waits until the visible texts of the elements, joined by a line of dashes, are these, and returns what is there;
 * after the page's time limit that is something else, for the caller to complain about.
 */
export async function untilTexts(page, selector, expected) {
	const read = ({ selector, expected }) => {
		const visible = [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
		const texts = visible.map((element) => element.innerText.replace(/\u00a0/g, ' ').trim());
		const text = `${texts.join('\n---\n')}\n`;
		return expected === undefined || text === expected ? text : undefined;
	};
	try {
		const found = await page.waitForFunction(read, { selector, expected });
		return await found.jsonValue();
	} catch {
		return page.evaluate(read, { selector });
	}
}

/** The visible editor of a document, by a part of its URI as it is written, percent signs and all. */
function editorSelector(name) {
	return `.monaco-editor[data-uri*='${name}']`;
}

/** Waits until this document is open in a visible editor with its text drawn. */
export async function untilOpen(page, name) {
	await page
		.locator(`${editorSelector(name)} .view-line`)
		.first()
		.waitFor();
}

/**
 * Opens a file of a workspace in a fresh workbench on one of its folders. A workbench that never gets to its files is
 * opened once more: on a busy machine its first connection can be lost, and VS Code waits for ever.
 */
export async function openFile(page, server, workspace, folder, file) {
	const payload = JSON.stringify([['openFile', server.uri(path.join(workspace, file))]]);
	const address = server.url({ folder: path.join(workspace, folder), payload });
	await page.goto(address);
	try {
		await untilOpen(page, file);
	} catch (error) {
		console.log(`# the workbench did not open ${file} and is opened once more: ${String(error).split('\n')[0]}`);
		await page.goto(address);
		await untilOpen(page, file);
	}
}

/**
 * Where things are in the editor of `name`, read at one moment, so that nothing moves in between: the squiggles with
 * their severities, the first lens of each line, and `text` in the first line that holds it (`nth` counts from 0).
 * With `lenses` it is a moment with this many of them: they are taken away and drawn anew whenever they may have changed.
 * @param {any} page
 * @param {string} name
 * @param {string} text
 * @param {{ nth?: number, lenses?: number }} [options]
 */
export async function layout(page, name, text, { nth = 0, lenses } = {}) {
	const found = await page.waitForFunction(
		({ selector, text, nth, lenses }) => {
			const editor = document.querySelector(selector);
			const drawn = [...editor.querySelectorAll('.codelens-decoration a:first-of-type')];
			if (lenses !== undefined && drawn.length !== lenses) return undefined;
			const boxOf = (thing) => {
				const { x, y, width, height } = thing.getBoundingClientRect();
				return { x, y, width, height };
			};
			const plain = (line) => line.textContent.replace(/\u00a0/g, ' ');
			const textBox = () => {
				const lines = [...editor.querySelectorAll('.view-line')].filter((line) => plain(line).includes(text));
				const line = lines.sort((a, b) => boxOf(a).y - boxOf(b).y)[nth];
				if (!line) return undefined;
				// A word may be spread over several spans: walk the text nodes and count.
				const from = plain(line).indexOf(text);
				const range = document.createRange();
				const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
				let at = 0;
				for (let node = walker.nextNode(); node; node = walker.nextNode()) {
					const end = at + (node.textContent ?? '').length;
					if (at <= from && from < end) range.setStart(node, from - at);
					if (at < from + text.length && from + text.length <= end) range.setEnd(node, from + text.length - at);
					at = end;
				}
				return boxOf(range);
			};
			const kinds = ['error', 'warning', 'info', 'hint'];
			const severityOf = (element) => kinds.find((kind) => element.classList.contains(`squiggly-${kind}`));
			return {
				text: textBox(),
				squiggles: [...editor.querySelectorAll('[class*="squiggly-"]')].map((element) => ({
					severity: severityOf(element),
					...boxOf(element),
				})),
				lenses: drawn.map(boxOf).sort((a, b) => a.y - b.y),
			};
		},
		{ selector: editorSelector(name), text, nth, lenses },
	);
	const layout = await found.jsonValue();
	if (!layout.text) throw new Error(`"${text}" is not on the screen in ${name}`);
	return layout;
}

/** The rectangle of `text` alone. */
export async function rectOfText(page, name, text) {
	return (await layout(page, name, text)).text;
}

/** Waits for a squiggle of this severity in the editor of `name`. */
export async function untilSquiggle(page, name, severity) {
	await page
		.locator(`${editorSelector(name)} .squiggly-${severity}`)
		.first()
		.waitFor({ state: 'attached' });
}

/** The first code lens of each line in the editor of `name`; which others follow depends on the machine. */
export function lensSelector(name) {
	return `${editorSelector(name)} .codelens-decoration a:first-of-type`;
}

/** One part of an open hover. */
export const hoverRow = '.monaco-hover:not(.hidden) .hover-row';

/** Moves the pointer onto a rectangle and returns the parts of the hover that opens; more of them may still come in. */
export async function hoverAt(page, rect) {
	// An older hover must be gone first, or its text would be taken for the new one's.
	await page.keyboard.press('Escape');
	await page.mouse.move(rect.x + rect.width / 2, page.viewportSize().height - 40);
	await page.locator(hoverRow).first().waitFor({ state: 'hidden' });
	await page.mouse.move(rect.x + rect.width / 2, rect.y + rect.height / 2, { steps: 5 });
	const parts = page.locator(hoverRow);
	await parts.first().waitFor();
	return parts;
}

/** Clicks the n-th lens in the editor of `name`. */
export async function clickLens(page, name, nth) {
	await page.locator(lensSelector(name)).nth(nth).click();
}

/** Puts the cursor into the editor of `name`: into this text, else at its first line. */
export async function focusEditor(page, name, text) {
	if (text) {
		const { x, y, width, height } = await rectOfText(page, name, text);
		await page.mouse.click(x + width / 2, y + height / 2);
	} else {
		await page
			.locator(`${editorSelector(name)} .view-line`)
			.first()
			.click({ position: { x: 4, y: 4 } });
	}
	await page.waitForFunction(
		(selector) => document.activeElement?.closest('.monaco-editor')?.matches(selector),
		editorSelector(name),
	);
}

/** The labels of the open tabs, group by group. */
export async function tabs(page) {
	return page.evaluate(() =>
		[...document.querySelectorAll('.editor-group-container')].map((group) =>
			[...group.querySelectorAll('.tab')].map((tab) => tab.textContent?.trim()),
		),
	);
}

/** Trusts the open workspace through the trust editor and returns to the files. */
export async function trustWorkspace(page) {
	await page.locator('[id="status.workspaceTrust"]').click();
	await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
	await page.locator('.workspace-trust-editor.trusted').waitFor();
	await page
		.locator('.workspace-trust-header, .workspace-trust-editor')
		.first()
		.click({ position: { x: 8, y: 8 } });
	await page.keyboard.press('Escape');
	await page.locator('.workspace-trust-editor').waitFor({ state: 'hidden' });
}

/** Waits until the language status says exactly this, and returns its item in the status bar. */
export async function untilStatus(page, text) {
	const label = JSON.stringify(`Editor Language Status: ${text}`);
	const item = page.locator(`[id="status.languageStatus"][aria-label=${label}]`);
	await item.waitFor();
	return item;
}

/** Waits for a notification with exactly this text and returns it, so that its buttons can be pressed. */
export async function untilNotification(page, text) {
	const message = page.locator('.notification-list-item-message').getByText(text, { exact: true });
	const toast = page.locator('.notification-toast .notification-list-item', { has: message });
	await toast.waitFor();
	return toast;
}

/** Closes whatever a failed step left open in front of the editors. */
export async function dismiss(page) {
	for (let i = 0; i < 2; i++) await page.keyboard.press('Escape');
}

/** The drawn lines of the editor of `name`, top to bottom. */
export async function drawnLines(page, name) {
	await untilOpen(page, name);
	return page.evaluate(readLines, { selector: editorSelector(name) });
}

/** Waits until these lines are on the screen, and returns what is there: a key that was pressed is drawn a moment later. */
export async function untilLines(page, name, expected) {
	const asked = { selector: editorSelector(name), expected };
	await page.waitForFunction(readLines, asked).catch(() => undefined);
	return page.evaluate(readLines, { selector: asked.selector });
}

/** Runs in the page. */
function readLines({ selector, expected }) {
	const lines = [...document.querySelectorAll(`${selector} .view-line`)]
		.map((line) => ({ y: line.getBoundingClientRect().y, text: line.textContent.replace(/\u00a0/g, ' ') }))
		.sort((a, b) => a.y - b.y)
		.map((line) => line.text);
	return expected === undefined || JSON.stringify(lines) === JSON.stringify(expected) ? lines : undefined;
}

/** The page in the panel that is on the screen. */
export const panel = (page) =>
	page.locator('iframe.webview').filter({ visible: true }).contentFrame().locator('#active-frame').contentFrame();

/**
 * Fills the view of all calls, which has to be empty: by the button in it, and not by the one in its title, which moves
 * while the view is drawn.
 */
export const checkWorkspace = (page) =>
	page.locator('.part.sidebar .monaco-button', { hasText: 'Check Workspace' }).click();

/** Waits until the panel shows the page with this heading, and returns its main part. */
export async function untilPanel(page, heading) {
	const main = panel(page).locator('main');
	await main.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
	return main;
}

/** The cells of the row of a table in the panel that begins with this text, once it is there. */
export async function untilRow(page, first) {
	const hasText = new RegExp(`^${first.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
	const row = panel(page)
		.locator('main tr')
		.filter({ has: page.locator('td:first-child', { hasText }) });
	await row.first().waitFor();
	return row.first().locator('td').allInnerTexts();
}

/** The name of the document whose editor has the keyboard focus; undefined when something else has. */
export async function focusedDocument(page) {
	return page.evaluate(() => document.activeElement?.closest('.monaco-editor')?.getAttribute('data-uri') ?? undefined);
}

/** Runs a command from the palette by its full title. */
export async function runFromPalette(page, title) {
	await page.keyboard.press('F1');
	const input = page.locator('.quick-input-widget:visible input[type="text"]');
	await input.fill(`>${title}`);
	const row = page.locator(`.quick-input-widget:visible .monaco-list-row[aria-label=${JSON.stringify(title)}]`);
	await row.click();
}

/** Chooses an item of the open menu, through its submenus, by the keyboard: a menu ignores clicks in its first moments. */
export async function chooseFromMenu(page, ...titles) {
	for (const [depth, title] of titles.entries()) {
		const menu = page.locator('.monaco-menu').nth(depth);
		await menu.locator('.action-menu-item').first().waitFor();
		const labels = menu.locator('.action-menu-item .action-label');
		const all = await labels.allInnerTexts();
		if (!all.includes(title)) throw new Error(`the menu has no item "${title}", but ${all.join(', ')}`);
		// A submenu opens with its first item in focus; a key moves the focus a moment after it was pressed.
		const focused = menu.locator('.action-item.focused .action-label').last();
		const name = async () => ((await focused.count()) > 0 ? focused.innerText() : undefined);
		for (let presses = 0; (await name()) !== title; presses++) {
			if (presses > all.length) throw new Error(`the keyboard does not reach "${title}" in the menu`);
			const before = await name();
			await page.keyboard.press('ArrowDown');
			await untilOther(before, name);
		}
		await page.keyboard.press(depth < titles.length - 1 ? 'ArrowRight' : 'Enter');
	}
}

/** Waits for at most a second until something is read that differs from `before`. */
async function untilOther(before, read) {
	for (let tries = 0; tries < 20 && (await read()) === before; tries++)
		await new Promise((resolve) => setTimeout(resolve, 50));
}
