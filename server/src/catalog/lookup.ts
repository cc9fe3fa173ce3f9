/** Finding catalog entries by name and by number. */
import { codes, options, types } from './builtin.generated.ts';
import type { AliasSpec, CatalogType, ControlCode, FieldSpec, NamedValue, WskOption } from './model.ts';

interface Named {
	readonly code: ControlCode;
	/** Present when the name is a further name of the code. */
	readonly alias?: AliasSpec;
}

const byName = new Map<string, Named>();
const byValue = new Map<number, ControlCode[]>();
for (const code of codes) {
	byName.set(code.name, { code });
	const others = byValue.get(code.opcode.value);
	if (others) others.push(code);
	else byValue.set(code.opcode.value, [code]);
}
for (const code of codes) {
	for (const alias of code.aliases ?? []) if (!byName.has(alias.name)) byName.set(alias.name, { code, alias });
}

/** The code of that exact name; further names (`SIO_PRIORITY_HINT`, `SIO_FINDROUTE`) give their entry and the alias. */
export const codeByName = (name: string): Named | undefined => byName.get(name);

/** All codes of that value, taken modulo 2^32; two values have two unrelated codes. */
export const codesByValue = (value: number): readonly ControlCode[] => byValue.get(value >>> 0) ?? [];

/** A socket option of WskControlSocket by its name. */
export const wskOptionByName = (name: string): WskOption | undefined => options.find((o) => o.name === name);

/** A named value of an enumeration, or of a member of a structure. */
export interface Constant {
	readonly value: NamedValue;
	readonly type: CatalogType;
	/** The member that takes the value; absent for a value of the type itself. */
	readonly member?: FieldSpec;
}

const membersOf = (fields: readonly FieldSpec[]): readonly FieldSpec[] =>
	fields.flatMap((f) => (typeof f.type === 'string' ? [f] : [f, ...membersOf(f.type.fields)]));

const constants = new Map<string, Constant>();
for (const type of types) {
	const own: readonly Constant[] =
		'fields' in type
			? membersOf(type.fields).flatMap((member) => (member.values ?? []).map((value) => ({ value, type, member })))
			: (type.values ?? []).map((value) => ({ value, type }));
	for (const constant of own) if (!constants.has(constant.value.name)) constants.set(constant.value.name, constant);
}

/** The constant of that exact name: `RCVALL_ON`, `IFF_UP`. */
export const constantByName = (name: string): Constant | undefined => constants.get(name);

/** Every name that `constantByName` knows. */
export const allConstantNames = (): Iterable<string> => constants.keys();

/** Every name that `codeByName` knows. */
export const allCodeNames = (): Iterable<string> => byName.keys();
