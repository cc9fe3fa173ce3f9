/** A file of very many calls: what no other item needs of one is given back, and every call is found all the same. */
import { beforeAll, expect, it } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { CFile } from '../../server/src/languages/c/file.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';

const GRAMMAR = 'tree-sitter-c.wasm';
const trees = new Trees(nodeEngine(import.meta.dirname));
beforeAll(() => trees.ready(GRAMMAR));

const FUNCTIONS = 4000;
const handsOn = (name: string): string =>
	`static int ${name}(SOCKET s, void *p, DWORD n) { DWORD b; return WSAIoctl(s, SIO_KEEPALIVE_VALS, p, n, NULL, 0, &b, NULL, NULL); }\n`;

it('keeps the trees of some, and of those that others call', () => {
	const unused = Array.from({ length: FUNCTIONS }, (_, i) => handsOn(`unused${i}`)).join('');
	const text = `${unused}${handsOn('used')}void f(SOCKET s) { char x[4]; used(s, x, sizeof(x)); }\n`;
	const file = new CFile(text, false, {
		included: [],
		functions: {},
		catalog: Catalog.builtin,
		parse: (part) => trees.parse(GRAMMAR, part),
	});
	for (const _ of file.ahead());
	expect(trees.alive).toBeLessThan(FUNCTIONS * 0.8);
	const callees = file.parts.flatMap((part) => {
		const found = part.sites().map(({ callee }) => callee);
		part.done();
		return found;
	});
	expect(callees).toEqual([...Array.from({ length: FUNCTIONS + 1 }, () => 'WSAIoctl'), 'used']);
	expect(trees.alive).toBeLessThan(FUNCTIONS * 0.01);
	file.free();
	expect(trees.alive).toBe(0);
});
