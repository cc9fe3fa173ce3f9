import { describe, expect, test } from 'vitest';
import { codes, options, types } from '../../server/src/catalog/builtin.generated.ts';
import { apis } from '../../server/src/catalog/functions.generated.ts';
import { guids } from '../../server/src/catalog/guids.ts';
import { hex } from '../../server/src/catalog/opcode.ts';
import { errorFacts } from '../../server/src/reference/facts.ts';
import { noLinks, type PageLink, prose } from '../../server/src/reference/render/markdown.ts';
import { table } from '../../server/src/reference/render/table.ts';
import {
	bitFields,
	bitPicture,
	bitSentences,
	codeByName,
	codeHover,
	documentationFiles,
	explain,
	explainText,
	numberHover,
	referenceIndex,
	referencePage,
	resolveQuery,
	typeSpelling,
} from '../support/builtin.ts';

const link: PageLink = (kind, name) => `${kind}:${name}`;

describe('the picture of the bits', () => {
	test('of a vendor code', () => {
		expect(bitPicture(0x98000004)).toEqual([
			'31  30  29  28-27  26-16        15-0',
			'1   0   0   11     00000000000  0000000000000100',
			'I   O   V   T=3    vendor 0     code 4',
		]);
		expect(bitSentences(0x98000004)).toBe("Data goes in. A vendor's code (T=3): vendor 0, code 4.");
	});

	test('of a Unix code', () => {
		expect(bitPicture(0x8004667e)).toEqual([
			'31  30  29  28-27  26-23  22-16    15-8       7-0',
			'1   0   0   00     0000   0000100  01100110   01111110',
			"I   O   V   T=0    -      size 4   group 'f'  number 126",
		]);
		expect(bitSentences(0x8004667e)).toBe(
			"Data goes in. Unix form (T=0): group 'f', number 126, parameter of 4 bytes.",
		);
	});

	test.each([
		[0x28000002, 'No parameters (V). A general Winsock 2 code (T=1): code 2.'],
		[0xc8000006, 'Data goes in and comes out. A general Winsock 2 code (T=1): code 6.'],
		[0x4f000005, 'Data comes out. A code of Winsock Kernel (T=1, IOC_WSK): code 5.'],
		[0x90020007, 'Data goes in. A code of one address family (T=2): AF_INET, code 7.'],
		[0x90ff0007, 'Data goes in. A code of one address family (T=2): family 255, code 7.'],
		[0xdc000001, "Data goes in and comes out. A vendor's code (T=3): vendor 1024, code 1."],
		[0x00000001, 'No direction bit is set. Unix form (T=0): group 0, number 1, parameter of 0 bytes.'],
		[
			0xa0000001,
			'Data goes in. V (no parameters) is set as well, which no header macro does. Unix form (T=0): group 0, number 1.',
		],
	])('%i in words', (value, words) => {
		expect(bitSentences(value)).toBe(words);
	});

	test('holds every bit of every number once, from 31 down to 0', () => {
		for (const value of [
			0,
			1,
			0x7fffffff,
			0x80000000,
			0xffffffff,
			0x12345678,
			-1,
			...codes.map((c) => c.opcode.value),
		]) {
			const fields = bitFields(value);
			expect(fields.map((f) => f.digits).join('')).toBe((value >>> 0).toString(2).padStart(32, '0'));
			const places = fields.flatMap(({ place }) => {
				const [high, low] = place.split('-').map(Number) as [number, number?];
				return Array.from({ length: high - (low ?? high) + 1 }, (_, i) => high - i);
			});
			expect(places).toEqual(Array.from({ length: 32 }, (_, i) => 31 - i));
		}
	});
});

