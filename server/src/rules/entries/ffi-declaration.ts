import {
	type BoundParameter,
	type IoctlBinding,
	type ParameterRole,
	parameterRoles,
	type TypeNames,
} from '../../calls/bindings.ts';
import type { Target } from '../../types/ctype.ts';
import type { Edit, Report, Rule, RuleContext } from '../rule.ts';
import { bytes } from '../wording.ts';

export default {
	id: 'ffi-declaration',
	title: 'The declaration of the function is not its prototype',
	severity: 'error',
	severityReason:
		'Arguments arrive in other places or are cut off; a warning where it goes well for small numbers or on 64-bit Windows only, a note where it is harmless.',
	description:
		'A foreign function interface believes what it is told: a missing, exchanged or too narrow parameter is passed on without a word, and the function reads something else. `SOCKET` and every address have 8 bytes on 64-bit Windows and 4 on 32-bit Windows; control codes and sizes are `DWORD`, 4 bytes everywhere. A `SOCKET` of 8 bytes is left alone where 64-bit Windows is among the targets.',
	precedence: 60,
	language: 'ts',
	kinds: [],
	accepted: [
		`
import { dlopen, FFIType } from 'bun:ffi';
export const { symbols } = dlopen('ws2_32.dll', {
	ioctlsocket: { args: [FFIType.u64, FFIType.i32, FFIType.ptr], returns: FFIType.i32 },
});`,
		`
import koffi from 'koffi';
export const ioctl = koffi.load('ws2_32.dll').func('__stdcall', 'WSAIoctl', 'int', [
	'uintptr_t', 'uint32_t', 'void *', 'uint32_t', 'void *', 'uint32_t', 'void *', 'void *', 'void *',
]);`,
	],
	rejected: [
		`
const { symbols } = Deno.dlopen('ws2_32.dll', {
	ioctlsocket: { parameters: ['u32', 'i32', 'buffer'], result: 'i32' },
	//                          ^^^^^ ffi-declaration
});`,
		`
import koffi from 'koffi';
export const ioctl = koffi.load('ws2_32.dll').func('int __stdcall ioctlsocket(uintptr_t s, void *argp)');
//                                                                            ^^^^^^^^^^^^^^^^^^^^^^^ ffi-declaration`,
		`
const ffi = require('ffi-napi');
module.exports = ffi.Library('ws2_32', {
	WSAIoctl: ['int', ['size_t', 'uint32', 'pointer', 'pointer', 'pointer', 'uint32', 'pointer', 'pointer', 'pointer']],
	//                                                ^^^^^^^^^ ffi-declaration
});`,
	],
	check: () => [],
	checkBinding(binding, context) {
		const roles = parameterRoles(context.api);
		if (binding.parameters.length !== roles.length) return [wrongNumber(binding, roles, context)];
		const wrong = binding.parameters.flatMap((p, i) => judge(p, i, roles[i]!, binding, context));
		const exchanged = wrong.filter((w) => w.exchanged);
		if (exchanged.length > 1 && isPermutation(binding.parameters, roles))
			return [wrongOrder(binding, roles, context), ...wrong.filter((w) => !w.exchanged)];
		return wrong;
	},
} satisfies Rule;

/** A declaration in whose text the right one can be put. */
type Written = IoctlBinding & { readonly write: TypeNames };
const isWritten = (binding: IoctlBinding): binding is Written => binding.write !== undefined;

/** A parameter as it should be written. */
function right(binding: Written, position: number, role: ParameterRole, context: RuleContext): string {
	const { input, output, bytesReturned } = context.api.roles;
	const isBuffer = position === input || position === output || position === bytesReturned;
	const type = binding.write[isBuffer ? 'buffer' : role];
	if (!binding.prototype) return type;
	const name = binding.parameters[position]?.name ?? context.api.parameters[position]!.name;
	const full = position === bytesReturned ? '_Out_ uint32_t *' : type;
	return full.endsWith('*') ? full + name : `${full} ${name}`;
}

const nameOf = (context: RuleContext, position: number): string => context.api.parameters[position]!.name;

/** Could be what the role asks for, as far as numbers and addresses are told apart. */
function fits(p: BoundParameter, role: ParameterRole): boolean {
	if (p.type.kind === 'unknown') return true;
	if (role === 'socket') return p.type.kind === 'integer' || p.type.kind === 'pointer';
	return role === 'dword' ? p.type.kind === 'integer' : p.type.kind === 'pointer';
}

