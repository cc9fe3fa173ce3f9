/** Finding catalog entries by name and by number. */
import { codes, options } from './index.generated.ts';
import type { AliasSpec, ControlCode, WskOption } from './types.ts';

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

/** Every name that `codeByName` knows. */
export const allCodeNames = (): Iterable<string> => byName.keys();
