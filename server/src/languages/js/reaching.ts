/**
 * Which parts of a file can reach a function of a library: those that name the library, and those that name what such a
 * part gives. The others need not be read for calls, whatever they call. Once reached, a name stays so: to look at a
 * part too many costs time alone.
 */
import type { Chunk } from './chunk.ts';
import { bindsFunctions } from './libraries/index.ts';
import type { JsFile } from './source.ts';

const WORDS = /[\w$]+/g;

export class Reaching {
	readonly #file: JsFile;
	readonly #names = new Set<string>();
	#chunks = new WeakSet<Chunk>();

	constructor(file: JsFile) {
		this.#file = file;
	}

	has(chunk: Chunk): boolean {
		return this.#chunks.has(chunk);
	}

	/** Looks at new parts. Gives the parts that can reach a library now and could not before. */
	add(chunks: readonly Chunk[]): readonly Chunk[] {
		const reached: Chunk[] = [];
		const reach = (chunk: Chunk): void => {
			if (this.#chunks.has(chunk)) return;
			this.#chunks.add(chunk);
			reached.push(chunk);
		};
		for (const chunk of chunks) if (this.reaches(chunk)) reach(chunk);
		// A list is read to its end, also what is added on the way.
		for (const chunk of reached) {
			for (const name of this.#file.inPassing(chunk, () => given(chunk))) {
				if (this.#names.has(name)) continue;
				this.#names.add(name);
				for (const other of this.#file.mentioning(name)) reach(other);
			}
		}
		return reached;
	}

	/** Does its own text name something that can? */
	reaches(chunk: Chunk): boolean {
		if (bindsFunctions(chunk) || chunk.isEscaped) return true;
		for (const word of chunk.words) if (this.#names.has(word)) return true;
		return this.#file.imports.length > 0 && importsOwnFiles(chunk);
	}
}

/** Names through which others get what a part has. */
function given(chunk: Chunk): Set<string> {
	const names = new Set<string>();
	for (const key of chunk.provides()) names.add(key.startsWith('.') ? key.slice(1) : key);
	// `api.open = …` gives it to whoever names `api`, too.
	for (const object of chunk.assignedObjects()) for (const word of object.match(WORDS) ?? []) names.add(word);
	return names;
}

const importsOwnFiles = (chunk: Chunk): boolean =>
	(chunk.words.has('import') || chunk.words.has('require') || chunk.words.has('from')) &&
	/["']\.{1,2}\//.test(chunk.text);
