/** An open document: its text, and places in it as LSP tells them. */
import type { Position, Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** One version of a text after the other; positions are brought into range, wherever they come from. */
export class OpenDocument {
	readonly uri: string;
	readonly languageId: string;
	readonly #document: TextDocument;

	constructor(uri: string, languageId: string, version: number, text: string) {
		this.uri = uri;
		this.languageId = languageId;
		this.#document = TextDocument.create(uri, languageId, version, text);
	}

	get version(): number {
		return this.#document.version;
	}

	get text(): string {
		return this.#document.getText();
	}

	/** Applies changes in order. Positions out of range, of wrong type or in wrong order are brought into range. */
	update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
		for (const change of changes) {
			if (typeof change?.text !== 'string') continue;
			if (!('range' in change) || !change.range) {
				TextDocument.update(this.#document, [{ text: change.text }], version);
				continue;
			}
			const [start = 0, end = 0] = [this.offsetAt(change.range.start), this.offsetAt(change.range.end)].sort(
				(a, b) => a - b,
			);
			TextDocument.update(this.#document, [{ range: this.rangeAt(start, end), text: change.text }], version);
		}
		// Also an empty list of changes makes a version.
		TextDocument.update(this.#document, [], version);
	}

	/** Offset of a position that may come from anywhere. */
	offsetAt(position: Position): number {
		return this.#document.offsetAt({ line: whole(position?.line), character: whole(position?.character) });
	}

	positionAt(offset: number): Position {
		return this.#document.positionAt(offset);
	}

	rangeAt(start: number, end: number): Range {
		return { start: this.positionAt(start), end: this.positionAt(end) };
	}

	/** Text of a line without its line end. */
	lineText(line: number): string {
		const start = this.#document.offsetAt({ line, character: 0 });
		return this.text.slice(start, this.#document.offsetAt({ line, character: Number.MAX_SAFE_INTEGER }));
	}

	/** The line end that the document uses at a line: its own, else that of the line before, else a line feed. */
	lineEnd(line: number): string {
		for (const at of [line, line - 1]) {
			if (at < 0) continue;
			const end = this.#document.offsetAt({ line: at, character: Number.MAX_SAFE_INTEGER });
			const found = /^(?:\r\n|\r|\n)/.exec(this.text.slice(end, end + 2));
			if (found) return found[0];
		}
		return '\n';
	}
}

const whole = (n: unknown): number =>
	typeof n === 'number' && n > 0 ? Math.min(Math.floor(n), Number.MAX_SAFE_INTEGER) : 0;
