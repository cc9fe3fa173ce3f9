/** What was found in a part of a text, moved to where the part stands. */
import type { IoctlBinding } from '../calls/bindings.ts';
import type { BufferArgument, IoctlCall, PointerArgument, SizeArgument } from '../calls/model.ts';
import type { Finding } from '../rules/rule.ts';
import type { Span } from '../syntax/span.ts';

/** Where a character of the part stands. */
export type Move = (offset: number) => number;

const moved = <T extends Span>(span: T, to: Move): T => ({
	...span,
	start: to(span.start),
	// What stands behind its last character may stand elsewhere.
	end: span.end > span.start ? to(span.end - 1) + 1 : to(span.end),
});

const movedIf = <T extends Span>(span: T | undefined, to: Move): T | undefined => span && moved(span, to);

const movedPointer = (pointer: PointerArgument, to: Move): PointerArgument => {
	const { object } = pointer;
	const initial = object?.initial?.map((value) => (value.at ? { ...value, at: moved(value.at, to) } : value));
	const declared = movedIf(object?.declared, to);
	if (!object || !(initial || declared)) return moved(pointer, to);
	return {
		...moved(pointer, to),
		object: { ...object, ...(initial ? { initial } : {}), ...(declared ? { declared } : {}) },
	};
};

const movedSize = (size: SizeArgument, to: Move): SizeArgument => ({
	...moved(size, to),
	...(size.computed ? { computed: moved(size.computed, to) } : {}),
});

const movedBuffer = (buffer: BufferArgument | undefined, to: Move): BufferArgument | undefined =>
	buffer && {
		...buffer,
		pointer: movedPointer(buffer.pointer, to),
		...(buffer.size ? { size: movedSize(buffer.size, to) } : {}),
	};

/** Properties that are there, so that "absent" keeps one form. */
const present = <T extends object>(value: { [K in keyof T]: T[K] | undefined }): T =>
	Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;

/** A call where it stands. */
export const movedCall = (call: IoctlCall, to: Move): IoctlCall => ({
	...moved(call, to),
	...present({
		calleeSpan: moved(call.calleeSpan, to),
		code: moved(call.code, to),
		guidAt: movedIf(call.guidAt, to),
		requestArgument: movedIf(call.requestArgument, to),
		input: movedBuffer(call.input, to),
		output: movedBuffer(call.output, to),
		bytesReturned: call.bytesReturned && movedPointer(call.bytesReturned, to),
		overlapped: call.overlapped && movedPointer(call.overlapped, to),
		completion: call.completion && movedPointer(call.completion, to),
		irp: call.irp && movedPointer(call.irp, to),
	}),
});

/** A declaration, likewise. */
export const movedBinding = (binding: IoctlBinding, to: Move): IoctlBinding => ({
	...moved(binding, to),
	calleeSpan: moved(binding.calleeSpan, to),
	parameters: binding.parameters.map((parameter) => moved(parameter, to)),
	list: moved(binding.list, to),
});

/** A finding, likewise; `call` is its call where that stands by now. */
export const movedFinding = (finding: Finding, to: Move, call: IoctlCall | undefined): Finding => ({
	...moved(finding, to),
	...(call ? { call } : {}),
	...(finding.fix ? { fix: { ...finding.fix, edits: finding.fix.edits.map((edit) => moved(edit, to)) } } : {}),
});
