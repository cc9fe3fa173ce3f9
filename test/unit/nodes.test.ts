/** What is asked of single nodes of a C or C++ tree: what stands around them, and what runs before them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import type { Expr } from '../../server/src/languages/c/expression.ts';
import { rootName } from '../../server/src/languages/c/flow.ts';
import { plainAssignment } from '../../server/src/languages/c/members.ts';
import type { Scope } from '../../server/src/languages/c/model.ts';
import {
	callWithArgument,
	conditionalBranches,
	declaredName,
	earlierInList,
	enclosingCallOf,
	enclosingFunction,
	enclosingFunctionName,
	findDescendant,
	insideSizeof,
	isAlternative,
	isOnlyTested,
	isReadable,
	isResultUsed,
	jumpsBack,
	parenthesizedName,
	repeated,
	runsBefore,
} from '../../server/src/languages/c/nodes.ts';
import { readExpression } from '../../server/src/languages/c/read.ts';
import { surroundingsIn } from '../../server/src/languages/c/room.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { field, named, textWithout, within } from '../../server/src/syntax/nodes.ts';
import { parentOf } from '../../server/src/syntax/parents.ts';
import { type Node, type SyntaxTree, Trees } from '../../server/src/syntax/trees.ts';
import type { CType } from '../../server/src/types/ctype.ts';

const GRAMMAR = 'tree-sitter-cpp.wasm';
const trees = new Trees(nodeEngine(import.meta.dirname));
const made: SyntaxTree[] = [];
beforeAll(() => trees.ready(GRAMMAR));
afterAll(() => {
	for (const tree of made) tree.free();
	trees.dispose();
});

/** The largest node that is exactly what stands between `«` and `»`, each time those stand in a text. */
function marked(text: string): readonly Node[] {
	const parts = text.split(/[«»]/);
	const tree = trees.parse(GRAMMAR, parts.join(''));
	made.push(tree);
	return parts.flatMap((part, i): Node[] => {
		if (i % 2 === 0) return [];
		const start = parts.slice(0, i).join('').length;
		const end = start + part.length;
		let node = tree.root.descendantForIndex(start, end - 1);
		for (let outer = node && parentOf(node); outer && outer.startIndex === start && outer.endIndex === end; ) {
			node = outer;
			outer = parentOf(outer);
		}
		if (node?.startIndex !== start || node.endIndex !== end) throw new Error(`${part} is no node`);
		return [node];
	});
}
const only = (text: string): Node => marked(text)[0] as Node;
const inBody = (text: string) => `int f(int a, int b)\n{\n${text}\n}\n`;

describe('a variable that is only tested', () => {
	test.each([
		'x = «a» == b;',
		'x = b != («a»);',
		'x = (int)«a» < b;',
		'x = «a» >= b;',
		'x = «a» && b;',
		'x = b || «a»;',
		'x = !«a»;',
		'«a» = b;',
		'(«a») = b;',
		'int «a» = b;',
		'int «c»;',
		'«a»;',
		'return «a»;',
		'if («a») b++;',
		'while («a») b++;',
		'do b++; while («a»);',
		'x = sizeof(«a»);',
		'x = sizeof «a»;',
	])('%s', (text) => {
		expect(isOnlyTested(only(inBody(text)))).toBe(true);
	});

	test.each([
		'x = «a» + b;',
		'x = «a» & b;',
		'x = «a» >> b;',
		'x = -«a»;',
		'x = ~«a»;',
		'x = «a»;',
		'x = y = «a»;',
		'x = («a» = b);',
		'int c = «a»;',
		'f(«a»);',
		'x = &«a»;',
		'«a»++;',
		'x = «a»[1];',
		'x = «a» ? 1 : 2;',
	])('%s is more', (text) => {
		expect(isOnlyTested(only(inBody(text)))).toBe(false);
	});

	test('a parameter that is declared', () => {
		expect(isOnlyTested(only('int f(int «a») { }'))).toBe(true);
	});
});

