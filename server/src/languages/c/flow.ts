/** Which definition of a variable reaches a use. */

import { field, named, within } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import { lastBefore } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import type { CFile } from './file.ts';
import type { Definition } from './model.ts';
import {
	conditionalBranches,
	earlierInList,
	enclosingFunction,
	HIGHEST,
	insideSizeof,
	isAlternative,
	JUMPS,
	jumpsBack,
	LOOPS,
	membersOf,
	PREPROCESSOR_BLOCKS,
	parenthesizedName,
	recall,
	remember,
	remembered,
	startOf,
	wordIn,
} from './nodes.ts';
import { readExpression } from './read.ts';
import { assigns, usesOf, writes } from './uses.ts';

/**
 * Walks back from `use` to the declaration through the statements that must have run before it. The first that writes
 * the variable decides: a plain assignment is a definition, anything less clear (a branch, a loop, its address taken)
 * makes the value unknown.
 * @param declaration undefined for a parameter.
 */
export function reachingDefinitions(
	file: CFile,
	name: string,
	declaration: Node | undefined,
	use: Node,
	owner: Node,
	initial?: readonly Definition[],
): readonly Definition[] | undefined {
	if (enclosingFunction(use)?.id !== owner.id) return undefined;
	const body = field(owner, 'body');
	if (!body) return undefined;
	if (jumpsBack(body, use) && writes(file, body, name)) return undefined;
	// Assembler is not followed.
	if (remembered(body, 'assembler', () => /\b(?:__asm__|_{0,2}asm)\b/.test(body.text))) return undefined;
	const question = `reaching ${name} ${declaration?.id ?? ''}`;
	const walk: Walk = { file, name, declaration, initial, forced: undefined };
	const path: Node[] = [];
	let outcome: Outcome | undefined;
	const tested = testedBy(use);
	// Nothing else in a condition writes it before the call there is made.
	if (tested && writes(file, tested.condition, name, use)) return undefined;
	for (
		let inner: Node = tested?.statement ?? use, outer = parentOf(inner);
		outer && outer.id !== owner.id && !outcome;
		inner = outer, outer = parentOf(outer)
	) {
		if (path.length > HIGHEST) return undefined;
		// What a case label says holds for this walk alone.
		outcome = walk.forced ? undefined : (recall(inner, question) as Outcome | undefined);
		if (outcome) break;
		if (!walk.forced) path.push(inner);
		outcome = atStatement(walk, inner, outer) ?? inList(walk, inner, outer);
	}
	outcome ??= UNTOLD;
	remember(path, question, outcome);
	return outcome.values;
}

/** The `if` in whose condition a place stands. */
function testedBy(use: Node): { readonly statement: Node; readonly condition: Node } | undefined {
	let inner = use;
	for (let outer = parentOf(inner), levels = 0; outer && levels < HIGHEST; levels++) {
		if (outer.type === 'if_statement')
			return field(outer, 'condition')?.id === inner.id ? { statement: outer, condition: inner } : undefined;
		if (outer.type === 'compound_statement' || LOOPS.has(outer.type)) return undefined;
		inner = outer;
		outer = parentOf(outer);
	}
	return undefined;
}

/** What a walk has come to: the definitions that reach the use, or that they cannot be told. */
interface Outcome {
	readonly values: readonly Definition[] | undefined;
}

const UNTOLD: Outcome = { values: undefined };

interface Walk {
	readonly file: CFile;
	readonly name: string;
	readonly declaration: Node | undefined;
	readonly initial: readonly Definition[] | undefined;
	/** Label of the case that the walk came from, which fixes what the `switch` selects by. */
	forced: Node | undefined;
}

