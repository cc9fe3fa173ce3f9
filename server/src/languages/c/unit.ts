/**
 * One top-level item of a C or C++ file: its tree, parsed when first asked for, and what it declares for the others.
 * Typing inside the body of a function never changes what the file declares. Of a class that is cut, each of the larger
 * functions is read alone, within the head of the class, and everything else together, without their bodies.
 */

import type { IoctlBinding } from '../../calls/bindings.ts';
import type { CallSite, Surroundings } from '../../calls/site.ts';
import { textChange } from '../../syntax/change.ts';
import { field, named, spanOf } from '../../syntax/nodes.ts';
import { replaceBlockComments } from '../../syntax/scan.ts';
import { lastBefore, pushTo } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node, SyntaxTree } from '../../syntax/trees.ts';
import type { Include, Part } from '../language.ts';
import { withoutAnnotations } from './annotations.ts';
import { type Compiled, compiled } from './branches.ts';
import type { Expr } from './expression.ts';
import type { CFile } from './file.ts';
import { mayDeclareFunction, mayDefineMacro, mayDefineType } from './mayDeclare.ts';
import type { Definition } from './model.ts';
import { declaredName, fields, PREPROCESSOR_BLOCKS } from './nodes.ts';
import { withoutOpenNests } from './openNests.ts';
import { own } from './owners.ts';
import { type MacroLine, macroLines } from './preprocessor.ts';
import { readExpression } from './read.ts';
import { surroundingsIn } from './room.ts';
import type { Block, Item } from './split.ts';
import { writes } from './uses.ts';

export interface MacroText {
	readonly parameters?: readonly string[];
	readonly body: string;
}

const TYPE_NODES = [
	'type_definition',
	'struct_specifier',
	'union_specifier',
	'class_specifier',
	'enum_specifier',
	'alias_declaration',
];

/** What a body may hold that stands for the whole file all the same. */
const DECLARES_IN_BODY =
	/#[ \t]*(?:define|undef)\b|\b(?:typedef|using)\b|\b(?:(?:struct|union|class)[ \t\r\n]+\w|enum\b)[^;(){}=,]{0,200}\{/;

const WORD = /[A-Za-z_]\w*/g;

const words = new WeakMap<Block, readonly string[]>();

/** The words of the conditions that a block depends on. */
function wordsOf(block: Block): readonly string[] {
	let found = words.get(block);
	if (!found) {
		found = block.kind === 'if' ? [block.text, ...block.before].flatMap((text) => text.match(WORD) ?? []) : [];
		words.set(block, found);
	}
	return found;
}

const NONE: ReadonlyMap<string, readonly never[]> = new Map();

const NO_INCLUDES: readonly Include[] = [];

function readIncludes(text: string): Include[] {
	return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*(?:"([^"\r\n]+)"|<([^>\r\n]+)>)/gm)].map((match) => ({
		name: match[1] ?? match[2] ?? '',
		quoted: match[1] !== undefined,
	}));
}

/** Longer texts are parsed in part when a part has changed. */
const LONGEST_WHOLE = 4095;

/** The beginnings of the classes around an item, and their ends. */
function classesAround(block: Block | undefined): { readonly head: string; readonly tail: string } {
	let head = '';
	let tail = '';
	for (let at = block; at?.kind === 'class'; at = at.outer) {
		head = `${at.text}{${head}`;
		tail += '};';
	}
	return { head, tail };
}

/** A part of a unit's text, and where it stands in the file. */
export interface Stretch {
	/** Offset in the text of the unit. */
	readonly at: number;
	readonly item: CUnit;
	/** It is the head of a function that is read alone. */
	readonly isHead: boolean;
}

/** One item. Everything is asked of it lazily; `free` ends it. */
export class CUnit implements Part, Item {
	readonly file: CFile;
	/** What stands in the file. */
	readonly own: string;
	/** What is parsed: the same, within the heads of the classes around it. */
	readonly text: string;
	readonly kind: Item['kind'];
	readonly body: number;
	readonly signature: number;
	readonly comment: number | undefined;
	/** Where its own text begins in what is parsed. */
	readonly lead: number;
	start: number;
	end: number;
	block: Block | undefined;
	joint: boolean;
	/** Of a function that is read alone: the class that it is a part of, and where that has its head and its empty body. */
	around: { readonly unit: CUnit; readonly from: number; readonly body: number } | undefined;
	/** Of a class without the bodies of its larger functions: where each part of the text stands. */
	stretches: readonly Stretch[] | undefined;
	readonly #writes = new Map<string, boolean>();
	#tree: SyntaxTree | undefined;
	#plain: string | undefined;
	#compiled: Compiled | undefined;
	#macroLines: readonly MacroLine[] | undefined;
	#places: ReadonlyMap<string, readonly number[]> | undefined;
	#mentions: readonly string[] | undefined;
	#isHeadOnly: boolean | undefined;
	#includes: readonly Include[] | undefined;
	#types: ReadonlyMap<string, readonly Node[]> | undefined;
	#macros: ReadonlyMap<string, readonly MacroText[]> | undefined;
	#enumerators: ReadonlyMap<string, readonly Definition[]> | undefined;
	#functions: ReadonlySet<string> | undefined;

