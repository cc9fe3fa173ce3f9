import { type Connection, ConnectionError, type InitializeParams, RegistrationType } from 'vscode-languageserver';
import type { Client } from '../session/client.ts';

/** To a connection that is closed there is nothing more to say. */
function unlessClosed(say: () => void): void {
	try {
		say();
	} catch (error) {
		if (!(error instanceof ConnectionError)) throw error;
	}
}

/** The client at the other end of a connection. */
export function connectedClient(connection: Connection, { capabilities }: InitializeParams): Client {
	const fail = (what: string, error: unknown): void => {
		const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
		unlessClosed(() => connection.console.error(`${what}: ${detail}`));
	};
	return {
		capabilities: capabilities ?? {},
		notify({ method }, params, what) {
			unlessClosed(() => connection.sendNotification(method, params).catch((error) => fail(what, error)));
		},
		ask: ({ method }, params) =>
			// An argument more, be it undefined, would be sent as one.
			params === undefined ? connection.sendRequest(method) : connection.sendRequest(method, params),
		register({ method }, options) {
			unlessClosed(() =>
				connection.client
					.register(new RegistrationType<object>(method), options)
					.catch((error) => fail('The client refused a registration', error)),
			);
		},
		log: {
			info: (text) => unlessClosed(() => connection.console.info(text)),
			warn: (text) => unlessClosed(() => connection.console.warn(text)),
		},
		fail,
	};
}
