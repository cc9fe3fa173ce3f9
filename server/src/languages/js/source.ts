/**
 * A TypeScript or JavaScript file in parts. Typing inside a part changes what is known of another one only through the
 * names that the part declares or assigns for the whole file, or through what it does to a variable of the file.
 */
import type { ForeignInterface, IoctlBinding } from '../../calls/bindings.ts';
import type { CallSite, Surroundings } from '../../calls/site.ts';
import type { Place, SiteAt } from '../../calls/siteAt.ts';
import type { ApiId } from '../../catalog/api.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { OwnWrappers } from '../../catalog/ownFunctions.ts';
import { partOf } from '../../syntax/lines.ts';
import { pushTo } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import type { SyntaxTree } from '../../syntax/trees.ts';
import type { Include, LanguageEnv, Part, SourceFile } from '../language.ts';
import { bindingsIn, mayShareList } from './bindings.ts';
import { Chunk, type DerivedClass } from './chunk.ts';
import { cursorAt, forEachWord } from './cursor.ts';
import { cutAt } from './cut.ts';
import type { Assignment, Declaration, MemberAssignment } from './declarations.ts';
import { foreignIn } from './foreign.ts';
import { Forwarding } from './forwarding.ts';
import { importsOf } from './imports.ts';
import { bindsFunctions, packsArguments } from './libraries/index.ts';
import { Mentions } from './mentions.ts';
import { Reaching } from './reaching.ts';
import { surroundingsIn } from './room.ts';
import { search } from './search.ts';
import { chunkAt, siteAtIn } from './siteAt.ts';
import { allCalls, callsInPassing, type Found, mayHoldCalls, toSite } from './sites.ts';
import { lendsDeclarations } from './storage.ts';

/** Characters of a text of which every part is kept as it was read; longer ones are a machine's. */
const MOST_HELD = 500_000;

/** Rounds in which changes may lead to further ones before everything is read anew. */
const MOST_ROUNDS = 10;

/** A part as it is known outside. Another object stands for other answers. */
class JsPart implements Part {
	readonly chunk: Chunk;
	#calls: readonly Found[] | undefined;
	#bindings: readonly IoctlBinding[] | undefined;

	constructor(chunk: Chunk) {
		this.chunk = chunk;
	}

	get start(): number {
		return this.chunk.start;
	}

	get end(): number {
		return this.chunk.start + this.chunk.text.length;
	}

	get stands(): number {
		return this.start;
	}

	place(offset: number): number {
		return this.chunk.start + offset;
	}

	/** Calls of entry points. */
	get calls(): readonly Found[] {
		this.#calls ??= allCalls(this.chunk);
		return this.#calls;
	}

	*sites(): Generator<CallSite, void, undefined> {
		const calls = this.chunk.text.length > MOST_HELD ? callsInPassing(this.chunk) : this.calls;
		for (const call of calls) yield toSite(call);
	}

	bindings(): readonly IoctlBinding[] {
		this.#bindings ??= bindingsIn(this.chunk);
		return this.#bindings;
	}

	surroundings(call: Span): Surroundings {
		return surroundingsIn(this.chunk, call);
	}

	done(): void {
		if (this.chunk.file.release(this.chunk)) this.#calls = undefined;
	}
}

/** Something that all parts have a share in. */
interface Shared {
	/** Only parts with this word have a share. */
	readonly word: string;
	readonly ask: () => { readonly value: unknown; readonly text: string };
	/** What the value is told apart by; undefined where it was not certain. */
	text: string | undefined;
	value: unknown;
}

/** Files that a file imports, as it names them. */
type Imports = readonly { readonly as: string; readonly file: SourceFile | JsFile }[];

