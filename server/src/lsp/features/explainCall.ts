/** A page about one call: what was read from its arguments, what is wrong with it, and what its control code asks for. */
import * as l10n from '@vscode/l10n';
import type { IoctlCall, Nullness, PointerArgument, Quantity } from '../../calls/model.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { hex } from '../../catalog/opcode.ts';
import { bytesOnBoth } from '../../reference/facts.ts';
import { codeSections, learnLink, numberSections, type Pages } from '../../reference/render/markdown.ts';
import { table } from '../../reference/render/table.ts';
import { eitherOf } from '../../reference/words.ts';
import type { Severity } from '../../rules/rule.ts';
import { typeText } from '../../types/layout.ts';
import { CALL_ACTION, commandAction, spokenName, touchedCall, wants } from '../actions.ts';
import { callAt, codeName, sizeText } from '../callText.ts';
import type { Feature } from '../feature.ts';
import { ExplainCallRequest, type Page } from '../protocol.ts';
import type { Analysis } from '../session/analyses.ts';
import { CodeActionRequest } from '../standard.ts';

/** The page, as Markdown. */
function explainCallPage(analysis: Analysis, call: IoctlCall, pages: Pages): Page {
	const { catalog } = pages;
	const { document, findings } = analysis;
	const name = codeName(call);
	const title = name === '?' ? call.api : `${call.api}: ${name}`;
	const own = findings.filter((f) => f.call === call);
	const { line } = document.positionAt(call.calleeSpan.start);
	const blocks = [
		`# ${title}`,
		whereText(call, line + 1),
		fenced(snippet(document.text.slice(call.start, call.end)), document.languageId),
		table([l10n.t('Argument'), l10n.t('Written as'), l10n.t('Means')], argumentRows(call, catalog)).join('\n'),
		`## ${l10n.t('Findings')}`,
		own.length === 0
			? noFindings(call, catalog)
			: own.map((f) => `- **${SEVERITIES[f.severity]()}** ${f.message} (\`${f.rule}\`)`).join('\n'),
		...codeBlocks(call, pages),
		learnLink(catalog.functionById(call.api)?.documentation, l10n.t('{0} on Microsoft Learn', call.api)).join('\n'),
	];
	return { title, markdown: `${blocks.filter((b) => b !== '').join('\n\n')}\n` };
}

function noFindings(call: IoctlCall, catalog: Catalog): string {
	if (call.kind === 'socket-option') return l10n.t('None: a socket option is not judged.');
	if (call.kind === 'unknown') return l10n.t('None: what it asks for is not known, and is not judged.');
	if (call.code.entry) return l10n.t('None.');
	const [value, ...others] = call.code.values;
	if (value === undefined)
		return l10n.t('None: the control code is not known before the program runs, so nothing was judged against it.');
	return others.length > 0 || catalog.codes(value).length > 1
		? l10n.t('None: more than one control code can be meant, so nothing was judged against it.')
		: l10n.t('None: the catalog does not know the control code, so nothing was judged against it.');
}

const SEVERITIES: Readonly<Record<Severity, () => string>> = {
	error: () => l10n.t('error'),
	warning: () => l10n.t('warning'),
	info: () => l10n.t('info'),
	hint: () => l10n.t('hint'),
};

/** Where a call stands, and how it leads to the entry point. */
function whereText({ enclosing, through, api }: IoctlCall, line: number): string {
	return [
		enclosing ? l10n.t('Line {0}, in {1}.', line, `\`${enclosing}\``) : l10n.t('Line {0}.', line),
		...(through ? [l10n.t('{0} calls {1}.', `\`${through}\``, api)] : []),
	].join(' ');
}

function codeBlocks(call: IoctlCall, pages: Pages): string[] {
	if (call.kind !== 'ioctl') return [];
	if (call.code.entry) return codeSections(call.code.entry, pages);
	return call.code.values.flatMap((value) => numberSections(value, pages));
}

