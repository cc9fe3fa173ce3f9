/** What an argument of a call can be asked, answered from what its expression was found to be. */
import type {
	CodeArgument,
	InitialValue,
	LeastSize,
	PointedObject,
	PointerArgument,
	Quantity,
	SizeArgument,
	SocketOrigin,
} from '../../calls/model.ts';
import type { Slot } from '../../calls/site.ts';
import { field, named, spanOf, within } from '../../syntax/nodes.ts';
import type { Span } from '../../syntax/span.ts';
import { isParserError, type Node } from '../../syntax/trees.ts';
import type { CType } from '../../types/ctype.ts';
import { type PerTarget, perTarget, same } from '../../types/ctype.ts';
import { evaluate } from './evaluate.ts';
import { guidOf } from './guids.ts';
import { type Input, initialValues, unwrittenParts } from './initial.ts';
import { convertedBytes } from './libraries/bytes.ts';
import { lastNameOf, unwrapped } from './nodes.ts';
import type { Found } from './sites.ts';
import { selectedBy, socketOf } from './sockets.ts';
import {
	type Bytes,
	byteCount,
	type Element,
	type ElementsOf,
	type Env,
	type Num,
	type Parameter,
	UNKNOWN_VALUE,
	type Value,
} from './values.ts';

/**
 * An answer, or another one where its search fails: what cannot be read costs itself, never its file.
 * @throws what the parser throws: the trees are gone.
 */
export function guarded<T>(ask: () => T, otherwise: T): T {
	try {
		return ask();
	} catch (error) {
		if (isParserError(error)) throw error;
		return otherwise;
	}
}

/** How constants are named. */
const CONSTANT = /^[A-Z][A-Z0-9_]*$/;

/** What a number is on each target. */
type Numbers =
	| { readonly kind: 'null' }
	| { readonly kind: 'unknown' }
	/** One that is the same everywhere and was not measured. */
	| { readonly kind: 'number'; readonly value: bigint }
	| {
			readonly kind: 'several';
			readonly values: readonly PerTarget[];
			readonly elements?: ElementsOf;
			readonly measured?: CType;
	  };

function numbersOf(value: Value): Numbers {
	if (value.kind === 'null') return { kind: 'null' };
	if (value.kind !== 'numbers') return { kind: 'unknown' };
	if (!value.values.every(isWhole)) return { kind: 'unknown' };
	const values = value.values.map(({ x86, x64 }) =>
		perTarget((p) => Number(BigInt.asIntN(64, BigInt(p === 4 ? x86 : x64)))),
	);
	const { elements, measured } = value;
	const [only, ...others] = values;
	if (only && others.length === 0 && only.x86 === only.x64 && !elements && !measured)
		return { kind: 'number', value: BigInt(only.x64) };
	return { kind: 'several', values, ...(elements ? { elements } : {}), ...(measured ? { measured } : {}) };
}

const isWhole = ({ x86, x64 }: Num): boolean => Number.isInteger(Number(x86)) && Number.isInteger(Number(x64));

const dword = (n: number): number => Number(BigInt.asUintN(32, BigInt(n)));

/** The values as unsigned 32 bits, for each target; undefined where none is known. */
function dwords(numbers: Numbers): readonly PerTarget[] | undefined {
	switch (numbers.kind) {
		case 'null':
			return [same(0)];
		case 'number':
			return [same(Number(BigInt.asUintN(32, numbers.value)))];
		case 'several':
			return numbers.values.length > 0
				? numbers.values.map(({ x86, x64, arm64 }) => ({ x86: dword(x86), x64: dword(x64), arm64: dword(arm64) }))
				: undefined;
		default:
			return undefined;
	}
}

type Pointer = Pick<PointerArgument, 'nullness' | 'object' | 'address' | 'mistaken'>;
const UNKNOWN_POINTER: Pointer = { nullness: 'unknown' };

/** Where findings about what is not written in a call belong. */
const calleeSpan = ({ callee, through }: Found): Span => (through === undefined ? spanOf(callee) : lastNameOf(callee));

interface Expression {
	readonly node: Node;
	readonly env: Env;
}

