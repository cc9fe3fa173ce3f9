/** C and C++ as tree-sitter's two grammars show them: syntax nodes to expressions, types and declarations. */
import { field, named } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import { type CField, type CType, UNKNOWN } from '../../types/ctype.ts';
import { SCALARS } from '../../types/scalars.ts';
import { evaluateInteger } from './evaluate/numbers.ts';
import type { Expr } from './expression.ts';
import type { Scope } from './model.ts';
import {
	declaredName,
	fields,
	findDescendant,
	normaliseSized,
	PREPROCESSOR_BLOCKS,
	parenthesizedName,
	parseCharacter,
	parseInteger,
	typeFromName,
} from './nodes.ts';
import { packAt } from './owners.ts';

/** `static_cast` and its like; those of libraries check that a number fits: `gsl::narrow`, `boost::numeric_cast`. */
const CPP_CASTS =
	/^(?:static_cast|reinterpret_cast|const_cast|dynamic_cast|(?:\w+::)*(?:safe|bit|narrow|numeric|checked)_cast|gsl::narrow)$/;

/** True when the name can only be a type here: no variable has it, and it is a type of the file or of the headers. */
export function isTypeName(name: string, scope: Scope): boolean {
	return (
		!scope.variable(name) &&
		(scope.type(name) !== undefined ||
			scope.catalog.lookup(name, false) !== undefined ||
			/^(?:LP|P)[A-Z_]{3,}$/.test(name))
	);
}

/** Expressions nested deeper are unknown. */
export const DEEPEST = 200;

let depth = 0;

/** An expression as a syntax node writes it; its offsets are the node's. */
export function readExpression(node: Node, scope: Scope): Expr {
	// Generated code nests deeper than any stack.
	if (depth > DEEPEST) return { start: node.startIndex, end: node.endIndex, kind: 'unknown' };
	depth++;
	try {
		return read(node, scope);
	} finally {
		depth--;
	}
}

