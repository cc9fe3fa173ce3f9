/** What is to be run: from a call in the source, or from a code's name. */
import * as l10n from '@vscode/l10n';
import type { BufferArgument, IoctlCall, Quantity, SocketOrigin } from '../calls/model.ts';
import type { ApiId } from '../catalog/api.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { HandleKind } from '../catalog/family.ts';
import type { AddressFamily, BufferSpec, ControlCode, LiveSocket, SocketType } from '../catalog/model.ts';
import { ADDRESS_FAMILIES, PROTOCOLS } from '../catalog/names.ts';
import { hex } from '../catalog/opcode.ts';
import { resolveQuery } from '../reference/query.ts';
import type { CType, PerTarget, Target } from '../types/ctype.ts';
import { minimumSize } from '../types/requirements.ts';
import type { FieldInput, FieldInputs, FieldProblem } from './buffers/encode.ts';

/** Socket types, in the words of a plan. */
export const SOCKET_KINDS = {
	SOCK_STREAM: 'stream',
	SOCK_DGRAM: 'datagram',
	SOCK_RAW: 'raw',
	SOCK_RDM: 'rdm',
	SOCK_SEQPACKET: 'seqpacket',
} as const;

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

/** Why a run cannot be made. */
export type Refused = { readonly error: string; readonly problems?: readonly FieldProblem[] };

/** What a query on a command line asks to run; an error says what was expected. */
export function subjectOf(query: string, catalog: Catalog): Subject | Refused {
	const found = resolveQuery(query, catalog);
	if (found.kind === 'error') return { error: found.error };
	if (found.kind === 'code') return ofCode(found.code);
	if (found.kind !== 'number')
		return { error: l10n.t('{0} is no control code, so there is nothing to run.', query.trim()) };
	const entries = catalog.codes(found.value);
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

/** Why something that is sent to no socket cannot be run. */
export const wrongHandle = (name: string, handle: HandleKind): string =>
	l10n.t('{0} takes {1}; a runner has sockets only.', name, HANDLES[handle]());

const HANDLES: Readonly<Record<HandleKind, () => string>> = {
	socket: () => l10n.t('a socket'),
	lookup: () => l10n.t('a lookup handle'),
	device: () => l10n.t('the handle of a device'),
	fd: () => l10n.t('a file descriptor'),
};

/** What a call in the source asks to run; an error says why it cannot be run. */
export function subjectOfCall(call: IoctlCall, catalog: Catalog): Subject | Refused {
	if (call.api === 'WskControlSocket') {
		return { error: l10n.t('WskControlSocket belongs to the kernel; a runner in user mode cannot make this call.') };
	}
	const api = catalog.functionById(call.api);
	const handle = api && (api.handle ?? catalog.family(api).handle);
	if (handle !== undefined && handle !== 'socket') return { error: wrongHandle(call.api, handle) };
	const { values, entry } = call.code;
	const [code] = values;
	if (code === undefined)
		return { error: l10n.t('The value of {0} could not be told from the source.', call.code.text) };
	if (values.length > 1) {
		const all = values.map(hex).join(', ');
		return { error: l10n.t('{0} can have {1} values here: {2}.', call.code.text, values.length, all) };
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
	for (const { path, value } of object?.initial ?? []) if (value !== undefined) initial[path] = value;
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
export function hasWrongSizes({ api, entry, ...subject }: Subject, catalog: Catalog, target: Target = 'x64'): boolean {
	if (!entry || api === 'ioctlsocket') return false;
	return (['input', 'output'] as const).some((side) => {
		const spec: BufferSpec = entry[side];
		const declared = subject[side]?.size?.[target];
		if (declared === undefined) return false;
		if (spec.use === 'must-be-empty') return declared > 0;
		// No bytes at all is how to ask for the length of an answer.
		if (spec.variable !== undefined && declared === 0) return false;
		const minimum = minimumSize(spec, catalog)?.[target];
		return spec.use === 'required' && minimum !== undefined && declared < minimum;
	});
}
