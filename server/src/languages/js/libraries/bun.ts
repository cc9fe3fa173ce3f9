/** Bun's own `bun:ffi`. */
import { type Arguments, UNKNOWN_VALUE, type Value } from '../values.ts';
import { dll } from './bound.ts';
import { behind, viewed } from './bytes.ts';
import type { Library } from './library.ts';

function called(path: readonly string[], args: Arguments): Value {
	const arg = (i: number): Value => args[i]?.() ?? UNKNOWN_VALUE;
	switch (path.join('.')) {
		case 'bun:ffi.dlopen':
			return { kind: 'library', library: 'bun:ffi', ...dll(arg(0)), symbols: arg(1) };
		case 'bun:ffi.linkSymbols':
			return { kind: 'library', library: 'bun:ffi', symbols: arg(0) };
		case 'bun:ffi.toArrayBuffer':
			return viewed('ArrayBuffer', arg(2));
		case 'bun:ffi.toBuffer':
			return viewed('Buffer', arg(2));
		case 'bun:ffi.ptr':
			return behind(arg(0), args[1]);
		default:
			return UNKNOWN_VALUE;
	}
}

export const bun: Library = {
	roots: ['bun:ffi'],
	call: called,
	ffi: {
		id: 'bun:ffi',
		tables: ['symbols', 'functions'],
		write: { socket: 'u64', dword: 'u32', pointer: 'ptr', buffer: 'ptr' },
		hasTypeTable: true,
		declares: ['dlopen', 'linkSymbols'],
		marks: ['ffi', 'dlopen'],
	},
};
