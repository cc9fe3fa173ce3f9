/** From a call in the source, or a code's name, to a plan for the runner and the questions that are still open. */
import {
	type BackendName,
	checkPlan,
	type InputBufferInput,
	type OutputBufferInput,
	type PlanInput,
	type Pointer,
	type SocketRecipeInput,
	type StepInput,
} from '../../../native/src/plan.ts';
import type { BufferArgument, IoctlCall, Quantity, SocketOrigin } from '../calls/model.ts';
import type { ApiId } from '../catalog/api.ts';
import { Catalog } from '../catalog/catalog.ts';
import { codeByName, codesByValue } from '../catalog/lookup.ts';
import type { AddressFamily, BufferSpec, ControlCode, LiveSocket, Risk, SocketType } from '../catalog/model.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../catalog/names.ts';
import { hex, splitOpcode } from '../catalog/opcode.ts';
import { resolveQuery } from '../reference/query.ts';
import type { CType, PerTarget, Target } from '../types/ctype.ts';
import { typeText } from '../types/layout.ts';
import { minimumSize } from '../types/requirements.ts';
import { encode, type FieldInput, type FieldInputs, type FieldProblem } from './encode.ts';
import { SOCKET_KINDS } from './names.ts';
import { POSIX_CALLS, type PosixSystem, posixSocket, posixSteps } from './posix.ts';
import { type Question, questionsFor } from './questions.ts';
import { sizeOn, toBase64, typeNamed } from './tree.ts';

/** `written`: both sizes as the source has them. `correct`: as the catalog asks. */
export type Sizes = 'written' | 'correct';

/** One buffer as the source shows it. */
interface SubjectBuffer {
	readonly null: boolean;
	/** The source's own type of the object, where the catalog knows its layout. */
	readonly type?: CType;
	/** The size argument; undefined: not known. */
	readonly size?: PerTarget;
	/** Bytes that the object really has. */
	readonly capacity?: PerTarget;
	readonly initial: FieldInputs;
}

/** What is to be run, from wherever it was asked for. */
export interface Subject {
	readonly api: ApiId;
	/** Unsigned 32 bits. */
	readonly code: number;
	/** The catalog's name, else the number in hexadecimal. */
	readonly name: string;
	readonly entry?: ControlCode;
	readonly input?: SubjectBuffer;
	readonly output?: SubjectBuffer;
	readonly overlapped?: boolean;
	readonly bytesReturned: boolean;
	readonly socket?: LiveSocket;
}

export interface RunOptions {
	readonly backend: BackendName;
	readonly sizes: Sizes;
	/** Whose numbers the posix backend needs; default Linux. */
	readonly system?: PosixSystem;
	/** Of the Windows side; default x64. */
	readonly target?: Target;
	/** Field values by path; they win over everything else. */
	readonly answers?: FieldInputs;
	/** Sizes told to the function instead. */
	readonly inSize?: number;
	readonly outSize?: number;
	readonly overlapped?: boolean;
	/** Of the whole run, in milliseconds; default 10 s. */
	readonly timeoutMs?: number;
}

/** A buffer of a run that is ready. Plain data that survives JSON. */
export interface PreparedBuffer {
	/** Absent where nothing is known of what it holds. */
	readonly type?: CType;
	/** The type as C writes it. */
	readonly typeText?: string;
	/** Real size in bytes; null for a NULL pointer. */
	readonly size: number | null;
	/** The size told to the function. */
	readonly declared: number;
}

export interface PreparedRun {
	/** `WSAIoctl: SIO_KEEPALIVE_VALS`. */
	readonly title: string;
	readonly api: 'WSAIoctl' | 'ioctlsocket';
	readonly code: number;
	readonly name: string;
	readonly backend: BackendName;
	readonly system: PosixSystem;
	readonly target: Target;
	/** `given`: by whoever asked for the run. */
	readonly sizes: Sizes | 'given';
	readonly risk: Risk | 'unknown';
	/** One sentence that names the effect. */
	readonly effect: string;
	/** The user has to agree to this run. */
	readonly confirm: boolean;
	/** Fields whose values nothing decides; the plan holds their defaults. */
	readonly questions: readonly Question[];
	/** What the reader should know of the run. */
	readonly notes: readonly string[];
	readonly input: PreparedBuffer & { readonly bytes: string | null };
	readonly output: PreparedBuffer & { readonly list?: boolean };
	/** Of the posix backend: which call of libc it is. */
	readonly posix?: { readonly call: string; readonly difference?: string };
	readonly plan: PlanInput;
}

