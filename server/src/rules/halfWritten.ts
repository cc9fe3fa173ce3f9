/** A number of 8 bytes of which the first 4 are written: the rest keeps what it held. */
import * as l10n from '@vscode/l10n';
import type { IoctlCall, PointedObject, PointerArgument } from '../calls/model.ts';
import type { Target } from '../types/ctype.ts';
import { sizeOf } from '../types/layout.ts';
import type { Fix, RuleContext, Severity } from './rule.ts';

/** Targets on which an object is such a number, unless it was surely or possibly set before. */
export function halfWritten(object: PointedObject, context: RuleContext): readonly Target[] {
	if (object.type?.kind !== 'scalar' || object.initialised) return [];
	// What belongs to the function is followed: it was set, or it was not.
	if (object.capacity && !isUnset(object)) return [];
	// Behind a variable that the function has used before, it may have set the number itself.
	if (/^\*\w+$/.test(object.spelling ?? '') && !object.callers) return [];
	const whole = sizeOf(object.type, context.catalog.lookup);
	return whole ? context.targets.filter((t) => whole[t] === 8) : [];
}

/** A warning where nothing has set it in sight: not the function, nor before it the caller, who expects to be given it. */
export const halfSeverity = (object: PointedObject): Severity =>
	isUnset(object) || object.callers ? 'warning' : 'info';

const isUnset = ({ unwritten }: PointedObject): boolean => unwritten?.includes('') === true;

/** @param where the targets, as `onTargets` names them. @param instead imperative: the object that is of the right size. */
export const halfWrittenText = (object: string, where: string, code: string, instead: string): string =>
	l10n.t(
		'`{0}` has 8 bytes{1}, and `{2}` fills the first 4: the upper half keeps what it held. {3}, or set it to 0 before.',
		object,
		where,
		code,
		instead,
	);

/** Gives such a number the value 0: in its declaration where that stands in sight, else in front of the call. */
export function setToZero(
	call: IoctlCall,
	pointer: PointerArgument | undefined,
	context: RuleContext,
): Fix | undefined {
	const { spelling, declared } = pointer?.object ?? {};
	if (spelling === undefined || context.wording.closedBuffers) return undefined;
	const title = l10n.t('Set {0} to 0 before', spelling);
	const around = call.through === undefined ? context.surroundings?.(call) : undefined;
	if (declared && around?.isWithoutValue(declared))
		return { title, edits: [{ start: declared.end, end: declared.end, newText: ' = 0' }] };
	const room = around?.room();
	if (!room || !/^\*?[A-Za-z_]\w*$/.test(spelling)) return undefined;
	const newText = `${room.indentation}${spelling} = 0;${room.lineEnd}`;
	return { title, edits: [{ start: room.at, end: room.at, newText }] };
}
