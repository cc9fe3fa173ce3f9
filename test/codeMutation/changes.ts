/** Small changes of our own code that its tests should notice. */
import type { Node } from '../../server/src/syntax/trees.ts';

export interface Change {
	readonly start: number;
	readonly end: number;
	readonly before: string;
	readonly after: string;
	/** The expression that is evaluated where the change matters; undefined where that cannot be told. */
	readonly within: { readonly start: number; readonly end: number } | undefined;
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
			const operator = node.childForFieldName('operator');
			const other = operator && OPERATORS[operator.text];
			return operator && other ? [changed(operator, other, node)] : [];
		}
		case 'unary_expression': {
			const argument = node.childForFieldName('argument');
			return argument && node.childForFieldName('operator')?.text === '!' ? [changed(node, argument.text)] : [];
		}
		case 'if_statement': {
			const condition = node.childForFieldName('condition');
			return condition ? [changed(condition, '(true)'), changed(condition, '(false)')] : [];
		}
		case 'return_statement': {
			const [value] = node.namedChildren;
			return value && value.text !== 'undefined' ? [changed(value, 'undefined')] : [];
		}
		default: {
			// A type says nothing when the code runs.
			if (node.parent?.type === 'literal_type' || node.parent?.parent?.type === 'literal_type') return [];
			const { text } = node;
			const after = /^\d+$/.test(text) ? String(Number(text) + 1) : WORDS[text];
			const isKey = node.parent?.type === 'pair' && node.parent.childForFieldName('key')?.equals(node);
			return after === undefined ? [] : [changed(node, after, isKey ? null : node)];
		}
	}
}

const changed = (node: Node, after: string, within: Node | null = node): Change => ({
	start: node.startIndex,
	end: node.endIndex,
	before: node.text,
	after,
	within: within ? { start: within.startIndex, end: within.endIndex } : undefined,
});

/** A source with one change made. */
export const withChange = (text: string, { start, end, after }: Change): string =>
	text.slice(0, start) + after + text.slice(end);

/** A source that tells when it comes to a change: each is given with the number that it tells. */
export function withProbes(text: string, numbered: ReadonlyMap<Change, number>): string {
	const marks = [...numbered].flatMap(([{ within }, number]) => {
		if (!within) return [];
		const size = within.end - within.start;
		return [
			// What is wider opens first and closes last.
			{ at: within.start, order: -size, mark: `(globalThis.comesTo?.(${number}), ` },
			{ at: within.end, order: -1 / size, mark: ')' },
		];
	});
	let [made, from] = ['', 0];
	for (const { at, mark } of marks.sort((a, b) => a.at - b.at || a.order - b.order)) {
		made += text.slice(from, at) + mark;
		from = at;
	}
	return made + text.slice(from);
}
