/** Control codes that a file or its headers define by the macros that build codes, and that no catalog has to know. */
import type { DefinedCode } from '../language.ts';
import { evaluateCode } from './evaluate/numbers.ts';
import type { CFile } from './file.ts';
import type { MacroLine } from './preprocessor.ts';

/** More codes of one's own are not listed. */
const MOST_CODES = 300;
/** Macros that end in those of the headers through so many of one's own. */
const MOST_STEPS = 3;

/** By name, in the order of their definitions; names of the catalog are not among them. */
export function definedCodes(file: CFile): readonly DefinedCode[] {
	const { catalog } = file;
	const lines = file.definitionLines();
	const builders = buildersAmong(lines, catalog.entries.families);
	const names = new Set<string>();
	for (const { name, isFunction, body } of lines)
		if (!isFunction && body !== undefined && catalog.code(name) === undefined && builds(body, builders))
			names.add(name);
	return [...names].slice(0, MOST_CODES).flatMap((name): DefinedCode[] => {
		const [value, ...others] = evaluateCode({ kind: 'name', name, start: 0, end: 0 }, file.fileScope) ?? [];
		return value === undefined || others.length > 0 ? [] : [{ name, value }];
	});
}

/** Names of which one stands in every body that builds a code: macros, and constants for their parts. */
function buildersAmong(lines: readonly MacroLine[], families: CFile['catalog']['entries']['families']): Set<string> {
	const builders = new Set(families.flatMap(({ macros }) => Object.keys(macros)));
	for (let step = 0; step < MOST_STEPS; step++) {
		const before = builders.size;
		for (const { name, isFunction, leadsTo } of lines)
			if (isFunction && leadsTo.some((other) => builders.has(other))) builders.add(name);
		if (builders.size === before) break;
	}
	for (const { constants } of families)
		for (const name of Object.keys(constants)) if (name.startsWith('IOC_')) builders.add(name);
	return builders;
}

const builds = (body: string, builders: ReadonlySet<string>): boolean =>
	[...body.matchAll(/\b[A-Za-z_]\w*/g)].some(([word]) => builders.has(word));
