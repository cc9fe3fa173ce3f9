/** What a sum of bytes is at least, where a part of it is not known. */
import type { LeastSize } from '../../../calls/model.ts';
import { type Expr, withoutCasts } from '../expression.ts';
import type { Scope } from '../model.ts';
import { evaluateSizes } from './numbers.ts';

/** Longer sums are not added up. */
const MOST_PARTS = 8;

/** Undefined where no part is known, or where what is not known may be negative. `text` gives the source of a part. */
export function leastSize(sum: Expr, scope: Scope, text: (e: Expr) => string): LeastSize | undefined {
	const parts = partsOf(withoutCasts(sum));
	if (parts.length > MOST_PARTS) return undefined;
	let [x86, x64] = [0, 0];
	const others: Expr[] = [];
	for (const part of parts) {
		const [value, ...values] = evaluateSizes(part, scope) ?? [];
		if (!value || values.length > 0) {
			others.push(part);
			continue;
		}
		x86 += value.x86;
		x64 += value.x64;
	}
	const [more] = others;
	if (others.length !== 1 || !more || x64 === 0) return undefined;
	const certain = more.kind === 'sizeof-type' || more.kind === 'sizeof-expression';
	if (!certain && more.kind !== 'name' && more.kind !== 'member') return undefined;
	return { bytes: { x86, x64, arm64: x64 }, more: text(more), certain };
}

function partsOf(e: Expr): readonly Expr[] {
	if (e.kind !== 'binary' || e.op !== '+') return [e];
	return [e.left, e.right].flatMap((side) => partsOf(withoutCasts(side)));
}
