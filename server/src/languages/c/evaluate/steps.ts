/** How far one question about an expression may lead. */

/** Longer chains of macros, constants and definitions, each asked of within the one before, are given up. */
const DEEPEST = 40;
/** Steps that one question may take: where each name uses the next one twice, every link doubles them. */
const MOST_STEPS = 2000;
let steps = 0;
let open = 0;

/** One step of a question about an expression; undefined when it leads too far. */
export function step<T>(answer: () => T | undefined): T | undefined {
	if (open === 0) steps = 0;
	if (open > DEEPEST || ++steps > MOST_STEPS) return undefined;
	open++;
	try {
		return answer();
	} finally {
		open--;
	}
}
