/** Constant tables: what an element or a member of one can be. */
import { resolveType } from '../../../types/layout.ts';
import type { Expr } from '../expression.ts';
import type { Definition, Scope } from '../model.ts';
import { lookupFrom, typeOf } from './types.ts';

/** Larger tables are not gone through. */
const MOST_ELEMENTS = 64;

/**
 * Every value that a part of a constant table can have; undefined where that cannot be told.
 * @param integer the value of an index, where it has one.
 */
export function partsOf(
	e: Expr,
	scope: Scope,
	integer: (e: Expr) => number | undefined,
): readonly Definition[] | undefined {
	switch (e.kind) {
		case 'name': {
			const variable = scope.variable(e.name);
			const isOfPointers = variable?.type.kind === 'array' && variable.type.of.kind === 'pointer';
			return variable?.constant && !isOfPointers ? variable.reaching() : undefined;
		}
		case 'index': {
			const type = typeOf(e.object, scope);
			const length = type?.kind === 'array' ? type.length : undefined;
			const at = integer(e.index);
			const tables = length === undefined ? undefined : partsOf(e.object, scope, integer);
			return eachOf(tables, ({ expr, scope: from }) => {
				// Elements that are not written are 0.
				if (expr.kind !== 'initializer' || expr.elements.length !== length || length > MOST_ELEMENTS) return undefined;
				if (expr.names.some((name) => name !== undefined)) return undefined;
				const some = at === undefined ? expr.elements : expr.elements.slice(at, at + 1);
				return some.map((element) => ({ expr: element, scope: from }));
			});
		}
		case 'member': {
			const type = e.arrow ? undefined : typeOf(e.object, scope);
			const record = type && resolveType(type, lookupFrom(scope));
			if (record?.kind !== 'record' || record.union) return undefined;
			const position = record.fields.findIndex((field) => field.name === e.name);
			const wholes = position < 0 ? undefined : partsOf(e.object, scope, integer);
			return eachOf(wholes, ({ expr, scope: from }) => {
				if (expr.kind !== 'initializer') return undefined;
				const named = expr.names.indexOf(e.name);
				const isPlain = expr.names.every((name) => name === undefined);
				const element = expr.elements[isPlain ? position : named];
				return element ? [{ expr: element, scope: from }] : undefined;
			});
		}
		default:
			return undefined;
	}
}

function eachOf(
	all: readonly Definition[] | undefined,
	part: (whole: Definition) => readonly Definition[] | undefined,
): readonly Definition[] | undefined {
	const found: Definition[] = [];
	for (const whole of all ?? []) {
		const parts = part(whole);
		if (!parts) return undefined;
		found.push(...parts);
	}
	return found.length > 0 && found.length <= MOST_ELEMENTS ? found : undefined;
}
