import * as l10n from '@vscode/l10n';
import type { BufferArgument, IoctlCall, LeastSize, PointedObject, Quantity } from '../../calls/model.ts';
import type { BufferSpec } from '../../catalog/model.ts';
import type { PerTarget, Target } from '../../types/ctype.ts';
import { sizeOf } from '../../types/layout.ts';
import { directions, isUsed, minimumOf, type Side, targetsWhere } from '../buffers.ts';
import { passAddress, replaceBuffer } from '../declaring.ts';
import { fittingSize, isPointerMeant, isUnfit } from '../remedies.ts';
import type { Fact, Rule, RuleContext, Severity } from '../rule.ts';
import { argumentNames, bufferAndSize, bytesOn, onTargets, passInstead, valuesOn } from '../wording.ts';

interface Exceeding extends Fact {
	readonly targets: readonly Target[];
	readonly code: string;
	readonly side: Side;
	readonly given: readonly PerTarget[];
	/** What is added to that, where it is not known. */
	readonly least?: LeastSize;
	readonly object: string;
	readonly capacity: PerTarget;
	/** The code itself uses more than there is. */
	readonly overrun: boolean;
	/** What to pass. */
	readonly remedy: string;
	readonly spec: BufferSpec;
	readonly call: IoctlCall;
}

export default {
	id: 'size-exceeds-object',
	title: 'The size is larger than the object behind the pointer',
	severity: 'error',
	severityReason:
		'The system reads past the end of the input object, or may write past the end of the output object; a warning in C and C++ where the code itself uses no more than fits, or no source says what it uses: the next version of Windows, or a provider in between, may go to the end. A note where that is so on some of the targets alone, as with a number that is right for 64 bits. A buffer of TypeScript or JavaScript ends where it ends.',
	description:
		'The size argument promises more bytes than the object has. Input past the end is read: whatever lies behind on the stack goes to the system. Output past the end is written: the stack or the heap is damaged without an error.',
	withoutFix:
		'Memory that is too small for data without a fixed length has to grow by as much as only the author knows.',
	stage: 'memory',
	accepted: [
		`
void f(SOCKET s)
{
	char list[1024];
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, list, sizeof(list), &bytes, NULL, NULL);
}`,
		`
void f(SOCKET s, DWORD more)
{
	char qos[400] = { 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_SET_QOS, qos, sizeof(QOS) + more, NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	u_long on = 1;
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);
	//                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ size-exceeds-object
}`,
		`
void f(SOCKET s)
{
	char list[64];
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, list, 1024, &bytes, NULL, NULL);
	//                                                 ^^^^ size-exceeds-object
}`,
		`
void f(SOCKET s)
{
	QOS qos = { 0 };
	DWORD bytes;
	WSAOVERLAPPED o = { 0 };
	WSAIoctl(s, SIO_SET_QOS, &qos, sizeof(QOS) + sizeof(QOS_DESTADDR), NULL, 0, &bytes, &o, NULL);
	//                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ size-exceeds-object
	WSAGetOverlappedResult(s, &o, &bytes, TRUE, &bytes);
}`,
		`
void f(SOCKET s)
{
	QOS qos = { 0 };
	DWORD bytes;
	WSAOVERLAPPED o = { 0 };
	WSAIoctl(s, SIO_SET_QOS, &qos, sizeof(QOS) + qos.ProviderSpecific.len, NULL, 0, &bytes, &o, NULL);
	//                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ size-exceeds-object
	WSAGetOverlappedResult(s, &o, &bytes, TRUE, &bytes);
}`,
	],
	check: (call, context) =>
		directions(call).flatMap(({ code, side, buffer, spec }) => {
			const { object } = buffer.pointer;
			const capacity = object?.capacity;
			const least = buffer.size?.least;
			if (!capacity || !buffer.size || (buffer.length.kind !== 'known' && !least)) return [];
			const exceeded = least
				? context.targets.filter((t) => least.bytes[t] >= capacity[t])
				: targetsWhere(buffer.length, context.targets, (n, t) => n > capacity[t]);
			// A buffer that the code is known not to use may be anything.
			if (exceeded.length === 0 || spec.use === 'unused' || spec.use === 'must-be-empty') return [];
			const minimum = minimumOf(spec, context);
			const overrunOn = exceeded.filter((t) => spec.variable !== undefined || (minimum && minimum[t] > capacity[t]));
			const overrun = isUsed(spec) && overrunOn.length > 0;
			const targets = overrun ? overrunOn : exceeded;
			const isGuess = least?.certain === false;
			const isEverywhere = targets.length === context.targets.length;
			const closed = isUsed(spec) && context.wording.closedBuffers && isEverywhere;
			return [
				{
					span: buffer.size,
					severity: severityOf((overrun || closed) && !isGuess, isEverywhere),
					targets,
					code: code.name,
					side,
					given: least ? [least.bytes] : valuesOf(buffer.length),
					...(least ? { least } : {}),
					object: object.text,
					capacity,
					overrun,
					remedy: remedyFor(buffer, object, spec, context),
					spec,
					call,
				},
			];
		}),
	message({ targets, code, side, given, least, object, capacity, overrun, remedy }, context) {
		const what = l10n.t(
			'`{0}` is {1}{2}{3}, but `{4}` has {5}.',
			argumentNames(context, side).size,
			valuesOn(given, targets),
			onTargets(targets, context),
			least ? l10n.t(' and `{0}` more', least.more) : '',
			object,
			bytesOn(capacity, targets),
		);
		const use = useText(code, side, overrun);
		const consequence = least?.certain === false ? l10n.t('As soon as `{0}` is not 0, {1}', least.more, use) : use;
		return `${what} ${consequence} ${l10n.t('Pass {0}.', remedy)}`;
	},
	fix({ call, side, span, spec }, context) {
		const buffer = call[side];
		if (!buffer) return undefined;
		const { object } = buffer.pointer;
		if (object?.spelling !== undefined && isPointerMeant(buffer, spec, context))
			return passAddress(buffer.pointer, object.spelling, context);
		if (isUnfit(buffer, spec, context)) return replaceBuffer(call, side, buffer, spec, context);
		const size = fittingSize(buffer, spec, context) ?? wholeOf(object, context);
		return size === undefined ? undefined : passInstead(span, size);
	},
} satisfies Rule<Exceeding>;

