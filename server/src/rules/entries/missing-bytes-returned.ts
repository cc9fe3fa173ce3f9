import * as l10n from '@vscode/l10n';
import type { IoctlCall } from '../../calls/model.ts';
import { countFix } from '../declaring.ts';
import type { Fact, Rule } from '../rule.ts';
import { badAddressFails, DWORD, parameterName } from '../wording.ts';

interface Missing extends Fact {
	readonly call: IoctlCall;
}

export default {
	id: 'missing-bytes-returned',
	title: 'lpcbBytesReturned is NULL',
	severity: 'error',
	severityReason:
		'Every code that Wine’s conformance tests try this way fails on Windows, also with an overlapped structure.',
	description:
		'`lpcbBytesReturned` is not optional: WSAIoctl stores the number of output bytes there and fails with WSAEFAULT when it is NULL, whether or not the code has any output, and with an overlapped structure too. WskControlSocket’s counterpart may be NULL.',
	stage: 'answer',
	accepted: [
		`
static const DWORD codes[] = { 0x667e, 0x667f };
void f(SOCKET s)
{
	for (int i = 0; i < 2; i++)
		WSAIoctl(s, codes[i], NULL, 0, NULL, 0, NULL, NULL, NULL);
}`,
		`
void f(SOCKET s)
{
	u_long on = 1;
	DWORD bytes;
	WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	u_long on = 1;
	WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, NULL, NULL, NULL);
	//                                             ^^^^ missing-bytes-returned
}`,
		`
static const DWORD codes[] = { SIO_FLUSH, 0x667e };
void f(SOCKET s)
{
	for (int i = 0; i < 2; i++) {
		WSAIoctl(s, codes[i], NULL, 0, NULL, 0, NULL, NULL, NULL);
		//                                      ^^^^ missing-bytes-returned
	}
}`,
	],
	check(call, context) {
		const argument = call.bytesReturned;
		// A name or numbers that no Windows header knows may belong to another system (NetWare), where NULL is legal.
		if (context.api.bytesReturnedOptional || !argument || argument.nullness !== 'null') return [];
		const isKnown = (value: number): boolean => context.catalog.codes(value).length > 0;
		const { entry, name, values } = call.code;
		if (!entry && (name !== undefined || (values.length > 0 && !values.some(isKnown)))) return [];
		return [{ span: argument, call }];
	},
	message: (_, context) =>
		l10n.t(
			'`{0}` is NULL. {1}, with an overlapped structure too. Pass {2}.',
			parameterName(context, context.api.roles.bytesReturned),
			badAddressFails(context),
			context.wording.pointerTo(DWORD),
		),
	fix: ({ call }, context) => countFix(call, context),
} satisfies Rule<Missing>;
