import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_RESERVED_1',
	opcode: _WSAIOW('IOC_WS2', 26),
	header: 'ws2def.h',
	summary: 'Reserved for Windows itself: the header defines number 26 under this name and says nothing else about it.',
	input: {},
	output: {},
	windows: { since: 'Windows Vista', version: '6.0', basis: 'header' },
	status: { kind: 'reserved', note: 'The name is all that the header tells; no document mentions it.' },
	related: ['SIO_RESERVED_2'],
	examples: {
		accepted: `
BOOL is_reserved(DWORD code)
{
	return code == SIO_RESERVED_1;
}`,
		rejected: `
int probe(SOCKET s, DWORD value)
{
	DWORD bytes;
	return WSAIoctl(s, SIO_RESERVED_1, &value, sizeof(value), NULL, 0, &bytes, NULL, NULL);
	//                 ^^^^^^^^^^^^^^ reserved-code
}`,
	},
} satisfies DocumentedCode;
