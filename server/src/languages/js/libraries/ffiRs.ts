/** ffi-rs: tables of functions that take all their arguments in one array, or `load` with everything in one object. */
import { UNKNOWN_VALUE } from '../values.ts';
import { socketMade } from './bound.ts';
import type { Library } from './library.ts';

export const ffiRs: Library = {
	roots: ['ffi-rs'],
	call: (path, args, site) => {
		const given = args[0]?.() ?? UNKNOWN_VALUE;
		switch (path.join('.')) {
			case 'ffi-rs.define':
				return { kind: 'library', library: 'ffi-rs', symbols: given };
			case 'ffi-rs.load': {
				const name = site.ask.member(given, 'funcName', site.depth + 1);
				const values = site.ask.member(given, 'paramsValue', site.depth + 1);
				if (name.kind !== 'text' || values.kind !== 'list') return UNKNOWN_VALUE;
				return socketMade(name.text, values.elements, false) ?? UNKNOWN_VALUE;
			}
			default:
				return UNKNOWN_VALUE;
		}
	},
	ffi: {
		id: 'ffi-rs',
		tables: [],
		packed: true,
		// Its `External` refuses null and buffers; a null pointer is the number 0.
		write: { socket: 'U64', dword: 'U32', pointer: 'U64', buffer: 'U8Array' },
		typeTable: 'DataType.',
		hasTypeTable: true,
		declares: ['define'],
		marks: ['ffi'],
	},
};
