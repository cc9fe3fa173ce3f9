/** Publishes the findings of each document's newest version. */
import { fileName } from '../../workspace/uri.ts';
import { toDiagnostic } from '../diagnostic.ts';
import type { Feature } from '../feature.ts';
import { DiagnosticsNotification } from '../standard.ts';

export default {
	register(on) {
		on.opened(({ analyses, client }) => {
			analyses.addViewer({
				show({ document, version, findings }) {
					const diagnostics = findings.map((finding) => toDiagnostic(finding, document));
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
