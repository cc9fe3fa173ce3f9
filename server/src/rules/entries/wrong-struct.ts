import * as l10n from '@vscode/l10n';
import type { IoctlCall } from '../../calls/model.ts';
import type { CType, PerTarget } from '../../types/ctype.ts';
import { sizeOf, typeText } from '../../types/layout.ts';
import {
	type Code,
	type Direction,
	directions,
	exchangedBuffers,
	isUsed,
	minimumOf,
	type Side,
	targetsWhere,
} from '../buffers.ts';
import { declareBuffer, retype } from '../declaring.ts';
import { isForeign, recordOf } from '../foreign.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';
import { argumentNames, bytesOn, sizeofText, tooSmallFails, typeWithArticle, verb, withArticle } from '../wording.ts';

interface Foreign extends Fact {
	readonly code: Code;
	readonly side: Side;
	readonly given: CType;
	readonly size: PerTarget;
	readonly minimum: PerTarget;
	/** It is too small as well. */
	readonly short: boolean;
	readonly pending: boolean;
	readonly call: IoctlCall;
}

export default {
	id: 'wrong-struct',
	title: 'The buffer is another structure than the control code uses',
	severity: 'warning',
	severityReason:
		'The intent is plainly different, but a buffer that is large enough does not make the call fail; an error where it is too small as well.',
	description:
		'The size is a true `sizeof` and the object is really that large: it is just the wrong structure for this code, so that the system takes foreign fields for its own. Reported for structures of the Windows headers whose size differs from the expected one, and for those of other control codes whose members stand in other places; structures that begin with or hold the expected one, plain byte buffers and other types of equal size are left alone.',
	withoutFix:
		'An object that is declared elsewhere, or used for other things as well, has to be replaced by the author.',
	stage: 'measure',
	accepted: [
		`
void f(SOCKET s)
{
	struct { struct tcp_keepalive vals; int other; } both = { { 1, 10000, 1000 }, 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &both, sizeof(both), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	SOCKADDR_IN vals = { 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//                                     ^^^^^^^^^^^^ wrong-struct
}`,
		`
void f(SOCKET s)
{
	SOCKET_PROCESSOR_AFFINITY processor = { 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_CPU_AFFINITY, &processor, sizeof(processor), NULL, 0, &bytes, NULL, NULL);
	//                                        ^^^^^^^^^^^^^^^^^ wrong-struct
}`,
		`
void f(SOCKET s)
{
	INTERFACE_INFO_EX list[4];
	DWORD bytes;
	WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, sizeof(list), &bytes, NULL, NULL);
	//                                                 ^^^^^^^^^^^^ wrong-struct
}`,
		`
void f(SOCKET s)
{
	SOCKET_PROCESSOR_AFFINITY mode = { 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_SET_COMPATIBILITY_MODE, &mode, sizeof(mode), NULL, 0, &bytes, NULL, NULL);
	//                                             ^^^^^^^^^^^^ wrong-struct
}`,
	],
	check(call, context) {
		// What is of another call is told as that.
		const known = call.guid === undefined ? undefined : context.catalog.guid(call.guid);
		const isOther = known !== undefined && known.code !== call.code.entry?.name;
		if (isOther || exchangedBuffers(call, context)) return [];
		return directions(call).flatMap((direction) => foreignIn(call, direction, context));
	},
	message({ code, side, given, size, minimum, short, pending }, context) {
		const spec = code[side];
		const wanted = typeWithArticle(spec);
		const write = sizeofText(spec, context);
		const consequence = short ? tooSmallFails(code, side, pending, context) : fitsText(side);
		const what = l10n.t(
			'`{0}` {1} {2} ({3}), but `{4}` is {5} ({6}).',
			code.name,
			verb(side),
			wanted,
			bytesOn(minimum, context.targets),
			argumentNames(context, side).pointer,
			withArticle(typeText(given)),
			bytesOn(size, context.targets),
		);
		const advice = write ? l10n.t('Use {0} and `{1}`.', wanted, write) : l10n.t('Use {0}.', wanted);
		return `${what} ${consequence}. ${advice}`;
	},
	fix({ call, code, side, pending }, context) {
		const buffer = call[side];
		if (!buffer || pending) return undefined;
		return retype(call, buffer, code[side], context) ?? declareBuffer(call, side, buffer, code[side], context);
	},
} satisfies Rule<Foreign>;

/** What becomes of a call whose wrong structure is large enough. */
const fitsText = (side: Side): string =>
	side === 'input'
		? l10n.t('The system takes its fields for others')
		: l10n.t('Its fields do not hold what is written');

function foreignIn(
	call: IoctlCall,
	{ code, side, buffer, spec, pending }: Direction,
	context: RuleContext,
): readonly Foreign[] {
	const { lookup } = context.catalog;
	const written = buffer.size?.sizeofType;
	const given = buffer.pointer.object?.type ?? written;
	const minimum = minimumOf(spec, context);
	const size = given && sizeOf(given, lookup);
	if (!buffer.size || !isUsed(spec) || !minimum || !size || !isForeign(given, spec, context)) return [];
	// Both the object and the size speak of the same foreign structure.
	if (recordOf(written, lookup)?.name !== recordOf(given, lookup)?.name) return [];
	const short = targetsWhere(buffer.length, context.targets, (n, t) => n < minimum[t]).length > 0;
	const isSure = spec.confidence !== 'soft' && spec.confidence !== 'conflict';
	return [
		{
			span: buffer.size,
			severity: short && isSure ? 'error' : 'warning',
			code,
			side,
			given,
			size,
			minimum,
			short,
			pending,
			call,
		},
	];
}
