/** What the two rules about buffers that must be empty have in common. */
import type { IoctlCall } from '../calls/model.ts';
import { exchangedBuffers, isFilled, nullWord } from './judging.ts';
import type { Edit, Report, RuleContext } from './rule.ts';
import { argumentNames, bytes, fails, on, type Side } from './wording.ts';

/** The error that the entry promises for a buffer that is not empty, in the terms of the called function. */
function promisedError(call: IoctlCall, side: Side, context: RuleContext): string | undefined {
	const code = call.code.entry!;
	const named =
		code[side].tooSmall?.error ??
		code.errors?.find(({ on }) => typeof on === 'object' && on[side] === 'not-empty')?.error;
	// A Winsock error says nothing about what a kernel function returns.
	const style = named && context.family.errors.styleOf(named);
	return style === context.api.errorStyle ? named : undefined;
}

/** Reports the size of a buffer that the documents want to be empty. */
export function unexpectedBuffer(call: IoctlCall, side: Side, context: RuleContext): readonly Report[] {
	const code = call.code.entry;
	const buffer = call[side];
	if (code?.[side].use !== 'must-be-empty' || !buffer?.size || buffer.length.kind !== 'known') return [];
	if (!isFilled(buffer.length, context) || exchangedBuffers(call, context)) return [];
	const names = argumentNames(context, side);
	const error = promisedError(call, side, context);
	const edits: Edit[] = [{ start: buffer.size.start, end: buffer.size.end, newText: '0' }];
	if (buffer.pointer.nullness !== 'null')
		edits.push({ start: buffer.pointer.start, end: buffer.pointer.end, newText: nullWord(call) });
	const advice = `Pass ${nullWord(call)} and 0`;
	const given = `\`${code.name}\` has no ${side}, but \`${names.size}\` is ${on(buffer.length.values[0]!, context.targets)}`;
	return [
		{
			span: buffer.size,
			severity: error ? 'warning' : 'info',
			message: error
				? `${given}. The documents say that ${fails(context, error)}. ${advice}.`
				: `${given}: the documents ask for 0, and the ${bytes(on(buffer.length.values[0]!, context.targets))} are ${side === 'input' ? 'not read' : 'not written'}. ${advice}.`,
			fix: { title: advice, edits },
		},
	];
}
