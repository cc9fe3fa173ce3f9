/**
 * A catalog: every control code, type, option, function and family that one check knows. It is a value: nothing is ever
 * added to it, and what somebody adds of their own (`with`) makes another one.
 */

import { indexTypes, type TypeIndex, typeLookup } from '../types/catalogLookup.ts';
import type { Lookup } from '../types/layout.ts';
import type { Api } from './api.ts';
import { codes, families, options, types } from './builtin.generated.ts';
import type { CodeMacro, Family } from './family.ts';
import { apis } from './functions.generated.ts';
import { guids } from './guids.ts';
import type { AliasSpec, CatalogType, ControlCode, ExtensionGuid, FieldSpec, NamedValue, WskOption } from './model.ts';
import { allNames } from './numberNames.ts';
import { type CatalogAdditions, type CatalogProblem, readAdditions } from './reading.ts';

export type { CatalogAdditions, CatalogProblem } from './reading.ts';

/** A longer name is nobody's function. */
const LONGEST_NAME = 200;

/** What a catalog is made of. */
export interface CatalogSource {
	readonly codes: readonly ControlCode[];
	readonly types: readonly CatalogType[];
	readonly options: readonly WskOption[];
	readonly guids: readonly ExtensionGuid[];
	readonly functions: readonly Api[];
	readonly families: readonly Family[];
}

/** A code found by one of its names. */
export interface NamedCode {
	readonly code: ControlCode;
	/** Present when the name is a further name of the code. */
	readonly alias?: AliasSpec;
}

/** A named value of an enumeration, or of a member of a structure. */
export interface Constant {
	readonly value: NamedValue;
	readonly type: CatalogType;
	/** The member that takes the value; absent for a value of the type itself. */
	readonly member?: FieldSpec;
}

function setNew<V>(map: Map<string, V>, key: string, value: V): void {
	if (!map.has(key)) map.set(key, value);
}

const membersOf = (fields: readonly FieldSpec[]): readonly FieldSpec[] =>
	fields.flatMap((f) => (typeof f.type === 'string' ? [f] : [f, ...membersOf(f.type.fields)]));

const constantsOf = (type: CatalogType): readonly Constant[] =>
	'fields' in type
		? membersOf(type.fields).flatMap((member) => allNames(member).map((value) => ({ value, type, member })))
		: allNames(type).map((value) => ({ value, type }));

export class Catalog {
	/** What comes with the product. */
	static readonly builtin: Catalog = new Catalog({
		codes,
		types,
		options,
		guids,
		functions: apis,
		families,
	});

	/** Everything in it, in the order given. */
	readonly entries: CatalogSource;
	/** What a name stands for as a C type; asked after a document's own types. */
	readonly lookup: Lookup;
	readonly #types: TypeIndex;
	readonly #codes = new Map<string, NamedCode>();
	readonly #values = new Map<number, ControlCode[]>();
	readonly #constants = new Map<string, Constant>();
	readonly #functions = new Map<string, Api>();
	readonly #functionIds = new Map<string, Api>();
	/** Matches names that hold the name of some entry point. */
	readonly #namesFunction: RegExp;
	readonly #families = new Map<string, Family>();
	readonly #macros = new Map<string, CodeMacro>();
	readonly #headerConstants = new Map<string, number>();

