/** What stands around a call: where a declaration can be written in front of its statement, and what is declared already. */
import type { Room, Surroundings, VisibleObject } from '../../calls/site.ts';
import { field, spanOf } from '../../syntax/nodes.ts';
import { nodeAt, parentOf } from '../../syntax/parents.ts';
import { lastBefore } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import type { Scope } from './model.ts';
import { enclosingFunction, fields, jumps } from './nodes.ts';

const STATEMENTS = /^(?:expression_statement|return_statement|if_statement|declaration)$/;
const ON_THE_WAY = /^(?:\w+_expression|argument_list|condition_clause|init_declarator)$/;

/** The statement that a call is evaluated in once, in a block that no jump leads into; undefined where there is none. */
function statementOf(call: Node): Node | undefined {
	let inner = call;
	let outer = parentOf(call);
	for (; outer && !STATEMENTS.test(outer.type); inner = outer, outer = parentOf(outer))
		if (!ON_THE_WAY.test(outer.type) || outer.type === 'lambda_expression') return undefined;
	if (!outer || (outer.type === 'if_statement' && field(outer, 'condition')?.id !== inner.id)) return undefined;
	const block = parentOf(outer);
	const owner = enclosingFunction(outer);
	// A jump must not lead past an initialised variable.
	const isSafe = block?.type === 'compound_statement' && parentOf(block)?.type !== 'switch_statement';
	return isSafe && owner && !jumps(owner) ? outer : undefined;
}

/** An item of a file. */
interface Item {
	readonly root: Node;
	/** The text that the tree's offsets are of. */
	readonly text: string;
	/** Every word of it, with the offsets at which it stands. */
	readonly places: ReadonlyMap<string, readonly number[]>;
	scopeAt(node: Node): Scope;
}

/** What stands around a call of an item. */
export const surroundingsIn = (item: Item, call: Span): Surroundings => ({
	room: () => roomIn(item, call),
	locals(isWanted) {
		const node = nodeAt(item.root, call.start, call.end);
		if (!node) return [];
		const scope = item.scopeAt(node);
		return objectsIn(item.places, scope, call.start, isWanted).filter(({ name }) => {
			const declared = scope.variable(name)?.declared;
			const inner = declared && nodeAt(item.root, declared.start, declared.end);
			return /^(?:init_declarator|declaration)$/.test((inner && parentOf(inner)?.type) ?? '');
		});
	},
	typeOf: (declared) => typeOf(item.root, declared),
	isWithoutValue(declared) {
		const name = nodeAt(item.root, declared.start, declared.end);
		const declaration = name?.type === 'identifier' ? parentOf(name) : null;
		return declaration?.type === 'declaration' && !/\bextern\b/.test(declaration.text);
	},
});

/** More names in front of an offset are not looked up. */
const MOST_NAMES = 200;
/** Further in front of an offset no name is looked for. */
const MOST_WORDS = 10_000;

/** The words of an item by position. */
const ordered = new WeakMap<Item['places'], readonly (readonly [number, string])[]>();

function wordsInOrder(places: Item['places']): readonly (readonly [number, string])[] {
	let words = ordered.get(places);
	if (!words) {
		const all: [number, string][] = [];
		for (const [word, offsets] of places) for (const at of offsets) all.push([at, word]);
		words = all.sort((a, b) => a[0] - b[0]);
		ordered.set(places, words);
	}
	return words;
}

/** Words of an item in front of an offset that stand for variables there, the last one first. */
export function objectsIn(
	places: Item['places'],
	scope: Scope,
	before: number,
	isWanted: (name: string) => boolean = () => true,
): readonly VisibleObject[] {
	const words = wordsInOrder(places);
	const last = lastBefore(words, ([at]) => at, before);
	const names = new Set<string>();
	for (let at = last; at >= 0 && at > last - MOST_WORDS && names.size < MOST_NAMES; at--)
		names.add(words[at]?.[1] ?? '');
	return [...names].flatMap((name) => {
		const variable = isWanted(name) ? scope.variable(name) : undefined;
		return variable ? [{ name, type: variable.type }] : [];
	});
}

function typeOf(root: Node, declared: Span): ReturnType<Surroundings['typeOf']> {
	const name = nodeAt(root, declared.start, declared.end);
	const outer = name?.type === 'identifier' ? parentOf(name) : null;
	const declaration = outer?.type === 'init_declarator' ? parentOf(outer) : outer;
	if (declaration?.type !== 'declaration' || fields(declaration, 'declarator').length !== 1) return undefined;
	const value = outer?.type === 'init_declarator' ? field(outer, 'value') : null;
	if (value && !/^\{\s*(?:0\s*)?\}$|^0$/.test(value.text)) return undefined;
	// What is said of the variable beside its type may not hold for another one.
	const isPlain = declaration.namedChildren.every((child) => child !== null && !/qualifier|attribute/.test(child.type));
	const type = field(declaration, 'type');
	return isPlain && type && type.startIndex === declaration.startIndex
		? { type: spanOf(type), ...(value ? { zeros: spanOf(value) } : {}) }
		: undefined;
}

function roomIn({ root, text, places }: Item, { start, end }: Span): Room | undefined {
	const node = nodeAt(root, start, end);
	const statement = node?.type === 'call_expression' ? statementOf(node) : undefined;
	if (!statement) return undefined;
	const at = text.lastIndexOf('\n', statement.startIndex - 1) + 1;
	const indentation = text.slice(at, statement.startIndex);
	// Behind a backslash the line is a part of a macro.
	if (!/^[ \t]+$/.test(indentation) || /\\\r?\n$/.test(text.slice(Math.max(0, at - 3), at))) return undefined;
	const lineEnd = text.slice(Math.max(0, at - 2), at) === '\r\n' ? '\r\n' : '\n';
	return { at, indentation, lineEnd, isTaken: (name) => places.has(name) };
}