describe('a query', () => {
	test.each([
		'0x98000004',
		'0X98000004',
		'0x9800_0004',
		"0x9800'0004",
		'0x98000004u',
		'0x98000004UL',
		'98000004h',
		'2550136836',
		'-1744830460',
		'-0x67fffffc',
		'0b10011000000000000000000000000100',
		'0xFFFFFFFF98000004',
		'18446744071964721156',
		'2550136836n',
		'  0x98000004 ',
		'_WSAIOW(IOC_VENDOR,4)',
		'_WSAIOW( IOC_VENDOR , 0x4 )',
		'IOC_IN|IOC_VENDOR|4',
		'IOC_IN | 0x18000004',
	])('%s is the number of SIO_KEEPALIVE_VALS', (query) => {
		expect(resolveQuery(query)).toEqual({ kind: 'number', value: 0x98000004 });
	});

	test.each([
		["_IOW('f', 126, u_long)", 0x8004667e],
		["_IOR('s',7,unsigned long)", 0x40047307],
		["_IO('s', 7)", 0x20007307],
		['_WSAIO(IOC_WS2, 2)', 0x28000002],
		['_WSAIORW(IOC_WS2, 6)', 0xc8000006],
		['IOC_VENDOR', 0x18000000],
		['0', 0],
		['9800000C', 0x9800000c],
	])('%s is a number', (query, value) => {
		expect(resolveQuery(query)).toEqual({ kind: 'number', value });
	});

	test.each([
		['', 'Give the name of a control code, or a number such as 0x98000004.'],
		['   ', 'Give the name of a control code, or a number such as 0x98000004.'],
		['0x100000000', '0x100000000 does not fit into 32 bits; control codes are 32-bit numbers.'],
		['4294967296', '4294967296 does not fit into 32 bits; control codes are 32-bit numbers.'],
		['-2147483649', '-2147483649 does not fit into 32 bits; control codes are 32-bit numbers.'],
		['1.5', '"1.5" is neither a name nor a 32-bit number.'],
		['0x', '"0x" is neither a name nor a 32-bit number.'],
		['_WSAIOW(IOC_VENDOR)', '"_WSAIOW(IOC_VENDOR)" is neither a name nor a 32-bit number.'],
		["_IOR('f', 300, u_long)", '"_IOR(\'f\', 300, u_long)" is neither a name nor a 32-bit number.'],
		['a\u0000b', '"a\u0000b" is neither a name nor a 32-bit number.'],
		['x'.repeat(201), 'A name or a number is expected, not a text of 201 characters.'],
		['__proto__', 'Nothing in the catalog is called __proto__.'],
		['FOO', 'Nothing in the catalog is called FOO.'],
		['constructor', 'Nothing in the catalog is called constructor.'],
		['SIO_KEEPALIV_VALS', 'Nothing in the catalog is called SIO_KEEPALIV_VALS. Did you mean SIO_KEEPALIVE_VALS?'],
		['SIO_KEEPALIV', 'Nothing in the catalog is called SIO_KEEPALIV. Did you mean SIO_KEEPALIVE_VALS or SO_KEEPALIVE?'],
		[
			'tcp_info_v',
			'Nothing in the catalog is called tcp_info_v. Did you mean TCP_INFO_v0, TCP_INFO_v1 or TCP_INFO_v2?',
		],
		[
			'00000000-0000-0000-0000-000000000001',
			'No extension function of mswsock.h has the GUID 00000000-0000-0000-0000-000000000001.',
		],
	])('%j is refused with a reason', (query, error) => {
		expect(explain(query)).toEqual({ error });
		expect(explainText(query)).toEqual({ error });
	});

	test.each([
		['WSAIoctl', 'WSAIoctl'],
		['ioctlsocket', 'ioctlsocket'],
		['LPWSPIOCTL', 'WSPIoctl'],
		['NSPIoctl', 'NSPIoctl'],
		['wskcontrolsocket', 'WskControlSocket'],
		['RCVALL_ON', 'RCVALL_VALUE'],
		['wsabehaviorall', 'WSA_COMPATIBILITY_BEHAVIOR_ID'],
		['IFF_UP', 'INTERFACE_INFO'],
		['ptcp_info_v0', 'TCP_INFO_v0'],
		['AcceptEx', 'WSAID_ACCEPTEX'],
		['b5367df1-cbac-11cf-95ca-00805f48a192', 'WSAID_ACCEPTEX'],
		['{B5367DF1-CBAC-11CF-95CA-00805F48A192}', 'WSAID_ACCEPTEX'],
		['SO_WSK_SECURITY', 'SO_WSK_SECURITY'],
	])('%s leads to the page of %s', (query, title) => {
		expect((explain(query) as { title: string }).title).toBe(title);
		expect((explainText(query) as { title: string }).title).toBe(title);
	});

	test.each([
		['10014', 'WSAEFAULT'],
		['0x271E', 'WSAEFAULT'],
		['WSAEFAULT', 'WSAEFAULT'],
		['wsaefault', 'WSAEFAULT'],
		['10013', 'WSAEACCES'],
		['10022', 'WSAEINVAL'],
		['10035', 'WSAEWOULDBLOCK'],
		['10045', 'WSAEOPNOTSUPP'],
		['10048', 'WSAEADDRINUSE'],
		['10054', 'WSAECONNRESET'],
		['STATUS_INVALID_BUFFER_SIZE', 'STATUS_INVALID_BUFFER_SIZE'],
		['input-too-small', 'input-too-small'],
		['keepalive', 'keepalive'],
		['raw socket', 'raw socket'],
	])('%s leads to the page of the error, the rule or the words %s', (query, title) => {
		expect((explain(query) as { title: string }).title).toBe(title);
		expect((explainText(query) as { title: string }).title).toBe(title);
	});

	test('on an error says what it means for these calls, and which codes answer with it', () => {
		expect(explain('10048')).toEqual({
			title: 'WSAEADDRINUSE',
			markdown: `# WSAEADDRINUSE

Error \`10048\`, \`0x00002740\`.

The address is taken by another socket.

## Answered when

- A port of the range is taken, or lies in a range that Windows keeps for others (netsh int ipv4 show excludedportrange) (reported in microsoft/msquic#2891). \`SIO_ACQUIRE_PORT_RESERVATION\`
`,
		});
		expect(explainText('10048')).toEqual({
			title: 'WSAEADDRINUSE',
			text: `WSAEADDRINUSE  10048  0x00002740

The address is taken by another socket.

Answered when

  - A port of the range is taken, or lies in a range that Windows keeps for
    others (netsh int ipv4 show excludedportrange) (reported in
    microsoft/msquic#2891).
    SIO_ACQUIRE_PORT_RESERVATION
`,
		});
	});

	test('on an error names every code whose table has it', () => {
		const { markdown } = explain('WSAEFAULT') as { markdown: string };
		const named = codes.filter((code) => errorFacts(code).some(({ error }) => error === 'WSAEFAULT'));
		expect(named.length).toBeGreaterThan(10);
		expect(named.filter(({ name }) => !markdown.includes(`\`${name}\``)).map(({ name }) => name)).toEqual([]);
	});

	test('lists what holds the words, by name first', () => {
		expect(explain('keep alive')).toEqual({
			title: 'keep alive',
			markdown: `# keep alive

- \`SIO_KEEPALIVE_VALS\`, control code: Switches TCP keep-alive on or off for one connection and sets its two intervals, where \`SO_KEEPALIVE\` alone would use the intervals of the whole machine.
- \`tcp_keepalive\`, structure: Keep-alive switch and intervals of one TCP connection.
- \`SO_KEEPALIVE\`, socket option: Sends keep-alive packets on a connection: 1 on, 0 off.
- \`WSAENETRESET\`, error: Keep-alive found the connection dead.
`,
		});
		expect(explain('frobnicate sockets')).toEqual({ error: 'Nothing in the catalog speaks of "frobnicate sockets".' });
		expect(explain('sio kepalive vals')).toEqual({
			error: 'Nothing in the catalog speaks of "sio kepalive vals". Did you mean SIO_KEEPALIVE_VALS?',
		});
	});

	test('tells what was only reported from what is documented', () => {
		expect((explainText('WSAID_CONNECTEX') as { text: string }).text.split('\n').slice(-6)).toEqual([
			'  Socket    SOCK_STREAM.',
			'  Reported  The address belongs to the provider of this socket. Called with a',
			'            socket of another one (of AF_UNIX, or beneath a layered provider) it',
			'            fails or crashes: ask once for each socket, or for each provider',
			'            (quinn-rs/quinn#2825).',
			'',
		]);
	});

	test('on a constant begins with its number and its meaning', () => {
		expect((explain('RCVALL_IPLEVEL') as { markdown: string }).markdown.split('\n').slice(0, 5)).toEqual([
			'# RCVALL_VALUE',
			'',
			'`RCVALL_IPLEVEL` = `3`. A value of `RCVALL_VALUE`. Every packet that the IP layer sees; the adapter keeps its filter.',
			'',
			'What a capturing raw socket receives.',
		]);
		expect((explainText('IFF_MULTICAST') as { text: string }).text.split('\n').slice(3, 4)).toEqual([
			'IFF_MULTICAST = 0x10. A value of iiFlags of INTERFACE_INFO. It can send',
		]);
	});

	test('on a function explains each argument', () => {
		expect((explain('ioctlsocket') as { markdown: string }).markdown).toBe(`# ioctlsocket

The control call of Winsock 1.1, made after the ioctl of Unix: one code and one argument of 4 bytes that is read or written. \`FIONBIO\`, \`FIONREAD\` and \`SIOCATMARK\` are made for it; whatever needs two buffers goes to \`WSAIoctl\`.

\`\`\`c
int ioctlsocket(
    SOCKET s,
    long cmd,
    u_long *argp
);
\`\`\`

Declared in winsock2.h. Other names that lead to it: \`LPFN_IOCTLSOCKET\`.

## Arguments

| Argument | Type       | Meaning |
| -------- | ---------- | --- |
| \`s\`      | \`SOCKET\`   | The socket. |
| \`cmd\`    | \`long\`     | The control code. |
| \`argp\`   | \`u_long *\` | The one argument, input and output at once. It is always taken as 4 bytes, on 64-bit Windows too. |

## Result

0 on success, else \`SOCKET_ERROR\`, and \`WSAGetLastError\` tells the error.

## Remarks

- A variable of 8 bytes, such as a \`size_t\`, is written in its first 4 bytes only.

[Microsoft Learn](https://learn.microsoft.com/en-us/windows/win32/api/winsock2/nf-winsock2-ioctlsocket)
`);
		for (const { id, parameters } of apis) {
			const { text } = explainText(id) as { text: string };
			expect(
				parameters.filter((p) => !new RegExp(`^  ${p.name} +\\S`, 'm').test(text)).map((p) => `${id}: ${p.name}`),
			).toEqual([]);
		}
	});

	test('may be a value in any notation, or as a header defines it', () => {
		for (const { name, opcode } of codes) {
			const { value, definition } = opcode;
			const queries = [hex(value), hex(value).toLowerCase(), String(value), String(value | 0), `${hex(value)}UL`];
			// The macro of qossp.h has parts that only that header defines.
			if (name !== 'SIO_CHK_QOS') queries.push(definition);
			expect(queries.map((query) => [query, resolveQuery(query)])).toEqual(
				queries.map((query) => [query, { kind: 'number', value }]),
			);
		}
	});

	test('may be any name of a code, a type, an option, a function or an extension function', () => {
		const lower = (names: readonly string[]) => names.flatMap((n) => [n, n.toLowerCase()]);
		const wanted = [
			...codes.flatMap((c) => lower([c.name, ...(c.aliases ?? []).map((a) => a.name)]).map((q) => [q, c.name])),
			...types.flatMap((t) =>
				[t.name, ...(t.aliases ?? []), ...(t.pointers ?? [])].map((q) => [q, typeSpelling(t.name)]),
			),
			...options.flatMap((o) => lower([o.name]).map((q) => [q, o.name])),
			...apis.flatMap((a) => [a.id, ...a.aliases].map((q) => [q, a.id])),
			...guids.flatMap((g) => [g.name, g.guid, `{${g.guid.toUpperCase()}}`].map((q) => [q, g.name])),
		];
		expect(wanted.map(([query]) => [query, (explain(query!) as { title?: string }).title])).toEqual(wanted);
	});

	test('is answered without regard to case', () => {
		expect(explain('sio_keepalive_vals')).toEqual(explain('SIO_KEEPALIVE_VALS'));
		expect(explain('guid')).toEqual(explain('GUID'));
	});

	test('finds structures by any of their names', () => {
		const titles = ['tcp_keepalive', 'struct tcp_keepalive', '_SOCKET_ADDRESS_LIST', 'LPSOCKET_ADDRESS_LIST'].map(
			(query) => (explain(query) as { title: string }).title,
		);
		expect(titles).toEqual([
			'struct tcp_keepalive',
			'struct tcp_keepalive',
			'SOCKET_ADDRESS_LIST',
			'SOCKET_ADDRESS_LIST',
		]);
	});

	test('finds socket options and GUIDs', () => {
		expect((explain('SO_WSK_SECURITY') as { title: string }).title).toBe('SO_WSK_SECURITY');
		expect((explain('WSAID_ACCEPTEX') as { title: string }).title).toBe('WSAID_ACCEPTEX');
	});

	test('never throws', () => {
		const parts = [
			'SIO_',
			'0x',
			'(',
			')',
			'|',
			"'",
			'_IOR',
			'IOC_IN',
			' ',
			',',
			'-',
			'9',
			'ff',
			'\u0000',
			'\ud800',
			'{',
			'*',
		];
		let state = 7;
		const next = (n: number) => {
			state = (state * 1103515245 + 12345) & 0x7fffffff;
			return state % n;
		};
		for (let i = 0; i < 2000; i++) {
			const query = Array.from({ length: next(8) }, () => parts[next(parts.length)]).join('');
			const found = explain(query);
			expect('error' in found ? typeof found.error : typeof found.markdown).toBe('string');
			expect('error' in explainText(query)).toBe('error' in found);
		}
	});
});

