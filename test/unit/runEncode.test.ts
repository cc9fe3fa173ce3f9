import { describe, expect, test } from 'vitest';
import { formatAddress } from '../../native/src/address.ts';
import { types } from '../../server/src/catalog/builtin.generated.ts';
import type { Unit } from '../../server/src/catalog/model.ts';
import { withUnit } from '../../server/src/run/buffers/decode.ts';
import { type FieldInput, type FieldInputs, parseEndpoint, rangeOf } from '../../server/src/run/buffers/encode.ts';
import { typeNamed } from '../../server/src/run/buffers/shape.ts';
import type { Leaf } from '../../server/src/run/questions.ts';
import type { CType } from '../../server/src/types/ctype.ts';
import { decode, encode, leavesOf, shapeOf, sizeOn } from '../support/builtin.ts';

/** The same numbers in every run. */
function generator(seed: number): (below: bigint) => bigint {
	let state = BigInt(seed) + 0x9e3779b97f4a7c15n;
	return (below) => {
		state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
		return below <= 0n ? 0n : ((state >> 11n) * 0x1f3d5b79n + (state >> 40n)) % below;
	};
}

const TARGETS = ['x86', 'x64'] as const;

const bytesOf = (type: string, values: FieldInputs, target: 'x86' | 'x64' = 'x64') => {
	const result = encode(type, values, target);
	if (!result.ok) throw new Error(JSON.stringify(result.problems));
	return result.bytes;
};

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** What to write into a field, and what must be read back. */
function sample(
	leaf: Leaf,
	target: 'x86' | 'x64',
	random: (below: bigint) => bigint,
): { input: FieldInput; text?: string; value?: unknown } {
	const { shape, member, path } = leaf;
	const some = (length: number) => Uint8Array.from({ length }, () => Number(random(255n)) + 1);
	switch (shape.kind) {
		case 'guid': {
			const digits = hex(some(16));
			const text = digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
			return { input: text, text };
		}
		case 'ipv4':
		case 'ipv6': {
			const text = formatAddress(some(shape.size));
			return { input: text, text };
		}
		case 'sockaddr': {
			const text = `${formatAddress(some(4))}:${1 + Number(random(65_000n))}`;
			return { input: text, text };
		}
		case 'pointer': {
			const number = 1n + random((1n << BigInt(shape.size * 8)) - 1n);
			return { input: `0x${number.toString(16)}`, text: `0x${number.toString(16)}` };
		}
		case 'array': {
			const element = shapeOf(shape.of, target);
			if (element?.kind !== 'number') throw new Error(`${path} is no leaf`);
			if (element.scalar === 'character') {
				const text = Array.from({ length: shape.length }, () => 'abcdefgh'[Number(random(8n))]).join('');
				return { input: text, text: JSON.stringify(text) };
			}
			const { lowest, highest } = rangeOf(element.scalar, element.size * 8);
			const list = Array.from({ length: shape.length }, () => lowest + random(highest - lowest + 1n));
			return { input: list, value: list.map((n) => (Number.isSafeInteger(Number(n)) ? Number(n) : String(n))) };
		}
		case 'number': {
			const name = path.split('.').at(-1) ?? '';
			if (member?.role === 'family') return { input: 'AF_INET6', text: 'AF_INET6', value: 23 };
			// A count decides how much of a tail is read, and here is room for one; `fdArray` is declared with none.
			if (/numsrc$|Count$/.test(name)) return { input: 1, value: 1 };
			if (name === 'fds') return { input: 0, value: 0 };
			const { lowest, highest } = rangeOf(shape.scalar, member?.bits?.width ?? shape.size * 8);
			const number = lowest + random(highest - lowest + 1n);
			const value = Number.isSafeInteger(Number(number)) ? Number(number) : String(number);
			if (member?.role === 'port') return { input: String(number), text: String(number) };
			return { input: String(number), value };
		}
		default:
			throw new Error(`${path} is no leaf`);
	}
}

const laidOut = types.filter((t) => t.kind === 'struct' || t.kind === 'union').map((t) => t.name);

