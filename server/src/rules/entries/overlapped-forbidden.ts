import * as l10n from '@vscode/l10n';
import type { Span } from '../../syntax/span.ts';
import type { Fact, Rule } from '../rule.ts';
import { fails, passInstead } from '../wording.ts';

interface Forbidden extends Fact {
	readonly code: string;
	/** What the documents name for it. */
	readonly error?: string;
	/** Without the structure it is of no use either. */
	readonly routine?: Span;
}

export default {
	id: 'overlapped-forbidden',
	title: 'The control code works without an overlapped structure only',
	severity: 'error',
	severityReason: 'The documents name the error; a warning where they forbid the structure without naming one.',
	description: 'A few codes are answered on the spot and refuse an overlapped call. `lpOverlapped` has to be NULL.',
	stage: 'need',
	accepted: [
		`
void f(SOCKET s)
{
	SOCKET provider;
	DWORD bytes;
	WSAIoctl(s, SIO_BSP_HANDLE_POLL, NULL, 0, &provider, sizeof(provider), &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	SOCKET provider;
	WSAOVERLAPPED pending = { 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_BSP_HANDLE_POLL, NULL, 0, &provider, sizeof(provider), &bytes, &pending, NULL);
	//                                                                             ^^^^^^^^ overlapped-forbidden
}`,
	],
	check(call) {
		const code = call.code.entry;
		const { overlapped, completion } = call;
		if (code?.overlapped?.rule !== 'forbidden' || overlapped?.nullness !== 'not-null') return [];
		const error = code.errors?.find((e) => e.on === 'overlapped')?.error;
		const routine = completion?.nullness === 'not-null' ? { routine: completion } : {};
		const fact = { span: overlapped, code: code.name, ...routine };
		return [error ? { ...fact, error } : { ...fact, severity: 'warning' }];
	},
	message({ code, error, routine }, context) {
		const consequence = error ? fails(context, error) : l10n.t('{0} is documented to fail', context.api.id);
		const { nullWord } = context.wording;
		const advice = routine ? l10n.t('Pass {0} for it and for the routine.', nullWord) : l10n.t('Pass {0}.', nullWord);
		return `${l10n.t('`{0}` takes no overlapped structure.', code)} ${consequence}. ${advice}`;
	},
	fix({ span, routine }, { wording }) {
		const { nullWord } = wording;
		const edits = [span, ...(routine ? [routine] : [])].map(({ start, end }) => ({ start, end, newText: nullWord }));
		return { ...passInstead(span, nullWord), edits };
	},
} satisfies Rule<Forbidden>;
