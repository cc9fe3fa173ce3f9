/** JSON that tools write for one another, with comments: anything may be wrong with it. */
import { parse } from 'jsonc-parser';
import { regularText } from '../regularFile.ts';

/** In bytes. */
const LARGEST = 1024 * 1024;

/** What a file holds, as far as it can be read; undefined where there is none. */
export function readJson(path: string): unknown {
	const text = regularText(path, LARGEST)?.replace(/^\ufeff/, '');
	return text === undefined ? undefined : parse(text, [], { allowTrailingComma: true });
}

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The texts of a list, or the one that stands alone. */
export const textsOf = (value: unknown): string[] =>
	(typeof value === 'string' ? [value] : listOf(value)).filter((each) => typeof each === 'string');
