/** Small questions about syntax nodes of the C and C++ grammars. */

import { field, named, within } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import { lastBefore } from '../../syntax/search.ts';
import type { Node } from '../../syntax/trees.ts';
import type { CType } from '../../types/ctype.ts';
import { whole } from './underWay.ts';

/** Lists of statements or declarations that open no scope. */
export const PREPROCESSOR_BLOCKS = new Set([
	'preproc_if',
	'preproc_ifdef',
	'preproc_else',
	'preproc_elif',
	'preproc_elifdef',
	'linkage_specification',
	'declaration_list',
]);
/** Statements whose body can run more than once. */
export const LOOPS = new Set(['for_statement', 'while_statement', 'do_statement', 'for_range_loop']);
const FUNCTIONS = new Set(['function_definition', 'lambda_expression']);
/** Statements behind which nothing of their list runs. */
export const JUMPS = new Set([
	'break_statement',
	'return_statement',
	'goto_statement',
	'continue_statement',
	'throw_statement',
]);

/** What was found out about the nodes of a tree, by question and by node. Goes with the tree. */
const found = new WeakMap<Node['tree'], Map<string, Map<number, unknown>>>();

/** The answer to a question about a node: every argument of every call asks for much the same. */
export function remembered<T>(node: Node, question: string, ask: () => T): T {
	const { tree, id } = node;
	let ofTree = found.get(tree);
	if (!ofTree) {
		ofTree = new Map();
		found.set(tree, ofTree);
	}
	let answers = ofTree.get(question) as Map<number, T> | undefined;
	if (!answers) {
		answers = new Map();
		ofTree.set(question, answers);
	}
	const known = answers.get(id);
	if (known !== undefined || answers.has(id)) return known as T;
	const { value, isWhole } = whole(ask);
	if (isWhole) answers.set(id, value);
	return value;
}

/** The answer to a question about a node that was asked before, or left by `remember`. */
export const recall = (node: Node, question: string): unknown => found.get(node.tree)?.get(question)?.get(node.id);

/** Leaves an answer about several nodes. */
export function remember(nodes: readonly Node[], question: string, answer: unknown): void {
	for (const node of nodes) remembered(node, question, () => answer);
}

/** Answers to one question about more nodes than this are those about places that a reader has passed. */
const MOST_PASSED = 1000;

/** Gives back the answers about very many nodes of a tree: what is asked once more is found once more. */
export function forgetPassed({ tree }: Node): void {
	const ofTree = found.get(tree);
	for (const [question, { size }] of ofTree ?? []) if (size > MOST_PASSED) ofTree?.delete(question);
}

/** Climbing further than this leads nowhere: machines nest that deep. */
export const HIGHEST = 500;

/** What a list of statements or declarations holds. */
export const membersOf = (list: Node): readonly Node[] => remembered(list, 'members', () => named(list));

/** The children that a field of the grammar names, such as all declarators of a declaration. */
export const fields = (node: Node, name: string): Node[] =>
	node.childrenForFieldName(name).filter((n): n is Node => n !== null);
/** `c` of `a::b::c`. */
export const lastComponent = (name: string): string => name.split('::').at(-1) ?? name;

const CONDITIONALS = new Set(['preproc_if', 'preproc_ifdef', 'preproc_elif', 'preproc_elifdef']);

/** The `#else` of a block: what the block's `#if` holds does not stand before it. */
export const isAlternative = (list: Node, inner: Node): boolean =>
	CONDITIONALS.has(list.type) && field(list, 'alternative')?.id === inner.id;

/**
 * The `#if` that a branch is an alternative of, past all `#elif`s in front of it: nothing in them is seen from there. What
 * is no alternative is itself.
 */
export function beyondAlternatives(inner: Node): Node {
	const question = 'beyond alternatives';
	const path: Node[] = [];
	let at = inner;
	for (let outer = parentOf(at); outer && isAlternative(outer, at); outer = parentOf(at)) {
		const known = recall(at, question) as Node | undefined;
		if (known) {
			at = known;
			break;
		}
		path.push(at);
		at = outer;
	}
	remember(path, question, at);
	return at;
}

/** What holds a node, or the branches that it is an alternative of. */
const outside = (node: Node): Node | null => parentOf(beyondAlternatives(node));

