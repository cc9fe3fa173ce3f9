/** What declares and assigns names. */
import { field, named } from '../../syntax/nodes.ts';
import { parentOf } from '../../syntax/parents.ts';
import type { Node } from '../../syntax/trees.ts';
import type { Chunk } from './chunk.ts';
import { isNode, propertyName, stringText } from './nodes.ts';

export interface Declaration {
	readonly name: string;
	readonly kind: 'const' | 'let' | 'parameter' | 'function' | 'class' | 'enum' | 'namespace' | 'import' | 'other';
	/** The part of the file that it stands in. */
	readonly chunk: Chunk;
	/** It holds in the whole file. */
	readonly ofModule: boolean;
	/** The node in which the name stands for this declaration, and its offsets in the part. */
	readonly scope: Node;
	readonly from: number;
	readonly to: number;
	/** The declared name itself. */
	readonly node: Node;
	/** The initialiser, or the function, class or enumeration. */
	readonly value?: Node;
	/** How a pattern takes the name out of the initialiser, outermost first; undefined where it cannot be told. */
	readonly path?: readonly (string | number)[];
	/** Type annotation. */
	readonly type?: Node;
	readonly imported?: { readonly from: string; readonly name: string };
}

/** An assignment to a name; the value is undefined where it is not one expression. */
export interface Assignment {
	readonly chunk: Chunk;
	readonly node: Node;
	readonly value?: Node;
}

/** An assignment to a member of an object. */
export interface MemberAssignment extends Assignment {
	readonly object: Node;
}

/** The name of a member that is known from the source alone. */
export function memberName(target: Node): string | undefined {
	if (target.type === 'member_expression') return field(target, 'property')?.text;
	const key = field(target, 'index');
	return key?.type === 'string' ? stringText(key) : undefined;
}

const PATTERN_PARTS: ReadonlySet<string> = new Set([
	'array_pattern',
	'pair_pattern',
	'rest_pattern',
	'assignment_pattern',
]);

/** True for what a pattern assigns to, not for the defaults and keys in it. */
export function isPatternTarget(node: Node): boolean {
	const parent = parentOf(node);
	if (!parent || !PATTERN_PARTS.has(parent.type)) return false;
	if (parent.type === 'pair_pattern') return isNode(field(parent, 'value'), node);
	return parent.type !== 'assignment_pattern' || isNode(field(parent, 'left'), node);
}

type Path = readonly (string | number)[] | undefined;
type Found = (name: Node, path: Path) => void;

/** Patterns in patterns are followed this far. */
const DEEPEST = 50;

/** The names that a pattern declares, each with its path; undefined behind `...`. */
export function patternNames(pattern: Node, path: Path, found: Found, depth = 0): void {
	if (depth > DEEPEST) return;
	switch (pattern.type) {
		case 'identifier':
			found(pattern, path);
			return;
		case 'shorthand_property_identifier_pattern':
			found(pattern, path && [...path, pattern.text]);
			return;
		case 'assignment_pattern':
		case 'object_assignment_pattern': {
			const left = field(pattern, 'left');
			if (left) patternNames(left, path, found, depth + 1);
			return;
		}
		case 'object_pattern':
			for (const child of named(pattern)) memberNames(child, path, found, depth + 1);
			return;
		case 'array_pattern':
			elementNames(pattern, path, found, depth + 1);
			return;
		case 'rest_pattern':
			for (const child of named(pattern)) patternNames(child, undefined, found, depth + 1);
			return;
		default:
	}
}

function memberNames(child: Node, path: Path, found: Found, depth: number): void {
	if (child.type !== 'pair_pattern') {
		patternNames(child, path, found, depth);
		return;
	}
	const key = field(child, 'key');
	const name = key ? propertyName(key) : undefined;
	const value = field(child, 'value');
	if (value) patternNames(value, path && name !== undefined ? [...path, name] : undefined, found, depth);
}

/** Holes have no node of their own: positions are counted by commas. */
function elementNames(pattern: Node, path: Path, found: Found, depth: number): void {
	let at = 0;
	for (const child of pattern.children) {
		if (child?.type === ',') at++;
		else if (child?.isNamed && child.type !== 'comment') patternNames(child, path && [...path, at], found, depth);
	}
}
