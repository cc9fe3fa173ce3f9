// The same calls through a foreign function interface, where no compiler knows any structure.
import koffi from 'koffi';

const ws2_32 = koffi.load('ws2_32.dll');
const WSAIoctl = ws2_32.func(
	'int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, _Out_ void *out, uint32_t outSize, _Out_ uint32_t *bytes, void *overlapped, void *routine)',
);

const SIO_KEEPALIVE_VALS = 0x98000004;
const SIO_BASE_HANDLE = 0x48000022;

export function keepAlive(socket: bigint): number {
	const settings = Buffer.alloc(12);
	settings.writeUInt32LE(1, 0);
	settings.writeUInt32LE(30_000, 4);
	settings.writeUInt32LE(1000, 8);
	const bytes = Buffer.alloc(4);
	return WSAIoctl(socket, SIO_KEEPALIVE_VALS, settings, settings.length, null, 0, bytes, null, null);
}

export function baseHandle(socket: bigint): bigint {
	const base = Buffer.alloc(8);
	const bytes = Buffer.alloc(4);
	WSAIoctl(socket, SIO_BASE_HANDLE, null, 0, base, base.byteLength, bytes, null, null);
	return base.readBigUInt64LE();
}
