/** From what is to be run to a plan for the runner, with the questions that are still open. */
import * as l10n from '@vscode/l10n';
import { type BackendName, checkPlan, type PlanInput, problemText } from '../../../native/src/plan.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { BufferSpec, Risk } from '../catalog/model.ts';
import type { CType, Target } from '../types/ctype.ts';
import { typeText } from '../types/layout.ts';
import { minimumSize } from '../types/requirements.ts';
import { BACKENDS } from './backends/all.ts';
import type { InputReady } from './backends/backend.ts';
import type { PosixSystem } from './backends/posix.ts';
import { toBase64 } from './buffers/bytes.ts';
import { decode } from './buffers/decode.ts';
import { encode, type FieldInputs, type FieldProblem } from './buffers/encode.ts';
import { Shapes, typeNamed } from './buffers/shape.ts';
import { type Question, questionsFor } from './questions.ts';
import { type Refused, type Subject, wrongHandle } from './subject.ts';

/** `written`: both sizes as the source has them. `correct`: as the catalog asks. */
export type Sizes = 'written' | 'correct';

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
	/** What findings say will become of the call on Windows. */
	readonly predicted?: readonly string[];
	readonly input: PreparedBuffer & { readonly bytes: string | null };
	readonly output: PreparedBuffer & { readonly list?: boolean };
	/** Of the posix backend: which call of libc it is. */
	readonly posix?: { readonly call: string; readonly difference?: string };
	readonly plan: PlanInput;
}

/** What came of preparing a run. */
export type Prepared = PreparedRun | Refused;

/** A run's own memory for an answer of unknown length. */
const ROOM = 4096;
const LARGEST = 512 * 1024;
/** Memory behind a buffer that the runner guards: a size that goes on no further is told of a shorter buffer. */
const BEHIND = 60_000;
const DEFAULT_TIMEOUT = 10_000;

/** Does a run reach beyond its own socket, or is that not known? The user has to agree to it then. */
export const needsConsent = (risk: Risk | 'unknown'): boolean => risk !== 'none' && risk !== 'changes-socket';

/** Builds the plan, with defaults where nothing else is known. */
export function prepare(subject: Subject, options: RunOptions, catalog: Catalog): Prepared {
	const { entry } = subject;
	const target = options.target ?? 'x64';
	const shapes = new Shapes(catalog, target);
	const system = options.system ?? 'Linux';
	if (entry?.wskOnly)
		return { error: l10n.t('{0} is known to WskControlSocket only, which belongs to the kernel.', subject.name) };
	const handle = entry && (entry.handle ?? catalog.family(entry.opcode).handle);
	if (handle !== undefined && handle !== 'socket') return { error: wrongHandle(subject.name, handle) };
	const live = entry?.live;
	const risk = live?.risk ?? 'unknown';
	const notes: string[] = [];
	const api = subject.api === 'ioctlsocket' ? 'ioctlsocket' : 'WSAIoctl';
	if (subject.api === 'WSPIoctl')
		notes.push(l10n.t('WSPIoctl is what a provider offers; WSAIoctl, which leads to it, is run.'));

	const input = prepareInput(subject, options, shapes);
	if ('error' in input) return input;
	const output = prepareOutput(subject, options, shapes, input.version, notes);
	if ('error' in output) return output;
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
		confirm: needsConsent(risk),
		questions: input.questions,
	} as const;

	return BACKENDS[options.backend].prepare({ subject, options, base, input, output, notes, timeoutMs });
}

function unknownEffect({ name, entry }: Subject): string {
	if (entry?.isOwn) return l10n.t('{0} is a code of the configuration, which does not say what it changes.', name);
	return entry
		? l10n.t('What {0} needs besides a socket is more than a runner can make, so what it does here is not known.', name)
		: l10n.t('{0} is not in the catalog, so nobody can say what it does.', name);
}

// ---- buffers ----