test.each([
	['g(a);', false],
	['(g(a));', false],
	['x = 1, g(a);', false],
	['x = (1, g(a));', true],
	['x = g(a);', true],
	['(void)g(a);', true],
	['if (g(a)) b++;', true],
	['return g(a);', true],
	['g(a), b;', false],
])('the result of the call in %j is used: %s', (text, expected) => {
	const root = only(`«${inBody(text)}»`.replace('\n»', '»\n'));
	const call = findDescendant(root, 'call_expression');
	expect(call?.text).toBe('g(a)');
	expect(call && isResultUsed(call)).toBe(expected);
});

test.each([
	['«g»(a);', 'g(a)'],
	['p->«g»(a);', 'p->g(a)'],
	['«p»->g(a);', undefined],
	['p.«g»(a);', 'p.g(a)'],
	['N::«g»(a);', 'N::g(a)'],
	['«N»::g(a);', undefined],
	['«g»<1>(a);', 'g<1>(a)'],
	['(«g»)(a);', '(g)(a)'],
	['(*«g»)(a);', '(*g)(a)'],
	['(&«g»)(a);', '(&g)(a)'],
	['(-«g»)(a);', undefined],
	['g(«a»);', undefined],
	['g(h(«a»));', undefined],
	['«g»[1](a);', undefined],
	['x = «g»;', undefined],
])('%s names the callee of %s', (text, expected) => {
	expect(enclosingCallOf(only(inBody(text)))?.text).toBe(expected);
});

test.each([
	['g(«a»);', 'g(a)'],
	['g(&«a»);', 'g(&a)'],
	['g((int *)(&«a»));', 'g((int *)(&a))'],
	['g(*«a»);', 'g(*a)'],
	['g(«a» + 1);', undefined],
	['g(h(«a»));', 'h(a)'],
	['T x(«a»);', undefined],
	['x = «a»;', undefined],
])('%s is an argument of %s', (text, expected) => {
	expect(callWithArgument(only(inBody(text)))?.text).toBe(expected);
});

test.each([
	['x = «(a)»;', 'a'],
	['x = «((a))»;', 'a'],
	['x = «(a + b)»;', undefined],
	['x = «a»;', undefined],
	['x = «(a[1])»;', undefined],
	['if «(a)» b++;', 'a'],
	['if «(a == b)» b++;', undefined],
	['switch «(a)» { }', 'a'],
])('the name in the parentheses of %s is %s', (text, expected) => {
	expect(parenthesizedName(only(inBody(text)))).toBe(expected);
});

test.each([
	['x = sizeof(«a»);', true],
	['x = sizeof(*«a»);', true],
	['x = sizeof(a) + «b»;', false],
	['x = «a»;', false],
	['x = [&] { return sizeof(b); }, «a»;', false],
	['x = sizeof(g(«a»));', false],
])('in %s it is a part of an operand of sizeof: %s', (text, expected) => {
	expect(insideSizeof(only(inBody(text)))).toBe(expected);
});

test.each([
	['«a»;', 'a'],
	['«(a)»;', 'a'],
	['«(int)a»;', 'a'],
	['«((int)(a))»;', 'a'],
	['«a.b»;', undefined],
	['«*a»;', undefined],
	['«1»;', undefined],
])('the variable of %s is %s', (text, expected) => {
	expect(rootName(findDescendantOf(only(inBody(text))))).toBe(expected);
	expect(rootName(null)).toBeUndefined();
});
/** The expression itself where a statement is all of it. */
const findDescendantOf = (node: Node): Node => (node.type === 'expression_statement' ? (named(node)[0] ?? node) : node);

test.each([
	['«a = 1;»', '1'],
	['«a = b + 1;»', 'b + 1'],
	['«a = sizeof(a);»', 'sizeof(a)'],
	['«a = b.a;»', 'b.a'],
	['«a = aa;»', 'aa'],
	['«a = a + 1;»', undefined],
	['«a = a;»', undefined],
	['«a += 1;»', undefined],
	['«b = 1;»', undefined],
	['«a[1] = 1;»', undefined],
	['«a++;»', undefined],
	['«return a = 1;»', undefined],
	['«(a = 1);»', undefined],
])('%s sets the variable to %s', (text, expected) => {
	expect(plainAssignment(only(inBody(text)), 'a')?.text).toBe(expected);
});

