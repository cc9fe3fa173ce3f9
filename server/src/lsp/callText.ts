/** Which call a position means, and how calls are named and their sizes written in lenses, actions and pages. */

import type { Position } from 'vscode-languageserver';
import type { IoctlCall, Quantity } from '../calls/model.ts';
import { hex } from '../catalog/opcode.ts';
import { eitherOf } from '../reference/words.ts';
import type { Target } from '../types/ctype.ts';
import type { Analysis } from './session/analyses.ts';

/** The innermost call at a position, or the only one whose name stands on its line. */
export function callAt({ calls, document }: Analysis, position: Position): IoctlCall | undefined {
	const offset = document.offsetAt(position);
	const around = calls
		.filter((c) => c.start <= offset && offset <= c.end)
		.sort((a, b) => a.end - a.start - (b.end - b.start));
	if (around[0]) return around[0];
	const { line } = document.positionAt(offset);
	const onLine = calls.filter((c) => document.positionAt(c.calleeSpan.start).line === line);
	return onLine.length === 1 ? onLine[0] : undefined;
}

/** The name of a call's control code, its number where no name is known, `?` where neither is. */
export function codeName({ code, kind }: IoctlCall): string {
	if (code.entry) {
		// A further name of the same code is what the reader sees in the source.
		const { entry, name } = code;
		return name !== undefined && entry.aliases?.some((a) => a.name === name) ? name : entry.name;
	}
	const [value, ...others] = code.values;
	if (kind === 'ioctl' && value !== undefined && others.length === 0) return hex(value);
	return code.name ?? '?';
}

/** More different sizes than this say nothing any more. */
const MAX_ALTERNATIVES = 3;

/** `12`; `4/8` for 32-bit and 64-bit; `12 or 16` where the source allows both; `?` where it is not known. */
export function sizeText(quantity: Quantity | undefined, targets: readonly Target[]): string {
	if (!quantity) return '0';
	if (quantity.kind !== 'known' || quantity.values.length === 0) return '?';
	const texts = new Set(quantity.values.map((v) => [...new Set(targets.map((t) => v[t]))].join('/')));
	return texts.size > MAX_ALTERNATIVES ? '?' : eitherOf([...texts]);
}
