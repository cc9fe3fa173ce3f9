import { isFirm, minimumSize, tooSmallError } from '../../types/requirements.ts';
import type { Rule } from '../rule.ts';
import {
	argumentNames,
	bytes,
	fails,
	on,
	onTargets,
	sizeofText,
	targetsWhere,
	typeWithArticle,
	valuesOn,
} from '../wording.ts';

export default {
	id: 'input-too-small',
	title: 'The input buffer is smaller than the control code reads',
	severity: 'error',
	severityReason:
		'The call fails on every run; a warning where the size rests on a header or a sample alone, or where no source names the error.',
	description:
		'A control code reads a structure of a certain size from the input buffer. A smaller `cbInBuffer` makes the call fail before anything is done, and no compiler sees it: `sizeof` of another object is just as good a number.',
	precedence: 20,
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
	DWORD on = 1, bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
	//                                   ^^^^^^^^^^ input-too-small
}`,
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, 4, NULL, 0, &bytes, NULL, NULL);
	//                                     ^ input-too-small
}`,
	],
	check(call, context) {
		const code = call.code.entry;
		const size = call.input?.size;
		if (!code || !size || !call.input) return [];
		const spec = code.input;
		const minimum = minimumSize(spec);
		if (!minimum || (spec.use !== 'required' && spec.use !== 'optional')) return [];
		const given = call.input.length;
		const empty = given.kind === 'known' && given.values.every((v) => v.x64 === 0);
		if (empty && (spec.use === 'optional' || spec.sizeQuery)) return [];
		const found = targetsWhere(given, context.targets, (n, t) => n < minimum[t]);
		if (found.length === 0 || given.kind !== 'known') return [];
		const names = argumentNames(context, 'input');
		const firm = isFirm(spec);
		const error = tooSmallError(code, 'input');
		const write = sizeofText(spec, call);
		return [
			{
				span: size,
				severity: firm ? 'error' : 'warning',
				message: `\`${code.name}\` reads ${typeWithArticle(spec)} (${bytes(on(minimum, found))}), but \`${names.size}\` is ${valuesOn(given.values, found)}${onTargets(found, context)}. ${
					firm ? `${fails(context, error)}.` : 'No source says that fewer bytes work.'
				}${write ? ` Pass \`${write}\`${empty ? ' and a buffer to read from' : ''}.` : ''}`,
			},
		];
	},
} satisfies Rule;
