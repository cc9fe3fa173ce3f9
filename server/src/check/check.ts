/** The one check of a document. The editor and the command line both call it, so they cannot disagree. */

import { readCalls } from '../calls/assemble.ts';
import type { IoctlBinding } from '../calls/bindings.ts';
import type { IoctlCall } from '../calls/model.ts';
import { fileVersion } from '../languages/c/version.ts';
import { grammars, languageOf } from '../languages/languageOf.ts';
import type { Finding } from '../rules/rule.ts';
import { type EngineSource, type Node, type TextEdit, Trees } from '../syntax/trees.ts';
import { TARGETS } from '../types/ctype.ts';
import { Headers, type Project, snippetParser } from './headers.ts';
import { type Judging, judge, judgeBindings } from './judge.ts';
import type { CheckOptions } from './options.ts';
import { mayHoldCalls } from './prefilter.ts';
import { silence } from './suppress.ts';

/** A text to check. */
export interface Source {
	/** Path or URI: its ending decides the language where `languageId` does not. */
	readonly name: string;
	readonly text: string;
	/** LSP language identifier. */
	readonly languageId?: string;
}

/** A document whose tree is kept between checks. */
export interface LiveDocument {
	/** Identity of the document, such as its URI. */
	readonly key: string;
	/** Changes since its last check, in order; empty: unknown, parse afresh. */
	readonly edits: readonly TextEdit[];
}

export interface CheckResult {
	/** By position. */
	readonly calls: readonly IoctlCall[];
	/** Declarations of entry points for a foreign function interface, by position. */
	readonly bindings: readonly IoctlBinding[];
	/** By position; suppressed ones are left out. */
	readonly findings: readonly Finding[];
}

const NOTHING: CheckResult = { calls: [], bindings: [], findings: [] };

/** Checks texts one at a time; keeps the trees of open documents and of included files between the checks. */
export class Checker {
	readonly #trees: Trees;
	readonly #headers: Headers;
	readonly #project: Project | undefined;
	readonly #onProblem: Judging['onProblem'];
	#generation = 0;
	#queue: Promise<unknown> = Promise.resolve();

	/**
	 * @param project how included files are found; without it each text stands alone.
	 * @param onProblem told of a rule that fails; its finding on that call is missing then, and nothing else.
	 */
	constructor(engine: EngineSource, project?: Project, onProblem?: Judging['onProblem']) {
		this.#trees = new Trees(engine, grammars);
		this.#headers = new Headers(this.#trees);
		this.#project = project;
		this.#onProblem = onProblem;
	}

	/** Number of documents whose tree is kept. */
	get documents(): number {
		return this.#trees.alive - this.#headers.size;
	}

	/** An included file or the way to find them has changed: what was read of them is read again when next needed. */
	filesChanged(): Promise<void> {
		return this.#inTurn(async () => this.#headers.clear());
	}

	/**
	 * Finds and judges the calls of one text. Languages that are not known give an empty result.
	 * @param cancelled asked while parsing and between calls; true makes the result undefined.
	 * @throws ParserFailure when the parser could not cope with this text; the next check works again.
	 */
	async check(
		source: Source,
		options: CheckOptions = {},
		document?: LiveDocument,
		cancelled?: () => boolean,
	): Promise<CheckResult | undefined> {
		const language = languageOf(source.name, source.languageId, source.text);
		if (!language || !mayHoldCalls(source.text, options, language)) {
			if (document) this.#trees.forget(document.key);
			return NOTHING;
		}
		return this.#inTurn(async () => {
			if (cancelled?.()) return undefined;
			await this.#trees.ready();
			if (this.#trees.generation !== this.#generation) {
				// The trees of the headers died with the engine they were made by.
				this.#headers.clear();
				this.#generation = this.#trees.generation;
			}
			const included = this.#project
				? await this.#headers.of(source.name, source.text, language, this.#project, () => cancelled?.() ?? false)
				: [];
			if (cancelled?.()) return undefined;
			const parse = snippetParser(this.#trees, language);
			const read = (root: Node) => ({
				calls: readCalls(root, source.text, language, parse, included, options.functions),
				bindings: language.bindings?.(root, source.text, included) ?? [],
			});
			const found = document
				? this.#trees.withDocument(document.key, language.grammar, source.text, document.edits, read, cancelled)
				: this.#trees.withTree(language.grammar, source.text, read, cancelled);
			if (!found || cancelled?.()) return undefined;
			const judging = this.#forTarget(source.name, options);
			const around: Judging = {
				options: judging,
				wording: language.wording,
				fileMinWindows: fileVersion(source.text),
				onProblem: this.#onProblem,
			};
			const judged = [...judge(found.calls, around), ...judgeBindings(found.bindings, around)].sort(
				(a, b) => a.start - b.start || a.end - b.end,
			);
			return { ...found, findings: silence(source.text, judged, judging) };
		});
	}

	/** A file that is compiled for one target is judged for it alone. */
	#forTarget(name: string, options: CheckOptions): CheckOptions {
		const target = this.#project?.target?.(name);
		const wanted = options.targets ?? TARGETS;
		return target && wanted.length > 1 && wanted.includes(target) ? { ...options, targets: [target] } : options;
	}

	/** Nodes of the headers must not be freed under a check that waits: one at a time. */
	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#queue.then(work);
		this.#queue = result.catch(() => undefined);
		return result;
	}

	/** Frees what is kept for a document. */
	forget(key: string): void {
		this.#trees.forget(key);
	}

	dispose(): void {
		this.#trees.dispose();
	}
}
