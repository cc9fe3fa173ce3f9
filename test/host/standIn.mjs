// Stands in for VS Code's executable where none can be downloaded: it takes the arguments that VS Code takes, and runs
// the same workbench and the same extension host out of code-server, drawn in Chromium.
//   standIn.mjs --install-extension FILE --user-data-dir DIR --extensions-dir DIR
//   standIn.mjs [FOLDER|WORKSPACE] --extensionTestsPath=FILE --extensionDevelopmentPath=DIR --user-data-dir DIR ...
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { format, parseArgs } from 'node:util';
import { startBrowser } from './lib/browser.mjs';
import { commandLine, Profile, startCodeServer } from './lib/codeServer.mjs';
import { outDir } from './lib/paths.mjs';

/** After this long a run that never reported its end is given up. */
const deadline = 600_000;
/** After this long a workbench in which no test has begun is given up. */
const startDeadline = 150_000;

/** A workbench whose extension host never reached the tests: nothing of them ran, so they can be begun anew. */
class NotBegun extends Error {}

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

/** Runs the tests in a workbench; one that never reaches them is told of, closed whole, and another is opened. */
async function runTests(target) {
	try {
		return await runTestsOnce(target);
	} catch (error) {
		if (!(error instanceof NotBegun)) throw error;
		console.error(`${error.message}; another workbench is opened`);
		return await runTestsOnce(target);
	}
}

/** Opens the workbench with the tests' path in its address, and waits for the exit code that VS Code hands over. */
async function runTestsOnce(target) {
	await mkdir(outDir, { recursive: true });
	const serverLog = path.join(outDir, 'suite-server.log');
	const consoleLog = path.join(outDir, 'suite-console.log');
	const trust = values['disable-workspace-trust'] ? ['--disable-workspace-trust'] : [];
	const server = await startCodeServer(profile, {
		args: [...trust, '--vscode-option', 'enable-smoke-test-driver'],
		log: serverLog,
	});
	const log = createWriteStream(consoleLog);
	let browser;
	try {
		browser = await startBrowser(profile);
		const { page } = browser;
		const timers = [];
		const exitCode = new Promise((resolve, reject) => {
			void page.exposeFunction('codeAutomationExit', resolve);
			const began = () => resultsSoFar().includes('the tests');
			const giveUp = (why) => reject(began() ? new Error(why) : new NotBegun(`${why}, and no test had begun`));
			page.once('crash', () => giveUp('the page of the workbench crashed'));
			const after = (wait, run) => timers.push(setTimeout(run, wait));
			after(deadline, () => giveUp(`no end reported within ${deadline} ms`));
			after(startDeadline, () => began() || giveUp(`nothing heard within ${startDeadline} ms`));
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
			const address = server.url({ [opened]: path.resolve(target), payload: JSON.stringify(payload) });
			const [code] = await Promise.all([exitCode, page.goto(address)]);
			return code;
		} catch (error) {
			console.error(await evidence(page, [serverLog, consoleLog]));
			throw error;
		} finally {
			for (const timer of timers) clearTimeout(timer);
		}
	} finally {
		await browser?.close();
		await server.stop();
		log.end();
	}
}

/** The results file is written by the extension host. */
function resultsSoFar() {
	const file = process.env.HOST_RESULTS ?? '';
	return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** What the workbench shows and its logs end with, for those who have nothing but this output. */
async function evidence(page, logs) {
	const texts = await Promise.all(logs.map((file) => readFile(file, 'utf8')));
	const parts = texts.map((text, i) => `${path.basename(logs[i])} ends with:\n${text.slice(-3000)}`);
	parts.push(`the results end with:\n${resultsSoFar().slice(-1000)}`);
	try {
		await page.screenshot({ path: path.join(outDir, 'suite-failure.png') });
		parts.push(`the page shows:\n${(await page.innerText('body', { timeout: 5000 })).slice(0, 1500)}`);
	} catch (error) {
		parts.push(`the page cannot be read: ${error}`);
	}
	return parts.join('\n');
}
