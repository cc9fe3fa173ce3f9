/**
 * The shapes of data that anybody may have written: what is wrong with a value, in words and with its place, and what a
 * JSON schema says of the same.
 */
import * as l10n from '@vscode/l10n';
import { nearest } from './nearest.ts';

export interface ShapeProblem {
	/** Where: `codes[0].input.type`. */
	readonly path: string;
	/** What is wrong there: one sentence. */
	readonly message: string;
	/** Name of the type that is not known. */
	readonly unknownType?: string;
	/** The type there has no size. */
	readonly sizeless?: true;
}

export interface Shape {
	/** Adds to `problems` what is wrong with a value. */
	check(value: unknown, path: string, problems: ShapeProblem[]): void;
	readonly schema: object;
}

/** @param what the end of the sentence "This has to be …", asked for when it is said: the language may be told later. */
const must = (what: () => string, holds: (value: unknown) => boolean, schema: object): Shape => ({
	check(value, path, problems) {
		if (!holds(value)) problems.push({ path, message: l10n.t('This has to be {0}.', what()) });
	},
	schema,
});

export const text: Shape = must(
	() => l10n.t('a text'),
	(v) => typeof v === 'string',
	{ type: 'string' },
);

export const flag: Shape = must(
	() => l10n.t('true or false'),
	(v) => typeof v === 'boolean',
	{ type: 'boolean' },
);

/** True and nothing else. */
export const mark: Shape = must(
	() => 'true',
	(v) => v === true,
	{ const: true },
);

export const whole = (from: number, to: number): Shape =>
	must(
		() => l10n.t('a whole number from {0} to {1}', from, to),
		(v) => typeof v === 'number' && Number.isInteger(v) && v >= from && v <= to,
		{ type: 'integer', minimum: from, maximum: to },
	);

export const oneOf = (...values: readonly (string | number)[]): Shape =>
	must(
		() => {
			const written = values.map((v) => JSON.stringify(v)).join(', ');
			return values.length === 1 ? written : l10n.t('one of {0}', written);
		},
		(v) => values.some((value) => value === v),
		{ enum: values },
	);

/** @param pattern without flags, from the beginning to the end. */
export const matching = (what: () => string, pattern: RegExp): Shape =>
	must(what, (v) => typeof v === 'string' && pattern.test(v), { type: 'string', pattern: pattern.source });

export const name: Shape = matching(() => l10n.t('a name of letters, digits and underscores'), /^[A-Za-z_]\w*$/);

/** What a check that needs more than a pattern says of a text. */
export const textWith = (what: () => string, holds: (text: string) => boolean, schema: object = {}): Shape =>
	must(what, (v) => typeof v === 'string' && holds(v), { type: 'string', ...schema });

export const listOf = (element: Shape, most?: number): Shape => ({
	check(value, path, problems) {
		if (!Array.isArray(value)) problems.push({ path, message: l10n.t('This has to be {0}.', l10n.t('a list')) });
		else if (most !== undefined && value.length > most)
			problems.push({ path, message: l10n.t('This has to be {0}.', l10n.t('a list of at most {0} entries', most)) });
		else for (const [i, entry] of value.entries()) element.check(entry, `${path}[${i}]`, problems);
	},
	schema: { type: 'array', items: element.schema, ...(most === undefined ? {} : { maxItems: most }) },
});

/** Values by names of anybody's own. */
export const mapOf = (key: Shape, value: Shape): Shape => ({
	check(given, path, problems) {
		if (!isObject(given)) {
			problems.push({ path, message: l10n.t('This has to be {0}.', l10n.t('an object')) });
			return;
		}
		for (const [each, member] of Object.entries(given)) {
			const wrong: ShapeProblem[] = [];
			key.check(each, `${path}.${each}`, wrong);
			if (wrong.length === 0) value.check(member, `${path}.${each}`, wrong);
			problems.push(...wrong);
		}
	},
	schema: { type: 'object', propertyNames: key.schema, additionalProperties: value.schema },
});

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

type Members = Readonly<Record<string, Shape>>;

export function object(required: Members, optional: Members = {}): Shape {
	const all = { ...required, ...optional };
	return {
		check(value, path, problems) {
			if (!isObject(value)) {
				problems.push({ path, message: l10n.t('This has to be {0}.', l10n.t('an object')) });
				return;
			}
			for (const [key, shape] of Object.entries(required)) {
				if (Object.hasOwn(value, key)) shape.check(value[key], `${path}.${key}`, problems);
				else problems.push({ path, message: l10n.t('`{0}` is missing.', key) });
			}
			for (const key of Object.keys(value)) {
				if (Object.hasOwn(required, key)) continue;
				const shape = Object.hasOwn(optional, key) ? optional[key] : undefined;
				if (shape) shape.check(value[key], `${path}.${key}`, problems);
				else problems.push({ path: `${path}.${key}`, message: noProperty(key, Object.keys(all)) });
			}
		},
		schema: {
			type: 'object',
			properties: Object.fromEntries(Object.entries(all).map(([key, shape]) => [key, shape.schema])),
			...(Object.keys(required).length > 0 ? { required: Object.keys(required) } : {}),
			additionalProperties: false,
		},
	};
}

function noProperty(key: string, known: readonly string[]): string {
	const near = nearest(key, known);
	return near === undefined
		? l10n.t('There is no such property here.')
		: l10n.t('There is no such property here; did you mean `{0}`?', near);
}

/** One of several shapes; `choose` says which one a value is meant to have. */
export const either = (shapes: readonly Shape[], choose: (value: unknown) => Shape): Shape => ({
	check(value, path, problems) {
		choose(value).check(value, path, problems);
	},
	schema: { anyOf: shapes.map((shape) => shape.schema) },
});

/** The same shape with a text for whoever writes such a value. */
export const described = (shape: Shape, markdownDescription: string): Shape => ({
	check: (value, path, problems) => shape.check(value, path, problems),
	schema: { ...shape.schema, markdownDescription },
});
