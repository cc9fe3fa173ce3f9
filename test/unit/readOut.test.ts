/** All that is read of the calls and declarations in sources of every kind, against a text for each file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { OwnFunctions } from '../../server/src/catalog/ownFunctions.ts';
import { Checker } from '../../server/src/check/check.ts';
import { diskProject } from '../../server/src/node/diskProject.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';
import { matchesGolden } from '../support/golden.ts';
import { readOut } from '../support/readOut.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const checker = new Checker(nodeEngine(import.meta.dirname), diskProject());
afterAll(() => checker.dispose());

/** Functions of somebody's own, whose arguments the settings explain. */
const FUNCTIONS: OwnFunctions = {
	control: { arguments: ['socket', 'code', 'input', 'inputSize'] },
	keep: {
		arguments: ['socket', 'input', null],
		passes: { code: 'SIO_KEEPALIVE_VALS', inputSize: 'sizeof(struct tcp_keepalive)', output: null, outputSize: 0 },
	},
	numbered: { arguments: ['socket'], passes: { code: 0x98000001, overlapped: null }, returnsResult: true },
	lone: { arguments: ['code', 'socket'], calls: 'ioctlsocket' },
	off: { arguments: ['socket'], calls: 'ioctlsocket', passes: { code: 'FIONBIO', input: null } },
	'net::Sock::send': { arguments: ['code', 'input', 'inputSize', 'output', 'outputSize'] },
	plain: 'WSAIoctl',
};

const files = ['reading', 'ts', 'ts/imports', 'correct'].flatMap((folder) =>
	readdirSync(join(fixtures, folder))
		.filter((name) => /\.\w+$/.test(name))
		.map((name) => join(folder, name)),
);

it.each(files)('%s', async (file) => {
	const path = join(fixtures, file);
	const text = readFileSync(path, 'utf8');
	const options = file.includes('wrappers') ? { functions: FUNCTIONS } : {};
	const read = readOut(text, await checked(checker, { name: path, text }, options));
	expect(read).not.toContain('[object');
	matchesGolden(join(fixtures, 'read', `${file.replaceAll('/', '-')}.txt`), read);
});
