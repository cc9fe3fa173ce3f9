/** A TypeScript or JavaScript file: who declares a name, what is assigned where, what is imported and exported. */

import { field, named } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import type { Unit } from '../language.ts';
import { CLASSES, enclosing, FUNCTIONS, propertyName, stringText } from './nodes.ts';
import type { Value } from './values.ts';

export interface Declaration {
	readonly name: string;
	readonly kind: 'const' | 'let' | 'parameter' | 'function' | 'class' | 'enum' | 'namespace' | 'import' | 'other';
	/** The part of the file in which the name stands for this declaration, and its offsets. */
	readonly scope: Node;
	readonly from: number;
	readonly to: number;
	/** The declared name itself. */
	readonly node: Node;
	/** The initialiser, or the function, class or enumeration. */
	readonly value?: Node;
	/** How a pattern takes the name out of the initialiser, outermost first; undefined where it cannot be told. */
	readonly path?: readonly (string | number)[];
	/** Type annotation. */
	readonly type?: Node;
	readonly imported?: { readonly from: string; readonly name: string };
}

/** An assignment to a name; the value is undefined where it is not one expression. */
export interface Assignment {
	readonly node: Node;
	readonly value?: Node;
}

/** An assignment to a member of an object; the value is undefined where it is not one expression. */
export interface MemberAssignment extends Assignment {
	readonly object: Node;
}

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

const NAMED_BLOCKS: Readonly<Record<string, 'enum' | 'namespace'>> = {
	enum_declaration: 'enum',
	internal_module: 'namespace',
};

/** More uses of one name are not looked at. */
const MOST_OCCURRENCES = 1000;

type Declare = (declaration: Omit<Declaration, 'from' | 'to'>) => void;

/** One TypeScript or JavaScript file: its declarations, imports and assignments. Good while its tree lives. */
export class JsFile implements Unit {
	readonly language = 'js';
	readonly root: Node;
	readonly text: string;
	readonly included: readonly JsFile[];
	/** How the importing file names it. */
	readonly as: string | undefined;
	/** What expressions were found to be, by node. */
	readonly known = new Map<number, Value>();
	/** Expressions looked at so far: a file that asks for more than is reasonable is left alone. */
	steps = 0;
	readonly #owned = new Map<string, Map<Declaration, Assignment[]>>();
	#classes: readonly Node[] | undefined;
	readonly #places = new Map<string, readonly number[]>();
	#index:
		| {
				readonly declarations: Map<string, Declaration[]>;
				readonly assignments: Map<string, Assignment[]>;
				readonly members: Map<string, MemberAssignment[]>;
		  }
		| undefined;

	constructor(root: Node, text: string, included: readonly JsFile[], as?: string) {
		this.root = root;
		this.text = text;
		this.included = included;
		this.as = as;
	}

	/** The same file as another file imports it. */
	named(as: string): JsFile {
		return new JsFile(this.root, this.text, this.included, as);
	}

	imported(specifier: string): JsFile | undefined {
		return this.included.find((file) => file.as === specifier);
	}

