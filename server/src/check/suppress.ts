/**
 * Comments that silence findings: `// ioctl-lens-ignore-next-line rule-id[, rule-id]: reason`, or `ignore-line`,
 * `ignore-file`, or `ignore-start` and `ignore-end` around some lines.
 */

import * as l10n from '@vscode/l10n';
import unusedSuppression, { type UnusedSuppression } from '../rules/entries/unused-suppression.ts';
import { rules } from '../rules/index.generated.ts';
import type { Finding, Fix } from '../rules/rule.ts';
import { countUpTo, lineAt, lineStarts } from '../syntax/lines.ts';
import type { Span } from '../syntax/span.ts';
import { TARGETS } from '../types/ctype.ts';
import { type CheckOptions, settingOf } from './options.ts';

export interface Suppression {
	/** `start` goes on to the next `end` that names the same rules or none, or to the end of the text. */
	readonly scope: 'next-line' | 'line' | 'file' | 'start' | 'end';
	/** Rule ids; `all` silences every rule. None: the comment is incomplete and silences nothing, or an end of everything. */
	readonly rules: readonly string[];
	/** Span of each of them. */
	readonly spans: readonly Span[];
	/** Zero-based line that is silenced; ignored for `file`. Of `start` and `end` the line of the comment. */
	readonly line: number;
	/** Span of `ioctl-lens-ignore-…` alone. */
	readonly word: Span;
	/** Span of the comment's directive. */
	readonly start: number;
	readonly end: number;
}

