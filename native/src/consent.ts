/** Which calls a plan may make without the user's confirmation. Checked by the runner itself, whoever sends the plan. */
import { harmless } from './harmless.generated.ts';
import type { Plan, PlanProblem, Step } from './plan.ts';

/** Numbers that reach no further than the socket of the run, of one system. */
export interface Harmless {
	/** Of `WSAIoctl`, `ioctlsocket` and `ioctl`. */
	readonly codes: readonly number[];
	/** Of `setsockopt`: level and name. */
	readonly options: readonly (readonly [level: number, name: number])[];
}

/** Windows with everything that stands in for it, and each system of libc by its name in `process.platform`. */
export type HarmlessSystem = 'winsock' | 'linux' | 'darwin';

const NOTHING: Harmless = { codes: [], options: [] };

/**
 * The first call of a checked plan that needs the user's confirmation and has none: its number is of a code that reaches
 * beyond the run's own socket, or of one that nobody has looked at. Reading the socket's own options never does.
 * @param platform as `process.platform` names it.
 */
export function unconfirmed(plan: Plan, platform: string): PlanProblem | undefined {
	if (plan.confirmed) return undefined;
	const system = plan.backend === 'winsock' ? 'winsock' : platform;
	const known = Object.hasOwn(harmless, system) ? harmless[system as HarmlessSystem] : NOTHING;
	for (const [index, step] of plan.steps.entries()) {
		const key = keyOf(step, known);
		if (key !== undefined) return { path: `steps[${index}].${key}`, message: MESSAGE };
	}
	return undefined;
}

const MESSAGE =
	'What this number does is not known to stay within the socket of the run, so the plan has to carry a confirmation.';

/** Where in a step the number stands that is not known to be harmless. */
function keyOf(step: Step, { codes, options }: Harmless): string | undefined {
	switch (step.call) {
		case 'WSAIoctl':
		case 'ioctlsocket':
			return codes.includes(step.code) ? undefined : 'code';
		case 'ioctl':
			return codes.includes(step.request) ? undefined : 'request';
		case 'setsockopt':
			return options.some(([level, name]) => level === step.level && name === step.name) ? undefined : 'name';
		default:
			return undefined;
	}
}
