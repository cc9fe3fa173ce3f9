/** Where the catalog deliberately says something else than the compiled facts, and what decides it. */
export interface Difference {
	readonly code: string;
	/** Field as the comparison names it. */
	readonly field: string;
	readonly catalog: unknown;
	/** Document (by its number) and line, or header and declaration. */
	readonly because: string;
}

/** The header names the type and nothing says that a buffer is needed: a type without a smallest size, and soft. */
const headerOnly = (code: string, side: 'in' | 'out', because: string): Difference[] => [
	{ code, field: `${side}.min`, catalog: null, because },
	{ code, field: `${side}.confidence`, catalog: 'soft', because },
];

/** A structure stands beside the code in the header, which does not connect the two: `soft` by the catalog's own terms. */
const suggested = (code: string, because: string): Difference => ({
	code,
	field: 'in.confidence',
	catalog: 'soft',
	because,
});

export const DIFFERENCES: readonly Difference[] = [
	...headerOnly('FIOASYNC', 'in', 'winsock2.h, the type in _IOW of FIOASYNC; document 002 line 559 has no equivalent'),
	...headerOnly('SIOCSHIWAT', 'in', 'winsock2.h, the type in _IOW of SIOCSHIWAT; no document names the code'),
	...headerOnly('SIOCGHIWAT', 'out', 'winsock2.h, the type in _IOR of SIOCGHIWAT; no document names the code'),
	...headerOnly('SIOCSLOWAT', 'in', 'winsock2.h, the type in _IOW of SIOCSLOWAT; no document names the code'),
	...headerOnly('SIOCGLOWAT', 'out', 'winsock2.h, the type in _IOR of SIOCGLOWAT; no document names the code'),
	{
		code: 'SIO_SET_GROUP_QOS',
		field: 'in.min',
		catalog: null,
		because: 'document 003 line 5051 names the type, line 17026 calls the code reserved: nobody says what it needs',
	},
	{
		code: 'SIO_GET_QOS',
		field: 'further errors',
		catalog: ['WSAENOPROTOOPT'],
		because: 'winsock2.h: WSA_ENOBUFS of the archived page does not exist, the error is WSAENOBUFS',
	},
	{
		code: 'SIO_GET_QOS',
		field: 'out.too small',
		catalog: ['WSAENOBUFS'],
		because: 'winsock2.h and document 003 line 22750: the name of error 10055',
	},
	...(
		[
			['in.use', 'must-be-empty'],
			['in.must be zero', true],
		] as const
	).map(([field, catalog]) => ({
		code: 'SIO_ADDRESS_LIST_QUERY',
		field,
		catalog,
		because: 'document 003 line 17613: WSAEINVAL when cbInBuffer is not zero',
	})),
	...['SIO_RESERVED_1', 'SIO_RESERVED_2'].map((code) => ({
		code,
		field: 'windows',
		catalog: '6.0',
		because: 'ws2def.h: defined once _WIN32_WINNT is 0x0600',
	})),
	{
		code: 'SIO_NSP_NOTIFY_CHANGE',
		field: 'may block',
		catalog: false,
		because: 'document 003 line 3815: WSANSPIoctl alone takes it, with a completion or as a poll that returns at once',
	},
	{
		code: 'SIO_NSP_NOTIFY_CHANGE',
		field: 'overlapped',
		catalog: null,
		because: 'WSANSPIoctl has no lpOverlapped, so that no rule about it applies',
	},
	{
		code: 'SIO_GET_INTERFACE_LIST',
		field: 'windows',
		catalog: '4.0',
		because: 'document 003 line 16761: Windows NT 4.0 SP4; the facts take the page of the structure',
	},
	{
		code: 'SIO_RCVALL',
		field: 'in.confidence',
		catalog: 'conflict',
		because: 'document 003 line 19553: the error table rejects less than sizeof(UCHAR) only',
	},
	{
		code: 'SIO_QUERY_SECURITY',
		field: 'out.too small',
		catalog: ['WSAEMSGSIZE'],
		because: 'page of WSAQuerySocketSecurity, table of errors: a buffer passed was too small',
	},
	...(
		[
			['in.use', 'required'],
			['in.confidence', 'type'],
		] as const
	).map(([field, catalog]) => ({
		code: 'SIO_ASSOCIATE_PVC',
		field,
		catalog,
		because: 'ws2atm.h, comment above ATM_PVC_PARAMS: the format of its input buffer',
	})),
	suggested('SIO_RCVALL_IF', 'mstcpip.h, RCVALL_IF: no comment connects it with the code'),
	suggested('SIO_RCVALL_MCAST_IF', 'mstcpip.h, RCVALL_IF: no comment connects it with the code'),
	suggested('SIO_TCP_SET_ICW', 'mstcpip.h, TCP_ICW_PARAMETERS: no comment connects it with the code'),
	suggested(
		'SIO_TCP_SET_ACK_FREQUENCY',
		'mstcpip.h, TCP_ACK_FREQUENCY_PARAMETERS: no comment connects it with the code',
	),
	suggested('SIO_SOCKET_USAGE_NOTIFICATION', 'mstcpip.h, SOCKET_USAGE_TYPE: no comment connects it with the code'),
	{
		code: 'FIOASYNC',
		field: 'has a status',
		catalog: true,
		because: 'document 002 line 559: Winsock has no such command',
	},
	...['SIO_RESERVED_1', 'SIO_RESERVED_2'].map((code) => ({
		code,
		field: 'has a status',
		catalog: true,
		because: `ws2def.h, ${code}: the name itself`,
	})),
	{
		code: 'FIOASYNC',
		field: 'page',
		catalog: 'windows/win32/api/ws2spi/nc-ws2spi-lpwspioctl',
		because: 'document 002 line 559: the only page that names it',
	},
	...['FIONBIO', 'FIONREAD', 'SIOCATMARK'].map((code) => ({
		code,
		field: 'page',
		catalog: 'windows/win32/winsock/winsock-ioctls',
		because: 'document 003 line 16571: the list of control codes says more than the page on Unix commands, line 21286',
	})),
	...['SIO_GET_TX_TIMESTAMP', 'SIO_TIMESTAMPING'].map((code) => ({
		code,
		field: 'page',
		catalog: 'windows/win32/winsock/winsock-timestamping',
		because: 'document 003 line 13142: the chapter on timestamps says more than the list of control codes',
	})),
];
