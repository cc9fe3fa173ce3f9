/**
 * One part of a file: its tree, parsed when first needed, and what it declares and assigns. Everything that follows
 * from its characters alone is kept while they stay; what its expressions were found to be is kept until a name that
 * they read means something else.
 */
import { field, named } from '../../syntax/nodes.ts';
import { nodeAt } from '../../syntax/parents.ts';
import { countWhile, pushTo } from '../../syntax/search.ts';
import type { Node, SyntaxTree } from '../../syntax/trees.ts';
import type { DeclaredEntryPoint } from './bindings.ts';
import type { Change } from './changes.ts';
import { ANY_COUNT, type Cut, wordsOf } from './cut.ts';
import {
	type Assignment,
	type Declaration,
	isPatternTarget,
	type MemberAssignment,
	memberName,
	patternNames,
} from './declarations.ts';
import { importsIn, type PartImports } from './imports.ts';
import { CLASSES, enclosing, FUNCTIONS, lastWord, propertyName, stringText, superclass } from './nodes.ts';
import type { PlacedUse } from './origin.ts';
import type { Found, FunctionFacts } from './sites.ts';
import type { JsFile } from './source.ts';
import type { Use } from './storage.ts';
import type { Value } from './values.ts';

const BLOCKS: ReadonlySet<string> = new Set([
	'statement_block',
	'program',
	'for_statement',
	'for_in_statement',
	'switch_body',
	'class_static_block',
	'internal_module',
	'module',
	...FUNCTIONS,
]);
const FUNCTION_SCOPES: ReadonlySet<string> = new Set([...FUNCTIONS, 'program', 'class_static_block']);

const DECLARATIONS: ReadonlySet<string> = new Set(['lexical_declaration', 'variable_declaration']);

const INDEXED = [
	'variable_declarator',
	'for_in_statement',
	'function_declaration',
	'generator_function_declaration',
	'function_expression',
	'arrow_function',
	'method_definition',
	'class_declaration',
	'abstract_class_declaration',
	'enum_declaration',
	'internal_module',
	'import_statement',
	'catch_clause',
	'assignment_expression',
	'augmented_assignment_expression',
	'update_expression',
	'unary_expression',
];

/** Everything that is looked at in a walk over a part, whoever looks: the walk itself costs more than what it gives. */
const WALKED = [
	...new Set([
		...INDEXED,
		...BLOCKS,
		...DECLARATIONS,
		...FUNCTIONS,
		'call_expression',
		'new_expression',
		'expression_statement',
	]),
];

/** A node on the way of a walk, with its type, which costs something to ask. */
export interface Walked {
	readonly node: Node;
	readonly type: string;
}

/** The last walk: a part is asked for its calls, its declarations and its names one after the other. */
let last: { readonly chunk: Chunk; readonly nodes: readonly Walked[] } | undefined;
const READ: ReadonlySet<string> = new Set(INDEXED);

const NAMED_BLOCKS: Readonly<Record<string, 'enum' | 'namespace'>> = {
	enum_declaration: 'enum',
	internal_module: 'namespace',
};

/** To parse a part this often costs less than to look at it. */
const MOST_RESTED = 8;

/** Expressions whose values are kept while a very long part is gone through. */
const MOST_KNOWN = 10_000;

/** More uses of one name in a part are not looked at. */
const MOST_OCCURRENCES = 1000;
/** With more declarations of one name than this its uses are found for all of them at once, if they are no more than that. */
const FEW_DECLARATIONS = 16;
const MOST_SHARED = 20_000;

type Declare = (declaration: Omit<Declaration, 'from' | 'to' | 'chunk' | 'ofModule'>) => void;

interface Index {
	/** Of the whole file. */
	readonly ofModule: Map<string, Declaration[]>;
	/** Of a function or block, by where they begin. */
	readonly local: Map<string, readonly Local[]>;
	readonly assignments: Map<string, Assignment[]>;
	readonly members: Map<string, MemberAssignment[]>;
}

/** A declaration, and the one of the same name around it. */
interface Local {
	readonly declaration: Declaration;
	readonly outer: number;
}

/** What an expression was found to be, and how many links the chain behind it has. */
export interface Known {
	readonly value: Value;
	readonly height: number;
}

