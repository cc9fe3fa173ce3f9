/** Functions that hand their parameters on to an entry point: their callers write the arguments that count. */

import { field, named, within } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import { lastWord } from '../../syntax/scan.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import { withoutCasts } from './expression.ts';
import type { CFile } from './file.ts';
import type { RawArgument, RawCall } from './model.ts';
import { declaredName, enclosingFunction, findDescendant, remembered, upward } from './nodes.ts';
import { readDeclarators } from './read.ts';
import { spansIn, usesOf, writes } from './uses.ts';

export interface Wrapper {
	readonly name: string;
	/** The class of a method, with what it is written with around it; empty for a function. */
	readonly owner: readonly string[];
	readonly parameters: readonly string[];
	/** Parameters of the template that the function is made from; they follow the others in `forwarded`. */
	readonly templateParameters: readonly string[];
	/** The call inside of it. */
	readonly call: RawCall;
	/** For each argument of that call the parameter that it is, if any. */
	readonly forwarded: readonly (number | undefined)[];
	/** It does nothing with the input but hand it on. */
	readonly isHandedOn: boolean;
}

/** The wrapper that a call makes of the function around it, when it hands on at least one parameter. */
export function wrapperAround(file: CFile, node: Node, call: RawCall): Wrapper | undefined {
	const owner = enclosingFunction(node);
	if (owner?.type !== 'function_definition') return undefined;
	const body = field(owner, 'body');
	const head = body && headOf(file, owner);
	if (!head) return undefined;
	const forwarded = call.args.map(({ expr }) => {
		const inner = withoutCasts(expr);
		const at = inner.kind === 'name' ? head.positions.get(inner.name) : undefined;
		if (at === undefined || inner.kind !== 'name') return undefined;
		return writes(file, body, inner.name, node) || decides(file, body, inner.name, node) ? undefined : at;
	});
	const { positions: _, ...named } = head;
	// What a method does to a socket that it is given is told at its own call.
	const counts = head.owner.length > 0 ? forwarded.slice(1) : forwarded;
	if (!counts.some((f) => f !== undefined)) return undefined;
	const isHandedOn = (!call.through || call.isHandedOn === true) && isOnlyGiven(file, body, call, node);
	return { ...named, call, forwarded, isHandedOn };
}

/** The input is a name that stands in the call alone. */
function isOnlyGiven(file: CFile, body: Node, call: RawCall, node: Node): boolean {
	const at = file.catalog.functionById(call.name)?.roles.input;
	const input = at === undefined ? undefined : call.args[at];
	const inner = input && withoutCasts(input.expr);
	if (inner?.kind !== 'name') return false;
	for (const use of spansIn(usesOf(file, body, inner.name).names, body))
		if (use.start < node.startIndex || use.end > node.endIndex) return false;
	return true;
}

interface Head extends Pick<Wrapper, 'name' | 'owner' | 'parameters' | 'templateParameters'> {
	/** Place of each parameter, those of the template behind the others. */
	readonly positions: ReadonlyMap<string, number>;
}

/** Name and parameters of a function; of a method whose class is in sight, and where no other can run in its place. */
const headOf = (file: CFile, definition: Node): Head | undefined =>
	remembered(definition, 'head', () => {
		const declarator = field(definition, 'declarator');
		const head = declarator && findDescendant(declarator, 'function_declarator');
		const name = head && field(head, 'declarator');
		const owner = name && ownerOf(file, definition, name);
		if (!head || !name || !owner) return undefined;
		const nameOf = (p: Node) => readDeclarators(p, file.fileScope)[0]?.name ?? '';
		const list = field(head, 'parameters');
		const parameters = (list ? named(list) : [])
			.filter((p) => /^(?:optional_)?parameter_declaration$/.test(p.type))
			.map(nameOf);
		const outer = parentOf(definition);
		const template = outer?.type === 'template_declaration' ? field(outer, 'parameters') : null;
		const templateParameters = (template ? named(template) : []).map((p) =>
			p.type === 'parameter_declaration' ? nameOf(p) : '',
		);
		const all = [...parameters, ...templateParameters];
		return {
			name: lastWord(name.text),
			owner,
			parameters,
			templateParameters,
			positions: new Map(all.map((p, i) => [p, i])),
		};
	});

