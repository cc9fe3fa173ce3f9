// What a user sees: squiggle, hover, lens, documents, status and Restricted Mode, read from the workbench's DOM.
import assert from 'node:assert/strict';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { accessibilityChecks } from './accessibility.mjs';
import { callsChecks } from './calls.mjs';
import { startBrowser } from './lib/browser.mjs';
import { commandLine, Profile, startCodeServer } from './lib/codeServer.mjs';
import { expectedDir, matchesExpected } from './lib/golden.mjs';
import { hostDir, outDir, workbenchObstacle } from './lib/paths.mjs';
import { cannotRun, Report } from './lib/report.mjs';
import * as workbench from './lib/workbench.mjs';
import { liveChecks, restrictedChecks } from './live.mjs';
import { wineChecks, wineHere } from './wine.mjs';
import { writingChecks } from './writing.mjs';

const stepTimeout = 60_000;
/** The folder whose own settings make the sample's finding a mere information. */
const folder = 'second';
const sample = `${folder}/keepalive.c`;
const document = 'ioctl-lens:';
const giveUpMessage = 'The IOCTL Lens server stopped 4 times within three minutes and stays off. The output says why.';
/** Half a pixel of rounding on each side; a character is 8 pixels wide. */
const tolerance = 1;

function assertNear(actual, expected, what) {
	assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} instead of ${expected}`);
}

/**
 * One squiggle of this severity and no other: it begins and ends with the text, and lies in the text's line.
 */
async function assertOneSquiggle(page, severity, text) {
	await workbench.untilSquiggle(page, sample, severity);
	const { squiggles, text: covered } = await workbench.layout(page, sample, text);
	assert.deepEqual(
		squiggles.map((squiggle) => squiggle.severity),
		[severity],
	);
	const [{ x, y, width, height }] = squiggles;
	assertNear(x, covered.x, 'left edge');
	assertNear(x + width, covered.x + covered.width, 'right edge');
	const middle = covered.y + covered.height / 2;
	assert.ok(y <= middle && middle <= y + height, `the rows ${y} to ${y + height} hold the text's middle ${middle}`);
}

