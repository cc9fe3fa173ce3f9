import * as l10n from '@vscode/l10n';
import type { BufferArgument, IoctlCall } from '../../calls/model.ts';
import type { BufferSpec } from '../../catalog/model.ts';
import {
	type Code,
	type Direction,
	directions,
	isEverywhere,
	isFilled,
	isUsed,
	mayBeEmpty,
	measuresPointer,
	minimumOf,
	type Side,
} from '../buffers.ts';
import { declareBuffer, passAddress } from '../declaring.ts';
import { isForeign } from '../foreign.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';
import { argumentNames, badAddressFails, bufferAndSize, fails, passInstead, valuesOn } from '../wording.ts';

interface Nowhere extends Fact {
	readonly code: Code;
	readonly side: Side;
	/** How the size is told. */
	readonly size: string;
	readonly mayBeEmpty: boolean;
	/** What to pass. */
	readonly remedy: string;
	readonly call: IoctlCall;
	/** The pointer variable that stands there itself, where its address is meant. */
	readonly pointer?: string;
}

export default {
	id: 'null-buffer-with-size',
	title: 'A buffer is NULL but its size is not 0',
	severity: 'error',
	severityReason:
		'The system reads or writes that many bytes at address 0 and reports WSAEFAULT (WSAEINVAL for some codes).',
	description:
		'A NULL buffer with a size that is not 0 promises memory that is not there. It is reported for buffers that the code uses; a buffer that the code ignores may be anything.',
	withoutFix: 'Of data without a fixed length only the author knows how much there is.',
	stage: 'address',
	accepted: [
		`
void f(SOCKET s)
{
	SOCKADDR_STORAGE to;
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);
	//                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ null-buffer-with-size
}`,
		`
void f(SOCKET s, u_long seconds)
{
	struct tcp_keepalive settings = { 1, 1000 * seconds, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);
	//                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ null-buffer-with-size
}`,
	],
	check: (call, context) =>
		directions(call).flatMap((direction) => {
			const { code, side, buffer, spec } = direction;
			if (buffer.pointer.nullness !== 'null' || !buffer.size || !isUsed(spec)) return [];
			const size = positive(direction, context);
			if (size === undefined) return [];
			const pointer = pointerMeant(buffer, spec, context);
			const remedy = pointer === undefined ? remedyFor(buffer, spec, context) : `\`&${pointer}\``;
			return [
				{
					span: buffer.size,
					code,
					side,
					size,
					mayBeEmpty: side === 'output' && mayBeEmpty(spec),
					remedy,
					call,
					...(pointer === undefined ? {} : { pointer }),
				},
			];
		}),
	message({ code, side, size, mayBeEmpty, remedy }, context) {
		const { pointer, size: parameter } = argumentNames(context, side);
		const what =
			side === 'input'
				? l10n.t('`{0}` is NULL, but `{1}` is {2}: `{3}` would read there.', pointer, parameter, size, code.name)
				: l10n.t('`{0}` is NULL, but `{1}` is {2}: `{3}` would write there.', pointer, parameter, size, code.name);
		const error = code[side].tooSmall?.error;
		const failure = error ? fails(context, error) : badAddressFails(context);
		return `${what} ${failure}. ${mayBeEmpty ? l10n.t('Pass {0}, or 0.', remedy) : l10n.t('Pass {0}.', remedy)}`;
	},
	fix({ call, code, side, span, mayBeEmpty, pointer }, context) {
		const buffer = call[side];
		if (buffer && pointer !== undefined) return passAddress(buffer.pointer, `&${pointer}`, context);
		const measured = buffer && measuredBuffer(buffer, code[side], context);
		if (buffer && measured !== undefined) return passAddress(buffer.pointer, measured, context);
		const local = buffer && localObject(call, buffer, code[side], context);
		if (buffer && local !== undefined)
			return { ...passAddress(buffer.pointer, `&${local}`, context), unfinished: true };
		const fix = buffer && declareBuffer(call, side, buffer, code[side], context);
		return fix ?? (mayBeEmpty ? { ...passInstead(span, '0'), unfinished: true } : undefined);
	},
} satisfies Rule<Nowhere>;

/** The address of the variable that the size is measured of, where it suffices. */
function measuredBuffer({ size, length }: BufferArgument, spec: BufferSpec, context: RuleContext): string | undefined {
	const { sizeofObject: object, sizeofType: type } = size ?? {};
	const minimum = minimumOf(spec, context);
	const isEnough = minimum !== undefined && isEverywhere(length, context, (n, t) => n >= minimum[t]);
	if (!isEnough || object === undefined || !/^[A-Za-z_]\w*$/.test(object)) return undefined;
	if (isForeign(type, spec, context)) return undefined;
	if (type?.kind === 'array') return object;
	return type?.kind === 'record' || type?.kind === 'scalar' ? `&${object}` : undefined;
}

/** The only variable of the function that is of the type which the code uses, where the size suffices. */
function localObject(
	call: IoctlCall,
	{ length }: BufferArgument,
	spec: BufferSpec,
	context: RuleContext,
): string | undefined {
	const { catalog, wording } = context;
	const minimum = minimumOf(spec, context);
	const wanted = spec.type === undefined ? undefined : catalog.type(spec.type);
	const isEnough = minimum !== undefined && isEverywhere(length, context, (n, t) => n >= minimum[t]);
	if (!isEnough || !wanted || spec.variable !== undefined || wording.closedBuffers || call.through !== undefined)
		return undefined;
	const locals = context.surroundings?.(call).locals() ?? [];
	const [only, ...others] = locals.filter(({ type }) => type?.kind === 'named' && catalog.type(type.name) === wanted);
	return others.length === 0 ? only?.name : undefined;
}

/** A null pointer variable whose address is meant: its size is just what the code uses. */
function pointerMeant(buffer: BufferArgument, spec: BufferSpec, context: RuleContext): string | undefined {
	const minimum = minimumOf(spec, context);
	const isExact = minimum && isEverywhere(buffer.length, context, (n, t) => n === minimum[t]);
	return isExact && measuresPointer(buffer) ? buffer.size?.sizeofObject : undefined;
}

/** A buffer of the size that is given, or of the one that is needed. */
function remedyFor(buffer: BufferArgument, spec: BufferSpec, context: RuleContext): string {
	const { length } = buffer;
	const minimum = minimumOf(spec, context);
	const isEnough = !minimum || length.kind !== 'known' || isEverywhere(length, context, (n, t) => n >= minimum[t]);
	const isOwn = !measuresPointer(buffer) && !isForeign(buffer.size?.sizeofType, spec, context);
	return isEnough && isOwn ? l10n.t('a buffer of that size') : bufferAndSize(spec, context);
}

/** How a size that is surely not 0 is told: its values, or the `sizeof` of a type that nobody knows here. */
function positive({ buffer: { size, length } }: Direction, context: RuleContext): string | undefined {
	if (length.kind === 'known') return isFilled(length, context) ? valuesOn(length.values, context.targets) : undefined;
	return size && /^sizeof\b/.test(size.text) && (size.sizeofType || size.sizeofObject) ? `\`${size.text}\`` : undefined;
}
