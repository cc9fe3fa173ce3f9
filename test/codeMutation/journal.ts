/** What `inside.ts` writes down. */

/** A line of it. */
export type Entry =
	/** A test file is done with. */
	| { readonly kind: 'file'; readonly file: string; readonly unusable: number }
	/** So many tests of it come to a change, and are tried. */
	| { readonly kind: 'try'; readonly file: string; readonly change: number; readonly tests: number }
	| { readonly kind: 'noticed'; readonly file: string; readonly change: number }
	/** One more test is known to pass as things are. */
	| { readonly kind: 'test'; readonly file: string };
