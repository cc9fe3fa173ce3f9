/** Names that the project's own headers give to control codes. */
import { definedCodeHover, type Pages } from '../reference/render/markdown.ts';
import { fileName } from '../workspace/uri.ts';
import { wordAt } from './completions.ts';
import type { Told } from './namesInCode.ts';
import type { Analyses } from './session/analyses.ts';
import type { OpenDocument } from './session/document.ts';
import { mayHoldCallsIn } from './worthReading.ts';

/** What a text has that defines a code. */
const BUILDS = /\b_(?:WSA)?IO(?:R|W|RW)?\b|\bIOC_/;

/** What is to be said of a name at an offset of a document that the document, or a header of it, defines as a code. */
export async function definedCode(
	analyses: Analyses,
	document: OpenDocument,
	offset: number,
	pages: Pages,
): Promise<Told | undefined> {
	const place = wordAt(document.text, offset);
	const name = document.text.slice(place.start, place.end);
	if (!/^[A-Za-z_]\w{2,}$/.test(name)) return undefined;
	return analyses.look(
		document.uri,
		document.positionAt(offset),
		(text, at, settings) => BUILDS.test(text) || mayHoldCallsIn(document, pages.catalog)(text, at, settings),
		({ file, pathOf }): Told | undefined => {
			const found = file.definedCodes?.().find((code) => code.name === name);
			const at = found && file.placeAt(place.end);
			if (!found || at === 'comment' || at === 'text') return undefined;
			const header = file.macroPlaces?.(name).find((one) => one.file !== file);
			const path = header && pathOf(header.file);
			const where = path === undefined ? undefined : fileName(path);
			return { ...place, markdown: definedCodeHover(name, found.value, where, pages) };
		},
	);
}
