/** Codes and structures of a team's own, from the configuration to what is found, told and explained. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { ownCatalog } from '../../server/src/catalog/own.ts';
import { readSettings } from '../../server/src/settings.ts';
import { runCli, runJson, temporaryFolder } from '../support/cli.ts';
import { costRatio } from '../support/cost.ts';

const config = (value: object) => JSON.stringify(value);

const CODES = {
	SIO_ACME_MODE: {
		value: '_WSAIOW(IOC_VENDOR, 0x1001)',
		header: 'acme.h',
		summary: 'Sets the mode of an Acme adapter.',
		link: 'https://acme.example/mode',
		input: { type: 'acme_mode', error: 'WSAEINVAL' },
		output: 'none',
	},
	SIO_ACME_STATE: { value: '0x58001002', output: { type: 'acme_state' } },
};
const STRUCTS = {
	acme_mode: {
		fields: [
			{ name: 'on', type: 'DWORD', values: { ACME_OFF: 0, ACME_ON: 1 } },
			{ name: 'name', type: 'WCHAR', count: 16 },
		],
	},
	acme_state: {
		fields: [
			{ name: 'handle', type: 'HANDLE' },
			{ name: 'mode', type: 'acme_mode' },
		],
	},
};

const call = (code: string, input = 'NULL, 0', output = 'NULL, 0') =>
	`WSAIoctl(s, ${code}, ${input}, ${output}, &n, NULL, NULL);`;
const source = (...statements: readonly string[]) =>
	`#include <winsock2.h>\n#include "acme.h"\nvoid f(SOCKET s, DWORD on, acme_mode mode)\n{\n\tDWORD n;\n${statements.map((one) => `\t${one}\n`).join('')}}\n`;
const HEADER = '#define SIO_ACME_MODE _WSAIOW(IOC_VENDOR, 0x1001)\n';

const tree = (files: Readonly<Record<string, string>>, settings: object = { codes: CODES, structs: STRUCTS }) =>
	temporaryFolder({ 'acme.h': HEADER, '.ioctl-lens.json': config(settings), ...files });

/** The findings as `file:line rule message`, and what is told. */
async function found(folder: string, ...args: string[]): Promise<readonly [readonly string[], string]> {
	const { json, err } = await runJson(folder, ['check', ...args]);
	type Told = { file: string; line: number; rule: string; message: string };
	const findings = json.findings as readonly Told[];
	return [
		findings.map(({ file, line, rule, message }) => `${file}:${line} ${rule} ${message}`),
		err.replaceAll(folder, ''),
	];
}

const problemsOf = async (settings: object | string) => {
	const folder = temporaryFolder({
		'.ioctl-lens.json': typeof settings === 'string' ? settings : config(settings),
		'a.c': '\n',
	});
	const { err } = await runCli(folder, ['check', '.']);
	return err
		.replaceAll(folder, '')
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => line.replace('ioctl-lens: /.ioctl-lens.json:', ''));
};

