/** Report formats for other programs: against their schemas, and what a report of parts comes to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { formats } from '../../server/src/report/index.generated.ts';
import { xml } from '../../server/src/report/xml.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { RIGHT, runCli, temporaryFolder, WRONG } from '../support/cli.ts';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));

function validator(schema: object): ValidateFunction {
	const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
	// A CommonJS module whose types tell of an ES module.
	(addFormatsModule as unknown as (ajv: Ajv) => void)(ajv);
	return ajv.compile(schema);
}

/** The schema with no room for what it does not describe. */
const closed = (schema: unknown): unknown => {
	if (Array.isArray(schema)) return schema.map(closed);
	if (typeof schema !== 'object' || schema === null) return schema;
	const parts = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, closed(part)]));
	return 'properties' in parts ? { ...parts, additionalProperties: false } : parts;
};

// Its metaschema is of draft 4, and differs in nothing that this one uses.
const { $schema, id, ...sarifSchema } = read('test/fixtures/schemas/sarif-2.1.0-rtm.5.json');
const isSarif = validator(sarifSchema);
const isReport = validator(closed(read('server/schemas/report.schema.json')) as object);

/** Whatever reports can hold: findings with and without fixes, of every severity, odd names, failures, notes. */
const odd = () =>
	temporaryFolder({
		'src/a.c': WRONG,
		'src/&\u0085é#%.c': `\n/*😀*/${WRONG.replaceAll(', ', ',\n\t')}`,
		'src/fix.c':
			'int f(SOCKET s, struct tcp_keepalive *k) { DWORD n; return WSAIoctl(s, SIO_KEEPALIVE_VALS, k, sizeof(k), 0, 0, &n, 0, 0); }\n',
		'src/right.c': RIGHT,
		'src/stale.c': `// ioctl-lens-ignore-next-line all\n${RIGHT}`,
		'src/binary.c': 'WSAIoctl\0',
		'.git/HEAD': `${'a'.repeat(40)}\n`,
		'.git/config': '[remote "origin"]\n\turl = https://example.com/a\n',
	});

const check = async (folder: string, ...args: string[]) => runCli(folder, ['check', 'src', 'none.c', ...args]);

