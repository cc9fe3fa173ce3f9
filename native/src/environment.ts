/** Environments for the processes that the runner side starts. Nothing is inherited but what is named here. */

/** Without SystemRoot, Windows cannot even load its socket provider. */
const WINDOWS_NEEDS = ['SystemRoot', 'SystemDrive', 'windir', 'TEMP', 'TMP', 'PATH'];

export type Environment = Record<string, string>;

/**
 * The environment of a runner under this machine's own runtime. NODE_OPTIONS, which a debugger sets, VSCODE_* and all
 * else stay behind. ELECTRON_RUN_AS_NODE is set on purpose when `electron` is true: the runtime is then VS Code's own.
 */
export function runnerEnvironment(from: NodeJS.ProcessEnv, platform: NodeJS.Platform, electron: boolean): Environment {
	const environment = pick(from, platform === 'win32' ? WINDOWS_NEEDS : [], platform === 'win32');
	if (electron) environment.ELECTRON_RUN_AS_NODE = '1';
	return environment;
}

/** The environment of everything started through Wine. */
export function wineEnvironment(from: NodeJS.ProcessEnv, prefix: string): Environment {
	return {
		// `wine` may be a shell script, and looks up its parts on PATH.
		...pick(from, ['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR']),
		WINEPREFIX: prefix,
		WINEDEBUG: '-all',
		// No offers to install .NET or a browser. Its debugger must stay: without one, a crashed process hangs for ever. No
		// DISPLAY comes along, so that a crash shows no window either.
		WINEDLLOVERRIDES: 'mscoree,mshtml=',
	};
}

/** The environment of npm, which needs the user's own for its registry and proxy, without what would change its runtime. */
export function npmEnvironment(from: NodeJS.ProcessEnv): Environment {
	const names = Object.keys(from).filter((name) => !/^(NODE_OPTIONS|ELECTRON_.*|VSCODE_.*)$/i.test(name));
	return pick(from, names);
}

/** Windows does not mind the case of a name, and process.env of another case would be missed in a plain object. */
function pick(from: NodeJS.ProcessEnv, names: readonly string[], anyCase = false): Environment {
	const picked: Environment = {};
	for (const name of names) {
		const key = anyCase ? Object.keys(from).find((other) => other.toLowerCase() === name.toLowerCase()) : name;
		const value = key === undefined ? undefined : from[key];
		if (value !== undefined) picked[name] = value;
	}
	return picked;
}
