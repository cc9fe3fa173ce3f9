/**
 * A rule: metadata, examples that the tests execute, and the check. One file each; the file name is the id. `check` says
 * what is the matter as plain data, `message` puts that into words, and `fix` says what to change.
 */

import type { IoctlBinding } from '../calls/bindings.ts';
import type { IoctlCall } from '../calls/model.ts';
import type { Surroundings } from '../calls/site.ts';
import type { Wording } from '../calls/wording.ts';
import type { Api } from '../catalog/api.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Family } from '../catalog/family.ts';
import type { Span } from '../syntax/span.ts';
import type { Target } from '../types/ctype.ts';
import type { Severity, Stage } from './order.ts';
import type { AskedVersion } from './versions.ts';

export type { Severity } from './order.ts';

export interface Edit extends Span {
	readonly newText: string;
}

export interface Fix {
	/** Imperative: "Pass sizeof(ka)". */
	readonly title: string;
	readonly edits: readonly Edit[];
	/** It leaves values for the author to fill in: done where it is chosen, never with others or on saving. */
	readonly unfinished?: true;
}

/** What is the matter in one place. A rule's own facts add what its words need. */
export interface Fact {
	readonly span: Span;
	/** When it differs from the rule's own. */
	readonly severity?: Severity;
	/** Where it does not hold on all targets that are judged: those on which it does. The words say so (`onTargets`). */
	readonly targets?: readonly Target[];
}

export interface RuleContext {
	readonly catalog: Catalog;
	readonly api: Api;
	/** The family of the codes that the function takes. */
	readonly family: Family;
	/** How the language of the call writes things. */
	readonly wording: Wording;
	/** What stands around a call; asked for what is found alone. */
	readonly surroundings?: (call: Span) => Surroundings;
	/** Targets to judge. */
	readonly targets: readonly Target[];
	/** Oldest Windows version to support, as `10.0.17763`; undefined: not stated. */
	readonly minWindows?: string;
	/** The version that the file itself asks for by a plain `#define` of `_WIN32_WINNT` or `NTDDI_VERSION`. */
	readonly fileMinWindows?: AskedVersion;
}

/** C source; a finding is marked below its line by carets and the rule's id, as in catalog examples. */
export type Example = string;

/** `F`: the facts that it finds, and that nobody but the rule itself is given to word. */
export interface Rule<F extends Fact = Fact> {
	/** Kebab case, equal to the file name. */
	readonly id: string;
	/** One line for lists. */
	readonly title: string;
	readonly severity: Severity;
	/** Why this severity: which error or overrun is certain, or what leaves doubt. */
	readonly severityReason: string;
	/** What goes wrong and why, some sentences. */
	readonly description: string;
	/** Where it stands between cause and symptom; decides between findings of one severity on one argument. */
	readonly stage: Stage;
	/** What it finds is struck through or faded in editors, for what it is. */
	readonly tag?: 'deprecated' | 'unnecessary';
	/** Off unless a setting turns it on. */
	readonly offByDefault?: boolean;
	/** Kinds of calls that it judges; control code calls alone unless stated. */
	readonly kinds?: readonly IoctlCall['kind'][];
	/** File name ending of the examples' language, where it is not C. */
	readonly language?: 'ts';
	readonly accepted: readonly Example[];
	readonly rejected: readonly Example[];
	/** Judges a call. */
	check?(call: IoctlCall, context: RuleContext): readonly F[];
	/** Judges the declaration of an entry point for a foreign function interface. */
	checkBinding?(binding: IoctlBinding, context: RuleContext): readonly F[];
	/** What is wrong, which error or overrun follows, what to write instead. */
	message(fact: F, context: RuleContext): string;
	/** Why there is nothing certain to change, always or in some cases: who alone can know what is right. */
	readonly withoutFix?: string;
	/** What to change, where that is certain. */
	fix?(fact: F, context: RuleContext): Fix | undefined;
}

/** One finding, ready for an editor or a report. */
export interface Finding extends Span {
	readonly rule: string;
	readonly severity: Severity;
	readonly message: string;
	/** Absent where a finding is about no call. */
	readonly call?: IoctlCall;
	readonly fix?: Fix;
}
