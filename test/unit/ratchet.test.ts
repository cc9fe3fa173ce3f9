/** Rules of the linter that older code still breaks: no folder breaks one more often than the table says. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/cli.ts';
import { allowed, counted, differences } from '../support/ratchet.ts';

const root = path.join(import.meta.dirname, '../..');

/** Breaks each rule once. */
const BROKEN: Readonly<Record<string, string>> = {
	'a.ts': `import { b } from './b.ts';
export const a = (n?: number): string => (n === 1 ? 'one' : n === 2 ? 'two' : b(n!));
`,
	'b.ts': `import { a } from './a.ts';
export function b(n: number): string {
${Array.from({ length: 27 }, (_, i) => `\tif (n > ${i}) n--;\n\tn++;\n\tn--;`).join('\n')}
	return a(n);
}
`,
};

describe('rules that older code breaks', () => {
	it('are broken as often as the table says', () => {
		const { risen, fallen } = differences(counted(), allowed());
		expect(risen).toEqual([]);
		// Where it has become less, the table follows: node test/support/ratchet.ts
		expect(fallen).toEqual([]);
	});

	it('are each noticed where they are broken', () => {
		const folder = temporaryFolder(BROKEN, path.join(root, 'test'));
		const found = counted(path.relative(root, folder));
		expect(Object.fromEntries(Object.entries(found).map(([rule, { test }]) => [rule, test]))).toEqual({
			noImportCycles: 2,
			noNestedTernary: 1,
			noNonNullAssertion: 1,
			noExcessiveCognitiveComplexity: 1,
			noExcessiveLinesPerFunction: 1,
		});
	});

	it('are counted by rule and folder', () => {
		const table = { one: { test: 2, client: 1 }, two: { test: 1 } };
		expect(differences(table, table)).toEqual({ risen: [], fallen: [] });
		expect(differences({ one: { test: 3, native: 1 } }, table)).toEqual({
			risen: ['one in test: 3, and 2 are allowed', 'one in native: 1, and 0 are allowed'],
			fallen: ['one in client: 0, and 1 are allowed', 'two in test: 0, and 1 are allowed'],
		});
	});
});
