/** From a call as its language reads it to what the rules judge: every argument in its role, with the catalog's entry. */
import type { Api } from '../catalog/api.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { BufferSpec, ControlCode } from '../catalog/model.ts';
import type { Span } from '../syntax/span.ts';
import { same, TARGETS } from '../types/ctype.ts';
import { minimumSize } from '../types/requirements.ts';
import type { BufferArgument, CodeArgument, IoctlCall, Quantity, SizeArgument, WskRequest } from './model.ts';
import type { CallSite, Slot } from './site.ts';

/** What an argument cannot be asked without failing is unknown; the engine's own failures are no argument's. */
export type Ask = <T>(question: () => T, unknown: T) => T;

/**
 * @param catalog the one that the site was found with.
 * @param ask puts each question to an argument.
 */
export function assemble(site: CallSite, catalog: Catalog, ask: Ask): IoctlCall {
	const api = catalog.functionById(site.api);
	if (!api) throw new Error(`The catalog has no function ${site.api}.`);
	const { roles } = api;
	const at = (position: number | undefined): Slot | undefined =>
		position === undefined ? undefined : site.args[position];
	const pointer = (position: number | undefined) => {
		const slot = at(position);
		return slot && ask(() => slot.pointer(), { ...placeOf(slot), nullness: 'unknown' });
	};
	const requestType = at(roles.requestType);
	const request = requestType && ask(() => requestOf(requestType), undefined);
	const input = at(roles.input);
	const socket = at(roles.socket);
	const origin = socket && ask(() => socket.origin(), undefined);
	const output = bufferOf(api, at(roles.output), at(roles.outputSize), ask);
	const found = withEntry(codeOf(at(roles.code), site, ask), api, { family: origin?.family, output }, catalog);
	const code = withHeaderSizes(found, site, catalog, ask);
	return compact({
		start: site.start,
		end: site.end,
		api: api.id,
		kind: kindOf(requestType, request),
		request,
		requestArgument: requestType && spanOf(requestType),
		callee: site.callee,
		calleeSpan: site.calleeSpan,
		code,
		through: site.through,
		isHandedOn: site.isHandedOn,
		isConfigured: site.isConfigured,
		input: withInitial(bufferOf(api, at(roles.input), at(roles.inputSize), ask), input, ask),
		output: withUnwritten(output, at(roles.output), ask),
		bytesReturned: pointer(roles.bytesReturned),
		overlapped: pointer(roles.overlapped),
		completion: pointer(roles.completion),
		irp: pointer(roles.irp),
		socket: origin,
		// Every earlier use of the socket is looked at for it.
		selectedBy: socket && dependsOnEvents(code) ? ask(() => socket.selectedBy(), undefined) : undefined,
		guid: input && ask(() => input.guid(), undefined),
		guidAt: input && ask(() => input.guidAt(), undefined),
		enclosing: site.enclosing,
		resultUsed: site.resultUsed,
		resultTests: site.resultTests,
		waits: site.waits,
		expects: site.expects,
		nonBlocking: site.nonBlocking,
		targets: site.targets,
	});
}

/** The code fails while events of the socket are selected. */
const dependsOnEvents = ({ entry }: CodeArgument): boolean =>
	entry?.errors?.some(({ on }) => typeof on === 'object' && on.whileSelected !== undefined) ?? false;

const spanOf = ({ start, end }: Span): Span => ({ start, end });
const placeOf = ({ start, end, text }: Slot) => ({ start, end, text });

function bufferOf(api: Api, address: Slot | undefined, size: Slot | undefined, ask: Ask): BufferArgument | undefined {
	if (!address) return undefined;
	const unknown: Quantity = { kind: 'unknown' };
	const given: SizeArgument | undefined = size && ask(() => size.size(), { ...placeOf(size), value: unknown });
	const implied: Quantity =
		api.impliedLength === undefined ? unknown : { kind: 'known', values: [same(api.impliedLength)] };
	return {
		pointer: ask(() => address.pointer(), { ...placeOf(address), nullness: 'unknown' }),
		...(given ? { size: given } : {}),
		length: given ? given.value : implied,
	};
}

/** What the source sets the input to, which a run begins with, and what it leaves as it was. */
function withInitial(buffer: BufferArgument | undefined, slot: Slot | undefined, ask: Ask): BufferArgument | undefined {
	const object = buffer?.pointer.object;
	if (!buffer || !object || !slot) return buffer;
	const initial = ask(() => slot.initial(), []);
	const unwritten = ask(() => slot.unwritten(), []);
	const held = { ...(initial.length > 0 ? { initial } : {}), ...(unwritten.length > 0 ? { unwritten } : {}) };
	return { ...buffer, pointer: { ...buffer.pointer, object: { ...object, ...held } } };
}

