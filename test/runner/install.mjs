// Installs what the Wine leg of the runner's tests needs, on Debian and Ubuntu: Wine itself through apt, a prefix with a
// Windows Node and koffi under .tools/wine, and the other libraries that the fixtures of bindings are for under
// .tools/wine-ffi. Doing it again is cheap. Usage: node test/runner/install.mjs
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setupWine } from '../../native/src/wine.ts';

const folder = path.join(import.meta.dirname, '../../.tools/wine');

/** Each package and a program by which to see that it is there. */
const packages = { wine: '/usr/bin/wine', wine64: '/usr/lib/wine/wine64', iproute2: '/usr/bin/ss' };

function installPackages() {
	const missing = Object.keys(packages).filter((name) => !existsSync(packages[name]));
	if (missing.length === 0) return;
	const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
	const apt = (...args) => {
		// Somebody else may be installing: wait for the lock instead of failing.
		const command = [...sudo, 'apt-get', '-o', 'DPkg::Lock::Timeout=600', '-y', ...args];
		const { status, error } = spawnSync(command[0], command.slice(1), {
			stdio: 'inherit',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
		if (error) throw error;
		return status === 0;
	};
	const install = () => apt('install', '--no-install-recommends', ...missing);
	// The list of packages may be absent or old; only then is it fetched.
	if (!install() && !(apt('update') && install())) throw new Error(`apt-get could not install ${missing.join(', ')}`);
}

/** Libraries for Windows, as the fixtures of bindings use them. */
const libraries = {
	'ffi-napi': '4.0.3',
	'ffi-rs': '1.3.7',
	'ref-array-di': '1.2.2',
	'ref-napi': '3.0.3',
	'ref-struct-di': '1.1.1',
};

function installLibraries() {
	const target = path.join(import.meta.dirname, '../../.tools/wine-ffi');
	const version = (name) => {
		const file = path.join(target, 'node_modules', name, 'package.json');
		return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
	};
	if (Object.keys(libraries).every((name) => version(name) === libraries[name])) return;
	mkdirSync(target, { recursive: true });
	writeFileSync(path.join(target, 'package.json'), JSON.stringify({ private: true, dependencies: libraries }));
	const flags = ['--os=win32', '--cpu=x64', '--force', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
	const { status, error } = spawnSync('npm', ['install', ...flags, '--prefix', target], { stdio: 'inherit' });
	if (error || status !== 0) throw error ?? new Error(`npm could not install ${Object.keys(libraries).join(', ')}`);
}

if (process.platform !== 'linux') {
	console.log(`Wine is tested on Linux only; nothing to install on ${process.platform}.`);
} else {
	installPackages();
	const start = performance.now();
	const result = await setupWine({ folder, onProgress: ({ message }) => console.log(`${message} …`) });
	if (!result.ok) {
		console.error(result.message);
		process.exitCode = 1;
	} else {
		installLibraries();
		const seconds = ((performance.now() - start) / 1000).toFixed(1);
		console.log(`Wine ${result.home.version} is ready in ${path.relative(process.cwd(), folder)} (${seconds} s).`);
	}
}
