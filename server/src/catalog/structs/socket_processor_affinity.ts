import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKET_PROCESSOR_AFFINITY',
	aliases: ['_SOCKET_PROCESSOR_AFFINITY'],
	pointers: ['PSOCKET_PROCESSOR_AFFINITY'],
	header: 'ws2def.h',
	summary: 'Processor and memory node that handle the traffic of a socket.',
	fields: [
		{ name: 'Processor', type: 'PROCESSOR_NUMBER', meaning: 'The processor.' },
		{ name: 'NumaNodeId', type: 'USHORT', meaning: 'Its memory node.' },
		{ name: 'Reserved', type: 'USHORT', meaning: 'Reserved.' },
	],
	documentation: 'windows/win32/api/ws2def/ns-ws2def-socket_processor_affinity',
} satisfies StructSpec;