	/** The declaration that a name stands for at a node. */
	declaration(name: string, at: Node): Declaration | undefined {
		const start = at.startIndex;
		const end = at.endIndex;
		let best: Declaration | undefined;
		for (const d of this.#indexed().declarations.get(name) ?? [])
			if (d.from <= start && d.to >= end && (!best || (d.from >= best.from && d.to <= best.to))) best = d;
		return best;
	}

	/** Assignments to the variable of a declaration, its own initialiser not among them. */
	assignments(declaration: Declaration): readonly Assignment[] {
		const all = this.#indexed().assignments.get(declaration.name) ?? [];
		let owned = this.#owned.get(declaration.name);
		if (!owned) {
			owned = new Map();
			this.#owned.set(declaration.name, owned);
			for (const a of all) {
				const owner = this.declaration(declaration.name, a.node);
				if (owner) owned.set(owner, [...(owned.get(owner) ?? []), a]);
			}
		}
		return owned.get(declaration) ?? [];
	}

	/** Assignments `object.name = value`, whatever the object. */
	memberAssignments(name: string): readonly MemberAssignment[] {
		return this.#indexed().members.get(name) ?? [];
	}

	/** Every class of the file. */
	classes(): readonly Node[] {
		this.#classes ??= this.root.descendantsOfType([...CLASSES]).filter((n): n is Node => n !== null && !n.isMissing);
		return this.#classes;
	}

	/**
	 * The nodes that a word stands for in a part of the text, outside of strings and comments; undefined where the word
	 * is as frequent as only the short names of compressed sources are.
	 */
	occurrences(word: string, from = 0, to = this.text.length): readonly Node[] | undefined {
		let places = this.#places.get(word);
		if (!places) {
			const pattern = new RegExp(`(?<![\\w$])${word.replace(/\W/g, '\\$&')}(?![\\w$])`, 'g');
			places = [...this.text.matchAll(pattern)].map(({ index }) => index);
			this.#places.set(word, places);
		}
		const inside = places.filter((at) => at >= from && at < to);
		if (inside.length > MOST_OCCURRENCES) return undefined;
		return inside.flatMap((at) => {
			const node = this.root.descendantForIndex(at, at + word.length);
			return node && node.startIndex === at && node.text === word ? [node] : [];
		});
	}

	#indexed() {
		if (this.#index) return this.#index;
		const index = {
			declarations: new Map<string, Declaration[]>(),
			assignments: new Map<string, Assignment[]>(),
			members: new Map<string, MemberAssignment[]>(),
		};
		this.#index = index;
		const push = <T>(map: Map<string, T[]>, name: string, value: T) => {
			const list = map.get(name);
			if (list) list.push(value);
			else map.set(name, [value]);
		};
		const declare: Declare = (d) =>
			push(index.declarations, d.name, { ...d, from: d.scope.startIndex, to: d.scope.endIndex });
		const assign = (target: Node, assignment: Assignment) => {
			if (target.type === 'identifier') push(index.assignments, target.text, assignment);
			else if (target.type === 'member_expression' || target.type === 'subscript_expression') {
				const object = field(target, 'object');
				const name = memberName(target);
				if (object && name !== undefined) push(index.members, name, { ...assignment, object });
			} else {
				const { node } = assignment;
				patternNames(target, [], (n) => push(index.assignments, n.text, { node }));
				for (const inner of target.descendantsOfType(['member_expression', 'subscript_expression']))
					if (inner && isPatternTarget(inner)) assign(inner, { node });
			}
		};
		for (const node of this.root.descendantsOfType(INDEXED)) {
			if (!node || node.isMissing) continue;
			switch (node.type) {
				case 'variable_declarator':
					this.#variable(node, declare);
					break;
				case 'for_in_statement': {
					const left = field(node, 'left');
					if (left && field(node, 'kind'))
						patternNames(left, [], (n) => declare({ name: n.text, kind: 'other', scope: node, node: n }));
					else if (left) assign(left, { node });
					break;
				}
				case 'catch_clause': {
					const parameter = field(node, 'parameter');
					if (parameter)
						patternNames(parameter, [], (n) => declare({ name: n.text, kind: 'other', scope: node, node: n }));
					break;
				}
				case 'import_statement':
					this.#import(node, declare);
					break;
				case 'assignment_expression':
				case 'augmented_assignment_expression': {
					const left = field(node, 'left');
					const operator = field(node, 'operator')?.text ?? '=';
					const right = field(node, 'right');
					const value = right && /^(?:=|\?\?=|\|\|=)$/.test(operator) ? { value: right } : {};
					if (left) assign(left, { node, ...value });
					break;
				}
				case 'unary_expression':
				case 'update_expression': {
					const target = field(node, 'argument');
					const isChanged = node.type === 'update_expression' || field(node, 'operator')?.text === 'delete';
					if (target && isChanged) assign(target, { node });
					break;
				}
				default: {
					if (FUNCTIONS.has(node.type)) this.#parameters(node, declare);
					const name = field(node, 'name');
					if (!name || node.type === 'method_definition') break;
					const kind = CLASSES.has(node.type) ? 'class' : (NAMED_BLOCKS[node.type] ?? 'function');
					const scope = node.type === 'function_expression' ? node : enclosing(node, BLOCKS);
					if (scope) declare({ name: name.text, kind, scope, node: name, value: node, path: [] });
				}
			}
		}
		return index;
	}

	#variable(node: Node, declare: Declare): void {
		const target = field(node, 'name');
		const list = node.parent;
		if (!target || !list) return;
		const word = field(list, 'kind')?.text;
		const scope = enclosing(node, list.type === 'variable_declaration' ? FUNCTION_SCOPES : BLOCKS);
		if (!scope) return;
		const value = field(node, 'value');
		const type = field(node, 'type');
		patternNames(target, [], (n, path) =>
			declare({
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

	#parameters(node: Node, declare: Declare): void {
		const single = field(node, 'parameter');
		const list = field(node, 'parameters');
		for (const parameter of single ? [single] : list ? named(list) : []) {
			const pattern = field(parameter, 'pattern') ?? parameter;
			const type = field(parameter, 'type');
			patternNames(pattern, [], (n) =>
				declare({ name: n.text, kind: 'parameter', scope: node, node: n, ...(type ? { type } : {}) }),
			);
		}
	}

	#import(node: Node, declare: Declare): void {
		for (const clause of named(node)) {
			if (clause.type === 'import_require_clause') {
				const source = field(clause, 'source');
				const name = named(clause)[0];
				const from = source && stringText(source);
				if (name && from !== undefined && from !== null)
					declare({ name: name.text, kind: 'import', scope: this.root, node: name, imported: { from, name: '*' } });
			}
			if (clause.type !== 'import_clause') continue;
			const source = field(node, 'source');
			const from = source ? stringText(source) : undefined;
			if (from === undefined) continue;
			const add = (n: Node, name: string) =>
				declare({ name: n.text, kind: 'import', scope: this.root, node: n, imported: { from, name } });
			for (const part of named(clause)) {
				if (part.type === 'identifier') add(part, 'default');
				else if (part.type === 'namespace_import') for (const n of named(part)) add(n, '*');
				else if (part.type === 'named_imports')
					for (const specifier of named(part)) {
						const name = field(specifier, 'name');
						const key = name && propertyName(name);
						if (name && key) add(field(specifier, 'alias') ?? name, key);
					}
			}
		}
	}
}

/** The name of a member that is known from the source alone. */
function memberName(target: Node): string | undefined {
	if (target.type === 'member_expression') return field(target, 'property')?.text;
	const key = field(target, 'index');
	return key?.type === 'string' ? stringText(key) : undefined;
}

const PATTERN_PARTS: ReadonlySet<string> = new Set([
	'array_pattern',
	'pair_pattern',
	'rest_pattern',
	'assignment_pattern',
]);

/** True for what a pattern assigns to, not for the defaults and keys in it. */
export function isPatternTarget(node: Node): boolean {
	const parent = node.parent;
	if (!parent || !PATTERN_PARTS.has(parent.type)) return false;
	return parent.type === 'pair_pattern'
		? field(parent, 'value')?.id === node.id
		: parent.type !== 'assignment_pattern' || field(parent, 'left')?.id === node.id;
}

/** The names that a pattern declares, each with its path; undefined behind `...`. */
function patternNames(
	pattern: Node,
	path: readonly (string | number)[] | undefined,
	found: (name: Node, path: readonly (string | number)[] | undefined) => void,
): void {
	switch (pattern.type) {
		case 'identifier':
		case 'shorthand_property_identifier_pattern':
			found(pattern, pattern.type === 'identifier' ? path : path && [...path, pattern.text]);
			return;
		case 'assignment_pattern':
		case 'object_assignment_pattern': {
			const left = field(pattern, 'left');
			if (left) patternNames(left, path, found);
			return;
		}
		case 'object_pattern':
			for (const child of named(pattern)) {
				if (child.type !== 'pair_pattern') {
					patternNames(child, path, found);
					continue;
				}
				const key = field(child, 'key');
				const name = key ? propertyName(key) : undefined;
				const value = field(child, 'value');
				if (value) patternNames(value, path && name !== undefined ? [...path, name] : undefined, found);
			}
			return;
		case 'array_pattern': {
			// Holes have no node of their own: positions are counted by commas.
			let at = 0;
			for (const child of pattern.children) {
				if (!child) continue;
				if (child.type === ',') at++;
				else if (child.isNamed && child.type !== 'comment') patternNames(child, path && [...path, at], found);
			}
			return;
		}
		case 'rest_pattern':
			for (const child of named(pattern)) patternNames(child, undefined, found);
			return;
		default:
	}
}
