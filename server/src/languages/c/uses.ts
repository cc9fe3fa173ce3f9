/**
 * Where an item of a file names a variable, and which of those places may change it. Found once for each name: every
 * statement that is asked about afterwards is a range of offsets.
 */
import { field, named, spanOf } from '../../syntax/nodes.ts';
import { nodeAt, parentOf } from '../../syntax/parents.ts';
import { lastWord } from '../../syntax/scan.ts';
import { lastBefore } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import { SCALARS } from '../../types/scalars.ts';
import type { CFile } from './file.ts';
import { isInOther } from './forks.ts';
import { HIGHEST, insideSizeof, parenthesizedName, remembered, wordIn } from './nodes.ts';
import { unitOf } from './owners.ts';
import { isTypeName } from './read.ts';

/** A place where an expression is a name. Its node is made when it is asked for: hardly any is of all that there are. */
class Place implements Span {
	readonly start: number;
	readonly end: number;
	readonly #root: Node;

	constructor(start: number, end: number, root: Node) {
		this.start = start;
		this.end = end;
		this.#root = root;
	}

	get node(): Node {
		return nodeAt(this.#root, this.start, this.end) ?? this.#root;
	}
}

/** What an item does with one name. All lists are by position. */
export interface Uses {
	/** Every word that is the name, whatever it stands for. */
	readonly words: readonly number[];
	/** Those of them that are an expression. */
	readonly names: readonly Place[];
	/** Where a declaration declares it. */
	readonly declared: readonly number[];
	/** Expressions that write the variable, take its address, or in C++ may bind a reference to it. */
	readonly writers: readonly Span[];
	/** Expressions that write a member or an element of it. */
	readonly partWriters: readonly Span[];
}

/** What the item around a node does with a name. */
export function usesOf(file: CFile, node: Node, name: string): Uses {
	const root = node.tree.rootNode;
	return remembered(root, `uses of ${name}`, () => readUses(file, root, name));
}

function readUses(file: CFile, root: Node, name: string): Uses {
	const unit = unitOf(root);
	const words = wordsOf(root, name);
	const names: Place[] = [];
	const declared: number[] = [];
	const writers: Span[] = [];
	const partWriters: Span[] = [];
	for (const at of words) {
		const node = nodeAt(root, at, at + name.length);
		if (!node || node.startIndex !== at || node.endIndex !== at + name.length) {
			// What the grammar does not read may do anything with it.
			if (unit && isInOther(unit.compiled, at)) writers.push({ start: at, end: at + name.length });
			continue;
		}
		if (node.type === 'identifier') names.push(new Place(at, node.endIndex, root));
		else if (node.type !== 'type_identifier') continue;
		if (isDeclared(node)) declared.push(at);
		const writer = writerAt(file, node, name);
		if (writer) writers.push(spanOf(writer));
		const part = partWriterAt(node);
		if (part) partWriters.push(spanOf(part));
	}
	for (const macro of file.macrosWriting(name))
		for (const at of wordsOf(root, macro)) writers.push({ start: at, end: at + macro.length });
	if (words.length > 0 && file.cpp) writers.push(...captures(root).filter((span) => span.end > span.start));
	const byStart = (a: Span, b: Span) => a.start - b.start;
	return { words, names, declared, writers: writers.sort(byStart), partWriters: partWriters.sort(byStart) };
}

/** The name that a declaration declares, whatever stands around it: `*x[4] = …`. */
function isDeclared(node: Node): boolean {
	let inner = node;
	let outer = parentOf(node);
	for (let levels = 0; outer && /(?:^|_)declarator$/.test(outer.type); levels++) {
		if (levels > HIGHEST) return false;
		if (outer.type === 'init_declarator' && field(outer, 'declarator')?.id !== inner.id) return false;
		inner = outer;
		outer = parentOf(outer);
	}
	// `T x;` declares no `T`.
	const isType = node.type === 'type_identifier' && outer !== null && field(outer, 'type')?.id === node.id;
	return outer?.type === 'declaration' && !isType;
}

/** Offsets of a word in an item, or in the text of a snippet. */
function wordsOf(root: Node, word: string): readonly number[] {
	const unit = unitOf(root);
	if (unit) return unit.places.get(word) ?? [];
	const { text } = root;
	const found: number[] = [];
	for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
		if (wordIn(text.slice(Math.max(0, at - 1), at + word.length + 1), word)) found.push(at);
	return found;
}

/** `[&]` and `[&x]`: lambdas that may change what they name. */
const captures = (root: Node): readonly Span[] =>
	remembered(root, 'captures', () =>
		root
			.descendantsOfType('lambda_capture_specifier')
			.flatMap((node) => (node && /&/.test(node.text) ? [spanOf(node)] : [])),
	);

/** Does one of some places, by position, stand in a range of the item? */
export function standsIn(places: readonly number[], { startIndex, endIndex }: Node): boolean {
	const at = places[lastBefore(places, (at) => at, startIndex) + 1];
	return at !== undefined && at < endIndex;
}

/** The spans of a list that begin in a range, by position. */
export function* startingIn<T extends Span>(list: readonly T[], from: number, to: number): Generator<T> {
	for (let at = lastBefore(list, ({ start }) => start, from) + 1; at < list.length; at++) {
		const span = list[at] as T;
		if (span.start >= to) return;
		yield span;
	}
}

/** How many spans of a list begin in a range. */
export const countIn = (list: readonly Span[], { startIndex, endIndex }: Node): number =>
	lastBefore(list, ({ start }) => start, endIndex) - lastBefore(list, ({ start }) => start, startIndex);

/** The spans of a list that lie within a node, by position. */
export function* spansIn<T extends Span>(list: readonly T[], { startIndex, endIndex }: Node): Generator<T> {
	for (const span of startingIn(list, startIndex, endIndex)) if (span.end <= endIndex) yield span;
}

/** Does anything below a node write the variable, take its address or (in C++) possibly bind a reference to it? */
export function writes(file: CFile, node: Node, name: string, except?: Node): boolean {
	const uses = usesOf(file, node, name);
	if (uses.writers.length === 0) return false;
	for (const writer of spansIn(uses.writers, node)) {
		const isExcepted = except && writer.start >= except.startIndex && writer.end <= except.endIndex;
		// A lambda that captures everything changes what is named somewhere.
		if (!isExcepted && (!isCapture(file, node, writer) || standsIn(uses.words, node))) return true;
	}
	return false;
}

const isCapture = (file: CFile, node: Node, span: Span): boolean =>
	file.cpp && captures(node.tree.rootNode).includes(span);

/** The same for the whole and for every part of it. */
export function writesPart(file: CFile, node: Node, name: string): boolean {
	if (writes(file, node, name)) return true;
	for (const _ of spansIn(usesOf(file, node, name).partWriters, node)) return true;
	return false;
}

/** An assignment or a count up or down of the variable itself within a statement. */
export function assigns(file: CFile, statement: Node, name: string): boolean {
	for (const { node } of spansIn(usesOf(file, statement, name).names, statement)) {
		const target = withoutCasts(node);
		const outer = parentOf(target);
		if (outer?.type === 'update_expression' && isWithin(outer, statement)) return true;
		if (outer?.type === 'assignment_expression' && field(outer, 'left')?.id === target.id && isWithin(outer, statement))
			return true;
	}
	return false;
}

const isWithin = (inner: Node, outer: Node): boolean =>
	inner.startIndex >= outer.startIndex && inner.endIndex <= outer.endIndex;

/** The outermost of the parentheses and casts around an expression. */
function withoutCasts(node: Node): Node {
	let inner = node;
	for (let outer = parentOf(inner); outer; outer = parentOf(inner)) {
		const isAround =
			outer.type === 'parenthesized_expression' ||
			(outer.type === 'cast_expression' && field(outer, 'value')?.id === inner.id);
		if (!isAround) break;
		inner = outer;
	}
	return inner;
}

/** Functions that a C++ file may hand a plain variable without fear that it is taken by reference, by their last word. */
const BY_VALUE =
	/WSA\w|octlsocket$|[gs]etsockopt$|mem\w|str\w|printf|[mc]alloc$|Alloc|send|recv|(?:bind|connect|assert|ok)$/;

/** Macros that nobody writes for the sake of changing what they are given. */
const ONLY_READS = /ASSERT|CHECK|DBG|DEBUG|ERR|HTON|LOG|NTOH|PRINT|TRACE|UNREFERENCED|UNUSED|VERIFY|^M(?:AX|IN)$/;

/** Does a macro change the argument that it is given at a position? One that is defined elsewhere may. */
function macroWrites(file: CFile, callee: string, position: number): boolean {
	const known = file.macroTexts(callee).filter((m) => m.parameters);
	if (known.length === 0) return /^[A-Z][A-Z0-9_]*$/.test(callee) && !ONLY_READS.test(callee);
	return known.some(({ parameters, body }) => {
		const parameter = parameters?.[position];
		return parameter !== undefined && mayWrite(body, parameter);
	});
}

const WRITTEN = /^(?:(?:[-+*/%&|^]|<<|>>)?=(?!=)|\+\+|--)/;
const PART = /^(?:\.\w+|\[\w*\])/;

/** What follows on the part that a text begins with: `.a[2]`. */
function withoutPart(text: string): string {
	let rest = text;
	for (let part = PART.exec(rest); part; part = PART.exec(rest)) rest = rest.slice(part[0].length).trimStart();
	return rest;
}

/** A text that assigns a name or a part of it, counts it up or down, or takes its address. */
export function mayWrite(text: string, name: string): boolean {
	if (!/^\w+$/.test(name)) return false;
	for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
		const end = at + name.length;
		if (/\w/.test(text[at - 1] ?? '') || /\w/.test(text[end] ?? '')) continue;
		const before = text
			.slice(Math.max(0, at - 64), at)
			.trimEnd()
			.replace(/\($/, '')
			.trimEnd();
		const after = text
			.slice(end, end + 64)
			.trimStart()
			.replace(/^\)/, '')
			.trimStart();
		if (WRITTEN.test(withoutPart(after))) return true;
		if (/(?:\+\+|--|(?<!&)&)$/.test(before)) return true;
	}
	return false;
}

