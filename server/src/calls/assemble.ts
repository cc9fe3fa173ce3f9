/** From syntax to `IoctlCall`: which calls a text makes, with every argument resolved as far as it goes. */

import { type Api, type ApiId, takes } from '../catalog/api.ts';
import { apis } from '../catalog/functions.generated.ts';
import { codeByName, codesByValue } from '../catalog/lookup.ts';
import { evaluateCode, evaluateSizes, pointerTo, typeOf } from '../languages/c/evaluate.ts';
import { type Expr, spelling, withoutCasts } from '../languages/c/expression.ts';
import { initialValues } from '../languages/c/initial.ts';
import type { Language, ParseSnippet, RawArgument, RawCall, Scope, Unit } from '../languages/language.ts';
import type { Node } from '../syntax/trees.ts';
import { same } from '../types/ctype.ts';
import type {
	BufferArgument,
	CodeArgument,
	IoctlCall,
	PointerArgument,
	Quantity,
	SizeArgument,
	SocketOrigin,
	WskRequest,
} from './model.ts';

const entryPoint = (name: string): string | undefined => apis.find((api) => api.matches(name))?.id;

/**
 * Every call of an entry point in a parsed text, by position.
 * @param functions the user's own functions that take the arguments of an entry point.
 */
export function readCalls(
	root: Node,
	text: string,
	language: Language,
	parse: ParseSnippet,
	included: readonly Unit[] = [],
	functions: Readonly<Record<string, ApiId>> = {},
): IoctlCall[] {
	const named = (name: string) => (Object.hasOwn(functions, name) ? functions[name] : entryPoint(name));
	const ofFunctions = new Map<string, FunctionFacts>();
	const factsOf = (functionText: string): FunctionFacts => {
		const facts = ofFunctions.get(functionText) ?? readFunction(functionText);
		ofFunctions.set(functionText, facts);
		return facts;
	};
	return language
		.calls(root, text, named, parse, included)
		.flatMap((raw) => {
			const api = apis.find((a) => a.id === raw.name && takes(a, raw.args.length));
			return api ? [readCall(raw, api, text, factsOf(raw.functionText ?? ''))] : [];
		})
		.sort((a, b) => a.start - b.start);
}

function readCall(raw: RawCall, api: Api, text: string, around: FunctionFacts): IoctlCall {
	const { roles } = api;
	const source = (e: Expr) => text.slice(e.start, e.end);
	const at = (position: number | undefined): RawArgument | undefined =>
		position === undefined ? undefined : raw.args[position];
	const pointer = (position: number | undefined) => {
		const argument = at(position);
		return argument && readPointer(argument, source);
	};
	const buffer = (pointerAt: number | undefined, sizeAt: number | undefined): BufferArgument | undefined => {
		const p = pointer(pointerAt);
		if (!p) return undefined;
		const s = at(sizeAt);
		const size = s && readSize(s);
		const implied = api.impliedLength;
		const length: Quantity = size
			? size.value
			: implied === undefined
				? { kind: 'unknown' }
				: { kind: 'known', values: [same(implied)] };
		return { pointer: p, ...(size ? { size } : {}), length };
	};
	const requestType = at(roles.requestType);
	const request = requestType && readRequest(requestType.expr);
	const socket = at(roles.socket);
	const input = at(roles.input);
	return compact({
		start: raw.start,
		end: raw.end,
		api: api.id,
		// Where the request type cannot be read the second argument may be anything: nothing is judged.
		kind: requestType && request !== 'WskIoctl' ? 'socket-option' : 'ioctl',
		request,
		requestArgument: requestType && spanOf(requestType),
		callee: raw.callee.text,
		calleeSpan: lastName(raw.callee),
		code: readCode(raw.args[roles.code]!),
		through: raw.through,
		input: withInitial(buffer(roles.input, roles.inputSize), input),
		output: buffer(roles.output, roles.outputSize),
		bytesReturned: pointer(roles.bytesReturned),
		overlapped: pointer(roles.overlapped),
		completion: pointer(roles.completion),
		irp: pointer(roles.irp),
		socket: socket && readSocket(socket.expr, socket.scope),
		guid: input && guidName(input.expr, input.scope),
		enclosing: raw.enclosing,
		resultUsed: raw.resultUsed,
		waits: around.waits || handsOn(raw.functionText ?? '', at(roles.overlapped)?.expr),
		expects: around.expects,
	});
}

