/** Every proposed fix is applied: what it was for must be gone, and nothing worse may come instead. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import type { Fix } from '../../server/src/rules/rule.ts';
import { GRIDS } from '../support/callGrids.ts';
import { checked } from '../support/checked.ts';
import { rejectedExamples as examples } from '../support/rejectedExamples.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const apply = (text: string, { edits }: Fix): string =>
	[...edits].sort((a, b) => b.start - a.start).reduce((t, e) => t.slice(0, e.start) + e.newText + t.slice(e.end), text);

async function findings(text: string, ending: string, options: CheckOptions) {
	return (await checked(checker, { name: `fix.${ending}`, text }, options)).findings;
}

/** What is reported in the examples without a fix, because only the author can know what is right. */
const WITHOUT: Readonly<Record<string, readonly string[]>> = {
	'ffi-declaration': ['koffi.pointer(OVERLAPPED)'],
	'input-byte-order': ['range'],
	'input-time': ['vals'],
	'input-uninitialised': ['&mode', '&vals', 'vals'],
	'input-value': ['7', '-1', '0', '256', 'vals'],
	'ioctlsocket-argument': ['SIO_KEEPALIVE_VALS'],
	'may-block': ['NULL', 'null'],
	'newer-than-target': ['SIO_TCP_INITIAL_RTO'],
	'no-effect': ['FIONBIO'],
	'output-too-small': ['4'],
	'overlapped-lifetime': ['&pending'],
	'reserved-code': ['SIO_GET_INTERFACE_LIST_EX', 'SIO_LOOPBACK_FAST_PATH'],
	'swapped-buffers': ['0'],
	'unknown-guid': ['WSAID_MULTIPLE_RIO'],
	'unused-result': ['ioctlsocket'],
	'wrong-order': ['SIO_TCP_INITIAL_RTO', 'SIO_IDEAL_SEND_BACKLOG_QUERY', 'SIO_RCVALL', 'FIONBIO'],
	'wrong-socket-kind': ['SIO_KEEPALIVE_VALS', 'SIO_UDP_CONNRESET', 'SIO_GET_EXTENSION_FUNCTION_POINTER'],
	'wsk-irp': ['NULL'],
	'wsk-request': ['WskIoctl'],
};

describe('fixes', () => {
	it.each(examples)('$name', async ({ text, ending, options }) => {
		const before = await findings(text, ending, options);
		// An example that says nothing is read in a language that is not its own.
		expect(before).not.toEqual([]);
		for (const finding of before) {
			if (!finding.fix) continue;
			const after = await findings(apply(text, finding.fix), ending, options);
			const rest = before.filter((f) => f !== finding).map((f) => f.rule);
			expect(after.map((f) => f.rule)).toEqual(rest);
		}
	});

	it.each(GRIDS)('calls: $name', async ({ ending, options = {}, around, calls }) => {
		for (const call of calls) {
			const text = around(call);
			const before = await findings(text, ending, options);
			for (const finding of before) {
				// A call whose code is not known is judged once it is.
				if (!finding.fix || finding.rule === 'unknown-code') continue;
				const rest = before.filter((f) => f !== finding).map((f) => f.rule);
				const after = await findings(apply(text, finding.fix), ending, options);
				const more = after.map((f) => f.rule).filter((rule) => !rest.includes(rule));
				expect([call, finding.fix.title, ...more]).toEqual([call, finding.fix.title]);
			}
		}
	});

	it('are missing where the rule says why, and nowhere else', async () => {
		const missing = new Map<string, Set<string>>();
		for (const { rule, text, ending, options } of examples)
			for (const f of await findings(text, ending, options))
				if (f.rule === rule && !f.fix)
					missing.set(rule, (missing.get(rule) ?? new Set()).add(text.slice(f.start, f.end)));
		const found = Object.fromEntries([...missing].map(([rule, places]) => [rule, [...places]]));
		expect(found).toEqual(WITHOUT);
		const silent = rules.filter(({ id, withoutFix }) => missing.has(id) && withoutFix === undefined);
		expect(silent.map(({ id }) => id)).toEqual([]);
	});
});

