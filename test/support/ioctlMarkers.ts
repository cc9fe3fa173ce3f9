/**
 * Expected findings, written into source code: a comment line with carets under the characters of a finding in the
 * nearest code line above, and the rule's id behind them.
 *
 *     WSAIoctl(s, SIO_RCVALL, &on, 1, NULL, 0, &n, NULL, NULL);
 *     //                           ^ input-too-small
 */

/** A finding that a marker expects: UTF-16 offsets, the end exclusive. */
export interface ExpectedFinding {
	readonly rule: string;
	readonly start: number;
	readonly end: number;
}

export interface MarkedSource {
	/** The text as given: markers are comments, so nothing needs to be cut out. */
	readonly source: string;
	/** By position. */
	readonly expected: readonly ExpectedFinding[];
}

const MARKER_LINE = /^\s*(?:\/\/|\/\*)\s*\^/;
const MARKER = /(\^+)[ \t]+([a-z][a-z0-9]*(?:-[a-z0-9]+)*)/g;
const WHOLE = new RegExp(`^\\s*(?:\\/\\/|\\/\\*)\\s*(?:${MARKER.source}\\s*)+(?:\\*\\/)?\\s*$`);

/** Reads the markers of a text. Several may stand in one line, and several lines below one line of code. */
export function parseMarkers(source: string): MarkedSource {
	const expected: ExpectedFinding[] = [];
	let code: { readonly start: number; readonly text: string } | undefined;
	let start = 0;
	for (const line of source.split(/(?<=\n)/)) {
		const text = line.replace(/\r?\n$/, '');
		if (MARKER_LINE.test(text)) {
			if (!WHOLE.test(text)) throw new Error(`Not a marker: ${text.trim()}`);
			if (!code) throw new Error(`No code above the marker: ${text.trim()}`);
			for (const { index, 1: carets, 2: rule } of text.matchAll(MARKER)) {
				const end = index + carets!.length;
				if (end > code.text.length) throw new Error(`Carets beyond the end of the line: ${text.trim()}`);
				expected.push({ rule: rule!, start: code.start + index, end: code.start + end });
			}
		} else if (text.trim() !== '') code = { start, text };
		start += line.length;
	}
	return { source, expected: expected.sort(byPosition) };
}

/** Order of findings by position, then by rule. */
export const byPosition = (a: ExpectedFinding, b: ExpectedFinding): number =>
	a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1);
