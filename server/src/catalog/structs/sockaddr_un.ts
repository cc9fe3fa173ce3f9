import type { StructSpec } from '../model.ts';

export default {
	kind: 'struct',
	name: 'SOCKADDR_UN',
	aliases: ['sockaddr_un'],
	pointers: ['PSOCKADDR_UN'],
	header: 'afunix.h',
	summary: 'Path of a local socket.',
	fields: [
		{ name: 'sun_family', type: 'ADDRESS_FAMILY', role: 'family', meaning: 'AF_UNIX.' },
		{ name: 'sun_path', type: 'char', length: 108, meaning: 'Path, UTF-8, ended by 0.' },
	],
} satisfies StructSpec;
