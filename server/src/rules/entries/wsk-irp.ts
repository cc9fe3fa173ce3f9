import * as l10n from '@vscode/l10n';
import type { Fact, Rule } from '../rule.ts';
import { passInstead } from '../wording.ts';

interface Unfit extends Fact {
	readonly code: string;
	/** What the code asks of the IRP. */
	readonly wanted: 'required' | 'forbidden';
}

export default {
	id: 'wsk-irp',
	title: 'The IRP does not fit the control code',
	severity: 'warning',
	severityReason:
		'The documents demand the IRP or forbid it, without naming an error; a note where the argument could still be NULL at run time.',
	description:
		'WskControlSocket completes most control codes through an IRP, and a few on the spot. Each code says which: with an IRP missing there is nothing to complete, and where none may be given nobody completes it.',
	withoutFix: 'Where the IRP comes from only the author knows.',
	stage: 'need',
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
		const wanted = code?.overlapped?.irp;
		const { irp } = call;
		if (!code || !irp) return [];
		if (wanted === 'required' && irp.nullness === 'null') return [{ span: irp, code: code.name, wanted }];
		// A parameter may be NULL; passing NULL is right in any case.
		const severity = irp.nullness === 'not-null' ? 'warning' : 'info';
		return wanted === 'forbidden' && irp.nullness !== 'null' ? [{ span: irp, severity, code: code.name, wanted }] : [];
	},
	message: ({ code, wanted }) =>
		wanted === 'required'
			? l10n.t(
					'`{0}` is completed through an IRP, but `Irp` is NULL. WskControlSocket needs one with a completion routine. Allocate it with IoAllocateIrp and pass it.',
					code,
				)
			: l10n.t('`{0}` is done at once and takes no IRP: the documents ask for NULL. Pass NULL.', code),
	fix: ({ span, wanted }, { wording }) => (wanted === 'forbidden' ? passInstead(span, wording.nullWord) : undefined),
} satisfies Rule<Unfit>;
