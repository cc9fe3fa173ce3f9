import { isFirm, minimumSize } from '../../types/requirements.ts';
import { isUsed } from '../judging.ts';
import type { Report, Rule } from '../rule.ts';
import { argumentNames, bytes, on, onTargets, sides, targetsWhere, tooSmallFails } from '../wording.ts';

export default {
	id: 'sizeof-address',
	title: 'The size is that of an address, not of the object',
	severity: 'error',
	severityReason:
		'The size of an address is never the size meant; a warning where the number is too large or the size needed is not known for sure, a note where it happens to be right.',
	description:
		'`sizeof(&x)` is the size of a pointer, 4 or 8, whatever `x` is: the `&` of the buffer argument was copied into the size. `sizeof(x)` is meant.',
	precedence: 45,
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
	check(call, context) {
		const reports: Report[] = [];
		for (const { side, buffer, spec, code } of sides(call)) {
			const { size } = buffer;
			const object = size?.sizeofObject;
			if (!size || !object?.startsWith('&') || !isUsed(spec)) continue;
			const minimum = minimumSize(spec);
			if (!minimum) continue;
			const short = targetsWhere(buffer.length, context.targets, (n, t) => n < minimum[t]);
			const certain = short.length > 0 && isFirm(spec);
			// A handle has the size of a pointer: the slip changes nothing.
			const equal = targetsWhere(buffer.length, context.targets, (n, t) => n === minimum[t]);
			const harmless = equal.length === context.targets.length;
			const wanted = `sizeof(${object.slice(1)})`;
			reports.push({
				span: size,
				severity: certain ? 'error' : harmless ? 'info' : 'warning',
				message: `\`${size.text}\` is the size of an address (4 or 8 bytes), but \`${argumentNames(context, side).size}\` tells how many bytes \`${code.name}\` ${side === 'input' ? 'reads' : 'writes'}${
					short.length > 0
						? ` (${bytes(on(minimum, short))} at least${onTargets(short, context)}). ${certain ? tooSmallFails(call, code, side, context) : 'No source says that fewer bytes work'}`
						: ''
				}. Pass \`${wanted}\`.`,
				// A variable that holds the size is defined elsewhere.
				...(size.text.includes('sizeof')
					? { fix: { title: `Pass ${wanted}`, edits: [{ start: size.start, end: size.end, newText: wanted }] } }
					: {}),
			});
		}
		return reports;
	},
} satisfies Rule;
