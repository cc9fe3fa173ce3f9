/**
 * The call at an offset of a C or C++ item while it is being written. The item is read as if it ended with that call:
 * what is open is closed, and what is not written yet is an unknown name. So it costs what the item does up to there.
 */

import type { CallSite } from '../../calls/site.ts';
import type { SiteAt, VisibleObject } from '../../calls/siteAt.ts';
import { countWhile } from '../../syntax/search.ts';
import type { Span } from '../../syntax/span.ts';
import { trimmed } from '../../syntax/written.ts';
import { argumentsBehind, type Cursor, closers, cursorAt, type Name, type Open } from './cursor.ts';
import { evaluateCode } from './evaluate/numbers.ts';
import type { Expr } from './expression.ts';
import type { CFile } from './file.ts';
import type { RawArgument, RawCall, Scope } from './model.ts';
import { isCallOf } from './ownWrappers.ts';
import { objectsIn } from './room.ts';
import { siteOf } from './slots.ts';
import type { CUnit } from './unit.ts';
import { throughWrapper, type Wrapper } from './wrappers.ts';

/** Stands for what is not written yet. Nobody defines it. */
const MISSING = 'ioctl_lens_not_written';

/** An item that ends with a call, and the item's text up to it. */
interface Completed {
	readonly unit: CUnit;
	readonly call: RawCall;
}

/** What is written between the parentheses of a call. */
interface Written {
	readonly callee: Name;
	readonly parenthesis: number;
	readonly spans: readonly Span[];
	readonly at: number;
	readonly isClosed: boolean;
	readonly within: readonly string[];
	readonly cursor: Cursor;
	readonly level: number;
}

/** @returns the call, and the item that was made for it: it is the caller's to free when nothing is asked any more. */
export function siteAtIn(
	file: CFile,
	unit: CUnit,
	at: number,
): { readonly site: SiteAt; readonly unit: CUnit } | undefined {
	const cursor = cursorAt(unit.text, at);
	if (unit.isDisabled || cursor.isDisabled || cursor.place === 'comment' || cursor.place === 'text') return undefined;
	if (!cursor.define && !cursor.open.some(({ kind }) => kind === '{')) return undefined;
	for (let level = cursor.open.length - 1; level >= 0; level--) {
		const bracket = cursor.open[level];
		if (!bracket || bracket.kind === '{') return undefined;
		const { callee } = bracket;
		const meaning = callee && file.ownCalls.calleeNamed(callee.name);
		if (!callee || !meaning || (meaning.api === undefined && meaning.wrappers.length === 0)) continue;
		const written = writtenAt(unit.text, at, cursor, { level, bracket, callee });
		const found = completedSite(file, unit, written, meaning);
		// A method of that name may be another class's.
		const isMethod = meaning.api === undefined && meaning.wrappers.every(({ owner }) => owner.length > 0);
		if (found || !isMethod) return found;
	}
	return undefined;
}

function writtenAt(
	text: string,
	at: number,
	cursor: Cursor,
	{ level, bracket, callee }: { readonly level: number; readonly bracket: Open; readonly callee: Name },
): Written {
	const behind = argumentsBehind(text, at, cursor.open, level);
	const bounds = [bracket.at, ...behind.commas, behind.end];
	const spans = bounds.slice(1).map((end, i) => trimmed(text, (bounds[i] ?? 0) + 1, end));
	const inner = cursor.open.slice(level + 1);
	return {
		callee,
		parenthesis: bracket.at,
		spans,
		at: bracket.commas.length,
		isClosed: behind.isClosed,
		within: inner.map((open) => open.callee?.name ?? ''),
		cursor,
		level,
	};
}

type Meaning = ReturnType<CFile['ownCalls']['calleeNamed']>;

