/** Comments that silence findings, and what is said of those that silence nothing. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';

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
		['every rule', `// ioctl-lens-ignore-next-line all\r\n${CALL}\r\n`],
	])('%s', async (_name, text) => {
		expect((await shown(text)).filter((f) => f.startsWith('invalid-pointer'))).toEqual([]);
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
