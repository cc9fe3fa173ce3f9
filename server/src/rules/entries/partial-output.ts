import type { IoctlCall } from '../../calls/model.ts';
import type { Target } from '../../types/ctype.ts';
import { directions, minimumOf } from '../buffers.ts';
import { halfSeverity, halfWritten, halfWrittenText, setToZero } from '../halfWritten.ts';
import type { Fact, Rule } from '../rule.ts';
import { onTargets } from '../wording.ts';

interface Partial extends Fact {
	readonly targets: readonly Target[];
	readonly code: string;
	readonly object: string;
	readonly type: string;
	readonly call: IoctlCall;
}

export default {
	id: 'partial-output',
	title: 'Only the first half of the object is written',
	severity: 'warning',
	severityReason:
		'The upper half keeps what it held, and the number is wrong whenever that is not 0; a note where it cannot be seen whether somebody has set it to 0 before.',
	description:
		'Codes such as FIONREAD write 4 bytes, however large the object behind the pointer is. Of a `size_t` or another number of 8 bytes they fill the lower half. Where nothing has set the number to 0 before, it then is any multiple of 4 GB too large.',
	stage: 'memory',
	accepted: [
		`
int f(SOCKET s, u_long *unread)
{
	unsigned long long own = 0;
	DWORD bytes;
	if (WSAIoctl(s, FIONREAD, NULL, 0, &own, sizeof(own), &bytes, NULL, NULL)) return -1;
	return WSAIoctl(s, FIONREAD, NULL, 0, unread, sizeof(*unread), &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	unsigned long long unread;
	DWORD bytes;
	WSAIoctl(s, FIONREAD, NULL, 0, &unread, sizeof(unread), &bytes, NULL, NULL);
	//                             ^^^^^^^ partial-output
}`,
		`
int f(SOCKET s, size_t *unread)
{
	DWORD bytes;
	return WSAIoctl(s, FIONREAD, NULL, 0, unread, sizeof(*unread), &bytes, NULL, NULL);
	//                                    ^^^^^^ partial-output
}`,
	],
	check: (call, context) =>
		directions(call).flatMap(({ code, side, buffer, spec }): Partial[] => {
			const { object } = buffer.pointer;
			const minimum = minimumOf(spec, context);
			if (side !== 'output' || !object || !buffer.size || spec.use !== 'required') return [];
			if (minimum?.x86 !== 4 || minimum.x64 !== 4 || spec.variable !== undefined || !spec.type) return [];
			const targets = halfWritten(object, context);
			if (targets.length === 0) return [];
			const severity = halfSeverity(object);
			return [{ span: buffer.pointer, severity, targets, code: code.name, object: object.text, type: spec.type, call }];
		}),
	message: ({ targets, code, object, type }, context) =>
		halfWrittenText(object, onTargets(targets, context), code, context.wording.useInstead({ type, bytes: 4 })),
	fix: ({ call }, context) => setToZero(call, call.output?.pointer, context),
} satisfies Rule<Partial>;
