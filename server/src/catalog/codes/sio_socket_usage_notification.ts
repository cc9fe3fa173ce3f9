import { _WSAIOW } from '../families/winsock.ts';
import type { DocumentedCode } from '../model.ts';

export default {
	name: 'SIO_SOCKET_USAGE_NOTIFICATION',
	opcode: _WSAIOW('IOC_VENDOR', 204),
	header: 'mstcpip.h',
	summary:
		'Declares what a socket is used for; the one usage there is marks it as critical to the system. The header lists it for iSCSI.',
	remarks: ['The documents know the enumeration only; neither its buffer rules nor its errors are described.'],
	input: {
		type: 'SOCKET_USAGE_TYPE',
		minimum: { sizeof: 'SOCKET_USAGE_TYPE' },
		basis: 'header',
		confidence: 'soft',
		meaning: 'SYSTEM_CRITICAL_SOCKET. The enumeration stands right below the code in the header.',
	},
	output: {},
	windows: { since: 'Windows Vista', version: '6.0', basis: 'documented' },
	related: ['SOCKET_USAGE_TYPE'],
	documentation: 'windows/win32/api/mstcpip/ne-mstcpip-socket_usage_type',
	examples: {
		accepted: `
void mark_critical(SOCKET s)
{
	SOCKET_USAGE_TYPE usage = SYSTEM_CRITICAL_SOCKET;
	DWORD bytes = 0;
	WSAIoctl(s, SIO_SOCKET_USAGE_NOTIFICATION, &usage, sizeof(usage), NULL, 0, &bytes, NULL, NULL);
}`,
		rejected: `
void mark_critical(SOCKET s)
{
	SOCKET_USAGE_TYPE usage = SYSTEM_CRITICAL_SOCKET;
	WSAIoctl(s, SIO_SOCKET_USAGE_NOTIFICATION, &usage, sizeof(usage), NULL, 0, NULL, NULL, NULL);
	//                                                                         ^^^^ missing-bytes-returned
}`,
	},
} satisfies DocumentedCode;
