/** Where in a text somebody is writing: the call that is under way there, finished or not, and what could be named. */
import type { Span } from '../syntax/span.ts';
import type { CallSite, VisibleObject } from './site.ts';

export type { VisibleObject } from './site.ts';

/** What stands at an offset, told by the characters in front of it alone. */
export type Place =
	| 'comment'
	/** Within a string, a character literal or a regular expression. */
	| 'text'
	/** Where a statement may begin. */
	| 'statement'
	/** Behind `case`. */
	| 'case'
	/** Behind `#define NAME`. */
	| 'definition'
	/** Behind `=`, `==` or `!=`. */
	| 'value'
	| 'other';

/** The call that an offset stands in. All spans but those of `site` are of the text. */
export interface SiteAt {
	/** Arguments that are not written yet are unknown. Spans count from `from`. */
	readonly site: CallSite;
	readonly from: number;
	/** What stands between the parentheses, from comma to comma without blanks around it; the last may be empty. */
	readonly written: readonly Span[];
	/** Which of them the offset is in. */
	readonly at: number;
	/** Position of the entry point's argument that it becomes; absent: it is handed on to none. */
	readonly slot?: number;
	/** Names in front of the parentheses that are open within the argument: `sizeof`; empty where there is none. */
	readonly within: readonly string[];
	/** Parameters of the wrapper that is called, in the order of `written`, with the argument that each becomes. */
	readonly wrapper?: { readonly parameters: readonly { readonly name: string; readonly slot?: number }[] };
	/** Its closing parenthesis is written. */
	readonly isClosed: boolean;
	/**
	 * Variables that can be named there, the nearest first.
	 * @param types names of the types that are asked for; variables of the whole file are only looked for by them.
	 */
	objects(types: readonly string[]): readonly VisibleObject[];
	/** What a name stands for there, as far as it is a control code: the value of a constant. */
	codeOf(name: string): number | undefined;
}
