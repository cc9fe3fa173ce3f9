import { describe, expect, test } from 'vitest';
import { excluder } from '../../server/src/exclude.ts';

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
	])('%s does not match %s', (pattern, path) => {
		expect(matches(pattern, path)).toBe(false);
	});

	test('excludes what any of a list matches', () => {
		const excluded = excluder(['a/**', 'b/**']);
		expect(['a/x.c', 'b/x.c', 'c/x.c'].map((path) => excluded(path))).toEqual([true, true, false]);
		expect(excluder([])('a.c')).toBe(false);
	});

	test('made to be slow is not', () => {
		const patterns = [
			`${'*a'.repeat(200)}b`,
			`${'**/'.repeat(150)}x`,
			`${'{a,b}'.repeat(90)}`,
			`${'{'.repeat(400)}`,
			`${'[a-'.repeat(150)}`,
			`${'?*'.repeat(200)}`,
		];
		const path = `${'a/'.repeat(500)}${'a'.repeat(2000)}.c`;
		const started = performance.now();
		excluder(patterns)(path);
		// A backtracking matcher would not come back within a lifetime.
		expect(performance.now() - started).toBeLessThan(2000);
	});
});