function completedSite(file: CFile, unit: CUnit, written: Written, { api: id, wrappers }: Meaning) {
	const api = id === undefined ? undefined : file.catalog.functionById(id);
	const given = written.spans.length === 1 && isEmpty(written.spans[0]) ? 0 : written.spans.length;
	// Of overloaded functions the number of parameters must tell which one is meant, as far as it goes.
	const fitting = wrappers.filter((w) => w.parameters.length >= given && w.templateParameters.length === 0);
	const wrapper = fitting.length === 1 ? fitting[0] : undefined;
	const count = api ? countFor(api, given) : wrapper?.parameters.length;
	if (count === undefined) return undefined;
	const completed = completedCall(file, unit, written, count, id ?? wrapper?.name ?? '');
	if (!completed) return undefined;
	const isCalled = !wrapper || isOfWrapper(file, completed, wrapper);
	const call = wrapper ? throughWrapper(wrapper, completed.call) : completed.call;
	const site = isCalled && call ? siteOf(call, file.catalog) : undefined;
	if (!site) {
		completed.unit.free();
		return undefined;
	}
	return { site: result(file, unit, written, site, completed, wrapper), unit: completed.unit };
}

function isOfWrapper(file: CFile, { unit, call: { callee } }: Completed, wrapper: Wrapper): boolean {
	const node = unit.root.descendantForIndex(callee.start, callee.end - 1);
	return node !== null && isCallOf(wrapper, node, file.scopeAt(node));
}

const isEmpty = (span: Span | undefined): boolean => span !== undefined && span.start >= span.end;

function countFor(
	{
		parameters,
		otherCounts = [],
	}: { readonly parameters: readonly unknown[]; readonly otherCounts?: readonly number[] },
	given: number,
): number | undefined {
	return [parameters.length, ...otherCounts].find((count) => count >= given);
}

/** The item up to the call, with all of its arguments: those that break it, and at last all, are taken for unknown. */
function completedCall(file: CFile, unit: CUnit, written: Written, count: number, name: string): Completed | undefined {
	const { spans, at, callee } = written;
	const texts = Array.from({ length: count }, (_, i) => {
		const span = spans[i];
		const text = span && unit.text.slice(span.start, span.end);
		return text ? text : MISSING;
	});
	const isPlain = (text: string) => /^[\w\s&*().:>+[\]-]*$/.test(text);
	const attempts = [
		texts,
		texts.map((text, i) => (i === at ? MISSING : text)),
		texts.map((text, i) => (i !== at && isPlain(text) ? text : MISSING)),
	];
	const before = unit.text.slice(0, written.parenthesis);
	// Branches that open brackets for each other make no tree: then one of them alone is read.
	const contexts = new Set([before, blanked(before, written.cursor.otherBranches)]);
	for (const context of contexts) {
		for (const args of attempts) {
			if (!args.every(isBalanced)) continue;
			const made = completedUnit(unit, written, context, args);
			const call = file.ownCalls.callAt(made, callee.at, name);
			if (call && call.args.length === count) return { unit: made, call: placed(call, written, unit.text) };
			made.free();
		}
	}
	return undefined;
}

/** A text with blanks in the place of some parts of it, which may lie in one another. */
function blanked(text: string, parts: readonly Span[]): string {
	let made = '';
	for (const { start, end } of parts.toSorted((a, b) => a.start - b.start)) {
		const from = Math.max(start, made.length);
		made += text.slice(made.length, from);
		made += text.slice(from, end).replace(/[^\r\n]/g, ' ');
	}
	return made + text.slice(made.length);
}

function isBalanced(text: string): boolean {
	let open = 0;
	for (const [c] of text.matchAll(/[()]/g)) {
		open += c === '(' ? 1 : -1;
		if (open < 0) return false;
	}
	return open === 0;
}

/** A macro's body stands in a function of its own; blanks keep the offsets. */
const HEAD = 'void _(){';

