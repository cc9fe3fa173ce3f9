/** Sources that no compiler would take: what is whole in them is still judged, and nothing takes long. */
import { describe, expect, test } from 'vitest';
import { runCli, runJson, temporaryFolder, WRONG } from '../support/cli.ts';

const head = 'void g(SOCKET s) { DWORD n = 1; WSAIoctl(s, ';
const nested = (open: string, inner: string, close: string, depth: number) =>
	open.repeat(depth) + inner + close.repeat(depth);

/** A text behind a line with one finding, and the lines on which findings are expected. */
const texts: readonly (readonly [string, string, readonly number[]])[] = [
	['a call cut off by the end of the file', `${head}SIO_KEEPALIVE_VALS, &n, 4, NULL`, [1]],
	['a call cut off in front of its arguments', 'void g(SOCKET s) { WSAIoctl(', [1]],
	['a file that ends in a name', 'void g(SOCKET s) { WSAIoctl', [1]],
	['unclosed parentheses', `${head}${'('.repeat(10_000)}\n${WRONG}`, [1, 3]],
	['an unclosed string', `char *x = "abc;\n${head}SIO_RCVALL, "\n${WRONG}`, [1, 4]],
	['an unclosed comment, behind which nothing is code', `/* ${WRONG}\n${WRONG}`, [1]],
	['unclosed braces', `${'{'.repeat(20_000)}\n${WRONG}`, [1, 3]],
	[
		'10,000 nested parentheses',
		`${head}${nested('(', 'SIO_RCVALL', ')', 10_000)}, NULL, 0, NULL, 0, &n, NULL, NULL); }\n${WRONG}`,
		[1, 3],
	],
	[
		'a sum of 10,000',
		`${head}SIO_RCVALL, &n, ${'1 + '.repeat(10_000)}1, NULL, 0, &n, NULL, NULL); }\n${WRONG}`,
		[1, 3],
	],
	['10,000 stars', `${head}SIO_RCVALL, ${'*'.repeat(10_000)}p, 4, NULL, 0, &n, NULL, NULL); }\n${WRONG}`, [1, 3]],
	[
		'macros that mean themselves',
		`#define A B\n#define B A\n#define F(x) F(x)\n${head}A, &n, F(1), NULL, 0, &n, NULL, NULL); }\n${WRONG}`,
		[1, 6],
	],
	['#if without #endif', `#if defined(X)\n${WRONG}\n`, [1, 3]],
	['#endif without #if', `#endif\n#else\n${WRONG}`, [1, 4]],
	['a line of 1 MB', `/*${'x'.repeat(1_000_000)}*/${WRONG}`, [1, 2]],
];

describe.each(['c', 'cpp'])('as %s', (ending) => {
	test.each(texts)('%s', async (_, text, lines) => {
		const folder = temporaryFolder({ [`a.${ending}`]: `${WRONG}\n${text}` });
		const { err, json } = await runJson(folder, ['check', '.']);
		expect(err).toBe('');
		expect(json.findings.map((f: { line: number }) => f.line)).toEqual(lines);
	});
});

test('judges every file of a folder that has all of them', async () => {
	const files = Object.fromEntries(
		texts.map(([, text], at) => [`${String(at).padStart(2, '0')}.c`, `${WRONG}\n${text}`]),
	);
	const { status, out } = await runCli(temporaryFolder(files), ['check', '.', '--format', 'github', '--jobs', '1']);
	expect(status).toBe(1);
	expect(out.trimEnd().split('\n')).toHaveLength(texts.reduce((sum, [, , lines]) => sum + lines.length, 0));
});