describe('codes of the configuration', () => {
	test('are judged by name and by number, in C and TypeScript alike', async () => {
		const folder = tree({
			'a.c': source(
				call('SIO_ACME_MODE', '&on, sizeof(on)'),
				call('SIO_ACME_MODE', '&mode, sizeof(mode)'),
				call('0x58001002', 'NULL, 0', '&on, 4'),
				call('SIO_ACME_MODE', '&mode, sizeof(mode)', '&on, 4'),
			),
			'a.ts': `const { WSAIoctl } = ws2; const b = Buffer.alloc(4);\nWSAIoctl(s, 0x98001001, b, 4, null, 0, n, null, null);\n`,
		});
		expect(await found(folder, '.')).toEqual([
			[
				'a.c:6 input-too-small `SIO_ACME_MODE` reads an `acme_mode` (36 bytes), but `cbInBuffer` is 4. WSAIoctl fails with WSAEINVAL. Pass the address of an `acme_mode` and `sizeof(acme_mode)`.',
				'a.c:8 output-too-small `SIO_ACME_STATE` writes an `acme_state` (40 bytes, 48 on 64-bit Windows), but `cbOutBuffer` is 4. No source says that fewer bytes work. Pass the address of an `acme_state` and `sizeof(acme_state)`.',
				'a.c:9 unexpected-output `SIO_ACME_MODE` has no output, but `cbOutBuffer` is 4, and its entry in the configuration asks for 0. Pass NULL and 0.',
				'a.ts:2 input-too-small `SIO_ACME_MODE` reads an `acme_mode` (36 bytes), but `cbInBuffer` is 4. WSAIoctl fails with WSAEINVAL. Pass a buffer of 36 bytes and `36`.',
			],
			'',
		]);
	});

	test('hold below their folder only, whatever is checked before', async () => {
		const wrong = source(call('0x98001001', '&on, sizeof(on)'));
		const other = { ...CODES.SIO_ACME_MODE, input: { size: 2 } };
		const folder = temporaryFolder({
			'a/a.c': wrong,
			'b/b.c': wrong,
			'c/c.c': wrong,
			'a/.ioctl-lens.json': config({ codes: CODES, structs: STRUCTS }),
			'c/.ioctl-lens.json': config({ codes: { SIO_OTHER: other } }),
		});
		for (const paths of [['.'], ['b', 'c', 'a'], ['c', 'a', 'b']])
			expect((await found(folder, ...paths))[0].map((line) => line.split(' ')[0])).toEqual(['a/a.c:6']);
	});

	test('stand in files beside the configuration as well', async () => {
		const folder = tree(
			{
				'a.c': source(call('SIO_ACME_MODE', '&on, sizeof(on)')),
				'acme.ioctl.json': `// ours\n${config({ codes: CODES, structs: STRUCTS })}`,
				'broken.ioctl.json': '{ "codes": ',
				'more.ioctl.json': config({ target: 'x86', codes: { SIO_ACME_MODE: CODES.SIO_ACME_MODE } }),
			},
			{},
		);
		const [findings, told] = await found(folder, '.');
		expect(findings.map((line) => line.split(' ')[0])).toEqual(['a.c:6']);
		expect(told).toBe(
			[
				'/broken.ioctl.json:1:12: not valid JSON: value expected',
				'/more.ioctl.json:1:2: no setting is called "target"; there are codes, structs, functions',
				`/more.ioctl.json:1:26: SIO_ACME_MODE stands in /acme.ioctl.json already`,
				'',
			]
				.map((line) => (line === '' ? '' : `ioctl-lens: ${line}`))
				.join('\n'),
		);
	});

	test('add up along extends, and the nearest one of a name or number counts', async () => {
		const folder = temporaryFolder({
			'pkg/.ioctl-lens.json': config({
				extends: '../base.ioctl-lens.json',
				codes: { SIO_NEAR: { value: 0x98001001, input: { size: 8 } } },
			}),
			'base.ioctl-lens.json': config({ codes: CODES, structs: STRUCTS }),
			'pkg/a.c': source(call('0x98001001', '&on, sizeof(on)'), call('0x58001002', 'NULL, 0', '&on, 4')),
		});
		const [findings, told] = await found(folder, '.');
		expect(findings.map((line) => line.replace(/ \(.*/, ''))).toEqual([
			'pkg/a.c:6 input-too-small `SIO_NEAR` reads data',
			'pkg/a.c:7 output-too-small `SIO_ACME_STATE` writes an `acme_state`',
		]);
		expect(told).toBe(
			'ioctl-lens: /base.ioctl-lens.json:1:28: codes.SIO_ACME_MODE.value: 0x98001001 is `SIO_NEAR` already.\n',
		);
	});

	test('take the size of a structure from the header that declares it, where one is included', async () => {
		const settings = {
			codes: { SIO_ACME_HDR: { value: '_WSAIOW(IOC_VENDOR, 0x1003)', input: { type: 'acme_hdr' } } },
			structs: { acme_hdr: { fromHeader: true, header: 'acme.h' } },
		};
		const text = source(call('_WSAIOW(IOC_VENDOR, 0x1003)', '&on, sizeof(on)'));
		const folder = temporaryFolder({
			'.ioctl-lens.json': config(settings),
			'a.c': text,
			'b.c': text.replace('acme.h', 'lost.h'),
			'acme.h': 'typedef struct acme_hdr { int a; int b; void *p; } acme_hdr;',
		});
		const message =
			'input-too-small `SIO_ACME_HDR` reads an `acme_hdr` (12 bytes, 16 on 64-bit Windows), but `cbInBuffer` is 4. No source says that fewer bytes work. Pass the address of an `acme_hdr` and `sizeof(acme_hdr)`.';
		expect(await found(folder, '.')).toEqual([[`a.c:6 ${message}`], '']);
	});

	test('are part of what the cache depends on', async () => {
		const folder = tree({ 'a.c': source(call('SIO_ACME_MODE', '&on, sizeof(on)')) });
		const sizes = async () => (await found(folder, '.', '--cache'))[0].map((line) => /\d+ bytes/.exec(line)?.[0]);
		expect([await sizes(), await sizes()]).toEqual([['36 bytes'], ['36 bytes']]);
		const acme_mode = { fields: [{ name: 'on', type: 'ULONGLONG' }] };
		writeFileSync(join(folder, '.ioctl-lens.json'), config({ codes: CODES, structs: { ...STRUCTS, acme_mode } }));
		expect(await sizes()).toEqual(['8 bytes']);
		writeFileSync(join(folder, '.ioctl-lens.json'), config({ codes: CODES }));
		writeFileSync(join(folder, 'x.ioctl.json'), config({ structs: STRUCTS }));
		expect(await sizes()).toEqual(['36 bytes']);
	});

	test('are explained in their folder, and config says where each is written', async () => {
		const folder = tree({}, { codes: { ...CODES, SIO_RCVALL: { value: 1 } }, structs: STRUCTS });
		const explained = await runCli(folder, ['explain', '0x98001001']);
		expect(explained.out.split('\n').slice(0, 4)).toEqual([
			'SIO_ACME_MODE  0x98001001  2550140929  -1744826367',
			'_WSAIOW(IOC_VENDOR, 0x1001) in acme.h',
			'',
			'Sets the mode of an Acme adapter.',
		]);
		expect((await runCli(folder, ['explain', 'ACME_ON'])).out.split('\n')[0]).toBe('acme_mode');
		const { out, err } = await runCli(folder, ['config', 'a.c']);
		expect(out.split('\n').slice(7, 13)).toEqual([
			"codes            2 of one's own  (.ioctl-lens.json)",
			'  SIO_ACME_MODE  (.ioctl-lens.json:1:11)',
			'  SIO_ACME_STATE  (.ioctl-lens.json:1:231)',
			"structs          2 of one's own  (.ioctl-lens.json)",
			'  acme_mode  (.ioctl-lens.json:1:339)',
			'  acme_state  (.ioctl-lens.json:1:471)',
		]);
		expect(err.replaceAll(folder, '')).toBe(
			'ioctl-lens: /.ioctl-lens.json:1:302: codes.SIO_RCVALL: There is a code `SIO_RCVALL` already.\n',
		);
	});

	test('are run after an agreement alone', async () => {
		const folder = tree({});
		expect(await runCli(folder, ['run', 'SIO_ACME_MODE', '--backend', 'winsock'])).toEqual({
			status: 2,
			out: '',
			err: 'ioctl-lens: SIO_ACME_MODE is a code of the configuration, which does not say what it changes. Add --yes to run it all the same.\n',
		});
	});
});

describe('what is wrong with codes and structures is told with its place, and spoils no other', () => {
	const code = (value: unknown) => ({ codes: { A_CODE: value } });
	const struct = (value: unknown, others: object = {}) => ({ structs: { a_struct: value, ...others } });

	test.each<[string, object, readonly string[]]>([
		['no value', code({}), ['1:11: codes.A_CODE: `value` is missing.']],
		[
			'a misspelt property',
			code({ value: 1, imput: {} }),
			['1:31: codes.A_CODE.imput: There is no such property here; did you mean `input`?'],
		],
		[
			'a misspelt macro',
			code({ value: '_WSAIOX(IOC_VENDOR, 1)' }),
			[
				'1:21: codes.A_CODE.value: "_WSAIOX(IOC_VENDOR, 1)" is no number, and no macro of the headers makes a code of it; did you mean _WSAIO?',
			],
		],
		[
			'a number that is too large',
			code({ value: '0x198000001' }),
			['1:21: codes.A_CODE.value: "0x198000001" does not fit into 32 bits.'],
		],
		[
			'a value of the catalog',
			code({ value: '0x98000004' }),
			['1:21: codes.A_CODE.value: 0x98000004 is `SIO_KEEPALIVE_VALS` already.'],
		],
		[
			'two codes of one value',
			{ codes: { A: { value: 1 }, B: { value: '1' } } },
			['1:32: codes.B.value: 0x00000001 is `A` already.'],
		],
		[
			'an unknown structure',
			{ ...code({ value: 1, input: { type: 'a_struckt' } }), ...struct({ fields: [{ name: 'a', type: 'DWORD' }] }) },
			['1:40: codes.A_CODE.input.type: There is no type `a_struckt`; did you mean `a_struct`?'],
		],
		[
			'a size that no object has',
			code({ value: 1, input: { size: 2147483648 } }),
			['1:40: codes.A_CODE.input.size has to be a whole number from 0 to 2147483647.'],
		],
		[
			'an unknown function',
			code({ value: 1, functions: ['WSAIoctI'] }),
			[
				'1:44: codes.A_CODE.functions[0]: There is no function `WSAIoctI` that takes control codes; did you mean `WSAIoctl`?',
			],
		],
		[
			'a text that changes a terminal',
			code({ value: 1, summary: '\u001b[31m' }),
			['1:31: codes.A_CODE.summary has to be a text of at most 2000 characters on one line.'],
		],
		[
			'a structure that contains itself',
			struct(
				{ fields: [{ name: 'a', type: 'b_struct' }] },
				{ b_struct: { fields: [{ name: 'b', type: 'a_struct' }] } },
			),
			[
				'1:13: structs.a_struct: `a_struct` contains itself, so that it has no size.',
				'1:68: structs.b_struct: `b_struct` contains itself, so that it has no size.',
			],
		],
		[
			'a member of an unknown type',
			struct({ fields: [{ name: 'a', type: 'DWROD' }] }),
			['1:13: structs.a_struct: `a_struct` holds `DWROD`, which is no type; did you mean `DWORD`?'],
		],
		[
			'a structure larger than any object',
			struct({ fields: [{ name: 'a', type: 'DWORD', count: 2147483647 }] }),
			[
				'1:13: structs.a_struct: `a_struct` has no size: it is larger than any object, is nested too deeply or has no members.',
			],
		],
		[
			'a name that is none',
			{ codes: { 'A-B': { value: 1 } } },
			['1:11: codes: "A-B" is no name of letters, digits and underscores.'],
		],
		['a list', { codes: [] }, ['1:2: codes has to be an object of names and codes.']],
		[
			'the name of a type of the headers',
			{ structs: { GUID: { fields: [{ type: 'DWORD', name: 'a' }] } } },
			['1:13: structs.GUID: There is a type `GUID` already.'],
		],
	])('%s', async (_, settings, problems) => {
		expect(await problemsOf(settings)).toEqual(problems);
	});

	test('the others hold', async () => {
		const bad = { SIO_BAD: { value: 'x' }, SIO_KEEPALIVE_VALS: { value: 7 }, SIO_TWICE: { value: '0x58001002' } };
		const folder = tree(
			{ 'a.c': source(call('SIO_ACME_MODE', '&on, sizeof(on)'), call('SIO_KEEPALIVE_VALS', '&on, sizeof(on)')) },
			{
				codes: { ...CODES, ...bad },
				structs: { ...STRUCTS, acme_loop: { fields: [{ name: 'x', type: 'acme_loop' }] } },
			},
		);
		const [findings, told] = await found(folder, '.');
		expect(findings.map((line) => line.replace(/ reads.*/, ''))).toEqual([
			'a.c:6 input-too-small `SIO_ACME_MODE`',
			'a.c:7 input-too-small `SIO_KEEPALIVE_VALS`',
		]);
		expect(told.split('\n')).toHaveLength(5);
	});
});

test('thousands of codes are read in time that grows with their number', () => {
	let first = 0x98100000;
	const many = (count: number) => ({
		codes: Object.fromEntries(
			Array.from({ length: count }, (_, i) => [`SIO_${i}`, { value: first + i, input: { type: `s_${i}` } }]),
		),
		structs: Object.fromEntries(
			Array.from({ length: count }, (_, i) => [`s_${i}`, { fields: [{ name: 'a', type: 'DWORD', count: i + 1 }] }]),
		),
	});
	const read = (count: number) => {
		// What was read before is known.
		first += 0x2000;
		const settings = many(count);
		const { settings: own, problems } = readSettings(settings);
		const made = ownCatalog(Catalog.builtin, own);
		return { settings, problems: [...problems, ...made.problems], catalog: made.catalog };
	};
	const { settings, problems, catalog } = read(4000);
	expect([problems, catalog.codes(first + 3999)[0]?.name]).toEqual([[], 'SIO_3999']);
	expect(ownCatalog(Catalog.builtin, readSettings(structuredClone(settings)).settings).catalog).toBe(catalog);
	expect(costRatio(read, 4000, 500, { below: 24 })).toBeLessThan(24);
});

test('the schemas take what the reader takes', () => {
	const schema = (name: string) =>
		JSON.parse(readFileSync(join(import.meta.dirname, '../../client/schemas', name), 'utf8'));
	const ajv = new Ajv({ strict: false });
	const [whole, beside] = ['configuration.schema.json', 'codes.schema.json'].map((name) => ajv.compile(schema(name)));
	expect(whole?.({ codes: CODES, structs: STRUCTS, target: 'x86' }), ajv.errorsText(whole?.errors)).toBe(true);
	expect(beside?.({ codes: CODES, structs: STRUCTS }), ajv.errorsText(beside?.errors)).toBe(true);
	for (const wrong of [
		{ target: 'x86' },
		{ codes: { A: {} } },
		{ codes: { 'A-B': { value: 1 } } },
		{ structs: { a: {} } },
	])
		expect(beside?.(wrong)).toBe(false);
});
