/** A run of the command line: what it writes with, and the exit status that it comes to. */
import manifest from '../../../package.json' with { type: 'json' };
import type { Style, Tool } from '../report/format.ts';
import type { Surroundings } from './surroundings.ts';

/** Nothing at warning or above; findings; wrong use or something that could not be read. */
export const EXIT = { clean: 0, findings: 1, failure: 2 } as const;

export const tool: Tool = { name: manifest.name, version: manifest.version };

export interface Run {
	readonly at: Surroundings;
	readonly style: Style;
	status: number;
}

/** Tells why, and gives the status that says so. */
export const fail = ({ at }: Pick<Run, 'at'>, message: string): number => {
	at.err(`${tool.name}: ${message}\n`);
	return EXIT.failure;
};
