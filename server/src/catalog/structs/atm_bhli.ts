import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'ATM_BHLI',
	pack: 4,
	header: 'ws2atm.h',
	summary: 'Higher layers that an ATM call carries.',
	fields: [
		{
			name: 'HighLayerInfoType',
			type: 'DWORD',
			values: [
				{ name: 'BHLI_ISO', value: 0x0, meaning: 'ISO.' },
				{ name: 'BHLI_UserSpecific', value: 0x1, meaning: 'Agreed between the users.' },
				{ name: 'BHLI_HighLayerProfile', value: 0x2, meaning: 'Profile, in UNI 3.0 only.' },
				{ name: 'BHLI_VendorSpecificAppId', value: 0x3, meaning: "A vendor's application." },
				{ name: 'SAP_FIELD_ABSENT', value: 0xfffffffe, meaning: 'The field is not in the message.' },
				{ name: 'SAP_FIELD_ANY', value: 0xffffffff, meaning: 'Any value matches.' },
			],
			meaning: 'Kind of HighLayerInfo.',
		},
		{ name: 'HighLayerInfoLength', type: 'DWORD', meaning: 'Bytes of HighLayerInfo.' },
		{ name: 'HighLayerInfo', type: 'UCHAR', length: 8, meaning: 'The information.' },
	],
	documentation: 'windows/win32/api/ws2atm/ns-ws2atm-atm_bhli',
} satisfies StructSpec;
