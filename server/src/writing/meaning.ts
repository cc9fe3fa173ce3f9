/** What an argument of a call means for the control code of that call, as Markdown. */
import * as l10n from '@vscode/l10n';
import type { Wording } from '../calls/wording.ts';
import type { Api, Parameter } from '../catalog/api.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { BufferSpec, ControlCode } from '../catalog/model.ts';
import { hex } from '../catalog/opcode.ts';
import { bothSizes, bufferFacts, firstSentence, type laterWord, sentence, typeSpelling } from '../reference/facts.ts';
import { prose } from '../reference/render/markdown.ts';
import type { PerTarget } from '../types/ctype.ts';
import { minimumSize } from '../types/requirements.ts';
import { isWithout, type Role, roleOf, type Side } from './arguments.ts';

export interface Meaning {
	readonly api: Api;
	/** Absent: not known, so that only the function's own words are left. */
	readonly code?: ControlCode | undefined;
	readonly catalog: Catalog;
	readonly wording: Wording;
}

/** What to write for an argument, in a few words: ``12, `sizeof(struct tcp_keepalive)` ``; empty where the code does not tell. */
export function wanted(slot: number, { api, code, catalog, wording }: Meaning): string {
	const role = code && roleOf(api, slot, code);
	switch (role) {
		case 'code':
			return `\`${code?.name}\`, \`${hex(code?.opcode.value ?? 0)}\``;
		case 'input':
		case 'output':
			return code ? bufferWanted(code, role, catalog, wording) : '';
		case 'inputSize':
		case 'outputSize':
			return code ? sizeWanted(code, role === 'inputSize' ? 'input' : 'output', catalog, wording) : '';
		case 'overlapped':
		case 'irp':
			return laterWanted(role, code);
		default:
			return '';
	}
}

/** What is passed for a buffer that the code does not have. */
const without = (nothing: string, side: Side): string =>
	side === 'input' ? l10n.t('{0}: the code has no input', nothing) : l10n.t('{0}: the code has no output', nothing);

function bufferWanted(code: ControlCode, side: Side, catalog: Catalog, { nullWord, pointerTo }: Wording): string {
	if (isWithout(code, side, catalog)) return without(`\`${nullWord}\``, side);
	const { type, use } = code[side];
	const what = type === undefined ? pointerTo() : `\`${typeSpelling(type, catalog)}\``;
	return use === 'optional' ? l10n.t('{0}, or {1}', what, `\`${nullWord}\``) : what;
}

/** `12`; `4 (32-bit) or 8 (64-bit)`. */
const sizeOf = (size: PerTarget): string =>
	size.x86 === size.x64 ? bothSizes(size) : l10n.t('{0} (32-bit) or {1} (64-bit)', size.x86, size.x64);

function sizeWanted(code: ControlCode, side: Side, catalog: Catalog, wording: Wording): string {
	if (isWithout(code, side, catalog)) return without('`0`', side);
	const spec: BufferSpec = code[side];
	const minimum = minimumSize(spec, catalog);
	if (!minimum) return '';
	if (spec.variable !== undefined) return l10n.t('At least {0}', sizeOf(minimum));
	const type = spec.type === undefined ? undefined : typeSpelling(spec.type, catalog);
	const written = wording.typeSize(type, minimum);
	const size = sizeOf(minimum);
	return written === undefined || written === size ? size : `${size}, \`${written}\``;
}

const RULES: Readonly<Record<Parameters<typeof laterWord>[0], (code: string) => string>> = {
	required: (code) => l10n.t('Required for {0}', code),
	optional: (code) => l10n.t('Optional for {0}', code),
	recommended: (code) => l10n.t('Recommended for {0}', code),
	forbidden: (code) => l10n.t('Forbidden for {0}', code),
};

function laterWanted(role: 'overlapped' | 'irp', code: ControlCode | undefined): string {
	const rule = role === 'irp' ? code?.overlapped?.irp : code?.overlapped?.rule;
	return rule === undefined ? '' : RULES[rule](`\`${code?.name}\``);
}

/** All that is to be said of an argument. */
export function meaningOf(slot: number, meaning: Meaning): string {
	const { api, code, catalog } = meaning;
	const parameter: Parameter | undefined = api.parameters[slot];
	const head = wanted(slot, meaning);
	const role = code && roleOf(api, slot, code);
	const more = code && role ? moreOf(role, code, catalog) : [];
	// What the function says of such an argument in general would only be in the way.
	const isNothing = code !== undefined && isNone(role, code, catalog);
	const own = parameter && more.length === 0 && !isNothing ? [prose(sentence(parameter.meaning))] : [];
	return [...(head === '' ? [] : [`${head}.`]), ...more, ...own].join('\n\n');
}

/** A buffer that the code does not have, or the size of one. */
function isNone(role: Role | undefined, code: ControlCode, catalog: Catalog): boolean {
	if (role === 'input' || role === 'inputSize') return isWithout(code, 'input', catalog);
	return (role === 'output' || role === 'outputSize') && isWithout(code, 'output', catalog);
}

function moreOf(role: Role, code: ControlCode, catalog: Catalog): readonly string[] {
	switch (role) {
		case 'code':
			return [prose(firstSentence(code.summary ?? ''))].filter((text) => text !== '');
		case 'input':
		case 'output': {
			const { meaning } = bufferFacts(code, role, catalog);
			return meaning === undefined ? [] : [prose(sentence(meaning))];
		}
		case 'inputSize':
		case 'outputSize':
			if (isNone(role, code, catalog)) return [];
			return bufferFacts(code, role === 'inputSize' ? 'input' : 'output', catalog).size.map(prose);
		case 'overlapped':
		case 'irp':
			return code.overlapped?.note === undefined ? [] : [prose(sentence(code.overlapped.note))];
		default:
			return [];
	}
}
