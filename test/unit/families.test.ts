/** A second family of control codes, registered through a catalog alone. */
import { afterAll, describe, expect, test } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { explain, explainText } from '../../server/src/reference/explain.ts';
import { noLinks } from '../../server/src/reference/render/markdown.ts';
import { prepare } from '../../server/src/run/prepare.ts';
import { subjectOf, subjectOfCall } from '../../server/src/run/subject.ts';
import { same } from '../../server/src/types/ctype.ts';
import { deviceCodes } from '../support/deviceCodes.ts';

const { catalog, problems } = Catalog.builtin.with(deviceCodes);
const pages = { catalog, link: noLinks };

test('its entries can all be used', () => {
	expect(problems).toEqual([]);
	expect(catalog.functionById('DeviceIoControl')?.errorStyle).toBe('win32');
});

describe('a code of the second family', () => {
	const titleOf = (query: string) => (explain(query, pages) as { title?: string }).title;

	test.each([
		'IOCTL_DISK_GET_DRIVE_GEOMETRY',
		'0x70000',
		'CTL_CODE(IOCTL_DISK_BASE, 0, METHOD_BUFFERED, FILE_ANY_ACCESS)',
		'CTL_CODE(7, 0, 0, 0)',
	])('is found by %s', (query) => {
		expect(titleOf(query)).toBe('IOCTL_DISK_GET_DRIVE_GEOMETRY');
	});

	test('is unknown to the built-in catalog', () => {
		expect(explain('CTL_CODE(7, 0, 0, 0)', { catalog: Catalog.builtin, link: noLinks })).toEqual({
			error: '"CTL_CODE(7, 0, 0, 0)" is neither a name nor a 32-bit number.',
		});
	});

	test('has the bits of its own layout and its sizes in every text', () => {
		expect(explainText('IOCTL_DISK_GET_DRIVE_GEOMETRY', catalog)).toEqual({
			title: 'IOCTL_DISK_GET_DRIVE_GEOMETRY',
			text: `IOCTL_DISK_GET_DRIVE_GEOMETRY  0x00070000  458752
CTL_CODE(IOCTL_DISK_BASE, 0, METHOD_BUFFERED, FILE_ANY_ACCESS)

Bits
  31-16             15-14  13-2          1-0
  0000000000000111  00     000000000000  00
  device 7          any    function 0    buffered
  Device type 7, function 0; method buffered, access any.

Buffers                                 32-bit  64-bit
  input   must be empty  -                   0       0
  output  required       DISK_GEOMETRY      24      24

  output from  documents.

DISK_GEOMETRY
  24 bytes
  offset  size  type           member
       0     8  LARGE_INTEGER  Cylinders
       8     4  int            MediaType
      12     4  DWORD          TracksPerCylinder
      16     4  DWORD          SectorsPerTrack
      20     4  DWORD          BytesPerSector
`,
		});
	});

	test('a number that nobody knows is read in both families', () => {
		expect(explain('0x00070001', pages)).toEqual({
			title: '0x00070001',
			markdown: `# 0x00070001

| Value        | Unsigned | As a signed number |
| ------------ | -------- | ------------------ |
| \`0x00070001\` | 458753   | 458753             |

## Bits

As a code of Winsock:

\`\`\`text
31  30  29  28-27  26-23  22-16    15-8      7-0
0   0   0   00     0000   0000111  00000000  00000001
I   O   V   T=0    -      size 7   group 0   number 1
\`\`\`

No direction bit is set. Unix form (T=0): group 0, number 1, parameter of 7 bytes.

As a code of DeviceIoControl:

\`\`\`text
31-16             15-14  13-2          1-0
0000000000000111  00     000000000000  01
device 7          any    function 0    in direct
\`\`\`

Device type 7, function 0; method in direct, access any.

No control code of the catalog has this value. Only the direction bits differ from \`IOCTL_DISK_GET_DRIVE_GEOMETRY\` (\`0x00070000\`).
`,
		});
	});
});

const checker = new Checker(nodeEngine(import.meta.dirname), undefined, {}, () => catalog);
afterAll(() => checker.dispose());

/** What a checker makes of a text. */
async function resultOf(by: Checker, name: string, text: string) {
	const result = await by.check({ name, text });
	if (!result) throw new Error('The check was cancelled.');
	return result;
}

/** What is made of one call in C, after the declarations of what it may use. */
async function checked(call: string, name = 'a.c') {
	const text = `void f(HANDLE device, SOCKET s)\n{\n\tDISK_GEOMETRY geometry;\n\tDWORD cache[2] = { 0 }, n;\n\t${call}\n}\n`;
	const { calls, findings } = await resultOf(checker, name, text);
	return { calls, findings: findings.map(({ rule, severity, message }) => ({ rule, severity, message })) };
}

const GEOMETRY = 'IOCTL_DISK_GET_DRIVE_GEOMETRY';
const call = (code: string, input: string, output: string) =>
	`if (!DeviceIoControl(device, ${code}, ${input}, ${output}, &n, NULL)) return;`;

