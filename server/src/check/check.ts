/** The one check of a document. The editor and the command line both call it, so they cannot disagree. */
import type { Ask } from '../calls/assemble.ts';
import type { IoctlBinding } from '../calls/bindings.ts';
import type { IoctlCall } from '../calls/model.ts';
import { Catalog } from '../catalog/catalog.ts';
import { ownCatalog } from '../catalog/own.ts';
import { alikeOf, type OwnFunctions, wrappersOf } from '../catalog/ownFunctions.ts';
import type { Include, Included, Language, SourceFile } from '../languages/language.ts';
import { languageOf } from '../languages/languageOf.ts';
import type { Finding } from '../rules/rule.ts';
import { byPosition, inOrder } from '../syntax/search.ts';
import { type EngineSource, isParserError, type SyntaxTree, Trees } from '../syntax/trees.ts';
import { TARGETS } from '../types/ctype.ts';
import { CheckedFile, type Reading } from './document.ts';
import { Headers, type OpenEnv, type Project } from './headers.ts';
import type { CheckOptions } from './options.ts';
import { mayHoldCalls } from './prefilter.ts';
import type { CheckProblem } from './problem.ts';
import { silence } from './suppress.ts';
import { type Spent, type Turns, Work } from './work.ts';

/** A text to check. */
export interface Source {
	/** Path or URI: its ending decides the language where `languageId` does not. */
	readonly name: string;
	readonly text: string;
	/** LSP language identifier. */
	readonly languageId?: string;
}

/** A document that is kept between checks. */
export interface LiveDocument {
	/** Identity of the document, such as its URI. */
	readonly key: string;
}

export interface CheckResult {
	/** By position. */
	readonly calls: readonly IoctlCall[];
	/** There is any; to ask it costs less than the calls. */
	readonly hasCalls: boolean;
	/** Declarations of entry points for a foreign function interface, by position. */
	readonly bindings: readonly IoctlBinding[];
	/** By position; suppressed ones are left out. */
	readonly findings: readonly Finding[];
	/** Those that comments silence, by position. */
	readonly silenced: readonly Finding[];
	/** What the check has used up, so that a part of the text is not read; absent: it is checked to its end. */
	readonly spent?: Spent;
}

/** How a check is asked for. */
interface Asked {
	readonly document: LiveDocument | undefined;
	readonly cancelled: () => boolean;
	/** Given every call, of which nothing is kept then. */
	readonly onCall?: (call: IoctlCall) => void;
}

const NOTHING: CheckResult = { calls: [], hasCalls: false, bindings: [], findings: [], silenced: [] };

/** What the surroundings do for a checker. */
export interface CheckerHost extends Turns {
	/** Told once in each check of a rule that fails, and of calls that cannot be read. */
	readonly onProblem?: (problem: CheckProblem) => void;
}

/** Checks texts one at a time; keeps open documents and included files between the checks. */
export class Checker {
	readonly #trees: Trees;
	readonly #project: Project | undefined;
	readonly #host: CheckerHost;
	readonly #catalog: () => Catalog;
	readonly #kept = new Map<string, CheckedFile>();
	/** The newest last. */
	#readings: Reading[] = [];
	/** The text under check, and the rules that are known to fail on it. */
	#name = '';
	#told = new Set<string>();
	#generation = 0;
	#queue: Promise<unknown> = Promise.resolve();

	/**
	 * @param project how included files are found; without it each text stands alone.
	 * @param catalog what the texts are checked against, with what their options add; asked at each check.
	 */
	constructor(
		engine: EngineSource,
		project?: Project,
		host: CheckerHost = {},
		catalog = (): Catalog => Catalog.builtin,
	) {
		this.#catalog = catalog;
		this.#trees = new Trees(engine);
		this.#project = project;
		this.#host = host;
	}

