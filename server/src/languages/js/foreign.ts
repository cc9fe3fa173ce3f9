/** How a file calls functions of a DLL: with which library, and by which expressions. */
import type { ForeignInterface } from '../../calls/bindings.ts';
import type { ApiId } from '../../catalog/api.ts';
import type { Chunk } from './chunk.ts';
import { cursorAt } from './cursor.ts';
import { bindsFunctions, ffiOfModule } from './libraries/index.ts';
import type { JsFile } from './source.ts';

/** The interface that a file uses at an offset; undefined where it uses none. */
export function foreignIn(file: JsFile, chunk: Chunk | undefined, offset: number): ForeignInterface | undefined {
	const found = used(file.chunks.filter(bindsFunctions)) ?? denos(file.chunks);
	if (!found) return undefined;
	const isTable = chunk !== undefined && isTableAt(chunk.text, offset - chunk.start);
	return { ...found, callees: calleesIn(file), isTable };
}

type Used = Pick<ForeignInterface, 'library' | 'write' | 'name'>;

const QUOTED = /['"]([\w@:./-]+)['"]/g;
/** The name that a line gives to what it imports, where that is the whole. */
const IMPORTED = /\b(?:import|const|let|var)\s+(?:\*\s*as\s+)?([A-Za-z_$][\w$]*)/;
/** A line that imports is not longer, up to the module's name. */
const LONGEST_LINE = 200;

function used(chunks: readonly Chunk[]): Used | undefined {
	for (const { text } of chunks)
		for (const { 1: module = '', index } of text.matchAll(QUOTED)) {
			const ffi = ffiOfModule(module);
			if (!ffi) continue;
			const from = Math.max(text.lastIndexOf('\n', index) + 1, index - LONGEST_LINE);
			const line = text.slice(from, index);
			if (!/\b(?:from|require|import)\b/.test(line)) continue;
			const name = IMPORTED.exec(line)?.[1];
			return { library: ffi.id, write: ffi.write, ...(name === undefined ? {} : { name }) };
		}
	return undefined;
}

/** What needs no import. */
function denos(chunks: readonly Chunk[]): Used | undefined {
	const ffi = chunks.some(({ words }) => words.has('Deno')) ? ffiOfModule('Deno') : undefined;
	return ffi && { library: ffi.id, write: ffi.write, name: 'Deno' };
}

/** As the last call of each entry point writes it, else as its declaration names it. */
function calleesIn(file: JsFile): ReadonlyMap<ApiId, string | undefined> {
	const callees = new Map<ApiId, string | undefined>();
	for (const part of file.parts)
		for (const { api, start } of part.bindings()) callees.set(api, namedAt(part.chunk, start));
	for (const part of file.parts)
		for (const { api, callee, through } of part.calls)
			if (through === undefined && /^[\w$.]+$/.test(callee.text)) callees.set(api.id as ApiId, callee.text);
	return callees;
}

/** The constant that a line sets to what is declared there. */
function namedAt({ text }: Chunk, start: number): string | undefined {
	const from = Math.max(text.lastIndexOf('\n', start) + 1, start - LONGEST_LINE);
	return /\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*=\s*$/.exec(text.slice(from, start).replace(/[\w$.]+$/, ''))?.[1];
}

/** Functions that take a table of declarations. */
const TAKES_TABLE = /\b(?:dlopen|linkSymbols|Library)\s*$/;

/** Is the innermost bracket that is open that of a table of declarations? */
function isTableAt(text: string, offset: number): boolean {
	const [list, table] = cursorAt(text, offset).open.slice(-2);
	const isEntry = list?.kind === '(' && list.commas.length === 1 && table?.kind === '{' && !table.isBlock;
	if (!isEntry) return false;
	// An entry begins where nothing stands between the word and the comma or bracket.
	const before = text.slice(Math.max(table.at, offset - LONGEST_LINE), offset).replace(/[\w$]*$/, '');
	return /[{,]$/.test(before.trimEnd()) && TAKES_TABLE.test(text.slice(Math.max(0, list.at - LONGEST_LINE), list.at));
}
