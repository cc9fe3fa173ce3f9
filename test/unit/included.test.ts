/** What a check keeps of a text and of the files that it includes, and when these are asked for anew. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import type { Project } from '../../server/src/check/headers.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import type { Target } from '../../server/src/types/ctype.ts';

const CALL =
	'void f(SOCKET s, void *p) { DWORD n; WSAIoctl(s, SIO_KEEPALIVE_VALS, p, SIZE, NULL, 0, &n, NULL, NULL); }\n';
const size = (bytes: number): string => `#define SIZE ${bytes}\n`;

const checkers: Checker[] = [];
afterAll(() => {
	for (const checker of checkers) checker.dispose();
});

/** A checker whose surroundings can be changed, and what it asked them for. */
function surrounded(files: Record<string, string>) {
	const asked: string[] = [];
	const around: { files: Record<string, string>; given: string; places: string; target: Target | undefined } = {
		files,
		given: '',
		places: '',
		target: undefined,
	};
	const project: Project = {
		async include(name, quoted, from) {
			asked.push(`${quoted ? `"${name}"` : `<${name}>`} in ${from}`);
			const text = around.files[name];
			return text === undefined ? undefined : { path: name, text };
		},
		predefined: async () => around.given,
		places: () => around.places,
		target: () => around.target,
	};
	const checker = new Checker(nodeEngine(import.meta.dirname), project);
	checkers.push(checker);
	/** Sizes of the calls of a text, or what else is told of it. */
	const sizes = async (text: string, options: CheckOptions = {}, key: string | null = 'a.c') => {
		const document = key === null ? undefined : { key };
		const result = await checker.check({ name: key ?? 'a.c', text }, options, document);
		return result?.calls.map(({ input }) =>
			input?.length.kind === 'known' ? input.length.values.map(({ x64 }) => x64).join('|') : input?.length.kind,
		);
	};
	return { checker, asked, around, sizes };
}

