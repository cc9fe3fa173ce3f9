/** The one check of a document. The editor and the command line both call it, so they cannot disagree. */
import type { IoctlBinding } from './analysis/bindings.ts';
import { readCalls } from './analysis/calls.ts';
import { TARGETS, type Target } from './analysis/ctype.ts';
import { type FileVersion, fileVersion } from './analysis/fileVersion.ts';
import { Headers, type Project, snippetParser } from './analysis/headers.ts';
import type { IoctlCall } from './analysis/model.ts';
import { type EngineSource, type Node, type TextEdit, Trees } from './analysis/trees.ts';
import { type ApiId, apis } from './apis/index.generated.ts';
import { apiById, apiNames } from './apis/lookup.ts';
import { grammars, languageOf } from './languages/lookup.ts';
import type { Language } from './languages/types.ts';
import { rules } from './rules/index.generated.ts';
import type { Finding, Fix, Severity } from './rules/types.ts';
import { silence } from './suppress.ts';

/** A text to check. */
export interface Source {
	/** Path or URI: its ending decides the language where `languageId` does not. */
	readonly name: string;
	readonly text: string;
	/** LSP language identifier. */
	readonly languageId?: string;
}

export interface CheckOptions {
	/** Targets to judge; default all. */
	readonly targets?: readonly Target[];
	/** Severity by rule id; `off` silences a rule. */
	readonly rules?: Readonly<Record<string, Severity | 'off'>>;
	/** Oldest Windows version to support, as `10.0.17763`. */
	readonly minWindows?: string;
	/** The user's own functions that take the arguments of an entry point: `{ "my_ioctl": "WSAIoctl" }`. */
	readonly functions?: Readonly<Record<string, ApiId>>;
}

/** A document whose tree is kept between checks. */
export interface LiveDocument {
	/** Identity of the document, such as its URI. */
	readonly key: string;
	/** Changes since its last check, in order; empty: unknown, parse afresh. */
	readonly edits: readonly TextEdit[];
}

export interface CheckResult {
	/** By position. */
	readonly calls: readonly IoctlCall[];
	/** Declarations of entry points for a foreign function interface, by position. */
	readonly bindings: readonly IoctlBinding[];
	/** By position; suppressed ones are left out. */
	readonly findings: readonly Finding[];
}

const NOTHING: CheckResult = { calls: [], bindings: [], findings: [] };

/** What most names that the product looks for hold, in any spelling of pointers and wrappers. */
const COMMON_MARK =
	/octl|OVERLAPPED_COMPLETION_ROUTINE|ControlSocket|LP(?:WSPIOCTL|NSPIOCTL|FN_\w{0,40}IOCTL)|PFN_WSK_CONTROL_SOCKET/;
const MARK = new RegExp([COMMON_MARK.source, ...apiNames.filter((name) => !COMMON_MARK.test(name))].join('|'));

/**
 * True when a text can hold a call at all: it has a word that names an entry point. Cheap, and run before anything is
 * parsed: of the sources that mention some `ioctl`, five in six have no call that matters here.
 */
export function mayHoldCalls(text: string, options: CheckOptions = {}, language?: Language): boolean {
	const own = options.functions ?? {};
	if (Object.keys(own).some((name) => text.includes(name))) return true;
	if (language?.marks?.test(text)) return true;
	if (!MARK.test(text)) return false;
	for (const [word] of text.matchAll(/[A-Za-z_]\w*/g))
		if (MARK.test(word) && (/[A-Z]{3}$/.test(word) || apis.some((api) => api.matches(word)))) return true;
	return false;
}

/** Checks texts one at a time; keeps the trees of open documents and of included files between the checks. */
export class Checker {
	readonly #trees: Trees;
	readonly #headers: Headers;
	readonly #project: Project | undefined;
	#generation = 0;
	#queue: Promise<unknown> = Promise.resolve();

	/** `project`: how included files are found; without it each text stands alone. */
	constructor(engine: EngineSource, project?: Project) {
		this.#trees = new Trees(engine, grammars);
		this.#headers = new Headers(this.#trees);
		this.#project = project;
	}

	/** Number of documents whose tree is kept. */
	get documents(): number {
		return this.#trees.alive - this.#headers.size;
	}

	/** An included file or the way to find them has changed: what was read of them is read again when next needed. */
	filesChanged(): Promise<void> {
		return this.#inTurn(async () => this.#headers.clear());
	}

