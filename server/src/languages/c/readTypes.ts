/** C and C++ as tree-sitter's two grammars show them: syntax nodes to types and declarations. */
import { field, named } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import { type CField, type CType, UNKNOWN } from '../../types/ctype.ts';
import { evaluateInteger } from './evaluate.ts';
import type { Scope } from './model.ts';
import { fields, findDescendant, normaliseSized, typeFromName } from './nodes.ts';
import { readExpression } from './readExpression.ts';
import { packAt } from './unit.ts';

/** The type that a specifier or a type_descriptor writes. */
export function readType(node: Node, scope: Scope): CType {
	switch (node.type) {
		case 'type_descriptor': {
			const base = field(node, 'type');
			const declarator = field(node, 'declarator');
			return declared(base ? readType(base, scope) : UNKNOWN, declarator, scope).type;
		}
		case 'primitive_type':
			return node.text === 'void' ? { kind: 'void' } : typeFromName(node.text);
		case 'sized_type_specifier':
			return typeFromName(normaliseSized(node.text));
		case 'type_identifier':
			return typeFromName(node.text);
		case 'qualified_identifier':
			return { kind: 'named', name: node.text.replace(/\s+/g, '').replace(/^::/, '') };
		case 'template_type':
			return { kind: 'named', name: node.text.replace(/\s+/g, '') };
		case 'struct_specifier':
		case 'union_specifier':
		case 'class_specifier': {
			const body = field(node, 'body');
			if (body) return readRecord(node, body, scope);
			return { kind: 'named', name: field(node, 'name')?.text ?? '', tag: true };
		}
		case 'enum_specifier': {
			const underlying = field(node, 'underlying_type');
			return {
				kind: 'enum',
				name: field(node, 'name')?.text ?? '',
				...(underlying ? { underlying: readType(underlying, scope) } : {}),
			};
		}
		default:
			// Also `auto` and `decltype`.
			return UNKNOWN;
	}
}

function readRecord(node: Node, body: Node, scope: Scope): CType {
	const members: CField[] = [];
	let readable = !named(node).some((n) => n.type === 'base_class_clause');
	for (const child of named(body)) {
		if (child.type === 'field_declaration') {
			const parts = named(child);
			if (parts.some((n) => n.type === 'storage_class_specifier' && n.text === 'static')) continue;
			const typeNode = field(child, 'type');
			if (!typeNode) {
				readable = false;
				continue;
			}
			const base = readType(typeNode, scope);
			const declarators = fields(child, 'declarator');
			if (declarators.length === 0) {
				const bits = parts.find((n) => n.type === 'bitfield_clause');
				const width = bits && evaluateInteger(readExpression(named(bits)[0]!, scope), scope);
				if (bits) members.push({ name: '', type: base, bits: width ?? 0 });
				else if (base.kind === 'record') members.push({ name: '', type: base });
				continue;
			}
			for (const declarator of declarators) {
				// Each has a width of its own, or none: `unsigned a : 16, b : 20, c;`.
				const next = parts[parts.findIndex((n) => n.id === declarator.id) + 1];
				const bits = next?.type === 'bitfield_clause' ? next : undefined;
				const { name, type } = declared(base, declarator, scope);
				if (type.kind === 'function') {
					if (/\bvirtual\b/.test(child.text)) readable = false;
					continue;
				}
				const width = bits && evaluateInteger(readExpression(named(bits)[0]!, scope), scope);
				if (bits && width === undefined) readable = false;
				members.push({ name, type, ...(width === undefined ? {} : { bits: width }) });
			}
		} else if (/^preproc_/.test(child.type)) {
			// Which branch holds is not known, so neither is the layout.
			if (child.type !== 'preproc_call' && child.type !== 'preproc_def' && child.type !== 'preproc_function_def')
				readable = false;
		} else if (
			(child.type === 'function_definition' || child.type === 'declaration') &&
			/\bvirtual\b/.test(child.text.slice(0, 80))
		)
			readable = false;
	}
	if (
		/^(?:alignas|__declspec|__attribute__)|\b(?:alignas|__attribute__)\b|DECLSPEC_ALIGN/.test(
			node.text.slice(0, body.startIndex - node.startIndex),
		)
	)
		readable = false;
	if (body.hasError) return { kind: 'named', name: `${field(node, 'name')?.text ?? ''}{?}` };
	// Members can be asked for all the same.
	if (!readable) members.push({ name: '{?}', type: UNKNOWN });
	const pack = packAt(node);
	return {
		kind: 'record',
		union: node.type === 'union_specifier',
		name: field(node, 'name')?.text ?? '',
		fields: members,
		...(pack === undefined ? {} : { pack }),
	};
}

