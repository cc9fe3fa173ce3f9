#include <winsock2.h>
#include <mstcpip.h>

int wait_for_addresses(SOCKET s, DWORD *got)
{
	return WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, got, NULL, NULL);
}

int capture(SOCKET s, DWORD *got)
{
	DWORD on = RCVALL_ON;
	return WSAIoctl(s, SIO_RCVALL, &on, sizeof(on), NULL, 0, got, NULL, NULL);
}

int secret(SOCKET s, DWORD *got)
{
	return WSAIoctl(s, 0x98001234, NULL, 0, NULL, 0, got, NULL, NULL);
}

int fault(SOCKET s, DWORD *got)
{
	return WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, NULL, sizeof(SOCKET), got, NULL, NULL);
}
