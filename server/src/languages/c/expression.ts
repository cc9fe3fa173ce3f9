/**
 * Expressions in a form that no grammar shows through. Language adapters build them eagerly, so that nothing here
 * refers to a syntax tree and trees can be freed at once.
 */
import type { Span } from '../../syntax/span.ts';
import type { CType } from '../../types/ctype.ts';

export type Expr = Span &
	/** `decimal`: written with ordinary digits, as people write ports and times. */
	(
		| { readonly kind: 'number'; readonly value: bigint; readonly decimal?: true }
		/** `length` of the array that the literal makes, with its terminator; `text` of a short one without escapes. */
		| { readonly kind: 'string'; readonly length: number; readonly wide?: true; readonly text?: string }
		/** `NULL`, `nullptr`, `null`, `undefined`. A plain 0 is a number. */
		| { readonly kind: 'null' }
		/** Possibly qualified: `ns::name`. */
		| { readonly kind: 'name'; readonly name: string }
		| { readonly kind: 'member'; readonly object: Expr; readonly name: string; readonly arrow: boolean }
		| { readonly kind: 'index'; readonly object: Expr; readonly index: Expr }
		| {
				readonly kind: 'call';
				readonly callee: Expr;
				readonly args: readonly Expr[];
				/** `f<T>(…)`. */
				readonly typeArgs?: readonly CType[];
		  }
		/** `op` is `&`, `*`, `-`, `+`, `~` or `!`. */
		| { readonly kind: 'unary'; readonly op: string; readonly operand: Expr }
		| { readonly kind: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
		| { readonly kind: 'conditional'; readonly test: Expr; readonly whenTrue: Expr; readonly whenFalse: Expr }
		| { readonly kind: 'cast'; readonly type: CType; readonly operand: Expr }
		/** `sizeof(type)`; a lone name in parentheses is `sizeof-expression` and may still turn out to be a type. */
		| { readonly kind: 'sizeof-type'; readonly type: CType }
		| { readonly kind: 'sizeof-expression'; readonly operand: Expr }
		| { readonly kind: 'offsetof'; readonly type: CType; readonly field: string }
		/** `{ … }`, or `(T){ … }` and `T{ … }` with `type`. `names`: designators, by position. */
		| {
				readonly kind: 'initializer';
				readonly elements: readonly Expr[];
				readonly names: readonly (string | undefined)[];
				readonly type?: CType;
				/** A constructor's arguments in parentheses. */
				readonly parenthesized?: boolean;
		  }
		/** `new T`, or `new T[count]`. */
		| { readonly kind: 'new'; readonly type: CType; readonly count?: Expr; readonly array: boolean }
		| { readonly kind: 'unknown' }
	);

/** Strips casts around an expression: `(DWORD)sizeof(x)`. */
export function withoutCasts(e: Expr): Expr {
	let inner = e;
	while (inner.kind === 'cast') inner = inner.operand;
	return inner;
}

/**
 * A canonical spelling, equal for expressions that mean the same object or value without knowing any declaration:
 * spaces, parentheses and casts do not count, `(*p).x` is `p->x`, `&*p` is `p`, `p[0]` is `*p`.
 * Undefined where equality of spelling would prove nothing (a call, an assignment).
 */
export function spelling(e: Expr): string | undefined {
	switch (e.kind) {
		case 'number':
			return e.value.toString();
		case 'name':
			return e.name.replace(/^::/, '');
		case 'null':
			return 'NULL';
		case 'cast':
			return spelling(e.operand);
		case 'member': {
			const inner = e.object;
			const arrow = e.arrow || (inner.kind === 'unary' && inner.op === '*');
			const object = spelling(arrow && !e.arrow && inner.kind === 'unary' ? inner.operand : inner);
			return object === undefined ? undefined : `${object}${arrow ? '->' : '.'}${e.name}`;
		}
		case 'index': {
			const object = spelling(e.object);
			const index = spelling(e.index);
			if (object === undefined || index === undefined) return undefined;
			return index === '0' ? `*${object}` : `${object}[${index}]`;
		}
		case 'unary': {
			const operand = spelling(e.operand);
			if (operand === undefined) return undefined;
			if (e.op === '&' && operand.startsWith('*')) return operand.slice(1);
			if (e.op === '*' && operand.startsWith('&')) return operand.slice(1);
			return e.op + operand;
		}
		case 'binary': {
			const left = spelling(e.left);
			const right = spelling(e.right);
			return left === undefined || right === undefined ? undefined : `(${left}${e.op}${right})`;
		}
		case 'sizeof-expression': {
			const operand = spelling(e.operand);
			return operand === undefined ? undefined : `sizeof(${operand})`;
		}
		default:
			return undefined;
	}
}
