/** Node's own `node:ffi`. */
import { type Arguments, type Site, UNKNOWN_VALUE, type Value } from '../values.ts';
import { boundByObject, dll } from './bound.ts';
import { viewed } from './bytes.ts';
import type { Library } from './library.ts';

function called(path: readonly string[], args: Arguments): Value {
	const arg = (i: number): Value => args[i]?.() ?? UNKNOWN_VALUE;
	switch (path.join('.')) {
		case 'node:ffi.dlopen':
			return { kind: 'library', library: 'node:ffi', ...dll(arg(0)), ...(args[1] ? { symbols: arg(1) } : {}) };
		case 'node:ffi.DynamicLibrary':
			return { kind: 'library', library: 'node:ffi', ...dll(arg(0)) };
		case 'node:ffi.toArrayBuffer':
			return viewed('ArrayBuffer', arg(1));
		case 'node:ffi.toBuffer':
			return viewed('Buffer', arg(1));
		case 'node:ffi.getRawPointer': {
			const of = arg(0);
			return of.kind === 'bytes' ? of : UNKNOWN_VALUE;
		}
		default:
			return UNKNOWN_VALUE;
	}
}

export const nodeFfi: Library = {
	roots: ['node:ffi'],
	call: called,
	ffi: {
		id: 'node:ffi',
		method: (library, method, args, { depth, ask }: Site) => {
			if (method === 'getFunctions' && args[0]) return { ...library, symbols: args[0]() };
			const name = method === 'getFunction' ? args[0]?.() : undefined;
			return name?.kind === 'text'
				? boundByObject('node:ffi', name.text, args[1]?.() ?? UNKNOWN_VALUE, depth, ask)
				: UNKNOWN_VALUE;
		},
		tables: ['symbols', 'functions', 'lib'],
		write: { socket: 'u64', dword: 'u32', pointer: 'pointer', buffer: 'pointer' },
		declares: ['dlopen', 'getFunction'],
		marks: ['ffi', 'dlopen'],
	},
};
