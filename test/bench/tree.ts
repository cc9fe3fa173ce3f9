/** Checks a whole tree, beside programs that look for a word or a pattern in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that looks at a tree, started in its folder. */
export interface Contender {
	readonly name: string;
	readonly command: readonly [string, ...string[]];
	/** Statuses that mean it did its work. */
	readonly statuses: readonly number[];
	/** Fewer rounds than the others, for one that takes long. */
	readonly rounds?: number;
}

/** Wall-clock milliseconds of a program in a folder; what it writes is read and dropped. */
async function run({ name, command, statuses }: Contender, folder: string): Promise<number> {
	const start = performance.now();
	const child = spawn(command[0], command.slice(1), { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
	child.stdout.resume();
	const [status] = await once(child, 'close');
	if (!statuses.includes(status)) throw new Error(`${name} ended with ${status}`);
	return performance.now() - start;
}

/**
 * The times of each contender, in milliseconds. They take turns, so that a busy moment meets them all; one round is
 * not counted, in which the files come into the system's cache.
 */
export async function race(
	contenders: readonly Contender[],
	folder: string,
	rounds: number,
): Promise<Map<string, number[]>> {
	const results = new Map(contenders.map(({ name }) => [name, [] as number[]]));
	for (let round = 0; round <= rounds; round++)
		for (const contender of contenders) {
			if (round > (contender.rounds ?? rounds)) continue;
			const time = await run(contender, folder);
			if (round > 0) results.get(contender.name)?.push(time);
		}
	return results;
}
