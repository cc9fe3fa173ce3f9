/** A finding as an editor shows it. */
import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Finding, Severity } from '../rules/rule.ts';
import type { OpenDocument } from './session/document.ts';

/** Names the product beside every finding. */
export const SOURCE = 'ioctl-lens';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = { error: 1, warning: 2, info: 3, hint: 4 };

/** One finding as LSP has it. */
export const toDiagnostic = (finding: Finding, document: OpenDocument): Diagnostic => ({
	range: document.rangeAt(finding.start, finding.end),
	severity: SEVERITIES[finding.severity],
	code: finding.rule,
	source: SOURCE,
	message: finding.message,
});
