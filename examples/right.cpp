// C++ as it should be.
#include <winsock2.h>
#include <mstcpip.h>
#include <mswsock.h>

#include <array>
#include <vector>

namespace net {

constexpr DWORD kReset = SIO_UDP_CONNRESET;

class Socket {
public:
	bool ignoreResets() const
	{
		BOOL report{FALSE};
		DWORD bytes{};
		return ::WSAIoctl(handle_, kReset, &report, sizeof report, nullptr, 0, &bytes, nullptr, nullptr) == 0;
	}

	template <class Function>
	Function extension(GUID id) const
	{
		Function function{};
		DWORD bytes{};
		::WSAIoctl(handle_, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &function, sizeof(function), &bytes,
		           nullptr, nullptr);
		return function;
	}

	std::vector<INTERFACE_INFO> interfaces() const
	{
		std::vector<INTERFACE_INFO> list(64);
		DWORD bytes{};
		if (::WSAIoctl(handle_, SIO_GET_INTERFACE_LIST, nullptr, 0, list.data(),
		               static_cast<DWORD>(list.size() * sizeof(INTERFACE_INFO)), &bytes, nullptr, nullptr) != 0)
			return {};
		list.resize(bytes / sizeof(INTERFACE_INFO));
		return list;
	}

private:
	SOCKET handle_{INVALID_SOCKET};
};

} // namespace net
