import { describe, expect, test } from 'vitest';
import { codes, types } from '../../server/src/catalog/builtin.generated.ts';
import { guidBytes, guids, guidText } from '../../server/src/catalog/guids.ts';
import { type CField, type CType, perTarget, same, UNKNOWN } from '../../server/src/types/ctype.ts';
import {
	alignOf,
	evaluateSize,
	fieldOffset,
	fieldsOf,
	fieldType,
	type Lookup,
	parseTypeName,
	resolveType,
	sizeOf,
	typeText,
} from '../../server/src/types/layout.ts';
import { builtinName, SCALARS, scalarKind } from '../../server/src/types/scalars.ts';
import { catalogSpec, catalogType, guidByText, withCatalog } from '../support/builtin.ts';

const nothing: Lookup = () => undefined;
const scalar = (name: string): CType => ({ kind: 'scalar', name });
const named = (name: string, tag = false): CType => (tag ? { kind: 'named', name, tag } : { kind: 'named', name });
const pointer = (to: CType): CType => ({ kind: 'pointer', to });
const array = (of: CType, length?: number): CType =>
	length === undefined ? { kind: 'array', of } : { kind: 'array', of, length };
const field = (name: string, type: CType | string, bits?: number): CField => ({
	name,
	type: typeof type === 'string' ? scalar(type) : type,
	...(bits !== undefined && { bits }),
});
const struct = (fields: CField[], pack?: number): CType => ({
	kind: 'record',
	union: false,
	name: '',
	fields,
	...(pack !== undefined && { pack }),
});
const union = (...fields: CField[]): CType => ({ kind: 'record', union: true, name: '', fields });
const known =
	(table: Record<string, CType>): Lookup =>
	(name) =>
		table[name];

describe('scalars', () => {
	test('long is 4 bytes on every target', () => {
		expect(sizeOf(scalar('long'), nothing)).toEqual(same(4));
		expect(sizeOf(scalar('unsigned long'), nothing)).toEqual(same(4));
	});
	test('pointer-sized types follow the target', () => {
		for (const name of ['SOCKET', 'SIZE_T', 'HANDLE', 'size_t', 'LPFN_ACCEPTEX']) {
			expect(sizeOf(scalar(name), nothing)).toEqual({ x86: 4, x64: 8, arm64: 8 });
		}
		expect(sizeOf(pointer(UNKNOWN), nothing)).toEqual(perTarget((p) => p));
	});
	test('no size: void, functions, unknown types, names of Object.prototype', () => {
		for (const type of [{ kind: 'void' }, { kind: 'function' }, UNKNOWN, scalar('toString')] satisfies CType[]) {
			expect(sizeOf(type, nothing)).toBeUndefined();
		}
	});
	test('8-byte scalars are aligned to 8 on x86 too', () => {
		expect(alignOf(scalar('__int64'), nothing)).toEqual(same(8));
		expect(sizeOf(struct([field('a', 'char'), field('b', 'double')]), nothing)).toEqual(same(16));
	});
	test('enumerations are 4 bytes unless their type is written', () => {
		expect(sizeOf({ kind: 'enum', name: 'E' }, nothing)).toEqual(same(4));
		expect(sizeOf({ kind: 'enum', name: 'E', underlying: scalar('UCHAR') }, nothing)).toEqual(same(1));
		expect(sizeOf({ kind: 'enum', name: 'E', underlying: named('Missing') }, nothing)).toBeUndefined();
	});
});