	/**
	 * Takes the source as it is: entries that are not one's own go through `with`.
	 * @throws Error for a code or a function of a family that is not there
	 */
	constructor(source: CatalogSource) {
		this.entries = source;
		this.#types = indexTypes(source.types);
		this.lookup = typeLookup(this.#types);
		for (const code of source.codes) {
			this.#codes.set(code.name, { code });
			const others = this.#values.get(code.opcode.value);
			if (others) others.push(code);
			else this.#values.set(code.opcode.value, [code]);
		}
		for (const code of source.codes)
			for (const alias of code.aliases ?? []) setNew(this.#codes, alias.name, { code, alias });
		for (const type of source.types)
			for (const constant of constantsOf(type)) setNew(this.#constants, constant.value.name, constant);
		for (const api of source.functions) {
			this.#functionIds.set(api.id, api);
			this.#functions.set(api.id, api);
		}
		const ids = source.functions.map(({ id }) => id.replace(/\W/g, '\\$&'));
		this.#namesFunction = new RegExp(ids.join('|') || '(?!)');
		for (const api of source.functions) for (const alias of api.aliases) setNew(this.#functions, alias, api);
		for (const family of source.families) {
			this.#families.set(family.id, family);
			for (const [name, macro] of Object.entries(family.macros)) setNew(this.#macros, name, macro);
			for (const [name, value] of Object.entries(family.constants)) setNew(this.#headerConstants, name, value);
		}
		for (const code of source.codes) this.family(code.opcode);
		for (const api of source.functions) this.family(api);
	}

	/** The entry points. */
	get functions(): readonly Api[] {
		return this.entries.functions;
	}

	/** The code of that exact name; further names (`SIO_PRIORITY_HINT`, `SIO_FINDROUTE`) give their entry and the alias. */
	code(name: string): NamedCode | undefined {
		return this.#codes.get(name);
	}

	/**
	 * All codes of that value, taken modulo 2^32; two values have two unrelated codes.
	 * @param family id: the codes of that family alone, as an entry point takes no others.
	 */
	codes(value: number, family?: string): readonly ControlCode[] {
		const found = this.#values.get(value >>> 0) ?? [];
		return family === undefined ? found : found.filter((code) => code.opcode.family === family);
	}

	/**
	 * Codes of the families in question that differ from a number in nothing but the bits that say which way data goes, by
	 * value; one that has the number itself is among them.
	 */
	near(value: number, families: readonly Family[] = this.entries.families): readonly ControlCode[] {
		return families.flatMap((family) => this.#differing(value, family, family.directionBits)).sort(byValue);
	}

	/** Codes of a family that differ from a number, which nobody may define, in nothing but who defines them; by value. */
	misplaced(value: number, family: Family): readonly ControlCode[] {
		return family.isOpen(value) ? [] : this.#differing(value, family, family.ownerBits).sort(byValue);
	}

	#differing(value: number, { id }: Family, bits: number): ControlCode[] {
		return this.entries.codes.filter(({ opcode }) => opcode.family === id && ((opcode.value ^ value) & ~bits) === 0);
	}

	/** The type of that name, alias or tag (`SOCKADDR_IN`, `sockaddr_in`); pointer typedefs are not followed. */
	type(name: string): CatalogType | undefined {
		return this.#types.byName.get(name);
	}

	/** The type that a pointer typedef of that name points to: `LPSOCKADDR_IN`. */
	pointedType(name: string): CatalogType | undefined {
		return this.#types.byPointer.get(name);
	}

	/** A socket option of WskControlSocket. */
	option(name: string): WskOption | undefined {
		return this.entries.options.find((o) => o.name === name);
	}

	/** The constant of that exact name: `RCVALL_ON`, `IFF_UP`. */
	constant(name: string): Constant | undefined {
		return this.#constants.get(name);
	}

	/** The GUID of that name (`WSAID_ACCEPTEX`). */
	guid(name: string): ExtensionGuid | undefined {
		return this.entries.guids.find((g) => g.name === name);
	}

	/** The GUID by which a pointer of that type (`LPFN_ACCEPTEX`) is asked for. */
	guidOfPointer(type: string): ExtensionGuid | undefined {
		return this.entries.guids.find((g) => g.type === type);
	}

	/** The entry that a GUID names, by its text in any case, with braces or without. */
	guidByText(text: string): ExtensionGuid | undefined {
		const canonical = text.replace(/[{}]/g, '').toLowerCase();
		return this.entries.guids.find((g) => g.guid === canonical);
	}

	/** The entry point of that id. */
	functionById(id: string): Api | undefined {
		return this.#functionIds.get(id);
	}

	/** The entry point of that exact name; `LPWSPIOCTL` and `lpWSPIoctl` give WSPIoctl. */
	functionByName(name: string): Api | undefined {
		return this.#functions.get(name);
	}

	/** The entry point that a callee's last name stands for: its own name, or one that people derive from it. */
	entryPoint(name: string): Api | undefined {
		// Asked for every word of every text.
		if (name.length > LONGEST_NAME || !this.#namesFunction.test(name)) return undefined;
		return this.#functionIds.get(name) ?? this.functions.find((api) => name.includes(api.id) && api.matches(name));
	}

	/** False where no word of a text stands for an entry point. */
	mayNameEntryPoint(text: string): boolean {
		return this.#namesFunction.test(text);
	}

	/** The family of a code or of an entry point. */
	family(of: { readonly family: string }): Family {
		const family = this.#families.get(of.family);
		if (!family) throw new Error(`The catalog has no family ${of.family}.`);
		return family;
	}

	/** The families whose code a number can be: those of the codes that have it, else all. */
	familiesOf(value: number): readonly Family[] {
		const known = new Set(this.codes(value).map((code) => this.family(code.opcode)));
		return known.size > 0 ? [...known] : this.entries.families;
	}

	/** A macro that builds codes. */
	macro(name: string): CodeMacro | undefined {
		return this.#macros.get(name);
	}

	/** The macros whose last argument is a type. */
	typeMacros(): readonly string[] {
		return [...this.#macros].flatMap(([name, { parameters }]) => (parameters.at(-1) === 'type' ? [name] : []));
	}

	/** The unsigned value of a constant that codes are written with: `IOC_VENDOR`. */
	headerConstant(name: string): number | undefined {
		return this.#headerConstants.get(name);
	}

	/** Every name that `code` knows. */
	codeNames(): Iterable<string> {
		return this.#codes.keys();
	}

	/** Every name that `constant` knows. */
	constantNames(): Iterable<string> {
		return this.#constants.keys();
	}

	/** Every name of every entry point. */
	functionNames(): readonly string[] {
		return [...this.#functions.keys()];
	}

	/** Every name of everything in it; one may come twice. */
	*names(): Generator<string> {
		yield* this.#codes.keys();
		yield* this.#types.byName.keys();
		yield* this.#types.byPointer.keys();
		for (const option of this.entries.options) yield option.name;
		yield* this.#functions.keys();
		for (const { name, gives } of this.entries.guids) {
			yield name;
			yield gives;
		}
		yield* this.#constants.keys();
	}

	/**
	 * A catalog that also holds what somebody adds. What cannot be used is left out and told as a problem; it spoils
	 * neither the other additions nor what is there.
	 */
	with(additions: CatalogAdditions): { readonly catalog: Catalog; readonly problems: readonly CatalogProblem[] } {
		const { source, problems } = readAdditions(this, additions, (source) => new Catalog(source));
		return { catalog: new Catalog(source), problems };
	}
}

const byValue = (a: ControlCode, b: ControlCode): number => a.opcode.value - b.opcode.value;
