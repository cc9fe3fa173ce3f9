/** Breaks correct calls in every way that a rule knows. */

import type { BufferArgument, IoctlCall, Quantity } from '../../server/src/calls/model.ts';
import type { BufferSpec, ControlCode } from '../../server/src/catalog/model.ts';
import type { Span } from '../../server/src/syntax/span.ts';
import type { PerTarget } from '../../server/src/types/ctype.ts';
import { apiById, catalogSpec, minimumSize, typeSpelling } from './builtin.ts';

export interface Mutant {
	/** What was done: `input one byte short`. */
	readonly kind: string;
	readonly text: string;
}

interface Edit extends Span {
	readonly newText: string;
}

/** Every mutant of one call. Those that the catalog does not count as mistakes are not made. */
export function mutantsOf(text: string, call: IoctlCall): Mutant[] {
	const code = call.code.entry;
	if (!code || call.kind !== 'ioctl' || call.through) return [];
	const mutants = [
		...sideMutants(text, call, code, 'input'),
		...sideMutants(text, call, code, 'output'),
		...exchangeMutants(text, call, code),
		...unwrittenMutants(text, call, code),
		...tailMutants(text, call, code),
		...socketMutants(text, call, code),
	];
	return isInMacro(text, call) ? mutants.filter(({ kind }) => !WITH_A_LINE.test(kind)) : mutants;
}

/** Made with a line in front of the call, which the body of a macro has no place for. */
const WITH_A_LINE = /through a variable|uninitialised|small object/;

const isInMacro = (text: string, { start }: Span): boolean =>
	/(?:^|[^\\])\n[ \t]*#[ \t]*define(?:[^\n]|\\\n)*$/.test(text.slice(Math.max(0, start - 2000), start));

const apply = (text: string, edits: readonly Edit[]): string =>
	[...edits].sort((a, b) => b.start - a.start).reduce((t, e) => t.slice(0, e.start) + e.newText + t.slice(e.end), text);

const replace = ({ start, end }: Span, newText: string): Edit => ({ start, end, newText });

const known = (size: Quantity): readonly PerTarget[] | undefined => (size.kind === 'known' ? size.values : undefined);

function sideMutants(text: string, call: IoctlCall, code: ControlCode, side: 'input' | 'output'): Mutant[] {
	const buffer = call[side];
	const spec = code[side];
	if (!buffer || (spec.use !== 'required' && spec.use !== 'optional')) return [];
	const given = known(buffer.length);
	const filled = given?.every((v) => v.x86 > 0) === true;
	// An optional buffer that is left out, and a question for the size, are fine as they are.
	if (given && !filled) return [];
	const mutants: Mutant[] = [];
	const make = (kind: string, ...edits: Edit[]) => mutants.push({ kind: `${side} ${kind}`, text: apply(text, edits) });
	const { pointer, size } = buffer;
	if (!size) {
		if (spec.use !== 'required') return [];
		make('NULL', replace(pointer, 'NULL'));
		make('at address 1', replace(pointer, '(u_long *)1'));
		make('of one byte', replace(pointer, '(u_long *)&(unsigned char){ 1 }'));
		return mutants;
	}
	const minimum = minimumSize(spec);
	if (minimum) {
		if (minimum.x86 > 1) {
			const exact = given?.length === 1 && given[0]!.x86 === minimum.x86 && given[0]!.x64 === minimum.x64;
			make('one byte short', replace(size, exact ? `${size.text} - 1` : String(minimum.x86 - 1)));
		}
		if (minimum.x86 > 4 || minimum.x64 > 8) {
			if (/^&\s*\w+$/.test(pointer.text)) make('with sizeof its address', replace(size, `sizeof(${pointer.text})`));
			else if (pointer.object?.throughPointer && /^\w+$/.test(pointer.text))
				make('with sizeof its pointer', replace(size, `sizeof(${pointer.text})`));
		}
		if (minimum.x86 < minimum.x64 && spec.variable === undefined)
			make('with its 32-bit size', replace(size, String(minimum.x86)));
		const smaller = OTHER_STRUCTS.find(([name, bytes]) => isForeign(name, spec) && bytes < minimum.x86);
		if (smaller) make('of a smaller structure', ...ofStructure(buffer, size, smaller[0]));
		const larger = OTHER_STRUCTS.find(([name, bytes]) => isForeign(name, spec) && bytes > minimum.x64);
		if (larger && hasFields(spec)) make('of a larger structure', ...ofStructure(buffer, size, larger[0]));
		// Eight bytes at the address of a pointer are all that there is.
		if (minimum.x86 > 4 && minimum.x64 > 8 && pointer.object?.throughPointer && /^\w+$/.test(pointer.text))
			make('at the address of its pointer', replace(pointer, `&${pointer.text}`), replace(size, String(minimum.x64)));
		if (minimum.x86 > 1)
			make(
				'one byte short, through a variable',
				replace(size, 'length'),
				before(text, call, `DWORD length = ${minimum.x86 - 1};`),
			);
		if (spec.use === 'required' && !mayAskForSize(spec)) make('empty', replace(pointer, 'NULL'), replace(size, '0'));
	}
	if (filled) {
		make('NULL with a size', replace(pointer, 'NULL'));
		make('NULL through a variable', replace(pointer, 'nothing'), before(text, call, 'void *nothing = NULL;'));
		make('at address 1', replace(pointer, '(void *)1'));
	}
	const capacity = pointer.object?.capacity;
	if (capacity && code[side].variable !== undefined)
		make('larger than its object', replace(size, String(capacity.x64 + 1)));
	if (capacity && filled) {
		make('larger than its object by 1', replace(size, String(capacity.x64 + 1)));
		make('larger than its object by 64', replace(size, String(capacity.x64 + 64)));
	}
	return mutants;
}

