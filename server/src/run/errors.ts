/** Errors that the calls of a live run give, by number and name, with what they mean there. */

export interface ErrorMeaning {
	readonly number: number;
	readonly name: string;
	readonly meaning: string;
}

const winsock: readonly (readonly [number, string, string])[] = [
	[995, 'WSA_OPERATION_ABORTED', 'The overlapped operation was cancelled, or its socket was closed.'],
	[996, 'WSA_IO_INCOMPLETE', 'The overlapped operation has not ended yet.'],
	[997, 'WSA_IO_PENDING', 'The overlapped operation has begun and ends later.'],
	[6, 'WSA_INVALID_HANDLE', 'The handle does not name an object of the expected kind.'],
	[8, 'WSA_NOT_ENOUGH_MEMORY', 'The system could not get the memory it needs.'],
	[87, 'WSA_INVALID_PARAMETER', 'An argument has a value that the function does not take.'],
	[50, 'ERROR_NOT_SUPPORTED', 'The provider does not know this request.'],
	[122, 'ERROR_INSUFFICIENT_BUFFER', 'The buffer is too small for the answer.'],
	[234, 'ERROR_MORE_DATA', 'The answer did not fit: a part of it was delivered.'],
	[1168, 'ERROR_NOT_FOUND', 'What was asked for does not exist.'],
	[10004, 'WSAEINTR', 'A blocking call was interrupted.'],
	[10009, 'WSAEBADF', 'The handle is not a valid one.'],
	[10013, 'WSAEACCES', 'The caller lacks the right: some codes are for administrators only.'],
	[10014, 'WSAEFAULT', 'A buffer is too small, or a pointer leads to memory that the call cannot use.'],
	[10022, 'WSAEINVAL', 'An argument, a size or the state of the socket does not suit this code.'],
	[10024, 'WSAEMFILE', 'No more sockets can be opened.'],
	[10035, 'WSAEWOULDBLOCK', 'The socket is non-blocking, and the answer is not there yet.'],
	[10036, 'WSAEINPROGRESS', 'A blocking call is under way, or the provider is inside a callback.'],
	[10037, 'WSAEALREADY', 'The same operation is under way on this socket.'],
	[10038, 'WSAENOTSOCK', 'The handle is not a socket.'],
	[10039, 'WSAEDESTADDRREQ', 'The operation needs a destination address, and there is none.'],
	[10040, 'WSAEMSGSIZE', 'A buffer does not have the size that the message or the code needs.'],
	[10041, 'WSAEPROTOTYPE', 'The protocol does not fit the type of the socket.'],
	[10042, 'WSAENOPROTOOPT', 'The protocol of this socket does not know the option or code.'],
	[10043, 'WSAEPROTONOSUPPORT', 'The protocol is not installed.'],
	[10044, 'WSAESOCKTNOSUPPORT', 'This type of socket does not exist in this address family.'],
	[10045, 'WSAEOPNOTSUPP', 'The provider of this socket does not know the control code.'],
	[10046, 'WSAEPFNOSUPPORT', 'The protocol family is not installed.'],
	[10047, 'WSAEAFNOSUPPORT', 'The address family is not installed, or does not suit the code.'],
	[10048, 'WSAEADDRINUSE', 'The address is taken by another socket.'],
	[10049, 'WSAEADDRNOTAVAIL', 'The address does not belong to this machine.'],
	[10050, 'WSAENETDOWN', 'The network subsystem is down.'],
	[10051, 'WSAENETUNREACH', 'No route leads to that network.'],
	[10052, 'WSAENETRESET', 'Keep-alive found the connection dead.'],
	[10053, 'WSAECONNABORTED', 'This machine gave the connection up.'],
	[10054, 'WSAECONNRESET', 'The other end reset the connection.'],
	[10055, 'WSAENOBUFS', 'The system has no buffer space left, or too little was offered.'],
	[10056, 'WSAEISCONN', 'The socket is connected already.'],
	[10057, 'WSAENOTCONN', 'The socket is not connected.'],
	[10058, 'WSAESHUTDOWN', 'The socket has been shut down for this direction.'],
	[10060, 'WSAETIMEDOUT', 'The time was over before an answer came.'],
	[10061, 'WSAECONNREFUSED', 'The other end refused the connection.'],
	[10064, 'WSAEHOSTDOWN', 'The host does not answer.'],
	[10065, 'WSAEHOSTUNREACH', 'No route leads to that host.'],
	[10067, 'WSAEPROCLIM', 'Too many programs use Winsock at once.'],
	[10091, 'WSASYSNOTREADY', 'The network subsystem is not ready.'],
	[10092, 'WSAVERNOTSUPPORTED', 'This version of Winsock is not offered.'],
	[10093, 'WSANOTINITIALISED', 'WSAStartup has not been called, or did not work.'],
	[10104, 'WSAEINVALIDPROCTABLE', "The provider's table of functions is not valid."],
	[10105, 'WSAEINVALIDPROVIDER', "The provider's version is not the expected one."],
	[10106, 'WSAEPROVIDERFAILEDINIT', 'The provider could not be loaded or started.'],
	[10107, 'WSASYSCALLFAILURE', 'A system call failed that should never fail.'],
	[10108, 'WSASERVICE_NOT_FOUND', 'No such service is known.'],
	[10110, 'WSA_E_NO_MORE', 'There is nothing more to list.'],
	[10111, 'WSA_E_CANCELLED', 'The operation was cancelled.'],
	[11001, 'WSAHOST_NOT_FOUND', 'No such host is known.'],
];

