/**
 * The 32 bits of a Winsock control code, and the macros that build them (`winsock2.h`, `ws2def.h`).
 *
 * ```
 * 31 30 29 28 27 26 ........... 16 15 ............ 0
 *  I  O  V  T  T |vendor or family|      code
 * ```
 * I: data goes in. O: data comes out. V: void, no parameters. T: 0 Unix, 1 Winsock 2, 2 address family, 3 vendor.
 * With T = 0 bits 16 to 22 hold the parameter's size in bytes, bits 8 to 15 the group letter, bits 0 to 7 the number.
 */
import * as l10n from '@vscode/l10n';
import { WINDOWS_MODELS } from '../../types/model.ts';
import type { BitField, CodeMacro, Family, NamedError, SplitCode } from '../family.ts';
import { addressFamilyName } from '../names.ts';
import type { Opcode } from '../opcode.ts';

/** A code as these headers define it. */
type Defined = Required<Opcode>;

const FAMILY = 'winsock';

export const IOC_VOID = 0x20000000;
export const IOC_OUT = 0x40000000;
export const IOC_IN = 0x80000000;
export const IOC_INOUT = 0xc0000000;
export const IOC_UNIX = 0x00000000;
export const IOC_WS2 = 0x08000000;
export const IOC_PROTOCOL = 0x10000000;
export const IOC_VENDOR = 0x18000000;
export const IOC_WSK = 0x0f000000;

const NAMES = { IOC_UNIX, IOC_WS2, IOC_PROTOCOL, IOC_VENDOR, IOC_WSK } as const;
export type IocSpace = keyof typeof NAMES;

const winsock =
	(macro: string, direction: number) =>
	(space: IocSpace, number: number): Defined => ({
		value: (direction | NAMES[space] | number) >>> 0,
		definition: `${macro}(${space}, ${number})`,
		family: FAMILY,
	});

/** `_WSAIO(space, number)`: no parameters. */
export const _WSAIO = winsock('_WSAIO', IOC_VOID);
/** `_WSAIOR(space, number)`: data comes out. */
export const _WSAIOR = winsock('_WSAIOR', IOC_OUT);
/** `_WSAIOW(space, number)`: data goes in. */
export const _WSAIOW = winsock('_WSAIOW', IOC_IN);
/** `_WSAIORW(space, number)`: both. */
export const _WSAIORW = winsock('_WSAIORW', IOC_INOUT);

const unix =
	(macro: string, direction: number) =>
	(group: string, number: number, type: 'u_long' | 'ULONG'): Defined => ({
		// Both are 4 bytes on every Windows target, so the size field needs no target.
		value: (direction | (4 << 16) | (group.charCodeAt(0) << 8) | number) >>> 0,
		definition: `${macro}('${group}', ${number}, ${type})`,
		family: FAMILY,
	});

/** `_IOR(group, number, type)`: the Unix form, data comes out. */
export const _IOR = unix('_IOR', IOC_OUT);
/** `_IOW(group, number, type)`: the Unix form, data goes in. */
export const _IOW = unix('_IOW', IOC_IN);
/** `_IO(group, number)`: the Unix form without parameters. */
export const _IO = (group: string, number: number): Defined => ({
	value: (IOC_VOID | (group.charCodeAt(0) << 8) | number) >>> 0,
	definition: `_IO('${group}', ${number})`,
	family: FAMILY,
});

/** A code whose header spells no macro: the number and how the header writes it. */
export const literal = (value: number, definition: string): Defined => ({
	value: value >>> 0,
	definition,
	family: FAMILY,
});

/** The parts of any 32-bit control code, known or not. */
export interface OpcodeParts {
	/** Unsigned 32-bit value. */
	readonly value: number;
	readonly in: boolean;
	readonly out: boolean;
	readonly void: boolean;
	/** T, bits 28 and 27: 0 Unix, 1 Winsock 2, 2 address family or protocol, 3 vendor. */
	readonly space: 0 | 1 | 2 | 3;
	/** Bits 26 to 16: vendor or address family; the parameter's size in bytes with `space` 0. */
	readonly family: number;
	/** Bits 15 to 0. */
	readonly code: number;
	/** Group letter of a Unix-style code (`space` 0) when it is printable. */
	readonly group?: string;
	/** Number within the group of a Unix-style code. */
	readonly number?: number;
}

