// The editor in German: the texts of the manifest, of the client, of the server and of the runner, as a user meets them.
import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { breaches } from './lib/accessibility.mjs';
import { startBrowser } from './lib/browser.mjs';
import { commandLine, Profile, startCodeServer } from './lib/codeServer.mjs';
import { installLanguagePack } from './lib/languagePack.mjs';
import { hostDir, outDir, workbenchObstacle } from './lib/paths.mjs';
import { cannotRun, Report } from './lib/report.mjs';
import * as workbench from './lib/workbench.mjs';

const folder = 'second';
const wrong = `${folder}/keepalive.c`;
const queued = `${folder}/queued.c`;

/** The checks in the order in which one user would meet them. */
function checks({ page, profile, open }) {
	const sidebar = page.locator('.part.sidebar');
	const rows = (selector) =>
		page.locator(selector).evaluateAll((all) => all.map((row) => row.getAttribute('aria-label')));
	return [
		[
			'lenses and hovers are German',
			async () => {
				await workbench.trustWorkspace(page);
				await open(wrong);
				const lenses =
					'SIO_KEEPALIVE_VALS · Eingabe 4/8, nötig 12 · Erklären\n---\nSIO_KEEPALIVE_VALS · Eingabe 12 · Erklären\n';
				await workbench.untilSquiggle(page, wrong, 'info');
				assert.equal(await workbench.untilTexts(page, workbench.lensSelector(wrong), lenses), lenses);
				const parts = await workbench.hoverAt(page, await workbench.rectOfText(page, wrong, 'sizeof(settings)'));
				await parts.getByText('ist die Größe des Zeigers').waitFor();
				await parts.getByText('12 erwartet, 4 (32 Bit) oder 8 (64 Bit) übergeben').waitFor();
			},
			'hover',
		],
		[
			'commands are',
			async () => {
				await workbench.focusEditor(page, wrong, 'sizeof(settings)');
				await page.keyboard.press('F1');
				await page.locator('.quick-input-widget:visible input[type="text"]').fill('>IOCTL Lens: Auf');
				const explain = 'IOCTL Lens: Aufruf am Cursor erklären';
				await page.locator(`.quick-input-widget:visible .monaco-list-row[aria-label="${explain}"]`).waitFor();
				await page.keyboard.press('Escape');
			},
		],
		[
			'the explanation is, and says so to a screen reader',
			async () => {
				await workbench.runFromPalette(page, 'IOCTL Lens: Aufruf am Cursor erklären');
				const main = await workbench.untilPanel(page, 'WSAIoctl: SIO_KEEPALIVE_VALS');
				await main.getByRole('heading', { name: 'Befunde', exact: true }).waitFor();
				const panel = workbench.panel(page);
				await panel.getByRole('button', { name: 'Als Text öffnen', exact: true }).waitFor();
				assert.equal(await panel.locator('html').getAttribute('lang'), 'de');
				assert.deepEqual(await breaches(page), []);
			},
			'explanation',
		],
		[
			'a run and its answer are',
			async () => {
				await open(queued);
				const run = page.locator(`.monaco-editor[data-uri*='${queued}'] .codelens-decoration a`);
				await run.filter({ hasText: 'Ausführen · Linux' }).click();
				const main = await workbench.untilPanel(page, 'ioctl(FIONREAD) für FIONREAD');
				await main
					.getByText('ein TCP-Paar auf dem Loopback, verbunden; die Gegenstelle hatte 5 Bytes gesendet')
					.waitFor();
				await workbench.panel(page).getByRole('button', { name: 'Noch einmal ausführen' }).waitFor();
				await page.locator('.statusbar-item', { hasText: 'FIONREAD: 5 Bytes' }).waitFor();
			},
			'run',
		],
		[
			'what the runner lacks is told so',
			async () => {
				await profile.writeMachineSettings({ 'ioctlLens.run.backend': 'winsock' });
				await open(queued);
				const run = page.locator(`.monaco-editor[data-uri*='${queued}'] .codelens-decoration a`);
				await run.filter({ hasText: 'Ausführen · Wine' }).click();
				const missing = page
					.locator('.notification-toast .notification-list-item')
					.filter({ hasText: /Wine (\S+ ist da, aber .* ist nicht dafür eingerichtet|ist nicht installiert)/ });
				await missing.getByRole('button', { name: 'Wine-Läufer einrichten', exact: true }).waitFor();
				await profile.writeMachineSettings({});
			},
			'no-wine',
		],
		[
			'the view of all calls is, empty and filled',
			async () => {
				await open(queued);
				await page.getByRole('tab', { name: 'IOCTL Lens', exact: true }).click();
				await sidebar.getByText('Vorher wird nichts gelesen.').waitFor();
				await sidebar.getByRole('button', { name: 'Arbeitsbereich prüfen', exact: true }).last().click();
				const row = 'FIONREAD: Ohne Befund, Ausgabe 4, queued.c, Zeile 5';
				await sidebar.locator(`.monaco-list-row[aria-label="${row}"]`).waitFor();
				assert.ok((await rows('.part.sidebar .monaco-list-row')).includes('queued.c. Aufrufe: 1'));
			},
			'calls',
		],
		[
			'each rule says in the settings what it is about',
			async () => {
				await workbench.runFromPalette(page, 'Preferences: Open Settings (UI)');
				await page.locator('.settings-editor .suggest-input-container').click();
				await page.keyboard.type('ioctlLens.rules');
				const setting = page.locator('.settings-editor .setting-item-contents', { hasText: 'Schweregrad' }).first();
				await setting.getByText('Setzt den Schweregrad einzelner Regeln').waitFor();
				// The list is drawn anew while the search goes on, and forgets the new row then.
				const key = setting.locator('.setting-list-object-input-key select');
				for (let tries = 0; ; tries++) {
					if (!(await key.isVisible())) await setting.getByRole('button', { name: 'Add Item' }).click();
					const trouble = await key.click({ timeout: 5000 }).catch((error) => error);
					if (!trouble) break;
					if (tries === 5) throw trouble;
				}
				await page.getByText('Eine Abschlussroutine ohne Overlapped-Struktur (Voreinstellung: warning).').waitFor();
			},
			'settings',
		],
		[
			'the walkthrough is, with its pages',
			async () => {
				await open(queued);
				await workbench.runFromPalette(page, 'Welcome: Open Walkthrough...');
				await page.locator('.quick-input-widget:visible input[type="text"]').fill('Compiler nicht sehen');
				await page.locator('.quick-input-widget:visible .monaco-list-row').first().click();
				const steps = page.locator('.getting-started-step');
				await steps.first().waitFor();
				assert.equal((await steps.locator('.step-title').allInnerTexts())[0], 'Ein Beispiel öffnen');
				const shown = workbench.panel(page);
				await shown.getByRole('heading', { name: 'Ein Aufruf, der kompiliert und scheitert' }).waitFor();
			},
			'walkthrough',
		],
	];
}