/** Does a node hold statements, one behind the other? */
export const isStatementList = ({ type }: Node): boolean =>
	type === 'compound_statement' || type === 'case_statement' || PREPROCESSOR_BLOCKS.has(type);

/** Where a node begins. */
export const startOf = ({ startIndex }: Node): number => startIndex;

/** Children of a list that stand before `inner`. */
export function earlierInList(list: Node, inner: Node, members = membersOf(list)): Node[] {
	if (isAlternative(list, inner)) return [];
	const last = lastBefore(members, startOf, inner.startIndex);
	return members.slice(0, members[last]?.id === inner.id ? last : last + 1);
}

/** The statements of each branch of a conditional block, an empty one where it has no `#else`; undefined for anything else. */
export function conditionalBranches(block: Node): Node[][] | undefined {
	const branches: Node[][] = [];
	for (let part: Node | null = block; part; part = field(part, 'alternative')) {
		if (part.type === 'preproc_else') return [...branches, named(part)];
		if (!CONDITIONALS.has(part.type)) return undefined;
		const head = [field(part, 'condition'), field(part, 'name'), field(part, 'alternative')].map((n) => n?.id);
		branches.push(named(part).filter((n) => !head.includes(n.id)));
	}
	return [...branches, []];
}

/** The statement of `earlier` stands before the one of `later` in a list of statements that holds both. */
export function runsBefore(earlier: Node, later: Node): boolean {
	for (let inner: Node = earlier, outer = parentOf(inner); outer; inner = outer, outer = parentOf(outer)) {
		if (outer.type === 'if_statement' && field(outer, 'condition')?.id !== inner.id) return within(later, inner);
		if (LOOPS.has(outer.type) || outer.type === 'case_statement' || outer.type === 'conditional_expression') {
			if (!within(later, outer)) return false;
		}
		if (
			outer.type === 'binary_expression' &&
			field(outer, 'right')?.id === inner.id &&
			/^(?:&&|\|\|)$/.test(field(outer, 'operator')?.text ?? '')
		)
			return false;
		if (PREPROCESSOR_BLOCKS.has(outer.type) && !within(later, outer)) return false;
		if (outer.type === 'compound_statement' && within(later, outer)) return true;
	}
	return false;
}

/** A `goto` may lead anywhere in a function. */
export const jumps = (owner: Node): boolean =>
	remembered(owner, 'jumps', () => wordIn(owner.text, 'goto') && findDescendant(owner, 'goto_statement') !== null);

/** The same from behind a place to what stands in front of it: what is left out are jumps to where a function ends. */
export const jumpsBack = (owner: Node, place: Node): boolean => jumps(owner) && firstLabel(owner) < place.endIndex;

const firstLabel = (owner: Node): number =>
	remembered(owner, 'first label', () => findDescendant(owner, 'labeled_statement')?.startIndex ?? 0);

/** What can run again before a point is reached a second time: the outermost loop around it, or all where jumps lead back. */
export function repeated(node: Node, owner: Node): Node | undefined {
	if (jumpsBack(owner, node)) return owner;
	const question = `outermost loop in ${owner.id}`;
	const path: Node[] = [];
	let outermost: { readonly loop: Node | undefined } | undefined;
	for (let n = outside(node); n && n.id !== owner.id; n = outside(n)) {
		outermost = recall(n, question) as typeof outermost;
		if (outermost) break;
		path.push(n);
	}
	for (const n of path.reverse()) {
		outermost = outermost?.loop ? outermost : { loop: LOOPS.has(n.type) ? n : undefined };
		remember([n], question, outermost);
	}
	return outermost?.loop;
}

/** The list of statements or the loop around a place within its function, and what of it holds the place. */
export function holderOf(place: Node): Holder | undefined {
	const isHolder = (n: Node) => isStatementList(n) || LOOPS.has(n.type) || FUNCTIONS.has(n.type);
	const holder = outward(place, 'holder', isHolder);
	return holder && FUNCTIONS.has(holder.outer.type) ? undefined : holder;
}

/** The call that a variable, or its address, is an argument of. */
export function callWithArgument(use: Node): Node | undefined {
	let outer = parentOf(use);
	while (outer && /^(?:parenthesized|cast|pointer)_expression$/.test(outer.type)) outer = parentOf(outer);
	const call = outer?.type === 'argument_list' ? parentOf(outer) : undefined;
	return call?.type === 'call_expression' ? call : undefined;
}

