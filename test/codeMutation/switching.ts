/** Switches changes of the code on in a process, as its environment says. */
import { appendFileSync } from 'node:fs';

/** What the environment of a process and of all that it starts says. */
export interface Switches extends NodeJS.ProcessEnv {
	/** Numbers of the changes that are made, separated by commas. */
	IOCTL_LENS_CHANGES?: string;
	/** A file that is told, line by line, which changes are come to, and in which test file. */
	IOCTL_LENS_VISITS?: string;
	IOCTL_LENS_TEST?: string;
}

export function startSwitching(): void {
	const { IOCTL_LENS_CHANGES: made = '', IOCTL_LENS_VISITS: visits, IOCTL_LENS_TEST: test }: Switches = process.env;
	const active = new Set(made.split(',').filter(Boolean).map(Number));
	const seen = new Set<number>();
	Object.assign(globalThis, {
		isChanged(change: number): boolean {
			if (visits && test && !seen.has(change)) {
				seen.add(change);
				appendFileSync(visits, `${change} ${test}\n`);
			}
			return active.has(change);
		},
	});
}
