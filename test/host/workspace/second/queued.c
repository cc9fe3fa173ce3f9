#include <winsock2.h>

int bytes_waiting(SOCKET s, u_long *count, DWORD *got)
{
	return WSAIoctl(s, FIONREAD, 0, 0, count, 4, got, 0, 0);
}
