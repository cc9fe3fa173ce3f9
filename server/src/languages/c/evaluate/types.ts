/** Types of the objects that expressions name. What cannot be told is undefined. */
import type { CType } from '../../../types/ctype.ts';
import { fieldType, type Lookup, resolveType } from '../../../types/layout.ts';
import type { Expr } from '../expression.ts';
import type { Scope, Variable } from '../model.ts';
import { step } from './steps.ts';
import { templateOf, typeArgument } from './templates.ts';

/** The types as seen from a scope: the file's own first, the headers' after. */
export const lookupFrom =
	(scope: Scope): Lookup =>
	(name, tag) => {
		const own = scope.type(name) ?? arrayOf(name);
		const plain = STANDARD.exec(name)?.[1] ?? name;
		// `typedef ULONG WS(u_long);` of a copy of the headers reads as a function.
		return own && own.kind !== 'function' ? own : (scope.catalog.lookup(plain, tag) ?? BYTES.get(name) ?? own);
	};

/** `std::array<T,4>`, which lies in memory as an array does. */
function arrayOf(name: string): CType | undefined {
	const template = name.endsWith('>') ? templateOf(name) : undefined;
	const [of, length] = template?.args ?? [];
	if (template?.name !== 'array' || of === undefined || !/^[1-9]\d{0,8}$/.test(length ?? '')) return undefined;
	return { kind: 'array', of: typeArgument(of), length: Number(length), isObject: true };
}

/** Types of the C library that have a name in the C++ library too. */
const STANDARD = /^std::((?:u?int\d+|u?intptr|size|ptrdiff)_t)$/;
const BYTES: ReadonlyMap<string, CType> = new Map([['std::byte', { kind: 'scalar', name: 'unsigned char' }]]);

/** Type of an expression's object, names resolved; undefined when not known. */
export function typeOf(expr: Expr, scope: Scope): CType | undefined {
	return step(() => objectType(expr, scope));
}

function objectType(expr: Expr, scope: Scope): CType | undefined {
	const lookup = lookupFrom(scope);
	const resolved = (type: CType | undefined): CType | undefined =>
		type && type.kind !== 'unknown' ? (resolveType(type, lookup) ?? type) : undefined;
	switch (expr.kind) {
		case 'name': {
			const variable = scope.variable(expr.name);
			if (variable) {
				if (isAuto(variable.type)) return autoType(variable);
				return resolved(variable.type);
			}
			const constants = scope.constant(expr.name);
			return constants?.length === 1 ? typeOf(constants[0]!.expr, constants[0]!.scope) : undefined;
		}
		case 'member': {
			let object = typeOf(expr.object, scope);
			const owned = expr.arrow && object ? ownedType(object) : undefined;
			if (owned) object = resolved(owned);
			else if (expr.arrow && object?.kind === 'pointer') object = resolved(object.to);
			else if (expr.arrow) return undefined;
			return object && resolved(memberType(object, expr.name, lookup));
		}
		case 'index': {
			const object = typeOf(expr.object, scope);
			if (object?.kind === 'array') return resolved(object.of);
			const element = object?.kind === 'named' ? elementOf(object.name) : undefined;
			if (element) return resolved(element);
			return object?.kind === 'pointer' ? resolved(object.to) : undefined;
		}
		case 'unary': {
			const operand = typeOf(expr.operand, scope);
			if (!operand) return undefined;
			if (expr.op === '&') return { kind: 'pointer', to: operand };
			const owned = expr.op === '*' ? ownedType(operand) : undefined;
			if (owned) return resolved(owned);
			if (expr.op === '*')
				return operand.kind === 'pointer'
					? resolved(operand.to)
					: operand.kind === 'array'
						? resolved(operand.of)
						: undefined;
			return undefined;
		}
		case 'call': {
			const to = givenBy(expr, scope);
			return to && resolved({ kind: 'pointer', to });
		}
		case 'cast':
		case 'initializer':
			return resolved(expr.type);
		case 'new':
			return { kind: 'pointer', to: expr.type };
		case 'string':
			return { kind: 'array', of: { kind: 'scalar', name: expr.wide ? 'wchar_t' : 'char' }, length: expr.length };
		case 'conditional': {
			const a = typeOf(expr.whenTrue, scope);
			const b = typeOf(expr.whenFalse, scope);
			return a && b && JSON.stringify(a) === JSON.stringify(b) ? a : undefined;
		}
		default:
			return undefined;
	}
}

