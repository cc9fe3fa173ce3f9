/** Prose is for people: a catalog whose every sentence reads `-` is judged, run and decoded like the one that speaks. */
import { afterAll, describe, expect, test } from 'vitest';
import type { IoctlCall } from '../../server/src/calls/model.ts';
import { codes, types } from '../../server/src/catalog/builtin.generated.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { Checker } from '../../server/src/check/check.ts';
import { judge } from '../../server/src/check/judge.ts';
import { languageOf } from '../../server/src/languages/languageOf.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { bufferFacts } from '../../server/src/reference/facts.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { decode } from '../../server/src/run/buffers/decode.ts';
import { Shapes } from '../../server/src/run/buffers/shape.ts';
import { prepare } from '../../server/src/run/prepare.ts';
import { canProbe, prepareProbe } from '../../server/src/run/probe.ts';
import { subjectOf } from '../../server/src/run/subject.ts';
import { muted, sentencesOf } from '../support/muted.ts';

const spoken = Catalog.builtin;
const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

test('the other catalog has no sentence left, and every name', () => {
	expect(muted.code('SIO_ADDRESS_LIST_QUERY')?.code.errors?.[0]).toEqual({
		error: 'WSAEINVAL',
		when: '-',
		on: { input: 'not-empty' },
	});
	expect([...muted.names()]).toEqual([...spoken.names()]);
});

const examples = [
	...codes.flatMap((c) => [c.examples.accepted, c.examples.rejected]).map((text) => ({ text, name: 'a.c' })),
	...rules.flatMap((r) => [...r.accepted, ...r.rejected].map((text) => ({ text, name: `a.${r.language ?? 'c'}` }))),
];

/** The call as it would be with the other catalog's entry. */
const withEntryOf = (call: IoctlCall, catalog: Catalog): IoctlCall => {
	const entry = call.code.entry && catalog.code(call.code.entry.name)?.code;
	return { ...call, code: { ...call.code, ...(entry ? { entry } : {}) } };
};

/** What a message quotes of the catalog is not the same, and everything else is. */
const withoutProse = (message: string, call: IoctlCall | undefined): string =>
	sentencesOf(call?.code.entry).reduce((text, sentence) => text.replaceAll(sentence, '-'), message);

test('the same is found in every example, with the same words and fixes', async () => {
	const options = { rules: Object.fromEntries(rules.filter((r) => r.offByDefault).map((r) => [r.id, r.severity])) };
	let found = 0;
	for (const { text, name } of examples) {
		const { calls } = (await checker.check({ name, text }, options))!;
		const { wording } = languageOf(name, undefined, text)!;
		const [left, right] = [spoken, muted].map((catalog) =>
			judge(
				calls.map((call) => withEntryOf(call, catalog)),
				{ options, wording, catalog },
			).map(({ call, message, ...finding }) => ({ ...finding, message: withoutProse(message, call) })),
		);
		expect(right).toEqual(left);
		found += left!.length;
	}
	expect(found).toBeGreaterThan(150);
});

describe.each(['x86', 'x64'] as const)('on %s', (target) => {
	test('bytes mean the same', () => {
		const shapes = [spoken, muted].map((catalog) => new Shapes(catalog, target));
		for (const { name } of types) {
			for (const step of [0, 1, 37]) {
				const bytes = Uint8Array.from({ length: 400 }, (_, i) => (i * step) & 0xff);
				const [left, right] = shapes.map((s) =>
					decode(name, bytes, s).rows.map(({ path, text, value }) => ({ path, text, value })),
				);
				expect(right, name).toEqual(left);
			}
		}
	});

	test.each(['winsock', 'posix'] as const)('%s runs and probes are the same', (backend) => {
		for (const { name } of codes) {
			const [left, right] = [spoken, muted].map((catalog) => {
				const subject = subjectOf(name, catalog);
				if ('error' in subject) return subject;
				const run = prepare(subject, { backend, sizes: 'correct', target }, catalog);
				const probe = canProbe(subject.entry!) ? prepareProbe(subject, { backend, target }, catalog) : undefined;
				const questions = 'plan' in run ? run.questions : [];
				return {
					plan: 'plan' in run ? run.plan : run,
					confirm: 'plan' in run && run.confirm,
					questions: questions.map(({ kind, default: value, lowest, highest, allowed }) => ({
						...{ kind, value, lowest, highest },
						allowed: allowed?.map((a) => a.name),
					})),
					probe: probe && 'tries' in probe ? probe.tries : probe,
				};
			});
			expect(right, name).toEqual(left);
		}
	});
});

test('sizes and uses are shown the same', () => {
	for (const code of codes)
		for (const side of ['input', 'output'] as const) {
			const [left, right] = [spoken, muted].map((catalog) => {
				const { meaning: _, size, ...facts } = bufferFacts(catalog.code(code.name)!.code, side, catalog);
				return { ...facts, lines: size.length };
			});
			expect(right, code.name).toEqual(left);
		}
});
