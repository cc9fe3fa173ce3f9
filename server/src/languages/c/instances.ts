/** Structures that are made from a template: `Buffer<DWORD,4>`. */
import { field, named } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import { type CField, type CType, UNKNOWN } from '../../types/ctype.ts';
import { Substituted } from './evaluate/substituted.ts';
import { templateOf, typeArgument } from './evaluate/templates.ts';
import type { Expr } from './expression.ts';
import type { CFile } from './file.ts';
import { declaredName, lastComponent, parseInteger } from './nodes.ts';
import { readType } from './read.ts';

interface Parameter {
	readonly name: string;
	readonly isType: boolean;
	/** As written; undefined where there is none. */
	readonly byDefault: string | undefined;
}

/** The structure that a name with arguments stands for; undefined where no template of the file makes it for sure. */
export function instanceOf(file: CFile, text: string): CType | undefined {
	const template = templateOf(text);
	const [node, ...others] = template ? file.classNodes(lastComponent(template.name)) : [];
	const declaration = node && parentOf(node);
	if (!template || !node || others.length > 0 || declaration?.type !== 'template_declaration') return undefined;
	// For some arguments it may be another one.
	if (file.isSpecialised(lastComponent(template.name))) return undefined;
	const list = field(declaration, 'parameters');
	const parameters = list ? named(list).map(parameterOf) : [];
	if (parameters.length === 0 || template.args.length > parameters.length) return undefined;
	const types = new Map<string, CType>();
	const numbers = new Map<string, Expr>();
	const words = new Map<string, string>();
	for (const [i, parameter] of parameters.entries()) {
		const given = template.args[i] ?? parameter?.byDefault;
		if (!parameter || given === undefined) return undefined;
		words.set(parameter.name, given);
		if (parameter.isType) types.set(parameter.name, typeArgument(given));
		else numbers.set(parameter.name, numberOf(given));
	}
	const scope = new Substituted(file.fileScope, [...numbers.keys()], [...numbers.values()], file.fileScope);
	return withArguments(readType(node, scope), { types, words }, text);
}

function parameterOf(node: Node): Parameter | undefined {
	switch (node.type) {
		case 'type_parameter_declaration':
			return { name: named(node)[0]?.text ?? '', isType: true, byDefault: undefined };
		case 'optional_type_parameter_declaration':
			return {
				name: field(node, 'name')?.text ?? '',
				isType: true,
				byDefault: field(node, 'default_type')?.text,
			};
		case 'parameter_declaration':
		case 'optional_parameter_declaration': {
			const declarator = field(node, 'declarator');
			const name = declarator ? declaredName(declarator) : '';
			return { name: name ?? '', isType: false, byDefault: field(node, 'default_value')?.text };
		}
		default:
			return undefined;
	}
}

/** A number, or the name of one. */
function numberOf(text: string): Expr {
	const span = { start: 0, end: 0 };
	const value = parseInteger(text);
	if (value !== undefined) return { ...span, kind: 'number', value };
	return /^[A-Za-z_][\w:]*$/.test(text) ? { ...span, kind: 'name', name: text } : { ...span, kind: 'unknown' };
}

/** Structures within structures, and pointers to pointers: nobody nests deeper by hand. */
const DEEPEST = 20;

/** What the parameters stand for. */
interface Arguments {
	readonly types: ReadonlyMap<string, CType>;
	/** As they are written. */
	readonly words: ReadonlyMap<string, string>;
}

/** A type with the arguments in the place of the parameters. */
function withArguments(type: CType, given: Arguments, name?: string, depth = 0): CType {
	const inner = (of: CType) => withArguments(of, given, undefined, depth + 1);
	if (depth > DEEPEST) return UNKNOWN;
	switch (type.kind) {
		case 'named': {
			const argument = given.types.get(type.name);
			if (argument) return argument;
			// `std::array<T,N>`.
			const made = () => type.name.replace(/\w+/g, (word) => given.words.get(word) ?? word);
			return type.name.includes('<') ? { ...type, name: made() } : type;
		}
		case 'pointer':
			return { ...type, to: inner(type.to) };
		case 'array':
			return { ...type, of: inner(type.of) };
		case 'record': {
			const fields = type.fields.map((member): CField => ({ ...member, type: inner(member.type) }));
			return { ...type, fields, ...(name === undefined ? {} : { name }) };
		}
		default:
			return type;
	}
}
