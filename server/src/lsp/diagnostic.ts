/** A finding as an editor shows it. */
import * as l10n from '@vscode/l10n';
import type {
	ClientCapabilities,
	Diagnostic,
	DiagnosticRelatedInformation,
	DiagnosticSeverity,
	DiagnosticTag,
} from 'vscode-languageserver';
import { rules } from '../rules/index.generated.ts';
import type { Finding, Severity } from '../rules/rule.ts';
import type { Span } from '../syntax/span.ts';
import { typeText } from '../types/layout.ts';
import type { OpenDocument } from './session/document.ts';

/** Names the product beside every finding. */
export const SOURCE = 'ioctl-lens';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = { error: 1, warning: 2, info: 3, hint: 4 };

/** Numbers of the protocol, by rule. */
const TAGS: ReadonlyMap<string, DiagnosticTag> = new Map(
	rules.flatMap(({ id, tag }) => (tag ? [[id, tag === 'deprecated' ? 2 : 1] as const] : [])),
);

/** What of a finding the client can show besides its message. */
export interface DiagnosticStyle {
	readonly tags: boolean;
	readonly related: boolean;
	/** The address of a rule's page, where the client can open one. */
	readonly page: (rule: string) => string | undefined;
}

/** Nothing but the message. */
export const PLAIN: DiagnosticStyle = { tags: false, related: false, page: () => undefined };

/** What the client says it shows. */
export function diagnosticStyle({ textDocument }: ClientCapabilities, page: DiagnosticStyle['page']): DiagnosticStyle {
	// Whoever asks for findings may say it of either.
	const shown = [textDocument?.publishDiagnostics, textDocument?.diagnostic];
	return {
		tags: shown.some((of) => of?.tagSupport !== undefined),
		related: shown.some((of) => of?.relatedInformation === true),
		page: shown.some((of) => of?.codeDescriptionSupport === true) ? page : () => undefined,
	};
}

/** One finding as LSP has it. */
export function toDiagnostic(finding: Finding, document: OpenDocument, style: DiagnosticStyle): Diagnostic {
	const href = style.page(finding.rule);
	const tag = style.tags ? TAGS.get(finding.rule) : undefined;
	const related = style.related ? relatedTo(finding, document) : [];
	return {
		range: document.rangeAt(finding.start, finding.end),
		severity: SEVERITIES[finding.severity],
		code: finding.rule,
		...(href === undefined ? {} : { codeDescription: { href } }),
		source: SOURCE,
		message: finding.message,
		...(tag === undefined ? {} : { tags: [tag] }),
		...(related.length > 0 ? { relatedInformation: related } : {}),
	};
}

/** The object that a buffer or a size is about, and where the size comes from. */
function relatedTo({ start, end, call }: Finding, document: OpenDocument): DiagnosticRelatedInformation[] {
	const found: DiagnosticRelatedInformation[] = [];
	const add = (span: Span | undefined, message: string) => {
		if (!span || (span.start === start && span.end === end)) return;
		found.push({ location: { uri: document.uri, range: document.rangeAt(span.start, span.end) }, message });
	};
	for (const buffer of [call?.input, call?.output]) {
		const { pointer, size } = buffer ?? {};
		const isAbout = [pointer, size].some((argument) => argument?.start === start && argument.end === end);
		if (!isAbout || !pointer) continue;
		const { declared, spelling, type } = pointer.object ?? {};
		const name = declared && document.text.slice(declared.start, declared.end);
		const known = spelling === name && type && type.kind !== 'unknown' ? `\`${typeText(type)}\`` : undefined;
		const own = `\`${name}\``;
		add(declared, known ? l10n.t('{0} is declared here: {1}.', own, known) : l10n.t('{0} is declared here.', own));
		add(size?.computed, l10n.t('{0} comes from here.', `\`${size?.text}\``));
		// The argument of `ioctlsocket` is both.
		break;
	}
	return found;
}
