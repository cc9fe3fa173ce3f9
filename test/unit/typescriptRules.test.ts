/** Every rule that makes sense there speaks in TypeScript as it does in C: one call that it reports, one that it leaves alone. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { byPosition, parseMarkers } from '../support/ioctlMarkers.ts';
import { BINDINGS, CASES } from '../support/typescriptCases.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

/** Rules on what only C has: structures on the stack, `sizeof`, the kernel's sockets; a literal size is too small or not. */
const OF_C = [
	'overlapped-lifetime',
	'partial-output',
	'pointer-sized-literal',
	'sizeof-address',
	'sizeof-pointer',
	'wsk-irp',
	'wsk-request',
];

const found = async (text: string, options: CheckOptions = {}) => {
	const { findings } = (await checker.check({ name: 'example.ts', text }, options)) ?? { findings: [] };
	return findings
		.map(({ rule, start, end }) => ({ rule, start, end }))
		.sort(byPosition)
		.map(({ rule, start, end }) => `${rule}: ${text.slice(start, end)}`);
};

describe('rules in TypeScript', () => {
	it('are all tried, but for those on C alone', () => {
		expect([...CASES.map(({ rule }) => rule), ...OF_C].sort()).toEqual(rules.map(({ id }) => id).sort());
	});

	it.each(CASES)('$rule reports what it should', async ({ rejected, options }) => {
		const text = BINDINGS + rejected;
		const expected = parseMarkers(text).expected.map(({ rule, start, end }) => `${rule}: ${text.slice(start, end)}`);
		expect(expected.length).toBe(1);
		expect(await found(text, options)).toEqual(expected);
	});

	it.each(CASES)('$rule leaves alone what is right', async ({ accepted, options }) => {
		expect(await found(BINDINGS + accepted, options)).toEqual([]);
	});

	it.each(CASES)('$rule reports the same inside a function', async ({ rejected, options }) => {
		const text = `${BINDINGS}export function f() {${rejected}}\n`;
		const expected = parseMarkers(text).expected.map(({ rule, start, end }) => `${rule}: ${text.slice(start, end)}`);
		expect(await found(text, options)).toEqual(expected);
	});
});
