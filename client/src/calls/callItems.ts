/** How calls and their groups look in the view, and what a screen reader says of them. */
import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, workspace } from 'vscode';
import type { WorkspaceCall } from '../../../server/src/lsp/protocol.ts';
import type { CallGroup, Grouping, ListedCall } from './callTree.ts';

/** Icon and colour; the words beside it say the same. */
const icons = {
	error: ['error', 'problemsErrorIcon.foreground'],
	warning: ['warning', 'problemsWarningIcon.foreground'],
	info: ['info', 'problemsInfoIcon.foreground'],
	hint: ['info', 'problemsInfoIcon.foreground'],
	unresolved: ['question', 'descriptionForeground'],
	fine: ['pass', 'testing.iconPassed'],
} as const satisfies Readonly<Record<string, readonly [icon: string, color: string]>>;

type Degree = keyof typeof icons;

/** The worst first. */
const DEGREES = Object.keys(icons) as readonly Degree[];

const severities: Readonly<Record<string, () => string>> = {
	error: () => l10n.t('error'),
	warning: () => l10n.t('warning'),
	info: () => l10n.t('information'),
	hint: () => l10n.t('hint'),
};

const states: Readonly<Record<string, () => string>> = {
	wrong: () => l10n.t('With findings'),
	unresolved: () => l10n.t('Not resolved'),
	fine: () => l10n.t('Nothing found'),
};

/** How bad a call is, as icons tell it. */
function degreeOf({ worst, state }: WorkspaceCall): Degree {
	if (worst) return worst.severity;
	return state === 'unresolved' ? 'unresolved' : 'fine';
}

function iconOf(degree: Degree): ThemeIcon {
	const [icon, color] = icons[degree];
	return new ThemeIcon(icon, new ThemeColor(color));
}

/** The outcome in a word or two. */
function outcomeOf({ worst, state }: WorkspaceCall): string {
	return (worst ? severities[worst.severity]?.() : states[state]?.()) ?? '';
}

const fileOf = (uri: string): string => Uri.parse(uri).path.split('/').pop() ?? uri;

/** The row of a call. */
export function callItem({ uri, call }: ListedCall, grouping: Grouping): TreeItem {
	const { start, end } = call.range;
	const line = start.line + 1;
	const file = fileOf(uri);
	const item = new TreeItem(grouping === 'code' ? file : call.code);
	item.id = `${grouping} ${uri} ${start.line}:${start.character}`;
	const place = grouping === 'state' ? `${file}:${line}` : `:${line}`;
	item.description = [place, call.sizes].filter(Boolean).join(' · ');
	const caller = call.enclosing === undefined ? call.callee : l10n.t('{0} in {1}', call.callee, call.enclosing);
	item.tooltip = [call.code, caller, ...(call.worst ? ['', call.worst.message] : [])].join('\n');
	item.iconPath = iconOf(degreeOf(call));
	item.contextValue = 'call';
	const where = l10n.t('{0}, line {1}', workspace.asRelativePath(Uri.parse(uri)), line);
	const spoken = [outcomeOf(call), call.sizes, where].filter(Boolean).join(', ');
	item.accessibilityInformation = { label: `${call.code}: ${spoken}${call.worst ? `. ${call.worst.message}` : ''}` };
	item.command = {
		command: 'vscode.open',
		title: l10n.t('Go to Call'),
		arguments: [
			Uri.parse(uri),
			{ selection: { start: { ...start }, end: { ...end } }, preview: true } satisfies object,
		],
	};
	return item;
}

/** The row of a group. */
export function groupItem(group: CallGroup): TreeItem {
	const { by, key, calls } = group;
	const wrong = calls.filter(({ call }) => call.state === 'wrong').length;
	const item =
		by === 'file'
			? new TreeItem(Uri.parse(key), TreeItemCollapsibleState.Expanded)
			: new TreeItem(
					titleOf(group),
					by === 'code' ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded,
				);
	item.id = `${by} ${key}`;
	item.contextValue = 'group';
	const counts =
		wrong === 0 || by === 'state' ? String(calls.length) : l10n.t('{0}, with findings: {1}', calls.length, wrong);
	if (by === 'file') item.iconPath = ThemeIcon.File;
	else item.iconPath = iconOf(degreeOfAll(calls));
	item.description = by === 'file' ? folderOf(key) : counts;
	const label = by === 'file' ? workspace.asRelativePath(Uri.parse(key)) : titleOf(group);
	item.accessibilityInformation = { label: `${label}. ${l10n.t('Calls: {0}', counts)}` };
	return item;
}

const titleOf = ({ by, key }: CallGroup): string => (by === 'state' ? (states[key]?.() ?? key) : key);

/** From the workspace's folder on. */
const folderOf = (uri: string): string => workspace.asRelativePath(Uri.parse(uri)).split('/').slice(0, -1).join('/');

const degreeOfAll = (calls: readonly ListedCall[]): Degree =>
	DEGREES[Math.min(...calls.map(({ call }) => DEGREES.indexOf(degreeOf(call))))] ?? 'fine';
