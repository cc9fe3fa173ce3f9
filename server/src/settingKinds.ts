/**
 * The kinds of settings: how a value that anybody may have written is read, and how the manifest's JSON schema
 * describes it. A kind never throws; what is wrong is told, and the initial value stands in its place.
 */
import * as l10n from '@vscode/l10n';
import { Catalog } from './catalog/catalog.ts';
import { nearest } from './catalog/nearest.ts';
import { type OwnCode, type OwnStruct, ownCode, ownStruct } from './catalog/own.ts';
import { type OwnFunction, type OwnFunctions, ownFunction } from './catalog/ownFunctions.ts';
import type { Shape, ShapeProblem } from './catalog/shape.ts';
import { rules } from './rules/index.generated.ts';
import type { Rule, Severity } from './rules/rule.ts';
import { TARGETS, type Target } from './types/ctype.ts';
import { LONGEST_PATTERN } from './workspace/exclude.ts';

/** Takes what is wrong, a sentence, and where that is known the members that lead to it: `['SIO_ACME', 'input']`. */
export type Complain = (problem: string, path?: readonly string[]) => void;

export interface Kind<T> {
	/** As the manifest and files write it. */
	readonly default: unknown;
	/** What the default means. */
	readonly initial: T;
	/** @param given neither undefined nor null. */
	read(given: unknown, key: string, complain: Complain): T;
	/** Members of the manifest's property before and behind its default; `file`: those of the configuration file's instead. */
	readonly schema: { readonly head: object; readonly tail?: object; readonly file?: object };
	/** Entries by names of the user's own: each is read for itself, and told of by its place. */
	readonly hasEntries?: true;
	/** The values that there are, with a text each for the settings page. */
	readonly choices?: Readonly<Record<string, string>>;
	/** The members that there are, likewise; the schema has them as properties. */
	readonly members?: Readonly<Record<string, string>>;
}

/** True or false. */
export const flag = (initial: boolean): Kind<boolean> => ({
	default: initial,
	initial,
	read(given, key, complain) {
		if (typeof given === 'boolean') return given;
		complain(l10n.t('{0} has to be true or false.', key));
		return initial;
	},
	schema: { head: { type: 'boolean' } },
});

/** One of some names, which mean the values that `meaning` gives them. */
export function choice<T>(
	initial: string,
	choices: Readonly<Record<string, string>>,
	meaning: (name: string) => T,
): Kind<T> {
	const names = Object.keys(choices);
	return {
		default: initial,
		initial: meaning(initial),
		read(given, key, complain) {
			const name = names.find((n) => n === given);
			if (name === undefined) complain(l10n.t('{0} has to be {1}.', key, choiceOf(names)));
			return meaning(name ?? initial);
		},
		schema: { head: { type: 'string', enum: names } },
		choices,
	};
}

/** The targets that `all` or the name of one mean. */
export const targetsOf = (name: string): readonly Target[] => {
	const target = TARGETS.find((t) => t === name);
	return target ? [target] : TARGETS;
};

/** A whole number; what is above the maximum is the maximum. */
export const integer = (initial: number, minimum: number, maximum: number): Kind<number> => ({
	default: initial,
	initial,
	read(given, key, complain) {
		if (typeof given === 'number' && Number.isInteger(given) && given >= minimum && given <= maximum) return given;
		complain(l10n.t('{0} has to be {1}.', key, l10n.t('a whole number from {0} to {1}', minimum, maximum)));
		return typeof given === 'number' && given > maximum ? maximum : initial;
	},
	schema: { head: { type: 'integer', minimum, maximum } },
});

const VERSION = '^(\\d{1,5}(\\.\\d{1,5}){0,3})?$';

/** Up to four numbers with points between them; empty for none. */
export const version: Kind<string | undefined> = {
	default: '',
	initial: undefined,
	read(given, key, complain) {
		if (given === '') return undefined;
		if (typeof given === 'string' && given.length < 32 && new RegExp(VERSION).test(given)) return given;
		complain(l10n.t('{0} has to be {1}.', key, l10n.t('a version such as 10.0.17763')));
		return undefined;
	},
	schema: { head: { type: 'string', pattern: VERSION } },
};

/** Longer than any system takes. */
const LONGEST_PATH = 4096;

/** A path; empty for none. */
export const path: Kind<string | undefined> = {
	default: '',
	initial: undefined,
	read(given, key, complain) {
		if (given === '') return undefined;
		if (typeof given === 'string' && given.length <= LONGEST_PATH && !given.includes('\0')) return given;
		complain(l10n.t('{0} has to be {1}.', key, l10n.t('a path')));
		return undefined;
	},
	schema: { head: { type: 'string', maxLength: LONGEST_PATH } },
};

