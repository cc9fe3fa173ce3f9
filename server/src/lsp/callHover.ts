/** Hovers on the parts of a call: its function, its buffers and their sizes. */

import * as l10n from '@vscode/l10n';
import type { BufferArgument, IoctlCall, PointerArgument, Quantity, SizeArgument } from '../calls/model.ts';
import type { Wording } from '../calls/wording.ts';
import type { Api } from '../catalog/api.ts';
import type { BufferSpec, ControlCode } from '../catalog/model.ts';
import { languageOf } from '../languages/languageOf.ts';
import { typeSpelling } from '../reference/facts.ts';
import { argumentHover, functionHover, type Pages } from '../reference/render/markdown.ts';
import { atLeast, eitherOf } from '../reference/words.ts';
import type { Span } from '../syntax/span.ts';
import type { CType, PerTarget, Target } from '../types/ctype.ts';
import { parseTypeName, resolveType, sizeOf, typeText } from '../types/layout.ts';
import { minimumSize } from '../types/requirements.ts';
import { isWithout, roleOf, type Side } from '../writing/arguments.ts';
import { wordAt } from './completions.ts';
import type { Told } from './namesInCode.ts';
import type { Analysis } from './session/analyses.ts';

/** What the texts about an argument need. */
interface Around {
	readonly call: IoctlCall;
	readonly api: Api;
	readonly code: ControlCode;
	readonly targets: readonly Target[];
	readonly pages: Pages;
	readonly wording: Wording | undefined;
	readonly isC: boolean;
}

const isIn = (offset: number, { start, end }: Span): boolean => start <= offset && offset <= end;

/** `12`; `4 (32-bit) or 8 (64-bit)`. */
function bytesText(size: PerTarget, targets: readonly Target[]): string {
	const [first, ...others] = targets;
	if (first !== undefined && others.every((target) => size[target] === size[first])) return String(size[first]);
	return l10n.t('{0} (32-bit) or {1} (64-bit)', size.x86, size.x64);
}

/** More different sizes than this say nothing. */
const MAX_GIVEN = 3;

function givenBytes(quantity: Quantity, targets: readonly Target[]): string {
	if (quantity.kind !== 'known') return '';
	const texts = [...new Set(quantity.values.map((value) => bytesText(value, targets)))];
	return texts.length > MAX_GIVEN ? '' : eitherOf(texts);
}

const mayLack = ({ use, sizeQuery }: BufferSpec): boolean => use === 'optional' || sizeQuery === true;

/** The bytes of a buffer that is there; empty where they are not known. */
function leastBytes(spec: BufferSpec, { pages, targets }: Around): string {
	const minimum = minimumSize(spec, pages.catalog);
	if (!minimum) return '';
	const bytes = bytesText(minimum, targets);
	return spec.variable === undefined ? bytes : atLeast(bytes);
}

function expectedBytes(side: Side, around: Around): string {
	const { code, pages } = around;
	const spec: BufferSpec = code[side];
	if (spec.use === 'unused') return '';
	if (isWithout(code, side, pages.catalog)) return '0';
	const bytes = leastBytes(spec, around);
	return bytes !== '' && mayLack(spec) ? eitherOf(['0', bytes]) : bytes;
}

function expectedObject(side: Side, around: Around): string {
	const { code, pages, wording, isC } = around;
	const spec: BufferSpec = code[side];
	if (spec.use === 'unused') return '';
	const nothing = `\`${wording?.nullWord ?? 'NULL'}\``;
	if (isWithout(code, side, pages.catalog)) return nothing;
	const bytes = isC ? '' : leastBytes(spec, around);
	const type = spec.type === undefined ? '' : `\`${typeSpelling(spec.type, pages.catalog)}\``;
	const room = bytes === '' ? '' : l10n.t('{0} bytes', bytes);
	const what = type !== '' && room !== '' ? l10n.t('{0} of {1}', type, room) : type + room;
	if (what === '') return '';
	return mayLack(spec) ? eitherOf([nothing, what]) : what;
}

