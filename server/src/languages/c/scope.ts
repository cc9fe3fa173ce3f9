/** Names as seen from one point of a C or C++ file. */

import type { Catalog } from '../../catalog/catalog.ts';
import { field, named, within } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import { lastWord } from '../../syntax/scan.ts';
import { lastBefore, pushTo } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import { type CType, UNKNOWN } from '../../types/ctype.ts';
import { evaluateCode } from './evaluate/numbers.ts';
import type { Expr } from './expression.ts';
import type { CFile } from './file.ts';
import { reachingDefinitions } from './flow.ts';
import { keptBefore, unknownUse } from './kept.ts';
import { memberAssignments, pointeeAssignments } from './members.ts';
import type { Definition, EarlierUse, MacroFunction, Scope, Variable } from './model.ts';
import {
	beyondAlternatives,
	callWithArgument,
	earlierInList,
	enclosingFunction,
	fields,
	findDescendant,
	isOnlyTested,
	lastComponent,
	membersOf,
	PREPROCESSOR_BLOCKS,
	recall,
	remember,
	remembered,
	repeated,
	runsBefore,
	startOf,
	upward,
	wordAt,
	wordIn,
} from './nodes.ts';
import { memberOfClass, unitOf } from './owners.ts';
import { type Declarator, readDeclarators, readExpression, readType } from './read.ts';
import type { Block } from './split.ts';
import { Answered, whole } from './underWay.ts';
import type { CUnit } from './unit.ts';
import { isUntouched, writtenBefore, writtenThrough } from './unwritten.ts';
import { countIn, spansIn, usesOf, writes } from './uses.ts';

/** The function's first answer, whenever it is asked. */
export function once<T>(ask: () => T): () => T {
	let answer: { readonly value: T } | undefined;
	return () => {
		answer ??= { value: ask() };
		return answer.value;
	};
}

const calleeOf = (call: Node): string => {
	const callee = remembered(call, 'callee', () => field(call, 'function')?.text ?? '');
	return lastWord(callee.slice(-100)) || callee;
};

/** A call that a helper makes with what it is given. */
type HelperUse = Pick<EarlierUse, 'callee' | 'certain' | 'args'>;

/**
 * What a function of the file does with the parameter that a variable is given for: the functions that it gives it to,
 * and whether it always does. Undefined where the function is not in sight.
 */
function usesThrough(file: CFile, call: Node, use: Node): readonly HelperUse[] | undefined {
	const list = field(call, 'arguments');
	const callee = field(call, 'function');
	if (!list || callee?.type !== 'identifier') return undefined;
	const given = named(list);
	const position = given.findIndex((argument) => within(use, argument));
	// A variable whose address is given may be another one afterwards.
	if (given[position] && !/^(?:identifier|field_expression)$/.test(given[position].type)) return undefined;
	const [owner, ...others] = file.helper(callee.text);
	const body = owner && field(owner, 'body');
	const parameter =
		owner && others.length === 0 ? [...parametersOf(file, owner).values()].reverse()[position] : undefined;
	if (!body || !parameter || parameter.reference || parameter.type.kind === 'pointer') return undefined;
	return remembered(body, `given to ${parameter.name}`, () => usesInHelper(file, body, parameter.name));
}

function usesInHelper(file: CFile, body: Node, parameter: string): readonly HelperUse[] | undefined {
	const { names } = usesOf(file, body, parameter);
	if (countIn(names, body) > MOST_USES) return undefined;
	const uses: HelperUse[] = [];
	for (const { node } of spansIn(names, body)) {
		const inner = callWithArgument(node);
		if (inner)
			uses.push({ callee: calleeOf(inner), certain: alwaysRuns(inner, body), args: () => argumentsOf(file, inner) });
		else if (!isOnlyTested(node)) uses.push({ callee: '', certain: false });
	}
	return uses;
}

function argumentsOf(file: CFile, call: Node): readonly Definition[] {
	const scope = file.scopeAt(call);
	const list = field(call, 'arguments');
	return (list ? named(list) : []).map((node) => ({ expr: readExpression(node, scope), scope }));
}

