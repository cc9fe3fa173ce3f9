/** What is found in texts and lists by walking over them once: words, comments, changes, places in order. */
import { describe, expect, it } from 'vitest';
import { movedBinding, movedCall, movedFinding } from '../../server/src/check/shift.ts';
import { changedRegion, textChange } from '../../server/src/syntax/change.ts';
import { countUpTo, lineAt, lineStarts } from '../../server/src/syntax/lines.ts';
import { lastWord, replaceBlockComments } from '../../server/src/syntax/scan.ts';
import { byPosition, countWhile, inOrder, lastBefore } from '../../server/src/syntax/search.ts';

describe('the last word of a text', () => {
	it.each([
		['', ''],
		['a', 'a'],
		['a.b', 'b'],
		['a b ', ''],
		['-azAZ09_', 'azAZ09_'],
		['a`z', 'z'],
		['z{a', 'a'],
		['a@A', 'A'],
		['a[Z', 'Z'],
		['a/0', '0'],
		['a:9', '9'],
		['a{', ''],
		['a[', ''],
		['a:', ''],
		['aé', ''],
	])('%j: %j', (text, word) => {
		expect(lastWord(text)).toBe(word);
	});
});

describe('the comments of a text', () => {
	it.each([
		['', ''],
		['a', 'a'],
		['a/*b*/c', 'a<5>c'],
		['/*b*/', '<5>'],
		['/**/a', '<4>a'],
		['/***/a', '<5>a'],
		['/*/a', '/*/a'],
		['/*/*/a', '<5>a'],
		['a/*b', 'a/*b'],
		['a*/b/*c*/d', 'a*/b<5>d'],
		['/*a*//*b*/', '<5><5>'],
		['/*a*/b/*c', '<5>b/*c'],
		['/ *a* /', '/ *a* /'],
	])('%j gives %j', (text, made) => {
		expect(replaceBlockComments(text, (comment) => `<${comment.length}>`)).toBe(made);
	});
});

describe('the change of a text', () => {
	it.each([
		['', '', 0, 0],
		['abc', 'abc', 3, 0],
		['abc', 'abxc', 2, 1],
		['abxc', 'abc', 2, 1],
		['aaa', 'aa', 2, 0],
		['aa', 'aaa', 2, 0],
		['abc', 'xbc', 0, 2],
		['abc', 'def', 0, 0],
		['', 'abc', 0, 0],
	])('from %j to %j leaves %i characters in front and %i behind', (before, after, start, same) => {
		expect(changedRegion(before, after)).toEqual({ start, same });
	});

	it.each([
		['abc', 'abxc', [2, 0, 2], [2, 0, 2], [3, 0, 3]],
		['a\nb\nc', 'a\nXY\nc', [2, 1, 0], [3, 1, 1], [4, 1, 2]],
		['\n\nx', '\n\ny', [2, 2, 0], [3, 2, 1], [3, 2, 1]],
		['a\n', 'a\n\n', [2, 1, 0], [2, 1, 0], [3, 2, 0]],
		['\na', '\n\na', [1, 1, 0], [1, 1, 0], [2, 2, 0]],
		['ab\ncd', 'ab\ncd', [5, 1, 2], [5, 1, 2], [5, 1, 2]],
		['a\n\nb', 'ab', [1, 0, 1], [3, 2, 0], [1, 0, 1]],
	])('from %j to %j begins and ends in rows and columns', (before, after, start, oldEnd, newEnd) => {
		const change = textChange(before, after);
		const { startIndex, oldEndIndex, newEndIndex, startPosition, oldEndPosition, newEndPosition } = change;
		expect([startIndex, startPosition.row, startPosition.column]).toEqual(start);
		expect([oldEndIndex, oldEndPosition.row, oldEndPosition.column]).toEqual(oldEnd);
		expect([newEndIndex, newEndPosition.row, newEndPosition.column]).toEqual(newEnd);
	});
});

