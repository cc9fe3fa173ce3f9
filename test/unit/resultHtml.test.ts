/** Results as HTML: everything that comes from outside is text, and fields know their bytes. */
import { expect, test } from 'vitest';
import type { RunResult } from '../../server/src/run/result.ts';
import { probeHtml, resultHtml } from '../../server/src/run/resultHtml.ts';

const HOSTILE = '</pre><img src=x onerror="alert(1)">`&\'';

const RESULT: RunResult = {
	title: `WSAIoctl: ${HOSTILE}`,
	name: HOSTILE,
	code: 0x98000004,
	backend: 'winsock',
	sizes: 'written',
	risk: 'none',
	status: 'error',
	summary: `It \`failed\`. ${HOSTILE}`,
	inline: HOSTILE,
	socket: HOSTILE,
	predicted: [HOSTILE],
	system: HOSTILE,
	calls: [HOSTILE],
	input: {
		type: HOSTILE,
		declared: 4,
		bytes: '3c000000',
		rows: [
			{
				path: HOSTILE,
				type: HOSTILE,
				offset: 0,
				size: 4,
				raw: '3c000000',
				text: HOSTILE,
				value: 60,
				depth: 0,
			},
		],
		tables: [{ title: HOSTILE, columns: [HOSTILE], rows: [[HOSTILE]] }],
	},
	guards: [HOSTILE],
	expectations: [{ subject: HOSTILE, expected: HOSTILE, came: HOSTILE, agrees: false }],
	notes: [HOSTILE],
};

const TAGS = /<\/?([a-z][a-z0-9]*)\b/g;
const tagsOf = (html: string) => [...new Set([...html.matchAll(TAGS)].map((match) => match[1]))].sort();

test('no text of a result becomes a tag or an attribute', () => {
	const html = resultHtml(RESULT);
	expect(tagsOf(html)).toEqual(
		'code dd dl dt h1 h2 li p pre section span strong table tbody td th thead tr ul'.split(' '),
	);
	expect(html.match(/\son\w+=/g)?.length).toBe(html.match(/ onerror=&quot;/g)?.length);
});

test('a field names its bytes, and each byte its place', () => {
	const html = resultHtml(RESULT);
	expect(html.match(/data-from="\d+" data-to="\d+"/g)).toEqual(['data-from="0" data-to="4"']);
	expect(/<tr tabindex="0" aria-label="([^"]*)"/.exec(html)?.[1]).toMatch(/, 0, 4, /);
	expect([...html.matchAll(/data-at="(\d+)">(..)</g)].map((m) => `${m[1]} ${m[2]}`)).toEqual([
		'0 3c',
		'1 00',
		'2 00',
		'3 00',
	]);
});

test('names between backticks are code, a lone backtick is none', () => {
	const html = resultHtml({ ...RESULT, summary: 'It `a` is `b' });
	expect(/<\/strong> (.*)<\/p>/.exec(html)?.[1]).toBe('It <code>a</code> is `b');
});

const widthsOf = (html: string): number[] =>
	Array.from(html.matchAll(/data-width="(\d+)"/g), ([, width]) => Number(width));

