/** What `tsconfig.pure.json` keeps out of the sources that run everywhere: each of these has to fail there. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

const foreign = [
	"import 'node:fs';",
	"export const path = import('node:path');",
	'export const bytes = Buffer.from([1]);',
	'setImmediate(() => {});',
	'export const platform = process.platform;',
	"export const fs = require('fs');",
	'export const copy = structuredClone({});',
	'export const title = document.title;',
	'postMessage(1);',
	'export const folder = __dirname;',
	"export const answer = fetch('a');",
	'setTimeout(() => {}, 1);',
	'export let signal: NodeJS.Signals;',
];

test('names of Node and of browsers are errors', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'ioctl-lens-pure-'));
	try {
		const files = foreign.map((_, i) => `${i}.ts`);
		await Promise.all(foreign.map((text, i) => writeFile(join(folder, `${i}.ts`), `${text}\nexport {};\n`)));
		const include = [...files, join(root, 'server/pure.d.ts')];
		const config = { extends: join(root, 'tsconfig.pure.json'), include, exclude: [] };
		await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
		const tsc = join(root, 'node_modules/typescript/bin/tsc');
		const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch((error) => error);
		const wrong = new Set([...stdout.matchAll(/(\d+)\.ts\(1,\d+\): error/g)].map((m) => Number(m[1])));
		expect(foreign.filter((_, i) => !wrong.has(i))).toEqual([]);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});
