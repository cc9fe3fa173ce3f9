/** What `inside.ts` writes down. */

/** Some changes that are made at once while a test runs. */
export interface Attempt {
	readonly file: string;
	/** Its number in the file. */
	readonly test: number;
	readonly changes: readonly number[];
}

/** A line of it. */
export type Entry =
	/** A test file is done with. */
	| { readonly kind: 'file'; readonly file: string; readonly unusable: number }
	| (Attempt & { readonly kind: 'try' })
	/** What was tried did not come to an end. */
	| (Attempt & { readonly kind: 'hung' })
	| { readonly kind: 'noticed'; readonly file: string; readonly change: number }
	/** A test is done with. */
	| { readonly kind: 'test'; readonly file: string; readonly test: number };
