import { isIPv4, isIPv6 } from 'node:net';
import { describe, expect, test } from 'vitest';
import { formatAddress, isLoopback, parseAddress } from '../../native/src/address.ts';

const V6 = [
	'::',
	'::1',
	'1::',
	'fe80::1',
	'1:2:3:4:5:6:7:8',
	'2001:db8::8:800:200c:417a',
	'1:0:0:2:0:0:0:3',
	'1:0:2:0:3:0:4:0',
];
const NO_ADDRESS = [
	'',
	'1',
	'1.2.3',
	'1.2.3.4.5',
	'1.2.3.256',
	'a.b.c.d',
	':',
	':1',
	'1:',
	'1::2::3',
	'1:2:3:4:5:6:7:8:9',
	'12345::',
];

describe('parseAddress', () => {
	test('agrees with Node on what is an address', () => {
		for (const text of ['0.0.0.0', '127.0.0.1', '255.255.255.255', ...V6]) {
			expect([text, parseAddress(text) !== undefined]).toEqual([text, isIPv4(text) || isIPv6(text)]);
		}
		for (const text of NO_ADDRESS) {
			expect([text, isIPv4(text) || isIPv6(text), parseAddress(text)]).toEqual([text, false, undefined]);
		}
	});

	test('yields network order', () => {
		expect([...(parseAddress('192.0.2.1') ?? [])]).toEqual([192, 0, 2, 1]);
		expect(Buffer.from(parseAddress('2001:db8::ff') ?? []).toString('hex')).toBe('20010db80000000000000000000000ff');
	});
});

describe('formatAddress', () => {
	test('writes IPv6 as URLs do', () => {
		for (const text of V6) {
			const bytes = parseAddress(text);
			if (!bytes) throw new Error(text);
			expect(`[${formatAddress(bytes)}]`).toBe(new URL(`http://[${text}]`).hostname);
		}
	});

	test('writes IPv4 with dots', () => {
		expect(formatAddress(Uint8Array.of(127, 0, 0, 1))).toBe('127.0.0.1');
	});
});

describe('isLoopback', () => {
	test('knows 127.0.0.0/8 and ::1 alone', () => {
		const yes = ['127.0.0.0', '127.0.0.1', '127.255.255.255', '::1', '0:0::1'];
		const no = ['126.255.255.255', '128.0.0.0', '0.0.0.0', '::', '::2', '1::1', '::ffff:7f00:1', 'localhost', ''];
		expect(yes.map(isLoopback)).toEqual(yes.map(() => true));
		expect(no.map(isLoopback)).toEqual(no.map(() => false));
	});
});