describe.each(TARGETS)('every structure of the catalog on %s', (target) => {
	test.each(laidOut)('%s', (name) => {
		const type = typeNamed(name);
		const size = sizeOn(type, target);
		const leaves = leavesOf(type, target);
		expect(size).toBeTypeOf('number');
		const random = generator(name.length * 7919 + name.charCodeAt(0) + target.length);
		const inputs: Record<string, FieldInput> = {};
		const wanted: [string, unknown][] = [];
		const found: [string, unknown][] = [];
		const samples = leaves.map((leaf) => ({ leaf, ...sample(leaf, target, random) }));
		for (const { leaf, input } of samples) inputs[leaf.path] = input;
		const bytes = bytesOf(name, inputs, target);
		expect(bytes.length).toBe(size);
		const { rows, cutAt } = decode(name, bytes, { target });
		expect(cutAt).toBe(undefined);
		for (const { leaf, input, text, value } of samples) {
			const row = rows.find((r) => r.path === leaf.path);
			wanted.push([leaf.path, text ?? value]);
			found.push([leaf.path, text === undefined ? row?.value : row?.text]);
			// Alone, a field touches its own bytes and no others, and its row shows exactly these.
			const alone = bytesOf(name, { [leaf.path]: input }, target);
			const from = row?.offset ?? 0;
			const to = from + (row?.size ?? 0);
			const outside = alone.filter((byte, at) => byte !== 0 && (at < from || at >= to));
			expect([leaf.path, hex(outside)]).toEqual([leaf.path, '']);
			expect([leaf.path, row?.raw]).toEqual([leaf.path, hex(bytes.subarray(from, to))]);
		}
		expect(found).toEqual(wanted);
		expect(leaves.length).toBeGreaterThan(0);
	});
});

describe('values', () => {
	test('of tcp_keepalive lie where the compiler puts them', () => {
		expect(hex(bytesOf('tcp_keepalive', { onoff: 1, keepalivetime: '10000', keepaliveinterval: 0x3e8 }))).toBe(
			'0100000010270000e8030000',
		);
	});

	test('may be a list in the order of the members, or an object', () => {
		const expected = '0100000010270000e8030000';
		expect(hex(bytesOf('tcp_keepalive', { '': [1, 10_000, 1000] }))).toBe(expected);
		expect(hex(bytesOf('tcp_keepalive', { '': { onoff: true, keepaliveinterval: 1000, keepalivetime: 10_000 } }))).toBe(
			expected,
		);
	});

	test('may be names of enumerations and flags', () => {
		expect(hex(bytesOf('RCVALL_VALUE', { '': 'RCVALL_IPLEVEL' }))).toBe('03000000');
		expect(hex(bytesOf('INTERFACE_INFO', { iiFlags: 'IFF_UP | IFF_MULTICAST' }).subarray(0, 4))).toBe('11000000');
		expect(hex(bytesOf('INTERFACE_INFO', { iiFlags: 'IFF_UP|0x100' }).subarray(0, 4))).toBe('01010000');
	});

	test('a GUID is known by its name, its groups in memory order', () => {
		expect(hex(bytesOf('GUID', { '': 'WSAID_ACCEPTEX' }))).toBe('f17d36b5accbcf1195ca00805f48a192');
		expect(hex(bytesOf('GUID', { '': '{B5367DF1-CBAC-11CF-95CA-00805F48A192}' }))).toBe(
			'f17d36b5accbcf1195ca00805f48a192',
		);
	});

	test('addresses are texts; the family decides the length', () => {
		expect(hex(bytesOf('SOCKADDR', { '': '127.0.0.1:80' }))).toBe('020000507f0000010000000000000000');
		expect(hex(bytesOf('SOCKADDR', { '': '[fe80::1%3]:443' }))).toBe(
			'170001bb00000000fe80000000000000000000000000000103000000',
		);
		expect(hex(bytesOf('SOCKADDR', { '': '::1' }))).toBe(`1700${'00'.repeat(6)}${'00'.repeat(15)}01${'00'.repeat(4)}`);
		expect(hex(bytesOf('SOCKADDR_IN', { sin_family: 'AF_INET', sin_port: '80', 'sin_addr.s_addr': 0x0100007f }))).toBe(
			'020000507f0000010000000000000000',
		);
		expect(hex(bytesOf('SOCKADDR', { sin_family: 2, sin_addr: 'INADDR_LOOPBACK' }))).toBe(
			'020000007f0000010000000000000000',
		);
	});

	test('tails go on to the end of the buffer', () => {
		const bytes = bytesOf('IP_MSFILTER', {
			imsf_multiaddr: '224.0.0.9',
			imsf_fmode: 'MCAST_INCLUDE',
			imsf_numsrc: 3,
			imsf_slist: ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
		});
		expect(hex(bytes)).toBe('e0000009000000000000000003000000' + '0a0000010a0000020a000003');
		const { tables, rows } = decode('IP_MSFILTER', bytes, { target: 'x64' });
		expect(tables).toEqual([
			{
				title: 'imsf_slist',
				columns: ['#', 'address'],
				rows: [
					['0', '10.0.0.1'],
					['1', '10.0.0.2'],
					['2', '10.0.0.3'],
				],
			},
		]);
		expect(rows.find((r) => r.path === 'imsf_slist[2]')).toMatchObject({ offset: 24, text: '10.0.0.3', depth: 1 });
	});

	test('a list of addresses points into its own buffer', () => {
		const result = encode('SOCKET_ADDRESS_LIST', { '': ['127.0.0.1', '[::1]:7'] }, 'x64');
		if (!result.ok) throw new Error('refused');
		expect(result.pointers).toEqual([
			{ at: 8, to: 'self', offset: 40 },
			{ at: 24, to: 'self', offset: 56 },
		]);
		// What the runner fills in when the buffer lies at 0x1000.
		const bytes = result.bytes.slice();
		const view = new DataView(bytes.buffer);
		for (const { at, offset } of result.pointers) view.setBigUint64(at, BigInt(0x1000 + offset), true);
		const { tables } = decode('SOCKET_ADDRESS_LIST', bytes, { target: 'x64', address: 0x1000n });
		expect(tables[0]?.rows).toEqual([
			['0', '127.0.0.1', '-> offset 40'],
			['1', '[::1]:7', '-> offset 56'],
		]);
		// Anywhere else the addresses are not followed.
		expect(decode('SOCKET_ADDRESS_LIST', bytes, { target: 'x64', address: 0x9000n }).tables[0]?.rows).toEqual([
			['0', '?', '0x1028'],
			['1', '?', '0x1038'],
		]);
	});
});

