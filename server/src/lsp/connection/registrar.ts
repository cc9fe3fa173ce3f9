/** Puts what features register on a connection: refuses what comes too early or late, and keeps every failure to itself. */
import {
	type CancellationToken,
	type Connection,
	ErrorCodes,
	LSPErrorCodes,
	NotificationType,
	RequestType,
	ResponseError,
} from 'vscode-languageserver';
import type { Answer, Registrar } from '../feature.ts';
import type { NotificationMessage, RequestMessage } from '../message.ts';
import type { Session } from '../session/session.ts';

type AnyAnswer = Answer<unknown, unknown>;

interface Take {
	readonly what: string;
	readonly take: (session: Session, params: unknown) => void;
}

/** The one registrar of a connection. */
export class ConnectionRegistrar implements Registrar {
	readonly #connection: Connection;
	readonly #answers = new Map<string, AnyAnswer[]>();
	readonly #takes = new Map<string, Take[]>();
	readonly #opened: ((session: Session) => void)[] = [];
	readonly #started: ((session: Session) => void)[] = [];
	#session: Session | undefined;
	#shutDown = false;

	constructor(connection: Connection) {
		this.#connection = connection;
	}

	/** The client has introduced itself. */
	get isOpen(): boolean {
		return this.#session !== undefined;
	}

	get isShutDown(): boolean {
		return this.#shutDown;
	}

	/** From now on messages are taken. The library has listeners of its own for some of them, which ours replace. */
	open(session: Session): void {
		this.#session = session;
		for (const run of this.#opened) run(session);
		for (const [method, takes] of this.#takes) {
			this.#connection.onNotification(new NotificationType(method), (params) => taken(session, takes, params));
		}
	}

	start(): void {
		const session = this.#session;
		if (session) for (const run of this.#started) run(session);
	}

	shutDown(): void {
		this.#shutDown = true;
	}

	opened(run: (session: Session) => void): void {
		this.#opened.push(run);
	}

	started(run: (session: Session) => void): void {
		this.#started.push(run);
	}

	request<P, R>({ method }: RequestMessage<P, R>, answer: Answer<P, R>): void {
		const known = this.#answers.get(method);
		if (known) {
			known.push(answer as AnyAnswer);
			return;
		}
		const answers = [answer as AnyAnswer];
		this.#answers.set(method, answers);
		this.#connection.onRequest(new RequestType(method), (params, token) => this.#answer(answers, params, token));
	}

	notification<P>({ method }: NotificationMessage<P>, what: string, take: (session: Session, params: P) => void): void {
		const one = { what, take: take as Take['take'] };
		this.#takes.set(method, [...(this.#takes.get(method) ?? []), one]);
	}

	#answer(answers: readonly AnyAnswer[], params: unknown, token: CancellationToken): unknown {
		const session = this.#session;
		if (!session) return new ResponseError<void>(ErrorCodes.ServerNotInitialized, 'The server is not initialized.');
		if (this.#shutDown) return new ResponseError<void>(ErrorCodes.InvalidRequest, 'The server has been shut down.');
		const each = answers.map(async ({ what, empty, answer }) => {
			try {
				return await answer(session, params, token);
			} catch (error) {
				session.client.fail(`${what} failed`, error);
				return empty;
			}
		});
		return untilCancelled(
			token,
			Promise.all(each).then((results) => together(results, answers)),
		);
	}
}

function taken(session: Session, takes: readonly Take[], params: unknown): void {
	for (const { what, take } of takes) {
		try {
			take(session, params);
		} catch (error) {
			session.client.fail(`${what} failed`, error);
		}
	}
}

/** The answers of several features as one. */
function together(results: readonly unknown[], answers: readonly AnyAnswer[]): unknown {
	if (results.every(Array.isArray)) return results.flat();
	const at = results.findIndex((result, i) => result !== answers[i]?.empty);
	return results[Math.max(at, 0)];
}

/** The result, or the protocol's answer to a cancelled request as soon as the client has cancelled it. */
function untilCancelled<R>(token: CancellationToken, work: Promise<R>): Promise<R | ResponseError<void>> {
	const cancelled = () => new ResponseError<void>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
	return new Promise((resolve, reject) => {
		if (token.isCancellationRequested) resolve(cancelled());
		const listener = token.onCancellationRequested(() => resolve(cancelled()));
		work.then(resolve, reject).finally(() => listener.dispose());
	});
}
