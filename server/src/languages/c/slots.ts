/** The arguments of a C or C++ call, resolved when they are asked. */
import type {
	CodeArgument,
	InitialValue,
	PointerArgument,
	Quantity,
	SizeArgument,
	SocketOrigin,
} from '../../calls/model.ts';
import { readinessIn } from '../../calls/readiness.ts';
import type { CallSite, Slot } from '../../calls/site.ts';
import { takes } from '../../catalog/api.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { textWithout } from '../../syntax/nodes.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import { sizeOf } from '../../types/layout.ts';
import { leastSize } from './evaluate/least.ts';
import { pointerTo } from './evaluate/memory.ts';
import { mistakenAddress } from './evaluate/mistaken.ts';
import { evaluateCode, evaluateSizes } from './evaluate/numbers.ts';
import { lookupFrom, typeOf } from './evaluate/types.ts';
import { type Expr, spelling, withoutCasts } from './expression.ts';
import { initialValues } from './initial.ts';
import type { Definition, FunctionFacts, RawArgument, RawCall, Scope } from './model.ts';
import { remembered } from './nodes.ts';
import { originOf, selectedBy } from './sockets.ts';
import { unwrittenParts } from './unwritten.ts';

/** A call with its entry point; undefined where its arguments are not as many as any of those take. */
export function siteOf(raw: RawCall, catalog: Catalog): CallSite | undefined {
	const api = catalog.functionById(raw.name);
	if (!api || !takes(api, raw.args.length)) return undefined;
	const overlapped = api.roles.overlapped === undefined ? undefined : raw.args[api.roles.overlapped];
	return {
		start: raw.start,
		end: raw.end,
		api: api.id,
		callee: raw.callee.text,
		calleeSpan: lastName(raw.callee),
		args: raw.args.map((argument) => new CSlot(argument)),
		...(raw.through === undefined ? {} : { through: raw.through }),
		...(raw.isHandedOn ? { isHandedOn: true } : {}),
		...(raw.isConfigured ? { isConfigured: true } : {}),
		...(raw.enclosing === undefined ? {} : { enclosing: raw.enclosing }),
		resultUsed: raw.resultUsed,
		resultTests: raw.resultTests ?? [],
		waits: raw.around.waits || handsOn(raw.around.text, overlapped?.expr),
		expects: raw.around.expects,
		nonBlocking: raw.around.nonBlocking,
		...(raw.targets === undefined ? {} : { targets: raw.targets }),
		sizeOf(type) {
			const [argument] = raw.args;
			return argument && sizeOf({ kind: 'named', name: type }, lookupFrom(argument.scope));
		},
	};
}

/** Span of the name that a callee ends with: `WskControlSocket` of `Dispatch->WskControlSocket`. */
function lastName({ start, end, text }: RawCall['callee']): Span {
	let to = text.length;
	while (to > 0 && !/[\w$]/.test(text[to - 1] ?? '')) to--;
	let from = to;
	while (from > 0 && /[\w$]/.test(text[from - 1] ?? '')) from--;
	while (from < to && /\d/.test(text[from] ?? '')) from++;
	return from < to ? { start: start + from, end: start + to } : { start, end };
}

/** Words that show that a function waits for overlapped operations, or cannot be seen not to. */
const WAITS = /GetOverlappedResult|Wait|GetQueuedCompletionStatus|SleepEx|CancelIo|\bco_await\b|\bwait/;

