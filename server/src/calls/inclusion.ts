/** The headers of a source. */

/** What a source includes. */
export interface Inclusion {
	/** Names of all headers, also of those that its headers include, without folders and in lower case. */
	readonly names: ReadonlySet<string>;
	/** Its own lines, in order. */
	readonly lines: readonly IncludeLine[];
	/** Where the first line can stand when there is none. */
	readonly start: number;
}

export interface IncludeLine {
	/** As in `names`. */
	readonly name: string;
	/** Where the next line begins. */
	readonly end: number;
	/** It stands in a branch that may not be compiled. */
	readonly isConditional: boolean;
}