/** The type of a member; of several definitions of an object that of those which have one of that name. */
function memberType(object: CType, name: string, lookup: Lookup): CType | undefined {
	if (object.kind === 'record') return fieldType(object, name, lookup);
	if (object.kind !== 'unknown' || !object.variants) return undefined;
	const found = object.variants.flatMap((variant): CType | readonly [] => {
		const is = resolveType(variant, lookup);
		if (!is || is === object) return [];
		return step(() => memberType(is, name, lookup)) ?? [];
	});
	const [first, ...others] = found;
	return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : undefined;
}

/** What `.data()`, `.get()` and `std::data` point to. */
function givenBy({ callee, args }: Expr & { kind: 'call' }, scope: Scope): CType | undefined {
	const isMethod = callee.kind === 'member' && !callee.arrow && args.length === 0;
	if (isMethod && /^(?:data|get)$/.test(callee.name)) {
		const type = typeOf(callee.object, scope);
		return callee.name === 'get' ? type && ownedType(type) : elementsType(type);
	}
	const of = dataOf(callee, args);
	return of && elementsType(typeOf(of, scope));
}

/** What a call of `std::data` is asked of. */
export function dataOf(callee: Expr, args: readonly Expr[]): Expr | undefined {
	const [of, ...others] = callee.kind === 'name' && /^(?:::)?std::data$/.test(callee.name) ? args : [];
	return others.length === 0 ? of : undefined;
}

const elementsType = (type: CType | undefined): CType | undefined => {
	if (type?.kind === 'array') return type.of;
	return type?.kind === 'named' ? elementOf(type.name) : undefined;
};

/** The element of an array, a list or a view of the C++ library. */
function elementOf(name: string): CType | undefined {
	if (/^(?:std::)?string$/.test(name)) return { kind: 'scalar', name: 'char' };
	const template = templateOf(name);
	const [element = 'bool'] = template?.args ?? [];
	const isKnown = template && /^(?:array|vector|basic_string|span|gsl::span)$/.test(template.name);
	return isKnown && element !== 'bool' ? typeArgument(element) : undefined;
}

/** What a pointer of the C++ library that owns one object points to. */
function ownedType(type: CType): CType | undefined {
	const template = type.kind === 'named' ? templateOf(type.name) : undefined;
	const [owned = ''] = template && /^(?:unique|shared)_ptr$/.test(template.name) ? template.args : [];
	if (owned === '') return undefined;
	return typeArgument(owned.replace(/\[\]$/, ''));
}

/** `auto`, `auto *`. */
export const isAuto = (type: CType): boolean =>
	type.kind === 'unknown' || (type.kind === 'pointer' && type.to.kind === 'unknown');

function autoType({ deduced, reaching, ownStorage }: Variable): CType | undefined {
	const definitions = deduced ? [deduced] : reaching();
	if (definitions?.length !== 1) return undefined;
	const [made] = definitions;
	if (made?.expr.kind === 'call' && made.expr.callee.kind === 'name') {
		const [, owner] = /^(?:std::)?make_(unique|shared)$/.exec(made.expr.callee.name) ?? [];
		const [of] = made.expr.typeArgs ?? [];
		if (owner && of?.kind === 'named') return { kind: 'named', name: `std::${owner}_ptr<${of.name}>` };
	}
	const type = typeOf(definitions[0]!.expr, definitions[0]!.scope);
	// A reference is the array itself.
	return type?.kind === 'array' && ownStorage && !type.isObject ? { kind: 'pointer', to: type.of } : type;
}