describe('records', () => {
	test('members are aligned, and the end is padded', () => {
		const type = struct([field('a', 'char'), field('b', 'int'), field('c', 'char')]);
		expect(sizeOf(type, nothing)).toEqual(same(12));
		expect(fieldOffset(type, 'b', nothing)).toEqual(same(4));
		expect(fieldOffset(type, 'c', nothing)).toEqual(same(8));
	});
	test('a pointer moves what follows it', () => {
		const type = struct([field('n', 'int'), field('p', pointer(scalar('char'))), field('m', 'int')]);
		expect(sizeOf(type, nothing)).toEqual({ x86: 12, x64: 24, arm64: 24 });
		expect(fieldOffset(type, 'm', nothing)).toEqual({ x86: 8, x64: 16, arm64: 16 });
	});
	test.each([
		[1, 13],
		[2, 14],
		[4, 16],
		[8, 24],
	])('pack %i', (pack, size) => {
		const type = struct([field('a', 'char'), field('b', '__int64'), field('c', 'int')], pack);
		expect(sizeOf(type, nothing)).toEqual(same(size));
		expect(alignOf(type, nothing)).toEqual(same(pack));
	});
	test('pack limits an inner record, and does not change its own layout', () => {
		const inner = struct([field('a', 'char'), field('b', 'int')]);
		const outer = struct([field('x', 'char'), field('y', inner)], 1);
		expect(sizeOf(outer, nothing)).toEqual(same(9));
		expect(fieldOffset(outer, 'y.b', nothing)).toEqual(same(5));
	});
	test('a union is as large as its largest member, padded', () => {
		const type = union(field('a', array(scalar('char'), 5)), field('b', 'int'));
		expect(sizeOf(type, nothing)).toEqual(same(8));
		expect(fieldOffset(type, 'b', nothing)).toEqual(same(0));
	});
	test('members of anonymous records are reached by their own name', () => {
		const type = struct([
			field('kind', 'int'),
			field('', union(field('', struct([field('low', 'int'), field('high', 'int')])), field('whole', '__int64'))),
		]);
		expect(fieldOffset(type, 'high', nothing)).toEqual(same(12));
		expect(fieldOffset(type, 'whole', nothing)).toEqual(same(8));
		expect(fieldType(type, 'whole', nothing)).toEqual(scalar('__int64'));
		expect(fieldOffset(type, 'middle', nothing)).toBeUndefined();
	});
	test('a record without members has no size', () => {
		expect(sizeOf(struct([]), nothing)).toBeUndefined();
	});
	test('one unknown member makes the whole unknown', () => {
		const type = struct([field('a', 'int'), field('b', named('Missing'))]);
		expect(sizeOf(type, nothing)).toBeUndefined();
		expect(fieldOffset(type, 'a', nothing)).toBeUndefined();
		expect(fieldsOf(type, nothing)).toBeUndefined();
	});
});

describe("bit-fields by Microsoft's rule", () => {
	const sizeOfBits = (...fields: [string, number][]) =>
		sizeOf(struct(fields.map(([type, bits], i) => field(bits ? `f${i}` : '', type, bits))), nothing)?.x64;

	test('neighbours of one size share a unit', () => {
		expect(sizeOfBits(['ULONG', 28], ['ULONG', 4])).toBe(4);
		expect(sizeOfBits(['int', 3], ['unsigned int', 3])).toBe(4);
	});
	test('what does not fit starts a new unit', () => {
		expect(sizeOfBits(['ULONG', 28], ['ULONG', 5])).toBe(8);
	});
	test('a type of another size starts a new unit', () => {
		expect(sizeOfBits(['UCHAR', 1], ['ULONG', 1])).toBe(8);
		expect(sizeOfBits(['ULONG', 1], ['UCHAR', 1], ['ULONG', 1])).toBe(12);
	});
	test('width 0 ends a unit, and means nothing without one', () => {
		expect(sizeOfBits(['ULONG', 1], ['ULONG', 0], ['ULONG', 1])).toBe(8);
		expect(sizeOfBits(['ULONG', 0], ['UCHAR', 1])).toBe(1);
	});
	test('an ordinary member ends a unit', () => {
		const type = struct([field('a', 'UCHAR', 1), field('b', 'UCHAR'), field('c', 'UCHAR', 1)]);
		expect(sizeOf(type, nothing)).toEqual(same(3));
	});
	test('a union takes the size of the type, and not its alignment', () => {
		const type = union(field('a', 'ULONG', 3), field('b', 'UCHAR'));
		expect(sizeOf(type, nothing)).toEqual(same(4));
		expect(alignOf(type, nothing)).toEqual(same(1));
	});
	test('what no compiler accepts has no layout', () => {
		expect(sizeOfBits(['UCHAR', 9])).toBeUndefined();
		expect(sizeOf(struct([field('p', pointer(UNKNOWN), 3)]), nothing)).toBeUndefined();
	});
	test('place of a bit-field', () => {
		const rows = fieldsOf(struct([field('a', 'ULONG', 28), field('b', 'ULONG', 4)]), nothing);
		expect(rows?.map((r) => [r.name, r.offset.x64, r.bits])).toEqual([
			['a', 0, { width: 28, shift: same(0) }],
			['b', 0, { width: 4, shift: same(28) }],
		]);
	});
});

