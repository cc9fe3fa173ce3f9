import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { codeServerEntry, codeServerNode } from './paths.mjs';

/** Settings that keep a fresh profile quiet: no welcome page, no updates, nothing that asks for a network. */
const quietSettings = {
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'editor.minimap.enabled': false,
	// One is closed only where its line is coloured already, and when that is depends on the machine.
	'editor.autoClosingBrackets': 'never',
	'chat.disableAIFeatures': true,
	'extensions.autoUpdate': false,
	'extensions.autoCheckUpdates': false,
	'extensions.ignoreRecommendations': true,
	'telemetry.telemetryLevel': 'off',
	'security.workspace.trust.startupPrompt': 'never',
	// The built-in TypeScript support is slow to start and none of our business.
	'typescript.validate.enable': false,
	'javascript.validate.enable': false,
};

/** The folders of one run: user data, extensions and the browser's profile, all in one temporary place. */
export class Profile {
	constructor(dir, { userData = path.join(dir, 'user-data'), extensions = path.join(dir, 'extensions') } = {}) {
		this.dir = dir;
		this.userData = userData;
		this.extensions = extensions;
		this.browser = path.join(dir, 'browser');
		this.config = path.join(dir, 'config.yaml');
	}

	/** Creates the folders and writes the user settings. */
	static async create(settings = {}, folders = {}) {
		const profile = new Profile(await mkdtemp(path.join(os.tmpdir(), 'ioctl-lens-host-')), folders);
		const dirs = [path.join(profile.userData, 'User'), profile.extensions, profile.browser];
		await Promise.all(dirs.map((dir) => mkdir(dir, { recursive: true })));
		await profile.writeSettings(settings);
		await writeFile(profile.config, 'auth: none\ncert: false\n');
		return profile;
	}

	/** Replaces the user settings; a workbench opened from now on has them. */
	async writeSettings(settings) {
		const file = path.join(this.userData, 'User/settings.json');
		await writeFile(file, JSON.stringify({ ...quietSettings, ...settings }, null, '\t'));
	}

	/** Replaces the settings of the machine that the extensions run on: those that name a program are taken from nowhere else. */
	async writeMachineSettings(settings) {
		const folder = path.join(this.userData, 'Machine');
		await mkdir(folder, { recursive: true });
		await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings));
	}

	/** Puts a program that ends at once in the place of the installed extension's server. */
	async breakServer() {
		const server = await this.serverFile();
		await rename(server, `${server}.good`);
		await writeFile(server, 'process.exit(1);\n');
	}

	async repairServer() {
		const server = await this.serverFile();
		await rename(`${server}.good`, server);
	}

	async serverFile() {
		const [folder] = (await readdir(this.extensions)).filter((name) => name.startsWith('ioctl-lens.'));
		if (folder === undefined) throw new Error('the extension is not installed');
		return path.join(this.extensions, folder, 'dist/server.cjs');
	}

	async remove() {
		if (process.env.KEEP_PROFILE) console.log(`# profile kept: ${this.dir}`);
		else await rm(this.dir, { recursive: true, force: true, maxRetries: 5 });
	}

	get args() {
		return ['--config', this.config, '--user-data-dir', this.userData, '--extensions-dir', this.extensions];
	}

	/** No marketplace, and no file of this user's own is read or written. */
	get env() {
		const own = { XDG_CONFIG_HOME: this.dir, XDG_DATA_HOME: this.dir, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
		return { ...process.env, ...own };
	}
}

/** Runs code-server's command line (`--install-extension`, `--list-extensions`) and returns what it printed. */
export async function commandLine(profile, args) {
	const options = { env: profile.env, encoding: 'utf8' };
	const { stdout } = await promisify(execFile)(codeServerNode, [codeServerEntry, ...profile.args, ...args], options);
	return stdout;
}

/**
 * Starts code-server on a free port of the loopback and resolves when it says that it listens.
 * Its log goes to `log`. `stop` ends the process group started here and waits for its end.
 * @param {Profile} profile
 * @param {{ args?: string[], log: string }} options
 */
export async function startCodeServer(profile, { args = [], log }) {
	const child = spawn(
		codeServerNode,
		[
			codeServerEntry,
			...['--bind-addr', '127.0.0.1:0', '--auth', 'none', ...profile.args],
			...['--disable-telemetry', '--disable-update-check', '--disable-proxy', '--disable-getting-started-override'],
			...args,
		],
		{ stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: profile.env },
	);
	const ended = new Promise((resolve) => child.once('exit', resolve));
	const file = createWriteStream(log);
	child.stderr.pipe(file, { end: false });
	const port = await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`code-server ended with status ${code}, see ${log}`)));
		createInterface({ input: child.stdout }).on('line', (line) => {
			file.write(`${line}\n`);
			const listening = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)\//.exec(line);
			if (listening) resolve(Number(listening[1]));
		});
	});
	return {
		port,
		/** The address of the workbench with these query parameters. */
		url: (query) => `http://127.0.0.1:${port}/?${new URLSearchParams(query)}`,
		/** A file or folder of this machine as the workbench names it. */
		uri: (file) => `vscode-remote://127.0.0.1:${port}${path.resolve(file)}`,
		async stop() {
			if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
				process.kill(-child.pid, 'SIGTERM');
			await ended;
			file.end();
		},
	};
}
