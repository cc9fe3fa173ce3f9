/** What every name of an entry point holds, so that a text can be told to have none without reading it. */
import type { Catalog } from './catalog.ts';

/** Of a pointer type of a program's own; it says something beside a socket only. */
export const ROUTINE = 'OVERLAPPED_COMPLETION_ROUTINE';

/** What most names that the product looks for hold, in any spelling of pointers and wrappers. */
const COMMON_MARK = new RegExp(
	`octl|${ROUTINE}|ControlSocket|LP(?:WSPIOCTL|NSPIOCTL|FN_\\w{0,40}IOCTL)|PFN_WSK_CONTROL_SOCKET`,
);
const marks = new WeakMap<Catalog, RegExp>();

/** What the names of a catalog hold; whoever goes from match to match makes an expression of his own of its source. */
export function callMark(catalog: Catalog): RegExp {
	let mark = marks.get(catalog);
	if (!mark) {
		const others = catalog.functionNames().filter((name) => !COMMON_MARK.test(name));
		mark = new RegExp([COMMON_MARK.source, ...others].join('|'));
		marks.set(catalog, mark);
	}
	return mark;
}
