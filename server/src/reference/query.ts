/** What a user typed: a number in any usual notation, a header macro, a GUID, or a name of a code, type, constant or function. */

import type { Api } from '../catalog/api.ts';
import { apiByName } from '../catalog/apiLookup.ts';
import { options, types } from '../catalog/builtin.generated.ts';
import { apis } from '../catalog/functions.generated.ts';
import { guidByText, guidBytes, guids } from '../catalog/guids.ts';
import {
	allCodeNames,
	allConstantNames,
	type Constant,
	codeByName,
	constantByName,
	wskOptionByName,
} from '../catalog/lookup.ts';
import type { AliasSpec, CatalogType, ControlCode, ExtensionGuid, WskOption } from '../catalog/model.ts';
import {
	_IO,
	_IOR,
	_IOW,
	_WSAIO,
	_WSAIOR,
	_WSAIORW,
	_WSAIOW,
	IOC_IN,
	IOC_INOUT,
	IOC_OUT,
	IOC_PROTOCOL,
	IOC_UNIX,
	IOC_VENDOR,
	IOC_VOID,
	IOC_WS2,
	IOC_WSK,
} from '../catalog/opcode.ts';
import { catalogSpec } from '../types/catalogTypes.ts';

/** What a query is about. */
export type Subject =
	| { readonly kind: 'number'; readonly value: number }
	| { readonly kind: 'code'; readonly code: ControlCode; readonly alias?: AliasSpec }
	/** `constant`: the type is shown for the sake of one of its values. */
	| { readonly kind: 'type'; readonly type: CatalogType; readonly constant?: Constant }
	| { readonly kind: 'option'; readonly option: WskOption }
	| { readonly kind: 'guid'; readonly guid: ExtensionGuid }
	| { readonly kind: 'function'; readonly api: Api };

export type Resolution = Subject | { readonly kind: 'error'; readonly error: string };

const MAX_QUERY = 200;

const failed = (error: string): Resolution => ({ kind: 'error', error });

/** Finds the subject of a query. Names are matched exactly first, then without regard to case. */
export function resolveQuery(query: string): Resolution {
	const text = query.trim();
	if (text === '') return failed('Give the name of a control code, or a number such as 0x98000004.');
	if (text.length > MAX_QUERY)
		return failed(`A name or a number is expected, not a text of ${text.length} characters.`);
	if (guidBytes(text)) {
		const guid = guidByText(text);
		return guid ? { kind: 'guid', guid } : failed(`No extension function of mswsock.h has the GUID ${text}.`);
	}
	const number = readNumber(text) ?? readExpression(text);
	if (number === 'too-large') return failed(`${text} does not fit into 32 bits; control codes are 32-bit numbers.`);
	if (number !== undefined) return { kind: 'number', value: number };
	const name = text.replace(/^(?:struct|union|enum)\s+/, '');
	if (!/^[A-Za-z_]\w*$/.test(name)) return failed(`"${text}" is neither a name nor a 32-bit number.`);
	return byName(name) ?? failed(`Nothing in the catalog is called ${name}.${suggestion(name)}`);
}

function byName(name: string): Subject | undefined {
	const exact = byExactName(name);
	if (exact) return exact;
	const folded = name.toLowerCase();
	const found = everyName().find((n) => n.toLowerCase() === folded);
	return found === undefined ? undefined : byExactName(found);
}

function byExactName(name: string): Subject | undefined {
	const code = codeByName(name);
	if (code) return { kind: 'code', ...code };
	const type = catalogSpec(name) ?? types.find((t) => t.pointers?.includes(name));
	if (type) return { kind: 'type', type };
	const option = wskOptionByName(name);
	if (option) return { kind: 'option', option };
	const api = apiByName(name);
	if (api) return { kind: 'function', api };
	const guid = guids.find((g) => g.name === name || g.gives === name);
	if (guid) return { kind: 'guid', guid };
	const constant = constantByName(name);
	return constant && { kind: 'type', type: constant.type, constant };
}

const everyName = (): string[] => [
	...allCodeNames(),
	...types.flatMap((t) => [t.name, ...(t.aliases ?? []), ...(t.pointers ?? [])]),
	...options.map((o) => o.name),
	...apis.flatMap((a) => [a.id, ...a.aliases]),
	...guids.flatMap((g) => [g.name, g.gives]),
	...allConstantNames(),
];

