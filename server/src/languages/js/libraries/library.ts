/** What a foreign function interface, or the runtime, gives: one file each, listed in `index.ts`. */
import type { FfiLibrary, TypeNames } from '../../../calls/bindings.ts';
import type { Arguments, Site, Value } from '../values.ts';

export type LoadedLibrary = Value & { readonly kind: 'library' };

export interface Library {
	/** The first names of what it gives: `koffi`, `Buffer`. A package's functions are known as `koffi.load`. */
	readonly roots: readonly string[];
	/** Roots that are there without an import. */
	readonly globals?: readonly string[];
	/** The root that a module of that name stands for; forks of one library count as that library. */
	readonly moduleRoot?: (name: string) => string | undefined;
	/** A member of a root, or of something below one, where it is more than a longer path. */
	readonly member?: (path: readonly string[], property: string) => Value | undefined;
	/** What a call of a path gives. */
	readonly call: (path: readonly string[], args: Arguments, site: Site) => Value;
	/** What `new` of a path gives, where it is another thing than the call. */
	readonly made?: (path: readonly string[], args: Arguments, site: Site) => Value | undefined;
	/** Present where it binds functions of a DLL. */
	readonly ffi?: Ffi;
}

export interface Ffi {
	readonly id: FfiLibrary;
	/** What a call of a method of a loaded DLL gives. */
	readonly method?: (library: LoadedLibrary, method: string, args: Arguments, site: Site) => Value;
	/** Members of a loaded DLL behind which its functions stand. */
	readonly tables: readonly string[];
	/** The entry of a table of declarations is an array: result, types, options. */
	readonly entriesAreArrays?: true;
	/** Functions take all their arguments in one array. */
	readonly packed?: true;
	/** How it writes types; those in a table of its own with the table's name. */
	readonly write: TypeNames;
	/** The name of that table: `DataType`, where types are its members whatever the neighbours are. */
	readonly typeTable?: string;
	/** Types may be written as members of a table. */
	readonly hasTypeTable?: true;
	/** Last names of the functions that declare. */
	readonly declares: readonly string[];
	/** Words of which a file that uses it has one. */
	readonly marks: readonly string[];
}
