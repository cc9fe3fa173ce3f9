/** Small changes of our own code that its tests should notice. */
import type { Node } from '../../server/src/syntax/trees.ts';
import { isSpared } from './spared.ts';

export interface Change {
	readonly start: number;
	readonly end: number;
	readonly before: string;
	readonly after: string;
	/** The expression that is evaluated where the change matters. */
	readonly within: { readonly start: number; readonly end: number };
	/** It is the key of a property, which is no expression yet. */
	readonly isKey: boolean;
}

const OPERATORS: Readonly<Record<string, string>> = {
	'===': '!==',
	'!==': '===',
	'<': '<=',
	'<=': '<',
	'>': '>=',
	'>=': '>',
	'&&': '||',
	'||': '&&',
	'??': '&&',
	'+': '-',
	'-': '+',
	'*': '/',
};
const WORDS: Readonly<Record<string, string>> = { true: 'false', false: 'true' };
const KINDS = ['binary_expression', 'unary_expression', 'if_statement', 'return_statement', 'number', 'true', 'false'];

/** Every change that is tried of a source, by position. */
export function changesOf(root: Node): Change[] {
	return root.descendantsOfType(KINDS).flatMap((node) => (node ? changesAt(node) : []));
}

function changesAt(node: Node): Change[] {
	switch (node.type) {
		case 'binary_expression': {
			// Of `a === b!.c` the grammar makes `(a === b)!.c`, which no change keeps together.
			if (node.parent?.type === 'non_null_expression') return [];
			const operator = node.childForFieldName('operator');
			const other = operator && OPERATORS[operator.text];
			return operator && other ? changed(operator, other, node) : [];
		}
		case 'unary_expression': {
			const argument = node.childForFieldName('argument');
			return argument && node.childForFieldName('operator')?.text === '!' ? changed(node, argument.text) : [];
		}
		case 'if_statement': {
			const condition = node.childForFieldName('condition');
			return condition ? ['(true)', '(false)'].flatMap((after) => changed(condition, after)) : [];
		}
		case 'return_statement': {
			const [value] = node.namedChildren;
			// What is as good as nothing changes little.
			return value && !['undefined', 'false', 'null'].includes(value.text) ? changed(value, 'undefined') : [];
		}
		default: {
			// A type says nothing when the code runs.
			if (node.parent?.type === 'literal_type' || node.parent?.parent?.type === 'literal_type') return [];
			const { text } = node;
			const after = /^\d+$/.test(text) ? String(Number(text) + 1) : WORDS[text];
			const { parent } = node;
			const isKey = /^pair/.test(parent?.type ?? '') && !!parent?.childForFieldName('key')?.equals(node);
			return after === undefined ? [] : changed(node, after, node, isKey);
		}
	}
}

/** One change, or none where it is of a kind that is not tried. */
const changed = (node: Node, after: string, within = node, isKey = false): Change[] =>
	isSpared(node, after)
		? []
		: [
				{
					start: node.startIndex,
					end: node.endIndex,
					before: node.text,
					after,
					within: { start: within.startIndex, end: within.endIndex },
					isKey,
				},
			];

/** A source with one change made. */
export const withChange = (text: string, { start, end, after }: Change): string =>
	text.slice(0, start) + after + text.slice(end);

/** A source that makes each of some changes while `globalThis.isChanged` says so of its number. */
export const withSwitches = (text: string, numbered: ReadonlyMap<Change, number>): string =>
	switched(text, 0, text.length, [...numbered]);

type Numbered = readonly [change: Change, number: number];

/** A stretch of a text, and what may change in it. */
function switched(text: string, from: number, to: number, changes: readonly Numbered[]): string {
	let [made, at] = ['', from];
	let left = [...changes].sort(([{ within: a }], [{ within: b }]) => a.start - b.start || b.end - a.end);
	while (left[0]) {
		const [[change, number], ...others] = left;
		const { start, end } = change.within;
		const isInner = ([{ within }]: Numbered): boolean => within.end <= end;
		const changed = text.slice(start, change.start) + change.after + text.slice(change.end, end);
		const otherwise = switched(text, start, end, others.filter(isInner));
		const either = `(globalThis.isChanged?.(${number}) ? ${changed} : ${otherwise})`;
		made += text.slice(at, start) + (change.isKey ? `[${either}]` : either);
		at = end;
		left = others.filter((other) => !isInner(other));
	}
	return made + text.slice(at, to);
}
