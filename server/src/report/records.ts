/** From what the check found to the records that reports show. */
import type { BufferArgument, CodeArgument, IoctlCall } from '../calls/model.ts';
import type { CheckResult } from '../check/check.ts';
import type { Finding } from '../rules/rule.ts';
import { byPosition } from '../syntax/search.ts';
import { typeText } from '../types/layout.ts';
import type { BufferRecord, CallRecord, CodeRecord, ReportedFinding } from './format.ts';
import { Lines } from './lines.ts';

const NOT_RESOLVED: BufferRecord = { type: null, size: null };

/** The records of one file. Calls are given one by one, as each is read: all of them would take more room. */
export class Records {
	readonly #file: string;
	readonly #text: string;
	readonly #calls: { readonly start: number; readonly record: CallRecord }[] = [];
	#lines: Lines | undefined;

	/** @param file its name as reports show it. */
	constructor(file: string, text: string) {
		this.#file = file;
		this.#text = text;
	}

	get lines(): Lines {
		this.#lines ??= new Lines(this.#text);
		return this.#lines;
	}

	/** Takes a call, in any order. */
	add(call: IoctlCall): void {
		// A call through a wrapper is judged, but the inventory lists the calls of the entry points themselves, and of
		// functions that the settings name, which may be made elsewhere.
		if (call.through !== undefined && !call.isConfigured) return;
		this.#calls.push({ start: call.start, record: callRecord(this.#file, this.lines, call) });
	}

	/**
	 * The calls that were taken, and what was found in all.
	 * @param digest the hexadecimal SHA-256 of a text's UTF-8.
	 * @param identity the file's name as fingerprints know it.
	 */
	of(
		{ findings, silenced }: CheckResult,
		digest: (text: string) => string,
		identity: string,
	): { readonly calls: CallRecord[]; readonly findings: ReportedFinding[]; readonly silenced?: ReportedFinding[] } {
		const fingerprint = fingerprints(identity, this.#text, digest);
		const told = (finding: Finding) => findingRecord(this.#file, this.lines, finding, fingerprint(finding));
		return {
			calls: byPosition(this.#calls).map(({ record }) => record),
			findings: findings.map(told),
			// After the others, whose fingerprints are the same with and without comments on equal ones.
			...(silenced.length > 0 ? { silenced: silenced.map(told) } : {}),
		};
	}
}

function callRecord(file: string, lines: Lines, call: IoctlCall): CallRecord {
	return {
		file,
		...lines.region({ start: call.calleeSpan.start, end: call.end }),
		api: call.api,
		callee: call.callee,
		kind: call.kind,
		code: codeRecord(call.code),
		in: bufferRecord(call.input),
		out: bufferRecord(call.output),
	};
}

function findingRecord(file: string, lines: Lines, finding: Finding, fingerprint: string): ReportedFinding {
	const { fix } = finding;
	return {
		rule: finding.rule,
		severity: finding.severity,
		file,
		...lines.region(finding),
		message: finding.message,
		api: finding.call?.api ?? null,
		code: finding.call ? codeRecord(finding.call.code) : null,
		excerpt: lines.excerpt(finding),
		fingerprint,
		...(fix
			? {
					fix: {
						title: fix.title,
						...(fix.unfinished ? { unfinished: true as const } : {}),
						edits: fix.edits.map((edit) => ({ ...lines.region(edit), newText: edit.newText })),
					},
				}
			: {}),
	};
}

/** How constants are named; a name in another style is a variable's and says nothing about its value. */
const CONSTANT = /^[A-Z_][A-Z0-9_]*$/;

/** A code whose value is not known, or not one value, is not resolved. */
function codeRecord(code: CodeArgument): CodeRecord | null {
	const [value, ...others] = code.values;
	if (value === undefined || others.length > 0) return null;
	const written = code.name !== undefined && CONSTANT.test(code.name) ? code.name : null;
	return { name: code.entry?.name ?? written, value: value >>> 0 };
}

function bufferRecord(buffer: BufferArgument | undefined): BufferRecord {
	if (!buffer) return NOT_RESOLVED;
	const pointed = buffer.pointer.object?.type;
	const type = pointed && pointed.kind !== 'void' && pointed.kind !== 'unknown' ? pointed : buffer.size?.sizeofType;
	const label = type && typeText(type);
	const { length } = buffer;
	const [size, ...others] = length.kind === 'known' ? length.values : [];
	return {
		type: label === undefined || label.includes('?') ? null : label,
		size: size && others.length === 0 ? { x86: size.x86, x64: size.x64, arm64: size.arm64 } : null,
	};
}

/**
 * A finding keeps its identity while lines are added above it and blanks change within its call: the file, the rule,
 * the function around it and the call's own text count, and of equal ones which it is.
 */
function fingerprints(file: string, text: string, digest: (text: string) => string): (finding: Finding) => string {
	const seen = new Map<string, number>();
	return ({ rule, call: about, start, end }) => {
		const call = about ?? { start, end, enclosing: undefined };
		const argument = text.slice(call.start, start).replace(/\s+/g, ' ').length;
		const identity = [
			file,
			rule,
			call.enclosing ?? '',
			text.slice(call.start, call.end).replace(/\s+/g, ' '),
			argument,
		];
		const key = JSON.stringify(identity);
		const count = seen.get(key) ?? 0;
		seen.set(key, count + 1);
		return digest(`${key}${count}`).slice(0, 32);
	};
}
