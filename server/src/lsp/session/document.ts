/** An open document: its text, and places in it as LSP tells them. */
import type { Position, Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Replacement, replacement } from './carried.ts';
import { Columns, type PositionEncoding } from './columns.ts';

/** One version of a text after the other; positions are brought into range, wherever they come from. */
export class OpenDocument {
	readonly uri: string;
	readonly languageId: string;
	readonly #document: TextDocument;
	readonly #columns: Columns;

	/** @param encoding what the client's columns count. */
	constructor(uri: string, languageId: string, version: number, text: string, encoding: PositionEncoding) {
		this.uri = uri;
		this.languageId = languageId;
		this.#document = TextDocument.create(uri, languageId, version, text);
		this.#columns = new Columns(encoding);
	}

	get version(): number {
		return this.#document.version;
	}

	get text(): string {
		return this.#document.getText();
	}

	/**
	 * Applies changes in order. Positions out of range, of wrong type or in wrong order are brought into range.
	 * @returns what each of them replaced, in the text that the one before made.
	 */
	update(changes: readonly TextDocumentContentChangeEvent[], version: number): readonly Replacement[] {
		const replaced: Replacement[] = [];
		for (const change of changes) {
			if (typeof change?.text !== 'string') continue;
			const range = 'range' in change && change.range ? this.#own(change.range) : undefined;
			const start = range ? this.#document.offsetAt(range.start) : 0;
			replaced.push(replacement(start, this.#document.getText(range), change.text));
			TextDocument.update(this.#document, [{ ...(range ? { range } : {}), text: change.text }], version);
			this.#columns.clear();
		}
		// Also an empty list of changes makes a version.
		TextDocument.update(this.#document, [], version);
		return replaced;
	}

	/** Offset of a position that may come from anywhere. */
	offsetAt(position: Position): number {
		const line = whole(position?.line);
		const column = whole(position?.character);
		if (this.#columns.encoding === 'utf-16') return this.#document.offsetAt({ line, character: column });
		const character = this.#columns.fromClient(line, column, () => this.lineText(line));
		return this.#document.offsetAt({ line, character });
	}

	positionAt(offset: number): Position {
		const position = this.#document.positionAt(offset);
		if (this.#columns.encoding === 'utf-16') return position;
		const { line, character } = position;
		return { line, character: this.#columns.toClient(line, character, () => this.lineText(line)) };
	}

	/** A range of the client's, brought into range and order, as the text itself counts. */
	#own({ start, end }: Range): Range {
		const [first = 0, last = 0] = [this.offsetAt(start), this.offsetAt(end)].sort((a, b) => a - b);
		return { start: this.#document.positionAt(first), end: this.#document.positionAt(last) };
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
