/** Keeps one check for each open document up to date, and tells when there is a new one to show. */
import type { Position, TextDocumentContentChangeEvent, TextDocumentItem } from 'vscode-languageserver';
import type { IoctlCall } from '../../calls/model.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { Checker } from '../../check/check.ts';
import type { Spent } from '../../check/work.ts';
import type { Language, SourceFile } from '../../languages/language.ts';
import type { Finding } from '../../rules/rule.ts';
import type { Settings } from '../../settings.ts';
import { excluder } from '../../workspace/exclude.ts';
import { fileName } from '../../workspace/uri.ts';
import { addReplacement, carriedCalls, type Replacement } from './carried.ts';
import type { Client } from './client.ts';
import type { PositionEncoding } from './columns.ts';
import type { Configuration } from './configuration.ts';
import { OpenDocument } from './document.ts';
import type { EditorProject } from './editorProject.ts';
import type { Folders } from './folders.ts';

/** What is known about one version of a document. Offsets are those of that version. */
export interface Analysis {
	readonly document: OpenDocument;
	readonly version: number;
	readonly settings: Settings;
	/** What it was checked against. */
	readonly catalog: Catalog;
	readonly calls: readonly IoctlCall[];
	/** There is any; to ask it costs less than the calls. */
	readonly hasCalls: boolean;
	readonly findings: readonly Finding[];
	/** The document is larger than the settings allow, and was not checked. */
	readonly tooLarge?: TooLarge;
	/** The check took more than it may, and ended with what it had found. */
	readonly spent?: Spent;
}

/** Both in bytes. */
export interface TooLarge {
	readonly size: number;
	readonly limit: number;
}

/** A place in a document's text, and the text as its language reads it. */
export interface View {
	readonly document: OpenDocument;
	readonly settings: Settings;
	/** What the folder's own entries are in as well. */
	readonly catalog: Catalog;
	readonly text: string;
	readonly offset: number;
	readonly file: SourceFile;
	readonly language: Language;
	/** Path or URI of a file that the text includes. */
	pathOf(file: SourceFile): string | undefined;
}

export interface AnalysesHost {
	readonly checker: Checker;
	readonly configuration: Configuration;
	readonly folders: Folders;
	readonly project: EditorProject;
	readonly client: Client;
	/** What the client's columns count. */
	readonly encoding: PositionEncoding;
	/** Resolves when one more of the messages that wait already has been read, and answered where that takes no check. */
	readonly yield: () => Promise<void>;
	/** Reads again what is known to have changed on disk. */
	readonly freshen: () => void;
	/** Has what `atOnce` gave asked for again; absent where the client cannot. */
	readonly askAgain?: () => void;
}

/** Whoever shows what was found. */
export interface Viewer {
	/** Only told of a document's newest version. */
	show(analysis: Analysis): void;
	/** There is nothing to show of a document any more. */
	clear(uri: string): void;
}

interface Entry {
	readonly document: OpenDocument;
	/** The check under way; there is never more than one. */
	running?: Promise<Analysis | undefined>;
	latest?: { readonly analysis: Analysis; readonly epoch: number };
	published?: Analysis;
	/** The last check whose calls were asked for, or what it was carried over to. */
	shown?: Shown;
	/** They will be asked for again when the check under way is done. */
	isAwaited?: boolean;
	closed?: true;
	/** The file is gone although its editor is still open: nothing is shown until it changes. */
	deleted?: boolean;
	/** What it was read with last. */
	catalog?: Catalog;
	/** What was noted in the log: that it is too large, or takes too much. */
	readonly noted: Set<'size' | Spent>;
}

/** Calls of one version of a text. */
interface Shown {
	readonly analysis: Analysis;
	readonly epoch: number;
	/** What has been replaced in the text since. */
	readonly replaced: Replacement[];
}

/** A question to a text that is read, but not judged. */
interface Looking<T> {
	readonly isWorth: (text: string, offset: number, settings: Settings) => boolean;
	readonly question: (view: View) => T;
	/** As `Checker.look` takes it. */
	readonly isOfPlace: boolean;
}

/** Why a document is not looked at. */
type Obstacle = 'excluded' | TooLarge;

