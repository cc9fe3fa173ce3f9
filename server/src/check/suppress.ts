/** Comments that silence findings: `// ioctl-lens-ignore-next-line rule-id[, rule-id]: reason`, or `ignore-line`, `ignore-file`. */

import unusedSuppression, { type UnusedSuppression } from '../rules/entries/unused-suppression.ts';
import { rules } from '../rules/index.generated.ts';
import type { Finding, Fix } from '../rules/rule.ts';
import { countUpTo, lineStarts } from '../syntax/lines.ts';
import type { Span } from '../syntax/span.ts';
import { TARGETS } from '../types/ctype.ts';
import { type CheckOptions, settingOf } from './options.ts';

export interface Suppression {
	readonly scope: 'next-line' | 'line' | 'file';
	/** Rule ids; `all` silences every rule. None: the comment is incomplete and silences nothing. */
	readonly rules: readonly string[];
	/** Span of each of them. */
	readonly spans: readonly Span[];
	/** Zero-based line that is silenced; ignored for `file`. */
	readonly line: number;
	/** Span of `ioctl-lens-ignore-…` alone. */
	readonly word: Span;
	/** Span of the comment's directive. */
	readonly start: number;
	readonly end: number;
}

const DIRECTIVE =
	/(?:\/\/|\/\*|\*)[ \t]*(ioctl-lens-ignore-(next-line|line|file))(?![\w-])(?:[ \t]+([a-z][a-z0-9-]*(?:[ \t]*,[ \t]*[a-z][a-z0-9-]*)*))?[ \t]*(?::[^\r\n]*)?/g;

/** All directives of a text. */
export function readSuppressions(text: string): Suppression[] {
	if (!text.includes('ioctl-lens-ignore-')) return [];
	const starts = lineStarts(text);
	let close = -1;
	/** The line below the comment, which may be a block that goes on for some lines. */
	const lineBelow = (start: number): number => {
		if (text.startsWith('//', start)) return lineOf(starts, start) + 1;
		// Searched for from the last one found: the text may hold any number of directives.
		if (close < start) close = text.indexOf('*/', start);
		if (close < 0) close = text.length;
		return lineOf(starts, close) + 1;
	};
	return [...text.matchAll(DIRECTIVE)].map((match) => {
		const [whole, word, scope, names] = match;
		const wordEnd = match.index + whole.indexOf(word!) + word!.length;
		const list = names === undefined ? wordEnd : text.indexOf(names, wordEnd);
		const rules = [...(names ?? '').matchAll(/[a-z0-9-]+/g)];
		return {
			scope: scope as Suppression['scope'],
			rules: rules.map((r) => r[0]),
			spans: rules.map((r) => ({ start: list + r.index, end: list + r.index + r[0].length })),
			line: scope === 'next-line' ? lineBelow(match.index) : lineOf(starts, match.index),
			word: { start: wordEnd - word!.length, end: wordEnd },
			start: match.index,
			end: match.index + whole.length,
		};
	});
}

/** Findings that are left, and the names in directives that silenced nothing; a directive without a name is one of them. */
interface Suppressed {
	readonly findings: Finding[];
	readonly unused: readonly (Span & { readonly rule: string | undefined; readonly directive: Suppression })[];
}

/** Leaves out findings that a comment silences: by the line they start on, or the line their call starts on. */
function applySuppressions(text: string, findings: readonly Finding[]): Suppressed {
	const suppressions = readSuppressions(text);
	if (suppressions.length === 0) return { findings: [...findings], unused: [] };
	const starts = lineStarts(text);
	const used = new Set<Span>();
	const left = findings.filter((f) => {
		const lines = [lineOf(starts, f.start), ...(f.call ? [lineOf(starts, f.call.calleeSpan.start)] : [])];
		const matching = suppressions.flatMap((s) =>
			s.scope === 'file' || lines.includes(s.line)
				? s.spans.filter((_, i) => s.rules[i] === f.rule || s.rules[i] === 'all')
				: [],
		);
		for (const span of matching) used.add(span);
		return matching.length === 0;
	});
	const unused = suppressions.flatMap((directive): Suppressed['unused'] =>
		directive.rules.length === 0
			? [{ ...directive.word, rule: undefined, directive }]
			: directive.spans.flatMap((span, i) =>
					used.has(span) ? [] : [{ ...span, rule: directive.rules[i]!, directive }],
				),
	);
	return { findings: left, unused };
}

