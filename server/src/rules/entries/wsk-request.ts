import { options } from '../../catalog/builtin.generated.ts';
import { wskOptionByName } from '../../catalog/lookup.ts';
import type { Rule } from '../rule.ts';

export default {
	id: 'wsk-request',
	title: 'The request type does not fit the control code',
	severity: 'error',
	severityReason:
		'A control code is no socket option and a socket option no control code: the provider refuses the request; a warning where a bare number stands for the option.',
	description:
		'WskControlSocket does three things, and its second argument decides which: `WskSetOption` and `WskGetOption` read the third argument as a socket option, `WskIoctl` reads it as a control code.',
	precedence: 70,
	kinds: ['ioctl', 'socket-option'],
	accepted: [
		`
NTSTATUS f(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, ULONG *Size, PIRP Irp)
{
	return Dispatch->WskControlSocket(Socket, WskSetOption, SO_RCVBUF, SOL_SOCKET,
		sizeof(*Size), Size, 0, NULL, NULL, Irp);
}`,
		`
NTSTATUS f(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, SIZE_T *Backlog, PIRP Irp)
{
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_QUERY_RECEIVE_BACKLOG, 0,
		0, NULL, sizeof(*Backlog), Backlog, NULL, Irp);
}`,
	],
	rejected: [
		`
NTSTATUS f(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, SIZE_T *Backlog, PIRP Irp)
{
	return Dispatch->WskControlSocket(Socket, WskGetOption, SIO_WSK_QUERY_RECEIVE_BACKLOG, 0,
	//                                        ^^^^^^^^^^^^ wsk-request
		0, NULL, sizeof(*Backlog), Backlog, NULL, Irp);
}`,
		`
NTSTATUS f(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, ULONG *Size, PIRP Irp)
{
	return Dispatch->WskControlSocket(Socket, WskIoctl, SO_RCVBUF, SOL_SOCKET,
	//                                        ^^^^^^^^ wsk-request
		sizeof(*Size), Size, 0, NULL, NULL, Irp);
}`,
	],
	check(call) {
		const { request, requestArgument, code } = call;
		if (!request || !requestArgument) return [];
		const replace = (newText: string) => ({
			title: `Pass ${newText}`,
			edits: [{ start: requestArgument.start, end: requestArgument.end, newText }],
		});
		if (request !== 'WskIoctl') {
			if (!code.entry) return [];
			return [
				{
					span: requestArgument,
					message: `\`${code.entry.name}\` is a control code, but \`${request}\` makes WskControlSocket look for a socket option of that number. It refuses the request. Pass \`WskIoctl\`.`,
					fix: replace('WskIoctl'),
				},
			];
		}
		if (code.entry) return [];
		const byName = code.name === undefined || code.ownName ? undefined : wskOptionByName(code.name);
		const option = byName ?? options.find((o) => code.values.length === 1 && o.value === code.values[0]);
		if (!option) return [];
		const wanted =
			option.set && !option.get ? 'WskSetOption' : call.input?.pointer.nullness === 'null' ? 'WskGetOption' : undefined;
		return [
			{
				span: requestArgument,
				severity: byName ? 'error' : 'warning',
				message: `\`${option.name}\` is a socket option, but \`WskIoctl\` makes WskControlSocket look for a control code of that number. It refuses the request. Pass ${wanted ? `\`${wanted}\`` : '`WskSetOption` or `WskGetOption`'}.`,
				...(wanted ? { fix: replace(wanted) } : {}),
			},
		];
	},
} satisfies Rule;
