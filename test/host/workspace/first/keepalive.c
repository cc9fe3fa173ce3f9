#include <winsock2.h>
#include <mstcpip.h>

/* Passes the size of the address, not of what lies there. */
int set_keepalive(SOCKET s, struct tcp_keepalive *settings)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, settings, sizeof(settings), NULL, 0, &bytes, NULL, NULL);
}

int set_keepalive_well(SOCKET s, struct tcp_keepalive *settings)
{
	DWORD bytes = 0;
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, settings, sizeof(*settings), NULL, 0, &bytes, NULL, NULL);
}
