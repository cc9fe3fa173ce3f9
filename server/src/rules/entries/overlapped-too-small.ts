import * as l10n from '@vscode/l10n';
import type { IoctlCall } from '../../calls/model.ts';
import type { PerTarget, Target } from '../../types/ctype.ts';
import { overlappedSize } from '../buffers.ts';
import { declareAndPass, overlappedOf } from '../declaring.ts';
import type { Fact, Rule } from '../rule.ts';
import { bytesOn, onTargets, parameterName } from '../wording.ts';

interface Short extends Fact {
	readonly targets: readonly Target[];
	readonly object: string;
	readonly capacity: PerTarget;
	readonly needed: PerTarget;
	readonly call: IoctlCall;
}

export default {
	id: 'overlapped-too-small',
	title: 'The overlapped structure is smaller than the system’s',
	severity: 'error',
	severityReason:
		'The system writes the whole structure; a warning in C and C++, where the object may be the beginning of a larger one.',
	description:
		'The system keeps the state of an overlapped operation in the structure that `lpOverlapped` points to: 20 bytes on 32-bit Windows and 32 on 64-bit Windows. In a smaller object it writes past the end, mostly after the call has returned.',
	withoutFix: 'An object that cannot be declared in front of the call has to be declared by the author.',
	stage: 'memory',
	accepted: [
		`
void f(SOCKET s)
{
	static WSAOVERLAPPED pending;
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, &pending, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	static DWORD pending[5];
	DWORD bytes;
	WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, (LPWSAOVERLAPPED)pending, NULL);
	//                                                             ^^^^^^^^^^^^^^^^^^^^^^^^ overlapped-too-small
}`,
	],
	check(call, context) {
		const { overlapped } = call;
		const { capacity, text = '' } = overlapped?.object ?? {};
		const needed = overlappedSize(context);
		// Where none may be given, that is told.
		const isForbidden = call.code.entry?.overlapped?.rule === 'forbidden';
		if (!overlapped || !capacity || !needed || isForbidden) return [];
		const targets = context.targets.filter((t) => capacity[t] < needed[t]);
		if (targets.length === 0) return [];
		const severity = context.wording.closedBuffers ? 'error' : 'warning';
		return [{ span: overlapped, severity, targets, object: text, capacity, needed, call }];
	},
	message({ targets, object, capacity, needed }, context) {
		const size = bytesOn(needed, targets);
		return [
			l10n.t(
				'`{0}` needs a `WSAOVERLAPPED`, {1}{2}, but `{3}` has {4}.',
				parameterName(context, context.api.roles.overlapped),
				size,
				onTargets(targets, context),
				object,
				bytesOn(capacity, targets),
			),
			l10n.t('The system writes past its end, also after the call has returned.'),
			l10n.t('Pass an object of {0}.', size),
		].join(' ');
	},
	fix({ call, needed }, context) {
		const fix = call.overlapped && declareAndPass(call, call.overlapped, overlappedOf(needed.x64), context);
		return fix && { ...fix, unfinished: true };
	},
} satisfies Rule<Short>;
