/** Messages that depend on the call: each is true of it, names what follows and says what to write. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import type { Edit } from '../../server/src/rules/rule.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

it.each([
	[
		'every value that a size can have',
		'WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, narrow ? 4 : 8, NULL, 0, &bytes, NULL, NULL);',
		'`SIO_KEEPALIVE_VALS` reads a `tcp_keepalive` (12 bytes), but `cbInBuffer` is 4 or 8. WSAIoctl fails with WSAEFAULT. Pass `sizeof(vals)`.',
	],
	[
		'no empty buffer where it fails too',
		'WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, 12, NULL, 0, &bytes, NULL, NULL);',
		'`lpvInBuffer` is NULL, but `cbInBuffer` is 12: `SIO_KEEPALIVE_VALS` would read there. WSAIoctl fails with WSAEFAULT. Pass a buffer of that size.',
	],
	[
		'the size of a type that is not known here',
		'WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, sizeof(struct elsewhere), NULL, 0, &bytes, NULL, NULL);',
		'`lpvInBuffer` is NULL, but `cbInBuffer` is `sizeof(struct elsewhere)`: `SIO_KEEPALIVE_VALS` would read there. WSAIoctl fails with WSAEFAULT. Pass a buffer of that size.',
	],
	[
		'an empty buffer where it asks for the size',
		'WSAIoctl(s, SIO_ADDRESS_LIST_QUERY, NULL, 0, NULL, 512, &bytes, NULL, NULL);',
		'`lpvOutBuffer` is NULL, but `cbOutBuffer` is 512: `SIO_ADDRESS_LIST_QUERY` would write there. WSAIoctl fails with WSAEFAULT. Pass a buffer of that size, or 0.',
	],
	[
		'a code that ioctlsocket is too small for',
		'ioctlsocket(s, SIO_KEEPALIVE_VALS, (u_long *)&vals);',
		'`SIO_KEEPALIVE_VALS` reads a `tcp_keepalive` (12 bytes), but ioctlsocket always gives it 4. ioctlsocket fails with WSAEFAULT. Call WSAIoctl, which takes sizes.',
	],
	[
		'a code that ioctlsocket is too small for on one target',
		'ioctlsocket(s, SIO_BASE_HANDLE, (u_long *)&base);',
		'`SIO_BASE_HANDLE` writes a `SOCKET` (8 bytes), but ioctlsocket always gives it 4 on 64-bit Windows. ioctlsocket fails with WSAEFAULT. Call WSAIoctl, which takes sizes.',
	],
	[
		'an overlapped call that may fail later',
		'WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, 75, &bytes, &overlapped, NULL); wait(&overlapped);',
		'`SIO_GET_INTERFACE_LIST` writes an `INTERFACE_INFO` (76 bytes or more), but `cbOutBuffer` is 75. WSAIoctl fails with WSAEFAULT, or the overlapped operation ends with an error. Pass `sizeof(list)`.',
	],
])('%s', async (_, call, message) => {
	const text = `void f(SOCKET s, int narrow)\n{\n\tstruct tcp_keepalive vals = { 1, 10000, 1000 };\n\tSOCKET base;\n\tINTERFACE_INFO list[2];\n\tWSAOVERLAPPED overlapped = { 0 };\n\tDWORD bytes;\n\t${call}\n}\n`;
	const { findings } = await checked(checker, { name: 'x.c', text });
	expect(findings.map((f) => f.message)).toEqual([message]);
});

type Change = readonly [from: string, to: string];

/** What the messages of the rejected examples advise at their end, one for each where they differ, and the example with exactly that done. */
const FOLLOWED: Readonly<Record<string, readonly [advice: string | readonly string[], ...changes: Change[]]>> = {
	'completion-without-overlapped 1': ['Pass an overlapped structure, or NULL for the routine.', [', done)', ', NULL)']],
	'ffi-declaration 4': [
		'Declare two members as wide as an address, two `DWORD`s and a `HANDLE`.',
		["Internal: 'uint32_t', InternalHigh: 'uint32_t'", "Internal: 'uintptr_t', InternalHigh: 'uintptr_t'"],
		["hEvent: 'uint32_t'", "hEvent: 'void *'"],
	],
	'input-uninitialised 1': ['Set it before.', ['u_long mode', 'u_long mode = 1']],
	'input-uninitialised 2': ['Set it before.', ['vals.onoff = 1', 'vals.onoff = 1; vals.keepalivetime = 10000']],
	'input-uninitialised 3': ['Set it before.', ['vals->onoff = 1', 'vals->onoff = 1; vals->keepalivetime = 10000']],
	'invalid-pointer 1': [
		'Pass the address of a variable that holds the value.',
		['\tioctl', '\tu_long on = 1;\n\tioctl'],
		['(u_long *)1', '&on'],
	],
	'invalid-pointer 2': ['Pass the address of a `u_long`.', ['\tioctl', '\tu_long on = 1;\n\tioctl'], ['NULL', '&on']],
	'input-byte-order 1': ['Assign it as it is.', ['htons(local->sin_port)', 'local->sin_port']],
	'input-byte-order 2': ['Put it in that order, as htons does.', ['5000', 'htons(5000)']],
	'input-time 1': ['Did you mean 60,000 (60 seconds)?', ['60', '60000']],
	'input-value 1': ['Pass one of these.', ['= 7', '= 3']],
	'input-value 2': [
		['Pass 1 or 0, and leave the call out where nothing is set.', 'Set a time in milliseconds.'],
		['onoff = -1', 'onoff = 1'],
		['interval = 0', 'interval = 1000'],
	],
	'input-value 3': ['Use a value up to 255.', ['256', '255']],
	'invalid-pointer 3': [
		'Pass the address of a `u_long` that holds the value.',
		['BOOL block', 'u_long block'],
		['(u_long *)block', '&block'],
	],
	'invalid-pointer 4': ['Pass `&accept_ex`.', ['(void **)accept_ex', '&accept_ex']],
	'invalid-pointer 5': ['Pass the address of a `DWORD`.', ['WORD bytes', 'DWORD bytes'], ['(LPDWORD)&bytes', '&bytes']],
	'ioctlsocket-argument 1': ['Use a `u_long`.', ['bool on = true', 'u_long on = 1']],
	'ioctlsocket-argument 2': ['Use a `u_long`, or set it to 0 before.', ['long long unread', 'long long unread = 0']],
	'ioctlsocket-argument 3': [
		'Call WSAIoctl, which takes sizes.',
		['ioctlsocket', 'DWORD bytes; WSAIoctl'],
		['(u_long *)vals)', 'vals, sizeof(*vals), NULL, 0, &bytes, NULL, NULL)'],
	],
	'ioctlsocket-argument 4': ['Use a `u_long`.', ['bool on', 'u_long on']],
	'may-block 1': [
		'Pass a `WSAOVERLAPPED` that lives until the answer comes, to go on at once.',
		['SOCKET s', 'SOCKET s, WSAOVERLAPPED *pending'],
		['&bytes, NULL', '&bytes, pending'],
	],
	'missing-bytes-returned 1': [
		'Pass the address of a `DWORD`.',
		['u_long on = 1;', 'u_long on = 1; DWORD bytes;'],
		['0, NULL', '0, &bytes'],
	],
	'missing-bytes-returned 2': [
		'Pass the address of a `DWORD`.',
		['i++) {', 'i++) {\n\t\tDWORD bytes;'],
		['0, NULL, NULL, NULL', '0, &bytes, NULL, NULL'],
	],
	'newer-than-target 1': ['Be ready for that, or raise the oldest version.', ['0x0601', '0x0602']],
	'no-effect 1': ['Pass another value, or leave the call out.', ['on = 0', 'on = 1']],
	'null-buffer-with-size 1': [
		'Pass a buffer of that size.',
		['DWORD bytes', 'struct tcp_keepalive vals = { 1, 10000, 1000 }; DWORD bytes'],
		['NULL', '&vals'],
	],
	'overlapped-lifetime 1': [
		'Wait for the result here, or give the structure storage that lasts until it arrives.',
		['WSAOVERLAPPED pending = { 0 }', 'static WSAOVERLAPPED pending = { 0 }'],
	],
	'overlapped-too-small 1': ['Pass an object of 32 bytes.', ['DWORD pending[5]', 'DWORD pending[8]']],
	'overlapped-required 1': [
		'Pass the address of a `WSAOVERLAPPED` that lives until then.',
		['SOCKET watched)', 'SOCKET watched, WSAOVERLAPPED *pending)'],
		['&bytes, NULL', '&bytes, pending'],
	],
	'partial-output 1': ['Use a `u_long`, or set it to 0 before.', ['long long unread', 'long long unread = 0']],
	'partial-output 2': ['Use a `u_long`, or set it to 0 before.', ['size_t', 'u_long']],
	'reserved-code 1': ['Use GetAdaptersAddresses.', ['WSAIoctl', '//']],
	'reserved-code 2': ['Microsoft advises against using it in new code.', ['WSAIoctl', '//']],
	'result-misread 1': ['Write `== 0` for success, `== SOCKET_ERROR` for failure.', ['== TRUE', '== 0']],
	'result-misread 2': [
		'Write `== 0` for success, `== SOCKET_ERROR` for failure.',
		['!!', ''],
		['!result', 'result == SOCKET_ERROR'],
	],
	'result-misread 3': ['Write `== 0` for success, `== SOCKET_ERROR` for failure.', ['&on))', '&on) == 0)']],
	'size-exceeds-object 1': [
		'Pass the address of a `struct tcp_keepalive` and `sizeof(struct tcp_keepalive)`.',
		['u_long on = 1', 'struct tcp_keepalive on = { 1, 10000, 1000 }'],
	],
	'size-exceeds-object 2': ['Pass the size of the object, or a larger object.', ['1024', 'sizeof(list)']],
	'size-exceeds-object 3': [
		'Pass the size of the object, or a larger object.',
		['sizeof(QOS) + sizeof(QOS_DESTADDR)', 'sizeof(qos)'],
	],
	'size-exceeds-object 4': [
		'Pass the size of the object, or a larger object.',
		['sizeof(QOS) + qos.ProviderSpecific.len', 'sizeof(qos)'],
	],
	'swapped-buffers 1': [
		'Pass what it reads as `lpvInBuffer` and `cbInBuffer`. `getsockopt` with `SO_KEEPALIVE` tells whether keep-alive is on.',
		['NULL, 0, &vals, sizeof(vals)', '&vals, sizeof(vals), NULL, 0'],
	],
	'unknown-guid 2': ['Check the name.', ['WSAID_CONNECTX', 'WSAID_CONNECTEX']],
	'unused-result 1': ['Compare it, or cast the call to `void`.', ['ioctlsocket', '(void)ioctlsocket']],
	'wrong-order 1': [
		'Move the call in front of connect.',
		['connect(s, to, size);', ''],
		['NULL, NULL);', 'NULL, NULL); connect(s, to, size);'],
	],
	'wrong-order 2': [
		'Move the call behind connect.',
		['f(void)', 'f(struct sockaddr *to, int size)'],
		['DWORD bytes;', 'DWORD bytes; connect(s, to, size);'],
	],
	'wrong-order 3': [
		'Bind it to the address of the interface.',
		['void f(void)', 'void f(const char *address)'],
		['all.sin_addr.s_addr = htonl(INADDR_ANY)', 'inet_pton(AF_INET, address, &all.sin_addr)'],
	],
	'wrong-order 4': [
		'Call WSAEventSelect with an event mask of 0 first.',
		['\tioctlsocket', '\tWSAEventSelect(s, NULL, 0);\n\tioctlsocket'],
	],
	'wrong-socket-kind 3': [
		['Use the code on a SOCK_STREAM socket.', 'Use the code on a SOCK_DGRAM socket.'],
		['SOCK_DGRAM, IPPROTO_UDP', 'SOCK_STREAM, IPPROTO_TCP'],
		['accept(listener, NULL, NULL)', 'socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP)'],
	],
	'wrong-socket-kind 4': [
		'Ask with a socket of the kind that it is called with.',
		['SOCK_DGRAM, IPPROTO_UDP', 'SOCK_STREAM, IPPROTO_TCP'],
	],
	'wrong-socket-kind 1': [
		'Use the code on a SOCK_STREAM socket.',
		['SOCK_DGRAM, IPPROTO_UDP', 'SOCK_STREAM, IPPROTO_TCP'],
	],
	'wrong-socket-kind 2': [
		'Use the code on a SOCK_DGRAM socket.',
		['SOCK_STREAM, IPPROTO_TCP', 'SOCK_DGRAM, IPPROTO_UDP'],
	],
	'wrong-struct 1': [
		'Use a `tcp_keepalive` and `sizeof(struct tcp_keepalive)`.',
		['SOCKADDR_IN vals', 'struct tcp_keepalive vals'],
		['sizeof(vals)', 'sizeof(struct tcp_keepalive)'],
	],
	'wrong-struct 2': [
		'Use a `USHORT` and `sizeof(USHORT)`.',
		['SOCKET_PROCESSOR_AFFINITY processor = { 0 }', 'USHORT processor = 0'],
	],
	'wrong-struct 3': [
		'Use a `WSA_COMPATIBILITY_MODE` and `sizeof(WSA_COMPATIBILITY_MODE)`.',
		['SOCKET_PROCESSOR_AFFINITY', 'WSA_COMPATIBILITY_MODE'],
	],
	'wsk-irp 1': [
		'Allocate it with IoAllocateIrp and pass it.',
		['*Backlog)', '*Backlog, PIRP Irp)'],
		['Backlog, NULL, NULL', 'Backlog, NULL, Irp'],
	],
	'wsk-request 2': ['Pass `WskSetOption` or `WskGetOption`.', ['WskIoctl', 'WskSetOption']],
};

