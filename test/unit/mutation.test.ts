/** Correct calls are broken in each way that a rule knows: nearly every broken call has to be reported. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import type { Finding } from '../../server/src/rules/rule.ts';
import { mutantsOf } from '../support/mutants.ts';

const folder = join(import.meta.dirname, '../fixtures/correct');

interface Source {
	readonly name: string;
	readonly text: string;
}

/** Correct code: own files, and the accepted examples of all rules and control codes. */
const sources: readonly Source[] = [
	...readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
	...rules.flatMap((r) => r.accepted.map((text, i) => ({ name: `${r.id} ${i + 1}.c`, text }))),
	...codes.map((c) => ({ name: `${c.name}.c`, text: c.examples.accepted })),
	// What a comment silences stays silent when it is broken.
].filter(({ text }) => !text.includes('ioctl-lens-ignore'));

/** Mutants that no rule reports, each with the reason. */
const SURVIVORS: Readonly<Record<string, string>> = {};

const isSerious = ({ severity }: Finding): boolean => severity === 'error' || severity === 'warning';

interface Outcome {
	readonly source: string;
	readonly kind: string;
	readonly caught: boolean;
}

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const unclean: string[] = [];
const outcomes: Outcome[] = [];

beforeAll(async () => {
	for (const { name, text } of sources) {
		const { calls, findings } = (await checker.check({ name, text }))!;
		if (findings.some(isSerious)) {
			unclean.push(name);
			continue;
		}
		for (const [at, call] of calls.entries())
			for (const mutant of mutantsOf(text, call)) {
				const broken = (await checker.check({ name, text: mutant.text }))!;
				const target = broken.calls[at];
				outcomes.push({
					source: calls.length > 1 ? `${name} (call ${at + 1})` : name,
					kind: mutant.kind,
					caught: broken.findings.some((f) => f.call === target && isSerious(f)),
				});
			}
	}
	console.log(`${outcomes.filter((o) => o.caught).length} of ${outcomes.length} mutants reported`);
}, 300_000);

const survivors = (): string[] => outcomes.filter((o) => !o.caught).map((o) => `${o.source}: ${o.kind}`);

describe('mutation', () => {
	it('starts from code without a serious finding', () => {
		expect(unclean).toEqual([]);
	});

	it('breaks calls in every way', () => {
		const side = (side: string) => [
			`${side} NULL`,
			`${side} NULL through a variable`,
			`${side} NULL with a size`,
			`${side} at address 1`,
			`${side} at the address of its pointer`,
			`${side} empty`,
			`${side} larger than its object`,
			`${side} of a larger structure`,
			`${side} of a smaller structure`,
			`${side} of one byte`,
			`${side} one byte short`,
			`${side} one byte short, through a variable`,
			`${side} with its 32-bit size`,
			`${side} with sizeof its address`,
			`${side} with sizeof its pointer`,
		];
		const expected = [
			...side('input'),
			...side('output'),
			'GUID of a function',
			'GUID of a table',
			'after connect',
			'as a socket option',
			'byte count NULL',
			'byte count NULL through a variable',
			'byte count at address 4',
			'completion alone',
			'exchanged buffers',
			'forbidden overlapped',
			'never bound',
			'required IRP NULL',
			'required overlapped NULL',
			'unexpected input',
			'unexpected output',
			'wrong kind of socket',
		];
		expect([...new Set(outcomes.map((o) => o.kind))].sort()).toEqual(expected.sort());
	});

	it('reports at least 97 of 100 mutants as an error or a warning', () => {
		expect(outcomes.length).toBeGreaterThan(1500);
		expect((outcomes.length - survivors().length) / outcomes.length).toBeGreaterThanOrEqual(0.97);
	});

	it('knows why each survivor lives', () => {
		expect(survivors()).toEqual(Object.keys(SURVIVORS));
	});
});
