import { describe, expect, test } from 'vitest';
import { formatAddress } from '../../native/src/address.ts';
import { types } from '../../server/src/catalog/builtin.generated.ts';
import { type FieldInput, type FieldInputs, rangeOf } from '../../server/src/run/buffers/encode.ts';
import { typeNamed } from '../../server/src/run/buffers/shape.ts';
import type { Leaf } from '../../server/src/run/questions.ts';
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
