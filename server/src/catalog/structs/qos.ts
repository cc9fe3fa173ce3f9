import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'QOS',
	aliases: ['_QualityOfService'],
	pointers: ['LPQOS'],
	header: 'winsock2.h',
	summary: 'Quality of service for both directions of a socket.',
	fields: [
		{ name: 'SendingFlowspec', type: 'FLOWSPEC', meaning: 'What is wanted for data that goes out.' },
		{ name: 'ReceivingFlowspec', type: 'FLOWSPEC', meaning: 'What is wanted for data that comes in.' },
		{ name: 'ProviderSpecific', type: 'WSABUF', meaning: "Further objects in the provider's own form." },
	],
	documentation: 'windows/win32/api/winsock2/ns-winsock2-qos',
} satisfies StructSpec;
