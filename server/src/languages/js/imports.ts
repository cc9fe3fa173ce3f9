/** Which texts can hold anything of interest, and which files they import. */
import type { Include } from '../language.ts';

/** A bound function may go by any name: then a control code tells, by name or in the usual numbers. */
const CODES =
	/[oO]ctl|\bSIO_[A-Z]|\bFION(?:BIO|READ)\b|\bSIOCATMARK\b|\b0x[2489c][89]00[\da-f]{4}\b|\b0x[48]004(?:667[ef]|73\d\d)\b|-21471952|-17448304/i;

/** Function and code may both come from another file: then the number of arguments tells, and that the last two are null. */
export const MARKS = {
	test: (text: string): boolean => CODES.test(text) || (specifiers(text).next().done === false && hasLongCall(text)),
};

const NOTHING = /\b(?:null|undefined)\b/g;
/** Arguments before the last two, and how far back they are looked for. */
const BEFORE_TAIL = 7;
const LONGEST_CALL = 1000;

function hasLongCall(text: string): boolean {
	for (const { index, 0: word } of text.matchAll(NOTHING)) {
		const tail = tailEnd(text, index + word.length);
		if (tail && commasBefore(text, index) === BEFORE_TAIL) return true;
	}
	return false;
}

/** Does `, null)` follow, or `, null,)`? */
function tailEnd(text: string, from: number): boolean {
	let at = spaceEnd(text, from);
	if (text[at] !== ',') return false;
	at = spaceEnd(text, at + 1);
	const word = ['null', 'undefined'].find((w) => text.startsWith(w, at));
	if (!word) return false;
	at = spaceEnd(text, at + word.length);
	if (text[at] === ',') at = spaceEnd(text, at + 1);
	return text[at] === ')' || text[at] === ']';
}

/** Commas of one list of arguments in front of a place in it; undefined where its beginning is too far away. */
function commasBefore(text: string, from: number): number | undefined {
	let depth = 0;
	let commas = 0;
	for (let at = from - 1; at >= 0 && at > from - LONGEST_CALL; at--) {
		const c = text[at];
		if (c === ')' || c === ']' || c === '}') depth++;
		else if (c === '(' || c === '[' || c === '{') depth--;
		else if (c === ',' && depth === 0) commas++;
		if (depth < 0) return commas;
	}
	return undefined;
}

const WORD_BEFORE = /\b(from|import|require)\b/g;
/** White space that is looked over between a word and what belongs to it. */
const MOST_SPACE = 200;

/** Every import of a file of one's own, and where the word before it begins. */
function* specifiers(text: string): Generator<{ readonly name: string; readonly at: number }> {
	for (const match of text.matchAll(WORD_BEFORE)) {
		let at = spaceEnd(text, match.index + match[0].length);
		if (text[at] === '(') at = spaceEnd(text, at + 1);
		const quote = text[at];
		if ((quote !== '"' && quote !== "'") || text[at + 1] !== '.') continue;
		const end = text.indexOf(quote, at + 1);
		const name = end < 0 || end - at > LONGEST_NAME ? '' : text.slice(at + 1, end);
		if (/^\.{1,2}(?:\/[^"'\r\n]*)?$/.test(name)) yield { name, at: match.index };
	}
}

const LONGEST_NAME = 1000;

function spaceEnd(text: string, from: number): number {
	let at = from;
	while (at < text.length && at - from < MOST_SPACE && /\s/.test(text[at] ?? '')) at++;
	return at;
}

/** What an import is assigned to is not longer. */
const LONGEST_TARGET = 320;

/** Does the import whose word begins there hand on what it gets: `export … from`, `exports.x = require(…)`? */
function isHandedOn(text: string, at: number): boolean {
	const before = text.slice(Math.max(0, at - LONGEST_CALL), at);
	if (text.startsWith('from', at)) {
		const word = before.lastIndexOf('export');
		return word >= 0 && /^export\s{1,50}(?:\*[^;'"]*|\{[^}]*\}\s*)$/.test(before.slice(word));
	}
	return (
		text.startsWith('require', at) && /\bexports(?:\.\w{1,100})?\s{0,50}=\s{0,50}$/.test(before.slice(-LONGEST_TARGET))
	);
}

/** A file without any of these holds constants at most; of its own imports only what it hands on matters. */
const RELEVANT = /octl|SIO_|FION|koffi|\bffi|dlopen|_32/i;

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
/** A module is imported by the name of what it is compiled to. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
	'.js': ['.ts', '.tsx', '.js', '.jsx'],
	'.jsx': ['.tsx', '.jsx'],
	'.mjs': ['.mts', '.mjs'],
	'.cjs': ['.cts', '.cjs'],
};

/** What a part of a text says of the files that it imports. */
export interface PartImports {
	/** It has a mark of what matters. */
	readonly isRelevant: boolean;
	/** It has a call as an imported function would take it. */
	readonly hasLongCall: boolean;
	readonly imports: readonly { readonly name: string; readonly isHandedOn: boolean }[];
}

export const importsIn = (text: string): PartImports => ({
	isRelevant: RELEVANT.test(text) || CODES.test(text),
	hasLongCall: hasLongCall(text),
	imports: [...specifiers(text)].map(({ name, at }) => ({ name, isHandedOn: isHandedOn(text, at) })),
});

/** Imports of files, with every name that the file can have on disk; packages are not followed. */
export function importsOf(parts: readonly PartImports[]): readonly Include[] {
	const isRelevant = parts.some((part) => part.isRelevant || part.hasLongCall);
	const names = new Set(
		parts.flatMap(({ imports }) => imports.filter((one) => isRelevant || one.isHandedOn).map(({ name }) => name)),
	);
	return [...names].map((name) => ({ name, quoted: true, files: fileNames(name) }));
}

function fileNames(specifier: string): readonly string[] {
	const ending = /\.[cm]?[jt]sx?$/.exec(specifier)?.[0];
	if (ending)
		return Object.hasOwn(SOURCES, ending)
			? (SOURCES[ending] ?? []).map((e) => specifier.slice(0, -ending.length) + e)
			: [specifier];
	const folder = specifier.replace(/\/$/, '');
	const isFolder = /(?:^|\/)\.{1,2}$/.test(folder) || specifier.endsWith('/');
	return [...(isFolder ? [] : ENDINGS.map((e) => folder + e)), ...ENDINGS.map((e) => `${folder}/index${e}`)];
}
