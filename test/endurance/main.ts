/** `npm run endurance -- [--seed N] [--documents N] [--edits N] [--openings N]`: ends with 1 when memory grew or a tree is left. */
import { parseArgs } from 'node:util';
import { live } from './day.ts';

const { values } = parseArgs({
	options: {
		seed: { type: 'string', default: '1' },
		documents: { type: 'string', default: '200' },
		edits: { type: 'string', default: '50000' },
		openings: { type: 'string', default: '1000' },
	},
});
/** What may be held more in the evening. */
const MOST = 1.1;

const start = performance.now();
const { held, left, edits, openings, questions, runs } = await live({
	seed: Number(values.seed),
	documents: Number(values.documents),
	edits: Number(values.edits),
	openings: Number(values.openings),
	settled: Math.min(1000, Number(values.edits) >> 1),
});
console.log(
	`${edits} edits, ${openings} openings, ${questions} questions and ${runs} plans of runs over ${values.documents} documents in ${((performance.now() - start) / 1000).toFixed(0)} s`,
);
for (const { edits: after, bytes, trees } of held)
	console.log(`after ${after} edits: ${(bytes / 1e6).toFixed(1)} MB held, ${trees} trees alive`);
console.log(`after everything was closed: ${left.documents} documents, ${left.trees} trees`);
const grown = (held.at(-1)?.bytes ?? 0) / (held[0]?.bytes ?? 1);
const isSame = held.every(({ trees }) => trees === held[0]?.trees);
console.log(`memory: × ${grown.toFixed(3)}, and at most × ${MOST} is allowed`);
if (grown > MOST || !isSame || left.documents > 0 || left.trees > 0) process.exitCode = 1;
