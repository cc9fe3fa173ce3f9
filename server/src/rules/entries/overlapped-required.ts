import * as l10n from '@vscode/l10n';
import type { IoctlCall } from '../../calls/model.ts';
import { overlappedSize } from '../buffers.ts';
import { declareAndPass, overlappedOf } from '../declaring.ts';
import type { Fact, Rule } from '../rule.ts';

interface Missing extends Fact {
	readonly code: string;
	readonly call: IoctlCall;
}

export default {
	id: 'overlapped-required',
	title: 'The control code needs an overlapped structure',
	severity: 'warning',
	severityReason: 'The header demands the structure in words and names no error for a call without one.',
	description:
		'A code whose whole purpose is to be completed later has nothing to complete without an overlapped structure.',
	stage: 'need',
	accepted: [
		`
#define _WIN32_WINNT 0x0502
void f(SOCKET s, SOCKET watched, WSAOVERLAPPED *pending)
{
	DWORD bytes;
	WSAIoctl(s, SIO_SOCKET_CLOSE_NOTIFY, &watched, sizeof(watched), NULL, 0, &bytes, pending, NULL);
}`,
	],
	rejected: [
		`
#define _WIN32_WINNT 0x0502
void f(SOCKET s, SOCKET watched)
{
	DWORD bytes;
	WSAIoctl(s, SIO_SOCKET_CLOSE_NOTIFY, &watched, sizeof(watched), NULL, 0, &bytes, NULL, NULL);
	//                                                                               ^^^^ overlapped-required
	//          ^^^^^^^^^^^^^^^^^^^^^^^ reserved-code
}`,
	],
	check(call) {
		const code = call.code.entry;
		const { overlapped } = call;
		if (code?.overlapped?.rule !== 'required' || overlapped?.nullness !== 'null') return [];
		return [{ span: overlapped, code: code.name, call }];
	},
	message: ({ code }, { api }) =>
		l10n.t(
			'`{0}` needs an overlapped structure, which it completes when there is something to tell. Without one {1} cannot do its work. Pass the address of a `WSAOVERLAPPED` that lives until then.',
			code,
			api.id,
		),
	fix({ call }, context) {
		const { overlapped } = call;
		const size = overlappedSize(context);
		const fix = overlapped && size && declareAndPass(call, overlapped, overlappedOf(size.x64), context);
		return fix && { ...fix, unfinished: true };
	},
} satisfies Rule<Missing>;
