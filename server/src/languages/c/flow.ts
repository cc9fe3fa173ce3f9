/** Which definition of a variable reaches a use. */

import { field, named, spanOf, within } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import { lastBefore } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import type { Expr } from './expression.ts';
import type { CFile } from './file.ts';
import { isInOther } from './forks.ts';
import type { Definition } from './model.ts';
import {
	beyondAlternatives,
	conditionalBranches,
	enclosingFunction,
	isAlternative,
	isStatementList,
	JUMPS,
	jumpsBack,
	LOOPS,
	membersOf,
	outward,
	parenthesizedName,
	recall,
	remember,
	remembered,
	startOf,
} from './nodes.ts';
import { unitOf } from './owners.ts';
import { readExpression } from './read.ts';
import { assigns, spansIn, usesOf, writes } from './uses.ts';

/** More definitions than this can reach a use only where machines write. */
const MOST_DEFINITIONS = 16;

/**
 * Walks back from `use` to the declaration through the statements that must have run before it. The first that surely
 * sets the variable ends the walk: an assignment is a definition, of a branch or a `switch` each may be the last one.
 * Anything less clear (a loop, its address taken) makes the value unknown.
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
	const walk: Walk = { file, name, declaration, initial, question, forced: undefined, found: [] };
	const path: Node[] = [];
	/** The nodes of the path that see all that was found. */
	let sharing: number | undefined;
	let outcome: Outcome | undefined;
	const tested = testedBy(use);
	// Nothing else in a condition writes it before the call there is made.
	if (tested && writes(file, tested.condition, name, use)) return undefined;
	for (
		let inner = beyondAlternatives(tested?.statement ?? use), outer = parentOf(inner);
		outer && outer.id !== owner.id && !outcome;
		inner = beyondAlternatives(outer), outer = parentOf(inner)
	) {
		// What a case label says holds for this walk alone.
		outcome = walk.forced ? undefined : (recall(inner, question) as Outcome | undefined);
		if (outcome) break;
		if (!walk.forced) path.push(inner);
		outcome = atStatement(walk, inner, outer) ?? inList(walk, inner, outer);
		if (walk.found.length > 0) sharing ??= path.length;
	}
	outcome = withFound(walk, outcome ?? UNTOLD);
	remember(path.slice(0, sharing), question, outcome);
	return outcome.values;
}

/** The `if` in whose condition a place stands. */
function testedBy(use: Node): { readonly statement: Node; readonly condition: Node } | undefined {
	const { outer, inner } = outward(use, 'tested', isTestOrBody) ?? {};
	const isCondition = outer?.type === 'if_statement' && field(outer, 'condition')?.id === inner?.id;
	return isCondition && outer && inner ? { statement: outer, condition: inner } : undefined;
}

const isTestOrBody = ({ type }: Node): boolean =>
	type === 'if_statement' || type === 'compound_statement' || LOOPS.has(type);

/** What a walk has come to: the definitions that reach the use, or that they cannot be told. */
interface Outcome {
	readonly values: readonly Definition[] | undefined;
}

const UNTOLD: Outcome = { values: undefined };

/** What a walk has come to, and what may have been set on the way. */
function withFound({ found }: Walk, { values }: Outcome): Outcome {
	if (found.length === 0 || !values) return { values };
	return found.length + values.length > MOST_DEFINITIONS ? UNTOLD : { values: [...values, ...found] };
}

interface Walk {
	readonly file: CFile;
	readonly name: string;
	readonly declaration: Node | undefined;
	readonly initial: readonly Definition[] | undefined;
	/** Under which the outcomes of such walks are remembered by where they begin. */
	readonly question: string;
	/** Label of the case that the walk came from, which fixes what the `switch` selects by. */
	forced: Node | undefined;
	/** What the statements on the way may set it to. */
	readonly found: Definition[];
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
			const { forced } = walk;
			// What is around the statement is the same for all its cases.
			walk.forced = undefined;
			const isSelector = forced && condition && parenthesizedName(condition) === name;
			return isSelector ? { values: [definition(file, forced, outer)] } : undefined;
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
	return writes(file, loop, name) ? UNTOLD : { values: initial };
}

