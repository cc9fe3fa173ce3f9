/** Small questions about syntax nodes of the TypeScript and TSX grammars. */

import { field, named, spanOf } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import { entryOf } from '../../types/own.ts';

/** Nodes that open a function. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
	'function_declaration',
	'generator_function_declaration',
	'function_expression',
	'generator_function',
	'arrow_function',
	'method_definition',
]);
/** Nodes that declare a class. */
export const CLASSES: ReadonlySet<string> = new Set(['class_declaration', 'abstract_class_declaration', 'class']);
/** Statements whose body can run more than once. */
export const LOOPS: ReadonlySet<string> = new Set([
	'for_statement',
	'for_in_statement',
	'while_statement',
	'do_statement',
]);

/** Removes what changes nothing of a value: parentheses, type assertions, `!`, `await`. */
export function unwrapped(node: Node): Node {
	let at = node;
	for (;;) {
		let inner: Node | null | undefined;
		switch (at.type) {
			case 'parenthesized_expression':
			case 'as_expression':
			case 'satisfies_expression':
			case 'non_null_expression':
			case 'await_expression':
				inner = named(at)[0];
				break;
			case 'type_assertion':
				inner = named(at).at(-1);
				break;
			default:
				return at;
		}
		if (!inner) return at;
		at = inner;
	}
}

/** What is known of the nodes of a tree: the nearest one around each that is of some kinds. Goes with the tree. */
const known = new WeakMap<Node['tree'], Map<ReadonlySet<string>, Map<number, Node | null>>>();

function knownAround({ tree }: Node, kinds: ReadonlySet<string>): Map<number, Node | null> {
	const ofTree = known.get(tree) ?? new Map<ReadonlySet<string>, Map<number, Node | null>>();
	known.set(tree, ofTree);
	const around = ofTree.get(kinds) ?? new Map<number, Node | null>();
	ofTree.set(kinds, around);
	return around;
}

/** The nearest enclosing node of one of the given kinds; the node itself does not count. Every node on the way remembers it. */
export function enclosing(node: Node, kinds: ReadonlySet<string>): Node | undefined {
	const around = knownAround(node, kinds);
	const way: number[] = [];
	let found: Node | null | undefined;
	for (let at = node; found === undefined; ) {
		found = around.get(at.id);
		if (found !== undefined) break;
		way.push(at.id);
		const outer = parentOf(at);
		if (!outer || kinds.has(outer.type)) found = outer;
		else at = outer;
	}
	for (const id of way) around.set(id, found);
	return found ?? undefined;
}

/** The id of the function around a node; 0 at the level of the module. */
export const functionAround = (node: Node): number => enclosing(node, FUNCTIONS)?.id ?? 0;

const WRAPPERS = /^(?:parenthesized|as|satisfies|non_null|await)_expression$/;

/** The outermost expression that is this one with nothing added that changes its value. */
export function wrapped(node: Node): Node {
	let at = node;
	for (let outer = parentOf(at); outer && WRAPPERS.test(outer.type); outer = parentOf(at)) at = outer;
	return at;
}

/** Both stand for the same node. Trees that live at once have no id in common. */
export const isNode = (a: Node | null | undefined, b: Node): boolean => a !== null && a !== undefined && a.id === b.id;

/** Longer names are not read. */
export const LONGEST_NAME = 256;
/** What the name at the end of an expression is made of. */
export const NAME_END = /[\w$]/;

/** The name that an expression ends with (`func` of `lib.func`), or '' where it ends otherwise. */
export function lastWord(node: Node): string {
	const { text } = node;
	let start = text.length;
	while (text.length - start < LONGEST_NAME && NAME_END.test(text.charAt(start - 1))) start--;
	return text.slice(start);
}

/** Name of a function: its own, or that of what it is assigned to. */
export function functionName(owner: Node): string | undefined {
	const own = field(owner, 'name');
	if (own) return own.text;
	const holder = parentOf(owner);
	const name = holder && (field(holder, 'name') ?? field(holder, 'key') ?? field(holder, 'left'));
	return name?.text;
}

/** The class from which one inherits. */
export function superclass(node: Node): Node | undefined {
	const heritage = named(node).find((n) => n.type === 'class_heritage');
	const clause = heritage && named(heritage)[0];
	return (clause?.type === 'extends_clause' ? field(clause, 'value') : clause) ?? undefined;
}

/** A property's name as written in an object, a class or a pattern; undefined when it is computed. */
export function propertyName(key: Node): string | undefined {
	switch (key.type) {
		case 'property_identifier':
		case 'private_property_identifier':
		case 'shorthand_property_identifier':
		case 'shorthand_property_identifier_pattern':
		case 'identifier':
		case 'number':
			return key.text;
		case 'string':
			return stringText(key);
		case 'computed_property_name': {
			const inner = named(key)[0];
			return inner?.type === 'string' ? stringText(inner) : undefined;
		}
		default:
			return undefined;
	}
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' };

/** The value of a string literal, or of a template without substitutions. */
export function stringText(node: Node): string | undefined {
	let text = '';
	for (const part of named(node)) {
		if (part.type === 'string_fragment') text += part.text;
		else if (part.type === 'escape_sequence') text += unescaped(part.text);
		else return undefined;
	}
	return text;
}

function unescaped(sequence: string): string {
	const code = /^\\(?:x|u\{?)([\da-fA-F]+)\}?$/.exec(sequence)?.[1];
	if (code) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
	if (/^\\\r?\n$/.test(sequence)) return '';
	return entryOf(ESCAPES, sequence[1] ?? '') ?? sequence.slice(1);
}

/** Span of the name that a callee ends with, else of all of it. */
export function lastNameOf(callee: Node) {
	const { text } = callee;
	let end = text.length;
	while (end > 0 && !/\w/.test(text.charAt(end - 1))) end--;
	let start = end;
	while (/[\w$]/.test(text.charAt(start - 1))) start--;
	while (/\d/.test(text.charAt(start))) start++;
	if (start === end) return spanOf(callee);
	return { start: callee.startIndex + start, end: callee.startIndex + end };
}