const nothing = (size: number | null, declared: number): InputReady => ({
	buffer: { size, declared },
	bytes: size === null ? null : toBase64(new Uint8Array(size)),
	pointers: [],
	questions: [],
	version: undefined,
	value: () => undefined,
	madeUp: [],
});

const tooLarge = (side: 'input' | 'output', bytes: number): Refused => ({
	error:
		side === 'input'
			? l10n.t('The input size of {0} bytes is beyond what a run takes ({1} bytes).', bytes, LARGEST)
			: l10n.t('The output size of {0} bytes is beyond what a run takes ({1} bytes).', bytes, LARGEST),
});

function prepareInput(subject: Subject, options: RunOptions, shapes: Shapes): InputReady | Refused {
	const { entry, input } = subject;
	const { sizes, answers = {} } = options;
	const { target } = shapes;
	const written = sizes === 'written' && input !== undefined;
	if (written && input.null) return nothing(null, options.inSize ?? input.size?.[target] ?? 0);
	const declaredSize = options.inSize ?? (written ? input.size?.[target] : undefined);
	const capacity = written ? input.capacity?.[target] : undefined;

	const type = inputType(subject, sizes, shapes, answers);
	if (!type) {
		if (Object.keys(answers).length > 0) {
			return {
				error:
					entry && entry.input.type === undefined
						? l10n.t('{0} takes no input.', subject.name)
						: l10n.t('The layout of the input of {0} is not known.', subject.name),
			};
		}
		const size = declaredSize ?? 0;
		if (size > LARGEST) return tooLarge('input', size);
		const real = Math.min(capacity ?? size, LARGEST);
		return written || size > 0 ? nothing(real, size) : nothing(null, 0);
	}

	const suggested = entry?.live?.input ?? {};
	const fits = (values: FieldInputs): FieldInputs =>
		Object.fromEntries(Object.entries(values).filter(([p, v]) => encode(type, { [p]: v }, shapes, true).ok));
	// Of a structure the whole would be read as the text of its bytes.
	const isRecord = shapes.of(type)?.kind === 'record';
	const ofSource = Object.entries(input?.initial ?? {}).filter(
		([path, value]) => !(isRecord && path === '' && typeof value === 'number'),
	);
	const seen = fits(Object.fromEntries(ofSource));
	const given = encode(type, answers, shapes);
	if (!given.ok) return { error: problemsText(given.problems), problems: given.problems };
	const encoded = encode(type, { ...fits(suggested), ...seen, ...answers }, shapes, true);
	if (!encoded.ok) return { error: problemsText(encoded.problems) };

	const declared = declaredSize ?? encoded.bytes.length;
	if (declared > LARGEST) return tooLarge('input', declared);
	let bytes = encoded.bytes;
	if (capacity !== undefined && capacity <= LARGEST) bytes = grown(bytes, capacity);
	// A size beyond the object makes the call read on behind it; the runner owns a little memory there.
	if (declared > bytes.length + BEHIND) bytes = grown(bytes, declared);
	const known = [...Object.keys(seen), ...Object.keys(answers)];
	const values = new Map(decode(type, encoded.bytes, shapes).rows.map(({ path, value }) => [path, value]));
	const whole = values.get('');
	return {
		buffer: { type, typeText: typeText(type), size: bytes.length, declared },
		bytes: toBase64(bytes),
		pointers: encoded.pointers,
		questions: questionsFor(type, shapes, encoded.bytes, known, entry),
		version: typeof whole === 'number' ? whole : undefined,
		madeUp: Object.keys(suggested).filter((path) => !values.has(path)),
		value: (path) => {
			const value = values.has(path) ? values.get(path) : suggested[path];
			return typeof value === 'number' || typeof value === 'string' ? value : undefined;
		},
	};
}

/** The same with zeros behind it, where it is shorter than that. */
function grown(bytes: Uint8Array, size: number): Uint8Array {
	const larger = new Uint8Array(Math.max(size, bytes.length));
	larger.set(bytes);
	return larger;
}