/** The class that a function's name is of, empty where it is of none; undefined where that does not tell what runs. */
function ownerOf(file: CFile, definition: Node, name: Node): readonly string[] | undefined {
	if (name.type === 'identifier') return [];
	const owner = name.type === 'field_identifier' ? classAround(definition) : partsOf(name.text).slice(0, -1);
	const classes = file.classNodes(owner?.at(-1) ?? '');
	const method = lastWord(name.text);
	return classes.length > 0 && !classes.some((node) => virtualsOf(node).has(method)) ? owner : undefined;
}

/** The name of the class that a method is written in. */
function classAround(definition: Node): readonly string[] | undefined {
	const around = upward(definition, 'class', ({ type }) => CLASS.test(type));
	const name = around && field(around, 'name')?.text;
	return name === undefined ? undefined : partsOf(name);
}

const CLASS = /^(?:class|struct)_specifier$/;

/** Methods that a class declares as ones that others may replace. */
const virtualsOf = (node: Node): ReadonlySet<string> =>
	remembered(node, 'virtual methods', () => {
		const body = field(node, 'body');
		const members = (body ? named(body) : []).flatMap((member) => {
			const declarator = field(member, 'declarator');
			const head = member.text.slice(0, (field(member, 'body')?.startIndex ?? member.endIndex) - member.startIndex);
			return declarator && /\b(?:virtual|override)\b/.test(head) ? (declaredName(declarator) ?? []) : [];
		});
		return new Set(members);
	});

const CONDITIONAL = /^(?:if_statement|switch_statement|while_statement|conditional_expression)$/;

/** Does the wrapper look at the parameter before it makes the call? With some values it may never come to it. */
function decides(file: CFile, body: Node, parameter: string, call: Node): boolean {
	const conditions = remembered(body, `conditions on ${parameter}`, () => conditionsOn(file, body, parameter));
	return conditions.some((condition) => !within(call, condition));
}

/** The innermost conditions of statements in a function that name a parameter: what is in one around them is in them. */
function conditionsOn(file: CFile, body: Node, parameter: string): readonly Node[] {
	const found = new Map<number, Node>();
	for (const { node } of spansIn(usesOf(file, body, parameter).names, body)) {
		const condition = upward(node, 'condition', isCondition);
		if (condition && within(condition, body)) found.set(condition.id, condition);
	}
	return [...found.values()];
}

function isCondition(node: Node): boolean {
	const statement = parentOf(node);
	return statement !== null && CONDITIONAL.test(statement.type) && field(statement, 'condition')?.id === node.id;
}

/**
 * The entry point's call as a caller of the wrapper makes it: the caller's expressions where parameters are handed on,
 * the wrapper's own for the rest, reported at the callee.
 */
export function throughWrapper(wrapper: Wrapper, outer: RawCall): RawCall | undefined {
	if (outer.args.length !== wrapper.parameters.length) return undefined;
	// Arguments that a template deduces or has by default are not written.
	const given = outer.templateArgs ?? [];
	if (given.length !== wrapper.templateParameters.length) return undefined;
	const written = [...outer.args, ...given];
	const callee: Span = { start: outer.callee.start, end: outer.callee.end };
	const args = wrapper.call.args.map((arg, i): RawArgument => {
		const from = wrapper.forwarded[i];
		const own = from === undefined ? undefined : written[from];
		return own ?? { ...arg, at: callee, text: arg.text };
	});
	// What a wrapper returns is its own affair.
	const handed = wrapper.isHandedOn ? ({ isHandedOn: true } as const) : {};
	return { ...outer, name: wrapper.call.name, args, through: wrapper.name, ...handed, resultTests: [] };
}

/** The parts of a qualified name. */
export const partsOf = (name: string): readonly string[] => name.replace(/\s+/g, '').split('::').filter(Boolean);