/** Splits a number (any JavaScript number; taken modulo 2^32, so negative ones work) into its fields. */
export function splitOpcode(number: number): OpcodeParts {
	const value = number >>> 0;
	const space = ((value >>> 27) & 3) as 0 | 1 | 2 | 3;
	const code = value & 0xffff;
	const letter = code >>> 8;
	return {
		value,
		in: (value & IOC_IN) !== 0,
		out: (value & IOC_OUT) !== 0,
		void: (value & IOC_VOID) !== 0,
		space,
		family: (value >>> 16) & 0x7ff,
		code,
		...(space === 0 && letter > 0x20 && letter < 0x7f
			? { group: String.fromCharCode(letter), number: code & 0xff }
			: {}),
	};
}

/** Bits 26 to 16 of the codes that only WskControlSocket understands (`IOC_WSK`). */
const WSK_MARK = 0x700;

function split(number: number): SplitCode {
	const parts = splitOpcode(number);
	const group = (name: string, high: number, low: number, meaning: string): BitField => ({
		name,
		bits: [high, low],
		value: Math.floor(parts.value / 2 ** low) % 2 ** (high - low + 1),
		meaning,
	});
	const rest =
		parts.space === 0
			? [
					group('reserved', 26, 23, '-'),
					group('size', 22, 16, l10n.t('size {0}', sizeIn(parts))),
					group('group', 15, 8, groupText(parts)),
					group('number', 7, 0, l10n.t('number {0}', parts.code & 0xff)),
				]
			: [
					group(parts.space === 3 ? 'vendor' : 'family', 26, 16, familyText(parts)),
					group('code', 15, 0, l10n.t('code {0}', parts.code)),
				];
	return {
		fields: [
			group('I', 31, 31, 'I'),
			group('O', 30, 30, 'O'),
			group('V', 29, 29, 'V'),
			group('T', 28, 27, `T=${parts.space}`),
			...rest,
		],
		in: parts.in,
		out: parts.out,
		...(parts.space === 0 && !parts.void ? { size: sizeIn(parts) } : {}),
		text: `${directionText(parts)} ${spaceText(parts)}`,
	};
}

/** Bytes of the parameter of a Unix-style code. */
const sizeIn = (parts: OpcodeParts): number => parts.family & 0x7f;

const groupText = ({ group, code }: OpcodeParts): string =>
	l10n.t('group {0}', group === undefined ? code >>> 8 : `'${group}'`);

function familyText({ space, family }: OpcodeParts): string {
	if (space === 3) return l10n.t('vendor {0}', family);
	if (space === 2) return addressFamilyName(family) ?? l10n.t('family {0}', family);
	return family === WSK_MARK ? 'WSK' : l10n.t('reserved {0}', family);
}

function directionText(parts: OpcodeParts): string {
	const flow = flowText(parts);
	if (!parts.void) return flow || l10n.t('No direction bit is set.');
	return flow
		? l10n.t('{0} V (no parameters) is set as well, which no header macro does.', flow)
		: l10n.t('No parameters (V).');
}

function flowText(parts: OpcodeParts): string {
	if (parts.in) return parts.out ? l10n.t('Data goes in and comes out.') : l10n.t('Data goes in.');
	return parts.out ? l10n.t('Data comes out.') : '';
}

function spaceText(parts: OpcodeParts): string {
	const { code } = parts;
	switch (parts.space) {
		case 0: {
			const [group, number, size] = [groupText(parts), code & 0xff, sizeIn(parts)];
			if (parts.void) return l10n.t('Unix form (T=0): {0}, number {1}.', group, number);
			return size === 1
				? l10n.t('Unix form (T=0): {0}, number {1}, parameter of 1 byte.', group, number)
				: l10n.t('Unix form (T=0): {0}, number {1}, parameter of {2} bytes.', group, number, size);
		}
		case 1:
			return parts.family === WSK_MARK
				? l10n.t('A code of Winsock Kernel (T=1, IOC_WSK): code {0}.', code)
				: l10n.t('A general Winsock 2 code (T=1): code {0}.', code);
		case 2:
			return l10n.t('A code of one address family (T=2): {0}, code {1}.', familyText(parts), code);
		case 3:
			return l10n.t("A vendor's code (T=3): {0}, code {1}.", familyText(parts), code);
	}
}

