/** TypeScript, TSX and JavaScript as one family: two grammars, one reading. */
import type { Language } from '../language.ts';
import { MARKS } from './imports.ts';
import { JsFile } from './source.ts';
import { jsWording } from './wording.ts';

/** A language of the family. */
export function jsFamily(
	id: string,
	grammar: string,
	extensions: readonly string[],
	languageIds: readonly string[],
): Language {
	return {
		id,
		grammar,
		extensions,
		languageIds,
		wording: jsWording,
		marks: MARKS,
		open: JsFile.open,
	};
}