const IN_C = (body: string) =>
	`void f(SOCKET s, struct tcp_keepalive *given, void *anything)\n{\n\tDWORD bytes;\n\tstruct tcp_keepalive vals = { 1, 10000, 1000 };\n\t${body}\n}\n`;

const IN_TS = (body: string) =>
	`import koffi from 'koffi';\nconst ws2 = koffi.load('ws2_32.dll');\nconst WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');\nexport function f(s: bigint) {\n\t${body}\n}\n`;

type Case = [what: string, body: string, title: string | undefined, fixed?: string];

/** The first finding's fix: its title, what it makes of the text, and that nothing is left to report. */
async function proves(ending: string, around: (body: string) => string, [, body, title, fixed = body]: Readonly<Case>) {
	const text = around(body);
	const [first, ...others] = await findings(text, ending, {});
	expect(first).toBeDefined();
	expect([first?.fix?.title, others]).toEqual([title, []]);
	if (!first?.fix) return;
	expect(apply(text, first.fix)).toBe(around(fixed));
	expect(await findings(around(fixed), ending, {})).toEqual([]);
}

describe('a size that is too small', () => {
	it('is that of a new object where the pointer leads nowhere', () =>
		proves('c', IN_C, [
			'is that of a new object where the pointer leads nowhere',
			'struct tcp_keepalive *none = NULL;\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &none, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);',
			'Declare a struct tcp_keepalive and pass it',
			'struct tcp_keepalive *none = NULL;\n\tstruct tcp_keepalive settings = { 0 };\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &settings, sizeof(settings), NULL, 0, &bytes, NULL, NULL);',
		]));
	const sizes: Case[] = [
		[
			'is that of the object',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, 4, NULL, 0, &bytes, NULL, NULL);',
			'Pass sizeof(vals)',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);',
		],
		[
			'is that of the object behind a cast, where it was 0',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, (char *)&vals, 0, NULL, 0, &bytes, NULL, NULL);',
			'Pass sizeof(vals)',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, (char *)&vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);',
		],
		[
			'is that of an array',
			'INTERFACE_INFO list[4]; WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, 4, &bytes, NULL, NULL);',
			'Pass sizeof(list)',
			'INTERFACE_INFO list[4]; WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, sizeof(list), &bytes, NULL, NULL);',
		],
		[
			'is that of the type where bytes hold it',
			'char all[64] = { 1 }; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, all, 2, &bytes, NULL, NULL);',
			'Pass sizeof(SOCKET)',
			'char all[64] = { 1 }; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, all, sizeof(SOCKET), &bytes, NULL, NULL);',
		],
		[
			'is that of the type where a pointer leads to it',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, given, 4, NULL, 0, &bytes, NULL, NULL);',
			'Pass sizeof(struct tcp_keepalive)',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, given, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);',
		],
		[
			'is that of what the pointer leads to whose address is passed',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, (LPVOID)&given, sizeof(given), NULL, 0, &bytes, NULL, NULL);',
			'Pass given',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, given, sizeof(*given), NULL, 0, &bytes, NULL, NULL);',
		],
		[
			'is that of the type where a pointer to anything leads to it',
			'void *p = &vals; WSAIoctl(s, SIO_KEEPALIVE_VALS, p, 4, NULL, 0, &bytes, NULL, NULL);',
			'Pass sizeof(struct tcp_keepalive)',
			'void *p = &vals; WSAIoctl(s, SIO_KEEPALIVE_VALS, p, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);',
		],
		[
			'is nobody’s guess where the memory is not known',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, anything, 4, NULL, 0, &bytes, NULL, NULL);',
			undefined,
		],
	];
	it.each(sizes)('%s, in C', (...row: Case) => proves('c', IN_C, row));
	it.each(sizes)('%s, in C++', (...row: Case) => proves('cpp', IN_C, row));

	it.each<Case>([
		[
			'is a number in TypeScript',
			'const vals = new Uint32Array([1, 10000, 1000]);\n\treturn WSAIoctl(s, 0x98000004, vals, 4, null, 0, [0], null, null);',
			'Pass 12',
			'const vals = new Uint32Array([1, 10000, 1000]);\n\treturn WSAIoctl(s, 0x98000004, vals, 12, null, 0, [0], null, null);',
		],
	])('%s', (...row: Case) => proves('ts', IN_TS, row));
});