describe('an included file', () => {
	it('is asked for once while its text, its name and its surroundings stay', async () => {
		const { checker, asked, around, sizes } = surrounded({ 'a.h': size(4), 'b.h': size(8), 'c.h': '' });
		const text = `#include "a.h"\n${CALL}`;
		expect([await sizes(text), await sizes(text), await sizes(`${text}${CALL}`)]).toEqual([['4'], ['4'], ['4', '4']]);
		expect(asked.splice(0)).toEqual(['"a.h" in a.c']);
		expect(await sizes(`#include <a.h>\n${CALL}`)).toEqual(['4']);
		expect(asked.splice(0)).toEqual(['<a.h> in a.c']);
		expect(await sizes(`#include <b.h>\n${CALL}`)).toEqual(['8']);
		expect(asked.splice(0)).toEqual(['<b.h> in a.c']);
		expect(await sizes(`#include <b.h>\n#include <c.h>\n${CALL}`)).toEqual(['8']);
		expect(asked.splice(0)).toEqual(['<b.h> in a.c', '<c.h> in a.c']);
		expect(await sizes(`#include <c.h>\n${CALL}`)).toEqual(['unknown']);
		expect(asked.splice(0)).toEqual(['<c.h> in a.c']);
		around.files = { 'c.h': size(12) };
		await checker.filesChanged();
		expect(await sizes(`#include <c.h>\n${CALL}`)).toEqual(['12']);
		expect(asked.splice(0)).toEqual(['<c.h> in a.c']);
		expect(await sizes(CALL)).toEqual(['unknown']);
		expect(asked).toEqual([]);
	});

	it('is another one under other definitions and in other places', async () => {
		const { asked, around, sizes } = surrounded({ 'a.h': '#if TWELVE\n#define SIZE 12\n#endif\n', 'b.h': size(4) });
		const text = `#include "a.h"\n${CALL}`;
		expect(await sizes(text)).toEqual(['12']);
		around.given = size(4);
		expect(await sizes(CALL)).toEqual(['4']);
		around.given = size(8);
		expect(await sizes(CALL)).toEqual(['8']);
		around.given = '';
		expect(await sizes(CALL)).toEqual(['unknown']);
		asked.length = 0;
		const other = `#include "b.h"\n${CALL}`;
		expect([await sizes(other), await sizes(other)]).toEqual([['4'], ['4']]);
		around.files = { 'b.h': size(8) };
		around.places = 'elsewhere';
		expect([await sizes(other), await sizes(other)]).toEqual([['8'], ['8']]);
		around.places = '';
		expect(await sizes(other)).toEqual(['4']);
		expect(asked).toEqual(['"b.h" in a.c', '"b.h" in a.c', '"b.h" in a.c']);
	});

	it('is followed once, however many texts include it', async () => {
		const { asked, sizes } = surrounded({
			'a.h': '#include "b.h"\n#include "a.h"\n',
			'b.h': '#include "c.h"\n',
			'c.h': size(4),
		});
		const text = `#include "a.h"\n${CALL}`;
		expect([await sizes(text), await sizes(text, {}, 'b.c'), await sizes(text, {}, null)]).toEqual([
			['4'],
			['4'],
			['4'],
		]);
		expect(asked.filter((one) => !one.startsWith('"a.h"'))).toEqual(['"b.h" in a.h', '"c.h" in b.h']);
		expect(asked.filter((one) => one.startsWith('"a.h"'))).toEqual([
			'"a.h" in a.c',
			'"a.h" in a.h',
			'"a.h" in b.c',
			'"a.h" in a.c',
		]);
	});

	it('is not the text itself', async () => {
		const text = `#include "a.c"\n#include "a.h"\n${CALL}`;
		const { asked, sizes } = surrounded({ 'a.c': text, 'a.h': size(4) });
		expect(await sizes(text)).toEqual(['4']);
		expect(asked).toEqual(['"a.c" in a.c', '"a.h" in a.c']);
	});

	it('is followed so far and no further', async () => {
		const names = Array.from({ length: 30 }, (_, i) => `${i}.h`);
		const chain = (end: number) =>
			Object.fromEntries(names.map((name, i) => [name, i === end ? size(4) : `#include "${i + 1}.h"\n`]));
		const text = `#include "0.h"\n${CALL}`;
		const far = surrounded(chain(11));
		expect([await far.sizes(text), far.asked.length]).toEqual([['4'], 12]);
		const further = surrounded(chain(12));
		expect([await further.sizes(text), further.asked.length]).toEqual([['unknown'], 12]);
	});

	it('is read whole where a check was cancelled on the way', async () => {
		const files = {
			'a.h': '#include "b.h"\n#include "c.h"\n',
			'b.h': '#define HALF 2\n',
			'c.h': '#define SIZE (HALF + ONE)\n',
		};
		const { checker, around, sizes } = surrounded(files);
		around.given = '#define ONE 1\n';
		for (const key of ['a.c', null])
			for (let most = 0; most < 12; most++) {
				let questions = 0;
				const text = `#include "a.h"\n${CALL}`;
				const cancelled = () => ++questions > most;
				const document = key === null ? undefined : { key };
				const result = await checker.check({ name: 'a.c', text }, {}, document, cancelled);
				expect(result === undefined).toBe(questions > most);
				expect(await sizes(text, {}, key)).toEqual(['3']);
				if (key) checker.forget(key);
				await checker.filesChanged();
				expect(checker.trees).toBe(0);
			}
	});

	it('is one of so many and no more', async () => {
		const names = Array.from({ length: 401 }, (_, i) => `${i}.h`);
		const text = `${names.map((name) => `#include "${name}"\n`).join('')}${CALL}`;
		const { around, asked, sizes } = surrounded({});
		const told = async (name: string) => {
			around.files = Object.fromEntries(names.map((each) => [each, each === name ? size(4) : '']));
			around.places = name;
			return sizes(text);
		};
		expect([await told('399.h'), await told('400.h'), await told('399.h')]).toEqual([['4'], ['unknown'], ['4']]);
		expect(asked.length).toBe(3 * names.length);
	});

	it('is kept for the last few ways to read it', async () => {
		const { asked, checker, sizes } = surrounded({ 'a.h': '#include "b.h"\n', 'b.h': size(4) });
		const text = `#include "a.h"\n${CALL}`;
		const read = async (name: string) => {
			asked.length = 0;
			expect(await sizes(text, { functions: { [name]: 'WSAIoctl' } }, null)).toEqual(['4']);
			return asked.some((one) => one.startsWith('"b.h"')) ? `${name} anew` : name;
		};
		const told: string[] = [];
		for (const name of ['a', 'b', 'c', 'd', 'a', 'b', 'e', 'a', 'b', 'c']) told.push(await read(name));
		expect(told).toEqual(['a anew', 'b anew', 'c anew', 'd anew', 'a', 'b', 'e anew', 'a', 'b', 'c anew']);
		await checker.filesChanged();
		expect([await read('a'), await read('a')]).toEqual(['a anew', 'a']);
	});

	it('stands behind a look as behind a check', async () => {
		const { checker } = surrounded({ 'a.h': size(4), 'b.h': '' });
		const text = `#include "a.h"\n${CALL}`;
		const at = text.indexOf('SIZE');
		const found = await checker.look(
			{ name: 'a.c', text },
			{},
			{ key: 'a.c' },
			(file) => file.siteAt(at)?.site.args[3]?.size().value,
		);
		expect(found).toMatchObject({ kind: 'known', values: [{ x64: 4 }] });
		const places = await checker.look(
			{ name: 'a.c', text: `#include "b.h"\n${text}` },
			{},
			{ key: 'a.c' },
			(file, _, pathOf) => (file.macroPlaces?.('SIZE') ?? []).map((place) => [pathOf(place.file), pathOf(file)]),
		);
		expect(places).toEqual([['a.h', undefined]]);
	});
});

