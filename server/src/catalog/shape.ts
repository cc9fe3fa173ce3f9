/**
 * The shapes of data that anybody may have written: what is wrong with a value, in words and with its place, and what a
 * JSON schema says of the same.
 */
import { nearest } from './nearest.ts';

export interface ShapeProblem {
	/** Where: `codes[0].input.type`. */
	readonly path: string;
	/** What is wrong there: one sentence. */
	readonly message: string;
}

export interface Shape {
	/** Adds to `problems` what is wrong with a value. */
	check(value: unknown, path: string, problems: ShapeProblem[]): void;
	readonly schema: object;
}

/** @param what the end of the sentence "This has to be …". */
const must = (what: string, holds: (value: unknown) => boolean, schema: object): Shape => ({
	check(value, path, problems) {
		if (!holds(value)) problems.push({ path, message: `This has to be ${what}.` });
	},
	schema,
});

export const text: Shape = must('a text', (v) => typeof v === 'string', { type: 'string' });

export const flag: Shape = must('true or false', (v) => typeof v === 'boolean', { type: 'boolean' });

/** True and nothing else. */
export const mark: Shape = must('true', (v) => v === true, { const: true });

export const whole = (from: number, to: number): Shape =>
	must(
		`a whole number from ${from} to ${to}`,
		(v) => typeof v === 'number' && Number.isInteger(v) && v >= from && v <= to,
		{ type: 'integer', minimum: from, maximum: to },
	);

export const oneOf = (...values: readonly (string | number)[]): Shape =>
	must(
		values.length === 1 ? JSON.stringify(values[0]) : `one of ${values.map((v) => JSON.stringify(v)).join(', ')}`,
		(v) => values.some((value) => value === v),
		{ enum: values },
	);

/** @param pattern without flags, from the beginning to the end. */
export const matching = (what: string, pattern: RegExp): Shape =>
	must(what, (v) => typeof v === 'string' && pattern.test(v), { type: 'string', pattern: pattern.source });

export const name: Shape = matching('a name of letters, digits and underscores', /^[A-Za-z_]\w*$/);

/** What a check that needs more than a pattern says of a text. */
export const textWith = (what: string, holds: (text: string) => boolean, schema: object = {}): Shape =>
	must(what, (v) => typeof v === 'string' && holds(v), { type: 'string', ...schema });

export const listOf = (element: Shape, most?: number): Shape => ({
	check(value, path, problems) {
		if (!Array.isArray(value)) problems.push({ path, message: 'This has to be a list.' });
		else if (most !== undefined && value.length > most)
			problems.push({ path, message: `This has to be a list of at most ${most} entries.` });
		else for (const [i, entry] of value.entries()) element.check(entry, `${path}[${i}]`, problems);
	},
	schema: { type: 'array', items: element.schema, ...(most === undefined ? {} : { maxItems: most }) },
});

/** Values by names of anybody's own. */
export const mapOf = (key: Shape, value: Shape): Shape => ({
	check(given, path, problems) {
		if (!isObject(given)) {
			problems.push({ path, message: 'This has to be an object.' });
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
				problems.push({ path, message: 'This has to be an object.' });
				return;
			}
			for (const [key, shape] of Object.entries(required)) {
				if (Object.hasOwn(value, key)) shape.check(value[key], `${path}.${key}`, problems);
				else problems.push({ path, message: `\`${key}\` is missing.` });
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
	return `There is no such property here${near === undefined ? '' : `; did you mean \`${near}\`?`}${near === undefined ? '.' : ''}`;
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
