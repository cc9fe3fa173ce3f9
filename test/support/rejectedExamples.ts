/** The rejected examples of rules and control codes, and those of rules in TypeScript. */
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { BINDINGS, CASES } from './typescriptCases.ts';

export interface Example {
	readonly name: string;
	/** Absent for a code's example. */
	readonly rule?: string;
	readonly text: string;
	readonly ending: string;
	readonly options: CheckOptions;
}

/** Each in its own language, C as C++ too, and with its own rule on. */
export const rejectedExamples: readonly Example[] = [
	...rules.flatMap((r) => {
		const options = r.offByDefault ? { rules: { [r.id]: r.severity } } : {};
		const endings = r.language ? [r.language] : ['c', 'cpp'];
		return r.rejected.flatMap((text, i) =>
			endings.map((ending): Example => ({ name: `${r.id} ${i + 1}, ${ending}`, rule: r.id, text, ending, options })),
		);
	}),
	...CASES.map(
		({ rule, rejected, options = {} }): Example => ({
			name: `${rule}, in TypeScript`,
			rule,
			text: `${BINDINGS}export function f() {${rejected}}\n`,
			ending: 'ts',
			options,
		}),
	),
	...codes.map((c): Example => ({ name: c.name, text: c.examples.rejected, ending: 'c', options: {} })),
];