/** What the statement around a place says of the variable there. */
function atStatement(walk: Walk, inner: Node, outer: Node): Outcome | undefined {
	if (LOOPS.has(outer.type)) return inLoop(walk, outer);
	const { file, name } = walk;
	switch (outer.type) {
		case 'if_statement': {
			const condition = field(outer, 'condition');
			if (!condition) return undefined;
			if (writes(file, condition, name)) return UNTOLD;
			const isThen = field(outer, 'consequence')?.id === inner.id;
			const value = isThen ? equality(condition, name) : undefined;
			return value && { values: [definition(file, value, outer)] };
		}
		case 'switch_statement': {
			const condition = field(outer, 'condition');
			const isSelector = walk.forced && condition && parenthesizedName(condition) === name;
			return isSelector && walk.forced ? { values: [definition(file, walk.forced, outer)] } : undefined;
		}
		case 'case_statement': {
			const value = field(outer, 'value');
			walk.forced = value && value.id !== inner.id ? value : undefined;
			return undefined;
		}
		case 'expression_statement':
		case 'init_declarator':
		case 'return_statement':
			return assigns(file, outer, name) ? UNTOLD : undefined;
		default:
			return undefined;
	}
}

/** A later round of a loop may see what an earlier one wrote. */
function inLoop({ file, name, declaration, initial }: Walk, loop: Node): Outcome | undefined {
	const isDeclaredHere = declaration && within(declaration, loop);
	if (!isDeclaredHere) return writes(file, loop, name) ? UNTOLD : undefined;
	if (loop.type !== 'for_statement' || field(loop, 'initializer')?.id !== declaration.id) return undefined;
	return writes(file, loop, name, declaration) ? UNTOLD : { values: initial };
}

/** What the statements in front of a place in a list say. */
function inList(walk: Walk, inner: Node, outer: Node): Outcome | undefined {
	const isList =
		outer.type === 'compound_statement' || outer.type === 'case_statement' || PREPROCESSOR_BLOCKS.has(outer.type);
	if (!isList) return undefined;
	const { file, name, declaration, initial } = walk;
	for (const statement of relevant(file, name, outer, inner, declaration)) {
		if (declaration && within(declaration, statement)) {
			const isItself = statement.id === declaration.id;
			return !isItself && writes(file, statement, name, declaration) ? UNTOLD : { values: initial };
		}
		if (inner.type === 'case_statement' && statement.type === 'case_statement') {
			// Falls through into this case, so the label no longer fixes the selector.
			walk.forced = undefined;
		}
		if (writes(file, statement, name)) return { values: definitionsIn(file, statement, name) };
	}
	return undefined;
}

/** What of a `switch` an earlier case can come through: all but the cases that do not go on into the next one. */
const withoutLeaving = (list: Node): readonly Node[] =>
	remembered(list, 'falling through', () =>
		membersOf(list).filter((n) => n.type !== 'case_statement' || !leavesSwitch(n)),
	);

/** A case that does not go on into the next one. */
function leavesSwitch(statement: Node): boolean {
	const last = named(statement).at(-1);
	if (!last) return false;
	return JUMPS.has(last.type) || (last.type === 'compound_statement' && JUMPS.has(named(last).at(-1)?.type ?? ''));
}

/**
 * The statements of a list in front of `inner` that matter to a variable, the last one first: those that write it and
 * the one that declares it. In a `switch` each earlier case may, by falling through.
 * @param writers where it is written, by position.
 */
export function* relevant(
	file: CFile,
	name: string,
	list: Node,
	inner: Node,
	declaration: Node | undefined,
	writers: readonly Span[] = usesOf(file, inner, name).writers,
): Generator<Node> {
	if (inner.type === 'case_statement') {
		yield* earlierInList(list, inner, withoutLeaving(list)).reverse();
		return;
	}
	if (isAlternative(list, inner)) return;
	const members = membersOf(list);
	const from = declaration && within(declaration, list) ? declaration.startIndex : -1;
	let last: Node | undefined;
	for (let at = lastBefore(writers, ({ start }) => start, inner.startIndex); at >= 0; at--) {
		const { start } = writers[at] as Span;
		if (start < list.startIndex || start < from) break;
		const statement = members[lastBefore(members, startOf, start + 1)];
		if (!statement || statement.id === inner.id || statement.id === last?.id) continue;
		if (start >= statement.endIndex) continue;
		last = statement;
		yield statement;
	}
	if (!declaration || from < 0 || from >= inner.startIndex) return;
	const statement = members[lastBefore(members, startOf, from + 1)];
	if (statement && statement.id !== last?.id && statement.id !== inner.id) yield statement;
}

