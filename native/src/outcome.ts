import type { PlanProblem, RunReport } from './plan.ts';

/** Why a plan came to nothing although the runner did not die. */
export type FailureReason =
	/** The plan is not valid; `problem` says where. */
	| 'plan-refused'
	/** This machine cannot run such a plan: no Wine, no koffi, a backend of another platform. */
	| 'backend-missing'
	/** The socket or its peer could not be made; `call`, `error` and `errorName` say why. */
	| 'socket-setup'
	/** The runner could not be started, or never became ready. */
	| 'start-failed'
	/** The runner wrote something else than messages. */
	| 'garbage'
	/** The runner wrote far more than an answer can have. */
	| 'flood'
	/** The runner reported an error of its own. */
	| 'runner-error'
	/** It crashed too often, and is not started for a while. */
	| 'too-many-crashes';

/** How a run ended. Every ending but `done` has a sentence for people. */
export type Outcome =
	| { kind: 'done'; report: RunReport }
	| {
			kind: 'failed';
			reason: FailureReason;
			message: string;
			problem?: PlanProblem;
			setup?: { call: string; error: number; errorName: string | null };
			stderr?: string[];
	  }
	| { kind: 'cancelled'; message: string }
	| { kind: 'timed-out'; message: string; afterMs: number }
	| {
			kind: 'crashed';
			message: string;
			/** Before it was ready, or during the run. */
			phase: 'start' | 'run';
			exitCode: number | null;
			/** Its name: `SIGSEGV`. */
			signal: string | null;
			/** The last lines it wrote to stderr. */
			stderr: string[];
	  };

/** The line of a crash that says what happened: the error itself rather than its stack or the runtime's signature. */
export function telling(stderr: string[]): string | undefined {
	return stderr.find((line) => /^(\w*Error|\w+ \[\w+\]|FATAL ERROR)\b/.test(line)) ?? stderr.at(-1);
}

/** How a process ended, for people. */
export function describeExit(exitCode: number | null, signal: string | null): string {
	if (signal) return `it was killed by ${signal}`;
	if (exitCode === null) return 'no exit code is known';
	// Windows reports a fault as an exit code, and knows those by their hexadecimal form.
	return exitCode > 255 ? `exit code 0x${exitCode.toString(16)}` : `exit code ${exitCode}`;
}