describe('what runs before', () => {
	test.each([
		'«a»; «b»;',
		'«a»; { «b»; }',
		'«a»; if (b) { «b»; }',
		'if («a») { «b»; }',
		'if (x) { «a»; «b»; }',
		'{ if («a») y++; } «b»;',
		'while (x) { «a»; «b»; }',
		'x = «a» && c; «b»;',
		'\n#if A\n«a»; «b»;\n#endif\n',
		'switch (x) { case 1: «a»; «b»; }',
		'x = («a», c) + d; «b»;',
	])('%s', (text) => {
		const [a, b] = marked(inBody(text));
		expect(a && b && runsBefore(a, b)).toBe(true);
	});

	test.each([
		'if (x) { «a»; } «b»;',
		'if (x) «a»; else «b»;',
		'if (x) y++; else «a»; «b»;',
		'while (x) { «a»; } «b»;',
		'for (;;) «a»; «b»;',
		'do { «a»; } while (x); «b»;',
		'switch (x) { case 1: «a»; case 2: «b»; }',
		'x = c && «a»; «b»;',
		'x = c || «a»; «b»;',
		'x = c ? «a» : d; «b»;',
		'\n#if A\n«a»;\n#endif\n«b»;',
		'\n#if A\n«a»;\n#endif\n#if B\n«b»;\n#endif\n',
		'if (x) { { «a»; } } «b»;',
	])('%s is not certain', (text) => {
		const [a, b] = marked(inBody(text));
		expect(a && b && runsBefore(a, b)).toBe(false);
	});

	test('nothing outside of lists of statements', () => {
		const [a, b] = marked('int x = «a»; int y = «b»;');
		expect(a && b && runsBefore(a, b)).toBe(false);
	});
});

describe('jumps and loops', () => {
	const owner = (node: Node) => enclosingFunction(node) as Node;
	test.each([
		['again: «a»; goto again;', true],
		['«a»; goto out; out: return;', false],
		['«a»; out: return;', false],
		['again: «a»;', false],
		['"goto"; again: «a»;', false],
		['if (x) goto out; y++; out: «a»;', true],
	])('%s leads back: %s', (text, expected) => {
		const node = only(inBody(text));
		expect(jumpsBack(owner(node), node)).toBe(expected);
		expect(repeated(node, owner(node))?.type).toBe(expected ? 'function_definition' : undefined);
	});

	test.each([
		['while (x) { «a»; }', 'while (x) { a; }'],
		['for (;;) while (x) «a»;', 'for (;;) while (x) a;'],
		['do «a»; while (x);', 'do a; while (x);'],
		['for (int c : d) «a»;', 'for (int c : d) a;'],
		['while (x) y++; «a»;', undefined],
		['if (x) «a»;', undefined],
	])('%s runs again: %s', (text, expected) => {
		const node = only(inBody(text));
		expect(repeated(node, owner(node))?.text).toBe(expected);
	});
});

describe('functions and names', () => {
	test.each([
		['int f(int a) { «a»; }', 'f', 'function_definition'],
		['void A::f() { auto g = [] { «a»; }; }', 'A::f', 'lambda_expression'],
		['int *f() { «a»; }', 'f', 'function_definition'],
		['A::~A() { «a»; }', 'A::~A', 'function_definition'],
		['A operator+(A b) { «a»; }', 'operator+', 'function_definition'],
		['int x = «a»;', undefined, undefined],
	])('%s stands in %s', (text, name, type) => {
		const node = only(text);
		expect([enclosingFunctionName(node), enclosingFunction(node)?.type]).toEqual([name, type]);
	});

	test.each([
		['int «*a[4]»;', 'a'],
		['int «(*a)(int b)»;', 'a'],
		['int «&a» = b;', 'a'],
		['int «a» = b;', 'a'],
	])('%s declares %s', (text, name) => {
		expect(declaredName(only(text))).toBe(name);
	});

	test.each([
		['«int a = 1;»', true],
		['«int a = ;»', false],
		['«int a = (1;»', false],
		['x = «(u_long FAR *)b»;', true],
		['x = «(u_long FAR + *)b»;', false],
	])('%s can be read: %s', (text, expected) => {
		expect(isReadable(only(text.startsWith('x') ? inBody(text) : text))).toBe(expected);
	});
});

