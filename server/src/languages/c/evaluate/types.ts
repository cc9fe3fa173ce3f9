/** Types of the objects that expressions name. What cannot be told is undefined. */
import type { CType } from '../../../types/ctype.ts';
import { fieldType, type Lookup, resolveType } from '../../../types/layout.ts';
import type { Expr } from '../expression.ts';
import type { Definition, Scope } from '../model.ts';
import { step } from './steps.ts';

/** The types as seen from a scope: the file's own first, the headers' after. */
export const lookupFrom =
	(scope: Scope): Lookup =>
	(name, tag) =>
		scope.type(name) ?? scope.catalog.lookup(name, tag);

/** Type of an expression's object, names resolved; undefined when not known. */
export function typeOf(expr: Expr, scope: Scope, depth = 0): CType | undefined {
	return step(depth, () => objectType(expr, scope, depth));
}

function objectType(expr: Expr, scope: Scope, depth: number): CType | undefined {
	const lookup = lookupFrom(scope);
	const resolved = (type: CType | undefined): CType | undefined =>
		type && type.kind !== 'unknown' ? (resolveType(type, lookup) ?? type) : undefined;
	switch (expr.kind) {
		case 'name': {
			const variable = scope.variable(expr.name);
			if (variable) {
				if (isAuto(variable.type)) return autoType(variable.deduced ? [variable.deduced] : variable.reaching(), depth);
				return resolved(variable.type);
			}
			const constants = scope.constant(expr.name);
			return constants?.length === 1 ? typeOf(constants[0]!.expr, constants[0]!.scope, depth + 1) : undefined;
		}
		case 'member': {
			let object = typeOf(expr.object, scope, depth + 1);
			if (expr.arrow && object?.kind === 'pointer') object = resolved(object.to);
			else if (expr.arrow) return undefined;
			return object?.kind === 'record' ? resolved(fieldType(object, expr.name, lookup)) : undefined;
		}
		case 'index': {
			const object = typeOf(expr.object, scope, depth + 1);
			if (object?.kind === 'array') return resolved(object.of);
			return object?.kind === 'pointer' ? resolved(object.to) : undefined;
		}
		case 'unary': {
			const operand = typeOf(expr.operand, scope, depth + 1);
			if (!operand) return undefined;
			if (expr.op === '&') return { kind: 'pointer', to: operand };
			if (expr.op === '*')
				return operand.kind === 'pointer'
					? resolved(operand.to)
					: operand.kind === 'array'
						? resolved(operand.of)
						: undefined;
			return undefined;
		}
		case 'cast':
		case 'initializer':
			return resolved(expr.type);
		case 'new':
			return { kind: 'pointer', to: expr.type };
		case 'string':
			return { kind: 'array', of: { kind: 'scalar', name: 'char' }, length: expr.bytes };
		case 'conditional': {
			const a = typeOf(expr.whenTrue, scope, depth + 1);
			const b = typeOf(expr.whenFalse, scope, depth + 1);
			return a && b && JSON.stringify(a) === JSON.stringify(b) ? a : undefined;
		}
		default:
			return undefined;
	}
}

/** `auto`, `auto *`. */
const isAuto = (type: CType): boolean =>
	type.kind === 'unknown' || (type.kind === 'pointer' && type.to.kind === 'unknown');

function autoType(definitions: readonly Definition[] | undefined, depth: number): CType | undefined {
	if (definitions?.length !== 1) return undefined;
	const type = typeOf(definitions[0]!.expr, definitions[0]!.scope, depth + 1);
	return type?.kind === 'array' ? { kind: 'pointer', to: type.of } : type;
}
