import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'tcp_keepalive',
	tagOnly: true,
	header: 'mstcpip.h',
	summary: 'Keep-alive switch and intervals of one TCP connection.',
	fields: [
		{ name: 'onoff', type: 'u_long', onOff: true, meaning: 'Not 0: keep-alive is on.' },
		{
			name: 'keepalivetime',
			type: 'u_long',
			unit: 'ms',
			switchedBy: 'onoff',
			usualFrom: 1000,
			zeroUntold: true,
			meaning: 'Idle time before the first probe, in milliseconds.',
		},
		{
			name: 'keepaliveinterval',
			type: 'u_long',
			unit: 'ms',
			switchedBy: 'onoff',
			usualFrom: 1000,
			zeroUntold: true,
			meaning: 'Time between unanswered probes, in milliseconds.',
		},
	],
	documentation: 'windows/win32/winsock/sio-keepalive-vals',
} satisfies StructSpec;