/** Linux and macOS number many of these differently, so the name, which the runner tells, decides. */
const errno: Readonly<Record<string, string>> = {
	EPERM: 'The caller lacks the right.',
	ENOENT: 'There is no such thing.',
	EINTR: 'A signal interrupted the call.',
	EIO: 'The device reported an error.',
	ENXIO: 'There is no such device or address.',
	EBADF: 'The file descriptor is not open.',
	EAGAIN: 'The socket is non-blocking, and there is nothing to read yet.',
	ENOMEM: 'The system could not get the memory it needs.',
	EACCES: 'The caller lacks the right.',
	EFAULT: 'A pointer leads to memory that the call cannot use.',
	EBUSY: 'The device is in use.',
	ENODEV: 'There is no such device.',
	EINVAL: 'An argument, a size or the state of the socket does not suit the call.',
	ENOTTY: 'The socket does not know this request.',
	ENOSYS: 'The system does not have this call.',
	ENOTSOCK: 'The file descriptor is not a socket.',
	EDESTADDRREQ: 'The operation needs a destination address, and there is none.',
	EMSGSIZE: 'The message does not have a size that the call takes.',
	EPROTOTYPE: 'The protocol does not fit the type of the socket.',
	ENOPROTOOPT: 'The protocol of this socket does not know the option.',
	EPROTONOSUPPORT: 'The protocol is not supported.',
	EOPNOTSUPP: 'The socket does not support the operation.',
	EAFNOSUPPORT: 'The address family is not supported.',
	EADDRINUSE: 'The address is taken by another socket.',
	EADDRNOTAVAIL: 'The address does not belong to this machine.',
	ENETDOWN: 'The network is down.',
	ENETUNREACH: 'No route leads to that network.',
	ECONNRESET: 'The other end reset the connection.',
	ENOBUFS: 'The system has no buffer space left.',
	EISCONN: 'The socket is connected already.',
	ENOTCONN: 'The socket is not connected.',
	ETIMEDOUT: 'The time was over before an answer came.',
	ECONNREFUSED: 'The other end refused the connection.',
	EHOSTUNREACH: 'No route leads to that host.',
};

const byNumber = new Map<number, ErrorMeaning>(
	winsock.map(([number, name, meaning]) => [number, { number, name, meaning }]),
);

/** An error of WSAGetLastError. */
export const winsockError = (number: number): ErrorMeaning | undefined => byNumber.get(number);

/** What an errno name means for these calls. */
export const errnoMeaning = (name: string): string | undefined =>
	Object.hasOwn(errno, name) ? errno[name] : undefined;
