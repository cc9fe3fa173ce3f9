/** What carries a run out: Winsock, or the calls of libc. */
import type { Pointer, RunReport } from '../../../../native/src/plan.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { ControlCode } from '../../catalog/model.ts';
import type { PreparedBuffer, PreparedRun, RunOptions } from '../prepare.ts';
import type { Question } from '../questions.ts';
import type { RunResult } from '../result.ts';
import type { Refused, Subject } from '../subject.ts';

/** An input whose bytes are decided. */
export interface InputReady {
	readonly buffer: PreparedBuffer;
	readonly bytes: string | null;
	readonly pointers: readonly Pointer[];
	readonly questions: readonly Question[];
	/** The number that the whole input is, for outputs that depend on it. */
	readonly version: number | undefined;
	readonly value: (path: string) => number | string | undefined;
	/** Fields with a value that neither the source nor anybody gave or was asked for. */
	readonly madeUp: readonly string[];
}

/** A run of which everything is known but how it is carried out. */
export interface Ready {
	readonly subject: Subject;
	readonly options: RunOptions;
	readonly base: Omit<PreparedRun, 'title' | 'notes' | 'input' | 'output' | 'posix' | 'plan'>;
	readonly input: InputReady;
	readonly output: PreparedRun['output'];
	readonly notes: readonly string[];
	readonly timeoutMs: number;
}

/** What a report says in the terms of a result; `base` is added to it. */
export type Answer = Omit<RunResult, 'title' | 'name' | 'code' | 'backend' | 'sizes' | 'risk' | 'socket' | 'predicted'>;

export interface Backend {
	/** The run with its plan, or why this backend cannot make it. */
	readonly prepare: (ready: Ready) => PreparedRun | Refused;
	readonly answer: (prepared: PreparedRun, report: RunReport, catalog: Catalog) => Answer;
	/** What an error number is called here and means; `name` as the runner knows it. */
	readonly errorOf: (number: number, name: string | null, catalog: Catalog) => NonNullable<RunResult['error']>;
	/** Its functions are told sizes, which may be wrong or tried. */
	readonly tellsSizes: boolean;
	/** Whether it has a counterpart of a code's call; of a code that is not in the catalog, too. */
	readonly has: (entry: ControlCode | undefined) => boolean;
	/** The function sees the input as Winsock lays it out, so that a result shows it. */
	readonly takesInput: boolean;
}
