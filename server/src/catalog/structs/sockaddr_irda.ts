import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKADDR_IRDA',
	aliases: ['_SOCKADDR_IRDA'],
	pointers: ['PSOCKADDR_IRDA', 'LPSOCKADDR_IRDA'],
	header: 'af_irda.h',
	summary: 'Infrared device and service.',
	fields: [
		{ name: 'irdaAddressFamily', type: 'u_short', role: 'family', meaning: 'AF_IRDA.' },
		{ name: 'irdaDeviceID', type: 'u_char', length: 4, meaning: 'Address of the device.' },
		{ name: 'irdaServiceName', type: 'char', length: 25, meaning: 'Name of the service, ended by 0.' },
	],
	documentation: 'windows/win32/api/af_irda/ns-af_irda-sockaddr_irda',
} satisfies StructSpec;
