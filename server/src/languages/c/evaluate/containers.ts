/** Containers and views of the C++ library whose length the source shows. */
import { type CType, type PerTarget, times } from '../../../types/ctype.ts';
import { resolveType, sizeOf } from '../../../types/layout.ts';
import { type Expr, withoutCasts } from '../expression.ts';
import type { Definition, Scope, Variable } from '../model.ts';
import { both, type Pair } from './pairs.ts';
import { step } from './steps.ts';
import { templateOf, typeArgument, withoutStd } from './templates.ts';
import { isAuto, lookupFrom, typeOf } from './types.ts';

/** The one value of an expression. */
export type IntegerOf = (e: Expr | undefined, from: Scope) => Pair | undefined;

export interface Container {
	readonly count?: Pair;
	readonly bytes?: PerTarget;
}

type Kind = 'array' | 'list' | 'owner' | 'view';

const KINDS: ReadonlyMap<string, Kind> = new Map([
	['array', 'array'],
	['vector', 'list'],
	['string', 'list'],
	['basic_string', 'list'],
	['unique_ptr', 'owner'],
	['span', 'view'],
	['gsl::span', 'view'],
]);

/** Member functions that leave a container's length alone. */
const KEEPS_LENGTH =
	/^(?:data|get|begin|c?end|c?begin|size|size_bytes|length|empty|front|back|at|fill|capacity|reserve|shrink_to_fit)$/;
const SETS_LENGTH = /^(?:resize|assign)$/;

/** What a variable or an expression is: its kind, its elements and its length as far as its type says it. */
interface Shape {
	readonly kind: Kind;
	/** Absent: what it is made of says it. */
	readonly element?: CType | undefined;
	readonly length?: string | undefined;
}

/** A container or a view that is made with a length and never resized: elements and bytes. */
export const containerOf = (object: Expr, scope: Scope, integer: IntegerOf): Container | undefined =>
	step(() => new Reader(scope, integer).read(withoutCasts(object)));

class Reader {
	readonly #scope: Scope;
	readonly #integer: IntegerOf;

	constructor(scope: Scope, integer: IntegerOf) {
		this.#scope = scope;
		this.#integer = integer;
	}

	read(object: Expr): Container | undefined {
		if (object.kind === 'name') {
			const variable = this.#scope.variable(object.name);
			return variable && this.#ofVariable(variable);
		}
		return this.#ofMade({ expr: object, scope: this.#scope });
	}

