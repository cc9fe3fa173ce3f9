/**
 * The calls of libc that answer a Winsock question: what is run for each, and how its own answer reads. Nothing is
 * turned into Winsock's structures: what is shown is what libc said.
 */
import * as l10n from '@vscode/l10n';
import { formatAddress } from '../../../../native/src/address.ts';
import type { Harmless } from '../../../../native/src/consent.ts';
import type { InterfaceRecord, RunReport, StepInput } from '../../../../native/src/plan.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { LiveSocket, PosixCall, Unit } from '../../catalog/model.ts';
import { fromBase64, hexOf, readUnsigned, toBase64, writeInteger } from '../buffers/bytes.ts';
import { type Row, type Table, withUnit } from '../buffers/decode.ts';
import { endpointText, parseEndpoint } from '../buffers/encode.ts';
import type { PreparedRun } from '../prepare.ts';
import type { ResultBuffer, RunResult } from '../result.ts';
import type { Refused } from '../subject.ts';
import { guardWords, inputOf, shortAnswer } from './answer.ts';
import type { Answer, Backend, Ready } from './backend.ts';
import { recipe, socketFor } from './socket.ts';

export type PosixSystem = 'Linux' | 'macOS';

/** The numbers of one system's headers. */
interface Numbers {
	readonly FIONREAD: number;
	readonly FIONBIO: number;
	readonly SIOCATMARK: number;
	readonly SOL_SOCKET: number;
	readonly SO_KEEPALIVE: number;
	/** TCP_KEEPALIVE on macOS. */
	readonly TCP_KEEPIDLE: number;
	readonly TCP_KEEPINTVL: number;
	readonly IP_MULTICAST_TTL: number;
	readonly IP_MULTICAST_LOOP: number;
	readonly AF_INET: number;
	readonly AF_INET6: number;
	/** Sockaddrs begin with a byte of length. */
	readonly lengthByte: boolean;
}

const NUMBERS: Readonly<Record<PosixSystem, Numbers>> = {
	Linux: {
		FIONREAD: 0x541b,
		FIONBIO: 0x5421,
		SIOCATMARK: 0x8905,
		SOL_SOCKET: 1,
		SO_KEEPALIVE: 9,
		TCP_KEEPIDLE: 4,
		TCP_KEEPINTVL: 5,
		IP_MULTICAST_TTL: 33,
		IP_MULTICAST_LOOP: 34,
		AF_INET: 2,
		AF_INET6: 10,
		lengthByte: false,
	},
	macOS: {
		FIONREAD: 0x4004667f,
		FIONBIO: 0x8004667e,
		SIOCATMARK: 0x40047307,
		SOL_SOCKET: 0xffff,
		SO_KEEPALIVE: 8,
		TCP_KEEPIDLE: 0x10,
		TCP_KEEPINTVL: 0x101,
		IP_MULTICAST_TTL: 10,
		IP_MULTICAST_LOOP: 11,
		AF_INET: 2,
		AF_INET6: 30,
		lengthByte: true,
	},
};

const IPPROTO_IP = 0;
const IPPROTO_TCP = 6;

/** Every number that the calls below hand to the system, besides those that only read: none reaches beyond its socket. */
export function posixNumbers(system: PosixSystem): Harmless {
	const n = NUMBERS[system];
	return {
		codes: [n.FIONREAD, n.FIONBIO, n.SIOCATMARK],
		options: [
			[n.SOL_SOCKET, n.SO_KEEPALIVE],
			[IPPROTO_TCP, n.TCP_KEEPIDLE],
			[IPPROTO_TCP, n.TCP_KEEPINTVL],
			[IPPROTO_IP, n.IP_MULTICAST_TTL],
			[IPPROTO_IP, n.IP_MULTICAST_LOOP],
		],
	};
}
const TCP_INFO = 11;
/** Room for the members below; the kernel fills in what it has. */
const TCP_INFO_SIZE = 248;

/** The value of an input field by its path. */
type Inputs = (path: string) => number | string | undefined;

