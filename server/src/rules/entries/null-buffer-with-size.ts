import type { BufferArgument } from '../../calls/model.ts';
import { mayBeEmpty } from '../judging.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { argumentNames, fails, sides, targetsWhere, valuesOn } from '../wording.ts';

export default {
	id: 'null-buffer-with-size',
	title: 'A buffer is NULL but its size is not 0',
	severity: 'error',
	severityReason:
		'The system reads or writes that many bytes at address 0 and reports WSAEFAULT (WSAEINVAL for some codes).',
	description:
		'A NULL buffer with a size that is not 0 promises memory that is not there. It is reported for buffers that the code uses; a buffer that the code ignores may be anything.',
	precedence: 30,
	accepted: [
		`
void f(SOCKET s)
{
	SOCKADDR_STORAGE to;
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);
	//                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ null-buffer-with-size
}`,
	],
	check(call, context) {
		const reports = [];
		for (const { side, buffer, spec, code } of sides(call)) {
			if (buffer.pointer.nullness !== 'null' || !buffer.size) continue;
			if (spec.use !== 'required' && spec.use !== 'optional') continue;
			const size = positive(buffer, context);
			if (size === undefined) continue;
			const names = argumentNames(context, side);
			reports.push({
				span: buffer.size,
				message: `\`${names.pointer}\` is NULL, but \`${names.size}\` is ${size}: \`${code.name}\` would ${side === 'input' ? 'read' : 'write'} there. ${fails(context, code[side].tooSmall?.error ?? 'WSAEFAULT')}. Pass a buffer of that size${side === 'output' && mayBeEmpty(spec) ? ', or 0' : ''}.`,
			});
		}
		return reports;
	},
} satisfies Rule;

/** How a size that is surely not 0 is told: its values, or the `sizeof` of a type that nobody knows here. */
function positive({ size, length }: BufferArgument, context: RuleContext): string | undefined {
	const found = targetsWhere(length, context.targets, (n) => n > 0);
	if (length.kind === 'known')
		return found.length === context.targets.length ? valuesOn(length.values, found) : undefined;
	return size && /^sizeof\b/.test(size.text) && (size.sizeofType || size.sizeofObject) ? `\`${size.text}\`` : undefined;
}
