import { resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { Checker } from '../../server/src/check/check.ts';
import { OpenDocument } from '../../server/src/lsp/session/document.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';

const position = (line: number, character: number) => ({ line, character });
const range = (startLine: number, start: number, endLine: number, end: number) => ({
	start: position(startLine, start),
	end: position(endLine, end),
});

const opened = (text: string): OpenDocument => new OpenDocument('file:///a.c', 'c', 1, text, 'utf-16');

describe('an open document', () => {
	test('takes changes in order, in UTF-16 units', () => {
		const document = opened('int a;\nint 😀b;\nint c;\n');
		document.update(
			[
				{ range: range(1, 6, 1, 7), text: 'x\ny' },
				{ range: range(0, 0, 0, 3), text: '' },
			],
			2,
		);
		expect(document.text).toBe(' a;\nint 😀x\ny;\nint c;\n');
		expect(document.version).toBe(2);
		document.update([{ text: 'new' }, { range: range(0, 0, 0, 0), text: 'x' }], 3);
		expect(document.text).toBe('xnew');
	});

	test.each([
		[range(0, 0, 99, 99), 'x'],
		[range(99, 99, 99, 99), 'abc\r\ndefx'],
		[range(1, 99, 1, 99), 'abc\r\ndefx'],
		[range(1, 1, 0, 1), 'axef'],
		[{ start: position(-1, -5), end: position(0, 1) }, 'xbc\r\ndef'],
		[{ start: position(Number.NaN, 0), end: position(0, Number.POSITIVE_INFINITY) }, 'x\r\ndef'],
		[{ start: position(0.9, 1.9), end: position(0, 2) }, 'axc\r\ndef'],
		[{ start: { line: '1', character: null }, end: undefined } as never, 'xabc\r\ndef'],
		[range(99, 0, 1e300, 1e300), 'abc\r\ndefx'],
	])('brings %j into range', (wild, expected) => {
		const document = opened('abc\r\ndef');
		document.update([{ range: wild, text: 'x' }], 2);
		expect(document.text).toBe(expected);
		// The line index must still agree with the text.
		for (let offset = 0; offset <= document.text.length; offset++) {
			const { line, character } = document.positionAt(offset);
			expect(document.text.split('\r\n')[line]!.length).toBeGreaterThanOrEqual(character);
		}
	});

	test('ignores changes that are none', () => {
		const document = opened('abc');
		document.update([null as never, { text: 7 } as never, {} as never], 5);
		expect([document.text, document.version]).toEqual(['abc', 5]);
	});

	test('knows lines and line ends of each kind', () => {
		const document = opened('a\r\n\tb\nc');
		expect([0, 1, 2, 9].map((line) => document.lineText(line))).toEqual(['a', '\tb', 'c', '']);
		expect([0, 1, 2].map((line) => document.lineEnd(line))).toEqual(['\r\n', '\n', '\n']);
		expect(opened('').lineEnd(0)).toBe('\n');
	});
});

describe('checking after edits', () => {
	const engine = nodeEngine(resolve(import.meta.dirname, '../../server/src'));
	const incremental = new Checker(engine);
	const fresh = new Checker(engine);
	afterAll(() => {
		incremental.dispose();
		fresh.dispose();
	});

	/** Numbers that look random and are the same on every run. */
	function numbers(seed: number): (below: number) => number {
		let state = seed;
		return (below) => {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			return Math.floor((state / 2 ** 32) * below);
		};
	}

	const start = codes
		.slice(0, 12)
		.map((code) => code.examples.rejected)
		.join('\n');
	/** Each leaves a text without errors as it was. */
	const clean = [
		'\n',
		' ',
		'/* ( */',
		'\nint added;\n',
		'\n#define ADDED 12\n',
		'\nvoid more(SOCKET s) { DWORD n; BOOL b; WSAIoctl(s, SIO_RCVALL, &b, 3, NULL, 0, &n, NULL, NULL); }\n',
		'\n// ö😀 ioctl-lens-ignore-next-line all: no\n',
	];
	const wild = [
		...clean,
		'x',
		'/*',
		'*/',
		'"',
		'{',
		'}',
		'(',
		')',
		';',
		'ö😀',
		'#if 1\n',
		'#endif\n',
		'sizeof(DWORD)',
		'WSAIoctl(s, SIO_RCVALL, &on, 2, NULL, 0, &n, NULL, NULL);\n',
	];

	test.each([
		['\n', 1],
		['\r\n', 2],
		// A parse that goes on from a broken tree ends up elsewhere than a fresh one here.
		['\n', 13],
		['\r\n', 4],
	])('gives what a fresh check gives while the text is broken (line ends %j, seed %i)', async (lineEnd, seed) => {
		await compare(lineEnd, numbers(seed), 40, (next, document) => {
			const from = next(document.text.length + 1);
			const length = next(3) === 0 ? next(40) : 0;
			return [from, Math.min(document.text.length, from + length), next(3) === 0 ? '' : wild[next(wild.length)]!];
		});
	});

	test.each([
		['\n', 5],
		['\r\n', 6],
	])('gives what a fresh check gives while the text is whole (line ends %j, seed %i)', async (lineEnd, seed) => {
		await compare(lineEnd, numbers(seed), 40, (next, document) => {
			// Between two functions.
			const ends = [0, ...[...document.text.matchAll(/^}\r?\n/gm)].map((m) => m.index + m[0].length)];
			const from = ends[next(ends.length)]!;
			const function_ = next(6) === 0 ? /^\w[^;{}]*\r?\n\{[\s\S]*?^\}\r?\n/m.exec(document.text.slice(from)) : null;
			return [from, from + (function_?.index === 0 ? function_[0].length : 0), clean[next(clean.length)]!];
		});
	});

	test('gives what a fresh check gives while an annotation is written and taken away', async () => {
		const text = 'void f(SOCKET s)\n{\n\t_When(ioctlsocket(s, FIONBIO, NULL));\n}\n';
		const end = text.indexOf('_When') + '_When'.length;
		const document = new OpenDocument('file:///annotated.c', 'c', 0, text, 'utf-16');
		// What stands between the parentheses is read in the first and the last text only, and is no part of any edit.
		const found: string[][] = [];
		for (const [version, [to, typed]] of (
			[
				[end, ''],
				[end, '_'],
				[end + 1, ''],
			] as const
		).entries()) {
			if (version > 0) document.update([{ range: document.rangeAt(end, to), text: typed }], version);
			const source = { name: document.uri, text: document.text, languageId: 'c' };
			const kept = await incremental.check(source, {}, { key: document.uri });
			expect(JSON.stringify(kept)).toBe(JSON.stringify(await fresh.check(source)));
			found.push(kept!.findings.map((f) => f.rule));
		}
		incremental.forget(document.uri);
		expect(found).toEqual([['invalid-pointer'], [], ['invalid-pointer']]);
	});

	async function compare(
		lineEnd: string,
		next: (below: number) => number,
		steps: number,
		edit: (next: (below: number) => number, document: OpenDocument) => [from: number, to: number, text: string],
	): Promise<void> {
		const document = new OpenDocument('file:///a.c', 'c', 0, start.replace(/\n/g, lineEnd), 'utf-16');
		let calls = 0;
		for (let version = 1; version <= steps; version++) {
			const count = 1 + next(3);
			for (let i = 0; i < count; i++) {
				const [from, to, text] = edit(next, document);
				document.update([{ range: document.rangeAt(from, to), text: text.replace(/\n/g, lineEnd) }], version);
			}
			const { text } = document;
			const source = { name: document.uri, text, languageId: 'c' };
			const live = { key: document.uri };
			const [kept, anew] = [await incremental.check(source, {}, live), await fresh.check(source)];
			// Comparing texts is quick; the objects are only compared to show where they differ.
			if (JSON.stringify(kept) !== JSON.stringify(anew)) expect(kept).toEqual(anew);
			expect(JSON.stringify(kept)).toBe(JSON.stringify(anew));
			calls += kept!.calls.length;
		}
		expect(calls).toBeGreaterThan(steps);
		expect(incremental.documents).toBe(1);
	}
});

