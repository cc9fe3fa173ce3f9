import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKADDR_ATM',
	aliases: ['sockaddr_atm'],
	pointers: ['PSOCKADDR_ATM', 'LPSOCKADDR_ATM'],
	pack: 4,
	header: 'ws2atm.h',
	summary: 'Address in an ATM network with the layers that the call carries.',
	fields: [
		{ name: 'satm_family', type: 'u_short', role: 'family', meaning: 'AF_ATM.' },
		{ name: 'satm_number', type: 'ATM_ADDRESS', meaning: 'The address.' },
		{ name: 'satm_blli', type: 'ATM_BLLI', meaning: 'Lower layers.' },
		{ name: 'satm_bhli', type: 'ATM_BHLI', meaning: 'Higher layers.' },
	],
	documentation: 'windows/win32/api/ws2atm/ns-ws2atm-sockaddr_atm',
} satisfies StructSpec;
