/** ffi-napi, its forks, and the `ref` packages that make its types. */

import { type CType, same } from '../../../types/ctype.ts';
import { sizeOf } from '../../../types/layout.ts';
import { TYPES, typeNamed } from '../ctypes.ts';
import {
	type Arguments,
	NULL_VALUE,
	type Site,
	sizeNumber,
	UNKNOWN_VALUE,
	type Value,
	wholeNumber,
} from '../values.ts';
import { binding, dll } from './bound.ts';
import { memory, utf8Length } from './bytes.ts';
import type { Library } from './library.ts';
import { record, typeOfValue } from './types.ts';

const MODULES: readonly (readonly [name: RegExp, root: string])[] = [
	[/^ffi$|(?:^|\/)(?:node-)?ffi-napi$/, 'ffi-napi'],
	[/^ref$|(?:^|\/)ref-napi$/, 'ref'],
	[/(?:^|\/)ref-struct(?:-napi)?$/, 'ref-struct'],
	[/(?:^|\/)ref-array(?:-napi)?$/, 'ref-array'],
	[/(?:^|\/)ref-struct-di$/, 'ref-struct-di'],
	[/(?:^|\/)ref-array-di$/, 'ref-array-di'],
];

function foreignFunction(args: Arguments, site: Site): Value {
	const symbol = args[0]?.();
	const list = args.elements?.[2];
	if (symbol?.kind !== 'symbol' || !list?.node || !list.env) return UNKNOWN_VALUE;
	const types = site.ask.evaluate(list.node, list.env, site.depth);
	const { node, env, ask } = site;
	return binding(
		{ library: 'ffi-napi', symbol: symbol.name, env: list.env, at: env.chunk, node, types, list: list.node },
		ask,
	);
}

function called(path: readonly string[], args: Arguments, site: Site): Value {
	const { env, depth, ask } = site;
	const arg = (i: number): Value => args[i]?.() ?? UNKNOWN_VALUE;
	const type = (i: number): CType => typeOfValue(arg(i), env.chunk, ask);
	switch (path.join('.')) {
		case 'ffi-napi.Library':
			return { kind: 'library', library: 'ffi-napi', ...dll(arg(0)), symbols: arg(1) };
		case 'ffi-napi.DynamicLibrary':
			return { kind: 'library', library: 'ffi-napi', ...dll(arg(0)) };
		case 'ffi-napi.ForeignFunction':
			return foreignFunction(args, site);
		case 'ref.alloc': {
			const holds = type(0);
			const bytes = memory('Buffer', 1, sizeOf(holds, TYPES));
			return holds.kind === 'unknown' ? bytes : { ...bytes, holds };
		}
		case 'ref.allocCString': {
			const text = arg(0);
			return memory('Buffer', 1, text.kind === 'text' ? same(utf8Length(text.text) + 1) : undefined);
		}
		case 'ref.refType':
			return { kind: 'type', type: { kind: 'pointer', to: type(0) } };
		case 'ref.coerceType':
			return { kind: 'type', type: type(0) };
		case 'ref-struct-di':
			return { kind: 'foreign', path: ['ref-struct'] };
		case 'ref-array-di':
			return { kind: 'foreign', path: ['ref-array'] };
		case 'ref-struct': {
			const packed = args[1] ? ask.member(arg(1), 'packed', depth + 1) : undefined;
			return record('', arg(0), env, depth, ask, packed?.kind === 'boolean' && packed.value ? { pack: 1 } : {});
		}
		case 'ref-array': {
			const length = args[1] ? wholeNumber(arg(1)) : undefined;
			return { kind: 'type', type: { kind: 'array', of: type(0), ...(length === undefined ? {} : { length }) } };
		}
		default:
			return UNKNOWN_VALUE;
	}
}

export const ffiNapi: Library = {
	roots: ['ffi-napi', 'ref', 'ref-struct', 'ref-array', 'ref-struct-di', 'ref-array-di'],
	moduleRoot: (name) => MODULES.find(([pattern]) => pattern.test(name))?.[1],
	member: ([root, group, ...more], property) => {
		if (root !== 'ref') return undefined;
		if (group === undefined && /^NULL(?:_POINTER)?$/.test(property)) return NULL_VALUE;
		if (group !== 'sizeof' || more.length > 0) return undefined;
		const size = sizeOf(
			typeNamed(property, () => undefined),
			TYPES,
		);
		return size ? sizeNumber(size) : UNKNOWN_VALUE;
	},
	call: called,
	ffi: {
		id: 'ffi-napi',
		method: (library, method, args) => {
			const name = method === 'get' || method === 'symbol' ? args[0]?.() : undefined;
			return name?.kind === 'text' ? { kind: 'symbol', library: library.library, name: name.text } : UNKNOWN_VALUE;
		},
		tables: [],
		entriesAreArrays: true,
		write: { socket: 'size_t', dword: 'uint32', pointer: 'pointer', buffer: 'pointer' },
		declares: ['Library', 'ForeignFunction'],
		marks: ['ffi'],
	},
};
