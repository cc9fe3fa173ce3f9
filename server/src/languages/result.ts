/**
 * What a source takes the result of a call for: which value it compares it with, who is given it, and which branch asks
 * for the error. Followed through one variable and no further; what is not certain is left out.
 */
import type { ResultTest } from '../calls/model.ts';
import { field, named } from '../syntax/nodes.ts';
import { childrenOf, parentOf } from '../syntax/parents.ts';
import { lastWord } from '../syntax/scan.ts';
import { countWhile, lastBefore } from '../syntax/search.ts';
import type { Node } from '../syntax/trees.ts';

/** What the two families of grammars do not share. */
export interface ResultLanguage {
	/** What a constant stands for: a number, or the name of an error that is none of the results. */
	constant(node: Node): number | string | undefined;
	/** What a conversion makes of a number; undefined for what is no conversion. */
	conversion(outer: Node, inner: Node): Numbers | 'same' | undefined;
	/** The variable that is set to an expression. */
	holder(outer: Node, inner: Node): Holder | undefined;
	/** Places that name a variable in a statement, up to the first that may write it. */
	uses(name: string, statement: Node): { readonly nodes: readonly Node[]; readonly written: boolean };
	/** What the source's own definition of a macro or function takes for failure, of the argument at a position. */
	failure?(call: Node, position: number): Failure | undefined;
}

/** A value that somebody takes for failure: 0, or any other. */
export type Failure = 'zero' | 'not-zero';

/** Which numbers a type has: truth values alone, those below 0 as well or not, or that is not known. */
export type Numbers = 'truth' | 'signed' | 'unsigned' | 'unknown';

export interface Holder {
	readonly name: string;
	/** What it holds; `same` where that is what it is given. */
	readonly numbers: Numbers | 'same';
	/** The statement that does nothing else; absent where the value is used on the way. */
	readonly statement?: Node;
}

/**
 * What an expression that depends on the result is: the result itself, or true for one that is not 0, or for one that is.
 * `alone`: of a condition around it only this outcome says something of the result.
 */
type Sense = 'result' | 'not-zero' | 'zero';

interface Walk {
	readonly language: ResultLanguage;
	readonly found: ResultTest[];
}

interface At {
	readonly node: Node;
	readonly sense: Sense;
	/** What it has become; absent: a number as the function returns it. */
	readonly numbers?: 'unsigned' | 'unknown';
	/** Twice negated, and nothing else since. */
	readonly doubled?: boolean;
	/** The outcome of the condition around it that says something: `true` behind `&&`, `false` behind `||`. */
	readonly outcome?: boolean;
	/** Another call came in between, which may have failed. */
	readonly stale?: boolean;
	/** It is a variable that holds the result. */
	readonly held?: boolean;
}

/** Expressions around a call that are looked at. */
const HIGHEST = 30;
/** Statements behind the one that keeps a result that are looked at. */
const MOST_STATEMENTS = 12;

/** Names that headers give to the results and to truth values. */
const NAMED: Readonly<Record<string, number>> = {
	FALSE: 0,
	TRUE: 1,
	false: 0,
	true: 1,
	NO_ERROR: 0,
	ERROR_SUCCESS: 0,
	S_OK: 0,
	STATUS_SUCCESS: 0,
	SOCKET_ERROR: -1,
	INVALID_SOCKET: -1,
};

const ERROR_NAME = /^(?:WSAE[A-Z]+|(?:WSA|ERROR)_IO_PENDING|E(?:AGAIN|INPROGRESS|WOULDBLOCK))$/;

/** What a name that the source itself does not define says as a result. */
export function namedResult(name: string): number | string | undefined {
	if (Object.hasOwn(NAMED, name)) return NAMED[name];
	return ERROR_NAME.test(name) ? name : undefined;
}

/** Everything that is told of the result of a call. */
export function resultTests(call: Node, language: ResultLanguage): readonly ResultTest[] {
	const walk: Walk = { language, found: [] };
	follow(walk, { node: call, sense: 'result' });
	return walk.found;
}

/** From an expression outwards, to where it is decided upon. */
function follow(walk: Walk, from: At): void {
	let at: At | undefined = from;
	for (let levels = 0; at && levels < HIGHEST; levels++) {
		const outer = parentOf(at.node);
		at = outer ? step(walk, at, outer) : undefined;
	}
}

