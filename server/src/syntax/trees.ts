/**
 * The one owner of parsers and syntax trees. web-tree-sitter's memory is not garbage-collected, and a throw out of the
 * wasm leaves the whole instance unusable, so nobody else may create, keep or free a tree.
 */
import type { Edit, Language as Grammar, Node, Parser, Tree } from 'web-tree-sitter';
import { withoutAnnotations } from '../languages/c/annotations.ts';

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
}

/** The parser could not read a text. `ready()` builds a new one. */
export class ParserFailure extends Error {
	override readonly name = 'ParserFailure';
}

/** A parsed text, owned by whoever asked for it. */
export interface SyntaxTree {
	readonly root: Node;
	free(): void;
}

/** A change of a text, in UTF-16 offsets and zero-based row and column (UTF-16). */
export type TextEdit = Pick<
	Edit,
	'startIndex' | 'oldEndIndex' | 'newEndIndex' | 'startPosition' | 'oldEndPosition' | 'newEndPosition'
>;

/** A text as the grammar can read it, place by place the same. */
const readable = (grammar: string, text: string): string =>
	/^tree-sitter-c(?:pp)?\.wasm$/.test(grammar) ? withoutAnnotations(text) : text;

/** Parsers and trees of one engine, replaced as a whole after a failure. */
export class Trees {
	readonly #source: EngineSource;
	readonly #files: readonly string[];
	readonly #kept = new Map<string, { tree: Tree; grammar: string; annotated: boolean }>();
	#engine: { readonly Parser: Engine['Parser']; readonly grammars: ReadonlyMap<string, Grammar> } | undefined;
	#parser: Parser | undefined;
	#generation = 0;

	/** `grammars`: the wasm files wanted (`tree-sitter-c.wasm`). */
	constructor(source: EngineSource, grammars: readonly string[]) {
		this.#source = source;
		this.#files = grammars;
	}

	/**
	 * Resolves when texts can be parsed: loads the engine the first time, and again after a failure.
	 * Rejects when a wasm file is missing or its ABI is not the engine's.
	 */
	async ready(): Promise<void> {
		if (this.#engine) return;
		const [{ Parser, Language }, wasmBinary] = await Promise.all([
			this.#source.freshEngine(),
			this.#source.wasm('web-tree-sitter.wasm'),
		]);
		await Parser.init({ wasmBinary } as object);
		const grammars = new Map<string, Grammar>();
		for (const file of this.#files) grammars.set(file, await Language.load(await this.#source.wasm(file)));
		this.#engine = { Parser, grammars };
		this.#generation++;
	}

	/** Number of trees alive, for leak tests. */
	get alive(): number {
		return this.#kept.size;
	}

	/**
	 * Parses a text, hands the root over and frees the tree. Nodes must not outlive `use`.
	 * @param cancelled asked while parsing; true makes the result undefined.
	 * @throws ParserFailure when the parser or a node access throws out of the wasm.
	 */
	withTree<T>(grammar: string, text: string, use: (root: Node) => T, cancelled?: () => boolean): T | undefined {
		const tree = this.#parse(grammar, readable(grammar, text), null, cancelled);
		if (!tree) return undefined;
		try {
			return this.#guard(() => use(tree.rootNode));
		} finally {
			tree.delete();
		}
	}

	/**
	 * The same for a document that changes: its tree is kept under `key` and re-parsed incrementally from `edits`.
	 * `edits` empty with a kept tree: the text is taken as unchanged when equal in length, else parsed afresh.
	 */
	withDocument<T>(
		key: string,
		grammar: string,
		text: string,
		edits: readonly TextEdit[],
		use: (root: Node) => T,
		cancelled?: () => boolean,
	): T | undefined {
		const kept = this.#kept.get(key);
		let old: Tree | null = null;
		const plain = readable(grammar, text);
		const annotated = plain !== text;
		// An edit inside of an annotation changes what is read of it in front of the edit too.
		if (kept && kept.grammar === grammar && edits.length > 0 && !kept.annotated && !annotated) {
			for (const edit of edits) kept.tree.edit(edit as Edit);
			old = kept.tree;
		}
		let tree = this.#parse(grammar, plain, old, cancelled);
		const incremental = tree;
		if (old && incremental && this.#guard(() => incremental.rootNode.hasError)) {
			// How a parse recovers from errors depends on the edits that led there, and the same text must give the same
			// findings as on the command line.
			tree = this.#parse(grammar, plain, null, cancelled);
			incremental.delete();
		}
		if (kept) kept.tree.delete();
		this.#kept.delete(key);
		if (!tree) return undefined;
		this.#kept.set(key, { tree, grammar, annotated });
		return this.#guard(() => use(tree.rootNode));
	}

	/** Parses a text and keeps its tree under `key` until it is forgotten. */
	hold(key: string, grammar: string, text: string): Node {
		this.forget(key);
		const tree = this.#parse(grammar, readable(grammar, text), null)!;
		this.#kept.set(key, { tree, grammar, annotated: false });
		return tree.rootNode;
	}

	/** Counts the engines made so far: every node of an earlier one is dead. */
	get generation(): number {
		return this.#generation;
	}

	/** Frees the tree kept for a document. */
	forget(key: string): void {
		this.#kept.get(key)?.tree.delete();
		this.#kept.delete(key);
	}

	/** Frees everything. */
	dispose(): void {
		for (const key of [...this.#kept.keys()]) this.forget(key);
		this.#parser?.delete();
		this.#parser = undefined;
	}

	/** @param text as the grammar can read it */
	#parse(grammar: string, text: string, old: Tree | null, cancelled?: () => boolean): Tree | null {
		const engine = this.#engine;
		if (!engine) throw new ParserFailure('The parser is not loaded.');
		const language = engine.grammars.get(grammar);
		if (!language) throw new Error(`Grammar ${grammar} is not loaded.`);
		return this.#guard(() => {
			this.#parser ??= new engine.Parser();
			this.#parser.setLanguage(language);
			const tree = this.#parser.parse(
				text,
				old,
				// The binding stops on true, although its declaration says void.
				cancelled ? { progressCallback: cancelled as () => void } : undefined,
			);
			if (!tree) this.#parser.reset();
			return tree;
		});
	}

	#guard<T>(use: () => T): T {
		try {
			return use();
		} catch (error) {
			// WebAssembly.RuntimeError, which not every host's types declare.
			if (!(error instanceof Error && error.name === 'RuntimeError')) throw error;
			this.#abandon();
			throw new ParserFailure(`The parser failed: ${error.message}`);
		}
	}

	/** After a trap nothing in the instance can be trusted, not even its free(): drop every handle. */
	#abandon(): void {
		this.#kept.clear();
		this.#engine = undefined;
		this.#parser = undefined;
	}
}