describe('arrays', () => {
	test('dimensions multiply', () => {
		expect(sizeOf(array(array(scalar('SOCKET'), 3), 2), nothing)).toEqual({ x86: 24, x64: 48, arm64: 48 });
	});
	test('elements by index, also past the declared end', () => {
		const type = struct([field('n', 'int'), field('list', array(struct([field('a', 'int'), field('b', 'int')]), 1))]);
		expect(fieldOffset(type, 'list[0].b', nothing)).toEqual(same(8));
		expect(fieldOffset(type, 'list[2].a', nothing)).toEqual(same(20));
		expect(fieldOffset(type, 'n[1]', nothing)).toBeUndefined();
		expect(fieldOffset(type, 'list.b', nothing)).toBeUndefined();
	});
	test('unknown, negative, broken and absurd lengths have no size', () => {
		for (const length of [undefined, -1, 1.5, Number.NaN, 2 ** 31]) {
			expect(sizeOf(array(scalar('char'), length), nothing)).toBeUndefined();
		}
		expect(sizeOf(array(array(scalar('int'), 2 ** 20), 2 ** 20), nothing)).toBeUndefined();
		expect(sizeOf(array(scalar('char'), 2 ** 31 - 1), nothing)).toEqual(same(2 ** 31 - 1));
	});
	test('size known on one target only is unknown', () => {
		expect(sizeOf(array(scalar('SIZE_T'), 2 ** 28), nothing)).toBeUndefined();
	});
	test('length 0 has no size and still aligns', () => {
		const type = struct([field('n', 'char'), field('tail', array(scalar('SIZE_T'), 0))]);
		expect(sizeOf(type, nothing)).toEqual({ x86: 4, x64: 8, arm64: 8 });
	});
});

describe('names', () => {
	test('typedef chains and tags', () => {
		const node = struct([field('next', pointer(named('node', true))), field('n', 'int')]);
		const lookup: Lookup = (name, tag) =>
			tag ? { node }[name] : ({ A: named('B'), B: named('node', true) }[name] ?? undefined);
		expect(sizeOf(named('A'), lookup)).toEqual({ x86: 8, x64: 16, arm64: 16 });
		expect(resolveType(named('A'), lookup)).toBe(node);
		expect(sizeOf(named('node'), lookup)).toBeUndefined();
	});
	test('typedefs in a circle', () => {
		expect(sizeOf(named('A'), known({ A: named('B'), B: named('A') }))).toBeUndefined();
	});
	test('a record that holds itself, at once or through others, in an array or a union', () => {
		expect(sizeOf(named('A'), known({ A: struct([field('a', named('A'))]) }))).toBeUndefined();
		const lookup = known({
			A: struct([field('b', named('B'))]),
			B: union(field('c', array(named('A'), 2))),
		});
		expect(sizeOf(named('A'), lookup)).toBeUndefined();
		expect(fieldOffset(named('A'), 'b.c[0].b', lookup)).toBeUndefined();
	});
	test('pointers and functions in a circle are fine', () => {
		const lookup = known({ A: struct([field('b', pointer(named('B')))]), B: struct([field('a', named('A'))]) });
		expect(sizeOf(named('B'), lookup)).toEqual(perTarget((p) => p));
	});
	test('deep nesting ends', () => {
		const deep: Record<string, CType> = { T0: scalar('int') };
		for (let i = 1; i <= 5000; i++) deep[`T${i}`] = struct([field('f', named(`T${i - 1}`))]);
		expect(sizeOf(named('T20'), known(deep))).toEqual(same(4));
		expect(sizeOf(named('T5000'), known(deep))).toBeUndefined();
	});
	test('members that double at every level cost no time', () => {
		const wide: Record<string, CType> = { T0: scalar('char') };
		for (let i = 1; i <= 30; i++) {
			wide[`T${i}`] = struct([field('a', named(`T${i - 1}`)), field('b', named(`T${i - 1}`))]);
		}
		expect(sizeOf(named('T30'), known(wide))).toEqual(same(2 ** 30));
		expect(fieldOffset(named('T30'), 'b.b.b', known(wide))).toEqual(same(7 * 2 ** 27));
		expect(fieldsOf(named('T30'), known(wide))).toHaveLength(1000);
	});
	test("a document's own type comes before the catalog's", () => {
		const own = withCatalog((name) => (name === 'GUID' ? struct([field('a', 'char')]) : undefined));
		expect(sizeOf(named('GUID'), own)).toEqual(same(1));
		expect(sizeOf(named('QOS'), own)).toEqual({ x86: 72, x64: 80, arm64: 80 });
	});
});

