/** Every proposed fix is applied: what it was for must be gone, and nothing worse may come instead. */
import { afterAll, describe, expect, it } from 'vitest';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import type { Fix } from '../../server/src/rules/rule.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const apply = (text: string, { edits }: Fix): string =>
	[...edits].sort((a, b) => b.start - a.start).reduce((t, e) => t.slice(0, e.start) + e.newText + t.slice(e.end), text);

async function findings(text: string) {
	const result = await checker.check({ name: 'fix.c', text });
	return result!.findings;
}

const examples = [
	...rules.flatMap((r) => r.rejected.map((text, i) => [`${r.id} ${i + 1}`, text] as const)),
	...codes.map((c) => [c.name, c.examples.rejected] as const),
];

describe('fixes', () => {
	it.each(examples)('%s', async (_name, text) => {
		const before = await findings(text);
		for (const finding of before.filter((f) => f.fix)) {
			const after = await findings(apply(text, finding.fix!));
			const rest = before.filter((f) => f !== finding).map((f) => f.rule);
			expect(after.map((f) => f.rule)).toEqual(rest);
		}
	});

	it('are offered by these rules', async () => {
		const offering = new Set<string>();
		for (const [, text] of examples) for (const f of await findings(text)) if (f.fix) offering.add(f.rule);
		expect([...offering].sort()).toEqual([
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
