/** Containers of the C++ library whose length the source shows. */
import type { PerTarget } from '../../../types/ctype.ts';
import { parseTypeName, sizeOf } from '../../../types/layout.ts';
import type { Expr } from '../expression.ts';
import type { Scope } from '../model.ts';
import { both, type Pair } from './pairs.ts';
import { lookupFrom } from './types.ts';

/** The one value of an expression. */
export type IntegerOf = (e: Expr | undefined, from: Scope) => Pair | undefined;

export interface Container {
	readonly count?: Pair;
	readonly bytes?: PerTarget;
}

const CONTAINER = /^(?:std::)?(vector|array|basic_string|string|unique_ptr)(?:<(.*)>)?$/;
/** Member functions that leave a container's length alone. */
const KEEPS_LENGTH = /^(?:data|get|begin|c?end|c?begin|size|length|empty|front|back|at|fill|capacity)$/;

/** A `std::array`, or a `std::vector` or `unique_ptr<T[]>` made with a length and never resized: elements and bytes. */
export function containerOf(object: Expr, scope: Scope, integer: IntegerOf): Container | undefined {
	if (object.kind !== 'name') return undefined;
	const variable = scope.variable(object.name);
	if (!variable) return undefined;
	const definitions = variable.reaching();
	const made = definitions?.length === 1 ? definitions[0] : undefined;
	const ofAuto = variable.type.kind === 'unknown' && isMakeUnique(made?.expr) ? made.expr.typeArgs?.[0] : undefined;
	const match = variable.type.kind === 'named' ? CONTAINER.exec(variable.type.name) : null;
	if (!match && ofAuto?.kind !== 'array') return undefined;
	const [, container, argument] = match ?? ['', 'unique_ptr'];
	const parts = (argument ?? 'char').split(',').map((a) => a.trim());
	const element = sizeOf(
		ofAuto?.kind === 'array' ? ofAuto.of : parseTypeName(parts[0]!.replace(/\[\]$/, '')),
		lookupFrom(scope),
	);
	const sized = (count: Pair | undefined) => {
		if (!count || count.wide < 0n || count.wide > 0x7fffffffn) return {};
		const bytes = element && {
			x86: Number(count.narrow) * element.x86,
			x64: Number(count.wide) * element.x64,
			arm64: Number(count.wide) * element.x64,
		};
		return { count, ...(bytes ? { bytes } : {}) };
	};
	if (container === 'array') {
		const length = parts[1];
		if (!length) return undefined;
		const at = { start: 0, end: 0 };
		return sized(/^\d+$/.test(length) ? both(BigInt(length)) : integer({ ...at, kind: 'name', name: length }, scope));
	}
	if (variable.methods?.().some((m) => !KEEPS_LENGTH.test(m))) return {};
	if (!made) return {};
	let from = made.expr;
	if (from.kind === 'initializer' && from.parenthesized) {
		if (container !== 'unique_ptr')
			return from.elements.length <= 2 ? sized(integer(from.elements[0], made.scope)) : {};
		if (from.elements.length !== 1) return {};
		from = from.elements[0]!;
	}
	if (container !== 'unique_ptr') return {};
	if (from.kind === 'new' && from.array) return sized(integer(from.count, made.scope));
	return isMakeUnique(from) ? sized(integer(from.args[0], made.scope)) : {};
}

const isMakeUnique = (e: Expr | undefined): e is Expr & { kind: 'call' } =>
	e?.kind === 'call' && e.callee.kind === 'name' && /^(?:std::)?make_unique(?:_for_overwrite)?$/.test(e.callee.name);
