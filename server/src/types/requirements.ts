/** What a control code asks of its buffers, as numbers for each target. */
import type { Catalog } from '../catalog/catalog.ts';
import type { Basis, BufferSpec, CodeFacts } from '../catalog/model.ts';
import type { PerTarget } from './ctype.ts';
import { evaluateSize, type Lookup, parseTypeName, sizeOf } from './layout.ts';

/** Smallest size in bytes that can work, or undefined when no source gives one. */
export function minimumSize(spec: BufferSpec, catalog: Catalog): PerTarget | undefined {
	let sizes = known.get(catalog);
	if (!sizes) {
		sizes = new WeakMap();
		known.set(catalog, sizes);
	}
	const found = sizes.get(spec);
	if (found !== undefined) return found ?? undefined;
	const size = computed(spec, catalog.lookup);
	sizes.set(spec, size ?? null);
	return size;
}

/** Every rule asks for the same few sizes at every call. */
const known = new WeakMap<Catalog, WeakMap<BufferSpec, PerTarget | null>>();

function computed({ minimum, type }: BufferSpec, lookup: Lookup): PerTarget | undefined {
	if (minimum) return evaluateSize(minimum, lookup);
	return type === undefined ? undefined : sizeOf(parseTypeName(type), lookup);
}

const FIRM: readonly Basis[] = ['documented', 'header', 'observed', 'configured'];

/** True where a size is known well enough to call a shortfall a certain failure. */
export const isFirm = (spec: BufferSpec): boolean =>
	(spec.confidence === 'hard' || (spec.confidence === 'type' && spec.tooSmall !== undefined)) &&
	FIRM.some((basis) => basis === spec.basis);

/** The error of a buffer below the smallest size: the code's own, else the one that its family has for all. */
export const tooSmallError = (code: CodeFacts, side: 'input' | 'output', catalog: Catalog): string =>
	code[side].tooSmall?.belowMinimum ?? code[side].tooSmall?.error ?? catalog.family(code.opcode).errors.tooSmall;
