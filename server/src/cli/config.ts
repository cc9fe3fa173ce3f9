/** The configuration file: JSON with comments, with the keys and values of the editor's settings. */
import { statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { leadsOut, repositoryAround } from '../node/links.ts';
import { NotRegular, readRegularFile, TooLarge } from '../node/regularFile.ts';
import { Lines } from '../report/lines.ts';
import { readSettings, settingSpecs } from '../settings.ts';

/** The user asked for something that makes no sense; the message says what, and what would. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

export const CONFIG_NAME = '.ioctl-lens.json';

/** The settings that matter outside an editor. */
const KEYS: readonly string[] = settingSpecs.filter((spec) => spec.inFile).map((spec) => spec.key);

/** More than anybody writes, and little enough to read without care. */
const LARGEST_CONFIG = 1024 * 1024;
const LARGEST_BYTES = 4 * LARGEST_CONFIG;

/** The nearest configuration file in a folder or above it. @throws UsageError */
export function findConfig(folder: string): string | undefined {
	for (let at = folder; ; at = dirname(at)) {
		const file = join(at, CONFIG_NAME);
		if (statSync(file, { throwIfNoEntry: false })?.isFile()) {
			if (leadsOut(file, at, () => [repositoryAround(at) ?? at]))
				throw new UsageError(`${file}: a link out of its folder is not followed; --config takes any file`);
			return file;
		}
		if (at === dirname(at)) return undefined;
	}
}

/** Reads a configuration file's settings, as `readSettings` takes them. @throws UsageError */
export async function readConfig(path: string): Promise<Readonly<Record<string, unknown>>> {
	let text: string;
	try {
		const info = await stat(path);
		// A device may never come to an end; a pipe is what `--config <(…)` gives.
		if (info.isCharacterDevice() || info.isBlockDevice()) throw new UsageError(`${path}: not a file`);
		text = info.isFile() ? readRegularFile(path, LARGEST_BYTES).toString('utf8') : await readFile(path, 'utf8');
	} catch (error) {
		if (error instanceof UsageError) throw error;
		if (error instanceof NotRegular) throw new UsageError(`${path}: not a file`);
		if (error instanceof TooLarge) throw new UsageError(`${path}:1:1: too large for a configuration`);
		const { code } = error as NodeJS.ErrnoException;
		throw new UsageError(`${path}: ${code === 'ENOENT' ? 'does not exist' : `cannot be read: ${code ?? error}`}`);
	}
	return parseConfig(text.replace(/^\ufeff/, ''), path);
}

/**
 * The settings in a configuration file's text; `path` is for messages. Where the editor would warn and go on, this
 * stops: nobody looks at the output of a check that passes.
 * @throws UsageError
 */
export function parseConfig(text: string, path: string): Readonly<Record<string, unknown>> {
	const lines = new Lines(text);
	const fail = (message: string, offset: number): never => {
		const { line, column } = lines.region({ start: offset, end: offset });
		throw new UsageError(`${path}:${line}:${column}: ${message}`);
	};
	if (text.length > LARGEST_CONFIG) return fail('too large for a configuration', 0);
	const root = parse(text, fail);
	if (root?.type !== 'object') return fail('an object is expected, such as { "target": "x64" }', root?.offset ?? 0);
	for (const object of [root, ...members(root).map(([, value]) => value)]) {
		const seen = new Set<string>();
		for (const [key] of members(object)) {
			if (seen.has(key.value)) fail(`${JSON.stringify(key.value)} stands here twice`, key.offset);
			seen.add(key.value);
			if (object === root && !KEYS.includes(key.value))
				fail(`no setting is called ${JSON.stringify(key.value)}; there are ${KEYS.join(', ')}`, key.offset);
		}
	}
	const raw = getNodeValue(root);
	const { problems } = readSettings(raw);
	if (problems.length > 0) throw new UsageError(problems.map((problem) => `${path}: ${problem}`).join('\n'));
	for (const [key, value] of members(root)) {
		if (key.value !== 'exclude') continue;
		const back = value.children?.find((glob) => String(glob.value).startsWith('!'));
		if (back) fail('a pattern cannot take back another: leave out the "!"', back.offset);
	}
	return raw;
}

function parse(text: string, fail: (message: string, offset: number) => never): Node | undefined {
	const errors: ParseError[] = [];
	try {
		const root = parseTree(text, errors, { allowTrailingComma: true });
		const [error] = errors;
		return error ? fail(`not valid JSON: ${inWords(printParseErrorCode(error.error))}`, error.offset) : root;
	} catch (error) {
		// The parser descends by recursion.
		if (error instanceof RangeError) return fail('nested too deeply', 0);
		throw error;
	}
}

/** `CloseBraceExpected` as a person would say it. */
const inWords = (name: string): string => name.replace(/(?!^)[A-Z]/g, ' $&').toLowerCase();

/** Keys and values of an object; none of anything else. */
const members = (node: Node): [Node, Node][] =>
	node.type === 'object' ? (node.children ?? []).map((property) => property.children as [Node, Node]) : [];