describe('an object that is too small', () => {
	const call = (buffer: string) => `WSAIoctl(s, SIO_KEEPALIVE_VALS, ${buffer}, NULL, 0, &bytes, NULL, NULL)`;
	const small = 'DWORD on = 1;\n\t';
	const declaration = 'struct tcp_keepalive settings = { 0 };\n\t';
	const fixed = call('&settings, sizeof(settings)');
	const title = 'Declare a struct tcp_keepalive and pass it';
	const replaced: Case[] = [
		[
			'gives way to one of the right type',
			`${small}${call('&on, sizeof(on)')};`,
			title,
			`${small}${declaration}${fixed};`,
		],
		[
			'does so in a condition',
			`${small}if (s != INVALID_SOCKET && ${call('&on, 4')} == SOCKET_ERROR)\n\t\treturn;`,
			title,
			`${small}${declaration}if (s != INVALID_SOCKET && ${fixed} == SOCKET_ERROR)\n\t\treturn;`,
		],
		[
			'does so in a declaration, under a name that is free',
			`int settings = 1;\n\tint result = ${call('&settings, sizeof(settings)')};\n\tif (result != 0) return;`,
			title,
			`int settings = 1;\n\tstruct tcp_keepalive input = { 0 };\n\tint result = ${call('&input, sizeof(input)')};\n\tif (result != 0) return;`,
		],
		['stays where it is no block that the call stands in', `${small}if (bytes)\n\t\t${call('&on, 4')};`, undefined],
		['stays in a loop’s head', `${small}while (${call('&on, 4')} != 0)\n\t\treturn;`, undefined],
		['stays behind another statement of its line', `DWORD on = 1; ${call('&on, 4')};`, undefined],
		[
			'stays where a jump may lead past it',
			`${small}if (s == 0) goto end;\n\t${call('&on, 4')};\nend:\n\treturn;`,
			undefined,
		],
		[
			'stays in a macro',
			`#define SET(value) \\\n\tdo { \\\n\t${call('value, 4')}; \\\n\t} while (0)\n\t${small}SET(&on);`,
			undefined,
		],
	];
	it.each(replaced)('%s, in C', (...row: Case) => proves('c', IN_C, row));
	const inCpp = replaced.map(([what, body, ...more]): Case => {
		const [wanted, after] = more;
		return after === undefined ? [what, body, wanted] : [what, body, wanted, after.replace('= { 0 }', '= {}')];
	});
	it.each(inCpp)('%s, in C++', (...row: Case) => proves('cpp', IN_C, row));
});

/** The body of a function that returns a number, in C and C++. */
const RETURNING = (body: string) => `int f(SOCKET s, DWORD bytesToSend, BOOL on)\n{\n\t${body}\n}\n`;

