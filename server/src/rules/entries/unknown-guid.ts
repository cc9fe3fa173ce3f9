import { guidByName } from '../../catalog/guids.ts';
import type { Rule } from '../rule.ts';

const CODES = ['SIO_GET_EXTENSION_FUNCTION_POINTER', 'SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER'];

export default {
	id: 'unknown-guid',
	title: 'The GUID does not belong to this control code',
	severity: 'hint',
	severityReason:
		'A provider may know GUIDs of its own; a warning for a function of `mswsock.h` under the code for tables, or the other way round.',
	description:
		'SIO_GET_EXTENSION_FUNCTION_POINTER gives one function, SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER a table of them, and each GUID of `mswsock.h` belongs to one of the two. A `WSAID_…` name that no Windows header defines gets WSAEINVAL from the providers of Windows.',
	precedence: 15,
	accepted: [
		`
void f(SOCKET s)
{
	GUID id = WSAID_CONNECTEX;
	LPFN_CONNECTEX connect_ex;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &connect_ex, sizeof(connect_ex), &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	GUID id = WSAID_MULTIPLE_RIO;
	RIO_EXTENSION_FUNCTION_TABLE table;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &table, sizeof(table), &bytes, NULL, NULL);
	//                                              ^^^ unknown-guid
}`,
		`
void f(SOCKET s)
{
	GUID id = WSAID_CONNECTX;
	LPFN_CONNECTEX connect_ex;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &connect_ex, sizeof(connect_ex), &bytes, NULL, NULL);
	//                                              ^^^ unknown-guid
}`,
	],
	check(call) {
		const code = call.code.entry;
		if (!code || !call.guid || !call.input || !CODES.includes(code.name)) return [];
		const known = guidByName(call.guid);
		if (!known)
			return [
				{
					span: call.input.pointer,
					message: `No Windows header defines \`${call.guid}\`. The providers of Windows answer a GUID that they do not know with WSAEINVAL. Check the name.`,
				},
			];
		if (known.code === code.name) return [];
		return [
			{
				span: call.input.pointer,
				severity: 'warning',
				message: `\`${known.name}\` belongs to \`${known.code}\`, not to \`${code.name}\`: it gives ${known.gives}. The call is expected to fail with WSAEINVAL. Pass \`${known.code}\`.`,
				fix: {
					title: `Pass ${known.code}`,
					edits: [{ start: call.code.start, end: call.code.end, newText: known.code }],
				},
			},
		];
	},
} satisfies Rule;
