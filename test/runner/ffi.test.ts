/**
 * The fixtures of bindings for Node, really run: a Windows Node under Wine makes each call through the library that the
 * fixture is for. What is marked as wrong fails as the findings say, and what is not succeeds.
 */
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wineEnvironment } from '../../native/src/environment.ts';
import { winePath } from '../../native/src/wine.ts';
import { describeWithWine, ffiFolder, root, scratch } from './support.ts';

/** How a call of a fixture ended; the error is WSAGetLastError's. */
type Outcome = { returned: number; error: number } | { threw: string };

/** Makes a TCP socket, gives it to the named functions of the fixture and writes down how each ended. */
const harness = (fixture: string) => `
import { writeFileSync } from 'node:fs';
import koffi from 'koffi';
import * as fixture from ${JSON.stringify(fixture)};

const [output, group, ...names] = process.argv.slice(4);
const ws2 = koffi.load('ws2_32.dll');
const getLastError = fixture.getLastError ?? ws2.func('int __stdcall WSAGetLastError()');
ws2.func('int __stdcall WSAStartup(uint16_t version, void *data)')(0x202, Buffer.alloc(512));
const socket = ws2.func('uintptr_t __stdcall socket(int family, int type, int protocol)')(2, 1, 6);
(async () => {
	const outcomes = {};
	for (const name of names.length > 0 ? names : Object.keys(fixture[group])) {
		try {
			const result = fixture[group][name](socket);
			const error = getLastError();
			const returned = await result;
			outcomes[name] = { returned, error: returned === 0 ? 0 : error };
		} catch (error) {
			outcomes[name] = { threw: error.message };
		}
	}
	writeFileSync(output, JSON.stringify(outcomes));
})();
`;

const LIBRARIES = ['ffi-napi', 'ref-napi', 'ref-array-di', 'ref-struct-di', 'ffi-rs'];
const compiler = '/usr/bin/x86_64-w64-mingw32-gcc';
/** What install.mjs and the packages of the whole run bring; in CI nothing may be missing. */
const isMissing = (...needed: string[]) => process.env.CI !== 'true' && !needed.every((file) => existsSync(file));

