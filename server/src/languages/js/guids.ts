/** The GUID that an argument points to, by the name that the headers give it. */
import { field } from '../../syntax/nodes.ts';
import type { Node } from '../../syntax/trees.ts';
import { evaluate } from './evaluate.ts';
import { type Image, imageOf } from './initial.ts';
import { unwrapped } from './nodes.ts';
import type { Found } from './sites.ts';
import { storageOf } from './storage.ts';
import { type Env, topOf } from './values.ts';

const DEEPEST = 8;
const NAME = /^WSAID_\w+$/;

/** `WSAID_ACCEPTEX` of memory that holds its bytes, or of a name that stands for it. */
export function guidOf(node: Node, env: Env, call: Found): string | undefined {
	const storage = storageOf(node, env, call);
	const image = storage && imageOf(storage, storage.made);
	const text = image && guidText(image);
	const { catalog } = env.chunk.file;
	if (text !== undefined) return catalog.guidByText(text)?.name;
	return nameOf(node, env, (name) => catalog.guid(name) !== undefined, 0);
}

/** `isKnown`: of a name that the file itself gives a meaning only a known one is taken for the headers'. */
function nameOf(node: Node, env: Env, isKnown: (name: string) => boolean, depth: number): string | undefined {
	const inner = unwrapped(node);
	const last = inner.type === 'member_expression' ? field(inner, 'property') : inner;
	if (!last || !(inner.type === 'member_expression' || inner.type === 'identifier')) return undefined;
	const value = evaluate(inner, env);
	const isForeign = value.kind === 'unknown' || value.kind === 'foreign';
	if (NAME.test(last.text) && (isForeign || isKnown(last.text))) return last.text;
	const declaration = inner.type === 'identifier' ? env.chunk.declaration(inner.text, inner) : undefined;
	if (declaration?.kind !== 'const' || !declaration.value || declaration.path?.length !== 0 || depth > DEEPEST)
		return undefined;
	return nameOf(declaration.value, topOf(declaration.chunk), isKnown, depth + 1);
}

/** The text of the GUID in the first 16 bytes, whose first three numbers have their lowest byte first. */
function guidText(image: Image): string | undefined {
	const order = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];
	let text = '';
	for (const at of order) {
		const byte = at < 0 ? 0 : image[at];
		if (byte === undefined) return undefined;
		text += at < 0 ? '-' : byte.toString(16).padStart(2, '0');
	}
	return text;
}
