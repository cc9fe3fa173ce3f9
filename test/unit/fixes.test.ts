/** Every proposed fix is applied: what it was for must be gone, and nothing worse may come instead. */
import { afterAll, describe, expect, it } from 'vitest';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import type { Fix } from '../../server/src/rules/rule.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const apply = (text: string, { edits }: Fix): string =>
	[...edits].sort((a, b) => b.start - a.start).reduce((t, e) => t.slice(0, e.start) + e.newText + t.slice(e.end), text);

async function findings(text: string, ending: string, options: CheckOptions) {
	return (await checked(checker, { name: `fix.${ending}`, text }, options)).findings;
}

/** Each in its own language, and with its own rule on. */
const examples: readonly (readonly [name: string, text: string, ending: string, options: CheckOptions])[] = [
	...rules.flatMap((r) => {
		const options = r.offByDefault ? { rules: { [r.id]: r.severity } } : {};
		return r.rejected.map((text, i) => [`${r.id} ${i + 1}`, text, r.language ?? 'c', options] as const);
	}),
	...codes.map((c) => [c.name, c.examples.rejected, 'c', {}] as const),
];

describe('fixes', () => {
	it.each(examples)('%s', async (_name, text, ending, options) => {
		const before = await findings(text, ending, options);
		// An example that says nothing is read in a language that is not its own.
		expect(before).not.toEqual([]);
		for (const finding of before) {
			if (!finding.fix) continue;
			const after = await findings(apply(text, finding.fix), ending, options);
			const rest = before.filter((f) => f !== finding).map((f) => f.rule);
			expect(after.map((f) => f.rule)).toEqual(rest);
		}
	});

	it('are offered by these rules', async () => {
		const offering = new Set<string>();
		for (const [, text, ending, options] of examples)
			for (const f of await findings(text, ending, options)) if (f.fix) offering.add(f.rule);
		expect([...offering].sort()).toEqual([
			'element-count',
			'ffi-declaration',
			'overlapped-forbidden',
			'pointer-sized-literal',
			'sizeof-address',
			'sizeof-pointer',
			'swapped-buffers',
			'unexpected-input',
			'unexpected-output',
			'unknown-code',
			'unknown-guid',
			'unused-suppression',
			'wsk-irp',
			'wsk-request',
		]);
	});
});
