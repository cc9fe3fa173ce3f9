/** What an error means for control calls, and which codes answer with it. */
import * as l10n from '@vscode/l10n';
import type { Catalog } from '../catalog/catalog.ts';
import type { ControlCode } from '../catalog/model.ts';
import { errorFacts, orderText } from './facts.ts';

/** An error by its name, with its number and meaning where they are known. */
export interface KnownError {
	readonly name: string;
	readonly number?: number;
	readonly meaning?: string;
}

/** When codes answer with an error: those that say it in the same words stand together. */
export interface ErrorUse {
	readonly when: string;
	readonly codes: readonly string[];
}

const families = ({ entries }: Catalog) => entries.families;

/** The error of a number that a function reports. */
export function errorNumbered(number: number, catalog: Catalog): KnownError | undefined {
	for (const { errors } of families(catalog)) {
		const named = errors.named(number);
		if (named) return named;
	}
	return undefined;
}

/** The error of a name, whatever its case: one with a number, or one that a code's table names. */
export function errorNamed(name: string, catalog: Catalog): KnownError | undefined {
	const folded = name.toUpperCase();
	for (const { errors } of families(catalog)) {
		const named = errors.all?.find((error) => error.name.toUpperCase() === folded);
		if (named) return named;
	}
	// Names of a header are longer than a word of prose, and are told by the documents in capitals.
	const isListed =
		/^[A-Z]\w*$/.test(folded) &&
		folded.slice(0, -1).includes('_') &&
		catalog.entries.codes.some((code) => namesOf(code).has(folded));
	return isListed ? { name: folded } : undefined;
}

const namesOf = (code: ControlCode): ReadonlySet<string> => new Set(answers(code).map(({ error }) => error));

/** Every error of a code, with when it comes. */
function answers(code: ControlCode): readonly { readonly error: string; readonly when: string }[] {
	const sides = [code.input, code.output].flatMap(({ tooSmall }) =>
		tooSmall?.belowMinimum
			? [{ error: tooSmall.belowMinimum, when: l10n.t('a buffer has not even the smallest size') }]
			: [],
	);
	const limits = (code.order ?? []).flatMap(({ rule, otherwise }) =>
		otherwise === undefined
			? []
			: [{ error: otherwise, when: l10n.t('the socket is not as it has to be: {0}', orderText(rule)) }],
	);
	const { otherwise } = code.socket ?? {};
	const kinds = otherwise === undefined ? [] : [{ error: otherwise, when: l10n.t('the socket is of another kind') }];
	return [...errorFacts(code), ...sides, ...limits, ...kinds];
}

/** Which codes answer with an error and when, what most of them say first. */
export function errorUses(name: string, { entries }: Catalog): readonly ErrorUse[] {
	const uses = new Map<string, Set<string>>();
	for (const code of entries.codes)
		for (const { error, when } of answers(code)) {
			if (error !== name) continue;
			const codes = uses.get(when) ?? new Set();
			uses.set(when, codes.add(code.name));
		}
	return [...uses]
		.map(([when, codes]) => ({ when, codes: [...codes].sort() }))
		.sort((a, b) => b.codes.length - a.codes.length || (a.when < b.when ? -1 : 1));
}