/** A variable that is only compared, tested, set, declared or returned here: nobody else gets hold of its value. */
export function isOnlyTested(use: Node): boolean {
	let inner = use;
	let outer = parentOf(use);
	while (outer && /^(?:parenthesized|cast)_expression$/.test(outer.type)) {
		inner = outer;
		outer = parentOf(outer);
	}
	switch (outer?.type) {
		case 'binary_expression':
			return /^(?:[=!<>]=|[<>]|&&|\|\|)$/.test(field(outer, 'operator')?.text ?? '');
		case 'unary_expression':
			return field(outer, 'operator')?.text === '!';
		case 'assignment_expression':
			return field(outer, 'left')?.id === inner.id && parentOf(outer)?.type === 'expression_statement';
		case 'init_declarator':
			return field(outer, 'declarator')?.id === inner.id;
		case 'declaration':
		case 'parameter_declaration':
		case 'expression_statement':
		case 'return_statement':
		case 'if_statement':
		case 'while_statement':
		case 'do_statement':
		case 'condition_clause':
		case 'sizeof_expression':
			return true;
		default:
			return false;
	}
}

/** Is the value of a call looked at, or cast to void? Standing alone as a statement it is not. */
export function isResultUsed(call: Node): boolean {
	const { outer, inner } = outward(call, 'user', (n) => !/^(?:parenthesized|comma)_expression$/.test(n.type)) ?? {};
	return !(outer?.type === 'expression_statement' && inner?.id === named(outer)[0]?.id);
}

/** Where a text first holds a word as a whole one; -1 where it does not. */
export function wordAt(text: string, word: string): number {
	for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
		const before = text[at - 1];
		const after = text[at + word.length];
		if (!(before && /\w/.test(before)) && !(after && /\w/.test(after))) return at;
	}
	return -1;
}

export const wordIn = (text: string, word: string): boolean => wordAt(text, word) >= 0;

/** Is the node a part of an operand of `sizeof`, which is never evaluated? */
export function insideSizeof(node: Node): boolean {
	for (let n = parentOf(node); n && /expression$/.test(n.type); n = parentOf(n))
		if (n.type === 'sizeof_expression') return true;
	return false;
}

/** The first node of a type at or below a node. */
export function findDescendant(node: Node, type: string): Node | null {
	return node.descendantsOfType(type).find((n) => n !== null) ?? null;
}

/** The first node at or above another one for which something holds; every node on the way remembers it. */
export function upward(node: Node, question: string, holds: (n: Node) => boolean): Node | undefined {
	const path: Node[] = [];
	let at: Node | null = node;
	for (; at; at = parentOf(at)) {
		const known = recall(at, question) as { readonly node: Node | undefined } | undefined;
		if (known) {
			remember(path, question, known);
			return known.node;
		}
		path.push(at);
		if (holds(at)) break;
	}
	remember(path, question, { node: at ?? undefined });
	return at ?? undefined;
}

/** A node around a place, and what of it holds the place. */
export interface Holder {
	readonly outer: Node;
	readonly inner: Node;
}

/** The first node around a place for which something holds; every node on the way remembers it. */
export function outward(place: Node, question: string, holds: (outer: Node) => boolean): Holder | undefined {
	const path: Node[] = [];
	let found: { readonly is: Holder | undefined } | undefined;
	let inner = beyondAlternatives(place);
	for (let outer = parentOf(inner); outer && !found; outer = parentOf(inner)) {
		found = recall(inner, question) as typeof found;
		if (found) break;
		path.push(inner);
		if (holds(outer)) found = { is: { outer, inner } };
		else inner = beyondAlternatives(outer);
	}
	found ??= { is: undefined };
	remember(path, question, found);
	return found.is;
}

/** The innermost function or lambda around a node. */
export const enclosingFunction = (node: Node): Node | undefined =>
	upward(node, 'function', (n) => FUNCTIONS.has(n.type));

/** Name of the function around a node; lambdas have none. */
export function enclosingFunctionName(node: Node): string | undefined {
	const owner = upward(node, 'named function', (n) => n.type === 'function_definition');
	const declarator = owner && field(owner, 'declarator');
	return (declarator && declaredName(declarator)) || undefined;
}

