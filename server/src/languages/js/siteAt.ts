/**
 * The call at an offset of a part while it is being written. The part is read as if it ended with that call: what is
 * open is closed, and what is not written yet is unknown. So it costs what the part does up to there.
 */
import type { SiteAt, VisibleObject } from '../../calls/siteAt.ts';
import { field } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import { countWhile } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import { trimmed } from '../../syntax/written.ts';
import { Chunk } from './chunk.ts';
import { argumentsBehind, type Cursor, closers, cursorAt, type Open } from './cursor.ts';
import { ANY_COUNT } from './cut.ts';
import type { Declaration } from './declarations.ts';
import { evaluate } from './evaluate.ts';
import { integer } from './libraries/bytes.ts';
import { LONGEST_NAME, NAME_END } from './nodes.ts';
import { mayBeCallee, siteUnderWay, type UnderWay } from './sites.ts';
import { guarded } from './slots.ts';
import { topOf, UNKNOWN_VALUE, type Value } from './values.ts';

/** Stands for what is not written yet. Nobody declares it. */
const MISSING = 'ioctlLensNotWritten';

/** The name that stands in front of a parenthesis, where a call of it begins. */
function calleeBefore(text: string, parenthesis: number): { readonly name: string; readonly end: number } {
	let end = parenthesis;
	while (/\s/.test(text.charAt(end - 1))) end--;
	if (text.slice(end - 2, end) === '?.') end -= 2;
	let start = end;
	while (end - start < LONGEST_NAME && NAME_END.test(text.charAt(start - 1))) start--;
	return { name: text.slice(start, end), end };
}

interface Written {
	readonly parenthesis: number;
	readonly calleeEnd: number;
	readonly spans: readonly Span[];
	readonly at: number;
	readonly isClosed: boolean;
	readonly within: readonly string[];
	readonly outer: readonly Open[];
}

/** @param made told of each part that is read for it: the caller's to free when nothing is asked any more. */
export function siteAtIn(chunk: Chunk, offset: number, made: (chunk: Chunk) => void): SiteAt | undefined {
	const at = offset - chunk.start;
	const cursor = cursorAt(chunk.text, at);
	if (cursor.place === 'comment' || cursor.place === 'text') return undefined;
	for (let level = cursor.open.length - 1; level >= 0; level--) {
		const bracket = cursor.open[level];
		if (!bracket || bracket.isBlock) return undefined;
		const callee = bracket.kind === '(' ? calleeBefore(chunk.text, bracket.at) : undefined;
		if (!callee || !mayBeCallee(callee.name, chunk)) continue;
		const site = completedSite(chunk, writtenAt(chunk.text, at, cursor, level, callee.end), made);
		if (site) return site;
	}
	return undefined;
}

function writtenAt(text: string, at: number, { open }: Cursor, level: number, calleeEnd: number): Written {
	const { at: parenthesis = 0, commas = [] } = open[level] ?? {};
	const behind = argumentsBehind(text, at, open, level);
	const bounds = [parenthesis, ...behind.commas, behind.end];
	return {
		parenthesis,
		calleeEnd,
		spans: bounds.slice(1).map((end, i) => trimmed(text, (bounds[i] ?? 0) + 1, end)),
		at: commas.length,
		isClosed: behind.isClosed,
		within: open.slice(level + 1).map(({ kind, at: from }) => (kind === '(' ? calleeBefore(text, from).name : '')),
		outer: open.slice(0, level),
	};
}

function completedSite(chunk: Chunk, written: Written, made: (chunk: Chunk) => void): SiteAt | undefined {
	const { spans, at } = written;
	const texts = spans.map(({ start, end }) => chunk.text.slice(start, end) || MISSING);
	const attempts = [
		texts,
		texts.map((text, i) => (i === at ? MISSING : text)),
		texts.map((text, i) => (i !== at && /^[\w$]+(?:\.[\w$]+)*$/.test(text) ? text : MISSING)),
	];
	for (const args of attempts) {
		const copy = completedChunk(chunk, written, args);
		made(copy);
		const call = callOf(copy, written);
		if (!call || call.hasError) continue;
		const found = guarded(() => siteUnderWay(call, copy), undefined);
		if (!found) return undefined;
		return result(chunk, copy, call, written, found);
	}
	return undefined;
}