/** The open documents, each with its newest check. */
export class Analyses {
	readonly #host: AnalysesHost;
	readonly #entries = new Map<string, Entry>();
	/** Grows when something besides the texts changes, so that older results can be told. */
	#epoch = 0;

	readonly #viewers: Viewer[] = [];

	constructor(host: AnalysesHost) {
		this.#host = host;
	}

	/** Lets someone show what was found from now on. */
	addViewer(viewer: Viewer): void {
		this.#viewers.push(viewer);
	}

	/** @throws TypeError for what is no document: a client may send anything. */
	open({ uri, languageId, version, text }: TextDocumentItem): OpenDocument {
		if (typeof uri !== 'string' || typeof text !== 'string') throw new TypeError('a document has a URI and a text');
		this.close(uri);
		const entry: Entry = {
			document: new OpenDocument(uri, languageId, version, text, this.#host.encoding),
			noted: new Set(),
		};
		this.#entries.set(uri, entry);
		void this.#schedule(entry);
		return entry.document;
	}

	/** Changes of a document that is not open are ignored. */
	change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
		const entry = this.#entries.get(uri);
		if (!entry) return;
		entry.deleted = false;
		for (const one of entry.document.update(changes, version))
			if (entry.shown) addReplacement(entry.shown.replaced, one);
		void this.#schedule(entry);
	}

	close(uri: string): void {
		const entry = this.#entries.get(uri);
		if (!entry) return;
		entry.closed = true;
		this.#entries.delete(uri);
		this.#host.checker.forget(uri);
		this.#host.configuration.forget(uri);
		this.#clear(uri);
	}

	/** A file or folder is gone; the findings of open documents in it go too. */
	deleted(uri: string): void {
		for (const [name, entry] of this.#entries) {
			if (name !== uri && !name.startsWith(uri.endsWith('/') ? uri : `${uri}/`)) continue;
			entry.deleted = true;
			delete entry.published;
			this.#clear(name);
		}
	}

	/** Folders or included files changed: everything is judged again. */
	refresh(): void {
		this.#epoch++;
		this.settingsChanged();
	}