/** Applies a declarator (`*p`, `a[4]`, `(*f)(int)`) to a base type. */
export function declared(
	base: CType,
	declarator: Node | null,
	scope: Scope,
): { name: string; type: CType; reference?: boolean } {
	if (!declarator) return { name: '', type: base };
	switch (declarator.type) {
		case 'identifier':
		case 'field_identifier':
		case 'type_identifier':
		case 'qualified_identifier':
		case 'operator_name':
			return { name: declarator.text, type: base };
		case 'init_declarator':
			return arrayByInitializer(declared(base, field(declarator, 'declarator'), scope), declarator, scope);
		case 'pointer_declarator':
		case 'abstract_pointer_declarator':
			return declared({ kind: 'pointer', to: base }, field(declarator, 'declarator'), scope);
		case 'reference_declarator':
		case 'abstract_reference_declarator':
			return { ...declared(base, named(declarator).at(-1) ?? null, scope), reference: true };
		case 'array_declarator':
		case 'abstract_array_declarator': {
			const size = field(declarator, 'size');
			const length = size ? evaluateInteger(readExpression(size, scope), scope) : undefined;
			return declared(
				{ kind: 'array', of: base, ...(length === undefined ? {} : { length }) },
				field(declarator, 'declarator'),
				scope,
			);
		}
		case 'parenthesized_declarator':
		case 'abstract_parenthesized_declarator':
			return declared(base, named(declarator).at(-1) ?? null, scope);
		case 'function_declarator':
		case 'abstract_function_declarator':
			return declared({ kind: 'function' }, field(declarator, 'declarator'), scope);
		case 'attributed_declarator':
			return declared(base, named(declarator)[0] ?? null, scope);
		default:
			return { name: '', type: UNKNOWN };
	}
}

function arrayByInitializer(
	plain: { name: string; type: CType; reference?: boolean },
	declarator: Node,
	scope: Scope,
): { name: string; type: CType; reference?: boolean } {
	const value = field(declarator, 'value');
	if (plain.type.kind !== 'array' || plain.type.length !== undefined || !value) return plain;
	const expr = readExpression(value, scope);
	// A length that was written but could not be read must not be replaced by the initialiser's.
	const array = findDescendant(declarator, 'array_declarator');
	if (array && field(array, 'size')) return plain;
	if (expr.kind === 'initializer' && expr.names.every((n) => n === undefined))
		return { ...plain, type: { ...plain.type, length: expr.elements.length } };
	if (expr.kind === 'string') return { ...plain, type: { ...plain.type, length: expr.bytes } };
	return plain;
}

export interface Declarator {
	readonly name: string;
	readonly type: CType;
	readonly reference: boolean;
	readonly node: Node;
}

/** Name and type of each variable that a declaration makes. */
export function readDeclarators(declaration: Node, scope: Scope): Declarator[] {
	const typeNode = field(declaration, 'type');
	const base = typeNode ? readType(typeNode, scope) : UNKNOWN;
	return fields(declaration, 'declarator').map((node) => {
		const { name, type, reference } = declared(base, node, scope);
		return { name, type, reference: reference ?? false, node };
	});
}
