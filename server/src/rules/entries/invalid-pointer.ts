import * as l10n from '@vscode/l10n';
import type { BufferArgument, IoctlCall, MistakenAddress, PointerArgument, Quantity } from '../../calls/model.ts';
import type { BufferSpec } from '../../catalog/model.ts';
import type { PerTarget, Target } from '../../types/ctype.ts';
import {
	type Code,
	directions,
	isEverywhere,
	isPointerSized,
	isUsed,
	isZero,
	minimumOf,
	type Side,
} from '../buffers.ts';
import { countFix, declareBuffer, passAddress } from '../declaring.ts';
import type { Fact, Fix, Rule, RuleContext, Severity } from '../rule.ts';
import {
	argumentNames,
	badAddressFails,
	bytes,
	bytesOn,
	DWORD,
	oneOf,
	onTargets,
	parameterName,
	pointerTo,
	U_LONG,
} from '../wording.ts';

/** What is wrong with an address. */
type Wrong =
	/** A constant as it is written. */
	| { readonly kind: 'constant'; readonly address: number }
	| { readonly kind: 'null' }
	/** The memory for the count of bytes. */
	| { readonly kind: 'short'; readonly object: string; readonly capacity: PerTarget }
	| { readonly kind: 'read-only'; readonly object: string }
	| MistakenAddress;

type Invalid = Fact & { readonly wrong: Wrong; readonly targets: readonly Target[]; readonly call: IoctlCall } & (
		| { readonly argument: 'buffer'; readonly code: Code; readonly side: Side }
		| { readonly argument: 'count' }
	);

/** Windows maps nothing into the first 64 KB of a process. */
const FIRST_ADDRESS = 0x10000;

export default {
	id: 'invalid-pointer',
	title: 'The address can hold no data',
	severity: 'error',
	severityReason:
		'Nothing can be mapped there: the call fails with WSAEFAULT on every run. A warning where a number of 4 bytes whose value is not known stands for an address, which has 8 on 64-bit Windows, and where a cast makes a pointer of the wrong level.',
	description:
		'A small number in the place of a pointer, such as `(u_long *)1`, is no address of any data: the first 64 KB of a process are never mapped. Usually the value itself was passed and its address was meant; `fn` and `(void **)fn` for `&fn` are the same slip with a pointer. ioctlsocket takes no NULL, and the number of bytes that are returned needs 4 bytes that can be written.',
	withoutFix: 'Of data without a fixed length only the author knows what to pass.',
	stage: 'address',
	accepted: [
		`
void f(SOCKET s)
{
	u_long on = 1;
	ioctlsocket(s, FIONBIO, &on);
}`,
		`
void f(SOCKET s)
{
	u_long on = 1;
	DWORD bytes;
	WSAIoctl(s, FIONBIO, &on, sizeof(on), (void *)1, 0, &bytes, NULL, NULL);
}`,
		`
BOOL f(SOCKET s, GUID *id, void **target, void *other)
{
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, id, sizeof(*id), (void *)target, sizeof(*target), &bytes, NULL, NULL);
	return WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, id, sizeof(*id), (void **)other, sizeof(void *), &bytes, NULL, NULL) == 0;
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	ioctlsocket(s, FIONBIO, (u_long *)1);
	//                      ^^^^^^^^^^^ invalid-pointer
}`,
		`
void f(SOCKET s)
{
	ioctlsocket(s, FIONBIO, NULL);
	//                      ^^^^ invalid-pointer
}`,
		`
void f(SOCKET s, BOOL block)
{
	ioctlsocket(s, FIONBIO, (u_long *)block);
	//                      ^^^^^^^^^^^^^^^ invalid-pointer
}`,
		`
void f(SOCKET s)
{
	static LPFN_ACCEPTEX accept_ex;
	GUID id = WSAID_ACCEPTEX;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), (void **)accept_ex, sizeof(accept_ex), &bytes, NULL, NULL);
	//                                                               ^^^^^^^^^^^^^^^^^^ invalid-pointer
}`,
		`
void f(SOCKET s)
{
	u_long on = 1;
	WORD bytes;
	WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, (LPDWORD)&bytes, NULL, NULL);
	//                                             ^^^^^^^^^^^^^^^ invalid-pointer
}`,
		`
struct pending { SOCKET s; WORD bytes; };
void f(struct pending *p)
{
	u_long on = 1;
	WSAIoctl(p->s, FIONBIO, &on, sizeof(on), NULL, 0, (LPDWORD)&p->bytes, NULL, NULL);
	//                                                ^^^^^^^^^^^^^^^^^^ invalid-pointer
}`,
	],
	check(call, context) {
		const found: Invalid[] = [];
		for (const { code, side, buffer, spec } of directions(call)) {
			if (!isUsed(spec) || isZero(buffer.length)) continue;
			const wrong = wrongBuffer(buffer, spec, side, context);
			if (wrong)
				found.push({ span: buffer.pointer, argument: 'buffer', code, side, wrong, call, ...weighed(wrong, context) });
		}
		const count = call.bytesReturned;
		// What an unknown code does with it, another system may define.
		const wrong = count && call.code.entry ? wrongCount(count, context) : undefined;
		if (count && wrong) found.push({ span: count, argument: 'count', wrong, call, ...weighed(wrong, context) });
		return found.filter((fact) => fact.targets.length > 0);
	},
	message: (fact, context) =>
		[whatIsWrong(fact, context), ...consequenceOf(fact, context), l10n.t('Pass {0}.', dueIn(fact, context))].join(' '),
	fix: (fact, context) =>
		fact.argument === 'buffer' ? bufferFix(fact.call, fact, context) : countFix(fact.call, context),
} satisfies Rule<Invalid>;

