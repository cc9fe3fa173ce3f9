/** The targets that a call can be compiled for, by the conditions around it: `#ifdef _WIN64`. */
import { field } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import { TARGETS, type Target } from '../../types/ctype.ts';
import { entryOf } from '../../types/own.ts';
import { type Macros, type Truth, truthOf } from './conditions.ts';
import type { CFile } from './file.ts';
import { HIGHEST } from './nodes.ts';
import { unitOf } from './owners.ts';

/** Macros that are defined for some targets alone; those of one compiler stand for those of the other. */
const MACROS: Readonly<Record<string, readonly Target[]>> = {
	_WIN64: ['x64', 'arm64'],
	_M_X64: ['x64'],
	_M_AMD64: ['x64'],
	__x86_64__: ['x64'],
	__amd64__: ['x64'],
	_M_ARM64: ['arm64'],
	__aarch64__: ['arm64'],
	_M_IX86: ['x86'],
	__i386__: ['x86'],
};
const NAMED = new RegExp(`\\b(?:${Object.keys(MACROS).join('|')})\\b`);

/** A condition, and whether it holds where the call stands. */
type Around = readonly [condition: string, holds: boolean];

/** Does a text name one of them? Asked of a file by each of its calls. */
const named = new WeakMap<CFile, { readonly text: string; readonly is: boolean }>();

function namesSome(file: CFile): boolean {
	let known = named.get(file);
	if (known?.text !== file.text) {
		known = { text: file.text, is: NAMED.test(file.text) };
		named.set(file, known);
	}
	return known.is;
}

/** Undefined where it can be compiled for all. */
export function targetsOf(file: CFile, call: Node): readonly Target[] | undefined {
	if (!namesSome(file)) return undefined;
	const conditions = [...within(call), ...around(call)].filter(([condition]) => NAMED.test(condition));
	if (conditions.length === 0) return undefined;
	return TARGETS.filter((target) => {
		const macros = macrosFor(target);
		return conditions.every(([condition, holds]) => truthOf(condition, macros) !== !holds);
	});
}

function macrosFor(target: Target): Macros {
	const isDefined = (name: string): Truth => entryOf(MACROS, name)?.includes(target);
	return {
		isDefined,
		isTrue: isDefined,
		// What they stand for differs; that they are numbers does not.
		value: (name) => (isDefined(name) === false ? 0n : undefined),
	};
}

/** The conditions within an item around a node. */
function within(node: Node): readonly Around[] {
	const found: Around[] = [];
	let inner = node;
	for (let outer = parentOf(inner), level = 0; outer && level < HIGHEST; outer = parentOf(outer), level++) {
		const condition = conditionOf(outer);
		if (condition !== undefined) found.push([condition, field(outer, 'alternative')?.id !== inner.id]);
		inner = outer;
	}
	return found;
}

function conditionOf(block: Node): string | undefined {
	if (block.type === 'preproc_if' || block.type === 'preproc_elif') return field(block, 'condition')?.text;
	if (block.type !== 'preproc_ifdef' && block.type !== 'preproc_elifdef') return undefined;
	const isNot = /^#[ \t]*(?:el)?ifn/.test(block.text.slice(0, 20));
	return `${isNot ? '!' : ''}defined(${field(block, 'name')?.text ?? ''})`;
}

/** The conditions around the item that a node stands in. */
function around(node: Node): readonly Around[] {
	const found: Around[] = [];
	for (let block = unitOf(node)?.block; block; block = block.outer) {
		if (block.kind !== 'if') continue;
		for (const before of block.before) found.push([before, false]);
		if (block.text !== '') found.push([block.text, true]);
	}
	return found;
}