export class JsFile implements SourceFile {
	/** What the answers have cost since the text last changed. */
	readonly spent = { steps: 0, elements: 0 };
	/** Names of lists of types that serve declarations in several parts. */
	readonly sharedLists = new Set<string>();
	#env: Pick<LanguageEnv, 'parse' | 'functions' | 'wrappers' | 'catalog'> & { readonly included: Imports };
	#text: string;
	#chunks: Chunk[] = [];
	#parts: JsPart[] = [];
	/** Which parts asked for what, in the form of `Chunk.provides`. */
	readonly #readers = new Map<string, Set<Chunk>>();
	readonly #declarations = new Map<string, Declaration | undefined>();
	readonly #assignments = new Map<string, readonly Assignment[]>();
	/** By `.name`. */
	readonly #members = new Map<string, readonly MemberAssignment[]>();
	readonly #shared = new Map<string, Shared>();
	readonly #entryPoints = new Map<string, ApiId | undefined>();
	#marks: { readonly binds: boolean; readonly packs: boolean } | undefined;
	#includes: readonly Include[] | undefined;
	#reaching: Reaching | undefined;
	#forwarding: Forwarding | undefined;
	#mentions: Mentions | undefined;
	/** What the last change of the text is in: it is asked again while it is typed. */
	#typed: ReadonlySet<Chunk> = new Set();
	#derived: readonly DerivedClass[] | undefined;
	#naming: ReturnType<typeof namingIn> | undefined;
	/** Parts that were made for a call under way. */
	readonly #looked: Chunk[] = [];
	/** Parts that came and went since what reads them was last told. */
	readonly #unsettled = { removed: new Set<Chunk>(), added: new Set<Chunk>() };
	/** The last one that was looked for. */
	#site: { readonly offset: number; readonly is: SiteAt | undefined } | undefined;

	constructor(
		text: string,
		env: Pick<LanguageEnv, 'parse' | 'functions' | 'wrappers' | 'catalog'> & { readonly included: Imports },
	) {
		this.#text = text;
		this.#env = env;
	}

	/** Reads a text, cut into its parts. */
	static open(text: string, env: LanguageEnv): JsFile {
		const file = new JsFile(text, env);
		for (let at = 0; at < text.length; ) {
			const cut = cutAt(text, at);
			file.#chunks.push(new Chunk(file, partOf(text, cut.start, cut.end), cut));
			at = cut.end;
		}
		file.#arrange();
		file.#parts = file.#chunks.map((chunk) => new JsPart(chunk));
		return file;
	}

	get text(): string {
		return this.#text;
	}

	/** The files of one's own that it imports. */
	get includes(): readonly Include[] {
		this.#includes ??= importsOf(this.#chunks.map((chunk) => chunk.imports));
		return this.#includes;
	}

	get parts(): readonly JsPart[] {
		this.settle();
		return this.#parts;
	}

	get chunks(): readonly Chunk[] {
		return this.#chunks;
	}

	/** The parts that can hold a name, or text that spells it, in order. */
	mentioning(name: string): readonly Chunk[] {
		this.#mentions ??= new Mentions(() => this.#chunks);
		return this.#mentions.of(name);
	}

	get functions(): LanguageEnv['functions'] {
		return this.#env.functions;
	}

	get catalog(): Catalog {
		return this.#env.catalog;
	}

	/** Functions of the user's own with arguments of their own. */
	get wrappers(): OwnWrappers {
		return this.#env.wrappers ?? NO_WRAPPERS;
	}

	/** A name that only stands for such a function. */
	isWrapper(name: string): boolean {
		return this.wrappers.has(name) && this.catalog.entryPoint(name) === undefined;
	}

	/** The entry point that a name stands for, or that a function of that name may end in. */
	entryPoint(name: string): ApiId | undefined {
		if (!this.#entryPoints.has(name)) {
			const { functions } = this.#env;
			const own = Object.hasOwn(functions, name) ? functions[name] : undefined;
			const known = own ?? this.catalog.entryPoint(name)?.id;
			this.#entryPoints.set(name, known ?? this.wrappers.get(name)?.[0]?.api);
		}
		return this.#entryPoints.get(name);
	}

	parse(text: string): SyntaxTree {
		return this.#env.parse(text);
	}

