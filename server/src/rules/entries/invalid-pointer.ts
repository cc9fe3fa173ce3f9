import type { PointerArgument } from '../../calls/model.ts';
import { isUsed, isZero } from '../judging.ts';
import type { Report, Rule } from '../rule.ts';
import { argumentNames, fails, pointerTo, sides } from '../wording.ts';

/** Windows maps nothing into the first 64 KB of a process. */
const FIRST_ADDRESS = 0x10000;

const isBad = (pointer: PointerArgument): boolean =>
	pointer.address !== undefined && pointer.address > 0 && pointer.address < FIRST_ADDRESS;

export default {
	id: 'invalid-pointer',
	title: 'The address can hold no data',
	severity: 'error',
	severityReason: 'Nothing can be mapped there: the call fails with WSAEFAULT on every run.',
	description:
		'A small number in the place of a pointer, such as `(u_long *)1`, is no address of any data: the first 64 KB of a process are never mapped. Usually the value itself was passed and its address was meant. ioctlsocket takes no NULL either.',
	precedence: 30,
	accepted: [
		`
void f(SOCKET s)
{
	u_long on = 1;
	ioctlsocket(s, FIONBIO, &on);
}`,
		`
void f(SOCKET s)
{
	u_long on = 1;
	DWORD bytes;
	WSAIoctl(s, FIONBIO, &on, sizeof(on), (void *)1, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	ioctlsocket(s, FIONBIO, (u_long *)1);
	//                      ^^^^^^^^^^^ invalid-pointer
}`,
		`
void f(SOCKET s)
{
	ioctlsocket(s, FIONBIO, NULL);
	//                      ^^^^ invalid-pointer
}`,
	],
	check(call, context) {
		const reports: Report[] = [];
		for (const { side, buffer, spec, code } of sides(call)) {
			const { pointer, size } = buffer;
			if (!isUsed(spec) || isZero(buffer.length)) continue;
			const name = argumentNames(context, side).pointer;
			const verb = side === 'input' ? 'reads from' : 'writes to';
			if (isBad(pointer))
				reports.push({
					span: pointer,
					message: `\`${name}\` is the number ${pointer.address}, and nothing is ever mapped there; \`${code.name}\` ${verb} it. ${fails(context, 'WSAEFAULT')}. Pass ${call.hasSizeof === false ? 'a buffer' : 'the address of a variable'}${side === 'input' ? ' that holds the value' : ''}.`,
				});
			else if (!size && spec.use === 'required' && pointer.nullness === 'null')
				reports.push({
					span: pointer,
					message: `\`${name}\` is NULL, but \`${code.name}\` ${verb} it. ${fails(context, 'WSAEFAULT')}. Pass ${pointerTo('u_long', call)}.`,
				});
		}
		const count = call.bytesReturned;
		// What an unknown code does with it, another system may define.
		if (count && isBad(count) && call.code.entry && !context.api.bytesReturnedOptional)
			reports.push({
				span: count,
				message: `\`${context.api.parameters[context.api.roles.bytesReturned!]!.name}\` is the number ${count.address}, where nothing is ever mapped. ${fails(context, 'WSAEFAULT')}. Pass ${pointerTo('DWORD', call)}.`,
			});
		return reports;
	},
} satisfies Rule;