function read(node: Node, scope: Scope): Expr {
	const span = { start: node.startIndex, end: node.endIndex };
	const sub = (n: Node | null): Expr => (n ? readExpression(n, scope) : { ...span, kind: 'unknown' });
	switch (node.type) {
		case 'parenthesized_expression': {
			const inner = named(node);
			return inner.length === 1 ? { ...sub(inner[0]!), ...span } : { ...span, kind: 'unknown' };
		}
		case 'identifier':
		case 'qualified_identifier':
		case 'field_identifier':
		case 'type_identifier':
		case 'this':
			return node.text === 'NULL' || node.text === 'nullptr'
				? { ...span, kind: 'null' }
				: { ...span, kind: 'name', name: node.text.replace(/\s+/g, '') };
		case 'null':
			return { ...span, kind: 'null' };
		case 'true':
		case 'false':
			return { ...span, kind: 'number', value: node.type === 'true' ? 1n : 0n };
		case 'number_literal': {
			const value = parseInteger(node.text);
			if (value === undefined) return { ...span, kind: 'unknown' };
			return { ...span, kind: 'number', value, ...(/^[1-9]/.test(node.text) ? { decimal: true } : {}) };
		}
		case 'char_literal': {
			const value = parseCharacter(node.text);
			return value === undefined ? { ...span, kind: 'unknown' } : { ...span, kind: 'number', value };
		}
		case 'string_literal':
			return stringLiteral(node.text, span);
		case 'field_expression': {
			const object = field(node, 'argument');
			const member = field(node, 'field');
			if (!object || !member) return { ...span, kind: 'unknown' };
			return {
				...span,
				kind: 'member',
				object: sub(object),
				name: member.text,
				arrow: node.text
					.slice(object.endIndex - node.startIndex)
					.trimStart()
					.startsWith('->'),
			};
		}
		case 'subscript_expression': {
			const list = field(node, 'indices');
			const index = list ? named(list)[0] : field(node, 'index');
			return { ...span, kind: 'index', object: sub(field(node, 'argument')), index: sub(index ?? null) };
		}
		case 'pointer_expression':
			return (
				addressOfCompound(node, scope) ?? {
					...span,
					kind: 'unary',
					op: field(node, 'operator')?.text ?? '&',
					operand: sub(field(node, 'argument')),
				}
			);
		case 'unary_expression':
			return {
				...span,
				kind: 'unary',
				op: field(node, 'operator')?.text ?? '',
				operand: sub(field(node, 'argument')),
			};
		case 'binary_expression': {
			const op = field(node, 'operator')?.text ?? '';
			const left = field(node, 'left');
			// `(LPVOID) &x` reads as a bitwise and, `(DWORD) -1` as a subtraction.
			const castTo = left && parenthesizedName(left);
			if (castTo && ['&', '*', '-', '+'].includes(op) && isTypeName(castTo, scope)) {
				const operand: Expr = { ...span, kind: 'unary', op, operand: sub(field(node, 'right')) };
				return { ...span, kind: 'cast', type: typeFromName(castTo), operand };
			}
			return { ...span, kind: 'binary', op, left: sub(left), right: sub(field(node, 'right')) };
		}
		case 'conditional_expression':
			return {
				...span,
				kind: 'conditional',
				test: sub(field(node, 'condition')),
				whenTrue: sub(field(node, 'consequence')),
				whenFalse: sub(field(node, 'alternative')),
			};
		case 'cast_expression': {
			const type = field(node, 'type');
			return {
				...span,
				kind: 'cast',
				type: type ? readType(type, scope) : UNKNOWN,
				operand: sub(field(node, 'value')),
			};
		}
		case 'sizeof_expression':
			return sizeofExpression(node, scope);
		case 'offsetof_expression': {
			const type = field(node, 'type');
			const member = field(node, 'member');
			return type && member
				? { ...span, kind: 'offsetof', type: readType(type, scope), field: member.text }
				: { ...span, kind: 'unknown' };
		}
		case 'compound_literal_expression': {
			const type = field(node, 'type');
			const value = field(node, 'value');
			const initializer = value && readExpression(value, scope);
			return initializer?.kind === 'initializer'
				? { ...initializer, ...span, type: type ? readType(type, scope) : UNKNOWN }
				: { ...span, kind: 'unknown' };
		}
		case 'argument_list':
			return {
				...span,
				kind: 'initializer',
				parenthesized: true,
				elements: named(node).map(sub),
				names: named(node).map(() => undefined),
			};
		case 'initializer_list': {
			const names: (string | undefined)[] = [];
			const elements = named(node).map((n) => {
				if (n.type !== 'initializer_pair') {
					names.push(undefined);
					return sub(n);
				}
				// `.a.b[2] = …`
				const designators = fields(n, 'designator').map(({ text }) => text);
				names.push(designators.join('').replace(/^\./, ''));
				return sub(field(n, 'value'));
			});
			return { ...span, kind: 'initializer', elements, names };
		}
		case 'new_expression': {
			const type = field(node, 'type');
			const declarator = field(node, 'declarator');
			const length = declarator && field(declarator, 'length');
			return {
				...span,
				kind: 'new',
				type: type ? readType(type, scope) : UNKNOWN,
				array: declarator !== null,
				...(length ? { count: sub(length) } : {}),
			};
		}
		case 'call_expression':
			return callOrAddress(node, scope);
		case 'comma_expression':
			return sub(field(node, 'right'));
		case 'assignment_expression':
			return field(node, 'operator')?.text === '=' ? sub(field(node, 'right')) : { ...span, kind: 'unknown' };
		default:
			return { ...span, kind: 'unknown' };
	}
}

/** The longest text that is looked at: of addresses. */
const LONGEST_TEXT = 64;

/** `"…"` and `L"…"`. */
function stringLiteral(literal: string, span: Span): Expr {
	const [, prefix, text] = /^(L?)"((?:[^"\\]|\\[abfnrtv0'"?\\])*)"$/.exec(literal) ?? [];
	if (text === undefined) return { ...span, kind: 'unknown' };
	return {
		...span,
		kind: 'string',
		length: text.replace(/\\./g, 'x').length + 1,
		...(prefix === 'L' ? { wide: true } : {}),
		...(text.length <= LONGEST_TEXT && !text.includes('\\') ? { text } : {}),
	};
}

