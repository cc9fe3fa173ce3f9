/** Settings that the editor is slow to tell. */
import { expect, test } from 'vitest';
import { Configuration } from '../../server/src/lsp/session/configuration.ts';
import { DEFAULTS } from '../../server/src/settings.ts';

const UNANSWERED = 'The editor does not answer what its settings are; the defaults hold until it does.';

function slow() {
	let answer: (raw: unknown) => void = () => {};
	let giveUp: () => void = () => {};
	const told: string[] = [];
	let late = 0;
	const configuration = new Configuration({
		ask: () =>
			new Promise((resolve) => {
				answer = resolve;
			}),
		patience: () =>
			new Promise((resolve) => {
				giveUp = resolve;
			}),
		late: () => {
			late++;
		},
		warn: (problem) => told.push(problem),
	});
	return { configuration, told, answer: (raw: unknown) => answer(raw), giveUp: () => giveUp(), late: () => late };
}

test('an answer in time is what holds', async () => {
	const { configuration, told, answer, giveUp, late } = slow();
	const settings = configuration.of('file:///a.c');
	answer({ target: 'x86' });
	expect((await settings).targets).toEqual(['x86']);
	giveUp();
	expect(await configuration.of('file:///a.c')).toBe(await settings);
	expect([told, late()]).toEqual([[], 0]);
});

test('the defaults hold until the answer comes, which is told then', async () => {
	const { configuration, told, answer, giveUp, late } = slow();
	const first = configuration.of('file:///a.c');
	giveUp();
	expect(await first).toEqual(DEFAULTS);
	expect([told, late()]).toEqual([[UNANSWERED], 0]);
	answer({ target: 'x86' });
	await new Promise((resolve) => setImmediate(resolve));
	expect(late()).toBe(1);
	expect((await configuration.of('file:///a.c')).targets).toEqual(['x86']);
});

test('a late answer that says the same changes nothing, nor does one that nobody waits for', async () => {
	const same = slow();
	void same.configuration.of('file:///a.c');
	same.giveUp();
	await same.configuration.of('file:///a.c');
	same.answer({});
	const closed = slow();
	void closed.configuration.of('file:///a.c');
	closed.giveUp();
	await closed.configuration.of('file:///a.c');
	closed.configuration.forget('file:///a.c');
	closed.answer({ target: 'x86' });
	await new Promise((resolve) => setImmediate(resolve));
	expect([same.late(), closed.late()]).toEqual([0, 0]);
});
