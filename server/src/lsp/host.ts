/** What the server needs from where it runs: a process of Node or a worker of a browser. */
import type { Budget } from '../check/work.ts';
import type { EngineSource } from '../syntax/trees.ts';
import type { EditorProject } from './session/editorProject.ts';

export type Platform = 'Windows' | 'Linux' | 'macOS' | 'browser';

export interface Host {
	readonly engine: EngineSource;
	/** What is found on this machine's disk; absent where there is none: the client's files are all there is. */
	readonly project?: EditorProject;
	readonly platform: Platform;
	/** Resolves when one more of the messages that wait already has been read, and answered where that takes no check. */
	yield(): Promise<void>;
	/** A check works this long until it yields, in milliseconds. */
	readonly stretch: number;
	/** What a check may take until it ends with what it has found. */
	readonly budget: Budget;
	/** Resolves after so many milliseconds; keeps nothing running for it. */
	wait(ms: number): Promise<void>;
}