export type Refused = { readonly error: string; readonly problems?: readonly FieldProblem[] };
export type Prepared = PreparedRun | Refused;

/** A run's own memory for an answer of unknown length. */
const ROOM = 4096;
const LARGEST = 512 * 1024;
const DEFAULT_TIMEOUT = 10_000;
/** How long an overlapped run waits before it is cancelled. */
const OVERLAPPED_WAIT = 1000;

/** What a query on a command line asks to run; an error says what was expected. */
export function subjectOf(query: string): Subject | Refused {
	const found = resolveQuery(query, Catalog.builtin);
	if (found.kind === 'error') return { error: found.error };
	if (found.kind === 'code') return ofCode(found.code);
	if (found.kind !== 'number') return { error: `${query.trim()} is no control code, so there is nothing to run.` };
	const entries = codesByValue(found.value);
	const runnable = entries.filter((e) => e.live);
	const only = runnable.length === 1 ? runnable[0] : entries.length === 1 ? entries[0] : undefined;
	return only ? ofCode(only) : { api: 'WSAIoctl', code: found.value, name: hex(found.value), bytesReturned: true };
}

const ofCode = (entry: ControlCode): Subject => ({
	api: 'WSAIoctl',
	code: entry.opcode.value,
	name: entry.name,
	entry,
	bytesReturned: true,
});

/** What a call in the source asks to run; an error says why it cannot be run. */
export function subjectOfCall(call: IoctlCall): Subject | Refused {
	if (call.kind === 'socket-option' || call.api === 'WskControlSocket') {
		return { error: 'WskControlSocket belongs to the kernel; a runner in user mode cannot make this call.' };
	}
	if (call.api === 'WSANSPIoctl' || call.api === 'NSPIoctl') {
		return { error: `${call.api} takes a lookup handle; a runner has sockets only.` };
	}
	const { values, entry } = call.code;
	const [code] = values;
	if (code === undefined) return { error: `The value of ${call.code.text} could not be told from the source.` };
	if (values.length > 1) {
		return { error: `${call.code.text} can have ${values.length} values here: ${values.map(hex).join(', ')}.` };
	}
	const socket = socketOf(call.socket);
	const input = call.input && bufferOf(call.input, call.guid);
	const output = call.output && bufferOf(call.output);
	return {
		api: call.api,
		code,
		name: entry?.name ?? hex(code),
		...(entry ? { entry } : {}),
		...(input ? { input } : {}),
		...(output ? { output } : {}),
		...(call.overlapped ? { overlapped: call.overlapped.nullness === 'not-null' } : {}),
		bytesReturned: call.bytesReturned?.nullness !== 'null',
		...(socket ? { socket } : {}),
	};
}

function bufferOf({ pointer, length }: BufferArgument, guid?: string): SubjectBuffer {
	const { object } = pointer;
	const size = only(length);
	const initial: Record<string, FieldInput> = {};
	for (const { path, value } of object?.initial ?? []) initial[path] = value;
	if (guid !== undefined) initial[''] = guid;
	return {
		null: pointer.nullness === 'null',
		...(object?.type ? { type: object.type } : {}),
		...(size ? { size } : {}),
		...(object?.capacity ? { capacity: object.capacity } : {}),
		initial,
	};
}

const only = (quantity: Quantity): PerTarget | undefined =>
	quantity.kind === 'known' && quantity.values.length === 1 ? quantity.values[0] : undefined;

