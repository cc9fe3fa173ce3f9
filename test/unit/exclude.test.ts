import { describe, expect, test } from 'vitest';
import { excluder, patternProblem } from '../../server/src/workspace/exclude.ts';

const matches = (pattern: string, path: string) => excluder([pattern])(path);

describe('an exclude pattern', () => {
	test.each([
		['third_party', 'third_party/curl/lib/url.c'],
		['third_party', 'src/third_party/a.c'],
		['third_party/', 'third_party/a.c'],
		['third_party/**', 'third_party/a.c'],
		['third_party/**', 'third_party/x/y/a.c'],
		['**/third_party/**', 'a/third_party/b.c'],
		['**/third_party/**', 'third_party/b.c'],
		['/build', 'build/a.c'],
		['./build', 'build/a.c'],
		['src/*.c', 'src/a.c'],
		['src/**/*.c', 'src/a.c'],
		['src/**/*.c', 'src/x/y/a.c'],
		['*.gen.c', 'deep/down/a.gen.c'],
		['**/*.{c,h}', 'a/b.h'],
		['{a,b}/{c,d}/*.c', 'b/c/x.c'],
		['{a,b{c,d}}.c', 'bd.c'],
		['a?c.c', 'abc.c'],
		['[ab]x.c', 'bx.c'],
		['[!ab]x.c', 'cx.c'],
		['[a-c]x.c', 'bx.c'],
		['a[.c', 'a[.c'],
		['**', 'a.c'],
		['*', 'a.c'],
		['src\\gen', 'src/gen/a.c'],
		['src/gen', 'src\\gen\\a.c'],
		['ä*.c', 'äö.c'],
		['a(b)+.c', 'a(b)+.c'],
		['(a+)+b', '(a+)+b'],
		['.hidden', 'x/.hidden/a.c'],
	])('%s matches %s', (pattern, path) => {
		expect(matches(pattern, path)).toBe(true);
	});

	test.each([
		['third_party', 'my_third_party/a.c'],
		['third_party/**', 'third_party'],
		['third_party/**', 'src/third_party/a.c'],
		['/build', 'src/build/a.c'],
		['src/*.c', 'src/x/a.c'],
		['*.c', 'a.cpp'],
		['a?c.c', 'ac.c'],
		['[!ab]x.c', 'ax.c'],
		['[a-c]x.c', 'dx.c'],
		['', 'a.c'],
		['  ', 'a.c'],
		['/', 'a.c'],
		['A.c', 'a.c'],
		['!a.c', 'b.c'],
		['(a+)+b', 'aab'],
		['@(a|b).c', 'a.c'],
	])('%s does not match %s', (pattern, path) => {
		expect(matches(pattern, path)).toBe(false);
	});

	test('excludes what any of a list matches', () => {
		const excluded = excluder(['a/**', 'b/**']);
		expect(['a/x.c', 'b/x.c', 'c/x.c'].map((path) => excluded(path))).toEqual([true, true, false]);
		expect(excluder([])('a.c')).toBe(false);
	});

	test.each([
		[`${'*a'.repeat(200)}b`, 'has more than 3 `*` in one part'],
		[`${'?*'.repeat(200)}`, 'has more than 3 `*` in one part'],
		[`${'**/a/'.repeat(90)}x`, 'has more than 3 `**`'],
		[`${'{a,b}'.repeat(90)}`, 'has more than 8 `{`'],
		[`${'{'.repeat(400)}`, 'has more than 8 `{`'],
		['*{?,??}{?,??}{?,??}*{?,??}{?,??}*{?,??}{?,??}{?,??}z', 'has more than 4 `*` and `{` in one part'],
		['*{a,aa}{a,aa}{a,aa}{a,aa}z', 'has more than 4 `*` and `{` in one part'],
	])('that would take a lifetime is refused: %s', (pattern, problem) => {
		expect(patternProblem(pattern)).toBe(problem);
		expect(matches(pattern, `${'a/'.repeat(500)}${'a'.repeat(255)}x`)).toBe(false);
	});

	test.each(['**/third_party/**/*.{c,h}', '**/a/**/b/**', '*foo*bar*', '****.c'])(
		'of ordinary size is not: %s',
		(pattern) => {
			expect(patternProblem(pattern)).toBeUndefined();
		},
	);
});
