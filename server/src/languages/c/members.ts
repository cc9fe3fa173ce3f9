/** What a structure's members were last set to, one by one, before a use. */

import { field, named, within } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import type { CFile } from './file.ts';
import { definition, plainAssignment, rootName } from './flow.ts';
import type { Definition, MemberValues } from './model.ts';
import { earlierInList, enclosingFunction, LOOPS, PREPROCESSOR_BLOCKS, parentOf, remembered, wordIn } from './nodes.ts';
import { writesPart } from './uses.ts';

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
	const values: { path: string; definition: Definition }[] = [];
	const owner = enclosingFunction(use);
	const ended = (whole: MemberValues['whole']): MemberValues => ({ values, ...(whole ? { whole } : {}) });
	for (
		let inner: Node = use, outer = parentOf(inner);
		outer && outer.id !== owner?.id;
		inner = outer, outer = parentOf(outer)
	) {
		// A later round of the loop may see other values.
		if (LOOPS.has(outer.type) && !within(declaration, outer) && writesPart(file, outer, name)) return ended(undefined);
		if (
			outer.type !== 'compound_statement' &&
			outer.type !== 'case_statement' &&
			!PREPROCESSOR_BLOCKS.has(outer.type)
		) {
			continue;
		}
		for (const statement of earlierInList(outer, inner).reverse()) {
			if (statement.id === declaration.id || within(declaration, statement)) return ended(initial);
			const member = remembered(statement, `member of ${name}`, () => memberAssignment(statement, name));
			if (member) {
				if (!values.some((v) => v.path === member.path)) {
					values.push({ path: member.path, definition: definition(file, member.value, statement) });
				}
				continue;
			}
			if (remembered(statement, `clears ${name}`, () => clears(statement, name))) return ended({ zero: true });
			if (!writesPart(file, statement, name)) continue;
			const assigned = plainAssignment(statement, name);
			return ended(assigned ? definition(file, assigned, statement) : undefined);
		}
	}
	return ended(undefined);
}

/** `name.a.b[2] = value;` */
function memberAssignment(statement: Node, name: string): { path: string; value: Node } | undefined {
	if (statement.type !== 'expression_statement') return undefined;
	const e = named(statement)[0];
	if (e?.type !== 'assignment_expression' || field(e, 'operator')?.text !== '=') return undefined;
	const left = field(e, 'left');
	const value = field(e, 'right');
	const text = left?.text.replace(/\s+/g, '');
	if (!left || !value || rootMember(left) !== name || !text?.startsWith(name) || wordIn(value.text, name))
		return undefined;
	const path = text.slice(name.length).replace(/^\./, '');
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