/** The socket that the source makes, when its type is in sight. */
function socketOf(origin: SocketOrigin | undefined): LiveSocket | undefined {
	const type = origin?.type;
	if (type === undefined || !Object.hasOwn(SOCKET_KINDS, type)) return undefined;
	const called = new Set(origin!.called);
	const family =
		origin!.family !== undefined && Object.hasOwn(ADDRESS_FAMILIES, origin!.family) ? origin!.family : undefined;
	const protocol = origin!.protocol;
	const state = ['connect', 'WSAConnect', 'ConnectEx'].some((name) => called.has(name))
		? 'connected'
		: called.has('listen')
			? 'listening'
			: called.has('bind')
				? 'bound'
				: undefined;
	return {
		type: type as SocketType,
		...(family === undefined ? {} : { family: family as AddressFamily }),
		...(protocol !== undefined && Object.hasOwn(PROTOCOLS, protocol) ? { protocol } : {}),
		...(state ? { state } : {}),
	};
}

/** The source tells the function a size that the catalog calls wrong, so that a run with the right ones says more. */
export function hasWrongSizes({ api, entry, ...subject }: Subject, target: Target = 'x64'): boolean {
	if (!entry || api === 'ioctlsocket') return false;
	return (['input', 'output'] as const).some((side) => {
		const spec: BufferSpec = entry[side];
		const declared = subject[side]?.size?.[target];
		if (declared === undefined) return false;
		if (spec.use === 'must-be-empty') return declared > 0;
		// No bytes at all is how to ask for the length of an answer.
		if (spec.variable !== undefined && declared === 0) return false;
		const minimum = minimumSize(spec)?.[target];
		return spec.use === 'required' && minimum !== undefined && declared < minimum;
	});
}

const RISKY: ReadonlySet<Risk | 'unknown'> = new Set(['changes-machine', 'administrator', 'unknown']);