/** Leaves out what comments silence, and reports the comments that silence nothing. By position. */
export function silence(text: string, found: readonly Finding[], options: CheckOptions): Finding[] {
	const { findings, unused } = applySuppressions(text, found);
	const setting = options.rules?.[unusedSuppression.id] ?? unusedSuppression.severity;
	// With fewer targets there are fewer findings, and a comment may be for one of the others.
	if (unused.length === 0 || setting === 'off' || TARGETS.some((t) => options.targets?.includes(t) === false))
		return findings;
	const leftovers = unused.flatMap(({ start, end, rule, directive }): Finding[] => {
		const fact = unusedFact({ start, end }, text.slice(start, end), rule, options);
		if (!fact) return [];
		const fix = rule === undefined ? undefined : removal(text, directive, { start, end });
		const message = unusedSuppression.message(fact);
		return [{ start, end, rule: unusedSuppression.id, severity: setting, message, ...(fix ? { fix } : {}) }];
	});
	// The leftover may be silenced in turn.
	return [...findings, ...applySuppressions(text, leftovers).findings].sort((a, b) => a.start - b.start);
}

/** What is the matter with a name in a comment that silenced nothing; undefined: nothing that is known here. */
function unusedFact(
	span: Span,
	written: string,
	rule: string | undefined,
	options: CheckOptions,
): UnusedSuppression | undefined {
	if (rule === undefined) return { span, kind: 'no-name', comment: written };
	if (rule === 'all') return { span, kind: 'silences-nothing' };
	const known = rules.find((r) => r.id === rule);
	if (!known) return { span, kind: 'no-such-rule', name: rule };
	if (rule === unusedSuppression.id || settingOf(known, options) === 'off') return undefined;
	// What it says depends on a setting that is not made here.
	if (rule === 'newer-than-target' && options.minWindows === undefined) return undefined;
	return { span, kind: 'silences-nothing', name: rule };
}

/** Takes one name out of a directive, or the whole comment when it is the only one and ends with its line. */
function removal(text: string, directive: Suppression, name: Span): Fix | undefined {
	if (directive.rules.length > 1) {
		const rest = /^[ \t]*,[ \t]*/.exec(text.slice(name.end, directive.end))?.[0].length;
		const before = /,[ \t]*$/.exec(text.slice(directive.start, name.start))?.[0].length ?? 0;
		const edit =
			rest === undefined ? { start: name.start - before, end: name.end } : { start: name.start, end: name.end + rest };
		return { title: 'Remove the name', edits: [{ ...edit, newText: '' }] };
	}
	if (!text.startsWith('//', directive.start)) return undefined;
	const lineStart = text.lastIndexOf('\n', directive.start - 1) + 1;
	const indentation = text.slice(lineStart, directive.start);
	const newline = text.indexOf('\n', directive.start);
	const lineEnd = newline < 0 ? text.length : newline;
	const alone = indentation.trim() === '';
	const end = alone ? Math.min(lineEnd + 1, text.length) : lineEnd - (text[lineEnd - 1] === '\r' ? 1 : 0);
	const start = alone ? lineStart : directive.start - (/[ \t]*$/.exec(indentation)?.[0].length ?? 0);
	return { title: 'Remove the comment', edits: [{ start, end, newText: '' }] };
}

/** The line of an offset, from 0. */
const lineOf = (starts: readonly number[], offset: number): number => countUpTo(starts, offset) - 1;
