/** What a check is asked for besides the text. */
import type { OwnEntries } from '../catalog/own.ts';
import type { OwnFunctions } from '../catalog/ownFunctions.ts';
import type { Rule, Severity } from '../rules/rule.ts';
import type { Target } from '../types/ctype.ts';

export interface CheckOptions extends Pick<OwnEntries, 'codes' | 'structs'> {
	/** Targets to judge; default all. */
	readonly targets?: readonly Target[];
	/** Severity by rule id; `off` silences a rule. */
	readonly rules?: Readonly<Record<string, Severity | 'off'>>;
	/** Oldest Windows version to support, as `10.0.17763`. */
	readonly minWindows?: string;
	/** The user's own functions that end in an entry point: `{ "my_ioctl": "WSAIoctl" }`. */
	readonly functions?: OwnFunctions;
}

/** What the user has set a rule to; undefined: nothing, so that each finding has its own severity. */
export const settingOf = (rule: Rule, { rules }: CheckOptions): Severity | 'off' | undefined =>
	rules?.[rule.id] ?? (rule.offByDefault ? 'off' : undefined);
