/** What a control code asks of its buffers, as numbers for each target. */
import type { BufferSpec, ControlCode } from '../catalog/model.ts';
import { catalogType } from './catalogTypes.ts';
import type { PerTarget } from './ctype.ts';
import { evaluateSize, parseTypeName, sizeOf } from './layout.ts';

/** Smallest size in bytes that can work, or undefined when no source gives one. */
export function minimumSize(spec: BufferSpec): PerTarget | undefined {
	if (spec.minimum) return evaluateSize(spec.minimum, catalogType);
	return spec.type === undefined ? undefined : sizeOf(parseTypeName(spec.type), catalogType);
}

/** True where a size is known well enough to call a shortfall a certain failure. */
export const isFirm = (spec: BufferSpec): boolean =>
	(spec.confidence === 'hard' || (spec.confidence === 'type' && spec.tooSmall !== undefined)) &&
	(spec.basis === 'documented' || spec.basis === 'header' || spec.basis === 'observed');

/** The error of a buffer below the smallest size: the code's own, else the one that WSAIoctl's page gives for all. */
export const tooSmallError = (code: ControlCode, side: 'input' | 'output'): string =>
	code[side].tooSmall?.belowMinimum ?? code[side].tooSmall?.error ?? 'WSAEFAULT';