/** A call that nothing in the function goes around: in a statement of its body, behind no way out. */
function alwaysRuns(call: Node, body: Node): boolean {
	const before = body.text.slice(0, call.startIndex - body.startIndex);
	if (/\b(?:return|goto|throw|co_return)\b/.test(before.slice(0, before.lastIndexOf(';') + 1))) return false;
	const end = body.children.at(-1);
	return !!end && runsBefore(call, end);
}

/** What a function returns, as it stands there. */
const returnedIn = (file: CFile, owner: Node): readonly Definition[] =>
	owner.descendantsOfType('return_statement').flatMap((statement) => {
		const value = statement && enclosingFunction(statement)?.id === owner.id ? named(statement)[0] : undefined;
		if (!value) return [];
		const scope = file.scopeAt(value);
		return [{ expr: readExpression(value, scope), scope }];
	});

/** Preprocessor blocks and namespaces nested deeper are not entered. */
const DEEPEST = 100;

/** Classes that a class is made from, one from another. */
const DEEPEST_BASE = 5;

/** More uses of one variable in a function than this are not followed. */
const MOST_USES = 100;
const UNFOLLOWED: readonly EarlierUse[] = [{ callee: '', certain: false, at: Number.MAX_SAFE_INTEGER }];

/** A structure of numbers and pointers: nothing in it can be a constructor, a base or an initialiser. */
const PLAIN = /^[\w\s{}[\];,*]+$/;

/** Names as seen from outside of every function of a file. */
export class FileScope implements Scope {
	protected readonly file: CFile;

	constructor(file: CFile) {
		this.file = file;
	}

	get catalog(): Catalog {
		return this.file.catalog;
	}

	get cpp(): boolean {
		return this.file.cpp;
	}

	type(name: string): CType | undefined {
		return this.file.typeByName(name) ?? (name.includes('::') ? this.file.typeByName(lastComponent(name)) : undefined);
	}

	constant(name: string): readonly Definition[] | undefined {
		return (
			// The names in a macro are those of the place that uses it.
			this.file.macroValue(name)?.map(({ expr }) => ({ expr, scope: this })) ??
			this.file.enumerator(name) ??
			(name.includes('::') ? this.file.enumerator(lastComponent(name)) : undefined)
		);
	}

	macroFunction(name: string): readonly MacroFunction[] | undefined {
		return this.file.macroFunction(name)?.map((macro) => ({ ...macro, scope: this }));
	}

	returning(name: string): MacroFunction | undefined {
		return this.file.returning(name);
	}

	isFunction(name: string): boolean {
		return this.file.declaresFunction(name);
	}

	isPlainRecord(name: string): boolean {
		if (!this.file.cpp) return true;
		const nodes = this.file.typeNodes(name);
		if (nodes.length === 0) return this.catalog.type(name) !== undefined;
		return nodes.every((node) => PLAIN.test(node.text));
	}

	uses(_name: string): readonly EarlierUse[] {
		return [];
	}

	kept(_spelt: string, _isLocal: boolean): ReturnType<NonNullable<Scope['kept']>> {
		return undefined;
	}

	returned(name: string): readonly Definition[] | undefined {
		const [only, ...others] = /^\w+$/.test(name) ? this.file.helper(name) : [];
		return only && others.length === 0 ? remembered(only, 'returned', () => returnedIn(this.file, only)) : undefined;
	}

	variable(name: string): Variable | undefined {
		return this.lookUp(name);
	}

	protected lookUp(name: string): Variable | undefined {
		if (this.file.macro(name)) return undefined;
		const plain = lastComponent(name);
		// What a class or a namespace holds, whatever stands nearer by under the same last name.
		return plain === name
			? this.near(plain)
			: (this.#classConstant(name) ?? this.file.fileVariable(plain) ?? this.file.includedVariable(plain));
	}

	protected near(name: string): Variable | undefined {
		return this.file.includedVariable(name);
	}

	/** `C::name`: a member of a class of this file. */
	#classConstant(name: string): Variable | undefined {
		const qualifier = lastComponent(name.slice(0, name.lastIndexOf('::')));
		for (const node of this.file.classNodes(qualifier)) {
			const found = this.memberOf(node, lastComponent(name));
			if (found) return found;
		}
		return undefined;
	}

