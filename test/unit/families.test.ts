/** A second family of control codes, registered through a catalog alone. */
import { describe, expect, test } from 'vitest';
import type { BufferArgument, IoctlCall } from '../../server/src/calls/model.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { judge } from '../../server/src/check/judge.ts';
import { languages } from '../../server/src/languages/index.generated.ts';
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

/** A call of DeviceIoControl with two buffers of these sizes. */
function call(code: string, sizes: { readonly input: number; readonly output: number }): IoctlCall {
	const entry = catalog.code(code)!.code;
	const at = (start: number) => ({ start, end: start + 1, text: 'x' });
	const buffer = (start: number, size: number): BufferArgument => {
		const length = { kind: 'known', values: [same(size)] } as const;
		return {
			pointer: { ...at(start), nullness: size === 0 ? 'null' : 'not-null' },
			size: { ...at(start + 2), value: length },
			length,
		};
	};
	return {
		start: 0,
		end: 99,
		api: 'DeviceIoControl',
		kind: 'ioctl',
		callee: 'DeviceIoControl',
		calleeSpan: { start: 0, end: 15 },
		code: { ...at(20), values: [entry.opcode.value], name: code, entry },
		input: buffer(30, sizes.input),
		output: buffer(40, sizes.output),
		bytesReturned: { ...at(50), nullness: 'not-null' },
		resultUsed: true,
		waits: true,
		expects: [],
	};
}

const c = languages.find((l) => l.id === 'c')!;
const findings = (made: IoctlCall) =>
	judge([made], { options: {}, wording: c.wording, catalog }).map(({ rule, severity, message }) => ({
		rule,
		severity,
		message,
	}));

describe('a call of the second family', () => {
	test('that is right is left alone', () => {
		expect(findings(call('IOCTL_DISK_GET_DRIVE_GEOMETRY', { input: 0, output: 24 }))).toEqual([]);
	});

	test('with too little room fails with an error of its own', () => {
		expect(findings(call('IOCTL_DISK_GET_DRIVE_GEOMETRY', { input: 0, output: 20 }))).toEqual([
			{
				rule: 'output-too-small',
				severity: 'error',
				message:
					'`IOCTL_DISK_GET_DRIVE_GEOMETRY` writes a `DISK_GEOMETRY` (24 bytes), but `nOutBufferSize` is 20. DeviceIoControl fails with ERROR_INSUFFICIENT_BUFFER. Pass `sizeof(DISK_GEOMETRY)`.',
			},
		]);
	});

	test('with too short an input too', () => {
		expect(findings(call('IOCTL_DISK_SET_CACHE', { input: 4, output: 0 }))).toEqual([
			{
				rule: 'input-too-small',
				severity: 'error',
				message:
					'`IOCTL_DISK_SET_CACHE` reads data (8 bytes), but `nInBufferSize` is 4. DeviceIoControl fails with ERROR_INSUFFICIENT_BUFFER. Pass `8`.',
			},
		]);
	});

	test('with a buffer that has to be empty fails as the entry says', () => {
		expect(findings(call('IOCTL_DISK_SET_CACHE', { input: 8, output: 4 }))).toEqual([
			{
				rule: 'unexpected-output',
				severity: 'warning',
				message:
					'`IOCTL_DISK_SET_CACHE` has no output, but `nOutBufferSize` is 4. The documents say that DeviceIoControl fails with ERROR_INVALID_PARAMETER. Pass NULL and 0.',
			},
		]);
	});

	test('is not run: a runner has sockets only', () => {
		const made = call('IOCTL_DISK_SET_CACHE', { input: 8, output: 0 });
		expect(subjectOfCall(made, catalog)).toEqual({
			error: 'DeviceIoControl takes the handle of a device; a runner has sockets only.',
		});
		const subject = subjectOf('IOCTL_DISK_SET_CACHE', catalog);
		if ('error' in subject) throw new Error(subject.error);
		expect(prepare(subject, { backend: 'winsock', sizes: 'correct' }, catalog)).toEqual({
			error: 'IOCTL_DISK_SET_CACHE takes the handle of a device; a runner has sockets only.',
		});
	});
});
