/** Which language a document is in. */
import { languages } from './index.generated.ts';
import type { Language } from './language.ts';

/** Every file name ending that some language reads, with the dot. */
export const extensions: readonly string[] = [...new Set(languages.flatMap((l) => l.extensions))];

/** Marks of C++ that no C header has outside of `#ifdef __cplusplus`. */
const CPP_HEADER = /^[ \t]*(?:class|namespace|template\s*<|using\s|public:|private:|protected:)|\bstd::/m;

/**
 * The language of a document: by LSP identifier, else by file name ending. A `.h` or `.inc` is read as C unless it holds C++.
 */
export function languageOf(name: string, languageId: string | undefined, text: string): Language | undefined {
	const byId = languageId && languages.find((l) => l.languageIds.includes(languageId));
	const ending = /\.[^./\\]+$/.exec(name)?.[0].toLowerCase() ?? '';
	const language = byId || languages.find((l) => l.extensions.includes(ending));
	if (language && /^\.(?:h|inc)$/.test(ending) && (language.id === 'c' || language.id === 'cpp'))
		return languages.find((l) => l.id === (CPP_HEADER.test(text) ? 'cpp' : 'c'));
	return language;
}