	/** A member of a class, or of those that it is made from. */
	protected memberOf(node: Node, name: string, depth = 0): Variable | undefined {
		const body = field(node, 'body');
		if (!body || depth > DEEPEST_BASE) return undefined;
		return (
			(mayMention(body, name) ? this.#ownMember(node, body, name) : undefined) ?? this.#inherited(node, name, depth)
		);
	}

	#inherited(node: Node, name: string, depth: number): Variable | undefined {
		const bases = named(node).find((n) => n.type === 'base_class_clause');
		for (const base of bases ? named(bases) : []) {
			if (!/^(?:type_identifier|qualified_identifier)$/.test(base.type)) continue;
			for (const other of this.file.classNodes(lastComponent(base.text))) {
				const found = other.id === node.id ? undefined : this.memberOf(other, name, depth + 1);
				if (found) return found;
			}
		}
		return undefined;
	}

	#ownMember(node: Node, body: Node, name: string, depth = 0): Variable | undefined {
		if (depth > DEEPEST) return unknownVariable(name);
		const file = unitOf(node)?.file ?? this.file;
		let found: Variable | undefined;
		for (const child of membersByWord(body).get(name) ?? []) {
			if (child.type !== 'field_declaration') {
				found = merged(found, this.#ownMember(node, child, name, depth + 1));
				continue;
			}
			for (const d of readDeclarators(child, file.scopeAt(child)))
				if (d.name === name && d.type.kind !== 'function') {
					const constant = /\b(?:constexpr|const)\b/.test(child.text) && /\bstatic\b/.test(child.text);
					const value = field(child, 'default_value');
					found = merged(found, {
						name,
						type: d.type,
						ownStorage: !d.reference,
						reaching: () => (constant && value ? [{ expr: readExpression(value, this), scope: this }] : undefined),
					});
				}
		}
		return found;
	}
}

/** Does the text of a node hold a name? */
function mayMention(node: Node, name: string): boolean {
	const places = /^\w+$/.test(name) ? unitOf(node)?.places : undefined;
	if (!places) return wordIn(node.text, name);
	const offsets = places.get(name) ?? [];
	const first = offsets[lastBefore(offsets, (at) => at, node.startIndex) + 1];
	return first !== undefined && first < node.endIndex;
}

const MEMBER_WORDS = /[\w\u0080-\uffff]+/g;

/**
 * The members of a class by the words of their declarators, and blocks of the preprocessor by all of their words: what
 * another member is made of may lead back to the name that is asked for.
 */
const membersByWord = (body: Node): ReadonlyMap<string, readonly Node[]> =>
	remembered(body, 'members by word', () => {
		const members = new Map<string, Node[]>();
		for (const child of membersOf(body)) {
			const isBlock = PREPROCESSOR_BLOCKS.has(child.type);
			if (!isBlock && child.type !== 'field_declaration') continue;
			const parts = isBlock ? [child] : fields(child, 'declarator');
			for (const word of new Set(parts.flatMap(({ text }) => text.match(MEMBER_WORDS) ?? [])))
				pushTo(members, word, child);
		}
		return members;
	});

/** Names as seen from a node of a file. */
export class CScope extends FileScope {
	readonly #node: Node;
	/** A name that is looked up on the way to itself, as the length of an array, is no variable there. */
	readonly #variables = new Answered<string, Variable | undefined>();

	/** `CFile.scopeAt` makes one for each node. */
	constructor(file: CFile, node: Node) {
		super(file);
		this.#node = node;
	}

	override type(name: string): CType | undefined {
		if (this.file.cpp && this.#isTemplateParameter(name)) return UNKNOWN;
		return super.type(name);
	}

	/** `T` where `template <class T>` stands around. */
	#isTemplateParameter(name: string): boolean {
		for (let at: Node | null = this.#node; at; ) {
			const template: Node | undefined = upward(at, 'template', ({ type }) => type === 'template_declaration');
			const list = template && field(template, 'parameters');
			if (list && wordIn(list.text, name)) return true;
			at = template ? parentOf(template) : null;
		}
		return false;
	}