	/** Settings changed: the documents that they are another for are judged again. */
	settingsChanged(): void {
		for (const entry of this.#entries.values()) void this.#schedule(entry);
	}

	document(uri: string): OpenDocument | undefined {
		return this.#entries.get(uri)?.document;
	}

	/**
	 * The check of a document's newest version, under way or new; undefined when the document is not open, or closed
	 * meanwhile. The caller may use it until it awaits anything else.
	 */
	async of(uri: string): Promise<Analysis | undefined> {
		const entry = this.#entries.get(uri);
		return entry && this.#newest(entry);
	}

	/**
	 * The same without waiting for a check, for what is drawn over calls: those of the check before stand where they do by
	 * now, and the client is told to ask again when the new one is done.
	 */
	async atOnce(uri: string): Promise<Analysis | undefined> {
		const entry = this.#entries.get(uri);
		if (!entry) return undefined;
		const { document, shown } = entry;
		const settings = await this.#host.configuration.of(uri);
		const isReady = entry.latest?.epoch === this.#epoch && isOf(entry.latest.analysis, document, settings);
		const isUsable = shown?.epoch === this.#epoch && shown.analysis.settings === settings && !entry.closed;
		if (this.#host.askAgain && !isReady && isUsable) {
			void this.#askAgain(entry);
			entry.shown = carried(shown, document);
			return entry.shown.analysis;
		}
		const analysis = await this.#newest(entry);
		// Its calls are known where they stand now, and no longer when the text has changed.
		if (analysis && analysis.calls.length >= 0 && analysis.version === document.version)
			entry.shown = { analysis, epoch: this.#epoch, replaced: [] };
		return analysis;
	}

	async #askAgain(entry: Entry): Promise<void> {
		if (entry.isAwaited) return;
		entry.isAwaited = true;
		try {
			// The answer goes out before the check begins.
			await this.#host.yield();
			await this.#host.yield();
			await this.#newest(entry);
		} finally {
			entry.isAwaited = false;
		}
		if (!entry.closed) this.#host.askAgain?.();
	}

	/**
	 * Asks something of a place in a document's newest text, which is read for it, but not judged. Undefined where there is
	 * no such document, where it is not to be read, and when it has changed meanwhile.
	 * @param isWorth asked first: reading a text that holds nothing of ours costs something.
	 */
	async look<T>(
		uri: string,
		position: Position,
		isWorth: (text: string, offset: number, settings: Settings) => boolean,
		question: (view: View) => T,
	): Promise<T | undefined> {
		const document = this.document(uri);
		const version = document?.version;
		const asked = (view: View) => (view.document === document ? question(view) : undefined);
		const answer = await this.#lookAt(uri, position, { isWorth, question: asked, isOfPlace: false });
		return document?.version === version ? answer : undefined;
	}

	/**
	 * Asks as `look` does, of the text as it is now: what is typed until the answer is there does not matter, since a
	 * client goes on with an answer to the letters before. Places are to be taken from the view's document alone, and what
	 * is asked is to be about the one where something is written.
	 */
	lookAsAsked<T>(
		uri: string,
		position: Position,
		isWorth: (text: string, offset: number, settings: Settings) => boolean,
		question: (view: View) => T,
	): Promise<T | undefined> {
		return this.#lookAt(uri, position, { isWorth, question, isOfPlace: true });
	}

	async #lookAt<T>(
		uri: string,
		position: Position,
		{ isWorth, question, isOfPlace }: Looking<T>,
	): Promise<T | undefined> {
		const entry = this.#entries.get(uri);
		if (!entry) return undefined;
		const { document } = entry;
		const { version, text, languageId } = document;
		const offset = document.offsetAt(position);
		this.#host.freshen();
		const settings = await this.#host.configuration.of(uri);
		if (entry.closed || this.#obstacle(entry, settings) || !isWorth(text, offset, settings)) return undefined;
		this.#host.project.configure(uri, this.#host.folders.folderOf(uri), settings);
		const catalog = this.#catalogFor(entry, settings);
		const answer = await this.#host.checker.look(
			{ name: uri, text, languageId },
			settings,
			{ key: uri },
			(file, language, pathOf) => {
				if (entry.closed) return undefined;
				const isSame = document.version === version;
				const asked = isSame ? document : new OpenDocument(uri, languageId, version, text, this.#host.encoding);
				return { is: question({ document: asked, settings, catalog, text, offset, file, language, pathOf }) };
			},
			isOfPlace,
		);
		if (entry.closed) this.#host.checker.forget(uri);
		return answer?.is;
	}

	/** The file of an open document is gone, and the document has not changed since. */
	isGone(uri: string): boolean {
		return this.#entries.get(uri)?.deleted === true;
	}

	/** What a document is checked against; undefined when it is not open. */
	async catalogOf(uri: string): Promise<Catalog | undefined> {
		const entry = this.#entries.get(uri);
		return entry && this.#catalogFor(entry, await this.#host.configuration.of(uri));
	}

	/** What the open documents were read with, each catalog once. */
	get catalogs(): readonly Catalog[] {
		return [...new Set([...this.#entries.values()].flatMap(({ catalog }) => catalog ?? []))];
	}

	#catalogFor(entry: Entry, settings: Settings): Catalog {
		entry.catalog = this.#host.checker.catalogFor(settings);
		return entry.catalog;
	}

	/** The URIs of the open documents. */
	get uris(): readonly string[] {
		return [...this.#entries.keys()];
	}

	/**
	 * Checks once the messages that are already waiting are read: so the newest of a burst of changes wins without a
	 * clock, and what is asked right behind a change is answered before the check of that change begins.
	 */
	async #schedule(entry: Entry): Promise<void> {
		const { version } = entry.document;
		await this.#host.yield();
		await this.#host.yield();
		if (!entry.closed && entry.document.version === version) await this.#show(entry);
	}

	async #show(entry: Entry): Promise<void> {
		const analysis = await this.#newest(entry);
		if (!analysis || entry.closed || entry.deleted || entry.published === analysis) return;
		entry.published = analysis;
		for (const viewer of this.#viewers) viewer.show(analysis);
	}

	#clear(uri: string): void {
		for (const viewer of this.#viewers) viewer.clear(uri);
	}

	async #newest(entry: Entry): Promise<Analysis | undefined> {
		this.#host.freshen();
		const { document } = entry;
		const settings = await this.#host.configuration.of(document.uri);
		const { latest } = entry;
		if (latest && latest.epoch === this.#epoch && isOf(latest.analysis, document, settings)) return latest.analysis;
		entry.running ??= this.#run(entry).finally(() => {
			delete entry.running;
		});
		return entry.running;
	}

	async #run(entry: Entry): Promise<Analysis | undefined> {
		const { document } = entry;
		while (!entry.closed) {
			const epoch = this.#epoch;
			const settings = await this.#host.configuration.of(document.uri);
			if (entry.closed) break;
			this.#host.project.configure(document.uri, this.#host.folders.folderOf(document.uri), settings);
			const analysis = await this.#check(entry, settings, () => epoch !== this.#epoch);
			const newest = await this.#host.configuration.of(document.uri);
			if (!analysis || epoch !== this.#epoch || !isOf(analysis, document, newest)) continue;
			entry.latest = { analysis, epoch };
			return analysis;
		}
		return undefined;
	}

	/** Undefined when something newer came in between. */
	async #check(entry: Entry, settings: Settings, isOld: () => boolean): Promise<Analysis | undefined> {
		const { document } = entry;
		const { checker } = this.#host;
		const { version, uri, text } = document;
		const catalog = this.#catalogFor(entry, settings);
		const result = (found: Pick<Analysis, 'calls' | 'hasCalls' | 'findings' | 'spent'>): Analysis => ({
			document,
			version,
			settings,
			catalog,
			get calls() {
				return found.calls;
			},
			get hasCalls() {
				return found.hasCalls;
			},
			findings: found.findings,
			...(found.spent ? { spent: found.spent } : {}),
		});
		const obstacle = this.#obstacle(entry, settings);
		if (obstacle) {
			checker.forget(uri);
			const nothing = result({ calls: [], hasCalls: false, findings: [] });
			return obstacle === 'excluded' ? nothing : { ...nothing, tooLarge: obstacle };
		}
		try {
			const found = await checker.check(
				{ name: uri, text, languageId: document.languageId },
				settings,
				{ key: uri },
				() => entry.closed === true || document.version !== version || isOld(),
			);
			if (!found || entry.closed) return undefined;
			if (found.spent) this.#note(entry, found.spent, TAKEN[found.spent]);
			return result(found);
		} catch (error) {
			checker.forget(uri);
			this.#host.client.fail(`${fileName(uri)} could not be checked`, error);
			// The same text would fail again; the next change brings a new attempt.
			return result({ calls: [], hasCalls: false, findings: [] });
		}
	}