describe('a number', () => {
	test('that two codes share names both', () => {
		expect(numberHover(0x4004747f, noLinks).split('\n')[0]).toBe(
			'**`0x4004747F`** = `SIO_GET_INTERFACE_LIST` or `SIO_LAZY_DISCOVERY`',
		);
		expect(numberHover(0x9800000d, noLinks).split('\n')[0]).toBe(
			'**`0x9800000D`** = `SIO_RCVALL_MCAST_IF` or `SIO_SOCKET_CLOSE_NOTIFY`',
		);
	});

	test('that one code has is explained as the code', () => {
		expect(numberHover(0x98000004, link)).toBe(codeHover(codeByName('SIO_KEEPALIVE_VALS')!.code, link));
		expect(explain('0x98000004')).toEqual(explain('SIO_KEEPALIVE_VALS'));
	});

	test('that is not known shows its bits, and codes that differ in the direction only', () => {
		expect(numberHover(0x58000004, link)).toBe(`**\`0x58000004\`**

\`\`\`text
31  30  29  28-27  26-16        15-0
0   1   0   11     00000000000  0000000000000100
I   O   V   T=3    vendor 0     code 4
\`\`\`

Data comes out. A vendor's code (T=3): vendor 0, code 4.
No control code of the catalog has this value.
Only the direction bits differ from [\`SIO_KEEPALIVE_VALS\`](code:SIO_KEEPALIVE_VALS) (\`0x98000004\`).
`);
	});
});

