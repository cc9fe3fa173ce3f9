import * as l10n from '@vscode/l10n';
import type { CodeArgument, IoctlCall, WskRequest } from '../../calls/model.ts';
import type { WskOption } from '../../catalog/model.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';
import { passInstead } from '../wording.ts';

interface Mismatch extends Fact {
	readonly name: string;
	/** What the name stands for, and the request that it was given to. */
	readonly kind: 'code' | 'option';
	readonly request: WskRequest;
	/** The right request, where it can be told. */
	readonly wanted?: WskRequest;
}

export default {
	id: 'wsk-request',
	title: 'The request type does not fit the control code',
	severity: 'error',
	severityReason:
		'A control code is no socket option and a socket option no control code: the provider refuses the request; a warning where a bare number stands for the option.',
	description:
		'WskControlSocket does three things, and its second argument decides which: `WskSetOption` and `WskGetOption` read the third argument as a socket option, `WskIoctl` reads it as a control code.',
	withoutFix: 'An option that can be set and read shows not which is meant where the buffers do not tell.',
	stage: 'call',
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
	check(call, context) {
		const { request, requestArgument: span, code } = call;
		if (!request || !span) return [];
		if (request !== 'WskIoctl')
			return code.entry ? [{ span, name: code.entry.name, kind: 'code', request, wanted: 'WskIoctl' }] : [];
		const found = code.entry ? undefined : optionOf(code, context);
		if (!found) return [];
		const wanted = requestFor(found.option, call);
		const { name } = found.option;
		const severity = found.byName ? 'error' : 'warning';
		return [{ span, severity, name, kind: 'option', request, ...(wanted ? { wanted } : {}) }];
	},
	message({ name, kind, request, wanted }) {
		const what =
			kind === 'code'
				? l10n.t(
						'`{0}` is a control code, but `{1}` makes WskControlSocket look for a socket option of that number. It refuses the request.',
						name,
						request,
					)
				: l10n.t(
						'`{0}` is a socket option, but `{1}` makes WskControlSocket look for a control code of that number. It refuses the request.',
						name,
						request,
					);
		const advice = wanted ? l10n.t('Pass {0}.', `\`${wanted}\``) : l10n.t('Pass `WskSetOption` or `WskGetOption`.');
		return `${what} ${advice}`;
	},
	fix: ({ span, wanted }) => wanted && passInstead(span, wanted),
} satisfies Rule<Mismatch>;

/** The option that a name or, with less certainty, a number stands for. */
function optionOf(
	{ name, ownName, values }: CodeArgument,
	{ catalog }: RuleContext,
): { readonly option: WskOption; readonly byName: boolean } | undefined {
	const named = name === undefined || ownName ? undefined : catalog.option(name);
	if (named) return { option: named, byName: true };
	const option = catalog.entries.options.find((o) => values.length === 1 && o.value === values[0]);
	return option && { option, byName: false };
}

function requestFor(option: WskOption, call: IoctlCall): WskRequest | undefined {
	if (option.set && !option.get) return 'WskSetOption';
	return call.input?.pointer.nullness === 'null' ? 'WskGetOption' : undefined;
}
