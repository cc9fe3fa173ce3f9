/** What each command does; the context registers them. */
import {
	CancellationTokenSource,
	ConfigurationTarget,
	commands,
	l10n,
	type QuickPickItem,
	Uri,
	window,
	workspace,
} from 'vscode';
import {
	ExplainCallRequest,
	ExplainRequest,
	ReferenceIndexRequest,
	type ReferenceParams,
	ReferenceRequest,
} from '../../server/src/lsp/protocol.ts';
import { callAt } from './call.ts';
import { ServerUnavailable } from './languageClient.ts';
import type { Lens } from './lens.ts';
import { runScheme, scheme } from './pageScheme.ts';
import { besideColumn } from './panel.ts';
import type { RunFlow } from './run/flow.ts';

/** Runs a command and tells the user, with a way out, when the server cannot answer. */
export async function reportFailure(lens: Lens, run: () => Promise<void> | void): Promise<void> {
	try {
		await run();
	} catch (error) {
		lens.output.error(error instanceof Error ? error : String(error));
		const restart = l10n.t('Restart Server');
		const show = l10n.t('Show Output');
		const message =
			error instanceof ServerUnavailable
				? l10n.t('The IOCTL Lens server is not running.')
				: l10n.t('IOCTL Lens could not answer. The output says why.');
		// Not awaited: the command is over, the message may stay on the screen as long as it likes.
		void window.showErrorMessage(message, restart, show).then((choice) => {
			if (choice === restart) void lens.server.restart();
			if (choice === show) lens.output.show();
		});
	}
}

/** Ends the server and starts it anew. */
export async function restartServer(lens: Lens): Promise<void> {
	await lens.server.restart();
}

/** Opens the output channel. */
export function showOutput(lens: Lens): void {
	lens.output.show();
}

/** Turns a rule off for the workspace, or for the user where no folder is open, and says how to undo it. */
export async function turnRuleOff(_lens: Lens, rule?: unknown): Promise<void> {
	if (typeof rule !== 'string') return;
	const settings = workspace.getConfiguration('ioctlLens');
	const target = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
	const known = settings.inspect<Record<string, string>>('rules');
	const before = target === ConfigurationTarget.Workspace ? known?.workspaceValue : known?.globalValue;
	await settings.update('rules', { ...before, [rule]: 'off' }, target);
	const undo = l10n.t('Undo');
	void window.showInformationMessage(l10n.t('{0} is off in the settings.', rule), undo).then((choice) => {
		if (choice === undo) void settings.update('rules', before, target);
	});
}

/** Opens the document behind a panel as text, for whoever wants to search or copy it whole. */
export async function openAsText(_lens: Lens, document?: unknown): Promise<void> {
	if (typeof document !== 'string') return;
	const uri = Uri.parse(document);
	if (uri.scheme !== scheme && uri.scheme !== runScheme) return;
	// Named, as a page has an editor of its own that shows it rendered.
	await commands.executeCommand('vscode.openWith', uri, 'default', { viewColumn: besideColumn(), preview: true });
}

/** Explains one call. */
export async function explainCall(lens: Lens, target?: unknown, at?: unknown): Promise<void> {
	const params = callAt(target, at);
	if (!params) return;
	const page = await lens.server.request(ExplainCallRequest, params);
	if (page) await lens.view.show(ExplainCallRequest, params, page);
	else void window.showInformationMessage(l10n.t('There is no I/O control call at the cursor.'));
}

/** Says why nothing is run in a browser. */
export function explainNoRuns(): void {
	void window.showInformationMessage(
		l10n.t('A browser cannot make the call: live runs need VS Code on a computer, or a remote window to one.'),
	);
}

/** Runs one call as it is written. */
export async function run(runs: RunFlow, target?: unknown, at?: unknown): Promise<void> {
	const call = callAt(target, at);
	if (call) await runs.run(call, 'written');
}

/** Runs one call with the sizes that the catalog asks for. */
export async function runCorrectSizes(runs: RunFlow, target?: unknown, at?: unknown): Promise<void> {
	const call = callAt(target, at);
	if (call) await runs.run(call, 'correct');
}

/** Tries which sizes the code of one call takes. */
export async function probeSizes(runs: RunFlow, target?: unknown, at?: unknown): Promise<void> {
	const call = callAt(target, at);
	if (call) await runs.probe(call);
}

/** Asks for a control code's name or number, lets the server judge it while it is typed, and shows what it means. */
export async function decodeCode(lens: Lens): Promise<void> {
	let pending = new CancellationTokenSource();
	const query = await window.showInputBox({
		title: l10n.t('Decode Control Code'),
		prompt: l10n.t('A name such as SIO_KEEPALIVE_VALS, or a number such as 0x98000004'),
		ignoreFocusOut: true,
		async validateInput(text) {
			pending.cancel();
			pending = new CancellationTokenSource();
			const own = pending.token;
			const trimmed = text.trim();
			if (trimmed === '') return undefined;
			const answer = await lens.server.request(ExplainRequest, { query: trimmed }, own);
			return own.isCancellationRequested || !('error' in answer) ? undefined : answer.error;
		},
	});
	const trimmed = query?.trim();
	if (!trimmed) return;
	const answer = await lens.server.request(ExplainRequest, { query: trimmed });
	if ('error' in answer) void window.showWarningMessage(answer.error);
	else await lens.view.show(ExplainRequest, { query: trimmed }, answer);
}

/** Opens the page of a code, a structure or a function: the one a hover's link names, or one picked from the list of all. */
export async function openReference(lens: Lens, target?: unknown): Promise<void> {
	const entry = isReference(target) ? { kind: target.kind, name: target.name } : await pickReference(lens);
	if (!entry) return;
	const page = await lens.server.request(ReferenceRequest, entry);
	if (page) await lens.view.show(ReferenceRequest, entry, page);
	else void window.showInformationMessage(l10n.t('There is no reference page for {0}.', entry.name));
}

const KINDS: Readonly<Record<Exclude<ReferenceParams['kind'], 'rule'>, () => string>> = {
	code: () => l10n.t('control code'),
	struct: () => l10n.t('structure'),
	function: () => l10n.t('function'),
};

function isReference(value: unknown): value is ReferenceParams {
	const entry = value as Partial<ReferenceParams> | null | undefined;
	const { kind, name } = entry ?? {};
	return typeof name === 'string' && typeof kind === 'string' && (kind === 'rule' || Object.hasOwn(KINDS, kind));
}

async function pickReference(lens: Lens): Promise<ReferenceParams | undefined> {
	const items = lens.server.request(ReferenceIndexRequest, {}).then(({ entries }) =>
		entries.map((entry): QuickPickItem & { entry: ReferenceParams } => ({
			label: entry.name,
			description: KINDS[entry.kind](),
			detail: entry.detail,
			entry,
		})),
	);
	const picked = await window.showQuickPick(items, {
		title: l10n.t('Open Reference'),
		placeHolder: l10n.t('A control code, a structure or a function'),
		matchOnDetail: true,
	});
	return picked?.entry;
}
