/** Functions of somebody's own that end in an entry point: how a configuration says so, and what that means at a call. */
import * as l10n from '@vscode/l10n';
import type { ApiId, ArgumentRoles } from './api.ts';
import type { Catalog } from './catalog.ts';
import { readExpression } from './expression.ts';
import { nearest } from './nearest.ts';
import {
	described,
	either,
	flag,
	isObject,
	listOf,
	object,
	oneOf,
	type Shape,
	type ShapeProblem,
	textWith,
	whole,
} from './shape.ts';

/** What an argument can be. */
export type OwnRole = Exclude<keyof ArgumentRoles, 'requestType' | 'irp'>;

/** What a function passes itself: a number, nothing (NULL), the name or expression of a code, or `sizeof(type)`. */
export type Passed = number | string | null;

export interface OwnFunction {
	/** What each argument is, in order; null where that does not matter. */
	readonly arguments: readonly (OwnRole | null)[];
	readonly calls?: ApiId;
	readonly passes?: Readonly<Partial<Record<OwnRole, Passed>>>;
	readonly returnsResult?: boolean;
}

/** Entry points, or functions with arguments of their own, by name; `Class::method` is a method's. */
export type OwnFunctions = Readonly<Record<string, ApiId | OwnFunction>>;

const ROLES = [
	'socket',
	'code',
	'input',
	'inputSize',
	'output',
	'outputSize',
	'bytesReturned',
	'overlapped',
	'completion',
] as const satisfies readonly OwnRole[];

const MOST_ARGUMENTS = 32;
const NOTHING = textWith(
	() => 'null',
	() => false,
);
const NULL: Shape = {
	check(value, path, problems) {
		if (value !== null) NOTHING.check(value, path, problems);
	},
	schema: { type: 'null' },
};
const ROLE = oneOf(...ROLES);
const NUMBER = whole(0, 0xffffffff);
const TEXT = textWith(
	() => l10n.t('a number, null, a code or sizeof and a type'),
	(v) => v.length <= 200,
	{ maxLength: 200 },
);
const passed = either([NUMBER, TEXT, NULL], (value) => {
	if (value === null) return NULL;
	return typeof value === 'number' ? NUMBER : TEXT;
});

const FORM = object(
	{
		arguments: described(
			listOf(
				either([ROLE, NULL], (value) => (value === null ? NULL : ROLE)),
				MOST_ARGUMENTS,
			),
			'What each argument is, in order; `null` where it does not matter.',
		),
	},
	{
		passes: described(
			object({}, Object.fromEntries(ROLES.map((role) => [role, passed]))),
			'What the function passes itself: a number, `null`, a code by name or expression, or `"sizeof(type)"`.',
		),
		returnsResult: described(flag, 'It returns what the entry point does; what it returns is not judged otherwise.'),
	},
);

/** A function with arguments of its own. @param entryPoints ids that `calls` may name. */
export const ownFunction = (entryPoints: readonly ApiId[]): Shape => {
	const calls = described(oneOf(...entryPoints), 'The entry point that it ends in; `WSAIoctl` unless it is said.');
	const { properties, ...rest } = FORM.schema as { readonly properties: object };
	return {
		check(value, path, problems) {
			if (!isObject(value)) {
				const what = l10n.t('{0} or {1}', entryPoints.slice(0, -1).join(', '), entryPoints.at(-1) ?? '');
				problems.push({
					path,
					message: l10n.t('This has to be {0}, or an object that says what its arguments are.', what),
				});
				return;
			}
			const { calls: called, ...others } = value;
			FORM.check(others, path, problems);
			if (called !== undefined) calls.check(called, `${path}.calls`, problems);
			if (problems.length === 0) checkRoles(value as unknown as OwnFunction, path, problems);
		},
		schema: { ...rest, properties: { ...properties, calls: calls.schema } },
	};
};

function checkRoles({ arguments: given, passes = {} }: OwnFunction, path: string, problems: ShapeProblem[]): void {
	const seen = new Set<string>(Object.keys(passes));
	for (const [i, role] of given.entries()) {
		if (role !== null && seen.has(role))
			problems.push({ path: `${path}.arguments[${i}]`, message: l10n.t('There is one `{0}` already.', role) });
		if (role !== null) seen.add(role);
	}
	if (!seen.has('code'))
		problems.push({
			path,
			message: l10n.t('One of the `arguments` has to be the `code`, or `passes` has to say which it is.'),
		});
}

/** The entry point that each function ends in. */
export const endingsOf = (functions: OwnFunctions): Readonly<Record<string, ApiId>> =>
	Object.fromEntries(Object.entries(functions).map(([name, own]) => [name, endingOf(own)]));

