/** What is said of each rejected example, and what its fix makes of the line, word for word: one file for each rule. */
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import type { Finding, Fix } from '../../server/src/rules/rule.ts';
import { checked } from '../support/checked.ts';
import { matchesGolden } from '../support/golden.ts';
import { type Example, rejectedExamples } from '../support/rejectedExamples.ts';

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

function told(text: string, { severity, start, end, message, fix }: Finding): string {
	const marked = text.slice(start, end).replace(/\s+/g, ' ');
	const fixed = fix
		? [`    ${fix.title}`, ...newLines(apply(text, fix), text).map((line) => `    > ${line.trim()}`)]
		: [];
	return [`${severity}: ${marked}`, `    ${message}`, ...fixed].join('\n');
}

async function section({ name, text, ending, options }: Example): Promise<string> {
	const { findings } = await checked(checker, { name: `example.${ending}`, text }, options);
	return `# ${name}\n${findings.map((finding) => told(text, finding)).join('\n')}\n`;
}

it.each(rules.map(({ id }) => id))('%s', async (id) => {
	// C is C++ here: what the two have in common is said once.
	const examples = rejectedExamples.filter(({ rule, name }) => rule === id && !name.endsWith(', cpp'));
	expect(examples.length).toBeGreaterThan(0);
	const sections = [];
	for (const example of examples) sections.push(await section(example));
	matchesGolden(join(folder, `${id}.txt`), sections.join('\n'));
});
