/* Sixteen mistakes that compile, one a function. The carets stand below what the check underlines. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mstcpip.h>
#include <mswsock.h>

/* The sizeof of another object. */
int wrong_object(SOCKET s)
{
	BOOL on = TRUE;
	DWORD bytes;
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
	//                                          ^^^^^^^^^^ input-too-small
}

/* Another structure of sockets. */
int wrong_structure(SOCKET s)
{
	struct sockaddr_in values = { 0 };
	DWORD bytes;
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, &values, sizeof(values), NULL, 0, &bytes, NULL, NULL);
	//                                              ^^^^^^^^^^^^^^ wrong-struct
}

/* The size of a pointer. */
int size_of_pointer(SOCKET s, struct tcp_keepalive *values)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, values, sizeof(values), NULL, 0, &bytes, NULL, NULL);
	//                                             ^^^^^^^^^^^^^^ sizeof-pointer
}

/* The size of an address. */
int size_of_address(SOCKET s)
{
	struct tcp_keepalive values = { 1, 10000, 1000 };
	DWORD bytes;
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, &values, sizeof(&values), NULL, 0, &bytes, NULL, NULL);
	//                                              ^^^^^^^^^^^^^^^ sizeof-address
}

/* Four bytes for a handle, which has eight on 64-bit Windows. */
int four_for_a_handle(SOCKET s, SOCKET *base)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, base, 4, &bytes, NULL, NULL);
	//                                                 ^ pointer-sized-literal
}

/* Leave to write four times as much as there is. */
int more_than_there_is(SOCKET s)
{
	INTERFACE_INFO list[4];
	DWORD bytes;
	return WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, 16 * sizeof(list[0]), &bytes, NULL, NULL);
	//                                                        ^^^^^^^^^^^^^^^^^^^^ size-exceeds-object
}

/* Too little room for any answer. */
int too_little_room(SOCKET s)
{
	INTERFACE_INFO list[4];
	DWORD bytes;
	return WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, sizeof(list[0].iiFlags), &bytes, NULL, NULL);
	//                                                        ^^^^^^^^^^^^^^^^^^^^^^^ output-too-small
}

/* The input where the output goes. */
int exchanged(SOCKET s)
{
	struct tcp_keepalive values = { 1, 10000, 1000 };
	DWORD bytes;
	return WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, 0, &values, sizeof(values), &bytes, NULL, NULL);
	//                                           ^ swapped-buffers
}

/* No byte count, although the function writes one. */
int no_byte_count(SOCKET s)
{
	DWORD mode = RCVALL_ON;
	return WSAIoctl(s, SIO_RCVALL, &mode, sizeof(mode), NULL, 0, NULL, NULL, NULL);
	//                                                           ^^^^ missing-bytes-returned
}

/* A value that nobody has set. */
int not_set(SOCKET s)
{
	u_long mode;
	return ioctlsocket(s, FIONBIO, &mode);
	//                             ^^^^^ input-uninitialised
}

/* One byte where four are read. */
int one_byte(SOCKET s)
{
	unsigned char on = 1;
	return ioctlsocket(s, FIONBIO, (u_long *)&on);
	//                             ^^^^^^^^^^^^^ ioctlsocket-argument
}

/* Compared as if it answered whether it went well. */
int misread(SOCKET s)
{
	u_long on = 1;
	return ioctlsocket(s, FIONBIO, &on) == TRUE;
	//     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ result-misread
}

/* A value that the code does not take. */
int no_such_value(SOCKET s)
{
	DWORD mode = 7;
	//           ^ input-value
	DWORD bytes;
	return WSAIoctl(s, SIO_RCVALL, &mode, sizeof(mode), NULL, 0, &bytes, NULL, NULL);
}

/* Set after the connection is made, where it is too late. */
int too_late(struct sockaddr *to, int size)
{
	SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	TCP_INITIAL_RTO_PARAMETERS rto = { 3000, 2 };
	DWORD bytes;
	int failed = connect(s, to, size);
	if (failed == 0) failed = WSAIoctl(s, SIO_TCP_INITIAL_RTO, &rto, sizeof(rto), NULL, 0, &bytes, NULL, NULL);
	//                                    ^^^^^^^^^^^^^^^^^^^ wrong-order
	closesocket(s);
	return failed;
}

/* A code of TCP for a socket of UDP. */
int wrong_kind(void)
{
	SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	struct tcp_keepalive values = { 1, 10000, 1000 };
	DWORD bytes;
	int failed = WSAIoctl(s, SIO_KEEPALIVE_VALS, &values, sizeof(values), NULL, 0, &bytes, NULL, NULL);
	//                       ^^^^^^^^^^^^^^^^^^ wrong-socket-kind
	closesocket(s);
	return failed;
}

/* The system writes to it after the function has returned. */
int gone_too_early(SOCKET s, WSAEVENT done)
{
	WSAOVERLAPPED pending = { 0 };
	DWORD bytes;
	pending.hEvent = done;
	return WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &bytes, &pending, NULL);
	//                                                                    ^^^^^^^^ overlapped-lifetime
}
