/** Deno's foreign function interface, a part of the runtime. */
import { type Arguments, NULL_VALUE, UNKNOWN_VALUE, type Value, wholeNumber } from '../values.ts';
import { dll } from './bound.ts';
import { behind, viewed } from './bytes.ts';
import type { Library } from './library.ts';

function called(path: readonly string[], args: Arguments): Value {
	const arg = (i: number): Value => args[i]?.() ?? UNKNOWN_VALUE;
	switch (path.join('.')) {
		case 'Deno.dlopen':
			return { kind: 'library', library: 'Deno', ...dll(arg(0)), symbols: arg(1) };
		case 'Deno.UnsafePointer.of':
			return arg(0);
		case 'Deno.UnsafePointer.create':
			return wholeNumber(arg(0)) === 0 ? NULL_VALUE : UNKNOWN_VALUE;
		case 'Deno.UnsafePointerView.getArrayBuffer':
			return viewed('ArrayBuffer', arg(1));
		case 'Deno.UnsafePointer.offset':
			return behind(arg(0), args[1]);
		default:
			return UNKNOWN_VALUE;
	}
}

export const deno: Library = {
	roots: ['Deno'],
	globals: ['Deno'],
	call: called,
	ffi: {
		id: 'Deno',
		tables: ['symbols', 'functions'],
		write: { socket: 'usize', dword: 'u32', pointer: 'pointer', buffer: 'buffer' },
		declares: ['dlopen'],
		marks: ['dlopen'],
	},
};
