/** Actions on findings: a rule's own fix, the same for a whole file, and comments and a setting that silence it. */
import * as l10n from '@vscode/l10n';
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
import type { Finding, Fix } from '../../rules/rule.ts';
import type { Span } from '../../syntax/span.ts';
import { FIX_ALL, names, QUICK_FIX, touching, wants } from '../actions.ts';
import { PLAIN, SOURCE, toDiagnostic } from '../diagnostic.ts';
import type { Feature } from '../feature.ts';
import type { Analysis } from '../session/analyses.ts';
import type { ClientCommands } from '../session/clientCommands.ts';
import type { OpenDocument } from '../session/document.ts';
import { CodeActionRequest } from '../standard.ts';

interface Around {
	readonly analysis: Analysis;
	readonly params: CodeActionParams;
	/** The client takes edits that name the document's version. */
	readonly versioned: boolean;
	readonly commands: ClientCommands;
}

/** Fixes first, then what silences, for the findings that a range touches. */
function findingActions(around: Around): CodeAction[] {
	const { analysis, params } = around;
	const touched = analysis.findings.filter(touching(analysis.document, params));
	return [...fixes(touched, around), ...silencers(touched, around)];
}

function editOf({ analysis: { document, version }, versioned }: Around, edits: TextEdit[]): WorkspaceEdit {
	return versioned
		? { documentChanges: [{ textDocument: { uri: document.uri, version }, edits }] }
		: { changes: { [document.uri]: edits } };
}

const textEdits = ({ edits }: Fix, document: OpenDocument): TextEdit[] =>
	edits.map((e) => ({ range: document.rangeAt(e.start, e.end), newText: e.newText }));

/** Each finding's own fix, and all of a rule's fixes at once where there are several. */
function fixes(touched: readonly Finding[], around: Around): CodeAction[] {
	const { analysis, params } = around;
	const { document } = analysis;
	const shown = (finding: Finding) => shownDiagnostic(finding, document, params.context?.diagnostics);
	const own = touched.flatMap((finding): CodeAction[] => {
		const { fix } = finding;
		if (!fix) return [];
		const edit = editOf(around, textEdits(fix, document));
		return [{ title: fix.title, kind: QUICK_FIX, diagnostics: [shown(finding)], isPreferred: true, edit }];
	});
	const rules = new Set(touched.filter(({ fix }) => fix).map(({ rule }) => rule));
	const together = [...rules].flatMap((rule): CodeAction[] => {
		const alike = analysis.findings.filter((f) => f.rule === rule && f.fix && !f.fix.unfinished);
		if (alike.length < 2) return [];
		return [
			{
				title: l10n.t('Fix all {0} in this file', rule),
				kind: QUICK_FIX,
				// Editors put an action without any behind all others, here behind what silences.
				diagnostics: touched.filter((f) => f.rule === rule).map(shown),
				edit: editOf(around, allFixes(alike, document)),
			},
		];
	});
	return [...own, ...together];
}

/** The fixes of all findings that do not get into each other's way. */
function allFixes(findings: readonly Finding[], document: OpenDocument): TextEdit[] {
	const taken: Span[] = [];
	return findings.flatMap(({ fix }) => {
		if (!fix || fix.unfinished || fix.edits.some((e) => taken.some((t) => e.start <= t.end && t.start <= e.end)))
			return [];
		taken.push(...fix.edits);
		return textEdits(fix, document);
	});
}

function silencers(touched: readonly Finding[], around: Around): CodeAction[] {
	const { analysis, params, commands } = around;
	const { document } = analysis;
	const actions: CodeAction[] = [];
	const silenced = new Set<string>();
	for (const finding of touched) {
		const { line } = document.positionAt(finding.start);
		const key = `${line} ${finding.rule}`;
		if (silenced.has(key)) continue;
		silenced.add(key);
		const alike = touched.filter((f) => f.rule === finding.rule && document.positionAt(f.start).line === line);
		actions.push({
			title: l10n.t('Ignore {0} on this line', finding.rule),
			kind: QUICK_FIX,
			diagnostics: alike.map((f) => shownDiagnostic(f, document, params.context?.diagnostics)),
			edit: editOf(around, [ignoreEdit(finding, line, document)]),
		});
	}
	for (const rule of new Set(touched.map((finding) => finding.rule))) {
		const edit = ignoreFileEdit(rule, document);
		if (edit)
			actions.push({ title: l10n.t('Ignore {0} in this file', rule), kind: QUICK_FIX, edit: editOf(around, [edit]) });
		if (commands.turnRuleOff === '') continue;
		const title = l10n.t('Turn {0} off in the settings', rule);
		actions.push({ title, kind: QUICK_FIX, command: { title, command: commands.turnRuleOff, arguments: [rule] } });
	}
	return actions;
}

/** The diagnostic as the client holds it, so that it can tell which one the action is for. */
function shownDiagnostic(
	finding: Finding,
	document: OpenDocument,
	shown: readonly Diagnostic[] | undefined,
): Diagnostic {
	const own = toDiagnostic(finding, document, PLAIN);
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

/** A comment at the head of the file; none where the file does not begin as code. */
function ignoreFileEdit(rule: string, document: OpenDocument): TextEdit | undefined {
	if (/^\s*</.test(document.text)) return undefined;
	const line = document.text.startsWith('#!') ? 1 : 0;
	const at: Position = { line, character: 0 };
	return { range: { start: at, end: at }, newText: `/* ioctl-lens-ignore-file ${rule}: */${document.lineEnd(0)}` };
}

/** The line of the finding's call may begin within JSX or a template, where a line above it would be a part of the text. */
function followsMarkup({ call }: Finding, line: number, document: OpenDocument): boolean {
	if (!call) return false;
	const { start } = call.calleeSpan;
	const lineStart = document.offsetAt({ line, character: 0 });
	const before = document.text.slice(lineStart, start).replaceAll('=>', '');
	return document.positionAt(start).line === line && /[{}<>`]/.test(before);
}

export default {
	capability: { codeActionProvider: { codeActionKinds: [QUICK_FIX, FIX_ALL], resolveProvider: false } },
	register(on) {
		on.request(CodeActionRequest, {
			what: 'Code action',
			empty: [],
			async answer({ analyses, client, commands }, params) {
				const analysis = await analyses.of(params.textDocument.uri);
				if (!analysis) return [];
				const versioned = client.capabilities.workspace?.workspaceEdit?.documentChanges === true;
				const around = { analysis, params, versioned, commands };
				const all = names(params, FIX_ALL) ? allFixes(analysis.findings, analysis.document) : [];
				return [
					...(wants(params, QUICK_FIX) ? findingActions(around) : []),
					...(all.length > 0
						? [{ title: l10n.t('Fix all IOCTL Lens findings'), kind: FIX_ALL, edit: editOf(around, all) }]
						: []),
				];
			},
		});
	},
} satisfies Feature;
