/** The calls of the whole workspace: found once it is asked for, and kept up to date file by file from then on. */
import * as l10n from '@vscode/l10n';
import type { CancellationToken, Diagnostic } from 'vscode-languageserver';
import type { IoctlCall } from '../calls/model.ts';
import { mayHoldCalls } from '../check/prefilter.ts';
import { languageOf } from '../languages/languageOf.ts';
import type { Finding, Severity } from '../rules/rule.ts';
import type { Settings } from '../settings.ts';
import { type Excluder, excluder } from '../workspace/exclude.ts';
import { fileName, filePath, fileUri } from '../workspace/uri.ts';
import { callParts } from './callParts.ts';
import { diagnosticStyle, toDiagnostic } from './diagnostic.ts';
import {
	type CallState,
	type CheckWorkspaceParams,
	type CheckWorkspaceResult,
	type FileCalls,
	FileCallsNotification,
	type WorkspaceCall,
	type WorkspaceProgress,
} from './protocol.ts';
import { asksForDiagnostics } from './pulledDiagnostics.ts';
import { type Analysis, TAKEN } from './session/analyses.ts';
import { OpenDocument } from './session/document.ts';
import type { SourceFiles } from './session/editorProject.ts';
import type { Session } from './session/session.ts';
import { DiagnosticsNotification, ProgressNotification, SettingsRequest } from './standard.ts';

/** A workspace with more sources is not looked through to its end. */
const MOST_FILES = 100_000;
/** Nobody reads more in a list. */
const MOST_CALLS = 10_000;

/** Files looked at between two words of progress. */
const STRETCH = 64;

/** One workspace folder, as a check of it needs it. */
interface Scope {
	readonly uri: string;
	/** Absolute. */
	readonly path: string;
	readonly excluded: Excluder;
	readonly settings: (uri: string) => Settings;
}

/** What was told of a file. */
interface Told {
	readonly uri: string;
	/** Findings were published for it, because no editor has it open. */
	readonly published: boolean;
}

/** What a file holds. */
interface Found {
	readonly calls: readonly WorkspaceCall[];
	/** Absent for an open document, whose findings are published anyway. */
	readonly diagnostics?: readonly Diagnostic[];
}

/** A file that no editor has open. */
interface Unopened {
	readonly uri: string;
	readonly text: string;
	readonly settings: Settings;
	readonly scope: Scope;
	readonly isOver: () => boolean;
}

const NOTHING: Found = { calls: [], diagnostics: [] };

/** The workspace of one session. */
export class WorkspaceCheck {
	readonly #session: Session;
	/** What was told, by path. */
	#told = new Map<string, Told>();
	/** Undefined until a check was asked for, and after it was cleared. */
	#scopes: Promise<readonly Scope[]> | undefined;
	/** Whether a check finds the files that were shown since the settings were read. */
	readonly #openIn = new Map<string, boolean>();
	/** The check under way is the newest. */
	#generation = 0;
	/** Files that changed, to be checked one by one. */
	readonly #changed = new Set<string>();
	#working = false;

	constructor(session: Session) {
		this.#session = session;
	}