/** The values of an enumeration's first members. */
export interface Enumerated {
	readonly values: Value[];
	/** The next one is being asked for. */
	isOpen: boolean;
}

/** What a literal or a body holds. */
export interface Entries {
	/** By name, in order; an entry whose name is computed is not among them. */
	readonly byName: ReadonlyMap<string, readonly Node[]>;
	readonly spreads: readonly Node[];
	readonly all: readonly Node[];
	/** Place of the first entry of a name among all. */
	readonly places: ReadonlyMap<string, number>;
}

/** What was found out about a part. */
class Findings {
	/** By node. */
	readonly known = new Map<number, Known>();
	/** What the uses here do to arrays and objects: by `name` of the file, `.member` or declaration. */
	readonly changes = new Map<string | Declaration, Change>();
	/** What the uses here do to sockets and to memory, likewise. */
	readonly socketUses = new Map<string | Declaration, readonly PlacedUse[]>();
	readonly storageUses = new Map<string | Declaration, readonly Use[]>();
	/** Values of enumerations, as far as they were asked for, by node. */
	readonly enums = new Map<number, Enumerated>();
	/** What classes inherit from, by node. */
	readonly superclasses = new Map<number, Value>();
	/** What the text of a function says, by node. */
	readonly functions = new Map<number, FunctionFacts>();
	/** Calls of entry points by their own names. */
	calls: readonly Found[] | undefined;
	/** Declarations of entry points. */
	declared: readonly DeclaredEntryPoint[] | undefined;

	/** What is known of names alone, without a node; undefined where that is nothing. */
	ofNames(): Findings | undefined {
		const left = new Findings();
		let isAny = false;
		for (const table of ['changes', 'socketUses', 'storageUses'] as const) {
			for (const [key, answer] of this[table]) {
				if (typeof key !== 'string') continue;
				(left[table] as Map<string, unknown>).set(key, answer);
				isAny = true;
			}
		}
		return isAny ? left : undefined;
	}
}

/** What the findings hang on. */
class Basis {
	/** Bytes to the start of other parts that answers hold offsets in. */
	readonly distances = new Map<Chunk, number>();
	/** What was asked of the file as a whole, in the form of `Chunk.provides`. */
	readonly reads = new Set<string>();
}

/** What was read of a tree. */
class Reading {
	index: Index | undefined;
	makers: readonly TypeMaker[] | undefined;
	derived: readonly DerivedClass[] | undefined;
	readonly owned = new Map<string, { free: Assignment[]; owned: Map<Declaration, Assignment[]> }>();
	/** Of every plain word. */
	places: Map<string, number[]> | undefined;
	/** Of names that many declarations share. */
	readonly uses = new Map<string, Map<Declaration | undefined, Node[]>>();
	readonly entries = new Map<number, Entries>();
	readonly returns = new Map<number, readonly Node[]>();
}

/** Functions of the libraries that give a type a name. */
const TYPE_MAKERS = /^(?:struct|pack|union|alias|pointer|opaque|proto|enumeration)$/;

export class Chunk {
	readonly text: string;
	readonly file: JsFile;
	/** Place among the parts of the file. */
	order = 0;
	/** Offset in the file. */
	start: number;
	#basis: Basis | undefined;
	#findings: Findings | undefined;
	#reading: Reading | undefined;
	#rested = 0;
	readonly #cut: Pick<Cut, 'declares' | 'counts'>;
	#tree: SyntaxTree | undefined;
	#root: Node | undefined;
	#words: ReadonlySet<string> | undefined;
	#escaped: boolean | undefined;
	#hasSpread: boolean | undefined;
	#imports: PartImports | undefined;
	#provides: ReadonlySet<string> | undefined;

	/** `root`: of a tree that is somebody else's. */
	constructor(file: JsFile, text: string, cut: Pick<Cut, 'start' | 'declares' | 'counts'>, root?: Node) {
		this.file = file;
		this.text = text;
		this.start = cut.start;
		this.#cut = cut;
		this.#root = root;
	}

	get root(): Node {
		if (!this.#root) {
			this.#tree = this.file.parse(this.text);
			this.#root = this.#tree.root;
		}
		return this.#root;
	}

	get isParsed(): boolean {
		return this.#root !== undefined;
	}

	/** It has been given back and read again so often that it had better stay. */
	get isWanted(): boolean {
		return this.#rested > MOST_RESTED;
	}