const problemsText = (problems: readonly FieldProblem[]): string =>
	problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' ');

/** The source's own type as written, else the catalog's; an IPv6 destination needs the longer address structure. */
function inputType(
	{ entry, input, api }: Subject,
	sizes: Sizes,
	shapes: Shapes,
	answers: FieldInputs,
): CType | undefined {
	// It reads and writes one, whatever the code.
	if (api === 'ioctlsocket') return typeNamed('u_long');
	const known = (type: CType | undefined): CType | undefined =>
		type && shapes.size(type) !== undefined ? type : undefined;
	const own = known(input?.type);
	if (!entry) return own;
	const { type, accepts } = entry.input;
	if (type === undefined) return sizes === 'written' ? own : undefined;
	const named = known(typeNamed(type));
	if (!named) return own;
	if (own) {
		// A plain number in the source may have names in the catalog, and bytes are a structure in disguise.
		const isPlain = own.kind === 'scalar' || own.kind === 'enum';
		const isAlike = own.kind === 'array' || (isPlain && shapes.size(own) === shapes.size(named));
		if (sizes === 'written' && !isAlike) return own;
		if (own.kind === 'record' && accepts?.includes(own.name)) return own;
	}
	const family = answers.sin6_family ?? input?.initial.sin6_family;
	return type === 'SOCKADDR' && family !== undefined ? typeNamed('SOCKADDR_IN6') : named;
}

function prepareOutput(
	subject: Subject,
	options: RunOptions,
	shapes: Shapes,
	version: number | undefined,
	notes: string[],
): PreparedRun['output'] | Refused {
	const { entry, output, api } = subject;
	const { target } = shapes;
	const live = entry?.live;
	const spec: BufferSpec = entry?.output ?? {};
	const byVersion = version === undefined ? undefined : live?.outputByVersion?.[version];
	const name = byVersion ?? spec.type;
	const named = name === undefined ? undefined : typeNamed(name);
	const own = output?.type;
	// The source's type decides where the catalog allows several (function pointers, address structures).
	const isAccepted = own !== undefined && !byVersion && spec.accepts?.includes(typeText(own)) === true;
	// What only a header of the source knows is laid out as the source has it.
	const isElsewhere = named !== undefined && shapes.size(named) === undefined && own && shapes.size(own) !== undefined;
	const type = isAccepted || isElsewhere ? own : (named ?? (entry ? undefined : own));
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
			return { ...described, size: Math.max(Math.min(capacity, LARGEST), declared - BEHIND, 0), declared };
		}
		notes.push(l10n.t('The output size is not known from the source; one that surely does is used.'));
	}
	const size = options.outSize ?? correctOutput(subject, byVersion, shapes);
	if (size > LARGEST) return tooLarge('output', size);
	return { ...described, size: size === 0 && options.outSize === undefined ? null : size, declared: size };
}

/** A size that surely does, by the catalog. */
function correctOutput({ entry, code }: Subject, byVersion: string | undefined, shapes: Shapes): number {
	const { catalog, target } = shapes;
	if (!entry) return catalog.familiesOf(code).some((family) => family.split(code).out) ? ROOM : 0;
	const { output, live } = entry;
	if (byVersion !== undefined) return shapes.size(typeNamed(byVersion)) ?? ROOM;
	if (live?.outputSize !== undefined) return live.outputSize;
	if (output.use === 'must-be-empty' || output.use === 'unused') return 0;
	const minimum = minimumSize(output, catalog)?.[target];
	if (output.variable !== undefined) return Math.max(ROOM, minimum ?? 0);
	return minimum ?? 0;
}

/** Why the runner would refuse a plan, which is better known before it is started. */
export function planProblem(plan: PlanInput): string | undefined {
	const check = checkPlan(plan);
	return check.ok ? undefined : problemText(check.problem);
}
