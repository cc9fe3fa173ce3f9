/** TypeScript, TSX and JavaScript as one family: two grammars, one reading. */
import type { Include, Language } from '../language.ts';
import { findBindings, findCalls } from './calls.ts';
import { LegacyFile } from './legacy.ts';
import { JsFile } from './source.ts';
import { jsWording } from './wording.ts';

/** A language of the family. */
export function jsFamily(
	id: string,
	grammar: string,
	extensions: readonly string[],
	languageIds: readonly string[],
): Language {
	return {
		id,
		grammar,
		extensions,
		languageIds,
		wording: jsWording,
		marks: MARKS,
		calls: (root, text, entryPoint, _parse, included) =>
			findCalls(new JsFile(root, text, included as readonly JsFile[]), entryPoint),
		bindings: (root, text, included) => findBindings(new JsFile(root, text, included as readonly JsFile[])),
		open: (text, env) => new LegacyFile(text, env),
		includes: readImports,
		unit: (root, text, _parse, included) => new JsFile(root, text, included as readonly JsFile[]),
		named: (unit, name) => (unit as JsFile).named(name),
	};
}

/** A bound function may go by any name: then a control code tells, by name or in the usual numbers. */
const CODES =
	/[oO]ctl|\bSIO_[A-Z]|\bFION(?:BIO|READ)\b|\bSIOCATMARK\b|\b0x[2489c][89]00[\da-f]{4}\b|\b0x[48]004(?:667[ef]|73\d\d)\b|-21471952|-17448304/i;

/** Function and code may both come from another file: then the number of arguments tells, and that the last two are null. */
const MARKS = {
	test: (text: string): boolean => CODES.test(text) || (IMPORT.test(text) && hasLongCall(text)),
};

const IMPORT = /\b(?:from|import|require)\s*\(?\s*["']\.{1,2}\//;
const TAIL = /,\s*(?:null|undefined)\s*,\s*(?:null|undefined)\s*,?\s*[\])]/g;
/** Arguments before the last two, and how far back they are looked for. */
const BEFORE_TAIL = 7;
const LONGEST_CALL = 1000;

function hasLongCall(text: string): boolean {
	for (const { index } of text.matchAll(TAIL)) {
		let depth = 0;
		let commas = 0;
		for (let at = index - 1; at > index - LONGEST_CALL && depth >= 0; at--) {
			const c = text[at]!;
			if (c === ')' || c === ']' || c === '}') depth++;
			else if (c === '(' || c === '[' || c === '{') depth--;
			else if (c === ',' && depth === 0) commas++;
			if (at === 0) break;
		}
		if (depth < 0 && commas === BEFORE_TAIL - 1) return true;
	}
	return false;
}

const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*(["'])(\.{1,2}(?:\/[^"'\r\n]*)?)\1/g;
const RE_EXPORT =
	/(?:\bexport\s+(?:\*[^;'"]*|\{[^}]*\}\s*)from\s*|\bexports(?:\.\w+)?\s*=\s*require\s*\(\s*)(["'])(\.{1,2}(?:\/[^"'\r\n]*)?)\1/g;
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

/** Imports of files, with every name that the file can have on disk; packages are not followed. */
function readImports(text: string): Include[] {
	const names = new Set(
		[...text.matchAll(RELEVANT.test(text) || MARKS.test(text) ? SPECIFIER : RE_EXPORT)].map((match) => match[2]!),
	);
	return [...names].map((name) => ({ name, quoted: true, files: fileNames(name) }));
}

function fileNames(specifier: string): readonly string[] {
	const ending = /\.[cm]?[jt]sx?$/.exec(specifier)?.[0];
	if (ending)
		return Object.hasOwn(SOURCES, ending)
			? SOURCES[ending]!.map((e) => specifier.slice(0, -ending.length) + e)
			: [specifier];
	const folder = specifier.replace(/\/$/, '');
	const isFolder = /(?:^|\/)\.{1,2}$/.test(folder) || specifier.endsWith('/');
	return [...(isFolder ? [] : ENDINGS.map((e) => folder + e)), ...ENDINGS.map((e) => `${folder}/index${e}`)];
}