	/** Its calls, statements, functions, blocks, declarations and assignments, each in front of what stands in it. */
	walk(): readonly Walked[] {
		if (last?.chunk !== this) {
			const nodes = this.root.descendantsOfType(WALKED).flatMap((node) => (node ? [{ node, type: node.type }] : []));
			last = { chunk: this, nodes };
		}
		return last.nodes;
	}

	free(): void {
		if (last?.chunk === this) last = undefined;
		this.#tree?.free();
		this.#tree = undefined;
		this.#root = undefined;
	}

	/** Gives back the tree and all that was read of it, but for what it means to others: the next question parses anew. */
	rest(): void {
		this.#rested++;
		this.free();
		this.#reading = undefined;
		this.#findings = this.#findings?.ofNames();
	}

	get findings(): Findings {
		this.#findings ??= new Findings();
		return this.#findings;
	}

	get basis(): Basis {
		this.#basis ??= new Basis();
		return this.#basis;
	}

	/** Forgets what its expressions were found to be, and what that hangs on. */
	forget(): void {
		this.#findings = undefined;
		this.#basis = undefined;
	}

	/** Forgets what very many of its expressions were found to be: what is asked once more is found once more. */
	forgetPassed(): void {
		const { known } = this.findings;
		if (known.size > MOST_KNOWN) known.clear();
	}

