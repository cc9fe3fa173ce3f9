/** Correct code that looks wrong: nothing in these files may be called an error or a warning. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const folder = join(import.meta.dirname, '../fixtures/quiet');
const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

/** The first line of each file tells how many calls are in it: silence about calls that were not found proves nothing. */
const HEAD = /^\/\/ calls: (\d+)\r?\n/;

describe('quiet', () => {
	it.each(readdirSync(folder))('%s', async (name) => {
		const text = readFileSync(join(folder, name), 'utf8');
		const { calls, findings } = await checked(checker, { name, text });
		expect(calls.length).toBe(Number(HEAD.exec(text)?.[1]));
		const serious = findings.filter((f) => f.severity === 'error' || f.severity === 'warning');
		expect(serious.map(({ rule, message }) => ({ rule, message }))).toEqual([]);
	});
});