function completedUnit(unit: CUnit, written: Written, context: string, args: readonly string[]): CUnit {
	const { cursor, level } = written;
	const { define, open } = cursor;
	// In the body of a macro a line goes on behind a backslash.
	const before = define
		? `${' '.repeat(Math.max(0, define.body - HEAD.length))}${HEAD}${context.slice(define.body).replace(/\\\r?\n/g, (m) => ' '.repeat(m.length))}`
		: context;
	const conditions = context === unit.text.slice(0, written.parenthesis) ? cursor.conditions : [];
	const behind = closers({ open: open.slice(0, level), conditions });
	return unit.withText(`${before}(${args.join(',')})${behind}${define ? ';}' : ''}`);
}

/** The call with its arguments where they really stand. */
function placed(call: RawCall, { spans, isClosed }: Written, source: string): RawCall {
	const last = spans.at(-1)?.end ?? call.end;
	return {
		...call,
		end: isClosed ? source.indexOf(')', last) + 1 : last,
		args: call.args.map((arg, i): RawArgument => {
			const at = spans[i];
			if (!at) return { ...arg, text: '', at: { start: call.end, end: call.end } };
			return { ...arg, text: source.slice(at.start, at.end), at };
		}),
	};
}

/** More names in front of an offset are not looked up. */
const MOST_NAMES = 200;
/** More items with a type's name are not looked into for variables. */
const MOST_ITEMS = 40;

function result(
	file: CFile,
	unit: CUnit,
	written: Written,
	site: CallSite,
	{ unit: made, call }: Completed,
	wrapper: Wrapper | undefined,
): SiteAt {
	const moved = ({ start, end }: Span): Span => ({
		start: unit.place(start),
		end: end > start ? unit.place(end - 1) + 1 : unit.place(end),
	});
	const slotOf = (parameter: number): number | undefined => {
		if (!wrapper) return parameter < site.args.length ? parameter : undefined;
		const at = wrapper.forwarded.indexOf(parameter);
		return at < 0 ? undefined : at;
	};
	const slot = slotOf(written.at);
	const node = made.root.descendantForIndex(call.callee.start, call.callee.start + 1);
	const scope: Scope = node ? file.scopeAt(node) : file.fileScope;
	return {
		site,
		from: unit.place(written.parenthesis) - written.parenthesis,
		written: written.spans.map(moved),
		at: written.at,
		...(slot === undefined ? {} : { slot }),
		within: written.within,
		...(wrapper
			? {
					wrapper: {
						parameters: wrapper.parameters.map((name, i) => {
							const becomes = slotOf(i);
							return { name, ...(becomes === undefined ? {} : { slot: becomes }) };
						}),
					},
				}
			: {}),
		isClosed: written.isClosed,
		objects: (types) => [...objectsIn(made.places, scope, written.parenthesis), ...fileObjects(file, unit, types)],
		codeOf(name) {
			const expr: Expr = { start: 0, end: 0, kind: 'name', name };
			const [value, ...others] = scope.constant(name) ? (evaluateCode(expr, scope) ?? []) : [];
			return others.length === 0 ? value : undefined;
		},
	};
}

/** Variables of the whole file, by the types that their declarations name. */
function fileObjects(file: CFile, unit: CUnit, types: readonly string[]): readonly VisibleObject[] {
	const declaring = file.parts
		.filter(({ kind, start, isDisabled }) => kind === 'declaration' && start < unit.start && !isDisabled)
		.filter(({ places, text }) => !/^\s*typedef\b/.test(text) && types.some((type) => places.has(type)))
		.slice(-MOST_ITEMS);
	const names = new Set(declaring.reverse().flatMap(({ mentions }) => mentions.slice(0, MOST_NAMES)));
	return [...names].flatMap((name) => {
		const variable = file.fileVariable(name);
		return variable ? [{ name, type: variable.type }] : [];
	});
}

/** The item that holds an offset: of two that meet there the first. */
export function unitAt(units: readonly CUnit[], offset: number): CUnit | undefined {
	const unit = units[countWhile(units.length - 1, (at) => (units[at]?.end ?? 0) < offset)];
	return unit && unit.start <= offset && offset <= unit.end ? unit : undefined;
}
