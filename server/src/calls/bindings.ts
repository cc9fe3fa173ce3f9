/** Declarations of entry points for a foreign function interface: what another language says of the C prototype. */

import type { Api, ApiId } from '../catalog/api.ts';
import type { Span } from '../syntax/span.ts';
import type { CType, PerTarget } from '../types/ctype.ts';

export type FfiLibrary = 'koffi' | 'ffi-napi' | 'ffi-rs' | 'Deno' | 'bun:ffi' | 'node:ffi';

/** What a parameter is declared as. */
export type ParameterType =
	| { readonly kind: 'integer'; readonly bytes: PerTarget }
	/** Also buffers, strings and callbacks. `to`: what it points to, where that is stated. */
	| { readonly kind: 'pointer'; readonly to?: CType }
	/** Nothing that a parameter of an entry point is: a floating-point number, a structure by value, `void`. */
	| { readonly kind: 'other' }
	| { readonly kind: 'unknown' };

export interface BoundParameter extends Span {
	/** As written. */
	readonly text: string;
	/** Its name in a C prototype. */
	readonly name?: string;
	readonly type: ParameterType;
}

/** How the library writes the kinds of types that entry points have. */
export interface TypeNames {
	readonly socket: string;
	readonly dword: string;
	/** An address that is handed on as it is, mostly a null pointer. */
	readonly pointer: string;
	/** The address of a buffer's bytes. */
	readonly buffer: string;
}

/** How a text calls functions of a DLL, seen from an offset in it. */
export interface ForeignInterface {
	readonly library: FfiLibrary;
	readonly write: TypeNames;
	/** The name that stands for the whole library there. */
	readonly name?: string;
	/** The entry points that it declares or calls, and the expression by which each is called; undefined: not told. */
	readonly callees: ReadonlyMap<ApiId, string | undefined>;
	/** An entry of a table of declarations can begin there. */
	readonly isTable: boolean;
}

export interface IoctlBinding extends Span {
	readonly kind: 'ffi-declaration';
	readonly api: ApiId;
	readonly library: FfiLibrary;
	/** Where the declaration begins. */
	readonly calleeSpan: Span;
	readonly parameters: readonly BoundParameter[];
	/** Between the brackets or parentheses of the list of parameters. */
	readonly list: Span;
	/** Absent where the parameters are not written in this place, so that no text can be put into it. */
	readonly write?: TypeNames;
	/** Written as a C prototype: types are followed by names. */
	readonly prototype: boolean;
	/** Name of the function that it stands in. */
	readonly enclosing?: string;
	/** A declaration has no control code. */
	readonly code?: undefined;
}

/** What a parameter of an entry point really is. */
export type ParameterRole = 'socket' | 'dword' | 'pointer';

/** By position, from the roles of the arguments: control codes and sizes are DWORDs, whatever is no number is a pointer. */
export function parameterRoles(api: Api): readonly ParameterRole[] {
	const { socket, code, inputSize, outputSize } = api.roles;
	return api.parameters.map((_, i) =>
		i === socket ? 'socket' : i === code || i === inputSize || i === outputSize ? 'dword' : 'pointer',
	);
}