const number = (inputs: Inputs, path: string): number => Number(inputs(path) ?? 0);

/** Bytes of what every call is given that is given anything. */
const INT = 4;

const int = (value: number): string => {
	const bytes = new Uint8Array(INT);
	writeInteger(bytes, 0, INT, BigInt(Math.trunc(value)));
	return toBase64(bytes);
};

/** Calls that are made with the values of the code's input. */
const WITH_INPUT: ReadonlySet<PosixCall> = new Set([
	'FIONBIO',
	'keep-alive',
	'IP_MULTICAST_LOOP',
	'IP_MULTICAST_TTL',
	'route',
]);

/** The steps that ask the question, or why this system has no such call. */
function posixSteps(call: PosixCall, inputs: Inputs, system: PosixSystem): StepInput[] | { readonly error: string } {
	const n = NUMBERS[system];
	const set = (level: number, name: number, value: number): StepInput => ({
		call: 'setsockopt',
		level,
		name,
		input: { bytes: int(value) },
	});
	const get = (level: number, name: number): StepInput => ({ call: 'getsockopt', level, name, output: { size: 4 } });
	switch (call) {
		case 'FIONREAD':
		case 'SIOCATMARK':
			// Filled with ones, so that an untouched answer shows.
			return [{ call: 'ioctl', request: n[call], argument: { bytes: int(-1) } }];
		case 'FIONBIO':
			return [{ call: 'ioctl', request: n.FIONBIO, argument: { bytes: int(number(inputs, '')) } }];
		case 'getifaddrs':
			return [{ call: 'getifaddrs' }];
		case 'keep-alive': {
			const on = number(inputs, 'onoff') !== 0;
			const seconds = (path: string): number => Math.max(1, Math.ceil(number(inputs, path) / 1000));
			const times: StepInput[] = on
				? [
						set(IPPROTO_TCP, n.TCP_KEEPIDLE, seconds('keepalivetime')),
						set(IPPROTO_TCP, n.TCP_KEEPINTVL, seconds('keepaliveinterval')),
					]
				: [];
			return [
				set(n.SOL_SOCKET, n.SO_KEEPALIVE, on ? 1 : 0),
				...times,
				get(n.SOL_SOCKET, n.SO_KEEPALIVE),
				get(IPPROTO_TCP, n.TCP_KEEPIDLE),
				get(IPPROTO_TCP, n.TCP_KEEPINTVL),
			];
		}
		case 'TCP_INFO':
			if (system !== 'Linux') return { error: l10n.t('macOS has no TCP_INFO; its own structure is a different one.') };
			return [{ call: 'getsockopt', level: IPPROTO_TCP, name: TCP_INFO, output: { size: TCP_INFO_SIZE } }];
		case 'IP_MULTICAST_LOOP':
		case 'IP_MULTICAST_TTL':
			return [set(IPPROTO_IP, n[call], number(inputs, '')), get(IPPROTO_IP, n[call])];
		case 'route': {
			const endpoint = parseEndpoint(String(inputs('') ?? ''));
			if (!endpoint) return { error: l10n.t('The destination is an address such as 127.0.0.1.') };
			return [{ call: 'route', destination: { address: formatAddress(endpoint.address), port: endpoint.port } }];
		}
	}
}

/** The options that are set or asked for: level and name, in words and in numbers. */
function optionsOf(system: PosixSystem): readonly (readonly [words: string, level: number, name: number])[] {
	const n = NUMBERS[system];
	return [
		['SOL_SOCKET, SO_KEEPALIVE', n.SOL_SOCKET, n.SO_KEEPALIVE],
		['IPPROTO_TCP, TCP_KEEPIDLE', IPPROTO_TCP, n.TCP_KEEPIDLE],
		['IPPROTO_TCP, TCP_KEEPINTVL', IPPROTO_TCP, n.TCP_KEEPINTVL],
		['IPPROTO_TCP, TCP_INFO', IPPROTO_TCP, TCP_INFO],
		['IPPROTO_IP, IP_MULTICAST_TTL', IPPROTO_IP, n.IP_MULTICAST_TTL],
		['IPPROTO_IP, IP_MULTICAST_LOOP', IPPROTO_IP, n.IP_MULTICAST_LOOP],
	];
}

