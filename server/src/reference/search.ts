/** Words looked for in everything that the reference knows. */
import type { Catalog } from '../catalog/catalog.ts';
import { spoken } from '../rules/docs.ts';
import { rules } from '../rules/index.generated.ts';
import { firstSentence } from './facts.ts';

export type FoundKind =
	| 'control code'
	| 'structure'
	| 'function'
	| 'extension function'
	| 'socket option'
	| 'error'
	| 'rule';

export interface Found {
	readonly kind: FoundKind;
	readonly name: string;
	/** What it is, one sentence. */
	readonly detail: string;
}

interface Entry extends Found {
	/** What else tells of it. */
	readonly more: string;
}

/** More are no answer. */
const MOST_FOUND = 30;

/** Words are found whatever stands between their parts: `keep-alive` in `SIO_KEEPALIVE_VALS`. */
const folded = (text: string): string => text.toLowerCase().replace(/[_-]/g, '');

/** What holds every one of the words, by name first. */
export function search(words: readonly string[], catalog: Catalog): readonly Found[] {
	const wanted = words.map(folded).filter((word) => word !== '');
	if (wanted.length === 0) return [];
	const holds = (text: string): boolean => {
		const all = folded(text);
		return wanted.every((word) => all.includes(word));
	};
	const entries = entriesOf(catalog);
	const named = entries.filter(({ name }) => holds(name));
	const told = entries.filter((entry) => !named.includes(entry) && holds(`${entry.name} ${entry.more}`));
	return [...named, ...told].slice(0, MOST_FOUND).map(({ kind, name, detail }) => ({ kind, name, detail }));
}

function entriesOf({ entries }: Catalog): readonly Entry[] {
	const entry = (kind: FoundKind, name: string, summary = '', more: readonly (string | undefined)[] = []): Entry => ({
		kind,
		name,
		detail: firstSentence(summary),
		more: [summary, ...more].join(' '),
	});
	return [
		...entries.codes.map((code) => entry('control code', code.name, code.summary, code.remarks)),
		...entries.types.map((type) =>
			entry('structure', type.name, type.summary, 'fields' in type ? type.fields.map(({ name }) => name) : []),
		),
		...entries.functions.map((api) => entry('function', api.id, api.summary)),
		...entries.guids.map((guid) => entry('extension function', guid.name, guid.summary, [guid.gives])),
		...entries.options.map((option) => entry('socket option', option.name, option.summary)),
		...entries.families.flatMap(({ errors }) =>
			(errors.all ?? []).map(({ name, meaning }) => entry('error', name, meaning)),
		),
		...rules.map(spoken).map((rule) => entry('rule', rule.id, `${rule.title}.`)),
	];
}