/** The expression around a name that writes the variable, takes its address or may bind a reference to it. */
function writerAt(file: CFile, use: Node, name: string): Node | undefined {
	const target = withoutCasts(use);
	const outer = parentOf(target);
	switch (outer?.type) {
		case 'assignment_expression':
			if (field(outer, 'left')?.id === target.id) return outer;
			break;
		case 'update_expression':
			return outer;
		case 'pointer_expression':
			if (field(outer, 'operator')?.text === '&' && !insideSizeof(outer)) return outer;
			break;
		case 'conditional_expression':
			// `(a ? x : y) = 1` of C++.
			return file.cpp && field(outer, 'condition')?.id !== target.id ? writerAt(file, outer, name) : undefined;
	}
	const parent = parentOf(use);
	return parent ? writerAround(file, parent, use, name) : undefined;
}

function writerAround(file: CFile, parent: Node, use: Node, name: string): Node | undefined {
	switch (parent.type) {
		case 'binary_expression': {
			if (field(parent, 'right')?.id !== use.id) return undefined;
			const op = field(parent, 'operator')?.text;
			const left = field(parent, 'left');
			// `(char *) &n` and `(T) &n` both parse as a bitwise and; `in >> n` writes.
			const isAddress = op === '&' && left !== null && parenthesizedName(left) !== undefined;
			return isAddress || (file.cpp && op === '>>') ? parent : undefined;
		}
		case 'argument_list': {
			const call = parentOf(parent);
			if (call?.type === 'call_expression') return takesForWriting(file, call, use) ? call : undefined;
			return file.cpp && constructs(parent) ? parent : undefined;
		}
		case 'initializer_list':
			return file.cpp && constructs(parent) ? parent : undefined;
		case 'parameter_list':
			return file.cpp && constructs(parent) ? parent : undefined;
		case 'parameter_declaration': {
			// `Holder h(n);` reads as a prototype.
			const list = parentOf(parent);
			return file.cpp && parent.text === name && list && constructs(list) ? list : undefined;
		}
		case 'init_declarator': {
			return file.cpp && isReference(parent) && field(parent, 'value')?.id === use.id ? parent : undefined;
		}
		default:
			return undefined;
	}
}

