/** Live runs: lenses and actions that start them, plans for the client's runner, and what came of them. */
import * as l10n from '@vscode/l10n';
import { CALL_ACTION, commandAction, touchedCall, wants } from '../actions.ts';
import type { Feature } from '../feature.ts';
import { LiveRuns } from '../liveRuns.ts';
import {
	ProbePlanRequest,
	ProbeResultRequest,
	RunPlanRequest,
	RunPlanWithRequest,
	RunResultRequest,
	SetTrustNotification,
} from '../protocol.ts';
import type { Session } from '../session/session.ts';
import { CodeActionRequest, CodeLensRequest } from '../standard.ts';

const notPlanned = {
	get error() {
		return l10n.t('The run could not be planned; the log says why.');
	},
};
const notDecoded = {
	get error() {
		return l10n.t('The answer could not be decoded; the log says why.');
	},
};

const sessions = new WeakMap<Session, LiveRuns>();

/** The live runs of a session. */
function runsOf(session: Session): LiveRuns {
	const known = sessions.get(session);
	if (known) return known;
	const runs = new LiveRuns(session.options, session.platform === 'macOS' ? 'macOS' : 'Linux', (name) =>
		session.catalogWith((catalog) => catalog.code(name) !== undefined),
	);
	sessions.set(session, runs);
	return runs;
}

export default {
	capability: {
		codeLensProvider: { resolveProvider: false },
		codeActionProvider: { codeActionKinds: [CALL_ACTION], resolveProvider: false },
	},
	register(on) {
		on.notification(SetTrustNotification, 'Setting the trust', (session, params) => {
			const runs = runsOf(session);
			runs.setTrust(params);
			session.configuration.trust(runs.trusted);
			session.readSettingsAgain();
			if (runs.lenses) session.refreshLenses();
		});
		on.request(CodeLensRequest, {
			what: 'Code lens',
			empty: [],
			async answer(session, { textDocument }) {
				const analysis = await session.analyses.atOnce(textDocument.uri);
				return analysis ? runsOf(session).lensesFor(analysis) : [];
			},
		});
		on.request(CodeActionRequest, {
			what: 'Code action',
			empty: [],
			async answer(session, params) {
				const analysis = await session.analyses.of(params.textDocument.uri);
				const call = analysis && wants(params, CALL_ACTION) ? touchedCall(analysis, params) : undefined;
				if (!analysis || !call) return [];
				return runsOf(session)
					.offersFor(call, analysis.catalog)
					.map(({ action, command }) => commandAction(analysis, call, action(), command));
			},
		});
		for (const message of [RunPlanRequest, RunPlanWithRequest]) {
			on.request(message, {
				what: 'Planning a run',
				empty: notPlanned,
				answer: async (session, params) => runsOf(session).plan(await session.analyses.of(params.uri), params),
			});
		}
		on.request(RunResultRequest, {
			what: 'Decoding a run',
			empty: notDecoded,
			answer: (session, params) => runsOf(session).result(params),
		});
		on.request(ProbePlanRequest, {
			what: 'Planning a probe',
			empty: notPlanned,
			answer: async (session, params) => runsOf(session).probePlan(await session.analyses.of(params.uri), params),
		});
		on.request(ProbeResultRequest, {
			what: 'Decoding a probe',
			empty: notDecoded,
			answer: (session, params) => runsOf(session).probeResult(params),
		});
	},
} satisfies Feature;
