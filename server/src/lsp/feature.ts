/**
 * What the server does for an editor, one file of `features` each. A feature says what it can do and answers messages;
 * several may answer the same one, in the order of their files' names.
 */
import type { CancellationToken, ServerCapabilities } from 'vscode-languageserver';
import type { NotificationMessage, RequestMessage } from './message.ts';
import type { Session } from './session/session.ts';

export interface Feature {
	/** What the client is told at the start, which may depend on what it is; what several features say is put together. */
	readonly capability?: Partial<ServerCapabilities> | ((session: Session) => Partial<ServerCapabilities>);
	register(on: Registrar): void;
}

/** What is done with a request, and what the client gets when that fails. */
export interface Answer<P, R> {
	/** For the log: `Hover` failed. */
	readonly what: string;
	/** The answer of a feature that has none. */
	readonly empty: R;
	answer(session: Session, params: P, token: CancellationToken): R | Promise<R>;
}

/** Takes what features register. Nothing registered ever fails the client: what is thrown is logged. */
export interface Registrar {
	/** Answers a request. Lists of several features are joined; of other answers the first that is not empty counts. */
	request<P, R>(message: RequestMessage<P, R>, answer: Answer<P, R>): void;
	/** Takes a notification; `what` is for the log. */
	notification<P>(message: NotificationMessage<P>, what: string, take: (session: Session, params: P) => void): void;
	/** Runs when there is a session, before any message of it. */
	opened(run: (session: Session) => void): void;
	/** Runs when the client has taken the server's capabilities: from now on it may be asked. */
	started(run: (session: Session) => void): void;
}
