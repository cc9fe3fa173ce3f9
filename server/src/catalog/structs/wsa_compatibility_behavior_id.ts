import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'WSA_COMPATIBILITY_BEHAVIOR_ID',
	aliases: ['_WSA_COMPATIBILITY_BEHAVIOR_ID'],
	pointers: ['PWSA_COMPATIBILITY_BEHAVIOR_ID'],
	header: 'mswsockdef.h',
	summary: 'Behaviour of TCP that can be set back to an older Windows.',
	values: [
		{ name: 'WsaBehaviorAll', value: 0, meaning: 'Everything below.' },
		{
			name: 'WsaBehaviorReceiveBuffering',
			value: 1,
			meaning: 'Whether SO_RCVBUF may shrink the buffer of an open connection.',
		},
		{ name: 'WsaBehaviorAutoTuning', value: 2, meaning: 'How far the receive window tunes itself.' },
	],
} satisfies EnumSpec;