function step(walk: Walk, at: At, outer: Node): At | undefined {
	const { node } = at;
	const conversion = walk.language.conversion(outer, node);
	if (conversion) return { ...converted(at, conversion), node: outer };
	const holder = walk.language.holder(outer, node);
	if (holder) return kept(walk, at, outer, holder);
	switch (outer.type) {
		case 'parenthesized_expression':
			return named(outer).length === 1 ? { ...at, node: outer } : undefined;
		case 'condition_clause':
			return field(outer, 'value')?.id === node.id ? { ...at, node: outer } : undefined;
		case 'unary_expression':
			return field(outer, 'operator')?.text === '!' ? negated(at, outer) : undefined;
		case 'binary_expression':
			return compared(walk, at, outer);
		case 'conditional_expression':
		case 'ternary_expression':
		case 'if_statement':
			if (field(outer, 'condition')?.id === node.id) decided(walk, at, outer);
			return undefined;
		case 'switch_statement':
			selected(walk, at, outer);
			return undefined;
		case 'argument_list':
		case 'arguments':
			given(walk, at, outer);
			return undefined;
		case 'return_statement':
			if (at.doubled && !at.held) walk.found.push({ ...placed(node), kind: 'doubled' });
			return undefined;
		default:
			return undefined;
	}
}

const placed = (node: Node) => ({ start: node.startIndex, end: node.endIndex, text: node.text });

const truth = (sense: Sense): Sense => (sense === 'result' ? 'not-zero' : sense);

function converted({ numbers: before, ...at }: At, to: Numbers | 'same'): At {
	const numbers = to === 'same' ? before : to;
	const sense = to === 'truth' ? truth(at.sense) : at.sense;
	return { ...at, sense, ...(numbers === 'unsigned' || numbers === 'unknown' ? { numbers } : {}) };
}

const opposite = (sense: Sense): Sense => (truth(sense) === 'zero' ? 'not-zero' : 'zero');

function negated(at: At, outer: Node): At {
	const doubled = field(outer, 'argument')?.id === at.node.id && at.sense === 'zero' && at.node.type === outer.type;
	return { ...at, node: outer, sense: opposite(at.sense), doubled };
}

/** Behind a comparison stands what it is true for; a comparison that always has the same outcome is told. */
function compared(walk: Walk, at: At, outer: Node): At | undefined {
	const operator = field(outer, 'operator')?.text ?? '';
	const [left, right] = [field(outer, 'left'), field(outer, 'right')];
	const isLeft = left?.id === at.node.id;
	if (operator === '&&' || operator === '||') {
		const outcome = operator === '&&';
		const isOther = at.outcome !== undefined && at.outcome !== outcome;
		return isOther ? undefined : { ...at, node: outer, sense: truth(at.sense), doubled: false, outcome };
	}
	const other = isLeft ? right : left;
	const value = other ? walk.language.constant(other) : undefined;
	if (value === undefined || at.outcome !== undefined) return undefined;
	const isEqual = /^===?$/.test(operator);
	if (isEqual || /^!==?$/.test(operator)) {
		const sense = equality(walk, at, outer, value);
		return sense && { ...at, node: outer, sense: isEqual ? sense : opposite(sense), doubled: false };
	}
	if (at.sense !== 'result') return undefined;
	const sense = ordered(isLeft ? operator : mirrored(operator), value, at.numbers);
	if (sense === 'positive' || sense === 'unsigned') walk.found.push({ ...placed(outer), kind: sense });
	else if (sense) return { ...at, node: outer, sense, doubled: false };
	return undefined;
}

/** What an equality with a constant is true for. */
function equality(walk: Walk, { sense }: At, outer: Node, value: number | string): Sense | undefined {
	const isTruth = sense !== 'result';
	if (value === 0) return isTruth ? opposite(sense) : 'zero';
	if (isTruth && value === 1) return sense;
	walk.found.push({ ...placed(outer), kind: 'equality', value, truth: isTruth });
	return !isTruth && value === -1 ? 'not-zero' : undefined;
}

/** Cases that no result ever comes to. */
function selected({ language, found }: Walk, { node, sense }: At, statement: Node): void {
	const selector = field(statement, 'condition') ?? field(statement, 'value');
	const body = field(statement, 'body');
	if (sense !== 'result' || selector?.id !== node.id || !body) return;
	for (const each of named(body)) {
		const label = /case/.test(each.type) ? field(each, 'value') : null;
		const value = label ? language.constant(label) : undefined;
		if (label && (typeof value === 'string' || value === 1))
			found.push({ ...placed(label), text: `case ${label.text}`, kind: 'equality', value, truth: false });
	}
}

const mirrored = (operator: string): string => operator.replace(/[<>]/, (sign) => (sign === '<' ? '>' : '<'));

