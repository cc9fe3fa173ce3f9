/** What the command line sees of the disk while it checks goes through one door, so that a kept result knows all of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sources = join(import.meta.dirname, '../../server/src');

/** What reads or looks, and not only writes. */
const LOOKS =
	/\b(?:accessSync|existsSync|fstatSync|globSync|lstatSync|openSync|opendirSync|readFile|readFileSync|readSync|readdirSync|readlinkSync|realpathSync|statSync|createReadStream)\b/;

/** The door itself, what looks again, and what looks at nothing that a result of `check` is made of. */
const ALLOWED = [
	'cli/cacheFile.ts',
	'cli/fix.ts',
	'cli/main.ts',
	'cli/remembered.ts',
	'cli/runCommand.ts',
	'node/cli.ts',
	'node/disk.ts',
	'node/engine.ts',
	'node/regularFile.ts',
	'node/seenAgain.ts',
	'node/sightings.ts',
];

test('no other source of the command line looks at the disk', () => {
	const files = ['cli', 'node', 'report', 'check', 'configuration', 'workspace'].flatMap((folder) =>
		(readdirSync(join(sources, folder), { recursive: true }) as string[])
			.filter((name) => name.endsWith('.ts'))
			.map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
	);
	const looking = files.filter((file) => {
		const text = readFileSync(join(sources, file), 'utf8');
		const [, names = ''] = /^import \{([^}]*)\} from 'node:fs(?:\/promises)?';$/m.exec(text) ?? [];
		return LOOKS.test(names) || /from 'node:fs'.*\bfs\b|import \* as .* from 'node:fs/.test(text);
	});
	expect(looking.sort()).toEqual(ALLOWED);
});
