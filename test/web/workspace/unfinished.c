#include <mstcpip.h>

int lively(SOCKET s)
{
	return WSAIoctl(s, SIO_KEEP
}