/** A code block, with a fence longer than any run of backticks in it. */
function fenced(lines: readonly string[], languageId: string): string {
	const longest = Math.max(2, ...lines.flatMap((l) => l.match(/`+/g) ?? []).map((run) => run.length));
	const fence = '`'.repeat(longest + 1);
	return [`${fence}${/^[\w+-]{1,30}$/.test(languageId) ? languageId : ''}`, ...lines, fence].join('\n');
}

/** Lines of a call longer than any that people write are cut. */
const MAX_LINES = 40;
const MAX_COLUMNS = 200;

function snippet(text: string): string[] {
	const lines = text.split(/\r\n|\r|\n/).map((l) => (l.length > MAX_COLUMNS ? `${l.slice(0, MAX_COLUMNS)}…` : l));
	return lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), '…'] : lines;
}

const code = (text: string): string => {
	const short = text.replace(/\s+/g, ' ');
	const shown = short.length > 60 ? `${short.slice(0, 59)}…` : short;
	return shown.includes('`') ? shown : `\`${shown}\``;
};

function argumentRows(call: IoctlCall, catalog: Catalog): string[][] {
	const api = catalog.functionById(call.api);
	if (!api) return [];
	const { roles, parameters } = api;
	const rows: { at: number; row: string[] }[] = [];
	const add = (at: number | undefined, written: string | undefined, means: string) => {
		const parameter = at === undefined ? undefined : parameters[at];
		if (at === undefined || !parameter || written === undefined || rows.some((r) => r.at === at)) return;
		rows.push({ at, row: [`\`${parameter.name}\``, code(written), means] });
	};
	add(roles.code, call.code.text, codeMeaning(call, catalog));
	for (const side of ['input', 'output'] as const) {
		const buffer = call[side];
		add(roles[side], buffer?.pointer.text, buffer ? pointerMeaning(buffer.pointer) : '');
		add(roles[`${side}Size`], buffer?.size?.text, buffer ? sizeMeaning(buffer.length) : '');
	}
	add(roles.bytesReturned, call.bytesReturned?.text, nullMeaning(call.bytesReturned?.nullness));
	add(roles.overlapped, call.overlapped?.text, nullMeaning(call.overlapped?.nullness));
	add(roles.completion, call.completion?.text, nullMeaning(call.completion?.nullness));
	add(roles.irp, call.irp?.text, nullMeaning(call.irp?.nullness));
	return rows.sort((a, b) => a.at - b.at).map((r) => r.row);
}

function codeMeaning({ code: argument, kind }: IoctlCall, catalog: Catalog): string {
	if (kind === 'socket-option') return l10n.t('a socket option');
	if (kind === 'unknown') return l10n.t('a control code or a socket option: the request type is not known');
	const values = eitherOf(argument.values.map((v) => `\`${hex(v)}\``));
	if (argument.entry) return argument.name === argument.entry.name ? values : `\`${argument.entry.name}\`, ${values}`;
	const names = argument.values.flatMap((v) => catalog.codes(v).map((c) => `\`${c.name}\``));
	if (names.length > 0) return `${values}: ${eitherOf(names)}`;
	return values || l10n.t('not known before the program runs');
}

function pointerMeaning({ nullness, object }: PointerArgument): string {
	if (nullness === 'null') return l10n.t('no buffer');
	if (!object) return nullMeaning(nullness);
	const type = object.type && object.type.kind !== 'unknown' ? `\`${typeText(object.type)}\`` : undefined;
	const capacity = object.capacity && bytes(sizeText({ kind: 'known', values: [object.capacity] }, ['x86', 'x64']));
	return [type, capacity && l10n.t('{0} of memory', capacity)].filter((t) => t !== undefined).join(', ');
}

function sizeMeaning(length: Quantity): string {
	if (length.kind === 'known') return bytes(sizeText(length, ['x86', 'x64']));
	if (length.kind === 'symbolic') return l10n.t('the size of {0}, whose type is not in sight', `\`${length.object}\``);
	return l10n.t('not known before the program runs');
}

const bytes = (size: string): string => (size === '?' ? l10n.t('one of many sizes') : bytesOnBoth(size));

function nullMeaning(nullness: Nullness | undefined): string {
	if (nullness === 'null') return l10n.t('none');
	return nullness === 'not-null' ? l10n.t('given') : '';
}

export default {
	capability: { codeActionProvider: { codeActionKinds: [CALL_ACTION] } },
	register(on) {
		on.request(ExplainCallRequest, {
			what: 'Explaining a call',
			empty: null,
			async answer({ analyses, commands }, { uri, position }) {
				const analysis = await analyses.of(uri);
				const call = analysis && callAt(analysis, position);
				return call
					? explainCallPage(analysis, call, { catalog: analysis.catalog, link: commands.referenceLink })
					: null;
			},
		});
		on.request(CodeActionRequest, {
			what: 'Code action',
			empty: [],
			async answer({ analyses, commands }, params) {
				const analysis = await analyses.of(params.textDocument.uri);
				const call = analysis && wants(params, CALL_ACTION) ? touchedCall(analysis, params) : undefined;
				if (!analysis || !call || commands.explainCall === '') return [];
				return [commandAction(analysis, call, l10n.t('Explain {0}', spokenName(call)), commands.explainCall)];
			},
		});
	},
} satisfies Feature;
