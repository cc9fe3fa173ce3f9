/** The `#include` that a name needs where it is written. */
import type { Inclusion } from '../calls/inclusion.ts';
import { beforeWinsock2, broughtBy, includedFor, socketHeaders } from '../catalog/headers.ts';
import { entryOf } from '../types/own.ts';

/** A line to be put in, without its end. */
export interface IncludeEdit {
	readonly at: number;
	readonly line: string;
}

/**
 * The line that a definition of a header needs; undefined where the header is there, or nobody can tell.
 * @param isOwn the header is none of the system's.
 */
export function includeFor(header: string, { names, lines, start }: Inclusion, isOwn = false): IncludeEdit | undefined {
	const written = entryOf(includedFor, header) ?? header;
	const enough = [header, written, ...(entryOf(broughtBy, written) ?? [])];
	if (enough.some((name) => names.has(name))) return undefined;
	// Behind those it would not compile, and the oldest codes are theirs too.
	if (written === 'winsock2.h' && beforeWinsock2.some((name) => names.has(name))) return undefined;
	const line = isOwn ? `#include "${written}"` : `#include <${written}>`;
	const beside = lines.findLast(({ name }) => socketHeaders.includes(name)) ?? lines.findLast((l) => !l.isConditional);
	if (lines.length > 0 && !beside) return undefined;
	return { at: beside?.end ?? start, line };
}