/** What the code does with the buffer; undefined for the count of bytes, which the function writes itself. */
function useOf(fact: Invalid): string | undefined {
	if (fact.argument === 'count') return undefined;
	const { name } = fact.code;
	return fact.side === 'input' ? l10n.t('`{0}` reads from it', name) : l10n.t('`{0}` writes to it', name);
}

function whatIsWrong(fact: Invalid, context: RuleContext): string {
	const { api, targets } = context;
	const isCount = fact.argument === 'count';
	const name = isCount ? parameterName(context, api.roles.bytesReturned) : argumentNames(context, fact.side).pointer;
	const used = useOf(fact);
	const use = used === undefined ? '' : `; ${used}`;
	const { wrong } = fact;
	switch (wrong.kind) {
		case 'constant':
			return isCount
				? l10n.t('`{0}` is the number {1}, where nothing is ever mapped.', name, wrong.address)
				: l10n.t('`{0}` is the number {1}, and nothing is ever mapped there{2}.', name, wrong.address, use);
		case 'null':
			return l10n.t('`{0}` is NULL, but {1}.', name, used ?? '');
		case 'number':
			return l10n.t('`{0}` is the number {1}, and nothing is ever mapped there{2}.', name, oneOf(wrong.values), use);
		case 'integer': {
			const size = bytes(wrong.bytes);
			const where = onTargets(fact.targets, context);
			return wrong.bytes < 4
				? l10n.t('`{0}` is a number of {1} and no address: nothing is ever mapped there{2}.', wrong.object, size, use)
				: l10n.t('`{0}` is a number of {1} and no address, which has 8 bytes{2}{3}.', wrong.object, size, where, use);
		}
		case 'function':
			return l10n.t('`{0}` is the address of a function, not of a variable for one{1}.', wrong.object, use);
		case 'unset':
			return l10n.t('`{0}` was never given a value: it leads wherever the stack says{1}.', wrong.object, use);
		case 'pointer':
			return l10n.t(
				'`{0}` is cast to what its own address is, so that its value is taken for that{1}.',
				wrong.object,
				use,
			);
		case 'address': {
			const size = bytesOn({ x86: 4, x64: 8, arm64: 8 }, targets);
			return l10n.t(
				'`{0}` is the address of the pointer `{1}`, which has {2}, and not of what it points to{3}.',
				name,
				wrong.object,
				size,
				use,
			);
		}
		case 'short': {
			const size = bytesOn(wrong.capacity, targets);
			return l10n.t(
				'`{0}` has {1}, but {2} writes 4 to `{3}`: memory behind it is overwritten.',
				wrong.object,
				size,
				api.id,
				name,
			);
		}
		case 'read-only':
			return l10n.t('`{0}` is `const`, but {1} writes to `{2}`.', wrong.object, api.id, name);
	}
}

/** How the call fails, and what else may become of it. */
function consequenceOf({ wrong }: Invalid, context: RuleContext): readonly string[] {
	const failure = badAddressFails(context);
	switch (wrong.kind) {
		case 'address':
		case 'short':
			return [];
		case 'integer':
			return [wrong.bytes < 4 ? `${failure}.` : l10n.t('{0}, or uses memory of something else.', failure)];
		case 'function':
			return [l10n.t("{0}, or the function's code is overwritten.", failure)];
		case 'unset':
		case 'pointer':
			return [l10n.t('{0}, or memory of something else is damaged.', failure)];
		case 'read-only':
			return [l10n.t('{0}, or the program goes on with the old value.', failure)];
		default:
			return [`${failure}.`];
	}
}

/** What to pass. */
function dueIn(fact: Invalid, context: RuleContext): string {
	const { wording } = context;
	const { wrong } = fact;
	switch (wrong.kind) {
		case 'null':
			return wording.pointerTo(U_LONG);
		case 'function':
		case 'pointer':
			return `\`&${wrong.object}\``;
		case 'address':
			return `\`${wrong.object}\``;
		case 'unset':
			if (isPointerDue(fact, context)) return `\`&${wrong.object}\``;
	}
	if (fact.argument === 'count') return wording.pointerTo(DWORD);
	const pointer = wrong.kind === 'constant' ? wording.pointerTo() : pointerTo(fact.code[fact.side], context);
	return fact.side === 'input' ? l10n.t('{0} that holds the value', pointer) : pointer;
}

type InvalidBuffer = Invalid & { readonly argument: 'buffer' };