/** Unsigned 32-bit value of a number, or undefined when the text is none. Sign-extended 64-bit numbers count. */
function readNumber(text: string): number | 'too-large' | undefined {
	const match =
		/^([+-]?)(?:0x([\da-f][\da-f_']*)|0b([01][01_']*)|([\da-f]+)h|(\d[\d_']*))(?:u?l{0,2}|l{0,2}u)n?$/i.exec(text) ??
		// Eight hexadecimal digits with a letter among them can be nothing else.
		/^()((?=\d*[a-f])[\da-f]{8})$/i.exec(text);
	if (!match) return undefined;
	const [, sign, hex, binary, assembler, decimal] = match.map((part) => part?.replace(/[_']/g, ''));
	const digits = hex ?? assembler;
	const magnitude = digits ? BigInt(`0x${digits}`) : binary ? BigInt(`0b${binary}`) : BigInt(decimal!);
	const value = sign === '-' ? -magnitude : magnitude;
	const signExtended = value >= 0xffff_ffff_8000_0000n && value <= 0xffff_ffff_ffff_ffffn;
	if (!signExtended && (value < -0x8000_0000n || value > 0xffff_ffffn)) return 'too-large';
	return Number(BigInt.asUintN(32, value));
}

const SPACES = { IOC_UNIX, IOC_WS2, IOC_PROTOCOL, IOC_VENDOR, IOC_WSK } as const;
const CONSTANTS: Readonly<Record<string, number>> = { ...SPACES, IOC_VOID, IOC_IN, IOC_OUT, IOC_INOUT };
const WINSOCK = { _WSAIO, _WSAIOR, _WSAIOW, _WSAIORW } as const;

/** A code as headers write it: `_WSAIOW(IOC_VENDOR, 4)`, `_IOR('t', 127, u_long)`, `IOC_IN | IOC_VENDOR | 4`. */
function readExpression(text: string): number | 'too-large' | undefined {
	const winsock = /^(_WSAIO(?:RW?|W)?)\s*\(\s*(IOC_[A-Z0-9]+)\s*,\s*(\w+)\s*\)$/.exec(text);
	if (winsock) {
		const space = winsock[2]!;
		const number = readNumber(winsock[3]!);
		if (!Object.hasOwn(SPACES, space) || typeof number !== 'number') return number === 'too-large' ? number : undefined;
		return WINSOCK[winsock[1] as keyof typeof WINSOCK](space as keyof typeof SPACES, number).value;
	}
	const unix =
		// Two headers write `124 | IOC_IN` for the number.
		/^(_IO[RW]?)\s*\(\s*'([!-~])'\s*,\s*(\w+)\s*(?:\|\s*(IOC_IN)\s*)?(?:,\s*(u_long|ULONG|DWORD|int|unsigned\s+long|long)\s*)?\)$/.exec(
			text,
		);
	if (unix) {
		const number = readNumber(unix[3]!);
		if (typeof number !== 'number' || number > 0xff || (unix[1] === '_IO') !== (unix[5] === undefined))
			return undefined;
		if (unix[1] === '_IO') return _IO(unix[2]!, number).value;
		const { value } = (unix[1] === '_IOR' ? _IOR : _IOW)(unix[2]!, number, 'u_long');
		return (unix[4] ? value | IOC_IN : value) >>> 0;
	}
	const terms = text.split('|').map((t) => t.trim());
	if (terms.length < 2) return Object.hasOwn(CONSTANTS, text) ? CONSTANTS[text]! >>> 0 : undefined;
	let value = 0;
	for (const term of terms) {
		const part = Object.hasOwn(CONSTANTS, term) ? CONSTANTS[term] : readNumber(term);
		if (typeof part !== 'number') return part;
		value |= part;
	}
	return value >>> 0;
}

/** Fewer letters are the beginning of too many names. */
const MIN_BEGINNING = 6;

/** ` Did you mean …?` with up to three names; empty when none is near. */
function suggestion(name: string): string {
	const folded = name.toLowerCase();
	const limit = Math.max(folded.length < MIN_BEGINNING ? 1 : 2, Math.floor(folded.length / 4));
	const begins = (n: string) => folded.length >= MIN_BEGINNING && n.toLowerCase().startsWith(folded);
	const near = everyName()
		// A tag with an underscore leads to the same page as the name without.
		.filter((n) => !n.startsWith('_'))
		.map((n) => ({ n, distance: begins(n) ? 0 : distance(folded, n.toLowerCase(), limit) }))
		.filter(({ distance }) => distance <= limit)
		.sort((a, b) => a.distance - b.distance || (a.n < b.n ? -1 : 1))
		.slice(0, 3)
		.map(({ n }) => n);
	if (near.length === 0) return '';
	return ` Did you mean ${near.length === 1 ? near[0] : `${near.slice(0, -1).join(', ')} or ${near.at(-1)}`}?`;
}

/** Edit distance; anything above `limit` may come out as `limit + 1`. */
function distance(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
		}
		previous = row;
	}
	return previous[b.length]!;
}
