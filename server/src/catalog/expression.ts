/** Numbers in any usual notation, and codes as headers write them: `_WSAIOW(IOC_VENDOR, 4)`, `IOC_IN | IOC_VENDOR | 4`. */

import { parseTypeName, sizeOf } from '../types/layout.ts';
import type { Catalog } from './catalog.ts';

/** An unsigned 32-bit number; undefined for a text that is none. */
export type ReadNumber = number | 'too-large' | undefined;

/** Unsigned 32-bit value of a number, or undefined when the text is none. Sign-extended 64-bit numbers count. */
export function readNumber(text: string): ReadNumber {
	const match =
		/^([+-]?)(?:0x([\da-f][\da-f_']*)|0b([01][01_']*)|([\da-f]+)h|(\d[\d_']*))(?:u?l{0,2}|l{0,2}u)n?$/i.exec(text) ??
		// Eight hexadecimal digits with a letter among them can be nothing else.
		/^()((?=\d*[a-f])[\da-f]{8})$/i.exec(text);
	if (!match) return undefined;
	const [, sign, hex, binary, assembler, decimal] = match.map((part) => part?.replace(/[_']/g, ''));
	const magnitude = BigInt(magnitudeText({ hex: hex ?? assembler, binary, decimal }));
	const value = sign === '-' ? -magnitude : magnitude;
	const signExtended = value >= 0xffff_ffff_8000_0000n && value <= 0xffff_ffff_ffff_ffffn;
	if (!signExtended && (value < -0x8000_0000n || value > 0xffff_ffffn)) return 'too-large';
	return Number(BigInt.asUintN(32, value));
}

const magnitudeText = (digits: { readonly [base in 'hex' | 'binary' | 'decimal']: string | undefined }): string => {
	if (digits.hex) return `0x${digits.hex}`;
	return digits.binary ? `0b${digits.binary}` : (digits.decimal ?? '0');
};

/** The value of macros, constants and numbers of the catalog's families joined by `|`; undefined for any other text. */
export function readExpression(text: string, catalog: Catalog): ReadNumber {
	let value = 0;
	for (const term of splitAt(text, '|')) {
		const part = readTerm(term, catalog);
		if (typeof part !== 'number') return part;
		value |= part;
	}
	return value >>> 0;
}

function readTerm(text: string, catalog: Catalog): ReadNumber {
	const character = /^'([!-~])'$/.exec(text)?.[1];
	if (character) return character.charCodeAt(0);
	const constant = catalog.headerConstant(text);
	if (constant !== undefined) return constant;
	const [, name, given] = /^(\w+)\s*\((.*)\)$/s.exec(text) ?? [];
	return name === undefined || given === undefined ? readNumber(text) : readMacro(name, splitAt(given, ','), catalog);
}

function readMacro(name: string, given: readonly string[], catalog: Catalog): ReadNumber {
	const macro = catalog.macro(name);
	if (!macro || given.length !== macro.parameters.length) return undefined;
	const args: bigint[] = [];
	for (const [i, kind] of macro.parameters.entries()) {
		const written = given[i] ?? '';
		const argument = kind === 'type' ? sizeOfType(written, catalog) : readExpression(written, catalog);
		if (typeof argument !== 'number') return argument;
		args.push(BigInt(argument));
	}
	const value = macro.value(...args);
	return value === undefined ? undefined : Number(BigInt.asUintN(32, value));
}

/** Bytes of a type that is of one size on every target. */
function sizeOfType(text: string, catalog: Catalog): number | undefined {
	const size = sizeOf(parseTypeName(text), catalog.lookup);
	return size && size.x86 === size.x64 ? size.x64 : undefined;
}

/** Parts between separators that stand outside of parentheses and of character constants. */
function splitAt(text: string, separator: string): string[] {
	const parts = [''];
	let depth = 0;
	for (const [token] of text.matchAll(/'.'|./gs)) {
		if (token === '(') depth++;
		else if (token === ')') depth--;
		if (token === separator && depth === 0) parts.push('');
		else parts[parts.length - 1] += token;
	}
	return parts.map((part) => part.trim());
}
