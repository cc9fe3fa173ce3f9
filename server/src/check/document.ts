/** A text with what was found in each of its parts; an edit asks again what it touches. */

import { type Ask, assemble } from '../calls/assemble.ts';
import type { IoctlBinding } from '../calls/bindings.ts';
import type { IoctlCall } from '../calls/model.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { OwnFunctions } from '../catalog/ownFunctions.ts';
import type { Include, Included, Language, Part, SourceFile } from '../languages/language.ts';
import type { Finding } from '../rules/rule.ts';
import { byPosition } from '../syntax/search.ts';
import type { Headers, OpenEnv } from './headers.ts';
import { type Judging, judge, judgeBindings } from './judge.ts';
import type { CheckOptions } from './options.ts';
import { type Move, movedBinding, movedCall, movedFinding } from './shift.ts';

/** What one part gave, with spans from its own start, and once more where the part stands now. */
interface Found {
	readonly calls: readonly IoctlCall[];
	readonly bindings: readonly IoctlBinding[];
	judged: {
		readonly options: CheckOptions;
		/** What the text itself asks for, as written, since messages quote it. */
		readonly version: string | undefined;
		readonly findings: readonly Finding[];
	};
	placed: Placed;
}

/** What one part gave, where that stands in the text. */
export interface Placed {
	readonly stands: unknown;
	readonly calls: readonly IoctlCall[];
	readonly hasCalls: boolean;
	readonly bindings: readonly IoctlBinding[];
	readonly findings: readonly Finding[];
}

/** What texts are read with, and the headers that were read alike. */
export interface Reading {
	readonly catalog: Catalog;
	/** Functions of the user's own. */
	readonly own: OwnFunctions;
	readonly env: OpenEnv;
	readonly headers: Headers;
}

/** One document under its language. */
export class CheckedFile {
	readonly language: Language;
	readonly reading: Reading;
	readonly file: SourceFile;
	/** What it was opened with, to see when that is another one. */
	epoch = -1;
	given = '';
	places = '';
	includes: readonly Include[] = [];
	included: readonly Included[];
	/** Options for the targets of this file, kept while the asked ones and the target stay. */
	judging:
		| { readonly asked: CheckOptions; readonly target: string | undefined; readonly options: CheckOptions }
		| undefined;
	readonly #found = new WeakMap<Part, Found>();

	constructor(language: Language, reading: Reading, file: SourceFile, included: readonly Included[]) {
		this.language = language;
		this.reading = reading;
		this.file = file;
		this.included = included;
	}

	/** What was found in a part before, where it stands now; undefined where the part is to be asked or judged. */
	known(part: Part, options: CheckOptions): Placed | undefined {
		const found = this.#found.get(part);
		if (found?.judged.options !== options || found.judged.version !== this.file.version?.text) return undefined;
		if (found.placed.stands !== part.stands) found.placed = place(found, part);
		return found.placed;
	}

	/** What the rules are told of a part. */
	#around(part: Part, options: CheckOptions, onProblem: Judging['onProblem']): Judging {
		return {
			options,
			wording: this.language.wording,
			catalog: this.reading.catalog,
			fileMinWindows: this.file.version,
			onProblem,
			surroundings: (call) => part.surroundings(call),
		};
	}

	/**
	 * The same as `asking` of a part that is never asked again: each call is told when it is read, and of those that
	 * nothing is found in nothing is kept.
	 */
	*askingOnce(
		part: Part,
		options: CheckOptions,
		ask: Ask,
		onProblem: Judging['onProblem'],
		onCall: (call: IoctlCall) => void,
	): Generator<undefined, Placed, undefined> {
		const around = this.#around(part, options, onProblem);
		const { stands } = part;
		const to: Move = (offset) => part.place(offset);
		const movedTo = (call: IoctlCall): IoctlCall => (stands === 0 ? call : movedCall(call, to));
		const judged: { readonly start: number; readonly findings: readonly Finding[] }[] = [];
		let hasCalls = false;
		for (const site of part.sites()) {
			const call = assemble(site, around.catalog, ask);
			const findings = judge([call], around);
			const placed = movedTo(call);
			onCall(placed);
			hasCalls = true;
			if (findings.length > 0)
				judged.push({
					start: call.start,
					findings: stands === 0 ? findings : findings.map((f) => movedFinding(f, to, f.call && placed)),
				});
			yield;
		}
		const read = part.bindings();
		const of = judgeBindings(read, around);
		const findings = [
			...byPosition(judged).flatMap((one) => one.findings),
			...(stands === 0 ? of : of.map((f) => movedFinding(f, to, undefined))),
		];
		const bindings = stands === 0 ? read : read.map((binding) => movedBinding(binding, to));
		return { stands, calls: [], hasCalls, bindings, findings };
	}

	/** Calls, declarations and findings of a part, where they stand in the text; a step for each call that is read. */
	*asking(
		part: Part,
		options: CheckOptions,
		ask: Ask,
		onProblem: Judging['onProblem'],
	): Generator<undefined, Placed, undefined> {
		const around = this.#around(part, options, onProblem);
		const version = around.fileMinWindows?.text;
		let found = this.#found.get(part);
		if (!found) {
			found = yield* read(part, around, ask);
			this.#found.set(part, found);
		}
		const { judged } = found;
		if (judged.options !== options || judged.version !== version)
			found.judged = { options, version, findings: judgeAll(found.calls, found.bindings, around) };
		found.placed = place(found, part);
		return found.placed;
	}
}

function* read(part: Part, around: Judging, ask: Ask): Generator<undefined, Found, undefined> {
	const calls: IoctlCall[] = [];
	for (const site of part.sites()) {
		calls.push(assemble(site, around.catalog, ask));
		yield;
	}
	byPosition(calls);
	const bindings = part.bindings();
	const findings = judgeAll(calls, bindings, around);
	const judged = { options: around.options, version: around.fileMinWindows?.text, findings };
	return { calls, bindings, judged, placed: { stands: NOWHERE, calls, hasCalls: false, bindings, findings } };
}

const NONE: readonly Finding[] = [];

function judgeAll(calls: readonly IoctlCall[], bindings: readonly IoctlBinding[], around: Judging): readonly Finding[] {
	if (calls.length === 0 && bindings.length === 0) return NONE;
	return [...judge(calls, around), ...judgeBindings(bindings, around)];
}

/** What was found has not been placed yet. */
const NOWHERE = Symbol('nowhere');

function place({ calls, bindings, judged }: Found, part: Part): Placed {
	const { stands } = part;
	const hasCalls = calls.length > 0;
	if (stands === 0 || (!hasCalls && bindings.length === 0))
		return { stands, calls, hasCalls, bindings, findings: judged.findings };
	const to: Move = (offset) => part.place(offset);
	// Most calls have nothing to show, and are asked for by a lens or a hover at most.
	const shown = new Map<IoctlCall, IoctlCall>();
	for (const { call } of judged.findings) if (call && !shown.has(call)) shown.set(call, movedCall(call, to));
	return {
		stands,
		get calls() {
			return calls.map((call) => shown.get(call) ?? movedCall(call, to));
		},
		hasCalls,
		bindings: bindings.map((binding) => movedBinding(binding, to)),
		findings: judged.findings.map((f) => movedFinding(f, to, f.call && shown.get(f.call))),
	};
}
