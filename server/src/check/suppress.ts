/** Comments that silence findings: `// ioctl-lens-ignore-next-line rule-id[, rule-id]: reason`, or `ignore-line`, `ignore-file`. */

import unusedSuppression, { type UnusedSuppression } from '../rules/entries/unused-suppression.ts';
import { rules } from '../rules/index.generated.ts';
import type { Finding, Fix } from '../rules/rule.ts';
import { countUpTo, lineAt, lineStarts } from '../syntax/lines.ts';
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

/** All directives of a text, by position. */
export function readSuppressions(text: string, starts?: readonly number[]): Suppression[] {
	return mentions(text) ? readDirectives(text, starts ?? lineStarts(text)) : [];
}

const mentions = (text: string): boolean => text.includes('ioctl-lens-ignore-');

function readDirectives(text: string, starts: readonly number[]): Suppression[] {
	let close = -1;
	/** The line below the comment, which may be a block that goes on for some lines. */
	const lineBelow = (start: number): number => {
		if (text.startsWith('//', start)) return lineAt(starts, start) + 1;
		// Searched for from the last one found: the text may hold any number of directives.
		if (close < start) close = text.indexOf('*/', start);
		if (close < 0) close = text.length;
		return lineAt(starts, close) + 1;
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
			line: scope === 'next-line' ? lineBelow(match.index) : lineAt(starts, match.index),
			word: { start: wordEnd - word!.length, end: wordEnd },
			start: match.index,
			end: match.index + whole.length,
		};
	});
}

/** A name in a directive that silenced nothing; of a directive without a name, the directive itself. */
interface Unused extends Span {
	readonly directive: Suppression;
	/** Which of the directive's names; undefined: it has none. */
	readonly at: number | undefined;
}

/** A rule that is named for one line, by any number of comments, and whether it had something to silence there. */
interface Named {
	used: boolean;
}

/** The comments of one text. Each finding asks for its own lines alone, however many comments there are. */
class Suppressions {
	readonly #text: string;
	readonly #starts: readonly number[];
	readonly #all: readonly Suppression[];
	/** By line, then by rule. */
	readonly #lines = new Map<number, Map<string, Named>>();
	readonly #file = new Map<string, Named>();
	#feeds: readonly number[] | undefined;

	constructor(text: string) {
		this.#text = text;
		this.#starts = mentions(text) ? lineStarts(text) : [];
		this.#all = readSuppressions(text, this.#starts);
		for (const directive of this.#all) {
			const names = this.#namesOf(directive);
			for (const rule of directive.rules) if (!names.has(rule)) names.set(rule, { used: false });
		}
	}

	get isEmpty(): boolean {
		return this.#all.length === 0;
	}

	/** The findings that no comment silences: by the line they start on, or the line their call starts on. */
	left(findings: readonly Finding[]): Finding[] {
		return findings.filter((finding) => {
			const places = [this.#file, this.#lines.get(lineAt(this.#starts, finding.start))];
			if (finding.call) places.push(this.#lines.get(lineAt(this.#starts, finding.call.calleeSpan.start)));
			const matching = places.flatMap((names) => [names?.get(finding.rule) ?? [], names?.get('all') ?? []].flat());
			for (const named of matching) named.used = true;
			return matching.length === 0;
		});
	}

	/** What has silenced nothing so far, by position. */
	unused(): Unused[] {
		return this.#all.flatMap((directive): Unused[] => {
			if (directive.rules.length === 0) return [{ ...directive.word, directive, at: undefined }];
			const names = this.#namesOf(directive);
			return directive.spans.flatMap((span, at) =>
				names.get(directive.rules[at] ?? '')?.used ? [] : [{ ...span, directive, at }],
			);
		});
	}

	/** Takes one name out of a directive, or the whole comment when it is the only one and ends with its line. */
	removal({ directive, at, start, end }: Unused): Fix | undefined {
		const text = this.#text;
		if (at === undefined) return undefined;
		if (directive.rules.length > 1) {
			// With the comma behind it, and behind the last name, with the one in front.
			const next = directive.spans[at + 1];
			const edit = next ? { start, end: next.start } : { start: blanksBefore(text, start) - 1, end };
			return { title: 'Remove the name', edits: [{ ...edit, newText: '' }] };
		}
		if (!text.startsWith('//', directive.start)) return undefined;
		this.#feeds ??= [...text.matchAll(/\n/g)].map(({ index }) => index);
		const before = countUpTo(this.#feeds, directive.start - 1);
		const lineStart = before === 0 ? 0 : (this.#feeds[before - 1] ?? 0) + 1;
		const lineEnd = this.#feeds[before] ?? text.length;
		let indentation = directive.start;
		while (indentation > lineStart && text.charAt(indentation - 1).trim() === '') indentation--;
		const edit =
			indentation === lineStart
				? { start: lineStart, end: Math.min(lineEnd + 1, text.length) }
				: { start: blanksBefore(text, directive.start), end: lineEnd - (text[lineEnd - 1] === '\r' ? 1 : 0) };
		return { title: 'Remove the comment', edits: [{ ...edit, newText: '' }] };
	}

	#namesOf({ scope, line }: Suppression): Map<string, Named> {
		if (scope === 'file') return this.#file;
		const known = this.#lines.get(line);
		if (known) return known;
		const names = new Map<string, Named>();
		this.#lines.set(line, names);
		return names;
	}
}

/** Leaves out what comments silence, and reports the comments that silence nothing. By position. */
export function silence(text: string, found: readonly Finding[], options: CheckOptions): Finding[] {
	const comments = new Suppressions(text);
	if (comments.isEmpty) return [...found];
	const findings = comments.left(found);
	const setting = options.rules?.[unusedSuppression.id] ?? unusedSuppression.severity;
	// With fewer targets there are fewer findings, and a comment may be for one of the others.
	if (setting === 'off' || TARGETS.some((t) => options.targets?.includes(t) === false)) return findings;
	const leftovers = comments.unused().flatMap((unused): Finding[] => {
		const { start, end, directive, at } = unused;
		const fact = unusedFact(
			{ start, end },
			text.slice(start, end),
			at === undefined ? undefined : directive.rules[at],
			options,
		);
		if (!fact) return [];
		const fix = comments.removal(unused);
		const message = unusedSuppression.message(fact);
		return [{ start, end, rule: unusedSuppression.id, severity: setting, message, ...(fix ? { fix } : {}) }];
	});
	if (leftovers.length === 0) return findings;
	// The leftover may be silenced in turn.
	return [...findings, ...comments.left(leftovers)].sort((a, b) => a.start - b.start);
}

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** What is the matter with a name in a comment that silenced nothing; undefined: nothing that is known here. */
function unusedFact(
	span: Span,
	written: string,
	rule: string | undefined,
	options: CheckOptions,
): UnusedSuppression | undefined {
	if (rule === undefined) return { span, kind: 'no-name', comment: written };
	if (rule === 'all') return { span, kind: 'silences-nothing' };
	const known = byId.get(rule);
	if (!known) return { span, kind: 'no-such-rule', name: rule };
	if (rule === unusedSuppression.id || settingOf(known, options) === 'off') return undefined;
	// What it says depends on a setting that is not made here.
	if (rule === 'newer-than-target' && options.minWindows === undefined) return undefined;
	return { span, kind: 'silences-nothing', name: rule };
}

/** Where the blanks in front of an offset begin. */
function blanksBefore(text: string, offset: number): number {
	let start = offset;
	while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
	return start;
}
