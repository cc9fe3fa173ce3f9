/** What a structure's members were last set to, one by one, before a use. */

import { field, named, within } from '../../syntax/nodes.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import type { CFile } from './file.ts';
import { definition, relevant, rootName } from './flow.ts';
import type { MemberValues } from './model.ts';
import {
	HIGHEST,
	holderOf,
	insideSizeof,
	isStatementList,
	LOOPS,
	recall,
	remember,
	remembered,
	wordIn,
} from './nodes.ts';
import { usesOf, writesPart } from './uses.ts';

/** A structure has fewer members. */
const MOST_MEMBERS = 200;

const CLEARS = /^(?:memset|(?:Rtl|Secure|RtlSecure)?ZeroMemory|bzero)$/;

/**
 * Walks back from `use` through the statements that must have run before it, and collects `name.member = value;` until
 * something sets the whole, clears it, or writes it in a way that cannot be followed.
 */
export function memberAssignments(
	file: CFile,
	name: string,
	declaration: Node,
	use: Node,
	initial: MemberValues['whole'],
): MemberValues {
	const question = `members of ${name} from ${declaration.id}`;
	const changes = changesOf(file, use, name);
	const lists: { readonly inner: Node; readonly own: Found }[] = [];
	let told: MemberValues | undefined;
	for (let holder = holderOf(use); holder && !told; holder = holderOf(holder.outer)) {
		const { outer, inner } = holder;
		told = recall(inner, question) as MemberValues | undefined;
		if (told) break;
		const own: Found = new Map();
		lists.push({ inner, own });
		// A later round of the loop may see other values.
		if (LOOPS.has(outer.type) && !within(declaration, outer) && writesPart(file, outer, name)) told = UNTOLD;
		else if (isStatementList(outer)) {
			const before = relevant(file, name, outer, inner, declaration, changes);
			told = setBefore(file, name, declaration, before, initial, own);
		}
	}
	let all = told ?? UNTOLD;
	for (const { inner, own } of lists.reverse()) {
		all = withNearer(own, all);
		remember([inner], question, all);
	}
	return all;
}

type Found = Map<string, MemberValues['values'][number]>;

const UNTOLD: MemberValues = { values: [] };

/**
 * What the statements of one list in front of a place set, the last one first.
 * @param own is given the members that are set.
 * @returns what was before those, where a statement tells it or nobody can.
 */
function setBefore(
	file: CFile,
	name: string,
	declaration: Node,
	statements: Iterable<Node>,
	initial: MemberValues['whole'],
	own: Found,
): MemberValues | undefined {
	for (const statement of statements) {
		if (within(declaration, statement)) return wholly(initial);
		const member = remembered(statement, `member of ${name}`, () => memberAssignment(statement, name));
		if (member) {
			if (own.has(member.path)) continue;
			own.set(member.path, { path: member.path, definition: definition(file, member.value, statement) });
			if (own.size > MOST_MEMBERS) return UNTOLD;
			continue;
		}
		if (remembered(statement, `clears ${name}`, () => clears(statement, name))) return wholly({ zero: true });
		if (!writesPart(file, statement, name)) continue;
		const assigned = plainAssignment(statement, name);
		return wholly(assigned ? definition(file, assigned, statement) : undefined);
	}
	return undefined;
}

const wholly = (whole: MemberValues['whole']): MemberValues => ({ values: [], ...(whole ? { whole } : {}) });

/** What is told of an earlier place, and what was set since. */
function withNearer(own: Found, earlier: MemberValues): MemberValues {
	if (own.size === 0) return earlier;
	const values = [...own.values(), ...earlier.values.filter(({ path }) => !own.has(path))];
	return values.length > MOST_MEMBERS ? { values: values.slice(0, MOST_MEMBERS) } : { ...earlier, values };
}

/**
 * The same for what a pointer points to: `name->member = value;` right before a use. Whatever else names the pointer may
 * have given it away, so that nothing in front of it is known.
 */
export function pointeeAssignments(file: CFile, name: string, use: Node): MemberValues {
	const values = new Map<string, MemberValues['values'][number]>();
	const ended = (whole: MemberValues['whole']): MemberValues => ({
		values: [...values.values()],
		...(whole ? { whole } : {}),
	});
	const { names } = usesOf(file, use, name);
	let levels = 0;
	for (let holder = holderOf(use); holder && levels <= HIGHEST; holder = holderOf(holder.outer), levels++) {
		const { outer, inner } = holder;
		if (!isStatementList(outer)) break;
		for (const statement of relevant(file, name, outer, inner, undefined, names)) {
			const member = remembered(statement, `member of *${name}`, () => memberAssignment(statement, name, '->'));
			if (!member) return ended(clears(statement, name) ? { zero: true } : undefined);
			if (values.has(member.path)) continue;
			values.set(member.path, { path: member.path, definition: definition(file, member.value, statement) });
			if (values.size > MOST_MEMBERS) return ended(undefined);
		}
	}
	return ended(undefined);
}

