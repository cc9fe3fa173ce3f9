import type { EnumSpec } from '../model.ts';

export default {
	kind: 'enum',
	name: 'WSACOMPLETIONTYPE',
	aliases: ['_WSACOMPLETIONTYPE'],
	pointers: ['PWSACOMPLETIONTYPE', 'LPWSACOMPLETIONTYPE'],
	header: 'winsock2.h',
	summary: 'How a name-space change is reported.',
	values: [
		{ name: 'NSP_NOTIFY_IMMEDIATELY', value: 0, meaning: 'Answer at once, do not wait.' },
		{ name: 'NSP_NOTIFY_HWND', value: 1, meaning: 'A window message.' },
		{ name: 'NSP_NOTIFY_EVENT', value: 2, meaning: 'An event.' },
		{ name: 'NSP_NOTIFY_PORT', value: 3, meaning: 'A completion port.' },
		{ name: 'NSP_NOTIFY_APC', value: 4, meaning: 'A function is called.' },
	],
} satisfies EnumSpec;
