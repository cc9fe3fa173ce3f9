/** Small changes of our own code that its tests should notice. */
import type { Node } from '../../server/src/syntax/trees.ts';

export interface Change {
	readonly start: number;
	readonly end: number;
	readonly before: string;
	readonly after: string;
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
			return operator && other ? [changed(operator, other)] : [];
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
		case 'number':
			return /^\d+$/.test(node.text) ? [changed(node, String(Number(node.text) + 1))] : [];
		default:
			return [changed(node, WORDS[node.text] ?? 'undefined')];
	}
}

const changed = ({ startIndex, endIndex, text }: Node, after: string): Change => ({
	start: startIndex,
	end: endIndex,
	before: text,
	after,
});