function completedChunk(chunk: Chunk, { parenthesis, outer }: Written, args: readonly string[]): Chunk {
	const text = `${chunk.text.slice(0, parenthesis)}(${args.join(',')})${closers(outer)}`;
	const copy = new Chunk(chunk.file, text, { start: chunk.start, declares: undefined, counts: ANY_COUNT });
	copy.order = chunk.order;
	return copy;
}

/** The call whose arguments begin with that parenthesis. */
function callOf(chunk: Chunk, { parenthesis, calleeEnd }: Written): Node | undefined {
	let node: Node | null = chunk.root.descendantForIndex(calleeEnd - 1, calleeEnd);
	for (; node; node = parentOf(node))
		if (node.type === 'call_expression' && field(node, 'arguments')?.startIndex === parenthesis) return node;
	return undefined;
}

function result(chunk: Chunk, copy: Chunk, call: Node, written: Written, { site, wrapper }: UnderWay): SiteAt {
	const { spans, at, within, isClosed } = written;
	const moved = ({ start, end }: Span): Span => ({ start: start + chunk.start, end: end + chunk.start });
	const slot = wrapper ? wrapper.parameters[at]?.slot : site.args[at] && at;
	return {
		site,
		from: chunk.start,
		written: spans.map(moved),
		at,
		...(slot === undefined ? {} : { slot }),
		...(wrapper ? { wrapper } : {}),
		within,
		isClosed,
		objects: () => objectsAt(copy, call),
		codeOf: (name) => codeAt(name, copy, call),
	};
}

/** The value of the constant of a name; what comes from a module that is not in sight is what the headers say. */
function codeAt(name: string, chunk: Chunk, call: Node): number | undefined {
	const declaration = chunk.declaration(name, call);
	if (!declaration) return undefined;
	if (declaration.kind === 'import') return chunk.file.catalog.code(name)?.code.opcode.value;
	if (declaration.kind !== 'const') return undefined;
	const number = integer(initialValue(declaration));
	return number === undefined ? undefined : number >>> 0;
}

/** What a variable is declared as. */
function initialValue({ value, path, chunk }: Declaration): Value {
	return value && path?.length === 0 ? guarded(() => evaluate(value, topOf(chunk)), UNKNOWN_VALUE) : UNKNOWN_VALUE;
}

/** More names in front of an offset are not looked up. */
const MOST_NAMES = 200;

/** Variables that hold memory, the last named first, then those of the file. */
function objectsAt(chunk: Chunk, call: Node): readonly VisibleObject[] {
	const { file } = chunk;
	const words = chunk.text.slice(0, call.startIndex).match(/[A-Za-z_$][\w$]*/g) ?? [];
	const shared = file.chunks.filter(({ order }) => order !== chunk.order).toReversed();
	const names = [
		...[...new Set(words.toReversed())].slice(0, MOST_NAMES),
		...[...new Set(shared.flatMap(({ declares }) => [...(declares ?? [])]))].slice(0, MOST_NAMES),
	];
	return [...new Set(names)].flatMap((name): VisibleObject[] => {
		const declaration = chunk.declaration(name, call);
		if (!declaration || (declaration.chunk === chunk && declaration.node.startIndex > call.startIndex)) return [];
		const value = initialValue(declaration);
		if (value.kind !== 'bytes' || value.type === 'ArrayBuffer') return [];
		return [{ name, ...(value.holds ? { type: value.holds } : {}), ...(value.bytes ? { bytes: value.bytes } : {}) }];
	});
}

/** The part that holds an offset: of two that meet there the first. */
export function chunkAt(chunks: readonly Chunk[], offset: number): Chunk | undefined {
	const isBefore = ({ start, text }: Chunk): boolean => start + text.length < offset;
	return chunks[countWhile(chunks.length - 1, (at) => isBefore(chunks[at] as Chunk))];
}