	/** Checks all files. */
	async run(params: CheckWorkspaceParams, token: CancellationToken): Promise<CheckWorkspaceResult> {
		const generation = ++this.#generation;
		const isOver = () => token.isCancellationRequested || generation !== this.#generation;
		const progress = new Progress(this.#session, params);
		const { sources } = this.#session.project;
		const seen = new Set<string>();
		this.#scopes = this.#readScopes(sources);
		progress.begin();
		try {
			const bound = sources && (await this.#look(sources, { params, progress, seen, isOver }));
			// What a check before this one has found elsewhere is no longer there.
			if (!isOver() && !bound) for (const path of [...this.#told.keys()]) if (!seen.has(path)) this.#forget(path);
			return { read: progress.read, calls: progress.calls, ...(bound ? { bound } : {}) };
		} finally {
			progress.end();
		}
	}

	/** Forgets everything and takes away what was published. */
	clear(): void {
		this.#generation++;
		this.#scopes = undefined;
		this.#changed.clear();
		for (const { uri, published } of this.#told.values()) if (published) this.#publish(uri, []);
		this.#told.clear();
	}

	/** A document was checked in its editor. */
	async shown(analysis: Analysis): Promise<void> {
		const { document, version } = analysis;
		const { uri } = document;
		const path = this.#pathOf(uri);
		if (path === undefined) return;
		const isIn = this.#openIn.get(path) ?? (await this.#scopeOf(path)) !== undefined;
		this.#openIn.set(path, isIn);
		const isNewest = this.#session.analyses.document(uri) === document && document.version === version;
		if (isIn && isNewest && this.#scopes) this.#tell(path, uri, { calls: callsOf(analysis) });
	}

	/** A file may have changed on disk, come or gone, or its editor was closed. */
	touched(uri: string): void {
		const path = this.#pathOf(uri);
		if (path === undefined) return;
		this.#changed.add(path);
		void this.#work();
	}

	/** A file or folder is gone. */
	removed(uri: string): void {
		const path = this.#pathOf(uri);
		if (path === undefined) return;
		for (const known of this.#told.keys()) {
			const isBelow = known.startsWith(path) && /^[\\/]/.test(known.slice(path.length));
			if (isBelow || known === path) this.#changed.add(known);
		}
		void this.#work();
	}

	/** Included files or settings changed: what is known is looked at again. */
	allTouched(isConfiguration: boolean): void {
		if (!this.#scopes) return;
		if (isConfiguration) this.#scopes = this.#readScopes(this.#session.project.sources);
		for (const path of this.#told.keys()) this.#changed.add(path);
		void this.#work();
	}

	/** The path of a file, while there is anything to keep up to date. */
	#pathOf(uri: string): string | undefined {
		return this.#scopes && /^file:/i.test(uri) ? filePath(uri) : undefined;
	}

	async #look(
		sources: SourceFiles,
		{
			params,
			progress,
			seen,
			isOver,
		}: {
			readonly params: CheckWorkspaceParams;
			readonly progress: Progress;
			readonly seen: Set<string>;
			readonly isOver: () => boolean;
		},
	): Promise<CheckWorkspaceResult['bound']> {
		const mostFiles = bounded(params.mostFiles, MOST_FILES);
		const mostCalls = bounded(params.mostCalls, MOST_CALLS);
		const read = sources.reader();
		for await (const { path, scope } of this.#files(sources, seen, isOver)) {
			if (isOver()) return undefined;
			if (progress.read >= mostFiles) return { of: 'files', at: mostFiles };
			if (progress.calls >= mostCalls) return { of: 'calls', at: mostCalls };
			seen.add(path);
			const found = await this.#check(path, scope, read, isOver);
			if (isOver()) return undefined;
			const uri = this.#openAs(path) ?? fileUri(path);
			if (found) this.#note(path, uri, found);
			progress.add(found && found.calls.length > 0 ? { uri, calls: found.calls } : undefined);
		}
		return undefined;
	}

	/** All files, each once; others have their turn in between. */
	async *#files(sources: SourceFiles, seen: ReadonlySet<string>, isOver: () => boolean) {
		let steps = 0;
		for (const scope of (await this.#scopes) ?? []) {
			for (const path of sources.below(scope.path, scope.excluded)) {
				if (path === undefined || ++steps % STRETCH === 0) await this.#session.pause();
				if (isOver()) return;
				if (path !== undefined && !seen.has(path)) yield { path, scope };
			}
		}
	}

	async #readScopes(sources: SourceFiles | undefined): Promise<readonly Scope[]> {
		this.#openIn.clear();
		const { folders, configuration } = this.#session;
		const scopes: Scope[] = [];
		for (const uri of folders.uris) {
			const path = /^file:/i.test(uri) ? filePath(uri)?.replace(/(?<=[^:])[\\/]$/, '') : undefined;
			if (path === undefined || !sources) continue;
			const settings = await configuration.below(uri);
			const hidden = excluder(await this.#hidden(uri));
			// Configuration files have no part in it: theirs are asked for apart.
			const isExcluded = excluder(settings(uri).exclude);
			const excluded: Excluder = (file) => {
				const below = folders.relativePath(fileUri(file));
				if (hidden(below) || isExcluded(below)) return true;
				return configuration.trusted && sources.excludes(file);
			};
			scopes.push({ uri, path, excluded, settings });
		}
		return scopes;
	}

	/** Patterns of files that the editor does not show: VS Code's `files.exclude`, where the editor has it. */
	async #hidden(scopeUri: string): Promise<readonly string[]> {
		const { client } = this.#session;
		if (client.capabilities.workspace?.configuration !== true) return [];
		try {
			const [answer] = (await client.ask(SettingsRequest, {
				items: [{ scopeUri, section: 'files.exclude' }],
			})) as unknown[];
			const entries = typeof answer === 'object' && answer !== null ? Object.entries(answer) : [];
			return entries.filter(([, is]) => is === true).map(([pattern]) => pattern);
		} catch {
			// An editor that has no such setting hides nothing.
			return [];
		}
	}

	/** The scope of a file that a check of the workspace finds. */
	async #scopeOf(path: string): Promise<Scope | undefined> {
		const { sources } = this.#session.project;
		const scopes = (await this.#scopes) ?? [];
		return scopes.find((scope) => sources?.isBelow(scope.path, path, scope.excluded));
	}

	/** The calls of a file as its editor has it, else as the disk does; undefined when it changed hands meanwhile. */
	async #check(
		path: string,
		scope: Scope,
		read: ReturnType<SourceFiles['reader']>,
		isOver: () => boolean = () => false,
	): Promise<Found | undefined> {
		const { analyses } = this.#session;
		const open = this.#openAs(path);
		if (open !== undefined) {
			const analysis = await analyses.of(open);
			return analysis && { calls: callsOf(analysis) };
		}
		const uri = fileUri(path);
		const settings = scope.settings(uri);
		const text = read(path, settings);
		const found = text === undefined ? NOTHING : await this.#checkText({ uri, text, settings, scope, isOver });
		return this.#openAs(path) === undefined ? found : undefined;
	}

	async #checkText({ uri, text, settings, scope, isOver }: Unopened): Promise<Found> {
		const { checker, project, catalog, client, encoding, freshen } = this.#session;
		if (!mayHoldCalls(text, catalog, settings, languageOf(uri, undefined, text))) return NOTHING;
		freshen();
		project.configure(uri, scope.uri, settings);
		try {
			const result = await checker.check({ name: uri, text }, settings, undefined, isOver);
			if (!result) return NOTHING;
			if (result.spent) client.log.info(`${fileName(uri)} ${TAKEN[result.spent]}`);
			const document = new OpenDocument(uri, '', 0, text, encoding);
			const { calls, hasCalls, findings } = result;
			const style = this.#style();
			return {
				calls: callsOf({
					...{ document, version: 0, settings, catalog: checker.catalogFor(settings) },
					...{ calls, hasCalls, findings },
				}),
				diagnostics: findings.map((finding) => toDiagnostic(finding, document, style)),
			};
		} catch (error) {
			client.fail(`${fileName(uri)} could not be checked`, error);
			return NOTHING;
		} finally {
			const path = filePath(uri);
			if (path === undefined || this.#openAs(path) === undefined) project.closed(uri);
		}
	}

	#style() {
		const { client, commands } = this.#session;
		return diagnosticStyle(client.capabilities, (rule) => commands.pageUri('rule', rule));
	}

	/** The URI that an editor has a file open under. */
	#openAs(path: string): string | undefined {
		const { analyses } = this.#session;
		return analyses.uris.find((uri) => /^file:/i.test(uri) && filePath(uri) === path);
	}

	/** Publishes what a file holds, and remembers that. */
	#note(path: string, uri: string, { calls, diagnostics }: Found): void {
		const before = this.#told.get(path);
		const published = diagnostics !== undefined && diagnostics.length > 0;
		// Those of an open document take the place of what was published for its file, unless they come another way.
		const isElsewhere = before?.uri !== uri || (!diagnostics && asksForDiagnostics(this.#session.client));
		if (before?.published && isElsewhere) this.#publish(before.uri, []);
		if (published || (diagnostics && before?.published)) this.#publish(uri, diagnostics);
		if (published || calls.length > 0) this.#told.set(path, { uri, published });
		else this.#told.delete(path);
	}

	/** The same for a file that changed after the check. */
	#tell(path: string, uri: string, found: Found): void {
		const isKnown = this.#told.has(path);
		this.#note(path, uri, found);
		if (isKnown || found.calls.length > 0) this.#notify(uri, found.calls);
	}

	#forget(path: string): void {
		const told = this.#told.get(path);
		if (told) this.#tell(path, told.uri, told.published ? NOTHING : { calls: [] });
	}

	#notify(uri: string, calls: readonly WorkspaceCall[]): void {
		this.#session.client.notify(
			FileCallsNotification,
			{ uri, calls },
			`The calls of ${fileName(uri)} could not be told`,
		);
	}

	#publish(uri: string, diagnostics: readonly Diagnostic[]): void {
		const what = `The findings of ${fileName(uri)} could not be sent`;
		this.#session.client.notify(DiagnosticsNotification, { uri, diagnostics: [...diagnostics] }, what);
	}

	/** Checks what changed, one file after the other. */
	async #work(): Promise<void> {
		if (this.#working) return;
		this.#working = true;
		try {
			await this.#session.pause();
			const read = this.#session.project.sources?.reader();
			for (const path of this.#changed) {
				this.#changed.delete(path);
				await this.#again(path, read);
			}
		} catch (error) {
			this.#session.client.fail('A changed file could not be checked', error);
		} finally {
			this.#working = false;
		}
		if (this.#changed.size > 0) void this.#work();
	}

	async #again(path: string, read: ReturnType<SourceFiles['reader']> | undefined): Promise<void> {
		const scopes = this.#scopes;
		const scope = await this.#scopeOf(path);
		const found = scope && read ? await this.#check(path, scope, read) : NOTHING;
		// It was opened, or everything was cleared, meanwhile: others tell.
		if (!found || !this.#scopes) return;
		if (scopes !== this.#scopes) {
			this.#changed.add(path);
			return;
		}
		const uri = this.#openAs(path) ?? fileUri(path);
		if (scope || !this.#openAs(path)) this.#tell(path, uri, found);
	}
}

/** What is told while a check is under way. */
class Progress {
	read = 0;
	calls = 0;
	readonly #session: Session;
	readonly #params: CheckWorkspaceParams;
	#files: FileCalls[] = [];

	constructor(session: Session, params: CheckWorkspaceParams) {
		this.#session = session;
		this.#params = params;
	}

	begin(): void {
		this.#work({ kind: 'begin', title: l10n.t('Checking the workspace'), cancellable: true });
	}

	add(file: FileCalls | undefined): void {
		this.read++;
		if (file) {
			this.calls += file.calls.length;
			this.#files.push(file);
		}
		if (this.read % STRETCH === 0) this.#flush();
	}

	end(): void {
		this.#flush();
		this.#work({ kind: 'end' });
	}

	#flush(): void {
		const value: WorkspaceProgress = { read: this.read, files: this.#files };
		this.#files = [];
		this.#send(this.#params.partialResultToken, value);
		this.#work({ kind: 'report', message: `${this.read} files, ${this.calls} calls` });
	}

	#work(value: object): void {
		this.#send(this.#params.workDoneToken, value);
	}

	#send(token: string | number | undefined, value: object): void {
		if (token === undefined) return;
		this.#session.client.notify(ProgressNotification, { token, value }, 'The progress could not be told');
	}
}

