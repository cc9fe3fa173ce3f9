/**
 * Integers of expressions, for each target. Whatever cannot be told is `undefined`; nothing is guessed.
 */
import type { CodeMacro } from '../../../catalog/family.ts';
import type { CType, PerTarget } from '../../../types/ctype.ts';
import { fieldOffset, resolveType, sizeOf } from '../../../types/layout.ts';
import { entryOf } from '../../../types/own.ts';
import { scalarKind } from '../../../types/scalars.ts';
import type { Expr } from '../expression.ts';
import type { Definition, MacroFunction, Scope } from '../model.ts';
import { containerOf, type IntegerOf } from './containers.ts';
import { both, combine, MOST_VALUES, map, type Pair, pairOf, union, type Values, zip } from './pairs.ts';
import { step } from './steps.ts';
import { Substituted } from './substituted.ts';
import { partsOf } from './tables.ts';
import { lookupFrom, typeOf } from './types.ts';

/** A single integer that holds on every target (an array's length, a bit-field's width). */
export function evaluateInteger(expr: Expr, scope: Scope): number | undefined {
	const values = evaluate(expr, scope);
	if (values?.length !== 1) return undefined;
	const [only] = values;
	return only!.narrow === only!.wide && only!.wide >= 0n && only!.wide <= 0x7fffffffn ? Number(only!.wide) : undefined;
}

/** Every value of a control code expression, unsigned 32 bits; undefined when not known. */
export function evaluateCode(expr: Expr, scope: Scope): readonly number[] | undefined {
	const values = evaluate(expr, scope);
	if (!values) return undefined;
	const codes = new Set<number>();
	for (const { narrow, wide } of values) {
		const code = Number(BigInt.asUintN(32, wide));
		if (Number(BigInt.asUintN(32, narrow)) !== code) return undefined;
		codes.add(code);
	}
	return [...codes];
}

/** Every value of a size in bytes, as the DWORD that the function receives; undefined when not known. */
export function evaluateSizes(expr: Expr, scope: Scope): readonly PerTarget[] | undefined {
	return evaluate(expr, scope)?.map(({ narrow, wide }) => {
		const x64 = Number(BigInt.asUintN(32, wide));
		return { x86: Number(BigInt.asUintN(32, narrow)), x64, arm64: x64 };
	});
}

/** Every value of an expression. */
export function evaluate(expr: Expr, scope: Scope): Values {
	return step(() => valuesOf(expr, scope));
}

function valuesOf(expr: Expr, scope: Scope): Values {
	const next = (e: Expr) => evaluate(e, scope);
	switch (expr.kind) {
		case 'number':
			return [both(expr.value)];
		case 'null':
			return [both(0n)];
		case 'name':
			return evaluateName(expr.name, scope);
		case 'cast':
			return truncate(next(expr.operand), expr.type, scope);
		case 'index':
		case 'member':
			return ofDefinitions(partsOf(expr, scope, (index) => evaluateInteger(index, scope)));
		case 'unary':
			return map(next(expr.operand), (v) => {
				switch (expr.op) {
					case '-':
						return -v;
					case '+':
						return v;
					case '~':
						return ~v;
					case '!':
						return v === 0n ? 1n : 0n;
					default:
						return undefined;
				}
			});
		case 'binary':
			return combine(next(expr.left), next(expr.right), expr.op);
		case 'conditional': {
			const test = next(expr.test);
			if (test?.length === 1) return next(test[0]!.wide !== 0n ? expr.whenTrue : expr.whenFalse);
			return union([next(expr.whenTrue), next(expr.whenFalse)]);
		}
		case 'sizeof-type': {
			const { type } = expr;
			// `sizeof(Class::member)` reads as the size of a type.
			const isMember = type.kind === 'named' && type.name.includes('::');
			const size =
				sizeOf(type, lookupFrom(scope)) ??
				(isMember ? sizeOfExpression({ ...expr, kind: 'name', name: type.name }, scope) : undefined);
			return size && [pairOf(size)];
		}
		case 'sizeof-expression': {
			const size = sizeOfExpression(expr.operand, scope);
			return size && [pairOf(size)];
		}
		case 'offsetof': {
			const offset = fieldOffset(expr.type, expr.field, lookupFrom(scope));
			return offset && [pairOf(offset)];
		}
		case 'call':
			return evaluateCall(expr, scope);
		case 'initializer':
			// `DWORD{12}`, `= {12}`.
			return expr.elements.length === 1 ? next(expr.elements[0]!) : undefined;
		default:
			return undefined;
	}
}

