// The native library of live runs, for a platform that may be another one than this machine's.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const run = promisify(execFile);

/**
 * For each platform the package of the library, and the build inside it. On Linux one package holds a build for each of
 * the two C libraries.
 */
export const NATIVES: Readonly<Record<string, { readonly library: string; readonly build: string }>> = {
	'win32-x64': { library: 'koffi-win32-x64', build: 'win32_x64' },
	'win32-arm64': { library: 'koffi-win32-arm64', build: 'win32_arm64' },
	'linux-x64': { library: 'koffi-linux-x64', build: 'linux_x64' },
	'linux-arm64': { library: 'koffi-linux-arm64', build: 'linux_arm64' },
	'alpine-x64': { library: 'koffi-linux-x64', build: 'musl_x64' },
	'darwin-x64': { library: 'koffi-darwin-x64', build: 'darwin_x64' },
	'darwin-arm64': { library: 'koffi-darwin-arm64', build: 'darwin_arm64' },
};

/** Where the library's loader looks for the package below a folder that packages are installed in. */
const SCOPE = '@koromix';

/** npm as this script was started with, or the one on the path, which is a script of the shell on Windows. */
export function npm(args: readonly string[], cwd: string): Promise<{ stdout: string }> {
	const own = process.env.npm_execpath;
	if (own) return run(process.execPath, [own, ...args], { cwd });
	return run('npm', args, { cwd, shell: process.platform === 'win32' });
}

/** The name of the file that `npm pack --json` tells of. */
export function packedName(stdout: string): string {
	const [packed] = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>);
	if (!packed) throw new Error(`npm packed nothing: ${stdout}`);
	return packed.filename;
}

/** What the lock file says of a package. */
async function locked(name: string): Promise<{ version: string; integrity: string }> {
	const { packages }: { packages: Record<string, { version: string; integrity: string }> } = JSON.parse(
		await readFile(path.join(root, 'package-lock.json'), 'utf8'),
	);
	const entry = packages[`node_modules/${name}`];
	if (!entry) throw new Error(`package-lock.json does not name ${name}`);
	return entry;
}

/** @throws Error where the bytes are not those that the lock file was written for */
export function verify(name: string, bytes: Uint8Array, integrity: string): void {
	const [algorithm = '', wanted] = integrity.split('-', 2);
	const is = createHash(algorithm).update(bytes).digest('base64');
	if (is !== wanted) throw new Error(`${name}: its ${algorithm} is ${is}, and package-lock.json says ${wanted}`);
}

/** Fetches the library of a platform as npm is configured, checks it, and puts it into `modules`. */
export async function addNative(platform: string, modules: string): Promise<void> {
	const native = NATIVES[platform];
	if (!native) throw new Error(`there is no native library for ${platform}`);
	const name = `${SCOPE}/${native.library}`;
	const { version, integrity } = await locked(name);
	const folder = await mkdtemp(path.join(tmpdir(), 'ioctl-lens-native-'));
	try {
		const { stdout } = await npm(['pack', '--json', '--prefer-offline', `${name}@${version}`], folder);
		const filename = packedName(stdout);
		verify(name, await readFile(path.join(folder, filename)), integrity);
		// Names without a folder: a drive's colon would be taken for a host.
		await run('tar', ['-xzf', filename], { cwd: folder });
		const to = path.join(modules, SCOPE, native.library);
		await mkdir(to, { recursive: true });
		for (const part of ['package.json', 'index.js', `${native.build}/koffi.node`]) {
			await cp(path.join(folder, 'package', part), path.join(to, part));
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
