/**
 * The one owner of parsers and syntax trees. web-tree-sitter's memory is not garbage-collected, and a throw out of the
 * wasm leaves the whole instance unusable, so nobody else may create or free a tree.
 */
import type { Edit, Language as Grammar, Node, Parser, Tree } from 'web-tree-sitter';

export type { Node } from 'web-tree-sitter';

type Engine = Pick<typeof import('web-tree-sitter'), 'Parser' | 'Language'>;

/** What the surroundings (Node, a browser) give the parser. */
export interface EngineSource {
	/**
	 * A web-tree-sitter module that shares no state with one given before: its wasm instance is a singleton of the
	 * module, so a dead one is only replaced by evaluating the module again.
	 */
	readonly freshEngine: () => Promise<Engine>;
	/** The bytes of a file of `grammars/`. */
	readonly wasm: (file: string) => Promise<Uint8Array>;
	/** Processor time that this thread has spent, in milliseconds; absent where only the clock can tell. */
	readonly spent?: () => number;
}

/**
 * What one text may take, in milliseconds: many times what any code takes. The parser's way out of errors costs the
 * square of their number, and a text of nothing else would take it minutes.
 */
const MOST_FOR_ANY = 250;
const MOST_PER_CHARACTER = 0.005;
/** The parser tells of its progress so often between two looks at the time. */
const TOLD_BETWEEN = 16;

/** The parser could not read a text. `ready()` builds a new one. */
export class ParserFailure extends Error {
	override readonly name = 'ParserFailure';
}

const ofParser = new WeakSet<object>();

/** An error of the parser itself: it says nothing about the call or the name that was being read. */
export const isParserError = (error: unknown): boolean =>
	error instanceof ParserFailure ||
	isTrap(error) ||
	(typeof error === 'object' && error !== null && ofParser.has(error));

/** WebAssembly.RuntimeError, which not every host's types declare. */
const isTrap = (error: unknown): boolean => error instanceof Error && error.name === 'RuntimeError';

/** A parsed text, owned by whoever asked for it. */
export interface SyntaxTree {
	/** Of a text that takes too long the root is all there is. */
	readonly root: Node;
	readonly isGivenUp: boolean;
	/**
	 * The tree of a text that differs in one place, for less than a parse; undefined where either has errors, as what is
	 * made of those depends on the way there. This tree is of no use afterwards but to be freed.
	 */
	next(text: string, change: TextChange): SyntaxTree | undefined;
	/** Nothing of the tree may be touched afterwards. A second call does nothing. */
	free(): void;
}

/** What became of a part of a text, in offsets and zero-based rows and columns (UTF-16). */
export type TextChange = Pick<
	Edit,
	'startIndex' | 'oldEndIndex' | 'newEndIndex' | 'startPosition' | 'oldEndPosition' | 'newEndPosition'
>;

/**
 * Lets go of what a dead instance holds. The library would free it there when it is collected, and throw where nobody
 * catches it.
 */
function abandon(held: Parser | Tree): void {
	const addresses = held as unknown as Record<number, number>;
	addresses[0] = 0;
	addresses[1] = 0;
	try {
		held.delete();
	} catch {
		// It is forgotten before anything else is done.
	}
}

/** Parsers and trees of one engine, replaced as a whole after a failure. */
export class Trees {
	readonly #source: EngineSource;
	#engine: { readonly module: Engine; readonly grammars: Map<string, Grammar> } | undefined;
	#parser: Parser | undefined;
	#generation = 0;
	readonly #alive = new Set<Tree>();

	constructor(source: EngineSource) {
		this.#source = source;
	}

