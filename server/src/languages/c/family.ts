/** C and C++ as one family: two grammars, one reading. */
import type { Language } from '../language.ts';
import { CFile } from './file.ts';
import { cppWording, cWording } from './wording.ts';

/** A language of the family. */
export function cFamily(id: 'c' | 'cpp', grammar: string, extensions: readonly string[]): Language {
	return {
		id,
		grammar,
		extensions,
		languageIds: [id],
		wording: id === 'cpp' ? cppWording : cWording,
		open: (text, env) => new CFile(text, id === 'cpp', env),
	};
}