/** Of the results 0 and -1 those that an order holds for; a reading where the order tells them not apart. */
function ordered(
	operator: string,
	value: number | string,
	numbers: At['numbers'],
): Sense | 'positive' | 'unsigned' | undefined {
	if (numbers === 'unknown') return undefined;
	switch (`${operator} ${value}`) {
		case '< 0':
		case '<= -1':
			return numbers ?? 'not-zero';
		case '>= 0':
		case '> -1':
			return numbers ?? 'zero';
		case '> 0':
		case '>= 1':
			return numbers ? 'not-zero' : 'positive';
		case '<= 0':
		case '< 1':
			return numbers ? 'zero' : 'positive';
		default:
			return undefined;
	}
}

// ---- branches ----

/** A branch that is taken when the call has succeeded, and begins with asking for its error. */
function decided(walk: Walk, at: At, statement: Node): void {
	const onZero = truth(at.sense) === 'zero';
	// Whether the result is 0 in a branch is known in one of them alone behind `&&` and `||`.
	if (at.stale || (at.outcome !== undefined && at.outcome !== onZero)) return;
	const branch = branchOf(statement, onZero);
	const by = branch && asked(branch);
	if (by) walk.found.push({ ...placed(withoutParentheses(at.node)), kind: 'asked', by });
}

function branchOf(statement: Node, outcome: boolean): readonly Node[] | undefined {
	const consequence = field(statement, 'consequence');
	const alternative = field(statement, 'alternative');
	if (outcome) return consequence ? [consequence] : undefined;
	if (alternative || statement.type !== 'if_statement') return alternative ? [alternative] : undefined;
	return consequence && leaves(consequence) ? behind(statement) : undefined;
}

/** Nothing behind the statement runs after the branch. */
function leaves(branch: Node): boolean {
	const last = /^(?:compound_statement|statement_block)$/.test(branch.type) ? named(branch).at(-1) : branch;
	return last !== undefined && /^(?:return|throw|goto|break|continue)_statement$/.test(last.type);
}

/** The statements behind one in its list; none where a jump may lead between them. */
function behind(statement: Node): readonly Node[] {
	const list = parentOf(statement);
	if (list?.type === 'init_statement') return conditionOf(list);
	if (!list || !/^(?:compound_statement|statement_block|program)$/.test(list.type)) return [];
	const members = childrenOf(list);
	const first = countWhile(members.length, (at) => (members[at]?.startIndex ?? 0) <= statement.startIndex);
	const after = members.slice(first, first + MOST_STATEMENTS);
	const label = after.findIndex(({ type }) => /^(?:labeled|case)_statement$/.test(type));
	return label < 0 ? after : after.slice(0, label);
}

/** What runs behind the first half of `if (int n = f(); n)`. */
function conditionOf(initializer: Node): readonly Node[] {
	const clause = parentOf(initializer);
	const statement = clause && parentOf(clause);
	const parts = [clause && field(clause, 'value'), statement && field(statement, 'consequence')];
	return parts.filter((part) => part !== null);
}

function withoutParentheses(node: Node): Node {
	let inner = node;
	while (/^(?:parenthesized_expression|condition_clause)$/.test(inner.type)) {
		const only = named(inner).at(-1);
		if (!only) break;
		inner = only;
	}
	return inner;
}

const ASKS = /^(?:WSA)?GetLastError$/;
/** Words in the names of calls that only tell what is the matter; of `information` none is one. */
const TELLS =
	/^(?:\w*print(?:f|ln)?|\w*puts|log(?:f|s|ger|ging|msg|err|error|line)?|\w+log|\w*trace|debug|warn(?:ing)?|\w*err(?:or|x)?|fail(?:ed|ure)?|(?:error)?messages?|report|text|string|what|format|die)$/;
/** Such words say that something is done that may fail. */
const ACTS = /^(?:create|load|open|register|set)$/;

/** The function that some statements ask for the last error before they call anything that could have set one. */
function asked(statements: readonly Node[]): string | undefined {
	for (const statement of statements) {
		if (!statement.text.includes('GetLastError')) {
			if (statement.descendantsOfType(['call_expression', 'new_expression']).some((call) => call && !tells(call)))
				return undefined;
			continue;
		}
		for (const call of statement.descendantsOfType(['call_expression', 'lambda_expression', 'arrow_function'])) {
			if (call?.type !== 'call_expression') return undefined;
			const name = calleeOf(call);
			if (ASKS.test(name)) return name;
			// What it is given is asked for before it is called.
			const list = field(call, 'arguments');
			if (list?.text.includes('GetLastError')) continue;
			if (!tells(call)) return undefined;
		}
		return undefined;
	}
	return undefined;
}

