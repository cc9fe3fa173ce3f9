/** What configuration files say about a file, and how settings of several places come together. */

export const CONFIG_NAME = '.ioctl-lens.json';

/** How files of codes beside it end. */
export const CODES_ENDING = '.ioctl.json';

/** Patterns of files that are not checked, and the folder that they are relative to. */
export interface Patterns {
	/** Absolute. */
	readonly folder: string;
	/** Where they stand, absolute. */
	readonly file: string;
	readonly patterns: readonly string[];
}

/** Settings as `readSettings` takes them. */
export type Values = Readonly<Record<string, unknown>>;

/** What configuration files say about the files of one folder. */
export interface Configured {
	/** Good values only, paths in them absolute; without `exclude`. */
	readonly values: Values;
	/** The files that each value comes from, the weightiest first. */
	readonly origins: Readonly<Record<string, readonly string[]>>;
	/** Where an entry of one's own is written, `file:line:column`; undefined for what no file says. */
	placeOf(key: string, name: string): string | undefined;
	/** Those of the files further out hold as well. */
	readonly excludes: readonly Patterns[];
	/** The nearest file; absent where there is none. */
	readonly file?: string;
	/** The folder itself is excluded, with whatever stands in it. */
	readonly excluded: boolean;
	/** What is wrong with the files that hold, a sentence each with its place in front. */
	readonly problems: readonly string[];
}

/** Where no file says anything. */
export const UNCONFIGURED: Configured = {
	values: {},
	origins: {},
	placeOf: () => undefined,
	excludes: [],
	excluded: false,
	problems: [],
};

/** Of these, the members come together. */
export const BY_MEMBER: readonly string[] = ['rules', 'functions', 'codes', 'structs'];

/** What holds where both say something: `over`, and of rules and the like those that only `under` names as well, behind. */
export function merged(under: Values, over: Values): Values {
	const both = BY_MEMBER.filter((key) => isPlain(under[key]) && isPlain(over[key]));
	const members = both.map((key) => [key, Object.assign({}, over[key], under[key], over[key])]);
	return { ...under, ...over, ...Object.fromEntries(members) };
}

const isPlain = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
