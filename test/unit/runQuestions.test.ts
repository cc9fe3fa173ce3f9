/** What a run asks for before it is made: a field for each value that only its user knows. */
import { describe, expect, it, test } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import type { FieldInputs } from '../../server/src/run/buffers/encode.ts';
import { Shapes, typeNamed } from '../../server/src/run/buffers/shape.ts';
import { type Question, questionsFor } from '../../server/src/run/questions.ts';
import type { CField, CType, Target } from '../../server/src/types/ctype.ts';
import { encode, leavesOf, prepare, subjectOf } from '../support/builtin.ts';

function asked(name: string) {
	const subject = subjectOf(name);
	if ('error' in subject) throw new Error(subject.error);
	const prepared = prepare(subject, { backend: 'winsock', sizes: 'correct' });
	if ('error' in prepared) throw new Error(prepared.error);
	return prepared.questions;
}

const DWORDS = '0..4294967295';
const INTS = '-2147483648..2147483647';

it.each<[string, readonly string[]]>([
	['FIONBIO', [`value: u_long number 1 in ${DWORDS}`]],
	[
		'SIO_KEEPALIVE_VALS',
		[
			`onoff: u_long number 1 in ${DWORDS}`,
			`keepalivetime: u_long number 10000 in ${DWORDS}`,
			`keepaliveinterval: u_long number 1000 in ${DWORDS}`,
		],
	],
	[
		'SIO_ACQUIRE_PORT_RESERVATION',
		['StartPort: USHORT number 0 in 0..65535', 'NumberOfPorts: USHORT number 1 in 0..65535'],
	],
	['SIO_ASSOCIATE_PORT_RESERVATION', ['Token: ULONG64 number 0 in 0..18446744073709551615']],
	['SIO_TCP_SET_ACK_FREQUENCY', ['TcpDelayedAckFrequency: UCHAR number 2 in 0..255']],
	['SIO_ADDRESS_LIST_SORT', [`iAddressCount: INT number 0 in ${INTS}`]],
	['SIO_MULTIPOINT_LOOPBACK', ['value: BOOL boolean TRUE']],
	['SIO_UDP_CONNRESET', ['value: BOOL boolean FALSE']],
	['SIO_RCVALL', [`value: RCVALL_VALUE choice RCVALL_SOCKETLEVELONLY in ${INTS} of RCVALL_OFF=0 … 4`]],
	[
		'SIO_RCVALL_IF',
		[`Mode: RCVALL_VALUE choice RCVALL_OFF in ${INTS} of RCVALL_OFF=0 … 4`, `Interface: ULONG number 0 in ${DWORDS}`],
	],
	[
		'SIO_TIMESTAMPING',
		[
			`Flags: ULONG flags 0 in ${DWORDS} of TIMESTAMPING_FLAG_RX=1 … 2`,
			'TxTimestampsBuffered: USHORT number 0 in 0..65535',
		],
	],
	['SIO_ROUTING_INTERFACE_QUERY', ['value: SOCKADDR address 127.0.0.1']],
	[
		'SIO_GET_MULTICAST_FILTER',
		[
			'imsf_multiaddr: IN_ADDR address 0.0.0.0',
			'imsf_interface: IN_ADDR address 0.0.0.0',
			`imsf_fmode: MULTICAST_MODE_TYPE choice MCAST_INCLUDE in ${INTS} of MCAST_INCLUDE=0 … 2`,
			`imsf_numsrc: ULONG number 0 in ${DWORDS}`,
		],
	],
	[
		'SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER',
		['value: GUID guid WSAID_MULTIPLE_RIO of WSAID_MULTIPLE_RIO=8509e081-96dd-4005-b165-9e2ee8c79e3f … 1'],
	],
	[
		'SIO_EXT_SENDMSG',
		[
			'lpMsg: LPWSAMSG pointer NULL',
			`dwFlags: DWORD number 0 in ${DWORDS}`,
			'lpNumberOfBytesSent: LPDWORD pointer NULL',
			'lpOverlapped: LPWSAOVERLAPPED pointer NULL',
			'lpCompletionRoutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE pointer NULL',
		],
	],
	[
		'SIO_RFCOMM_SEND_COMMAND',
		[
			`CmdType: ULONG choice RFCOMM_CMD_NONE in ${DWORDS} of RFCOMM_CMD_NONE=0 … 6`,
			'Data.MSC.Signals: UCHAR flags 0 in 0..255 of MSC_FC_BIT=2 … 6',
			'Data.MSC.Break: UCHAR flags 0 in 0..255 of MSC_BREAK_BIT=2 … 1',
		],
	],
	[
		'SIO_TCP_INITIAL_RTO',
		[
			'Rtt: USHORT choice 3000 in 0..65535 of TCP_INITIAL_RTO_DEFAULT_RTT=0 … 2',
			'MaxSynRetransmissions: UCHAR choice 2 in 0..255 of TCP_INITIAL_RTO_DEFAULT_MAX_SYN_RETRANSMISSIONS=0 … 3',
		],
	],
])('%s asks for each value', (name, expected) => {
	const told = asked(name).map((question) => {
		const { label, type, kind, default: usual, lowest, highest, allowed } = question;
		const [first] = allowed ?? [];
		const bounds = lowest === undefined ? '' : ` in ${lowest}..${highest}`;
		return `${label}: ${type} ${kind} ${usual}${bounds}${first ? ` of ${first.name}=${first.value} … ${allowed?.length}` : ''}`;
	});
	expect(told).toEqual(expected);
});

