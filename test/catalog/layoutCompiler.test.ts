/** Lays out types made at random and asks the compilers whether they agree. */
import { describe, expect, test } from 'vitest';
import type { CField, CType } from '../../server/src/types/ctype.ts';
import { alignOf, fieldOffset, sizeOf } from '../../server/src/types/layout.ts';
import { compile, headerSets } from './headerSets.ts';

type RecordType = Extract<CType, { kind: 'record' }>;

/** Numerical Recipes' generator: the same types on every run. */
function random(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

const SCALAR = ['char', 'unsigned short', 'int', '__int64', 'double', 'wchar_t', 'ULONG_PTR'];
const BITS: readonly (readonly [string, number])[] = [
	['unsigned char', 8],
	['unsigned short', 16],
	['unsigned int', 32],
	['unsigned __int64', 64],
];

function makeRecord(next: (below: number) => number, depth: number): RecordType {
	const union = next(4) === 0;
	const fields: CField[] = [];
	const count = 1 + next(6);
	let named = false;
	for (let i = 0; i < count; i++) {
		const name = `f${i}`;
		const kind = next(10);
		// Compilers differ on bit-fields in unions; `layout.test.ts` holds Microsoft's rule.
		if (kind < 4 && !union) {
			const [type, width] = BITS[next(BITS.length)]!;
			const zero = next(8) === 0;
			fields.push({ name: zero ? '' : name, type: { kind: 'scalar', name: type }, bits: zero ? 0 : 1 + next(width) });
			named ||= !zero;
		} else if (kind === 8 && depth > 0) {
			const type = makeRecord(next, depth - 1);
			fields.push({ name, type: next(2) ? type : { kind: 'array', of: type, length: 1 + next(3) } });
			named = true;
		} else if (kind === 9) {
			fields.push({ name, type: { kind: 'pointer', to: { kind: 'void' } } });
			named = true;
		} else {
			const type: CType = { kind: 'scalar', name: SCALAR[next(SCALAR.length)]! };
			fields.push({ name, type: next(3) ? type : { kind: 'array', of: type, length: 1 + next(5) } });
			named = true;
		}
	}
	if (!named) fields.push({ name: 'last', type: { kind: 'scalar', name: 'char' } });
	return { kind: 'record', union, name: '', fields };
}

/** `pack` is in force while a compiler reads the inner records too. */
const packed = (type: RecordType, pack: number): RecordType => ({
	...type,
	pack,
	fields: type.fields.map((f) => {
		if (f.type.kind === 'record') return { ...f, type: packed(f.type, pack) };
		if (f.type.kind === 'array' && f.type.of.kind === 'record') {
			return { ...f, type: { ...f.type, of: packed(f.type.of, pack) } };
		}
		return f;
	}),
});

function declaration(type: RecordType): string {
	const members = type.fields.map(({ name, type: t, bits }) => {
		if (t.kind === 'scalar') return bits === undefined ? `${t.name} ${name};` : `${t.name} ${name} : ${bits};`;
		if (t.kind === 'pointer') return `void *${name};`;
		if (t.kind === 'record') return `${declaration(t)} ${name};`;
		if (t.kind !== 'array') throw new Error(t.kind);
		const of = t.of.kind === 'record' ? declaration(t.of) : (t.of as { name: string }).name;
		return `${of} ${name}[${t.length}];`;
	});
	return `${type.union ? 'union' : 'struct'} { ${members.join(' ')} }`;
}

const none = () => undefined;
const COUNT = 400;
const sets = (await headerSets()).sets.filter((set) => set.name === 'mingw-w64');

describe.skipIf(sets.length === 0)('layout of random types', () => {
	test.each(sets.map((set) => [set.target, set] as const))('%s', async (target, set) => {
		const next = random(20_240_601);
		const types = Array.from({ length: COUNT }, () => {
			const type = makeRecord(next, 2);
			const pack = [undefined, undefined, 1, 2, 4][next(5)];
			return pack === undefined ? type : packed(type, pack);
		});
		const statements = types.map((type, i) => {
			const claims = [
				`sizeof(T) == ${sizeOf(type, none)?.[target]}`,
				`__alignof__(T) == ${alignOf(type, none)?.[target]}`,
				...type.fields
					.filter((f) => f.bits === undefined)
					.map((f) => `__builtin_offsetof(T, ${f.name}) == ${fieldOffset(type, f.name, none)?.[target]}`),
				// The last type carries a wrong number on purpose.
				...(i === COUNT - 1 ? [`sizeof(T) == ${(sizeOf(type, none)?.[target] ?? 0) + 1}`] : []),
			];
			const pack = type.pack ? `_Pragma("pack(push, ${type.pack})")` : '';
			const unpack = type.pack ? '_Pragma("pack(pop)")' : '';
			const checks = claims.map((claim) => `_Static_assert(${claim}, "${claim}");`).join(' ');
			return `${pack} typedef ${declaration(type)} T; ${unpack} ${checks}`;
		});
		const errors = await compile(set, statements);
		const wrong = [...errors].filter(([i]) => i !== COUNT - 1);
		expect(wrong.map(([i, error]) => `${error}: ${statements[i]}`)).toEqual([]);
		expect([...errors.keys()], 'the number made wrong on purpose must be refused').toEqual([COUNT - 1]);
	});
});