describe('types in words', () => {
	test.each([
		['ULONG', scalar('ULONG')],
		['const  char *', pointer(scalar('char'))],
		['char **', pointer(pointer(scalar('char')))],
		['VOID *', pointer({ kind: 'void' })],
		['long unsigned int', scalar('unsigned long')],
		['struct tcp_keepalive', named('tcp_keepalive', true)],
		['LPQOS', named('LPQOS')],
		['a b', UNKNOWN],
		['', UNKNOWN],
	])('%s', (text, type) => {
		expect(parseTypeName(text)).toEqual(type);
	});
	test.each([
		[pointer(pointer(scalar('char'))), 'char **'],
		[array(array(scalar('WCHAR'), 4), 2), 'WCHAR[2][4]'],
		[array(scalar('int')), 'int[]'],
		[struct([]), 'struct'],
		[UNKNOWN, '?'],
	])('%#', (type, text) => {
		expect(typeText(type)).toBe(text);
	});
	test.each([
		[['signed'], 'int'],
		[['int', 'short', 'unsigned'], 'unsigned short'],
		[['long', 'int', 'long'], 'long long'],
		[['long', 'double'], 'long double'],
		[['signed', 'char'], 'signed char'],
		[['unsigned', '__int64'], 'unsigned __int64'],
		[['long', 'long', 'long'], undefined],
		[['DWORD'], undefined],
		[[], undefined],
	])('%j is %s', (words, name) => {
		expect(builtinName(words)).toBe(name);
	});
	test('how scalars read', () => {
		const kinds = ['BOOL', 'INT', 'ULONG', 'SOCKET', 'HANDLE', 'WCHAR', 'double', 'ULONG64', 'struct'];
		expect(kinds.map(scalarKind)).toEqual([
			'boolean',
			'signed',
			'unsigned',
			'unsigned',
			'pointer',
			'character',
			'float',
			'unsigned',
			undefined,
		]);
	});
});

