/** Calls of functions whose arguments the user's settings explain. */
import type { Api } from '../../catalog/api.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { Constant, OwnRole, OwnWrapper } from '../../catalog/ownFunctions.ts';
import { field } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import { lastWord } from '../../syntax/scan.ts';
import type { Node } from '../../syntax/trees.ts';
import { type PerTarget, same } from '../../types/ctype.ts';
import { parseTypeName, sizeOf } from '../../types/layout.ts';
import type { Chunk } from './chunk.ts';
import { unwrapped } from './nodes.ts';
import { type Element, NO_ELEMENT, type Value } from './values.ts';

/**
 * The function that a callee is, where the settings say what its arguments are.
 * @param isOfCount tells by how many arguments it takes whether it is meant.
 */
export function ownWrapperOf(
	callee: Node,
	isOfCount: (count: number) => boolean,
	chunk: Chunk,
): OwnWrapper | undefined {
	const { wrappers } = chunk.file;
	const inner = unwrapped(callee);
	const name = inner.type === 'member_expression' ? field(inner, 'property')?.text : inner.text;
	const fitting = (wrappers.get(name ?? '') ?? []).filter(
		(own) => isOfCount(own.roles.length) && isCallOf(own, inner, chunk),
	);
	return fitting.length === 1 ? fitting[0] : undefined;
}

/** Of a method the class has to be seen. */
function isCallOf({ owner }: OwnWrapper, callee: Node, chunk: Chunk): boolean {
	const name = owner.at(-1);
	if (name === undefined) return true;
	const object = callee.type === 'member_expression' ? field(callee, 'object') : null;
	return object !== null && classOf(unwrapped(object), chunk) === name;
}

/** The class of an object, as far as its declaration names it. */
function classOf(object: Node, chunk: Chunk): string | undefined {
	if (object.type === 'this') return enclosingClass(object);
	if (object.type === 'new_expression') return lastPart(field(object, 'constructor'));
	const declaration = chunk.declaration(object.text, object);
	// A static method is the class's own.
	if (!declaration || declaration.kind === 'class') return object.text;
	if (declaration.imported) return declaration.imported.name === 'default' ? object.text : declaration.imported.name;
	if (declaration.type) return lastWord(declaration.type.text.trimEnd());
	const isWhole = declaration.path === undefined || declaration.path.length === 0;
	const made = declaration.value && isWhole ? unwrapped(declaration.value) : undefined;
	return made?.type === 'new_expression' ? lastPart(field(made, 'constructor')) : undefined;
}

const lastPart = (node: Node | null): string | undefined => (node ? lastWord(node.text.trimEnd()) : undefined);

function enclosingClass(node: Node): string | undefined {
	for (let at = parentOf(node); at; at = parentOf(at)) {
		if (/^(?:abstract_)?class(?:_declaration)?$/.test(at.type)) return field(at, 'name')?.text;
		// A function of its own has another object.
		if (/^(?:function_declaration|function_expression|function)$/.test(at.type)) return undefined;
	}
	return undefined;
}

/** The arguments of the entry point: what is handed on, what the function passes itself, and what is not known. */
export function argumentsThrough(
	{ roles, constants }: OwnWrapper,
	api: Api,
	given: readonly Element[],
	catalog: Catalog,
): readonly Element[] {
	const roleAt = new Map<number, OwnRole>();
	for (const [role, at] of Object.entries(api.roles)) if (!roleAt.has(at)) roleAt.set(at, role as OwnRole);
	return api.parameters.map((_, at): Element => {
		const handedOn = roles.findIndex((role) => role !== undefined && api.roles[role] === at);
		if (handedOn >= 0) return given[handedOn] ?? NO_ELEMENT;
		const role = roleAt.get(at);
		const value = valueOfConstant(role && constants.get(role), catalog);
		return value ? { value } : NO_ELEMENT;
	});
}

function valueOfConstant(constant: Constant | undefined, catalog: Catalog): Value | undefined {
	switch (constant?.kind) {
		case 'null':
			return { kind: 'null' };
		case 'number':
			return numbers(same(constant.value));
		case 'name': {
			const code = catalog.code(constant.name)?.code;
			return code && numbers(same(code.opcode.value));
		}
		case 'sizeof': {
			const size = sizeOf(parseTypeName(constant.type), catalog.lookup);
			return size && numbers(size);
		}
		default:
			return undefined;
	}
}

const numbers = ({ x86, x64 }: PerTarget): Value => ({ kind: 'numbers', values: [{ x86, x64 }] });
