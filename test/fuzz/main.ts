/**
 * `npm run fuzz -- [--seed N] [--count N] [PART…]`: tries cases of each part, and ends with 1 when one is wrong or all
 * together take too much memory. Its heap is held small, so that what is counted is needed and not only not yet collected.
 */
import { parseArgs } from 'node:util';
import { fuzz, parts } from './parts.ts';

const { values, positionals } = parseArgs({
	options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '2000' } },
	allowPositionals: true,
});
/** Megabytes of the whole process. */
const MOST_MEMORY = 500;

for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
	const start = performance.now();
	const found = await fuzz(name, Number(values.seed), Number(values.count));
	const seconds = ((performance.now() - start) / 1000).toFixed(1);
	const peak = Math.round(process.resourceUsage().maxRSS / 1024);
	console.log(
		`${name}: ${values.count} cases from seed ${values.seed}, ${found.length} wrong, ${seconds} s, at most ${peak} MB`,
	);
	for (const wrong of found) console.log(wrong);
	if (found.length > 0 || peak > MOST_MEMORY) process.exitCode = 1;
}
