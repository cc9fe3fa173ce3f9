/**
 * The fixture of bindings for koffi, really run: a Windows Node and koffi under Wine make each call. What is marked as
 * wrong fails as the findings say, and what is not succeeds.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';
import { wineEnvironment } from '../../native/src/environment.ts';
import { winePath } from '../../native/src/wine.ts';
import { describeWithWine, root, scratch } from './support.ts';

const fixture = path.join(root, 'test/fixtures/ts/koffi.ts');

/** How a call of the fixture ended; the error is WSAGetLastError's. */
type Outcome = { returned: number; error: number } | { threw: string };

/** Makes a TCP socket, gives it to the named functions of the fixture and writes down how each ended. */
const harness = `
import { writeFileSync } from 'node:fs';
import koffi from 'koffi';
import * as fixture from ${JSON.stringify(fixture)};

const [output, group, ...names] = process.argv.slice(3);
const ws2 = koffi.load('ws2_32.dll');
const getLastError = ws2.func('int __stdcall WSAGetLastError()');
ws2.func('int __stdcall WSAStartup(uint16_t version, void *data)')(0x202, Buffer.alloc(512));
const socket = ws2.func('uintptr_t __stdcall socket(int family, int type, int protocol)')(2, 1, 6);
const outcomes = {};
for (const name of names.length > 0 ? names : Object.keys(fixture[group])) {
	try {
		const returned = fixture[group][name](socket);
		outcomes[name] = { returned, error: returned === 0 ? 0 : getLastError() };
	} catch (error) {
		outcomes[name] = { threw: error.message };
	}
}
writeFileSync(output, JSON.stringify(outcomes));
`;

await describeWithWine('bindings with koffi', (home) => {
	const folder = scratch();
	const script = path.join(folder, 'bindings.cjs');
	let runs = 0;

	beforeAll(async () => {
		// koffi is the one for Windows, which is not among the packages of this system.
		const koffi = path.join(folder, 'koffi.cjs');
		writeFileSync(koffi, "module.exports = require('node:module').createRequire(process.argv[2])('koffi');\n");
		await build({
			stdin: { contents: harness, resolveDir: root, loader: 'ts' },
			outfile: script,
			bundle: true,
			platform: 'node',
			format: 'cjs',
			target: 'node20',
			alias: { koffi },
			logLevel: 'error',
		});
	});

	/** Undefined when the process did not live to tell. */
	async function run(group: string, ...names: string[]): Promise<Record<string, Outcome> | undefined> {
		const output = path.join(folder, `${++runs}.json`);
		const packages = winePath(path.join(home.packages, 'package.json'));
		const child = spawn(home.wine, [home.node, winePath(script), packages, winePath(output), group, ...names], {
			env: wineEnvironment(process.env, home.prefix),
			stdio: 'ignore',
		});
		await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
		return existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : undefined;
	}

	it('that are right succeed', { timeout: 120_000 }, async () => {
		const done = { returned: 0, error: 0 };
		expect(await run('right')).toEqual({
			byteLength: done,
			negativeCode: done,
			bytesPerElement: done,
			struct: done,
			allocated: done,
			output: done,
			nonBlocking: done,
		});
	});

	it('that are marked fail with WSAEFAULT', { timeout: 120_000 }, async () => {
		const fault = { returned: -1, error: 10014 };
		expect(await run('wrong')).toEqual({
			elementCount: fault,
			tooSmall: fault,
			smallStruct: fault,
			nullInput: fault,
			noBytesReturned: fault,
		});
	});

	it('that give too little room for output have what lies behind it overwritten', { timeout: 60_000 }, async () => {
		const overwritten = { returned: 0, error: 0 };
		expect(await run('overrun')).toEqual({ smallOutput: overwritten, largeSize: overwritten });
	});

	it('with a code that is cut off ask for another one', { timeout: 60_000 }, async () => {
		expect(await run('declared', 'narrowCode')).toEqual({ narrowCode: { returned: -1, error: 10045 } });
	});

	it('that declare a number are not given a buffer', { timeout: 60_000 }, async () => {
		const outcome = await run('declared', 'bufferAsNumber');
		expect(outcome).toEqual({ bufferAsNumber: { threw: 'Unexpected Uint32Array value, expected number' } });
	});

	it.each(['noBytesReturned', 'exchanged'])('declared wrong do not succeed: %s', { timeout: 60_000 }, async (name) => {
		const outcome = (await run('declared', name)) ?? { [name]: 'the process died' };
		expect(outcome[name]).not.toEqual({ returned: 0, error: 0 });
	});
});