/** The type of an object, as far as it has a name. */
function namedType(type: CType | undefined, { catalog }: Pages): string {
	if (!type) return '';
	const text = typeText(type);
	return /^(?:\?|struct|union|enum|function)$/.test(text) || text.includes('?')
		? ''
		: `\`${typeSpelling(text, catalog)}\``;
}

/** Numbers of one size stand for each other: a DWORD for a u_long. */
function isAlike(given: CType | undefined, side: Side, { code, pages }: Around): boolean {
	const { lookup } = pages.catalog;
	const { type } = code[side];
	const [own, asked] = [given, type === undefined ? undefined : parseTypeName(type)].map(
		(one) => one && resolveType(one, lookup),
	);
	if (!own || !asked || own.kind === 'record' || asked.kind === 'record') return false;
	const [size, needed] = [sizeOf(own, lookup), sizeOf(asked, lookup)];
	return size !== undefined && size.x86 === needed?.x86 && size.x64 === needed.x64;
}

function givenObject({ nullness, object, text }: PointerArgument, side: Side, around: Around): string {
	if (nullness === 'null') return /^\w+$/.test(text) ? `\`${text}\`` : '';
	if (around.isC) return isAlike(object?.type, side, around) ? '' : namedType(object?.type, around.pages);
	return object?.capacity ? l10n.t('{0} bytes', bytesText(object.capacity, around.targets)) : '';
}

const argumentOf = (buffer: BufferArgument | undefined, offset: number): PointerArgument | SizeArgument | undefined =>
	[buffer?.pointer, buffer?.size].find((argument) => argument && isIn(offset, argument));

function argumentTold(offset: number, around: Around): Told | undefined {
	const { api, call, code, pages, targets } = around;
	for (const side of ['input', 'output'] as const) {
		const argument = argumentOf(call[side], offset);
		// Of what a wrapper passes on its own nothing stands in the call.
		if (!argument || argument.start <= call.calleeSpan.start) continue;
		const isSize = argument === call[side]?.size;
		const slot = api.roles[isSize ? (`${side}Size` as const) : side];
		const name = slot === undefined ? undefined : api.parameters[slot]?.name;
		if (slot === undefined || name === undefined) continue;
		// One buffer may be both; the code says which.
		if (!isSize && roleOf(api, slot, code) !== side) continue;
		const facts = isSize
			? { name, expected: expectedBytes(side, around), given: givenBytes((argument as SizeArgument).value, targets) }
			: { name, expected: expectedObject(side, around), given: givenObject(argument as PointerArgument, side, around) };
		const markdown = argumentHover(facts, code, { side, isSize }, pages);
		if (markdown !== undefined) return { start: argument.start, end: argument.end, markdown };
	}
	return undefined;
}

/** What is to be said of the function, a buffer or a size of the innermost call at an offset. */
export function partOfCall({ calls, document, settings }: Analysis, offset: number, pages: Pages): Told | undefined {
	const [call] = calls.filter((one) => isIn(offset, one)).sort((a, b) => a.end - a.start - (b.end - b.start));
	const api = call && pages.catalog.functionById(call.api);
	if (!call || !api) return undefined;
	if (isIn(offset, call.calleeSpan)) {
		const name = wordAt(document.text, offset);
		// What it is a member of is nothing of ours, nor is a wrapper.
		const isFunction = call.through === undefined && name.end === call.calleeSpan.end && name.start < name.end;
		return isFunction ? { ...name, markdown: functionHover(api, pages) } : undefined;
	}
	const code = call.kind === 'ioctl' ? call.code.entry : undefined;
	if (!code) return undefined;
	const language = languageOf(document.uri, document.languageId, document.text);
	const isC = language?.id === 'c' || language?.id === 'cpp';
	return argumentTold(offset, { call, api, code, targets: settings.targets, pages, wording: language?.wording, isC });
}
