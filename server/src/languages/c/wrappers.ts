/** Functions that hand their parameters on to an entry point: their callers write the arguments that count. */

import { field, named, within } from '../../syntax/nodes.ts';
import type { Span } from '../../syntax/span.ts';
import type { Node } from '../../syntax/trees.ts';
import { withoutCasts } from './expression.ts';
import type { CFile } from './file.ts';
import type { RawArgument, RawCall } from './model.ts';
import { enclosingFunction, findDescendant, parentOf } from './nodes.ts';
import { readDeclarators } from './read.ts';
import { spansIn, usesOf, writes } from './uses.ts';

export interface Wrapper {
	readonly name: string;
	readonly parameters: readonly string[];
	/** Parameters of the template that the function is made from; they follow the others in `forwarded`. */
	readonly templateParameters: readonly string[];
	/** The call inside of it. */
	readonly call: RawCall;
	/** For each argument of that call the parameter that it is, if any. */
	readonly forwarded: readonly (number | undefined)[];
}

/** The wrapper that a call makes of the function around it, when it hands on at least one parameter. */
export function wrapperAround(file: CFile, node: Node, call: RawCall): Wrapper | undefined {
	const owner = enclosingFunction(node);
	if (owner?.type !== 'function_definition') return undefined;
	const declarator = field(owner, 'declarator');
	const body = field(owner, 'body');
	const head = declarator && findDescendant(declarator, 'function_declarator');
	const name = head && field(head, 'declarator');
	// A member function's name says nothing about whose it is at a call.
	if (!body || name?.type !== 'identifier') return undefined;
	const list = field(head!, 'parameters');
	const parameters = (list ? named(list) : [])
		.filter((p) => /^(?:optional_)?parameter_declaration$/.test(p.type))
		.map((p) => readDeclarators(p, file.fileScope)[0]?.name ?? '');
	const template = owner.parent?.type === 'template_declaration' ? field(owner.parent, 'parameters') : null;
	const templateParameters = (template ? named(template) : []).map((p) =>
		p.type === 'parameter_declaration' ? (readDeclarators(p, file.fileScope)[0]?.name ?? '') : '',
	);
	const all = [...parameters, ...templateParameters];
	const forwarded = call.args.map(({ expr }) => {
		const inner = withoutCasts(expr);
		const at = inner.kind === 'name' ? all.indexOf(inner.name) : -1;
		return at >= 0 && !writes(file, body, all[at]!, node) && !decides(file, body, all[at]!, node) ? at : undefined;
	});
	return forwarded.some((f) => f !== undefined)
		? { name: name.text, parameters, templateParameters, call, forwarded }
		: undefined;
}

const CONDITIONAL = /^(?:if_statement|switch_statement|while_statement|conditional_expression)$/;

/** Does the wrapper look at the parameter before it makes the call? With some values it may never come to it. */
function decides(file: CFile, body: Node, parameter: string, call: Node): boolean {
	for (const { node } of spansIn(usesOf(file, body, parameter).names, body)) {
		for (
			let inner: Node = node, outer = parentOf(node);
			outer && inner.id !== body.id;
			inner = outer, outer = parentOf(outer)
		) {
			const isCondition = CONDITIONAL.test(outer.type) && field(outer, 'condition')?.id === inner.id;
			if (isCondition && !within(call, inner)) return true;
		}
	}
	return false;
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
	return { ...outer, name: wrapper.call.name, args, through: wrapper.name };
}