/** Runs the leg with this packed extension and returns its exit status. */
export async function runGerman(vsix) {
	const obstacle = workbenchObstacle();
	if (obstacle) {
		console.log(`# german: cannot run here: ${obstacle}`);
		return cannotRun;
	}
	const report = new Report('german');
	const profile = await Profile.create();
	let server;
	let browser;
	try {
		const workspace = path.join(profile.dir, 'workspace');
		await cp(path.join(hostDir, 'workspace'), workspace, { recursive: true });
		await commandLine(profile, ['--install-extension', vsix]);
		await installLanguagePack(profile, 'de');
		server = await startCodeServer(profile, { args: ['--locale', 'de'], log: path.join(outDir, 'german-server.log') });
		browser = await startBrowser(profile);
		const { page } = browser;
		page.setDefaultTimeout(60_000);
		const open = (file) => workbench.openFile(page, server, workspace, folder, file);
		await open(wrong);
		for (const [name, run, picture] of checks({ page, profile, open })) {
			const passed = await report.check(name, run);
			const file = passed ? picture : `failure-${report.failed}`;
			if (file) await page.screenshot({ path: path.join(outDir, `german-${file}.png`) });
			if (!passed) await workbench.dismiss(page);
		}
	} catch (/** @type {any} */ error) {
		report.notOk('the workbench opens', error.stack);
		await browser?.page.screenshot({ path: path.join(outDir, 'german-failure.png') }).catch(() => {});
	} finally {
		await browser?.close();
		await server?.stop();
		await profile.remove();
	}
	return report.finish();
}
