/** Whether a text can hold a call at all, before anything is parsed. */
import type { Catalog } from '../catalog/catalog.ts';
import { callMark, ROUTINE } from '../catalog/marks.ts';
import { calledNames } from '../catalog/ownFunctions.ts';
import type { Language } from '../languages/language.ts';
import type { CheckOptions } from './options.ts';

/**
 * True when a text can hold a call at all: it has a word that names an entry point. Cheap, and run before anything is
 * parsed: of the sources that mention some `ioctl`, five in six have no call that matters here.
 */
export function mayHoldCalls(text: string, catalog: Catalog, options: CheckOptions = {}, language?: Language): boolean {
	if (calledNames(options.functions ?? {}).some((name) => text.includes(name))) return true;
	if (language?.marks?.test(text)) return true;
	for (const word of markedWords(text, callMark(catalog))) {
		if (word.includes(ROUTINE)) {
			// A type of pointers that takes one takes a socket before it.
			if (text.includes('SOCKET')) return true;
		} else if (/[A-Z]{3}$/.test(word) || catalog.entryPoint(word)) return true;
	}
	return false;
}

/** Words that hold a mark, each spelling once. Only their neighbourhoods are looked at, and no character twice. */
function* markedWords(text: string, { source }: RegExp): Generator<string> {
	const seen = new Set<string>();
	const mark = new RegExp(source, 'g');
	const rest = /\w*/y;
	for (let match = mark.exec(text); match; match = mark.exec(text)) {
		let start = match.index;
		while (start > 0 && /\w/.test(text.charAt(start - 1))) start--;
		rest.lastIndex = mark.lastIndex;
		rest.exec(text);
		mark.lastIndex = rest.lastIndex;
		// A number that runs into a word is no part of it.
		const word = text.slice(start, rest.lastIndex).replace(/^\d+/, '');
		if (seen.has(word)) continue;
		seen.add(word);
		yield word;
	}
}
