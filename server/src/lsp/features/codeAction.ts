/** Actions on findings and calls: a rule's own fix, a comment that silences it, and the explanation of the call. */
import type {
	CodeAction,
	CodeActionParams,
	Diagnostic,
	Position,
	TextEdit,
	WorkspaceEdit,
} from 'vscode-languageserver';
import type { IoctlCall } from '../../calls/model.ts';
import { readSuppressions } from '../../check/suppress.ts';
import { languageOf } from '../../languages/languageOf.ts';
import type { Finding } from '../../rules/rule.ts';
import { codeName } from '../callText.ts';
import type { Analysis } from '../session/analyses.ts';
import type { ClientCommands } from '../session/clientCommands.ts';
import type { OpenDocument } from '../session/document.ts';
import { SOURCE, toDiagnostic } from './diagnostics.ts';
import type { RunOffer } from './run.ts';

/** The one kind of action that is offered, as LSP names it. */
export const QUICK_FIX = 'quickfix';

export interface CodeActionSupport {
	readonly commands: ClientCommands;
	/** Live runs of a call, where they are possible. */
	readonly offers: (call: IoctlCall) => readonly RunOffer[];
	/** The client takes edits that name the document's version. */
	readonly versionedEdits: boolean;
}

/** All actions for a range of a document. */
export function codeActions(analysis: Analysis, params: CodeActionParams, support: CodeActionSupport): CodeAction[] {
	const { document, findings, calls } = analysis;
	const only = params.context?.only;
	if (Array.isArray(only) && !only.some((kind) => kind === '' || kind === QUICK_FIX)) return [];
	const start = document.offsetAt(params.range?.start);
	const end = Math.max(start, document.offsetAt(params.range?.end));
	const touches = (span: { start: number; end: number }) => span.start <= end && start <= span.end;
	const touched = findings.filter(touches);
	const fixes = touched.filter((f) => f.fix !== undefined);
	const edit = (edits: TextEdit[]): WorkspaceEdit =>
		support.versionedEdits
			? { documentChanges: [{ textDocument: { uri: document.uri, version: analysis.version }, edits }] }
			: { changes: { [document.uri]: edits } };

	const actions: CodeAction[] = fixes.map((finding) => ({
		title: finding.fix!.title,
		kind: QUICK_FIX,
		diagnostics: [shownDiagnostic(finding, document, params.context?.diagnostics)],
		...(fixes.length === 1 ? { isPreferred: true } : {}),
		edit: edit(finding.fix!.edits.map((e) => ({ range: document.rangeAt(e.start, e.end), newText: e.newText }))),
	}));
	const silenced = new Set<string>();
	for (const finding of touched) {
		const { line } = document.positionAt(finding.start);
		const key = `${line} ${finding.rule}`;
		if (silenced.has(key)) continue;
		silenced.add(key);
		actions.push({
			title: `Ignore ${finding.rule} on this line`,
			kind: QUICK_FIX,
			diagnostics: touched
				.filter((f) => f.rule === finding.rule && document.positionAt(f.start).line === line)
				.map((f) => shownDiagnostic(f, document, params.context?.diagnostics)),
			edit: edit([ignoreEdit(finding, line, document)]),
		});
	}
	const command = support.commands.explainCall;
	const innermost = calls.filter(touches).reduce<IoctlCall | undefined>(smaller, undefined);
	if (innermost) {
		const name = codeName(innermost) === '?' ? `this call of ${innermost.api}` : codeName(innermost);
		const position: Position = document.positionAt(innermost.calleeSpan.start);
		const offer = (title: string, command: string) => {
			actions.push({ title, kind: QUICK_FIX, command: { title, command, arguments: [document.uri, position] } });
		};
		if (command !== '') offer(`Explain ${name}`, command);
		for (const { action, command } of support.offers(innermost)) offer(action, command);
	}
	return actions;
}

const smaller = (best: IoctlCall | undefined, call: IoctlCall): IoctlCall =>
	best && best.end - best.start <= call.end - call.start ? best : call;

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
	const language = languageOf(document.uri, document.languageId, document.text)?.id;
	const ofC = language === 'c' || language === 'cpp';
	if (!ofC && followsMarkup(finding, line, document)) {
		const at = document.positionAt(finding.start);
		return { range: { start: at, end: at }, newText: `/* ioctl-lens-ignore-line ${finding.rule}: */ ` };
	}
	const indentation = /^[ \t]*/.exec(document.lineText(line))![0];
	const directive = `ioctl-lens-ignore-next-line ${finding.rule}: `;
	// Below a line that continues on the next one, a line comment would swallow what follows.
	const continued =
		line > 0 &&
		document
			.lineText(line - 1)
			.trimEnd()
			.endsWith('\\');
	// Whoever writes no other comments may have a compiler that takes no other.
	const blocksOnly = language === 'c' && document.text.includes('/*') && !/(?<!:)\/\//.test(document.text);
	const comment = continued ? `/* ${directive}*/ \\` : blocksOnly ? `/* ${directive}*/` : `// ${directive}`;
	const start: Position = { line, character: 0 };
	return { range: { start, end: start }, newText: `${indentation}${comment}${document.lineEnd(line)}` };
}

/** The line of the finding's call may begin within JSX or a template, where a line above it would be a part of the text. */
function followsMarkup({ call }: Finding, line: number, document: OpenDocument): boolean {
	if (!call) return false;
	const at = document.positionAt(call.calleeSpan.start);
	const before = document.lineText(line).slice(0, at.character).replaceAll('=>', '');
	return at.line === line && /[{}<>`]/.test(before);
}