/** The text with every change made once. */
function changed(text: string, changes: readonly Change[]): string {
	return changes.reduce(
		(old, [from, to]) => {
			expect(old.split(from).length).toBeGreaterThan(1);
			return old.replace(from, () => to);
		},
		text.replace(/\n\s*\/\/ *\^+.*$/gm, ''),
	);
}

const edited = (text: string, { start, end, newText }: Edit): string =>
	text.slice(0, start) + newText + text.slice(end);

describe('what a message advises leaves nothing to report when it is done to the letter', () => {
	const examples = rules.flatMap((rule) =>
		rule.rejected.map((text, i) => ({ name: `${rule.id} ${i + 1}`, rule, text })),
	);

	it.each(examples)('$name', async ({ name, rule, text }) => {
		const options = rule.offByDefault ? { rules: { [rule.id]: rule.severity } } : {};
		const file = `x.${rule.language ?? 'c'}`;
		const { findings } = await checked(checker, { name: file, text }, options);
		const own = findings.filter((f) => f.rule === rule.id);
		// What a fix does is tried with all fixes.
		if (own.every((f) => f.fix)) return;
		const [advice, ...changes] = FOLLOWED[name] ?? [
			`a row for ${name} in FOLLOWED: what the message ends with, and the changes that it asks for`,
		];
		const ends = own.map((_, i) => (typeof advice === 'string' ? advice : (advice[i] ?? '')));
		expect(own.map(({ message }, i) => message.slice(-(ends[i]?.length ?? 0)))).toEqual(ends);
		const after = await checked(checker, { name: file, text: changed(text, changes) }, options);
		const others = findings.filter((f) => f.rule !== rule.id && changes[0]?.[1] !== '//').map((f) => f.rule);
		expect(after.findings.map((f) => f.rule)).toEqual(others);
	});

	it.each([
		[
			'an object that no size makes large enough',
			'DWORD on = 1; WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(&on), NULL, 0, &bytes, NULL, NULL);',
			'struct tcp_keepalive on = { 1, 10000, 1000 }; WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);',
			'`cbInBuffer` is 8 on 64-bit Windows, but `on` has 4 bytes. `SIO_KEEPALIVE_VALS` reads past its end. Pass the address of a `struct tcp_keepalive` and `sizeof(struct tcp_keepalive)`.',
			'`sizeof(&on)` is the size of an address (4 or 8 bytes), but `cbInBuffer` tells how many bytes `SIO_KEEPALIVE_VALS` reads (12 bytes at least). WSAIoctl fails with WSAEFAULT. Pass the address of a `struct tcp_keepalive` and `sizeof(struct tcp_keepalive)`.',
		],
		[
			'a pointer to something smaller',
			'DWORD *on = where(); WSAIoctl(s, SIO_KEEPALIVE_VALS, on, sizeof(on), NULL, 0, &bytes, NULL, NULL);',
			'struct tcp_keepalive on = { 1, 10000, 1000 }; WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);',
			'`sizeof(on)` is the size of the pointer (4 or 8 bytes), not of what it points to, but `cbInBuffer` tells how many bytes `SIO_KEEPALIVE_VALS` reads (12 at least). WSAIoctl fails with WSAEFAULT. Pass the address of a `struct tcp_keepalive` and `sizeof(struct tcp_keepalive)`.',
		],
		[
			'a pointer to bytes',
			'char *on = where(); WSAIoctl(s, SIO_KEEPALIVE_VALS, on, sizeof(on), NULL, 0, &bytes, NULL, NULL);',
			'char *on = where(); WSAIoctl(s, SIO_KEEPALIVE_VALS, on, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);',
			'`sizeof(on)` is the size of the pointer (4 or 8 bytes), not of what it points to, but `cbInBuffer` tells how many bytes `SIO_KEEPALIVE_VALS` reads (12 at least). WSAIoctl fails with WSAEFAULT. Pass `sizeof(struct tcp_keepalive)`.',
		],
		[
			'a pointer to anything, which has no size in C++',
			'void *fn = where(); WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), fn, sizeof(fn), &bytes, NULL, NULL);',
			'void *fn = where(); WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), fn, sizeof(FARPROC), &bytes, NULL, NULL);',
			'`sizeof(fn)` is the size of the pointer (4 or 8 bytes), not of what it points to, but `cbOutBuffer` tells how many bytes `SIO_GET_EXTENSION_FUNCTION_POINTER` writes. Pass `sizeof(FARPROC)`.',
		],
		[
			'a pointer that is NULL where its address is meant',
			'void *fn = NULL; WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), fn, sizeof(fn), &bytes, NULL, NULL);',
			'void *fn = NULL; WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &fn, sizeof(fn), &bytes, NULL, NULL);',
			'`lpvOutBuffer` is NULL, but `cbOutBuffer` is 4, 8 on 64-bit Windows: `SIO_GET_EXTENSION_FUNCTION_POINTER` would write there. WSAIoctl fails with WSAEFAULT. Pass `&fn`.',
		],
		[
			'a function pointer that is NULL where its address is meant',
			'LPFN_ACCEPTEX fn = NULL; WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), fn, sizeof(fn), &bytes, NULL, NULL);',
			'LPFN_ACCEPTEX fn = NULL; WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &fn, sizeof(fn), &bytes, NULL, NULL);',
			'`lpvOutBuffer` is NULL, but `cbOutBuffer` is 4, 8 on 64-bit Windows: `SIO_GET_EXTENSION_FUNCTION_POINTER` would write there. WSAIoctl fails with WSAEFAULT. Pass `&fn`.',
		],
		[
			'a pointer to a structure that is NULL',
			'struct tcp_keepalive *vals = NULL; WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);',
			'struct tcp_keepalive vals = { 1, 10000, 1000 }; WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);',
			'`lpvInBuffer` is NULL, but `cbInBuffer` is 4, 8 on 64-bit Windows: `SIO_KEEPALIVE_VALS` would read there. WSAIoctl fails with WSAEFAULT. Pass the address of a `struct tcp_keepalive` and `sizeof(struct tcp_keepalive)`.',
		],
		[
			'the address of a pointer where the pointer is meant',
			'struct tcp_keepalive *vals = where(); WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(*vals), NULL, 0, &bytes, NULL, NULL);',
			'struct tcp_keepalive *vals = where(); WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, sizeof(*vals), NULL, 0, &bytes, NULL, NULL);',
			'`cbInBuffer` is 12, but `vals` has 4 bytes, 8 on 64-bit Windows. `SIO_KEEPALIVE_VALS` reads past its end. Pass `vals`, which is the pointer, instead of its address.',
		],
		[
			'a size measured of the address of a pointer',
			'struct tcp_keepalive *vals = where(); WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, sizeof(&vals), NULL, 0, &bytes, NULL, NULL);',
			'struct tcp_keepalive *vals = where(); WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, sizeof(*vals), NULL, 0, &bytes, NULL, NULL);',
			'`sizeof(&vals)` is the size of an address (4 or 8 bytes), but `cbInBuffer` tells how many bytes `SIO_KEEPALIVE_VALS` reads (12 bytes at least). WSAIoctl fails with WSAEFAULT. Pass `sizeof(*vals)`.',
		],
		[
			'a size that differs between the targets',
			'SOCKET base; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, 2, &bytes, NULL, NULL);',
			'SOCKET base; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &bytes, NULL, NULL);',
			'`SIO_BASE_HANDLE` writes a `SOCKET` (4 bytes, 8 on 64-bit Windows), but `cbOutBuffer` is 2. WSAIoctl fails with WSAEFAULT. Pass `sizeof(base)`.',
		],
		[
			'no buffer of a size that is too small',
			'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, NULL, 2, &bytes, NULL, NULL);',
			'SOCKET base; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(SOCKET), &bytes, NULL, NULL);',
			'`lpvOutBuffer` is NULL, but `cbOutBuffer` is 2: `SIO_BASE_HANDLE` would write there. WSAIoctl fails with WSAEFAULT. Pass the address of a `SOCKET` and `sizeof(SOCKET)`.',
		],
		[
			'a question to a code that sets only, of which nothing is known that answers it',
			'u_long on = 0; WSAIoctl(s, FIONBIO, NULL, 0, &on, sizeof(on), &bytes, NULL, NULL);',
			'u_long on = 0; WSAIoctl(s, FIONBIO, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);',
			'`FIONBIO` sets only, and cannot be read back: it writes nothing to `lpvOutBuffer`, and its input is empty. WSAIoctl fails with WSAEFAULT. Pass what it reads as `lpvInBuffer` and `cbInBuffer`.',
		],
		[
			'a routine for a code that takes no overlapped structure',
			'SOCKET base; WSAIoctl(s, SIO_BSP_HANDLE_POLL, NULL, 0, &base, sizeof(base), &bytes, NULL, done);',
			'SOCKET base; WSAIoctl(s, SIO_BSP_HANDLE_POLL, NULL, 0, &base, sizeof(base), &bytes, NULL, NULL);',
			'`lpCompletionRoutine` is given, but `lpOverlapped` is NULL: the call is synchronous and the routine is never called. Pass NULL for the routine.',
		],
		[
			'a GUID of a table for which there is no room',
			'GUID rio = WSAID_MULTIPLE_RIO; FARPROC fn; WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &rio, sizeof(rio), &fn, sizeof(fn), &bytes, NULL, NULL);',
			'GUID rio = WSAID_MULTIPLE_RIO; RIO_EXTENSION_FUNCTION_TABLE fn; WSAIoctl(s, SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER, &rio, sizeof(rio), &fn, sizeof(RIO_EXTENSION_FUNCTION_TABLE), &bytes, NULL, NULL);',
			'`WSAID_MULTIPLE_RIO` belongs to `SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER`, not to `SIO_GET_EXTENSION_FUNCTION_POINTER`: it gives RIO_EXTENSION_FUNCTION_TABLE. The call is expected to fail with WSAEINVAL. Pass `SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER` and, for its output, the address of a `RIO_EXTENSION_FUNCTION_TABLE` and `sizeof(RIO_EXTENSION_FUNCTION_TABLE)`.',
		],
	] as const)('%s', async (_, wrong, right, ...messages) => {
		for (const name of ['x.c', 'x.cpp']) {
			const around = (call: string) =>
				`void CALLBACK done(DWORD error, DWORD bytes, WSAOVERLAPPED *overlapped, DWORD flags);\nvoid f(SOCKET s, void *where(void))\n{\n\tGUID id = WSAID_ACCEPTEX;\n\tDWORD bytes;\n\t${call}\n}\n`;
			const { findings } = await checked(checker, { name, text: around(wrong) });
			expect(findings.map((f) => f.message)).toEqual(messages);
			const after = await checked(checker, { name, text: around(right) });
			expect(after.findings).toEqual([]);
			// A fix does the same, or there is none.
			for (const { fix } of findings) {
				if (!fix) continue;
				const fixed = fix.edits.toSorted((a, b) => b.start - a.start).reduce(edited, around(wrong));
				// Where an object is declared the fix gives it a name of its own.
				if (fix.edits.length === 1) expect(fixed).toBe(around(right));
				else expect((await checked(checker, { name, text: fixed })).findings.length).toBeLessThan(findings.length);
			}
		}
	});
});