const calleeOf = (call: Node): string => lastWord((field(call, 'function') ?? call).text.slice(-100));

function tells(call: Node): boolean {
	const words = wordsOf(calleeOf(call)).toLowerCase().split('_');
	return words.some((word) => TELLS.test(word)) && !words.some((word) => ACTS.test(word));
}

/** Camel case as words: `Get_Last_Error`. */
const wordsOf = (name: string): string => name.replace(/([a-z\d])(?=[A-Z])/g, '$1_');

// ---- who is given it ----

/** A word that says that a truth value is tested, in the names of macros and functions. */
const CHECKS =
	/(?:^|_)(?:ABORT|ASSERT|BAIL|BREAK|CHECK|DIE|ENSURE|EXIT|EXPECT|FAIL|FAILED|GOTO|HANDLE|IF|LEAVE|LOG|REQUIRE|RETURN|TEST|THROW|TRY|VALIDATE|VERIFY|WARN)(?=_|$)/;
const TRUTHS = /(?:^|_)BOOL(?:EAN)?(?=_|$)|IF_FALSE(?=_|$)/;
/** The opposite of what the name would say without it. */
const OPPOSITE = /(?:^|_)(?:NOT|TRUE|TO|FROM|AS|IS|MAKE|SET|GET)(?=_|$)/;

/** Is a BOOL tested by what has such a name, and TRUE taken for success? Camel case is read as words. */
function checksTruth(name: string): boolean {
	const words = wordsOf(name).toUpperCase();
	return TRUTHS.test(words) && CHECKS.test(words) && !OPPOSITE.test(words);
}

/** Macros that nobody defines otherwise: what they are given has to be true. */
const ASSERTS = /^(?:(?:ATL|BOOST_|SDL_|g_|Q_)?_?assert(?:E)?|(?:ATL|BOOST_|NT_)?VERIFY|Win32Check)$/i;
/** Macros of the Windows Implementation Library that tell the last error where a condition holds. */
const TELLS_LAST_ERROR = /^(?:FAIL_FAST|LOG|RETURN|THROW)_LAST_ERROR_IF$/;

function failureByName(name: string): Failure | undefined {
	if (checksTruth(name) || ASSERTS.test(name)) return 'zero';
	return TELLS_LAST_ERROR.test(name) ? 'not-zero' : undefined;
}

function given({ found, language }: Walk, { node, sense, held, stale, outcome }: At, list: Node): void {
	const call = parentOf(list);
	if (call?.type !== 'call_expression' || outcome !== undefined) return;
	const by = calleeOf(call);
	const members = childrenOf(list);
	const at = lastBefore(members, ({ startIndex }) => startIndex, node.startIndex + 1);
	const position = members[at]?.id === node.id ? at : -1;
	const failure = language.failure?.(call, position) ?? failureByName(by);
	if (sense === 'result' && failure === 'zero') found.push({ ...placed(held ? node : call), kind: 'checked', by });
	if (sense === 'zero' && failure === 'not-zero' && !stale) found.push({ ...placed(node), kind: 'asked', by });
}

/** Longer statements make some call. */
const LONGEST_WITHOUT_CALLS = 4000;

/** May a statement call something that sets the last error? */
const mayCall = (statement: Node): boolean =>
	statement.endIndex - statement.startIndex > LONGEST_WITHOUT_CALLS ||
	statement.descendantsOfType('call_expression').some((call) => call && !tells(call));

// ---- variables ----

const SUCCESS = /^(?:b|f|is|was|all)?_?(?:ok|okay|succe(?:ss|eded|ssful)|good|done)$/i;

function kept(walk: Walk, at: At, outer: Node, { name, numbers, statement }: Holder): At | undefined {
	const held = converted(at, numbers);
	if (at.outcome !== undefined || at.held) return undefined;
	if (at.doubled && SUCCESS.test(name)) walk.found.push({ ...placed(at.node), kind: 'doubled', holder: name });
	// The assignment has the value too: `(ret = f()) == 0`.
	if (!statement) return { ...held, node: outer };
	const { sense, numbers: left } = held;
	const kind = left ? { numbers: left } : {};
	let stale = false;
	for (const later of behind(statement)) {
		const { nodes, written } = walk.language.uses(name, later);
		for (const node of nodes) follow(walk, { node, sense, ...kind, stale, held: true, doubled: false });
		if (written) break;
		stale ||= nodes.length === 0 && mayCall(later);
	}
	return undefined;
}