/** A call as the runner tells it, with names in place of numbers, and with the value that it sets. */
function inNames(text: string, step: StepInput | undefined, system: PosixSystem): string {
	const n = NUMBERS[system];
	if (step?.call === 'ioctl') {
		const request = (['FIONREAD', 'FIONBIO', 'SIOCATMARK'] as const).find((name) => n[name] === step.request);
		return request === undefined ? text : text.replace(`0x${step.request.toString(16)}`, request);
	}
	if (step?.call !== 'setsockopt' && step?.call !== 'getsockopt') return text;
	const option = optionsOf(system).find(([, level, name]) => level === step.level && name === step.name);
	if (!option) return text;
	const value = step.call === 'setsockopt' ? `, ${readUnsigned(fromBase64(step.input?.bytes), 0, 4)}` : '';
	return text.replace(`${step.level}, ${step.name})`, `${option[0]}${value})`);
}

/** What each call is, for people. */
const callText = (call: PosixCall): string =>
	call === 'route' ? l10n.t('connect() and getsockname() on a datagram socket') : POSIX_CALLS[call];

const POSIX_CALLS: Readonly<Record<Exclude<PosixCall, 'route'>, string>> = {
	FIONREAD: 'ioctl(FIONREAD)',
	FIONBIO: 'ioctl(FIONBIO)',
	SIOCATMARK: 'ioctl(SIOCATMARK)',
	getifaddrs: 'getifaddrs()',
	'keep-alive': 'setsockopt(SO_KEEPALIVE, TCP_KEEPIDLE, TCP_KEEPINTVL)',
	TCP_INFO: 'getsockopt(TCP_INFO)',
	IP_MULTICAST_LOOP: 'setsockopt(IP_MULTICAST_LOOP)',
	IP_MULTICAST_TTL: 'setsockopt(IP_MULTICAST_TTL)',
};

/** libc has no use for the socket of these calls, but the runner makes one for every plan. */
const posixSocket = (call: PosixCall, socket: LiveSocket): LiveSocket =>
	call === 'getifaddrs' || call === 'route' ? { type: 'SOCK_DGRAM' } : socket;

interface PosixDecoded {
	readonly rows: readonly Row[];
	readonly tables: readonly Table[];
	/** The bytes that the rows stand in. */
	readonly bytes: Uint8Array;
	/** What the answer is, as C writes it. */
	readonly type: string;
}

/** libc's own answer. Steps that failed are left out; the result tells of them elsewhere. */
function posixAnswer(call: PosixCall, report: RunReport, system: PosixSystem): PosixDecoded | undefined {
	const n = NUMBERS[system];
	const ok = report.steps.filter((s) => s.status === 'ok');
	switch (call) {
		case 'FIONREAD':
		case 'SIOCATMARK':
		case 'FIONBIO': {
			const bytes = fromBase64(ok[0]?.argument);
			if (bytes.length < 4) return undefined;
			const value = Number(readUnsigned(bytes, 0, 4));
			const text =
				call === 'FIONREAD'
					? withUnit(BigInt(value), 'bytes')
					: call === 'SIOCATMARK'
						? markText(value)
						: String(value);
			return single('int', bytes.subarray(0, 4), text, value);
		}
		case 'getifaddrs':
			return interfaces(ok[0]?.interfaces ?? undefined, n);
		case 'route': {
			const endpoint = ok[0]?.endpoint;
			// The port is that of a socket which is closed by now.
			return endpoint
				? single(l10n.t('local address'), new Uint8Array(), endpoint.address, endpoint.address)
				: undefined;
		}
		case 'TCP_INFO': {
			const step = ok[0];
			return step ? tcpInfo(fromBase64(step.output).subarray(0, step.bytesReturned ?? 0)) : undefined;
		}
		case 'keep-alive':
			return options(ok.slice(-3), ['SO_KEEPALIVE', 'TCP_KEEPIDLE', 'TCP_KEEPINTVL'], [undefined, 's', 's']);
		case 'IP_MULTICAST_LOOP':
		case 'IP_MULTICAST_TTL':
			return options(ok.slice(-1), [call], [undefined]);
	}
}

