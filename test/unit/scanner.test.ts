import { describe, expect, test } from 'vitest';
import { Scanner } from '../../server/src/node/scanner.ts';

const words = ['octl', 'IOCTL', 'ControlSoc'].map((word) => Buffer.from(word));

describe('Scanner', () => {
	const scanner = new Scanner(words, 4096);
	const mayHold = (text: string): boolean => scanner.mayHold(scanner.buffer.write(text));

	test.each(['octl', 'IOCTL', 'xOCTL', 'ControlSoc', 'WskControlSocket'])('finds %s wherever it stands', (word) => {
		const missed = Array.from({ length: 200 }, (_, at) => at).filter((at) => !mayHold(' '.repeat(at) + word));
		expect(missed).toEqual([]);
		const before = Array.from({ length: 40 }, (_, n) => n).filter((n) => !mayHold(word + ' '.repeat(n)));
		expect(before).toEqual([]);
	});

	test.each(['', 'o', 'oct', 'oct l', 'Octl.', 'octL', 'ioct\0l', 'control_socket', 'trolSo'])(
		'finds nothing in %j, at any place',
		(text) => {
			const found = Array.from({ length: 64 }, (_, at) => at).filter((at) => mayHold(' '.repeat(at) + text));
			expect(found).toEqual([]);
		},
	);

	test('does not see what stands behind the end', () => {
		scanner.buffer.write('int x; octl');
		expect([scanner.mayHold(6), scanner.mayHold(7)]).toEqual([false, false]);
		scanner.buffer.write('int xoctl');
		expect([scanner.mayHold(8), scanner.mayHold(9)]).toEqual([false, false]);
	});

	test('looks through a full buffer', () => {
		const text = `${' '.repeat(4092)}octl`;
		expect(mayHold(text)).toBe(true);
		expect(mayHold(' '.repeat(4096))).toBe(false);
	});

	test('rules nothing out where a word is too short to compare', () => {
		const short = new Scanner([...words, Buffer.from('io')], 64);
		expect(short.mayHold(short.buffer.write('int x;'))).toBe(true);
	});
});
