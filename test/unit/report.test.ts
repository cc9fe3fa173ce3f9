import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { Log, Result } from 'sarif';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import type { Report, ReportedFinding } from '../../server/src/report/format.ts';
import github from '../../server/src/report/formats/github.ts';
import sarif from '../../server/src/report/formats/sarif.ts';
import text from '../../server/src/report/formats/text.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { RIGHT, runCli, temporaryFolder, WRONG, WRONG_MESSAGE } from '../support/cli.ts';

const finding: ReportedFinding = {
	rule: 'input-too-small',
	severity: 'error',
	file: 'a.c',
	line: 3,
	column: 2,
	endLine: 3,
	endColumn: 5,
	message: 'Wrong.',
	api: 'WSAIoctl',
	code: null,
	excerpt: { before: ' ', marked: 'abc', after: ';' },
	fingerprint: '0',
};

const report = (...findings: ReportedFinding[]): Report => ({
	tool: { name: 'ioctl-lens', version: '1.2.3' },
	folder: '/project',
	files: { read: 1, withCalls: 1, skipped: [] },
	callCount: 0,
	calls: [],
	findings,
});

describe('text', () => {
	const frame = async (source: string) => {
		const folder = temporaryFolder({ 'a.c': source });
		const { out } = await runCli(folder, ['check', 'a.c']);
		return out.split('\n').slice(0, 3);
	};
	const call = 'WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &n, NULL, NULL); }';
	const start = 'void f(SOCKET s) { BOOL on = TRUE; DWORD n;';

	test('shows the line with carets below the characters of the finding', async () => {
		expect(await frame(`${start}\n${call}\n`)).toEqual([
			`a.c:2:38: error: ${WRONG_MESSAGE} [input-too-small]`,
			` 2 | ${call}`,
			'   |                                      ^^^^^^^^^^',
		]);
	});

	test('puts blanks for tabs, in the line and below it', async () => {
		expect(await frame(`${start}\n\t/*a\t*/\t${call}\n`)).toEqual([
			`a.c:2:46: error: ${WRONG_MESSAGE} [input-too-small]`,
			` 2 |     /*a */  ${call}`,
			'   |                                                  ^^^^^^^^^^',
		]);
	});

	test('counts characters, and measures their width', async () => {
		// A wide character, one beyond the basic plane (also wide), and one made of two code points.
		expect(await frame(`${start}\n/*漢😀e\u0301*/${call}\n`)).toEqual([
			`a.c:2:46: error: ${WRONG_MESSAGE} [input-too-small]`,
			` 2 | /*漢😀e\u0301*/${call}`,
			'   |                                               ^^^^^^^^^^',
		]);
	});

	test('shows a finding of several lines by its first', async () => {
		const [title, line, carets] = await frame(`${start}\n${call.replace('sizeof(on)', 'sizeof(\r\n\t\ton)')}\n`);
		expect([title, line, carets]).toEqual([
			`a.c:2:38: error: ${WRONG_MESSAGE} [input-too-small]`,
			' 2 | WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(',
			'   |                                      ^^^^^^^',
		]);
	});

	test('cuts a long line around the finding', async () => {
		const filler = `/*${'x'.repeat(5000)}*/`;
		const [title, line, carets] = await frame(`${start}${filler}${call}${filler}`);
		expect(title).toBe(`a.c:1:${start.length + filler.length + 38}: error: ${WRONG_MESSAGE} [input-too-small]`);
		const shown = line!.slice(' 1 | '.length);
		expect(shown).toHaveLength(160);
		expect([shown[0], shown.at(-1)]).toEqual(['…', '…']);
		const at = carets!.indexOf('^');
		expect([line!.slice(at, at + 10), carets!.slice(at)]).toEqual(['sizeof(on)', '^^^^^^^^^^']);
	});

	test('lets no control or direction-changing character of a source or a name through', () => {
		const hostile: ReportedFinding = {
			...finding,
			file: 'a\n\u001b[2J.c',
			excerpt: { before: '\u001b]0;x\u0007', marked: 'a\u202eb\u0000', after: '\u009b1m' },
		};
		expect(text.check(report(hostile), { colours: false }).split('\n').slice(0, 3)).toEqual([
			'a\ufffd\ufffd[2J.c:3:2: error: Wrong. [input-too-small]',
			' 3 | \ufffd]0;x\ufffda\ufffdb\ufffd\ufffd1m',
			'   |       ^^^^',
		]);
	});

	test.each([
		[{}, false, false],
		[{}, true, true],
		[{ NO_COLOR: '1' }, true, false],
		[{ NO_COLOR: '' }, true, true],
		[{ FORCE_COLOR: '1' }, false, true],
		[{ FORCE_COLOR: '0' }, true, false],
		[{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
		[{ TERM: 'dumb' }, true, false],
		[{ CI: 'true' }, false, false],
	])('with %j and a terminal: %s colours: %s', async (environment, terminal, colours) => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		const plain = await runCli(folder, ['check', '.']);
		const { out } = await runCli(folder, ['check', '.'], { environment, terminal });
		expect(stripVTControlCharacters(out)).toBe(plain.out);
		expect(out !== plain.out).toBe(colours);
		const never = await runCli(folder, ['check', '.', '--no-color'], { environment, terminal });
		expect(never.out).toBe(plain.out);
	});

	test('sums up', () => {
		const some = (severity: ReportedFinding['severity'], number: number) =>
			Array.from({ length: number }, () => ({ ...finding, severity }));
		const all = report(...some('error', 2), ...some('warning', 1), ...some('info', 2), ...some('hint', 1));
		const last = text.check(all, { colours: false }).trimEnd().split('\n').at(-1);
		expect(last).toBe('2 errors, 1 warning, 2 info, 1 hint (0 calls, 1 file read).');
	});

	test('lists calls', async () => {
		const source = [
			'void f(SOCKET s, DWORD code, void *p, DWORD size, PWSK_PROVIDER_BASIC_DISPATCH d) {',
			'	DWORD n; SOCKET t;',
			'	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &t, sizeof(t), &n, NULL, NULL);',
			'	pWSAIoctl(s, code, p, size, NULL, 0, &n, NULL, NULL);',
			'	WSAIoctl(s, 0x9800FFFE, NULL, 0, NULL, 0, &n, NULL, NULL);',
			'}',
		].join('\n');
		const { status, out } = await runCli(temporaryFolder({ 'a.c': source }), ['calls', '.']);
		expect({ status, out }).toEqual({
			status: 0,
			out: [
				'a.c:3:2: WSAIoctl SIO_BASE_HANDLE (0x48000022); in: none; out: SOCKET, 4 bytes (x86), 8 bytes (x64, arm64)',
				'a.c:4:2: WSAIoctl (as pWSAIoctl) code not resolved; in: size not resolved; out: none',
				'a.c:5:2: WSAIoctl 0x9800FFFE; in: none; out: none',
				'3 calls in 1 file, 1 file read.',
				'',
			].join('\n'),
		});
	});
});

describe('github', () => {
	test('writes one workflow command a finding', async () => {
		const { status, out } = await runCli(temporaryFolder({ 'a,b.c': WRONG }), ['check', '.', '--format', 'github']);
		expect({ status, out }).toEqual({
			status: 1,
			out: `::error file=a%2Cb.c,line=1,endLine=1,col=82,endColumn=91,title=IOCTL Lens%3A input-too-small::${WRONG_MESSAGE}\n`,
		});
	});

	test.each([
		['error', 'error'],
		['warning', 'warning'],
		['info', 'notice'],
		['hint', 'notice'],
	] as const)('shows %s as %s', (severity, command) => {
		const out = github.check(report({ ...finding, severity }));
		expect(out.slice(0, out.indexOf(' '))).toBe(`::${command}`);
	});

	test('escapes what would end a command or a property', () => {
		const out = github.check(report({ ...finding, file: 'a:b,%c\n.c', endLine: 4, message: '50%, two\r\nlines: ::x' }));
		expect(out).toBe(
			'::error file=a%3Ab%2C%25c%0A.c,line=3,endLine=4,title=IOCTL Lens%3A input-too-small::50%25, two%0D%0Alines: ::x\n',
		);
	});

	test('writes nothing when nothing is wrong', () => {
		expect(github.check(report())).toBe('');
	});
});

describe('SARIF', () => {
	const run = async (folder: string, ...paths: string[]): Promise<Log> =>
		JSON.parse((await runCli(folder, ['check', ...paths, '--format', 'sarif'])).out);
	const results = (log: Log): Result[] => log.runs[0]!.results!;

	test('describes the run', async () => {
		const folder = temporaryFolder({ 'a.c': RIGHT, 'b.c': 'WSAIoctl\0' });
		expect(await run(folder, '.', 'none.c')).toEqual({
			$schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
			version: '2.1.0',
			runs: [
				{
					tool: {
						driver: {
							name: 'IOCTL Lens',
							semanticVersion: manifest.version,
							informationUri: 'https://github.com/ioctl-lens/ioctl-lens',
							rules: expect.any(Array),
						},
					},
					invocations: [
						{
							executionSuccessful: false,
							toolExecutionNotifications: [
								{
									level: 'error',
									descriptor: { id: 'not-found' },
									message: { text: 'Not checked: does not exist' },
									locations: [{ physicalLocation: { artifactLocation: { uri: 'none.c', uriBaseId: '%SRCROOT%' } } }],
								},
								{
									level: 'note',
									descriptor: { id: 'binary' },
									message: { text: 'Not checked: binary: a NUL byte near its start' },
									locations: [{ physicalLocation: { artifactLocation: { uri: 'b.c', uriBaseId: '%SRCROOT%' } } }],
								},
							],
						},
					],
					originalUriBaseIds: { '%SRCROOT%': { uri: `${pathToFileURL(folder).href}/` } },
					columnKind: 'unicodeCodePoints',
					results: [],
				},
			],
		});
	});

	test('describes every rule, with help', async () => {
		const [{ tool }] = (await run(temporaryFolder({ 'a.c': RIGHT }), '.')).runs as [Log['runs'][0]];
		const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };
		expect(
			tool.driver.rules!.map(({ id, shortDescription, fullDescription, help, defaultConfiguration }) => ({
				id,
				shortDescription,
				fullDescription,
				help: help!.text,
				defaultConfiguration,
			})),
		).toEqual(
			rules.map((rule) => ({
				id: rule.id,
				shortDescription: { text: rule.title },
				fullDescription: { text: rule.description },
				help: `${rule.description}\n\n${rule.severityReason}`,
				defaultConfiguration: { enabled: !rule.offByDefault, level: levels[rule.severity] },
			})),
		);
	});

	test('places a result, with an encoded file name', async () => {
		const folder = temporaryFolder({ 'a b/é#%.c': `\n/*😀*/${WRONG}` });
		const [result, ...others] = results(await run(folder, '.'));
		expect(others).toEqual([]);
		expect(result).toEqual({
			ruleId: 'input-too-small',
			ruleIndex: rules.findIndex((rule) => rule.id === 'input-too-small'),
			level: 'error',
			message: { text: WRONG_MESSAGE },
			locations: [
				{
					physicalLocation: {
						artifactLocation: { uri: 'a%20b/%C3%A9%23%25.c', uriBaseId: '%SRCROOT%' },
						region: { startLine: 2, startColumn: 87, endLine: 2, endColumn: 97, snippet: { text: 'sizeof(on)' } },
						contextRegion: { startLine: 2, endLine: 2, snippet: { text: `/*😀*/${WRONG}` } },
					},
				},
			],
			partialFingerprints: { 'ioctlLens/v1': expect.stringMatching(/^[0-9a-f]{32}$/) },
		});
	});

	test('names a file outside the current folder by its URL', async () => {
		const folder = temporaryFolder({ 'in/x.c': RIGHT, 'out/a.c': WRONG });
		const [result] = results(await run(join(folder, 'in'), '../out'));
		expect(result!.locations![0]!.physicalLocation!.artifactLocation).toEqual({
			uri: pathToFileURL(join(folder, 'out/a.c')).href,
		});
	});

	test('hands fixes over', () => {
		const edits = [{ line: 3, column: 2, endLine: 3, endColumn: 5, newText: 'xyz' }];
		const log: Log = JSON.parse(sarif.check(report({ ...finding, fix: { title: 'Pass xyz', edits } })));
		expect(results(log)[0]!.fixes).toEqual([
			{
				description: { text: 'Pass xyz' },
				artifactChanges: [
					{
						artifactLocation: { uri: 'a.c', uriBaseId: '%SRCROOT%' },
						replacements: [
							{
								deletedRegion: { startLine: 3, startColumn: 2, endLine: 3, endColumn: 5 },
								insertedContent: { text: 'xyz' },
							},
						],
					},
				],
			},
		]);
	});

	test('keeps fingerprints while a finding moves, and tells equal findings apart', async () => {
		const prints = async (source: string) => {
			const log = await run(temporaryFolder({ 'a.c': source }), '.');
			return results(log).map((result) => result.partialFingerprints!['ioctlLens/v1']);
		};
		const [first, ...none] = await prints(WRONG);
		expect(none).toEqual([]);
		expect(await prints(`// above\n\n${WRONG.replaceAll(', ', ',\n\t')}`)).toEqual([first]);
		const twice = await prints(`${WRONG}\n${WRONG}`);
		expect(twice[0]).toBe(first);
		expect(twice[1]).not.toBe(first);
		const other = await prints(WRONG.replace('f(', 'other('));
		expect(other).not.toEqual([first]);
	});
});