describe('a text that is kept', () => {
	const rulesOf = async (checker: Checker, text: string, options: CheckOptions) =>
		(await checker.check({ name: 'a.c', text }, options, { key: 'a.c' }))?.findings.map(({ rule }) => rule);

	it('is judged for the target that it is compiled for, if that is wanted', async () => {
		const { checker, around } = surrounded({});
		const text =
			'void f(SOCKET s) { SOCKET base; DWORD n; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, 4, &n, NULL, NULL); }\n';
		const all: CheckOptions = {};
		const two: CheckOptions = { targets: ['x86', 'x64'] };
		const one: CheckOptions = { targets: ['x64'] };
		const wrong = ['pointer-sized-literal'];
		expect([await rulesOf(checker, text, all), await rulesOf(checker, text, two)]).toEqual([wrong, wrong]);
		around.target = 'x86';
		expect([await rulesOf(checker, text, all), await rulesOf(checker, text, two)]).toEqual([[], []]);
		expect(await rulesOf(checker, text, one)).toEqual(wrong);
		around.target = 'x64';
		expect([await rulesOf(checker, text, one), await rulesOf(checker, text, two)]).toEqual([wrong, wrong]);
		around.target = undefined;
		expect([await rulesOf(checker, text, all), await rulesOf(checker, text, all)]).toEqual([wrong, wrong]);
	});

	it('is read with the functions of each check', async () => {
		const { checker, sizes } = surrounded({});
		const text = `${size(4)}${CALL.replace('WSAIoctl', 'mine')}`;
		const mine = (): CheckOptions => ({ functions: { mine: 'WSAIoctl' } });
		for (const key of ['a.c', null])
			expect([
				await sizes(text, {}, key),
				await sizes(text, mine(), key),
				await sizes(text, mine(), key),
				await sizes(text, {}, key),
				await sizes(text, { functions: { other: 'WSAIoctl' } }, key),
			]).toEqual([[], ['4'], ['4'], [], []]);
		checker.forget('a.c');
		expect([checker.documents, checker.trees]).toEqual([0, 0]);
	});

	it('is judged by the version that it asks for, and by the options of each check', async () => {
		const { checker } = surrounded({});
		const call =
			'void f(SOCKET s) { char b[64]; DWORD n; WSAIoctl(s, SIO_TCP_INITIAL_RTO, b, 64, NULL, 0, &n, NULL, NULL); }\n';
		const told = async (version: string, options: CheckOptions) =>
			(await rulesOf(checker, `#define _WIN32_WINNT ${version}\nvoid g(void);\n${call}`, options))?.includes(
				'newer-than-target',
			);
		const plain: CheckOptions = {};
		const off: CheckOptions = { rules: { 'newer-than-target': 'off' } };
		expect([await told('0x0501', plain), await told('0x0A00', plain), await told('0x0501', plain)]).toEqual([
			true,
			false,
			true,
		]);
		expect([await told('0x0501', off), await told('0x0501', plain), await told('0x0501', off)]).toEqual([
			false,
			true,
			false,
		]);
		expect([await told('0x0A00', off), await told('0x0501', plain)]).toEqual([false, true]);
	});

	it('gives nothing once the check is cancelled', async () => {
		const { checker } = surrounded({});
		const text = `${size(4)}${CALL}`;
		const results: boolean[] = [];
		for (let most = 0; most < 3; most++) {
			let questions = 0;
			const result = await checker.check({ name: 'a.c', text }, {}, undefined, () => ++questions > most);
			results.push(result === undefined);
		}
		expect(results).toEqual([true, true, true]);
	});

	it('stands where it is checked once as where it is kept', async () => {
		const { checker } = surrounded({});
		const texts = {
			'a.c': `${size(4)}${CALL}\n${CALL}void g(void);\n`,
			'a.ts': `import koffi from 'koffi';
const w = koffi.load('ws2_32');
const c = w.func('int ioctlsocket(uint16_t s, long c, void *p)');
c(1, 0x8004667e, null); c(1, 0x8004667e, 1);
const d = w.func('int ioctlsocket(uint16_t s, long c, void *p)');
function f(s) { c(s, 0x8004667e, null); }
`,
			'b.ts': 'const a = 1;\n// octl\n',
		};
		for (const [name, text] of Object.entries(texts)) {
			const calls: number[] = [];
			const options: CheckOptions = {};
			const kept = await checker.check({ name, text }, options, { key: name });
			const once = await checker.checkOnce({ name, text }, {}, ({ start }) => void calls.push(start));
			expect([once?.findings, once?.bindings, once?.hasCalls]).toEqual([
				kept?.findings,
				kept?.bindings,
				kept?.hasCalls,
			]);
			expect(calls.sort((a, b) => a - b)).toEqual(kept?.calls.map(({ start }) => start));
			expect(kept?.hasCalls).toBe(calls.length > 0);
			for (const { start, end, call } of once?.findings ?? [])
				if (call) expect(call.start <= start && end <= call.end).toBe(true);
			const again = await checker.check({ name, text: `// one line more\n${text}` }, options, { key: name });
			const fresh = await checker.check({ name, text: `// one line more\n${text}` });
			expect([again?.findings, again?.bindings, again?.calls]).toEqual([
				fresh?.findings,
				fresh?.bindings,
				fresh?.calls,
			]);
			checker.forget(name);
		}
	});
});
