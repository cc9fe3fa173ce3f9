import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'GUID',
	aliases: ['_GUID', 'IID', 'CLSID', 'FMTID', 'UUID', 'NPIID'],
	pointers: ['PNPIID', 'LPGUID', 'LPCGUID', 'LPIID', 'LPCLSID', 'LPFMTID'],
	header: 'guiddef.h',
	summary: '128-bit identifier; here it names an extension function, a setting or a Bluetooth service.',
	fields: [
		{ name: 'Data1', type: 'unsigned long', meaning: 'First 8 hexadecimal digits.' },
		{ name: 'Data2', type: 'unsigned short', meaning: 'First group of 4 digits.' },
		{ name: 'Data3', type: 'unsigned short', meaning: 'Second group of 4 digits.' },
		{ name: 'Data4', type: 'unsigned char', length: 8, meaning: 'The last 16 digits, byte by byte.' },
	],
	documentation: 'windows/win32/api/guiddef/ns-guiddef-guid',
} satisfies StructSpec;
