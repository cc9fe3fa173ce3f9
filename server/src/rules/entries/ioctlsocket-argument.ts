import type { ControlCode } from '../../catalog/model.ts';
import { catalogType } from '../../types/catalogTypes.ts';
import type { PerTarget } from '../../types/ctype.ts';
import { sizeOf } from '../../types/layout.ts';
import { isFirm, minimumSize, tooSmallError } from '../../types/requirements.ts';
import { isUsed } from '../judging.ts';
import type { Report, Rule } from '../rule.ts';
import { bytes, fails, on, onTargets, pointerTo, type Side, typeWithArticle } from '../wording.ts';

export default {
	id: 'ioctlsocket-argument',
	title: 'ioctlsocket takes 4 bytes, whatever the object has',
	severity: 'error',
	severityReason:
		'The function reads or writes past the end of the object, or the code fails because it needs more; a note where the object is larger and only its first half is written.',
	description:
		'ioctlsocket has no size argument: it takes the address of a `u_long` and always uses 4 bytes. With the address of a `bool` or a `short` it goes past the end, and a code that needs more than 4 bytes cannot work. Of an 8-byte integer it fills the lower half, and the upper half keeps what was there.',
	precedence: 50,
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
	],
	check(call, context) {
		const code = call.code.entry;
		const size = context.api.impliedLength;
		const pointer = call.input?.pointer;
		const object = pointer?.object;
		if (!code || size === undefined || !pointer) return [];
		const reads = isUsed(code.input);
		const writes = isUsed(code.output);
		if (!reads && !writes) return [];
		const needed = needs(code);
		const more = needed ? context.targets.filter((t) => needed.size[t] > size) : [];
		if (needed && more.length > 0) {
			const certain = isFirm(code[needed.side]);
			return [
				{
					span: call.code,
					severity: certain ? 'error' : 'warning',
					message: `\`${code.name}\` ${needed.side === 'input' ? 'reads' : 'writes'} ${typeWithArticle(code[needed.side])} (${bytes(on(needed.size, more))}), but ${context.api.id} always gives it ${size}${onTargets(more, context)}. ${
						certain ? fails(context, tooSmallError(code, needed.side)) : 'No source says that fewer bytes work'
					}. Call WSAIoctl, which takes sizes.`,
				},
			];
		}
		if (!object) return [];
		const { capacity } = object;
		const short = capacity ? context.targets.filter((t) => capacity[t] < size) : [];
		const reports: Report[] = [];
		if (capacity && short.length > 0)
			reports.push({
				span: pointer,
				message: `\`${object.text}\` has ${bytes(on(capacity, short))}, but ${context.api.id} always ${writes ? 'writes' : 'reads'} ${size}${onTargets(short, context)}: \`${code.name}\` goes past its end. ${call.hasSizeof === false ? `Pass ${pointerTo('u_long', call)}` : 'Use a `u_long`'}.`,
			});
		else if (writes && !reads && !object.initialised && object.type?.kind === 'scalar') {
			const whole = sizeOf(object.type, catalogType);
			const half = whole ? context.targets.filter((t) => whole[t] === 8) : [];
			if (whole && half.length > 0)
				reports.push({
					span: pointer,
					severity: 'info',
					message: `\`${object.text}\` has 8 bytes${onTargets(half, context)}, and \`${code.name}\` fills the first ${size}: the upper half keeps what it held. Use a \`u_long\`, or set it to 0 before.`,
				});
		}
		return reports;
	},
} satisfies Rule;

/** The direction that needs more bytes, the input first. */
function needs(code: ControlCode): { readonly side: Side; readonly size: PerTarget } | undefined {
	for (const side of ['input', 'output'] as const) {
		const size = code[side].use === 'required' ? minimumSize(code[side]) : undefined;
		if (size && size.x64 > 4) return { side, size };
	}
	return undefined;
}
