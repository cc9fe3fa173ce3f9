/** Answers clients that ask for findings instead of being sent them. */
import type { Feature } from '../feature.ts';
import { asksForDiagnostics, PulledDiagnostics } from '../pulledDiagnostics.ts';
import type { Session } from '../session/session.ts';
import { DiagnosticRequest, WorkspaceDiagnosticRequest } from '../standard.ts';

const sessions = new WeakMap<Session, PulledDiagnostics>();

function diagnosticsOf(session: Session): PulledDiagnostics {
	let known = sessions.get(session);
	if (!known) {
		known = new PulledDiagnostics(session);
		sessions.set(session, known);
	}
	return known;
}

export default {
	capability: ({ client }) =>
		asksForDiagnostics(client)
			? { diagnosticProvider: { identifier: 'ioctl-lens', interFileDependencies: true, workspaceDiagnostics: true } }
			: {},
	register(on) {
		on.request(DiagnosticRequest, {
			what: 'Reporting findings',
			empty: { kind: 'full', items: [] },
			answer: (session, { textDocument, previousResultId }) =>
				diagnosticsOf(session).of(textDocument.uri, previousResultId),
		});
		on.request(WorkspaceDiagnosticRequest, {
			what: 'Reporting all findings',
			empty: { items: [] },
			async answer(session, { previousResultIds }) {
				const known = new Map((previousResultIds ?? []).map(({ uri, value }) => [uri, value]));
				return { items: await diagnosticsOf(session).all(known) };
			},
		});
	},
} satisfies Feature;