describe('SARIF', () => {
	test('is valid, whatever is in it', async () => {
		const folder = odd();
		const { out } = await check(folder, '--format', 'sarif', '--baseline', 'none.json');
		const log = JSON.parse(out);
		isSarif(log);
		expect(isSarif.errors).toBeNull();
		expect(log.runs[0].versionControlProvenance).toHaveLength(1);
		const shown = log.runs[0].results.map(({ ruleId, fixes }: { ruleId: string; fixes?: unknown }) => [
			ruleId,
			!!fixes,
		]);
		expect(shown).toEqual([
			['input-too-small', false],
			['input-too-small', false],
			['sizeof-pointer', true],
			['unused-suppression', true],
		]);
	});

	test('a wrong one is not', () => {
		expect(isSarif({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{}] }] })).toBe(false);
	});

	test('says of each rule where it is described, how sure it is and what it belongs to', async () => {
		const { out } = await check(odd(), '--format', 'sarif');
		const { driver } = JSON.parse(out).runs[0].tool;
		const page = readFileSync(join(root, 'server/docs/rules.md'), 'utf8');
		for (const [index, rule] of rules.entries()) {
			const { helpUri, properties } = driver.rules[index];
			expect(helpUri).toBe(`${driver.informationUri}/blob/v${driver.semanticVersion}/server/docs/rules.md#${rule.id}`);
			expect(page).toContain(`\n## ${rule.id}\n`);
			expect(properties).toEqual({ precision: 'high', tags: ['winsock', rule.stage] });
		}
	});

	test('with a baseline, what is told is new', async () => {
		const folder = odd();
		await runCli(folder, ['check', 'src/a.c', '--baseline', 'known.json', '--update-baseline']);
		const { out } = await check(folder, '--format', 'sarif', '--baseline', 'known.json');
		const states = JSON.parse(out).runs[0].results.map((result: { baselineState?: string }) => result.baselineState);
		expect(new Set(states)).toEqual(new Set(['new']));
		const plain = JSON.parse((await check(folder, '--format', 'sarif')).out).runs[0].results;
		expect(plain.length).toBe(states.length + 1);
		expect(plain.some((result: { baselineState?: string }) => result.baselineState)).toBe(false);
	});

	test('tells of what is silenced where it is asked to, marked as such and without effect on the status', async () => {
		const source = `int a(SOCKET s) {\n// ioctl-lens-ignore-next-line input-too-small: known\n${WRONG.replace(/^.*?\{/, '')}\n`;
		const folder = temporaryFolder({ 'src/a.c': source, 'src/b.c': WRONG });
		await runCli(folder, ['check', 'src/b.c', '--baseline', 'known.json', '--update-baseline']);
		const args = ['check', 'src', '--format', 'sarif', '--baseline', 'known.json'];
		const { status, out } = await runCli(folder, [...args, '--show-silenced']);
		const log = JSON.parse(out);
		isSarif(log);
		expect(isSarif.errors).toBeNull();
		const shown = log.runs[0].results.map((each: { suppressions?: unknown; baselineState?: string }) => [
			each.suppressions,
			each.baselineState,
		]);
		expect(shown).toEqual([
			[[{ kind: 'inSource' }], undefined],
			[[{ kind: 'external' }], 'unchanged'],
		]);
		expect(status).toBe(0);
		expect(JSON.parse((await runCli(folder, args)).out).runs[0].results).toEqual([]);
		expect(await runCli(folder, ['check', 'src', '--show-silenced'])).toEqual({
			status: 2,
			out: '',
			err: 'ioctl-lens: --show-silenced is for the one format that can mark them: add --format sarif\n',
		});
	});

	test('fingerprints do not depend on the folder that the command starts in', async () => {
		const folder = temporaryFolder({ '.git/HEAD': '', 'src/a.c': WRONG });
		const prints = async (from: string, path: string) => {
			const { out } = await runCli(from, ['check', path, '--format', 'sarif']);
			return JSON.parse(out).runs[0].results.map(
				({ partialFingerprints }: { partialFingerprints: object }) => partialFingerprints,
			);
		};
		expect(await prints(folder, 'src')).toEqual(await prints(join(folder, 'src'), 'a.c'));
	});
});

describe('JSON', () => {
	test('is as its schema says, and the schema describes all of it', async () => {
		const folder = odd();
		for (const command of ['check', 'calls']) {
			isReport(JSON.parse((await runCli(folder, [command, 'src', 'none.c', '--format', 'json'])).out));
			expect(isReport.errors).toBeNull();
		}
		expect(isReport({ formatVersion: 1, findings: [] })).toBe(false);
	});
});

/** One finding in the form of each format. */
const message =
	'`SIO_KEEPALIVE_VALS` reads a `tcp_keepalive` (12 bytes), but `cbInBuffer` is 4. WSAIoctl fails with WSAEFAULT. Pass the address of a `struct tcp_keepalive` and `sizeof(struct tcp_keepalive)`.';

describe('GitLab', () => {
	test('has what its code quality asks for', async () => {
		const { out } = await runCli(temporaryFolder({ 'a.c': WRONG }), ['check', '.', '--format', 'gitlab']);
		expect(JSON.parse(out)).toEqual([
			{
				description: message,
				check_name: 'input-too-small',
				fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
				severity: 'critical',
				location: { path: 'a.c', lines: { begin: 1, end: 1 } },
			},
		]);
	});
});

describe('checkstyle', () => {
	test('groups findings by file', async () => {
		const { out } = await runCli(temporaryFolder({ 'a&.c': WRONG }), ['check', '.', '--format', 'checkstyle']);
		expect(out).toBe(
			`<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="10.0">\n  <file name="a&amp;.c">\n    <error line="1" column="82" severity="error" message="${message}" source="ioctl-lens.input-too-small"/>\n  </file>\n</checkstyle>\n`,
		);
	});
});