	/** @param text what is parsed, where it is not the item's own within the heads of the classes around it. */
	constructor(file: CFile, item: Item, own: string, text?: string) {
		this.file = file;
		const { head, tail } = item.kind === 'class' ? { head: '', tail: '' } : classesAround(item.block);
		this.own = own;
		// Nothing behind an open comment says anything, and the grammar would look for its end in vain.
		const read = item.comment === undefined ? own : own.slice(0, item.comment);
		this.text = text ?? (head === '' ? read : head + read + tail);
		this.lead = head.length;
		this.kind = item.kind;
		this.body = item.body;
		this.signature = item.signature;
		this.comment = item.comment;
		this.start = item.start;
		this.end = item.end;
		this.block = item.block;
		this.joint = item.joint;
	}

	/** What the grammar reads: the text with blanks for annotations, open nests and what Windows never compiles. */
	get plain(): string {
		this.#plain ??= withoutAnnotations(withoutOpenNests(this.compiled.text));
		return this.#plain;
	}

	/** What of it Windows may compile. */
	get compiled(): Compiled {
		this.#compiled ??= this.#compile();
		return this.#compiled;
	}

	#compile(): Compiled {
		const { text } = this;
		if (this.kind === 'directive' || !text.includes('#')) return { text, whole: text, forks: [] };
		return compiled(text, this.file.around(this), (condition, frame) => this.file.isTrue(condition, this, frame));
	}

	/** The same item, of which nothing is known. */
	again(): CUnit {
		const unit = new CUnit(this.file, this, this.own);
		unit.around = this.around;
		unit.stretches = this.stretches;
		return unit;
	}

	/** The same item with another text behind some offset. */
	withText(text: string): CUnit {
		const unit = new CUnit(this.file, this, text.slice(this.lead), text);
		unit.around = this.around;
		unit.stretches = this.stretches;
		return unit;
	}

	/** Functions of a class that is cut belong together with the rest of it. */
	isOneWith(other: CUnit): boolean {
		return (this.around?.unit ?? this) === (other.around?.unit ?? other);
	}

	/** Is it a function that is an item of its own whose head stands there? */
	isReadAlone(offset: number): boolean {
		return this.#stretchAt(offset)?.isHead ?? false;
	}

	get stands(): unknown {
		return this.stretches ?? this.start - this.lead;
	}

	place(offset: number): number {
		const stretch = this.#stretchAt(offset);
		return stretch ? stretch.item.start + offset - stretch.at : this.start - this.lead + offset;
	}

	/** Of a class that is cut. */
	#stretchAt(offset: number): Stretch | undefined {
		const { stretches } = this;
		return stretches?.[lastBefore(stretches, ({ at }) => at, offset + 1)];
	}

	get root(): Node {
		if (!this.#tree) {
			this.#tree = this.file.parse(this.plain);
			own(this.#tree.root, this);
		}
		return this.#tree.root;
	}

	/** Takes over the tree of the item in whose place it stands now, as far as the texts are the same. */
	follow({ text, plain, tree }: Pick<CUnit, 'text' | 'plain' | 'tree'>): void {
		if (!tree || this.text.length <= LONGEST_WHOLE || plain !== text || this.plain !== this.text) return;
		this.#tree = tree.next(this.text, textChange(text, this.text));
		if (this.#tree) own(this.#tree.root, this);
	}

	get tree(): SyntaxTree | undefined {
		return this.#tree;
	}

	/** Frees the tree. Nothing that was read of its nodes may be asked any more. */
	free(): void {
		this.#tree?.free();
		this.#tree = undefined;
		this.#types = undefined;
		this.#functions = undefined;
	}

	/** Frees the tree where nobody else holds a part of it. What is asked afterwards parses anew. */
	rest(): void {
		if (this.isHeadOnly) this.free();
	}

	/** Forgets what its text tells without a tree, and what was made of it: there are very many items. */
	forgetText(): void {
		this.#places = undefined;
		this.#plain = undefined;
		this.#compiled = undefined;
	}

	done(): void {
		this.file.done(this);
	}

	/** Does it write a variable of the file, or take its address? */
	writes(name: string): boolean {
		let answer = this.#writes.get(name);
		if (answer === undefined) {
			answer = this.places.has(name) && !this.isDisabled && writes(this.file, this.root, name);
			this.#writes.set(name, answer);
		}
		return answer;
	}

	sites(): Iterable<CallSite> {
		if (this.isDisabled) return [];
		const sites = this.file.sitesOf(this);
		return this.stretches ? [...sites].filter(({ start }) => !this.isReadAlone(start)) : sites;
	}

	bindings(): readonly IoctlBinding[] {
		return [];
	}

	surroundings(call: Span): Surroundings {
		const { root, text, places, file } = this;
		return surroundingsIn({ root, text, places, scopeAt: (node) => file.scopeAt(node) }, call);
	}

	/** Windows never compiles it. */
	get isDisabled(): boolean {
		return this.block !== undefined && !this.file.mayBeCompiled(this);
	}

	/** The macros that it defines and undefines, by position. */
	get macroLines(): readonly MacroLine[] {
		this.#macroLines ??= macroLines(this);
		return this.#macroLines;
	}

	/** It stands in a block on whose condition a word of some has a say. */
	isConditionedBy(names: ReadonlySet<string>): boolean {
		for (let at = this.block; at; at = at.outer) if (wordsOf(at).some((word) => names.has(word))) return true;
		return false;
	}

	/** Every word of the text, with the offsets at which it stands. */
	get places(): ReadonlyMap<string, readonly number[]> {
		this.#places ??= placesIn(this.text);
		return this.#places;
	}

	/** Its `#include` lines, also those in branches that may not be taken. */
	get includes(): readonly Include[] {
		this.#includes ??= this.text.includes('include') ? readIncludes(this.text) : NO_INCLUDES;
		return this.#includes;
	}

	/** A function whose body declares nothing for the rest of the file. */
	get isHeadOnly(): boolean {
		this.#isHeadOnly ??= this.kind === 'function' && !DECLARES_IN_BODY.test(this.own.slice(this.body));
		return this.#isHeadOnly;
	}

	/** What stands in front of a function's body. */
	get head(): string {
		return this.own.slice(0, this.lead > 0 ? this.signature : this.body);
	}

	/** What it may declare something with for the whole file: what stands in front of a function's body, else all. */
	get mentioning(): string {
		return this.isHeadOnly ? this.head : this.text;
	}

	/** Every word of that. */
	get mentions(): readonly string[] {
		this.#mentions ??= [...new Set(this.mentioning.match(WORD))];
		return this.#mentions;
	}

	/** The nodes that define a type of that name. */
	typesNamed(name: string): readonly Node[] {
		return mayDefineType(this.mentioning, name) ? (this.types.get(name) ?? []) : [];
	}

	/** Its macros of that name. */
	macrosNamed(name: string): readonly MacroText[] {
		return mayDefineMacro(this.mentioning, name) ? (this.macros.get(name) ?? []) : [];
	}

	/** Does it declare or define a function of that name? */
	declaresFunction(name: string): boolean {
		return mayDeclareFunction(this.mentioning, name) && this.functions.has(name);
	}

	/** The nodes that define a type, by its name. */
	get types(): ReadonlyMap<string, readonly Node[]> {
		this.#types ??= this.isHeadOnly ? NONE : this.#readTypes();
		return this.#types;
	}

	#readTypes(): ReadonlyMap<string, readonly Node[]> {
		const types = new Map<string, Node[]>();
		for (const node of this.#nodes(TYPE_NODES)) {
			if (node.type === 'type_definition') {
				for (const name of declaredNames(node)) pushTo(types, name, node);
				continue;
			}
			const tag = field(node, 'name');
			if (tag && (/^(?:alias_declaration|enum_specifier)$/.test(node.type) || field(node, 'body')))
				pushTo(types, tag.text, node);
		}
		return types;
	}

	/** Its macros, by name. */
	get macros(): ReadonlyMap<string, readonly MacroText[]> {
		this.#macros ??= /#[ \t]*define\b/.test(this.mentioning) ? this.#readMacros() : NONE;
		return this.#macros;
	}

	#readMacros(): ReadonlyMap<string, readonly MacroText[]> {
		const macros = new Map<string, MacroText[]>();
		for (const node of this.#nodes(['preproc_def', 'preproc_function_def']))
			pushTo(macros, field(node, 'name')?.text ?? '', macroText(node));
		return macros;
	}

	/** Its enumerators, by name alone and with the name of the enumeration. */
	get enumerators(): ReadonlyMap<string, readonly Definition[]> {
		this.#enumerators ??= /\benum\b/.test(this.mentioning) ? this.#readEnumerators() : NONE;
		return this.#enumerators;
	}

	#readEnumerators(): ReadonlyMap<string, readonly Definition[]> {
		const enumerators = new Map<string, Definition[]>();
		// What is read of a value may ask for the names once more.
		this.#enumerators = enumerators;
		const scope = this.file.fileScope;
		for (const list of this.#nodes(['enumerator_list'])) {
			let previous: Expr = { ...spanOf(list), kind: 'number', value: -1n };
			const className = list.parent && field(list.parent, 'name')?.text;
			for (const node of named(list)) {
				const span = spanOf(node);
				if (node.type !== 'enumerator') {
					// A block of the preprocessor, which may hold any number of them.
					previous = { ...span, kind: 'unknown' };
					continue;
				}
				const value = field(node, 'value');
				previous = value
					? readExpression(value, scope)
					: { ...span, kind: 'binary', op: '+', left: previous, right: { ...span, kind: 'number', value: 1n } };
				const key = field(node, 'name')?.text ?? '';
				for (const spelt of className ? [key, `${className}::${key}`] : [key])
					pushTo(enumerators, spelt, { expr: previous, scope });
			}
		}
		return enumerators;
	}

	/** Names of the functions that it declares or defines. */
	get functions(): ReadonlySet<string> {
		this.#functions ??= new Set(this.isHeadOnly ? namedInHead(this.head) : this.#readFunctions());
		return this.#functions;
	}

	#readFunctions(): readonly string[] {
		return this.#nodes(['function_declarator']).flatMap((node) => {
			// A parenthesised name is a pointer to a function; C++ takes `CALLBACK done` for a name with a scope.
			const [, name] = /^(?:[A-Z_]+\s+)*(\w+)$/.exec(field(node, 'declarator')?.text ?? '') ?? [];
			return name ?? [];
		});
	}

	/** Every name that it declares for the whole file. */
	declares(): ReadonlySet<string> {
		const names = new Set([...this.functions, ...this.types.keys(), ...this.macros.keys(), ...this.enumerators.keys()]);
		for (const { name } of this.macroLines) names.add(name);
		if (this.kind !== 'function') addVariables(this.root, names);
		return names;
	}

	#nodes(types: string[]): Node[] {
		return this.root.descendantsOfType(types).filter((n): n is Node => n !== null && n.startIndex >= this.lead);
	}
}

