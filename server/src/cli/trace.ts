/** What was read to check a file, besides its own text. */
import { createHash } from 'node:crypto';
import type { Project } from '../check/headers.ts';

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

/** One look for an included file, and what was there. */
interface Look {
	readonly name: string;
	readonly quoted: boolean;
	readonly from: string;
	readonly found: string;
}

/** What was read besides a file's own text. */
export interface Trace {
	readonly looks: readonly Look[];
	/** Of the compiler's command line. */
	readonly given: string;
}

const nameOf = (file: { readonly path: string; readonly text: string } | undefined): string =>
	file ? `${sha256(file.text)} ${file.path}` : '';

/** What the command line of the compiler says of a file. */
export async function givenFor(project: Project, path: string): Promise<string> {
	return JSON.stringify([(await project.predefined?.(path)) ?? null, project.target?.(path) ?? null]);
}

/** A project that remembers what was looked for. */
export class TracedProject implements Project {
	readonly #project: Project;
	/** By the file that includes, and then by what it asked for. */
	readonly #looks = new Map<string, Map<string, { readonly look: Look; readonly path: string | undefined }>>();

	constructor(project: Project) {
		this.#project = project;
	}

	readonly include: Project['include'] = async (name, quoted, from, document = from) => {
		const file = await this.#project.include(name, quoted, from, document);
		const key = this.#keyOf(from, document);
		const ofFile = this.#looks.get(key) ?? new Map();
		this.#looks.set(key, ofFile);
		ofFile.set(`${quoted}${name}`, { look: { name, quoted, from, found: nameOf(file) }, path: file?.path });
		return file;
	};

	readonly predefined = async (file: string): Promise<string | undefined> => this.#project.predefined?.(file);

	readonly places = (document: string): string => this.#project.places?.(document) ?? '';

	/** Of a header, as of documents that share it. */
	#keyOf(from: string, document: string): string {
		return `${from}\n${this.places(document)}`;
	}

	readonly target: NonNullable<Project['target']> = (file) => this.#project.target?.(file);

	/** What a file and those that it includes have asked for. */
	async traceOf(path: string): Promise<Trace> {
		const looks: Look[] = [];
		const files = new Set([path]);
		// What is added while it is walked is walked as well.
		for (const file of files)
			for (const { look, path: found } of this.#looks.get(this.#keyOf(file, path))?.values() ?? []) {
				looks.push(look);
				if (found !== undefined) files.add(found);
			}
		return { looks, given: await givenFor(this.#project, path) };
	}
}
