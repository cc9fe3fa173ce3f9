/** What the two rules about buffers that must be empty have in common. */

import type { PointerArgument } from '../calls/model.ts';
import type { PerTarget } from '../types/ctype.ts';
import { type Code, exchangedBuffers, isFilled, type Side } from './buffers.ts';
import type { Edit, Fact, Rule, RuleContext } from './rule.ts';
import { argumentNames, bytesOn, fails, numberOn } from './wording.ts';

export interface Unexpected extends Fact {
	readonly code: Code;
	readonly given: PerTarget;
	readonly pointer: PointerArgument;
	/** The error that the documents promise. */
	readonly error?: string;
}

/** The error that the entry promises for a buffer that is not empty, in the terms of the called function. */
function promisedError(code: Code, side: Side, { api, family }: RuleContext): string | undefined {
	const named =
		code[side].tooSmall?.error ??
		code.errors?.find(({ on }) => typeof on === 'object' && on[side] === 'not-empty')?.error;
	// A Winsock error says nothing about what a kernel function returns.
	return named !== undefined && family.errors.styleOf(named) === api.errorStyle ? named : undefined;
}

const UNUSED = { input: 'not read', output: 'not written' };

/** Finds, words and empties a buffer that the documents want to be empty. */
export function unexpected(side: Side): Pick<Required<Rule<Unexpected>>, 'check' | 'message' | 'fix'> {
	return {
		check(call, context) {
			const code = call.code.entry;
			const buffer = call[side];
			if (code?.[side].use !== 'must-be-empty' || !buffer?.size || buffer.length.kind !== 'known') return [];
			const [given] = buffer.length.values;
			if (!given || !isFilled(buffer.length, context) || exchangedBuffers(call, context)) return [];
			const error = promisedError(code, side, context);
			const fact = { span: buffer.size, code, given, pointer: buffer.pointer };
			return [error ? { ...fact, severity: 'warning', error } : { ...fact, severity: 'info' }];
		},
		message({ code, given, error }, context) {
			const size = numberOn(given, context.targets);
			const fact = `\`${code.name}\` has no ${side}, but \`${argumentNames(context, side).size}\` is ${size}`;
			const advice = `Pass ${context.wording.nullWord} and 0.`;
			if (code[side].basis === 'configured')
				return error
					? `${fact}. By its entry in the configuration ${fails(context, error)}. ${advice}`
					: `${fact}, and its entry in the configuration asks for 0. ${advice}`;
			return error
				? `${fact}. The documents say that ${fails(context, error)}. ${advice}`
				: `${fact}: the documents ask for 0, and the ${bytesOn(given, context.targets)} are ${UNUSED[side]}. ${advice}`;
		},
		fix({ span, pointer }, { wording: { nullWord } }) {
			const edits: Edit[] = [{ start: span.start, end: span.end, newText: '0' }];
			if (pointer.nullness !== 'null') edits.push({ start: pointer.start, end: pointer.end, newText: nullWord });
			return { title: `Pass ${nullWord} and 0`, edits };
		},
	};
}