/** `&(T){ … }` can read as a cast of an address: nothing else needs help. */
function addressOfCompound(node: Node, scope: Scope): Expr | undefined {
	const argument = field(node, 'argument');
	if (argument?.type !== 'cast_expression' || field(node, 'operator')?.text !== '&') return undefined;
	// `&(T)X` where X is a macro for a brace initialiser: an object of type T.
	const type = field(argument, 'type');
	const value = field(argument, 'value');
	if (!type || value?.type !== 'identifier') return undefined;
	const span = { start: node.startIndex, end: node.endIndex };
	return {
		...span,
		kind: 'unary',
		op: '&',
		operand: { ...span, kind: 'initializer', elements: [], names: [], type: readType(type, scope) },
	};
}

function sizeofExpression(node: Node, scope: Scope): Expr {
	const span = { start: node.startIndex, end: node.endIndex };
	const type = field(node, 'type');
	const measured = type && decltypeOperand(type);
	if (measured) return { ...span, kind: 'sizeof-expression', operand: readExpression(measured, scope) };
	if (type) return { ...span, kind: 'sizeof-type', type: readType(type, scope) };
	return sizeofValue(node, field(node, 'value'), scope);
}

/** `x` of `decltype(x)`. */
function decltypeOperand(type: Node): Node | undefined {
	const inner = type.type === 'type_descriptor' ? field(type, 'type') : type;
	return inner?.type === 'decltype' && !field(type, 'declarator') ? named(inner)[0] : undefined;
}

/** `decltype(&f)` and `decltype(&::f)` of a function; `&C::f` may be a pointer to a member. */
function pointerOf(type: Node, scope: Scope): CType {
	const [, name] = /^decltype\s*\(\s*&\s*(?:::\s*)?(\w+)\s*\)$/.exec(type.text.slice(0, LONGEST_HEAD)) ?? [];
	const isFunction = name !== undefined && !scope.variable(name) && !scope.constant(name);
	return isFunction ? { kind: 'pointer', to: { kind: 'function' } } : UNKNOWN;
}

/** `offsetof(T, member)`; `RTL_FIELD_SIZE(T, member)` and its like, where the file gives the name no meaning of its own. */
function memberAsked(node: Node, callee: Node, args: readonly Node[], scope: Scope): Expr | undefined {
	const [first, second] = args;
	if (callee.type !== 'identifier' || args.length !== 2 || !first || !second) return undefined;
	const span = { start: node.startIndex, end: node.endIndex };
	const type = typeFromName(first.text.replace(/^struct\s+/, ''));
	if (/^(?:offsetof|OFFSETOF|FIELD_OFFSET|__builtin_offsetof)$/.test(callee.text))
		return { ...span, kind: 'offsetof', type, field: second.text };
	const isSize = /^(?:RTL_FIELD_SIZE|_RTL_FIELD_SIZE|FIELD_SIZEOF|sizeof_field)$/.test(callee.text);
	if (!isSize || second.type !== 'identifier' || scope.macroFunction(callee.text)) return undefined;
	const object: Expr = { ...span, kind: 'cast', type, operand: { ...span, kind: 'null' } };
	const operand: Expr = { ...span, kind: 'member', object, name: second.text, arrow: false };
	return { ...span, kind: 'sizeof-expression', operand };
}

function sizeofValue(node: Node, value: Node | null, scope: Scope): Expr {
	const span = { start: node.startIndex, end: node.endIndex };
	const name = value && parenthesizedName(value);
	if (name && !scope.variable(name) && isTypeName(name, scope))
		return { ...span, kind: 'sizeof-type', type: typeFromName(name) };
	const [inner] = value?.type === 'parenthesized_expression' ? named(value) : [];
	// `sizeof(T<x>)`.
	if (inner && (inner.type === 'template_function' || field(inner, 'name')?.type === 'template_function'))
		return {
			...span,
			kind: 'sizeof-type',
			type: { kind: 'named', name: withoutSpaces(inner.text).replace(/^::/, '') },
		};
	return value
		? { ...span, kind: 'sizeof-expression', operand: readExpression(value, scope) }
		: { ...span, kind: 'unknown' };
}