export class JsSlot implements Slot {
	readonly start: number;
	readonly end: number;
	readonly text: string;
	readonly #call: Found;
	/** The expression and where its names are looked up; undefined where it is not written out. */
	readonly #at: Expression | undefined;
	readonly #role: 'pointer' | 'number';
	readonly #parameter: Parameter | undefined;
	readonly #codeSlot: () => JsSlot | undefined;
	#value: Value | undefined;

	/** `codeSlot`: the argument that is the control code, which says what the others point to. */
	constructor(
		call: Found,
		{ node, env, value }: Element,
		role: 'pointer' | 'number',
		parameter: Parameter | undefined,
		codeSlot: () => JsSlot | undefined,
	) {
		// An element of a spread array is not written in the call.
		const isHere = node && env?.chunk === call.chunk && within(node, call.node);
		const span: Span = isHere ? spanOf(node) : calleeSpan(call);
		this.start = span.start;
		this.end = span.end;
		this.#call = call;
		this.#at = node && env ? { node, env } : undefined;
		this.text = this.#at?.node.text ?? '';
		this.#role = role;
		this.#parameter = parameter;
		this.#codeSlot = codeSlot;
		this.#value = value;
	}

	/** What the expression was found to be; pointers and numbers are not each other's. */
	value(): Value {
		this.#value ??= this.#at ? evaluate(this.#at.node, this.#at.env) : UNKNOWN_VALUE;
		return this.#value;
	}