const mayAskForSize = (spec: BufferSpec): boolean =>
	spec.sizeQuery === true || spec.variable !== undefined || spec.tooSmall?.neededSize === true;

/** Structures of the Windows headers with their size, for the place of another one. */
const OTHER_STRUCTS: readonly (readonly [string, number])[] = [
	['INET_PORT_RANGE', 4],
	['struct tcp_keepalive', 12],
	['INTERFACE_INFO', 76],
];

const ofStructure = ({ pointer }: BufferArgument, size: Span, name: string): Edit[] => [
	replace(pointer, `&(${name}){ 0 }`),
	replace(size, `sizeof(${name})`),
];

const isForeign = (name: string, spec: BufferSpec): boolean =>
	![spec.type, ...(spec.accepts ?? [])].includes(name.replace('struct ', ''));

/** A number or an address of some family takes a larger object without harm; the fields of a structure do not fit it. */
const hasFields = (spec: BufferSpec): boolean => {
	const type = spec.type === undefined ? undefined : catalogSpec(spec.type);
	return type?.kind === 'struct' && !/^sockaddr/i.test(type.name);
};

/** A line in front of the statement that the call stands in. */
function before(text: string, call: IoctlCall, line: string): Edit {
	const lines = text.slice(0, call.start).split('\n').slice(0, -1);
	// A text of one line has nothing in front of it.
	while (lines.length > 0 && !/[;{}]\s*(?:\/\/.*)?$/.test(lines.at(-1) ?? '')) lines.pop();
	if (lines.length === 0) {
		const body = text.lastIndexOf('{', call.start) + 1;
		return { start: body, end: body, newText: ` ${line} ` };
	}
	const at = lines.join('\n').length + 1;
	return { start: at, end: at, newText: `${line}\n` };
}

/** Input and output in each other's place. */
function exchangeMutants(text: string, call: IoctlCall, code: ControlCode): Mutant[] {
	const { input, output } = call;
	if (!input?.size || !output?.size) return [];
	const takes = (spec: BufferSpec, b: BufferArgument): boolean => {
		const minimum = minimumSize(spec);
		const given = known(b.length);
		if (spec.use !== 'required') return true;
		if (!minimum || !given) return true;
		if (mayAskForSize(spec) && given.every((v) => v.x86 === 0)) return true;
		return given.every((v) => v.x86 >= minimum.x86 && v.x64 >= minimum.x64);
	};
	// Exchanged buffers that both still fit are no mistake that arguments show.
	if (takes(code.input, output) && takes(code.output, input)) return [];
	return [
		{
			kind: 'exchanged sizes',
			text: apply(text, [replace(input.size, output.size.text), replace(output.size, input.size.text)]),
		},
		{
			kind: 'exchanged buffers',
			text: apply(text, [
				replace(input.pointer, output.pointer.text),
				replace(input.size, output.size.text),
				replace(output.pointer, input.pointer.text),
				replace(output.size, input.size.text),
			]),
		},
	];
}

/** An input object, of which nothing or all but the last member that is read is written before the call. */
function unwrittenMutants(text: string, call: IoctlCall, code: ControlCode): Mutant[] {
	const { input } = call;
	const spec = code.input;
	const type = input && spec.use === 'required' ? catalogType(spec) : undefined;
	if (!input || !type || (input.size && !known(input.length)?.every((v) => v.x86 > 0))) return [];
	const made = `${type.spelling} unset;`;
	const edits = [replace(input.pointer, '&unset'), ...(input.size ? [replace(input.size, 'sizeof(unset)')] : [])];
	const mutants = [{ kind: 'input uninitialised', text: apply(text, [...edits, before(text, call, made)]) }];
	if (type.members.length > 1) {
		const set = type.members.slice(0, -1).map((name) => `unset.${name} = 1;`);
		mutants.push({
			kind: 'input with an uninitialised member',
			text: apply(text, [...edits, before(text, call, [made, ...set].join(' '))]),
		});
	}
	return mutants;
}

