import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'ATM_ADDRESS',
	pack: 4,
	header: 'ws2atm.h',
	summary: 'Address in an ATM network.',
	fields: [
		{
			name: 'AddressType',
			type: 'DWORD',
			values: [
				{ name: 'ATM_E164', value: 0x1, meaning: 'Telephone number, E.164.' },
				{ name: 'ATM_NSAP', value: 0x2, meaning: 'End system address in the form of an NSAP.' },
				{ name: 'ATM_AESA', value: 0x2, meaning: 'The same.' },
				{ name: 'SAP_FIELD_ABSENT', value: 0xfffffffe, meaning: 'The field is not in the message.' },
				{ name: 'SAP_FIELD_ANY', value: 0xffffffff, meaning: 'Any value matches.' },
				{ name: 'SAP_FIELD_ANY_AESA_SEL', value: 0xfffffffa, meaning: 'Any selector byte matches.' },
				{ name: 'SAP_FIELD_ANY_AESA_REST', value: 0xfffffffb, meaning: 'Anything but the selector byte matches.' },
			],
			meaning: 'Kind of address.',
		},
		{ name: 'NumofDigits', type: 'DWORD', meaning: 'Digits or bytes in Addr.' },
		{ name: 'Addr', type: 'UCHAR', length: 20, meaning: 'The address.' },
	],
	documentation: 'windows/win32/api/ws2atm/ns-ws2atm-atm_address',
} satisfies StructSpec;
