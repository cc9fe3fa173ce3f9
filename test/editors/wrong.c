#include <mstcpip.h>

int lively(SOCKET s)
{
	struct tcp_keepalive k = { 1, 10000, 1000 };
	DWORD n = 0;
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, &k, sizeof(void *), NULL, 0, &n, NULL, NULL);
}