describe('what is passed instead', () => {
	const ka = 'struct tcp_keepalive ka = { 1, 10000, 1000 };\n\t';
	const id = 'GUID id = WSAID_CONNECTEX;\n\tDWORD n;\n\t';
	const extension = (rest: string) =>
		`return WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), ${rest}, &n, NULL, NULL);`;
	const counted = (count: string) =>
		`return WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, sizeof(ka), NULL, 0, ${count}, NULL, NULL);`;
	const base = (declarations: string, buffer: string) =>
		`${declarations}\n\treturn WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, ${buffer}, &n, NULL, NULL);`;
	const cases: Case[] = [
		[
			'the count of bytes is a variable that is there for it',
			`${ka}DWORD dwBytesReturned;\n\t${counted('NULL')}`,
			'Pass &dwBytesReturned',
			`${ka}DWORD dwBytesReturned;\n\t${counted('&dwBytesReturned')}`,
		],
		[
			'the count of bytes is no parameter',
			`${ka}${counted('NULL')}`,
			'Declare a DWORD and pass it',
			`${ka}DWORD bytes = 0;\n\t${counted('&bytes')}`,
		],
		[
			'the count of bytes becomes as large as it has to be',
			`${ka}WORD n;\n\t${counted('(LPDWORD)&n')}`,
			'Declare n as a DWORD',
			`${ka}DWORD n;\n\t${counted('(LPDWORD)&n')}`,
		],
		[
			'a value gets an object that holds it',
			'return ioctlsocket(s, FIONBIO, (u_long *)on);',
			'Declare a u_long and pass it',
			'u_long value = on;\n\treturn ioctlsocket(s, FIONBIO, &value);',
		],
		[
			'several values get one',
			'return ioctlsocket(s, FIONBIO, (u_long *)(on ? 1 : 0));',
			'Declare a u_long and pass it',
			'u_long value = (on ? 1 : 0);\n\treturn ioctlsocket(s, FIONBIO, &value);',
		],
		[
			'a number of another size is copied',
			'unsigned char is = 1;\n\treturn ioctlsocket(s, FIONBIO, (u_long *)&is);',
			'Declare a u_long and pass it',
			'unsigned char is = 1;\n\tu_long value = is;\n\treturn ioctlsocket(s, FIONBIO, &value);',
		],
		[
			'an output that is too small gets its type',
			base('DWORD handle;\n\tDWORD n;', '&handle, sizeof(handle)'),
			'Declare handle as a SOCKET',
			base('SOCKET handle;\n\tDWORD n;', '&handle, sizeof(handle)'),
		],
		[
			'an output that is declared among others gives way',
			base('DWORD handle, n;', '&handle, sizeof(handle)'),
			'Declare a SOCKET and pass it',
			base('DWORD handle, n;\n\tSOCKET result = 0;', '&result, sizeof(result)'),
		],
		[
			'a pointer that is NULL gives its address',
			`${id}LPFN_CONNECTEX fn = NULL;\n\t${extension('fn, sizeof(fn)')}`,
			'Pass &fn',
			`${id}LPFN_CONNECTEX fn = NULL;\n\t${extension('&fn, sizeof(fn)')}`,
		],
		[
			'a buffer whose size is measured is that object',
			`${ka}DWORD n;\n\treturn WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, sizeof(ka), NULL, 0, &n, NULL, NULL);`,
			'Pass &ka',
			`${ka}DWORD n;\n\treturn WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, sizeof(ka), NULL, 0, &n, NULL, NULL);`,
		],
		[
			'where the size of a type is given the buffer is the one variable of that type',
			`${ka}DWORD n;\n\treturn WSAIoctl(s, SIO_KEEPALIVE_VALS, NULL, sizeof(struct tcp_keepalive), NULL, 0, &n, NULL, NULL);`,
			'Pass &ka',
			`${ka}DWORD n;\n\treturn WSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, sizeof(struct tcp_keepalive), NULL, 0, &n, NULL, NULL);`,
		],
		[
			'an array whose size is measured is the buffer',
			`char list[512];\n\tDWORD n;\n\treturn WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, NULL, sizeof(list), &n, NULL, NULL);`,
			'Pass list',
			`char list[512];\n\tDWORD n;\n\treturn WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, sizeof(list), &n, NULL, NULL);`,
		],
		[
			'a size beyond the object is the object’s',
			`${id}LPFN_CONNECTEX fn;\n\t${extension('&fn, 64')}`,
			'Pass sizeof(fn)',
			`${id}LPFN_CONNECTEX fn;\n\t${extension('&fn, sizeof(fn)')}`,
		],
		[
			'a number of which half is written begins with 0',
			'unsigned long long unread;\n\tif (ioctlsocket(s, FIONREAD, (u_long *)&unread)) return -1;\n\treturn unread > 0;',
			'Set unread to 0 before',
			'unsigned long long unread = 0;\n\tif (ioctlsocket(s, FIONREAD, (u_long *)&unread)) return -1;\n\treturn unread > 0;',
		],
	];
	it.each(cases)('%s, in C', (...row: Case) => proves('c', RETURNING, row));
	it.each(cases)('%s, in C++', (...row: Case) => proves('cpp', RETURNING, row));

	it('is nullptr where the call writes it so', () =>
		proves('cpp', (body) => `void CALLBACK done(DWORD, DWORD, WSAOVERLAPPED *, DWORD);\n${RETURNING(body)}`, [
			'',
			`DWORD n, unread;\n\treturn WSAIoctl(s, FIONREAD, nullptr, 0, &unread, sizeof(unread), &n, nullptr, done);`,
			'Pass nullptr',
			`DWORD n, unread;\n\treturn WSAIoctl(s, FIONREAD, nullptr, 0, &unread, sizeof(unread), &n, nullptr, nullptr);`,
		]));

	const koffi = (call: string, before = '') => `${before}return WSAIoctl(s, 0x98000004, ${call}, null, null);`;
	it.each<Case>([
		[
			'a buffer that is too small gives way',
			koffi('on, on.byteLength, null, 0, [0]', 'const on = Buffer.alloc(4);\n\t'),
			'Declare a buffer of 12 bytes and pass it',
			`const on = Buffer.alloc(4);\n\tconst settings = Buffer.alloc(12);\n\t${koffi('settings, settings.byteLength, null, 0, [0]')}`,
		],
		[
			'a typed array gives way to one',
			koffi('on, 4, null, 0, [0]', 'const on = new Uint8Array(4);\n\t'),
			'Declare a buffer of 12 bytes and pass it',
			`const on = new Uint8Array(4);\n\tconst settings = new Uint8Array(12);\n\t${koffi('settings, settings.byteLength, null, 0, [0]')}`,
		],
		[
			'there is a count of bytes',
			koffi('Buffer.alloc(12), 12, null, 0, null'),
			'Declare a buffer of 4 bytes and pass it',
			`const bytes = Buffer.alloc(4);\n\t${koffi('Buffer.alloc(12), 12, null, 0, bytes')}`,
		],
		[
			'a buffer within an arrow function’s expression stays',
			`const set = () => WSAIoctl(s, 0x98000004, Buffer.alloc(4), 4, null, 0, [0], null, null);\n\treturn set();`,
			undefined,
		],
	])('%s, in TypeScript', (...row: Case) => proves('ts', IN_TS, row));

	it('stands within what a library makes of it', async () => {
		const text = (array: string, given: string) =>
			`import { dlopen, ptr } from 'bun:ffi';\nconst { symbols } = dlopen('ws2_32.dll', { WSAIoctl: { args: ['u64', 'u32', 'ptr', 'u32', 'ptr', 'u32', 'ptr', 'ptr', 'ptr'], returns: 'i32' } });\nexport function f(s: bigint, n: Uint32Array) {\n\tconst on = new Uint32Array([1]);\n\t${array}return symbols.WSAIoctl(s, 0x98000004, ${given}, null, 0, ptr(n), null, null);\n}\n`;
		const [first] = await findings(text('', 'ptr(on), 4'), 'ts', {});
		expect(first?.fix && apply(text('', 'ptr(on), 4'), first.fix)).toBe(
			text('const settings = new Uint8Array(12);\n\t', 'ptr(settings), settings.byteLength'),
		);
	});
});