/** What the statements in front of a place in a list say. */
function inList(walk: Walk, inner: Node, outer: Node): Outcome | undefined {
	if (!isStatementList(outer)) return undefined;
	const { file, name, declaration, initial } = walk;
	for (const statement of relevant(file, name, outer, inner, declaration)) {
		if (declaration && within(declaration, statement))
			return writes(file, statement, name) ? UNTOLD : { values: initial };
		if (inner.type === 'case_statement' && statement.type === 'case_statement') {
			// Falls through into this case, so the label no longer fixes the selector.
			walk.forced = undefined;
		}
		if (!writes(file, statement, name)) continue;
		const set = statement.id === outer.id ? undefined : setIn(file, statement, name);
		if (!set || walk.found.length > MOST_DEFINITIONS) return UNTOLD;
		if (set.isCertain) return { values: set.values };
		walk.found.push(...set.values);
		// What is in front of it may be known from a walk that began there.
		const known = walk.forced ? undefined : (recall(statement, walk.question) as Outcome | undefined);
		if (known) return known;
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
 * the one that declares it. In front of a case it is also the one that falls through into it, whatever that does.
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
	if (isAlternative(list, inner)) return;
	const isCase = inner.type === 'case_statement';
	const members = isCase ? withoutLeaving(list) : membersOf(list);
	const from = declaration && within(declaration, list) ? declaration.startIndex : -1;
	let last = isCase ? members[lastBefore(members, startOf, inner.startIndex)] : undefined;
	if (last) yield last;
	for (let at = lastBefore(writers, ({ start }) => start, inner.startIndex); at >= 0; at--) {
		const { start } = writers[at] as Span;
		if (start < list.startIndex || start < from) break;
		const statement = members[lastBefore(members, startOf, start + 1)];
		if (!statement && isCase) break;
		if (!statement || statement.id === inner.id || statement.id === last?.id) continue;
		if (start >= statement.endIndex && isCase) {
			// In cases that do not come through.
			at = lastBefore(writers, (one) => one.start, statement.endIndex) + 1;
			continue;
		}
		if (start >= statement.endIndex) {
			// In a branch of an `#if` that the grammar does not read: nobody knows what it does.
			yield list;
			return;
		}
		last = statement;
		yield statement;
	}
	if (!declaration || from < 0 || from >= inner.startIndex) return;
	const statement = members[lastBefore(members, startOf, from + 1)];
	if (statement && within(declaration, statement) && statement.id !== last?.id && statement.id !== inner.id)
		yield statement;
}

/** A value, with names as they are seen from a node. */
export function definition(file: CFile, value: Node, from: Node): Definition {
	const scope = file.scopeAt(from);
	return { expr: readExpression(value, scope), scope };
}

/** What a statement may set the variable to. */
interface Setting {
	readonly values: readonly Definition[];
	/** It surely sets it, whatever branch is taken. */
	readonly isCertain: boolean;
}

/** What a statement that writes the variable sets it to; undefined where that is not clear. */
const setIn = (file: CFile, statement: Node, name: string, depth = 0): Setting | undefined =>
	depth > MOST_DEFINITIONS || isSetUnread(file, statement, name)
		? undefined
		: remembered(statement, `sets ${name}`, () => settingOf(file, statement, name, depth + 1));

/** Is it written in a branch of an `#if` that the grammar does not read? */
function isSetUnread(file: CFile, statement: Node, name: string): boolean {
	const compiled = unitOf(statement)?.compiled;
	if (!compiled || compiled.forks.length === 0) return false;
	for (const { start } of spansIn(usesOf(file, statement, name).writers, statement))
		if (isInOther(compiled, start)) return true;
	return false;
}

function settingOf(file: CFile, statement: Node, name: string, depth: number): Setting | undefined {
	const assigned = assignedIn(file, statement, name);
	if (assigned) return { values: [assigned], isCertain: true };
	if (statement.type === 'compound_statement') return setAmong(file, named(statement), name, depth);
	if (statement.type === 'switch_statement') return setInSwitch(file, statement, name, depth);
	const branches = statement.type === 'if_statement' ? ifBranches(statement) : conditionalBranches(statement);
	// Nothing may happen between the condition and its branches.
	const condition = statement.type === 'if_statement' ? field(statement, 'condition') : null;
	if (!branches || (condition && writes(file, condition, name))) return undefined;
	return eitherOf(branches, (branch) => setAmong(file, branch, name, depth));
}

/** What one of several branches sets. */
function eitherOf<T>(branches: readonly T[], settingOfBranch: (branch: T) => Setting | undefined): Setting | undefined {
	const values: Definition[] = [];
	let isCertain = true;
	for (const one of branches) {
		const branch = values.length > MOST_DEFINITIONS ? undefined : settingOfBranch(one);
		if (!branch) return undefined;
		values.push(...branch.values);
		isCertain &&= branch.isCertain;
	}
	return { values, isCertain };
}

/** What a list of statements sets that run one behind the other. */
function setAmong(file: CFile, statements: readonly Node[], name: string, depth: number): Setting | undefined {
	// Nothing behind it sees what is set there.
	if (LEAVES.test(statements.at(-1)?.type ?? '')) return { values: [], isCertain: true };
	const values: Definition[] = [];
	for (const statement of statements.toReversed()) {
		if (!writes(file, statement, name)) continue;
		const set = values.length > MOST_DEFINITIONS ? undefined : setIn(file, statement, name, depth);
		if (!set) return undefined;
		values.push(...set.values);
		if (set.isCertain) return { values, isCertain: true };
	}
	return { values, isCertain: false };
}

/** Ways out of a function. */
const LEAVES = /^(?:return|throw|co_return)_statement$/;

/** What the cases of a `switch` set, each of which ends with a `break` or goes on into the next one. */
function setInSwitch(file: CFile, statement: Node, name: string, depth: number): Setting | undefined {
	const [condition, body] = [field(statement, 'condition'), field(statement, 'body')];
	const cases = body ? named(body).filter(({ type }) => type !== 'comment') : [];
	if (!condition || writes(file, condition, name) || cases.some(({ type }) => type !== 'case_statement'))
		return undefined;
	const isWhole = cases.some((one) => field(one, 'value') === null);
	const settings: Setting[] = [];
	// What a case sets is set again by the next one, where it goes on there.
	let next: Setting = { values: [], isCertain: false };
	for (const one of cases.toReversed()) {
		const set = settings.length > MOST_DEFINITIONS ? undefined : setInCase(file, one, name, depth);
		if (!set) return undefined;
		if (leavesSwitch(one)) next = set;
		else if (!next.isCertain) next = { values: [...set.values, ...next.values], isCertain: set.isCertain };
		settings.push(next);
	}
	const all = eitherOf(settings.toReversed(), (setting) => setting);
	return all && { values: [...new Set(all.values)], isCertain: all.isCertain && isWhole };
}

function setInCase(file: CFile, one: Node, name: string, depth: number): Setting | undefined {
	const value = field(one, 'value')?.id;
	const [first, ...others] = named(one).filter((n) => n.id !== value);
	const statements = first ? [...statementsOf(first), ...others] : [];
	const last = statements.at(-1)?.id;
	// Another way out of the `switch` leaves out what stands behind it.
	const isStraight = one.descendantsOfType('break_statement').every((n) => n?.id === last);
	return isStraight ? setAmong(file, statements, name, depth) : undefined;
}

/** Both branches of an `if`, of which the second may be empty. */
function ifBranches(statement: Node): Node[][] | undefined {
	const consequence = field(statement, 'consequence');
	const alternative = field(statement, 'alternative');
	const otherwise = alternative?.type === 'else_clause' ? (named(alternative)[0] ?? null) : alternative;
	const branches = [consequence, otherwise].map((branch) => (branch ? statementsOf(branch) : []));
	return consequence ? branches : undefined;
}

/** What a block holds, or the statement itself. */
const statementsOf = (statement: Node): Node[] =>
	statement.type === 'compound_statement' ? named(statement) : [statement];

/** What a statement sets the variable to: `n = A;`, `n += A;`, `n++;`. */
function assignedIn(file: CFile, statement: Node, name: string): Definition | undefined {
	const e = statement.type === 'expression_statement' ? named(statement)[0] : undefined;
	if (e?.type === 'update_expression' && field(e, 'argument')?.text === name)
		return counted(file, statement, e, name, { ...spanOf(e), kind: 'number', value: 1n });
	if (e?.type !== 'assignment_expression' || field(e, 'left')?.text !== name) return undefined;
	const right = field(e, 'right');
	const scope = file.scopeAt(statement);
	return right ? counted(file, statement, e, name, readExpression(right, scope)) : undefined;
}

/** The variable as it was, and what is made of it by an operator such as `+=`. */
function counted(file: CFile, statement: Node, e: Node, name: string, right: Expr): Definition | undefined {
	const op = /^(?:([-+*/%&|^]|<<|>>)=|([-+])\2|=)$/.exec(field(e, 'operator')?.text ?? '');
	if (!op) return undefined;
	const [, compound, step] = op;
	const scope = file.scopeAt(statement);
	const sign = compound ?? step;
	if (!sign) return { expr: right, scope };
	return { expr: { ...spanOf(e), kind: 'binary', op: sign, left: { ...spanOf(e), kind: 'name', name }, right }, scope };
}

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
