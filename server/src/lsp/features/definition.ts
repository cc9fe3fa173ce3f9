/** A control code leads to where the project's headers define its name, else to its page, where the client shows pages. */
import type { Location } from 'vscode-languageserver';
import type { SourceFile } from '../../languages/language.ts';
import type { Span } from '../../syntax/span.ts';
import { fileUri, isAbsolutePath } from '../../workspace/uri.ts';
import { codeAt } from '../codePlaces.ts';
import type { Feature } from '../feature.ts';
import type { PositionEncoding } from '../session/columns.ts';
import { OpenDocument } from '../session/document.ts';
import { DefinitionRequest } from '../standard.ts';

/** The place of a name in a file that is not open as a document. */
function locationIn(path: string, { text }: SourceFile, { start, end }: Span, encoding: PositionEncoding): Location {
	const uri = isAbsolutePath(path) ? fileUri(path) : path;
	return { uri, range: new OpenDocument(uri, '', 0, text, encoding).rangeAt(start, end) };
}

const IDENTIFIER = /^[A-Za-z_]\w*$/;
const ZERO = { line: 0, character: 0 };

export default {
	capability: { definitionProvider: true },
	register(on) {
		on.request(DefinitionRequest, {
			what: 'Finding the definition',
			empty: null,
			async answer(session, { textDocument, position }) {
				const { analyses, commands, encoding } = session;
				const at = await codeAt(session, textDocument.uri, position);
				if (!at) return null;
				const isName = IDENTIFIER.test(at.text);
				const isWorth = () => isName;
				const defined = await analyses.look(textDocument.uri, position, isWorth, ({ document, file, pathOf }) =>
					(file.macroPlaces?.(at.text) ?? []).flatMap((place): Location[] => {
						if (place.file === file) return [{ uri: document.uri, range: document.rangeAt(place.start, place.end) }];
						const path = pathOf(place.file);
						return path === undefined ? [] : [locationIn(path, place.file, place, encoding)];
					}),
				);
				if (defined && defined.length > 0) return defined;
				// Somebody's own name for a code has a definition that others find.
				const page = at.isNamed || !isName ? commands.pageUri('code', at.code.name) : undefined;
				return page === undefined ? null : [{ uri: page, range: { start: ZERO, end: ZERO } }];
			},
		});
	},
} satisfies Feature;
