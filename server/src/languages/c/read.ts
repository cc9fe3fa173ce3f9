/** C and C++ as tree-sitter's two grammars show them: syntax nodes to expressions, types and calls. */

import { field, named } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import { catalogType } from '../../types/catalogTypes.ts';
import { type CField, type CType, UNKNOWN } from '../../types/ctype.ts';
import { SCALARS } from '../../types/scalars.ts';
import type {
	Definition,
	EntryPointOf,
	Include,
	Language,
	MacroFunction,
	ParseSnippet,
	RawArgument,
	RawCall,
	Scope,
	Unit,
	Variable,
} from '../language.ts';
import { readAliases } from './aliases.ts';
import { evaluateInteger } from './evaluate.ts';
import type { Expr } from './expression.ts';
import { mayWrite } from './flow.ts';
import {
	declaredName,
	enclosingCallOf,
	enclosingFunction,
	enclosingFunctionName,
	fields,
	findDescendant,
	isDisabled,
	isReadable,
	isResultUsed,
	lastComponent,
	normaliseSized,
	parenthesizedName,
	parseCharacter,
	parseInteger,
	remembered,
	SIZED,
	typeFromName,
} from './nodes.ts';
import { CScope, MacroBodyScope, once } from './scope.ts';
import { cWording } from './wording.ts';
import { throughWrapper, type Wrapper, wrapperAround } from './wrappers.ts';

const TYPE_NODES = [
	'type_definition',
	'struct_specifier',
	'union_specifier',
	'class_specifier',
	'enum_specifier',
	'alias_declaration',
];
const CPP_CASTS = new Set(['static_cast', 'reinterpret_cast', 'const_cast', 'dynamic_cast', 'safe_cast', 'bit_cast']);

/** A language of the C family. */
export function cFamily(id: 'c' | 'cpp', grammar: string, extensions: readonly string[]): Language {
	const file = (root: Node, text: string, parse: ParseSnippet, included: readonly Unit[]) =>
		new CFile(root, text, id === 'cpp', parse, included as readonly CFile[]);
	return {
		id,
		grammar,
		extensions,
		languageIds: [id],
		wording: cWording,
		calls: (root, text, entryPoint, parse, included) => file(root, text, parse, included).calls(entryPoint),
		includes: readIncludes,
		unit: file,
	};
}

/** `#include` lines, also those in branches that may not be taken. */
function readIncludes(text: string): Include[] {
	return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*(?:"([^"\r\n]+)"|<([^>\r\n]+)>)/gm)].map((match) => ({
		name: match[1] ?? match[2]!,
		quoted: match[1] !== undefined,
	}));
}

/** A wrapper of a wrapper is followed, one more is not. */
const MOST_LEVELS = 2;

/** A call with a longer argument list than this is not repaired. */
const LONGEST_CALL = 2000;

