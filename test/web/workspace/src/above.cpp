#include <own/codes.h>

int lively(SOCKET s)
{
	tcp_keepalive k = { 1, 1000, 1000 };
	DWORD n = 0;
	return WSAIoctl(s, OWN_CODE, &k, OWN_SIZE, nullptr, 0, &n, nullptr, nullptr);
}
