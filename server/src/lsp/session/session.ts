/** Everything of one session, known once the client has introduced itself. */
import type { InitializeParams } from 'vscode-languageserver';
import { Catalog } from '../../catalog/catalog.ts';
import type { Checker } from '../../check/check.ts';
import { SECTION } from '../../settings.ts';
import type { Host, Platform } from '../host.ts';
import { RefreshLensesRequest, SettingsRequest } from '../standard.ts';
import { Analyses } from './analyses.ts';
import type { Client } from './client.ts';
import { ClientCommands } from './clientCommands.ts';
import { Configuration } from './configuration.ts';
import type { EditorProject } from './editorProject.ts';
import { Folders } from './folders.ts';

export interface Session {
	readonly client: Client;
	readonly catalog: Catalog;
	readonly analyses: Analyses;
	readonly configuration: Configuration;
	readonly folders: Folders;
	readonly project: EditorProject;
	readonly commands: ClientCommands;
	/** `initializationOptions`, which may be anything. */
	readonly options: unknown;
	readonly platform: Platform;
	/** Included files may differ from what was read of them. */
	readFilesAgain(): void;
	/** Lets the client ask for its lenses again, where it can. */
	refreshLenses(): void;
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
	{ workspaceFolders, rootUri, initializationOptions: options }: InitializeParams,
): Session {
	const { workspace } = client.capabilities;
	const folders = new Folders(workspaceFolders?.map((f) => f.uri) ?? (rootUri ? [rootUri] : []));
	const ask = async (scopeUri: string): Promise<unknown> => {
		const answers = await client.ask(SettingsRequest, { items: [{ scopeUri, section: SECTION }] });
		return Array.isArray(answers) ? answers[0] : undefined;
	};
	const configuration = new Configuration({
		...(workspace?.configuration ? { ask } : {}),
		initial: options,
		warn: (problem) => client.log.warn(problem),
	});
	const analyses = new Analyses({ checker, configuration, folders, project, client, yield: () => host.yield() });
	return {
		client,
		catalog: Catalog.builtin,
		analyses,
		configuration,
		folders,
		project,
		commands: new ClientCommands(namedCommands(options)),
		options,
		platform: host.platform,
		readFilesAgain() {
			project.forgetFiles();
			void checker.filesChanged();
			analyses.refresh();
		},
		refreshLenses() {
			if (workspace?.codeLens?.refreshSupport !== true) return;
			client
				.ask(RefreshLensesRequest, undefined)
				.catch((error) => client.fail('The client did not refresh its lenses', error));
		},
	};
}

const namedCommands = (options: unknown): unknown =>
	typeof options === 'object' && options !== null && 'commands' in options ? options.commands : undefined;