/** How the input's type is written, and its members where they are all plain ones that are read. */
function catalogType(spec: BufferSpec): { readonly spelling: string; readonly members: readonly string[] } | undefined {
	if (spec.type === undefined || spec.variable !== undefined) return undefined;
	const type = catalogSpec(spec.type);
	const fields = type?.kind === 'struct' ? type.fields : [];
	const isPlain = fields.every((f) => typeof f.type === 'string' && !f.unread && f.length === undefined && f.name);
	return { spelling: typeSpelling(spec.type), members: isPlain ? fields.map(({ name }) => name) : [] };
}

function tailMutants(text: string, call: IoctlCall, code: ControlCode): Mutant[] {
	const api = apiById(call.api);
	const { bytesReturned, overlapped, completion, irp, requestArgument, input, output } = call;
	const mutants: Mutant[] = [];
	const make = (kind: string, ...edits: Edit[]) => mutants.push({ kind, text: apply(text, edits) });
	if (bytesReturned && !api.bytesReturnedOptional) {
		make('byte count NULL', replace(bytesReturned, 'NULL'));
		make(
			'byte count NULL through a variable',
			replace(bytesReturned, 'count'),
			before(text, call, 'DWORD *count = NULL;'),
		);
		make('byte count at address 4', replace(bytesReturned, '(LPDWORD)4'));
	}
	if (bytesReturned && !api.bytesReturnedOptional)
		make(
			'byte count to a small object',
			replace(bytesReturned, '(LPDWORD)&tiny'),
			before(text, call, 'unsigned char tiny = 0;'),
		);
	if (api.errorStyle === 'winsock') {
		const written = text.slice(call.start, call.end);
		make('result equal to TRUE', replace(call, `(${written} == TRUE)`));
		make('error asked for on success', replace(call, `(${written} ? 0 : WSAGetLastError())`));
	}
	if (overlapped && code.overlapped?.rule === 'forbidden')
		make('forbidden overlapped', replace(overlapped, '&(WSAOVERLAPPED){ 0 }'));
	if (overlapped && code.overlapped?.rule === 'required') make('required overlapped NULL', replace(overlapped, 'NULL'));
	if (overlapped?.nullness === 'null' && completion)
		make('completion alone', replace(completion, '(LPWSAOVERLAPPED_COMPLETION_ROUTINE)&done'));
	if (irp && code.overlapped?.irp === 'required') make('required IRP NULL', replace(irp, 'NULL'));
	if (requestArgument) make('as a socket option', replace(requestArgument, 'WskGetOption'));
	for (const [side, buffer] of [
		['input', input],
		['output', output],
	] as const) {
		const spec = code[side];
		const error =
			spec.tooSmall?.error ?? code.errors?.find(({ on }) => typeof on === 'object' && on[side] === 'not-empty')?.error;
		if (!buffer?.size || spec.use !== 'must-be-empty' || !error || api.errorStyle === 'ntstatus') continue;
		make(`unexpected ${side}`, replace(buffer.pointer, '&(DWORD){ 0 }'), replace(buffer.size, 'sizeof(DWORD)'));
	}
	if (call.guid && code.name === 'SIO_GET_EXTENSION_FUNCTION_POINTER')
		mutants.push({ kind: 'GUID of a table', text: text.replaceAll(call.guid, 'WSAID_MULTIPLE_RIO') });
	if (call.guid && code.name === 'SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER')
		mutants.push({ kind: 'GUID of a function', text: text.replaceAll(call.guid, 'WSAID_ACCEPTEX') });
	return mutants;
}

/** The socket made otherwise than the code wants, or used in the wrong state. */
function socketMutants(text: string, call: IoctlCall, code: ControlCode): Mutant[] {
	const { socket } = call;
	if (!socket?.type || !socket.protocol) return [];
	const mutants: Mutant[] = [];
	const wrong = (['SOCK_STREAM', 'SOCK_DGRAM'] as const).find((t) => code.socket?.types?.includes(t) === false);
	if (wrong) {
		const protocol = wrong === 'SOCK_STREAM' ? 'IPPROTO_TCP' : 'IPPROTO_UDP';
		const made = `${socket.type}, ${socket.protocol}`;
		const start = text.lastIndexOf(made, call.start);
		const other = replace({ start, end: start + made.length }, `${wrong}, ${protocol}`);
		if (start >= 0) mutants.push({ kind: 'wrong kind of socket', text: apply(text, [other]) });
	}
	for (const { rule } of code.order ?? []) {
		if (rule === 'before-connect' || rule === 'before-bind') {
			const at = text.lastIndexOf('\n', call.start) + 1;
			const step = rule.slice('before-'.length);
			mutants.push({
				kind: `after ${step}`,
				text: apply(text, [{ start: at, end: at, newText: `\t${step}(s, to, 16);\n` }]),
			});
		}
		if (rule === 'after-bind') mutants.push({ kind: 'never bound', text: text.replace(/\bbind\(s, /, 'ready(') });
	}
	return mutants;
}