function evaluateName(name: string, scope: Scope): Values {
	const variable = scope.variable(name);
	if (variable) {
		const type = resolveType(variable.type, lookupFrom(scope));
		// `auto` is what it is set to.
		if (type && type.kind !== 'scalar' && type.kind !== 'enum' && type.kind !== 'unknown') return undefined;
		// An object such as `std::atomic<DWORD>` has functions that change it.
		if (!type && variable.type.kind === 'named' && variable.type.name.includes('<')) return undefined;
		return truncate(ofDefinitions(variable.reaching()), variable.type, scope);
	}
	const own = scope.constant(name);
	if (own) return ofDefinitions(own);
	const plain = name.replace(/^::/, '');
	const known = scope.catalog.code(plain);
	// A spelling that only a document uses does not compile: the file must mean something of its own.
	if (known && known.alias?.kind !== 'document') return [both(BigInt(known.code.opcode.value))];
	const constant = scope.catalog.headerConstant(plain) ?? entryOf(HEADER_CONSTANTS, plain);
	return constant === undefined ? undefined : [both(BigInt(constant))];
}

const ofDefinitions = (definitions: readonly Definition[] = []): Values => union(valuesOfEach(definitions));

function* valuesOfEach(definitions: readonly Definition[]): Generator<Values> {
	for (const definition of definitions) yield valuesOfOne(definition);
}

/** Where each definition that is being evaluated is seen from. */
const open = new Map<Expr, readonly Scope[]>();

function valuesOfOne({ expr, scope }: Definition): Values {
	const around = open.get(expr) ?? [];
	// What is made of itself is not known.
	if (around.includes(scope)) return undefined;
	open.set(expr, [...around, scope]);
	try {
		return evaluate(expr, scope);
	} finally {
		if (around.length > 0) open.set(expr, around);
		else open.delete(expr);
	}
}

/** Constants of the Windows headers, and of the C library there, that sizes are written with. */
const HEADER_CONSTANTS: Readonly<Record<string, number>> = {
	TRUE: 1,
	FALSE: 0,
	MAX_PATH: 260,
	ANYSIZE_ARRAY: 1,
	MAXGETHOSTSTRUCT: 1024,
	INET_ADDRSTRLEN: 22,
	INET6_ADDRSTRLEN: 65,
	BUFSIZ: 512,
};

function evaluateCall(expr: Expr & { kind: 'call' }, scope: Scope): Values {
	if (expr.callee.kind === 'member') return evaluateMethod(expr, expr.callee, scope);
	if (expr.callee.kind !== 'name') return undefined;
	const name = expr.callee.name;
	const own = scope.macroFunction(name);
	if (own) return ofCalled(own, expr, scope);
	const arg = (i: number): Values => (expr.args[i] ? evaluate(expr.args[i]!, scope) : undefined);
	const macro = scope.catalog.macro(name);
	if (macro && macro.parameters.length === expr.args.length) return codeOf(macro, expr.args, scope);
	if (/^(?:_countof|ARRAYSIZE|ARRAY_SIZE|RTL_NUMBER_OF|(?:::)?std::s?size)$/.test(name) && expr.args.length === 1) {
		const [counted] = expr.args as [Expr];
		const type = typeOf(counted, scope);
		if (type?.kind === 'array') return type.length === undefined ? undefined : [both(BigInt(type.length))];
		const count = /size$/.test(name) ? containerOf(counted, scope, single)?.count : undefined;
		return count && [count];
	}
	if ((name === 'IP_MSFILTER_SIZE' || name === 'GROUP_FILTER_SIZE') && expr.args.length === 1) {
		const [struct, tail] =
			name === 'IP_MSFILTER_SIZE' ? (['IP_MSFILTER', 'imsf_slist'] as const) : (['GROUP_FILTER', 'gf_slist'] as const);
		const type: CType = { kind: 'named', name: struct };
		const header = fieldOffset(type, tail, scope.catalog.lookup);
		const upTo = fieldOffset(type, `${tail}[1]`, scope.catalog.lookup);
		if (!header || !upTo) return undefined;
		return map(arg(0), (n) => BigInt(header.x64) + n * BigInt(upTo.x64 - header.x64));
	}
	if (/^(?:std::)?(?:min|max)$/i.test(name) && expr.args.length === 2)
		return zip(arg(0), arg(1), (a, b) => (/min$/i.test(name) === a < b ? a : b));
	const returned = scope.variable(name) || scope.constant(name) ? undefined : scope.returning(name);
	return returned && ofCalled([returned], expr, scope);
}

