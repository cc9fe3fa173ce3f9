/** Where the command line runs. */

/** What the command line needs from its surroundings. */
export interface Surroundings {
	/** Absolute path of the current folder. */
	readonly folder: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Standard output is a terminal. */
	readonly terminal: boolean;
	/** What standard error shows may be written over: it is a terminal. */
	readonly progress?: boolean;
	/** All of standard input. */
	readonly input?: () => Promise<Buffer>;
	readonly out: (text: string) => void;
	readonly err: (text: string) => void;
}