	/** Forgets where its calls stand, and how far from other parts. */
	forgetCalls(): void {
		if (this.#findings) this.#findings.calls = undefined;
		this.#basis?.distances.clear();
	}

	/** Does something that its answers hold offsets in stand elsewhere now? */
	get isMoved(): boolean {
		for (const [of, apart] of this.#basis?.distances ?? []) if (of.start - this.start !== apart) return true;
		return false;
	}

	get #read(): Reading {
		this.#reading ??= new Reading();
		return this.#reading;
	}

	get words(): ReadonlySet<string> {
		this.#words ??= wordsOf(this.text);
		return this.#words;
	}

	/** What it says of imported files. */
	get imports(): PartImports {
		this.#imports ??= importsIn(this.text);
		return this.#imports;
	}

	/** Can it hold that name, or text that spells it? */
	mentions(name: string): boolean {
		if (this.words.has(name)) return true;
		if (/^[\w$]+$/.test(name)) return this.isEscaped;
		for (const piece of wordsOf(name)) if (!this.words.has(piece) && !this.isEscaped) return false;
		return true;
	}

	/** Names may be written with escapes. */
	get isEscaped(): boolean {
		this.#escaped ??= /\\[xu\r\n]/.test(this.text);
		return this.#escaped;
	}

	/** Some call may be given the elements of a list. */
	get hasSpread(): boolean {
		this.#hasSpread ??= this.text.includes('...');
		return this.#hasSpread;
	}

	/** Can it declare that name for the whole file? */
	mayDeclare(name: string): boolean {
		return this.#cut.declares?.has(name) ?? this.mentions(name);
	}

	/** Names that it declares for the whole file, where its first words tell them. */
	get declares(): ReadonlySet<string> | undefined {
		return this.#cut.declares;
	}

	/** Can it hold a call with one of these numbers of arguments? Bit `n` for each number. */
	mayCallWith(counts: number): boolean {
		return (this.#cut.counts & (counts | ANY_COUNT)) !== 0;
	}

	// ---- names ----

	/** What the name is declared as in the functions and blocks around a node. */
	localDeclaration(name: string, at: Node): Declaration | undefined {
		const all = this.#indexed().local.get(name);
		if (!all) return undefined;
		const { startIndex: start, endIndex: end } = at;
		const low = countWhile(all.length, (i) => (all[i]?.declaration.from ?? 0) <= start);
		// Scopes lie in one another or apart: what does not hold the node lies in what may.
		for (let local = all[low - 1]; local; local = all[local.outer])
			if (local.declaration.to >= end) return local.declaration;
		return undefined;
	}

	/** The declaration that a name stands for at a node. */
	declaration(name: string, at: Node): Declaration | undefined {
		return this.localDeclaration(name, at) ?? this.file.declaration(name, this);
	}

	/** Declarations of a name for the whole file, in order. */
	moduleDeclarations(name: string): readonly Declaration[] {
		return this.#indexed().ofModule.get(name) ?? [];
	}

	/** Assignments here to a name that stands for the file's own. */
	freeAssignments(name: string): readonly Assignment[] {
		return this.#assignments(name).free;
	}

	/** Assignments to the variable of a declaration, its own initialiser not among them. */
	assignments(declaration: Declaration): readonly Assignment[] {
		if (declaration.ofModule) return this.file.assignments(declaration, this);
		return this.#assignments(declaration.name).owned.get(declaration) ?? [];
	}

	#assignments(name: string) {
		const { owned } = this.#read;
		let known = owned.get(name);
		if (!known) {
			known = { free: [], owned: new Map() };
			owned.set(name, known);
			for (const a of this.#indexed().assignments.get(name) ?? []) {
				const owner = this.localDeclaration(name, a.node);
				if (!owner) known.free.push(a);
				else {
					const others = known.owned.get(owner);
					if (others) others.push(a);
					else known.owned.set(owner, [a]);
				}
			}
		}
		return known;
	}

	/** Assignments `object.name = value` here, whatever the object. */
	memberAssignments(name: string): readonly MemberAssignment[] {
		return this.#indexed().members.get(name) ?? [];
	}

	/** Texts of the objects whose members are assigned here. */
	assignedObjects(): readonly string[] {
		return [...this.#indexed().members.values()].flatMap((list) => list.map(({ object }) => object.text.slice(0, 200)));
	}

	/** Classes that inherit. */
	derivedClasses(): readonly DerivedClass[] {
		if (!this.words.has('extends')) return [];
		this.#read.derived ??= this.#findDerived();
		return this.#read.derived;
	}

	#findDerived(): readonly DerivedClass[] {
		return this.root.descendantsOfType([...CLASSES]).flatMap((node) => {
			const parent = node && !node.isMissing ? superclass(node) : undefined;
			return node && parent ? [{ chunk: this, node, parent, body: field(node, 'body') ?? node }] : [];
		});
	}

	/** Calls that may give a type a name for the library to know. */
	typeMakers(): readonly TypeMaker[] {
		const read = this.#read;
		read.makers ??= [...this.words].some((word) => TYPE_MAKERS.test(word)) ? this.#findMakers() : [];
		return read.makers;
	}

	#findMakers(): readonly TypeMaker[] {
		const makers: TypeMaker[] = [];
		for (const call of this.root.descendantsOfType('call_expression')) {
			if (!call || call.isMissing) continue;
			const callee = field(call, 'function');
			const list = field(call, 'arguments');
			const last = callee ? lastWord(callee) : '';
			const given = list && TYPE_MAKERS.test(last) ? named(list) : [];
			// With one argument nothing is named but by `opaque`; a second that is a number counts the stars of a pointer.
			const names = last === 'opaque' ? given.length === 1 : given.length > 1 && given[1]?.type !== 'number';
			const first = names ? given[0] : undefined;
			if (!first || first.type === 'object') continue;
			const text = first.type === 'string' ? stringText(first) : undefined;
			makers.push({ call, first, ...(text === undefined ? {} : { text }) });
		}
		return makers;
	}

