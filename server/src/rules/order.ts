/**
 * Which finding on one argument is kept. On each target the most severe one comes first; of equal ones it is the one
 * that names the cause, as the others are its symptoms.
 */
import type { Target } from '../types/ctype.ts';

/** From what certainly fails to what is a matter of care. */
export const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a rule looks at, from causes to symptoms. Each rule states its own; rules of one stage go by their ids. */
export const STAGES = [
	// The arguments are those of another call: exchanged, of another request, declared differently.
	'call',
	// More memory is used than there is. Another number would not do.
	'memory',
	// The size of something else is given: of an address, of elements, of another structure.
	'measure',
	// Nothing can be where the pointer leads.
	'address',
	// The number is right for another target.
	'width',
	// The code asks for something else: more bytes, none, an overlapped structure.
	'need',
	// The function itself asks for something else, or what it answers is lost.
	'answer',
	// The control code does not do what its name says.
	'code',
	// The socket is of another kind than the code works on.
	'socket',
	// The socket has not come so far, or is beyond it.
	'state',
	// Some version of Windows does not have it.
	'version',
	// It works, with a drawback.
	'care',
] as const;
export type Stage = (typeof STAGES)[number];

/** What decides between two findings. */
export interface Ranked {
	readonly severity: Severity;
	readonly stage: Stage;
	/** The rule's id. */
	readonly rule: string;
}

/** Negative where `a` goes before `b`. */
export function byRank(a: Ranked, b: Ranked): number {
	const severity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
	const stage = STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage);
	if (severity !== 0 || stage !== 0) return severity || stage;
	return a.rule < b.rule ? -1 : Number(a.rule > b.rule);
}

const isSerious = ({ severity }: Ranked): boolean => severity === 'error' || severity === 'warning';

/**
 * What is left of the findings on one argument: the first one of each target, the best first. A mere note for one target
 * goes when there is something else to say for another.
 */
export function kept<F extends Ranked & { readonly targets: readonly Target[] }>(
	findings: readonly F[],
	targets: readonly Target[],
): readonly F[] {
	if (findings.length < 2) return findings;
	const ranked = findings.toSorted(byRank);
	const firsts = new Set(targets.map((target) => ranked.find((finding) => finding.targets.includes(target))));
	const [first, ...others] = ranked.filter((finding) => firsts.has(finding));
	return first ? [first, ...others.filter(isSerious)] : [];
}