const bounded = (asked: number | undefined, most: number): number =>
	typeof asked === 'number' && asked >= 0 ? Math.min(asked, most) : most;

function callsOf(analysis: Analysis): WorkspaceCall[] {
	const { document, calls, findings, settings, catalog } = analysis;
	if (calls.length === 0) return [];
	const about = new Map<IoctlCall, Finding[]>();
	for (const finding of findings) {
		if (!finding.call) continue;
		const own = about.get(finding.call);
		if (own) own.push(finding);
		else about.set(finding.call, [finding]);
	}
	return calls.map((call) => {
		const own = about.get(call) ?? [];
		const worst = worstOf(own);
		const [code = '?', ...sizes] = callParts(call, settings.targets, catalog);
		return {
			code,
			sizes: sizes.join(' · '),
			callee: call.through ?? call.api,
			...(call.enclosing === undefined ? {} : { enclosing: call.enclosing }),
			range: document.rangeAt(call.calleeSpan.start, call.end),
			state: stateOf(call, own),
			...(worst ? { worst: { severity: worst.severity, message: worst.message } } : {}),
			findings: own.length,
		};
	});
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

const worstOf = (findings: readonly Finding[]): Finding | undefined =>
	SEVERITIES.map((severity) => findings.find((finding) => finding.severity === severity)).find((finding) => finding);

/** What of a call that nothing is reported of could be judged. */
function stateOf(call: IoctlCall, findings: readonly Finding[]): CallState {
	if (findings.length > 0) return 'wrong';
	const { entry } = call.code;
	if (!entry) return 'unresolved';
	const isOpen = (['input', 'output'] as const).some(
		(side) => entry[side].use === 'required' && call[side] && call[side].length.kind !== 'known',
	);
	return isOpen ? 'unresolved' : 'fine';
}