/** `&r = n`, `&r{n}` in a declaration. */
const isReference = (declarator: Node): boolean => field(declarator, 'declarator')?.type === 'reference_declarator';

function takesForWriting(file: CFile, call: Node, use: Node): boolean {
	const called = field(call, 'function');
	const list = field(call, 'arguments');
	const castTo = called && parenthesizedName(called);
	// `(DWORD)(n)`.
	if (!called || !list || use.type !== 'identifier' || (castTo && isTypeName(castTo, file.fileScope))) return false;
	const callee = remembered(called, 'callee', () => called.text);
	// `int(n)` and `static_cast<int>(n)`, but not as a reference.
	if (called.type === 'primitive_type' || /^static_cast\s*<[^&<>]*>$/.test(callee)) return false;
	if (file.cpp && !BY_VALUE.test(lastWord(callee.slice(-100))) && !file.takesValues(callee)) return true;
	const position = remembered(list, 'arguments', () => named(list).map((n) => n.id)).indexOf(use.id);
	return position >= 0 && macroWrites(file, callee, position);
}

/** Arguments of a constructor may be kept by reference, and a reference may be made; what a number is made of is only read. */
function constructs(list: Node): boolean {
	let outer = parentOf(list);
	if (outer?.type === 'call_expression') return false;
	if (outer && isReference(outer)) return true;
	if (outer?.type === 'init_declarator' || outer?.type === 'function_declarator') outer = parentOf(outer);
	const type = outer && field(outer, 'type');
	return !type || !(Object.hasOwn(SCALARS, type.text) || type.type === 'sized_type_specifier');
}