/** The same by width: a number of 8 bytes is meant to be a socket, one of 4 bytes a `DWORD`. */
function fitsExactly(p: BoundParameter, role: ParameterRole): boolean {
	if (p.type.kind === 'integer' && role !== 'pointer') return p.type.bytes.x64 === (role === 'socket' ? 8 : 4);
	return fits(p, role);
}

const isPermutation = (parameters: readonly BoundParameter[], roles: readonly ParameterRole[]): boolean => {
	const pointers = roles.filter((r) => r === 'pointer').length;
	const declared = parameters.slice(roles[0] === 'pointer' ? 0 : 1).filter((p) => p.type.kind === 'pointer').length;
	return parameters.every((p) => p.type.kind === 'integer' || p.type.kind === 'pointer') && declared === pointers;
};

function replaceAll(binding: Written, roles: readonly ParameterRole[], context: RuleContext): Edit {
	const newText = context.api.parameters
		.map(({ name }, i) => {
			const text = right({ ...binding, parameters: [] }, i, roles[i]!, context);
			return binding.prototype ? text.replace(/\w+$/, name) : text;
		})
		.join(', ');
	return { ...binding.list, newText };
}

function wrongNumber(binding: IoctlBinding, roles: readonly ParameterRole[], context: RuleContext): Report {
	const { parameters } = binding;
	const declared = parameters.length;
	const without = (matches: typeof fits) =>
		roles.flatMap((_, at) => {
			const rest = roles.filter((_, i) => i !== at);
			return parameters.every((p, i) => matches(p, rest[i]!)) ? [at] : [];
		});
	const exact = declared === roles.length - 1 ? without(fitsExactly) : [];
	const missing = exact.length === 0 && declared === roles.length - 1 ? without(fits) : exact;
	const names = missing.map((i) => `\`${nameOf(context, i)}\``);
	const which =
		names.length === 0
			? ''
			: `: ${names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`} is missing`;
	return {
		span: binding.list.start < binding.list.end ? binding.list : binding,
		message: `\`${context.api.id}\` has ${roles.length} parameters, but ${declared} ${declared === 1 ? 'is' : 'are'} declared${which}. ${
			declared < roles.length
				? 'The function takes what lies on the stack or in a register for the rest.'
				: 'The arguments behind the first wrong one arrive in other places.'
		} Declare all ${roles.length}.`,
		...(isWritten(binding)
			? {
					fix: {
						title: `Declare ${context.api.id} with ${roles.length} parameters`,
						edits: [
							parameters.length > 0 && missing[0] !== undefined
								? insertion(binding, missing[0], roles, context)
								: replaceAll(binding, roles, context),
						],
					},
				}
			: {}),
	};
}

/** The one parameter that is missing, between those that are right. */
function insertion(binding: Written, at: number, roles: readonly ParameterRole[], context: RuleContext): Edit {
	const text = right({ ...binding, parameters: [] }, at, roles[at]!, context);
	const next = binding.parameters[at];
	if (next) return { start: next.start, end: next.start, newText: `${text}, ` };
	const { end } = binding.parameters.at(-1)!;
	return { start: end, end, newText: `, ${text}` };
}

