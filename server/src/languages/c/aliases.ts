/** Names that a file gives to an entry point: pointers loaded by name, and pointers declared with its typedef. */
import { apis } from '../../catalog/functions.generated.ts';

const NAMES = apis.map((api) => api.id).join('|');
const NAMED = new RegExp(NAMES);
/** By whole words, and not without end: a source may hold its data in one long word. */
const LOADED = new RegExp(
	`\\b([A-Za-z_]\\w*)\\s*=[^;=]{0,400}\\b(?:GetProcAddress|dlsym)\\s*\\([^;"]{0,400}"(${NAMES})"`,
	'g',
);
/** A pointer that is set to the function itself. */
const SET = new RegExp(`\\b([A-Za-z_]\\w*)\\s*=\\s*(?:\\([^()]*\\)\\s*)?&?\\s*(?:::)?(${NAMES})\\s*[;,]`, 'g');

const POINTER_TYPES = new Map(apis.flatMap((api) => api.aliases.map((alias) => [alias, api.id] as const)));

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
export const aliasTypes = (texts: readonly string[]): AliasTypes =>
	new Map([...POINTER_TYPES, ...texts.flatMap((text) => [...ownTypes(text)])]);

/** The entry point by each name that stands for it in a text. */
export function aliasNames(text: string, types: AliasTypes): ReadonlyMap<string, string> {
	const aliases = new Map<string, string>();
	if (NAMED.test(text)) {
		if (/GetProcAddress|dlsym/.test(text))
			for (const [, name, entryPoint] of text.matchAll(LOADED)) aliases.set(name!, entryPoint!);
		for (const [, name, entryPoint] of text.matchAll(SET)) aliases.set(name!, entryPoint!);
	}
	for (const [type, entryPoint] of types) {
		if (!text.includes(type)) continue;
		for (const [, name] of text.matchAll(new RegExp(`\\b${type}\\s+([A-Za-z_]\\w*)\\s*[;=,){]`, 'g')))
			aliases.set(name!, entryPoint);
	}
	return aliases;
}