/** What the source sets the input to; a run begins with it. */
function withInitial(
	buffer: BufferArgument | undefined,
	argument: RawArgument | undefined,
): BufferArgument | undefined {
	const object = buffer?.pointer.object;
	if (!buffer || !object || !argument) return buffer;
	const initial = initialValues(argument.expr, argument.scope);
	return initial.length === 0 ? buffer : { ...buffer, pointer: { ...buffer.pointer, object: { ...object, initial } } };
}

/** Span of the name that a callee ends with: `WskControlSocket` of `Dispatch->WskControlSocket`. */
function lastName(callee: RawCall['callee']): { start: number; end: number } {
	const match = /[A-Za-z_$][\w$]*(?=\W*$)/.exec(callee.text);
	return match
		? { start: callee.start + match.index, end: callee.start + match.index + match[0].length }
		: { start: callee.start, end: callee.end };
}

/** Words that show that a function waits for overlapped operations, or cannot be seen not to. */
const WAITS = /GetOverlappedResult|Wait|GetQueuedCompletionStatus|SleepEx|CancelIo|\bco_await\b|\bwait/;

/** Calls that only prepare a structure. */
const PREPARES = /\b(?:memset|(?:Rtl|Secure)?ZeroMemory|bzero|sizeof)\s*\([^;]*?\)/g;

/** What the text of a function says of all calls in it; read once, as a machine may write thousands of them into one. */
interface FunctionFacts {
	readonly waits: boolean;
	readonly expects: IoctlCall['expects'];
}

const readFunction = (text: string): FunctionFacts => ({
	waits: WAITS.test(text),
	expects: [...new Set(text.match(/\b(?:WSAE|ERROR_|STATUS_)[A-Z_]+\b/g) ?? [])],
});

/** Does a function hand this overlapped structure on to somebody who may wait for its operation? */
function handsOn(functionText: string, overlapped: Expr | undefined): boolean {
	const target = overlapped && spelling(overlapped);
	if (!target?.startsWith('&')) return false;
	const given = new RegExp(`&\\s*${target.slice(1).replace(/[^\w]/g, '\\$&')}(?!\\w|\\s*[.[])`, 'g');
	return [...functionText.replace(PREPARES, '').matchAll(given)].length > 1;
}

function readRequest(e: Expr): WskRequest | undefined {
	const inner = withoutCasts(e);
	const names = ['WskSetOption', 'WskGetOption', 'WskIoctl'] as const;
	if (inner.kind === 'name') return names.find((n) => n === inner.name);
	return inner.kind === 'number' ? names[Number(inner.value)] : undefined;
}

const SOCKET_MAKERS = /^(?:socket|WSASocketW?|WSASocketA)$/;

/** How the socket was made and what was done with it since, where both are in sight. */
function readSocket(e: Expr, scope: Scope): SocketOrigin | undefined {
	const inner = withoutCasts(e);
	if (inner.kind !== 'name') return undefined;
	const definitions = scope.variable(inner.name)?.reaching();
	const made = definitions?.length === 1 ? withoutCasts(definitions[0]!.expr) : undefined;
	if (made?.kind !== 'call' || made.callee.kind !== 'name' || made.args.length < 3) return undefined;
	if (!SOCKET_MAKERS.test(made.callee.name.replace(/^::/, ''))) return undefined;
	const word = (arg: Expr | undefined) => (arg?.kind === 'name' ? arg.name : undefined);
	// The variable may have held another socket before.
	const uses = scope.uses(inner.name).filter((u) => u.at > made.start);
	return compact({
		family: word(made.args[0])?.replace(/^PF_/, 'AF_'),
		type: word(made.args[1]),
		protocol: word(made.args[2]),
		called: uses.filter((u) => u.certain).map((u) => u.callee),
		mayHaveCalled: uses.map((u) => u.callee),
	});
}

