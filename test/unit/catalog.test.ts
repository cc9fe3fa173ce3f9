import { describe, expect, test } from 'vitest';
import { Catalog, type CatalogAdditions } from '../../server/src/catalog/catalog.ts';
import { sizeOf } from '../../server/src/types/layout.ts';

const base = Catalog.builtin;

/** A code as a user may write it. */
const own = {
	name: 'SIO_ACME_START',
	opcode: { value: 0x98ac0001, family: 'winsock' },
	header: 'acme.h',
	input: { use: 'required', type: 'ACME_START', basis: 'header', confidence: 'type' },
};
const record = {
	name: 'ACME_START',
	kind: 'struct',
	pointers: ['PACME_START'],
	fields: [
		{ name: 'handle', type: 'HANDLE' },
		{ name: 'mode', type: 'ACME_MODE', values: [{ name: 'ACME_FAST', value: 1 }] },
	],
};
const mode = { name: 'ACME_MODE', kind: 'enum', values: [{ name: 'ACME_SLOW', value: 0 }] };

const problemsOf = (additions: CatalogAdditions) =>
	base.with(additions).problems.map(({ path, message }) => `${path}: ${message}`);

describe('a catalog', () => {
	test('finds its entries by name and by number', () => {
		expect(base.code('SIO_PRIORITY_HINT')?.code.name).toBe('SIO_SET_PRIORITY_HINT');
		expect(base.code('constructor')).toBeUndefined();
		expect(base.codes(-1744830460).map((c) => c.name)).toEqual(['SIO_KEEPALIVE_VALS']);
		expect(base.codes(0x98000004, 'other')).toEqual([]);
		expect(base.type('sockaddr_in')?.name).toBe('SOCKADDR_IN');
		expect(base.pointedType('LPSOCKADDR_IN')?.name).toBe('SOCKADDR_IN');
		expect(base.option('SO_RCVBUF')?.value).toBe(0x1002);
		expect(base.constant('RCVALL_ON')?.type.name).toBe('RCVALL_VALUE');
		expect(base.functionByName('LPWSPIOCTL')?.id).toBe('WSPIoctl');
		expect(base.functionById('LPWSPIOCTL')).toBeUndefined();
		expect(base.guidByText('{B5367DF1-CBAC-11CF-95CA-00805F48A192}')?.name).toBe('WSAID_ACCEPTEX');
	});

	test('knows the macros and constants that codes are written with', () => {
		expect(base.macro('_WSAIOW')?.value(0x18000000n, 4n)).toBe(0x98000004n);
		expect(base.macro('_IOR')?.value(0x66n, 127n, 4n)).toBe(0x4004667fn);
		expect(base.macro('_IOR')?.value(0x66n, 300n, 4n)).toBeUndefined();
		expect(base.headerConstant('IOC_VENDOR')).toBe(0x18000000);
		expect(base.headerConstant('toString')).toBeUndefined();
	});

	test('builds the value of every code whose definition is one macro, from the macros of its family', () => {
		const written = base.entries.codes.flatMap(({ opcode }) => {
			const [, macro, space, number] = /^(_WSAIO\w*)\((\w+), (\d+)\)$/.exec(opcode.definition ?? '') ?? [];
			if (!macro) return [];
			const args = [BigInt(base.headerConstant(space!)!), BigInt(number!)];
			return [[opcode.value, Number(base.macro(macro)!.value(...args))]];
		});
		expect(written.length).toBeGreaterThan(60);
		expect(written.filter(([value, built]) => value !== built)).toEqual([]);
	});
});

