import * as l10n from '@vscode/l10n';
import type { ElementCount, IoctlCall } from '../../calls/model.ts';
import type { PerTarget } from '../../types/ctype.ts';
import { tooSmallError } from '../../types/requirements.ts';
import { type Code, isUsed, minimumOf, SIDES, type Side } from '../buffers.ts';
import { asSize, isUnfit, type Remedy } from '../remedies.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';
import { argumentNames, bufferAndSize, bytes, bytesOn, fails, passInstead, verb } from '../wording.ts';

interface Counted extends Fact {
	readonly side: Side;
	/** The argument as written. */
	readonly text: string;
	readonly elements: ElementCount;
	/** How many there are, where that is known. */
	readonly count?: number;
	/** Present when so few bytes make the call fail. */
	readonly short?: { readonly code: Code; readonly minimum: PerTarget };
	readonly remedy: Remedy;
}

export default {
	id: 'element-count',
	title: 'The size counts elements, not bytes',
	severity: 'error',
	severityReason:
		'The call fails where fewer bytes are promised than the code needs; a warning where the number happens to be enough, and where it is not known.',
	description:
		'`length` of a typed array is its number of elements. `cbInBuffer` and `cbOutBuffer` are bytes: for a `Uint32Array` they are four times as many. The two agree for `Uint8Array` and `Buffer` only, which is why the mistake survives. `byteLength` is right for all of them.',
	withoutFix: 'An array that is too small for the code has to be made anew.',
	stage: 'measure',
	language: 'ts',
	accepted: [
		`
import koffi from 'koffi';
const ws2 = koffi.load('ws2_32.dll');
const WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');
export function keepAlive(socket: bigint) {
	const values = new Uint32Array([1, 10000, 1000]);
	return WSAIoctl(socket, 0x98000004, values, values.byteLength, null, 0, [0], null, null);
}`,
	],
	rejected: [
		`
import koffi from 'koffi';
const ws2 = koffi.load('ws2_32.dll');
const WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');
export function keepAlive(socket: bigint) {
	const values = new Uint32Array([1, 10000, 1000]);
	return WSAIoctl(socket, 0x98000004, values, values.length, null, 0, [0], null, null);
	//                                          ^^^^^^^^^^^^^ element-count
}`,
	],
	check: (call, context) => SIDES.flatMap((side) => countedIn(call, side, context)),
	message(fact, context) {
		const { side, short, remedy } = fact;
		const consequence = short
			? `\`${short.code.name}\` ${verb(side)} ${bytesOn(short.minimum, context.targets)}: ${fails(context, tooSmallError(short.code, side, context.catalog))}.`
			: l10n.t('The system sees a part of the array only.');
		return `${countedText(fact, context)} ${consequence} ${l10n.t('Pass {0}.', remedy.text)}`;
	},
	fix: ({ span, remedy: { size } }) => (size === undefined ? undefined : passInstead(span, size)),
} satisfies Rule<Counted>;

function countedText({ side, text, elements, count }: Counted, context: RuleContext): string {
	const { size } = argumentNames(context, side);
	const each = bytes(elements.bytes);
	return count === undefined
		? l10n.t(
				'`{0}` counts the elements of a `{1}`, each of {2}, but `{3}` is a number of bytes.',
				text,
				elements.type,
				each,
				size,
			)
		: l10n.t(
				'`{0}` counts the elements of a `{1}` ({2}), each of {3}, but `{4}` is a number of bytes ({5}).',
				text,
				elements.type,
				count,
				each,
				size,
				count * elements.bytes,
			);
}

function countedIn(call: IoctlCall, side: Side, context: RuleContext): readonly Counted[] {
	const buffer = call[side];
	const size = buffer?.size;
	const elements = size?.elements;
	if (!buffer || !size || !elements || elements.object === '') return [];
	// The count of another array may be meant.
	if (buffer.pointer.object?.spelling !== elements.object) return [];
	const code = call.code.entry;
	if (code && !isUsed(code[side])) return [];
	const minimum = code && minimumOf(code[side], context);
	const [only, ...others] = buffer.length.kind === 'known' ? buffer.length.values : [];
	const count = only && others.length === 0 ? only.x64 : undefined;
	const short = minimum && count !== undefined && context.targets.every((t) => count < minimum[t]);
	return [
		{
			span: size,
			severity: short ? 'error' : 'warning',
			side,
			text: size.text,
			elements,
			remedy:
				code && isUnfit(buffer, code[side], context)
					? { text: bufferAndSize(code[side], context) }
					: asSize(context.wording.objectSize(elements.object)),
			...(count === undefined ? {} : { count }),
			...(short ? { short: { code, minimum } } : {}),
		},
	];
}
