import { minimumSize } from '../../types/requirements.ts';
import type { Report, Rule } from '../rule.ts';
import { argumentNames, on, sides, tooSmallFails } from '../wording.ts';

export default {
	id: 'sizeof-pointer',
	title: 'The size is that of the pointer, not of what it points to',
	severity: 'error',
	severityReason:
		'The size of a pointer is never the size meant; a warning where the number happens to be large enough.',
	description:
		'`sizeof(p)` of the very pointer that is passed as the buffer is 4 or 8, whatever it points to. `sizeof(*p)` is what is meant, or the length of the memory that was allocated.',
	precedence: 40,
	accepted: [
		`
void f(SOCKET s, struct tcp_keepalive *vals)
{
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, sizeof(*vals), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s, struct tcp_keepalive *vals)
{
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//                                    ^^^^^^^^^^^^ sizeof-pointer
}`,
	],
	check(call, context) {
		const reports: Report[] = [];
		for (const { side, buffer, spec, code } of sides(call)) {
			const { size, pointer } = buffer;
			if (size?.sizeofType?.kind !== 'pointer' || !pointer.object?.throughPointer) continue;
			if (size.sizeofObject === undefined || `*${size.sizeofObject}` !== pointer.object.spelling) continue;
			if (buffer.length.kind !== 'known') continue;
			const minimum = minimumSize(spec);
			const given = buffer.length.values[0]!;
			// A buffer that the code does not use, or whose size no source gives, is not judged.
			if (!minimum || (spec.use !== 'required' && spec.use !== 'optional')) continue;
			const short = context.targets.filter((t) => given[t] < minimum[t]);
			const names = argumentNames(context, side);
			const verb = side === 'input' ? 'reads' : 'writes';
			const wanted = `sizeof(*${size.sizeofObject})`;
			reports.push({
				span: size,
				severity: short.length > 0 ? 'error' : 'warning',
				message: `\`${size.text}\` is the size of the pointer (4 or 8 bytes), not of what it points to, but \`${names.size}\` tells how many bytes \`${code.name}\` ${verb}${
					short.length > 0 ? ` (${on(minimum, short)} at least). ${tooSmallFails(call, code, side, context)}` : ''
				}. Pass \`${wanted}\`.`,
				fix: {
					title: `Pass ${wanted}`,
					edits: [{ start: size.start, end: size.end, newText: wanted }],
				},
			});
		}
		return reports;
	},
} satisfies Rule;
