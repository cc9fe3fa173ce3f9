import type { PerTarget, Target } from '../../types/ctype.ts';
import { directions, isUsed, minimumOf, type Side, targetsWhere } from '../buffers.ts';
import type { Fact, Rule } from '../rule.ts';
import { argumentNames, bytes, on, onTargets, valuesOn } from '../wording.ts';

interface Exceeding extends Fact {
	readonly targets: readonly Target[];
	readonly code: string;
	readonly side: Side;
	readonly given: readonly PerTarget[];
	readonly object: string;
	readonly capacity: PerTarget;
	/** The code itself uses more than there is. */
	readonly overrun: boolean;
}

export default {
	id: 'size-exceeds-object',
	title: 'The size is larger than the object behind the pointer',
	severity: 'error',
	severityReason:
		'The system reads past the end of the input object, or may write past the end of the output object. Where the code itself uses no more than fits, it is only a note in C and C++: there the object may be the beginning of a larger one. A buffer of TypeScript or JavaScript ends where it ends.',
	description:
		'The size argument promises more bytes than the object has. Input past the end is read: whatever lies behind on the stack goes to the system. Output past the end is written: the stack or the heap is damaged without an error.',
	stage: 'memory',
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
	check: (call, context) =>
		directions(call).flatMap(({ code, side, buffer, spec }) => {
			const { object } = buffer.pointer;
			const capacity = object?.capacity;
			if (!capacity || !buffer.size || buffer.length.kind !== 'known') return [];
			const targets = targetsWhere(buffer.length, context.targets, (n, t) => n > capacity[t]);
			// Nothing is read or written there, or no source says that it is.
			if (targets.length === 0 || !isUsed(spec)) return [];
			const minimum = minimumOf(spec, context);
			const overrun =
				spec.variable !== undefined || (minimum !== undefined && targets.some((t) => minimum[t] > capacity[t]));
			const certain = overrun || (context.wording.closedBuffers && targets.length === context.targets.length);
			return [
				{
					span: buffer.size,
					severity: certain ? 'error' : 'info',
					targets,
					code: code.name,
					side,
					given: buffer.length.values,
					object: object.text,
					capacity,
					overrun,
				},
			];
		}),
	message({ targets, code, side, given, object, capacity, overrun }, context) {
		const use = WORDS[side][overrun ? 'overrun' : 'allowed'];
		return `\`${argumentNames(context, side).size}\` is ${valuesOn(given, targets)}${onTargets(targets, context)}, but \`${object}\` has ${bytes(on(capacity, targets))}. \`${code}\` ${use} past its end. Pass the size of the object, or a larger object.`;
	},
} satisfies Rule<Exceeding>;

const WORDS = {
	input: { overrun: 'reads', allowed: 'is allowed to read' },
	output: { overrun: 'may write', allowed: 'is allowed to write' },
};
