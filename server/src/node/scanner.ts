/**
 * Tells whether bytes hold one of some words, sixteen places at a time: most of what the check of a tree does is to find
 * out that a file has none. The search is a module of WebAssembly that is made for the words.
 */

/** Bytes compared of each word: its last ones. */
const WINDOW = 4;
/** Those of them that are compared first; few places have a pair of them. */
const PAIR = 2;
/** Places looked at in one step. */
const STEP = 16;

const leb = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >> 7)]);
const sized = (bytes: readonly number[]): number[] => [...leb(bytes.length), ...bytes];
const section = (id: number, ...items: readonly number[][]): number[] => [
	id,
	...sized([items.length, ...items.flat()]),
];
const name = (text: string): number[] => sized([...Buffer.from(text)]);

const I32 = 0x7f;
const V128 = 0x7b;
/** Locals: where it looks, where it ends, the bytes at 0, 1, … places behind, and the bytes to compare with. */
const AT = 0;
const END = 1;
const FIRST = 2;
const KNOWN = FIRST + WINDOW;

const set = (local: number): number[] => [0x21, local];
const get = (local: number): number[] => [0x20, local];
const simd = (op: number): number[] => [0xfd, ...leb(op)];
const load = (offset: number): number[] => [...simd(0x00), 0, offset];
const splat = (byte: number): number[] => [...simd(0x0c), ...new Array<number>(STEP).fill(byte)];
const EQUAL = simd(0x23);
const AND = simd(0x4e);
const OR = simd(0x50);
const ANY = simd(0x53);
const IF = [0x04, 0x40];

/** The places, as a vector, at which the bytes of one of the parts stand; `known`: what is compared with, in its order. */
const places = (parts: readonly string[], from: number, known: readonly number[]): number[] =>
	parts.flatMap((part, i) => {
		const bytes = [...Buffer.from(part, 'latin1')].slice(from);
		const all = bytes.flatMap((byte, at) => [
			...get(FIRST + from + at),
			...get(KNOWN + known.indexOf(byte)),
			...EQUAL,
			...(at > 0 ? AND : []),
		]);
		return i > 0 ? [...all, ...OR] : all;
	});

/** A module with `find(at, end)`: 1 when one of the parts begins at a place from `at` on, else 0. */
function moduleFor(parts: readonly string[]): Uint8Array<ArrayBuffer> {
	const loads = Array.from({ length: WINDOW }, (_, i) => [...get(AT), ...load(i), ...set(FIRST + i)]);
	const start = WINDOW - PAIR;
	const known = [...new Set(parts.flatMap((part) => [...Buffer.from(part, 'latin1')]))];
	const constants = known.flatMap((byte, i) => [...splat(byte), ...set(KNOWN + i)]);
	const pairs = [...loads.slice(start).flat(), ...places(parts, start, known), ...ANY];
	const words = [...loads.slice(0, start).flat(), ...places(parts, 0, known), ...ANY];
	const found = [...pairs, ...IF, ...words, ...IF, 0x41, 1, 0x0f, 0x0b, 0x0b];
	const next = [...get(AT), 0x41, STEP, 0x6a, 0x22, AT, ...get(END), 0x48, 0x0d, 0];
	const body = [1, WINDOW + known.length, V128, ...constants, 0x03, 0x40, ...found, ...next];
	return Uint8Array.from([
		...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
		...section(1, [0x60, 2, I32, I32, 1, I32]),
		...section(2, [...name('host'), ...name('memory'), 2, 0, 1]),
		...section(3, [0]),
		...section(7, [...name('find'), 0, 0]),
		...section(10, sized([...body, 0x0b, 0x41, 0, 0x0b])),
	]);
}

const PAGE = 65536;

type Find = (at: number, end: number) => number;

/** What is used of it; the types of Node declare no more than its name. */
interface Assembly {
	readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
	readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
	readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly find: Find } };
}
const assembly = (globalThis as unknown as { readonly WebAssembly: Assembly }).WebAssembly;

/** A buffer, and a search in what stands at its start. */
export class Scanner {
	/** To be filled by whoever searches. */
	readonly buffer: Buffer;
	readonly #bytes: Buffer;
	readonly #find: Find | undefined;

	/**
	 * @param words any; where one has less than four bytes, nothing is ruled out.
	 * @param size of the buffer, in bytes.
	 */
	constructor(words: readonly Buffer[], size: number) {
		const memory = new assembly.Memory({ initial: Math.ceil((size + STEP + WINDOW) / PAGE) });
		this.#bytes = Buffer.from(memory.buffer);
		this.buffer = this.#bytes.subarray(0, size);
		const parts = new Set(words.map((word) => word.toString('latin1').slice(-WINDOW)));
		if ([...parts].some((part) => part.length < WINDOW)) return;
		const module = new assembly.Module(moduleFor([...parts]));
		this.#find = new assembly.Instance(module, { host: { memory } }).exports.find;
	}

	/** False when none of the words stands in the first bytes of the buffer; true says no more than that one may. */
	mayHold(length: number): boolean {
		this.#bytes.fill(0, length, length + STEP + WINDOW);
		return length > 0 && this.#find?.(0, length) !== 0;
	}
}
