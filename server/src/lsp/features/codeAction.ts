/** Actions on findings: a rule's own fix, and a comment that silences it. */
import type {
	CodeAction,
	CodeActionParams,
	Diagnostic,
	Position,
	TextEdit,
	WorkspaceEdit,
} from 'vscode-languageserver';
import { readSuppressions } from '../../check/suppress.ts';
import { languageOf } from '../../languages/languageOf.ts';
import type { Finding } from '../../rules/rule.ts';
import { QUICK_FIX, touching, wantsQuickFixes } from '../actions.ts';
import { SOURCE, toDiagnostic } from '../diagnostic.ts';
import type { Feature } from '../feature.ts';
import type { Analysis } from '../session/analyses.ts';
import type { OpenDocument } from '../session/document.ts';
import { CodeActionRequest } from '../standard.ts';

/** Fixes and comments for the findings that a range touches. */
function findingActions(analysis: Analysis, params: CodeActionParams, versioned: boolean): CodeAction[] {
	const { document } = analysis;
	const touched = analysis.findings.filter(touching(document, params));
	const fixes = touched.flatMap((finding) => (finding.fix ? [{ finding, fix: finding.fix }] : []));
	const shown = (finding: Finding) => shownDiagnostic(finding, document, params.context?.diagnostics);
	const edit = (edits: TextEdit[]): WorkspaceEdit =>
		versioned
			? { documentChanges: [{ textDocument: { uri: document.uri, version: analysis.version }, edits }] }
			: { changes: { [document.uri]: edits } };

	const actions: CodeAction[] = fixes.map(({ finding, fix }) => ({
		title: fix.title,
		kind: QUICK_FIX,
		diagnostics: [shown(finding)],
		...(fixes.length === 1 ? { isPreferred: true } : {}),
		edit: edit(fix.edits.map((e) => ({ range: document.rangeAt(e.start, e.end), newText: e.newText }))),
	}));
	const silenced = new Set<string>();
	for (const finding of touched) {
		const { line } = document.positionAt(finding.start);
		const key = `${line} ${finding.rule}`;
		if (silenced.has(key)) continue;
		silenced.add(key);
		const alike = touched.filter((f) => f.rule === finding.rule && document.positionAt(f.start).line === line);
		actions.push({
			title: `Ignore ${finding.rule} on this line`,
			kind: QUICK_FIX,
			diagnostics: alike.map(shown),
			edit: edit([ignoreEdit(finding, line, document)]),
		});
	}
	return actions;
}

/** The diagnostic as the client holds it, so that it can tell which one the action is for. */
function shownDiagnostic(
	finding: Finding,
	document: OpenDocument,
	shown: readonly Diagnostic[] | undefined,
): Diagnostic {
	const own = toDiagnostic(finding, document);
	const same = Array.isArray(shown)
		? shown.find(
				(d) =>
					d?.source === SOURCE &&
					d.code === own.code &&
					d.range?.start?.line === own.range.start.line &&
					d.range.start.character === own.range.start.character,
			)
		: undefined;
	return same ?? own;
}

/** A comment above the line, or in it where a line of its own would not be code; where one is there already, the rule is added to it. */
function ignoreEdit(finding: Finding, line: number, document: OpenDocument): TextEdit {
	const present = readSuppressions(document.text).find((s) => s.scope === 'next-line' && s.line === line);
	if (present) {
		const directive = document.text.slice(present.start, present.end);
		const rules = /ioctl-lens-ignore-next-line[ \t]+[a-z0-9-]+(?:[ \t]*,[ \t]*[a-z0-9-]+)*/.exec(directive);
		if (rules) {
			const at = document.positionAt(present.start + rules.index + rules[0].length);
			return { range: { start: at, end: at }, newText: `, ${finding.rule}` };
		}
	}
	const language = languageOf(document.uri, document.languageId, document.text);
	if (language?.wording.standsInMarkup && followsMarkup(finding, line, document)) {
		const at = document.positionAt(finding.start);
		return { range: { start: at, end: at }, newText: `/* ioctl-lens-ignore-line ${finding.rule}: */ ` };
	}
	const indentation = /^[ \t]*/.exec(document.lineText(line))?.[0] ?? '';
	const directive = `ioctl-lens-ignore-next-line ${finding.rule}: `;
	// Below a line that continues on the next one, a line comment would swallow what follows.
	const continued =
		line > 0 &&
		document
			.lineText(line - 1)
			.trimEnd()
			.endsWith('\\');
	// Whoever writes no other comments may have a compiler that takes no other.
	const blocksOnly =
		language?.wording.mayLackLineComments === true && document.text.includes('/*') && !/(?<!:)\/\//.test(document.text);
	const comment = commentOf(directive, continued, blocksOnly);
	const start: Position = { line, character: 0 };
	return { range: { start, end: start }, newText: `${indentation}${comment}${document.lineEnd(line)}` };
}

function commentOf(directive: string, continued: boolean, blocksOnly: boolean): string {
	if (continued) return `/* ${directive}*/ \\`;
	return blocksOnly ? `/* ${directive}*/` : `// ${directive}`;
}

/** The line of the finding's call may begin within JSX or a template, where a line above it would be a part of the text. */
function followsMarkup({ call }: Finding, line: number, document: OpenDocument): boolean {
	if (!call) return false;
	const at = document.positionAt(call.calleeSpan.start);
	const before = document.lineText(line).slice(0, at.character).replaceAll('=>', '');
	return at.line === line && /[{}<>`]/.test(before);
}

export default {
	capability: { codeActionProvider: { codeActionKinds: [QUICK_FIX], resolveProvider: false } },
	register(on) {
		on.request(CodeActionRequest, {
			what: 'Code action',
			empty: [],
			async answer({ analyses, client }, params) {
				const analysis = await analyses.of(params.textDocument.uri);
				if (!analysis || !wantsQuickFixes(params)) return [];
				return findingActions(analysis, params, client.capabilities.workspace?.workspaceEdit?.documentChanges === true);
			},
		});
	},
} satisfies Feature;
