/** The findings of open documents for a client that asks for them, and what it has been told of each so far. */
import type { Diagnostic, DocumentDiagnosticReport, WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver';
import { diagnosticStyle, toDiagnostic } from './diagnostic.ts';
import type { Analysis } from './session/analyses.ts';
import type { Client } from './session/client.ts';
import type { Session } from './session/session.ts';
import { RefreshDiagnosticsRequest } from './standard.ts';

/** Whoever asks for findings is not sent them as well. */
export const asksForDiagnostics = ({ capabilities }: Client): boolean =>
	capabilities.textDocument?.diagnostic !== undefined;

/** What was answered last for a document. */
interface Told {
	/** Names the answer for the client. */
	readonly id: string;
	readonly text: string;
	/** What the answer was made from; undefined where the file is gone. */
	readonly analysis: Analysis | undefined;
}

/** One for each session. */
export class PulledDiagnostics {
	readonly #session: Session;
	readonly #told = new Map<string, Told>();
	#answers = 0;
	#refreshing: Promise<void> | undefined;
	#again = false;

	constructor(session: Session) {
		this.#session = session;
		session.analyses.addViewer({
			// The client asks when it has changed a document; not when its settings or an included file has.
			show: (analysis) => {
				const told = this.#told.get(analysis.document.uri)?.analysis;
				if (told && told !== analysis && told.version === analysis.version) this.#refresh();
			},
			clear: (uri) => {
				if (session.analyses.document(uri)) this.#refresh();
				else this.#told.delete(uri);
			},
		});
	}

	/** @param known names the answer that the client has. */
	async of(uri: string, known: string | undefined): Promise<DocumentDiagnosticReport> {
		const { told, items } = await this.#newest(uri);
		if (!told) return { kind: 'full', items };
		return told.id === known ? { kind: 'unchanged', resultId: told.id } : { kind: 'full', resultId: told.id, items };
	}

	/** Those of all open documents, and of no other file: nothing is read that nobody has opened. */
	async all(known: ReadonlyMap<string, string>): Promise<WorkspaceDocumentDiagnosticReport[]> {
		const reports: WorkspaceDocumentDiagnosticReport[] = [];
		const { analyses } = this.#session;
		for (const uri of analyses.uris) {
			const report = await this.of(uri, known.get(uri));
			reports.push({ ...report, uri, version: analyses.document(uri)?.version ?? null });
		}
		for (const uri of known.keys()) {
			if (!analyses.document(uri)) reports.push({ kind: 'full', items: [], uri, version: null });
		}
		return reports;
	}

	async #newest(uri: string): Promise<{ readonly told?: Told; readonly items: Diagnostic[] }> {
		const { analyses, client, commands } = this.#session;
		const newest = await analyses.of(uri);
		if (!newest || !analyses.document(uri)) return { items: [] };
		const analysis = analyses.isGone(uri) ? undefined : newest;
		const style = diagnosticStyle(client.capabilities, (rule) => commands.pageUri('rule', rule));
		const items = (analysis?.findings ?? []).map((finding) => toDiagnostic(finding, newest.document, style));
		const text = JSON.stringify(items);
		const before = this.#told.get(uri);
		const told: Told = { id: before?.text === text ? before.id : String(++this.#answers), text, analysis };
		this.#told.set(uri, told);
		return { told, items };
	}

	/** Lets the client ask anew, where it can be told to; once more at most while it does. */
	#refresh(): void {
		const { client } = this.#session;
		if (client.capabilities.workspace?.diagnostics?.refreshSupport !== true) return;
		this.#again = this.#refreshing !== undefined;
		this.#refreshing ??= client
			.ask(RefreshDiagnosticsRequest, undefined)
			.then(
				() => {},
				(error) => client.fail('The client did not ask for findings again', error),
			)
			.then(() => {
				this.#refreshing = undefined;
				if (this.#again) this.#refresh();
			});
	}
}
