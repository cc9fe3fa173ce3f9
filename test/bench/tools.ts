/** Programs and sources that the benchmark compares with. What is missing is fetched where that is possible. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Everything that is fetched is kept here. */
export const folder = path.resolve(import.meta.dirname, '../../.tools/bench');

/** Runs a program; undefined when it is not there or fails. */
function output(command: string, args: readonly string[], cwd = folder): string | undefined {
	mkdirSync(cwd, { recursive: true });
	try {
		return execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 30 }).toString();
	} catch {
		return undefined;
	}
}

const version = (command: string): string | undefined => output(command, ['--version'])?.split('\n')[0];

const debian = (): boolean => process.platform === 'linux' && existsSync('/usr/bin/apt-get');

/** A program's version, once it is installed from a Debian package of that name; undefined where it cannot be had. */
export function program(command: string, debianPackage: string): string | undefined {
	const present = version(command);
	if (present || !debian() || process.getuid?.() !== 0) return present;
	const install = () => output('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage]);
	if (install() === undefined) {
		output('apt-get', ['update', '-qq']);
		install();
	}
	return version(command);
}

/** The binary of @ast-grep/cli itself: what npm starts it through would be measured with it. */
export function astGrep(): string | undefined {
	const home = path.join(folder, 'ast-grep');
	const find = (): string | undefined => {
		const scope = path.join(home, 'node_modules/@ast-grep');
		if (!existsSync(scope)) return undefined;
		return readdirSync(scope)
			.map((name) => path.join(scope, name, process.platform === 'win32' ? 'ast-grep.exe' : 'ast-grep'))
			.find((file) => !file.includes(`${path.sep}cli${path.sep}`) && version(file) !== undefined);
	};
	const present = find();
	if (present) return present;
	mkdirSync(home, { recursive: true });
	output('npm', ['install', '--no-audit', '--no-fund', '--prefix', home, '@ast-grep/cli'], home);
	return find();
}

/**
 * The folder of wine's source as Debian has it: a large tree of C. It is fetched with lists of its own, so that the
 * machine's configuration stays as it is.
 */
export function wineSource(): string | undefined {
	const find = (): string | undefined => {
		const name = existsSync(folder) ? readdirSync(folder).find((entry) => /^wine-\d/.test(entry)) : undefined;
		return name && path.join(folder, name);
	};
	const present = find();
	if (present || !debian()) return present;
	const archive = output('apt-get', [
		'indextargets',
		'--format',
		'$(REPO_URI) $(CODENAME) $(COMPONENT)',
		'Created-By: Packages',
	])
		?.split('\n')
		.find((line) => / main$/.test(line) && !/security|updates|backports/.test(line));
	if (!archive) return undefined;
	const lists = path.join(folder, 'apt/lists');
	const sources = path.join(folder, 'apt/source.list');
	mkdirSync(path.join(lists, 'partial'), { recursive: true });
	writeFileSync(sources, `deb-src ${archive}\n`);
	const own = [
		'-o',
		`Dir::Etc::sourcelist=${sources}`,
		'-o',
		'Dir::Etc::sourceparts=-',
		'-o',
		`Dir::State::lists=${lists}`,
	];
	output('apt-get', [...own, '-qq', 'update']);
	output('apt-get', [...own, '-qq', 'source', 'wine']);
	return find();
}

/** Wine's test of sockets: 13,744 lines that C grammars cannot read everywhere. */
export function sockC(): string | undefined {
	const tree = wineSource();
	const file = tree && path.join(tree, 'dlls/ws2_32/tests/sock.c');
	return file && existsSync(file) ? readFileSync(file, 'latin1') : undefined;
}