const MAX_ENTRIES = 500;

/** A list of texts. `problem` says why one is not used, as the end of a sentence that begins with it. */
export const texts = (problem: (text: string) => string | undefined = () => undefined): Kind<readonly string[]> => ({
	default: [],
	initial: [],
	read(given, key, complain) {
		if (!Array.isArray(given)) {
			complain(l10n.t('{0} has to be {1}.', key, l10n.t('a list of texts')));
			return [];
		}
		if (given.length > MAX_ENTRIES) complain(tooMany(key, MAX_ENTRIES));
		return given.slice(0, MAX_ENTRIES).filter((text): text is string => {
			if (typeof text !== 'string' || text.length > LONGEST_PATTERN || text.includes('\0')) {
				complain(l10n.t('{0}: every entry has to be a text of at most {1} characters.', key, LONGEST_PATTERN));
				return false;
			}
			const wrong = problem(text);
			if (wrong) complain(`${key}: ${shown(text)} ${wrong}.`);
			return !wrong;
		});
	},
	schema: {
		head: {
			type: 'array',
			items: { type: 'string', maxLength: LONGEST_PATTERN },
			maxItems: MAX_ENTRIES,
			uniqueItems: true,
		},
	},
});

/** Reads the members of an object, up to a number of good ones; `member` gives undefined for one that is wrong. */
function members<T>(
	given: unknown,
	key: string,
	{ most, of, member }: { most: number; of: () => string; member: (name: string, value: unknown) => T | undefined },
	complain: Complain,
): Readonly<Record<string, T>> {
	if (!isObject(given)) {
		complain(l10n.t('{0} has to be {1}.', key, of()));
		return {};
	}
	const result = new Map<string, T>();
	for (const name of Object.keys(given)) {
		if (result.size >= most) {
			complain(tooMany(key, most));
			break;
		}
		const value = member(name, given[name]);
		if (value !== undefined) result.set(name, value);
	}
	return Object.fromEntries(result);
}

/** What a rule can be set to. */
const SEVERITIES = ['off', 'hint', 'info', 'warning', 'error'] as const satisfies readonly (Severity | 'off')[];
const MAX_RULES = 200;
const ruleIds = rules.map(({ id }) => id);

/** What a rule's setting says of it, with `title` in whatever language it is. */
export const ruleText = ({ severity, offByDefault }: Rule, title: string, byDefault = 'by default'): string =>
	`${title} (${byDefault}: ${offByDefault ? 'off' : severity}).`;

const inOrder = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));

const ruleSchema = (rule: Rule): [string, object] => [
	rule.id,
	{ type: 'string', enum: SEVERITIES, description: ruleText(rule, rule.title) },
];

/** Severities by rule id. */
export const severities: Kind<Readonly<Record<string, Severity | 'off'>>> = {
	default: {},
	initial: {},
	read(given, key, complain) {
		const member = (id: string, value: unknown) => {
			const severity = SEVERITIES.find((s) => s === value);
			if (!rules.some((r) => r.id === id)) {
				const near = nearest(id, ruleIds);
				complain(
					near
						? l10n.t('{0}: no rule is called {1}; did you mean {2}?', key, shown(id), near)
						: l10n.t('{0}: no rule is called {1}.', key, shown(id)),
				);
				return undefined;
			}
			if (severity === undefined) complain(`${key}: ${l10n.t('{0} has to be {1}.', id, choiceOf(SEVERITIES))}`);
			return severity;
		};
		return members(
			given,
			key,
			{ most: MAX_RULES, of: () => l10n.t('an object of rule ids and severities'), member },
			complain,
		);
	},
	schema: {
		head: { type: 'object' },
		tail: {
			properties: Object.fromEntries(inOrder.map(ruleSchema)),
			additionalProperties: false,
		},
	},
	members: Object.fromEntries(inOrder.map((rule) => [rule.id, ruleText(rule, rule.title)])),
};

const MAX_FUNCTIONS = 200;
/** `Class::method` is one of a method. */
const FUNCTION_NAME = /^[A-Za-z_]\w{0,99}(?:::[A-Za-z_~]\w{0,99}){0,4}$/;

/** Who writes a text means an entry point. */
const noEntryPoint = (name: string, value: unknown): string =>
	typeof value === 'string'
		? l10n.t('{0} has to be {1}.', name, choiceOf(ENTRY_POINTS))
		: l10n.t('{0} has to be {1}, or an object that says what its arguments are.', name, choiceOf(ENTRY_POINTS));

