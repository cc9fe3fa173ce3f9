// Stands in for VS Code's executable where none can be downloaded: it takes the arguments that VS Code takes, and runs
// the same workbench and the same extension host out of code-server, drawn in Chromium.
//   standIn.mjs --install-extension FILE --user-data-dir DIR --extensions-dir DIR
//   standIn.mjs [FOLDER|WORKSPACE] --extensionTestsPath=FILE --extensionDevelopmentPath=DIR --user-data-dir DIR ...
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { format, parseArgs } from 'node:util';
import { startBrowser } from './lib/browser.mjs';
import { commandLine, Profile, startCodeServer } from './lib/codeServer.mjs';
import { outDir } from './lib/paths.mjs';

/** After this long a run that never reported its end is given up. */
const deadline = 600_000;

/** VS Code's arguments; those that only a desktop program understands (`--no-sandbox`, ...) mean nothing here. */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	strict: false,
	options: {
		'install-extension': { type: 'string' },
		'user-data-dir': { type: 'string' },
		'extensions-dir': { type: 'string' },
		extensionTestsPath: { type: 'string' },
		extensionDevelopmentPath: { type: 'string', multiple: true },
		'disable-workspace-trust': { type: 'boolean' },
	},
});

/** Folders that are not given are an error of the tests themselves. */
const folderOf = (name) => path.resolve(String(values[name]));
const profile = await Profile.create(
	{},
	{ userData: folderOf('user-data-dir'), extensions: folderOf('extensions-dir') },
);
try {
	process.exitCode = values['install-extension']
		? await install(values['install-extension'])
		: await runTests(positionals[0]);
} finally {
	await profile.remove();
}

async function install(vsix) {
	process.stdout.write(await commandLine(profile, ['--install-extension', vsix]));
	return 0;
}

/** Opens the workbench with the tests' path in its address, and waits for the exit code that VS Code hands over. */
async function runTests(target) {
	await mkdir(outDir, { recursive: true });
	const trust = values['disable-workspace-trust'] ? ['--disable-workspace-trust'] : [];
	const server = await startCodeServer(profile, {
		args: [...trust, '--vscode-option', 'enable-smoke-test-driver'],
		log: path.join(outDir, 'suite-server.log'),
	});
	const log = createWriteStream(path.join(outDir, 'suite-console.log'));
	let browser;
	try {
		browser = await startBrowser(profile);
		const { page } = browser;
		let timer;
		const exitCode = new Promise((resolve, reject) => {
			void page.exposeFunction('codeAutomationExit', resolve);
			timer = setTimeout(() => reject(new Error(`no end reported within ${deadline} ms`)), deadline);
		});
		await page.exposeFunction('codeAutomationLog', (type, args) => {
			log.write(`[${type}] ${format(...args)}\n`);
		});
		const payload = [
			...[values.extensionDevelopmentPath ?? []].flat().map((dir) => ['extensionDevelopmentPath', server.uri(dir)]),
			['extensionTestsPath', server.uri(values.extensionTestsPath)],
		];
		const opened = target.endsWith('.code-workspace') ? 'workspace' : 'folder';
		try {
			await page.goto(server.url({ [opened]: path.resolve(target), payload: JSON.stringify(payload) }));
			return await exitCode;
		} catch (error) {
			await page.screenshot({ path: path.join(outDir, 'suite-failure.png') });
			throw error;
		} finally {
			clearTimeout(timer);
		}
	} finally {
		await browser?.close();
		await server.stop();
		log.end();
	}
}
