/**
 * What is said of each rejected example, and of calls in every way that they are commonly written, and what a fix makes
 * of the line, word for word: one file for each rule and each kind of call.
 */
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import type { Finding, Fix } from '../../server/src/rules/rule.ts';
import { GRIDS } from '../support/callGrids.ts';
import { checked } from '../support/checked.ts';
import { matchesGolden } from '../support/golden.ts';
import { rejectedExamples } from '../support/rejectedExamples.ts';

const folder = join(import.meta.dirname, '../fixtures/messages');
const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const apply = (text: string, { edits }: Fix): string =>
	[...edits].sort((a, b) => b.start - a.start).reduce((t, e) => t.slice(0, e.start) + e.newText + t.slice(e.end), text);

/** The lines of a text that are not lines of another. */
const newLines = (text: string, old: string): string[] => {
	const were = new Set(old.split('\n'));
	return text.split('\n').filter((line) => !were.has(line));
};

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** A message is written out where it stands for the first time. */
function told(
	text: string,
	{ rule, severity, start, end, message, fix }: Finding,
	seen: Set<string>,
): readonly string[] {
	const isNew = !seen.has(message);
	seen.add(message);
	const lines = fix ? newLines(apply(text, fix), text).map(inOneLine).join(' ⏎') : '';
	return [
		`  ${severity} ${rule} at ${inOneLine(text.slice(start, end))}`,
		...(isNew ? [`    ${message}`] : []),
		...(fix ? [`    ${fix.title}:${lines}`] : []),
	];
}

it.each(rules.map(({ id }) => id))('%s', async (id) => {
	// C is C++ here: what the two have in common is said once.
	const examples = rejectedExamples.filter(({ rule, name }) => rule === id && !name.endsWith(', cpp'));
	expect(examples.length).toBeGreaterThan(0);
	const seen = new Set<string>();
	const lines = [];
	for (const { name, text, ending, options } of examples) {
		const { findings } = await checked(checker, { name: `example.${ending}`, text }, options);
		lines.push(name, ...findings.flatMap((finding) => told(text, finding, seen)));
	}
	matchesGolden(join(folder, `${id}.txt`), `${lines.join('\n')}\n`);
});

it.each(GRIDS)('calls: $name', async ({ name, ending, options, around, calls }) => {
	const seen = new Set<string>();
	const lines = [];
	for (const call of calls) {
		const text = around(call);
		const { findings } = await checked(checker, { name: `example.${ending}`, text }, options);
		lines.push(inOneLine(call), ...findings.flatMap((finding) => told(text, finding, seen)));
	}
	matchesGolden(join(folder, `calls-${name}.txt`), `${lines.join('\n')}\n`);
});