describe('conditional blocks', () => {
	const block = (text: string) => only(inBody(`\n«${text.trimEnd()}»`));
	test.each([
		['#if A\na;\nb;\n#else\nc;\n#endif\n', [['a;', 'b;'], ['c;']]],
		['#ifdef A\na;\n#elif B\nb;\n#else\n#endif\n', [['a;'], ['b;'], []]],
		['#ifndef A\na;\n#elifdef B\nb;\n#else\nc;\n#endif\n', [['a;'], ['b;'], ['c;']]],
		['#if A\na;\n#endif\n', [['a;'], []]],
		['#if A\na;\n#elif B\nb;\n#endif\n', [['a;'], ['b;'], []]],
		['{ a; }', undefined],
	])('the branches of %j', (text, expected) => {
		expect(conditionalBranches(block(text))?.map((branch) => branch.map((node) => node.text))).toEqual(expected);
	});

	test('what stands before a statement of a list', () => {
		const list = only(inBody('«{ a; /* b */ c; d; }»'));
		const [first, second, third] = named(list) as [Node, Node, Node];
		expect(earlierInList(list, third).map(({ text }) => text)).toEqual(['a;', 'c;']);
		expect(earlierInList(list, first)).toEqual([]);
		expect(earlierInList(list, second, [first, third]).map(({ text }) => text)).toEqual(['a;']);
		expect(within(first, list) && within(list, list) && !within(list, first) && !within(first, third)).toBe(true);
	});

	test('the other branch stands not behind the first', () => {
		const list = block('#if A\na;\n#else\nb;\n#endif\n');
		const other = field(list, 'alternative') as Node;
		expect([isAlternative(list, other), earlierInList(list, other)]).toEqual([true, []]);
		expect(isAlternative(list, named(list)[1] as Node)).toBe(false);
		expect(isAlternative(parentOf(list) as Node, list)).toBe(false);
	});
});

test.each([
	['a("b") + c /* d */ + 1', 'a( ) + c   + 1'],
	['a("b\' keep") + "c"', 'a("b\' keep") +  '],
	['"a" + b', '  + b'],
	['a + /* b *//* c */d', 'a +   d'],
	['"a" "b keep"', '  "b keep"'],
	['a', 'a'],
])('%j without its texts is %j', (text, expected) => {
	const node = only(inBody(`x = «${text}»;`));
	expect(textWithout(node, ['string_literal', 'comment'], (one) => one.includes('keep'))).toBe(expected);
	if (!text.includes('keep')) expect(textWithout(node, ['string_literal', 'comment'])).toBe(expected);
});