describe('what is refused names the field and what it takes', () => {
	test.each<[string, FieldInputs, string, string]>([
		['tcp_keepalive', { onoff: 2 ** 32 }, 'onoff', '4294967296 is out of range: this takes 0 to 4294967295.'],
		['tcp_keepalive', { keepalivetime: -1 }, 'keepalivetime', '-1 is out of range: this takes 0 to 4294967295.'],
		['tcp_keepalive', { onoff: 'yes' }, 'onoff', '"yes" is not a number.'],
		['tcp_keepalive', { onoff: 'constructor' }, 'onoff', '"constructor" is not a number.'],
		['SOCKADDR_IN', { sin_addr: 'toString' }, 'sin_addr', 'This is an IPv4 address such as 127.0.0.1.'],
		[
			'tcp_keepalive',
			{ onof: 1 },
			'onof',
			'There is no onof here. Its members are onoff, keepalivetime, keepaliveinterval.',
		],
		['tcp_keepalive', { 'a b': 1 }, 'a b', '"a b" is no path to a member; write one such as a.b[2].'],
		['tcp_keepalive', { '': [1, 2, 3, 4] }, '', 'A list of 4 values does not fit here.'],
		['tcp_keepalive', { '': { onoff: 1.5 } }, 'onoff', '"1.5" is not a number.'],
		[
			'RCVALL_VALUE',
			{ '': 'RCVALL_MAYBE' },
			'',
			'"RCVALL_MAYBE" is not a number or one of RCVALL_OFF, RCVALL_ON, RCVALL_SOCKETLEVELONLY, RCVALL_IPLEVEL.',
		],
		[
			'GUID',
			{ '': 'WSAID_NOTHING' },
			'',
			'A GUID is a WSAID_* name, or text such as b5367df1-cbac-11cf-95ca-00805f48a192.',
		],
		['SOCKADDR', { '': '300.1.1.1' }, '', 'This is an address such as 127.0.0.1, 127.0.0.1:80 or [::1]:80.'],
		['SOCKADDR', { '': '127.0.0.1:65536' }, '', 'This is an address such as 127.0.0.1, 127.0.0.1:80 or [::1]:80.'],
		['SOCKADDR_IN', { sin_addr: '::1' }, 'sin_addr', 'This is an IPv4 address such as 127.0.0.1.'],
		['GUID', { 'Data4[8]': 1 }, 'Data4[8]', 'There is no element 8 here.'],
		['SCOPE_ID', { Level: 16 }, 'Level', '16 is out of range: this takes 0 to 15.'],
		['NO_SUCH_TYPE', {}, '', 'The layout of this type is not known; give its bytes.'],
	])('%s %j', (type, values, path, message) => {
		expect(encode(type, values, 'x64')).toEqual({ ok: false, problems: [{ path, message }] });
	});

	test('all problems at once', () => {
		const result = encode('tcp_keepalive', { onoff: -1, keepalivetime: 'x' }, 'x64');
		expect(result.ok ? [] : result.problems.map((p) => p.path)).toEqual(['onoff', 'keepalivetime']);
	});
});

test('numbers of a source are cut as C cuts them', () => {
	const result = encode('tcp_keepalive', { onoff: -1, keepalivetime: 2 ** 32 + 5 }, 'x64', true);
	expect(result.ok && hex(result.bytes)).toBe('ffffffff0500000000000000');
});

