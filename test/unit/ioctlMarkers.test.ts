import { describe, expect, it } from 'vitest';
import { parseMarkers } from '../support/ioctlMarkers.ts';

const words = (text: string) =>
	parseMarkers(text).expected.map(({ rule, start, end }) => [rule, text.slice(start, end)]);

describe('parseMarkers', () => {
	it('reads carets under the characters of the line above', () => {
		expect(words('\tcall(a, bb, c);\n\t//      ^^ rule-one\n')).toEqual([['rule-one', 'bb']]);
	});

	it('reads several markers of one line, and of several lines below one', () => {
		const text = 'call(a, bb, c);\n//   ^ one  ^ two\n/*      ^^ three-x */\n';
		expect(words(text)).toEqual([
			['one', 'a'],
			['three-x', 'bb'],
			['two', 'c'],
		]);
	});

	it('skips blank lines and CRLF between code and marker', () => {
		expect(words('call(abc);\r\n\r\n//   ^^^ one\r\n')).toEqual([['one', 'abc']]);
	});

	it('gives nothing for other comments', () => {
		expect(parseMarkers('call(a); // a ^ b\n// see a ^ b\n').expected).toEqual([]);
	});

	it.each([
		['x\n//  ^ one', 'Carets beyond the end of the line: //  ^ one'],
		['// ^ one\n', 'No code above the marker: // ^ one'],
		['call(a);\n//   ^ One', 'Not a marker: //   ^ One'],
		['call(a);\n//   ^', 'Not a marker: //   ^'],
	])('refuses %j', (text, message) => {
		expect(() => parseMarkers(text)).toThrow(new Error(message));
	});
});