	/**
	 * What the part means to others: `name` for what it declares or assigns for the whole file, `.name` for members that
	 * it assigns, `type name` for types, `extends` for classes.
	 */
	provides(): ReadonlySet<string> {
		if (this.#provides) return this.#provides;
		const provided = new Set<string>();
		const index = this.#indexed();
		for (const name of index.ofModule.keys()) provided.add(name);
		for (const name of index.assignments.keys()) if (this.freeAssignments(name).length > 0) provided.add(name);
		for (const name of index.members.keys()) provided.add(`.${name}`);
		if (this.derivedClasses().length > 0) provided.add('extends');
		for (const { text } of this.typeMakers()) provided.add(text === undefined ? 'types' : `type ${text}`);
		this.#provides = provided;
		return provided;
	}

	/** The entries of an object literal, or of the body of a class or enumeration. */
	entries(node: Node): Entries {
		const { entries } = this.#read;
		let known = entries.get(node.id);
		if (!known) {
			const byName = new Map<string, Node[]>();
			const places = new Map<string, number>();
			const all = named(node);
			for (const [at, child] of all.entries()) {
				const key = field(child, 'key') ?? field(child, 'name') ?? field(child, 'property') ?? child;
				const name = propertyName(key);
				if (name === undefined) continue;
				pushTo(byName, name, child);
				if (!places.has(name)) places.set(name, at);
			}
			known = { byName, spreads: all.filter((child) => child.type === 'spread_element'), all, places };
			entries.set(node.id, known);
		}
		return known;
	}

	/** The `return` statements of a function of this part. */
	returns(owner: Node, body: Node): readonly Node[] {
		const { returns } = this.#read;
		let known = returns.get(owner.id);
		if (!known) {
			known = body
				.descendantsOfType('return_statement')
				.filter((n): n is Node => n !== null && !n.isMissing && enclosing(n, FUNCTIONS)?.id === owner.id);
			returns.set(owner.id, known);
		}
		return known;
	}

	/**
	 * The nodes that a word stands for in a part of the text, outside of strings and comments; undefined where the word
	 * is as frequent as only the short names of compressed sources are.
	 */
	occurrences(word: string, from = 0, to = this.text.length): readonly Node[] | undefined {
		return this.#isFrequent(word, from, to) ? undefined : [...this.nodesOf(word, from, to)];
	}

	/** The same, each as it is asked for. */
	*nodesOf(word: string, from: number, to: number): Generator<Node, void, undefined> {
		const places = this.words.has(word) ? this.#placesOf(word) : [];
		for (let i = countWhile(places.length, (at) => (places[at] ?? 0) < from); i < places.length; i++) {
			const at = places[i] as number;
			if (at >= to) return;
			const node = nodeAt(this.root, at, at + word.length);
			if (node && node.startIndex === at && node.text === word) yield node;
		}
	}

	#isFrequent(word: string, from: number, to: number): boolean {
		const places = this.words.has(word) ? this.#placesOf(word) : [];
		const inFront = (limit: number) => countWhile(places.length, (i) => (places[i] ?? 0) < limit);
		return inFront(to) - inFront(from) > MOST_OCCURRENCES;
	}

	#placesOf(word: string): readonly number[] {
		if (!/^[\w$]+$/.test(word)) return placesOf(word, this.text);
		const read = this.#read;
		if (!read.places) {
			read.places = new Map();
			for (const { 0: each, index } of this.text.matchAll(/[\w$]+/g)) pushTo(read.places, each, index);
		}
		return read.places.get(word) ?? [];
	}

	/**
	 * Where a variable is named besides its declaration: one of a function, or without a declaration the file's own of
	 * that name. Undefined where that is too often.
	 */
	uses(name: string, declaration: Declaration | undefined): readonly Node[] | undefined {
		const { from, to } = declaration ?? { from: 0, to: this.text.length };
		if (this.#isFrequent(name, from, to)) return undefined;
		// Where many declarations share a name each would go through the uses of those within it.
		const isShared = (this.#indexed().local.get(name)?.length ?? 0) > FEW_DECLARATIONS;
		if (isShared && this.#placesOf(name).length <= MOST_SHARED) return this.#usesOf(name).get(declaration) ?? [];
		return [...this.#usesIn(name, from, to)].flatMap(([node, of]) => (of === declaration ? [node] : []));
	}

	/** The uses of a name by what they stand for. */
	#usesOf(name: string): ReadonlyMap<Declaration | undefined, readonly Node[]> {
		const { uses } = this.#read;
		let known = uses.get(name);
		if (!known) {
			known = new Map();
			for (const [node, of] of this.#usesIn(name, 0, this.text.length)) pushTo(known, of, node);
			uses.set(name, known);
		}
		return known;
	}

	/** Uses of a name, each with the declaration of a function that it stands for, or none for the file's own. */
	*#usesIn(name: string, from: number, to: number): Generator<[Node, Declaration | undefined], void, undefined> {
		for (const node of this.nodesOf(name, from, to)) {
			if (!/^(?:shorthand_property_)?identifier$/.test(node.type)) continue;
			const of = this.localDeclaration(name, node);
			const declared = of ? [of] : this.moduleDeclarations(name);
			if (!declared.some((d) => d.node.id === node.id)) yield [node, of];
		}
	}

	#indexed(): Index {
		const read = this.#read;
		read.index ??= new Indexer(this).index();
		return read.index;
	}
}

/** A class that inherits, and the expression of what it inherits from. */
export interface DerivedClass {
	readonly chunk: Chunk;
	readonly node: Node;
	readonly parent: Node;
	readonly body: Node;
}

/** A call that may give a type a name: the name's expression, and its text where that is a plain string. */
export interface TypeMaker {
	readonly call: Node;
	readonly first: Node;
	readonly text?: string;
}

/** Where a text has a word, as a part of a longer one too. */
export function placesOf(word: string, text: string): number[] {
	const places: number[] = [];
	for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) places.push(at);
	return places;
}

