/** Numeric addresses, without a resolver: the runner looks up no names. */

/** The address's 4 or 16 bytes in network order; undefined for anything that is not a plain numeric address. */
export function parseAddress(text: string): Uint8Array | undefined {
	return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

/** 127.0.0.0/8 or ::1, in any spelling. An IPv4 address mapped into IPv6 does not count. */
export function isLoopback(text: string): boolean {
	const bytes = parseAddress(text);
	if (bytes === undefined) return false;
	if (bytes.length === 4) return bytes[0] === 127;
	return bytes.every((byte, index) => byte === (index === 15 ? 1 : 0));
}

/** The usual text of 4 or 16 address bytes; IPv6 compressed at its longest run of zeros, as RFC 5952 has it. */
export function formatAddress(bytes: Uint8Array): string {
	if (bytes.length === 4) return bytes.join('.');
	const groups = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0));
	let start = -1;
	let length = 1;
	for (let from = 0; from < 8; from++) {
		let to = from;
		while (to < 8 && groups[to] === 0) to++;
		if (to - from > length) {
			start = from;
			length = to - from;
		}
	}
	const hex = groups.map((group) => group.toString(16));
	if (start < 0) return hex.join(':');
	return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

function parseIPv4(text: string): Uint8Array | undefined {
	const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
	if (!match) return undefined;
	const parts = match.slice(1);
	// A leading zero means octal to some parsers and decimal to others.
	if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) return undefined;
	return Uint8Array.from(parts, Number);
}

function parseIPv6(text: string): Uint8Array | undefined {
	const halves = text.split('::');
	if (halves.length > 2) return undefined;
	const read = (half: string): number[] | undefined => {
		if (half === '') return [];
		const groups = half.split(':');
		if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
		return groups.map((group) => Number.parseInt(group, 16));
	};
	const head = read(halves[0] ?? '');
	const tail = halves.length === 2 ? read(halves[1] ?? '') : [];
	if (!head || !tail) return undefined;
	const missing = 8 - head.length - tail.length;
	if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
	const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
	return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}
