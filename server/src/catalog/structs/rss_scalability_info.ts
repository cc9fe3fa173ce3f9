import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'RSS_SCALABILITY_INFO',
	aliases: ['_RSS_SCALABILITY_INFO'],
	pointers: ['PRSS_SCALABILITY_INFO'],
	header: 'mstcpip.h',
	summary: 'Whether receiving is spread over processors.',
	fields: [{ name: 'RssEnabled', type: 'BOOLEAN', meaning: 'Not 0: receive-side scaling is on.' }],
} satisfies StructSpec;
