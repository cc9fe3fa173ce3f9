#include <weak.h>

int lively(SOCKET s, struct tcp_keepalive *k)
{
	DWORD n = 0;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, k, sizeof(k), NULL, 0, &n, NULL, NULL);
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, k, WEAK_SIZE, NULL, 0, &n, NULL, NULL);
}

int own(SOCKET s)
{
	DWORD on = 1, n = 0;
	return WSAIoctl(s, SIO_ACME_MODE, &on, 2, NULL, 0, &n, NULL, NULL);
}
