/** Calls of functions whose arguments the user's settings explain. */
import type { Api } from '../../catalog/api.ts';
import type { Constant, OwnRole, OwnWrapper } from '../../catalog/ownFunctions.ts';
import { field } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import type { CType } from '../../types/ctype.ts';
import { parseTypeName } from '../../types/layout.ts';
import { typeOf } from './evaluate/types.ts';
import type { Expr } from './expression.ts';
import type { CFile } from './file.ts';
import type { FunctionFacts, RawArgument, RawCall, Scope } from './model.ts';
import { readExpression } from './read.ts';
import { partsOf, throughWrapper, type Wrapper } from './wrappers.ts';

const NOWHERE = { start: 0, end: 0 };
const NO_FACTS: FunctionFacts = { waits: false, expects: [], nonBlocking: false, text: '' };

/** What the settings say of a function, as if its body had been read. */
export function asWrapper({ name, owner, roles, constants }: OwnWrapper, api: Api, file: CFile): Wrapper {
	const roleAt = new Map<number, OwnRole>();
	for (const [role, at] of Object.entries(api.roles)) if (!roleAt.has(at)) roleAt.set(at, role as OwnRole);
	const argument = (at: number): RawArgument => {
		const role = roleAt.get(at);
		const { expr, text } = expressionOf(role && constants.get(role));
		return { expr, text, scope: file.fileScope, source: '' };
	};
	const args = api.parameters.map((_, at) => argument(at));
	return {
		name,
		owner,
		parameters: roles.map((role, i) => role ?? `argument ${i + 1}`),
		templateParameters: [],
		call: { ...NOWHERE, name: api.id, callee: { ...NOWHERE, text: name }, args, around: NO_FACTS, resultUsed: true },
		forwarded: api.parameters.map((_, at) => {
			const position = roles.findIndex((role) => role !== undefined && api.roles[role] === at);
			return position < 0 ? undefined : position;
		}),
		isHandedOn: false,
	};
}

function expressionOf(constant: Constant | undefined): { readonly expr: Expr; readonly text: string } {
	switch (constant?.kind) {
		case 'null':
			return { expr: { ...NOWHERE, kind: 'null' }, text: 'NULL' };
		case 'number':
			return { expr: { ...NOWHERE, kind: 'number', value: BigInt(constant.value) }, text: String(constant.value) };
		case 'name':
			return { expr: { ...NOWHERE, kind: 'name', name: constant.name }, text: constant.name };
		case 'sizeof':
			return {
				expr: { ...NOWHERE, kind: 'sizeof-type', type: parseTypeName(constant.type) },
				text: `sizeof(${constant.type})`,
			};
		default:
			return { expr: { ...NOWHERE, kind: 'unknown' }, text: '' };
	}
}

/** The entry point's call that a call of such a function ends in; undefined where the arguments are others. */
export function throughOwn(own: OwnWrapper, wrapper: Wrapper, call: RawCall): RawCall | undefined {
	const { templateArgs: _, ...plain } = call;
	const made = throughWrapper(wrapper, plain);
	if (!made) return undefined;
	const configured = { ...made, isConfigured: true as const };
	return own.returnsResult
		? { ...configured, ...(call.resultTests ? { resultTests: call.resultTests } : {}) }
		: { ...configured, resultUsed: true };
}

/** Is a call one of the function? Of a method the class has to be seen. */
export function isCallOf({ owner }: Pick<OwnWrapper, 'owner'>, callee: Node, scope: Scope): boolean {
	if (owner.length === 0) return true;
	switch (callee.type) {
		case 'qualified_identifier': {
			const parts = partsOf(callee.text).slice(0, -1);
			return isSuffix(parts, owner) || isSuffix(owner, parts);
		}
		case 'field_expression': {
			const object = field(callee, 'argument');
			const type = object ? typeOf(readExpression(object, scope), scope) : undefined;
			return isOf(type, owner);
		}
		case 'identifier':
			return isOf(scope.variable('this')?.type, owner);
		default:
			return false;
	}
}

/** The end of a list is another one, which is not empty. */
const isSuffix = (list: readonly string[], end: readonly string[]): boolean =>
	end.length > 0 && end.every((part, i) => list[list.length - end.length + i] === part);

const OWNING = /^(?:std::)?(?:unique_ptr|shared_ptr)<([\w:]+)>$/;

/** Is a type the class, or a pointer to it? */
function isOf(type: CType | undefined, owner: readonly string[]): boolean {
	if (type?.kind === 'pointer') return isOf(type.to, owner);
	if (type?.kind !== 'named' && type?.kind !== 'record') return false;
	const parts = partsOf(OWNING.exec(type.name)?.[1] ?? type.name);
	return isSuffix(parts, owner) || isSuffix(owner, parts);
}
