/** What the actions of all features share: which are wanted, and what the range they are asked for touches. */
import * as l10n from '@vscode/l10n';
import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import type { IoctlCall } from '../calls/model.ts';
import type { Span } from '../syntax/span.ts';
import { codeName } from './callText.ts';
import type { Analysis } from './session/analyses.ts';
import type { OpenDocument } from './session/document.ts';

/** Actions that mend a finding or silence it, as LSP names them. */
export const QUICK_FIX = 'quickfix';
/** Actions that tell of a call or try it: an editor offers no light bulb for them. */
export const CALL_ACTION = 'source.ioctl-lens';
/** All that can be mended in a file at once; editors run it when a file is saved. */
export const FIX_ALL = 'source.fixAll.ioctl-lens';

/** Editors may ask for some kinds alone, and mean the kinds below them too: `source` for `source.ioctl-lens`. */
export function wants({ context }: CodeActionParams, kind: string): boolean {
	const only = context?.only;
	return !Array.isArray(only) || only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
}

/** The kinds are named, so that one which costs something is wanted indeed. */
export const names = (params: CodeActionParams, kind: string): boolean =>
	Array.isArray(params.context?.only) && wants(params, kind);

/** The test for spans that the range touches. */
export function touching(document: OpenDocument, { range }: CodeActionParams): (span: Span) => boolean {
	const start = document.offsetAt(range?.start);
	const end = Math.max(start, document.offsetAt(range?.end));
	return (span) => span.start <= end && start <= span.end;
}

/** The innermost call that the range touches. */
export function touchedCall({ document, calls }: Analysis, params: CodeActionParams): IoctlCall | undefined {
	return calls.filter(touching(document, params)).reduce<IoctlCall | undefined>(smaller, undefined);
}

const smaller = (best: IoctlCall | undefined, call: IoctlCall): IoctlCall =>
	best && best.end - best.start <= call.end - call.start ? best : call;

/** An action that runs one of the client's commands with the document and the call's position. */
export function commandAction({ document }: Analysis, call: IoctlCall, title: string, command: string): CodeAction {
	const position = document.positionAt(call.calleeSpan.start);
	return { title, kind: CALL_ACTION, command: { title, command, arguments: [document.uri, position] } };
}

/** What an action calls the call. */
export const spokenName = (call: IoctlCall): string =>
	codeName(call) === '?' ? l10n.t('this call of {0}', call.api) : codeName(call);
