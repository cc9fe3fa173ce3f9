import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSA_COMPATIBILITY_MODE',
	aliases: ['_WSA_COMPATIBILITY_MODE'],
	pointers: ['PWSA_COMPATIBILITY_MODE'],
	header: 'mswsockdef.h',
	summary: 'Asks TCP to behave as in another version of Windows.',
	fields: [
		{ name: 'BehaviorId', type: 'WSA_COMPATIBILITY_BEHAVIOR_ID', meaning: 'Which behaviour.' },
		{ name: 'TargetOsVersion', type: 'ULONG', meaning: 'Version of Windows to follow.' },
	],
	documentation: 'windows/win32/winsock/sio-set-compatibility-mode',
} satisfies StructSpec;