describe('a result that is misread', () => {
	const call = 'ioctlsocket(s, FIONBIO, &mode)';
	const around = (condition: string) =>
		RETURNING(`u_long mode = 1;\n\tif (${condition}) return WSAGetLastError();\n\treturn 0;`);
	const cases: Case[] = [
		['is not 0', `${call} == 0`, `Write ${call} != 0`, `${call} != 0`],
		['is not 0, whichever stands first', `0 == ${call}`, `Write ${call} != 0`, `${call} != 0`],
		['is not negated', `!${call}`, `Write ${call} != 0`, `${call} != 0`],
		[
			'is followed by what tells the error',
			`${call} == WSAEWOULDBLOCK`,
			'Write the comparison',
			`(${call} == SOCKET_ERROR && WSAGetLastError() == WSAEWOULDBLOCK)`,
		],
		[
			'is followed by what tells another error',
			`WSAEWOULDBLOCK != ${call}`,
			'Write the comparison',
			`(${call} != SOCKET_ERROR || WSAGetLastError() != WSAEWOULDBLOCK)`,
		],
		[
			'is 0 where TRUE was expected',
			`on || ${call} != TRUE`,
			`Write ${call} == SOCKET_ERROR`,
			`on || ${call} == SOCKET_ERROR`,
		],
	];
	it.each(cases)('%s, in C', (...row: Case) => proves('c', around, row));
	it.each(cases)('%s, in C++', (...row: Case) => proves('cpp', around, row));
});
