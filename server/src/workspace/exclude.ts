/**
 * Which files are not checked: the `exclude` setting, obeyed alike by open documents, scans and the command line.
 *
 * Patterns are matched against a path relative to the workspace folder, with `/` between its parts. A pattern without a
 * `/` matches at any depth. A pattern that matches a folder excludes everything below it.
 */
import * as l10n from '@vscode/l10n';
import picomatch from 'picomatch';

/** Longer patterns are refused where settings are read, in UTF-16 units. */
export const LONGEST_PATTERN = 500;

/** `*` in one part of a path, and `**` in one pattern: a regular expression with more could look for years. */
const MOST_STARS = 3;

/** Pairs of braces in one pattern: each multiplies what has to be tried. */
const MOST_BRACES = 8;

/** Stars and braces in one part that has a star: together they multiply what has to be tried. */
const MOST_CHOICES = 4;

/** What is the matter with the stars of a pattern, which `.gitignore` files have as well; worded as `patternProblem` is. */
export function starsProblem(pattern: string): string | undefined {
	const parts = pattern.split(/[/\\]/);
	if (parts.filter((part) => part === '**').length > MOST_STARS) return l10n.t('has more than {0} `**`', MOST_STARS);
	if (parts.some((part) => count(part.replace(/\*+/g, '*'), '*') > MOST_STARS))
		return l10n.t('has more than {0} `*` in one part', MOST_STARS);
	return undefined;
}

const count = (text: string, of: string): number => text.split(of).length - 1;

/** Why a pattern is not used, as the end of a sentence that begins with it; undefined when it is. */
export function patternProblem(pattern: string): string | undefined {
	const problem = starsProblem(pattern);
	if (problem) return problem;
	if (count(pattern, '{') > MOST_BRACES) return l10n.t('has more than {0} `{`', MOST_BRACES);
	const isWide = (part: string) =>
		part.includes('*') && count(part.replace(/\*+/g, '*'), '*') + count(part, '{') > MOST_CHOICES;
	return pattern.split(/[/\\]/).some(isWide)
		? l10n.t('has more than {0} `*` and `{` in one part', MOST_CHOICES)
		: undefined;
}

/** True for a path that is not checked. */
export type Excluder = (path: string) => boolean;

/** Settings that have not changed are the same object at every check. */
const built = new WeakMap<readonly string[], Excluder>();

/** The test for a list of patterns. Those that are empty or have a problem match nothing. */
export function excluder(patterns: readonly string[]): Excluder {
	const known = built.get(patterns);
	if (known) return known;
	const excluded = build(patterns);
	built.set(patterns, excluded);
	return excluded;
}

function build(patterns: readonly string[]): Excluder {
	const globs = patterns.flatMap(globsOf);
	if (globs.length === 0) return () => false;
	const matches = picomatch(globs, { dot: true, nonegate: true, noextglob: true, posix: true });
	return (relativePath) => matches(normal(relativePath));
}

/** A pattern and what lies below whatever it matches. */
function globsOf(pattern: string): string[] {
	const trimmed = pattern.trim();
	const path = normal(trimmed);
	if (path === '' || patternProblem(path)) return [];
	// Parentheses are parts of names here; the library would hand them on to its regular expression.
	const literal = path.replace(/[()]/g, '\\$&');
	const anywhere = path.includes('/') || /^\.?[/\\]/.test(trimmed) ? literal : `**/${literal}`;
	return anywhere.endsWith('/**') ? [`${anywhere}/*`] : [anywhere, `${anywhere}/**`];
}

/** Parts with `/` between them, and none at the ends. */
const normal = (path: string): string => path.replace(/\\/g, '/').replace(/^(?:\.?\/)+|\/+$/g, '');