describe('places in order', () => {
	it('are counted and found', () => {
		expect([0, 1, 2, 3].map((most) => countWhile(3, (at) => at < most))).toEqual([0, 1, 2, 3]);
		const list = [1, 3, 3, 5];
		expect([0, 1, 2, 3, 4, 6].map((limit) => lastBefore(list, (n) => n, limit))).toEqual([-1, -1, 0, 0, 2, 3]);
		const starts = lineStarts('a\nbc\n');
		expect([0, 1, 2, 4, 5].map((offset) => lineAt(starts, offset))).toEqual([0, 0, 1, 1, 2]);
		expect([-1, 0, 1, 5, 9].map((limit) => countUpTo([0, 5, 5], limit))).toEqual([0, 1, 1, 3, 3]);
	});

	it('are put in order by where they begin, then by where they end', () => {
		const list = ['3 4', '1 3', '1 2', '2 9', '1 3'].map((text) => ({
			start: Number(text[0]),
			end: Number(text[2]),
			text,
		}));
		expect(list.sort(inOrder).map(({ text }) => text)).toEqual(['1 2', '1 3', '1 3', '2 9', '3 4']);
	});

	it('are put in order by where they begin, and stay as they are where that is the same', () => {
		const list = [3, 1, 2, 1].map((start, i) => ({ start, i }));
		expect(byPosition(list).map(({ i }) => i)).toEqual([1, 3, 2, 0]);
	});
});

describe('what was found in a part', () => {
	/** As if the part went on elsewhere from its fifth character on. */
	const to = (offset: number) => (offset < 5 ? offset + 10 : offset + 100);
	const at = (start: number, end: number) => ({ start, end, text: '' });

	it('ends where its last character stands', () => {
		const finding = { rule: 'a', severity: 'error', message: '' } as const;
		expect(movedFinding({ ...finding, start: 2, end: 5 }, to, undefined)).toStrictEqual({
			...finding,
			start: 12,
			end: 15,
		});
		expect(movedFinding({ ...finding, start: 2, end: 6 }, to, undefined)).toStrictEqual({
			...finding,
			start: 12,
			end: 106,
		});
		expect(movedFinding({ ...finding, start: 5, end: 5 }, to, undefined)).toStrictEqual({
			...finding,
			start: 105,
			end: 105,
		});
		const fix = { title: '', edits: [{ start: 1, end: 1, newText: '' }] };
		expect(movedFinding({ ...finding, start: 0, end: 1, fix }, to, undefined).fix).toStrictEqual({
			title: '',
			edits: [{ start: 11, end: 11, newText: '' }],
		});
	});

	it('moves with all that it holds', () => {
		const pointer = { ...at(1, 2), nullness: 'unknown' } as const;
		const size = { ...at(3, 4), value: { kind: 'unknown' } } as const;
		const initial = [
			{ path: 'a', value: 1n, at: { start: 1, end: 2 } },
			{ path: 'b', value: 2n },
		];
		const declared = { start: 6, end: 7 };
		const call = {
			...at(0, 9),
			calleeSpan: { start: 0, end: 1 },
			code: { ...at(1, 2), values: [] },
			guidAt: undefined,
			requestArgument: undefined,
			input: {
				pointer: { ...pointer, object: { text: 'a', initial } },
				size: { ...size, computed: { start: 6, end: 7 } },
			},
			output: { pointer: { ...pointer, object: { text: 'b', declared } }, size },
			bytesReturned: { ...pointer, object: { text: 'c' } },
			overlapped: undefined,
			completion: undefined,
			irp: undefined,
		} as unknown as Parameters<typeof movedCall>[0];
		const there = { ...pointer, start: 11, end: 12 };
		expect(movedCall(call, to)).toEqual({
			...at(10, 109),
			calleeSpan: { start: 10, end: 11 },
			code: { ...at(11, 12), values: [] },
			input: {
				pointer: {
					...there,
					object: {
						text: 'a',
						initial: [
							{ path: 'a', value: 1n, at: { start: 11, end: 12 } },
							{ path: 'b', value: 2n },
						],
					},
				},
				size: { ...size, start: 13, end: 14, computed: { start: 106, end: 107 } },
			},
			output: {
				pointer: { ...there, object: { text: 'b', declared: { start: 106, end: 107 } } },
				size: { ...size, start: 13, end: 14 },
			},
			bytesReturned: { ...there, object: { text: 'c' } },
		});
		const binding = {
			...at(0, 9),
			calleeSpan: { start: 0, end: 0 },
			parameters: [at(1, 2), at(6, 7)],
			list: { start: 1, end: 7 },
		} as unknown as Parameters<typeof movedBinding>[0];
		expect(movedBinding(binding, to)).toEqual({
			...at(10, 109),
			calleeSpan: { start: 10, end: 10 },
			parameters: [at(11, 12), at(106, 107)],
			list: { start: 11, end: 107 },
		});
	});
});