/** The size of a whole variable that is as large as its memory. */
function wholeOf(object: PointedObject | undefined, { wording, catalog, targets }: RuleContext): string | undefined {
	const { type, capacity, spelling, throughPointer } = object ?? {};
	const size = type && sizeOf(type, catalog.lookup);
	const isWhole = size && capacity && targets.every((t) => size[t] === capacity[t]);
	return isWhole && spelling !== undefined && !throughPointer ? wording.objectSize(spelling) : undefined;
}

const valuesOf = (length: Quantity): readonly PerTarget[] => (length.kind === 'known' ? length.values : []);

function severityOf(certain: boolean, everywhere: boolean): Severity {
	if (certain) return 'error';
	return everywhere ? 'warning' : 'info';
}

/** The size that the object has, or another object where it is too small for the code. */
function remedyFor(
	buffer: BufferArgument,
	{ spelling }: PointedObject,
	spec: BufferSpec,
	context: RuleContext,
): string {
	if (isPointerMeant(buffer, spec, context))
		return l10n.t('`{0}`, which is the pointer, instead of its address', spelling ?? '');
	if (isUnfit(buffer, spec, context)) return bufferAndSize(spec, context);
	return l10n.t('the size of the object, or a larger object');
}

/** @param overrun the code itself uses more than there is; else it would, if there were more to use. */
function useText(code: string, side: Side, overrun: boolean): string {
	if (side === 'input')
		return overrun ? l10n.t('`{0}` reads past its end.', code) : l10n.t('`{0}` is allowed to read past its end.', code);
	return overrun
		? l10n.t('`{0}` may write past its end.', code)
		: l10n.t('`{0}` is allowed to write past its end.', code);
}
