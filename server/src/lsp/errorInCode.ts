/** Numbers of errors where code compares what WSAGetLastError tells with them. */
import type { Catalog } from '../catalog/catalog.ts';
import { errorNumbered, type KnownError } from '../reference/errors.ts';
import type { Span } from '../syntax/span.ts';
import { wordAt } from './completions.ts';

/** As far as is looked for what a number is compared with, and for where that comes from. */
const AROUND = 2000;

const NUMBER = /^(?:[1-9]\d{4}|0[xX][\da-fA-F]{4,8})$/;
const ASKED = /\bWSAGetLastError ?\( ?\)$/;

/** Does the text tell that the expression at its end is the last error: the call itself, or a variable that takes it? */
function isLastError(text: string): boolean {
	if (ASKED.test(text)) return true;
	const name = /\b[A-Za-z_]\w*$/.exec(text)?.[0];
	return name !== undefined && new RegExp(`\\b${name} ?= ?(?:::)?WSAGetLastError\\b`).test(text);
}

/** The error whose number stands at an offset, behind `==`, `!=` or `case`. */
export function errorInCode(text: string, offset: number, catalog: Catalog): (Span & KnownError) | undefined {
	const place = wordAt(text, offset);
	const word = text.slice(place.start, place.end);
	const error = NUMBER.test(word) ? errorNumbered(Number(word), catalog) : undefined;
	if (!error) return undefined;
	const before = text
		.slice(Math.max(0, place.start - AROUND), place.start)
		.replace(/\s+/g, ' ')
		.trimEnd();
	if (/[!=]=$/.test(before)) return isLastError(before.replace(/ ?[!=]==?$/, '')) ? { ...place, ...error } : undefined;
	if (!before.endsWith(' case')) return undefined;
	const subject = before.lastIndexOf('switch (');
	const end = before.indexOf(') {', subject);
	return subject >= 0 && end >= 0 && isLastError(before.slice(0, end)) ? { ...place, ...error } : undefined;
}