const markText = (value: number): string =>
	value === 0 ? l10n.t('{0} (not at the mark)', value) : l10n.t('{0} (at the mark)', value);

const row = (
	path: string,
	type: string,
	offset: number,
	bytes: Uint8Array,
	text: string,
	value: Row['value'],
	meaning?: string,
): Row => ({
	path,
	type,
	offset,
	size: bytes.length,
	raw: hexOf(bytes),
	text,
	value,
	depth: 0,
	...(meaning === undefined ? {} : { meaning }),
});

const single = (type: string, bytes: Uint8Array, text: string, value: Row['value']): PosixDecoded => ({
	rows: [row('', type, 0, bytes, text, value)],
	tables: [],
	bytes,
	type,
});

/** What getsockopt reads back, one option after the other. */
function options(
	steps: readonly { readonly output: string | null }[],
	names: readonly string[],
	units: readonly ('s' | undefined)[],
): PosixDecoded | undefined {
	const bytes = new Uint8Array(steps.length * 4);
	const meaning = l10n.t('Read back after setting it.');
	const rows = steps.map(({ output }, i) => {
		const part = fromBase64(output).subarray(0, 4);
		bytes.set(part, i * 4);
		const value = Number(readUnsigned(part, 0, 4));
		return row(names[i]!, 'int', i * 4, part, withUnit(BigInt(value), units[i]), value, meaning);
	});
	return steps.length === 0
		? undefined
		: { rows, tables: [], bytes, type: names.length > 1 ? l10n.t('socket options') : 'int' };
}

/** IFF_* of Linux and the BSDs; the low ones agree. */
const FLAGS: readonly (readonly [string, number])[] = [
	['IFF_UP', 0x1],
	['IFF_BROADCAST', 0x2],
	['IFF_LOOPBACK', 0x8],
	['IFF_POINTOPOINT', 0x10],
	['IFF_RUNNING', 0x40],
	['IFF_NOARP', 0x80],
	['IFF_PROMISC', 0x100],
	['IFF_ALLMULTI', 0x200],
];

/** The others have numbers of each system's own. */
const OWN_FLAGS: Readonly<Record<PosixSystem, typeof FLAGS>> = {
	Linux: [
		['IFF_MULTICAST', 0x1000],
		['IFF_LOWER_UP', 0x10000],
		['IFF_DORMANT', 0x20000],
	],
	macOS: [
		['IFF_SIMPLEX', 0x800],
		['IFF_MULTICAST', 0x8000],
	],
};

function flagsText(flags: number, linux: boolean): string {
	const known = [...FLAGS, ...OWN_FLAGS[linux ? 'Linux' : 'macOS']];
	const set = known.filter(([, bit]) => (flags & bit) !== 0);
	const rest = set.reduce((left, [, bit]) => left & ~bit, flags) >>> 0;
	return [...set.map(([name]) => name), ...(rest === 0 ? [] : [`0x${rest.toString(16)}`])].join(' | ') || '0';
}

/** A sockaddr of this system as text; undefined for other families than IP. */
function nativeAddress(base64: string | null, n: Numbers): string | undefined {
	const bytes = fromBase64(base64);
	const family = n.lengthByte ? bytes[1] : Number(readUnsigned(bytes, 0, 2));
	if (family === n.AF_INET && bytes.length >= 8) return endpointText(bytes.subarray(4, 8), 0);
	if (family === n.AF_INET6 && bytes.length >= 24) {
		const scope = bytes.length >= 28 ? Number(readUnsigned(bytes, 24, 4)) : 0;
		return endpointText(bytes.subarray(8, 24), 0, scope);
	}
	return undefined;
}

