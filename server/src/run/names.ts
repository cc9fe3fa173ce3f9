/** Socket types, in the words of a plan. */
export const SOCKET_KINDS = {
	SOCK_STREAM: 'stream',
	SOCK_DGRAM: 'datagram',
	SOCK_RAW: 'raw',
	SOCK_RDM: 'rdm',
	SOCK_SEQPACKET: 'seqpacket',
} as const;
