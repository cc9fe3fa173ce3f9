/** Whether a document is read at all to answer a question about one of its places. */
import type { Catalog } from '../catalog/catalog.ts';
import { mayHoldCalls } from '../check/prefilter.ts';
import { languageOf } from '../languages/languageOf.ts';
import type { Settings } from '../settings.ts';
import type { OpenDocument } from './session/document.ts';

/** Asks as `Analyses.look` does: can the text hold a call? */
export const mayHoldCallsIn =
	({ uri, languageId }: Pick<OpenDocument, 'uri' | 'languageId'>, catalog: Catalog) =>
	(text: string, _: number, settings: Settings): boolean =>
		mayHoldCalls(text, catalog, settings, languageOf(uri, languageId, text));
