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
	/** One whose type is the function's own. */
	readonly typed: RegExp;
	/** A class that is made from a template with the function as its argument. */
	readonly hooks: RegExp;
	readonly pointerTypes: ReadonlyMap<string, string>;
	readonly pointerTypeNames: RegExp;
}

const patterns = new WeakMap<Catalog, Patterns>();

function patternsOf(catalog: Catalog): Patterns {
	const known = patterns.get(catalog);
	if (known) return known;
	const names = catalog.functions.map((api) => api.id).join('|');
	const pointerTypes = catalog.functions.flatMap((api) => api.aliases.map((alias) => [alias, api.id] as const));
	const made: Patterns = {
		named: new RegExp(names),
		loaded: new RegExp(
			`\\b([A-Za-z_]\\w*)\\s*=[^;=]{0,400}\\b(?:GetProcAddress|dlsym)\\s*\\([^;"]{0,400}"(${names})"`,
			'g',
		),
		set: new RegExp(`\\b([A-Za-z_]\\w*)\\s*=\\s*(?:\\([^()]*\\)\\s*)?(?:&\\s*)?(?:::)?(${names})\\s*[;,]`, 'g'),
		typed: new RegExp(
			`\\bdecltype\\s*\\(\\s*(?:&\\s*)?(?:::\\s*)?(${names})\\s*\\)[\\s*>]*\\b([A-Za-z_]\\w*)\\s*[;=,){]`,
			'g',
		),
		hooks: new RegExp(
			`\\b(?:struct|class|using)\\s+([A-Za-z_]\\w*)\\s*(?:final\\s*)?[:=][^;{}<]{0,200}<[^;{}<>]{0,200}?(?:\\b|::)(${names})\\b`,
			'g',
		),
		pointerTypes: new Map(pointerTypes),
		pointerTypeNames: new RegExp(pointerTypes.map(([alias]) => alias).join('|') || '(?!)'),
	};
	patterns.set(catalog, made);
	return made;
}

/** Parameters of the functions that a file may declare a pointer type of its own for, by their number. */
const BUFFERS =
	/^SOCKET\b[^,]*,\s*DWORD\b[^,]*,\s*(?:LPVOID|PVOID|void\s*\*)[^,]*,\s*DWORD\b[^,]*,\s*(?:LPVOID|PVOID|void\s*\*)[^,]*,\s*DWORD\b[^,]*,\s*(?:LPDWORD|PDWORD|DWORD\s*\*)/;
const ONE_ARGUMENT =
	/^SOCKET\b[^,]*,\s*(?:long|LONG|int|DWORD)\b[^,]*,\s*(?:u_long|ULONG|unsigned\s+long|DWORD)\s*(?:FAR\s*)?\*/;
/** A pointer of that shape is meant for the function where its name says so. */
const ANY_ARGUMENT = /^SOCKET\b[^,]*,\s*(?:long|LONG|int|DWORD)\b[^,]*,\s*(?:void|char|int)\s*(?:FAR\s*)?\*/;

/** The entry point that takes parameters as they are declared. */
function byParameters(list: string, name: string): string | undefined {
	const parameters = list.replace(/\b_(?:In|Out|Inout)\w*(?=\s)|\b(?:IN|OUT)\s/g, '').trim();
	if (!parameters.startsWith('SOCKET')) return undefined;
	const count = parameters.split(',').length;
	if (BUFFERS.test(parameters)) return { 9: 'WSAIoctl', 11: 'WSPIoctl' }[count];
	if (count !== 3) return undefined;
	const isMeant = ONE_ARGUMENT.test(parameters) || (/ioctl/i.test(name) && ANY_ARGUMENT.test(parameters));
	return isMeant ? 'ioctlsocket' : undefined;
}

/** `using T = int (*)(SOCKET, DWORD, …)`. */
const OWN_TYPE = /\busing\s+(\w+)\s*=\s*\w+\s*\(\s*(?:\w+\s+){0,3}\*\s*\)\s*\(([^()]*)\)/g;
/** `typedef int (WSAAPI *T)(SOCKET, DWORD, …)`, and the same for a variable or a member. */
const POINTER = /\b(typedef\s+)?(?:unsigned\s+)?\w+\s*\(\s*(?:\w+\s+){0,3}\*\s*(\w+)\s*\)\s*\(([^()]*)\)/g;
/** `typedef decltype(&WSAIoctl) T` and `using T = decltype(&WSAIoctl)`. */
const OWN_DECLTYPE =
	/\b(?:typedef\s+decltype\s*\(\s*(?:&\s*)?(?:::\s*)?(\w+)\s*\)[\s*]*\b(\w+)|using\s+(\w+)\s*=\s*decltype\s*\(\s*(?:&\s*)?(?:::\s*)?(\w+)\s*\))/g;