describe('additions', () => {
	test('are found like what is built in, and leave that alone', () => {
		const { catalog, problems } = base.with({ codes: [own], types: [record, mode] });
		expect(problems).toEqual([]);
		expect(catalog.codes(0x98ac0001).map((c) => c.name)).toEqual(['SIO_ACME_START']);
		expect(catalog.code('SIO_ACME_START')?.code.opcode.family).toBe('winsock');
		expect(catalog.constant('ACME_FAST')?.member?.name).toBe('mode');
		expect(sizeOf({ kind: 'named', name: 'ACME_START' }, catalog.lookup)).toEqual({ x86: 8, x64: 16, arm64: 16 });
		expect(catalog.lookup('PACME_START', false)).toEqual({
			kind: 'pointer',
			to: { kind: 'named', name: 'ACME_START' },
		});
		expect(catalog.code('SIO_KEEPALIVE_VALS')).toEqual(base.code('SIO_KEEPALIVE_VALS'));
		expect(base.code('SIO_ACME_START')).toBeUndefined();
		expect(base.lookup('ACME_START', false)).toBeUndefined();
	});

	test('a type that stands for itself has no size', () => {
		const itself = { kind: 'enum', name: 'E', underlying: { kind: 'named', name: 'E' } } as const;
		expect(sizeOf({ kind: 'named', name: 'E' }, () => itself)).toBeUndefined();
	});

	test('that cannot be used are told, each with its place, and spoil no other', () => {
		const additions = {
			codes: [{ ...own, input: { minimum: { bytes: -1 } } }, null, { ...own, minimun: 4 }, { name: 'X' }, own],
			types: [record, mode],
		};
		const { catalog, problems } = base.with(additions);
		expect(problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
			'codes[0].input.minimum.bytes: This has to be a whole number from 0 to 2147483647.',
			'codes[1]: This has to be an object.',
			'codes[2].minimun: There is no such property here.',
			'codes[3]: `opcode` is missing.',
		]);
		expect(catalog.code('SIO_ACME_START')?.code.input.type).toBe('ACME_START');
	});

	test.each<[string, CatalogAdditions, string[]]>([
		['an unknown type', { codes: [own] }, ['codes[0].input.type: There is no type `ACME_START`.']],
		[
			'a type that holds an unknown one, and what needs it',
			{ codes: [own], types: [record] },
			[
				'types[0]: The size of `ACME_START` cannot be told: a type that it holds is not known.',
				'codes[0].input.type: There is no type `ACME_START`.',
			],
		],
		[
			'a type that holds itself',
			{ types: [{ name: 'LOOP', kind: 'struct', fields: [{ name: 'me', type: 'LOOP' }] }] },
			['types[0]: The size of `LOOP` cannot be told: a type that it holds is not known.'],
		],
		[
			'names that are taken',
			{ types: [{ ...mode, name: 'GUID' }], codes: [{ ...own, name: 'SIO_RCVALL', input: {} }] },
			['types[0]: There is a type `GUID` already.', 'codes[0]: There is a code `SIO_RCVALL` already.'],
		],
		[
			'a number that is taken',
			{ codes: [{ ...own, opcode: { value: 0x98000004, family: 'winsock' }, input: {} }] },
			['codes[0].opcode.value: 0x98000004 is `SIO_KEEPALIVE_VALS` already.'],
		],
		[
			'a family that nobody knows',
			{ codes: [{ ...own, opcode: { value: 1, family: 'usb' }, input: {} }] },
			['codes[0].opcode.family: There is no family `usb`.'],
		],
		[
			'a size of a member that is not there',
			{ codes: [{ ...own, input: { minimum: { offsetof: ['SOCKADDR_IN', 'sin_prot'] } } }] },
			['codes[0].input.minimum: This size cannot be told: a type or a member in it is not known.'],
		],
		[
			'a role of a parameter that is not there',
			{
				functions: [
					{
						id: 'acme_ioctl',
						family: 'winsock',
						returns: 'int',
						parameters: [{ name: 'code', type: 'DWORD' }],
						roles: { code: 0, input: 1 },
					},
				],
			},
			['functions[0].roles.input: The function has no parameter 1.'],
		],
	])('%s', (_, additions, problems) => {
		expect(problemsOf(additions)).toEqual(problems);
	});

	test("are copied: what becomes of them later is nobody's business", () => {
		const given = structuredClone({ ...own, input: { use: 'required', minimum: { bytes: 4 } } });
		const { catalog } = base.with({ codes: [given] });
		given.input.minimum.bytes = 400;
		expect(catalog.code('SIO_ACME_START')?.code.input.minimum).toEqual({ bytes: 4 });
	});

	test('that nobody could have meant cost nothing but themselves', () => {
		let deep: unknown = { kind: 'struct', fields: [{ name: 'x', type: 'int' }] };
		for (let i = 0; i < 20_000; i++) deep = { kind: 'struct', fields: [{ name: '', type: deep }] };
		let nested: unknown = { kind: 'struct', fields: [{ name: 'x', type: 'int' }] };
		for (let i = 0; i < 20; i++) nested = { kind: 'struct', fields: [{ name: '', type: nested }] };
		const named = (type: unknown) => ({ ...(type as object), name: 'DEEP' });
		const { catalog, problems } = base.with({
			types: [named(deep), named(nested), { ...mode, name: '__proto__' }, mode, () => 1],
		});
		expect(problems.map(({ message }) => message)).toEqual([
			'This has to be plain data.',
			'This is nested too deeply.',
			'This has to be plain data.',
		]);
		expect(catalog.type('ACME_MODE')?.kind).toBe('enum');
	});

	test('a function of exactly that name comes before one whose name it was made of', () => {
		const { catalog, problems } = base.with({
			functions: [
				{
					id: 'AcmeWSAIoctl',
					family: 'winsock',
					returns: 'int',
					parameters: [{ name: 'code', type: 'DWORD' }],
					roles: { code: 0 },
				},
			],
		});
		expect(problems).toEqual([]);
		expect(['AcmeWSAIoctl', 'pWSAIoctl', 'pAcmeWSAIoctl'].map((name) => catalog.entryPoint(name)?.id)).toEqual([
			'AcmeWSAIoctl',
			'WSAIoctl',
			'AcmeWSAIoctl',
		]);
	});
});