	get #span(): Span & { readonly text: string } {
		return { start: this.start, end: this.end, text: this.text };
	}

	code(): Omit<CodeArgument, 'entry'> {
		const value = this.value();
		const numbers = numbersOf(value);
		const values = codesOf(numbers);
		const name = this.#at && constantName(unwrapped(this.#at.node));
		if (!this.#at || name === undefined) return { ...this.#span, values };
		if (numbers.kind !== 'unknown') return { ...this.#span, values, name, ownName: true };
		if (value.kind !== 'unknown' && value.kind !== 'foreign') return { ...this.#span, values };
		if (!isForeign(unwrapped(this.#at.node), name, this.#at.env)) return { ...this.#span, values };
		// Of a module or object that is not in sight a code's own name says enough; a variable may hold anything.
		return { ...this.#span, values: this.#headerCode(name), name };
	}

	#headerCode(name: string): readonly number[] {
		const { catalog } = this.#call.chunk.file;
		const known = catalog.code(name);
		// A spelling that only a document uses is nobody's constant.
		if (known && known.alias?.kind !== 'document') return [known.code.opcode.value];
		const constant = catalog.headerConstant(name);
		return constant === undefined ? [] : [constant];
	}

	size(): SizeArgument {
		const numbers = numbersOf(this.value());
		const values = dwords(numbers);
		const value: Quantity = values ? { kind: 'known', values } : { kind: 'unknown' };
		switch (numbers.kind) {
			case 'null':
			case 'number':
				return { ...this.#span, value, literal: true };
			case 'unknown': {
				const least = this.#at && leastOf(unwrapped(this.#at.node), this.#at.env);
				return { ...this.#span, value, ...(least ? { least } : {}) };
			}
			default: {
				const { elements, measured } = numbers;
				return {
					...this.#span,
					value,
					...(measured ? { sizeofType: measured } : {}),
					...(elements ? { elements } : {}),
				};
			}
		}
	}

	pointer(): PointerArgument {
		return { ...this.#span, ...(this.#role === 'pointer' ? this.#pointed(this.value()) : UNKNOWN_POINTER) };
	}

	initial(): readonly InitialValue[] {
		const input = this.#input();
		return input ? initialValues(input) : [];
	}

	unwritten(): readonly string[] {
		const input = this.#input();
		return input ? unwrittenParts(input) : [];
	}

	#input(): Input | undefined {
		const memory = this.#memory(this.value());
		if (!this.#at || !memory) return undefined;
		const codes = this.#codeSlot()?.code().values ?? [];
		const { chunk, api } = this.#call;
		const { catalog } = chunk.file;
		return { ...this.#at, memory, call: this.#call, codes, catalog, family: api.family };
	}

	/** The memory behind an address: what is given, or what the library makes of it. */
	#memory(value: Value): Bytes | undefined {
		if (value.kind === 'bytes') return value;
		const { type } = this.#parameter ?? {};
		return convertedBytes(value, type?.kind === 'pointer' ? type.to : undefined);
	}

	#pointed(value: Value): Pointer {
		switch (value.kind) {
			case 'null':
				return { nullness: 'null' };
			case 'numbers':
				return addressed(numbersOf(value));
			case 'bytes':
				return this.#toMemory(value);
			case 'list':
			case 'object':
				return this.#toMemory(this.#memory(value));
			// A function becomes a callback.
			case 'function':
			case 'text':
				return this.#toMemory(undefined);
			case 'either': {
				const all = value.values.map((v) => this.#pointed(v));
				return all.every((p) => p.object) ? this.#toMemory(undefined) : UNKNOWN_POINTER;
			}
			default:
				return UNKNOWN_POINTER;
		}
	}

	#toMemory(memory: Bytes | undefined): Pointer {
		const { bytes, holds, spelling } = memory ?? {};
		const object: PointedObject = {
			text: spelling ?? this.text,
			...(spelling ? { spelling } : {}),
			...(bytes ? { capacity: bytes } : {}),
			...(holds ? { type: holds } : {}),
			...this.#declared(spelling),
		};
		return { nullness: 'not-null', object };
	}

	/** Where a variable is declared, when it is declared beside the call. */
	#declared(name: string | undefined): { declared?: Span } {
		const { chunk } = this.#call;
		if (name === undefined || this.#at?.env.chunk !== chunk) return {};
		const declaration = chunk.declaration(name, this.#at.node);
		return declaration?.chunk === chunk ? { declared: spanOf(declaration.node) } : {};
	}

	origin(): SocketOrigin | undefined {
		return this.#at && socketOf(this.#at.node, this.#at.env, this.#call);
	}

	selectedBy(): string | undefined {
		return this.#at && selectedBy(this.#at.node, this.#at.env, this.#call);
	}

	/** The name may be looked up in a module, or be told by bytes. */
	guidAt(): undefined {
		return undefined;
	}

	guid(): string | undefined {
		return this.#at && guidOf(this.#at.node, this.#at.env, this.#call);
	}

	word(): string | number | undefined {
		const node = this.#at && unwrapped(this.#at.node);
		if (node?.type === 'identifier') return node.text;
		const numbers = node?.type === 'number' ? numbersOf(this.value()) : undefined;
		return numbers?.kind === 'number' ? Number(numbers.value) : undefined;
	}
}

/** Of a sum of two, one of which is a variable or a member, what the other one gives. */
function leastOf(node: Node, env: Env): LeastSize | undefined {
	if (node.type !== 'binary_expression' || field(node, 'operator')?.text !== '+') return undefined;
	const sides = named(node).map((side) => ({ side, bytes: byteCount(evaluate(side, env)) }));
	const bytes = sides.find((one) => one.bytes)?.bytes;
	const more = sides.find((one) => !one.bytes)?.side;
	if (!bytes || !more || !/^(?:identifier|member_expression)$/.test(more.type)) return undefined;
	return { bytes, more: more.text, certain: false };
}

function addressed(numbers: Numbers): Pointer {
	if (numbers.kind === 'several' && numbers.values.some(({ x64 }) => x64 !== 0))
		return { nullness: 'unknown', mistaken: { kind: 'number', values: numbers.values.map(({ x64 }) => x64) } };
	if (numbers.kind !== 'number') return UNKNOWN_POINTER;
	return numbers.value === 0n
		? { nullness: 'null' }
		: { nullness: 'not-null', address: Number(BigInt.asUintN(32, numbers.value)) };
}

/** Values that are the same code on every target, each once. */
function codesOf(numbers: Numbers): readonly number[] {
	const codes = new Set<number>();
	for (const { x86, x64 } of dwords(numbers) ?? []) {
		if (x86 !== x64) return [];
		codes.add(x64);
	}
	return [...codes];
}

function constantName(node: Node): string | undefined {
	const last = node.type === 'member_expression' ? field(node, 'property') : node;
	const isName = node.type === 'member_expression' || node.type === 'identifier';
	return isName && last && CONSTANT.test(last.text) ? last.text : undefined;
}

/** Does a constant come from a module or an object that is not in sight? */
function isForeign(node: Node, name: string, env: Env): boolean {
	if (node.type === 'member_expression') return true;
	const declaration = env.chunk.declaration(name, node);
	return declaration?.kind === 'import' || declaration?.path?.at(-1) === name;
}
