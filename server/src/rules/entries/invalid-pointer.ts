import type { PointerArgument } from '../../calls/model.ts';
import { type Code, directions, isUsed, isZero, type Side } from '../buffers.ts';
import type { Fact, Rule } from '../rule.ts';
import { argumentNames, badAddressFails, DWORD, parameterName, U_LONG, when } from '../wording.ts';

/** What stands in the place of an address: a number that is none, or NULL. */
type Invalid = Fact & { readonly address?: number } & (
		| { readonly argument: 'buffer'; readonly code: Code; readonly side: Side }
		| { readonly argument: 'count' }
	);

/** Windows maps nothing into the first 64 KB of a process. */
const FIRST_ADDRESS = 0x10000;

const badAddress = ({ address }: PointerArgument): number | undefined =>
	address !== undefined && address > 0 && address < FIRST_ADDRESS ? address : undefined;

export default {
	id: 'invalid-pointer',
	title: 'The address can hold no data',
	severity: 'error',
	severityReason: 'Nothing can be mapped there: the call fails with WSAEFAULT on every run.',
	description:
		'A small number in the place of a pointer, such as `(u_long *)1`, is no address of any data: the first 64 KB of a process are never mapped. Usually the value itself was passed and its address was meant. ioctlsocket takes no NULL either.',
	stage: 'address',
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
		const found: Invalid[] = [];
		for (const { code, side, buffer, spec } of directions(call)) {
			const { pointer, size } = buffer;
			if (!isUsed(spec) || isZero(buffer.length)) continue;
			const address = badAddress(pointer);
			const fact = { span: pointer, argument: 'buffer', code, side } as const;
			if (address !== undefined) found.push({ ...fact, address });
			else if (!size && spec.use === 'required' && pointer.nullness === 'null') found.push(fact);
		}
		const count = call.bytesReturned;
		// What an unknown code does with it, another system may define.
		if (count && call.code.entry && !context.api.bytesReturnedOptional) {
			const address = badAddress(count);
			if (address !== undefined) found.push({ span: count, argument: 'count', address });
		}
		return found;
	},
	message(fact, context) {
		const { wording, api } = context;
		const failure = badAddressFails(context);
		if (fact.argument === 'count')
			return `\`${parameterName(context, api.roles.bytesReturned)}\` is the number ${fact.address}, where nothing is ever mapped. ${failure}. Pass ${wording.pointerTo(DWORD)}.`;
		const { code, side, address } = fact;
		const name = argumentNames(context, side).pointer;
		const use = `\`${code.name}\` ${side === 'input' ? 'reads from' : 'writes to'} it`;
		return address === undefined
			? `\`${name}\` is NULL, but ${use}. ${failure}. Pass ${wording.pointerTo(U_LONG)}.`
			: `\`${name}\` is the number ${address}, and nothing is ever mapped there; ${use}. ${failure}. Pass ${wording.pointerTo()}${when(side === 'input', ' that holds the value')}.`;
	},
} satisfies Rule<Invalid>;