function interfaces(list: readonly InterfaceRecord[] | undefined, n: Numbers): PosixDecoded | undefined {
	if (!list) return undefined;
	const linux = !n.lengthByte;
	const known = list.flatMap((entry) => {
		const address = nativeAddress(entry.address, n);
		return address === undefined ? [] : [{ entry, address }];
	});
	// Netmasks and broadcast addresses have no scope of their own.
	const plain = (base64: string | null): string => (nativeAddress(base64, n) ?? '').replace(/%.*$/, '');
	const cells = known.map(({ entry, address }, i) => [
		String(i),
		entry.name,
		address,
		plain(entry.netmask),
		plain(entry.broadcast),
		flagsText(entry.flags, linux),
	]);
	const columns = ['#', l10n.t('name'), l10n.t('address'), l10n.t('netmask'), l10n.t('broadcast'), l10n.t('flags')];
	const rows = cells.map((cell, i) =>
		row(`[${i}]`, 'struct ifaddrs', 0, new Uint8Array(), `${cell[1]} ${cell[2]}`, cell[2]!),
	);
	return {
		rows,
		tables: [{ title: 'struct ifaddrs', columns, rows: cells }],
		bytes: new Uint8Array(),
		type: 'struct ifaddrs',
	};
}

const TCP_STATES = [
	'',
	'TCP_ESTABLISHED',
	'TCP_SYN_SENT',
	'TCP_SYN_RECV',
	'TCP_FIN_WAIT1',
	'TCP_FIN_WAIT2',
	'TCP_TIME_WAIT',
	'TCP_CLOSE',
	'TCP_CLOSE_WAIT',
	'TCP_LAST_ACK',
	'TCP_LISTEN',
	'TCP_CLOSING',
	'TCP_NEW_SYN_RECV',
];

/** Members of Linux's `struct tcp_info` (`linux/tcp.h`): name, offset, size, unit. Bit-fields and padding are left out. */
const TCP_INFO_MEMBERS: readonly (readonly [string, number, number, Unit?])[] = [
	['tcpi_state', 0, 1],
	['tcpi_ca_state', 1, 1],
	['tcpi_retransmits', 2, 1],
	['tcpi_probes', 3, 1],
	['tcpi_backoff', 4, 1],
	['tcpi_options', 5, 1],
	['tcpi_rto', 8, 4, 'us'],
	['tcpi_ato', 12, 4, 'us'],
	['tcpi_snd_mss', 16, 4, 'bytes'],
	['tcpi_rcv_mss', 20, 4, 'bytes'],
	['tcpi_unacked', 24, 4],
	['tcpi_sacked', 28, 4],
	['tcpi_lost', 32, 4],
	['tcpi_retrans', 36, 4],
	['tcpi_fackets', 40, 4],
	['tcpi_last_data_sent', 44, 4, 'ms'],
	['tcpi_last_ack_sent', 48, 4, 'ms'],
	['tcpi_last_data_recv', 52, 4, 'ms'],
	['tcpi_last_ack_recv', 56, 4, 'ms'],
	['tcpi_pmtu', 60, 4, 'bytes'],
	['tcpi_rcv_ssthresh', 64, 4, 'bytes'],
	['tcpi_rtt', 68, 4, 'us'],
	['tcpi_rttvar', 72, 4, 'us'],
	['tcpi_snd_ssthresh', 76, 4],
	['tcpi_snd_cwnd', 80, 4],
	['tcpi_advmss', 84, 4, 'bytes'],
	['tcpi_reordering', 88, 4],
	['tcpi_rcv_rtt', 92, 4, 'us'],
	['tcpi_rcv_space', 96, 4, 'bytes'],
	['tcpi_total_retrans', 100, 4],
	['tcpi_pacing_rate', 104, 8],
	['tcpi_max_pacing_rate', 112, 8],
	['tcpi_bytes_acked', 120, 8, 'bytes'],
	['tcpi_bytes_received', 128, 8, 'bytes'],
	['tcpi_segs_out', 136, 4],
	['tcpi_segs_in', 140, 4],
	['tcpi_notsent_bytes', 144, 4, 'bytes'],
	['tcpi_min_rtt', 148, 4, 'us'],
	['tcpi_data_segs_in', 152, 4],
	['tcpi_data_segs_out', 156, 4],
	['tcpi_delivery_rate', 160, 8],
];