const winsockMacro = (direction: number): CodeMacro => ({
	parameters: ['number', 'number'],
	value: (space, number) => BigInt(direction) | space! | number!,
});

/** Group and number of a Unix-style code; two headers write a direction bit into the number: `124 | IOC_IN`. */
const unixCode = (group: bigint, number: bigint): bigint | undefined =>
	group > 0xffn || (number & 0x1fff_ffffn) > 0xffn ? undefined : (group << 8n) | number;

const unixMacro = (direction: number): CodeMacro => ({
	parameters: ['number', 'number', 'type'],
	value: (group, number, size) => {
		const code = unixCode(group!, number!);
		return code === undefined ? undefined : BigInt(direction) | ((size! & 0x7fn) << 16n) | code;
	},
});

/** What the functions report: number, name, and what it means for a control call. */
const ERRORS: readonly (readonly [number, string, string])[] = [
	[995, 'WSA_OPERATION_ABORTED', 'The overlapped operation was cancelled, or its socket was closed.'],
	[996, 'WSA_IO_INCOMPLETE', 'The overlapped operation has not ended yet.'],
	[997, 'WSA_IO_PENDING', 'The overlapped operation has begun and ends later.'],
	[6, 'WSA_INVALID_HANDLE', 'The handle does not name an object of the expected kind.'],
	[8, 'WSA_NOT_ENOUGH_MEMORY', 'The system could not get the memory it needs.'],
	[87, 'WSA_INVALID_PARAMETER', 'An argument has a value that the function does not take.'],
	[50, 'ERROR_NOT_SUPPORTED', 'The provider does not know this request.'],
	[122, 'ERROR_INSUFFICIENT_BUFFER', 'The buffer is too small for the answer.'],
	[234, 'ERROR_MORE_DATA', 'The answer did not fit: a part of it was delivered.'],
	[1168, 'ERROR_NOT_FOUND', 'What was asked for does not exist.'],
	[10004, 'WSAEINTR', 'A blocking call was interrupted.'],
	[10009, 'WSAEBADF', 'The handle is not a valid one.'],
	[10013, 'WSAEACCES', 'The caller lacks the right: some codes are for administrators only.'],
	[10014, 'WSAEFAULT', 'A buffer is too small, or a pointer leads to memory that the call cannot use.'],
	[10022, 'WSAEINVAL', 'An argument, a size or the state of the socket does not suit this code.'],
	[10024, 'WSAEMFILE', 'No more sockets can be opened.'],
	[10035, 'WSAEWOULDBLOCK', 'The socket is non-blocking, and the answer is not there yet.'],
	[10036, 'WSAEINPROGRESS', 'A blocking call is under way, or the provider is inside a callback.'],
	[10037, 'WSAEALREADY', 'The same operation is under way on this socket.'],
	[10038, 'WSAENOTSOCK', 'The handle is not a socket.'],
	[10039, 'WSAEDESTADDRREQ', 'The operation needs a destination address, and there is none.'],
	[10040, 'WSAEMSGSIZE', 'A buffer does not have the size that the message or the code needs.'],
	[10041, 'WSAEPROTOTYPE', 'The protocol does not fit the type of the socket.'],
	[10042, 'WSAENOPROTOOPT', 'The protocol of this socket does not know the option or code.'],
	[10043, 'WSAEPROTONOSUPPORT', 'The protocol is not installed.'],
	[10044, 'WSAESOCKTNOSUPPORT', 'This type of socket does not exist in this address family.'],
	[10045, 'WSAEOPNOTSUPP', 'The provider of this socket does not know the control code.'],
	[10046, 'WSAEPFNOSUPPORT', 'The protocol family is not installed.'],
	[10047, 'WSAEAFNOSUPPORT', 'The address family is not installed, or does not suit the code.'],
	[10048, 'WSAEADDRINUSE', 'The address is taken by another socket.'],
	[10049, 'WSAEADDRNOTAVAIL', 'The address does not belong to this machine.'],
	[10050, 'WSAENETDOWN', 'The network subsystem is down.'],
	[10051, 'WSAENETUNREACH', 'No route leads to that network.'],
	[10052, 'WSAENETRESET', 'Keep-alive found the connection dead.'],
	[10053, 'WSAECONNABORTED', 'This machine gave the connection up.'],
	[10054, 'WSAECONNRESET', 'The other end reset the connection.'],
	[10055, 'WSAENOBUFS', 'The system has no buffer space left, or too little was offered.'],
	[10056, 'WSAEISCONN', 'The socket is connected already.'],
	[10057, 'WSAENOTCONN', 'The socket is not connected.'],
	[10058, 'WSAESHUTDOWN', 'The socket has been shut down for this direction.'],
	[10060, 'WSAETIMEDOUT', 'The time was over before an answer came.'],
	[10061, 'WSAECONNREFUSED', 'The other end refused the connection.'],
	[10064, 'WSAEHOSTDOWN', 'The host does not answer.'],
	[10065, 'WSAEHOSTUNREACH', 'No route leads to that host.'],
	[10067, 'WSAEPROCLIM', 'Too many programs use Winsock at once.'],
	[10091, 'WSASYSNOTREADY', 'The network subsystem is not ready.'],
	[10092, 'WSAVERNOTSUPPORTED', 'This version of Winsock is not offered.'],
	[10093, 'WSANOTINITIALISED', 'WSAStartup has not been called, or did not work.'],
	[10104, 'WSAEINVALIDPROCTABLE', "The provider's table of functions is not valid."],
	[10105, 'WSAEINVALIDPROVIDER', "The provider's version is not the expected one."],
	[10106, 'WSAEPROVIDERFAILEDINIT', 'The provider could not be loaded or started.'],
	[10107, 'WSASYSCALLFAILURE', 'A system call failed that should never fail.'],
	[10108, 'WSASERVICE_NOT_FOUND', 'No such service is known.'],
	[10110, 'WSA_E_NO_MORE', 'There is nothing more to list.'],
	[10111, 'WSA_E_CANCELLED', 'The operation was cancelled.'],
	[11001, 'WSAHOST_NOT_FOUND', 'No such host is known.'],
];

