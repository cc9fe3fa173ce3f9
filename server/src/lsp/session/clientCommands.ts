/** Links and commands that only work where the client has registered the command. */

import { noLinks, type PageKind, type PageLink } from '../../reference/render/markdown.ts';
import { EXPLAIN_CALL_COMMAND, OPEN_REFERENCE_COMMAND, ReferenceRequest, TURN_RULE_OFF_COMMAND } from '../protocol.ts';

/** Commands that the client can run. */
export class ClientCommands {
	readonly #known: readonly unknown[];
	readonly #pageScheme: string | undefined;

	/**
	 * @param named what the client says it has (`initializationOptions.commands`); nothing said: none, as in most editors.
	 * @param pageScheme as in `InitializationOptions`.
	 */
	constructor(named: unknown, pageScheme?: unknown) {
		this.#known = Array.isArray(named) ? named : [];
		this.#pageScheme =
			typeof pageScheme === 'string' && /^[a-z][a-z0-9+.-]*$/.test(pageScheme) ? pageScheme : undefined;
	}

	#has(command: string): boolean {
		return this.#known.includes(command);
	}

	/** Links of a hover to pages of the reference. */
	get referenceLink(): PageLink {
		if (!this.#has(OPEN_REFERENCE_COMMAND)) return noLinks;
		return (kind, name) =>
			// A parenthesis would end the link's address in Markdown.
			`command:${OPEN_REFERENCE_COMMAND}?${encodeURIComponent(JSON.stringify([{ kind, name }])).replace(/[()]/g, (c) =>
				c === '(' ? '%28' : '%29',
			)}`;
	}

	/** The URI of a page of the reference as a document; undefined: the client shows none. */
	pageUri(kind: PageKind | 'rule', name: string): string | undefined {
		if (this.#pageScheme === undefined) return undefined;
		const query = JSON.stringify({ request: ReferenceRequest.method, params: { kind, name } });
		return `${this.#pageScheme}:/${encodeURIComponent(name)}.md?${encodeURIComponent(query)}`;
	}

	/** The name of the command that explains a call; empty where there is none, which editors show as plain text. */
	get explainCall(): string {
		return this.#has(EXPLAIN_CALL_COMMAND) ? EXPLAIN_CALL_COMMAND : '';
	}

	/** The name of the command that turns a rule off; empty where there is none. */
	get turnRuleOff(): string {
		return this.#has(TURN_RULE_OFF_COMMAND) ? TURN_RULE_OFF_COMMAND : '';
	}
}