const DIRECTIVE =
	/(?:\/\/|\/\*|\*)[ \t]*(ioctl-lens-ignore-(next-line|line|file|start|end))(?![\w-])(?:[ \t]+([a-z][a-z0-9-]*(?:[ \t]*,[ \t]*[a-z][a-z0-9-]*)*))?[ \t]*(?::[^\r\n]*)?/g;

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
		const [whole, word = '', scope, names] = match;
		const wordEnd = match.index + whole.indexOf(word) + word.length;
		const list = names === undefined ? wordEnd : text.indexOf(names, wordEnd);
		const rules = [...(names ?? '').matchAll(/[a-z0-9-]+/g)];
		return {
			scope: scope as Suppression['scope'],
			rules: rules.map((r) => r[0]),
			spans: rules.map((r) => ({ start: list + r.index, end: list + r.index + r[0].length })),
			line: scope === 'next-line' ? lineBelow(match.index) : lineAt(starts, match.index),
			word: { start: wordEnd - word.length, end: wordEnd },
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
	/** Names of each start and of each end. */
	readonly #regions = new Map<Suppression, Map<string, Named>>();
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
		const around = this.#around(findings);
		return findings.filter((finding) => {
			const places = [this.#file, ...this.#linesOf(finding).map((line) => this.#lines.get(line))];
			const matching = places.flatMap((names) => [names?.get(finding.rule) ?? [], names?.get('all') ?? []].flat());
			matching.push(...(around.get(finding) ?? []));
			for (const named of matching) named.used = true;
			return matching.length === 0;
		});
	}

	/** The lines of which one silences a finding. */
	#linesOf({ start, call }: Finding): number[] {
		const line = lineAt(this.#starts, start);
		const own = call ? lineAt(this.#starts, call.calleeSpan.start) : line;
		return own === line ? [line] : [line, own];
	}

	/** The last start that is open where a finding is, for its rule and for all rules: both are walked once, from above. */
	#around(findings: readonly Finding[]): ReadonlyMap<Finding, readonly Named[]> {
		const found = new Map<Finding, Named[]>();
		if (this.#regions.size === 0) return found;
		const asked = findings
			.flatMap((finding) => this.#linesOf(finding).map((line) => ({ finding, line })))
			.sort((a, b) => a.line - b.line);
		const marks = [...this.#regions.keys()];
		const open = new Map<string, Named>();
		let at = 0;
		const upTo = (line: number): void => {
			for (let mark = marks[at]; mark && mark.line + Number(mark.scope === 'end') <= line; mark = marks[++at])
				this.#turn(mark, open);
		};
		for (const { finding, line } of asked) {
			upTo(line);
			const named = [finding.rule, 'all'].flatMap((rule) => open.get(rule) ?? []);
			found.set(finding, [...(found.get(finding) ?? []), ...named]);
		}
		// Ends behind the last finding have begun something all the same.
		upTo(Number.POSITIVE_INFINITY);
		return found;
	}

	/** Opens what a start names, or closes what an end names; an end without names closes all. */
	#turn(mark: Suppression, open: Map<string, Named>): void {
		const names = this.#regions.get(mark);
		if (mark.scope === 'start') {
			for (const [rule, named] of names ?? []) open.set(rule, named);
			return;
		}
		const closed = mark.rules.length > 0 ? mark.rules : [...open.keys()];
		for (const rule of closed) {
			const named = open.has(rule) && names?.get(mark.rules.length > 0 ? rule : '');
			if (named) named.used = true;
			open.delete(rule);
		}
	}

	/** What has silenced nothing so far, by position. */
	unused(): Unused[] {
		return this.#all.flatMap((directive): Unused[] => {
			const names = this.#namesOf(directive);
			if (directive.rules.length === 0)
				return names.get('')?.used ? [] : [{ ...directive.word, directive, at: undefined }];
			return directive.spans.flatMap((span, at) =>
				names.get(directive.rules[at] ?? '')?.used ? [] : [{ ...span, directive, at }],
			);
		});
	}

	/** Takes one name out of a directive, or the whole comment when it is the only one and ends with its line. */
	removal({ directive, at, start, end }: Unused): Fix | undefined {
		const text = this.#text;
		// A start that goes alone would leave its end behind.
		if (at === undefined || directive.scope === 'start' || directive.scope === 'end') return undefined;
		if (directive.rules.length > 1) {
			// With the comma behind it, and behind the last name, with the one in front.
			const next = directive.spans[at + 1];
			const edit = next ? { start, end: next.start } : { start: blanksBefore(text, start) - 1, end };
			return { title: l10n.t('Remove the name'), edits: [{ ...edit, newText: '' }] };
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
		return { title: l10n.t('Remove the comment'), edits: [{ ...edit, newText: '' }] };
	}

	#namesOf(directive: Suppression): Map<string, Named> {
		const { scope, line } = directive;
		if (scope === 'file') return this.#file;
		if (scope === 'start' || scope === 'end') {
			const own = this.#regions.get(directive) ?? new Map(scope === 'end' ? [['', { used: false }]] : []);
			this.#regions.set(directive, own);
			return own;
		}
		const known = this.#lines.get(line);
		if (known) return known;
		const names = new Map<string, Named>();
		this.#lines.set(line, names);
		return names;
	}
}

/**
 * Leaves out what comments silence, and reports the comments that silence nothing. By position.
 * @param isWhole everything was looked for: only then can it be told that there is nothing to silence.
 */
export function silence(text: string, found: readonly Finding[], options: CheckOptions, isWhole = true): Finding[] {
	const comments = new Suppressions(text);
	if (comments.isEmpty) return [...found];
	const findings = comments.left(found);
	const setting = options.rules?.[unusedSuppression.id] ?? unusedSuppression.severity;
	// With fewer targets there are fewer findings, and a comment may be for one of the others.
	if (!isWhole || setting === 'off' || TARGETS.some((t) => options.targets?.includes(t) === false)) return findings;
	const leftovers = comments.unused().flatMap((unused): Finding[] => {
		const { start, end, directive, at } = unused;
		const name = at === undefined ? undefined : directive.rules[at];
		const fact =
			directive.scope === 'end'
				? ({ span: { start, end }, kind: 'ends-nothing', ...(name === undefined ? {} : { name }) } as const)
				: unusedFact({ start, end }, text.slice(start, end), name, options);
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
