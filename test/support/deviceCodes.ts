/** A second family of control codes, as small as it can be: those of DeviceIoControl, which CTL_CODE builds. */
import type { Family, SplitCode } from '../../server/src/catalog/family.ts';
import { WINDOWS_MODELS } from '../../server/src/types/model.ts';

const METHODS = ['buffered', 'in direct', 'out direct', 'neither'];
const ACCESS = ['any', 'read', 'write', 'read and write'];

/** `31..16 device type, 15..14 access, 13..2 function, 1..0 method`. */
function split(number: number): SplitCode {
	const value = number >>> 0;
	const [type, access, code, method] = [value >>> 16, (value >>> 14) & 3, (value >>> 2) & 0xfff, value & 3];
	return {
		fields: [
			{ name: 'device', bits: [31, 16], value: type, meaning: `device ${type}` },
			{ name: 'access', bits: [15, 14], value: access, meaning: ACCESS[access]! },
			{ name: 'function', bits: [13, 2], value: code, meaning: `function ${code}` },
			{ name: 'method', bits: [1, 0], value: method, meaning: METHODS[method]! },
		],
		in: (access & 2) !== 0,
		out: (access & 1) !== 0,
		text: `Device type ${type}, function ${code}; method ${METHODS[method]}, access ${ACCESS[access]}.`,
	};
}

const ERRORS = new Map([[122, 'ERROR_INSUFFICIENT_BUFFER']]);

export const devices: Family = {
	id: 'devices',
	name: 'DeviceIoControl',
	macros: {
		CTL_CODE: {
			parameters: ['number', 'number', 'number', 'number'],
			value: (type, code, method, access) => (type! << 16n) | (access! << 14n) | (code! << 2n) | method!,
		},
	},
	constants: { METHOD_BUFFERED: 0, METHOD_NEITHER: 3, FILE_ANY_ACCESS: 0, FILE_READ_ACCESS: 1, IOCTL_DISK_BASE: 7 },
	split,
	directionBits: 0xc003,
	ownerBits: 0,
	isOpen: () => true,
	handle: 'device',
	errors: {
		tooSmall: 'ERROR_INSUFFICIENT_BUFFER',
		badAddress: 'ERROR_NOACCESS',
		notSupported: 'ERROR_INVALID_FUNCTION',
		named: (number) => {
			const name = ERRORS.get(number);
			return name === undefined ? undefined : { number, name, meaning: 'The buffer is too small.' };
		},
		styleOf: (error) => (error.startsWith('ERROR_') ? 'win32' : undefined),
	},
	models: WINDOWS_MODELS,
};

/** One entry point, one structure and two codes of it, as a user would write them. */
export const deviceCodes = {
	families: [devices],
	functions: [
		{
			id: 'DeviceIoControl',
			family: 'devices',
			errorStyle: 'win32',
			returns: 'BOOL',
			dlls: ['kernel32'],
			parameters: [
				{ name: 'hDevice', type: 'HANDLE' },
				{ name: 'dwIoControlCode', type: 'DWORD' },
				{ name: 'lpInBuffer', type: 'LPVOID' },
				{ name: 'nInBufferSize', type: 'DWORD' },
				{ name: 'lpOutBuffer', type: 'LPVOID' },
				{ name: 'nOutBufferSize', type: 'DWORD' },
				{ name: 'lpBytesReturned', type: 'LPDWORD' },
				{ name: 'lpOverlapped', type: 'LPOVERLAPPED' },
			],
			roles: { code: 1, input: 2, inputSize: 3, output: 4, outputSize: 5, bytesReturned: 6, overlapped: 7 },
		},
	],
	types: [
		{
			kind: 'struct',
			name: 'DISK_GEOMETRY',
			fields: [
				{ name: 'Cylinders', type: 'LARGE_INTEGER' },
				{ name: 'MediaType', type: 'int' },
				{ name: 'TracksPerCylinder', type: 'DWORD' },
				{ name: 'SectorsPerTrack', type: 'DWORD' },
				{ name: 'BytesPerSector', type: 'DWORD', unit: 'bytes' },
			],
		},
	],
	codes: [
		{
			name: 'IOCTL_DISK_GET_DRIVE_GEOMETRY',
			opcode: {
				value: 0x00070000,
				definition: 'CTL_CODE(IOCTL_DISK_BASE, 0, METHOD_BUFFERED, FILE_ANY_ACCESS)',
				family: 'devices',
			},
			input: { use: 'must-be-empty' },
			output: { use: 'required', type: 'DISK_GEOMETRY', basis: 'documented', confidence: 'hard' },
		},
		{
			name: 'IOCTL_DISK_SET_CACHE',
			opcode: { value: 0x0007c054, family: 'devices' },
			input: { use: 'required', minimum: { bytes: 8 }, basis: 'documented', confidence: 'hard' },
			output: { use: 'must-be-empty' },
			errors: [{ error: 'ERROR_INVALID_PARAMETER', when: 'there is an output', on: { output: 'not-empty' } }],
		},
	],
} as const;