/** Calls that only prepare a structure. */
const PREPARES = /\b(?:memset|(?:Rtl|Secure)?ZeroMemory|bzero|sizeof)\s*\(/g;

/** A text without what only makes an object ready, to the first parenthesis that closes in the same statement. */
function withoutPreparations(text: string): string {
	let made = '';
	let from = 0;
	let [close, end] = [0, 0];
	for (const { index, 0: head } of text.matchAll(PREPARES)) {
		if (index < from) continue;
		const inside = index + head.length;
		// Looked for from the last ones found: the text may hold any number of heads.
		if (close >= 0 && close < inside) close = text.indexOf(')', inside);
		if (end >= 0 && end < inside) end = text.indexOf(';', inside);
		if (close < 0) break;
		if (end >= 0 && end < close) continue;
		made += text.slice(from, index);
		from = close + 1;
	}
	return made + text.slice(from);
}

const NO_FUNCTION: FunctionFacts = { waits: false, expects: [], nonBlocking: false, text: '' };

/** What stands in a function beside its code. */
const NO_CODE = ['comment', 'string_literal', 'raw_string_literal', 'char_literal'];

/** What a function says of the calls in it; read once, as a machine may write thousands of them into one. */
export function functionFacts(owner: Node | undefined): FunctionFacts {
	if (!owner) return NO_FUNCTION;
	return remembered(owner, 'facts', () => {
		const { text } = owner;
		return {
			waits: WAITS.test(text),
			...readinessIn(text, () => textWithout(owner, NO_CODE)),
			text: withoutPreparations(text),
		};
	});
}

/** Does a function hand this overlapped structure on to somebody who may wait for its operation? */
function handsOn(functionText: string, overlapped: Expr | undefined): boolean {
	const target = overlapped && spelling(overlapped);
	if (!target?.startsWith('&')) return false;
	const given = new RegExp(`&\\s*${target.slice(1).replace(/[^\w]/g, '\\$&')}(?!\\w|\\s*[.[])`, 'g');
	return [...functionText.matchAll(given)].length > 1;
}

class CSlot implements Slot {
	readonly start: number;
	readonly end: number;
	readonly text: string;
	readonly #expr: Expr;
	readonly #scope: Scope;
	readonly #source: string;
	/** The expression is written in the call itself. */
	readonly #isHere: boolean;

	constructor({ expr, scope, text, source, at }: RawArgument) {
		this.start = at?.start ?? expr.start;
		this.end = at?.end ?? expr.end;
		this.text = text;
		this.#expr = expr;
		this.#scope = scope;
		this.#source = source;
		this.#isHere = at === undefined;
	}

	code(): Omit<CodeArgument, 'entry'> {
		const values = evaluateCode(this.#expr, this.#scope) ?? [];
		const inner = withoutCasts(this.#expr);
		const isName = inner.kind === 'name' && !this.#scope.variable(inner.name);
		const name = isName ? inner.name.replace(/^::/, '') : undefined;
		const isOwn = name !== undefined && this.#scope.constant(name) !== undefined;
		return {
			...this.#place(),
			values,
			...(name === undefined ? {} : { name }),
			...(isOwn ? { ownName: true } : {}),
		};
	}

	pointer(): PointerArgument {
		const source = (e: Expr) => this.#source.slice(e.start, e.end);
		const { nullness, object, address } = pointerTo(this.#expr, this.#scope, source);
		const mistaken = mistakenAddress(this.#expr, this.#scope);
		const inner = withoutCasts(this.#expr);
		const target = inner.kind === 'unary' && inner.op === '&' ? withoutCasts(inner.operand) : undefined;
		const isAutomatic = target?.kind === 'name' && this.#scope.variable(target.name)?.automatic === true;
		return {
			...this.#place(),
			nullness,
			...(object ? { object: { ...object, ...this.#declared(target ?? inner) } } : {}),
			...(address === undefined ? {} : { address }),
			...(mistaken ? { mistaken } : {}),
			...(isAutomatic ? { automatic: true } : {}),
		};
	}

	/** Where a variable is declared, when this call is written in its function. */
	#declared(e: Expr): { readonly declared?: Span } {
		const variable = e.kind === 'name' && this.#isHere ? this.#scope.variable(e.name) : undefined;
		return variable?.declared ? { declared: variable.declared } : {};
	}

	/** Where the size is computed that a variable stands for. */
	#computed(): { readonly computed?: Span } {
		const inner = withoutCasts(this.#expr);
		const variable = inner.kind === 'name' && this.#isHere ? this.#scope.variable(inner.name) : undefined;
		const made = variable?.declared && only(variable.reaching());
		return made ? { computed: { start: made.expr.start, end: made.expr.end } } : {};
	}

	initial(): readonly InitialValue[] {
		const source = this.#source;
		return initialValues(
			this.#expr,
			this.#scope,
			this.#isHere ? ({ start, end }) => source.slice(start, end) : undefined,
		);
	}

	unwritten(): readonly string[] {
		return unwrittenParts(this.#expr, this.#scope);
	}

	size(): SizeArgument {
		const values = evaluateSizes(this.#expr, this.#scope);
		const inner = definingExpression(this.#expr, this.#scope);
		const measured = inner.kind === 'sizeof-expression' ? withoutCasts(inner.operand) : undefined;
		const object = measured && spelling(measured);
		const least = values ? undefined : leastSize(inner, this.#scope, (e) => this.#source.slice(e.start, e.end));
		const sizeofType = inner.kind === 'sizeof-type' ? inner.type : measured && typeOf(measured, this.#scope);
		return {
			...this.#place(),
			value: quantity(values, object),
			...(least ? { least } : {}),
			...(sizeofType ? { sizeofType } : {}),
			...(object === undefined ? {} : { sizeofObject: object }),
			...(inner.kind === 'number' || inner.kind === 'null' ? { literal: true } : {}),
			...this.#computed(),
		};
	}

	origin(): SocketOrigin | undefined {
		return originOf(this.#expr, this.#scope);
	}

	selectedBy(): string | undefined {
		return selectedBy(this.#expr, this.#scope);
	}

	guid(): string | undefined {
		return guidName(this.#expr, this.#scope);
	}

	guidAt(): Span | undefined {
		const inner = withoutCasts(this.#expr);
		const target = inner.kind === 'unary' && inner.op === '&' ? withoutCasts(inner.operand) : inner;
		const variable = target.kind === 'name' && this.#isHere ? this.#scope.variable(target.name) : undefined;
		const made = variable?.declared && only(variable.reaching())?.expr;
		return made?.kind === 'name' && made.name.startsWith('WSAID_') ? { start: made.start, end: made.end } : undefined;
	}

	word(): string | number | undefined {
		const inner = withoutCasts(this.#expr);
		if (inner.kind === 'name') return inner.name;
		return inner.kind === 'number' ? Number(inner.value) : undefined;
	}

	#place() {
		return { start: this.start, end: this.end, text: this.text };
	}
}

const only = <T>(list: readonly T[] | undefined): T | undefined => (list?.length === 1 ? list[0] : undefined);

function quantity(values: ReturnType<typeof evaluateSizes>, object: string | undefined): Quantity {
	if (values) return { kind: 'known', values };
	return object === undefined ? { kind: 'unknown' } : { kind: 'symbolic', object };
}

/** `WSAID_ACCEPTEX` of the macro itself, `&guid` of a variable initialised with it, or a compound literal. */
function guidName(e: Expr, scope: Scope, depth = 0): string | undefined {
	const inner = withoutCasts(e);
	if (depth > 8) return undefined;
	if (inner.kind === 'unary' && inner.op === '&') return guidName(inner.operand, scope, depth + 1);
	if (inner.kind !== 'name') return undefined;
	const variable = scope.variable(inner.name);
	if (!variable) return /^WSAID_\w+$/.test(inner.name) ? inner.name : undefined;
	const definition = only(variable.reaching());
	return definition && guidName(definition.expr, definition.scope, depth + 1);
}

/** `sizeof x` where a constant or a variable that was set to it stands for it. */
function definingExpression(e: Expr, scope: Scope): Expr {
	let inner = withoutCasts(e);
	for (let hops = 0; inner.kind === 'name' && hops < 8; hops++) {
		const definition: Definition | undefined = only(
			scope.variable(inner.name)?.reaching() ?? scope.constant(inner.name),
		);
		if (!definition) break;
		inner = withoutCasts(definition.expr);
	}
	return inner;
}
