/** Numbers of the Windows headers that addresses and sockets are written with, by name. */

/** Address families (`ws2def.h`). */
export const FAMILIES: Readonly<Record<string, number>> = {
	AF_UNSPEC: 0,
	AF_UNIX: 1,
	AF_INET: 2,
	AF_IPX: 6,
	AF_NETBIOS: 17,
	AF_ATM: 22,
	AF_INET6: 23,
	AF_IRDA: 26,
	AF_BTH: 32,
	AF_HYPERV: 34,
};

/** Protocols of WSASocket, by the names that sources use. */
export const PROTOCOLS: Readonly<Record<string, number>> = {
	IPPROTO_IP: 0,
	IPPROTO_ICMP: 1,
	IPPROTO_IGMP: 2,
	IPPROTO_TCP: 6,
	IPPROTO_UDP: 17,
	IPPROTO_IPV6: 41,
	IPPROTO_ICMPV6: 58,
	IPPROTO_RAW: 255,
	BTHPROTO_RFCOMM: 3,
};

/** Socket types, in the words of a plan. */
export const SOCKET_KINDS = {
	SOCK_STREAM: 'stream',
	SOCK_DGRAM: 'datagram',
	SOCK_RAW: 'raw',
	SOCK_RDM: 'rdm',
	SOCK_SEQPACKET: 'seqpacket',
} as const;

/** Well-known IPv4 addresses (`ws2def.h`) as numbers in host byte order. */
export const ADDRESSES: Readonly<Record<string, string>> = {
	INADDR_ANY: '0.0.0.0',
	INADDR_LOOPBACK: '127.0.0.1',
	INADDR_BROADCAST: '255.255.255.255',
	INADDR_NONE: '255.255.255.255',
};

const byNumber = new Map(Object.entries(FAMILIES).map(([name, number]) => [number, name]));

/** `AF_INET` for 2; undefined for a family without a name here. */
export const familyName = (number: number): string | undefined => byNumber.get(number);