test('XML has no character that would end a value or that it may not hold', () => {
	expect(xml('a"<&>\n\t\0\u{1b}\ud800\u{1f600}')).toBe('a&quot;&lt;&amp;&gt;&#10;&#9;\ufffd\ufffd\ufffd\u{1f600}');
});

describe('JUnit', () => {
	test('has a failed case for each finding', async () => {
		const { out } = await runCli(temporaryFolder({ 'a.c': WRONG }), ['check', '.', '--format', 'junit']);
		expect(out).toBe(
			`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="IOCTL Lens" tests="1" failures="1">\n  <testsuite name="a.c" tests="1" failures="1" errors="0">\n    <testcase name="input-too-small (1:82)" classname="a.c">\n      <failure type="error" message="${message}">a.c:1:82</failure>\n    </testcase>\n  </testsuite>\n</testsuites>\n`,
		);
	});

	test('and one that passed where nothing is wrong', async () => {
		const { out } = await runCli(temporaryFolder({ 'a.c': RIGHT }), ['check', '.', '--format', 'junit']);
		expect(out).toBe(
			'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="IOCTL Lens" tests="1" failures="0">\n  <testsuite name="IOCTL Lens" tests="1" failures="0" errors="0">\n    <testcase name="1 files read" classname="IOCTL Lens"/>\n  </testsuite>\n</testsuites>\n',
		);
	});
});

test.each(formats.map(({ id }) => id))('%s: nothing that a terminal obeys comes out', async (format) => {
	const { out } = await check(odd(), '--format', format);
	expect(out.match(/[^\n\P{Cc}]/gu)).toBeNull();
});

describe('merge', () => {
	const tree = () =>
		temporaryFolder(
			Object.fromEntries(
				['a/x.c', 'a.c', 'a-b/y.c', 'b/a.c', 'b/c/d.c', 'b/c.c', 'z.c', 'B.c', 'right/r.c'].map((name) => [
					name,
					name.startsWith('right') ? RIGHT : `${WRONG}\n${WRONG}`,
				]),
			),
		);

	test.each(formats.map(({ id }) => id))('as %s, the union of shards is the whole', async (format) => {
		const folder = tree();
		const whole = await runCli(folder, ['check', '.', '--format', format]);
		const parts: string[] = [];
		for (const part of [3, 1, 2]) {
			parts.push(`../${part}.json`);
			await runCli(folder, ['check', '.', '--shard', `${part}/3`, '--format', 'json', '--output', `../${part}.json`]);
		}
		expect(await runCli(folder, ['merge', ...parts, '--format', format])).toEqual(whole);
	});

	test.each([
		['no report', { '1.json': '[]' }, '1.json: not a report that check wrote with --format json'],
		['no JSON', { '1.json': '{' }, '1.json: not valid JSON'],
		['nothing', {}, '1.json: does not exist'],
		[
			'a later format',
			{ '1.json': '{ "formatVersion": 2, "findings": [], "files": { "skipped": [] } }' },
			'1.json: a report of format version 2, and this program knows version 1',
		],
	])('refuses %s', async (_, files, problem) => {
		const { status, err } = await runCli(temporaryFolder(files), ['merge', '1.json']);
		expect({ status, err }).toEqual({ status: 2, err: `ioctl-lens: ${problem}\n` });
	});

	test('refuses reports that are no parts of one run', async () => {
		const folder = temporaryFolder({ 'a.c': WRONG });
		await runCli(folder, ['check', 'a.c', '--format', 'json', '--output', '1.json']);
		const { status, err } = await runCli(folder, ['merge', '1.json', '1.json']);
		expect(status).toBe(2);
		expect(err).toBe('ioctl-lens: 1.json and 1.json both tell of a.c: they are no parts\n');
	});
});
