/** Mistakes that people reported in public, reduced: each is found where its marker says, and nothing else is said. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';
import { byPosition, type ExpectedFinding, parseMarkers } from '../support/ioctlMarkers.ts';

const folder = join(import.meta.dirname, '../fixtures/reports');
const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const shown = (text: string, found: readonly ExpectedFinding[]) =>
	[...found]
		.sort(byPosition)
		.map(({ rule, start, end }) => `${text.slice(0, start).split('\n').length} ${rule} ${text.slice(start, end)}`);

describe('reports', () => {
	it.each(readdirSync(folder))('%s', async (name) => {
		const text = readFileSync(join(folder, name), 'utf8');
		const { findings } = await checked(checker, { name, text });
		expect(shown(text, findings)).toEqual(shown(text, parseMarkers(text).expected));
	});
});