const errorByNumber = new Map<number, NamedError>(
	ERRORS.map(([number, name, meaning]) => [number, { number, name, meaning }]),
);

export default {
	id: FAMILY,
	name: 'Winsock',
	macros: {
		_WSAIO: winsockMacro(IOC_VOID),
		_WSAIOR: winsockMacro(IOC_OUT),
		_WSAIOW: winsockMacro(IOC_IN),
		_WSAIORW: winsockMacro(IOC_INOUT),
		_IO: {
			parameters: ['number', 'number'],
			value: (group, number) => {
				const code = unixCode(group!, number!);
				return code === undefined ? undefined : BigInt(IOC_VOID) | code;
			},
		},
		_IOR: unixMacro(IOC_OUT),
		_IOW: unixMacro(IOC_IN),
	},
	constants: { ...NAMES, IOC_VOID, IOC_OUT, IOC_IN, IOC_INOUT, IOCPARM_MASK: 0x7f },
	split,
	directionBits: 0xe0000000,
	ownerBits: IOC_VENDOR,
	// Unix codes are put together by anybody, and each vendor has codes of its own.
	isOpen: (value) => ((value >>> 27) & 3) % 3 === 0,
	handle: 'socket',
	errors: {
		tooSmall: 'WSAEFAULT',
		badAddress: 'WSAEFAULT',
		wouldBlock: 'WSAEWOULDBLOCK',
		notSupported: 'WSAEOPNOTSUPP',
		named: (number) => errorByNumber.get(number),
		all: [...errorByNumber.values()],
		styleOf: (error) => (error.startsWith('WSA') ? 'winsock' : error.startsWith('STATUS_') ? 'ntstatus' : undefined),
	},
	models: WINDOWS_MODELS,
} satisfies Family;
