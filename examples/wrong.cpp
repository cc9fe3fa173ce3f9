// The same kinds of mistake in C++.
#include <winsock2.h>
#include <mstcpip.h>
#include <mswsock.h>

namespace net {

// The values come from a constant and an alias, so they are known here.
constexpr DWORD kKeepAlive = SIO_KEEPALIVE_VALS;
using Milliseconds = ULONG;

class Socket {
public:
	bool keepAlive(Milliseconds after) const
	{
		DWORD bytes{};
		return ::WSAIoctl(handle_, kKeepAlive, &after, sizeof(after), nullptr, 0, &bytes, nullptr, nullptr) == 0;
		//                                             ^^^^^^^^^^^^^ input-too-small
	}

	LPFN_CONNECTEX connectEx() const
	{
		GUID id = WSAID_CONNECTEX;
		LPFN_CONNECTEX function = nullptr;
		DWORD bytes{};
		::WSAIoctl(handle_, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), nullptr, sizeof(function), &bytes,
		//                                                                                ^^^^^^^^^^^^^^^^ null-buffer-with-size
		           nullptr, nullptr);
		return function;
	}

	DWORD waiting() const
	{
		unsigned char pending = 0;
		ioctlsocket(handle_, FIONREAD, reinterpret_cast<u_long *>(&pending));
		//                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ioctlsocket-argument
		return pending;
	}

private:
	SOCKET handle_{INVALID_SOCKET};
};

} // namespace net
