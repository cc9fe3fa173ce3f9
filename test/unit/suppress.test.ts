/** Comments that silence findings, and what is said of those that silence nothing. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { readSuppressions, silence } from '../../server/src/check/suppress.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import type { Finding } from '../../server/src/rules/rule.ts';
import { costRatio } from '../support/cost.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

async function check(text: string, options: CheckOptions = {}) {
	const result = await checker.check({ name: 'a.c', text }, options);
	return result!.findings;
}

const shown = async (text: string, options?: CheckOptions) =>
	(await check(text, options)).map((f) => `${f.rule}: ${text.slice(f.start, f.end)}`);

const CALL = 'int f(SOCKET s, u_long on) { return ioctlsocket(s, FIONBIO, NULL); }';
const FINE = 'int f(SOCKET s, u_long on) { return ioctlsocket(s, FIONBIO, &on); }';

describe('silencing', () => {
	it.each([
		['the next line', `// ioctl-lens-ignore-next-line invalid-pointer: tested\n${CALL}\n`],
		['the line itself', `${CALL} /* ioctl-lens-ignore-line may-block, invalid-pointer */\n`],
		['the file', `/* ioctl-lens-ignore-file invalid-pointer */\n\n\n${CALL}\n`],
		[
			'the line below a block of several lines',
			`/*\n * ioctl-lens-ignore-next-line invalid-pointer: old\n */\n${CALL}\n`,
		],
		[
			'the lines between a start and an end',
			`// ioctl-lens-ignore-start invalid-pointer, may-block: old\n\n${CALL}\n${CALL}\n// ioctl-lens-ignore-end\n`,
		],
		['all that follows a start without an end', `/* ioctl-lens-ignore-start all */\n${CALL}\n\n${CALL}\n`],
		[
			'one of two rules until its own end',
			`// ioctl-lens-ignore-start invalid-pointer\n// ioctl-lens-ignore-start may-block\n// ioctl-lens-ignore-end may-block\n${CALL}\n// ioctl-lens-ignore-end invalid-pointer\n`,
		],
		['its own line from a start on', `int a;\n/* ioctl-lens-ignore-start invalid-pointer */ ${CALL}\n`],
		[
			'its own line up to an end',
			`// ioctl-lens-ignore-start invalid-pointer\n${CALL}\n${CALL} // ioctl-lens-ignore-end invalid-pointer\n`,
		],
		[
			'the line that a call begins in',
			`int f(SOCKET s) {\n// ioctl-lens-ignore-start invalid-pointer\nreturn ioctlsocket(s,\n// ioctl-lens-ignore-end\nFIONBIO, NULL); }\n`,
		],
		['every rule', `// ioctl-lens-ignore-next-line all\r\n${CALL}\r\n`],
	])('%s', async (_name, text) => {
		expect((await shown(text)).filter((f) => f.startsWith('invalid-pointer'))).toEqual([]);
	});

	it('says nothing more of a start and an end that silence something', async () => {
		const region = (rules: string, ended: string) =>
			`// ioctl-lens-ignore-start ${rules}\n${CALL}\n// ioctl-lens-ignore-end${ended}\n${FINE}\n`;
		for (const ended of ['', ' invalid-pointer']) expect(await shown(region('invalid-pointer', ended))).toEqual([]);
		expect(await shown(region('all', ' all'))).toEqual([]);
	});

	it('tells what is silenced all the same', async () => {
		const text = `${CALL} // ioctl-lens-ignore-line invalid-pointer\n${CALL}\n`;
		const result = await checker.check({ name: 'a.c', text });
		expect(result?.silenced.map(({ rule, start }) => [rule, start])).toEqual([
			['invalid-pointer', CALL.indexOf('NULL')],
		]);
		expect(result?.findings.length).toBe(1);
	});

	it('reaches neither in front of a start nor behind an end, nor another rule', async () => {
		const region = (rules: string) => `// ioctl-lens-ignore-start ${rules}\n${CALL}\n// ioctl-lens-ignore-end\n`;
		expect(await shown(`${CALL}\n${region('invalid-pointer')}${CALL}\n`)).toEqual([
			'invalid-pointer: NULL',
			'invalid-pointer: NULL',
		]);
		expect(await shown(region('may-block'))).toEqual(['unused-suppression: may-block', 'invalid-pointer: NULL']);
	});

	it('ends only what has begun', async () => {
		expect(await shown(`${FINE}\n// ioctl-lens-ignore-end\n`)).toEqual(['unused-suppression: ioctl-lens-ignore-end']);
		expect(
			await shown(`// ioctl-lens-ignore-start invalid-pointer\n${CALL}\n// ioctl-lens-ignore-end may-block\n`),
		).toEqual(['unused-suppression: may-block']);
		const [finding] = await check(`${FINE}\n// ioctl-lens-ignore-end may-block\n`);
		expect(finding?.message).toBe(
			'Nothing is silenced here that could end for `may-block`: an `ioctl-lens-ignore-start` is missing above. Remove it, or write the start.',
		);
	});

	it('does not reach another line or another rule', async () => {
		expect(await shown(`// ioctl-lens-ignore-next-line invalid-pointer\n\n${CALL}\n`)).toEqual([
			'unused-suppression: invalid-pointer',
			'invalid-pointer: NULL',
		]);
		expect(await shown(`// ioctl-lens-ignore-next-line may-block\n${CALL}\n`)).toEqual([
			'unused-suppression: may-block',
			'invalid-pointer: NULL',
		]);
	});
});

