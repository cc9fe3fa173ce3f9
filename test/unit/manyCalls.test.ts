/** A file of very many calls: what no other item needs of one is given back, and every call is found all the same. */
import { beforeAll, expect, it } from 'vitest';
import type { IoctlCall } from '../../server/src/calls/model.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { Checker } from '../../server/src/check/check.ts';
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
		const found = Array.from(part.sites(), ({ callee }) => callee);
		part.done();
		return found;
	});
	expect(callees).toEqual([...Array.from({ length: FUNCTIONS + 1 }, () => 'WSAIoctl'), 'used']);
	expect(trees.alive).toBeLessThan(FUNCTIONS * 0.01);
	file.free();
	expect(trees.alive).toBe(0);
});

const CALLS = 3100;

it('finds in a function that nobody calls what it finds in one that is read with all others', async () => {
	const calls = Array.from({ length: CALLS }, (_, i) => {
		const size = i % 7 === 0 ? '4' : 'sizeof(ka)';
		const inner =
			i % 100 === 0 ? '\tka.onoff = 2; { DWORD ka = 1, n = sizeof(ka); ioctlsocket(s, FIONBIO, &ka); (void)n; }\n' : '';
		return `${inner}\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, ${size}, NULL, 0, &bytes, NULL, NULL);\n`;
	});
	const text = `void f(SOCKET s)\n{\n\tstruct tcp_keepalive ka = { 1, 2, 3 };\n\tDWORD bytes;\n${calls.join('')}}\n`;
	const checker = new Checker(nodeEngine(import.meta.dirname));
	const told: IoctlCall[] = [];
	const once = await checker.checkOnce({ name: 'a.c', text }, {}, (call) => told.push(call));
	const kept = await checker.check({ name: 'a.c', text }, {}, { key: 'a.c' });
	// What is named a second time may be called.
	const named = await checker.check({ name: 'b.c', text: `${text}// f\n` });
	checker.dispose();
	expect(named?.findings.length).toBeGreaterThan(CALLS / 7);
	expect(kept?.findings).toEqual(named?.findings);
	expect(once?.findings).toEqual(named?.findings);
	expect(kept?.calls).toEqual(named?.calls);
	expect(told).toEqual(named?.calls);
	expect(once?.calls).toEqual([]);
});
