/** Everything of one session, known once the client has introduced itself. */
import type { InitializeParams } from 'vscode-languageserver';
import type { Catalog } from '../../catalog/catalog.ts';
import type { Checker } from '../../check/check.ts';
import { SECTION } from '../../settings.ts';
import { fileUri, isAbsolutePath } from '../../workspace/uri.ts';
import type { Host, Platform } from '../host.ts';
import {
	RefreshInlayHintsRequest,
	RefreshLensesRequest,
	RefreshSemanticTokensRequest,
	SettingsRequest,
} from '../standard.ts';
import { Analyses } from './analyses.ts';
import type { Client } from './client.ts';
import { ClientCommands } from './clientCommands.ts';
import { agreedEncoding, type PositionEncoding } from './columns.ts';
import { Configuration } from './configuration.ts';
import type { EditorProject } from './editorProject.ts';
import { Folders } from './folders.ts';
import { spokenCatalog } from './locale.ts';

export interface Session {
	readonly client: Client;
	/** What comes with the product, in the client's language; `analyses` knows what the folders of documents add to it. */
	readonly catalog: Catalog;
	/** The catalog that knows a name: the product's, else that of an open document. */
	catalogWith(isKnown: (catalog: Catalog) => boolean): Catalog;
	readonly analyses: Analyses;
	readonly configuration: Configuration;
	readonly folders: Folders;
	readonly project: EditorProject;
	readonly commands: ClientCommands;
	/** `initializationOptions`, which may be anything. */
	readonly options: unknown;
	readonly platform: Platform;
	/** What columns count. */
	readonly encoding: PositionEncoding;
	readonly checker: Checker;
	/** Resolves when messages that wait have been read. */
	pause(): Promise<void>;
	/** Reads again what is known to have changed on disk; before each check of a file that no editor has open. */
	freshen(): void;
	/** Included files may differ from what was read of them, or folders from what they were; told as often as it happens. */
	readFilesAgain(): void;
	/** Settings, configuration files or the trust in them may have changed; `pushed` is what the editor sent along. */
	readSettingsAgain(pushed?: unknown): void;
	/** The same once for many files that are saved together. */
	readSettingsSoon(): void;
	/** Lets the client ask for its lenses again, where it can. */
	refreshLenses(): void;
	/** The same for hints within the source and for colours. */
	refreshHints(): void;
}

/** How long a client may take to say what its settings are, in milliseconds. */
const PATIENCE = 3000;

/** Files that are saved together are told one by one; after so many milliseconds without another they are read. */
const GATHERED = 40;
/** Nor is it put off without end. */
const MOST_ROUNDS = 25;

/** Gathers changes of files: a hundred at once cost what one costs, and whoever asks meanwhile is answered from the newest. */
class Stale {
	readonly #host: Host;
	readonly #read: () => void;
	#marks = 0;
	#isStale = false;

	constructor(host: Host, read: () => void) {
		this.#host = host;
		this.#read = read;
	}

	mark(): void {
		this.#marks++;
		if (this.#isStale) return;
		this.#isStale = true;
		void this.#gather();
	}

	/** Reads again what changed, if anything did. */
	freshen(): void {
		if (!this.#isStale) return;
		this.#isStale = false;
		this.#read();
	}

	async #gather(): Promise<void> {
		for (let round = 0; round < MOST_ROUNDS; round++) {
			const seen = this.#marks;
			await this.#host.wait(GATHERED);
			// Changes that have arrived while something else was under way are read first.
			await this.#host.yield();
			if (seen === this.#marks) break;
		}
		this.freshen();
	}
}

/** What outlives the session. */
export interface Surroundings {
	readonly checker: Checker;
	readonly project: EditorProject;
	readonly host: Host;
}

/** The session that a client's first message opens. */
export function openSession(
	client: Client,
	{ checker, project, host }: Surroundings,
	params: InitializeParams,
): Session {
	const { workspaceFolders, rootUri, rootPath, initializationOptions: options } = params;
	const encoding = agreedEncoding(params) ?? 'utf-16';
	const { workspace } = client.capabilities;
	// The older a client, the further back in this row.
	const root = rootUri ?? (typeof rootPath === 'string' && isAbsolutePath(rootPath) ? fileUri(rootPath) : undefined);
	const folders = new Folders(workspaceFolders?.map((f) => f.uri) ?? (root ? [root] : []));
	const ask = async (scopeUri: string): Promise<unknown> => {
		const answers = await client.ask(SettingsRequest, { items: [{ scopeUri, section: SECTION }] });
		return Array.isArray(answers) ? answers[0] : undefined;
	};
	const configuration = new Configuration({
		...(workspace?.configuration ? { ask } : {}),
		initial: options,
		prepare: (uri) => project.prepare?.(uri),
		files: (uri) => project.configured(uri),
		trusted: option(options, 'trusted') !== false,
		patience: () => host.wait(PATIENCE),
		late: () => analyses.settingsChanged(),
		warn: (problem) => client.log.warn(problem),
	});
	const staleSettings = new Stale(host, () => session.readSettingsAgain());
	const stale = new Stale(host, () => {
		project.forgetFiles();
		void checker.filesChanged();
		analyses.refresh();
	});
	const analyses: Analyses = new Analyses({
		checker,
		configuration,
		folders,
		project,
		client,
		encoding,
		yield: () => host.yield(),
		freshen: () => stale.freshen(),
		...(workspace?.codeLens?.refreshSupport ? { askAgain: () => session.refreshLenses() } : {}),
	});
	const session: Session = {
		client,
		get catalog() {
			return spokenCatalog();
		},
		catalogWith: (isKnown) =>
			[spokenCatalog(), ...analyses.catalogs].find((catalog) => isKnown(catalog)) ?? spokenCatalog(),
		analyses,
		configuration,
		folders,
		project,
		commands: new ClientCommands(option(options, 'commands'), option(options, 'pageScheme')),
		options,
		platform: host.platform,
		encoding,
		checker,
		pause: () => host.yield(),
		freshen: () => stale.freshen(),
		readFilesAgain: () => stale.mark(),
		readSettingsSoon: () => staleSettings.mark(),
		readSettingsAgain(pushed) {
			project.forgetConfigurations();
			const changed = configuration.changed(pushed);
			analyses.settingsChanged();
			void changed.then((really) => {
				if (!really) return;
				session.refreshLenses();
				session.refreshHints();
			});
		},
		refreshLenses() {
			if (workspace?.codeLens?.refreshSupport !== true) return;
			client
				.ask(RefreshLensesRequest, undefined)
				.catch((error) => client.fail('The client did not refresh its lenses', error));
		},
		refreshHints() {
			const { inlayHint, semanticTokens } = workspace ?? {};
			const failed = (error: unknown) => client.fail('The client did not refresh its hints', error);
			if (inlayHint?.refreshSupport) client.ask(RefreshInlayHintsRequest, undefined).catch(failed);
			if (semanticTokens?.refreshSupport) client.ask(RefreshSemanticTokensRequest, undefined).catch(failed);
		},
	};
	return session;
}

/** One of the options that the client gave at the start, which may be anything. */
export const option = (options: unknown, name: string): unknown =>
	typeof options === 'object' && options !== null && name in options
		? (options as Readonly<Record<string, unknown>>)[name]
		: undefined;