/** Reads what a part declares and assigns. */
class Indexer {
	readonly #chunk: Chunk;
	readonly #ofModule = new Map<string, Declaration[]>();
	readonly #local = new Map<string, Declaration[]>();
	readonly #assignments = new Map<string, Assignment[]>();
	readonly #members = new Map<string, MemberAssignment[]>();
	/** What the walk is in: blocks, and declarations of variables with their word. */
	readonly #open: {
		readonly node: Node;
		readonly end: number;
		readonly type: string;
		readonly word: string | undefined;
	}[] = [];

	/** An operator besides `=` that gives a variable a value which stands in the text: `??=` and `||=`. */
	readonly #givesByDefault: boolean;

	constructor(chunk: Chunk) {
		this.#chunk = chunk;
		this.#givesByDefault = /(?:\?\?|\|\|)=/.test(chunk.text);
	}

	/** To ask a node for its parent is to look for it from the root: the walk knows what is open instead. */
	index(): Index {
		for (const { node, type } of this.#chunk.walk()) {
			const { startIndex } = node;
			while ((this.#open.at(-1)?.end ?? Infinity) <= startIndex) this.#open.pop();
			if (READ.has(type)) this.#read(node, type);
			const isDeclaration = DECLARATIONS.has(type);
			if (!isDeclaration && !BLOCKS.has(type)) continue;
			const word = isDeclaration ? (field(node, 'kind')?.text ?? '') : undefined;
			this.#open.push({ node, end: node.endIndex, type, word });
		}
		const local = new Map<string, readonly Local[]>();
		for (const [name, list] of this.#local) local.set(name, nested(list));
		return { ofModule: this.#ofModule, local, assignments: this.#assignments, members: this.#members };
	}

	/** The nearest open block of a kind. */
	#around(kinds: ReadonlySet<string>): Node {
		return this.#open.findLast(({ type }) => kinds.has(type))?.node ?? this.#chunk.root;
	}

	readonly #declare: Declare = (d) => {
		const ofModule = d.scope.type === 'program';
		const declaration = {
			...d,
			chunk: this.#chunk,
			ofModule,
			from: d.scope.startIndex,
			to: d.scope.endIndex,
		};
		pushTo(ofModule ? this.#ofModule : this.#local, d.name, declaration);
	};

	#assign(target: Node, assignment: Pick<Assignment, 'node' | 'value'>): void {
		const full = { ...assignment, chunk: this.#chunk };
		const { type } = target;
		if (type === 'identifier') pushTo(this.#assignments, target.text, full);
		else if (type === 'member_expression' || type === 'subscript_expression') {
			const object = field(target, 'object');
			const name = memberName(target);
			if (object && name !== undefined) pushTo(this.#members, name, { ...full, object });
		} else {
			const { node } = assignment;
			patternNames(target, [], (n) => pushTo(this.#assignments, n.text, { node, chunk: this.#chunk }));
			for (const inner of target.descendantsOfType(['member_expression', 'subscript_expression']))
				if (inner && isPatternTarget(inner)) this.#assign(inner, { node });
		}
	}

	#read(node: Node, type: string): void {
		switch (type) {
			case 'variable_declarator':
				this.#variable(node);
				return;
			case 'for_in_statement':
				this.#each(node);
				return;
			case 'catch_clause':
				this.#others(field(node, 'parameter'), node);
				return;
			case 'import_statement':
				this.#import(node);
				return;
			case 'assignment_expression':
			case 'augmented_assignment_expression': {
				const left = field(node, 'left');
				const mayGive = type === 'assignment_expression' || this.#givesByDefault;
				const operator = mayGive ? (field(node, 'operator')?.text ?? '=') : '';
				const right = /^(?:=|\?\?=|\|\|=)$/.test(operator) ? field(node, 'right') : null;
				if (left) this.#assign(left, right ? { node, value: right } : { node });
				return;
			}
			case 'unary_expression':
			case 'update_expression': {
				const isChanged = type === 'update_expression' || this.#chunk.text.startsWith('delete', node.startIndex);
				const target = isChanged ? field(node, 'argument') : null;
				if (target) this.#assign(target, { node });
				return;
			}
			default:
				this.#block(node, type);
		}
	}

	#block(node: Node, type: string): void {
		this.#parameters(node);
		const name = field(node, 'name');
		if (!name || type === 'method_definition') return;
		const kind = CLASSES.has(type) ? 'class' : (NAMED_BLOCKS[type] ?? 'function');
		const scope = type === 'function_expression' ? node : this.#around(BLOCKS);
		this.#declare({ name: name.text, kind, scope, node: name, value: node, path: [] });
	}

	#each(node: Node): void {
		const left = field(node, 'left');
		if (left && field(node, 'kind')) this.#others(left, node);
		else if (left) this.#assign(left, { node });
	}

	#others(pattern: Node | null, scope: Node): void {
		if (pattern) patternNames(pattern, [], (n) => this.#declare({ name: n.text, kind: 'other', scope, node: n }));
	}

	#variable(node: Node): void {
		const target = field(node, 'name');
		if (!target) return;
		const { type: list, word } = this.#open.at(-1) ?? {};
		const scope = this.#around(list === 'variable_declaration' ? FUNCTION_SCOPES : BLOCKS);
		const value = field(node, 'value');
		const type = field(node, 'type');
		patternNames(target, [], (n, path) =>
			this.#declare({
				name: n.text,
				kind: word === 'const' || word === 'using' ? 'const' : 'let',
				scope,
				node: n,
				...(value ? { value } : {}),
				...(path ? { path } : {}),
				...(type ? { type } : {}),
			}),
		);
	}

	#parameters(node: Node): void {
		for (const parameter of parametersOf(node)) {
			const pattern = field(parameter, 'pattern') ?? parameter;
			const type = field(parameter, 'type');
			patternNames(pattern, [], (n) =>
				this.#declare({ name: n.text, kind: 'parameter', scope: node, node: n, ...(type ? { type } : {}) }),
			);
		}
	}

	#import(node: Node): void {
		const add = (n: Node, from: string, name: string) =>
			this.#declare({ name: n.text, kind: 'import', scope: this.#chunk.root, node: n, imported: { from, name } });
		for (const clause of named(node)) {
			if (clause.type === 'import_require_clause') {
				const source = field(clause, 'source');
				const name = named(clause)[0];
				const from = source ? stringText(source) : undefined;
				if (name && from !== undefined) add(name, from, '*');
			}
			const source = clause.type === 'import_clause' ? field(node, 'source') : null;
			const from = source ? stringText(source) : undefined;
			if (from === undefined) continue;
			for (const part of named(clause)) this.#clause(part, (n, name) => add(n, from, name));
		}
	}

	#clause(part: Node, add: (n: Node, name: string) => void): void {
		if (part.type === 'identifier') add(part, 'default');
		else if (part.type === 'namespace_import') for (const n of named(part)) add(n, '*');
		else this.#specifiers(part, add);
	}

	#specifiers(list: Node, add: (n: Node, name: string) => void): void {
		for (const specifier of named(list)) {
			const name = field(specifier, 'name');
			const key = name && propertyName(name);
			if (name && key) add(field(specifier, 'alias') ?? name, key);
		}
	}
}

/** The parameters of a function, as written. */
export function parametersOf(owner: Node): readonly Node[] {
	const single = field(owner, 'parameter');
	if (single) return [single];
	const list = field(owner, 'parameters');
	return list ? named(list) : [];
}

/** Declarations of one name by where their scopes begin; of two in one scope the later one counts. */
function nested(list: readonly Declaration[]): readonly Local[] {
	const sorted = list.toSorted((a, b) => a.from - b.from);
	const locals: Local[] = [];
	const around: number[] = [];
	for (const declaration of sorted) {
		const isOutside = (at: number | undefined) =>
			at !== undefined && (locals[at]?.declaration.to ?? 0) < declaration.to;
		while (isOutside(around.at(-1))) around.pop();
		locals.push({ declaration, outer: around.at(-1) ?? -1 });
		around.push(locals.length - 1);
	}
	return locals;
}