function tcpInfo(bytes: Uint8Array): PosixDecoded {
	const rows = TCP_INFO_MEMBERS.filter(([, offset, size]) => offset + size <= bytes.length).map(
		([name, offset, size, unit]) => {
			const number = readUnsigned(bytes, offset, size);
			const value = Number.isSafeInteger(Number(number)) ? Number(number) : number.toString();
			const state = name === 'tcpi_state' ? TCP_STATES[Number(number)] : undefined;
			const text = state ? `${state} (${number})` : withUnit(number, unit);
			return row(name, `__u${size * 8}`, offset, bytes.subarray(offset, offset + size), text, value);
		},
	);
	return { rows, tables: [], bytes, type: 'struct tcp_info' };
}

// ---- the backend ----

export const posix: Backend = {
	prepare,
	answer,
	errorOf,
	takesInput: false,
	tellsSizes: false,
	has: (entry) => entry?.live?.posix !== undefined,
};

function errorOf(number: number, name: string | null): NonNullable<RunResult['error']> {
	const meaning = name === null ? undefined : errnoMeaning(name);
	return {
		number,
		name: name ?? l10n.t('error {0}', number),
		meaning: meaning ?? l10n.t('No meaning of this number is known here.'),
	};
}

function prepare({ subject, options, base, input, notes, timeoutMs }: Ready): PreparedRun | Refused {
	const live = subject.entry?.live;
	if (base.sizes === 'given' || options.overlapped)
		return { error: l10n.t('The calls of libc are told no sizes and are never overlapped; use the winsock backend.') };
	if (!live?.posix) {
		return {
			error: l10n.t(
				'{0} has no true counterpart among the calls of {1}, and nothing is simulated.',
				subject.name,
				base.system,
			),
		};
	}
	const steps = posixSteps(live.posix.call, (path) => input.value(path), base.system);
	if ('error' in steps) return steps;
	const call = callText(live.posix.call);
	return {
		...base,
		title: l10n.t('{0} for {1}', call, subject.name),
		notes: [
			...notes,
			l10n.t('This is {0} of {1}, not {2}.', call, base.system, base.api),
			...input.madeUp.map((path) =>
				l10n.t('`{0}` is not in your buffer; {1} is an example.', path, String(input.value(path))),
			),
		],
		posix: { call, ...(live.posix.difference === undefined ? {} : { difference: live.posix.difference }) },
		input: { ...input.buffer, declared: input.buffer.size ?? 0, bytes: input.bytes },
		output: { size: null, declared: 0 },
		plan: {
			backend: 'posix',
			socket: recipe(posixSocket(live.posix.call, socketFor(subject))),
			steps,
			timeoutMs,
		},
	};
}