	placeAt(offset: number): Place {
		const chunk = chunkAt(this.#chunks, offset);
		return chunk ? cursorAt(chunk.text, offset - chunk.start).place : 'other';
	}

	occurrences(isWanted: (word: string) => boolean): readonly Span[] {
		const found: Span[] = [];
		for (const chunk of this.#chunks) {
			let isThere = false;
			for (const word of chunk.words) isThere ||= isWanted(word);
			if (!isThere) continue;
			forEachWord(chunk.text, (word, at) => {
				const start = chunk.start + at;
				if (isWanted(word)) found.push({ start, end: start + word.length });
			});
		}
		return found;
	}

	foreign(offset: number): ForeignInterface | undefined {
		return foreignIn(this, chunkAt(this.#chunks, offset), offset);
	}

	siteAt(offset: number): SiteAt | undefined {
		// Completion and signature help ask for the same place.
		if (this.#site?.offset === offset) return this.#site.is;
		this.#endLook();
		const chunk = chunkAt(this.#chunks, offset);
		const is = chunk && siteAtIn(chunk, offset, (made) => this.#looked.push(made));
		this.#site = { offset, is };
		return is;
	}

	/** Whatever was made for the last look at an offset is gone. */
	#endLook(): void {
		this.#site = undefined;
		for (const chunk of this.#looked.splice(0)) {
			this.#forget(chunk);
			chunk.free();
		}
	}

	/** Gives back what the last look at an offset needed. */
	rest(): void {
		this.#endLook();
	}

	free(): void {
		this.#endLook();
		for (const chunk of [...this.#chunks, ...this.#unsettled.removed]) chunk.free();
	}

	/**
	 * Gives back what only further questions to a part would need, where the text is a very long one and no other part
	 * reads this one; false where it is kept.
	 */
	release(chunk: Chunk): boolean {
		if (this.#text.length <= MOST_HELD || this.#typed.has(chunk) || !chunk.isParsed || chunk.isWanted) return false;
		const provided = chunk.provides();
		for (const key of provided) for (const reader of this.#readers.get(key) ?? []) if (reader !== chunk) return false;
		if (lendsDeclarations(chunk)) return false;
		for (const key of provided) this.#dropAnswer(key);
		chunk.rest();
		return true;
	}

	/** Asks a part something that keeps none of its nodes. */
	inPassing<T>(chunk: Chunk, ask: () => T): T {
		const { isParsed } = chunk;
		const answer = ask();
		// What was read before may be in use.
		if (!isParsed) this.release(chunk);
		return answer;
	}

	/** What each part that mentions a word answers, in order, none of whose nodes is kept. */
	*ofEach<T>(word: string, ask: (part: Chunk) => T): Generator<T, void, undefined> {
		for (const part of this.mentioning(word)) yield this.inPassing(part, () => ask(part));
	}

	// ---- questions to the whole file; `from` is the part that asks ----

	/** The declaration that a name stands for where no function or block declares it. */
	declaration(name: string, from: Chunk): Declaration | undefined {
		this.reads(name, from);
		if (!this.#declarations.has(name)) {
			let found: Declaration | undefined;
			for (const chunk of this.mentioning(name))
				if (chunk.mayDeclare(name)) found = chunk.moduleDeclarations(name).at(-1) ?? found;
			this.#declarations.set(name, found);
		}
		return this.#declarations.get(name);
	}

	/** Assignments to a variable of the file, in order. */
	assignments(declaration: Declaration, from: Chunk): readonly Assignment[] {
		const { name } = declaration;
		// Of several declarations of one name the last one counts.
		if (this.declaration(name, from) !== declaration) return [];
		return kept(this.#assignments, name, () => this.mentioning(name).flatMap((chunk) => chunk.freeAssignments(name)));
	}

	/** Assignments `object.name = value`, whatever the object, in order. */
	memberAssignments(name: string, from: Chunk): readonly MemberAssignment[] {
		this.reads(`.${name}`, from);
		return kept(this.#members, `.${name}`, () =>
			this.mentioning(name).flatMap((chunk) => chunk.memberAssignments(name)),
		);
	}

	/** Every class of the file that inherits. */
	derivedClasses(from: Chunk): readonly DerivedClass[] {
		this.reads('extends', from);
		this.#derived ??= this.#chunks.flatMap((chunk) => chunk.derivedClasses());
		return this.#derived;
	}

	/** The parts that may give a type that name. */
	namingTypes(name: string, from: Chunk): readonly Chunk[] {
		this.reads(`type ${name}`, from);
		this.reads('types', from);
		this.#naming ??= namingIn(this.#chunks);
		const { byName, byValue } = this.#naming;
		const plain = byName.get(name) ?? NO_CHUNKS;
		return byValue.length === 0 ? plain : [...new Set([...plain, ...byValue])].sort((a, b) => a.order - b.order);
	}

	/**
	 * What all parts with a word say together.
	 * @param ask gives the value, and a text that is another one where the value is.
	 */
	shared<T>(key: string, word: string, from: Chunk, ask: () => { readonly value: T; readonly text: string }): T {
		this.reads(key, from);
		const known = this.#shared.get(key);
		if (known?.text !== undefined) return known.value as T;
		const { answer, height } = search.within(0, ask);
		this.#shared.set(key, { word, ask, value: answer.value, text: height === undefined ? undefined : answer.text });
		return answer.value;
	}

	/** Notes that a part depends on what others provide under a key. */
	reads(key: string, from: Chunk): void {
		const { reads } = from.basis;
		if (from.file !== this || reads.has(key)) return;
		reads.add(key);
		const readers = this.#readers.get(key);
		if (readers) readers.add(from);
		else this.#readers.set(key, new Set([from]));
	}

	/** The imported file of that name. */
	imported(specifier: string): JsFile | undefined {
		return this.#env.included.find(({ as }) => as === specifier)?.file as JsFile | undefined;
	}

	/** Does the file, or one that it gets functions from, name a library that binds some? `packs`: with all arguments in one. */
	get libraries(): { readonly binds: boolean; readonly packs: boolean } {
		this.#marks ??= { binds: this.#marked(bindsFunctions), packs: this.#marked(packsArguments) };
		return this.#marks;
	}

	#marked(isMarked: (chunk: Chunk) => boolean, seen = new Set<JsFile>()): boolean {
		if (seen.has(this)) return false;
		seen.add(this);
		return this.#chunks.some(isMarked) || this.imports.some((file) => file.#marked(isMarked, seen));
	}

	/**
	 * Can a function of a library be called by some name in a part? True of every part that names a library, a file that
	 * has one, or something that such a part declares or assigns.
	 */
	mayReachLibraries(chunk: Chunk): boolean {
		if (!this.#reaching) {
			this.#reaching = new Reaching(this);
			this.#reaching.add(this.#chunks);
		}
		if (this.#reaching.has(chunk)) return true;
		// Of a part that is new, or was made for a look, nobody has asked yet.
		const isKnown = this.#chunks[chunk.order] === chunk && !this.#unsettled.added.has(chunk);
		return !isKnown && this.#reaching.reaches(chunk);
	}

	/** Is there a function of that name, here or in an imported file, that may hand arguments on to an entry point? */
	mayForward(name: string): boolean {
		return this.#forwards.has(name) || this.imports.some((file) => file.#forwards.has(name));
	}

	get #forwards(): Forwarding {
		if (!this.#forwarding) {
			this.#forwarding = new Forwarding(mayHoldCalls);
			this.#forwarding.replace([], this.#chunks);
		}
		return this.#forwarding;
	}

	/** Files imported directly. */
	get imports(): readonly JsFile[] {
		return this.#env.included.map(({ file }) => file as JsFile);
	}

	// ---- updates ----

	update(text: string, env: LanguageEnv): void {
		const before = this.#env;
		const isStale = !isSameEnv(before, env);
		if (isStale || text !== this.#text) this.#endLook();
		const { libraries } = this;
		this.#env = env;
		this.spent.steps = 0;
		this.spent.elements = 0;
		this.#recut(text);
		this.#marks = undefined;
		const now = this.libraries;
		if (isStale || libraries.binds !== now.binds || libraries.packs !== now.packs) this.#forgetAll();
	}

	settle(): void {
		const removed = [...this.#unsettled.removed];
		const added = [...this.#unsettled.added];
		if (removed.length === 0 && added.length === 0) return;
		this.#unsettled.removed.clear();
		this.#unsettled.added.clear();
		this.#replace(removed, added);
		for (const chunk of removed) chunk.free();
	}

	#arrange(): void {
		let at = 0;
		for (const [order, chunk] of this.#chunks.entries()) {
			chunk.order = order;
			chunk.start = at;
			at += chunk.text.length;
		}
	}

	/** Cuts the changed part of the text anew. */
	#recut(text: string): void {
		const old = this.#chunks;
		let same = 0;
		let at = 0;
		for (let chunk = old[0]; chunk && isAt(text, at, chunk.text); chunk = old[same]) {
			at += chunk.text.length;
			same++;
		}
		if (same === old.length && at === text.length) return;
		// Where the same text begins again.
		let tail = old.length;
		let end = text.length;
		for (let chunk = old[tail - 1]; chunk && tail > same; chunk = old[tail - 1]) {
			const start = end - chunk.text.length;
			if (start < at || !isAt(text, start, chunk.text)) break;
			end = start;
			tail--;
		}
		// Whether a part ends may hang on the first words of the next one, which may be the changed one.
		const first = Math.max(0, same - 2);
		const chunks = old.slice(0, first);
		const typed = new Set<Chunk>();
		let from = old[first]?.start ?? 0;
		while (from < text.length) {
			while (tail < old.length && end < from) {
				end += old[tail]?.text.length ?? 0;
				tail++;
			}
			if (end === from && tail < old.length) break;
			const cut = cutAt(text, from);
			const piece = text.slice(cut.start, cut.end);
			const known = old[chunks.length];
			if (known && known.start === from && known.text === piece && chunks.length < same) chunks.push(known);
			else {
				const chunk = new Chunk(this, partOf(piece, 0, piece.length), cut);
				chunks.push(chunk);
				typed.add(chunk);
				this.#unsettled.added.add(chunk);
				this.#mentions?.add(chunk);
			}
			from = cut.end;
		}
		if (from >= text.length) tail = old.length;
		chunks.push(...old.slice(tail));
		this.#text = text;
		this.#typed = typed;
		this.#derived = undefined;
		this.#naming = undefined;
		this.#includes = undefined;
		this.#chunks = chunks;
		this.#arrange();
		this.#noteRemoved(old);
	}

	#noteRemoved(old: readonly Chunk[]): void {
		const kept = new Set(this.#chunks);
		for (const chunk of old) {
			if (kept.has(chunk)) continue;
			this.#unsettled.added.delete(chunk);
			this.#unsettled.removed.add(chunk);
			this.#mentions?.delete(chunk);
		}
	}

	/** Forgets what depends on the parts that came and went. */
	#replace(removed: readonly Chunk[], added: readonly Chunk[]): void {
		const touched = new Set<Chunk>(added);
		const keys = new Set<string>();
		for (const chunk of removed) {
			if (chunk.isParsed) for (const key of chunk.provides()) keys.add(key);
			this.#forget(chunk);
		}
		for (const chunk of added) if (this.#matters(chunk)) for (const key of chunk.provides()) keys.add(key);
		this.#follow(keys, touched);
		const reached = this.#reaching?.add(added) ?? [];
		const renamed = this.#forwarding?.replace(removed, added, reached);
		for (const chunk of [...reached, ...this.#callers(renamed)]) touched.add(chunk);
		const once = new Set<string>();
		for (let round = 0; ; round++) {
			if (round === MOST_ROUNDS) {
				this.#forgetAll();
				return;
			}
			const changed = this.#changedShares([...removed, ...touched], once);
			if (changed.size === 0) break;
			this.#follow(changed, touched);
		}
		for (const chunk of this.#chunks) if (chunk.isMoved) touched.add(chunk);
		for (const chunk of touched) chunk.forgetCalls();
		const parts = new Map(this.#parts.map((part) => [part.chunk, part]));
		this.#parts = this.#chunks.map((chunk) => {
			const part = parts.get(chunk);
			return part && !touched.has(chunk) ? part : new JsPart(chunk);
		});
	}

	/** The parts that may call a function of one of the names. */
	#callers(names: readonly string[] = []): readonly Chunk[] {
		return names.length === 0 ? [] : this.#chunks.filter(({ words }) => names.some((name) => words.has(name)));
	}

	/** Can a new part provide what somebody has asked for? */
	#matters(chunk: Chunk): boolean {
		if (this.#readers.size === 0) return false;
		if (chunk.isEscaped || this.#readers.has('extends') || this.#readers.has('types')) return true;
		for (const word of chunk.words) if (this.#readers.has(word) || this.#readers.has(`.${word}`)) return true;
		return false;
	}

	/** Forgets the answers of every part that asked for one of the keys, and of those that depend on it. */
	#follow(keys: Set<string>, touched: Set<Chunk>): void {
		const reset = new Set<Chunk>();
		for (const key of keys) {
			this.#dropAnswer(key);
			for (const reader of [...(this.#readers.get(key) ?? [])]) {
				if (reset.has(reader)) continue;
				reset.add(reader);
				touched.add(reader);
				this.#forget(reader);
				// A set is read to its end, also what is added on the way.
				for (const more of reader.provides()) keys.add(more);
			}
		}
	}

	#dropAnswer(key: string): void {
		this.#declarations.delete(key);
		this.#assignments.delete(key);
		this.#members.delete(key);
		if (key === 'extends') this.#derived = undefined;
	}

	/** Forgets what was found out about a part, and what it has asked. */
	#forget(chunk: Chunk): void {
		for (const key of chunk.basis.reads) {
			const readers = this.#readers.get(key);
			readers?.delete(chunk);
			if (readers?.size !== 0) continue;
			// What nobody asks for is not followed either.
			this.#readers.delete(key);
			this.#dropAnswer(key);
		}
		chunk.forget();
	}

	/**
	 * What parts have a share in and is another one now.
	 * @param once what cannot be compared, and was told to have changed already.
	 */
	#changedShares(chunks: readonly Chunk[], once: Set<string>): Set<string> {
		const changed = new Set<string>();
		const tell = (key: string) => {
			if (!once.has(key)) changed.add(key);
			once.add(key);
		};
		for (const list of this.sharedLists) if (chunks.some((chunk) => mayShareList(chunk, list))) tell(`list ${list}`);
		for (const [key, shared] of this.#shared) {
			if (!this.#readers.has(key)) {
				this.#shared.delete(key);
				continue;
			}
			if (!chunks.some((chunk) => chunk.mentions(shared.word))) continue;
			const { answer, height } = search.within(0, shared.ask);
			const text = height === undefined ? undefined : answer.text;
			if (text === undefined) tell(key);
			else if (text !== shared.text) changed.add(key);
			shared.text = text;
			shared.value = answer.value;
		}
		return changed;
	}

	#forgetAll(): void {
		for (const chunk of this.#unsettled.removed) chunk.free();
		this.#unsettled.removed.clear();
		this.#unsettled.added.clear();
		this.#reaching = undefined;
		this.#forwarding = undefined;
		this.#entryPoints.clear();
		this.#readers.clear();
		this.#declarations.clear();
		this.#assignments.clear();
		this.#members.clear();
		this.#shared.clear();
		this.sharedLists.clear();
		for (const chunk of this.#chunks) chunk.forget();
		this.#parts = this.#chunks.map((chunk) => new JsPart(chunk));
	}
}

/** Does a text hold a piece there? Strings of one length are compared many characters at a time. */
const isAt = (text: string, at: number, piece: string): boolean => text.slice(at, at + piece.length) === piece;

function kept<V>(map: Map<string, V>, key: string, ask: () => V): V {
	const known = map.get(key);
	if (known !== undefined) return known;
	const value = ask();
	map.set(key, value);
	return value;
}

const NO_WRAPPERS: OwnWrappers = new Map();
const NO_CHUNKS: readonly Chunk[] = [];

/** The parts that give types names, by the name where it is a plain text. */
function namingIn(chunks: readonly Chunk[]) {
	const byName = new Map<string, Chunk[]>();
	const byValue: Chunk[] = [];
	for (const chunk of chunks) {
		const texts = chunk.file.inPassing(chunk, () => new Set(chunk.typeMakers().map(({ text }) => text)));
		for (const text of texts) {
			if (text === undefined) byValue.push(chunk);
			else pushTo(byName, text, chunk);
		}
	}
	return { byName, byValue };
}

/** What is opened with both is the same. */
function isSameEnv(
	a: Pick<LanguageEnv, 'functions' | 'wrappers' | 'catalog'> & { readonly included: Imports },
	b: LanguageEnv,
): boolean {
	if (a.included !== b.included || a.catalog !== b.catalog || a.wrappers !== b.wrappers) return false;
	const given = Object.entries(b.functions);
	return Object.keys(a.functions).length === given.length && given.every(([name, api]) => a.functions[name] === api);
}
