/** The argument of a call at a place of a document, as completion and signature help need it. */
import { type Ask, assemble } from '../calls/assemble.ts';
import type { IoctlCall } from '../calls/model.ts';
import type { SiteAt } from '../calls/siteAt.ts';
import type { Api } from '../catalog/api.ts';
import type { ControlCode } from '../catalog/model.ts';
import { isParserError } from '../syntax/trees.ts';
import { type ArgumentPlace, type Role, roleOf } from '../writing/arguments.ts';
import type { View } from './session/analyses.ts';

export interface CallPlace extends ArgumentPlace {
	readonly site: SiteAt;
	readonly call: IoctlCall;
	readonly api: Api;
	readonly code: ControlCode | undefined;
	/** Role of the argument at the place; undefined: it has none that is known. */
	readonly role: Role | undefined;
}

/** What cannot be read of a call that is being written is unknown. */
const quiet: Ask = (question, unknown) => {
	try {
		return question();
	} catch (error) {
		if (isParserError(error)) throw error;
		return unknown;
	}
};

/** The null pointer that a file writes: C++ has one of its own, unless the file keeps to the other. */
export function nullWordOf({ language, text }: Pick<View, 'language' | 'text'>): string {
	const isOld = /\bNULL\b/.test(text) && !/\bnullptr\b/.test(text);
	return language.id === 'cpp' && !isOld ? 'nullptr' : language.wording.nullWord;
}

/** The call that a place stands in; undefined where it stands in none. */
export function callPlaceAt(view: View): CallPlace | undefined {
	const { catalog } = view;
	const site = view.file.siteAt(view.offset);
	const api = site && catalog.functionById(site.site.api);
	if (!site || !api) return undefined;
	const call = assemble(site.site, catalog, quiet);
	const code = call.kind === 'ioctl' ? call.code.entry : undefined;
	const { wording } = view.language;
	return {
		site,
		api,
		call,
		code,
		role: site.slot === undefined ? undefined : roleOf(api, site.slot, code),
		catalog,
		wording,
		nullWord: nullWordOf(view),
		objects: (types) => site.objects(types),
	};
}
