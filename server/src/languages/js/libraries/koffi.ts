/** https://koffi.dev: prototypes as text, or a name, a result and a list of types. */
import { type CType, perTarget, same } from '../../../types/ctype.ts';
import { fieldOffset, sizeOf } from '../../../types/layout.ts';
import { TYPES } from '../ctypes.ts';
import { type Arguments, byteCount, type Site, sizeNumber, UNKNOWN_VALUE, type Value, wholeNumber } from '../values.ts';
import { binding, dll, fromPrototype } from './bound.ts';
import { convertedBytes, viewed } from './bytes.ts';
import type { Library, LoadedLibrary } from './library.ts';
import { record, sizeOfType, typeOfValue } from './types.ts';

/** `lib.func(…)`. */
function method(_library: LoadedLibrary, name: string, args: Arguments, site: Site): Value {
	if (!/^(?:func|cdecl|stdcall|fastcall|thiscall)$/.test(name)) return UNKNOWN_VALUE;
	const first = args[0]?.();
	const { elements } = args;
	const [only] = elements ?? [];
	if (first?.kind !== 'text' || !elements || !only) return UNKNOWN_VALUE;
	if (args.length === 1) return fromPrototype(first.text, only, site);
	// A calling convention may come before the name.
	const at = /^(?:__)?(?:stdcall|cdecl|fastcall|thiscall)$/.test(first.text) ? 1 : 0;
	const symbol = args[at]?.();
	const list = elements[at + 2];
	if (symbol?.kind !== 'text' || !list?.node || !list.env) return UNKNOWN_VALUE;
	const types = site.ask.evaluate(list.node, list.env, site.depth);
	const { node, env, ask } = site;
	return binding(
		{ library: 'koffi', symbol: symbol.text, env: list.env, at: env.chunk, node, types, list: list.node },
		ask,
	);
}

const typed = (type: CType): Value => (type.kind === 'unknown' ? UNKNOWN_VALUE : { kind: 'type', type });

type Call = (args: Arguments, site: Site, name: string) => Value;

const given = (args: Arguments, at: number): Value => args[at]?.() ?? UNKNOWN_VALUE;
const typeAt = (args: Arguments, at: number, site: Site): CType =>
	typeOfValue(given(args, at), site.env.chunk, site.ask);

const ofStruct: Call = (args, site, name) => {
	const first = given(args, 0);
	const isNamed = first.kind === 'text';
	return record(isNamed ? first.text : '', given(args, isNamed ? 1 : 0), site.env, site.depth, site.ask, {
		...(name === 'pack' ? { pack: 1 } : {}),
		...(name === 'union' ? { union: true } : {}),
	});
};

const ofDirection: Call = (args, site, name) => {
	const of = typeAt(args, 0, site);
	if (of.kind === 'unknown') return UNKNOWN_VALUE;
	return { kind: 'type', type: of, direction: name === 'out' ? 'out' : 'inout' };
};

const ofType: Call = (args, site) => typed(typeAt(args, 0, site));

const ofMemory: Call = (args) => {
	const memory = given(args, 0);
	return memory.kind === 'bytes' ? memory : UNKNOWN_VALUE;
};

const CALLS: Readonly<Record<string, Call>> = {
	load: (args) => ({ kind: 'library', library: 'koffi', ...dll(given(args, 0)) }),
	struct: ofStruct,
	pack: ofStruct,
	union: ofStruct,
	alias: (args, site) => typed(typeAt(args, 1, site)),
	pointer: (args, site) => {
		// With two arguments the first is the type's name, unless the second counts the stars.
		const second = args[1] ? given(args, 1) : undefined;
		return {
			kind: 'type',
			type: { kind: 'pointer', to: typeAt(args, second && second.kind !== 'numbers' ? 1 : 0, site) },
		};
	},
	out: ofDirection,
	inout: ofDirection,
	array: (args, site) => {
		const length = wholeNumber(given(args, 1));
		return typed({ kind: 'array', of: typeAt(args, 0, site), ...(length === undefined ? {} : { length }) });
	},
	opaque: () => typed({ kind: 'void' }),
	proto: () => typed({ kind: 'function' }),
	resolve: ofType,
	type: ofType,
	introspect: ofType,
	sizeof: (args, site) => sizeOfType(typeAt(args, 0, site)),
	offsetof: (args, site) => {
		const member = given(args, 1);
		const offset = member.kind === 'text' ? fieldOffset(typeAt(args, 0, site), member.text, TYPES) : undefined;
		return offset ? sizeNumber(offset) : UNKNOWN_VALUE;
	},
	alloc: (args, site) => {
		const one = sizeOf(typeAt(args, 0, site), TYPES);
		const count = args[1] ? byteCount(given(args, 1)) : same(1);
		const bytes = one && count && perTarget((p) => (p === 4 ? one.x86 * count.x86 : one.x64 * count.x64));
		return { kind: 'bytes', type: 'memory', ...(bytes ? { bytes } : {}) };
	},
	as: (args, site) => {
		const from = given(args, 0);
		if (from.kind === 'bytes') return from;
		const to = typeAt(args, 1, site);
		const memory = to.kind === 'pointer' ? convertedBytes(from, to.to) : undefined;
		return memory ?? UNKNOWN_VALUE;
	},
	address: ofMemory,
	view: (args) => viewed('ArrayBuffer', args[1]?.()),
};

export const koffi: Library = {
	roots: ['koffi'],
	moduleRoot: (name) => (name === 'koffi' || name.startsWith('koffi/') ? 'koffi' : undefined),
	call: (path, args, site) => {
		const name = path.slice(1).join('.');
		const call = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
		return call ? call(args, site, name) : UNKNOWN_VALUE;
	},
	ffi: {
		id: 'koffi',
		method,
		tables: ['symbols', 'functions'],
		write: { socket: 'uintptr_t', dword: 'uint32_t', pointer: 'void *', buffer: 'void *' },
		declares: ['func', 'stdcall', 'cdecl'],
		marks: ['koffi'],
	},
};