/** `x.a[2] = …`, `x.b++`: the expression around a name that writes a part of the variable. */
function partWriterAt(use: Node): Node | undefined {
	let inner = withoutCasts(use);
	let outer = parentOf(inner);
	while (outer && (outer.type === 'field_expression' || outer.type === 'subscript_expression')) {
		if (field(outer, 'argument')?.id !== inner.id) return undefined;
		inner = outer;
		outer = parentOf(inner);
	}
	if (outer?.type === 'update_expression') return outer;
	// Whoever is given the address of a member may write it, and so may one that an array is given to.
	if (outer?.type === 'pointer_expression' && inner !== use)
		return field(outer, 'operator')?.text === '&' && !insideSizeof(outer) ? outer : undefined;
	if (outer?.type === 'argument_list' && inner.type === 'field_expression')
		return mayTakePart(outer) ? outer : undefined;
	return outer?.type === 'assignment_expression' && field(outer, 'left')?.id === inner.id ? outer : undefined;
}

/** May a function write a member that is given to it: an array, or by reference? */
function mayTakePart(list: Node): boolean {
	const call = parentOf(list);
	const callee = call?.type === 'call_expression' ? field(call, 'function') : null;
	return !callee || !ONLY_READS_PARTS.test(lastWord(callee.text.slice(-100)));
}

const ONLY_READS_PARTS = /printf$|^(?:hton|ntoh)[sl]$|^(?:Log|TRACE|assert|ASSERT)/;