/** Where an item writes a variable or a part of it. */
function changesOf(file: CFile, node: Node, name: string): readonly Span[] {
	const { writers, partWriters } = usesOf(file, node, name);
	return remembered(node.tree.rootNode, `changes of ${name}`, () =>
		[...writers, ...partWriters].sort((a, b) => a.start - b.start),
	);
}

interface Assignment {
	readonly left: Node;
	readonly value: Node;
}

function assignment(statement: Node): Assignment | undefined {
	const e = statement.type === 'expression_statement' ? named(statement)[0] : undefined;
	if (e?.type !== 'assignment_expression' || field(e, 'operator')?.text !== '=') return undefined;
	const left = field(e, 'left');
	const value = field(e, 'right');
	return left && value ? { left, value } : undefined;
}

/** The right-hand side when the statement is `name = …;`. */
export function plainAssignment(statement: Node, name: string): Node | undefined {
	const { left, value } = assignment(statement) ?? {};
	return value && left?.text === name && !readsItself(value, name) ? value : undefined;
}

/** A value that is made of the variable's own; its size is not. */
const readsItself = (value: Node, name: string): boolean =>
	wordIn(value.text, name) &&
	[value, ...value.descendantsOfType('identifier')].some(
		(n) => n?.type === 'identifier' && n.text === name && !insideSizeof(n),
	);

/** `InetPton(AF_INET, "…", &name.sin_addr)` as a statement, or within a condition. */
function parsedAddress(statement: Node): Assignment | undefined {
	const within = statement.type === 'if_statement' ? field(statement, 'condition') : statement;
	if (!within || !/^(?:if|expression)_statement$/.test(statement.type)) return undefined;
	// Most statements hold none.
	const text = within.text.slice(0, LONGEST_HEAD);
	if (!PARSES.test(text) || /&&|\|\|/.test(text)) return undefined;
	const [call, ...others] = within.descendantsOfType('call_expression').filter((n) => n && PARSER.test(n.text));
	const list = call && others.length === 0 ? field(call, 'arguments') : null;
	const [, value, target] = list ? named(list) : [];
	const left = target?.type === 'pointer_expression' ? field(target, 'argument') : null;
	return value && left && target?.text.startsWith('&') ? { left, value } : undefined;
}

/** Longer statements are not looked into. */
const LONGEST_HEAD = 300;
const PARSES = /\b(?:[Ii]net_?[Pp]ton[AW]?)\s*\(/;
const PARSER = /^(?:::)?(?:[Ii]net_?[Pp]ton[AW]?)\s*\(/;

/** `name.a.b[2] = value;` */
function memberAssignment(
	statement: Node,
	name: string,
	access: '.' | '->' = '.',
): { path: string; value: Node } | undefined {
	const set = parsedAddress(statement) ?? assignment(statement);
	if (!set) return undefined;
	const { left, value } = set;
	const branches = [field(statement, 'consequence'), field(statement, 'alternative')];
	if (branches.some((branch) => branch && wordIn(branch.text, name))) return undefined;
	const text = left.text.replace(/\s+/g, '');
	if (rootMember(left) !== name || !text.startsWith(name) || wordIn(value.text, name)) return undefined;
	const rest = text.slice(name.length);
	const path = rest.startsWith(access) ? rest.slice(access.length) : rest;
	return /^(?:[A-Za-z_]\w*|\[\d+\])(?:\.[A-Za-z_]\w*|\[\d+\])*$/.test(path) ? { path, value } : undefined;
}

/** `x` of `x.a[2].b`. */
function rootMember(node: Node | null): string | undefined {
	let inner = node;
	while (inner && (inner.type === 'field_expression' || inner.type === 'subscript_expression')) {
		inner = field(inner, 'argument');
	}
	return rootName(inner);
}

function clears(statement: Node, name: string): boolean {
	const call = statement.type === 'expression_statement' ? named(statement)[0] : undefined;
	if (call?.type !== 'call_expression') return false;
	const list = field(call, 'arguments');
	const [target, byte] = list ? named(list) : [];
	if (!CLEARS.test(field(call, 'function')?.text ?? '') || !target) return false;
	if (field(call, 'function')?.text === 'memset' && byte?.text !== '0') return false;
	return target.text.replace(/\s+/g, '') === `&${name}` || target.text === name;
}