test('bytes are asked for as bytes, names of GUIDs by code, and what a value means is told', () => {
	expect(asked('SIO_BTH_PING').at(-1)).toMatchObject({
		path: 'data',
		kind: 'bytes',
		default: Array(44).fill('00').join(' '),
	});
	const [guid] = asked('SIO_GET_EXTENSION_FUNCTION_POINTER');
	expect(guid).toMatchObject({ kind: 'guid', default: 'WSAID_ACCEPTEX' });
	expect(guid?.allowed?.some(({ name }) => name === 'WSAID_MULTIPLE_RIO')).toBe(false);
	expect(asked('SIO_KEEPALIVE_VALS').every(({ meaning }) => meaning)).toBe(true);
	expect(asked('FIONBIO')[0]?.meaning).toMatch(/\w/);
});

describe('a field that no code asks for', () => {
	const text = (name: string, length: number): CType => ({ kind: 'array', of: { kind: 'scalar', name }, length });
	const asked = (type: CType | string, given: FieldInputs = {}, target: Target = 'x64') => {
		const shapes = new Shapes(Catalog.builtin, target);
		const whole = typeof type === 'string' ? typeNamed(type) : type;
		const made = encode(whole, given, target);
		return questionsFor(whole, shapes, made.ok ? made.bytes : new Uint8Array(), [], undefined);
	};

	it.each<[string, CType | string, FieldInputs, Partial<Question>]>([
		['text', text('char', 4), { '': 'ab' }, { kind: 'text', type: 'char[4]', default: 'ab' }],
		['bytes', text('BYTE', 2), { '': '01ff' }, { kind: 'bytes', type: 'BYTE[2]', default: '01 ff' }],
		['numbers', text('USHORT', 2), { '': [1, 2] }, { kind: 'list', type: 'USHORT[2]', default: '[1, 2]' }],
		['an address', 'IN6_ADDR', { '': '::1' }, { kind: 'address', type: 'IN6_ADDR', default: '::1' }],
		['an endpoint', 'SOCKADDR', { '': '[::1]:7' }, { kind: 'address', type: 'SOCKADDR', default: '[::1]:7' }],
		[
			'an endpoint of another family',
			'SOCKADDR',
			{ sin_family: 1 },
			{ kind: 'address', type: 'SOCKADDR', default: '127.0.0.1' },
		],
	])('may be %s', (_, type, given, expected) => {
		expect(asked(type, given)).toEqual([{ path: '', label: 'value', ...expected }]);
	});

	test('may be any GUID that is known', () => {
		const [guid, ...others] = asked('GUID', { '': 'WSAID_CONNECTEX' });
		expect([guid?.default, others]).toEqual(['WSAID_CONNECTEX', []]);
		expect(guid?.allowed?.length).toBe(Catalog.builtin.entries.guids.length);
		expect(asked('GUID')[0]?.default).toBe('00000000-0000-0000-0000-000000000000');
	});

	test('is asked for where nothing known decides it or a part of it', () => {
		const paths = (type: string, ...known: string[]) => {
			const shapes = new Shapes(Catalog.builtin, 'x64');
			const bytes = new Uint8Array(shapes.size(typeNamed(type)) ?? 0);
			return questionsFor(typeNamed(type), shapes, bytes, known, undefined).map(({ path }) => path);
		};
		const KEEP_ALIVE = ['onoff', 'keepalivetime', 'keepaliveinterval'];
		expect(paths('tcp_keepalive')).toEqual(KEEP_ALIVE);
		expect(paths('tcp_keepalive', '')).toEqual([]);
		expect(paths('tcp_keepalive', 'onoff')).toEqual(KEEP_ALIVE.slice(1));
		expect(paths('tcp_keepalive', 'on', 'onoff2', 'keepalivetime.x')).toEqual(['onoff', 'keepaliveinterval']);
		expect(paths('INTERFACE_INFO', 'iiAddress.AddressIn', 'iiNetmask.sin_port')).toEqual([
			'iiFlags',
			'iiBroadcastAddress',
			'iiNetmask',
		]);
		expect(paths('GUID')).toEqual(['']);
		expect(paths('GUID', 'Data1')).toEqual([]);
		for (const beside of ['sin_family', 'sin_port', 'sin_zero', 'sin_zero[3]', 'sin6_flowinfo', 'sin6_scope_id'])
			expect([beside, paths('SOCKADDR', beside)]).toEqual([beside, ['']]);
		expect([paths('SOCKADDR', ''), paths('SOCKADDR', 'sin_addr'), paths('SOCKADDR', 'sin_addr', 'sin_port')]).toEqual([
			[],
			[],
			[],
		]);
	});
});