	override uses(name: string): readonly EarlierUse[] {
		const owner = enclosingFunction(this.#node);
		if (!owner) return [];
		const { names } = usesOf(this.file, owner, name);
		// Machines write it that often; nobody could follow them all.
		if (countIn(names, owner) > MOST_USES) return UNFOLLOWED;
		const again = repeated(this.#node, owner);
		const found: EarlierUse[] = [];
		for (const { node: use } of spansIn(names, owner)) {
			if (within(use, this.#node)) continue;
			const before = use.endIndex <= this.#node.startIndex;
			// What stands behind the point has run when a loop comes back to it.
			if (!before && !(again && within(use, again))) continue;
			const call = remembered(use, 'call', () => callWithArgument(use));
			if (call) found.push(...this.#givenTo(call, use, before && runsBefore(call, this.#node)));
			else if (!remembered(use, 'tested', () => isOnlyTested(use)))
				found.push({ callee: '', certain: false, at: use.startIndex });
		}
		return found;
	}

	/** What a call does that is given a variable: of a function of this file, what that function does with its parameter. */
	#givenTo(call: Node, use: Node, certain: boolean): readonly EarlierUse[] {
		const at = call.startIndex;
		const through = usesThrough(this.file, call, use);
		if (through) return through.map((inner) => ({ ...inner, certain: certain && inner.certain, at }));
		return [{ callee: calleeOf(call), certain, at, args: () => argumentsOf(this.file, call) }];
	}

	override kept(spelt: string, isLocal: boolean) {
		const kept = keptBefore(this.file, spelt, this.#node, isLocal);
		if (!kept) return undefined;
		const uses = kept.calls.flatMap(({ call, argument, certain }): readonly EarlierUse[] =>
			argument ? this.#givenTo(call, argument, certain) : [unknownUse(call.startIndex)],
		);
		const { value } = kept;
		const scope = this.file.scopeAt(value);
		return { definition: { expr: readExpression(value, scope), scope }, uses };
	}

	override variable(name: string): Variable | undefined {
		return this.#variables.ask(name, () => {
			const found = this.lookUp(name);
			const pointee = () => pointeeAssignments(this.file, name, this.#node);
			return found && { ...found, pointee, reaching: once(found.reaching) };
		});
	}

	protected override near(name: string): Variable | undefined {
		const place = this.#placeOf(name);
		if (place === 'elsewhere') return unknownVariable(name);
		return (place && this.#declaredIn(place.outer, place.inner, name)) ?? super.near(name);
	}

	/** Where the nearest declaration of a name stands; every node on the way remembers it. */
	#placeOf(name: string): DeclaredAt | undefined | 'elsewhere' {
		const question = `declaration of ${name}`;
		const path: Node[] = [];
		const { value: place, isWhole } = whole(() => this.#climb(name, question, path));
		if (isWhole) remember(path, question, { at: place });
		// A class that reads as a function: what its members do with the variable stands elsewhere.
		const isElsewhere = place?.outer.type === 'compound_statement' && place.outer.tree !== this.#node.tree;
		return isElsewhere ? 'elsewhere' : place;
	}

	/** @param path is given the nodes on the way. */
	#climb(name: string, question: string, path: Node[]): DeclaredAt | undefined {
		let inner = beyondAlternatives(this.#node);
		for (let outer = parentOf(inner); outer; inner = beyondAlternatives(outer), outer = parentOf(inner)) {
			const member = memberOfClass(inner, outer);
			if (member) {
				inner = member;
				outer = parentOf(member);
				if (!outer) break;
			}
			const known = recall(inner, question) as { readonly at: DeclaredAt | undefined } | undefined;
			if (known) return known.at;
			path.push(inner);
			if (this.#declaredIn(outer, inner, name)) return { outer, inner };
		}
		return undefined;
	}

	/** The default value of a parameter that the function names nowhere but at this point. */
	#defaultOf(owner: Node, { node }: Declarator, name: string): number | undefined {
		const parameter = node.type === 'optional_parameter_declaration' ? node : parentOf(node);
		const value = parameter?.type === 'optional_parameter_declaration' ? field(parameter, 'default_value') : null;
		const body = field(owner, 'body');
		if (!value || !body) return undefined;
		const { words } = usesOf(this.file, owner, name);
		const first = lastBefore(words, (at) => at, body.startIndex) + 1;
		const isNamedAgain = (words[first + 1] ?? body.endIndex) < body.endIndex;
		const [only, ...others] = (isNamedAgain ? undefined : evaluateCode(readExpression(value, this), this)) ?? [];
		return only === undefined || others.length > 0 ? undefined : only | 0;
	}

	/** A declaration of the name that `outer` holds and that is visible at its child `inner`. */
	#declaredIn(outer: Node, inner: Node, name: string): Variable | undefined {
		switch (outer.type) {
			case 'function_definition':
			case 'lambda_expression': {
				const d = parametersOf(this.file, outer).get(name);
				if (!d) return this.#member(field(outer, 'declarator'), name);
				// An array parameter is a pointer, but one by reference is the caller's array.
				const type: CType = d.type.kind === 'array' && !d.reference ? { kind: 'pointer', to: d.type.of } : d.type;
				return {
					name,
					type,
					automatic: !d.reference,
					declared: nameSpan(d),
					ownStorage: !d.reference,
					untouched: () => isUntouched(this.file, name, outer, this.#node),
					reaching: () => reachingDefinitions(this.file, name, undefined, this.#node, outer),
					...(this.file.cpp && { byDefault: () => this.#defaultOf(outer, d, name) }),
				};
			}
			case 'for_statement':
			case 'for_range_loop':
			case 'if_statement':
			case 'while_statement':
			case 'switch_statement': {
				for (const child of named(outer)) {
					const declaration = child.type === 'condition_clause' ? findDescendant(child, 'declaration') : child;
					if (declaration?.type === 'declaration') {
						const found = this.#fromDeclaration(declaration, name);
						if (found) return found;
					}
				}
				if (outer.type === 'for_range_loop' && field(outer, 'right')?.id !== inner.id) {
					for (const d of readDeclarators(outer, this)) if (d.name === name) return this.#elementOf(outer, d);
				}
				return undefined;
			}
			case 'class_specifier':
			case 'struct_specifier':
			case 'union_specifier':
				return name === 'this' ? thisOf(this.file.recordAt(outer)) : this.memberOf(outer, name);
			case 'compound_statement':
			case 'case_statement':
				return this.among(outer, inner, name);
			case 'declaration_list':
				return this.among(outer, undefined, name);
			case 'translation_unit':
				return this.file.fileVariable(name);
			default:
				return PREPROCESSOR_BLOCKS.has(outer.type) ? this.among(outer, inner, name) : undefined;
		}
	}

	/** The variable of a `for (T x : table)`: each element in turn. */
	#elementOf(loop: Node, { name, type, reference }: Declarator): Variable {
		const range = field(loop, 'right');
		const body = field(loop, 'body');
		return {
			name,
			type,
			ownStorage: !reference,
			reaching: () => {
				if (!range || !body || writes(this.file, body, name)) return undefined;
				const object = readExpression(range, this.file.scopeAt(loop));
				const { start, end } = object;
				const index: Expr = { start, end, kind: 'unknown' };
				return [{ expr: { start, end, kind: 'index', object, index }, scope: this.file.scopeAt(loop) }];
			},
		};
	}

	/** The variable of a name that a list of declarations makes, those in front of `before` alone. */
	among(list: Node, before: Node | undefined, name: string, depth = 0): Variable | undefined {
		if (depth > DEEPEST) return undefined;
		let found: Variable | undefined;
		for (const child of this.#declarationsOf(list, before, name)) {
			if (child.type === 'declaration') found = this.#fromDeclaration(child, name) ?? found;
			else {
				const inner = child.type === 'namespace_definition' ? (field(child, 'body') ?? child) : child;
				found = merged(found, this.among(inner, undefined, name, depth + 1));
			}
		}
		return found;
	}

	/** What of a list, in front of `before`, declares a variable, or holds such a declaration. */
	#declarationsOf(list: Node, before: Node | undefined, name: string): readonly Node[] {
		const { declared } = usesOf(this.file, list, name);
		const from = lastBefore(declared, (at) => at, list.startIndex) + 1;
		const to = lastBefore(declared, (at) => at, list.endIndex) + 1;
		if (from === to) return [];
		const all = remembered(list, `declarations of ${name}`, () => {
			const members = declarationsOf(list);
			const found = new Set<Node>();
			for (const at of declared.slice(from, to)) {
				const child = members[lastBefore(members, startOf, at + 1)];
				if (child && at < child.endIndex) found.add(child);
			}
			return [...found];
		});
		if (!before) return all;
		const earlier = earlierInList(list, before, all);
		// In its own initialiser a name is known: `T *p = malloc(sizeof(*p))`.
		return before.type === 'declaration' && all.some(({ id }) => id === before.id) ? [...earlier, before] : earlier;
	}

	#fromDeclaration(declaration: Node, name: string): Variable | undefined {
		const all = declaratorsOf(this.file, declaration).get(name);
		const at = this.file.scopeAt(declaration);
		const made = all?.find(({ type }) => type.kind !== 'function');
		const argument = made || !all?.[0] || !this.file.cpp ? undefined : constructedFrom(declaration, all[0], at);
		const d = made ?? (argument && all?.[0] && { ...all[0], type: baseOf(declaration, at) });
		if (!d) return undefined;
		const value = d.node.type === 'init_declarator' ? field(d.node, 'value') : (argument ?? null);
		const expression = value && remembered(value, 'expression', () => readExpression(value, at));
		const initial = expression ? { expr: expression, scope: at } : undefined;
		const { isConstant, isShared, isStatic, isElsewhere } = storageOf(declaration);
		const own = enclosingFunction(declaration);
		const automatic = own !== undefined && !d.reference && !isElsewhere;
		return {
			name,
			type: d.type,
			automatic,
			...(isConstant && d.type.kind !== 'pointer' && !d.reference ? { constant: true } : {}),
			...(own ? { declared: nameSpan(d) } : {}),
			...(this.file.cpp && own
				? {
						methods: () => remembered(declaration, `methods of ${name}`, () => methodsOf(own, declaration, name)),
						lengthSet: () => lengthSetBefore(this.file, this.#node, name),
					}
				: {}),
			ownStorage: !d.reference,
			...(initial ? { deduced: initial } : {}),
			reaching: () => {
				const definitions = initial && [initial];
				// What a reference to a constant is bound to without a name of its own lives as long, and nobody else has it.
				if (d.reference) return isConstant && initial && isNameless(initial.expr) ? [initial] : undefined;
				if (isShared) return undefined;
				if (isConstant && d.type.kind !== 'pointer') return definitions;
				// A static that nothing in the file writes or takes the address of keeps its initialiser.
				if (!own || isStatic) return isStatic && this.file.isNeverWritten(name) ? definitions : undefined;
				return reachingDefinitions(this.file, name, declaration, this.#node, own, definitions);
			},
			...(automatic && !initial && { written: () => writtenBefore(this.file, name, declaration, this.#node) }),
			...(automatic &&
				(d.type.kind === 'pointer' || d.type.kind === 'unknown') && {
					writtenThrough: () => writtenThrough(this.file, name, declaration, this.#node),
				}),
			...(automatic && {
				members: () => memberAssignments(this.file, name, declaration, this.#node, initial),
			}),
		};
	}

	/** Members of the class whose member function this is, defined inside or outside of it. */
	#member(declarator: Node | null, name: string): Variable | undefined {
		const qualified = declarator && findDescendant(declarator, 'qualified_identifier');
		const scope = qualified && field(qualified, 'scope')?.text;
		if (!scope) return undefined;
		const type = this.file.typeByName(lastComponent(scope));
		if (name === 'this') return type && thisOf(type);
		for (const node of this.file.classNodes(lastComponent(scope))) {
			const found = this.memberOf(node, name);
			if (found) return found;
		}
		return type ? memberVariable(type, name) : undefined;
	}
}

/** A variable and one of the same name in a block behind it: which branch or namespace is meant is not known. */
function merged(found: Variable | undefined, inside: Variable | undefined): Variable | undefined {
	if (!inside || !found) return inside ?? found;
	// Branches that disagree leave the type open.
	if (JSON.stringify(inside.type) !== JSON.stringify(found.type))
		return { ...inside, type: UNKNOWN, reaching: () => undefined };
	const reaching = () => {
		const definitions = [found.reaching(), inside.reaching()];
		return definitions.every((d) => d !== undefined) ? definitions.flat() : undefined;
	};
	return { ...inside, reaching };
}

interface Placed {
	readonly unit: CUnit;
	/** The blocks around it, the outermost first. */
	readonly path: readonly Block[];
}

/** The variable of a name that some items of a file declare outside of every function, by position. */
export function fileVariableIn(file: CFile, units: readonly CUnit[], name: string): Variable | undefined {
	return amongPlaced(
		file,
		units.map((unit) => ({ unit, path: pathOf(unit.block) })),
		name,
		0,
	);
}

function amongPlaced(file: CFile, list: readonly Placed[], name: string, depth: number): Variable | undefined {
	let found: Variable | undefined;
	for (let at = 0; at < list.length; ) {
		const { unit, path } = list[at] as Placed;
		const block = path[depth];
		if (!block) {
			found = file.scopeAt(unit.root).among(unit.root, undefined, name) ?? found;
			at++;
			continue;
		}
		let end = at + 1;
		while (list[end]?.path[depth] === block) end++;
		found = merged(found, amongPlaced(file, list.slice(at, end), name, depth + 1));
		at = end;
	}
	return found;
}

function pathOf(block: Block | undefined): readonly Block[] {
	const path: Block[] = [];
	for (let at = block; at; at = at.outer) path.push(at);
	return path.reverse();
}

/** A declaration that is seen from a child of the node that holds it. */
interface DeclaredAt {
	readonly outer: Node;
	readonly inner: Node;
}

/** Where a declarator has its name: in front of any brackets and values, as no name is a part of its own stars. */
function nameSpan({ name, node }: Declarator): Span {
	const at = wordAt(node.text, name);
	const start = node.startIndex + Math.max(at, 0);
	return { start, end: at < 0 ? node.endIndex : start + name.length };
}

const unknownVariable = (name: string): Variable => ({
	name,
	type: UNKNOWN,
	ownStorage: false,
	reaching: () => undefined,
});

/** The parameters of a function or lambda by name; of two of one name the first. */
const parametersOf = (file: CFile, owner: Node): ReadonlyMap<string, Declarator> =>
	remembered(owner, 'parameters', () => {
		const declarator = field(owner, 'declarator');
		const list = declarator && findDescendant(declarator, 'parameter_list');
		const declared = (list ? named(list) : [])
			.filter((parameter) => /^(?:optional_)?parameter_declaration$/.test(parameter.type))
			.flatMap((parameter) => readDeclarators(parameter, file.scopeAt(owner)));
		return new Map(declared.reverse().map((d) => [d.name, d]));
	});

const NOTHING_DECLARED: ReadonlyMap<string, readonly Declarator[]> = new Map();

/** What a declaration declares, by name. */
function declaratorsOf(file: CFile, declaration: Node): ReadonlyMap<string, readonly Declarator[]> {
	// A length that needs the name that is being declared finds nothing.
	const answered = remembered(
		declaration,
		'declarators',
		() => new Answered<'all', ReadonlyMap<string, Declarator[]>>(),
	);
	const all = answered.ask('all', () => {
		const byName = new Map<string, Declarator[]>();
		for (const d of readDeclarators(declaration, file.scopeAt(declaration))) pushTo(byName, d.name, d);
		return byName;
	});
	return all ?? NOTHING_DECLARED;
}

/** `unsigned long x(y);` in a function, where `y` is a variable: the argument that makes the variable `x`. */
function constructedFrom(declaration: Node, { node }: Declarator, at: Scope): Node | undefined {
	const list = node.type === 'function_declarator' ? field(node, 'parameters') : null;
	const [only, ...others] = list ? named(list) : [];
	if (only?.type !== 'parameter_declaration' || others.length > 0 || !enclosingFunction(declaration)) return undefined;
	const argument = field(only, 'type');
	const isName = argument?.type === 'type_identifier' && field(only, 'declarator') === null;
	return isName && at.variable(argument.text) ? argument : undefined;
}

/** A value that no variable holds. */
const isNameless = ({ kind }: Expr): boolean =>
	/^(?:number|sizeof-type|sizeof-expression|offsetof|binary|initializer)$/.test(kind);

const baseOf = (declaration: Node, at: Scope): CType => {
	const type = field(declaration, 'type');
	return type ? readType(type, at) : UNKNOWN;
};

/** How long the variables of a declaration live, and who may write them. */
interface Storage {
	readonly isConstant: boolean;
	/** Somebody else may write what is extern or volatile. */
	readonly isShared: boolean;
	readonly isStatic: boolean;
	/** It is not on the stack. */
	readonly isElsewhere: boolean;
}

const storageOf = (declaration: Node): Storage =>
	remembered(declaration, 'storage', () => {
		const first = field(declaration, 'declarator') ?? declaration;
		const words = declaration.text.slice(0, first.startIndex - declaration.startIndex).match(/\w+/g) ?? [];
		const has = (...some: readonly string[]) => words.some((word) => some.includes(word));
		return {
			isConstant: has('const', 'constexpr', 'constinit'),
			isShared: has('extern', 'volatile'),
			isStatic: has('static'),
			isElsewhere: has('static', 'extern', 'thread_local', '_Thread_local', '__thread'),
		};
	});

/** What of a list may declare a variable. */
const declarationsOf = (list: Node): readonly Node[] =>
	remembered(list, 'declarations', () =>
		membersOf(list).filter(
			({ type }) => type === 'declaration' || type === 'namespace_definition' || PREPROCESSOR_BLOCKS.has(type),
		),
	);

/** Names in the body of a macro: the file's own, but for the macro's parameters. */
export class MacroBodyScope implements Scope {
	readonly #file: Scope;
	readonly #parameters: ReadonlySet<string>;

	constructor(file: Scope, parameters: ReadonlySet<string>) {
		this.#file = file;
		this.#parameters = parameters;
	}

	get catalog(): Catalog {
		return this.#file.catalog;
	}

	variable(name: string): Variable | undefined {
		// Each is an unknown variable, so that no constant or type of that name is taken for it.
		return this.#parameters.has(name) ? unknownVariable(name) : undefined;
	}

	constant(name: string) {
		return this.#file.constant(name);
	}

	macroFunction(name: string) {
		return this.#file.macroFunction(name);
	}

	returning(name: string) {
		return this.#parameters.has(name) ? undefined : this.#file.returning(name);
	}

	type(name: string) {
		return this.#file.type(name);
	}

	isFunction(name: string) {
		return !this.#parameters.has(name) && this.#file.isFunction(name);
	}

	isPlainRecord() {
		return false;
	}

	uses() {
		return [];
	}
}

const thisOf = (type: CType): Variable => ({
	name: 'this',
	type: { kind: 'pointer', to: type },
	ownStorage: false,
	reaching: () => undefined,
});

function memberVariable(type: CType, name: string): Variable | undefined {
	if (type.kind !== 'record') return undefined;
	const member = type.fields.find((f) => f.name === name);
	return member && { name, type: member.type, ownStorage: true, reaching: () => undefined };
}

/** `v.resize(n);` in front of a point, whichever way leads there. */
function lengthSetBefore(file: CFile, node: Node, name: string): Definition | undefined {
	for (const { node: use } of usesOf(file, node, name).names.toReversed()) {
		if (use.endIndex > node.startIndex) continue;
		const member = parentOf(use);
		const call = member?.type === 'field_expression' ? parentOf(member) : undefined;
		if (call?.type !== 'call_expression' || !/^(?:resize|assign)$/.test(field(member as Node, 'field')?.text ?? ''))
			continue;
		return runsBefore(call, node) ? argumentsOf(file, call)[0] : undefined;
	}
	return undefined;
}

/**
 * Member functions called on a variable anywhere behind its declaration, and how often; `&` where it is handed on whole and
 * may be changed.
 */
function methodsOf(owner: Node, declaration: Node, name: string): ReadonlyMap<string, number> {
	const found = new Map<string, number>();
	const text = owner.text.slice(declaration.endIndex - owner.startIndex);
	for (const [, method = ''] of text.matchAll(new RegExp(`\\b${name}\\s*(?:\\.|->)\\s*(\\w+)`, 'g')))
		found.set(method, (found.get(method) ?? 0) + 1);
	// `f(v)`, `v = w`, `swap(v, w)`: the length may be another one afterwards.
	if (
		new RegExp(
			`(?:(?<!\\bstd::(?:s?size|data|empty|span))\\(|,)\\s*(?:&\\s*)?${name}\\s*[,)]|\\b${name}\\s*=[^=]`,
		).test(text)
	)
		found.set('&', 1);
	return found;
}