describe('around a call', () => {
	/** Of what is marked in a text whose variables are its words of one letter. */
	function around(given: string) {
		const [node] = marked(given);
		const root = node?.tree.rootNode;
		if (!node || !root) throw new Error('nothing is marked');
		const text = given.replace(/[«»]/g, '');
		const places = new Map<string, number[]>();
		for (const { 0: word, index } of text.matchAll(/\w+/g)) places.set(word, [...(places.get(word) ?? []), index]);
		const declared = (name: string) => ({ start: text.indexOf(`${name}_`), end: text.indexOf(`${name}_`) + 2 });
		const scope = {
			variable: (name: string) =>
				name.length === 1 ? { name, type: { kind: 'void' }, declared: declared(name) } : undefined,
		};
		const span = { start: node.startIndex, end: node.endIndex };
		const item = { root, text, places, scopeAt: () => scope as unknown as Scope };
		return { text, span, room: surroundingsIn(item, span) };
	}

	test.each([
		['x = 1;\n\t«g(a)»;', '\t'],
		['x = 1;\n  «g(a)»;', '  '],
		['x = 1;\n\tif («g(a)» == 1) x++;', '\t'],
		['x = 1;\n\tx = -(int)h(«g(a)») + 1;', '\t'],
		['x = 1;\n\treturn «g(a)»;', '\t'],
		['x = 1;\n\tint r = «g(a)»;', '\t'],
		['{\n\t\t«g(a)»;\n}', '\t\t'],
		['h([] {\n\t\t«g(a)»;\n});', '\t\t'],
		['x = 1;\n«g(a)»;', undefined],
		['x = 1; «g(a)»;', undefined],
		['x = 1; \\\n\t«g(a)»;', undefined],
		['x = 1; \\\r\n\t«g(a)»;', undefined],
		['if (x)\n\t«g(a)»;', undefined],
		['if (x) y++; else\n\t«g(a)»;', undefined],
		['x = 1;\n\twhile («g(a)») x++;', undefined],
		['x = 1;\n\tfor (;«g(a)»;) x++;', undefined],
		['switch (x) {\n\tcase 1:\n\t«g(a)»;\n}', undefined],
		['switch (x) {\n\t«g(a)»;\n}', undefined],
		['goto out;\n\t«g(a)»;\nout: return;', undefined],
		['x = 1;\n\t«a»;', undefined],
	])('%j has room for a declaration: %j', (body, indentation) => {
		const { text, room } = around(inBody(body));
		const found = room.room();
		expect(found?.indentation).toBe(indentation);
		if (!found) return;
		expect([text[found.at - 1], text.slice(found.at).startsWith(found.indentation), found.lineEnd]).toEqual([
			'\n',
			true,
			'\n',
		]);
		expect(['g', 'f', 'z'].map(found.isTaken)).toEqual([true, true, false]);
	});

	test('lines end as they do there', () => {
		expect(around(inBody('x = 1;\n\t«g(a)»;').replaceAll('\n', '\r\n')).room.room()?.lineEnd).toBe('\r\n');
	});

	test.each([
		['DWORD «n» = 0;', 'DWORD', '0', false],
		['DWORD «n» = { 0 };', 'DWORD', '{ 0 }', false],
		['struct a «n» = {};', 'struct a', '{}', false],
		['DWORD «n»;', 'DWORD', undefined, true],
		['DWORD «n» = 1;', undefined, undefined, false],
		['DWORD «n» = { 0, 0 };', undefined, undefined, false],
		['DWORD «n», m;', undefined, undefined, true],
		['const DWORD «n» = 0;', undefined, undefined, false],
		['volatile DWORD «n»;', undefined, undefined, true],
		['static DWORD «n»;', undefined, undefined, true],
		['extern DWORD «n»;', undefined, undefined, false],
		['DWORD *«n»;', undefined, undefined, false],
		['g(«n»);', undefined, undefined, false],
	])('%s is declared with the type %s and the value %s', (body, type, zeros, isWithoutValue) => {
		const { text, span, room } = around(inBody(body));
		const found = room.typeOf(span);
		expect([
			found && text.slice(found.type.start, found.type.end),
			found?.zeros && text.slice(found.zeros.start, found.zeros.end),
		]).toEqual([type, zeros]);
		expect(room.isWithoutValue(span)).toBe(isWithoutValue);
	});

	test('its locals are those in front of it, the last one first', () => {
		const { room } = around('int f(int p)\n{\nint a_ = 1, b_;\nint c = a;\na = b + p;\n«g(d)»;\nint e;\n}\n');
		expect(room.locals(() => true).map(({ name }) => name)).toEqual(['b', 'a']);
		expect(room.locals((name) => name !== 'b').map(({ name }) => name)).toEqual(['a']);
	});
});

