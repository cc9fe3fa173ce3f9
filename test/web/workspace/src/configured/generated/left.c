#include <weak.h>

int lively(SOCKET s, struct tcp_keepalive *k)
{
	DWORD n = 0;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, k, sizeof(k), NULL, 0, &n, NULL, NULL);
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, k, 4, NULL, 0, &n, NULL, NULL);
}
