import { nullWord } from '../judging.ts';
import type { Rule } from '../rule.ts';

export default {
	id: 'wsk-irp',
	title: 'The IRP does not fit the control code',
	severity: 'warning',
	severityReason:
		'The documents demand the IRP or forbid it, without naming an error; a note where the argument could still be NULL at run time.',
	description:
		'WskControlSocket completes most control codes through an IRP, and a few on the spot. Each code says which: with an IRP missing there is nothing to complete, and where none may be given nobody completes it.',
	precedence: 20,
	accepted: [
		`
NTSTATUS f(const WSK_PROVIDER_BASIC_DISPATCH *Dispatch, PWSK_SOCKET Socket, WSK_INSPECT_ID *Id)
{
	SIZE_T Copied;
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_QUERY_INSPECT_ID, 0,
		0, NULL, sizeof(*Id), Id, &Copied, NULL);
}`,
	],
	rejected: [
		`
NTSTATUS f(const WSK_PROVIDER_CONNECTION_DISPATCH *Dispatch, PWSK_SOCKET Socket, SIZE_T *Backlog)
{
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_QUERY_RECEIVE_BACKLOG, 0,
		0, NULL, sizeof(*Backlog), Backlog, NULL, NULL);
		//                                        ^^^^ wsk-irp
}`,
		`
NTSTATUS f(const WSK_PROVIDER_BASIC_DISPATCH *Dispatch, PWSK_SOCKET Socket, WSK_INSPECT_ID *Id, PIRP Irp)
{
	SIZE_T Copied;
	return Dispatch->WskControlSocket(Socket, WskIoctl, SIO_WSK_QUERY_INSPECT_ID, 0,
		0, NULL, sizeof(*Id), Id, &Copied, Irp);
		//                                 ^^^ wsk-irp
}`,
	],
	check(call) {
		const code = call.code.entry;
		const rule = code?.overlapped?.irp;
		const { irp } = call;
		if (!code || !irp) return [];
		if (rule === 'required' && irp.nullness === 'null')
			return [
				{
					span: irp,
					message: `\`${code.name}\` is completed through an IRP, but \`Irp\` is NULL. WskControlSocket needs one with a completion routine. Allocate it with IoAllocateIrp and pass it.`,
				},
			];
		if (rule === 'forbidden' && irp.nullness !== 'null')
			return [
				{
					span: irp,
					// A parameter may be NULL; passing NULL is right in any case.
					severity: irp.nullness === 'not-null' ? 'warning' : 'info',
					message: `\`${code.name}\` is done at once and takes no IRP: the documents ask for NULL. Pass NULL.`,
					fix: { title: 'Pass NULL', edits: [{ start: irp.start, end: irp.end, newText: nullWord(call) }] },
				},
			];
		return [];
	},
} satisfies Rule;
