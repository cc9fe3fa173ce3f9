/** Files that the client reads, each asked for once until something changes. */
import { ReadFileRequest, ReadFolderRequest } from '../protocol.ts';
import type { Client } from './client.ts';

/** Questions under way at once; a client that takes its time gets no more. */
const MOST_ASKED = 8;

export class ClientFiles {
	readonly #client: Client;
	readonly #texts = new Map<string, Promise<string | undefined>>();
	readonly #folders = new Map<string, Promise<ReadonlySet<string>>>();
	#asked = 0;
	readonly #waiting: (() => void)[] = [];

	constructor(client: Client) {
		this.#client = client;
	}

	/** The text of a file, which may be as large as `limit`; undefined where it cannot be had. */
	text(uri: string, limit: number): Promise<string | undefined> {
		let text = this.#texts.get(uri);
		if (!text) {
			text = this.#ask(async () => {
				const answer = await this.#client.ask(ReadFileRequest, { uri, limit });
				return typeof answer?.text === 'string' ? answer.text : undefined;
			});
			this.#texts.set(uri, text);
		}
		return text;
	}

	/** The names in a folder; none where it cannot be read. */
	async names(uri: string): Promise<ReadonlySet<string>> {
		let names = this.#folders.get(uri);
		if (!names) {
			names = this.#ask(async () => {
				const answer = await this.#client.ask(ReadFolderRequest, { uri });
				return Array.isArray(answer?.names) ? new Set(answer.names) : undefined;
			}).then((found) => found ?? new Set<string>());
			this.#folders.set(uri, names);
		}
		return names;
	}

	clear(): void {
		this.#texts.clear();
		this.#folders.clear();
	}

	async #ask<T>(question: () => Promise<T | undefined>): Promise<T | undefined> {
		while (this.#asked >= MOST_ASKED) await new Promise<void>((go) => this.#waiting.push(go));
		this.#asked++;
		try {
			return await question();
		} catch (error) {
			this.#client.fail('A file could not be asked for', error);
			return undefined;
		} finally {
			this.#asked--;
			this.#waiting.shift()?.();
		}
	}
}