function wrongOrder(binding: IoctlBinding, roles: readonly ParameterRole[], context: RuleContext): Report {
	const wrong = roles.flatMap((role, i) => (fits(binding.parameters[i]!, role) ? [] : [i]));
	const first = binding.parameters[wrong[0]!]!;
	const last = binding.parameters[wrong.at(-1)!]!;
	return {
		span: { start: first.start, end: last.end },
		message: `\`${context.api.id}\` takes ${wrong.map((i) => `\`${nameOf(context, i)}\` (${roles[i] === 'dword' ? 'a number' : 'an address'})`).join(' and ')} in this order; the declaration exchanges numbers and addresses. The function reads each as the other. Declare them in the order of the prototype.`,
		...(isWritten(binding)
			? {
					fix: {
						title: `Declare the parameters in the order of ${context.api.id}`,
						edits: wrong.map((i) => ({
							start: binding.parameters[i]!.start,
							end: binding.parameters[i]!.end,
							newText: inOrder(binding, i, roles, context),
						})),
					},
				}
			: {}),
	};
}

/** Names in a prototype go with their types. */
const inOrder = (binding: Written, position: number, roles: readonly ParameterRole[], context: RuleContext): string =>
	right({ ...binding, parameters: [] }, position, roles[position]!, context);

interface Wrong extends Report {
	/** A number is declared as an address or the other way round. */
	readonly exchanged: boolean;
}

/** What to declare, where the type's spelling has no place. */
const ANY_LIBRARY: Readonly<Record<ParameterRole, string>> = {
	socket: 'Declare it as wide as an address.',
	dword: 'Declare it with 4 bytes.',
	pointer: 'Declare it as a pointer.',
};

/** Libraries that pass a number where an address is declared. */
const TAKES_NUMBERS = new Set(['koffi', 'bun:ffi']);
/** Runtimes that exist for 64-bit Windows alone. */
const WIDE_ONLY = new Set(['Deno', 'bun:ffi', 'node:ffi']);

function judge(
	p: BoundParameter,
	position: number,
	role: ParameterRole,
	binding: IoctlBinding,
	context: RuleContext,
): Wrong[] {
	const { type } = p;
	const name = `\`${nameOf(context, position)}\``;
	const shown = `\`${p.text}\``;
	const wanted = isWritten(binding) ? right(binding, position, role, context) : undefined;
	const report = (severity: Report['severity'] & string, message: string, exchanged = false): Wrong[] => [
		{
			span: p,
			severity,
			message: `${message} ${wanted === undefined ? ANY_LIBRARY[role] : `Declare it as \`${wanted}\`.`}`,
			exchanged,
			...(wanted === undefined
				? {}
				: {
						fix: {
							title: `Declare ${nameOf(context, position)} as ${wanted}`,
							edits: [{ start: p.start, end: p.end, newText: wanted }],
						},
					}),
		},
	];
	const wide = context.targets.filter((t) => t !== 'x86');
	const narrowOnly = wide.length === 0;
	const on64 = narrowOnly || wide.length === context.targets.length ? '' : ' on 64-bit Windows';
	if (type.kind === 'unknown') return [];
	if (type.kind === 'other')
		return report(
			'error',
			`${name} is ${role === 'pointer' ? 'an address' : 'an integer'}, but is declared as ${shown}.`,
		);
	const target: Target = narrowOnly ? 'x86' : 'x64';
	if (role === 'dword') {
		if (type.kind === 'pointer')
			return TAKES_NUMBERS.has(binding.library)
				? report(
						'warning',
						`${name} is a \`DWORD\`, but is declared as ${shown}. It goes well only while ${binding.library} takes numbers for addresses.`,
						true,
					)
				: report(
						'error',
						`${name} is a \`DWORD\`, but is declared as ${shown}: ${binding.library} refuses a number there.`,
						true,
					);
		const size = type.bytes[target];
		if (size < 4)
			return report(
				'error',
				`${name} is a \`DWORD\` (4 bytes), but is declared with ${bytes(size)}: larger numbers are cut off.`,
			);
		if (type.bytes.x86 > 4 && context.targets.includes('x86') && !WIDE_ONLY.has(binding.library))
			return report(
				narrowOnly ? 'error' : 'warning',
				`${name} is a \`DWORD\` (4 bytes), but is declared with ${bytes(type.bytes.x86)}: every argument behind it moves on 32-bit Windows.`,
			);
		if (size > 4)
			return report(
				'info',
				`${name} is a \`DWORD\` (4 bytes), but is declared with ${bytes(size)}. Only the lower half is read.`,
			);
		return [];
	}
	if (type.kind === 'pointer') return [];
	const size = type.bytes[target];
	const full = narrowOnly ? 4 : 8;
	if (role === 'socket') {
		if (size < full)
			return report(
				size < 4 ? 'error' : 'warning',
				`${name} is a \`SOCKET\` (${bytes(full)}${on64}), but is declared with ${bytes(size)}: it is cut off, and \`INVALID_SOCKET\` is not recognised.`,
			);
	} else if (size < full) {
		const { input, output, bytesReturned } = context.api.roles;
		const needed = position === input || position === output || position === bytesReturned;
		return report(
			needed ? 'error' : 'warning',
			`${name} is an address (${bytes(full)}${on64}), but is declared as a number of ${bytes(size)}: no address fits, or it is refused.`,
			true,
		);
	}
	if (narrowOnly && type.bytes.x86 > 4)
		return report(
			'error',
			`${name} has 4 bytes on 32-bit Windows, but is declared with ${bytes(type.bytes.x86)}: every argument behind it moves.`,
		);
	return [];
}