/** The checks in the order in which one user would meet them. */
function checks({ page, version }) {
	return [
		[
			'the folder opens in Restricted Mode',
			async () => {
				const item = page.locator('[id="status.workspaceTrust"]');
				assert.equal((await item.innerText()).trim(), 'Restricted Mode');
			},
		],
		[
			'one squiggle, under exactly the size argument',
			async () => {
				await assertOneSquiggle(page, 'error', 'sizeof(settings)');
			},
			'squiggle',
		],
		[
			'one lens above each call, starting where its line starts',
			async () => {
				const selector = workbench.lensSelector(sample);
				await matchesExpected('lenses.txt', (text) => workbench.untilTexts(page, selector, text));
				for (const nth of [0, 1]) {
					const { lenses, text } = await workbench.layout(page, sample, 'return WSAIoctl', { nth, lenses: 2 });
					assertNear(lenses[nth].x, text.x, 'left edge');
					const above = text.y - lenses[nth].y;
					assert.ok(above > 0 && above <= 2 * text.height, 'stands right above its line');
				}
			},
		],
		[
			'the hover explains the control code',
			async () => {
				const rect = await workbench.rectOfText(page, sample, 'SIO_KEEPALIVE_VALS');
				await workbench.hoverAt(page, rect);
				await matchesExpected('hover-code.txt', (text) => workbench.untilTexts(page, workbench.hoverRow, text));
			},
			'hover',
		],
		[
			'the hover over the squiggle says what is wrong',
			async () => {
				const rect = await workbench.rectOfText(page, sample, 'sizeof(settings)');
				await workbench.hoverAt(page, rect);
				await matchesExpected('hover-finding.txt', (text) => workbench.untilTexts(page, workbench.hoverRow, text));
			},
			'finding',
		],
		[
			"the hover's link opens the reference page beside",
			async () => {
				const rect = await workbench.rectOfText(page, sample, 'SIO_KEEPALIVE_VALS');
				const parts = await workbench.hoverAt(page, rect);
				await parts.getByRole('link', { name: 'Full page', exact: true }).click();
				await workbench.untilPanel(page, 'SIO_KEEPALIVE_VALS');
				assert.deepEqual(await workbench.tabs(page), [['keepalive.c'], ['SIO_KEEPALIVE_VALS']]);
			},
			'reference',
		],
		[
			'a structure in a page leads to its own page',
			async () => {
				await workbench.panel(page).locator('main').getByRole('link', { name: 'tcp_keepalive' }).first().click();
				await workbench.untilPanel(page, 'struct tcp_keepalive');
			},
		],
		[
			'the lens opens the explanation beside, and the focus stays in the source',
			async () => {
				await workbench.focusEditor(page, sample);
				await workbench.clickLens(page, sample, 0);
				const main = await workbench.untilPanel(page, 'WSAIoctl: SIO_KEEPALIVE_VALS');
				assert.equal((await workbench.tabs(page)).length, 2);
				assert.match(await workbench.focusedDocument(page), /\/second\/keepalive\.c$/);
				await main.getByRole('heading', { name: 'Findings', exact: true }).waitFor();
				assert.deepEqual(await workbench.untilRow(page, 'cbInBuffer'), [
					'cbInBuffer',
					'sizeof(settings)',
					'4/8 bytes (32-bit/64-bit)',
				]);
			},
			'lens',
		],
		[
			'as text the explanation is a document that cannot be edited',
			async () => {
				await workbench.panel(page).getByRole('button', { name: 'Open as Text', exact: true }).click();
				await workbench.untilOpen(page, `${document}/WSAIoctl`);
				const before = await workbench.drawnLines(page, document);
				// As far as it is drawn: where lines wrap and where the window ends depends on the fonts.
				const drawn = before.join('').replace(/\s/g, '');
				const whole = (await readFile(path.join(expectedDir, 'explanation.md'), 'utf8')).replace(/\s/g, '');
				assert.ok(drawn.includes('##Findings'), 'the findings are on the screen');
				assert.equal(drawn, whole.slice(0, drawn.length));
				await workbench.focusEditor(page, document);
				await page.keyboard.type('x');
				const refusal = 'Cannot edit in read-only editor\n';
				assert.equal(await workbench.untilTexts(page, '.monaco-editor-overlaymessage .message', refusal), refusal);
				assert.deepEqual(await workbench.drawnLines(page, document), before);
			},
		],
		[
			'the palette explains the call at the cursor',
			async () => {
				await workbench.focusEditor(page, sample, 'sizeof(*settings)');
				await workbench.runFromPalette(page, 'IOCTL Lens: Explain Call at Cursor');
				await workbench.panel(page).getByText('Line 14, in set_keepalive_well.').waitFor();
				assert.match(await workbench.focusedDocument(page), /\/second\/keepalive\.c$/);
			},
			'palette',
		],
		[
			'the context menu offers the same',
			async () => {
				const { x, y, width, height } = await workbench.rectOfText(page, sample, 'sizeof(settings)');
				await page.mouse.click(x + width / 2, y + height / 2, { button: 'right' });
				await workbench.chooseFromMenu(page, 'IOCTL Lens', 'Explain Call at Cursor');
				await workbench.panel(page).getByText('Line 8, in set_keepalive.').waitFor();
			},
		],
		[
			'an unknown name is refused while it is typed, a number is decoded',
			async () => {
				await workbench.runFromPalette(page, 'IOCTL Lens: Decode Control Code…');
				const input = page.locator('.quick-input-widget:visible input[type="text"]');
				await page
					.locator('.quick-input-widget:visible .quick-input-title', { hasText: 'Decode Control Code' })
					.waitFor();
				await input.fill('SIO_NO_SUCH_CODE');
				const message = '.quick-input-message';
				await matchesExpected('decode-refusal.txt', (text) => workbench.untilTexts(page, message, text));
				await page.screenshot({ path: path.join(outDir, 'ui-decode-refused.png') });
				await input.fill('0x98000004');
				await page.locator('.quick-input-message', { hasText: 'SIO_KEEPALIVE_VALS, or a number' }).waitFor();
				await page.keyboard.press('Enter');
				await workbench.untilPanel(page, 'SIO_KEEPALIVE_VALS');
			},
			'decode',
		],
		[
			'the language status names version and state',
			async () => {
				await workbench.focusEditor(page, sample);
				const item = await workbench.untilStatus(page, `IOCTL Lens ${version}: Running`);
				await item.click();
				const menu = page.locator('.hover-language-status .element').first();
				const parts = await Promise.all(
					['.left', '.right a.monaco-link'].map((part) => menu.locator(part).innerText()),
				);
				assert.deepEqual(parts, [`IOCTL Lens ${version}\nRunning`, 'Show Output']);
			},
			'status',
		],
		[
			'its command opens the output',
			async () => {
				await page.locator('.hover-language-status a.monaco-link', { hasText: 'Show Output' }).click();
				await page.locator('.part.panel .monaco-editor').first().waitFor();
				const chosen = page.getByRole('toolbar', { name: 'Output actions' }).getByLabel('Switch Output');
				const name = await chosen.evaluate((select) => select.options[select.selectedIndex].text);
				assert.equal(name, 'IOCTL Lens');
				await page.keyboard.press('Control+J');
			},
		],
		[
			'in Restricted Mode the folder cannot soften a finding',
			async () => {
				await assertOneSquiggle(page, 'error', 'sizeof(settings)');
			},
		],
		...restrictedChecks({ page, file: sample }),
		[
			'once trusted, the folder decides',
			async () => {
				await workbench.trustWorkspace(page);
				await assertOneSquiggle(page, 'info', 'sizeof(settings)');
			},
			'trusted',
		],
	];
}