test.each([
	[0, ['refused minimum 0 to 8'], [30]],
	[1, ['refused 0', 'refused minimum 1 to 8'], [10, 29]],
	[8, ['refused 0 to 7', 'refused minimum 8'], [29, 10]],
	[9, ['refused 0 to 8'], [30]],
	[null, ['refused 0 to 8'], [30]],
])('a minimum of %s is marked in its range, or outside of all', (catalog, drawn, widths) => {
	const ranges = [{ from: 0, to: 8, answer: 'WSAEFAULT' }];
	const side = { side: 'input' as const, ranges, minimum: null, catalog, atLeast: true, agrees: false };
	const html = probeHtml({ title: 'A', name: 'A', code: 1, sides: [side], notes: [] });
	expect([...html.matchAll(/<span class="([^"]*)"[^>]*>([^<]*)</g)].map((m) => `${m[1]} ${m[2]}`)).toEqual(drawn);
	expect(widthsOf(html)).toEqual(widths);
	expect(html).toContain(' class="differs"');
	expect(html).toContain('Input size, 0 to 8 bytes');
});

test('a probe is a strip with what was refused, accepted and overrun, and the minimum marked', () => {
	const html = probeHtml({
		title: 'Sizes of SIO_BASE_HANDLE',
		name: 'SIO_BASE_HANDLE',
		code: 1,
		system: HOSTILE,
		sides: [
			{
				side: 'output',
				ranges: [
					{ from: 0, to: 3, answer: 'WSAEFAULT', note: '8 bytes needed' },
					{ from: 4, to: 7, answer: 'ok', note: 'writes past the end' },
					{ from: 8, to: 16, answer: 'ok' },
				],
				minimum: 8,
				catalog: 8,
				atLeast: false,
				agrees: true,
			},
		],
		notes: [HOSTILE],
	});
	expect([...html.matchAll(/<span class="([^"]*)"[^>]*>([^<]*)</g)].map((m) => [m[1], m[2]])).toEqual([
		['refused', '0 to 3'],
		['overrun', '4 to 7'],
		['accepted minimum', '8 to 16'],
	]);
	expect(widthsOf(html)).toEqual([20, 20, 30]);
	expect(html).not.toContain('differs');
	expect(/aria-label="([^"]*)"/.exec(html)?.[1]).toBe(
		'Output size, 0 to 16 bytes; the catalog&#39;s minimum is 8. 0 to 3: WSAEFAULT, 8 bytes needed. 4 to 7: ok, writes past the end. 8 to 16: ok',
	);
	expect(tagsOf(html)).toEqual('dd div dl dt h1 h2 li section span table tbody td th thead tr ul'.split(' '));
});

test('a minimum that falls into a range is marked where it is, and the range is told whole', () => {
	const ranges = [
		{ from: 0, to: 151, answer: 'WSAEFAULT' },
		{ from: 152, to: 4864, answer: 'ok' },
	];
	const side = { side: 'output' as const, ranges, minimum: 152, catalog: 76, atLeast: true, agrees: true };
	const html = probeHtml({ title: 'A', name: 'A', code: 1, sides: [side], notes: [] });
	expect([...html.matchAll(/<span class="([^"]*)"[^>]*>([^<]*)</g)].map((m) => [m[1], m[2]])).toEqual([
		['refused', '0 to 75'],
		['refused minimum', '76 to 151'],
		['accepted', '152 to 4864'],
	]);
	expect(widthsOf(html)).toEqual([88, 88, 687]);
	expect(/aria-label="([^"]*)"/.exec(html)?.[1]).toContain('is 76. 0 to 151: WSAEFAULT. 152 to 4864: ok');
});

test('what a result does not have has no place on its page', () => {
	const { input, ...rest } = RESULT;
	const html = resultHtml({ ...rest, guards: [], expectations: [], notes: [], calls: [] });
	expect(tagsOf(html)).toEqual('code dd dl dt h1 p strong'.split(' '));
	expect(resultHtml({ ...rest, notes: [] })).not.toContain('<ul>');
	expect(resultHtml({ ...rest, calls: [] })).not.toContain('<h2>Calls</h2>');
	expect(resultHtml({ ...rest, expectations: [] })).not.toContain('<h2>Catalog against result</h2>');
	const probe = probeHtml({ title: 'A', name: 'A', code: 1, sides: [], notes: [] });
	expect(probe).toBe('<h1>A</h1>');
});

test('what the catalog did not expect is marked, and what it expected is not', () => {
	const [expectation] = RESULT.expectations;
	const differs = (agrees: boolean | null) =>
		resultHtml({ ...RESULT, expectations: expectation ? [{ ...expectation, agrees }] : [] }).includes(
			'class="differs"',
		);
	expect([differs(false), differs(true), differs(null)]).toEqual([true, false, false]);
});

test('a buffer is NULL, empty, or rows of sixteen bytes with their text', () => {
	const html = (bytes: string | null, declared = 4) =>
		resultHtml({ ...RESULT, input: { declared, bytes, rows: [], tables: [] } });
	const [nothing, empty] = [html(null), html('')];
	expect(nothing).not.toContain('<pre class="dump">');
	expect(empty).not.toContain('<pre class="dump">');
	expect(nothing).not.toBe(empty);
	const dump = /<pre class="dump">(.*?)<\/pre>/s.exec(html('41007e7f201f'.padEnd(36, '0')))?.[1] ?? '';
	const lines = dump.replace(/<[^>]*>/g, '').split('\n');
	expect(lines).toEqual([
		'0000  41 00 7e 7f 20 1f 00 00 00 00 00 00 00 00 00 00  A.~. ...........',
		`0010  00 00${' '.repeat(42)}  ..`,
	]);
});
