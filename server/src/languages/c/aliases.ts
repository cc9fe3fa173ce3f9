/** Names that a file gives to an entry point: pointers loaded by name, and pointers declared with its typedef. */
import type { Catalog } from '../../catalog/catalog.ts';
import { callMark } from '../../catalog/marks.ts';

/** What is looked for to find the names that texts give to a catalog's entry points. */
interface Patterns {
	readonly named: RegExp;
	/** By whole words, and not without end: a source may hold its data in one long word. */
	readonly loaded: RegExp;
	/** A pointer that is set to the function itself. */
	readonly set: RegExp;
	readonly pointerTypes: ReadonlyMap<string, string>;
}

const patterns = new WeakMap<Catalog, Patterns>();

function patternsOf(catalog: Catalog): Patterns {
	const known = patterns.get(catalog);
	if (known) return known;
	const names = catalog.functions.map((api) => api.id).join('|');
	const made: Patterns = {
		named: new RegExp(names),
		loaded: new RegExp(
			`\\b([A-Za-z_]\\w*)\\s*=[^;=]{0,400}\\b(?:GetProcAddress|dlsym)\\s*\\([^;"]{0,400}"(${names})"`,
			'g',
		),
		set: new RegExp(`\\b([A-Za-z_]\\w*)\\s*=\\s*(?:\\([^()]*\\)\\s*)?(?:&\\s*)?(?:::)?(${names})\\s*[;,]`, 'g'),
		pointerTypes: new Map(catalog.functions.flatMap((api) => api.aliases.map((alias) => [alias, api.id] as const))),
	};
	patterns.set(catalog, made);
	return made;
}

/** Parameters of the functions that a file may declare a pointer type of its own for, by their number. */
const SIGNATURE =
	/^SOCKET\b[^,]*,\s*DWORD\b[^,]*,\s*(?:LPVOID|PVOID|void\s*\*)[^,]*,\s*DWORD\b[^,]*,\s*(?:LPVOID|PVOID|void\s*\*)[^,]*,\s*DWORD\b[^,]*,\s*(?:LPDWORD|PDWORD|DWORD\s*\*)/;
const BY_PARAMETERS: Readonly<Record<number, string>> = { 9: 'WSAIoctl', 11: 'WSPIoctl' };

/** `typedef int (WSAAPI *T)(SOCKET, DWORD, …)` and `using T = int (*)(SOCKET, DWORD, …)`. */
const OWN_TYPE =
	/\b(?:typedef\s+\w+\s*\(\s*(?:\w+\s+)?\*\s*(\w+)\s*\)|using\s+(\w+)\s*=\s*\w+\s*\(\s*(?:\w+\s+)?\*\s*\))\s*\(([^()]*)\)/g;

/** A text's own types of pointers to an entry point. */
export function ownTypes(text: string): ReadonlyMap<string, string> {
	const types = new Map<string, string>();
	if (!text.includes('SOCKET')) return types;
	for (const [, typedef, using, list] of text.matchAll(OWN_TYPE)) {
		const parameters = list!.replace(/\b_(?:In|Out|Inout)\w*(?=\s)/g, '').trim();
		const entryPoint = SIGNATURE.test(parameters) ? BY_PARAMETERS[parameters.split(',').length] : undefined;
		if (entryPoint) types.set((typedef ?? using)!, entryPoint);
	}
	return types;
}

/** Types of pointers to an entry point, those of the headers and the texts' own, each with its entry point. */
export type AliasTypes = ReadonlyMap<string, string>;

/** All such types that texts may use. */
export const aliasTypes = (texts: readonly string[], catalog: Catalog): AliasTypes =>
	new Map([...patternsOf(catalog).pointerTypes, ...texts.flatMap((text) => [...ownTypes(text)])]);

const NONE: ReadonlyMap<string, string> = new Map();

/** The entry point by each name that stands for it in a text. */
export function aliasNames(text: string, types: AliasTypes, catalog: Catalog): ReadonlyMap<string, string> {
	const { named, loaded, set, pointerTypes } = patternsOf(catalog);
	// Each of these types, and every function, is known by its name; a text's own types are not.
	if (types.size === pointerTypes.size && !callMark(catalog).test(text)) return NONE;
	const aliases = new Map<string, string>();
	if (named.test(text)) {
		if (/GetProcAddress|dlsym/.test(text))
			for (const [, name, entryPoint] of text.matchAll(loaded)) aliases.set(name!, entryPoint!);
		for (const [, name, entryPoint] of text.matchAll(set)) aliases.set(name!, entryPoint!);
	}
	for (const [type, entryPoint] of types) {
		if (!text.includes(type)) continue;
		for (const [, name] of text.matchAll(new RegExp(`\\b${type}\\s+([A-Za-z_]\\w*)\\s*[;=,){]`, 'g')))
			aliases.set(name!, entryPoint);
	}
	return aliases;
}