	/**
	 * Resolves when texts of a grammar (`tree-sitter-c.wasm`) can be parsed: loads the engine the first time, and again
	 * after a failure. Rejects when a wasm file is missing or its ABI is not the engine's.
	 */
	async ready(grammar: string): Promise<void> {
		if (!this.#engine) {
			const [module, wasmBinary] = await Promise.all([
				this.#source.freshEngine(),
				this.#source.wasm('web-tree-sitter.wasm'),
			]);
			await module.Parser.init({ wasmBinary } as object);
			this.#engine = { module, grammars: new Map() };
			this.#generation++;
		}
		const { module, grammars } = this.#engine;
		if (!grammars.has(grammar)) grammars.set(grammar, await module.Language.load(await this.#source.wasm(grammar)));
	}

	/** Number of trees alive, for leak tests. */
	get alive(): number {
		return this.#alive.size;
	}

	/** Counts the engines made so far: every node of an earlier one is dead. */
	get generation(): number {
		return this.#generation;
	}

	/** @throws ParserFailure when the parser throws out of the wasm, or is not loaded. */
	parse(grammar: string, text: string): SyntaxTree {
		return this.#parse(grammar, text, null);
	}

	#parse(grammar: string, text: string, old: Tree | null): SyntaxTree {
		const language = this.#engine?.grammars.get(grammar);
		if (!this.#engine || !language) throw new ParserFailure('The parser is not loaded.');
		const { Parser } = this.#engine.module;
		let isGivenUp = false;
		const tree = this.guard(() => {
			this.#parser ??= new Parser();
			this.#parser.setLanguage(language);
			try {
				const read = this.#parser.parse(text, old, { progressCallback: this.#limit(text.length) });
				if (read) return read;
				isGivenUp = true;
				this.#parser.reset();
				return this.#parser.parse(' '.repeat(text.length));
			} catch (error) {
				if (typeof error === 'object' && error !== null) ofParser.add(error);
				throw error;
			}
		});
		if (!tree) throw new ParserFailure('The parser gave up.');
		this.#alive.add(tree);
		return {
			root: tree.rootNode,
			isGivenUp,
			next: (changed, change) => {
				if (isGivenUp || !this.#alive.has(tree) || tree.rootNode.hasError) return undefined;
				tree.edit(change as Edit);
				const next = this.#parse(grammar, changed, tree);
				if (!next.isGivenUp && !next.root.hasError) return next;
				next.free();
				return undefined;
			},
			free: () => {
				if (this.#alive.delete(tree)) this.#delete(tree);
			},
		};
	}

	/** True once a text of that length has taken too long. */
	#limit(length: number): () => boolean {
		const spent = this.#source.spent ?? (() => performance.now());
		let told = 0;
		let end: number | undefined;
		return () => {
			if (++told % TOLD_BETWEEN !== 0) return false;
			// Most texts are read before it is asked for the time, which costs something, too.
			end ??= spent() + MOST_FOR_ANY + MOST_PER_CHARACTER * length;
			return spent() > end;
		};
	}

	/** Runs what touches nodes. @throws ParserFailure when a node access throws out of the wasm. */
	guard<T>(use: () => T): T {
		try {
			return use();
		} catch (error) {
			if (!isTrap(error) || !(error instanceof Error)) throw error;
			this.#giveUp();
			throw new ParserFailure(`The parser failed: ${error.message}`);
		}
	}

	/** Lets go of an instance that has failed: nothing in it can be trusted, not even its free(). */
	#giveUp(): void {
		this.#engine = undefined;
		if (this.#parser) abandon(this.#parser);
		this.#parser = undefined;
		for (const tree of this.#alive) abandon(tree);
		this.#alive.clear();
	}

	/** Frees what nobody asks any more. What cannot be freed takes the instance with it, and loses nobody an answer. */
	#delete(held: Parser | Tree): void {
		try {
			held.delete();
		} catch (error) {
			if (!isTrap(error)) throw error;
			this.#giveUp();
		}
	}

	/** Frees the parser. Trees are their owners'. */
	dispose(): void {
		const parser = this.#parser;
		this.#parser = undefined;
		if (parser) this.#delete(parser);
	}
}
