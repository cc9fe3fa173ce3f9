import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKADDR_BTH',
	aliases: ['_SOCKADDR_BTH'],
	pointers: ['PSOCKADDR_BTH'],
	pack: 1,
	header: 'ws2bth.h',
	summary: 'Bluetooth device and service.',
	fields: [
		{ name: 'addressFamily', type: 'USHORT', role: 'family', meaning: 'AF_BTH.' },
		{ name: 'btAddr', type: 'BTH_ADDR', meaning: 'Address of the device.' },
		{ name: 'serviceClassId', type: 'GUID', meaning: 'Service whose port is to be looked up, or zero.' },
		{ name: 'port', type: 'ULONG', meaning: 'RFCOMM channel or L2CAP service multiplexer.' },
	],
	documentation: 'windows/win32/api/ws2bth/ns-ws2bth-sockaddr_bth',
} satisfies StructSpec;