/** Builds the plan, with defaults where nothing else is known. */
export function prepare(subject: Subject, options: RunOptions): Prepared {
	const { entry } = subject;
	const target = options.target ?? 'x64';
	const system = options.system ?? 'Linux';
	if (entry?.wskOnly)
		return { error: `${subject.name} is known to WskControlSocket only, which belongs to the kernel.` };
	if (entry?.socket?.note?.includes('lookup handle')) {
		return { error: `${subject.name} takes a lookup handle; a runner has sockets only.` };
	}
	const live = entry?.live;
	const risk = live?.risk ?? 'unknown';
	const notes: string[] = [];
	const api = subject.api === 'ioctlsocket' ? 'ioctlsocket' : 'WSAIoctl';
	if (subject.api === 'WSPIoctl')
		notes.push('WSPIoctl is what a provider offers; WSAIoctl, which leads to it, is run.');

	const input = prepareInput(subject, options, target);
	if ('error' in input) return input;
	const output = prepareOutput(subject, options, target, input.version, notes);
	if ('error' in output) return output;
	const wait = options.overlapped ?? overlappedOf(subject, options.sizes);
	const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT;
	const base = {
		api,
		code: subject.code,
		name: subject.name,
		backend: options.backend,
		system,
		target,
		sizes: options.inSize === undefined && options.outSize === undefined ? options.sizes : 'given',
		risk,
		effect: live?.effect ?? unknownEffect(subject),
		confirm: RISKY.has(risk),
		questions: input.questions,
	} as const;

	if (options.backend === 'posix') {
		if (base.sizes === 'given' || options.overlapped)
			return { error: 'The calls of libc are told no sizes and are never overlapped; use the winsock backend.' };
		if (!live?.posix) {
			return {
				error: `${subject.name} has no true counterpart among the calls of ${system}, and nothing is simulated.`,
			};
		}
		const steps = posixSteps(live.posix.call, (path) => input.value(path), system);
		if ('error' in steps) return steps;
		const call = POSIX_CALLS[live.posix.call];
		return {
			...base,
			title: `${call} for ${subject.name}`,
			notes: [...notes, `This is ${call} of ${system}, not ${api}.`],
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

	const inputStep: InputBufferInput = {
		bytes: input.bytes,
		declared: input.buffer.declared,
		pointers: [...input.pointers],
	};
	const outputStep: OutputBufferInput = { size: output.size, declared: output.declared };
	const step: StepInput =
		api === 'ioctlsocket'
			? { call: 'ioctlsocket', code: subject.code, argument: { bytes: input.bytes, pointers: [...input.pointers] } }
			: {
					call: 'WSAIoctl',
					code: subject.code,
					input: inputStep,
					output: outputStep,
					overlapped: wait ? { waitMs: Math.min(OVERLAPPED_WAIT, Math.floor(timeoutMs / 2)) } : null,
					bytesReturned: subject.bytesReturned || options.sizes === 'correct',
				};
	return {
		...base,
		title: `${api}: ${subject.name}`,
		notes,
		input: { ...input.buffer, bytes: input.bytes },
		output,
		plan: { backend: 'winsock', socket: recipe(socketFor(subject)), steps: [step], timeoutMs },
	};
}

const unknownEffect = ({ name, entry }: Subject): string =>
	entry
		? `What ${name} needs besides a socket is more than a runner can make, so what it does here is not known.`
		: `${name} is not in the catalog, so nobody can say what it does.`;

function overlappedOf({ overlapped, entry }: Subject, sizes: Sizes): boolean {
	if (overlapped !== undefined && sizes === 'written') return overlapped;
	// Without it a waiting code would hold the run until its time is over.
	return overlapped === true || entry?.overlapped?.rule === 'required' || entry?.live?.waits === true;
}

/** What the source shows, else what the catalog suggests, else a TCP socket. */
function socketFor({ socket, entry }: Subject): LiveSocket {
	const suggested: LiveSocket = entry?.live?.socket ?? {
		type: entry?.socket?.types?.[0] ?? 'SOCK_STREAM',
		...(entry?.socket?.families?.[0] ? { family: entry.socket.families[0] } : {}),
		...(entry?.socket?.protocols?.[0] ? { protocol: entry.socket.protocols[0] } : {}),
	};
	if (!socket) return suggested;
	const alike = socket.type === suggested.type && socket.state === 'connected' && suggested.state === 'connected';
	if (!alike) return socket;
	const { queued, urgent } = suggested;
	return { ...socket, ...(queued === undefined ? {} : { queued }), ...(urgent === undefined ? {} : { urgent }) };
}

function recipe({ family, type, protocol, state, queued, urgent }: LiveSocket): SocketRecipeInput {
	const ip = family === undefined || family === 'AF_INET' || family === 'AF_INET6';
	const data = type === 'SOCK_STREAM' || type === 'SOCK_DGRAM';
	const address = family === 'AF_INET6' ? '::1' : '127.0.0.1';
	return {
		family: family === 'AF_INET6' ? 'inet6' : ip ? 'inet' : ADDRESS_FAMILIES[family]!,
		type: SOCKET_KINDS[type],
		protocol: protocol === undefined ? 0 : (PROTOCOLS[protocol] ?? 0),
		bind: ip && state === 'bound' ? { address } : null,
		listen: ip && state === 'listening' && type === 'SOCK_STREAM',
		peer:
			ip && data && state === 'connected'
				? {
						queued: queued === undefined ? [] : [base64Text(queued)],
						urgent: urgent === undefined ? null : base64Text(urgent),
					}
				: null,
	};
}

const base64Text = (text: string): string => toBase64(new TextEncoder().encode(text));

// ---- buffers ----

interface InputReady {
	readonly buffer: PreparedBuffer;
	readonly bytes: string | null;
	readonly pointers: readonly Pointer[];
	readonly questions: readonly Question[];
	/** The number that the whole input is, for outputs that depend on it. */
	readonly version: number | undefined;
	readonly value: (path: string) => number | string | undefined;
}

const nothing = (size: number | null, declared: number): InputReady => ({
	buffer: { size, declared },
	bytes: size === null ? null : toBase64(new Uint8Array(size)),
	pointers: [],
	questions: [],
	version: undefined,
	value: () => undefined,
});

const tooLarge = (what: string, bytes: number): Refused => ({
	error: `The ${what} size of ${bytes} bytes is beyond what a run takes (${LARGEST} bytes).`,
});

function prepareInput(subject: Subject, options: RunOptions, target: Target): InputReady | Refused {
	const { entry, input, api } = subject;
	const { sizes, answers = {} } = options;
	const written = sizes === 'written' && input !== undefined;
	const spec: BufferSpec = entry?.input ?? {};
	const unwanted = entry !== undefined && spec.type === undefined;
	if (written && input.null) return nothing(null, options.inSize ?? input.size?.[target] ?? 0);
	const declaredSize = options.inSize ?? (written ? input.size?.[target] : undefined);
	const capacity = written ? input.capacity?.[target] : undefined;

	const type = inputType(subject, sizes, target, answers);
	if (!type) {
		// ioctlsocket always reads and writes a u_long.
		if (api === 'ioctlsocket') return nothing(4, 4);
		if (Object.keys(answers).length > 0) {
			return {
				error: unwanted
					? `${subject.name} takes no input.`
					: `The layout of the input of ${subject.name} is not known.`,
			};
		}
		const size = declaredSize ?? 0;
		if (size > LARGEST) return tooLarge('input', size);
		const real = Math.min(capacity ?? size, LARGEST);
		return written || size > 0 ? nothing(real, size) : nothing(null, 0);
	}

	const suggested = entry?.live?.input ?? {};
	const fits = (values: FieldInputs): FieldInputs =>
		Object.fromEntries(Object.entries(values).filter(([p, v]) => encode(type, { [p]: v }, target, true).ok));
	const seen = fits(input?.initial ?? {});
	const base = encode(type, { ...fits(suggested), ...seen }, target, true);
	const given = encode(type, answers, target);
	if (!given.ok) return { error: problemsText(given.problems), problems: given.problems };
	const encoded = encode(type, { ...fits(suggested), ...seen, ...answers }, target, true);
	if (!base.ok || !encoded.ok) return { error: 'The input could not be laid out.' };

	const declared = declaredSize ?? encoded.bytes.length;
	if (declared > LARGEST) return tooLarge('input', declared);
	let bytes = encoded.bytes;
	if (capacity !== undefined && capacity > bytes.length && capacity <= LARGEST) bytes = grown(bytes, capacity);
	// A size beyond the object makes the call read on behind it; the runner owns a little memory there.
	if (declared > bytes.length + 60_000) bytes = grown(bytes, declared);
	const known = [...Object.keys(seen), ...Object.keys(answers)];
	const values: FieldInputs = { ...suggested, ...seen, ...answers };
	const whole = Number(values[''] ?? 0);
	return {
		buffer: { type, typeText: typeText(type), size: bytes.length, declared },
		bytes: toBase64(bytes),
		pointers: encoded.pointers,
		questions: questionsFor(type, target, base.bytes, known, entry),
		version: Number.isInteger(whole) ? whole : undefined,
		value: (path) => {
			const value = values[path];
			return typeof value === 'number' || typeof value === 'string'
				? numeric(value)
				: typeof value === 'bigint'
					? Number(value)
					: typeof value === 'boolean'
						? Number(value)
						: undefined;
		},
	};
}

/** Command lines and forms give numbers as text. */
function numeric(value: number | string): number | string {
	if (typeof value === 'number') return value;
	if (value === 'TRUE' || value === 'true') return 1;
	if (value === 'FALSE' || value === 'false') return 0;
	return /^\s*-?(?:0x[\da-f]+|\d+)\s*$/i.test(value) ? Number(value) : value;
}

function grown(bytes: Uint8Array, size: number): Uint8Array {
	const larger = new Uint8Array(size);
	larger.set(bytes);
	return larger;
}

const problemsText = (problems: readonly FieldProblem[]): string =>
	problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' ');

/** The source's own type as written, else the catalog's; an IPv6 destination needs the longer address structure. */
function inputType(subject: Subject, sizes: Sizes, target: Target, answers: FieldInputs): CType | undefined {
	const { entry, input, api } = subject;
	const known = (type: CType | undefined): CType | undefined =>
		type && sizeOn(type, target) !== undefined ? type : undefined;
	const own = known(input?.type);
	const named = entry?.input.type === undefined ? undefined : known(typeNamed(entry.input.type));
	if (api === 'ioctlsocket') return known(typeNamed('u_long'));
	// A plain number in the source may have names in the catalog, and bytes are a structure in disguise.
	const plain = own?.kind === 'array' || own?.kind === 'scalar' || own?.kind === 'enum';
	const alike = plain && named && (own.kind === 'array' || sizeOn(own, target) === sizeOn(named, target));
	if (sizes === 'written' && own && !alike) return own;
	if (!named) return entry ? undefined : own;
	const accepted = own?.kind === 'record' && entry!.input.accepts?.includes(own.name);
	if (accepted) return own;
	const family = String(answers.sin6_family ?? input?.initial.sin6_family ?? '');
	return entry!.input.type === 'SOCKADDR' && family !== '' ? typeNamed('SOCKADDR_IN6') : named;
}

function prepareOutput(
	subject: Subject,
	options: RunOptions,
	target: Target,
	version: number | undefined,
	notes: string[],
): PreparedRun['output'] | Refused {
	const { entry, output, api } = subject;
	const live = entry?.live;
	const spec: BufferSpec = entry?.output ?? {};
	const byVersion = version === undefined ? undefined : live?.outputByVersion?.[version];
	const name = byVersion ?? spec.type;
	const named = name === undefined ? undefined : typeNamed(name);
	const own = output?.type;
	// The source's type decides where the catalog allows several (function pointers, address structures).
	const type = own && spec.accepts?.includes(typeText(own)) && !byVersion ? own : (named ?? (entry ? undefined : own));
	const described = {
		...(type ? { type, typeText: typeText(type) } : {}),
		...(live?.outputList ? { list: true } : {}),
	};
	if (api === 'ioctlsocket') return { ...described, size: null, declared: 0 };
	if (options.sizes === 'written' && output) {
		if (output.null) return { ...described, size: null, declared: options.outSize ?? output.size?.[target] ?? 0 };
		const declared = options.outSize ?? output.size?.[target];
		if (declared !== undefined) {
			if (declared > LARGEST) return tooLarge('output', declared);
			const capacity = output.capacity?.[target] ?? declared;
			// The runner keeps guard bytes behind what the object really has, and notices when the call writes there.
			return { ...described, size: Math.max(Math.min(capacity, LARGEST), declared - 60_000, 0), declared };
		}
		notes.push('The output size is not known from the source; one that surely does is used.');
	}
	const size = options.outSize ?? correctOutput(subject, byVersion, target);
	if (size > LARGEST) return tooLarge('output', size);
	return { ...described, size: size === 0 && options.outSize === undefined ? null : size, declared: size };
}

/** A size that surely does, by the catalog. */
function correctOutput({ entry, code }: Subject, byVersion: string | undefined, target: Target): number {
	if (!entry) return splitOpcode(code).out ? ROOM : 0;
	const { output, live } = entry;
	if (byVersion !== undefined) return sizeOn(typeNamed(byVersion), target) ?? ROOM;
	if (live?.outputSize !== undefined) return live.outputSize;
	if (output.use === 'must-be-empty' || output.use === 'unused') return 0;
	const minimum = minimumSize(output)?.[target];
	if (output.variable !== undefined) return Math.max(ROOM, minimum ?? 0);
	return minimum ?? 0;
}

/** The subject of a name that a plan was made for; its entry may be gone in a later version. */
export const entryOf = (name: string): ControlCode | undefined => codeByName(name)?.code;

/** Why the runner would refuse a plan, which is better known before it is started. */
export function planProblem(plan: PlanInput): string | undefined {
	const check = checkPlan(plan);
	if (check.ok) return undefined;
	const { path, message } = check.problem;
	return path === '' ? message : `${path}: ${message}`;
}
