/** All that is read of the calls and declarations in sources of every kind, against a text for each file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { diskProject } from '../../server/src/node/diskProject.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';
import { matchesGolden } from '../support/golden.ts';
import { readOut } from '../support/readOut.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const checker = new Checker(nodeEngine(import.meta.dirname), diskProject());
afterAll(() => checker.dispose());

const files = ['reading', 'ts', 'ts/imports', 'correct'].flatMap((folder) =>
	readdirSync(join(fixtures, folder))
		.filter((name) => /\.\w+$/.test(name))
		.map((name) => join(folder, name)),
);

it.each(files)('%s', async (file) => {
	const path = join(fixtures, file);
	const text = readFileSync(path, 'utf8');
	const read = readOut(text, await checked(checker, { name: path, text }));
	expect(read).not.toContain('[object');
	matchesGolden(join(fixtures, 'read', `${file.replaceAll('/', '-')}.txt`), read);
});
