/** Signature help: what each argument means for the control code of the call. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MarkupContent, SignatureHelp } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { withCursor } from '../support/cursor.ts';
import { type Build, build, ServerProcess } from './support/server.ts';

let built: Build;
let server: ServerProcess;
let plain: ServerProcess;
let count = 0;
const LANGUAGES: Readonly<Record<string, string>> = { c: 'c', cpp: 'cpp', ts: 'typescript' };

beforeAll(async () => {
	built = await build();
	const signatureInformation = {
		documentationFormat: ['markdown' as const],
		parameterInformation: { labelOffsetSupport: true },
	};
	server = await ServerProcess.start(built.server, {
		capabilities: { textDocument: { signatureHelp: { signatureInformation } } },
	});
	plain = await ServerProcess.start(built.server);
});
afterAll(async () => {
	await Promise.all([server.kill(), plain.kill()]);
	await built.remove();
});

async function help(marked: string, name = 'a.c', at = server): Promise<SignatureHelp | null> {
	const { text, offset } = withCursor(marked);
	const uri = `file:///project/${count++}/${name}`;
	const languageId = LANGUAGES[name.split('.')[1] ?? ''] ?? 'c';
	await at.open(uri, text, languageId);
	const document = TextDocument.create(uri, languageId, 1, text);
	return at.request('textDocument/signatureHelp', { textDocument: { uri }, position: document.positionAt(offset) });
}

/** Label, what is said of the whole, and the active parameter with what it means. */
async function told(marked: string, name?: string) {
	const answer = await help(marked, name);
	const signature = answer?.signatures[0];
	const parameter = signature?.parameters?.[answer?.activeParameter ?? 0];
	const [start, end] = (parameter?.label ?? [0, 0]) as [number, number];
	return [signature?.label.slice(start, end), (parameter?.documentation as MarkupContent | undefined)?.value];
}

const body = (statement: string) => `void f(SOCKET s)\n{\n\tstruct tcp_keepalive ka;\n\t${statement}`;

test('the whole answer for a call that is being written', async () => {
	const answer = await help(body('WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, |'));
	const label =
		'int WSAIoctl(SOCKET s, DWORD dwIoControlCode, LPVOID lpvInBuffer, DWORD cbInBuffer, LPVOID lpvOutBuffer, DWORD cbOutBuffer, LPDWORD lpcbBytesReturned, LPWSAOVERLAPPED lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)';
	const summary =
		'Switches TCP keep-alive on or off for one connection and sets its two intervals, where `SO_KEEPALIVE` alone would use the intervals of the whole machine.';
	const parameter = (name: string, value: string) => {
		const at = label.indexOf(name);
		return { label: [at, at + name.length], documentation: { kind: 'markdown', value } };
	};
	expect(answer).toEqual({
		signatures: [
			{
				label,
				documentation: { kind: 'markdown', value: `\`SIO_KEEPALIVE_VALS\`: ${summary}` },
				parameters: [
					parameter('SOCKET s', 'The socket.'),
					parameter('DWORD dwIoControlCode', `\`SIO_KEEPALIVE_VALS\`, \`0x98000004\`.\n\n${summary}`),
					parameter(
						'LPVOID lpvInBuffer',
						'`struct tcp_keepalive`.\n\nWhether keep-alive is on, and after what idle time and at what distance probes are sent.',
					),
					parameter(
						'DWORD cbInBuffer',
						'12, `sizeof(struct tcp_keepalive)`.\n\nBytes of the input: the size of the object, not of the pointer to it.',
					),
					parameter('LPVOID lpvOutBuffer', '`NULL`: the code has no output.'),
					parameter('DWORD cbOutBuffer', '`0`: the code has no output.'),
					parameter(
						'LPDWORD lpcbBytesReturned',
						'Gets the number of bytes written. NULL fails with `WSAEFAULT`, with an overlapped structure too.',
					),
					parameter(
						'LPWSAOVERLAPPED lpOverlapped',
						'NULL waits for the end of the operation. Otherwise the structure and both buffers have to stay in place until it completes.',
					),
					parameter(
						'LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine',
						'Called when an overlapped operation completes; NULL where an event or a port reports it. Useless without `lpOverlapped`.',
					),
				],
			},
		],
		activeSignature: 0,
		activeParameter: 3,
	});
});

