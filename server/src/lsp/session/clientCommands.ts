/** Links and commands that only work where the client has registered the command. */

import { noLinks, type PageLink } from '../../reference/render/markdown.ts';
import { EXPLAIN_CALL_COMMAND, OPEN_REFERENCE_COMMAND, TURN_RULE_OFF_COMMAND } from '../protocol.ts';

/** Commands that the client can run. */
export class ClientCommands {
	readonly #known: readonly unknown[];

	/** @param named what the client says it has (`initializationOptions.commands`); nothing said: none, as in most editors. */
	constructor(named: unknown) {
		this.#known = Array.isArray(named) ? named : [];
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

	/** The name of the command that explains a call; empty where there is none, which editors show as plain text. */
	get explainCall(): string {
		return this.#has(EXPLAIN_CALL_COMMAND) ? EXPLAIN_CALL_COMMAND : '';
	}

	/** The name of the command that turns a rule off; empty where there is none. */
	get turnRuleOff(): string {
		return this.#has(TURN_RULE_OFF_COMMAND) ? TURN_RULE_OFF_COMMAND : '';
	}
}