describe('the hover of a code', () => {
	/** Its code blocks without the picture of the bits. */
	const sketches = (name: string) =>
		[...codeHover(codeByName(name)!.code, link).matchAll(/^```text\n(.*?)\n```$/gms)].slice(0, -1).map((m) => m[1]);

	test('shows what the buffers look like: offsets, values, and no more than fits', () => {
		expect(sketches('SIO_ADDRESS_LIST_SORT')).toEqual([
			'  0  INT                iAddressCount\n4/8  SOCKET_ADDRESS[1]  Address',
		]);
		expect(sketches('SIO_RCVALL')).toEqual([
			'0  RCVALL_OFF\n1  RCVALL_ON\n2  RCVALL_SOCKETLEVELONLY\n3  RCVALL_IPLEVEL',
		]);
		expect(sketches('SIO_TCP_INFO')[0]!.split('\n').slice(7)).toEqual(['32  ULONG     Cwnd', '… and 11 more']);
		expect(sketches('SIO_ACQUIRE_PORT_RESERVATION').length).toBe(2);
		expect(sketches('SIO_GET_EXTENSION_FUNCTION_POINTER')).toEqual([]);
		expect(sketches('FIONBIO')).toEqual([]);
	});

	test('says what the call needs', () => {
		expect(codeHover(codeByName('SIO_KEEPALIVE_VALS')!.code, link)).toBe(
			`**\`SIO_KEEPALIVE_VALS\`** = \`0x98000004\` · [Full page](code:SIO_KEEPALIVE_VALS) · [Microsoft Learn](https://learn.microsoft.com/en-us/windows/win32/winsock/sio-keepalive-vals)

Switches TCP keep-alive on or off for one connection and sets its two intervals, where \`SO_KEEPALIVE\` alone would use the intervals of the whole machine.

- **Input** required, [\`struct tcp_keepalive\`](struct:tcp_keepalive), 12 bytes.
- **Output** must be empty.

\`\`\`text
0  u_long  onoff
4  u_long  keepalivetime
8  u_long  keepaliveinterval
\`\`\`

- \`WSAEFAULT\`: the input buffer is too small. Seen when run, also with a NULL pointer and an overlapped structure.
- \`WSAENOPROTOOPT\`: the socket is a datagram socket.
- \`WSAEOPNOTSUPP\`: the transport does not know the code.
- **Socket** \`SOCK_STREAM\`, \`IPPROTO_TCP\`; on any other: \`WSAENOPROTOOPT\`.
- **Sets only** It cannot be read back. \`SO_KEEPALIVE\` tells getsockopt whether keep-alive is on; \`TCP_KEEPIDLE\` and \`TCP_KEEPINTVL\` are options of their own, in seconds.
- **Windows** Since Windows 2000 (5.0).

\`\`\`text
31  30  29  28-27  26-16        15-0
1   0   0   11     00000000000  0000000000000100
I   O   V   T=3    vendor 0     code 4
\`\`\`
`,
		);
	});

	test('gives both sizes where a pointer is measured', () => {
		const rows = codeHover(codeByName('SIO_BASE_HANDLE')!.code, noLinks)
			.split('\n')
			.filter((l) => l.startsWith('- **Output'));
		expect(rows.map((row) => row.split('. ')[0])).toEqual([
			'- **Output** required, `SOCKET`, 4/8 bytes (32-bit/64-bit)',
		]);
	});

	test('has no link to a page without a place for it', () => {
		const hover = codeHover(codeByName('SIO_KEEPALIVE_VALS')!.code, noLinks);
		expect([...hover.matchAll(/\]\(([^)]*)\)/g)].map((m) => m[1])).toEqual([
			'https://learn.microsoft.com/en-us/windows/win32/winsock/sio-keepalive-vals',
		]);
	});

	test('tells a further name from the header’s own', () => {
		const { code, alias } = codeByName('SIO_FINDROUTE')!;
		expect(codeHover(code, noLinks, alias).split('\n')[2]!.split('. ')[0]).toBe(
			'`SIO_FINDROUTE` is a name that only documents use; the header has `SIO_FIND_ROUTE`',
		);
	});
});