	#ofVariable(variable: Variable): Container | undefined {
		const { type } = variable;
		const definitions = variable.reaching();
		const made = definitions?.length === 1 ? definitions[0] : undefined;
		if (isAuto(type)) {
			const from = made ?? (variable.ownStorage ? undefined : variable.deduced);
			return from && isUnchanged(variable) ? this.#ofMade(from) : undefined;
		}
		const shape = type.kind === 'named' ? shapeOf(type.name) : undefined;
		if (!shape) return undefined;
		if (shape.kind === 'array') return this.#sized(shape, this.#length(shape.length));
		if (shape.kind !== 'view' && !isUnchanged(variable)) return this.#resized(shape, variable);
		return made ? this.#filled(shape, made) : {};
	}

	/** An expression that makes one: `std::span(x)`, `std::make_unique<T[]>(n)`. */
	#ofMade({ expr, scope }: Definition): Container | undefined {
		const e = withoutCasts(expr);
		if (e.kind === 'name') return containerOf(e, scope, this.#integer);
		if (e.kind === 'initializer' && e.type?.kind === 'named') {
			const shape = shapeOf(e.type.name);
			return shape && this.#filled(shape, { expr: e, scope });
		}
		if (e.kind !== 'call' || e.callee.kind !== 'name') return undefined;
		const { args } = e;
		const name = withoutStd(e.callee.name);
		if (/^as_(?:writable_)?bytes$/.test(name)) return this.#bytesOf(args, scope);
		if (isMakeUnique(e)) return this.#filled({ kind: 'owner' }, { expr: e, scope });
		const [element] = e.typeArgs ?? [];
		const shape = shapeOf(name.replace(/^gsl::make_span$/, 'span'));
		if (!shape) return undefined;
		const parts: Expr = { ...spanOf(e), kind: 'initializer', parenthesized: true, elements: args, names: [] };
		return this.#filled({ ...shape, element: element ?? shape.element }, { expr: parts, scope });
	}

	#bytesOf([viewed, ...others]: readonly Expr[], scope: Scope): Container | undefined {
		const bytes = viewed && others.length === 0 ? this.#viewed(viewed, scope)?.bytes : undefined;
		return bytes && { bytes, count: { narrow: BigInt(bytes.x86), wide: BigInt(bytes.x64) } };
	}

	/** What a definition fills a container with. */
	#filled(shape: Shape, { expr, scope }: Definition): Container | undefined {
		if (shape.kind === 'view') return this.#view(shape, { expr, scope });
		let from = expr;
		if (from.kind === 'initializer' && shape.kind === 'list') {
			const { elements, parenthesized } = from;
			if (!parenthesized) return this.#areElements(elements, shape, scope) ? this.#sized(shape, countOf(elements)) : {};
			return elements.length > 0 && elements.length <= 2 ? this.#sized(shape, this.#integer(elements[0], scope)) : {};
		}
		if (from.kind === 'initializer') {
			if (from.elements.length !== 1) return {};
			from = from.elements[0] as Expr;
		}
		if (from.kind === 'new')
			return from.array
				? this.#sized({ ...shape, element: from.type }, this.#integer(from.count, scope))
				: one(from.type, scope);
		if (!isMakeUnique(from)) return {};
		const [of] = from.typeArgs ?? [];
		if (of?.kind === 'array') return this.#sized({ ...shape, element: of.of }, this.#integer(from.args[0], scope));
		return of ? one(of, scope) : {};
	}

	/** In braces numbers stand for themselves: `std::vector<char> v{64}` holds one. Anything else may make a whole one. */
	#areElements(elements: readonly Expr[], { element }: Shape, scope: Scope): boolean {
		return (
			isNumber(element, scope) && elements.every((e) => isNumber(typeOf(withoutCasts(e), scope), scope) || isLiteral(e))
		);
	}

	/** What a view is made of: a pointer with a number, an array, or another container. */
	#view(shape: Shape, { expr, scope }: Definition): Container {
		const parts = expr.kind === 'initializer' ? expr.elements : [expr];
		const [first, count, ...others] = parts;
		if (!first || others.length > 0) return {};
		const element = shape.element ?? elementOf(typeOf(withoutCasts(first), scope));
		const own = { ...shape, element };
		if (shape.length !== undefined) return this.#sized(own, this.#length(shape.length)) ?? {};
		if (count) return this.#sized(own, this.#integer(count, scope)) ?? {};
		return this.#viewed(first, scope) ?? {};
	}

	#viewed(object: Expr, scope: Scope): Container | undefined {
		const type = typeOf(withoutCasts(object), scope);
		if (type?.kind !== 'array') return containerOf(object, scope, this.#integer);
		return type.length === undefined ? undefined : sized(type.of, both(BigInt(type.length)), scope);
	}

	/** Where all that changes the length is one call that has surely run. */
	#resized(shape: Shape, variable: Variable): Container {
		const changing = [...(variable.methods?.() ?? [])].filter(([method]) => !KEEPS_LENGTH.test(method));
		const [[method = '', times = 0] = []] = changing;
		const isOne = shape.kind === 'list' && changing.length === 1 && times === 1 && SETS_LENGTH.test(method);
		const length = isOne ? variable.lengthSet?.() : undefined;
		return (length && this.#sized(shape, this.#integer(length.expr, length.scope))) ?? {};
	}

	#length(text: string | undefined): Pair | undefined {
		if (text === undefined) return undefined;
		return /^\d+$/.test(text)
			? both(BigInt(text))
			: this.#integer({ start: 0, end: 0, kind: 'name', name: text }, this.#scope);
	}

	#sized({ element }: Shape, count: Pair | undefined): Container | undefined {
		return sized(element, count, this.#scope);
	}
}

function sized(element: CType | undefined, count: Pair | undefined, scope: Scope): Container {
	if (!count || count.wide < 0n || count.wide > 0x7fffffffn) return {};
	const size = element && sizeOf(element, lookupFrom(scope));
	if (!size) return { count };
	const many = times(size, Number(count.wide));
	const bytes = count.narrow === count.wide ? many : { ...many, x86: size.x86 * Number(count.narrow) };
	return { count, bytes };
}

const elementOf = (type: CType | undefined): CType | undefined => {
	if (type?.kind === 'pointer') return type.to;
	return type?.kind === 'array' ? type.of : undefined;
};

/** One object that a pointer owns. */
function one(type: CType, scope: Scope): Container {
	const bytes = sizeOf(type, lookupFrom(scope));
	return bytes ? { bytes } : {};
}

const countOf = (elements: readonly Expr[]): Pair => both(BigInt(elements.length));

const isUnchanged = ({ methods }: Variable): boolean =>
	[...(methods?.() ?? [])].every(([method]) => KEEPS_LENGTH.test(method));

const isNumber = (type: CType | undefined, scope: Scope): boolean =>
	/^(?:scalar|enum)$/.test((type && resolveType(type, lookupFrom(scope)))?.kind ?? '');

const isLiteral = (e: Expr): boolean => e.kind === 'number' || (e.kind === 'unary' && isLiteral(e.operand));

const spanOf = ({ start, end }: Expr) => ({ start, end });

/** The kind of a type, its elements and its length. */
function shapeOf(name: string): Shape | undefined {
	const template = templateOf(name);
	const plain = template?.name ?? withoutStd(name);
	const kind = KINDS.get(plain);
	if (!kind) return undefined;
	const [element = plain === 'string' || plain === 'basic_string' ? 'char' : undefined, length] = template?.args ?? [];
	const words = element?.replace(/\[\]$/, '').replace(/^const\s+/, '');
	return {
		kind,
		...(words === undefined ? {} : { element: typeArgument(words) }),
		...(length === undefined || kind === 'list' || kind === 'owner' ? {} : { length }),
	};
}

const isMakeUnique = (e: Expr | undefined): e is Expr & { kind: 'call' } =>
	e?.kind === 'call' &&
	e.callee.kind === 'name' &&
	/^(?:std::)?make_(?:unique|shared)(?:_for_overwrite)?$/.test(e.callee.name);