function bufferFix(call: IoctlCall, fact: InvalidBuffer, context: RuleContext): Fix | undefined {
	const { wrong, side, code } = fact;
	const buffer = call[side];
	if (!buffer) return undefined;
	const { pointer } = buffer;
	const pass = (address: string): Fix => passAddress(pointer, address, context);
	switch (wrong.kind) {
		case 'function':
		case 'pointer':
			return pass(`&${wrong.object}`);
		case 'address':
			return pass(wrong.object);
		case 'unset':
			if (isPointerDue(fact, context)) return pass(`&${wrong.object}`);
			break;
		case 'constant':
		case 'number':
		case 'integer':
			// The value stands there itself: an object is made to hold it.
			return declareBuffer(call, side, buffer, code[side], context, valueIn(wrong, pointer, context));
	}
	return declareBuffer(call, side, buffer, code[side], context);
}

/** What is cast to an address, as it is written. */
const CAST = /^(?:\(\s*\w[\w\s:]*\*\s*\)\s*)+|^(?:reinterpret|static)_cast\s*<[^<>]*>\s*(?=\()/;

function valueIn(wrong: Wrong, { text }: PointerArgument, { wording }: RuleContext): string | undefined {
	if (wrong.kind === 'integer') return wrong.object;
	const [number, ...others] = wrong.kind === 'number' ? wrong.values : [];
	const only = others.length > 0 ? undefined : number;
	const known = wrong.kind === 'constant' ? wrong.address : only;
	const written = wording.closedBuffers ? '' : text.replace(CAST, '');
	const isValue = /^[A-Za-z_]\w*$/.test(written) || (written.startsWith('(') && written.endsWith(')'));
	if (isValue) return written;
	return known === undefined ? undefined : String(known);
}

const isSmall = (address: number): boolean => address >= 0 && address < FIRST_ADDRESS;

function wrongBuffer(
	{ pointer, size, length }: BufferArgument,
	spec: BufferSpec,
	side: Side,
	context: RuleContext,
): Wrong | undefined {
	const { address, mistaken } = pointer;
	if (address !== undefined && address > 0 && isSmall(address)) return { kind: 'constant', address };
	if (!size && spec.use === 'required' && pointer.nullness === 'null') return { kind: 'null' };
	if (pointer.nullness === 'null') return undefined;
	const { object } = pointer;
	if (side === 'output' && object?.constant) return { kind: 'read-only', object: object.text };
	switch (mistaken?.kind) {
		case 'number':
			return mistaken.values.every(isSmall) ? mistaken : undefined;
		case 'pointer':
			// Where the data are read or written themselves, the cast changes nothing.
			return isPointerSized(spec, context) ? mistaken : undefined;
		case 'address':
			return isAddressOfPointer(pointer, mistaken.of, length, spec, context) ? mistaken : undefined;
		default:
			return mistaken;
	}
}

/** A pointer is not what the code uses, and what it points to may be. */
function isAddressOfPointer(
	{ object }: PointerArgument,
	of: string | undefined,
	length: Quantity,
	spec: BufferSpec,
	context: RuleContext,
): boolean {
	const minimum = minimumOf(spec, context);
	if (!minimum || isPointerSized(spec, context) || (of !== undefined && of !== spec.type)) return false;
	// What is wrong with a size that is known is told there.
	const isKnown = length.kind === 'known';
	return !(isKnown && object?.capacity) && (!isKnown || isEverywhere(length, context, (n, t) => n >= minimum[t]));
}

function wrongCount(count: PointerArgument, context: RuleContext): Wrong | undefined {
	const { address, mistaken, object, nullness } = count;
	const isOptional = context.api.bytesReturnedOptional;
	if (!isOptional && address !== undefined && address > 0 && isSmall(address)) return { kind: 'constant', address };
	if (nullness === 'null') return undefined;
	const capacity = object?.member ?? object?.capacity;
	if (object && capacity && context.targets.some((t) => capacity[t] < DWORD.bytes))
		return { kind: 'short', object: object.text, capacity };
	if (object?.constant) return { kind: 'read-only', object: object.text };
	if (mistaken?.kind === 'number') return mistaken.values.every(isSmall) ? mistaken : undefined;
	return mistaken?.kind === 'integer' || mistaken?.kind === 'unset' || mistaken?.kind === 'function'
		? mistaken
		: undefined;
}

/** How sure it is, and on which targets. */
function weighed(wrong: Wrong, { targets }: RuleContext): { severity?: Severity; targets: readonly Target[] } {
	// An address fits into 4 bytes in a 32-bit program.
	if (wrong.kind === 'integer' && wrong.bytes === 4)
		return { severity: 'warning', targets: targets.filter((t) => t !== 'x86') };
	const isGuess = wrong.kind === 'pointer' || wrong.kind === 'address';
	return isGuess ? { severity: 'warning', targets } : { targets };
}

/** The code writes a pointer or a handle; what is read has to be there before. */
const isPointerDue = (fact: Invalid, context: RuleContext): boolean =>
	fact.argument === 'buffer' && fact.side === 'output' && isPointerSized(fact.code.output, context);