function placesIn(text: string): ReadonlyMap<string, readonly number[]> {
	const places = new Map<string, number[]>();
	for (const { 0: word, index } of text.matchAll(WORD)) pushTo(places, word, index);
	return places;
}

/** The functions that a head tells of without a parse, as most functions are never looked into. */
const namedInHead = (head: string): readonly string[] =>
	[...withoutAnnotations(head).matchAll(/\b([A-Za-z_]\w*)[ \t\r\n]*\(/g)].map(([, name = '']) => name);

/** The names that a declaration gives. */
const declaredNames = (node: Node): readonly string[] =>
	fields(node, 'declarator').flatMap((declarator) => declaredName(declarator) ?? []);

function addVariables(list: Node, names: Set<string>): void {
	for (const node of named(list)) {
		if (node.type === 'declaration') for (const name of declaredNames(node)) names.add(name);
		else if (node.type === 'namespace_definition') addVariables(field(node, 'body') ?? node, names);
		else if (PREPROCESSOR_BLOCKS.has(node.type)) addVariables(node, names);
	}
}

function macroText(node: Node): MacroText {
	const joined = (field(node, 'value')?.text ?? '').replace(/\\\r?\n/g, ' ');
	const [code = ''] = replaceBlockComments(joined, () => ' ').split('//');
	const body = code.trim();
	const parameters = field(node, 'parameters');
	if (!parameters) return { body };
	const names = named(parameters).map((p) => p.text);
	return { parameters: parameters.text.includes('...') ? [...names, '...'] : names, body };
}
