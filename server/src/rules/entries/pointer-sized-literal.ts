import { isFirm, minimumSize, tooSmallError } from '../../types/requirements.ts';
import { isUsed } from '../judging.ts';
import type { Report, Rule } from '../rule.ts';
import { argumentNames, fails, sides, sizeofText, targetsWhere, typeWithArticle } from '../wording.ts';

export default {
	id: 'pointer-sized-literal',
	title: 'The size is right for 32-bit programs only',
	severity: 'error',
	severityReason:
		'The call works in a 32-bit program and fails in every 64-bit one; a warning where the size rests on a header or a sample alone.',
	description:
		'A `SOCKET`, a `HANDLE` and a function pointer have 4 bytes in a 32-bit program and 8 in a 64-bit one. A size that is written as the number 4 is a leftover of 32-bit times: the program compiles for 64 bits without a word and the call fails there. `sizeof` is right on both.',
	precedence: 25,
	accepted: [
		`
void f(SOCKET s)
{
	SOCKET base;
	DWORD bytes;
	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, 8, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	SOCKET base;
	DWORD bytes;
	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, 4, &bytes, NULL, NULL);
	//                                           ^ pointer-sized-literal
}`,
	],
	check(call, context) {
		const reports: Report[] = [];
		for (const { side, buffer, spec, code } of sides(call)) {
			const { size, pointer } = buffer;
			const minimum = minimumSize(spec);
			if (!size?.literal || !minimum || !isUsed(spec) || spec.variable !== undefined) continue;
			if (minimum.x64 <= minimum.x86 || buffer.length.kind !== 'known') continue;
			const narrow = targetsWhere(buffer.length, ['x86'], (n) => n === minimum.x86);
			const short = targetsWhere(buffer.length, context.targets, (n, t) => n < minimum[t]);
			if (narrow.length === 0 || short.length === 0) continue;
			// An object that is too small itself needs another type, not another size.
			const capacity = pointer.object?.capacity;
			if (capacity && short.some((t) => capacity[t] < minimum[t])) continue;
			const wanted = sizeofText(spec, call);
			if (!wanted) continue;
			reports.push({
				span: size,
				severity: isFirm(spec) ? 'error' : 'warning',
				message: `\`${code.name}\` ${side === 'input' ? 'reads' : 'writes'} ${typeWithArticle(spec)}, which has ${minimum.x64} bytes on 64-bit Windows; \`${argumentNames(context, side).size}\` is ${minimum.x86}, its size on 32-bit Windows. ${
					isFirm(spec)
						? `${fails(context, tooSmallError(code, side))} in a 64-bit program.`
						: 'No source says that fewer bytes work.'
				} Pass \`${wanted}\`.`,
				fix: { title: `Pass ${wanted}`, edits: [{ start: size.start, end: size.end, newText: wanted }] },
			});
		}
		return reports;
	},
} satisfies Rule;
