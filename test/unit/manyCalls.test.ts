/** A file of very many calls: what no other item needs of one is given back, and every call is found all the same. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
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

/** So much that every part of the text is given back as soon as it is read. */
const LONG = `\n/*${' '.repeat(600_000)}*/\n`;
const TYPESCRIPT = path.join(import.meta.dirname, '../fixtures/ts');

it.each(readdirSync(TYPESCRIPT).filter((name) => path.extname(name) !== ''))(
	'finds in a long TypeScript text what it finds in a short one: %s',
	async (name) => {
		const text = readFileSync(path.join(TYPESCRIPT, name), 'utf8');
		const checker = new Checker(nodeEngine(import.meta.dirname));
		const short = await checker.check({ name, text });
		const once = await checker.checkOnce({ name, text }, {}, () => undefined);
		expect([once?.bindings, once?.findings]).toEqual([short?.bindings, short?.findings]);
		const long = await checker.check({ name, text: text + LONG }, {}, { key: name });
		expect(long?.calls).toEqual(short?.calls);
		expect(long?.findings).toEqual(short?.findings);
		expect(long?.bindings).toEqual(short?.bindings);
		// What was given back is found again where an edit touches it.
		for (const at of [...text.matchAll(/\b(?:4|8|12|sizeof|alloc|const)\b/g)].slice(0, 5)) {
			const edited = `${text.slice(0, at.index)}${at[0] === '4' ? '5' : '/**/'}${text.slice(at.index)}`;
			const fresh = await checker.check({ name, text: edited });
			const kept = await checker.check({ name, text: edited + LONG }, {}, { key: name });
			expect(kept?.calls).toEqual(fresh?.calls);
			expect(kept?.findings).toEqual(fresh?.findings);
		}
		checker.dispose();
	},
);

const KOFFI = `import koffi from 'koffi';
const ws2 = koffi.load('ws2_32.dll');
const WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inLen, void *out, uint32_t outLen, uint32_t *bytes, void *ov, void *cr)');
const shared = Buffer.alloc(12);
`;
const send = (buffer: string, size: string): string =>
	`WSAIoctl(s, 0x98000004, ${buffer}, ${size}, null, 0, [0], null, null);`;

it.each([
	[
		'a function each',
		(i: number) =>
			`function f${i}(s) {\n\tconst ka = Buffer.alloc(12);\n\t${send('ka', i % 7 === 0 ? '4' : '12')}\n}\n`,
	],
	['one buffer of the file', (i: number) => `function f${i}(s) { ${send('shared', i % 7 === 0 ? '4' : '12')} }\n`],
	['at the level of the file', (i: number) => send(i % 7 === 0 ? 'shared.subarray(8)' : 'shared', '12')],
])('keeps few trees of a long text: %s', async (_, line) => {
	const parts = 4000;
	const text = `${KOFFI}${Array.from({ length: parts }, (_, i) => `${line(i)} // ${' '.repeat(60)}\n`).join('')}`;
	expect(text.length).toBeGreaterThan(500_000);
	const checker = new Checker(nodeEngine(import.meta.dirname));
	let most = 0;
	let told = 0;
	const look = () => {
		told++;
		most = Math.max(most, checker.trees);
	};
	const once = await checker.checkOnce({ name: 'a.ts', text }, {}, look);
	expect(told).toBe(parts);
	expect(most).toBeLessThan(parts / 100);
	const kept = await checker.check({ name: 'a.ts', text }, {}, { key: 'a.ts' });
	expect(kept?.findings).toEqual(once?.findings);
	expect(kept?.findings.length).toBe(Math.ceil(parts / 7));
	expect(checker.trees).toBeLessThan(parts / 100);
	checker.dispose();
});

it('keeps the trees of a short TypeScript text, of a long one those that are read by others or were edited last', async () => {
	const count = 20;
	const functions = Array.from(
		{ length: count },
		(_, i) => `function f${i}(s) { ${send('Buffer.alloc(12)', '12')} }\n`,
	);
	const own = `const s = 1n; var own = 12; ${send('null', 'own')}\n`;
	const text = `${KOFFI}${functions.join('').replace('12, null', 'read, null')}${own}const read = 12;\n`;
	const checker = new Checker(nodeEngine(import.meta.dirname));
	const treesOf = async (name: string, of: string): Promise<number> => {
		const result = await checker.check({ name, text: of }, {}, { key: name });
		expect(result?.calls.length).toBe(count + 1);
		const others = checker.documents > 1 ? short : 0;
		return checker.trees - others;
	};
	const short = await treesOf('short.ts', text);
	expect(short).toBeGreaterThanOrEqual(count);
	const long = await treesOf('long.ts', text + LONG);
	expect(long).toBe(short - count - 1);
	const edited = text.replace('function f3(s) { ', 'function f3(s) {  ') + LONG;
	expect(await treesOf('long.ts', edited)).toBe(long + 1);
	checker.dispose();
});

it('finds in a long function of TypeScript what it finds in short ones', async () => {
	const lines = Array.from(
		{ length: 5000 },
		(_, i) => `\t{ const ka = Buffer.alloc(12); ${send('ka', i % 7 === 0 ? '4' : '12')} }\n`,
	);
	const text = (body: readonly string[]) => `${KOFFI}function f(s) {\n${body.join('')}}\n`;
	const checker = new Checker(nodeEngine(import.meta.dirname));
	const long = await checker.check({ name: 'a.ts', text: text(lines) });
	const short = await checker.check({ name: 'a.ts', text: text(lines.slice(0, 50)) });
	checker.dispose();
	const last = short?.calls.at(-1)?.end ?? 0;
	expect(long?.calls.length).toBe(lines.length);
	expect(long?.calls.slice(0, 50)).toEqual(short?.calls);
	expect(long?.findings.filter(({ end }) => end <= last)).toEqual(short?.findings);
	expect(long?.findings.length).toBe(Math.ceil(lines.length / 7));
});