describe('what is asked of a place while it is written', () => {
	const other = (body: string) => `static DWORD size = 4;
int g(SOCKET s) { DWORD bytes; ${body} return WSAIoctl(s, SIO_FLUSH, NULL, 0, NULL, 0, &bytes, NULL, NULL); }
int f(SOCKET s) { char in[99] = { 1 }; DWORD bytes; return WSAIoctl(s, SIO_KEEPALIVE_VALS, in, size, NULL, 0, &bytes, NULL, NULL); }
`;
	const CONSTANT = other('');
	const WRITTEN = other('size = 12;');
	const document = { key: 'a.c' };

	test.each([
		['of the place alone', true],
		['of any place', false],
	])('leaves the next check what a fresh one finds: %s', async (_, isOfPlace) => {
		const checker = new Checker(nodeEngine(import.meta.dirname));
		for (const text of [CONSTANT, WRITTEN, CONSTANT, WRITTEN]) {
			const source = { name: 'a.c', text };
			await checker.look(source, {}, document, (file) => file.siteAt(text.indexOf('NULL, 0')), isOfPlace);
			const kept = await checker.check(source, {}, document);
			const fresh = await checker.check(source);
			expect(kept?.findings.map(({ rule, start }) => [rule, start])).toEqual(
				fresh?.findings.map(({ rule, start }) => [rule, start]),
			);
			expect(kept?.findings.some(({ rule }) => rule === 'input-too-small')).toBe(text === CONSTANT);
		}
		checker.dispose();
	});
});
