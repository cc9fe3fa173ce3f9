/** The language server: puts the features on a connection, for as long as that lasts. */
import { type Connection, ErrorCodes, type InitializeResult, ResponseError } from 'vscode-languageserver';
import manifest from '../../../package.json' with { type: 'json' };
import { Checker } from '../check/check.ts';
import { type CheckProblem, problemText } from '../check/problem.ts';
import { together } from './capabilities.ts';
import { connectedClient } from './connection/connectedClient.ts';
import { ConnectionRegistrar } from './connection/registrar.ts';
import { features } from './features.generated.ts';
import type { Host } from './host.ts';
import { bothProjects } from './session/bothProjects.ts';
import { ClientProject } from './session/clientProject.ts';
import { agreedEncoding } from './session/columns.ts';
import { speak, spokenCatalog } from './session/locale.ts';
import { openSession, option } from './session/session.ts';

/**
 * Answers requests on a connection until it ends.
 * @returns the checker, which tests look into, and whether the client has asked to shut down.
 */
export function startServer(
	connection: Connection,
	host: Host,
): { readonly checker: Checker; readonly isShutDown: () => boolean } {
	const elsewhere = new ClientProject();
	const project = host.project ? bothProjects(host.project, elsewhere) : elsewhere;
	const surroundings = {
		pause: () => host.yield(),
		stretch: host.stretch,
		budget: host.budget,
		onProblem: (problem: CheckProblem) => connection.console.error(problemText(problem)),
	};
	const checker = new Checker(host.engine, project.project, surroundings, spokenCatalog);
	const registrar = new ConnectionRegistrar(connection);
	for (const feature of features) feature.register(registrar);

	connection.onInitialize((params): Promise<InitializeResult> | ResponseError<never> => {
		if (registrar.isOpen)
			return new ResponseError<never>(ErrorCodes.InvalidRequest, 'The server is initialized already.');
		const spoken = speak(params.locale);
		const client = connectedClient(connection, params);
		if (option(params.initializationOptions, 'readsFiles') === true) elsewhere.attach(client);
		const session = openSession(client, { checker, project, host }, params);
		registrar.open(session);
		const positionEncoding = agreedEncoding(params);
		// What is said in them is said in the client's language, too.
		const capabilities = () =>
			together([
				...features.flatMap(({ capability }) =>
					typeof capability === 'function' ? capability(session) : (capability ?? []),
				),
				positionEncoding === undefined ? {} : { positionEncoding },
			]);
		const serverInfo = { name: manifest.name, version: manifest.version };
		return spoken.then(() => ({ capabilities: capabilities(), serverInfo }));
	});
	connection.onInitialized(() => registrar.start());
	connection.onShutdown(() => registrar.shutDown());
	connection.listen();
	return { checker, isShutDown: () => registrar.isShutDown };
}