describe('a comment that silences nothing', () => {
	it('is named by the rule that has nothing to say, one by one', async () => {
		expect(await shown(`${CALL} // ioctl-lens-ignore-line may-block, invalid-pointer, no-such-rule: why\n`)).toEqual([
			'unused-suppression: may-block',
			'unused-suppression: no-such-rule',
		]);
	});

	it.each(['// WORD', '// WORD: invalid-pointer', '/* WORD */', '// WORD [invalid-pointer]'])(
		'is reported where it names no rule: %s',
		async (comment) => {
			const text = `${comment.replace('WORD', 'ioctl-lens-ignore-next-line')}\n${CALL}\n`;
			expect(await shown(text)).toEqual(['unused-suppression: ioctl-lens-ignore-next-line', 'invalid-pointer: NULL']);
			expect((await check(text))[0]!.message).toBe(
				"The comment names no rule, so it silences nothing. Write the rule's name after `ioctl-lens-ignore-next-line` and a blank.",
			);
		},
	);

	it('is named where it stands for all rules', async () => {
		expect(await shown(`// ioctl-lens-ignore-next-line all\n${FINE}\n`)).toEqual(['unused-suppression: all']);
	});

	it('tells an unused rule from an unknown one', async () => {
		const messages = (await check(`${FINE} // ioctl-lens-ignore-line may-block, no-such-rule\n`)).map((f) => f.message);
		expect(messages).toEqual([
			'`may-block` has nothing to say here: the comment silences nothing. Remove it.',
			'No rule has the name `no-such-rule`: the comment silences nothing. Correct the name or remove the comment.',
		]);
	});

	it.each<[string, CheckOptions]>([
		['when the rule is off', { rules: { 'may-block': 'off' } }],
		['when this rule is off', { rules: { 'unused-suppression': 'off' } }],
		['when only some targets are checked', { targets: ['x64'] }],
	])('is not reported %s', async (_name, options) => {
		expect(await shown(`${FINE} // ioctl-lens-ignore-line may-block\n`, options)).toEqual([]);
	});

	it('is not reported for what depends on a version that is not given', async () => {
		const text = `${FINE} // ioctl-lens-ignore-line newer-than-target\n`;
		expect(await shown(text)).toEqual([]);
		expect(await shown(text, { minWindows: '10.0' })).toEqual(['unused-suppression: newer-than-target']);
	});

	it('can be silenced itself', async () => {
		expect(
			await shown(`/* ioctl-lens-ignore-file unused-suppression */\n${FINE} // ioctl-lens-ignore-line may-block\n`),
		).toEqual([]);
	});

	it.each([
		['a line of its own', `// ioctl-lens-ignore-next-line may-block: x\n${FINE}\n`, `${FINE}\n`],
		[
			'a line behind others',
			`int a;\n\nint b;\n\t // ioctl-lens-ignore-next-line may-block\n${FINE}\nint c;\n`,
			`int a;\n\nint b;\n${FINE}\nint c;\n`,
		],
		[
			'the end of a line behind others',
			`int a;\n\n${FINE} \t// ioctl-lens-ignore-line may-block\nint c;\n`,
			`int a;\n\n${FINE}\nint c;\n`,
		],
		['the end of a line without a blank', `int a;\n${FINE}// ioctl-lens-ignore-line may-block\n`, `int a;\n${FINE}\n`],
		['a line of little else', `${FINE}\n;// ioctl-lens-ignore-line may-block\n`, `${FINE}\n;\n`],
		['the end of a line', `${FINE} // ioctl-lens-ignore-line may-block\r\n`, `${FINE}\r\n`],
		['the last line', `${FINE} // ioctl-lens-ignore-line may-block`, FINE],
	])('is removed from %s', async (_name, text, expected) => {
		const [finding] = await check(text);
		const [edit] = finding!.fix!.edits;
		expect(text.slice(0, edit!.start) + edit!.newText + text.slice(edit!.end)).toBe(expected);
	});

	it('loses one name of several', async () => {
		const text = `${CALL} // ioctl-lens-ignore-line may-block, invalid-pointer, wsk-irp: why\n`;
		const results = (await check(text)).map((f) => {
			const [edit] = f.fix!.edits;
			return (text.slice(0, edit!.start) + text.slice(edit!.end)).slice(CALL.length).trim();
		});
		expect(results).toEqual([
			'// ioctl-lens-ignore-line invalid-pointer, wsk-irp: why',
			'// ioctl-lens-ignore-line may-block, invalid-pointer: why',
		]);
	});

	it('in a block comment is left to the author', async () => {
		const [finding] = await check(`${FINE} /* ioctl-lens-ignore-line may-block */\n`);
		expect([finding!.rule, finding!.fix]).toEqual(['unused-suppression', undefined]);
	});
});

