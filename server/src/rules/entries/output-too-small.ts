import { isFirm, minimumSize } from '../../types/requirements.ts';
import { mayBeEmpty } from '../judging.ts';
import type { Rule } from '../rule.ts';
import {
	argumentNames,
	bytes,
	on,
	onTargets,
	sizeofText,
	targetsWhere,
	tooSmallFails,
	typeWithArticle,
	valuesOn,
} from '../wording.ts';

export default {
	id: 'output-too-small',
	title: 'The output buffer is smaller than the control code writes',
	severity: 'error',
	severityReason:
		'The call fails on every run, or a provider that does not look at the size writes past the buffer; a warning where the size rests on a header or a sample alone.',
	description:
		'A control code writes at least a certain number of bytes to the output buffer. With a smaller `cbOutBuffer` the call fails, and providers that do not check it write past the end. Asking for the needed size with a NULL buffer and 0 is left alone where the code answers with it.',
	precedence: 20,
	accepted: [
		`
void f(SOCKET s)
{
	SOCKET base;
	DWORD bytes;
	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &bytes, NULL, NULL);
}`,
		`
void f(SOCKET s)
{
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	INTERFACE_INFO list[4];
	DWORD bytes;
	WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, sizeof(list[0].iiFlags), &bytes, NULL, NULL);
	//                                                 ^^^^^^^^^^^^^^^^^^^^^^^ output-too-small
}`,
	],
	check(call, context) {
		const code = call.code.entry;
		const size = call.output?.size;
		if (!code || !size || !call.output) return [];
		const spec = code.output;
		const minimum = minimumSize(spec);
		if (!minimum || (spec.use !== 'required' && spec.use !== 'optional')) return [];
		const given = call.output.length;
		if (given.kind !== 'known') return [];
		const empty = given.values.some((v) => v.x64 === 0);
		// No buffer and no size asks how much is needed, or shows that the caller knows that nothing comes back.
		if (empty && mayBeEmpty(spec)) return [];
		const found = targetsWhere(given, context.targets, (n, t) => n < minimum[t]);
		if (found.length === 0) return [];
		const names = argumentNames(context, 'output');
		const firm = isFirm(spec);
		const write = sizeofText(spec, call);
		return [
			{
				span: size,
				severity: firm ? 'error' : 'warning',
				message: `\`${code.name}\` writes ${typeWithArticle(spec)} (${bytes(on(minimum, found))}${spec.variable ? ' or more' : ''}), but \`${names.size}\` is ${valuesOn(given.values, found)}${onTargets(found, context)}. ${
					firm ? `${tooSmallFails(call, code, 'output', context)}.` : 'No source says that fewer bytes work.'
				}${write ? ` Pass \`${write}\`${empty ? ' and a buffer to write to' : ''}${spec.variable ? ' or more' : ''}.` : ''}`,
			},
		];
	},
} satisfies Rule;