describe('a call of the second family', () => {
	test.each([GEOMETRY, 'CTL_CODE(IOCTL_DISK_BASE, 0, METHOD_BUFFERED, FILE_ANY_ACCESS)', '0x70000'])(
		'with %s is known, and left alone where it is right',
		async (code) => {
			const { calls, findings } = await checked(call(code, 'NULL, 0', '&geometry, sizeof(geometry)'));
			expect(calls.map((c) => [c.api, c.code.entry?.name, c.output?.length])).toEqual([
				['DeviceIoControl', GEOMETRY, { kind: 'known', values: [same(24)] }],
			]);
			expect(findings).toEqual([]);
		},
	);

	test('with too little room fails with an error of its own', async () => {
		expect((await checked(call(GEOMETRY, 'NULL, 0', '&geometry, 20'))).findings).toEqual([
			{
				rule: 'output-too-small',
				severity: 'error',
				message:
					'`IOCTL_DISK_GET_DRIVE_GEOMETRY` writes a `DISK_GEOMETRY` (24 bytes), but `nOutBufferSize` is 20. DeviceIoControl fails with ERROR_INSUFFICIENT_BUFFER. Pass `sizeof(geometry)`.',
			},
		]);
	});

	test('with too short an input too', async () => {
		expect((await checked(call('IOCTL_DISK_SET_CACHE', 'cache, 4', 'NULL, 0'))).findings).toEqual([
			{
				rule: 'input-too-small',
				severity: 'error',
				message:
					'`IOCTL_DISK_SET_CACHE` reads data (8 bytes), but `nInBufferSize` is 4. DeviceIoControl fails with ERROR_INSUFFICIENT_BUFFER. Pass `sizeof(cache)`.',
			},
		]);
	});

	test('with a buffer that has to be empty fails as the entry says', async () => {
		const made = call('IOCTL_DISK_SET_CACHE', 'cache, sizeof(cache)', '&n, sizeof(n)');
		expect((await checked(made)).findings).toEqual([
			{
				rule: 'unexpected-output',
				severity: 'warning',
				message:
					'`IOCTL_DISK_SET_CACHE` has no output, but `nOutBufferSize` is 4. The documents say that DeviceIoControl fails with ERROR_INVALID_PARAMETER. Pass NULL and 0.',
			},
		]);
	});

	test('with a number that differs in its direction bits, or a name that is nearly one of its own', async () => {
		const given = ['0x70001', 'IOCTL_DISK_GET_DRIVE_GEOMETRI'];
		const found = await Promise.all(given.map((code) => checked(call(code, 'NULL, 0', '&geometry, 24'))));
		expect(found.map(({ findings }) => findings.map((f) => f.message))).toEqual([
			[
				'No known control code has the value 0x00070001. `IOCTL_DISK_GET_DRIVE_GEOMETRY` is 0x00070000, which differs in the direction bits alone, and those count. Write `IOCTL_DISK_GET_DRIVE_GEOMETRY`.',
			],
			['No Windows header defines `IOCTL_DISK_GET_DRIVE_GEOMETRI`. Did you mean `IOCTL_DISK_GET_DRIVE_GEOMETRY`?'],
		]);
	});

	test('takes no code of the other family, and gives it none', async () => {
		const made = [
			call('0x98000004', 'cache, 1', 'NULL, 0'),
			'if (WSAIoctl(s, 0x70000, NULL, 0, &geometry, 1, &n, NULL, NULL)) return;',
		];
		for (const one of made) {
			const { calls, findings } = await checked(one);
			expect(calls.map((c) => c.code.entry)).toEqual([undefined]);
			expect(findings).toEqual([]);
		}
	});

	test('in TypeScript is judged like one in C', async () => {
		const text = `import koffi from 'koffi';
const kernel32 = koffi.load('kernel32.dll');
const DeviceIoControl = kernel32.func('DeviceIoControl', 'int', ['void *', 'uint32', 'void *', 'uint32', 'void *', 'uint32', 'void *', 'void *']);
const n = Buffer.alloc(4);
if (DeviceIoControl(device, 0x70000, null, 0, Buffer.alloc(20), 20, n, null) === 0) throw new Error();
`;
		const { findings } = await resultOf(checker, 'a.ts', text);
		expect(findings.map((f) => f.message)).toEqual([
			'`IOCTL_DISK_GET_DRIVE_GEOMETRY` writes a `DISK_GEOMETRY` (24 bytes), but `nOutBufferSize` is 20. DeviceIoControl fails with ERROR_INSUFFICIENT_BUFFER. Pass a buffer of 24 bytes and `24`.',
		]);
	});

	test('is no call at all for a checker with the built-in catalog', async () => {
		const plain = new Checker(nodeEngine(import.meta.dirname));
		const text = `void f(HANDLE h) { DWORD n; DeviceIoControl(h, 0x70000, NULL, 0, NULL, 0, &n, NULL); }\n`;
		expect((await resultOf(plain, 'a.c', text)).calls).toEqual([]);
		plain.dispose();
	});

	test('is not run: a runner has sockets only', async () => {
		const { calls } = await checked(call('IOCTL_DISK_SET_CACHE', 'cache, sizeof(cache)', 'NULL, 0'));
		expect(calls.map((made) => subjectOfCall(made, catalog))).toEqual([
			{ error: 'DeviceIoControl takes the handle of a device; a runner has sockets only.' },
		]);
		const subject = subjectOf('IOCTL_DISK_SET_CACHE', catalog);
		if ('error' in subject) throw new Error(subject.error);
		expect(prepare(subject, { backend: 'winsock', sizes: 'correct' }, catalog)).toEqual({
			error: 'IOCTL_DISK_SET_CACHE takes the handle of a device; a runner has sockets only.',
		});
	});
});
