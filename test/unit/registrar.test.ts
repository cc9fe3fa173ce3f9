/** How the answers of several features become one, and what a failure costs. */
import { describe, expect, test } from 'vitest';
import { type CancellationToken, CancellationTokenSource, type Connection, ResponseError } from 'vscode-languageserver';
import { together } from '../../server/src/lsp/capabilities.ts';
import { ConnectionRegistrar } from '../../server/src/lsp/connection/registrar.ts';
import { notification, request } from '../../server/src/lsp/message.ts';
import type { Session } from '../../server/src/lsp/session/session.ts';

const Lines = request<number, readonly string[]>('lines');
const Word = request<number, string | null>('word');
const Told = notification<number>('told');

type Handler = (params: unknown, token: CancellationToken) => unknown;

/** A registrar on a connection that keeps what is put on it. */
function registrar() {
	const handlers = new Map<string, Handler>();
	const put = ({ method }: { method: string }, handler: Handler) => handlers.set(method, handler);
	const on = new ConnectionRegistrar({ onRequest: put, onNotification: put } as unknown as Connection);
	const failures: string[] = [];
	const fail = (what: string, error: unknown) => failures.push(`${what}: ${(error as Error).message}`);
	const session = { client: { fail } } as unknown as Session;
	const { token } = new CancellationTokenSource();
	const ask = async (method: string, params: unknown = 1, by = token) => handlers.get(method)?.(params, by);
	return { on, session, ask, failures };
}

const answer = <R>(empty: R, given: () => R | Promise<R>) => ({ what: 'It', empty, answer: given });
const broken = () => {
	throw new Error('broken');
};

describe('a request', () => {
	test('that several features answer gets their lists as one, in order', async () => {
		const { on, session, ask } = registrar();
		on.request(
			Lines,
			answer<readonly string[]>([], async () => ['a']),
		);
		on.request(
			Lines,
			answer<readonly string[]>([], () => ['b', 'c']),
		);
		on.open(session);
		expect(await ask('lines')).toEqual(['a', 'b', 'c']);
	});

	test('gets the first answer that is not empty', async () => {
		const { on, session, ask } = registrar();
		on.request(
			Word,
			answer<string | null>(null, () => null),
		);
		on.request(
			Word,
			answer<string | null>(null, () => 'second'),
		);
		on.request(
			Word,
			answer<string | null>(null, () => 'third'),
		);
		on.open(session);
		expect(await ask('word')).toBe('second');
	});

	test('loses only the answer of a feature that fails', async () => {
		const { on, session, ask, failures } = registrar();
		on.request(Lines, answer<readonly string[]>([], broken));
		on.request(
			Lines,
			answer<readonly string[]>([], () => ['b']),
		);
		on.request(
			Word,
			answer<string | null>(null, async () => broken()),
		);
		on.open(session);
		expect(await ask('lines')).toEqual(['b']);
		expect(await ask('word')).toBe(null);
		expect(failures).toEqual(['It failed: broken', 'It failed: broken']);
	});

	test('is refused before there is a session, after its end, and when it is cancelled', async () => {
		const { on, session, ask } = registrar();
		on.request(
			Word,
			answer<string | null>(null, () => new Promise(() => {})),
		);
		const code = async (by?: CancellationToken) => {
			const refusal = await ask('word', 1, by);
			return refusal instanceof ResponseError ? refusal.code : refusal;
		};
		expect(await code()).toBe(-32002);
		on.open(session);
		const source = new CancellationTokenSource();
		const cancelled = code(source.token);
		source.cancel();
		expect(await cancelled).toBe(-32800);
		on.shutDown();
		expect(await code()).toBe(-32600);
	});
});

test('a notification reaches every feature that takes it, whatever the others do', async () => {
	const { on, session, ask, failures } = registrar();
	const got: number[] = [];
	on.notification(Told, 'First', broken);
	on.notification(Told, 'Second', (_, n) => got.push(n));
	await ask('told', 1);
	on.open(session);
	await ask('told', 2);
	expect(got).toEqual([2]);
	expect(failures).toEqual(['First failed: broken']);
});

test('capabilities are put together by member, lists with each entry once', () => {
	const all = [
		{ hoverProvider: true },
		{ codeActionProvider: { codeActionKinds: ['quickfix'], resolveProvider: false } },
		{ codeActionProvider: { codeActionKinds: ['quickfix', 'source'] } },
		{ workspace: { workspaceFolders: { supported: true } } },
		{ workspace: { fileOperations: {} } },
	];
	expect(together(all)).toEqual({
		hoverProvider: true,
		codeActionProvider: { codeActionKinds: ['quickfix', 'source'], resolveProvider: false },
		workspace: { workspaceFolders: { supported: true }, fileOperations: {} },
	});
});