/** The name that a declarator declares: `p` of `*p[4]`. */
export function declaredName(declarator: Node): string | undefined {
	for (let n: Node | null = declarator; n; ) {
		if (/identifier$|^operator_name$|^destructor_name$/.test(n.type)) return n.text;
		n = field(n, 'declarator') ?? named(n).at(-1) ?? null;
	}
	return undefined;
}

/** The call that the node names the callee of. */
export function enclosingCallOf(node: Node): Node | undefined {
	let inner = node;
	for (let outer = parentOf(node); outer; inner = outer, outer = parentOf(outer)) {
		if (outer.type === 'call_expression') return field(outer, 'function')?.id === inner.id ? outer : undefined;
		const last =
			(outer.type === 'field_expression' && field(outer, 'field')?.id === inner.id) ||
			(outer.type === 'template_function' && field(outer, 'name')?.id === inner.id) ||
			(outer.type === 'qualified_identifier' && field(outer, 'name')?.id === inner.id) ||
			(outer.type === 'parenthesized_expression' && named(outer).length === 1) ||
			(outer.type === 'pointer_expression' && /^[*&]$/.test(field(outer, 'operator')?.text ?? ''));
		if (!last) return undefined;
	}
	return undefined;
}

/** `name` of `(name)`, however many parentheses; undefined for anything else. */
export function parenthesizedName(node: Node): string | undefined {
	if (node.type !== 'parenthesized_expression' && node.type !== 'condition_clause') return undefined;
	const children = named(node);
	const only = children.length === 1 ? children[0]! : undefined;
	if (!only) return undefined;
	return only.type === 'identifier' || only.type === 'type_identifier' ? only.text : parenthesizedName(only);
}

/** Nothing below is broken but for a word in front of a `*`, such as the `FAR` of old headers. */
export function isReadable(node: Node, depth = 0): boolean {
	if (!node.hasError) return true;
	// Machines nest deeper, and each level would be gone through again for every call on the way.
	if (depth > 20) return false;
	// A missing node must not be asked for its parent: the way down is the only one to it.
	return node.children.every((child) => {
		if (child === null || !(child.hasError || child.isMissing)) return true;
		if (child.isMissing) return false;
		if (child.isError) return node.type === 'type_descriptor' && /^\w+$/.test(child.text);
		return isReadable(child, depth + 1);
	});
}

/** Types that are written in words of the language, such as `unsigned long int`. */
export const SIZED = /^(?:(?:unsigned|signed|short|long|int|char|__int64|__int32|double)\b\s*)+$/;

/** One spelling for each of those types, as the catalog has it; other texts with single spaces. */
export function normaliseSized(text: string): string {
	const words = text.trim().split(/\s+/);
	if (!SIZED.test(words.join(' '))) return words.join(' ');
	const unsigned = words.includes('unsigned');
	const longs = words.filter((w) => w === 'long').length;
	const prefix = unsigned ? 'unsigned ' : '';
	if (words.includes('double')) return 'long double';
	if (words.includes('char')) return unsigned ? 'unsigned char' : 'signed char';
	for (const sized of ['__int64', '__int32']) if (words.includes(sized)) return prefix + sized;
	if (words.includes('short')) return `${prefix}short`;
	if (longs >= 2) return `${prefix}long long`;
	if (longs === 1) return `${prefix}long`;
	return unsigned ? 'unsigned int' : 'int';
}

/** The type of a name, which is looked up later. */
export function typeFromName(name: string): CType {
	if (name === 'void') return { kind: 'void' };
	return { kind: 'named', name };
}

/** The value of an integer literal of C or C++; undefined for fractions and for suffixes that nobody knows. */
export function parseInteger(text: string): bigint | undefined {
	const negative = text.startsWith('-');
	const match = /^[-+]?(0[xX][\da-fA-F]+|0[bB][01]+|\d+)(?:[uUlLzZ]*|[uU]?i(?:8|16|32|64))$/.exec(
		text.replaceAll("'", ''),
	);
	if (!match) return undefined;
	const digits = match[1]!;
	const octal = /^0\d+$/.test(digits);
	if (octal && !/^[0-7]+$/.test(digits)) return undefined;
	const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
	return negative ? -value : value;
}

/** The value of a character literal of one plain character. */
export function parseCharacter(text: string): bigint | undefined {
	const match = /^'([^'\\])'$/.exec(text);
	return match ? BigInt(match[1]!.charCodeAt(0)) : undefined;
}
