import * as l10n from '@vscode/l10n';
import type { BufferArgument, IoctlCall } from '../../calls/model.ts';
import type { BufferSpec } from '../../catalog/model.ts';
import { isFirm } from '../../types/requirements.ts';
import { type Direction, directions, isEverywhere, isUsed, minimumOf, targetsWhere } from '../buffers.ts';
import { asSize, isUnfit, type Mismeasured, measureInstead, measuring, type Remedy } from '../remedies.ts';
import type { Rule, RuleContext, Severity } from '../rule.ts';
import { argumentNames, atLeast, noSource, onTargets, tooSmallFails, verb } from '../wording.ts';

export default {
	id: 'sizeof-address',
	title: 'The size is that of an address, not of the object',
	severity: 'error',
	severityReason:
		'The size of an address is never the size meant; a warning where the number is too large or the size needed is not known for sure, a note where it happens to be right.',
	description:
		'`sizeof(&x)` is the size of a pointer, 4 or 8, whatever `x` is: the `&` of the buffer argument was copied into the size. `sizeof(x)` is meant.',
	withoutFix: 'A size that is computed elsewhere, or is that of memory that is too small, has to be put right there.',
	stage: 'measure',
	accepted: [
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(&vals), NULL, 0, &bytes, NULL, NULL);
	//                                     ^^^^^^^^^^^^^ sizeof-address
}`,
	],
	check: (call, context) => directions(call).flatMap((direction) => addressIn(call, direction, context)),
	message({ code, side, text, remedy, minimum, short, pending }, context) {
		const isShort = short.length > 0;
		const what = l10n.t(
			'`{0}` is the size of an address (4 or 8 bytes), but `{1}` tells how many bytes `{2}` {3}{4}.',
			text,
			argumentNames(context, side).size,
			code.name,
			verb(side),
			isShort ? ` (${atLeast(minimum, short)}${onTargets(short, context)})` : '',
		);
		const sure = () => (isFirm(code[side]) ? tooSmallFails(code, side, pending, context) : noSource());
		const consequence = isShort ? ` ${sure()}.` : '';
		return `${what}${consequence} ${l10n.t('Pass {0}.', remedy.text)}`;
	},
	fix: measureInstead,
} satisfies Rule<Mismeasured>;

function addressIn(
	call: IoctlCall,
	{ code, side, buffer, spec, pending }: Direction,
	context: RuleContext,
): readonly Mismeasured[] {
	const { size } = buffer;
	const measured = size?.sizeofObject;
	const minimum = minimumOf(spec, context);
	if (!size || !measured?.startsWith('&') || !minimum || !isUsed(spec)) return [];
	const short = targetsWhere(buffer.length, context.targets, (n, t) => n < minimum[t]);
	// A handle has the size of a pointer: the slip changes nothing.
	const harmless = isEverywhere(buffer.length, context, (n, t) => n === minimum[t]);
	return [
		{
			span: size,
			severity: severityOf(short.length > 0 && isFirm(spec), harmless),
			code,
			side,
			text: size.text,
			remedy: remedyFor(measured.slice(1), buffer, spec, context),
			minimum,
			short,
			pending,
			call,
		},
	];
}

/** What is meant is the size of the object, or of what the object points to where it is the pointer that is passed. */
function remedyFor(object: string, buffer: BufferArgument, spec: BufferSpec, context: RuleContext): Remedy {
	const of = buffer.size?.sizeofType;
	const type = of?.kind === 'pointer' ? of.to : undefined;
	const isPointer = type?.kind === 'pointer' && buffer.pointer.object?.spelling === `*${object}`;
	if (isPointer) return measuring(buffer, spec, `*${object}`, type.to, context);
	return isUnfit(buffer, spec, context)
		? measuring(buffer, spec, object, type, context)
		: asSize(context.wording.objectSize(object));
}

function severityOf(certain: boolean, harmless: boolean): Severity {
	if (certain) return 'error';
	return harmless ? 'info' : 'warning';
}
