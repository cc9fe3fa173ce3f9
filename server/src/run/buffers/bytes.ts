/** Bytes as text and as numbers. */

/** Base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text);
}

/** The bytes of base64 text; none for null. */
export const fromBase64 = (text: string | null | undefined): Uint8Array =>
	text ? Uint8Array.from(atob(text), (c) => c.charCodeAt(0)) : new Uint8Array();

/** Two digits for each byte, without spaces. */
export const hexOf = (bytes: Uint8Array): string => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');

/** An unsigned little-endian number of 1 to 8 bytes. */
export function readUnsigned(bytes: Uint8Array, offset: number, size: number): bigint {
	let value = 0n;
	for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[offset + i] ?? 0);
	return value;
}

/** Writes the low bytes of a number, little-endian. */
export function writeInteger(bytes: Uint8Array, offset: number, size: number, value: bigint): void {
	let rest = BigInt.asUintN(size * 8, value);
	for (let i = 0; i < size; i++) {
		bytes[offset + i] = Number(rest & 0xffn);
		rest >>= 8n;
	}
}
