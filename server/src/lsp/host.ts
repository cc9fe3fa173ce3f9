/** What the server needs from where it runs: a process of Node or a worker of a browser. */
import type { EngineSource } from '../syntax/trees.ts';
import type { EditorProject } from './session/editorProject.ts';

export type Platform = 'Windows' | 'Linux' | 'macOS' | 'browser';

export interface Host {
	readonly engine: EngineSource;
	/** Absent where there is no disk: no include is followed. */
	readonly project?: EditorProject;
	readonly platform: Platform;
	/** Resolves when one more of the messages that wait already has been read. */
	yield(): Promise<void>;
	/** Resolves after so many milliseconds; keeps nothing running for it. */
	wait(ms: number): Promise<void>;
}
