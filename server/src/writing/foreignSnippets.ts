/** Declarations and whole calls of entry points in TypeScript and JavaScript, in the form of the library that is used. */
import { type FfiLibrary, type ForeignInterface, parameterRoles } from '../calls/bindings.ts';
import type { Api } from '../catalog/api.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { BufferSpec, ControlCode } from '../catalog/model.ts';
import { hex } from '../catalog/opcode.ts';
import { type FieldInfo, fieldsOf, parseTypeName, sizeOf } from '../types/layout.ts';
import { minimumSize } from '../types/requirements.ts';
import { isWithout, type Side } from './arguments.ts';
import { takesCode } from './codes.ts';
import { type Buffer, functionFor, namer, ROOM, Stops, setBuffers, setterOf } from './snippets.ts';

/** How a source writes what a snippet holds. */
export interface ForeignStyle {
	readonly foreign: ForeignInterface;
	/** Names that are taken. */
	readonly isTaken: (name: string) => boolean;
}

// ---- declarations ----

/** How a library is told of a function: an entry of its table of declarations, and what stands around the table. */
interface Form {
	readonly entry: (types: readonly string[]) => string;
	readonly table: (name: string | undefined, entry: string) => string;
	/** The expression by which what is declared so is called. */
	readonly callee: (api: string) => string;
}

const entryWith =
	(parameters: string, result: string, type: string) =>
	(types: readonly string[]): string =>
		`{ ${parameters}: [${types.join(', ')}], ${result}: '${type}' }`;

const FORMS: Readonly<Partial<Record<FfiLibrary, Form>>> = {
	'ffi-napi': {
		entry: (types) => `['int', [${types.join(', ')}]]`,
		table: (name = 'ffi', entry) => `const ws2 = ${name}.Library('ws2_32', {\n\t${entry},\n});`,
		callee: (api) => `ws2.${api}`,
	},
	Deno: {
		entry: entryWith('parameters', 'result', 'i32'),
		table: (_, entry) => `const { symbols } = Deno.dlopen('ws2_32.dll', {\n\t${entry},\n});`,
		callee: (api) => `symbols.${api}`,
	},
	'bun:ffi': {
		entry: entryWith('args', 'returns', 'i32'),
		table: (name, entry) =>
			`const { symbols } = ${name === undefined ? '' : `${name}.`}dlopen('ws2_32.dll', {\n\t${entry},\n});`,
		callee: (api) => `symbols.${api}`,
	},
	'node:ffi': {
		entry: entryWith('arguments', 'return', 'i32'),
		table: (name, entry) =>
			`const { functions } = ${name === undefined ? '' : `${name}.`}dlopen('ws2_32.dll', {\n\t${entry},\n});`,
		callee: (api) => `functions.${api}`,
	},
};

/** The type of each parameter of an entry point. */
function typesOf(api: Api, { write }: ForeignInterface): readonly string[] {
	const { input, output, bytesReturned } = api.roles;
	return parameterRoles(api).map((role, i) => {
		if (role !== 'pointer') return write[role];
		return i === input || i === output || i === bytesReturned ? write.buffer : write.pointer;
	});
}

/**
 * The declaration of an entry point: a statement, or the entry of a table where the cursor stands in one. Undefined for
 * functions that no DLL exports, and for libraries that have no short form.
 */
export function declarationSnippet(api: Api, { foreign }: ForeignStyle): string | undefined {
	const { library, name, isTable } = foreign;
	if (api.dlls === undefined || api.handle !== undefined) return undefined;
	const types = typesOf(api, foreign);
	if (library === 'koffi') {
		const parameters = types.map((type, i) => `${type}${type.endsWith('*') ? '' : ' '}${api.parameters[i]?.name}`);
		// Up to nine parameters in one line are wider than any window.
		const lines = parameters.map((text, i) => `\t${text}${i < parameters.length - 1 ? ',' : ''}`);
		const prototype = [`\`int __stdcall ${api.id}(`, ...lines, ')`'].join('\n');
		return isTable ? undefined : `const ${api.id} = ${name ?? 'koffi'}.load('ws2_32.dll').func(${prototype});`;
	}
	const form = FORMS[library];
	const entry = form && `${api.id}: ${form.entry(types.map((type) => `'${type}'`))}`;
	if (!form || entry === undefined) return undefined;
	return isTable ? `${entry},` : form.table(name, entry);
}

// ---- calls ----

/** The function that a code is called with there: the one that it was made for, where that is declared, else any that is. */
export function declaredFor(code: ControlCode, catalog: Catalog, { callees }: ForeignInterface): Api | undefined {
	const best = functionFor(code, catalog);
	if (!best || callees.size === 0 || callees.has(best.id)) return best;
	return (
		catalog.functions.find((api) => callees.has(api.id) && api.dlls !== undefined && takesCode(api, code, catalog)) ??
		best
	);
}

interface Making extends ForeignStyle {
	readonly catalog: Catalog;
	readonly stops: Stops;
	readonly name: (wanted: string) => string;
}

/**
 * The call of a code with the memory that it needs, as a snippet of the protocol's syntax. Undefined for codes that no
 * call of a few lines can be right for: those that wait, take addresses, or are asked for functions.
 */
