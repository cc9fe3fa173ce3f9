// Calls through a foreign function interface that go wrong.
import koffi from 'koffi';

const ws2_32 = koffi.load('ws2_32.dll');
const WSAIoctl = ws2_32.func(
	'int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, _Out_ void *out, uint32_t outSize, _Out_ uint32_t *bytes, void *overlapped, void *routine)',
);

const SIO_KEEPALIVE_VALS = 0x98000004;
const SIO_RCVALL = 0x98000001;

export function keepAlive(socket: bigint): number {
	const settings = Buffer.alloc(8);
	const bytes = Buffer.alloc(4);
	return WSAIoctl(socket, SIO_KEEPALIVE_VALS, settings, settings.length, null, 0, bytes, null, null);
	//                                                    ^^^^^^^^^^^^^^^ input-too-small
}

export function receiveAll(socket: bigint): number {
	const mode = new Uint32Array([1]);
	return WSAIoctl(socket, SIO_RCVALL, mode, mode.byteLength, null, 0, null, null, null);
	//                                                                  ^^^^ missing-bytes-returned
}