const ENTRY_POINTS = Catalog.builtin.functions.map((api) => api.id);
const OWN_FUNCTION = ownFunction(ENTRY_POINTS);

/** Entry points, or what the arguments are, by the name of the user's function. */
export const functions: Kind<OwnFunctions> = {
	default: {},
	initial: {},
	hasEntries: true,
	read(given, key, complain) {
		const member = (name: string, value: unknown): OwnFunctions[string] | undefined => {
			const api = ENTRY_POINTS.find((id) => id === value);
			if (!FUNCTION_NAME.test(name)) {
				complain(l10n.t('{0}: {1} is no name of a function.', key, shown(name)), [name]);
				return undefined;
			}
			if (api !== undefined) return api;
			const problems: ShapeProblem[] = [];
			if (isObject(value)) OWN_FUNCTION.check(value, name, problems);
			else complain(`${key}: ${noEntryPoint(name, value)}`, [name]);
			for (const problem of problems) complain(`${key}.${worded(problem)}`, pathOf(problem));
			// The shape says that it is one.
			return isObject(value) && problems.length === 0 ? (value as unknown as OwnFunction) : undefined;
		};
		return members(
			given,
			key,
			{ most: MAX_FUNCTIONS, of: () => l10n.t('an object of names and entry points'), member },
			complain,
		);
	},
	schema: {
		head: { type: 'object' },
		tail: { additionalProperties: { anyOf: [{ type: 'string', enum: ENTRY_POINTS }, { type: 'object' }] } },
		file: {
			propertyNames: { pattern: FUNCTION_NAME.source },
			maxProperties: MAX_FUNCTIONS,
			additionalProperties: { anyOf: [{ type: 'string', enum: ENTRY_POINTS }, OWN_FUNCTION.schema] },
		},
	},
};

const MAX_OWN = 5000;
const OWN_NAME = /^(?!__proto__$)[A-Za-z_]\w{0,199}$/;

/** Codes or structures by name, each of one shape; absent where there are none. */
const ownEntries = <T>(shape: Shape, of: () => string): Kind<Readonly<Record<string, T>> | undefined> => ({
	default: {},
	initial: undefined,
	hasEntries: true,
	read(given, key, complain) {
		const member = (name: string, value: unknown) => {
			if (!OWN_NAME.test(name)) {
				complain(l10n.t('{0}: {1} is no name of letters, digits and underscores.', key, shown(name)), [name]);
				return undefined;
			}
			const problems: ShapeProblem[] = [];
			shape.check(value, name, problems);
			for (const problem of problems) complain(`${key}.${worded(problem)}`, pathOf(problem));
			// The shape says that it is one.
			return problems.length === 0 ? (value as T) : undefined;
		};
		const read = members(given, key, { most: MAX_OWN, of, member }, complain);
		return Object.keys(read).length > 0 ? read : undefined;
	},
	schema: {
		head: { type: 'object' },
		tail: { additionalProperties: { type: 'object' } },
		file: { propertyNames: { pattern: OWN_NAME.source }, maxProperties: MAX_OWN, additionalProperties: shape.schema },
	},
});

export const codes = ownEntries<OwnCode>(ownCode, () => l10n.t('an object of names and codes'));
export const structs = ownEntries<OwnStruct>(ownStruct, () => l10n.t('an object of names and structures'));

/** A problem as a sentence that begins with its path. */
export const worded = ({ path, message }: ShapeProblem): string =>
	message.startsWith(`${l10n.t('This')} `)
		? shortened(path) + message.slice(l10n.t('This').length)
		: `${shortened(path)}: ${message}`;

/** A foreign path for a message. */
const shortened = (path: string): string => (path.length > 200 ? `${path.slice(0, 200)}…` : path);

/** The members that lead to a problem: `SIO_ACME.errors[0]` is `['SIO_ACME', 'errors', '0']`. */
export const pathOf = ({ path }: ShapeProblem): readonly string[] => path.replace(/\[(\d+)\]/g, '.$1').split('.');

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** `a, b or c`. */
const choiceOf = (choices: readonly string[]): string =>
	l10n.t('{0} or {1}', choices.slice(0, -1).join(', '), choices.at(-1) ?? '');

const tooMany = (key: string, most: number): string =>
	l10n.t('{0} has more than {1} entries; the others are ignored.', key, most);

/** A foreign text for a message: short, and on one line. */
const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
