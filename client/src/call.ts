/** Calls in the source, as commands are about them. */
import { l10n, Uri, window } from 'vscode';
import { isSupported } from './selector.ts';

/** A call in the source: the document's URI and a position inside the call. */
export interface CallPosition {
	readonly uri: string;
	readonly position: Position;
}

interface Position {
	readonly line: number;
	readonly character: number;
}

function isPosition(value: unknown): value is Position {
	const position = value as Partial<Position> | null | undefined;
	return Number.isInteger(position?.line) && Number.isInteger(position?.character);
}

/**
 * The call that a command is about. A code lens passes the document's URI and a position inside the call; from the
 * palette and the context menu the active editor's cursor stands for both. Undefined, and told, when there is neither.
 */
export function callAt(target: unknown, at: unknown): CallPosition | undefined {
	const editor = window.activeTextEditor;
	const place = ({ line, character }: Position) => ({ line, character });
	if (typeof target === 'string' && isPosition(at)) {
		return { uri: Uri.parse(target, true).toString(), position: place(at) };
	}
	if (editor && isSupported(editor.document.languageId)) {
		return { uri: editor.document.uri.toString(), position: place(editor.selection.active) };
	}
	void window.showInformationMessage(
		l10n.t('Open a C, C++, TypeScript or JavaScript file and place the cursor in a call.'),
	);
	return undefined;
}