describe('the active parameter', () => {
	test.each([
		[
			'before the code is known',
			body('WSAIoctl(s, |'),
			'DWORD dwIoControlCode',
			'The control code, such as `SIO_KEEPALIVE_VALS`. It alone decides what the two buffers have to hold.',
		],
		[
			'of a complete call',
			body('WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &s, size|of(s), &n, NULL, NULL);\n}\n'),
			'DWORD cbOutBuffer',
			'4 (32-bit) or 8 (64-bit), `sizeof(SOCKET)`.\n\nBytes of room in the output. Some codes take 0 as the question for the size needed.',
		],
		[
			'of any length',
			body('WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, p, |'),
			'DWORD cbOutBuffer',
			'At least 4 (32-bit) or 8 (64-bit).\n\n`offsetof(SOCKET_ADDRESS_LIST, Address)` + iAddressCount * `sizeof(SOCKET_ADDRESS)` + the sum of all iSockaddrLength.\n\nA length of 0 asks for the size needed.',
		],
		[
			'behind letters beyond ASCII',
			body('/* 名 */ WSAIoctl(größe, SIO_KEEPALIVE_VALS, |'),
			'LPVOID lpvInBuffer',
			'`struct tcp_keepalive`.\n\nWhether keep-alive is on, and after what idle time and at what distance probes are sent.',
		],
		[
			'within another call',
			body('WSAIoctl(s, SIO_KEEPALIVE_VALS, get(1, |'),
			'LPVOID lpvInBuffer',
			'`struct tcp_keepalive`.\n\nWhether keep-alive is on, and after what idle time and at what distance probes are sent.',
		],
		['of ioctlsocket', body('ioctlsocket(s, FIONBIO, |'), 'u_long *argp', '`u_long`.\n\nNot 0: non-blocking.'],
		[
			'in the kernel',
			body('d->WskControlSocket(k, WskIoctl, SIO_WSK_SET_REMOTE_ADDRESS, 0, 0, NULL, 0, NULL, NULL, |'),
			'PIRP Irp',
			'Required for `SIO_WSK_SET_REMOTE_ADDRESS`.\n\nThe request that WSK completes when the operation is over. Each code and each option says whether one is required, optional or forbidden.',
		],
	])('%s', async (_, marked, parameter, meaning) => {
		expect(await told(marked)).toEqual([parameter, meaning]);
		expect(await told(marked, 'a.cpp')).toEqual([parameter, meaning]);
	});

	test('moves while the call is typed', async () => {
		const uri = `file:///project/${count++}/a.c`;
		let text = body('');
		await server.open(uri, text);
		const active: (number | null | undefined)[] = [];
		let version = 1;
		for (const piece of ['WSAIoctl(', 's', ',', ' ', 'FIONBIO', ', ', '&x', ', sizeof(', 'x', '), ', ');']) {
			text += piece;
			await server.change(uri, ++version, { text });
			const document = TextDocument.create(uri, 'c', version, text);
			const answer = await server.request<SignatureHelp | null>('textDocument/signatureHelp', {
				textDocument: { uri },
				position: document.positionAt(text.length),
			});
			active.push(answer?.activeParameter);
		}
		expect(active).toEqual([0, 0, 1, 1, 1, 2, 2, 3, 3, 4, undefined]);
	});

	test('of a wrapper is the one that it hands on', async () => {
		const wrapper = `static int set(SOCKET s, int level, DWORD code, void *p, DWORD n)
{
	DWORD out;
	return WSAIoctl(s, code, p, n, NULL, 0, &out, NULL, NULL);
}
`;
		const answer = await help(`${wrapper}${body('set(s, 1, SIO_KEEPALIVE_VALS, &ka, |')}`);
		expect([answer?.signatures[0]?.label, answer?.activeParameter]).toEqual([
			'set(s, level, code, p, n) → WSAIoctl',
			4,
		]);
		expect(
			answer?.signatures[0]?.parameters?.map(({ documentation }) => (documentation as MarkupContent)?.value),
		).toEqual([
			'The socket.',
			undefined,
			'`SIO_KEEPALIVE_VALS`, `0x98000004`.\n\nSwitches TCP keep-alive on or off for one connection and sets its two intervals, where `SO_KEEPALIVE` alone would use the intervals of the whole machine.',
			'`struct tcp_keepalive`.\n\nWhether keep-alive is on, and after what idle time and at what distance probes are sent.',
			'12, `sizeof(struct tcp_keepalive)`.\n\nBytes of the input: the size of the object, not of the pointer to it.',
		]);
	});
});

test('in TypeScript sizes are numbers', async () => {
	const head = `import koffi from 'koffi';
const lib = koffi.load('ws2_32.dll');
const ioctl = lib.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t c, void *i, uint32_t n, void *o, uint32_t m, _Out_ uint32_t *r, void *v, void *w)');
`;
	expect(await told(`${head}ioctl(s, 0x98000004, größe, |`, 'a.ts')).toEqual([
		'DWORD cbInBuffer',
		'12.\n\nBytes of the input: the size of the object, not of the pointer to it.',
	]);
	expect(await told(`${head}ioctl(s, 0x98000004, b, 12, |`, 'a.ts')).toEqual([
		'LPVOID lpvOutBuffer',
		'`null`: the code has no output.',
	]);
});

test.each([
	['in a comment', body('WSAIoctl(s, /* | */')],
	['in a string', body('WSAIoctl(s, "|')],
	['of another function', body('recv(s, |')],
	['in a declaration', 'int WSAIoctl(SOCKET s, |'],
	['behind the call', body('WSAIoctl(s, 1)|')],
	['for an option of the kernel', body('d->WskControlSocket(k, WskSetOption, |')],
])('there is none %s', async (_, marked) => {
	expect(await help(marked)).toBe(null);
});

test('a plain client gets plain text', async () => {
	const answer = await help(body('WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, |'), 'a.c', plain);
	expect(answer?.signatures[0]?.parameters?.[3]).toEqual({
		label: 'DWORD cbInBuffer',
		documentation: {
			kind: 'plaintext',
			value:
				'12, sizeof(struct tcp_keepalive).\n\nBytes of the input: the size of the object, not of the pointer to it.',
		},
	});
});