/** What happens when lenses are switched off, and when the server dies; each leaves the workbench changed. */
function troubles({ page, profile, open }) {
	return [
		[
			'with lenses switched off the user is told, and shown the setting',
			async () => {
				await profile.writeSettings({ 'editor.codeLens': false });
				await open();
				const told = await workbench.untilNotification(
					page,
					'The setting editor.codeLens is off. Use the command "IOCTL Lens: Explain Call at Cursor" instead of the lens.',
				);
				await page.screenshot({ path: path.join(outDir, 'ui-lenses-off.png') });
				await told.getByRole('button', { name: 'Open Setting', exact: true }).click();
				await page.locator('.settings-editor .setting-item-label', { hasText: 'Code Lens' }).first().waitFor();
			},
		],
		[
			'of a file above the limit the language status says that it is not checked, and leads to the limit',
			async () => {
				await profile.writeSettings({ 'ioctlLens.maxFileSize': 200 });
				await open();
				const label = 'Not checked: 0.5 KB. ioctlLens.maxFileSize is 0.2 KB';
				const item = page.locator(`[id="status.languageStatus"][aria-label*="${label}"]`);
				await item.click();
				await page.locator('.hover-language-status a.monaco-link', { hasText: 'Change' }).click();
				await page.locator('.settings-editor .setting-item-label', { hasText: 'Max File Size' }).first().waitFor();
				await profile.writeSettings({});
			},
			'not-checked',
		],
		[
			'a server that cannot run is given up with a message, and the status says so',
			async () => {
				await profile.breakServer();
				await open();
				await workbench.untilNotification(page, giveUpMessage);
				await workbench.untilStatus(page, 'IOCTL Lens: Crashed');
			},
			'crashed',
		],
		[
			"the message's button brings it back",
			async () => {
				await profile.repairServer();
				const message = await workbench.untilNotification(page, giveUpMessage);
				await message.getByRole('button', { name: 'Restart Server', exact: true }).click();
				await workbench.untilSquiggle(page, sample, 'info');
			},
		],
	];
}

/** Runs the leg with this packed extension and returns its exit status. */
export async function runUi(vsix) {
	const obstacle = workbenchObstacle();
	if (obstacle) {
		console.log(`# ui: cannot run here: ${obstacle}`);
		return cannotRun;
	}
	const report = new Report('ui');
	// A picture of an earlier run would be taken for one of this run.
	for (const name of await readdir(outDir)) if (/^ui-.*\.png$/.test(name)) await rm(path.join(outDir, name));
	const profile = await Profile.create();
	let server;
	let browser;
	try {
		const workspace = path.join(profile.dir, 'workspace');
		await cp(path.join(hostDir, 'workspace'), workspace, { recursive: true });
		await commandLine(profile, ['--install-extension', vsix]);
		const listed = await commandLine(profile, ['--list-extensions', '--show-versions']);
		const version = /^ioctl-lens\.ioctl-lens@(.+)$/m.exec(String(listed))?.[1];
		assert.ok(version, 'the package is installed');
		server = await startCodeServer(profile, { log: path.join(outDir, 'ui-server.log') });
		browser = await startBrowser(profile);
		const { page } = browser;
		page.setDefaultTimeout(stepTimeout);
		const open = (file = sample) => workbench.openFile(page, server, workspace, folder, file);
		await open();
		const home = await wineHere();
		if (!home) {
			console.log('# Wine is not set up: live runs are tested on this system’s own calls only');
			if (process.env.CI === 'true') report.notOk('Wine is set up', 'run test/runner/install.mjs first');
		}
		const all = [
			...checks({ page, version }),
			...liveChecks({ page, profile, open }),
			...(home ? wineChecks({ page, profile, open, home }) : []),
			...callsChecks({ page, profile, version, open, workspace, folder }),
			...accessibilityChecks({ page, profile, open, folder }),
			...writingChecks({ page, version, open, workspace, folder }),
			...troubles({ page, profile, open }),
		];
		const wanted = all.filter(([name]) => String(name).includes(process.env.HOST_GREP ?? ''));
		for (const [name, run, picture] of wanted) {
			const passed = await report.check(name, run);
			const file = passed ? picture : `failure-${report.failed}`;
			if (file) await page.screenshot({ path: path.join(outDir, `ui-${file}.png`) });
			if (!passed) await workbench.dismiss(page);
		}
		await report.check('nothing asked for the network', () => assert.deepEqual([...browser.refused], []));
	} catch (/** @type {any} */ error) {
		report.notOk('the workbench opens', error.stack);
		await browser?.page.screenshot({ path: path.join(outDir, 'ui-failure.png') }).catch(() => {});
	} finally {
		await browser?.close();
		await server?.stop();
		await profile.remove();
	}
	return report.finish();
}