const NAMED = /^(?:WSAIoctl|WSPIoctl|WSANSPIoctl|ioctlsocket)$/;

/** False where a text has no type of its own for pointers to an entry point, nor any of its parts. */
export const mayHoldOwnTypes = (text: string): boolean => text.includes('SOCKET') || text.includes('decltype');

/** False where a text neither names an entry point nor has another name for one: no call of one can come of it. */
export const mayLeadToCalls = (text: string, catalog: Catalog): boolean =>
	mayHoldOwnTypes(text) || catalog.mayNameEntryPoint(text) || patternsOf(catalog).pointerTypeNames.test(text);

/** A text's own types of pointers to an entry point. */
export function ownTypes(text: string): ReadonlyMap<string, string> {
	const types = new Map<string, string>();
	if (text.includes('SOCKET')) {
		for (const [, name = '', list = ''] of text.matchAll(OWN_TYPE)) {
			const entryPoint = byParameters(list, name);
			if (entryPoint) types.set(name, entryPoint);
		}
		for (const [, isType, name = '', list = ''] of text.matchAll(POINTER)) {
			const entryPoint = isType ? byParameters(list, name) : undefined;
			if (entryPoint) types.set(name, entryPoint);
		}
	}
	if (text.includes('decltype'))
		for (const [, first, typedef, using, second] of text.matchAll(OWN_DECLTYPE)) {
			const entryPoint = first ?? second ?? '';
			if (NAMED.test(entryPoint)) types.set(typedef ?? using ?? '', entryPoint);
		}
	return types;
}

/** Types of pointers to an entry point, those of the headers and the texts' own, each with its entry point. */
export type AliasTypes = ReadonlyMap<string, string>;

/** All such types that texts may use. */
export const aliasTypes = (own: Iterable<readonly [string, string]>, catalog: Catalog): AliasTypes =>
	new Map([...patternsOf(catalog).pointerTypes, ...own]);

const NONE: ReadonlyMap<string, string> = new Map();

const hasPointers = (text: string): boolean => text.includes('SOCKET') && text.includes('*');

/** False where nothing in a text can be another name of an entry point, whatever of it is blanked out. */
export function mayHoldAliases(text: string, types: AliasTypes, catalog: Catalog): boolean {
	if (hasPointers(text) || callMark(catalog).test(text)) return true;
	const { pointerTypes } = patternsOf(catalog);
	// Each of the headers' types, and every function, is known by its name; a text's own types are not.
	if (types.size === pointerTypes.size) return false;
	for (const type of typesIn(text, types)) if (!pointerTypes.has(type)) return true;
	return false;
}

/** With more types than this a text's words are looked up, and not each type looked for in the text. */
const FEW_TYPES = 50;

/** The types that a text may name. */
function* typesIn(text: string, types: AliasTypes): Generator<string> {
	if (types.size > FEW_TYPES) {
		for (const word of new Set(text.match(/[A-Za-z_]\w*/g))) if (types.has(word)) yield word;
		return;
	}
	for (const type of types.keys()) if (text.includes(type)) yield type;
}

/** The entry point by each name that stands for it in a text. */
export function aliasNames(text: string, types: AliasTypes, catalog: Catalog): ReadonlyMap<string, string> {
	if (!mayHoldAliases(text, types, catalog)) return NONE;
	const { named, loaded, set, typed, hooks } = patternsOf(catalog);
	const aliases = new Map<string, string>();
	if (named.test(text)) {
		if (/GetProcAddress|dlsym/.test(text)) take(aliases, text.matchAll(loaded), 1);
		take(aliases, text.matchAll(set), 1);
		if (text.includes('decltype')) take(aliases, text.matchAll(typed), 2);
		if (text.includes('<')) take(aliases, text.matchAll(hooks), 1);
	}
	if (hasPointers(text))
		for (const [, isType, name = '', list = ''] of text.matchAll(POINTER)) {
			const entryPoint = isType ? undefined : byParameters(list, name);
			if (entryPoint) aliases.set(name, entryPoint);
		}
	for (const type of typesIn(text, types))
		for (const [, name = ''] of text.matchAll(new RegExp(`\\b${type}\\s+([A-Za-z_]\\w*)\\s*[;=,){]`, 'g')))
			aliases.set(name, types.get(type) ?? '');
	return aliases;
}

/** Adds what some matches found: the name by its group, and the entry point in the other one. */
function take(aliases: Map<string, string>, matches: Iterable<RegExpMatchArray>, name: 1 | 2): void {
	for (const match of matches) {
		const [alias, entryPoint] = [match[name], match[name === 1 ? 2 : 1]];
		if (alias && entryPoint) aliases.set(alias, entryPoint);
	}
}
