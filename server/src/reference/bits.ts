/** A control code's 32 bits in words and as a picture; works for every number, known or not. */
import { type OpcodeParts, splitOpcode } from '../catalog/opcode.ts';

/** One group of bits, from the highest down. */
export interface BitField {
	/** `31`, `28-27`. */
	readonly place: string;
	/** Binary digits. */
	readonly digits: string;
	/** What the group is and holds: `I`, `vendor 0`, `group 't'`. */
	readonly label: string;
}

/** Address families that can stand in bits 26 to 16 of a code with T = 2 (`ws2def.h`). */
const FAMILIES: Readonly<Record<number, string>> = {
	0: 'AF_UNSPEC',
	1: 'AF_UNIX',
	2: 'AF_INET',
	6: 'AF_IPX',
	12: 'AF_DECnet',
	16: 'AF_APPLETALK',
	17: 'AF_NETBIOS',
	22: 'AF_ATM',
	23: 'AF_INET6',
	26: 'AF_IRDA',
	32: 'AF_BTH',
	34: 'AF_HYPERV',
};

/** Bits 26 to 16 of the codes that only WskControlSocket understands (`IOC_WSK`). */
const WSK_MARK = 0x700;

/** All 32 bits as groups, bit 31 first. */
export function bitFields(value: number): BitField[] {
	const parts = splitOpcode(value);
	const digits = parts.value.toString(2).padStart(32, '0');
	const group = (high: number, low: number, label: string): BitField => ({
		place: high === low ? String(high) : `${high}-${low}`,
		digits: digits.slice(31 - high, 32 - low),
		label,
	});
	const direction = [group(31, 31, 'I'), group(30, 30, 'O'), group(29, 29, 'V'), group(28, 27, `T=${parts.space}`)];
	if (parts.space !== 0) return [...direction, group(26, 16, familyLabel(parts)), group(15, 0, `code ${parts.code}`)];
	return [
		...direction,
		group(26, 23, '-'),
		group(22, 16, `size ${parts.family & 0x7f}`),
		group(15, 8, parts.group === undefined ? `group ${parts.code >>> 8}` : `group '${parts.group}'`),
		group(7, 0, `number ${parts.code & 0xff}`),
	];
}

function familyLabel({ space, family }: OpcodeParts): string {
	if (space === 3) return `vendor ${family}`;
	if (space === 2) return FAMILIES[family] ?? `family ${family}`;
	return family === WSK_MARK ? 'WSK' : `reserved ${family}`;
}

/** Three lines of equal columns: where the bits are, the bits, what they mean. For a fixed-width font. */
export function bitPicture(value: number): string[] {
	const fields = bitFields(value);
	const width = fields.map((f) => Math.max(f.place.length, f.digits.length, f.label.length));
	const line = (of: (f: BitField) => string) =>
		fields
			.map((f, i) => of(f).padEnd(width[i]!))
			.join('  ')
			.trimEnd();
	return [line((f) => f.place), line((f) => f.digits), line((f) => f.label)];
}

/** What the bits say, in one or two sentences. */
export function bitSentences(value: number): string {
	const parts = splitOpcode(value);
	return `${direction(parts)} ${space(parts)}`;
}

function direction(parts: OpcodeParts): string {
	const flow =
		parts.in && parts.out
			? 'Data goes in and comes out.'
			: parts.in
				? 'Data goes in.'
				: parts.out
					? 'Data comes out.'
					: '';
	if (parts.void) {
		return flow ? `${flow} V (no parameters) is set as well, which no header macro does.` : 'No parameters (V).';
	}
	return flow || 'No direction bit is set.';
}

function space(parts: OpcodeParts): string {
	switch (parts.space) {
		case 0: {
			const size = parts.family & 0x7f;
			const letter = parts.group === undefined ? `group ${parts.code >>> 8}` : `group '${parts.group}'`;
			const parameter = parts.void ? '' : `, parameter of ${size} ${size === 1 ? 'byte' : 'bytes'}`;
			return `Unix form (T=0): ${letter}, number ${parts.code & 0xff}${parameter}.`;
		}
		case 1:
			return parts.family === WSK_MARK
				? `A code of Winsock Kernel (T=1, IOC_WSK): code ${parts.code}.`
				: `A general Winsock 2 code (T=1): code ${parts.code}.`;
		case 2:
			return `A code of one address family (T=2): ${FAMILIES[parts.family] ?? `family ${parts.family}`}, code ${parts.code}.`;
		case 3:
			return `A vendor's code (T=3): vendor ${parts.family}, code ${parts.code}.`;
	}
}
