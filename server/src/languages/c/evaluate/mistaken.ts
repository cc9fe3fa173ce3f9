/** What stands in the place of an address and is none, or is the address of something else than is meant. */
import type { MistakenAddress } from '../../../calls/model.ts';
import type { CType } from '../../../types/ctype.ts';
import { resolveType, sizeOf, typeText } from '../../../types/layout.ts';
import { SCALARS } from '../../../types/scalars.ts';
import { type Expr, spelling, withoutCasts } from '../expression.ts';
import type { Scope } from '../model.ts';
import { evaluate } from './numbers.ts';
import { lookupFrom, typeOf } from './types.ts';

/** What is mistaken about a pointer argument, with its casts; undefined where nothing is known to be. */
export function mistakenAddress(expr: Expr, scope: Scope): MistakenAddress | undefined {
	const inner = withoutCasts(expr);
	if (isTruth(inner)) return { kind: 'number', values: [1, 0] };
	const numbers = inner.kind === 'conditional' || inner.kind === 'name' ? evaluate(inner, scope) : undefined;
	if (numbers) {
		const values = numbers.map(({ wide }) => Number(BigInt.asUintN(64, wide)));
		return values.some((value) => value !== 0) ? { kind: 'number', values } : undefined;
	}
	const type = typeOf(inner, scope);
	const object = spelling(inner);
	if (!type || object === undefined) return undefined;
	if (type.kind === 'scalar' || type.kind === 'enum') return ofScalar(expr, type, object, scope);
	if (type.kind !== 'pointer') return undefined;
	const to = resolveType(type.to, lookupFrom(scope)) ?? type.to;
	// What reads as the address of a function by `&` may be a variable of a type that cannot be read.
	if (to.kind === 'function') return inner.kind === 'unary' ? undefined : { kind: 'function', object };
	if (inner.kind === 'name') {
		if (isNeverSet(inner.name, scope)) return { kind: 'unset', object };
		const number = numberIn(inner.name, scope);
		if (number !== undefined) return { kind: 'number', values: [number] };
	}
	const cast = expr.kind === 'cast' ? resolveType(expr.type, lookupFrom(scope)) : undefined;
	return ofPointer(to, cast, object, scope);
}

/** `!x`, `x != 0`: 1 or 0. */
const isTruth = (e: Expr): boolean =>
	(e.kind === 'unary' && e.op === '!') || (e.kind === 'binary' && /^(?:[=!]=|[<>]=?|&&|\|\|)$/.test(e.op));

const FUNCTIONS = /^(?:LPFN_\w+|(?:FAR|NEAR)?PROC|LPWSAOVERLAPPED_COMPLETION_ROUTINE)$/;

function ofScalar(expr: Expr, type: CType, object: string, scope: Scope): MistakenAddress | undefined {
	if (type.kind === 'scalar' && FUNCTIONS.test(type.name)) return { kind: 'function', object };
	// An enumeration is an int.
	const bytes = type.kind === 'scalar' ? SCALARS[type.name] : 4;
	if (typeof bytes !== 'number' || bytes > 4 || isFloat(type)) return undefined;
	// Who makes it as wide as an address by hand knows what it is.
	return isWidened(expr, scope) ? undefined : { kind: 'integer', object, bytes };
}

const isFloat = (type: CType): boolean => type.kind === 'scalar' && /^(?:float|FLOAT)$/.test(type.name);

function isWidened(expr: Expr, scope: Scope): boolean {
	for (let e = expr; e.kind === 'cast'; e = e.operand) {
		const type = resolveType(e.type, lookupFrom(scope));
		const size = type?.kind === 'scalar' ? sizeOf(type, lookupFrom(scope)) : undefined;
		if (size && size.x64 > 4) return true;
	}
	return false;
}

/** A local pointer that nothing has given a value. */
function isNeverSet(name: string, scope: Scope): boolean {
	const written = scope.variable(name)?.written?.();
	return written !== undefined && written.length === 0;
}

/** The number that a pointer variable was set to in the place of an address. */
function numberIn(name: string, scope: Scope): number | undefined {
	const definitions = scope.variable(name)?.reaching();
	const [only] = definitions?.length === 1 ? definitions : [];
	const value = only && withoutCasts(only.expr);
	return value?.kind === 'number' && value.value !== 0n ? Number(BigInt.asUintN(64, value.value)) : undefined;
}

/** A cast between a pointer to something and a pointer to a pointer to the very same. */
function ofPointer(to: CType, cast: CType | undefined, object: string, scope: Scope): MistakenAddress | undefined {
	const resolved = (type: CType): CType => resolveType(type, lookupFrom(scope)) ?? type;
	const target = cast?.kind === 'pointer' ? resolved(cast.to) : undefined;
	if (target?.kind === 'pointer' && to.kind !== 'pointer')
		return isSame(resolved(target.to), to) ? { kind: 'pointer', object } : undefined;
	if (to.kind !== 'pointer') return undefined;
	const pointee = resolved(to.to);
	if (pointee.kind === 'pointer' || pointee.kind === 'function') return undefined;
	if (target && target.kind !== 'void')
		return isSame(target, pointee) ? { kind: 'address', object: dereferenced(object) } : undefined;
	return pointee.kind === 'record' ? { kind: 'address', object: dereferenced(object), of: pointee.name } : undefined;
}

const isSame = (a: CType, b: CType): boolean =>
	a.kind !== 'void' && a.kind !== 'unknown' && a.kind === b.kind && typeText(a) === typeText(b);

const dereferenced = (object: string): string => (object.startsWith('&') ? object.slice(1) : `*${object}`);
