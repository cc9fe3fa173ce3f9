/** The calls of the workspace in groups. */
import type { CallState, FileCalls, WorkspaceCall } from '../../../server/src/lsp/protocol.ts';

/** What calls are grouped by. */
export const GROUPINGS = ['file', 'code', 'state'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A call, and the file that it stands in. */
export interface ListedCall {
	readonly kind: 'call';
	readonly uri: string;
	readonly call: WorkspaceCall;
}

/** Calls that have their file, their code or their state in common. */
export interface CallGroup {
	readonly kind: 'group';
	readonly by: Grouping;
	/** The file's URI, the code, or the state. */
	readonly key: string;
	calls: readonly ListedCall[];
}

const STATES: readonly CallState[] = ['wrong', 'unresolved', 'fine'];

/** The calls by file, and the groups that they are shown in. */
export class CallTree {
	readonly #files = new Map<string, readonly ListedCall[]>();
	#groups = new Map<string, CallGroup>();
	#grouping: Grouping;

	constructor(grouping: Grouping) {
		this.#grouping = grouping;
	}

	get grouping(): Grouping {
		return this.#grouping;
	}

	set grouping(grouping: Grouping) {
		this.#grouping = grouping;
		this.#groups.clear();
	}

	/** All calls, file by file. */
	get calls(): readonly ListedCall[] {
		return [...this.#files.values()].flat();
	}

	/**
	 * Takes the calls of a file, be it none any more.
	 * @returns the group that shows nothing but them, when it is still the same one; undefined when groups may be others.
	 */
	set({ uri, calls }: FileCalls): CallGroup | undefined {
		const listed = calls.map((call): ListedCall => ({ kind: 'call', uri, call }));
		if (listed.length > 0) this.#files.set(uri, listed);
		else this.#files.delete(uri);
		const group = this.#grouping === 'file' ? this.#groups.get(uri) : undefined;
		if (!group || listed.length === 0) return undefined;
		group.calls = listed;
		return group;
	}

	/** Keeps the files that `is` says. */
	retain(is: (uri: string) => boolean): void {
		for (const uri of [...this.#files.keys()]) if (!is(uri)) this.#files.delete(uri);
	}

	clear(): void {
		this.#files.clear();
		this.#groups.clear();
	}

	/** The groups in the order in which they are shown. */
	groups(): readonly CallGroup[] {
		const by = this.#grouping;
		const keyOf = ({ uri, call }: ListedCall) => ({ file: uri, code: call.code, state: call.state })[by];
		const found = new Map<string, ListedCall[]>();
		for (const listed of this.calls.toSorted(byPlace)) {
			const key = keyOf(listed);
			const others = found.get(key);
			if (others) others.push(listed);
			else found.set(key, [listed]);
		}
		this.#groups = new Map([...found].map(([key, calls]) => [key, { kind: 'group', by, key, calls }]));
		return [...this.#groups.values()].sort(by === 'state' ? byState : byKey);
	}
}

const compare = (one: string | number, other: string | number): number => {
	if (one === other) return 0;
	return one < other ? -1 : 1;
};

const byPlace = (one: ListedCall, other: ListedCall): number =>
	compare(one.uri, other.uri) || compare(one.call.range.start.line, other.call.range.start.line);

const byState = (one: CallGroup, other: CallGroup): number =>
	STATES.indexOf(one.key as CallState) - STATES.indexOf(other.key as CallState);

/** What has no name comes last. */
const byKey = (one: CallGroup, other: CallGroup): number =>
	compare(Number(one.key === '?'), Number(other.key === '?')) || compare(one.key, other.key);