/** What a call is by the definitions of what is called, of which one is taken. */
const ofCalled = (definitions: readonly MacroFunction[], { args }: Expr & { kind: 'call' }, scope: Scope): Values =>
	union(
		definitions.map(({ body, parameters, scope: inner, types }) => {
			if (body.kind === 'unknown' || parameters.length !== args.length) return undefined;
			const given = args.map((operand, i) => taken(operand, types?.[i]));
			return evaluate(body, new Substituted(inner, parameters, given, scope));
		}),
	);

/** An argument as the function sees it. */
const taken = (operand: Expr, type: CType | undefined): Expr =>
	type ? { start: operand.start, end: operand.end, kind: 'cast', type, operand } : operand;

/** `.size()` of an array whose length is known. */
function evaluateMethod({ args }: Expr & { kind: 'call' }, callee: Expr & { kind: 'member' }, scope: Scope): Values {
	if (!/^(?:size|length|size_bytes)$/.test(callee.name) || args.length > 0) return undefined;
	const { count, bytes } = containerOf(callee.object, scope, single) ?? {};
	if (callee.name === 'size_bytes') return bytes && [pairOf(bytes)];
	return count && [count];
}

/** What a macro that builds control codes makes of its arguments. */
function codeOf(macro: CodeMacro, args: readonly Expr[], scope: Scope): Values {
	const values = macro.parameters.map((kind, i): Values => {
		const arg = args[i] as Expr;
		if (kind === 'number') return evaluate(arg, scope);
		const size = sizeOfExpression(arg, scope);
		return size && [pairOf(size)];
	});
	let rows: readonly (readonly Pair[])[] = [[]];
	for (const alternatives of values) {
		if (!alternatives || rows.length * alternatives.length > MOST_VALUES) return undefined;
		rows = rows.flatMap((row) => alternatives.map((value) => [...row, value]));
	}
	return union(
		rows.map((row) => {
			const narrow = macro.value(...row.map((p) => p.narrow));
			const wide = macro.value(...row.map((p) => p.wide));
			return narrow === undefined || wide === undefined ? undefined : [{ narrow, wide }];
		}),
	);
}

/** The one value of an expression. */
export const single: IntegerOf = (e, from) => {
	const values = e && evaluate(e, from);
	return values?.length === 1 ? values[0] : undefined;
};

/** What is left of a value in a type of its size; signedness does not matter for codes and sizes, which are read as DWORD. */
function truncate(values: Values, type: CType, scope: Scope): Values {
	const lookup = lookupFrom(scope);
	const size = sizeOf(type, lookup);
	if (!values || !size) return values;
	const resolved = resolveType(type, lookup);
	// Of an address as a number the sign is left, so that both targets agree.
	const isUnsigned = size.x86 === size.x64 && resolved?.kind === 'scalar' && scalarKind(resolved.name) === 'unsigned';
	return values.map((v) => ({
		narrow: clip(v.narrow, size.x86, isUnsigned),
		wide: clip(v.wide, size.x64, isUnsigned),
	}));
}

function clip(value: bigint, bytes: number, isUnsigned: boolean): bigint {
	const lowest = isUnsigned ? 0n : -(1n << BigInt(bytes * 8 - 1));
	return value < lowest || value >= 1n << BigInt(bytes * 8) ? BigInt.asUintN(bytes * 8, value) : value;
}

/** `sizeof` of what an expression names. */
export function sizeOfExpression(expr: Expr, scope: Scope): PerTarget | undefined {
	// What a macro is given may be the name of a type.
	const type =
		typeOf(expr, scope) ?? (expr.kind === 'name' ? ({ kind: 'named', name: expr.name } as const) : undefined);
	const size = type && sizeOf(type, lookupFrom(scope));
	if (size || type?.kind !== 'named' || !/^(?:std::)?array</.test(type.name)) return size;
	return containerOf(expr, scope, single)?.bytes;
}
