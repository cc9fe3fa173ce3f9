/** `#pragma pack`, and the headers of the SDK that hold one. */
import type { CUnit } from './unit.ts';

/** The packing in bytes from an offset of an item on; undefined: the compiler's own. */
export interface Packing {
	readonly unit: CUnit;
	readonly at: number;
	readonly pack: number | undefined;
}

const PACK = /^[ \t]*#[ \t]*(?:pragma[ \t]+pack[ \t]*\(([^)\n]*)\)|include[ \t]*[<"]([^>"\n]*)[>"])/gm;

/** Every change of the packing in a file, by position. */
export function readPacks(units: readonly CUnit[]): Packing[] {
	const packs: Packing[] = [];
	const stack: (number | undefined)[] = [];
	let current: number | undefined;
	for (const unit of units) {
		if (!/pack/i.test(unit.text) || unit.isDisabled) continue;
		for (const match of unit.plain.matchAll(PACK)) {
			if (match[2] !== undefined) {
				// The SDK's own bracket headers.
				const bracket = /psh?pack(\d+)\.h$/i.exec(match[2]);
				if (bracket) {
					stack.push(current);
					current = Number(bracket[1]);
				} else if (/pop(?:pack)\d*\.h$/i.test(match[2])) current = stack.pop();
				else continue;
			} else {
				const words = (match[1] ?? '').split(',').map((w) => w.trim());
				if (words[0] === 'push') stack.push(current);
				if (words[0] === 'pop') current = stack.pop();
				const number = words.map(Number).find((n) => n > 0);
				if (number !== undefined) current = number;
				else if (words.length === 1 && words[0] === '') current = undefined;
			}
			packs.push({ unit, at: match.index, pack: current });
		}
	}
	return packs;
}
