/*
 * Calls that compile without a warning and go wrong when they run. The carets stand below what the check underlines,
 * and behind them is the rule that it names.
 */
#include <winsock2.h>
#include <mstcpip.h>
#include <mswsock.h>

/* A true sizeof, of the wrong object: 4 bytes where 12 are read. */
int keep_alive(SOCKET s)
{
	BOOL on = TRUE;
	DWORD bytes;

	return WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
	//                                          ^^^^^^^^^^ input-too-small
}

/* The size of the pointer instead of the structure behind it. */
int keep_alive_from(SOCKET s, struct tcp_keepalive *settings)
{
	DWORD bytes;

	return WSAIoctl(s, SIO_KEEPALIVE_VALS, settings, sizeof(settings), NULL, 0, &bytes, NULL, NULL);
	//                                               ^^^^^^^^^^^^^^^^ sizeof-pointer
}

/* Right on 32-bit Windows. On 64-bit Windows a SOCKET has 8 bytes. */
SOCKET base_handle(SOCKET s)
{
	SOCKET base = INVALID_SOCKET;
	DWORD bytes;

	WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, 4, &bytes, NULL, NULL);
	//                                           ^ pointer-sized-literal
	return base;
}

/* Room for four interfaces, and leave to write sixteen: a machine with more than four overruns the array. */
DWORD interfaces(SOCKET s)
{
	INTERFACE_INFO list[4];
	DWORD bytes;

	WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, 16 * sizeof(list[0]), &bytes, NULL, NULL);
	//                                                 ^^^^^^^^^^^^^^^^^^^^ size-exceeds-object
	return bytes / sizeof(list[0]);
}

/* A byte count is required, although nobody reads it. */
int receive_all(SOCKET s)
{
	DWORD mode = RCVALL_ON;

	return WSAIoctl(s, SIO_RCVALL, &mode, sizeof(mode), NULL, 0, NULL, NULL, NULL);
	//                                                           ^^^^ missing-bytes-returned
}
