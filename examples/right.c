/* Calls as they should be: the check says nothing about any of them. */
#include <winsock2.h>
#include <mstcpip.h>
#include <mswsock.h>

/* The structure that SIO_KEEPALIVE_VALS reads, and its size. */
int keep_alive(SOCKET s)
{
	struct tcp_keepalive settings = { .onoff = 1, .keepalivetime = 30000, .keepaliveinterval = 1000 };
	DWORD bytes;

	return WSAIoctl(s, SIO_KEEPALIVE_VALS, &settings, sizeof(settings), NULL, 0, &bytes, NULL, NULL);
}

/* A function pointer has 4 or 8 bytes; sizeof knows which. */
LPFN_ACCEPTEX load_accept_ex(SOCKET s)
{
	GUID id = WSAID_ACCEPTEX;
	LPFN_ACCEPTEX accept_ex = NULL;
	DWORD bytes;

	if (WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &accept_ex, sizeof(accept_ex), &bytes, NULL,
	             NULL) == SOCKET_ERROR)
		return NULL;
	return accept_ex;
}

/* ioctlsocket takes no size: its argument is always a u_long. */
u_long waiting(SOCKET s)
{
	u_long bytes = 0;

	return ioctlsocket(s, FIONREAD, &bytes) == 0 ? bytes : 0;
}

/* A size that is not known here is not judged. */
int forward(SOCKET s, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size)
{
	DWORD bytes;

	return WSAIoctl(s, code, in, in_size, out, out_size, &bytes, NULL, NULL);
}

/* A comment silences one finding by its name, and says why. */
int probe(SOCKET s)
{
	BOOL on = TRUE;
	DWORD bytes;

	// ioctl-lens-ignore-next-line input-too-small: this program tests that the call fails
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
}
