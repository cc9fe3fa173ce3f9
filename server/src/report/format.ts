/** What reports are made of: plain records with positions that people read. */

import type { IoctlCall } from '../calls/model.ts';
import type { ApiId } from '../catalog/api.ts';
import type { Severity } from '../rules/rule.ts';
import type { PerTarget } from '../types/ctype.ts';
import type { SkipReason } from '../workspace/skipped.ts';

/** A stretch of a file. Lines and columns count from 1, columns in characters (code points); the end is exclusive. */
export interface Region {
	readonly line: number;
	readonly column: number;
	readonly endLine: number;
	readonly endColumn: number;
}

export interface CodeRecord {
	/** Null for a value that the catalog does not know and the source does not name. */
	readonly name: string | null;
	/** Unsigned, 32 bits. */
	readonly value: number;
}

/** One direction's buffer as the call gives it; null for what could not be resolved. */
export interface BufferRecord {
	readonly type: string | null;
	/** Bytes handed over, for each target. */
	readonly size: PerTarget | null;
}

/** From the callee's first character to the closing parenthesis. */
export interface CallRecord extends Region {
	readonly file: string;
	readonly api: ApiId;
	/** As written. */
	readonly callee: string;
	readonly kind: IoctlCall['kind'];
	readonly code: CodeRecord | null;
	readonly in: BufferRecord;
	readonly out: BufferRecord;
}

export interface FindingRecord extends Region {
	readonly rule: string;
	readonly severity: Severity;
	readonly file: string;
	readonly message: string;
	/** Null where a finding is about no call. */
	readonly api: ApiId | null;
	readonly code: CodeRecord | null;
}

export interface SkippedRecord {
	readonly file: string;
	readonly reason: SkipReason;
	readonly detail: string;
}

/** One edit of a proposed fix. */
export interface EditRecord extends Region {
	readonly newText: string;
}

/** The line of a finding, or as much of it as a report can show. */
export interface Excerpt {
	readonly before: string;
	readonly marked: string;
	readonly after: string;
}

/** A finding with what only some formats show. */
export interface ReportedFinding extends FindingRecord {
	readonly excerpt: Excerpt;
	/** Equal for the same finding in a later version of the file, wherever it has moved to. */
	readonly fingerprint: string;
	readonly fix?: { readonly title: string; readonly edits: readonly EditRecord[]; readonly unfinished?: true };
}

export interface Tool {
	readonly name: string;
	readonly version: string;
}

/** Where a source tree has come from. */
export interface Origin {
	/** Absolute, without a user's name or password. */
	readonly uri: string;
	/** Absolute path of the folder that is its root here. */
	readonly root: string;
	/** What was checked out; what has been changed since is not told. */
	readonly revision?: string;
	readonly branch?: string;
}

export interface Report {
	readonly tool: Tool;
	/** Absolute path that relative file names start from. */
	readonly folder: string;
	/** Absent where it is not known. */
	readonly origin?: Origin;
	readonly files: {
		/** Files that were looked through. */
		readonly read: number;
		readonly withCalls: number;
		readonly skipped: readonly SkippedRecord[];
	};
	/** How many there are, also where they are not told. */
	readonly callCount: number;
	/** By file in the order of the command line, then by position; so are the findings. */
	readonly calls: readonly CallRecord[];
	readonly findings: readonly ReportedFinding[];
	/** Those that comments in the source silence, where a report is to tell of them. */
	readonly silenced?: readonly ReportedFinding[];
	/** Those that the baseline holds, where a report is to tell of them. */
	readonly known?: readonly ReportedFinding[];
	/** Whether findings that a baseline holds were left out. */
	readonly baselined?: boolean;
}

export interface Style {
	readonly colours: boolean;
}

/** An output format: one file each; the file name is its name. Both functions give the whole output. */
export interface Format {
	readonly id: string;
	/** It says where the source tree has come from. */
	readonly tellsOrigin?: true;
	readonly check: (report: Report, style: Style) => string;
	/** Absent when the format has no way to show an inventory of calls. */
	readonly calls?: (report: Report, style: Style) => string;
}