describe('the fields of a type', () => {
	const DWORD: CType = { kind: 'scalar', name: 'DWORD' };
	const BYTE: CType = { kind: 'scalar', name: 'BYTE' };
	const record = (fields: readonly CField[], union = false): CType => ({ kind: 'record', union, name: '', fields });
	const array = (of: CType, length: number): CType => ({ kind: 'array', of, length });
	const pair = record([
		{ name: 'a', type: BYTE },
		{ name: 'b', type: BYTE },
	]);

	it.each<[string, CType, readonly string[]]>([
		['a number', DWORD, ['']],
		['a structure', pair, ['a', 'b']],
		['a structure within one', record([{ name: 'p', type: pair }]), ['p.a', 'p.b']],
		[
			'a union',
			record(
				[
					{ name: 'x', type: DWORD },
					{ name: 'y', type: BYTE },
				],
				true,
			),
			['x'],
		],
		[
			'a union that begins with a structure',
			record(
				[
					{ name: 'p', type: pair },
					{ name: 'y', type: BYTE },
				],
				true,
			),
			['p.a', 'p.b'],
		],
		[
			'a union behind a member',
			record([
				{ name: 'x', type: DWORD },
				{
					name: 'u',
					type: record(
						[
							{ name: 'y', type: BYTE },
							{ name: 'z', type: BYTE },
						],
						true,
					),
				},
			]),
			['x', 'u.y'],
		],
		[
			'bits',
			record([
				{ name: 'x', type: DWORD, bits: 4 },
				{ name: 'y', type: DWORD, bits: 4 },
			]),
			['x', 'y'],
		],
		[
			'a union of bits',
			record(
				[
					{
						name: 'x',
						type: record([
							{ name: 'low', type: BYTE, bits: 4 },
							{ name: 'high', type: BYTE, bits: 4 },
						]),
					},
					{ name: 'y', type: BYTE },
				],
				true,
			),
			['x.low', 'x.high'],
		],
		['numbers in an array', record([{ name: 'l', type: array(DWORD, 9) }]), ['l']],
		['structures in an array', record([{ name: 'l', type: array(pair, 2) }]), ['l[0].a', 'l[0].b', 'l[1].a', 'l[1].b']],
		[
			'eight structures',
			record([{ name: 'l', type: array(record([{ name: 'a', type: BYTE }]), 8) }]),
			Array.from({ length: 8 }, (_, i) => `l[${i}].a`),
		],
		[
			'more structures than anybody fills in',
			record([
				{ name: 'l', type: array(pair, 9) },
				{ name: 'x', type: DWORD },
			]),
			['x'],
		],
		[
			'a union that begins with such',
			record(
				[
					{ name: 'l', type: array(pair, 9) },
					{ name: 'x', type: DWORD },
				],
				true,
			),
			['x'],
		],
		[
			'a tail',
			record([
				{ name: 'x', type: DWORD },
				{ name: 't', type: array(DWORD, 1), tail: true },
			]),
			['x'],
		],
		['a type that nobody knows', record([{ name: 'x', type: { kind: 'named', name: 'unheard_of' } }]), []],
	])('of %s', (_, type, paths) => {
		expect(leavesOf(type, 'x64').map(({ path }) => path)).toEqual(paths);
	});

	test('are sixty at most', () => {
		const fields = Array.from({ length: 70 }, (_, i) => ({ name: `f${i}`, type: BYTE }));
		expect(leavesOf(record(fields), 'x64')).toHaveLength(60);
	});
});
