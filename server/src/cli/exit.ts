/** A run of the command line: what it writes with, and the exit status that it comes to. */
import manifest from '../../../package.json' with { type: 'json' };
import type { Style, Tool } from '../report/format.ts';
import { EXIT } from './exitStatus.ts';
import type { Surroundings } from './surroundings.ts';

export { EXIT };

export const tool: Tool = { name: manifest.name, version: manifest.version };

export interface Run {
	readonly at: Surroundings;
	readonly style: Style;
	/** What the command line says, without the program's own name. */
	readonly args: readonly string[];
	/** Told of texts that were written to files that the user has named, by absolute path. */
	readonly onWritten?: (path: string, text: string) => void;
	status: number;
}

/** Tells why, and gives the status that says so. */
export const fail = ({ at }: Pick<Run, 'at'>, message: string): number => {
	at.err(`${tool.name}: ${message}\n`);
	return EXIT.failure;
};