/** A value, with names as they are seen from a node. */
export function definition(file: CFile, value: Node, from: Node): Definition {
	const scope = file.scopeAt(from);
	return { expr: readExpression(value, scope), scope };
}

/** What a statement that writes the variable sets it to: `n = A;`, or one value for each branch of an `if` or `#if`. */
function definitionsIn(file: CFile, statement: Node, name: string): readonly Definition[] | undefined {
	const assigned = plainAssignment(statement, name);
	if (assigned) return [definition(file, assigned, statement)];
	const branches = statement.type === 'if_statement' ? ifBranches(statement) : conditionalBranches(statement);
	const definitions: Definition[] = [];
	for (const branch of branches ?? []) {
		const writing = branch.filter((n) => writes(file, n, name));
		const values = writing.length === 1 ? definitionsIn(file, writing[0]!, name) : undefined;
		if (!values) return undefined;
		definitions.push(...values);
	}
	return definitions.length > 0 ? definitions : undefined;
}

/** The statements of both branches; undefined where there is but one. */
function ifBranches(statement: Node): Node[][] | undefined {
	const alternative = field(statement, 'alternative');
	const otherwise = alternative?.type === 'else_clause' ? (named(alternative)[0] ?? null) : alternative;
	const branches = [field(statement, 'consequence'), otherwise];
	return branches.every((b) => b !== null)
		? branches.map((b) => (b.type === 'compound_statement' ? named(b) : [b]))
		: undefined;
}

/** The right-hand side when the statement is `name = …;`. */
export function plainAssignment(statement: Node, name: string): Node | undefined {
	if (statement.type !== 'expression_statement') return undefined;
	const e = named(statement)[0];
	if (e?.type !== 'assignment_expression' || field(e, 'left')?.text !== name) return undefined;
	if (field(e, 'operator') && field(e, 'operator')!.text !== '=') return undefined;
	const right = field(e, 'right');
	return right && !readsItself(right, name) ? right : undefined;
}

/** A value that is made of the variable's own; its size is not. */
const readsItself = (value: Node, name: string): boolean =>
	wordIn(value.text, name) &&
	[value, ...value.descendantsOfType('identifier')].some(
		(n) => n?.type === 'identifier' && n.text === name && !insideSizeof(n),
	);

/** The other side of `name == X`, also as a part of a conjunction. */
function equality(condition: Node, name: string): Node | undefined {
	let inner = condition;
	while ((inner.type === 'parenthesized_expression' || inner.type === 'condition_clause') && named(inner).length === 1)
		inner = named(inner)[0]!;
	if (inner.type !== 'binary_expression') return undefined;
	const op = field(inner, 'operator')?.text;
	const left = field(inner, 'left');
	const right = field(inner, 'right');
	if (!left || !right) return undefined;
	if (op === '&&') return equality(left, name) ?? equality(right, name);
	if (op !== '==') return undefined;
	if (left.text === name) return right;
	return right.text === name ? left : undefined;
}

/** `x` of `x`, `(x)`, `x.a`, `x[i]`; undefined through a pointer. */
export function rootName(node: Node | null): string | undefined {
	let inner = node;
	while (inner) {
		if (inner.type === 'identifier') return inner.text;
		if (inner.type === 'parenthesized_expression') inner = named(inner)[0] ?? null;
		else if (inner.type === 'cast_expression') inner = field(inner, 'value');
		else return undefined;
	}
	return undefined;
}