describe('an expression', () => {
	const C = 'tree-sitter-c.wasm';
	beforeAll(() => trees.ready(C));

	/** Variables have names of one letter, types that are no words of the headers are called `own`. */
	const scope = {
		catalog: Catalog.builtin,
		variable: (name: string) => (/^[a-z]$/.test(name) ? { name, type: { kind: 'void' } } : undefined),
		type: (name: string) => (name === 'own' || name === 'a' ? { kind: 'named', name } : undefined),
		constant: () => undefined,
		macroFunction: (name: string) => (name === 'FIELD_SIZEOF' ? {} : undefined),
	} as unknown as Scope;

	function typed(type: CType): string {
		if (type.kind === 'pointer') return `${typed(type.to)}*`;
		if (type.kind === 'array') return `${typed(type.of)}[${type.length ?? ''}]`;
		return 'name' in type && type.name ? type.name : type.kind;
	}

	const list = (...parts: readonly (string | Expr | undefined)[]): string =>
		`(${parts
			.filter((part) => part !== undefined)
			.map((part) => (typeof part === 'string' ? part : told(part)))
			.join(' ')})`;

	/** `(+ a 1d)`: an operator and what it is applied to. A number in decimals ends with `d`, a text with its length. */
	function told(e: Expr): string {
		switch (e.kind) {
			case 'name':
				return e.name;
			case 'number':
				return `${e.value}${e.decimal ? 'd' : ''}`;
			case 'null':
				return 'NULL';
			case 'string':
				return `${e.wide ? 'L' : ''}"${e.text ?? ''}"${e.length}`;
			case 'member':
				return list(e.arrow ? '->' : '.', e.object, e.name);
			case 'index':
				return list('[]', e.object, e.index);
			case 'unary':
				return list(e.op, e.operand);
			case 'binary':
				return list(e.op, e.left, e.right);
			case 'conditional':
				return list('?', e.test, e.whenTrue, e.whenFalse);
			case 'cast':
				return list('cast', typed(e.type), e.operand);
			case 'sizeof-type':
				return list('sizeof', typed(e.type));
			case 'sizeof-expression':
				return list('sizeof=', e.operand);
			case 'offsetof':
				return list('offsetof', typed(e.type), e.field);
			case 'initializer': {
				const elements = e.elements.map((part, i) => (e.names[i] === undefined ? '' : `${e.names[i]}=`) + told(part));
				const [open, close] = e.parenthesized ? '()' : '{}';
				return `${e.type ? typed(e.type) : ''}${open}${elements.join(' ')}${close}`;
			}
			case 'new':
				return list('new', `${typed(e.type)}${e.array ? '[]' : ''}`, e.count);
			case 'call': {
				const types = e.typeArgs?.length ? `<${e.typeArgs.map(typed).join(' ')}>` : '';
				return list('call', told(e.callee) + types, ...e.args);
			}
			default:
				return '?';
		}
	}

	function read(grammar: string, text: string): string {
		const tree = trees.parse(grammar, `void f() { x = ${text}; }`);
		made.push(tree);
		const [assignment] = tree.root.descendantsOfType('assignment_expression');
		const value = assignment ? field(assignment, 'right') : null;
		if (value?.text !== text) throw new Error(`${text} is no expression`);
		const e = readExpression(value, scope);
		expect([e.start, e.end]).toEqual([value.startIndex, value.endIndex]);
		return told(e);
	}

	test.each([
		['a', 'a'],
		['NULL', 'NULL'],
		['nullptr', 'NULL'],
		['true', '1'],
		['false', '0'],
		['12', '12d'],
		['0x1F', '31'],
		['017', '15'],
		['1.5', '?'],
		['12UL', '12d'],
		["'f'", '102'],
		["'\\n'", '?'],
		['"abc"', '"abc"4'],
		['L"ab"', 'L"ab"3'],
		['"a\\n"', '""3'],
		['"a\\q"', '?'],
		['(a)', 'a'],
		['((a))', 'a'],
		['a.b', '(. a b)'],
		['a->b', '(-> a b)'],
		['a.b->c', '(-> (. a b) c)'],
		['a -> b', '(-> a b)'],
		['a[1]', '([] a 1d)'],
		['a[b][2]', '([] ([] a b) 2d)'],
		['&a', '(& a)'],
		['*a', '(* a)'],
		['-a', '(- a)'],
		['~a', '(~ a)'],
		['!a', '(! a)'],
		['+a', '(+ a)'],
		['a + b', '(+ a b)'],
		['a << 2', '(<< a 2d)'],
		['(own) & b', '(cast own (& b))'],
		['(own) - 1', '(cast own (- 1d))'],
		['(own) * b', '(cast own (* b))'],
		['(own) + 1', '(cast own (+ 1d))'],
		['(own) | b', '(| own b)'],
		['(a) & b', '(& a b)'],
		['(a) - 1', '(- a 1d)'],
		['(DWORD) -1', '(cast DWORD (- 1d))'],
		['a ? b : c', '(? a b c)'],
		['(own)a', '(cast own a)'],
		['(DWORD *)a', '(cast DWORD* a)'],
		['(const char *)a', '(cast char* a)'],
		['(struct own *)a', '(cast own* a)'],
		['sizeof(own)', '(sizeof own)'],
		['sizeof(DWORD)', '(sizeof DWORD)'],
		['sizeof(a)', '(sizeof= a)'],
		['sizeof a', '(sizeof= a)'],
		['sizeof(struct own)', '(sizeof own)'],
		['sizeof(unsigned long)', '(sizeof unsigned long)'],
		['sizeof(DWORD *)', '(sizeof DWORD*)'],
		['sizeof(*a)', '(sizeof= (* a))'],
		['sizeof a[0]', '(sizeof= ([] a 0))'],
		['sizeof(DWORD[4])', '(sizeof= ([] DWORD 4d))'],
		['sizeof(THEIRS)', '(sizeof= THEIRS)'],
		['sizeof(PTHEIRS)', '(sizeof PTHEIRS)'],
		['(DWORD)(a)', '(cast DWORD a)'],
		['(DWORD)(int)(a)', '(cast DWORD (cast int a))'],
		['(THEIRS)(a)', '(call THEIRS a)'],
		['f(a, 1)', '(call f a 1d)'],
		['f()', '(call f)'],
		['a->f(b)', '(call (-> a f) b)'],
		['(f)(a)', '(call f a)'],
		['(*a)(b)', '(call (* a) b)'],
		['offsetof(own, b)', '(offsetof own b)'],
		['FIELD_OFFSET(own, b)', '(offsetof own b)'],
		['RTL_FIELD_SIZE(own, b)', '(sizeof= (. (cast own NULL) b))'],
		['FIELD_SIZEOF(own, b)', '(call FIELD_SIZEOF own b)'],
		['(own){ 1 }', 'own{1d}'],
		['(DWORD[]){ 1, 2 }', 'DWORD[]{1d 2d}'],
		['&(own){ 1 }', '(& own{1d})'],
		['&(own)MACRO', '(& own{})'],
		['&(own)a.b', '(& (cast own (. a b)))'],
		['-(own)MACRO', '(- (cast own MACRO))'],
		['(a, 2)', '2d'],
		['(a = 2)', '2d'],
		['(a += 2)', '?'],
		['a++', '?'],
		['sizeof(a.b)', '(sizeof= (. a b))'],
		['addressof(a, b)', '(call addressof a b)'],
		['addressof()', '(call addressof)'],
		['DWORD(a)', '(cast DWORD a)'],
		['int(a)', '(cast int a)'],
		['this', 'this'],
		['this->a', '(-> this a)'],
		['"a" "b"', '?'],
		['_countof(a)', '(call _countof a)'],
		['own(a)', '(call own a)'],
	])('%s is read as %s', (text, expected) => {
		expect([read(C, text), read(GRAMMAR, text)]).toEqual([expected, expected]);
	});

	test.each([
		['{ 1, { 2 } }', '{1d {2d}}'],
		['{ .b = 1, [2] = 3 }', '{b=1d [2]=3d}'],
		['{ .b.c = 1 }', '{b.c=1d}'],
		['A::b', 'A::b'],
		['::a', '::a'],
		['static_cast<DWORD>(a)', '(cast DWORD a)'],
		['reinterpret_cast<char *>(a)', '(cast char* a)'],
		['std::move<DWORD>(a)', '(call std::move<DWORD> a)'],
		['f<DWORD, 2>(a)', '(call f<DWORD> a)'],
		['static_cast<DWORD>(a, b)', '(call static_cast<DWORD> a b)'],
		['std::addressof(a)', '(& a)'],
		['new own', '(new own)'],
		['new own[4]', '(new own[] 4d)'],
		['new own(1)', '(new own)'],
		['DWORD{a}', 'DWORD{a}'],
		['sizeof(decltype(a))', '(sizeof= a)'],
		['sizeof(std::array<int, 2>)', '(sizeof std::array<int,2>)'],
		['[&] { }', '?'],
		['a and b', '(and a b)'],
		['f<DWORD>', '?'],
	])('%s is read as %s in C++', (text, expected) => {
		expect(read(GRAMMAR, text)).toBe(expected);
	});
});
