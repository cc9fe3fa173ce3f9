/** How far one question about an expression may lead. */

/** Chains of macros, constants and definitions longer than this are given up. */
export const DEEPEST = 40;
/** Steps that one question may take: where each name uses the next one twice, every link doubles them. */
const MOST_STEPS = 2000;
let steps = 0;
let open = 0;

/** One step of a question about an expression; undefined when it leads too far. */
export function step<T>(depth: number, answer: () => T | undefined): T | undefined {
	if (open === 0) steps = 0;
	if (depth > DEEPEST || ++steps > MOST_STEPS) return undefined;
	open++;
	try {
		return answer();
	} finally {
		open--;
	}
}
