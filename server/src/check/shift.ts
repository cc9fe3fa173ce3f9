/** What was found in a part of a text, moved to where the part stands. */
import type { IoctlBinding } from '../calls/bindings.ts';
import type { BufferArgument, IoctlCall, PointerArgument, SizeArgument } from '../calls/model.ts';
import type { Finding } from '../rules/rule.ts';
import type { Span } from '../syntax/span.ts';

const moved = <T extends Span>(span: T, by: number): T => ({ ...span, start: span.start + by, end: span.end + by });

const movedIf = <T extends Span>(span: T | undefined, by: number): T | undefined => span && moved(span, by);

const movedPointer = (pointer: PointerArgument, by: number): PointerArgument => {
	const { object } = pointer;
	const initial = object?.initial?.map((value) => (value.at ? { ...value, at: moved(value.at, by) } : value));
	const declared = movedIf(object?.declared, by);
	if (!object || !(initial || declared)) return moved(pointer, by);
	return {
		...moved(pointer, by),
		object: { ...object, ...(initial ? { initial } : {}), ...(declared ? { declared } : {}) },
	};
};

const movedSize = (size: SizeArgument, by: number): SizeArgument => ({
	...moved(size, by),
	...(size.computed ? { computed: moved(size.computed, by) } : {}),
});

const movedBuffer = (buffer: BufferArgument | undefined, by: number): BufferArgument | undefined =>
	buffer && {
		...buffer,
		pointer: movedPointer(buffer.pointer, by),
		...(buffer.size ? { size: movedSize(buffer.size, by) } : {}),
	};

/** Properties that are there, so that "absent" keeps one form. */
const present = <T extends object>(value: { [K in keyof T]: T[K] | undefined }): T =>
	Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;

/** A call, so many UTF-16 units further on. */
export const movedCall = (call: IoctlCall, by: number): IoctlCall => ({
	...moved(call, by),
	...present({
		calleeSpan: moved(call.calleeSpan, by),
		code: moved(call.code, by),
		requestArgument: movedIf(call.requestArgument, by),
		input: movedBuffer(call.input, by),
		output: movedBuffer(call.output, by),
		bytesReturned: call.bytesReturned && movedPointer(call.bytesReturned, by),
		overlapped: call.overlapped && movedPointer(call.overlapped, by),
		completion: call.completion && movedPointer(call.completion, by),
		irp: call.irp && movedPointer(call.irp, by),
	}),
});

/** A declaration, likewise. */
export const movedBinding = (binding: IoctlBinding, by: number): IoctlBinding => ({
	...moved(binding, by),
	calleeSpan: moved(binding.calleeSpan, by),
	parameters: binding.parameters.map((parameter) => moved(parameter, by)),
	list: moved(binding.list, by),
});

/** A finding, likewise; `call` is its call where that stands by now. */
export const movedFinding = (finding: Finding, by: number, call: IoctlCall | undefined): Finding => ({
	...moved(finding, by),
	...(call ? { call } : {}),
	...(finding.fix ? { fix: { ...finding.fix, edits: finding.fix.edits.map((edit) => moved(edit, by)) } } : {}),
});
