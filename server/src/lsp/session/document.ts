/** An open document: its text, and the changes that the parser has not seen yet. */
import type { Position, Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from '../../syntax/trees.ts';

/** More changes than a burst of typing makes: parsing afresh is cheaper than replaying them. */
const MAX_PENDING = 200;

/** A carriage return on its own: a line end for LSP, none for tree-sitter. */
const LONE_RETURN = /\r(?!\n)/;

/** One version of a text after the other; positions are brought into range, wherever they come from. */
export class OpenDocument {
	readonly uri: string;
	readonly languageId: string;
	readonly #document: TextDocument;
	#pending: TextEdit[] = [];
	/** The changes since the last check are not known as edits. */
	#unknown = true;
	/** Rows of LSP and of tree-sitter differ, so that no edit can be told. */
	#mixedRows: boolean;

	constructor(uri: string, languageId: string, version: number, text: string) {
		this.uri = uri;
		this.languageId = languageId;
		this.#document = TextDocument.create(uri, languageId, version, text);
		this.#mixedRows = LONE_RETURN.test(text);
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
				this.#mixedRows = LONE_RETURN.test(change.text);
				TextDocument.update(this.#document, [{ text: change.text }], version);
				this.#forgetEdits();
				continue;
			}
			this.#mixedRows ||= LONE_RETURN.test(change.text);
			const [startIndex, oldEndIndex] = [this.offsetAt(change.range.start), this.offsetAt(change.range.end)].sort(
				(a, b) => a - b,
			) as [number, number];
			const range: Range = this.rangeAt(startIndex, oldEndIndex);
			TextDocument.update(this.#document, [{ range, text: change.text }], version);
			const newEndIndex = startIndex + change.text.length;
			if (this.#unknown) continue;
			if (this.#mixedRows || this.#pending.length >= MAX_PENDING) {
				this.#forgetEdits();
				continue;
			}
			this.#pending.push({
				startIndex,
				oldEndIndex,
				newEndIndex,
				startPosition: point(range.start),
				oldEndPosition: point(range.end),
				newEndPosition: endOf(range.start, change.text),
			});
		}
		// Also an empty list of changes makes a version.
		TextDocument.update(this.#document, [], version);
	}

	#forgetEdits(): void {
		this.#pending = [];
		this.#unknown = true;
	}

	/** The edits since the last time, and none from now on; empty: they are not known, or there were none. */
	takeEdits(): readonly TextEdit[] {
		const edits = this.#unknown ? [] : this.#pending;
		this.#pending = [];
		this.#unknown = false;
		return edits;
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

const point = (position: Position) => ({ row: position.line, column: position.character });

function endOf(start: Position, inserted: string) {
	const lastBreak = inserted.lastIndexOf('\n');
	if (lastBreak < 0) return { row: start.line, column: start.character + inserted.length };
	let rows = 0;
	for (let at = inserted.indexOf('\n'); at >= 0; at = inserted.indexOf('\n', at + 1)) rows++;
	return { row: start.line + rows, column: inserted.length - lastBreak - 1 };
}