const endingOf = (own: ApiId | OwnFunction): ApiId => (typeof own === 'string' ? own : (own.calls ?? 'WSAIoctl'));

/** Functions that take the arguments of an entry point. */
export const alikeOf = (functions: OwnFunctions): Readonly<Record<string, ApiId>> =>
	Object.fromEntries(
		Object.entries(functions).filter(
			(entry): entry is [string, ApiId] => typeof entry[1] === 'string' && !entry[0].includes('::'),
		),
	);

/** A value that a function passes. */
export type Constant =
	| { readonly kind: 'null' }
	| { readonly kind: 'number'; readonly value: number }
	/** The name of a code. */
	| { readonly kind: 'name'; readonly name: string }
	/** The size of a type. */
	| { readonly kind: 'sizeof'; readonly type: string };

/** A function with arguments of its own, ready for calls of it. */
export interface OwnWrapper {
	/** As the configuration has it. */
	readonly name: string;
	/** The class of a method, with the namespaces that are named around it; empty for a function. */
	readonly owner: readonly string[];
	readonly api: ApiId;
	/** Roles by position. */
	readonly roles: readonly (OwnRole | undefined)[];
	readonly constants: ReadonlyMap<OwnRole, Constant>;
	readonly returnsResult: boolean;
}

/** By the last part of their names. */
export type OwnWrappers = ReadonlyMap<string, readonly OwnWrapper[]>;

export function wrappersOf(functions: OwnFunctions, catalog: Catalog): OwnWrappers {
	const wrappers = new Map<string, OwnWrapper[]>();
	for (const [name, own] of Object.entries(functions)) {
		const parts = name.split('::');
		const form = typeof own === 'string' ? sameArguments(own, catalog) : own;
		if (typeof own === 'string' && parts.length === 1) continue;
		const last = parts.at(-1) ?? name;
		const constants = Object.entries(form.passes ?? {}).flatMap(([role, value]): [OwnRole, Constant][] => {
			const constant = constantOf(value, catalog);
			return constant ? [[role as OwnRole, constant]] : [];
		});
		const wrapper: OwnWrapper = {
			name,
			owner: parts.slice(0, -1),
			api: endingOf(own),
			roles: form.arguments.map((role) => role ?? undefined),
			constants: new Map(constants),
			returnsResult: form.returnsResult === true,
		};
		wrappers.set(last, [...(wrappers.get(last) ?? []), wrapper]);
	}
	return wrappers;
}

/** The form of a method that takes the arguments of an entry point. */
function sameArguments(id: ApiId, catalog: Catalog): OwnFunction {
	const api = catalog.functionById(id);
	const roles = new Map(Object.entries(api?.roles ?? {}).map(([role, at]) => [at, role as OwnRole]));
	return { arguments: (api?.parameters ?? []).map((_, at) => roles.get(at) ?? null), calls: id, returnsResult: true };
}

const SIZEOF = /^sizeof\s*\(\s*((?:struct\s+|union\s+)?[A-Za-z_]\w*)\s*\)$/;

/** Undefined for a text that means nothing. */
function constantOf(given: Passed, catalog: Catalog): Constant | undefined {
	if (given === null) return { kind: 'null' };
	if (typeof given === 'number') return { kind: 'number', value: given };
	const text = given.trim();
	const [, type] = SIZEOF.exec(text) ?? [];
	if (type !== undefined) return { kind: 'sizeof', type };
	if (catalog.code(text)) return { kind: 'name', name: text };
	const value = readExpression(text, catalog);
	return typeof value === 'number' ? { kind: 'number', value } : undefined;
}

/** What functions pass that means nothing, with paths such as `functions.acme.passes.code`. */
export const passedProblems = (functions: OwnFunctions, catalog: Catalog): readonly ShapeProblem[] =>
	Object.entries(functions).flatMap(([name, own]) =>
		typeof own === 'string'
			? []
			: Object.entries(own.passes ?? {})
					.filter(([, value]) => constantOf(value, catalog) === undefined)
					.map(([role, value]) => ({
						path: `functions.${name}.passes.${role}`,
						message: noConstant(value, catalog),
					})),
	);

function noConstant(value: unknown, catalog: Catalog): string {
	const near = nearest(String(value), [...catalog.codeNames()]);
	const quoted = JSON.stringify(value);
	return near === undefined
		? l10n.t('{0} is no code, no number and no `sizeof(type)`.', quoted)
		: l10n.t('{0} is no code, no number and no `sizeof(type)`; did you mean `{1}`?', quoted, near);
}

/** What a text with calls of such functions holds: the last parts of their names. */
export const calledNames = (functions: OwnFunctions): readonly string[] =>
	Object.keys(functions).map((name) => name.split('::').at(-1) ?? name);