function answer(prepared: PreparedRun, report: RunReport, catalog: Catalog): Answer {
	const failed = report.steps.find((s) => s.status === 'error');
	const error = failed ? errorOf(failed.error, failed.errorName) : undefined;
	const call = catalog.code(prepared.name)?.code.live?.posix?.call as PosixCall;
	const found = posixAnswer(call, report, prepared.system);
	const output: ResultBuffer | undefined = found && {
		type: found.type,
		declared: found.bytes.length,
		bytes: found.bytes.length === 0 ? null : hexOf(found.bytes),
		rows: found.rows,
		tables: found.tables,
	};
	const { difference, call: words } = prepared.posix ?? { call: prepared.api };
	// That nothing was touched is not said of each of several calls.
	const broken = report.steps.flatMap(({ guards, output: written }) => [
		...(guards.input?.intact === false ? guardWords('input', guards.input, INT) : []),
		...(guards.output?.intact === false ? guardWords('output', guards.output, fromBase64(written).length) : []),
	]);
	return {
		status: error ? 'error' : 'ok',
		summary: error
			? `${l10n.t('{0} failed with {1} ({2}).', words, error.name, error.number)} ${error.meaning}`
			: l10n.t('{0} succeeded.', words),
		inline: error ? error.name : (shortAnswer(output) ?? 'ok'),
		system: report.system.label,
		...(error ? { error } : {}),
		microseconds: report.steps.reduce((sum, s) => sum + s.nanoseconds, 0) / 1000,
		calls: report.steps.map(({ text }, i) => inNames(text, prepared.plan.steps?.[i], prepared.system)),
		// The values came from it, although libc never sees the structure.
		...(WITH_INPUT.has(call) ? inputOf(prepared, catalog) : {}),
		...(output ? { output } : {}),
		guards: broken,
		expectations: [],
		notes: [...prepared.notes, ...(difference === undefined ? [] : [difference])],
	};
}

/** Linux and macOS number many of these differently, so the name, which the runner tells, decides. */
const errno: Readonly<Record<string, () => string>> = {
	EPERM: () => l10n.t('The caller lacks the right.'),
	ENOENT: () => l10n.t('There is no such thing.'),
	EINTR: () => l10n.t('A signal interrupted the call.'),
	EIO: () => l10n.t('The device reported an error.'),
	ENXIO: () => l10n.t('There is no such device or address.'),
	EBADF: () => l10n.t('The file descriptor is not open.'),
	EAGAIN: () => l10n.t('The socket is non-blocking, and there is nothing to read yet.'),
	ENOMEM: () => l10n.t('The system could not get the memory it needs.'),
	EACCES: () => l10n.t('The caller lacks the right.'),
	EFAULT: () => l10n.t('A pointer leads to memory that the call cannot use.'),
	EBUSY: () => l10n.t('The device is in use.'),
	ENODEV: () => l10n.t('There is no such device.'),
	EINVAL: () => l10n.t('An argument, a size or the state of the socket does not suit the call.'),
	ENOTTY: () => l10n.t('The socket does not know this request.'),
	ENOSYS: () => l10n.t('The system does not have this call.'),
	ENOTSOCK: () => l10n.t('The file descriptor is not a socket.'),
	EDESTADDRREQ: () => l10n.t('The operation needs a destination address, and there is none.'),
	EMSGSIZE: () => l10n.t('The message does not have a size that the call takes.'),
	EPROTOTYPE: () => l10n.t('The protocol does not fit the type of the socket.'),
	ENOPROTOOPT: () => l10n.t('The protocol of this socket does not know the option.'),
	EPROTONOSUPPORT: () => l10n.t('The protocol is not supported.'),
	EOPNOTSUPP: () => l10n.t('The socket does not support the operation.'),
	EAFNOSUPPORT: () => l10n.t('The address family is not supported.'),
	EADDRINUSE: () => l10n.t('The address is taken by another socket.'),
	EADDRNOTAVAIL: () => l10n.t('The address does not belong to this machine.'),
	ENETDOWN: () => l10n.t('The network is down.'),
	ENETUNREACH: () => l10n.t('No route leads to that network.'),
	ECONNRESET: () => l10n.t('The other end reset the connection.'),
	ENOBUFS: () => l10n.t('The system has no buffer space left.'),
	EISCONN: () => l10n.t('The socket is connected already.'),
	ENOTCONN: () => l10n.t('The socket is not connected.'),
	ETIMEDOUT: () => l10n.t('The time was over before an answer came.'),
	ECONNREFUSED: () => l10n.t('The other end refused the connection.'),
	EHOSTUNREACH: () => l10n.t('No route leads to that host.'),
};

/** What an errno name means for these calls. */
export const errnoMeaning = (name: string): string | undefined =>
	Object.hasOwn(errno, name) ? errno[name]?.() : undefined;
