/** XML, as reports for build servers have it. */
import type { ReportedFinding } from './format.ts';

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	'\n': '&#10;',
	'\t': '&#9;',
	'\r': '&#13;',
};

/** What no XML may hold, escaped or not: control characters, halves of pairs two that are no characters; and what a terminal obeys. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{7e}\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** The value of an attribute, or text. */
export const xml = (text: string): string =>
	text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"\n\t\r]/g, (character) => ENTITIES[character] ?? character);

/** Attributes, each with a blank in front. */
export const attributes = (values: Readonly<Record<string, string | number>>): string =>
	Object.entries(values)
		.map(([name, value]) => ` ${name}="${xml(String(value))}"`)
		.join('');

/** Findings by their file, in the order that they come in. */
export function byFile(findings: readonly ReportedFinding[]): Map<string, ReportedFinding[]> {
	const files = new Map<string, ReportedFinding[]>();
	for (const finding of findings) {
		const those = files.get(finding.file);
		if (those) those.push(finding);
		else files.set(finding.file, [finding]);
	}
	return files;
}