/** The parentheses that a text begins with, and what is between them. */
function argumentList(text: string): string | undefined {
	if (!/^\s*\(/.test(text) || !TYPE_MACRO.test(text)) return undefined;
	let open = 0;
	for (const match of text.matchAll(/[()]/g)) {
		open += match[0] === '(' ? 1 : -1;
		if (open === 0) return text.slice(0, match.index + 1);
	}
	return undefined;
}

/** Macros that take a type or a member. */
const TYPE_MACRO = /\b(?:offsetof|FIELD_OFFSET|_IO(?:W|R|WR))\s*\(/;

/**
 * Types and members that no expression can hold, in the macros that take them, as plain names of the same length:
 * `FIELD_OFFSET(struct T, m)`, `offsetof(T, m[1])`, `_IOR('s', 7, unsigned long)`.
 */
function withPlainTypes(text: string): string {
	return text
		.replace(
			/\b(offsetof|FIELD_OFFSET)(\s*\(\s*)(?:(struct|union)(?=\s))?/g,
			(_, callee: string, open: string, tag?: string) =>
				`${callee === 'offsetof' ? 'OFFSETOF' : callee}${open}${' '.repeat(tag?.length ?? 0)}`,
		)
		.replace(
			/(\b_IO(?:W|R|WR)\s*\((?:[^(),]|'[(),]')*,[^(),]*,\s*)([A-Za-z_][\w\s]*\w)(?=\s*\))/g,
			(_, head: string, type: string) => {
				const words = normaliseSized(type).replace(/^(?:struct|union|enum)\s+/, '');
				const plain = SIZED.test(words) ? (PLAIN[words] ?? type) : words;
				return head + plain.padEnd(type.length);
			},
		);
}

/** Names of one word for types of several. */
const PLAIN: Readonly<Record<string, string>> = {
	'unsigned long': 'u_long',
	'unsigned int': 'u_int',
	'unsigned short': 'u_short',
	'unsigned char': 'u_char',
	'unsigned long long': 'ULONGLONG',
	'long long': '__int64',
};

/** Expressions nested deeper are unknown. */
const DEEPEST = 200;

/** Words and brackets of a text, `#if` and `#endif`, and a line's end where the next begins with a word: a new declaration. */
function* words(text: string): Generator<readonly [word: string, at: number]> {
	for (const match of text.matchAll(/\n(?=[A-Za-z_])|#[ \t]*(?:if(?:n?def)?|endif)\b|[A-Za-z_]\w*|[(){}]/g))
		yield [match[0], match.index];
}

interface FoundCall {
	readonly call: RawCall;
	/** Absent for a call in a macro's body. */
	readonly node?: Node | undefined;
}

interface MacroText {
	readonly parameters?: readonly string[];
	readonly body: string;
}

/** One C or C++ file, or a header: its calls, and what its names mean. Good while its tree lives. */
export class CFile implements Unit {
	readonly language = 'c';
	readonly #root: Node;
	readonly #included: readonly CFile[];
	readonly text: string;
	readonly cpp: boolean;
	readonly #parse: ParseSnippet;
	readonly #scope: CScope;
	#macros: Map<string, MacroText[]> | undefined;
	readonly #macroValues = new Map<string, readonly Definition[]>();
	readonly #writingMacros = new Map<string, readonly string[]>();
	readonly #macroFunctions = new Map<string, readonly MacroFunction[]>();
	#types: Map<string, Node[]> | undefined;
	readonly #typeValues = new Map<string, CType | undefined>();
	#enumerators: Map<string, Definition[]> | undefined;
	#functions: Set<string> | undefined;
	#depth = 0;
	readonly #fileVariables = new Map<string, Variable | undefined>();
	readonly #includedVariables = new Map<string, Variable | undefined>();
	#wrapperCache: readonly Wrapper[] | undefined;
	#packs: { at: number; pack: number | undefined }[] | undefined;

	constructor(root: Node, text: string, cpp: boolean, parse: ParseSnippet, included: readonly CFile[]) {
		this.#included = included;
		this.#root = root;
		this.text = text;
		this.cpp = cpp;
		this.#parse = parse;
		this.#scope = new CScope(this, root);
	}

	/** Calls of entry points, directly and through up to two levels of wrappers. */
	calls(entryPoint: EntryPointOf): RawCall[] {
		const aliases = readAliases(this.text);
		const named: EntryPointOf = (name) => aliases.get(name) ?? entryPoint(name);
		const found = this.#directCalls(named);
		const calls = found.map((f) => f.call);
		let wrappers = [...this.#wrappers(found), ...this.#closure().flatMap((file) => file.#ownWrappers(entryPoint))];
		for (let level = 0; level < MOST_LEVELS && wrappers.length > 0; level++) {
			const names = new Set(wrappers.map((w) => w.name));
			const outer = this.#directCalls(
				(name) => (names.has(name) && named(name) === undefined ? name : undefined),
				true,
			).flatMap(({ call, node }) => {
				// Of overloaded functions the number of arguments must tell which one is meant.
				const through = wrappers.flatMap((w) => (w.name === call.name ? (throughWrapper(w, call) ?? []) : []));
				return through.length === 1 ? [{ call: through[0]!, node }] : [];
			});
			calls.push(...outer.map((o) => o.call));
			wrappers = this.#wrappers(outer);
		}
		return calls;
	}

	#ownWrappers(entryPoint: EntryPointOf): readonly Wrapper[] {
		this.#wrapperCache ??= this.#wrappers(this.#directCalls(entryPoint));
		return this.#wrapperCache;
	}

	#wrappers(found: readonly FoundCall[]): Wrapper[] {
		return found.flatMap(({ call, node }) => {
			const wrapper = node && wrapperAround(this, node, call);
			return wrapper ? [wrapper] : [];
		});
	}

	#directCalls(wanted: EntryPointOf, plainOnly = false): FoundCall[] {
		const found: FoundCall[] = [];
		const seen = new Set<number>();
		let brackets = 0;
		let conditions = 0;
		// Only the neighbourhood of a fitting word is looked at: most of a file is never visited.
		for (const [word, at] of words(this.text)) {
			// Where every word is nested in the one before, each would be looked for from the root: machines write such text.
			if (word === '(' || word === '{') brackets++;
			else if (word === ')' || word === '}') brackets = Math.max(0, brackets - 1);
			else if (word === '\n') brackets = 0;
			else if (word.startsWith('#')) conditions = Math.max(0, conditions + (word.endsWith('endif') ? -1 : 1));
			const name = brackets > DEEPEST || conditions > DEEPEST ? undefined : wanted(word);
			if (name === undefined) continue;
			const node = this.#root.descendantForIndex(at, at + word.length);
			if (node?.type === 'preproc_arg') {
				if (seen.has(node.id) || plainOnly) continue;
				seen.add(node.id);
				found.push(...this.#callsInMacro(node, wanted).map((call) => ({ call })));
				continue;
			}
			const call = node && enclosingCallOf(node);
			const repaired = !plainOnly && node && !(call && isReadable(call)) ? this.#repairedCall(node, name) : undefined;
			if (repaired) found.push({ call: repaired });
			if (!call || repaired || seen.has(call.id)) continue;
			if (plainOnly && !/^(?:identifier|template_function)$/.test(field(call, 'function')?.type ?? '')) continue;
			if (plainOnly && this.scopeAt(call).variable(word)) continue;
			seen.add(call.id);
			const raw = this.#rawCall(call, name);
			if (raw) found.push({ call: raw, node: call });
		}
		return found;
	}

	/** A lone name between angle brackets reads as a type; where it is a value, it is one by its name. */
	#templateArgs(callee: Node, scope: Scope): RawArgument[] {
		const list = field(callee, 'arguments');
		return (list ? named(list) : []).map((a) => {
			const lone = a.type === 'type_descriptor' ? field(a, 'type') : null;
			return { expr: this.expr(lone ?? a, scope), scope, text: a.text };
		});
	}

	/** Calls in the body of a macro: its parameters are unknown names. */
	#callsInMacro(body: Node, entryPoint: EntryPointOf): RawCall[] {
		if (isDisabled(body)) return [];
		const definition = body.parent;
		const parameters = definition && field(definition, 'parameters');
		const scope = new MacroBodyScope(this.fileScope, new Set(parameters ? named(parameters).map((p) => p.text) : []));
		const head = 'void _(){';
		if (body.startIndex < head.length) return [];
		// Blanks up to the body keep the offsets of the file.
		const text = `${' '.repeat(body.startIndex - head.length)}${head}${body.text.replace(/\\\r?\n/g, (m) => ' '.repeat(m.length)).replace(/##/g, '__')};}`;
		return this.#parse(text, (root) => {
			const calls: RawCall[] = [];
			for (const call of root.descendantsOfType('call_expression')) {
				const callee = call && field(call, 'function');
				const word = callee && /[A-Za-z_]\w*$/.exec(callee.text)?.[0];
				const name = word && entryPoint(word);
				if (!call || !name) continue;
				const raw = this.#rawCall(call, name, scope);
				if (raw) calls.push(raw);
			}
			return calls;
		});
	}

	/** A call that only breaks on types in the place of arguments: it is read as if their names were plain. */
	#repairedCall(callee: Node, name: string): RawCall | undefined {
		if (!/identifier$/.test(callee.type) || isDisabled(callee)) return undefined;
		const list = argumentList(this.text.slice(callee.endIndex, callee.endIndex + LONGEST_CALL));
		const plain = list && withPlainTypes(list);
		if (!plain || plain === list) return undefined;
		const scope = this.scopeAt(callee);
		const head = 'void _(){';
		if (callee.startIndex < head.length) return undefined;
		return this.#parse(`${' '.repeat(callee.startIndex - head.length)}${head}${callee.text}${plain};}`, (root) => {
			const node = root.descendantForIndex(callee.startIndex, callee.endIndex);
			const call = node && enclosingCallOf(node);
			const raw = call ? this.#rawCall(call, name, scope) : undefined;
			const inside = enclosingFunction(callee);
			const enclosing = enclosingFunctionName(callee);
			return (
				raw && {
					...raw,
					// Where the text around it is broken, nobody can tell.
					resultUsed: true,
					functionText: inside?.text ?? '',
					...(enclosing === undefined ? {} : { enclosing }),
				}
			);
		});
	}

	#rawCall(call: Node, name: string, scope: Scope = this.scopeAt(call)): RawCall | undefined {
		if (!isReadable(call)) return undefined;
		const callee = field(call, 'function');
		const list = field(call, 'arguments');
		if (!callee || !list || list.type !== 'argument_list') return undefined;
		if (isDisabled(call)) return undefined;
		const args = named(list);
		// A macro-decorated prototype can look like a call whose arguments are types.
		if (args.some((a) => a.type === 'type_descriptor' || a.type.startsWith('preproc_'))) return undefined;
		if (args.length > 0 && args.every((a) => a.type === 'identifier' && this.isTypeName(a.text, scope)))
			return undefined;
		const expr = this.expr(callee, scope);
		const enclosing = enclosingFunctionName(call);
		const inside = enclosingFunction(call);
		return {
			resultUsed: isResultUsed(call),
			...(inside ? { functionText: remembered(inside, 'text', () => inside.text) } : {}),
			start: call.startIndex,
			end: call.endIndex,
			name,
			callee: { ...expr, text: callee.text },
			args: args.map((a) => ({ expr: this.expr(a, scope), scope, text: a.text })),
			...(callee.type === 'template_function' ? { templateArgs: this.#templateArgs(callee, scope) } : {}),
			scope,
			...(enclosing === undefined ? {} : { enclosing }),
		};
	}

	/** True when the name can only be a type here: no variable has it, and it is a type of the file or of the headers. */
	isTypeName(name: string, scope: Scope): boolean {
		return (
			!scope.variable(name) &&
			(scope.type(name) !== undefined || catalogType(name, false) !== undefined || /^(?:LP|P)[A-Z_]{3,}$/.test(name))
		);
	}

	// ---- expressions ----

	expr(node: Node, scope: Scope): Expr {
		// Generated code nests deeper than any stack.
		if (this.#depth > DEEPEST) return { start: node.startIndex, end: node.endIndex, kind: 'unknown' };
		this.#depth++;
		try {
			return this.#readExpr(node, scope);
		} finally {
			this.#depth--;
		}
	}

	#readExpr(node: Node, scope: Scope): Expr {
		const span = { start: node.startIndex, end: node.endIndex };
		const sub = (n: Node | null): Expr => (n ? this.expr(n, scope) : { ...span, kind: 'unknown' });
		switch (node.type) {
			case 'parenthesized_expression': {
				const inner = named(node);
				return inner.length === 1 ? { ...sub(inner[0]!), ...span } : { ...span, kind: 'unknown' };
			}
			case 'identifier':
			case 'qualified_identifier':
			case 'field_identifier':
			case 'type_identifier':
			case 'this':
				return node.text === 'NULL' || node.text === 'nullptr'
					? { ...span, kind: 'null' }
					: { ...span, kind: 'name', name: node.text.replace(/\s+/g, '') };
			case 'null':
				return { ...span, kind: 'null' };
			case 'true':
			case 'false':
				return { ...span, kind: 'number', value: node.type === 'true' ? 1n : 0n };
			case 'number_literal': {
				const value = parseInteger(node.text);
				return value === undefined ? { ...span, kind: 'unknown' } : { ...span, kind: 'number', value };
			}
			case 'char_literal': {
				const value = parseCharacter(node.text);
				return value === undefined ? { ...span, kind: 'unknown' } : { ...span, kind: 'number', value };
			}
			case 'string_literal':
				return /^"(?:[^"\\]|\\[abfnrtv0'"?\\])*"$/.test(node.text)
					? { ...span, kind: 'string', bytes: node.text.replace(/\\./g, 'x').length - 1 }
					: { ...span, kind: 'unknown' };
			case 'field_expression': {
				const object = field(node, 'argument');
				const member = field(node, 'field');
				if (!object || !member) return { ...span, kind: 'unknown' };
				return {
					...span,
					kind: 'member',
					object: sub(object),
					name: member.text,
					arrow: node.text
						.slice(object.endIndex - node.startIndex)
						.trimStart()
						.startsWith('->'),
				};
			}
			case 'subscript_expression': {
				const list = field(node, 'indices');
				const index = list ? named(list)[0] : field(node, 'index');
				return { ...span, kind: 'index', object: sub(field(node, 'argument')), index: sub(index ?? null) };
			}
			case 'pointer_expression':
				return (
					this.#addressOfCompound(node, scope) ?? {
						...span,
						kind: 'unary',
						op: field(node, 'operator')?.text ?? '&',
						operand: sub(field(node, 'argument')),
					}
				);
			case 'unary_expression':
				return {
					...span,
					kind: 'unary',
					op: field(node, 'operator')?.text ?? '',
					operand: sub(field(node, 'argument')),
				};
			case 'binary_expression': {
				const op = field(node, 'operator')?.text ?? '';
				const left = field(node, 'left');
				// `(LPVOID) &x` reads as a bitwise and, `(DWORD) -1` as a subtraction.
				const castTo = left && parenthesizedName(left);
				if (castTo && ['&', '*', '-', '+'].includes(op) && this.isTypeName(castTo, scope)) {
					const operand: Expr = { ...span, kind: 'unary', op, operand: sub(field(node, 'right')) };
					return { ...span, kind: 'cast', type: typeFromName(castTo), operand };
				}
				return { ...span, kind: 'binary', op, left: sub(left), right: sub(field(node, 'right')) };
			}
			case 'conditional_expression':
				return {
					...span,
					kind: 'conditional',
					test: sub(field(node, 'condition')),
					whenTrue: sub(field(node, 'consequence')),
					whenFalse: sub(field(node, 'alternative')),
				};
			case 'cast_expression': {
				const type = field(node, 'type');
				return {
					...span,
					kind: 'cast',
					type: type ? this.type(type, scope) : UNKNOWN,
					operand: sub(field(node, 'value')),
				};
			}
			case 'sizeof_expression': {
				const type = field(node, 'type');
				if (type) return { ...span, kind: 'sizeof-type', type: this.type(type, scope) };
				return this.#sizeofValue(node, field(node, 'value'), scope);
			}
			case 'offsetof_expression': {
				const type = field(node, 'type');
				const member = field(node, 'member');
				return type && member
					? { ...span, kind: 'offsetof', type: this.type(type, scope), field: member.text }
					: { ...span, kind: 'unknown' };
			}
			case 'compound_literal_expression': {
				const type = field(node, 'type');
				const value = field(node, 'value');
				const initializer = value && this.expr(value, scope);
				return initializer?.kind === 'initializer'
					? { ...initializer, ...span, type: type ? this.type(type, scope) : UNKNOWN }
					: { ...span, kind: 'unknown' };
			}
			case 'argument_list':
				return {
					...span,
					kind: 'initializer',
					parenthesized: true,
					elements: named(node).map(sub),
					names: named(node).map(() => undefined),
				};
			case 'initializer_list': {
				const names: (string | undefined)[] = [];
				const elements = named(node).map((n) => {
					if (n.type !== 'initializer_pair') {
						names.push(undefined);
						return sub(n);
					}
					const designator = fields(n, 'designator')[0]?.text;
					names.push(designator?.startsWith('.') ? designator.slice(1) : designator);
					return sub(field(n, 'value'));
				});
				return { ...span, kind: 'initializer', elements, names };
			}
			case 'new_expression': {
				const type = field(node, 'type');
				const declarator = field(node, 'declarator');
				const length = declarator && field(declarator, 'length');
				return {
					...span,
					kind: 'new',
					type: type ? this.type(type, scope) : UNKNOWN,
					array: declarator !== null,
					...(length ? { count: sub(length) } : {}),
				};
			}
			case 'call_expression':
				return this.#callExpr(node, scope);
			case 'comma_expression':
				return sub(field(node, 'right'));
			default:
				return { ...span, kind: 'unknown' };
		}
	}

	/** `&(T){ … }` can read as a cast of an address: nothing else needs help. */
	#addressOfCompound(node: Node, scope: Scope): Expr | undefined {
		const argument = field(node, 'argument');
		if (argument?.type !== 'cast_expression' || field(node, 'operator')?.text !== '&') return undefined;
		// `&(T)X` where X is a macro for a brace initialiser: an object of type T.
		const type = field(argument, 'type');
		const value = field(argument, 'value');
		if (!type || value?.type !== 'identifier') return undefined;
		const span = { start: node.startIndex, end: node.endIndex };
		return {
			...span,
			kind: 'unary',
			op: '&',
			operand: { ...span, kind: 'initializer', elements: [], names: [], type: this.type(type, scope) },
		};
	}

	#sizeofValue(node: Node, value: Node | null, scope: Scope): Expr {
		const span = { start: node.startIndex, end: node.endIndex };
		const name = value && parenthesizedName(value);
		if (name && !scope.variable(name) && this.isTypeName(name, scope))
			return { ...span, kind: 'sizeof-type', type: typeFromName(name) };
		return value
			? { ...span, kind: 'sizeof-expression', operand: this.expr(value, scope) }
			: { ...span, kind: 'unknown' };
	}

	#callExpr(node: Node, scope: Scope): Expr {
		const span = { start: node.startIndex, end: node.endIndex };
		const callee = field(node, 'function');
		const list = field(node, 'arguments');
		if (!callee || !list) return { ...span, kind: 'unknown' };
		const args = named(list);
		const castTo = parenthesizedName(callee);
		if (castTo && args.length === 1 && this.isTypeName(castTo, scope))
			return { ...span, kind: 'cast', type: typeFromName(castTo), operand: this.expr(args[0]!, scope) };
		// `std::f<T>(…)` is a qualified name that ends with the template.
		const template = callee.type === 'qualified_identifier' ? field(callee, 'name') : callee;
		if (template?.type === 'template_function') {
			const name = callee.text.slice(0, callee.text.indexOf('<')).trim();
			const typeArgs = named(field(template, 'arguments') ?? template)
				.filter((n) => n.type === 'type_descriptor')
				.map((n) => this.type(n, scope));
			if (CPP_CASTS.has(lastComponent(name)) && args.length === 1 && typeArgs[0])
				return { ...span, kind: 'cast', type: typeArgs[0], operand: this.expr(args[0]!, scope) };
			const calleeSpan = { start: callee.startIndex, end: callee.endIndex };
			return {
				...span,
				kind: 'call',
				callee: { ...calleeSpan, kind: 'name', name },
				args: args.map((a) => this.expr(a, scope)),
				typeArgs,
			};
		}
		// `(DWORD)(int)(x)` reads as a call of the call `(DWORD)(int)`.
		const inner = callee.type === 'call_expression' ? field(callee, 'function') : null;
		const outerCast = inner && parenthesizedName(inner);
		const innerCast = outerCast ? named(field(callee, 'arguments') ?? callee) : [];
		if (outerCast && innerCast.length === 1 && args.length === 1 && innerCast[0]!.type === 'identifier') {
			const name = innerCast[0]!.text;
			if (this.isTypeName(outerCast, scope) && this.isTypeName(name, scope))
				return {
					...span,
					kind: 'cast',
					type: typeFromName(outerCast),
					operand: { ...span, kind: 'cast', type: typeFromName(name), operand: this.expr(args[0]!, scope) },
				};
		}
		// `DWORD(x)`, `unsigned(x)`.
		if (
			args.length === 1 &&
			(callee.type === 'primitive_type' ||
				(callee.type === 'identifier' && Object.hasOwn(SCALARS, callee.text) && !scope.variable(callee.text)))
		)
			return { ...span, kind: 'cast', type: typeFromName(callee.text), operand: this.expr(args[0]!, scope) };
		if (
			callee.type === 'identifier' &&
			args.length === 2 &&
			/^(?:offsetof|OFFSETOF|FIELD_OFFSET|__builtin_offsetof)$/.test(callee.text)
		)
			return {
				...span,
				kind: 'offsetof',
				type: typeFromName(args[0]!.text.replace(/^struct\s+/, '')),
				field: args[1]!.text,
			};
		return { ...span, kind: 'call', callee: this.expr(callee, scope), args: args.map((a) => this.expr(a, scope)) };
	}

	// ---- types ----

	/** The type that a specifier or a type_descriptor writes. */
	type(node: Node, scope: Scope): CType {
		switch (node.type) {
			case 'type_descriptor': {
				const base = field(node, 'type');
				const declarator = field(node, 'declarator');
				return this.#declared(base ? this.type(base, scope) : UNKNOWN, declarator, scope).type;
			}
			case 'primitive_type':
				return node.text === 'void' ? { kind: 'void' } : typeFromName(node.text);
			case 'sized_type_specifier':
				return typeFromName(normaliseSized(node.text));
			case 'type_identifier':
				return typeFromName(node.text);
			case 'qualified_identifier':
				return { kind: 'named', name: node.text.replace(/\s+/g, '').replace(/^::/, '') };
			case 'template_type':
				return { kind: 'named', name: node.text.replace(/\s+/g, '') };
			case 'struct_specifier':
			case 'union_specifier':
			case 'class_specifier': {
				const body = field(node, 'body');
				if (body) return this.#record(node, body, scope);
				return { kind: 'named', name: field(node, 'name')?.text ?? '', tag: true };
			}
			case 'enum_specifier': {
				const underlying = field(node, 'underlying_type');
				return {
					kind: 'enum',
					name: field(node, 'name')?.text ?? '',
					...(underlying ? { underlying: this.type(underlying, scope) } : {}),
				};
			}
			default:
				// Also `auto` and `decltype`.
				return UNKNOWN;
		}
	}

	#record(node: Node, body: Node, scope: Scope): CType {
		const members: CField[] = [];
		let readable = !named(node).some((n) => n.type === 'base_class_clause');
		for (const child of named(body)) {
			if (child.type === 'field_declaration') {
				const parts = named(child);
				if (parts.some((n) => n.type === 'storage_class_specifier' && n.text === 'static')) continue;
				const typeNode = field(child, 'type');
				if (!typeNode) {
					readable = false;
					continue;
				}
				const base = this.type(typeNode, scope);
				const declarators = fields(child, 'declarator');
				if (declarators.length === 0) {
					const bits = parts.find((n) => n.type === 'bitfield_clause');
					const width = bits && evaluateInteger(this.expr(named(bits)[0]!, scope), scope);
					if (bits) members.push({ name: '', type: base, bits: width ?? 0 });
					else if (base.kind === 'record') members.push({ name: '', type: base });
					continue;
				}
				for (const declarator of declarators) {
					// Each has a width of its own, or none: `unsigned a : 16, b : 20, c;`.
					const next = parts[parts.findIndex((n) => n.id === declarator.id) + 1];
					const bits = next?.type === 'bitfield_clause' ? next : undefined;
					const { name, type } = this.#declared(base, declarator, scope);
					if (type.kind === 'function') {
						if (/\bvirtual\b/.test(child.text)) readable = false;
						continue;
					}
					const width = bits && evaluateInteger(this.expr(named(bits)[0]!, scope), scope);
					if (bits && width === undefined) readable = false;
					members.push({ name, type, ...(width === undefined ? {} : { bits: width }) });
				}
			} else if (/^preproc_/.test(child.type)) {
				// Which branch holds is not known, so neither is the layout.
				if (child.type !== 'preproc_call' && child.type !== 'preproc_def' && child.type !== 'preproc_function_def')
					readable = false;
			} else if (
				(child.type === 'function_definition' || child.type === 'declaration') &&
				/\bvirtual\b/.test(child.text.slice(0, 80))
			)
				readable = false;
		}
		if (
			/^(?:alignas|__declspec|__attribute__)|\b(?:alignas|__attribute__)\b|DECLSPEC_ALIGN/.test(
				node.text.slice(0, body.startIndex - node.startIndex),
			)
		)
			readable = false;
		if (body.hasError) return { kind: 'named', name: `${field(node, 'name')?.text ?? ''}{?}` };
		// Members can be asked for all the same.
		if (!readable) members.push({ name: '{?}', type: UNKNOWN });
		const pack = this.packAt(node.startIndex);
		return {
			kind: 'record',
			union: node.type === 'union_specifier',
			name: field(node, 'name')?.text ?? '',
			fields: members,
			...(pack === undefined ? {} : { pack }),
		};
	}

	/** Applies a declarator (`*p`, `a[4]`, `(*f)(int)`) to a base type. */
	#declared(base: CType, declarator: Node | null, scope: Scope): { name: string; type: CType; reference?: boolean } {
		if (!declarator) return { name: '', type: base };
		switch (declarator.type) {
			case 'identifier':
			case 'field_identifier':
			case 'type_identifier':
			case 'qualified_identifier':
			case 'operator_name':
				return { name: declarator.text, type: base };
			case 'init_declarator':
				return this.#arrayByInitializer(
					this.#declared(base, field(declarator, 'declarator'), scope),
					declarator,
					scope,
				);
			case 'pointer_declarator':
			case 'abstract_pointer_declarator':
				return this.#declared({ kind: 'pointer', to: base }, field(declarator, 'declarator'), scope);
			case 'reference_declarator':
			case 'abstract_reference_declarator':
				return { ...this.#declared(base, named(declarator).at(-1) ?? null, scope), reference: true };
			case 'array_declarator':
			case 'abstract_array_declarator': {
				const size = field(declarator, 'size');
				const length = size ? evaluateInteger(this.expr(size, scope), scope) : undefined;
				return this.#declared(
					{ kind: 'array', of: base, ...(length === undefined ? {} : { length }) },
					field(declarator, 'declarator'),
					scope,
				);
			}
			case 'parenthesized_declarator':
			case 'abstract_parenthesized_declarator':
				return this.#declared(base, named(declarator).at(-1) ?? null, scope);
			case 'function_declarator':
			case 'abstract_function_declarator':
				return this.#declared({ kind: 'function' }, field(declarator, 'declarator'), scope);
			case 'attributed_declarator':
				return this.#declared(base, named(declarator)[0] ?? null, scope);
			default:
				return { name: '', type: UNKNOWN };
		}
	}

	#arrayByInitializer(
		declared: { name: string; type: CType; reference?: boolean },
		declarator: Node,
		scope: Scope,
	): { name: string; type: CType; reference?: boolean } {
		const value = field(declarator, 'value');
		if (declared.type.kind !== 'array' || declared.type.length !== undefined || !value) return declared;
		const expr = this.expr(value, scope);
		// A length that was written but could not be read must not be replaced by the initialiser's.
		const array = findDescendant(declarator, 'array_declarator');
		if (array && field(array, 'size')) return declared;
		if (expr.kind === 'initializer' && expr.names.every((n) => n === undefined))
			return { ...declared, type: { ...declared.type, length: expr.elements.length } };
		if (expr.kind === 'string') return { ...declared, type: { ...declared.type, length: expr.bytes } };
		return declared;
	}

	/** Name and type of each variable that a declaration makes. */
	declarators(declaration: Node, scope: Scope): { name: string; type: CType; reference: boolean; node: Node }[] {
		const typeNode = field(declaration, 'type');
		const base = typeNode ? this.type(typeNode, scope) : UNKNOWN;
		return fields(declaration, 'declarator').map((node) => {
			const { name, type, reference } = this.#declared(base, node, scope);
			return { name, type, reference: reference ?? false, node };
		});
	}

	packAt(index: number): number | undefined {
		if (!this.#packs) {
			this.#packs = [];
			const stack: (number | undefined)[] = [];
			let current: number | undefined;
			for (const match of this.text.matchAll(
				/^[ \t]*#[ \t]*(?:pragma[ \t]+pack[ \t]*\(([^)]*)\)|include[ \t]*[<"]([^>"]*)[>"])/gm,
			)) {
				if (match[2] !== undefined) {
					// The SDK's own bracket headers.
					const header = /(push|pop)pack(\d*)\.h$/i.exec(match[2]);
					const bracket = /psh?pack(\d+)\.h$/i.exec(match[2]);
					if (bracket) {
						stack.push(current);
						current = Number(bracket[1]);
					} else if (/poppack\.h$/i.test(match[2]) || header?.[1] === 'pop') current = stack.pop();
					else continue;
				} else {
					const words = match[1]!.split(',').map((w) => w.trim());
					if (words[0] === 'push') stack.push(current);
					if (words[0] === 'pop') current = stack.pop();
					const number = words.map(Number).find((n) => n > 0);
					if (number !== undefined) current = number;
					else if (words.length === 1 && words[0] === '') current = undefined;
				}
				this.#packs.push({ at: match.index, pack: current });
			}
		}
		return this.#packs.findLast((p) => p.at < index)?.pack;
	}

	/** All files that this one includes, directly or not, each once; itself is left out. */
	#closure(): readonly CFile[] {
		// Includes can go in circles, and the lists are filled while the files are being read.
		const seen = new Set<CFile>([this]);
		for (const file of seen) for (const next of file.#included) seen.add(next);
		seen.delete(this);
		return [...seen];
	}

	/** What this file says of a name, else what the included files say together. */
	#fromFiles<T>(own: (file: CFile) => readonly T[] | undefined): readonly T[] | undefined {
		const mine = own(this);
		if (mine) return mine;
		const found = this.#closure().flatMap((file) => {
			const said = own(file);
			return said ? [said] : [];
		});
		// One that cannot be read leaves the whole open.
		return found.length === 0 ? undefined : found.some((f) => f.length === 0) ? [] : found.flat();
	}

	typeByName(name: string): CType | undefined {
		const own = this.#ownType(name);
		if (own) return own;
		const found = this.#closure().flatMap((file) => file.#ownType(name) ?? []);
		const first = found[0];
		if (!first || found.every((t) => JSON.stringify(t) === JSON.stringify(first))) return first;
		return UNKNOWN;
	}

	/** A variable that this file declares outside of every function: the same from wherever it is asked for. */
	fileVariable(name: string): Variable | undefined {
		if (!this.#fileVariables.has(name)) {
			// Unknown while it is being looked for.
			this.#fileVariables.set(name, undefined);
			const found = this.#scope.fileVariable(name);
			// Whether anything writes it is asked of the whole file.
			this.#fileVariables.set(name, found && { ...found, reaching: once(found.reaching) });
		}
		return this.#fileVariables.get(name);
	}

	/** A file-level variable that an included file declares. */
	includedVariable(name: string): Variable | undefined {
		if (!this.#includedVariables.has(name)) {
			this.#includedVariables.set(name, undefined);
			let found: Variable | undefined;
			for (const file of this.#closure()) {
				found = file.fileVariable(name);
				if (found) break;
			}
			this.#includedVariables.set(name, found);
		}
		return this.#includedVariables.get(name);
	}

	/** The file or one that it includes declares a function of that name. */
	declaresFunction(name: string): boolean {
		return this.#ownFunctions().has(name) || this.#closure().some((file) => file.#ownFunctions().has(name));
	}

	#ownFunctions(): Set<string> {
		if (this.#functions) return this.#functions;
		this.#functions = new Set();
		for (const node of this.#root.descendantsOfType('function_declarator')) {
			const declarator = node && field(node, 'declarator');
			// A parenthesised name is a pointer to a function; C++ takes `CALLBACK done` for a name with a scope.
			const name = /^(?:[A-Z_]+\s+)*(\w+)$/.exec(declarator?.text ?? '')?.[1];
			if (name && !isDisabled(node!)) this.#functions.add(name);
		}
		return this.#functions;
	}

	#ownType(name: string): CType | undefined {
		if (this.#typeValues.has(name)) return this.#typeValues.get(name);
		// A type that needs itself is unknown while it is being read.
		this.#typeValues.set(name, undefined);
		const type = this.#readType(name);
		this.#typeValues.set(name, type);
		return type;
	}

	/** Where this file defines a type of that name. */
	typeNodes(name: string): readonly Node[] {
		if (!this.#types) {
			this.#types = new Map();
			const add = (n: string, node: Node) => {
				const list = this.#types!.get(n);
				if (list) list.push(node);
				else this.#types!.set(n, [node]);
			};
			for (const node of this.#root.descendantsOfType(TYPE_NODES)) {
				if (!node || isDisabled(node)) continue;
				if (node.type === 'type_definition') {
					for (const declarator of fields(node, 'declarator')) {
						const leaf = declaredName(declarator);
						if (leaf) add(leaf, node);
					}
				} else {
					const tag = field(node, 'name');
					if (tag && (node.type === 'alias_declaration' || node.type === 'enum_specifier' || field(node, 'body')))
						add(tag.text, node);
				}
			}
		}
		return this.#types.get(name) ?? [];
	}

	#readType(name: string): CType | undefined {
		const nodes = this.typeNodes(name);
		if (nodes.length === 0) return undefined;
		const candidates = nodes.map((node): CType => {
			if (node.type === 'type_definition') {
				const typeNode = field(node, 'type');
				const base = typeNode ? this.type(typeNode, this.fileScope) : UNKNOWN;
				for (const declarator of fields(node, 'declarator')) {
					const declared = this.#declared(base, declarator, this.fileScope);
					if (declared.name === name) return declared.type;
				}
				return UNKNOWN;
			}
			if (node.type === 'alias_declaration') {
				const type = field(node, 'type');
				return type ? this.type(type, this.fileScope) : UNKNOWN;
			}
			return this.type(node, this.fileScope);
		});
		// `typedef struct X X;` beside `struct X { … }`: the one with a body says more.
		const telling = candidates.filter((c) => !(c.kind === 'named' && c.name === name));
		if (telling.length === 0) return undefined;
		const first = telling[0]!;
		return telling.every((c) => JSON.stringify(c) === JSON.stringify(first)) ? first : UNKNOWN;
	}

	// ---- macros and enumerators ----

	/** Every definition of a macro in this file and in those that it includes. */
	macroTexts(name: string): readonly MacroText[] {
		return [this, ...this.#closure()].flatMap((file) => file.#macroTexts().get(name) ?? []);
	}

	/** Macros that write a variable by its name, without being given it. */
	macrosWriting(variable: string): readonly string[] {
		let found = this.#writingMacros.get(variable);
		if (!found) {
			found = [this, ...this.#closure()].flatMap((file) =>
				[...file.#macroTexts()].flatMap(([macro, texts]) =>
					texts.some((m) => !m.parameters?.includes(variable) && mayWrite(m.body, variable)) ? [macro] : [],
				),
			);
			this.#writingMacros.set(variable, found);
		}
		return found;
	}

	#macroTexts(): Map<string, MacroText[]> {
		if (this.#macros) return this.#macros;
		this.#macros = new Map();
		for (const node of this.#root.descendantsOfType(['preproc_def', 'preproc_function_def'])) {
			if (!node || isDisabled(node)) continue;
			const name = field(node, 'name')?.text;
			if (!name) continue;
			const body = (field(node, 'value')?.text ?? '')
				.replace(/\\\r?\n/g, ' ')
				.replace(/\/\*.*?\*\//gs, ' ')
				.replace(/\/\/.*$/s, '')
				.trim();
			const parameters = field(node, 'parameters');
			const macro = parameters ? { parameters: named(parameters).map((p) => p.text), body } : { body };
			const list = this.#macros.get(name);
			if (list) list.push(macro);
			else this.#macros.set(name, [macro]);
		}
		return this.#macros;
	}

	#snippet(body: string, scope: Scope): Expr {
		const unknown: Expr = { start: 0, end: 0, kind: 'unknown' };
		if (body === '' || body.length > 2000) return unknown;
		return this.#parse(`int _ = ${withPlainTypes(body)};`, (root) => {
			if (root.hasError) return unknown;
			const declarator = findDescendant(root, 'init_declarator');
			const value = declarator && field(declarator, 'value');
			return value && value.endIndex >= root.endIndex - 2 ? this.expr(value, scope) : unknown;
		});
	}

	macro(name: string): readonly Definition[] | undefined {
		return this.#fromFiles((file) => file.#ownMacro(name));
	}

	#ownMacro(name: string): readonly Definition[] | undefined {
		const known = this.#macroValues.get(name);
		if (known) return known;
		const texts = this.#macroTexts()
			.get(name)
			?.filter((m) => !m.parameters);
		if (!texts || texts.length === 0) return undefined;
		const values = [...new Set(texts.map((t) => t.body))].map((body) => ({
			expr: this.#snippet(body, this.fileScope),
			scope: this.fileScope,
		}));
		const readable = values.every((v) => v.expr.kind !== 'unknown') ? values : [];
		this.#macroValues.set(name, readable);
		return readable;
	}

	macroFunction(name: string): readonly MacroFunction[] | undefined {
		return this.#fromFiles((file) => file.#ownMacroFunction(name));
	}

	#ownMacroFunction(name: string): readonly MacroFunction[] | undefined {
		const known = this.#macroFunctions.get(name);
		if (known) return known;
		const texts = this.#macroTexts()
			.get(name)
			?.filter((m) => m.parameters);
		if (!texts || texts.length === 0) return undefined;
		const values = texts.map((t) => ({
			parameters: t.parameters!,
			body: this.#snippet(t.body, this.fileScope),
			scope: this.fileScope,
		}));
		this.#macroFunctions.set(name, values);
		return values;
	}

	enumerator(name: string): readonly Definition[] | undefined {
		return this.#fromFiles((file) => file.#ownEnumerator(name));
	}

	#ownEnumerator(name: string): readonly Definition[] | undefined {
		if (!this.#enumerators) {
			this.#enumerators = new Map();
			for (const list of this.#root.descendantsOfType('enumerator_list')) {
				if (!list || isDisabled(list)) continue;
				let previous: Expr = { start: 0, end: 0, kind: 'number', value: -1n };
				const className = list.parent && field(list.parent, 'name')?.text;
				for (const node of named(list)) {
					if (node.type !== 'enumerator') continue;
					const value = field(node, 'value');
					const span = { start: node.startIndex, end: node.endIndex };
					previous = value
						? this.expr(value, this.fileScope)
						: { ...span, kind: 'binary', op: '+', left: previous, right: { ...span, kind: 'number', value: 1n } };
					const key = field(node, 'name')?.text ?? '';
					for (const spelt of className ? [key, `${className}::${key}`] : [key]) {
						const others = this.#enumerators.get(spelt) ?? [];
						others.push({ expr: previous, scope: this.fileScope });
						this.#enumerators.set(spelt, others);
					}
				}
			}
		}
		return this.#enumerators.get(name);
	}

	/** Names as seen from a node. */
	scopeAt(node: Node): CScope {
		return remembered(node, 'scope', () => new CScope(this, node));
	}

	/** Names as seen from outside of every function. */
	get fileScope(): Scope {
		return this.#scope;
	}

	get root(): Node {
		return this.#root;
	}
}
