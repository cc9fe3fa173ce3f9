#include "sizes & ünits.h"

int lively(SOCKET s)
{
	struct tcp_keepalive k = { 1, 1000, 1000 };
	DWORD n = 0;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &k, TOO_SMALL, NULL, 0, &n, NULL, NULL);
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, &k, ENOUGH, NULL, 0, &n, NULL, NULL);
}