/** What the source leaves as it was of a number that is written; of anything larger nobody asks. */
function withUnwritten(
	buffer: BufferArgument | undefined,
	slot: Slot | undefined,
	ask: Ask,
): BufferArgument | undefined {
	const object = buffer?.pointer.object;
	if (!buffer || !slot || object?.type?.kind !== 'scalar') return buffer;
	const unwritten = ask(() => slot.unwritten(), []);
	const held = unwritten.length > 0 ? { unwritten } : {};
	return { ...buffer, pointer: { ...buffer.pointer, object: { ...object, ...held } } };
}

const REQUESTS = ['WskSetOption', 'WskGetOption', 'WskIoctl'] as const;

function kindOf(requestType: Slot | undefined, request: WskRequest | undefined): IoctlCall['kind'] {
	if (!requestType || request === 'WskIoctl') return 'ioctl';
	return request === undefined ? 'unknown' : 'socket-option';
}

function requestOf(slot: Slot): WskRequest | undefined {
	const word = slot.word();
	return typeof word === 'number' ? REQUESTS[word] : REQUESTS.find((request) => request === word);
}

function codeOf(slot: Slot | undefined, site: CallSite, ask: Ask): CodeArgument {
	if (!slot) return { ...spanOf(site.calleeSpan), text: '', values: [] };
	return ask(() => slot.code(), { ...placeOf(slot), values: [] });
}

/** What else of a call tells codes apart that share a value. */
interface Clues {
	readonly family: string | undefined;
	readonly output: BufferArgument | undefined;
}

/** The code with its entry, where its value leads to one of the codes that the function takes. */
function withEntry(code: CodeArgument, { family }: Api, clues: Clues, catalog: Catalog): CodeArgument {
	const [value] = code.values.length === 1 ? code.values : [];
	if (value === undefined) return code;
	const entries = catalog.codes(value, family);
	// A name decides between codes that share a value, as long as it has the value that the headers give it.
	const named = code.name === undefined ? undefined : catalog.code(code.name)?.code;
	const entry =
		named && entries.includes(named) ? named : entries.length > 1 ? meant(entries, clues, catalog) : entries[0];
	return entry ? { ...code, entry } : code;
}

/** The one of several codes that the socket's address family allows, else the one whose output has room. */
function meant(entries: readonly ControlCode[], { family, output }: Clues, catalog: Catalog): ControlCode | undefined {
	const only = (of: readonly ControlCode[]): ControlCode | undefined => (of.length === 1 ? of[0] : undefined);
	if (family !== undefined) {
		const made = only(entries.filter(({ socket }) => socket?.families?.some((name) => name === family)));
		// On a socket of another family a code fails that says so; one that does not is not meant.
		return made ?? only(entries.filter(({ socket }) => !socket?.families || socket.otherwise !== undefined));
	}
	const { length } = output ?? {};
	if (length?.kind !== 'known') return undefined;
	return only(
		entries.filter((entry) => {
			const needed = minimumSize(entry.output, catalog);
			return needed !== undefined && length.values.every((given) => TARGETS.every((t) => given[t] >= needed[t]));
		}),
	);
}

/** What an entry leaves to a header to say, as the headers of the call's file say it. */
function withHeaderSizes(code: CodeArgument, site: CallSite, catalog: Catalog, ask: Ask): CodeArgument {
	const { entry } = code;
	if (!entry || !site.sizeOf) return code;
	const sized = (spec: BufferSpec): BufferSpec => {
		const type = spec.type === undefined || spec.minimum ? undefined : catalog.type(spec.type);
		if (type === undefined || !('fromHeader' in type)) return spec;
		const minimum = ask(() => site.sizeOf?.(type.name), undefined);
		return minimum ? { ...spec, minimum } : spec;
	};
	const [input, output] = [sized(entry.input), sized(entry.output)];
	if (input === entry.input && output === entry.output) return code;
	return { ...code, entry: sizedEntry(entry, input, output) };
}

/** Entries by what headers say of them: whoever keeps something for an entry finds it again. */
const sizedEntries = new WeakMap<ControlCode, Map<string, ControlCode>>();

function sizedEntry(entry: ControlCode, input: BufferSpec, output: BufferSpec): ControlCode {
	const known = sizedEntries.get(entry) ?? new Map<string, ControlCode>();
	sizedEntries.set(entry, known);
	const key = JSON.stringify([input.minimum, output.minimum]);
	const made = known.get(key) ?? { ...entry, input, output };
	known.set(key, made);
	return made;
}

/**
 * The properties that are not undefined, so that "absent" has one form. They are put into a new object: engines keep one
 * that something was deleted from as a table, which takes several times the room.
 */
function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
	const made: Partial<T> = {};
	for (const key of Object.keys(value) as (keyof T)[]) if (value[key] !== undefined) made[key] = value[key];
	return made as T;
}