describe('groups of bits', () => {
	const data = (value: string) => bytesOf('RFCOMM_RPN_DATA', { Data: value })[1];
	const text = (type: string, path: string, bytes: Uint8Array) =>
		decode(type, bytes, { target: 'x64' }).rows.find((r) => r.path === path)?.text;
	const rpn = (value: number) => text('RFCOMM_RPN_DATA', 'Data', Uint8Array.of(0, value, 0, 0, 0, 0, 0));

	test.each([
		[0x00, 'RPN_DATA_5 | RPN_STOP_1 | RPN_PARITY_NONE (0)'],
		[0x03, 'RPN_DATA_8 | RPN_STOP_1 | RPN_PARITY_NONE (0x3)'],
		[0x3c, 'RPN_DATA_5 | RPN_STOP_1_5 | RPN_PARITY_SPACE (0x3c)'],
		[0x1a, 'RPN_DATA_7 | RPN_STOP_1 | RPN_PARITY_EVEN (0x1a)'],
		// No parity has the number 0x10, and no group the bit 0x40.
		[0x51, 'RPN_DATA_6 | RPN_STOP_1 | 0x50 (0x51)'],
	])('%i is one value of each group', (value, expected) => {
		expect(rpn(value)).toBe(expected);
	});

	test('stand beside single bits', () => {
		const service = (value: number) => {
			const bytes = new Uint8Array(32);
			new DataView(bytes.buffer).setUint32(20, value, true);
			return text('FLOWSPEC', 'ServiceType', bytes);
		};
		expect(service(2)).toBe('SERVICETYPE_CONTROLLEDLOAD (0x2)');
		expect(service(0x40000003)).toBe('SERVICETYPE_GUARANTEED | SERVICE_NO_QOS_SIGNALING (0x40000003)');
	});

	test('are written by their names, one of each group', () => {
		expect(data('RPN_DATA_8 | RPN_PARITY_EVEN')).toBe(0x1b);
		expect(encode('RFCOMM_RPN_DATA', { Data: 'RPN_DATA_6 | RPN_DATA_7' }, 'x64')).toEqual({
			ok: false,
			problems: [{ path: 'Data', message: 'RPN_DATA_6 and RPN_DATA_7 exclude each other.' }],
		});
	});
});

describe('a number reads as its type says', () => {
	test.each<[string, string, string, unknown]>([
		['float', '0000c03f', '1.5', 1.5],
		['double', '000000000000f83f', '1.5', 1.5],
		['char', '41', '65', undefined],
		['BYTE', 'ff', '255', 255],
		['signed char', 'ff', '-1', -1],
		['SHORT', 'feff', '-2', -2],
		['USHORT', 'feff', '65534', 65534],
		['INT', 'feffffff', '-2', -2],
		['DWORD', 'feffffff', '4294967294', 4294967294],
		['LONGLONG', 'feffffffffffffff', '-2', -2],
		['ULONGLONG', 'feffffffffffffff', '18446744073709551614', '18446744073709551614'],
		['BOOL', '00000000', 'FALSE', undefined],
		['BOOL', '01000000', 'TRUE', undefined],
		['BOOL', '02000000', '2 (not 0)', undefined],
	])('%s %s', (name, bytes, text, value) => {
		const [row] = decode({ kind: 'scalar', name }, Buffer.from(bytes, 'hex'), { target: 'x64' }).rows;
		expect([row?.text, value === undefined ? value : row?.value, row?.raw]).toEqual([text, value, bytes]);
	});
});

const scalar = (name: string): CType => ({ kind: 'scalar', name });
const arrayOf = (of: CType, length: number): CType => ({ kind: 'array', of, length });
const ONE_BYTE: CType = { kind: 'record', union: false, name: '', fields: [{ name: 'a', type: scalar('BYTE') }] };