describe('Markdown', () => {
	test('of prose marks names as code and nothing else as markup', () => {
		expect(
			prose('The WSAID_* constants of mswsock.h; *lpcbBytesReturned is cbOutBuffer, n * sizeof(X) <b> [x](y) a*b `c`'),
		).toBe(
			'The `WSAID_*` constants of `mswsock.h`; `*lpcbBytesReturned` is `cbOutBuffer`, n * `sizeof(X)` \\<b> \\[x\\](y) a\\*b \\`c\\`',
		);
	});

	test('of a table keeps its columns', () => {
		expect(
			table(
				['A', 'B'],
				[
					['x|y', '1'],
					['two\nlines', '20'],
				],
				['B'],
			),
		).toEqual(['| A         |   B |', '| --------- | --: |', '| x\\|y      |   1 |', '| two lines |  20 |']);
	});
});

describe('the terminal text', () => {
	test('of a code', () => {
		expect(explainText('SIO_UDP_CONNRESET')).toEqual({
			title: 'SIO_UDP_CONNRESET',
			text: `SIO_UDP_CONNRESET  0x9800000C  2550136844  -1744830452
_WSAIOW(IOC_VENDOR, 12) in mswsock.h

Chooses whether a UDP socket tells its owner that an earlier datagram hit a
closed port. With TRUE the ICMP answer surfaces as an error of a later receive
call; with FALSE it is swallowed. UDP servers switch it off so that one client
that went away does not break the receive loop for the others.

Bits
  31  30  29  28-27  26-16        15-0
  1   0   0   11     00000000000  0000000000001100
  I   O   V   T=3    vendor 0     code 12
  Data goes in. A vendor's code (T=3): vendor 0, code 12.

Buffers                     32-bit  64-bit
  input   required    BOOL       4       4
  output  not stated  -          -       -

  input       TRUE: report, FALSE: keep silent. The documents name the two
              values, not a C type; sample code passes four bytes.
  input from  sample code, a hint only.

Errors
  WSAECONNRESET  reporting is on and a datagram sent before met a closed port:
                 10054 comes from a later recvfrom or WSARecvFrom, not from this
                 call (reported in tokio-rs/tokio#2017).

Conditions
  Socket   SOCK_DGRAM, IPPROTO_UDP.
  Windows  Since Windows XP (5.1). The list of control codes labels the
           paragraph with this version only.

Remarks
  - Reporting is on where the provider supports it (comment in mswsock.h).
  - SIO_UDP_NETRESET is the sister code for the unreachable-network message (TTL
    expired).

Related
  SIO_UDP_NETRESET, WSARecvFrom

https://learn.microsoft.com/en-us/windows/win32/winsock/winsock-ioctls
`,
		});
	});

	test('stays within 80 columns, but for what cannot be broken', () => {
		const queries = [...codes, ...types].map((entry) => entry.name);
		const wide = queries.flatMap((query) =>
			(explainText(query) as { text: string }).text
				.split('\n')
				// Tables keep their columns, and an address is one word.
				.filter((line) => line.length > 80 && !/^ {2}\S+ {2,}|^https:|^ +\d|^Buffers /.test(line)),
		);
		expect(wide).toEqual([]);
	});

	test('is the same with and without colours but for the marks', () => {
		const mark = (text: string) => `\u0001${text}\u0002`;
		const colours = { bold: mark, dim: mark, cyan: mark, yellow: mark };
		for (const { name } of [...codes, ...types]) {
			const plain = (explainText(name) as { text: string }).text;
			const coloured = (explainText(name, colours) as { text: string }).text;
			// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the marks.
			expect(coloured.replace(/[\u0001\u0002]/g, '')).toBe(plain);
			expect(coloured).not.toBe(plain);
		}
	});
});

