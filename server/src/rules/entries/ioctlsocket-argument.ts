import * as l10n from '@vscode/l10n';
import type { IoctlCall } from '../../calls/model.ts';
import type { PerTarget, Target } from '../../types/ctype.ts';
import { isFirm } from '../../types/requirements.ts';
import { type Code, isUsed, minimumOf, SIDES, type Side } from '../buffers.ts';
import { declareBuffer } from '../declaring.ts';
import { halfSeverity, halfWritten, halfWrittenText, setToZero } from '../halfWritten.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';
import { bytesOn, noSource, onTargets, tooSmallFails, typeWithArticle, U_LONG, verb } from '../wording.ts';

interface Implied extends Fact {
	readonly targets: readonly Target[];
	readonly code: Code;
	/** Bytes that the function always uses. */
	readonly length: number;
	readonly call: IoctlCall;
}

type Misfit = Implied &
	(
		| { readonly kind: 'code-needs-more'; readonly side: Side; readonly needed: PerTarget; readonly certain: boolean }
		| { readonly kind: 'object-is-short'; readonly object: string; readonly capacity: PerTarget; readonly side: Side }
		/** The first bytes are written alone, and the rest keeps what it held. */
		| { readonly kind: 'object-is-long'; readonly object: string }
	);

export default {
	id: 'ioctlsocket-argument',
	title: 'ioctlsocket takes 4 bytes, whatever the object has',
	severity: 'error',
	severityReason:
		'The function reads or writes past the end of the object, or the code fails because it needs more; a warning where the object has 8 bytes, only its first half is written and nothing has set the rest; a note where that cannot be seen.',
	description:
		'ioctlsocket has no size argument: it takes the address of a `u_long` and always uses 4 bytes. With the address of a `bool` or a `short` it goes past the end, and a code that needs more than 4 bytes cannot work. Of an 8-byte integer it fills the lower half, and the upper half keeps what was there.',
	withoutFix:
		'A code that needs more than 4 bytes wants another function, with arguments that only the author can give.',
	stage: 'memory',
	accepted: [
		`
void f(SOCKET s)
{
	u_long unread = 0;
	ioctlsocket(s, FIONREAD, &unread);
}`,
		`
void f(SOCKET s)
{
	unsigned long long on = 1, unread = 0;
	ioctlsocket(s, FIONBIO, (u_long *)&on);
	ioctlsocket(s, FIONREAD, (u_long *)&unread);
}`,
		`
struct channel { union { char flag; u_long mode; } as; struct { short low, high; } both; char room[8]; };
void f(SOCKET s, struct channel *c)
{
	ioctlsocket(s, FIONBIO, (u_long *)&c->as.flag);
	ioctlsocket(s, FIONREAD, (u_long *)&c->both);
	ioctlsocket(s, FIONREAD, (u_long *)&c->room[4]);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	bool on = true;
	ioctlsocket(s, FIONBIO, (u_long *)&on);
	//                      ^^^^^^^^^^^^^ ioctlsocket-argument
}`,
		`
void f(SOCKET s)
{
	long long unread;
	ioctlsocket(s, FIONREAD, (u_long *)&unread);
	//                       ^^^^^^^^^^^^^^^^^ ioctlsocket-argument
}`,
		`
void f(SOCKET s, struct tcp_keepalive *vals)
{
	ioctlsocket(s, SIO_KEEPALIVE_VALS, (u_long *)vals);
	//             ^^^^^^^^^^^^^^^^^^ ioctlsocket-argument
}`,
		`
struct channel { bool on; SOCKET s; };
void f(struct channel *c)
{
	ioctlsocket(c->s, FIONBIO, (u_long *)&c->on);
	//                         ^^^^^^^^^^^^^^^^ ioctlsocket-argument
}`,
	],
	check(call, context) {
		const code = call.code.entry;
		const length = context.api.impliedLength;
		if (!code || length === undefined || !SIDES.some((side) => isUsed(code[side]))) return [];
		const found = codeNeedsMore(call, code, length, context) ?? objectMisfits(call, code, length, context);
		return found ? [found] : [];
	},
	message(fact, context) {
		const { code, length, targets } = fact;
		const where = onTargets(targets, context);
		switch (fact.kind) {
			case 'code-needs-more': {
				const { side, needed, certain } = fact;
				const consequence = certain ? tooSmallFails(code, side, false, context) : noSource();
				const what = l10n.t(
					'`{0}` {1} {2} ({3}), but {4} always gives it {5}{6}.',
					code.name,
					verb(side),
					typeWithArticle(code[side]),
					bytesOn(needed, targets),
					context.api.id,
					length,
					where,
				);
				return `${what} ${consequence}. ${l10n.t('Call WSAIoctl, which takes sizes.')}`;
			}
			case 'object-is-short': {
				const what = l10n.t(
					'`{0}` has {1}, but {2} always {3} {4}{5}: `{6}` goes past its end.',
					fact.object,
					bytesOn(fact.capacity, targets),
					context.api.id,
					verb(fact.side),
					length,
					where,
					code.name,
				);
				return `${what} ${context.wording.useInstead(U_LONG)}.`;
			}
			case 'object-is-long':
				return halfWrittenText(fact.object, where, code.name, context.wording.useInstead(U_LONG));
		}
	},
	fix(fact, context) {
		const { call, code } = fact;
		switch (fact.kind) {
			case 'code-needs-more':
				return undefined;
			case 'object-is-short':
				return call.input && declareBuffer(call, fact.side, call.input, code[fact.side], context);
			case 'object-is-long':
				return setToZero(call, call.input?.pointer, context);
		}
	},
} satisfies Rule<Misfit>;

/** The direction that needs more bytes than there are, the input first. */
function codeNeedsMore(call: IoctlCall, code: Code, length: number, context: RuleContext): Misfit | undefined {
	if (!call.input) return undefined;
	for (const side of SIDES) {
		const needed = code[side].use === 'required' ? minimumOf(code[side], context) : undefined;
		if (!needed || needed.x64 <= length) continue;
		const targets = context.targets.filter((t) => needed[t] > length);
		if (targets.length === 0) return undefined;
		const certain = isFirm(code[side]);
		const severity = certain ? 'error' : 'warning';
		return { kind: 'code-needs-more', span: call.code, severity, targets, code, length, side, needed, certain, call };
	}
	return undefined;
}

function objectMisfits(call: IoctlCall, code: Code, length: number, context: RuleContext): Misfit | undefined {
	const pointer = call.input?.pointer;
	const object = pointer?.object;
	if (!object) return undefined;
	const fact = { span: pointer, code, length, object: object.text, call };
	const capacity = object.member ?? object.capacity;
	const reads = isUsed(code.input);
	const writes = isUsed(code.output);
	const short = capacity ? context.targets.filter((t) => capacity[t] < length) : [];
	if (capacity && short.length > 0)
		return { ...fact, kind: 'object-is-short', targets: short, capacity, side: writes ? 'output' : 'input' };
	if (!writes || reads) return undefined;
	const long = halfWritten(object, context);
	return long.length > 0
		? { ...fact, kind: 'object-is-long', severity: halfSeverity(object), targets: long }
		: undefined;
}
