/** Every example that rules and control codes carry, run through the check as C and as C++, or as what it is in. */
import { afterAll, describe, expect, it } from 'vitest';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { byPosition, parseMarkers } from '../support/ioctlMarkers.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const languages = ['c', 'cpp'] as const;

async function findings(text: string, language: string, options: CheckOptions = {}) {
	const result = await checker.check({ name: `example.${language}`, text }, options);
	return result!.findings;
}

/** Findings in a form that a person can compare with the example. */
const shown = (text: string, found: readonly { rule: string; start: number; end: number }[]) =>
	found.map(({ rule, start, end }) => ({
		rule,
		line: text.slice(0, start).split('\n').length,
		column: start - text.lastIndexOf('\n', start - 1),
		text: text.slice(start, end),
	}));

function accepts(example: string, options?: CheckOptions, endings: readonly string[] = languages) {
	it.each(endings)('is accepted as %s', async (language) => {
		const found = await findings(example, language, options);
		const serious = found.filter((f) => f.severity === 'error' || f.severity === 'warning');
		expect(serious.map(({ rule, message }) => ({ rule, message }))).toEqual([]);
	});
}

function rejects(example: string, options?: CheckOptions, endings: readonly string[] = languages) {
	it.each(endings)('is rejected as %s exactly where it is marked', async (language) => {
		const { expected } = parseMarkers(example);
		const found = [...(await findings(example, language, options))].sort(byPosition);
		expect(shown(example, found)).toEqual(shown(example, expected));
	});
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('rule %s', (id, rule) => {
	const options = rule.offByDefault ? { rules: { [id]: rule.severity } } : {};
	const endings = rule.language === undefined ? languages : [rule.language];
	rule.accepted.forEach((example, at) => {
		describe(`accepted example ${at + 1}`, () => accepts(example, options, endings));
	});
	rule.rejected.forEach((example, at) => {
		describe(`rejected example ${at + 1}`, () => {
			rejects(example, options, endings);
			it('shows the rule itself', () => {
				expect(parseMarkers(example).expected.map((marker) => marker.rule)).toContain(id);
			});
		});
	});
	it('has both kinds of example', () => {
		expect([rule.accepted.length > 0, rule.rejected.length > 0]).toEqual([true, true]);
	});
});

describe.each(codes.map((code) => [code.name, code] as const))('code %s', (_name, { examples }) => {
	describe('accepted example', () => accepts(examples.accepted));
	describe('rejected example', () => {
		rejects(examples.rejected);
		it('has a marker', () => {
			expect(parseMarkers(examples.rejected).expected).not.toEqual([]);
		});
	});
});