describe('the catalog', () => {
	test('sizes as the catalog writes them', () => {
		expect(evaluateSize({ sizeof: 'struct tcp_keepalive' }, catalogType)).toEqual(same(12));
		expect(evaluateSize({ sizeof: 'void *' }, catalogType)).toEqual(perTarget((p) => p));
		expect(evaluateSize({ offsetof: ['IP_MSFILTER', 'imsf_slist'] }, catalogType)).toEqual(same(16));
		expect(evaluateSize({ offsetof: ['GROUP_FILTER', 'gf_slist'] }, catalogType)).toEqual(same(144));
		expect(evaluateSize({ offsetof: ['SOCKET_ADDRESS_LIST', 'Address'] }, catalogType)).toEqual(perTarget((p) => p));
		expect(evaluateSize({ bytes: 7 }, catalogType)).toEqual(same(7));
		expect(evaluateSize({ sizeof: 'NO_SUCH_TYPE' }, catalogType)).toBeUndefined();
		expect(evaluateSize({ offsetof: ['GUID', 'Data5'] }, catalogType)).toBeUndefined();
	});
	test.each([
		['SOCKADDR_IN', false],
		['sockaddr_in', true],
		['sockaddr_storage', true],
		['WSAOVERLAPPED', false],
		['_TCP_INFO_v0', true],
		['in_addr', false],
		['IID', false],
	])('%s is known', (name, tag) => {
		expect(catalogType(name, tag)?.kind).toBe('record');
	});
	test('pointer typedefs', () => {
		expect(catalogType('LPQOS', false)).toEqual(pointer(named('QOS')));
		expect(catalogType('LPDWORD', false)).toEqual(pointer(scalar('DWORD')));
		expect(sizeOf(named('LPSOCKADDR'), catalogType)).toEqual(perTarget((p) => p));
	});
	test('a tag is no typedef of a pointer or a scalar', () => {
		for (const name of ['LPQOS', 'DWORD', 'LPDWORD']) expect(catalogType(name, true)).toBeUndefined();
	});
	test('aliases keep their values and resolve to their scalar', () => {
		expect(resolveType(named('SERVICETYPE'), catalogType)).toEqual(scalar('ULONG'));
		expect(catalogSpec('SERVICETYPE')?.kind).toBe('alias');
	});
	test('no name stands for two types', () => {
		const names = types.flatMap((t) => [t.name, ...(t.aliases ?? []), ...(t.pointers ?? [])]);
		expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
		expect(names.filter((name) => Object.hasOwn(SCALARS, name))).toEqual([]);
	});
	test('every type has a size on every target', () => {
		expect(types.filter((t) => !sizeOf(named(t.name), catalogType)).map((t) => t.name)).toEqual([]);
	});
	test('every type that a code or a GUID names has a size', () => {
		const wanted = [
			...codes.flatMap((c) => [c.input, c.output]).flatMap((b) => [b.type, ...(b.accepts ?? [])]),
			...guids.map((g) => g.type),
		].filter((name) => name !== undefined);
		expect(wanted.filter((name) => !sizeOf(parseTypeName(name), catalogType))).toEqual([]);
	});
	test('members with their meaning, depth and values', () => {
		const rows = fieldsOf(named('SOCKET_ADDRESS_LIST'), catalogType);
		expect(rows?.map((r) => [r.path, r.text, r.offset.x64, r.size.x64, r.depth, r.tail])).toEqual([
			['iAddressCount', 'INT', 0, 4, 0, undefined],
			['Address', 'SOCKET_ADDRESS[1]', 8, 16, 0, true],
		]);
		const info = fieldsOf(named('INTERFACE_INFO'), catalogType) ?? [];
		expect(info.slice(0, 5).map((r) => [r.path, r.depth, r.union])).toEqual([
			['iiFlags', 0, undefined],
			['iiAddress', 0, undefined],
			['iiAddress.Address', 1, true],
			['iiAddress.Address.sa_family', 2, undefined],
			['iiAddress.Address.sa_data', 2, undefined],
		]);
		expect(info[0]).toMatchObject({ flags: true, meaning: 'What the interface is and can do.' });
		expect(info[0]?.values?.map((v) => v.name)).toEqual([
			'IFF_UP',
			'IFF_BROADCAST',
			'IFF_LOOPBACK',
			'IFF_POINTTOPOINT',
			'IFF_MULTICAST',
		]);
		expect(fieldsOf(named('GUID'), catalogType)?.map((r) => r.offset.x86)).toEqual([0, 4, 6, 8]);
		expect(fieldsOf(scalar('DWORD'), catalogType)).toBeUndefined();
	});
});

describe('GUIDs', () => {
	const bytes = [0xf1, 0x7d, 0x36, 0xb5, 0xac, 0xcb, 0xcf, 0x11, 0x95, 0xca, 0, 0x80, 0x5f, 0x48, 0xa1, 0x92];

	test('in memory the first three groups are turned around', () => {
		expect([...guidBytes('B5367DF1-CBAC-11CF-95CA-00805F48A192')!]).toEqual(bytes);
		expect(guidText(Uint8Array.from(bytes))).toBe('b5367df1-cbac-11cf-95ca-00805f48a192');
	});
	test('text there and back', () => {
		for (const { guid } of guids) expect(guidText(guidBytes(guid)!)).toBe(guid);
	});
	test('what is no GUID', () => {
		expect(guidBytes('b5367df1cbac11cf95ca00805f48a192')).toBeUndefined();
		expect(guidText(Uint8Array.from(bytes.slice(1)))).toBeUndefined();
	});
	test('the function behind a GUID', () => {
		expect(guidByText('{B5367DF1-CBAC-11CF-95CA-00805F48A192}')?.gives).toBe('AcceptEx');
	});
});