	/** What texts are checked against under some options; the same for the same entries of the user's own. */
	catalogFor(options: CheckOptions): Catalog {
		return ownCatalog(this.#catalog(), options).catalog;
	}

	/** Number of documents that are kept. */
	get documents(): number {
		return this.#kept.size;
	}

	/** Number of syntax trees alive. */
	get trees(): number {
		return this.#trees.alive;
	}

	/** An included file or the way to find them has changed: what was read of them is read again when next needed. */
	filesChanged(): Promise<void> {
		return this.#inTurn(async () => this.#clearHeaders());
	}

	#clearHeaders(): void {
		for (const { headers } of this.#readings) headers.clear();
	}

	/** How texts are read under some options; the same options, or others that say the same, give the same reading. */
	#reading(options: CheckOptions): Reading {
		const catalog = this.catalogFor(options);
		const { functions = NO_FUNCTIONS } = options;
		const known = this.#readings.find((one) => one.catalog === catalog && isSameFunctions(one.own, functions));
		const reading = known ?? this.#newReading(catalog, functions);
		this.#readings = [...this.#readings.filter((one) => one !== reading), reading];
		if (this.#readings.length > MOST_READINGS) this.#readings.shift()?.headers.clear();
		return reading;
	}

	#newReading(catalog: Catalog, own: OwnFunctions): Reading {
		const functions = alikeOf(own);
		const wrappers = wrappersOf(own, catalog);
		const env: OpenEnv = (language, included) => ({
			included,
			functions,
			wrappers,
			catalog,
			parse: (text) => this.#parse(text, language),
			onProblem: (error) => this.#report({ file: this.#name, error }),
		});
		return { catalog, own, env, headers: new Headers(env) };
	}

