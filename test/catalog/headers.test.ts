/**
 * Holds every number of the catalog against the Windows headers that this machine has: mingw-w64's, and Wine's as a
 * second source. Headers that lack a name say nothing about it; which names they lack is asked of the compiler.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Api } from '../../server/src/catalog/api.ts';
import { apis } from '../../server/src/catalog/functions.generated.ts';
import { guidBytes, guids } from '../../server/src/catalog/guids.ts';
import type { CatalogType, ControlCode, WskOption } from '../../server/src/catalog/model.ts';
import { parseTypeName, sizeOf } from '../../server/src/types/layout.ts';
import { catalogType } from '../support/builtin.ts';
import { bitFields, type Claim, claimsOf, type Form } from './claims.ts';
import UNCOVERED from './facts/uncovered.json' with { type: 'json' };
import { compile, type HeaderSet, headerSets, identifiers, objectBytes, SLOT, type Width } from './headerSets.ts';
import { RECORDED_SIZES } from './recordedSizes.ts';

const top = join(import.meta.dirname, '../..');

/** The files themselves and not the generated list of them, so that a stale list hides nothing. */
async function load<T>(folder: string): Promise<T[]> {
	const path = join(top, 'server/src/catalog', folder);
	const files = readdirSync(path).filter((f) => f.endsWith('.ts'));
	return Promise.all(files.map(async (f) => ((await import(join(path, f))) as { default: T }).default));
}

const catalog = {
	codes: await load<ControlCode>('codes'),
	types: await load<CatalogType>('structs'),
	options: await load<WskOption>('options'),
};
const claims = claimsOf(catalog);
const { sets, absent } = await headerSets();

/** Probes that some set knows. */
const known: Readonly<Record<Width, Set<string>>> = { x86: new Set(), x64: new Set() };
const judged: Readonly<Record<Width, Set<Claim>>> = { x86: new Set(), x64: new Set() };
const bytesSeen = new Set<string>();
const functionsSeen = new Set<string>();
let assertions = 0;

const KEYWORDS = /^(sizeof|struct|union|enum|const|signed|unsigned|char|short|int|long|float|double|_Bool)$/;

/** Which probes compile with the headers of `set`. */
async function knownProbes(set: HeaderSet, probes: readonly string[]): Promise<Set<string>> {
	const words = await identifiers(set);
	// Asking the compiler about a name that no header contains is slow: it looks for similar ones.
	const possible = probes.filter((probe) =>
		probe.match(/[A-Za-z_]\w*/g)!.every((word) => KEYWORDS.test(word) || words.has(word) || word.startsWith('__')),
	);
	const nonsense = 'sizeof(__ioctl_lens_no_such_type)';
	const all = [...possible, nonsense];
	const errors = await compile(
		set,
		all.map((probe) => `(void)${probe};`),
	);
	const result = new Set(all.filter((_, i) => !errors.has(i)));
	expect(result.has(nonsense), 'a name that does not exist must be reported').toBe(false);
	return result;
}

const assertion = (form: Form, expected: number) =>
	`_Static_assert((unsigned long long)(${form.expression}) == ${expected}ull, "wrong");`;

async function judge(set: HeaderSet): Promise<string[]> {
	const own = set.fallback ? claims.filter((c) => !judged[set.target].has(c)) : claims;
	const probes = own.flatMap((c) => [...c.forms.map((f) => f.probe), ...(c.within ? [c.within] : [])]);
	const here = await knownProbes(set, [...new Set(probes)]);
	for (const probe of here) known[set.target].add(probe);
	const rows = own.flatMap((claim) => {
		const forms = claim.forms.filter((f) => here.has(f.probe));
		return (claim.first ? forms.slice(0, 1) : forms).map((form) => ({ claim, form, add: 0 }));
	});
	// One wrong number of every kind, which must be refused: a test that accepts anything would accept these.
	const wrong = [...new Map(rows.map((row) => [row.claim.kind, row])).values()].map((row) => ({ ...row, add: 1 }));
	const all = [...rows, ...wrong];
	const errors = await compile(
		set,
		all.map(({ claim, form, add }) => assertion(form, claim.expected[set.target] + add)),
	);
	expect(
		wrong.filter((_, i) => !errors.has(rows.length + i)).map((row) => row.claim.subject),
		'numbers made wrong on purpose must be refused',
	).toEqual([]);
	for (const { claim } of rows) judged[set.target].add(claim);
	assertions += rows.length;
	return rows.flatMap(({ claim, form }, i) => {
		const error = errors.get(i);
		if (error === undefined) return [];
		return [`${claim.kind} of ${claim.subject}: ${form.expression} is not ${claim.expected[set.target]} (${error})`];
	});
}

if (absent.length > 0) {
	describe('sources that are not here', () => {
		const words = `The catalog was not held against all headers. Install ${absent.join(', ')}.`;
		if (process.env.CI === 'true') {
			test('a CI machine must have them', () => {
				expect.fail(words);
			});
		} else {
			test('something is left unchecked', (context) => {
				console.warn(words);
				context.skip(words);
			});
		}
	});
}