/** What is `&` whatever a class makes of that. */
export const ADDRESS_OF = /^(?:std::)?(?:__builtin_)?addressof$/;

function callOrAddress(node: Node, scope: Scope): Expr {
	const list = field(node, 'arguments');
	const [only, ...others] = list ? named(list) : [];
	const isAddress = ADDRESS_OF.test(field(node, 'function')?.text ?? '');
	if (!isAddress || !only || others.length > 0) return callExpression(node, scope);
	const span = { start: node.startIndex, end: node.endIndex };
	return { ...span, kind: 'unary', op: '&', operand: readExpression(only, scope) };
}

function callExpression(node: Node, scope: Scope): Expr {
	const span = { start: node.startIndex, end: node.endIndex };
	const callee = field(node, 'function');
	const list = field(node, 'arguments');
	if (!callee || !list) return { ...span, kind: 'unknown' };
	const args = named(list);
	const castTo = parenthesizedName(callee);
	if (castTo && args.length === 1 && isTypeName(castTo, scope))
		return { ...span, kind: 'cast', type: typeFromName(castTo), operand: readExpression(args[0]!, scope) };
	// `std::f<T>(…)` is a qualified name that ends with the template.
	const template = callee.type === 'qualified_identifier' ? field(callee, 'name') : callee;
	if (template?.type === 'template_function') {
		const name = callee.text.slice(0, callee.text.indexOf('<')).trim();
		const typeArgs = named(field(template, 'arguments') ?? template)
			.filter((n) => n.type === 'type_descriptor')
			.map((n) => readType(n, scope));
		if (CPP_CASTS.test(name) && args.length === 1 && typeArgs[0])
			return { ...span, kind: 'cast', type: typeArgs[0], operand: readExpression(args[0]!, scope) };
		const calleeSpan = { start: callee.startIndex, end: callee.endIndex };
		return {
			...span,
			kind: 'call',
			callee: { ...calleeSpan, kind: 'name', name },
			args: args.map((a) => readExpression(a, scope)),
			typeArgs,
		};
	}
	// `(DWORD)(int)(x)` reads as a call of the call `(DWORD)(int)`.
	const inner = callee.type === 'call_expression' ? field(callee, 'function') : null;
	const outerCast = inner && parenthesizedName(inner);
	const innerCast = outerCast ? named(field(callee, 'arguments') ?? callee) : [];
	if (outerCast && innerCast.length === 1 && args.length === 1 && innerCast[0]!.type === 'identifier') {
		const name = innerCast[0]!.text;
		if (isTypeName(outerCast, scope) && isTypeName(name, scope))
			return {
				...span,
				kind: 'cast',
				type: typeFromName(outerCast),
				operand: { ...span, kind: 'cast', type: typeFromName(name), operand: readExpression(args[0]!, scope) },
			};
	}
	// `DWORD(x)`, `unsigned(x)`.
	if (
		args.length === 1 &&
		(callee.type === 'primitive_type' ||
			(callee.type === 'identifier' && Object.hasOwn(SCALARS, callee.text) && !scope.variable(callee.text)))
	)
		return { ...span, kind: 'cast', type: typeFromName(callee.text), operand: readExpression(args[0]!, scope) };
	return (
		memberAsked(node, callee, args, scope) ?? {
			...span,
			kind: 'call',
			callee: readExpression(callee, scope),
			args: args.map((a) => readExpression(a, scope)),
		}
	);
}

// ---- types ----

/** A name with spaces between words alone: `std::array<unsigned long,2>`. */
const withoutSpaces = (name: string): string => name.replace(/\s+/g, ' ').replace(/ ?([^\w ]) ?/g, '$1');

/** The type that a specifier or a type_descriptor writes. */
export function readType(node: Node, scope: Scope, depth = 0): CType {
	if (depth > DEEPEST) return UNKNOWN;
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
		case 'template_type':
			return { kind: 'named', name: withoutSpaces(node.text).replace(/^::/, '') };
		case 'struct_specifier':
		case 'union_specifier':
		case 'class_specifier': {
			const body = field(node, 'body');
			if (body) return readRecord(node, body, scope, depth);
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
		case 'decltype':
			return pointerOf(node, scope);
		default:
			// Also `auto`.
			return UNKNOWN;
	}
}

