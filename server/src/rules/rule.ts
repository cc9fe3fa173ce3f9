/** A rule: metadata, examples that the tests execute, and the check. One file each; the file name is the id. */

import type { IoctlBinding } from '../calls/bindings.ts';
import type { IoctlCall } from '../calls/model.ts';
import type { Api } from '../catalog/api.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Family } from '../catalog/family.ts';
import type { FileVersion } from '../languages/c/version.ts';
import type { Span } from '../syntax/span.ts';
import type { Target } from '../types/ctype.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export interface Edit extends Span {
	readonly newText: string;
}

export interface Fix {
	/** Imperative: "Pass sizeof(ka)". */
	readonly title: string;
	readonly edits: readonly Edit[];
}

export interface Report {
	readonly span: Span;
	/** What is wrong, which error or overrun follows, what to write instead. */
	readonly message: string;
	/** When it differs from the rule's own. */
	readonly severity?: Severity;
	readonly fix?: Fix;
}

export interface RuleContext {
	readonly catalog: Catalog;
	readonly api: Api;
	/** The family of the codes that the function takes. */
	readonly family: Family;
	/** Targets to judge; a finding that holds on some only must say which (`onTargets`). */
	readonly targets: readonly Target[];
	/** Oldest Windows version to support, as `10.0.17763`; undefined: not stated. */
	readonly minWindows?: string;
	/** The version that the file itself asks for by a plain `#define` of `_WIN32_WINNT` or `NTDDI_VERSION`. */
	readonly fileMinWindows?: FileVersion;
}

/** C source; a finding is marked below its line by carets and the rule's id, as in catalog examples. */
export type Example = string;

export interface Rule {
	/** Kebab case, equal to the file name. */
	readonly id: string;
	/** One line for lists. */
	readonly title: string;
	readonly severity: Severity;
	/** Why this severity: which error or overrun is certain, or what leaves doubt. */
	readonly severityReason: string;
	/** What goes wrong and why, some sentences. */
	readonly description: string;
	/**
	 * Of two findings on one argument the one with the higher precedence is kept: it names the cause, the other the
	 * symptom.
	 */
	readonly precedence: number;
	/** Off unless a setting turns it on. */
	readonly offByDefault?: boolean;
	/** Kinds of calls that it judges; control code calls alone unless stated. */
	readonly kinds?: readonly IoctlCall['kind'][];
	readonly accepted: readonly Example[];
	readonly rejected: readonly Example[];
	readonly check: (call: IoctlCall, context: RuleContext) => readonly Report[];
	/** Judges the declaration of an entry point for a foreign function interface. */
	readonly checkBinding?: (binding: IoctlBinding, context: RuleContext) => readonly Report[];
	/** File name ending of the examples' language, where it is not C. */
	readonly language?: 'ts';
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