await describeWithWine('bindings', (home) => {
	const folder = scratch();
	const log = openSync(path.join(folder, 'output.txt'), 'w');
	afterAll(() => closeSync(log));
	let runs = 0;

	beforeAll(async () => {
		// The packages are those for Windows, which are not among the packages of this system.
		const from = (name: string, argument: number) => {
			const file = path.join(folder, `${name}.cjs`);
			const load = `require('node:module').createRequire(process.argv[${argument}])(${JSON.stringify(name)})`;
			writeFileSync(file, `module.exports = ${load};\n`);
			return file;
		};
		const alias = Object.fromEntries([
			['koffi', from('koffi', 2)] as const,
			...LIBRARIES.map((name) => [name, from(name, 3)] as const),
		]);
		for (const fixture of ['koffi.ts', 'ffi-napi.cjs', 'ffi-rs.ts'])
			await build({
				stdin: { contents: harness(path.join(root, 'test/fixtures/ts', fixture)), resolveDir: root, loader: 'ts' },
				outfile: path.join(folder, `run-${fixture}.cjs`),
				bundle: true,
				platform: 'node',
				format: 'cjs',
				target: 'node20',
				alias,
				logLevel: 'error',
			});
	});

	/** Undefined when the process did not live to tell. */
	async function run(fixture: string, group: string, ...names: string[]): Promise<Record<string, Outcome> | undefined> {
		const output = path.join(folder, `${++runs}.json`);
		const script = path.join(folder, `run-${fixture}.cjs`);
		const packages = [home.packages, ffiFolder].map((from) => winePath(path.join(from, 'package.json')));
		const child = spawn(home.wine, [home.node, winePath(script), ...packages, winePath(output), group, ...names], {
			env: wineEnvironment(process.env, home.prefix),
			// Where Windows looks for what a library needs.
			cwd: folder,
			// Under Wine, Node can open an output of its own only where that is a file.
			stdio: ['ignore', log, log],
		});
		await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
		return existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : undefined;
	}

	const done = { returned: 0, error: 0 };
	const fault = { returned: -1, error: 10014 };
	/** All functions of a group with the same outcome. */
	const all = (outcome: Outcome, ...names: string[]) => Object.fromEntries(names.map((name) => [name, outcome]));

	describe('with koffi', () => {
		test('that are right succeed', async () => {
			const names = ['byteLength', 'negativeCode', 'bytesPerElement', 'struct', 'allocated', 'output', 'nonBlocking'];
			const more = ['template', 'bigint', 'cast', 'encoded', 'asynchronous'];
			expect(await run('koffi.ts', 'right')).toEqual(all(done, ...names, ...more));
		});

		test('that are marked fail with WSAEFAULT', async () => {
			const names = ['elementCount', 'tooSmall', 'smallStruct', 'packedStruct', 'shortenedView'];
			expect(await run('koffi.ts', 'wrong')).toEqual(all(fault, ...names, 'nullInput', 'noBytesReturned'));
			const failing = await run('koffi.ts', 'failing');
			expect(failing).toEqual({ asynchronous: { returned: -1, error: expect.any(Number) } });
		});

		test('that give too little room for output have what lies behind it overwritten', async () => {
			expect(await run('koffi.ts', 'overrun')).toEqual(all(done, 'smallOutput', 'largeSize'));
		});

		test('with a code that is cut off ask for another one', async () => {
			expect(await run('koffi.ts', 'declared', 'narrowCode')).toEqual({ narrowCode: { returned: -1, error: 10045 } });
		});

		test('that declare an address for a number go well while koffi takes numbers there', {
			timeout: 60_000,
		}, async () => {
			expect(await run('koffi.ts', 'declared', 'addressAsSize')).toEqual({ addressAsSize: done });
		});

		test('that declare a number are not given a buffer', async () => {
			const outcome = await run('koffi.ts', 'declared', 'bufferAsNumber');
			expect(outcome).toEqual({ bufferAsNumber: { threw: 'Unexpected Uint32Array value, expected number' } });
		});

		test.each(['noBytesReturned', 'exchanged'])('declared wrong do not succeed: %s', async (name) => {
			const outcome = (await run('koffi.ts', 'declared', name)) ?? { [name]: 'the process died' };
			expect(outcome[name]).not.toEqual(done);
		});
	});

	describe.skipIf(isMissing(ffiFolder))('with ffi-napi', () => {
		test('that are right succeed', async () => {
			const names = ['struct', 'grownStruct', 'buffer', 'array', 'output', 'nonBlocking', 'asynchronous'];
			expect(await run('ffi-napi.cjs', 'right')).toEqual(all(done, ...names));
		});

		test('that are marked fail with WSAEFAULT', async () => {
			expect(await run('ffi-napi.cjs', 'wrong')).toEqual(all(fault, 'tooSmall', 'packedStruct', 'noBytesReturned'));
			const failed = { returned: -1, error: expect.any(Number) };
			expect(await run('ffi-napi.cjs', 'failing')).toEqual({ asynchronous: failed, byOption: failed });
		});

		test('that give too little room for output have what lies behind it overwritten', async () => {
			expect(await run('ffi-napi.cjs', 'overrun')).toEqual({ largeSize: done });
		});

		test('declared wrong fail or are refused', async () => {
			expect(await run('ffi-napi.cjs', 'declared')).toEqual({
				addressAsNumber: fault,
				numberAsAddress: {
					threw: 'error setting argument 2 - writePointer: Buffer instance expected as third argument',
				},
			});
		});
	});

	describe.skipIf(isMissing(ffiFolder, compiler))('with ffi-rs', () => {
		// The random numbers of Windows, which Wine of this age has under another name only.
		beforeAll(() => {
			const source = path.join(folder, 'random.c');
			writeFileSync(
				source,
				'int __stdcall SystemFunction036(void *, unsigned); __declspec(dllexport) int __stdcall ProcessPrng(void *data, unsigned long long size) { return SystemFunction036(data, (unsigned)size); }\n',
			);
			const output = path.join(folder, 'bcryptprimitives.dll');
			execFileSync(compiler, ['-shared', '-o', output, source, '-ladvapi32']);
		});

		test('that are right succeed', async () => {
			const names = ['nonBlocking', 'buffer', 'typedArray', 'loaded', 'output'];
			expect(await run('ffi-rs.ts', 'right')).toEqual(all(done, ...names));
		});

		test('that are marked fail with WSAEFAULT', async () => {
			expect(await run('ffi-rs.ts', 'wrong')).toEqual(all(fault, 'tooSmall', 'listed', 'elementCount', 'loaded'));
		});

		test('that give too little room for output have what lies behind it overwritten', async () => {
			expect(await run('ffi-rs.ts', 'overrun')).toEqual(all(done, 'smallOutput', 'largeSize'));
		});

		test('declared wrong are refused', async () => {
			const numberAsAddress = { threw: 'expect External, got: Number' };
			expect(await run('ffi-rs.ts', 'declared')).toEqual({ numberAsAddress, addressAsNumber: { threw: '' } });
		});
	});
});
