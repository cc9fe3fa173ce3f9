/** Integers that may differ between targets, and several at a time. */
import type { PerTarget } from '../../../types/ctype.ts';

/** An integer for a 4-byte and for an 8-byte pointer. */
export interface Pair {
	readonly narrow: bigint;
	readonly wide: bigint;
}

/** Every value an expression can have; undefined: not known. */
export type Values = readonly Pair[] | undefined;

/** More alternatives than this are as good as unknown. */
export const MOST_VALUES = 8;

export const both = (n: bigint): Pair => ({ narrow: n, wide: n });
export const pairOf = (size: PerTarget): Pair => ({ narrow: BigInt(size.x86), wide: BigInt(size.x64) });

/** One of several, of which no more are asked for than it takes to tell. */
export function union(parts: Iterable<Values>): Values {
	const all = new Map<string, Pair>();
	for (const part of parts) {
		if (!part) return undefined;
		for (const v of part) all.set(`${v.narrow}/${v.wide}`, v);
		if (all.size > MOST_VALUES) return undefined;
	}
	return all.size > 0 ? [...all.values()] : undefined;
}

/** Each value on its own. */
export function map(values: Values, f: (v: bigint) => bigint | undefined): Values {
	if (!values) return undefined;
	const result: Pair[] = [];
	for (const v of values) {
		const narrow = f(v.narrow);
		const wide = f(v.wide);
		if (narrow === undefined || wide === undefined) return undefined;
		result.push({ narrow, wide });
	}
	return result;
}

/** Each value with each. */
export function zip(left: Values, right: Values, f: (a: bigint, b: bigint) => bigint | undefined): Values {
	if (!left || !right || left.length * right.length > MOST_VALUES) return undefined;
	const result: Pair[] = [];
	for (const a of left)
		for (const b of right) {
			const narrow = f(a.narrow, b.narrow);
			const wide = f(a.wide, b.wide);
			if (narrow === undefined || wide === undefined) return undefined;
			result.push({ narrow, wide });
		}
	return union([result]);
}

const bit = (b: boolean): bigint => (b ? 1n : 0n);

/** A binary operator of C on two numbers; undefined for what it does not define, and for anything else. */
export function applied(op: string, a: bigint, b: bigint): bigint | undefined {
	switch (op) {
		case '+':
			return a + b;
		case '-':
			return a - b;
		case '*':
			return a * b;
		case '/':
			return b === 0n ? undefined : a / b;
		case '%':
			return b === 0n ? undefined : a % b;
		case '|':
			return a | b;
		case '&':
			return a & b;
		case '^':
			return a ^ b;
		case '<<':
			return b >= 0n && b < 64n ? a << b : undefined;
		case '>>':
			return b >= 0n && b < 64n ? a >> b : undefined;
		case '==':
			return bit(a === b);
		case '!=':
			return bit(a !== b);
		case '<':
			return bit(a < b);
		case '>':
			return bit(a > b);
		case '<=':
			return bit(a <= b);
		case '>=':
			return bit(a >= b);
		case '&&':
			return bit(a !== 0n && b !== 0n);
		case '||':
			return bit(a !== 0n || b !== 0n);
		default:
			return undefined;
	}
}

/** The binary operators of C. */
export const combine = (left: Values, right: Values, op: string): Values =>
	zip(left, right, (a, b) => applied(op, a, b));
