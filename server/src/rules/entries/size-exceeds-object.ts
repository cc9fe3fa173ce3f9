import { minimumSize } from '../../types/requirements.ts';
import type { Report, Rule } from '../rule.ts';
import { argumentNames, bytes, on, onTargets, sides, targetsWhere, valuesOn } from '../wording.ts';

export default {
	id: 'size-exceeds-object',
	title: 'The size is larger than the object behind the pointer',
	severity: 'error',
	severityReason:
		'The system reads past the end of the input object, or may write past the end of the output object. Where the code itself uses no more than fits, it is only a note in C and C++: there the object may be the beginning of a larger one. A buffer of TypeScript or JavaScript ends where it ends.',
	description:
		'The size argument promises more bytes than the object has. Input past the end is read: whatever lies behind on the stack goes to the system. Output past the end is written: the stack or the heap is damaged without an error.',
	precedence: 50,
	accepted: [
		`
void f(SOCKET s)
{
	char list[1024];
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, list, sizeof(list), &bytes, NULL, NULL);
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
	],
	check(call, context) {
		const reports: Report[] = [];
		for (const { side, buffer, spec, code } of sides(call)) {
			const capacity = buffer.pointer.object?.capacity;
			if (!capacity || !buffer.size || buffer.length.kind !== 'known') continue;
			const found = targetsWhere(buffer.length, context.targets, (n, t) => n > capacity[t]);
			if (found.length === 0) continue;
			// Nothing is read or written there, or no source says that it is.
			if (spec.use !== 'required' && spec.use !== 'optional') continue;
			const minimum = minimumSize(spec);
			const overrun =
				spec.variable !== undefined || (minimum !== undefined && found.some((t) => minimum[t] > capacity[t]));
			const isBuffer = call.hasSizeof === false && found.length === context.targets.length;
			const names = argumentNames(context, side);
			const verb = side === 'input' ? 'read' : 'write';
			reports.push({
				span: buffer.size,
				severity: overrun || isBuffer ? 'error' : 'info',
				message: `\`${names.size}\` is ${valuesOn(buffer.length.values, found)}${onTargets(found, context)}, but \`${buffer.pointer.object!.text}\` has ${bytes(on(capacity, found))}. \`${code.name}\` ${
					overrun ? (side === 'input' ? 'reads' : 'may write') : `is allowed to ${verb}`
				} past its end. Pass the size of the object, or a larger object.`,
			});
		}
		return reports;
	},
} satisfies Rule;
