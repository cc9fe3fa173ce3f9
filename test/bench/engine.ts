// How the time of a check grows with the text: the time for each call of larger and larger files, as ratios to the
// smallest. What costs the square of the number doubles from row to row. Usage: npm run bench
import path from 'node:path';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';

const ROUNDS = 3;
const CALLS = [50, 100, 200, 400, 800];

const call = '\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, sizeof(ka), NULL, 0, &bytes, NULL, NULL);\n';
const setUp = '\tstruct tcp_keepalive ka = { 1, 10000, 1000 };\n\tDWORD bytes;\n';

/** Each makes a C file with this many calls. */
const shapes: Readonly<Record<string, (calls: number) => string>> = {
	'all calls in one function': (calls) => `void f(SOCKET s)\n{\n${setUp}${call.repeat(calls)}}\n`,
	'one function for each call': (calls) =>
		Array.from({ length: calls }, (_, i) => `void f${i}(SOCKET s)\n{\n${setUp}${call}}\n`).join('\n'),
	'one macro for each size': (calls) => {
		const sizes = Array.from(
			{ length: calls },
			(_, i) => `#define SIZE${i} (${i === 0 ? '4' : `SIZE${i - 1} - 1`} + 1)\n`,
		);
		const used = sizes.map((_, i) => call.replace('sizeof(ka)', `SIZE${i}`)).join('');
		return `${sizes.join('')}void f(SOCKET s)\n{\n${setUp}${used}}\n`;
	},
};

const checker = new Checker(nodeEngine(path.join(import.meta.dirname, '../../server/src')));
const milliseconds = async (text: string): Promise<number> => {
	const start = performance.now();
	await checker.check({ name: 'bench.c', text });
	return performance.now() - start;
};

for (const [name, shape] of Object.entries(shapes)) {
	console.log(`\n${name}`);
	let first = 0;
	for (const calls of CALLS) {
		const text = shape(calls);
		await milliseconds(text);
		let best = Number.POSITIVE_INFINITY;
		for (let round = 0; round < ROUNDS; round++) best = Math.min(best, await milliseconds(text));
		const each = best / calls;
		first ||= each;
		console.log(
			`  ${String(calls).padStart(4)} calls  ${best.toFixed(1).padStart(8)} ms  for each call ${(each / first).toFixed(2)} ×`,
		);
	}
}
checker.dispose();
