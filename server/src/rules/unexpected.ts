/** What the two rules about buffers that must be empty have in common. */

import * as l10n from '@vscode/l10n';
import type { PointerArgument } from '../calls/model.ts';
import type { PerTarget } from '../types/ctype.ts';
import { type Code, exchangedBuffers, isFilled, type Side } from './buffers.ts';
import type { Edit, Fact, Rule, RuleContext } from './rule.ts';
import { argumentNames, bytesOn, fails, valuesOn } from './wording.ts';

export interface Unexpected extends Fact {
	readonly code: Code;
	/** Every size that it can have. */
	readonly given: readonly PerTarget[];
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

/** That the code has no such buffer, and is given a size. */
function factText(side: Side, { code, given }: Unexpected, context: RuleContext): string {
	const size = valuesOn(given, context.targets);
	const name = argumentNames(context, side).size;
	return side === 'input'
		? l10n.t('`{0}` has no input, but `{1}` is {2}', code.name, name, size)
		: l10n.t('`{0}` has no output, but `{1}` is {2}', code.name, name, size);
}

/** Who asks for an empty buffer, and what becomes of one that is not, where no error is known. */
function askedText(side: Side, fact: string, { code, given }: Unexpected, { targets }: RuleContext): string {
	if (code[side].basis === 'configured') return l10n.t('{0}, and its entry in the configuration asks for 0.', fact);
	const [only, ...others] = given;
	const bytes = only && others.length === 0 ? bytesOn(only, targets) : l10n.t('{0} bytes', valuesOn(given, targets));
	return side === 'input'
		? l10n.t('{0}: the documents ask for 0, and the {1} are not read.', fact, bytes)
		: l10n.t('{0}: the documents ask for 0, and the {1} are not written.', fact, bytes);
}

/** The error, and who says so. */
const promiseText = (code: Code, side: Side, failure: string): string =>
	code[side].basis === 'configured'
		? l10n.t('By its entry in the configuration {0}.', failure)
		: l10n.t('The documents say that {0}.', failure);

/** Finds, words and empties a buffer that the documents want to be empty. */
export function unexpected(side: Side): Pick<Required<Rule<Unexpected>>, 'check' | 'message' | 'fix'> {
	return {
		check(call, context) {
			const code = call.code.entry;
			const buffer = call[side];
			if (code?.[side].use !== 'must-be-empty' || !buffer?.size || buffer.length.kind !== 'known') return [];
			if (!isFilled(buffer.length, context) || exchangedBuffers(call, context)) return [];
			const error = promisedError(code, side, context);
			const fact = { span: buffer.size, code, given: buffer.length.values, pointer: buffer.pointer };
			return [error ? { ...fact, severity: 'warning', error } : { ...fact, severity: 'info' }];
		},
		message(found, context) {
			const { code, error } = found;
			const fact = factText(side, found, context);
			const advice = l10n.t('Pass {0} and 0.', context.wording.nullWord);
			return error
				? `${fact}. ${promiseText(code, side, fails(context, error))} ${advice}`
				: `${askedText(side, fact, found, context)} ${advice}`;
		},
		fix({ span, pointer }, { wording: { nullWord } }) {
			const edits: Edit[] = [{ start: span.start, end: span.end, newText: '0' }];
			if (pointer.nullness !== 'null') edits.push({ start: pointer.start, end: pointer.end, newText: nullWord });
			return { title: l10n.t('Pass {0} and 0', nullWord), edits };
		},
	};
}