describe('the reference', () => {
	test('has a page for every code and every type, and its index lists them', () => {
		const files = documentationFiles();
		expect([...files.keys()].sort()).toEqual(
			[
				...apis.map((a) => `functions/${a.id}.md`),
				...codes.map((c) => `codes/${c.name}.md`),
				...types.map((t) => `structs/${t.name}.md`),
				'index.md',
			].sort(),
		);
		expect(referenceIndex().length).toBe(apis.length + codes.length + types.length);
		for (const { kind, name } of referenceIndex()) expect(referencePage(kind, name)?.markdown).toBeTypeOf('string');
	});

	test('has no two pages that differ in case only', () => {
		const names = [...documentationFiles().keys()];
		expect(new Set(names.map((n) => n.toLowerCase())).size).toBe(names.length);
	});

	test('links only to pages and headings that exist', () => {
		const files = documentationFiles();
		const headings = (text: string) =>
			[...text.matchAll(/^#+ (.*)$/gm)].map(
				(m) =>
					`#${m[1]!
						.toLowerCase()
						.replace(/[^\w -]/g, '')
						.replaceAll(' ', '-')}`,
			);
		const broken: string[] = [];
		for (const [file, text] of files) {
			for (const [, address] of text.matchAll(/\]\(((?!https:)[^)]*)\)/g)) {
				const { pathname, hash } = new URL(address!, `file:///${file}`);
				const target = files.get(pathname.slice(1));
				if (target === undefined || (hash !== '' && !headings(target).includes(hash)))
					broken.push(`${file}: ${address}`);
			}
		}
		expect(broken).toEqual([]);
	});

	test('has an index in which every name can be searched', () => {
		const index = documentationFiles().get('index.md')!;
		const names = [
			...apis.map((a) => a.id),
			...codes.flatMap((c) => [c.name, ...(c.aliases ?? []).map((a) => a.name), hex(c.opcode.value)]),
			...types.map((t) => t.name),
			...guids.flatMap((g) => [g.name, g.guid]),
			...options.map((o) => o.name),
		];
		expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(index))).toEqual([]);
	});

	test('has nothing undefined in any text', () => {
		const texts = [
			...documentationFiles().values(),
			...codes.map((c) => (explainText(c.name) as { text: string }).text),
		];
		expect(texts.filter((text) => /\bundefined\b|\bNaN\b|\[object/.test(text))).toEqual([]);
	});

	test('follows further names, and knows no page for nothing', () => {
		expect(referencePage('code', 'SIO_FINDROUTE')?.title).toBe('SIO_FIND_ROUTE');
		expect(referencePage('struct', '_TCP_INFO_v0')?.title).toBe('TCP_INFO_v0');
		expect(referencePage('code', 'SIO_NO_SUCH_CODE')).toBe(undefined);
		expect(referencePage('struct', 'toString')).toBe(undefined);
	});

	test('shows the offsets of a structure on both kinds of Windows', () => {
		const page = referencePage('struct', 'SOCKET_ADDRESS_LIST')!.markdown;
		expect(page.split('\n').filter((line) => line.startsWith('|  '))).toEqual([
			'|      0 |      0 |    4 | `INT`               | `iAddressCount` | Number of entries in Address. |',
			'|      4 |      8 | 8/16 | `SOCKET_ADDRESS[1]` | `Address`       | The entries. Goes on to the end of the buffer. |',
		]);
	});

	test('writes numbers of codes as the header does', () => {
		expect(hex(-1744830460)).toBe('0x98000004');
		expect(hex(0x1)).toBe('0x00000001');
	});
});
