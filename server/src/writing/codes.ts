/** Which control codes can be written as the code of a call, the likeliest first. */
import type { Api } from '../catalog/api.ts';
import { callsSeen } from '../catalog/callsSeen.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { AliasSpec, ControlCode } from '../catalog/model.ts';
import { entryOf } from '../types/own.ts';

/** A name that can be written. */
export interface WritableCode {
	readonly name: string;
	readonly code: ControlCode;
	/** Present for a further name of the code, which its header defines. */
	readonly alias?: AliasSpec;
}

/** Does a function take a code? */
export function takesCode(api: Api, code: ControlCode, catalog: Catalog): boolean {
	if (code.opcode.family !== api.family) return false;
	if (code.takenBy) return code.takenBy.includes(api.id);
	const family = catalog.family(api);
	if ((code.handle ?? family.handle) !== (api.handle ?? family.handle)) return false;
	// Of the kernel's function the catalog says for each code what becomes of its request packet.
	if (api.roles.irp !== undefined) return code.wskOnly === true || code.overlapped?.irp !== undefined;
	if (code.wskOnly) return false;
	// A function without sizes has codes of its own, which its header defines beside it.
	return api.impliedLength === undefined || code.header === api.header;
}

/** The codes that a function takes; without one, those of every function. */
export function codesFor(api: Api | undefined, catalog: Catalog): readonly WritableCode[] {
	const key = api ?? catalog;
	const ofCatalog = known.get(catalog) ?? new Map<object, readonly WritableCode[]>();
	known.set(catalog, ofCatalog);
	const found = ofCatalog.get(key) ?? ordered(api, catalog);
	ofCatalog.set(key, found);
	return found;
}

const known = new WeakMap<Catalog, Map<object, readonly WritableCode[]>>();

function ordered(api: Api | undefined, catalog: Catalog): readonly WritableCode[] {
	const codes = catalog.entries.codes.filter((code) => !api || takesCode(api, code, catalog));
	/** Who describes codes of their own writes them. */
	const rank = ({ name, status, isOwn }: ControlCode): number => {
		if (isOwn) return Number.MAX_SAFE_INTEGER;
		return status ? -1 : (entryOf(callsSeen, name) ?? 0);
	};
	return codes
		.toSorted((a, b) => rank(b) - rank(a) || (a.name < b.name ? -1 : 1))
		.flatMap((code) => [
			{ name: code.name, code },
			...(code.aliases ?? [])
				.filter(({ kind }) => kind === 'header')
				.map((alias) => ({ name: alias.name, code, alias })),
		]);
}
