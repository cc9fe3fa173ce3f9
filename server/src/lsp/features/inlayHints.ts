/** Hints within the source: names of numeric codes, sizes in bytes, names of arguments. Each is off until it is asked for. */
import type { InlayHint } from 'vscode-languageserver';
import type { IoctlCall } from '../../calls/model.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { codeName, sizeText } from '../callText.ts';
import type { Feature } from '../feature.ts';
import type { Analysis } from '../session/analyses.ts';
import { InlayHintRequest } from '../standard.ts';

const PARAMETER = 2;

/** A hint at an offset. */
interface Hint {
	readonly at: number;
	readonly label: string;
	readonly isName?: boolean;
}

/** Of what a wrapper passes on its own nothing stands in the call. */
const isWritten = (span: { readonly start: number }, { calleeSpan }: IoctlCall): boolean =>
	span.start > calleeSpan.start;

/** As far behind a number as a comment that names it stands. */
const NEAR = 60;

/** The name of a code that is written as a number or as an expression. */
function codeHint(call: IoctlCall, { document }: Analysis): Hint[] {
	const { code, kind } = call;
	if (kind !== 'ioctl' || !code.entry || code.name !== undefined || !isWritten(code, call)) return [];
	const name = codeName(call);
	// Somebody has written it there already.
	if (document.text.slice(code.start, code.end + NEAR).includes(name)) return [];
	return [{ at: code.end, label: name }];
}

/** What sizes come to that are no plain numbers. */
function sizeHints(call: IoctlCall, { settings }: Analysis): Hint[] {
	return [call.input, call.output].flatMap((buffer): Hint[] => {
		const size = buffer?.size;
		if (!size || /^[-\d]/.test(size.text) || !isWritten(size, call)) return [];
		const bytes = sizeText(size.value, settings.targets);
		return bytes === '?' || bytes === size.text ? [] : [{ at: size.end, label: `= ${bytes}` }];
	});
}

function nameHints(call: IoctlCall, catalog: Catalog): Hint[] {
	const api = catalog.functionById(call.api);
	if (!api) return [];
	const { roles, parameters } = api;
	const { code, input, output } = call;
	const places = [
		[roles.code, code],
		[roles.input, input?.pointer],
		[roles.inputSize, input?.size],
		[roles.output, output?.pointer],
		[roles.outputSize, output?.size],
		[roles.bytesReturned, call.bytesReturned],
		[roles.overlapped, call.overlapped],
		[roles.completion, call.completion],
		[roles.irp, call.irp],
		[roles.requestType, call.requestArgument],
	] as const;
	const named = new Map<number, Hint>();
	for (const [role, span] of places) {
		const name = role === undefined ? undefined : parameters[role]?.name;
		if (name && span && isWritten(span, call))
			named.set(span.start, { at: span.start, label: `${name}:`, isName: true });
	}
	return [...named.values()];
}

function hints(analysis: Analysis, from: number, to: number, catalog: Catalog): InlayHint[] {
	const { calls, document, settings } = analysis;
	const { inlayCodes, inlaySizes, inlayArguments } = settings;
	return calls
		.filter(({ start, end }) => start <= to && end >= from)
		.flatMap((call) => [
			...(inlayArguments ? nameHints(call, catalog) : []),
			...(inlayCodes ? codeHint(call, analysis) : []),
			...(inlaySizes ? sizeHints(call, analysis) : []),
		])
		.filter(({ at }) => from <= at && at <= to)
		.sort((a, b) => a.at - b.at)
		.map(({ at, label, isName }) => ({
			position: document.positionAt(at),
			label,
			...(isName ? { kind: PARAMETER, paddingRight: true } : { paddingLeft: true }),
		}));
}

export default {
	capability: { inlayHintProvider: { resolveProvider: false } },
	register(on) {
		on.request(InlayHintRequest, {
			what: 'Inlay hints',
			empty: null,
			async answer({ analyses, configuration }, { textDocument, range }) {
				const { inlayCodes, inlaySizes, inlayArguments } = await configuration.of(textDocument.uri);
				if (!inlayCodes && !inlaySizes && !inlayArguments) return null;
				const analysis = await analyses.of(textDocument.uri);
				if (!analysis) return null;
				const { document } = analysis;
				return hints(analysis, document.offsetAt(range?.start), document.offsetAt(range?.end), analysis.catalog);
			},
		});
	},
} satisfies Feature;
