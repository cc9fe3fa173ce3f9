import { type Connection, type InitializeParams, RegistrationType } from 'vscode-languageserver';
import type { Client } from '../session/client.ts';

/** The client at the other end of a connection. */
export function connectedClient(connection: Connection, { capabilities }: InitializeParams): Client {
	const fail = (what: string, error: unknown): void => {
		const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
		connection.console.error(`${what}: ${detail}`);
	};
	return {
		capabilities: capabilities ?? {},
		notify({ method }, params, what) {
			connection.sendNotification(method, params).catch((error) => fail(what, error));
		},
		ask: ({ method }, params) =>
			// An argument more, be it undefined, would be sent as one.
			params === undefined ? connection.sendRequest(method) : connection.sendRequest(method, params),
		register({ method }, options) {
			connection.client
				.register(new RegistrationType<object>(method), options)
				.catch((error) => fail('The client refused a registration', error));
		},
		log: {
			info: (text) => connection.console.info(text),
			warn: (text) => connection.console.warn(text),
		},
		fail,
	};
}
