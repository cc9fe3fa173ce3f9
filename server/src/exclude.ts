/**
 * Which files are not checked: the `exclude` setting, obeyed alike by open documents, scans and the command line.
 *
 * Patterns are matched against a path relative to the workspace folder, with `/` between its parts. `*` and `?` stay
 * within one part, `**` spans any number of parts, `{a,b}` and `[a-z]` choose. A pattern without a `/` matches at any
 * depth. A pattern that matches a folder excludes everything below it. Matching takes time proportional to pattern
 * times path, whatever the pattern looks like: no regular expressions are built.
 */

/** Longer patterns are refused where settings are read, in UTF-16 units. */
export const LONGEST_PATTERN = 500;

/** Alternatives that braces of one pattern may unfold to; a pattern with more matches nothing. */
const MAX_ALTERNATIVES = 100;

type Segments = readonly string[];

/** Builds the test for a list of patterns. Empty patterns match nothing. */
export function excluder(patterns: readonly string[]): (relativePath: string) => boolean {
	const all = patterns.flatMap(compile);
	return (relativePath) => {
		const path = relativePath
			.replace(/\\/g, '/')
			.replace(/^(?:\.?\/)+/, '')
			.split('/');
		return all.some((pattern) => matchesPrefix(pattern, path));
	};
}

function compile(pattern: string): Segments[] {
	return unfold(pattern.trim()).flatMap((one) => {
		const path = one.replace(/\\/g, '/').replace(/\/+$/, '');
		if (path === '') return [];
		const parts = path.replace(/^(?:\.?\/)+/, '').split('/');
		return [parts.length === 1 && !path.startsWith('/') ? ['**', ...parts] : parts];
	});
}

/** `a{b,c}d` as `abd` and `acd`, nested ones included. */
function unfold(pattern: string): string[] {
	let found = [pattern];
	for (;;) {
		const next = found.flatMap((one) => unfoldFirst(one) ?? [one]);
		if (next.length > MAX_ALTERNATIVES) return [];
		if (next.length === found.length && next.every((one, i) => one === found[i])) return found;
		found = next;
	}
}

/** Unfolds an innermost pair of braces; undefined when there is none. */
function unfoldFirst(pattern: string): string[] | undefined {
	const match = /\{([^{}]*)\}/.exec(pattern);
	if (!match) return undefined;
	const before = pattern.slice(0, match.index);
	const after = pattern.slice(match.index + match[0].length);
	return match[1]!.split(',').map((choice) => before + choice + after);
}

/** True when the pattern matches the path or a folder above it. */
function matchesPrefix(pattern: Segments, path: Segments): boolean {
	// reached[i]: the first i parts of the pattern match the parts of the path read so far.
	let reached = new Set(skipStars(pattern, 0));
	for (const part of path) {
		const next = new Set<number>();
		for (const i of reached) {
			if (i === pattern.length) return true;
			if (pattern[i] === '**') {
				if (i === pattern.length - 1) return true;
				for (const j of skipStars(pattern, i)) next.add(j);
			} else if (matchesPart(pattern[i]!, part)) for (const j of skipStars(pattern, i + 1)) next.add(j);
		}
		reached = next;
	}
	return reached.has(pattern.length);
}

/** `from`, and every position behind `**` parts that match nothing; a final `**` has to match something. */
function* skipStars(pattern: Segments, from: number): Generator<number> {
	yield from;
	for (let i = from; pattern[i] === '**' && i + 1 < pattern.length; ) yield ++i;
}

/** One part of a path against one part of a pattern: `*`, `?` and `[…]`. */
function matchesPart(pattern: string, text: string): boolean {
	if (pattern === '**') return true;
	let p = 0;
	let t = 0;
	let star = -1;
	let mark = 0;
	while (t < text.length) {
		const step = p < pattern.length && pattern[p] !== '*' ? matchesOne(pattern, p, text[t]!) : 0;
		if (step > 0) {
			p += step;
			t++;
		} else if (pattern[p] === '*') {
			star = p++;
			mark = t;
		} else if (star >= 0) {
			p = star + 1;
			t = ++mark;
		} else return false;
	}
	while (pattern[p] === '*') p++;
	return p === pattern.length;
}

/** Length of the pattern's element at `p` when it matches the character, else 0. */
function matchesOne(pattern: string, p: number, character: string): number {
	const head = pattern[p]!;
	if (head === '?') return 1;
	if (head === '[') {
		const end = pattern.indexOf(']', p + 2);
		if (end > 0) {
			const negated = pattern[p + 1] === '!' || pattern[p + 1] === '^';
			return inClass(pattern.slice(p + (negated ? 2 : 1), end), character) !== negated ? end - p + 1 : 0;
		}
	}
	return head === character ? 1 : 0;
}

function inClass(set: string, character: string): boolean {
	for (let i = 0; i < set.length; i++) {
		if (set[i + 1] === '-' && i + 2 < set.length) {
			if (set[i]! <= character && character <= set[i + 2]!) return true;
			i += 2;
		} else if (set[i] === character) return true;
	}
	return false;
}
