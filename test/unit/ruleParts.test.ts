/** What rules are put together from: comparisons of versions and names, and phrases. */
import { expect, it } from 'vitest';
import { memberName } from '../../server/src/rules/inputs.ts';
import { nearest } from '../../server/src/rules/near.ts';
import { isOlder } from '../../server/src/rules/versions.ts';
import { allOf, bytes, bytesOn, listed, oneOf, valuesOn, withArticle } from '../../server/src/rules/wording.ts';
import type { CType, Target } from '../../server/src/types/ctype.ts';

it.each([
	['6.1', '6.1', false],
	['6.1', '6.2', true],
	['6.2', '6.1', false],
	['6.9', '6.10', true],
	['10.0', '6.3', false],
	['5.2', '10.0', true],
	['10', '10.0', false],
	['10.0', '10', false],
	['10.0', '10.0.17763', true],
	['10.0.17763', '10.0', false],
	['10.0.17763', '10.0.17764', true],
])('version %s is older than %s: %s', (a, b, older) => {
	expect(isOlder(a, b)).toBe(older);
});

it.each([
	['SIO_RECVALL', ['SIO_RCVALL', 'SIO_KEEPALIVE_VALS'], 'SIO_RCVALL'],
	['SIO_RVCALL', ['SIO_RCVALL'], 'SIO_RCVALL'],
	['SIO_RCVALLXY', ['SIO_RCVALL'], 'SIO_RCVALL'],
	['SIO_RCVALLXYZ', ['SIO_RCVALL'], undefined],
	['SIO_ABVALL', ['SIO_RCVALL'], 'SIO_RCVALL'],
	['SIO_ABDALL', ['SIO_RCVALL'], undefined],
	['SIO_A1', ['SIO_A2'], undefined],
	['SIO_A1', ['SIO_B1'], 'SIO_B1'],
	['SIO_AAA', ['SIO_AAB', 'SIO_AAC'], undefined],
	['SIO_AAA', [], undefined],
])('%s among %j resembles %s', (name, names, expected) => {
	expect(nearest(name, names)).toBe(expected);
});

const ALL: readonly Target[] = ['x86', 'x64', 'arm64'];
const WIDE: readonly Target[] = ['x64', 'arm64'];
const NARROW: readonly Target[] = ['x86'];
it('lists are put into words', () => {
	expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
	expect([oneOf([1, 2, 3]), allOf(['a', 'b'])]).toEqual(['1 or 2 or 3', 'a and b']);
	expect(['u_long', 'ULONG', 'INTERFACE_INFO', 'tcp_keepalive', 'OVERLAPPED'].map(withArticle)).toEqual([
		'a `u_long`',
		'a `ULONG`',
		'an `INTERFACE_INFO`',
		'a `tcp_keepalive`',
		'an `OVERLAPPED`',
	]);
});

it('sizes are told for each kind of target', () => {
	const size = (x86: number, x64 = x86) => ({ x86, x64, arm64: x64 });
	expect([bytes(1), bytes(2), bytesOn(size(1), ALL), bytesOn(size(12), ALL)]).toEqual([
		'1 byte',
		'2 bytes',
		'1 byte',
		'12 bytes',
	]);
	expect([ALL, WIDE, NARROW, []].map((targets) => bytesOn(size(4, 8), targets))).toEqual([
		'4 bytes, 8 on 64-bit Windows',
		'8 bytes',
		'4 bytes',
		'8 bytes',
	]);
	expect(valuesOn([size(4, 8), size(8), size(12)], ALL)).toBe('4 or 8 or 12, 8 or 12 on 64-bit Windows');
});

it.each<[string, CType | undefined, string | undefined, string, string]>([
	['vals', { kind: 'record', union: false, name: 'r', fields: [] }, 'vals', 'onoff', 'vals.onoff'],
	['vals', { kind: 'record', union: false, name: 'r', fields: [] }, 'vals', '', 'vals'],
	['make()', { kind: 'record', union: false, name: 'r', fields: [] }, undefined, 'onoff', 'onoff'],
	['*p', { kind: 'record', union: false, name: 'r', fields: [] }, '*p', 'onoff', 'p->onoff'],
	['list', { kind: 'array', of: { kind: 'record', union: false, name: 'r', fields: [] } }, 'list', 'a', 'list[0].a'],
	['bytes', { kind: 'array', of: { kind: 'scalar', name: 'char' } }, 'bytes', '[4]', 'bytes[4]'],
	['bytes', { kind: 'array', of: { kind: 'scalar', name: 'char' } }, 'bytes', 'a', 'a'],
	['vals', undefined, 'vals', 'onoff', 'onoff'],
])('a member of %s is named as people write it', (text, type, spelling, path, name) => {
	const object = { text, ...(type ? { type } : {}), ...(spelling === undefined ? {} : { spelling }) };
	expect(memberName({ start: 0, end: 1, text: `&${text}`, nullness: 'not-null', object }, path)).toBe(name);
});
