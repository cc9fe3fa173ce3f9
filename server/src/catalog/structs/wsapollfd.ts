import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'WSAPOLLFD',
	aliases: ['pollfd'],
	pointers: ['PWSAPOLLFD', 'LPWSAPOLLFD'],
	header: 'winsock2.h',
	summary: 'One socket to watch.',
	fields: [
		{ name: 'fd', type: 'SOCKET', meaning: 'The socket; an invalid one is skipped.' },
		{
			name: 'events',
			type: 'SHORT',
			flags: true,
			values: [
				{ name: 'POLLRDNORM', value: 0x100, meaning: 'Normal data can be read.' },
				{ name: 'POLLRDBAND', value: 0x200, meaning: 'Out-of-band data can be read.' },
				{ name: 'POLLPRI', value: 0x400, meaning: 'Priority data can be read; not supported.' },
				{ name: 'POLLWRNORM', value: 0x10, meaning: 'Normal data can be written.' },
				{ name: 'POLLWRBAND', value: 0x20, meaning: 'Out-of-band data can be written; not supported.' },
			],
			meaning: 'What is awaited.',
		},
		{
			name: 'revents',
			type: 'SHORT',
			flags: true,
			values: [
				{ name: 'POLLRDNORM', value: 0x100, meaning: 'Normal data can be read.' },
				{ name: 'POLLRDBAND', value: 0x200, meaning: 'Out-of-band data can be read.' },
				{ name: 'POLLPRI', value: 0x400, meaning: 'Priority data can be read; not supported.' },
				{ name: 'POLLWRNORM', value: 0x10, meaning: 'Normal data can be written.' },
				{ name: 'POLLWRBAND', value: 0x20, meaning: 'Out-of-band data can be written; not supported.' },
				{ name: 'POLLERR', value: 0x1, meaning: 'An error.' },
				{ name: 'POLLHUP', value: 0x2, meaning: 'The connection was closed or broken.' },
				{ name: 'POLLNVAL', value: 0x4, meaning: 'The socket is invalid.' },
			],
			meaning: 'What has happened.',
		},
	],
	documentation: 'windows/win32/api/winsock2/ns-winsock2-wsapollfd',
} satisfies StructSpec;