	#obstacle(entry: Entry, settings: Settings): Obstacle | undefined {
		const { uri, text } = entry.document;
		if (excluder(settings.exclude)(this.#host.folders.relativePath(uri))) return 'excluded';
		const limit = settings.maxFileSize;
		const size = text.length * 3 <= limit ? 0 : new TextEncoder().encode(text).length;
		if (size <= limit) return undefined;
		this.#note(entry, 'size', `is not checked: it has ${size} bytes, and ioctlLens.maxFileSize is ${limit}.`);
		return { size, limit };
	}

	/** Says in the log what is with a document, once while it is open. */
	#note({ document: { uri }, noted }: Entry, what: 'size' | Spent, text: string): void {
		if (!noted.has(what)) this.#host.client.log.info(`${fileName(uri)} ${text}`);
		noted.add(what);
	}
}

/** What the log says of a document. */
export const TAKEN: Readonly<Record<Spent, string>> = {
	time: 'is checked in part: it takes too long.',
	memory: 'is checked in part: it takes too much memory.',
};

/** What was shown, where it stands by now. */
function carried(shown: Shown, { version }: OpenDocument): Shown {
	const { analysis, epoch, replaced } = shown;
	if (analysis.version === version) return shown;
	const calls = carriedCalls(analysis.calls, replaced);
	return { analysis: { ...analysis, version, calls, findings: [] }, epoch, replaced: [] };
}

/** Is an analysis that of a document's present version, under these settings? */
const isOf = (analysis: Analysis, document: OpenDocument, settings: Settings): boolean =>
	analysis.version === document.version && analysis.settings === settings;