describe('a value is written as its type has it', () => {
	const zeros = (count: number) => '00'.repeat(count);
	const V6 = `fe80${zeros(13)}01`;
	test.each<[CType | string, FieldInput | FieldInputs, string]>([
		[scalar('float'), '1.5', '0000c03f'],
		[scalar('double'), 1.5, '000000000000f83f'],
		[scalar('char'), "'A'", '41'],
		[scalar('char'), "'|'", '7c'],
		[scalar('char'), '65', '41'],
		[scalar('WCHAR'), "'€'", 'ac20'],
		[scalar('DWORD'), '1|2', '03000000'],
		[scalar('DWORD'), ' TRUE ', '01000000'],
		[scalar('DWORD'), 'true', '01000000'],
		[scalar('DWORD'), 'FALSE', '00000000'],
		[scalar('DWORD'), 'false', '00000000'],
		[scalar('DWORD'), true, '01000000'],
		[scalar('DWORD'), false, '00000000'],
		[scalar('DWORD'), 5n, '05000000'],
		[scalar('DWORD'), '0x10UL', '10000000'],
		[scalar('DWORD'), 4294967295, 'ffffffff'],
		[scalar('INT'), '-1', 'ffffffff'],
		['RCVALL_VALUE', 2147483647, 'ffffff7f'],
		['RCVALL_VALUE', -2147483648, '00000080'],
		['IN_ADDR', 'INADDR_BROADCAST', 'ffffffff'],
		['IN6_ADDR', '::1', `${zeros(15)}01`],
		['SOCKADDR', 'INADDR_LOOPBACK:80', `020000507f000001${zeros(8)}`],
		['SOCKADDR', { sin6_scope_id: 5 }, `${zeros(24)}05000000`],
		['SOCKADDR_IN', { sin_port: 80 }, `00005000${zeros(12)}`],
		['SOCKADDR_IN', { sin_port: '80' }, `00000050${zeros(12)}`],
		// A slot in the middle is its own and no longer.
		[
			'INTERFACE_INFO',
			{ iiBroadcastAddress: '1.2.3.4', iiAddress: '[fe80::1%7]:9' },
			`${zeros(4)}1700000900000000${V6}0200000001020304${zeros(40)}`,
		],
		['INTERFACE_INFO', { iiNetmask: '[fe80::1%7]:9' }, `${zeros(52)}1700000900000000${V6}`],
		['tcp_keepalive', '0x 01-02:03,04', `01020304${zeros(8)}`],
		['tcp_keepalive', '', zeros(12)],
		['tcp_keepalive', 'ff'.repeat(12), 'ff'.repeat(12)],
		['tcp_keepalive', [1], `01${zeros(11)}`],
		['GUID', { Data4: '01 02' }, `${zeros(8)}0102${zeros(6)}`],
		['GUID', { Data4: [7, 8] }, `${zeros(8)}0708${zeros(6)}`],
		[arrayOf(scalar('char'), 4), '"ab"', '61620000'],
		[arrayOf(scalar('char'), 4), 'ab', '61620000'],
		[arrayOf(scalar('char'), 4), 'abcé', '616263e9'],
		[arrayOf(scalar('WCHAR'), 3), 'a€', '6100ac200000'],
		[arrayOf(scalar('DWORD'), 2), '01 02', '0102000000000000'],
		[arrayOf(scalar('DWORD'), 2), [1, 2], '0100000002000000'],
		[arrayOf(scalar('DWORD'), 2), { '': { '[1]': 7 } }, '0000000007000000'],
	])('%o given %o', (type, given, bytes) => {
		const isByPath = typeof given === 'object' && !Array.isArray(given);
		const result = encode(type, isByPath ? (given as FieldInputs) : { '': given as FieldInput }, 'x64');
		expect(result.ok ? [hex(result.bytes), result.pointers] : result).toEqual([bytes, []]);
	});

	test.each<[CType | string, FieldInput | FieldInputs, string]>([
		[scalar('float'), '', ': This is a number.'],
		[scalar('double'), 'x', ': This is a number.'],
		[scalar('char'), "'€'", ': 8364 is out of range: this takes 0 to 255.'],
		[scalar('DWORD'), "'A'", `: "'A'" is not a number.`],
		[scalar('DWORD'), '1|x', ': "1|x" is not a number.'],
		[scalar('DWORD'), 2 ** 53, ': "9007199254740992" is not a number.'],
		['RCVALL_VALUE', 2147483648, ': 2147483648 is out of range: this takes -2147483648 to 2147483647.'],
		['RCVALL_VALUE', -2147483649, ': -2147483649 is out of range: this takes -2147483648 to 2147483647.'],
		['IN6_ADDR', '127.0.0.1', ': This is an IPv6 address such as ::1.'],
		['SOCKADDR_IN', { 'sin_port.s_addr': 1 }, 'sin_port.s_addr: There is no s_addr here.'],
		[
			'tcp_keepalive',
			'ff'.repeat(13),
			': This is a structure of 12 bytes: give its members, or its bytes in hexadecimal.',
		],
		['tcp_keepalive', '1', ': This is a structure of 12 bytes: give its members, or its bytes in hexadecimal.'],
		['tcp_keepalive', 'zz', ': This is a structure of 12 bytes: give its members, or its bytes in hexadecimal.'],
		['tcp_keepalive', { '': { nope: 1 } }, 'nope: There is no nope here.'],
		['tcp_keepalive', { onoff: { x: 1 } }, 'onoff.x: There is no x here.'],
		['tcp_keepalive', { 'onoff.x': 1 }, 'onoff.x: There is no x here.'],
		['tcp_keepalive', { 'onoff[0]': 1 }, 'onoff[0]: There is no element 0 here.'],
		['tcp_keepalive', { onoff: [1] }, 'onoff: A list of 1 values does not fit here.'],
		['GUID', { Data4: '01'.repeat(9) }, 'Data4: 9 bytes are too many; there is room for 8.'],
		['GUID', { Data4: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, 'Data4: 9 values are too many; there is room for 8.'],
		['GUID', { Data4: 'xyz' }, 'Data4: This is a list of values, or bytes in hexadecimal such as 01 02 ff.'],
		[arrayOf(scalar('char'), 4), '€', ': This is a list of values, or bytes in hexadecimal such as 01 02 ff.'],
		[arrayOf(scalar('char'), 4), 'abcde', ': 5 bytes are too many; there is room for 4.'],
		[arrayOf(scalar('DWORD'), 2), { '': { '[2]': 7 } }, '[2]: There is no [2] here.'],
		['SOCKET_ADDRESS_LIST', ['x'], '[0]: An entry is an address such as 127.0.0.1:80 or [::1]:80.'],
		['SOCKET_ADDRESS_LIST', ['::1', 5], '[1]: An entry is an address such as 127.0.0.1:80 or [::1]:80.'],
		['IP_MSFILTER', { 'imsf_slist[131072]': '1.2.3.4' }, 'imsf_slist[131072]: There is no element 131072 here.'],
	])('%o refuses %o', (type, given, problem) => {
		const isByPath = typeof given === 'object' && !Array.isArray(given);
		const result = encode(type, isByPath ? (given as FieldInputs) : { '': given as FieldInput }, 'x64');
		expect(result.ok || result.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([problem]);
	});

	test('a tail ends where no plan is larger', () => {
		expect(bytesOf('IP_MSFILTER', { 'imsf_slist[131071]': '1.2.3.4' })).toHaveLength(16 + 4 * 131_072);
	});

	test.each([
		['NULL', '00000000'],
		['', '00000000'],
		['4294967295', 'ffffffff'],
		['4294967296', false],
		['-1', false],
		['x', false],
	])('a pointer of 32 bits is %s', (given, bytes) => {
		const result = encode({ kind: 'pointer', to: scalar('DWORD') }, { '': given }, 'x86');
		expect(result.ok && hex(result.bytes)).toBe(bytes);
	});

	test('addresses of a list stand behind its entries', () => {
		const result = encode('SOCKET_ADDRESS_LIST', { '': ['::1', '127.0.0.1'] }, 'x86');
		expect(result.ok && [hex(result.bytes), result.pointers]).toEqual([
			`02000000000000001c00000000000000100000001700${zeros(21)}01${zeros(4)}${zeros(4)}020000007f000001${zeros(8)}`,
			[
				{ at: 4, to: 'self', offset: 20 },
				{ at: 12, to: 'self', offset: 52 },
			],
		]);
	});

	test.each<[string, string | undefined]>([
		['1.2.3.4', '1.2.3.4 0 0'],
		[' 1.2.3.4:5 ', '1.2.3.4 5 0'],
		['[1.2.3.4]:5', '1.2.3.4 5 0'],
		['[::1]:65535', '::1 65535 0'],
		['[::1]:65536', undefined],
		['[::1%3]', '::1 0 3'],
		['::1%2', '::1 0 2'],
		['::1%x', undefined],
		['1.2.3.4%1', undefined],
		['1.2.3', undefined],
		['1.2.3.4:', undefined],
	])('the endpoint %s', (text, expected) => {
		const found = parseEndpoint(text);
		expect(found && `${formatAddress(found.address)} ${found.port} ${found.scope}`).toBe(expected);
	});
});

describe('bytes are read as their type has them', () => {
	const zeros = (count: number) => '00'.repeat(count);
	/** `path: text @offset+size` of each row, with the value where it is another one, and where the bytes end too soon. */
	const told = (type: CType | string, bytes: string, options: Partial<Parameters<typeof decode>[2]> = {}) => {
		const found = decode(type, Buffer.from(bytes.replaceAll(' ', ''), 'hex'), { target: 'x64', ...options });
		const rows = found.rows.map(({ path, text, value, offset, size }) => {
			const own = value === text || value === null ? '' : ` ${JSON.stringify(value)}`;
			return `${path}: ${text}${own} @${offset}+${size}`;
		});
		return [...rows, ...(found.cutAt === undefined ? [] : [`cut at ${found.cutAt}`])];
	};
	const V6 = `170001bb 00000000 fe80${zeros(13)}01`;
	const V6_ROWS = [
		'sin6_family: AF_INET6 23 @0+2',
		'sin6_port: 443 47873 @2+2',
		'sin6_flowinfo: 0 0 @4+4',
		'sin6_addr: fe80::1 @8+16',
	];
	const V4 = '02000050 01020304';
	const AT_16 = '1010000000000000 10000000 00000000';

	test.each<[CType | string, string, Partial<Parameters<typeof decode>[2]>, readonly string[]]>([
		['no_such_type', '00', {}, []],
		['tcp_keepalive', '01000000 0200', {}, ['onoff: 1 1 @0+4', 'cut at keepalivetime']],
		['tcp_keepalive', zeros(10), { list: true }, ['cut at [0]']],
		['tcp_keepalive', '', { list: true }, []],
		[scalar('DWORD'), '01000000 02000000 ff', { list: true }, ['[0]: 1 1 @0+4', '[1]: 2 2 @4+4']],
		['IN6_ADDR', `${zeros(15)}01`, {}, [': ::1 @0+16']],
		['GUID', zeros(16), {}, [': 00000000-0000-0000-0000-000000000000 @0+16']],
		['LARGE_INTEGER', 'ff'.repeat(8), {}, [': -1 -1 @0+8']],
		['ULARGE_INTEGER', 'ff'.repeat(8), {}, [': 18446744073709551615 @0+8']],
		// A slot may be longer than what is written to it, but not than an address.
		[
			'SOCKADDR_STORAGE',
			V4 + zeros(8),
			{},
			[': 1.2.3.4:80 @0+16', 'sin_family: AF_INET 2 @0+2', 'sin_port: 80 20480 @2+2', 'sin_addr: 1.2.3.4 @4+4'],
		],
		['SOCKADDR_STORAGE', V4 + zeros(7), {}, ['cut at ']],
		['SOCKADDR', `0100${zeros(14)}`, {}, [': AF_UNIX @0+16']],
		['SOCKADDR', `6300${zeros(14)}`, {}, [': family 99 @0+16']],
		['SOCKADDR', `${V6}03000000`, {}, [': [fe80::1%3]:443 @0+28', ...V6_ROWS, 'sin6_scope_id: 3 3 @24+4']],
		['SOCKADDR', `${V6}03000000ff`, {}, [': [fe80::1%3]:443 @0+28', ...V6_ROWS, 'sin6_scope_id: 3 3 @24+4']],
		['SOCKADDR', V6, {}, [': [fe80::1]:443 @0+24', ...V6_ROWS, 'cut at sin6_scope_id']],
		[
			'SOCKADDR',
			`1700${zeros(14)}`,
			{},
			[
				': AF_INET6 @0+16',
				'sin6_family: AF_INET6 23 @0+2',
				'sin6_port: 0 0 @2+2',
				'sin6_flowinfo: 0 0 @4+4',
				'cut at sin6_addr',
			],
		],
		[
			'INTERFACE_INFO',
			`05000000${V6}${zeros(48)}`,
			{},
			[
				'iiFlags: IFF_UP | IFF_LOOPBACK (0x5) 5 @0+4',
				'iiAddress: [fe80::1]:443 @4+24',
				'iiAddress.sin6_family: AF_INET6 23 @4+2',
				'iiAddress.sin6_port: 443 47873 @6+2',
				'iiAddress.sin6_flowinfo: 0 0 @8+4',
				'iiAddress.sin6_addr: fe80::1 @12+16',
				'iiBroadcastAddress: AF_UNSPEC @28+24',
				'iiNetmask: AF_UNSPEC @52+24',
			],
		],
		// What counts a tail decides how much of it there is, as far as the bytes go.
		...['00', '02', '03'].map((count): [string, string, object, string[]] => [
			'IP_MSFILTER',
			`e0000009 00000000 00000000 ${count}000000 01020304 01020305`,
			{},
			[
				'imsf_multiaddr: 224.0.0.9 @0+4',
				'imsf_interface: 0.0.0.0 @4+4',
				'imsf_fmode: MCAST_INCLUDE (0) 0 @8+4',
				`imsf_numsrc: ${Number(count)} ${Number(count)} @12+4`,
				...(count === '00'
					? ['imsf_slist: 0 elements @16+0']
					: ['imsf_slist: 2 elements @16+8', 'imsf_slist[0]: 1.2.3.4 @16+4', 'imsf_slist[1]: 1.2.3.5 @20+4']),
				...(count === '03' ? ['cut at imsf_slist[2]'] : []),
			],
		]),
		[
			'SOCKET_ADDRESS_LIST',
			'ffffffff 00000000 0010000000000000 10000000 00000000',
			{},
			[
				'iAddressCount: -1 -1 @0+4',
				'Address: 1 element @8+16',
				'Address[0]:  @8+16',
				'Address[0].lpSockaddr: 0x1000 @8+8',
				'Address[0].iSockaddrLength: 16 bytes 16 @16+4',
			],
		],
		// Pointers into the buffer are followed, and no others.
		...(
			[
				[0xff0n, '0x1010'],
				[0x1000n, '-> offset 16 "0x1010"'],
				[0x1010n, '-> offset 0 "0x1010"'],
				[0x1011n, '0x1010'],
				[0xff1n, '-> offset 31 "0x1010"'],
			] as const
		).map(([address, text]): [string, string, object, string[]] => [
			'SOCKET_ADDRESS',
			`${AT_16} ${V4} ${zeros(8)}`,
			{ address },
			[`lpSockaddr: ${text} @0+8`, 'iSockaddrLength: 16 bytes 16 @8+4'],
		]),
		[arrayOf(scalar('DWORD'), 1), '05000000', {}, [': [5] [5] @0+4']],
		[arrayOf(scalar('USHORT'), 3), '010002000300', {}, [': [1, 2, 3] [1,2,3] @0+6']],
		[arrayOf(scalar('BYTE'), 3), '010203', {}, [': 01 02 03 [1,2,3] @0+3']],
		[arrayOf(scalar('char'), 4), '41420000', {}, [': "AB" "AB" @0+4']],
		[arrayOf(scalar('char'), 4), '41424344', {}, [': "ABCD" "ABCD" @0+4']],
		[arrayOf(scalar('char'), 4), '00000000', {}, [': "" "" @0+4']],
		[arrayOf(scalar('char'), 4), '41004200', {}, [': 41 00 42 00 "41004200" @0+4']],
		[arrayOf(scalar('char'), 4), '01000000', {}, [': 01 00 00 00 "01000000" @0+4']],
		[arrayOf(scalar('WCHAR'), 2), 'ac200000', {}, [': "€" "€" @0+4']],
		[arrayOf(ONE_BYTE, 1), '05', {}, [': 1 element @0+1', '[0]:  @0+1', '[0].a: 5 5 @0+1']],
		[
			arrayOf(ONE_BYTE, 2),
			'0506',
			{},
			[': 2 elements @0+2', '[0]:  @0+1', '[0].a: 5 5 @0+1', '[1]:  @1+1', '[1].a: 6 6 @1+1'],
		],
	])('%o of %s with %o', (type, bytes, options, expected) => {
		expect(told(type, bytes, options)).toEqual(expected);
	});

	test('a list of structures is a table, and a list of anything else is none', () => {
		const tables = (type: CType | string, bytes: string) =>
			decode(type, Buffer.from(bytes, 'hex'), { target: 'x64', list: true }).tables;
		expect(tables('tcp_keepalive', `01${zeros(11)}02${zeros(13)}`)).toEqual([
			{
				title: 'tcp_keepalive',
				columns: ['#', 'onoff', 'keepalivetime', 'keepaliveinterval'],
				rows: [
					['0', '1', '0 ms', '0 ms'],
					['1', '2', '0 ms', '0 ms'],
				],
			},
		]);
		expect([tables(scalar('DWORD'), zeros(8)), tables('GUID', zeros(16))]).toEqual([[], []]);
	});

	test('an address behind a pointer is as long as the structure says', () => {
		const text = (length: string) =>
			decode(
				'SOCKET_ADDRESS_LIST',
				Buffer.from(`0100000000000000 1810000000000000 ${length}000000 00000000 ${V4}`.replaceAll(' ', ''), 'hex'),
				{
					target: 'x64',
					address: 0x1000n,
				},
			).tables[0]?.rows[0]?.[1];
		expect(['00', '01', '02', '07', '08', '10'].map(text)).toEqual([
			'',
			'',
			'AF_INET',
			'AF_INET',
			'1.2.3.4:80',
			'1.2.3.4:80',
		]);
	});

	test.each<[bigint, Unit | undefined, string]>([
		[7n, undefined, '7'],
		[1n, 'bytes', '1 byte'],
		[999n, 'ms', '999 ms'],
		[1000n, 'ms', '1000 ms (1 s)'],
		[1234n, 'ms', '1234 ms (1.23 s)'],
		[59_990n, 'ms', '59990 ms (59.99 s)'],
		[60_000n, 'ms', '60000 ms (1 min)'],
		[3_599_400n, 'ms', '3599400 ms (59.99 min)'],
		[3_600_000n, 'ms', '3600000 ms (1 h)'],
		[86_364_000n, 'ms', '86364000 ms (23.99 h)'],
		[86_400_000n, 'ms', '86400000 ms (1 d)'],
		[999_999n, 'us', '999999 µs'],
		[1_000_000n, 'us', '1000000 µs (1 s)'],
		[59n, 's', '59 s'],
		[60n, 's', '60 s (1 min)'],
	])('%d in %s is %s', (number, unit, text) => {
		expect(withUnit(number, unit)).toBe(text);
	});
});
