import type { Checker, CheckResult } from '../../server/src/check/check.ts';

/** A check that nobody gives up: there is always a result. */
export async function checked(checker: Checker, ...given: Parameters<Checker['check']>): Promise<CheckResult> {
	const result = await checker.check(...given);
	if (!result) throw new Error('a check that nobody cancelled has no result');
	return result;
}
