/** Functions that do nothing but return an expression: `constexpr DWORD bytes(int n) { return n * 4; }`. */
import { field, named } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import type { CType } from '../../types/ctype.ts';
import { resolveType } from '../../types/layout.ts';
import { lookupFrom } from './evaluate/types.ts';
import type { MacroFunction, Scope } from './model.ts';
import { PREPROCESSOR_BLOCKS } from './nodes.ts';
import { declared, readExpression, readType } from './read.ts';

/** Another definition may take the place of such a function. */
const REPLACED = /\bweak\b|\bselectany\b/;

/**
 * What a function outside of every class returns, in terms of its parameters; undefined where it does more than that, or
 * where what it returns is no number.
 * @param scope names as seen from outside of the function.
 */
export function returnedBy(definition: Node, scope: Scope): MacroFunction | undefined {
	const declarator = field(definition, 'declarator');
	const body = field(definition, 'body');
	const outer = parentOf(definition)?.type ?? '';
	const isPlain =
		!definition.hasError && (outer === 'translation_unit' || PREPROCESSOR_BLOCKS.has(outer)) && !!body && !!declarator;
	if (!isPlain || !isPlainDeclarator(declarator)) return undefined;
	if (REPLACED.test(definition.text.slice(0, body.startIndex - definition.startIndex))) return undefined;
	const value = onlyReturned(body);
	const parameters = parametersOf(field(declarator, 'parameters'), scope);
	const type = field(definition, 'type');
	if (!value || !parameters || !type) return undefined;
	const operand = readExpression(value, scope);
	const { start, end } = operand;
	const isDeduced = type.text === 'auto';
	const returned = readType(type, scope);
	if (!isDeduced && !isNumber(returned, scope)) return undefined;
	return {
		parameters: parameters.map(({ name }) => name),
		types: parameters.map(({ type: taken }) => taken),
		body: isDeduced ? operand : { start, end, kind: 'cast', type: returned, operand },
		scope,
	};
}

function isPlainDeclarator(declarator: Node): boolean {
	if (declarator.type !== 'function_declarator' || field(declarator, 'declarator')?.type !== 'identifier') return false;
	return !named(declarator).some(({ type }) => type === 'trailing_return_type');
}

function isNumber(type: CType, scope: Scope): boolean {
	const kind = resolveType(type, lookupFrom(scope))?.kind;
	return kind === 'scalar' || kind === 'enum';
}

function onlyReturned(body: Node): Node | undefined {
	const [only, ...others] = named(body).filter(({ type }) => type !== 'comment');
	return only?.type === 'return_statement' && others.length === 0 ? named(only)[0] : undefined;
}

/** Parameters as their function sees them; undefined where one has no name, or where it takes any number of them. */
function parametersOf(list: Node | null, scope: Scope): readonly { name: string; type: CType }[] | undefined {
	const found: { name: string; type: CType }[] = [];
	for (const parameter of list ? named(list) : []) {
		if (parameter.type === 'comment' || parameter.text === 'void') continue;
		const written = parameter.type === 'parameter_declaration' ? field(parameter, 'type') : null;
		const declarator = field(parameter, 'declarator');
		if (!written || !declarator) return undefined;
		const { name, type, reference } = declared(readType(written, scope), declarator, scope);
		if (name === '') return undefined;
		// An array parameter is a pointer, but one by reference is the caller's array.
		found.push({ name, type: type.kind === 'array' && !reference ? { kind: 'pointer', to: type.of } : type });
	}
	return found;
}
