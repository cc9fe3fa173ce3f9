/** A control code's 32 bits as a picture; works for every number, known or not. */
import type { Family } from '../catalog/family.ts';

/** One group of bits as the picture shows it, from the highest down. */
export interface PicturedBits {
	/** `31`, `28-27`. */
	readonly place: string;
	/** Binary digits. */
	readonly digits: string;
	/** What the group is and holds: `I`, `vendor 0`, `group 't'`. */
	readonly label: string;
}

/** All 32 bits as groups, bit 31 first. */
export const bitFields = (value: number, family: Family): PicturedBits[] =>
	family.split(value).fields.map(({ bits: [high, low], value, meaning }) => ({
		place: high === low ? String(high) : `${high}-${low}`,
		digits: value.toString(2).padStart(high - low + 1, '0'),
		label: meaning,
	}));

/** Three lines of equal columns: where the bits are, the bits, what they mean. For a fixed-width font. */
export function bitPicture(value: number, family: Family): string[] {
	const fields = bitFields(value, family);
	const width = fields.map((f) => Math.max(f.place.length, f.digits.length, f.label.length));
	const line = (of: (f: PicturedBits) => string) =>
		fields
			.map((f, i) => of(f).padEnd(width[i]!))
			.join('  ')
			.trimEnd();
	return [line((f) => f.place), line((f) => f.digits), line((f) => f.label)];
}
