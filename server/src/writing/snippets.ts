/** Whole calls as snippets: the buffers that a code needs, the call, and what is done when it fails. */
import type { Api } from '../catalog/api.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { BufferSpec, ControlCode } from '../catalog/model.ts';
import { typeSpelling } from '../reference/facts.ts';
import { parseTypeName, resolveType } from '../types/layout.ts';
import { minimumSize } from '../types/requirements.ts';
import { isWithout, type Side } from './arguments.ts';
import { takesCode } from './codes.ts';

/** How a source writes what a snippet holds. */
export interface SnippetStyle {
	/** Of C++: `nullptr`, `{}`. */
	readonly cpp: boolean;
	readonly nullWord: string;
	/** An opening brace stands on a line of its own. */
	readonly braceBelow: boolean;
	/** Names that are taken. */
	readonly isTaken: (name: string) => boolean;
}

/** Counts the places at which the cursor stops. */
export class Stops {
	#next = 1;

	/** A place with a text to begin with. */
	of(text: string): string {
		return `\${${this.#next++}:${text.replace(/[\\$}]/g, '\\$&')}}`;
	}
}

/** A buffer of the call. */
export interface Buffer {
	readonly lines: readonly string[];
	/** The address and the size as they are passed. */
	readonly address: string;
	readonly size: string;
}

/** Puts a text in the place of an argument, where the function has it. */
export type Setter = (at: number | undefined, text: string) => void;

export const setterOf =
	(args: string[]): Setter =>
	(at, text) => {
		if (at !== undefined) args[at] = text;
	};

/** Passes both buffers with their sizes; a function with one for both takes the one that is needed. */
export function setBuffers(set: Setter, { roles }: Api, input: Buffer, output: Buffer): void {
	if (roles.input === roles.output) set(roles.input, input.lines.length > 0 ? input.address : output.address);
	else {
		set(roles.input, input.address);
		set(roles.output, output.address);
	}
	set(roles.inputSize, input.size);
	set(roles.outputSize, output.size);
}

/** The function that a code is called with: the one that it was made for. */
export function functionFor(code: ControlCode, catalog: Catalog): Api | undefined {
	const fitting = catalog.functions.filter((api) => api.errorStyle === 'winsock' && takesCode(api, code, catalog));
	return fitting.find((api) => api.impliedLength !== undefined) ?? fitting.find((api) => api.dlls !== undefined);
}

/**
 * The call of a code with all that it needs, as a snippet of the protocol's syntax, its lines separated by `\n`. Undefined
 * for codes that no call of a few lines can be right for.
 */
export function callSnippet(code: ControlCode, catalog: Catalog, style: SnippetStyle): string | undefined {
	const api = functionFor(code, catalog);
	const { overlapped, status } = code;
	if (!api || api.handle !== undefined || status || overlapped?.rule === 'required' || overlapped?.mayBlock)
		return undefined;
	const stops = new Stops();
	const name = namer(style);
	const input = bufferOf(code, 'input', { catalog, style, stops, name });
	const output = bufferOf(code, 'output', { catalog, style, stops, name });
	if (!input || !output || (input.lines.length === 0 && output.lines.length === 0)) return undefined;
	const lines = [...input.lines, ...output.lines];
	const args: string[] = api.parameters.map(() => style.nullWord);
	const set = setterOf(args);
	const { roles } = api;
	set(roles.socket, stops.of('s'));
	set(roles.code, code.name);
	setBuffers(set, api, input, output);
	if (roles.bytesReturned !== undefined) {
		const bytes = name('bytes');
		lines.push(`DWORD ${bytes} = 0;`);
		set(roles.bytesReturned, `&${bytes}`);
	}
	const call = `if (${api.id}(${args.join(', ')}) == SOCKET_ERROR)`;
	lines.push(...(style.braceBelow ? [call, '{'] : [`${call} {`]));
	return [...lines, `\tint ${name('error')} = WSAGetLastError();`, '\t$0', '}'].join('\n');
}

/** Gives names that are free. */
export function namer({ isTaken }: Pick<SnippetStyle, 'isTaken'>): (wanted: string) => string {
	const given = new Set<string>();
	return (wanted) => {
		let name = wanted;
		for (let n = 2; isTaken(name) || given.has(name); n++) name = `${wanted}${n}`;
		given.add(name);
		return name;
	};
}

interface Making {
	readonly catalog: Catalog;
	readonly style: SnippetStyle;
	readonly stops: Stops;
	readonly name: (wanted: string) => string;
}

/** Room for what has no fixed length. */
export const ROOM = 4096;

function bufferOf(code: ControlCode, side: Side, making: Making): Buffer | undefined {
	const { catalog, style, name } = making;
	const spec = code[side];
	const none: Buffer = { lines: [], address: style.nullWord, size: '0' };
	if (isWithout(code, side, catalog) || spec.use === 'optional') return none;
	const guids = catalog.entries.guids.filter((guid) => guid.code === code.name);
	const [guid] = guids;
	const own = name(side);
	const made = { address: `&${own}`, size: `sizeof(${own})` };
	if (guid && side === 'input') {
		return { ...made, lines: [`GUID ${own} = ${making.stops.of(guid.name)};`] };
	}
	if (guid) return { ...made, lines: [`${guid.type} ${own} = ${zeroOf(guid.type, making)};`] };
	const minimum = minimumSize(spec, catalog);
	if (side === 'output' && spec.variable !== undefined) {
		const room = Math.max(code.live?.outputSize ?? 0, ROOM, minimum?.x64 ?? 0);
		return { lines: [`BYTE ${own}[${making.stops.of(String(room))}];`], address: own, size: `sizeof(${own})` };
	}
	const lines = spec.type === undefined || !minimum ? undefined : declared(code, spec, side, own, making);
	return lines && { ...made, lines };
}

/** What a variable of a type is set to before it is used. */
function zeroOf(type: string, { catalog, style }: Making): string {
	const resolved = resolveType(parseTypeName(type), catalog.lookup);
	if (resolved?.kind === 'record' || resolved?.kind === 'array') return style.cpp ? '{}' : '{ 0 }';
	if (resolved?.kind === 'enum') return style.cpp ? '{}' : '0';
	if (type === 'SOCKET') return 'INVALID_SOCKET';
	return resolved?.kind === 'pointer' || /^(?:LP|P)[A-Z]|FARPROC|HANDLE/.test(type) ? style.nullWord : '0';
}

/** The variable, and what a first run sets its members to. */
function declared(code: ControlCode, spec: BufferSpec, side: Side, own: string, making: Making): string[] | undefined {
	const { catalog, stops } = making;
	const { type = '' } = spec;
	const spelt = typeSpelling(type, catalog);
	const values = side === 'input' ? Object.entries(code.live?.input ?? {}) : [];
	const [first] = values;
	// An address or a text needs a function to be made.
	if (values.some(([, value]) => !/^\w+$/.test(String(value)))) return undefined;
	if (first?.[0] === '') return [`${spelt} ${own} = ${stops.of(String(first[1]))};`];
	return [
		`${spelt} ${own} = ${zeroOf(type, making)};`,
		...values.map(([path, value]) => `${own}.${path} = ${stops.of(String(value))};`),
	];
}
