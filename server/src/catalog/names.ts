/** Numbers of the Windows headers (`ws2def.h`) that codes, addresses and sockets are written with, by name. */

/** Address families. */
export const ADDRESS_FAMILIES: Readonly<Record<string, number>> = {
	AF_UNSPEC: 0,
	AF_UNIX: 1,
	AF_INET: 2,
	AF_IPX: 6,
	AF_DECnet: 12,
	AF_APPLETALK: 16,
	AF_NETBIOS: 17,
	AF_ATM: 22,
	AF_INET6: 23,
	AF_IRDA: 26,
	AF_BTH: 32,
	AF_HYPERV: 34,
};

/** Protocols of WSASocket. */
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

/** Well-known IPv4 addresses, as unsigned numbers in host byte order. */
export const INADDR: Readonly<Record<string, number>> = {
	INADDR_ANY: 0,
	INADDR_LOOPBACK: 0x7f000001,
	INADDR_BROADCAST: 0xffffffff,
	INADDR_NONE: 0xffffffff,
};

const byNumber = new Map(Object.entries(ADDRESS_FAMILIES).map(([name, number]) => [number, name]));

/** `AF_INET` for 2; undefined for a family without a name here. */
export const addressFamilyName = (number: number): string | undefined => byNumber.get(number);
