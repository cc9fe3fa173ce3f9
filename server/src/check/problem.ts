/** Defects of the product that cost a part of a result, and nothing else. */

/** A rule has failed on a call. */
export interface RuleProblem {
	/** The rule's id. */
	readonly rule: string;
	readonly error: unknown;
}

/** An argument of a call could not be read, so that it is unknown. */
export interface ReadProblem {
	/** Name of the text. */
	readonly file: string;
	readonly error: unknown;
}

export type CheckProblem = RuleProblem | ReadProblem;

/** The same for a log. */
export function problemText(problem: CheckProblem): string {
	const what =
		'rule' in problem ? `The rule ${problem.rule} failed on a call` : `A call in ${problem.file} is not read`;
	return `${what}: ${problem.error instanceof Error ? problem.error.message : problem.error}`;
}