/** `WSAID_ACCEPTEX` of the macro itself, `&guid` of a variable initialised with it, or a compound literal. */
function guidName(e: Expr, scope: Scope, depth = 0): string | undefined {
	const inner = withoutCasts(e);
	if (depth > 8) return undefined;
	if (inner.kind === 'unary' && inner.op === '&') return guidName(inner.operand, scope, depth + 1);
	if (inner.kind !== 'name') return undefined;
	const variable = scope.variable(inner.name);
	if (!variable) return /^WSAID_\w+$/.test(inner.name) ? inner.name : undefined;
	const definitions = variable.reaching();
	return definitions?.length === 1 ? guidName(definitions[0]!.expr, definitions[0]!.scope, depth + 1) : undefined;
}

/** Where an argument stands in the call, or where findings about it belong. */
const spanOf = (a: RawArgument) => ({ start: a.at?.start ?? a.expr.start, end: a.at?.end ?? a.expr.end });

function readCode(argument: RawArgument): CodeArgument {
	const { expr: e, scope } = argument;
	const values = evaluateCode(e, scope) ?? [];
	const inner = withoutCasts(e);
	const name = inner.kind === 'name' && !scope.variable(inner.name) ? inner.name.replace(/^::/, '') : undefined;
	const known = name === undefined ? undefined : codeByName(name);
	const ownName = name !== undefined && scope.constant(name) !== undefined ? true : undefined;
	// A name decides between codes that share a value, as long as it has the value that the headers give it.
	const entry =
		known && values.length === 1 && known.code.opcode.value === values[0]
			? known.code
			: values.length === 1 && codesByValue(values[0]!).length === 1
				? codesByValue(values[0]!)[0]
				: undefined;
	return compact({ ...spanOf(argument), text: argument.text, values, name, ownName, entry });
}

function readSize(argument: RawArgument): SizeArgument {
	const { expr: e, scope } = argument;
	const values = evaluateSizes(e, scope);
	const inner = definingExpression(e, scope);
	const measured = inner.kind === 'sizeof-expression' ? withoutCasts(inner.operand) : undefined;
	const object = measured && spelling(measured);
	const sizeofType =
		inner.kind === 'sizeof-type'
			? inner.type
			: inner.kind === 'value'
				? inner.measured
				: measured
					? typeOf(measured, scope)
					: undefined;
	const value: Quantity = values
		? { kind: 'known', values }
		: object !== undefined
			? { kind: 'symbolic', object }
			: { kind: 'unknown' };
	return compact({
		...spanOf(argument),
		text: argument.text,
		value,
		sizeofType,
		sizeofObject: object,
		elements: inner.kind === 'value' ? inner.elements : undefined,
		literal: inner.kind === 'number' || inner.kind === 'null' ? true : undefined,
	});
}

/** `sizeof x` where a constant or a variable that was set to it stands for it. */
function definingExpression(e: Expr, scope: Scope): Expr {
	let inner = withoutCasts(e);
	for (let hops = 0; inner.kind === 'name' && hops < 8; hops++) {
		const definitions = scope.variable(inner.name)?.reaching() ?? scope.constant(inner.name);
		if (definitions?.length !== 1) break;
		inner = withoutCasts(definitions[0]!.expr);
	}
	return inner;
}

function readPointer(argument: RawArgument, source: (e: Expr) => string): PointerArgument {
	const { expr: e, scope } = argument;
	const { nullness, object, address } = pointerTo(e, scope, source);
	const inner = withoutCasts(e);
	const target = inner.kind === 'unary' && inner.op === '&' ? withoutCasts(inner.operand) : undefined;
	const automatic = target?.kind === 'name' && scope.variable(target.name)?.automatic ? true : undefined;
	return compact({ ...spanOf(argument), text: argument.text, nullness, object, address, automatic });
}

/** Leaves out the properties that are undefined, so that "absent" has one form. */
function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
	for (const key of Object.keys(value) as (keyof T)[]) if (value[key] === undefined) delete value[key];
	return value as T;
}