describe.skipIf(sets.length === 0)('the catalog against the Windows headers', () => {
	test.each(sets.map((set) => [`${set.name}, ${set.target}`, set] as const))('%s', async (_name, set) => {
		expect(await judge(set)).toEqual([]);
	});

	test.each([...new Set(sets.map((set) => set.target))])('members that no header knows, %s', (target) => {
		const unknown = claims.filter((c) => c.within && known[target].has(c.within) && !judged[target].has(c));
		// A header that leaves a struct anonymous still has its members.
		const reached = (c: Claim) => claims.some((m) => m.subject.startsWith(`${c.subject}.`) && judged[target].has(m));
		expect([...new Set(unknown.filter((c) => !reached(c)).map((c) => c.subject))]).toEqual([]);
	});

	const current = sets.filter((set) => !set.fallback);
	test.each(current.map((set) => [`${set.name}, ${set.target}`, set] as const))('bytes: %s', async (_name, set) => {
		const fields = bitFields(catalog.types, SLOT);
		const probe = (type: string, initialiser: string) => `sizeof((${type})${initialiser})`;
		const here = await knownProbes(set, [
			...fields.map((f) => probe(f.type, f.initialiser)),
			...guids.map((g) => probe('GUID', g.name)),
		]);
		const objects = [
			...guids
				.filter((g) => here.has(probe('GUID', g.name)))
				.map((g) => {
					const expected = new Uint8Array(SLOT);
					expected.set(guidBytes(g.guid)!);
					return { subject: g.name, type: 'GUID', initialiser: g.name, expected };
				}),
			...fields
				.filter((f) => here.has(probe(f.type, f.initialiser)))
				.map((f) => ({ ...f, expected: f.expected[set.target] })),
		];
		const bytes = await objectBytes(set, objects);
		expect(objects.length).toBeGreaterThan(0);
		for (const { subject } of objects) bytesSeen.add(subject);
		assertions += objects.length;
		expect(Object.fromEntries(objects.map((o, i) => [o.subject, Buffer.from(bytes[i]!).toString('hex')]))).toEqual(
			Object.fromEntries(objects.map((o) => [o.subject, Buffer.from(o.expected).toString('hex')])),
		);
	});

	test.each(current.map((set) => [`${set.name}, ${set.target}`, set] as const))('functions: %s', async (_name, set) => {
		/** A pointer to the function as the catalog describes it, with one parameter more to be wrong on purpose. */
		const pointer = (api: Api, more: readonly string[] = []) =>
			`${api.returns} (WINAPI *)(${[...api.parameters.map((p) => p.type), ...more].join(', ')})`;
		const forms = apis.flatMap((api) =>
			[api.id, ...api.aliases].flatMap((name) => [
				{ api, probe: `sizeof(&${name})`, is: `__typeof__(&${name})` },
				{ api, probe: `sizeof((${name})0)`, is: name },
			]),
		);
		const here = await knownProbes(
			set,
			forms.map((f) => f.probe),
		);
		const found = forms.filter((f) => here.has(f.probe));
		const same = (is: string, as: string) => `_Static_assert(__builtin_types_compatible_p(${is}, ${as}), "wrong");`;
		const errors = await compile(set, [
			...found.map(({ api, is }) => same(is, pointer(api))),
			...found.map(({ api, is }) => same(is, pointer(api, ['int']))),
		]);
		assertions += found.length;
		expect(found.filter((_, i) => errors.has(i)).map(({ is, api }) => `${is} is not ${pointer(api)}`)).toEqual([]);
		expect(
			found.filter((_, i) => !errors.has(found.length + i)).map((f) => f.is),
			'functions made wrong on purpose must be refused',
		).toEqual([]);
		for (const { api } of found) functionsSeen.add(api.id);
	});

	test('functions that no header here declares', () => {
		expect(apis.map((api) => api.id).filter((id) => !functionsSeen.has(id))).toEqual([]);
	});

	/** Names of these claims, and of what has bytes, that no header on this machine knows. */
	const uncovered = (all: readonly Claim[]): string[] => {
		const names = new Set([
			...all.filter((c) => !judged.x86.has(c) && !judged.x64.has(c)).map((c) => c.subject),
			...[...guids.map((g) => g.name), ...bitFields(catalog.types, SLOT).map((f) => f.subject)].filter(
				(name) => !bytesSeen.has(name),
			),
		]);
		// A type that no header knows speaks for its members, and a struct for its tag.
		return [...names].filter((name) => !names.has(name.split('.')[0]!) || !name.includes('.')).sort();
	};

	test.skipIf(absent.length > 0)('names that no header here knows are those of the list', () => {
		expect(uncovered(claims)).toEqual(UNCOVERED);
	});

	test('a structure that is invented is among them', () => {
		const invented = { ...claims.find((claim) => claim.subject === 'tcp_keepalive')!, subject: 'INVENTED' };
		expect(uncovered([...claims, invented]).filter((name) => !UNCOVERED.includes(name))).toEqual(['INVENTED']);
	});

	afterAll(() => {
		const sources = sets.map((s) => `${s.name} ${s.target}`).join(', ');
		console.log(`${claims.length} numbers, ${assertions} assertions (${sources}).`);
	});
});

describe('sizes recorded from the Windows SDK', () => {
	test.each(Object.entries(RECORDED_SIZES))('%s', (name, [x86, x64]) => {
		expect(sizeOf(parseTypeName(name), catalogType)).toEqual({ x86, x64, arm64: x64 });
	});
});
