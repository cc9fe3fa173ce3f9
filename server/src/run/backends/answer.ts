/** What the answers of all backends have in common: buffers decoded, guard bytes in words, an answer in few words. */

import * as l10n from '@vscode/l10n';
import type { GuardVerdict } from '../../../../native/src/plan.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { BufferSpec } from '../../catalog/model.ts';
import { bytesText } from '../../reference/words.ts';
import { fromBase64, hexOf } from '../buffers/bytes.ts';
import { type Decoded, type DecodeOptions, decode, type Row, type Table } from '../buffers/decode.ts';
import { Shapes } from '../buffers/shape.ts';
import type { PreparedBuffer, PreparedRun } from '../prepare.ts';
import type { ResultBuffer } from '../result.ts';

/** The input as the call was given it; nothing where there was none. */
export function inputOf({ input, target, name }: PreparedRun, catalog: Catalog): { input?: ResultBuffer } {
	if (input.size === null && input.declared === 0) return {};
	return {
		input: {
			...bufferOf(input, input.bytes, new Shapes(catalog, target), unitOf(catalog.code(name)?.code.input)),
			...(input.size === null ? {} : { given: input.size }),
		},
	};
}

/** What the number that a buffer holds counts, for the decoder. */
export const unitOf = (spec: BufferSpec | undefined): Pick<DecodeOptions, 'unit'> =>
	spec?.unit === undefined ? {} : { unit: spec.unit };

/** A buffer with its bytes (base64; null for a NULL pointer) decoded. */
export function bufferOf(
	buffer: PreparedBuffer,
	base64: string | null,
	shapes: Shapes,
	options: Omit<DecodeOptions, 'memory'> & { length?: number } = {},
): ResultBuffer {
	const memory = fromBase64(base64);
	const bytes = options.length === undefined ? memory : memory.subarray(0, options.length);
	const { length: _, ...rest } = options;
	const decoded: Decoded =
		buffer.type && base64 !== null ? decode(buffer.type, bytes, shapes, { ...rest, memory }) : { rows: [], tables: [] };
	return {
		...(buffer.typeText === undefined ? {} : { type: buffer.typeText }),
		declared: buffer.declared,
		bytes: base64 === null ? null : hexOf(bytes),
		rows: decoded.rows,
		tables: decoded.tables,
	};
}

/** What is said of the bytes around a buffer; sizes are in words. */
interface Guarded {
	readonly intact: () => string;
	readonly past: (bytes: string, size: string) => string;
	readonly before: (bytes: string) => string;
}

const GUARDED: Readonly<Record<'input' | 'output', Guarded>> = {
	input: {
		intact: () => l10n.t('No byte outside of the input buffer was touched.'),
		past: (bytes, size) =>
			l10n.t('The call wrote past the end of the input buffer, up to {0} behind its {1}.', bytes, size),
		before: (bytes) => l10n.t('The call wrote {0} in front of the input buffer.', bytes),
	},
	output: {
		intact: () => l10n.t('No byte outside of the output buffer was touched.'),
		past: (bytes, size) =>
			l10n.t('The call wrote past the end of the output buffer, up to {0} behind its {1}.', bytes, size),
		before: (bytes) => l10n.t('The call wrote {0} in front of the output buffer.', bytes),
	},
};

/** What became of the guard bytes around a buffer of that size; null: there is none. */
export function guardWords(which: 'input' | 'output', verdict: GuardVerdict | null, size: number | null): string[] {
	if (!verdict || size === null) return [];
	const say = GUARDED[which];
	const { intact, before, last } = verdict;
	if (intact) return [say.intact()];
	return [
		...(last !== null && last >= size ? [say.past(bytesText(last - size + 1), bytesText(size))] : []),
		...(before > 0 ? [say.before(bytesText(before))] : []),
	];
}

/** The answer in a few words: the only value, or how many entries. */
export function shortAnswer(
	output: { rows: readonly Row[]; tables: readonly Table[] } | undefined,
): string | undefined {
	if (!output || output.rows.length === 0) return undefined;
	const [table] = output.tables;
	if (table) return table.rows.length === 1 ? l10n.t('1 entry') : l10n.t('{0} entries', table.rows.length);
	const outer = output.rows.filter((r) => r.depth === 0);
	if (outer.length === 1) return outer[0]!.text || undefined;
	return outer
		.slice(0, 2)
		.map((r) => `${r.path} ${r.text}`)
		.join(', ');
}
