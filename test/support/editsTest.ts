/** The texts that random edits are made in, and the test over them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { Comparison, described, keeper, type Open, type Subject } from './edits.ts';

const root = path.join(import.meta.dirname, '../..');
const files = (folder: string): Subject[] =>
	readdirSync(path.join(root, folder), { withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ name }) => ({ name, text: readFileSync(path.join(root, folder, name), 'utf8') }));

/** Examples of several rules in one text, as far as they are C. */
function examples(): Subject[] {
	const rejected = rules.flatMap((rule) => rule.rejected.filter((text) => !/koffi|=>|\bconst \w+ = /.test(text)));
	return Array.from({ length: 8 }, (_, i) => ({
		name: `rules${i}.c`,
		text: rejected.filter((_, at) => at % 8 === i).join('\n'),
	}));
}

const folders = [
	'examples',
	'test/fixtures/edits',
	'test/fixtures/correct',
	'test/fixtures/quiet',
	'test/fixtures/ts',
	'test/fixtures/real',
];

/** Defines the tests: so many sequences in all, over the texts whose names fit. */
export function editsLead(names: RegExp, sequences: number): void {
	const subjects = [...folders.flatMap(files), ...examples()]
		.filter(({ name }) => names.test(name))
		// Every third has the line ends of Windows.
		.map((subject, i) => (i % 3 === 2 ? { ...subject, text: subject.text.replace(/\r?\n/g, '\r\n') } : subject));
	const pool = subjects.map(({ text }) => text);
	const engine = nodeEngine(import.meta.dirname);
	const { open, dispose } = keeper(engine);
	const comparison = new Comparison(engine, open);
	afterAll(() => {
		dispose();
		comparison.dispose();
	});

	describe('edits lead to what a fresh check gives', () => {
		it.each(subjects.map((subject, seed) => ({ ...subject, seed })))('$name', async (subject) => {
			const each = Math.ceil(sequences / subjects.length);
			const replay = await comparison.run(subject, subject.seed + 1, each, pool);
			if (replay) expect.fail(described(replay));
		});

		it('in enough sequences, with calls and findings in them', () => {
			expect(comparison.sequences).toBeGreaterThanOrEqual(sequences);
			expect(comparison.calls).toBeGreaterThan(sequences);
			expect(comparison.findings).toBeGreaterThan(sequences / 2);
		});
	});

	it('a document that keeps an old result now and then is found out, with few steps to show it', async () => {
		let checks = 0;
		const forgetful: Open = (subject) => {
			const kept = open(subject);
			let last: Awaited<ReturnType<typeof kept.check>>;
			return {
				edit: kept.edit,
				close: kept.close,
				get text() {
					return kept.text;
				},
				async check(options, cancelled) {
					// Where a text has grown by a call, the result of before is the wrong one.
					const result = await kept.check(options, cancelled);
					if (last && result && ++checks > 0 && result.calls.length > last.calls.length) return last;
					last = result;
					return result;
				},
			};
		};
		const wrong = new Comparison(engine, forgetful);
		const subject = subjects.find(({ name }) => /^(?:right\.c|koffi\.ts)$/.test(name));
		const replay = subject && (await wrong.run(subject, 7, 200, pool));
		wrong.dispose();
		expect(replay?.steps.length).toBe(1);
		expect(replay?.start.length).toBeLessThan(subject?.text.length ?? 0);
		expect(replay?.kept).not.toBe(replay?.fresh);
	});
}
