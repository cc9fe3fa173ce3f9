import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/cli.ts';
import { matchesGolden } from '../support/golden.ts';

it('passes what is as expected, and leaves what is not for a look', () => {
	const folder = temporaryFolder({ 'a.txt': 'old' });
	const [file, left] = [join(folder, 'a.txt'), join(folder, 'a.actual')];
	matchesGolden(file, 'old', left, {});
	expect(() => matchesGolden(file, 'new', left, {})).toThrow();
	expect([readFileSync(file, 'utf8'), readFileSync(left, 'utf8')]).toEqual(['old', 'new']);
	expect(() => matchesGolden(join(folder, 'missing.txt'), 'new', undefined, {})).toThrow();
});

it('ends red when it rewrote, and green once what was rewritten is there', () => {
	const file = join(temporaryFolder({ 'a.txt': 'old' }), 'a.txt');
	expect(() => matchesGolden(file, 'new', undefined, { UPDATE_EXPECTED: '1' })).toThrow(
		'a.txt was rewritten: read the difference, and run again without UPDATE_EXPECTED',
	);
	expect(readFileSync(file, 'utf8')).toBe('new');
	matchesGolden(file, 'new', undefined, {});
});

it.each(['true', '1'])('rewrites nothing where CI is %s, not even what would stay the same', (CI) => {
	const file = join(temporaryFolder({ 'a.txt': 'old' }), 'a.txt');
	for (const text of ['old', 'new'])
		expect(() => matchesGolden(file, text, undefined, { CI, UPDATE_EXPECTED: '1' })).toThrow(
			'is refused where CI is set',
		);
	expect(readFileSync(file, 'utf8')).toBe('old');
});
