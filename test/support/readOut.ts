/** What is read of calls and declarations, in lines that people can compare with the source. */
import type { Quantity } from '../../server/src/calls/model.ts';
import type { CheckResult } from '../../server/src/check/check.ts';
import type { CType } from '../../server/src/types/ctype.ts';

/** Said of nearly every call. */
const USUAL: Readonly<Record<string, unknown>> = {
	kind: 'ioctl',
	resultUsed: false,
	waits: false,
	nonBlocking: false,
	nullness: 'unknown',
};
/** Told by the texts beside them. */
const LEFT_OUT: ReadonlySet<string> = new Set(['start', 'end', 'calleeSpan', 'list', 'write']);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** `12`, or `4/8` where 64-bit Windows has another one. */
function sizeTold({ x86, x64, arm64 }: Record<string, unknown>): string | undefined {
	if (x86 === undefined || x64 === undefined) return undefined;
	const all = new Set([x86, x64, arm64]);
	return all.size === 1 ? String(x64) : [...all].join('/');
}

/** `SOCKADDR_IN *`, `{low DWORD}`. */
function typeTold(type: CType): string {
	switch (type.kind) {
		case 'pointer':
			return `${typeTold(type.to)} *`;
		case 'array':
			return `${typeTold(type.of)}[${type.length ?? ''}]`;
		case 'record':
			return type.name || `{${type.fields.map((field) => `${field.name} ${typeTold(field.type)}`).join(', ')}}`;
		case 'scalar':
		case 'named':
			return type.name;
		default:
			return type.kind;
	}
}

const quantityTold = (quantity: Quantity): string => {
	if (quantity.kind === 'known') return quantity.values.map((size) => sizeTold({ ...size })).join('|');
	return quantity.kind === 'symbolic' ? `of ${quantity.object}` : '?';
};

const TYPES: ReadonlySet<string> = new Set(['sizeofType', 'to', 'holds']);

/** Properties that have a short form of their own. */
function shortForm(key: string, value: Record<string, unknown>): string | undefined {
	if (key === 'entry') return String(value.name);
	// A parameter's type says how it is passed.
	if (TYPES.has(key) || (key === 'type' && !('bytes' in value) && !('to' in value))) return typeTold(value as CType);
	return key === 'value' || key === 'length' ? quantityTold(value as Quantity) : undefined;
}

/** A value of any kind in one line; where something stands by the text there. */
function told(value: unknown, source: string): string {
	if (typeof value === 'bigint') return String(value);
	if (Array.isArray(value)) return `[${value.map((one) => told(one, source)).join(', ')}]`;
	if (!isObject(value)) return typeof value === 'string' ? value.replace(/\s+/g, ' ') : String(value);
	const size = sizeTold(value);
	if (size !== undefined) return size;
	const { start, end } = value;
	const isPlaced = typeof start === 'number' && typeof end === 'number';
	const place = isPlaced && value.text === undefined ? [source.slice(start, end).replace(/\s+/g, ' ')] : [];
	return `{${[...place, ...properties(value, source)].join(' ')}}`;
}

const properties = (value: Record<string, unknown>, source: string): string[] =>
	Object.entries(value).flatMap(([key, one]) => {
		if (LEFT_OUT.has(key) || one === USUAL[key] || one === value.api || (Array.isArray(one) && one.length === 0))
			return [];
		if ((key === 'overlapped' || key === 'completion') && isObject(one) && one.nullness === 'null') return [];
		// A size that is written is told where it stands.
		if (key === 'length' && value.size) return [];
		return [`${key}=${(isObject(one) ? shortForm(key, one) : undefined) ?? told(one, source)}`];
	});

/** The calls and declarations of a source, each by its line with all that is known of it. */
export function readOut(source: string, { calls, bindings }: CheckResult): string {
	const lineOf = (at: number) => source.slice(0, at).split('\n').length;
	return [...calls, ...bindings]
		.map(
			(one) =>
				`${lineOf(one.start)}: ${one.api}\n${properties({ ...one }, source)

					.map((line) => `  ${line}\n`)
					.join('')}`,
		)
		.join('');
}
