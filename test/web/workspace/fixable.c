#include <mstcpip.h>

int lively(SOCKET s, struct tcp_keepalive *k)
{
	DWORD n = 0;
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, k, sizeof(k), NULL, 0, &n, NULL, NULL);
}
