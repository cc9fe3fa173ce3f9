/**
 * Hovers: on the name of a control code or of an error wherever it stands; on the number of
 * an error where the last error is compared with it; on other names of the headers where code uses
 * them; on the function, the code, the buffers and the sizes of a call. Nothing else.
 */

import type { Hover, Position } from 'vscode-languageserver';
import type { IoctlCall } from '../../calls/model.ts';
import { errorNamed } from '../../reference/errors.ts';
import { codeHover, definedCodeHover, errorPage, numberHover, type Pages } from '../../reference/render/markdown.ts';
import { lastWord } from '../../syntax/scan.ts';
import { partOfCall } from '../callHover.ts';
import { definedCode } from '../definedCode.ts';
import { errorInCode } from '../errorInCode.ts';
import type { Feature } from '../feature.ts';
import { nameInCode } from '../namesInCode.ts';
import type { Analysis } from '../session/analyses.ts';
import type { OpenDocument } from '../session/document.ts';
import { HoverRequest } from '../standard.ts';

/** Longer than any name; keeps a line of millions of letters cheap. */
const MAX_WORD = 100;

/** The hover on a known name; needs no analysis, so that it also works in files that are not checked. */
function nameHover(document: OpenDocument, position: Position, pages: Pages): Hover | undefined {
	const offset = document.offsetAt(position);
	const from = Math.max(0, offset - MAX_WORD);
	const around = document.text.slice(from, offset + MAX_WORD);
	const before = lastWord(around.slice(0, offset - from));
	const after = /^\w*/.exec(around.slice(offset - from))?.[0] ?? '';
	const word = before + after;
	const found = pages.catalog.code(word);
	// Prose has words in capitals too, but none that begins like these.
	const error = !found && /^(?:WSA|ERROR_|STATUS_)[A-Z_]+$/.test(word) ? errorNamed(word, pages.catalog) : undefined;
	if (!found && !error) return undefined;
	const markdown = found ? codeHover(found.code, pages, found.alias) : error && errorPage(error, pages);
	return markdown === undefined ? undefined : hover(markdown, document, offset - before.length, offset + after.length);
}

/** The hover on the code argument of a call. */
function codeOfCall({ document, calls }: Analysis, offset: number, pages: Pages): Hover | undefined {
	const call = calls.find(
		(c) =>
			c.kind === 'ioctl' &&
			c.code.start <= offset &&
			offset <= c.code.end &&
			// The code stands inside of a wrapper: there is nothing to show on the wrapper's name.
			c.code.start !== c.calleeSpan.start,
	);
	const markdown = call && codeMarkdown(call, pages);
	return call && markdown !== undefined ? hover(markdown, document, call.code.start, call.code.end) : undefined;
}

function codeMarkdown({ code }: IoctlCall, pages: Pages): string | undefined {
	if (code.entry) return codeHover(code.entry, pages);
	const [only, ...others] = code.values;
	if (code.name !== undefined && only !== undefined && others.length === 0)
		return definedCodeHover(code.name, only, undefined, pages);
	if (code.values.length === 0) return undefined;
	return code.values.map((value) => numberHover(value, pages)).join('\n---\n\n');
}

const hover = (value: string, document: OpenDocument, start: number, end: number): Hover => ({
	contents: { kind: 'markdown', value },
	range: document.rangeAt(start, end),
});

export default {
	capability: { hoverProvider: true },
	register(on) {
		on.request(HoverRequest, {
			what: 'Hover',
			empty: null,
			async answer({ analyses, configuration, commands }, { textDocument, position }) {
				const document = analyses.document(textDocument.uri);
				if (!document || !(await configuration.of(document.uri)).hover) return null;
				const catalog = await analyses.catalogOf(document.uri);
				if (!catalog) return null;
				const pages = { catalog, link: commands.referenceLink };
				const named = nameHover(document, position, pages);
				if (named) return named;
				const offset = document.offsetAt(position);
				const { version } = document;
				const error = errorInCode(document.text, offset, catalog);
				if (error) return hover(errorPage(error, pages), document, error.start, error.end);
				const used = await nameInCode(analyses, document, offset, pages);
				if (used) return hover(used.markdown, document, used.start, used.end);
				const defined = await definedCode(analyses, document, offset, pages);
				if (defined) return hover(defined.markdown, document, defined.start, defined.end);
				const analysis = await analyses.of(textDocument.uri);
				if (!analysis || analysis.version !== version) return null;
				const code = codeOfCall(analysis, offset, pages);
				if (code) return code;
				const part = partOfCall(analysis, offset, pages);
				return part ? hover(part.markdown, document, part.start, part.end) : null;
			},
		});
	},
} satisfies Feature;