	/**
	 * Finds and judges the calls of one text. Languages that are not known give an empty result.
	 * @param cancelled asked while parsing and between calls; true makes the result undefined.
	 * @throws ParserFailure when the parser could not cope with this text; the next check works again.
	 */
	async check(
		source: Source,
		options: CheckOptions = {},
		document?: LiveDocument,
		cancelled?: () => boolean,
	): Promise<CheckResult | undefined> {
		const language = languageOf(source.name, source.languageId, source.text);
		if (!language || !mayHoldCalls(source.text, options, language)) {
			if (document) this.#trees.forget(document.key);
			return NOTHING;
		}
		return this.#inTurn(async () => {
			if (cancelled?.()) return undefined;
			await this.#trees.ready();
			if (this.#trees.generation !== this.#generation) {
				// The trees of the headers died with the engine they were made by.
				this.#headers.clear();
				this.#generation = this.#trees.generation;
			}
			const included = this.#project
				? await this.#headers.of(source.name, source.text, language, this.#project, () => cancelled?.() ?? false)
				: [];
			if (cancelled?.()) return undefined;
			const parse = snippetParser(this.#trees, language);
			const read = (root: Node) => ({
				calls: readCalls(root, source.text, language, parse, included, options.functions),
				bindings: language.bindings?.(root, source.text, included) ?? [],
			});
			const found = document
				? this.#trees.withDocument(document.key, language.grammar, source.text, document.edits, read, cancelled)
				: this.#trees.withTree(language.grammar, source.text, read, cancelled);
			if (!found || cancelled?.()) return undefined;
			const judging = this.#forTarget(source.name, options);
			const judged = [
				...judge(found.calls, judging, fileVersion(source.text)),
				...judgeBindings(found.bindings, judging),
			].sort((a, b) => a.start - b.start || a.end - b.end);
			return { ...found, findings: silence(source.text, judged, judging) };
		});
	}

	/** A file that is compiled for one target is judged for it alone. */
	#forTarget(name: string, options: CheckOptions): CheckOptions {
		const target = this.#project?.target?.(name);
		const wanted = options.targets ?? TARGETS;
		return target && wanted.length > 1 && wanted.includes(target) ? { ...options, targets: [target] } : options;
	}

	/** Nodes of the headers must not be freed under a check that waits: one at a time. */
	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#queue.then(work);
		this.#queue = result.catch(() => undefined);
		return result;
	}

	/** Frees what is kept for a document. */
	forget(key: string): void {
		this.#trees.forget(key);
	}

	dispose(): void {
		this.#trees.dispose();
	}
}

/** Runs the rules over calls. Of findings on one place of one call only the one that names the cause is kept. */
export function judge(
	calls: readonly IoctlCall[],
	options: CheckOptions,
	fileMinWindows: FileVersion | undefined = undefined,
): Finding[] {
	const findings: Finding[] = [];
	for (const call of calls) {
		const context = {
			api: apiById(call.api),
			targets: options.targets ?? TARGETS,
			...(options.minWindows === undefined ? {} : { minWindows: options.minWindows }),
			...(fileMinWindows === undefined ? {} : { fileMinWindows }),
		};
		const byPlace = new Map<string, { finding: Finding; precedence: number }>();
		for (const rule of rules) {
			const setting = options.rules?.[rule.id] ?? (rule.offByDefault ? 'off' : undefined);
			if (setting === 'off' || !(rule.kinds ?? CONTROL_CODES).includes(call.kind)) continue;
			for (const report of rule.check(call, context)) {
				// What a wrapper writes itself is reported there once, unless only the caller's code makes it wrong.
				if (call.through && report.span.start === call.calleeSpan.start && call.code.start === call.calleeSpan.start)
					continue;
				const place = `${report.span.start}:${report.span.end}`;
				const other = byPlace.get(place);
				if (other && other.precedence >= rule.precedence) continue;
				const finding: Finding = {
					start: report.span.start,
					end: report.span.end,
					rule: rule.id,
					severity: setting ?? report.severity ?? rule.severity,
					message: report.message,
					call,
					...(report.fix && isWrittenHere(report.fix, call) ? { fix: report.fix } : {}),
				};
				byPlace.set(place, { finding, precedence: rule.precedence });
			}
		}
		findings.push(...[...byPlace.values()].map((e) => e.finding));
	}
	return findings.sort((a, b) => a.start - b.start || a.end - b.end);
}

const CONTROL_CODES: readonly IoctlCall['kind'][] = ['ioctl'];

/** What a wrapper passes on its own stands for nothing that could be replaced in the call of the wrapper. */
const isWrittenHere = (fix: Fix, call: IoctlCall): boolean =>
	call.through === undefined || fix.edits.every((edit) => edit.start !== call.calleeSpan.start);

/** Runs the rules over declarations. */
function judgeBindings(bindings: readonly IoctlBinding[], options: CheckOptions): Finding[] {
	const targets = options.targets ?? TARGETS;
	return bindings.flatMap((binding) =>
		rules.flatMap((rule) => {
			const setting = options.rules?.[rule.id] ?? (rule.offByDefault ? 'off' : undefined);
			if (setting === 'off' || !rule.checkBinding) return [];
			return rule.checkBinding(binding, { api: apiById(binding.api), targets }).map((report) => ({
				start: report.span.start,
				end: report.span.end,
				rule: rule.id,
				severity: setting ?? report.severity ?? rule.severity,
				message: report.message,
				...(report.fix ? { fix: report.fix } : {}),
			}));
		}),
	);
}
