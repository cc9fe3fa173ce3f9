/** Publishes the findings of each document's newest version, to clients that do not ask for them. */
import { fileName } from '../../workspace/uri.ts';
import { diagnosticStyle, toDiagnostic } from '../diagnostic.ts';
import type { Feature } from '../feature.ts';
import { asksForDiagnostics } from '../pulledDiagnostics.ts';
import { DiagnosticsNotification } from '../standard.ts';

export default {
	register(on) {
		on.opened(({ analyses, client, commands }) => {
			if (asksForDiagnostics(client)) return;
			const style = diagnosticStyle(client.capabilities, (rule) => commands.pageUri('rule', rule));
			analyses.addViewer({
				show({ document, version, findings }) {
					const diagnostics = findings.map((finding) => toDiagnostic(finding, document, style));
					const what = `The findings of ${fileName(document.uri)} could not be sent`;
					client.notify(DiagnosticsNotification, { uri: document.uri, version, diagnostics }, what);
				},
				clear(uri) {
					const what = `The findings of ${fileName(uri)} could not be taken away`;
					client.notify(DiagnosticsNotification, { uri, diagnostics: [] }, what);
				},
			});
		});
	},
} satisfies Feature;