describe('any number of comments', () => {
	const found = (text: string, word: string): Finding[] =>
		[...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => ({
			start: index,
			end: index + word.length,
			rule: 'invalid-pointer',
			severity: 'error',
			message: '',
		}));
	const lines = (line: string, count: number) => `${line}\n`.repeat(count);
	const comment = '// ioctl-lens-ignore-line';
	const shapes: readonly (readonly [string, string])[] = [
		['20,000 that silence something', lines(`CALL ${comment} invalid-pointer`, 20_000)],
		['50,000 that silence nothing', lines(`none ${comment} invalid-pointer`, 50_000)],
		['100,000 names in one', `CALL ${comment} ${'invalid-pointer, '.repeat(100_000)}may-block\n`],
		['20,000 on one line', `${`none ${comment} may-block `.repeat(20_000)}\n`],
		['5,000 that are not closed', lines('/* ioctl-lens-ignore-next-line invalid-pointer', 5000)],
		['20,000 regions', lines(`// ioctl-lens-ignore-start invalid-pointer\nCALL\n// ioctl-lens-ignore-end`, 20_000)],
		['20,000 starts without an end', lines('// ioctl-lens-ignore-start invalid-pointer\nCALL', 20_000)],
		['20,000 ends without a start', lines('CALL // ioctl-lens-ignore-end may-block, invalid-pointer', 20_000)],
		['blanks in front of one', `${'\t'.repeat(500_000)}// ioctl-lens-ignore-line may-block\n`],
		['blanks behind names', `// ioctl-lens-ignore-line may-block${' ,\t'.repeat(200_000)}\n`],
	];

	it.each(shapes)('%s cost what their text does', (_, text) => {
		// As many findings and as many words, but no comment of ours.
		const harmless = text.replaceAll('ioctl-lens-ignore-', 'another-tool-skip--');
		const work = (source: string) => silence(source, found(source, 'CALL'), { rules: {} });
		// Reading the words of a comment costs more than passing over them, by a factor that no size changes.
		const baseline = (source: string) => [work(source), [...source.matchAll(/[a-z0-9-]+/g)]];
		expect(
			costRatio((source) => (source === text ? work : baseline)(source), text, harmless, { below: 25 }),
		).toBeLessThan(25);
	});

	it('reads them as it reads few', () => {
		const few = readSuppressions(lines(`CALL ${comment} invalid-pointer`, 2));
		const many = readSuppressions(lines(`CALL ${comment} invalid-pointer`, 2000));
		expect(many).toHaveLength(2000);
		expect(many.slice(0, 2)).toEqual(few);
	});

	it('takes the last of several names with the comma in front of it', async () => {
		const text = `${CALL} // ioctl-lens-ignore-line invalid-pointer , may-block\n`;
		const [leftover] = silence(text, found(text, 'NULL'), {});
		expect(leftover?.fix?.edits.map(({ start, end }) => text.slice(start, end))).toEqual([', may-block']);
	});
});
