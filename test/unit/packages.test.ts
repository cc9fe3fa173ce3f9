/**
 * Ten packages of npm that have nothing to do with Winsock: every source file of theirs is parsed and searched, and
 * nothing is found. A comment at the end of each file names an entry point and a library, so that none is passed over unread.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';

const modules = join(import.meta.dirname, '../../node_modules');
/** With the number of files that each has, as locked. */
const packages: readonly (readonly [name: string, files: number])[] = [
	['@types/node', 72],
	['chai', 4],
	['jszip', 41],
	['lru-cache', 1],
	['mocha', 67],
	['readable-stream', 19],
	['typescript', 226],
	['undici-types', 44],
	['vite', 34],
	['vscode-languageserver', 52],
];

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

/** Larger files are left out, as the product does by default, in bytes. */
const LARGEST = 2 * 1024 * 1024;

const sources = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.[cm]?[jt]sx?$/.test(name))
		.map((name) => join(folder, name))
		.filter((path) => statSync(path).isFile() && statSync(path).size <= LARGEST);

describe('packages without Winsock', () => {
	test.each(packages)('%s: %d files', async (name, count) => {
		const files = sources(join(modules, name));
		expect(files.length).toBe(count);
		const found: string[] = [];
		for (const path of files) {
			const text = `${readFileSync(path, 'utf8')}\n// WSAIoctl koffi`;
			const { calls, bindings, findings } = (await checker.check({ name: path, text }))!;
			if (calls.length + bindings.length + findings.length > 0) found.push(path);
		}
		expect(found).toEqual([]);
	});
});