	#parse(text: string, { grammar }: Language): SyntaxTree {
		const tree = this.#trees.parse(grammar, text);
		if (tree.isGivenUp) {
			const error = `${text.length} characters in a row have so many syntax errors that the parser gives them up`;
			this.#report({ file: this.#name, error });
		}
		return tree;
	}

	/**
	 * Finds and judges the calls of one text. Languages that are not known give an empty result.
	 * @param cancelled asked between parts of the text; true makes the result undefined.
	 * @throws ParserFailure when the parser could not cope with this text; the next check works again.
	 */
	check(
		source: Source,
		options: CheckOptions = {},
		document?: LiveDocument,
		cancelled: () => boolean = () => false,
	): Promise<CheckResult | undefined> {
		return this.#check(source, options, { document, cancelled });
	}

	/**
	 * The same for a text that is checked once, and whose calls may be too many to keep: the result holds none but those
	 * that its findings are about.
	 * @param onCall told of each call, in no order.
	 */
	checkOnce(
		source: Source,
		options: CheckOptions,
		onCall: (call: IoctlCall) => void,
	): Promise<CheckResult | undefined> {
		return this.#check(source, options, { document: undefined, cancelled: () => false, onCall });
	}

	async #check(source: Source, options: CheckOptions, asked: Asked): Promise<CheckResult | undefined> {
		const { document, cancelled } = asked;
		const language = languageOf(source.name, source.languageId, source.text);
		if (!language || !mayHoldCalls(source.text, this.#catalog(), options, language)) {
			if (document) this.forget(document.key);
			return NOTHING;
		}
		return this.#inTurn(async () => {
			if (cancelled()) return undefined;
			await this.#begin(source, language);
			let checked: CheckedFile | undefined;
			try {
				checked = await this.#open(source, options, language, document, cancelled);
				const result = checked && (await this.#ask(checked, source, options, asked));
				if (checked && result && document) this.#rest(checked, document);
				return result;
			} catch (error) {
				// What is kept may have taken a half of the new text.
				if (document) this.forget(document.key);
				throw error;
			} finally {
				this.#freeUnlessKept(checked, document);
			}
		});
	}

	/** What only the check needed is given back, once its findings are on their way where others have their turn. */
	#rest(checked: CheckedFile, { key }: LiveDocument): void {
		const rest = () => this.#guarded(() => checked.file.rest?.());
		const { pause } = this.#host;
		if (!pause) {
			rest();
			return;
		}
		const late = async () => {
			try {
				if (this.#kept.get(key) === checked) rest();
			} catch {
				this.forget(key);
			}
		};
		void pause().then(() => this.#inTurn(late));
	}

	/** What is no longer kept, as its document was closed meanwhile, may have been read once more since then. */
	#freeUnlessKept(checked: CheckedFile | undefined, document: LiveDocument | undefined): void {
		if (!document || this.#kept.get(document.key) !== checked) checked?.file.free();
	}

	/**
	 * Asks something of one open document while nobody else touches its trees; it is read, but not judged.
	 * @param question is also given what tells the path or URI of an included file.
	 * @param isOfPlace the question is about the place that was edited last alone: `SourceFile.settle` can wait.
	 * @returns undefined for languages that are not known.
	 * @throws ParserFailure as `check` does.
	 */
	async look<T>(
		source: Source,
		options: CheckOptions,
		document: LiveDocument,
		question: (file: SourceFile, language: Language, pathOf: (file: SourceFile) => string | undefined) => T,
		isOfPlace = false,
	): Promise<T | undefined> {
		const language = languageOf(source.name, source.languageId, source.text);
		if (!language) return undefined;
		return this.#inTurn(async () => {
			await this.#begin(source, language);
			let checked: CheckedFile | undefined;
			try {
				checked = await this.#open(source, options, language, document, () => false);
				const { file } = checked ?? {};
				if (!isOfPlace) this.#guarded(() => file?.settle?.());
				return file && this.#guarded(() => question(file, language, (of) => checked?.reading.headers.pathOf(of)));
			} catch (error) {
				this.forget(document.key);
				throw error;
			} finally {
				this.#freeUnlessKept(checked, document);
			}
		});
	}

	/** Makes the parser ready for a text. */
	async #begin({ name }: Source, language: Language): Promise<void> {
		this.#name = name;
		this.#told = new Set();
		await this.#trees.ready(language.grammar);
		if (this.#trees.generation === this.#generation) return;
		// What was read died with the engine that read it.
		this.#clearHeaders();
		this.#kept.clear();
		this.#generation = this.#trees.generation;
	}

	/** The document with this text, and the files that it includes. */
	async #open(
		{ name, text }: Source,
		options: CheckOptions,
		language: Language,
		document: LiveDocument | undefined,
		cancelled: () => boolean,
	): Promise<CheckedFile | undefined> {
		const reading = this.#reading(options);
		const { env, headers } = reading;
		const kept = document && this.#kept.get(document.key);
		const isKept = kept?.language === language && kept.reading === reading;
		if (kept && !isKept) kept.file.free();
		const checked = isKept
			? kept
			: new CheckedFile(language, reading, language.open(text, env(language, ALONE)), ALONE);
		if (isKept) this.#guarded(() => checked.file.update(text, env(language, checked.included)));
		if (document) this.#kept.set(document.key, checked);
		if (!this.#project) return checked;
		const given = (await this.#project.predefined?.(name)) ?? '';
		const places = this.#project.places?.(name) ?? '';
		const includes = checked.file.includes;
		const isKnown = checked.epoch === headers.epoch && checked.given === given && checked.places === places;
		if (isKnown && isSame(includes, checked.includes)) return checked;
		const found = await headers.of(name, includes, language, this.#project, { given, places }, cancelled);
		// With another list, even one as empty, the text would be read anew.
		const included = found?.length === 0 && checked.included.length === 0 ? checked.included : found;
		if (!included) {
			checked.epoch = -1;
			if (!document) checked.file.free();
			return undefined;
		}
		Object.assign(checked, { epoch: headers.epoch, given, places, includes, included });
		this.#guarded(() => checked.file.update(text, env(language, included)));
		return checked;
	}

	async #ask(
		checked: CheckedFile,
		{ name, text }: Source,
		options: CheckOptions,
		{ cancelled, onCall }: Asked,
	): Promise<CheckResult | undefined> {
		const judging = this.#judging(checked, name, options);
		const ask: Ask = (question, unknown) => {
			try {
				return question();
			} catch (error) {
				if (isParserError(error)) throw error;
				this.#report({ file: name, error });
				return unknown;
			}
		};
		const onProblem = (problem: CheckProblem) => this.#report(problem);
		const asked: { readonly calls: readonly IoctlCall[]; readonly hasCalls: boolean }[] = [];
		const bindings: IoctlBinding[] = [];
		const findings: Finding[] = [];
		const work = new Work(this.#host);
		this.#guarded(() => checked.file.settle?.());
		const ahead = checked.file.ahead?.();
		if (ahead) await this.#inSlices(ahead, work, cancelled);
		for (const part of checked.file.parts) {
			const steps = () =>
				onCall
					? checked.askingOnce(part, judging, ask, onProblem, onCall)
					: checked.asking(part, judging, ask, onProblem);
			const found = checked.known(part, judging) ?? (await this.#inSlices(steps(), work, cancelled))?.value;
			this.#guarded(() => part.done?.());
			// What is known of the parts behind it is known all the same.
			if (!found) continue;
			asked.push(found);
			for (const binding of found.bindings) bindings.push(binding);
			for (const finding of found.findings) findings.push(finding);
		}
		if (cancelled()) return undefined;
		const { spent } = work;
		let calls: readonly IoctlCall[] | undefined;
		const all = findings.sort(inOrder);
		const left = silence(text, all, judging, spent === undefined);
		const kept = new Set(left);
		return {
			get calls() {
				calls ??= byPosition(asked.flatMap((found) => found.calls));
				return calls;
			},
			get hasCalls() {
				return asked.some(({ hasCalls }) => hasCalls);
			},
			bindings,
			findings: left,
			silenced: all.filter((finding) => !kept.has(finding)),
			...(spent ? { spent } : {}),
		};
	}

	/** Goes through steps and lets others have their turn in between; undefined when it was cancelled, or takes too much. */
	async #inSlices<T>(
		steps: Iterator<undefined, T, undefined>,
		work: Work,
		cancelled: () => boolean,
	): Promise<{ readonly value: T } | undefined> {
		for (;;) {
			if (cancelled() || work.spent) return undefined;
			const step = this.#guarded(() => steps.next());
			if (work.isDue) await work.pause();
			if (step.done) return { value: step.value };
		}
	}

	/** Tells of each kind of problem once in a check. */
	#report(problem: CheckProblem): void {
		const key = 'rule' in problem ? problem.rule : '';
		if (!this.#told.has(key)) this.#host.onProblem?.(problem);
		this.#told.add(key);
	}

	/** A file that is compiled for one target is judged for it alone. */
	#judging(checked: CheckedFile, name: string, asked: CheckOptions): CheckOptions {
		const target = this.#project?.target?.(name);
		const known = checked.judging;
		if (known?.asked === asked && known.target === target) return known.options;
		const wanted = asked.targets ?? TARGETS;
		const isOne = target !== undefined && wanted.length > 1 && wanted.includes(target);
		const options = isOne ? { ...asked, targets: [target] } : asked;
		checked.judging = { asked, target, options };
		return options;
	}

	#guarded<T>(use: () => T): T {
		return this.#trees.guard(use);
	}

	/** Nodes of the headers must not be freed under a check that waits: one at a time. */
	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#queue.then(work);
		this.#queue = result.catch(() => undefined);
		return result;
	}

	/** Frees what is kept for a document. */
	forget(key: string): void {
		this.#kept.get(key)?.file.free();
		this.#kept.delete(key);
	}

	dispose(): void {
		for (const key of [...this.#kept.keys()]) this.forget(key);
		this.#clearHeaders();
		this.#trees.dispose();
	}
}

/** Headers of more ways to read them are not kept. */
const MOST_READINGS = 4;

/** Nothing is included. */
const ALONE: readonly Included[] = [];

const NO_FUNCTIONS: OwnFunctions = {};

const isSame = (one: readonly Include[], other: readonly Include[]): boolean =>
	one === other ||
	(one.length === other.length &&
		one.every((include, i) => include.name === other[i]?.name && include.quoted === other[i]?.quoted));

const isSameFunctions = (one: OwnFunctions, other: OwnFunctions): boolean =>
	one === other || JSON.stringify(one) === JSON.stringify(other);