const isAlignment = (n: Node): boolean => n.type === 'type_qualifier' && /^_?[Aa]lignas\b/.test(n.text);

const ALIGNS = /\b(?:alignas|_Alignas|__attribute__)\b|__declspec\s{0,20}\(\s{0,20}align|DECLSPEC_ALIGN/;
/** What a declaration says beside a structure is not longer. */
const LONGEST_HEAD = 200;

/** What a structure is declared with, in front of its members and behind them. */
function around(node: Node, body: Node): string {
	const outer = parentOf(node);
	const isDeclared = outer !== null && /^(?:type_definition|declaration|field_declaration)$/.test(outer.type);
	const { startIndex, text } = isDeclared ? outer : node;
	const [from, to] = [body.startIndex - startIndex, body.endIndex - startIndex];
	return `${text.slice(Math.max(0, from - LONGEST_HEAD), from)} ${text.slice(to, to + LONGEST_HEAD)}`;
}

/** The members of a structure, in order. */
class Members {
	readonly fields: CField[] = [];
	readonly #firstOf = new Map<string, number>();

	add(member: CField): void {
		if (!this.#firstOf.has(member.name)) this.#firstOf.set(member.name, this.fields.length);
		this.fields.push(member);
	}

	/** Adds a member of a branch; of one name that another branch has with another type the type is not known. */
	addOfBranch(member: CField): void {
		const { name, type } = member;
		// What a nameless structure holds may stand in that of another branch too.
		if (name === '') return;
		const at = this.#firstOf.get(name) ?? -1;
		const other = this.fields[at];
		if (!other) this.add(member);
		else if (JSON.stringify(other.type) !== JSON.stringify(type)) this.fields[at] = { name, type: UNKNOWN };
	}
}

function readRecord(node: Node, body: Node, scope: Scope, depth: number): CType {
	const members = new Members();
	// What is aligned moves the members behind it.
	const isMoved = named(body).some((child) => named(child).some(isAlignment));
	const isReadable = readMembers(body, members, scope, depth);
	const bases = basesOf(node, members.fields.length === 0, scope);
	// Members can be asked for all the same.
	if (!isReadable || isMoved || !bases.areInFront || body.hasError || ALIGNS.test(around(node, body)))
		members.add({ name: '{?}', type: UNKNOWN });
	const pack = packAt(node);
	return {
		kind: 'record',
		union: node.type === 'union_specifier',
		name: field(node, 'name')?.text ?? '',
		fields: [...bases.fields, ...members.fields],
		...(pack === undefined ? {} : { pack }),
	};
}

interface Bases {
	/** Nameless, as their members are members of what is made from them. */
	readonly fields: readonly CField[];
	/** They lie in front of the members, one behind the other. */
	readonly areInFront: boolean;
}

/** @param isAll the structure adds no member. */
function basesOf(node: Node, isAll: boolean, scope: Scope): Bases {
	const clause = named(node).find((n) => n.type === 'base_class_clause');
	const parts = clause ? named(clause) : [];
	const bases = parts.filter((n) => /^(?:type_identifier|qualified_identifier|template_type)$/.test(n.type));
	// Compilers put members into the padding of a base that is no plain structure, or do not.
	const isKnown = bases.every((base) => scope.isPlainRecord(base.text)) || (isAll && bases.length === 1);
	return {
		fields: bases.map((base) => ({ name: '', type: readType(base, scope) })),
		areInFront: isKnown && (!clause || (bases.length > 0 && !/\bvirtual\b/.test(clause.text))),
	};
}

/** Adds the members of a structure, or of a branch in it; false: something of its layout is not known. */
function readMembers(body: Node, members: Members, scope: Scope, depth: number): boolean {
	let isReadable = true;
	for (const child of named(body)) {
		if (child.type === 'field_declaration') isReadable = readField(child, members, scope, depth) && isReadable;
		else if (PREPROCESSOR_BLOCKS.has(child.type)) {
			// Which branch holds is not known, so neither is the layout; what is asked for is there.
			isReadable = false;
			if (depth < DEEPEST) {
				const own = new Members();
				readMembers(child, own, scope, depth + 1);
				for (const member of own.fields) members.addOfBranch(member);
			}
		} else if (/^(?:function_definition|declaration)$/.test(child.type) && /\bvirtual\b/.test(child.text.slice(0, 80)))
			isReadable = false;
	}
	return isReadable;
}

/** Adds the members of one declaration; false: something of them is not known. */
function readField(declaration: Node, members: Members, scope: Scope, depth: number): boolean {
	const parts = named(declaration);
	if (declaration.hasError) return true;
	if (parts.some((n) => n.type === 'storage_class_specifier' && n.text === 'static')) return true;
	const typeNode = field(declaration, 'type');
	if (!typeNode) return false;
	const base = readType(typeNode, scope, depth + 1);
	const declarators = fields(declaration, 'declarator');
	if (declarators.length === 0) {
		const bits = parts.find((n) => n.type === 'bitfield_clause');
		const width = bits && evaluateInteger(readExpression(named(bits)[0]!, scope), scope);
		if (bits) members.add({ name: '', type: base, bits: width ?? 0 });
		// With a name it is a type in C++, and a member for the C compilers of Windows.
		else if (base.kind === 'record' && !(scope.cpp && field(typeNode, 'name'))) members.add({ name: '', type: base });
		return true;
	}
	let isReadable = true;
	// Each declarator has a width of its own, or none: `unsigned a : 16, b : 20, c;`.
	const widths = new Map(parts.map((n, at) => [parts[at - 1]?.id, n.type === 'bitfield_clause' ? n : undefined]));
	for (const declarator of declarators) {
		const bits = widths.get(declarator.id);
		const { name, type } = declared(base, declarator, scope);
		if (type.kind === 'function') {
			if (/\bvirtual\b/.test(declaration.text)) isReadable = false;
			continue;
		}
		const width = bits && evaluateInteger(readExpression(named(bits)[0]!, scope), scope);
		if (bits && width === undefined) isReadable = false;
		members.add({ name, type, ...(width === undefined ? {} : { bits: width }) });
	}
	return isReadable;
}

/** Applies a declarator (`*p`, `a[4]`, `(*f)(int)`) to a base type. */
export function declared(
	base: CType,
	declarator: Node | null,
	scope: Scope,
	depth = 0,
): { name: string; type: CType; reference?: boolean } {
	if (!declarator) return { name: '', type: base };
	if (depth > DEEPEST) return { name: declaredName(declarator) ?? '', type: UNKNOWN };
	switch (declarator.type) {
		case 'identifier':
		case 'field_identifier':
		case 'type_identifier':
		case 'qualified_identifier':
		case 'operator_name':
			return { name: declarator.text, type: base };
		case 'init_declarator':
			return arrayByInitializer(declared(base, field(declarator, 'declarator'), scope, depth + 1), declarator, scope);
		case 'pointer_declarator':
		case 'abstract_pointer_declarator':
			return declared({ kind: 'pointer', to: base }, field(declarator, 'declarator'), scope, depth + 1);
		case 'reference_declarator':
		case 'abstract_reference_declarator':
			return { ...declared(base, named(declarator).at(-1) ?? null, scope, depth + 1), reference: true };
		case 'array_declarator':
		case 'abstract_array_declarator': {
			const size = field(declarator, 'size');
			const length = size ? evaluateInteger(readExpression(size, scope), scope) : undefined;
			return declared(
				{ kind: 'array', of: base, ...(length === undefined ? {} : { length }) },
				field(declarator, 'declarator'),
				scope,
				depth + 1,
			);
		}
		case 'parenthesized_declarator':
		case 'abstract_parenthesized_declarator':
			return declared(base, named(declarator).at(-1) ?? null, scope, depth + 1);
		case 'function_declarator':
		case 'abstract_function_declarator':
			return declared({ kind: 'function' }, field(declarator, 'declarator'), scope, depth + 1);
		case 'attributed_declarator':
			return declared(base, named(declarator)[0] ?? null, scope, depth + 1);
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
	if (expr.kind === 'string') return { ...plain, type: { ...plain.type, length: expr.length } };
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
