/** The client of a session: what it can, and what it may be told and asked. What cannot be said to it is logged. */
import type { ClientCapabilities } from 'vscode-languageserver';
import type { NotificationMessage, RequestMessage } from '../message.ts';

export interface Client {
	readonly capabilities: ClientCapabilities;
	/** Never rejects: `what` is logged when it could not be sent. */
	notify<P>(message: NotificationMessage<P>, params: P, what: string): void;
	ask<P, R>(message: RequestMessage<P, R>, params: P): Promise<R>;
	/** Asks for notifications that the client sends to whoever registers for them. */
	register<P>(message: NotificationMessage<P>, options: object): void;
	readonly log: { info(text: string): void; warn(text: string): void };
	/** Logs what went wrong. */
	fail(what: string, error: unknown): void;
}
