/** The mistakes that compilers and analysers are compared on: each is found here, where and as it is marked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { byPosition, parseMarkers } from '../support/ioctlMarkers.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'test/peers/mistakes.c'), 'utf8');

test('one is found in each function, and nothing else', async () => {
	const checker = new Checker(nodeEngine(import.meta.dirname));
	try {
		const found = (await checker.check({ name: 'mistakes.c', text }))?.findings ?? [];
		const serious = found.filter(({ severity }) => severity === 'error' || severity === 'warning');
		const places = serious.map(({ rule, start, end }) => ({ rule, start, end })).sort(byPosition);
		expect(places).toEqual(parseMarkers(text).expected);
		expect(places.length).toBe(text.match(/^\{$/gm)?.length);
	} finally {
		checker.dispose();
	}
});

test('README shows what was measured, with as many mistakes as there are', () => {
	const readme = readFileSync(join(root, 'README.md'), 'utf8');
	const mistakes = text.match(/^\{$/gm)?.length;
	expect(readme).toContain(`[the same ${mistakes} mistakes](test/peers/mistakes.c)`);
	const rows = Array.from(readme.matchAll(/^\| (.+) \| [\d.]+ \| (\d+) of (\d+) \|$/gm), (row) => row.slice(1));
	expect(rows.map(([, , of]) => of)).toEqual(rows.map(() => String(mistakes)));
	expect(rows.at(-1)).toEqual(['**IOCTL Lens**', String(mistakes), String(mistakes)]);
	expect(rows.length).toBe(5);
});
