/** A document that is closed while it is read leaves nothing behind. */
import { afterAll, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';

const TEXT = `#include "own.h"
void f(SOCKET s) { DWORD on = 1, n; WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &n, NULL, NULL); }
`;
const KEY = { key: 'file:///a.c' };

const asked: (() => void)[] = [];
const answers: (() => void)[] = [];
/** A project that answers for a header when it is told to. */
const checker = new Checker(nodeEngine(import.meta.dirname), {
	include: (name) =>
		new Promise((resolve) => {
			answers.push(() => resolve({ path: `/${name}`, text: 'int own(void) { return 1; }\n' }));
			asked.shift()?.();
		}),
});
afterAll(() => checker.dispose());

/** Begins something that reads a document, closes it while its header is waited for, and lets it end. */
async function closedWithin(read: (isClosed: () => boolean) => Promise<unknown>): Promise<unknown> {
	await checker.filesChanged();
	const isAsked = new Promise<void>((resolve) => asked.push(resolve));
	let closed = false;
	const result = read(() => closed);
	await isAsked;
	closed = true;
	checker.forget(KEY.key);
	answers.shift()?.();
	return result;
}

it.each([
	['for the first time', []],
	['once more', [TEXT]],
])('a check %s', async (_, before) => {
	for (const text of before) {
		const first = checker.check({ name: 'a.c', text }, {}, KEY);
		await new Promise<void>((resolve) => asked.push(resolve));
		answers.shift()?.();
		expect((await first)?.findings.length).toBe(1);
	}
	const text = TEXT.replace('on = 1', 'on = 2');
	const result = await closedWithin((isClosed) => checker.check({ name: 'a.c', text }, {}, KEY, isClosed));
	expect(result).toBeUndefined();
	await checker.filesChanged();
	expect([checker.documents, checker.trees]).toEqual([0, 0]);
});

it('a look at a call', async () => {
	const site = await closedWithin(() =>
		checker.look({ name: 'a.c', text: TEXT }, {}, KEY, (file) => file.siteAt(TEXT.indexOf('&on'))?.slot),
	);
	expect(site).toBe(2);
	await checker.filesChanged();
	expect([checker.documents, checker.trees]).toEqual([0, 0]);
});
