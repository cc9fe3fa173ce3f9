/** Correct calls are broken in each way that a rule knows: nearly every broken call has to be reported. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import type { Finding } from '../../server/src/rules/rule.ts';
import { checked } from '../support/checked.ts';
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

/** The ways in which calls are broken, and how many mutants of each there are at least. */
const KINDS: Readonly<Record<string, number>> = {
	'GUID of a function': 2,
	'GUID of a table': 2,
	'after connect': 2,
	'as a socket option': 11,
	'byte count NULL': 157,
	'byte count NULL through a variable': 157,
	'byte count at address 4': 157,
	'byte count to a small object': 176,
	'completion alone': 145,
	'error asked for on success': 192,
	'exchanged buffers': 84,
	'exchanged sizes': 84,
	'forbidden overlapped': 2,
	'input NULL': 4,
	'input NULL through a variable': 76,
	'input NULL with a size': 76,
	'input at address 1': 80,
	'input at the address of its pointer': 17,
	'input empty': 58,
	'input larger than its object': 10,
	'input larger than its object by 1': 74,
	'input larger than its object by 64': 74,
	'input of a larger structure': 38,
	'input of a smaller structure': 46,
	'input of one byte': 4,
	'input one byte short': 80,
	'input one byte short, through a variable': 80,
	'input uninitialised': 83,
	'input with an uninitialised member': 34,
	'input with its 32-bit size': 5,
	'input with sizeof its address': 27,
	'input with sizeof its pointer': 17,
	'never bound': 1,
	'output NULL': 3,
	'output NULL through a variable': 55,
	'output NULL with a size': 55,
	'output at address 1': 58,
	'output at the address of its pointer': 13,
	'output empty': 38,
	'output larger than its object': 8,
	'output larger than its object by 1': 34,
	'output larger than its object by 64': 34,
	'output of a larger structure': 17,
	'output of a smaller structure': 22,
	'output of one byte': 3,
	'output one byte short': 58,
	'output one byte short, through a variable': 58,
	'output with its 32-bit size': 24,
	'output with sizeof its address': 7,
	'output with sizeof its pointer': 14,
	'required IRP NULL': 8,
	'required overlapped NULL': 2,
	'result equal to TRUE': 192,
	'unexpected input': 11,
	'unexpected output': 1,
	'wrong kind of socket': 6,
};

const isSerious = ({ severity }: Finding): boolean => severity === 'error' || severity === 'warning';

interface Outcome {
	readonly source: string;
	readonly kind: string;
	readonly caught: boolean;
}

async function judgeMutants(chosen: readonly Source[], options: CheckOptions = {}) {
	const unclean: string[] = [];
	const outcomes: Outcome[] = [];
	for (const { name, text } of chosen) {
		const { calls, findings } = await checked(checker, { name, text }, options);
		if (findings.some(isSerious)) {
			unclean.push(name);
			continue;
		}
		for (const [at, call] of calls.entries())
			for (const mutant of mutantsOf(text, call)) {
				const broken = await checked(checker, { name, text: mutant.text }, options);
				const target = broken.calls[at];
				outcomes.push({
					source: calls.length > 1 ? `${name} (call ${at + 1})` : name,
					kind: mutant.kind,
					caught: broken.findings.some((f) => f.call === target && isSerious(f)),
				});
			}
	}
	return { unclean, outcomes };
}

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

let unclean: readonly string[] = [];
let outcomes: readonly Outcome[] = [];

beforeAll(async () => {
	({ unclean, outcomes } = await judgeMutants(sources));
}, 300_000);

const survivors = (of: readonly Outcome[]): string[] =>
	of.filter((o) => !o.caught).map((o) => `${o.source}: ${o.kind}`);

describe('mutation', () => {
	it('starts from code without a serious finding', () => {
		expect(unclean).toEqual([]);
	});

	it('breaks calls in every way, and in none less often than before', () => {
		const counts = new Map<string, number>();
		for (const { kind } of outcomes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
		expect([...counts.keys()].sort()).toEqual(Object.keys(KINDS).sort());
		const fewer = Object.entries(KINDS).filter(([kind, least]) => (counts.get(kind) ?? 0) < least);
		expect(fewer).toEqual([]);
	});

	it('knows why each survivor lives', () => {
		expect(survivors(outcomes)).toEqual(Object.keys(SURVIVORS));
	});

	it('comes to an end on a text of one line', async () => {
		const text =
			'void f(SOCKET s) { u_long on = 1; DWORD n; WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, &n, NULL, NULL); }';
		const { unclean: wrong, outcomes: found } = await judgeMutants([{ name: 'x.c', text }]);
		expect([wrong, survivors(found)]).toEqual([[], []]);
	});

	it('sees mutants survive where a rule is missing', async () => {
		const chosen = sources.filter(({ name }) => /^(?:fixed_buffer|base_handle|local_struct)\.c$/.test(name));
		const broken = await judgeMutants(chosen, { rules: { 'missing-bytes-returned': 'off' } });
		const lost = broken.outcomes.filter((o) => !o.caught).map((o) => o.kind);
		expect([...new Set(lost)].sort()).toEqual(['byte count NULL', 'byte count NULL through a variable']);
		expect(survivors(broken.outcomes)).not.toEqual(Object.keys(SURVIVORS));
	});
});
