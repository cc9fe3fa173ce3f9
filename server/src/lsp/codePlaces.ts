/** Where control codes stand in documents: by their names, and as what a call was found to be given. */
import type { Position } from 'vscode-languageserver';
import type { Catalog } from '../catalog/catalog.ts';
import type { ControlCode } from '../catalog/model.ts';
import type { Span } from '../syntax/span.ts';
import { wordAt } from './completions.ts';
import type { OpenDocument } from './session/document.ts';
import type { Session } from './session/session.ts';
import { mayHoldCallsIn } from './worthReading.ts';

/** A control code in a document. */
export interface CodePlace extends Span {
	/** As it is written: a name of the code, or an expression that has its value. */
	readonly text: string;
	readonly code: ControlCode;
	/** It is written as a name of the code. */
	readonly isNamed: boolean;
}

const START: Position = { line: 0, character: 0 };

/** Names of codes that are no names of anything else. */
const namedCode = (word: string, catalog: Catalog): ControlCode | undefined => catalog.code(word)?.code;

/** The code at a position, by its name or by what a call is given there. */
export async function codeAt(session: Session, uri: string, position: Position): Promise<CodePlace | undefined> {
	const { analyses } = session;
	const document = analyses.document(uri);
	const catalog = document && (await analyses.catalogOf(uri));
	if (!document || !catalog) return undefined;
	const { text } = document;
	const offset = document.offsetAt(position);
	const word = wordAt(text, offset);
	const named = namedCode(text.slice(word.start, word.end), catalog);
	if (named) return { ...word, text: text.slice(word.start, word.end), code: named, isNamed: true };
	const analysis = await analyses.of(uri);
	const call = analysis?.calls.find(
		({ kind, code, calleeSpan }) =>
			kind === 'ioctl' && code.entry && code.start <= offset && offset <= code.end && code.start !== calleeSpan.start,
	);
	const entry = call?.code.entry;
	return call && entry
		? { start: call.code.start, end: call.code.end, text: call.code.text, code: entry, isNamed: false }
		: undefined;
}

/** Every place of some codes in a document, in order: names in the code, and arguments that have the value. */
export async function codePlaces(
	{ analyses }: Session,
	document: OpenDocument,
	isWanted: (code: ControlCode) => boolean,
): Promise<readonly CodePlace[]> {
	const catalog = await analyses.catalogOf(document.uri);
	if (!catalog) return [];
	const isKnown = (word: string): boolean => {
		const code = namedCode(word, catalog);
		return code !== undefined && isWanted(code);
	};
	const mayHold = mayHoldCallsIn(document, catalog);
	const isWorth: typeof mayHold = (text, at, settings) =>
		/\b(?:SIO|FIO|SIOC)[A-Z_]/.test(text) || mayHold(text, at, settings);
	const found = await analyses.look(document.uri, START, isWorth, ({ file, text }) =>
		file.occurrences(isKnown).flatMap(({ start, end }): CodePlace[] => {
			const code = namedCode(text.slice(start, end), catalog);
			return code ? [{ start, end, text: text.slice(start, end), code, isNamed: true }] : [];
		}),
	);
	if (!found) return [];
	const analysis = await analyses.of(document.uri);
	const given = (analysis?.calls ?? []).flatMap(({ kind, code, calleeSpan }): CodePlace[] => {
		const { entry, start, end, text } = code;
		if (kind !== 'ioctl' || !entry || !isWanted(entry) || start === calleeSpan.start) return [];
		// The name within a cast is found already.
		return found.some((place) => place.start >= start && place.end <= end)
			? []
			: [{ start, end, text, code: entry, isNamed: false }];
	});
	return [...found, ...given].sort((a, b) => a.start - b.start);
}
