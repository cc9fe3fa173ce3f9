/** Addresses of sockets as systems lay them out. */
import { formatAddress, parseAddress } from './address.ts';
import type { Endpoint } from './plan.ts';

/** How a platform lays out `sockaddr_in` and `sockaddr_in6`. */
export interface SockaddrLayout {
	inet: number;
	inet6: number;
	/** BSD systems have a length byte and one byte of family where others have two bytes of family. */
	lengthByte: boolean;
}

const IN_SIZE = 16;
const IN6_SIZE = 28;
/** Room for any address a socket can have (`sockaddr_storage`). */
export const STORAGE_SIZE = 128;

/** The `sockaddr` of an endpoint whose address has been checked. */
export function encodeSockaddr(endpoint: Endpoint, layout: SockaddrLayout): Buffer {
	const address = parseAddress(endpoint.address);
	if (!address) throw new RangeError(`${endpoint.address} is no address`);
	const v4 = address.length === 4;
	const bytes = Buffer.alloc(v4 ? IN_SIZE : IN6_SIZE);
	const family = v4 ? layout.inet : layout.inet6;
	if (layout.lengthByte) bytes.set([bytes.length, family]);
	else bytes.writeUInt16LE(family);
	bytes.writeUInt16BE(endpoint.port, 2);
	bytes.set(address, v4 ? 4 : 8);
	return bytes;
}

/** The endpoint in a `sockaddr`; null for other families and for what is too short. */
export function decodeSockaddr(bytes: Buffer, layout: SockaddrLayout): Endpoint | null {
	if (bytes.length < 8) return null;
	const family = layout.lengthByte ? bytes[1] : bytes.readUInt16LE();
	const port = bytes.readUInt16BE(2);
	if (family === layout.inet) return { address: formatAddress(bytes.subarray(4, 8)), port };
	if (family === layout.inet6 && bytes.length >= 24) return { address: formatAddress(bytes.subarray(8, 24)), port };
	return null;
}
