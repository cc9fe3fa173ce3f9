/** The values that a form asks for before a run: the leaves of the input's type, with defaults and what they allow. */

import * as l10n from '@vscode/l10n';
import type { ControlCode } from '../catalog/model.ts';
import { allNames } from '../catalog/numberNames.ts';
import type { CType } from '../types/ctype.ts';
import { resolveType, typeText } from '../types/layout.ts';
import { decode, type Row } from './buffers/decode.ts';
import { parseEndpoint, rangeOf } from './buffers/encode.ts';
import { type Member, namesAt, type Shape, type Shapes } from './buffers/shape.ts';

export type QuestionKind =
	| 'number'
	| 'choice'
	| 'flags'
	| 'boolean'
	| 'address'
	| 'guid'
	| 'pointer'
	| 'text'
	| 'bytes'
	| 'list';

/** One field of a form. Answers are texts, as `encode` reads them. */
export interface Question {
	/** Path of the field; empty for the whole input. */
	readonly path: string;
	readonly label: string;
	/** As C writes it. */
	readonly type: string;
	readonly kind: QuestionKind;
	readonly default: string;
	readonly meaning?: string;
	/** Names that may be given instead of a number. */
	readonly allowed?: readonly { readonly name: string; readonly value: string; readonly meaning: string }[];
	/** Bounds of a number, in decimal. */
	readonly lowest?: string;
	readonly highest?: string;
}

/** A field that holds one value of its own. */
export interface Leaf {
	readonly path: string;
	readonly type: CType;
	readonly text: string;
	readonly shape: Exclude<Shape, { readonly kind: 'record' }>;
	readonly member?: Member;
}

/** More fields than this are no form any more. */
const MOST_LEAVES = 60;

/** The fields of a type, of a union only the first that has any. Tails are left out: they begin empty. */
export function leavesOf(type: CType, shapes: Shapes): Leaf[] {
	const leaves: Leaf[] = [];
	const visit = (at: CType, path: string, text: string, member: Member | undefined): boolean => {
		const shape = shapes.of(at);
		if (!shape || leaves.length >= MOST_LEAVES) return false;
		if (member?.tail) return true;
		if (shape.kind === 'record') {
			const taken: (readonly [from: number, to: number])[] = [];
			for (const inner of shapes.members(at)) {
				const from = inner.offset * 8 + (inner.bits?.shift ?? 0);
				const to = from + (inner.bits?.width ?? inner.size * 8);
				// Members of a union share their bytes: one of them is enough.
				if (taken.some(([a, b]) => from < b && a < to)) continue;
				const found = visit(inner.type, path === '' ? inner.name : `${path}.${inner.name}`, inner.text, inner);
				if (found) taken.push([from, to]);
			}
			return true;
		}
		if (shape.kind === 'array' && shapes.of(shape.of)?.kind !== 'number') {
			if (shape.length > 8) return false;
			for (let i = 0; i < shape.length; i++) visit(shape.of, `${path}[${i}]`, typeText(shape.of), undefined);
			return true;
		}
		leaves.push({ path, type: at, text, shape, ...(member ? { member } : {}) });
		return true;
	};
	visit(type, '', typeText(resolved(type, shapes)), undefined);
	return leaves;
}

/** A name says more than what it stands for. */
const resolved = (type: CType, { catalog }: Shapes): CType =>
	type.kind === 'named' ? type : (resolveType(type, catalog.lookup) ?? type);

/** Questions for the leaves that `known` does not decide. `bytes`: a buffer that holds the defaults. */
export function questionsFor(
	type: CType,
	shapes: Shapes,
	bytes: Uint8Array,
	known: readonly string[],
	entry: ControlCode | undefined,
): Question[] {
	const { rows } = decode(type, bytes, shapes);
	return leavesOf(type, shapes)
		.filter(
			({ path, shape }) => !known.some((k) => covers(k, path) && !(shape.kind === 'sockaddr' && isBeside(k, path))),
		)
		.flatMap((leaf) => {
			const row = rows.find(({ path }) => path === leaf.path);
			return row ? [question(leaf, row, shapes, entry)] : [];
		});
}

/** A value at `known` decides the field at `path`, or a part of it. */
const covers = (known: string, path: string): boolean =>
	known === '' ||
	known === path ||
	(/^[.[]/.test(path.slice(known.length)) && path.startsWith(known)) ||
	path === '' ||
	(known.startsWith(path) && /^[.[]/.test(known.slice(path.length)));

/** A member of a socket address that says nothing of the address itself. */
const isBeside = (known: string, path: string): boolean =>
	known !== path && /(?:family|port|zero|flowinfo|scope_id)(?:\[\d+\])?$/i.test(known);

function question(
	{ path, text, shape, member }: Leaf,
	row: Row,
	shapes: Shapes,
	entry: ControlCode | undefined,
): Question {
	const meaning = member?.meaning ?? (path === '' ? entry?.input.meaning : undefined);
	const base = {
		path,
		label: path === '' ? l10n.t('value') : path,
		type: text,
		...(meaning === undefined ? {} : { meaning }),
	};
	const value = String(row.value);
	switch (shape.kind) {
		case 'guid':
			return {
				...base,
				kind: 'guid',
				default: shapes.catalog.guidByText(value)?.name ?? value,
				allowed: shapes.catalog.entries.guids
					.filter((g) => entry === undefined || g.code === entry.name)
					.map((g) => ({ name: g.name, value: g.guid, meaning: g.summary })),
			};
		case 'ipv4':
		case 'ipv6':
			return { ...base, kind: 'address', default: row.text };
		case 'sockaddr':
			return { ...base, kind: 'address', default: parseEndpoint(row.text) ? row.text : '127.0.0.1' };
		case 'pointer':
			return { ...base, kind: 'pointer', default: row.text };
		case 'array': {
			const element = shapes.of(shape.of);
			if (element?.kind === 'number' && element.scalar === 'character')
				return { ...base, kind: 'text', default: value };
			return { ...base, kind: shape.size === shape.length ? 'bytes' : 'list', default: row.text };
		}
		case 'number': {
			const names = namesAt(shape, member);
			const { lowest, highest } = rangeOf(shape.scalar, member?.bits?.width ?? shape.size * 8);
			const bounds = { lowest: String(lowest), highest: String(highest) };
			// Without the number behind the names.
			const bare = row.text.replace(/ \(.*\)$/s, '');
			if (names) {
				return {
					...base,
					...bounds,
					kind: names.flags ? 'flags' : 'choice',
					default: bare,
					allowed: allNames(names).map((n) => ({ name: n.name, value: String(n.value), meaning: n.meaning })),
				};
			}
			if (shape.scalar === 'boolean') return { ...base, kind: 'boolean', default: value === '0' ? 'FALSE' : 'TRUE' };
			return { ...base, ...bounds, kind: 'number', default: member?.role === undefined ? value : bare };
		}
	}
}