export function foreignCallSnippet(code: ControlCode, catalog: Catalog, style: ForeignStyle): string | undefined {
	const { foreign } = style;
	const api = declaredFor(code, catalog, foreign);
	const { overlapped, status } = code;
	if (!api || api.handle !== undefined || status || overlapped?.rule === 'required' || overlapped?.mayBlock)
		return undefined;
	const callee = foreign.callees.get(api.id) ?? FORMS[foreign.library]?.callee(api.id);
	if ((callee === undefined && foreign.library !== 'koffi') || foreign.isTable) return undefined;
	const making: Making = { ...style, catalog, stops: new Stops(), name: namer(style) };
	const input = bufferOf(code, 'input', making);
	const output = bufferOf(code, 'output', making);
	if (!input || !output || (input.lines.length === 0 && output.lines.length === 0)) return undefined;
	const lines = [...input.lines, ...output.lines];
	const args: string[] = api.parameters.map(() => 'null');
	const set = setterOf(args);
	const { roles } = api;
	set(roles.socket, making.stops.of('s'));
	const value = hex(code.opcode.value);
	// Only its name tells a code from another one of that number.
	const isAlone = catalog.codes(code.opcode.value).length < 2;
	if (!isAlone && !style.isTaken(code.name)) lines.unshift(`const ${code.name} = ${value};`);
	set(roles.code, isAlone ? `${value} /* ${code.name} */` : code.name);
	setBuffers(set, api, input, output);
	if (roles.bytesReturned !== undefined) {
		const bytes = making.name('bytes');
		lines.push(`const ${bytes} = ${allocated(4, foreign)};`);
		set(roles.bytesReturned, bytes);
	}
	return [...lines, `if (${callee ?? api.id}(${args.join(', ')}) !== 0) {`, '\t$0', '}'].join('\n');
}

/** Libraries of Node have its `Buffer`. */
const hasBuffer = ({ library }: ForeignInterface): boolean => library === 'koffi' || library === 'ffi-napi';

const allocated = (bytes: number | string, foreign: ForeignInterface): string =>
	hasBuffer(foreign) ? `Buffer.alloc(${bytes})` : `new Uint8Array(${bytes})`;

function bufferOf(code: ControlCode, side: Side, making: Making): Buffer | undefined {
	const { catalog, name, foreign } = making;
	const spec = code[side];
	if (isWithout(code, side, catalog) || spec.use === 'optional') return { lines: [], address: 'null', size: '0' };
	if (catalog.entries.guids.some((guid) => guid.code === code.name)) return undefined;
	const minimum = minimumSize(spec, catalog);
	const own = name(side);
	const made = { address: own, size: `${own}.byteLength` };
	if (side === 'output' && spec.variable !== undefined) {
		const room = Math.max(code.live?.outputSize ?? 0, ROOM, minimum?.x64 ?? 0);
		return { ...made, lines: [`const ${own} = ${allocated(making.stops.of(String(room)), foreign)};`] };
	}
	if (!minimum) return undefined;
	if (side === 'output') return { ...made, lines: [`const ${own} = ${allocated(minimum.x64, foreign)};`] };
	const lines = minimum.x86 === minimum.x64 ? filled(code, spec, minimum.x64, own, making) : undefined;
	return lines && { ...made, lines };
}

/** What a first run writes to the input, by place. */
function filled(
	code: ControlCode,
	spec: BufferSpec,
	bytes: number,
	own: string,
	making: Making,
): readonly string[] | undefined {
	const { catalog, foreign, stops } = making;
	const type = spec.type === undefined ? undefined : parseTypeName(spec.type);
	const fields = type && fieldsOf(type, catalog.lookup);
	const whole = type && sizeOf(type, catalog.lookup);
	const lines = [`const ${own} = ${allocated(bytes, foreign)};`];
	const view = hasBuffer(foreign) ? own : making.name(`${own}View`);
	if (!hasBuffer(foreign)) lines.push(`const ${view} = new DataView(${own}.buffer);`);
	for (const [path, given] of Object.entries(code.live?.input ?? {})) {
		const field = path === '' ? whole && { offset: ZERO, size: whole } : fields?.find((f) => f.path === path);
		const value = typeof given === 'string' ? (catalog.headerConstant(given) ?? Number(given)) : Number(given);
		const written =
			field && Number.isInteger(value) && value >= 0 ? write(field, view, stops.of(String(value)), foreign) : undefined;
		if (written === undefined) return undefined;
		lines.push(typeof given === 'string' && Number.isNaN(Number(given)) ? `${written} // ${given}` : written);
	}
	return lines;
}

const ZERO = { x86: 0, x64: 0, arm64: 0 };

/** One number of 1, 2 or 4 bytes, the lowest byte first. */
function write(
	{ offset, size, bits }: Pick<FieldInfo, 'offset' | 'size' | 'bits'>,
	into: string,
	value: string,
	foreign: ForeignInterface,
): string | undefined {
	const bytes = size.x64;
	if (bits || offset.x86 !== offset.x64 || size.x86 !== bytes || ![1, 2, 4].includes(bytes)) return undefined;
	const width = 8 * bytes;
	if (hasBuffer(foreign)) return `${into}.writeUInt${width}${bytes === 1 ? '' : 'LE'}(${value}, ${offset.x64});`;
	return `${into}.setUint${width}(${offset.x64}, ${value}${bytes === 1 ? '' : ', true'});`;
}
