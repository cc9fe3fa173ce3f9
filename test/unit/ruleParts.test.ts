/** What rules are put together from: comparisons of versions and names, and phrases. */
import { expect, it } from 'vitest';
import type { BufferArgument, Quantity } from '../../server/src/calls/model.ts';
import { readinessIn } from '../../server/src/calls/readiness.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import type { BufferSpec } from '../../server/src/catalog/model.ts';
import { languageOf } from '../../server/src/languages/languageOf.ts';
import {
	isFilled,
	isPointerSized,
	isUsed,
	isZero,
	mayBeEmpty,
	measuresPointer,
	type Side,
	targetsWhere,
} from '../../server/src/rules/buffers.ts';
import { isForeign } from '../../server/src/rules/foreign.ts';
import { memberName } from '../../server/src/rules/inputs.ts';
import { nearest } from '../../server/src/rules/near.ts';
import type { RuleContext } from '../../server/src/rules/rule.ts';
import { isOlder } from '../../server/src/rules/versions.ts';
import {
	allOf,
	argumentNames,
	bufferAndSize,
	bytes,
	bytesOn,
	listed,
	oneOf,
	onTargets,
	parameterName,
	pointerTo,
	sizeofText,
	typeWithArticle,
	valuesOn,
	withArticle,
} from '../../server/src/rules/wording.ts';
import type { CType, Target } from '../../server/src/types/ctype.ts';
import { parseTypeName } from '../../server/src/types/layout.ts';

it.each([
	['6.1', '6.1', false],
	['6.1', '6.2', true],
	['6.2', '6.1', false],
	['6.9', '6.10', true],
	['10.0', '6.3', false],
	['5.2', '10.0', true],
	['10', '10.0', false],
	['10', '10.1', true],
	['10.0', '10', false],
	['10.0', '10.0.17763', true],
	['10.0.17763', '10.0', false],
	['10.0.17763', '10.0.17764', true],
])('version %s is older than %s: %s', (a, b, older) => {
	expect(isOlder(a, b)).toBe(older);
});

it.each([
	['SIO_RECVALL', ['SIO_RCVALL', 'SIO_KEEPALIVE_VALS'], 'SIO_RCVALL'],
	['SIO_RVCALL', ['SIO_RCVALL'], 'SIO_RCVALL'],
	['SIO_RCVALLXY', ['SIO_RCVALL'], 'SIO_RCVALL'],
	['SIO_RCVALLXYZ', ['SIO_RCVALL'], undefined],
	['SIO_ABVALL', ['SIO_RCVALL'], 'SIO_RCVALL'],
	['SIO_ABDALL', ['SIO_RCVALL'], undefined],
	['SIO_A1', ['SIO_A2'], undefined],
	['SIO_A1', ['SIO_B1'], 'SIO_B1'],
	['SIO_AAA', ['SIO_AAB', 'SIO_AAC'], undefined],
	['SIO_AAA', [], undefined],
])('%s among %j resembles %s', (name, names, expected) => {
	expect(nearest(name, names)).toBe(expected);
});

const ALL: readonly Target[] = ['x86', 'x64', 'arm64'];
const WIDE: readonly Target[] = ['x64', 'arm64'];
const NARROW: readonly Target[] = ['x86'];
it('lists are put into words', () => {
	expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
	expect([oneOf([1, 2, 3]), allOf(['a', 'b'])]).toEqual(['1 or 2 or 3', 'a and b']);
	expect(['u_long', 'ULONG', 'INTERFACE_INFO', 'tcp_keepalive', 'OVERLAPPED'].map(withArticle)).toEqual([
		'a `u_long`',
		'a `ULONG`',
		'an `INTERFACE_INFO`',
		'a `tcp_keepalive`',
		'an `OVERLAPPED`',
	]);
});

it('sizes are told for each kind of target', () => {
	const size = (x86: number, x64 = x86) => ({ x86, x64, arm64: x64 });
	expect([bytes(1), bytes(2), bytesOn(size(1), ALL), bytesOn(size(12), ALL)]).toEqual([
		'1 byte',
		'2 bytes',
		'1 byte',
		'12 bytes',
	]);
	expect([ALL, WIDE, NARROW, []].map((targets) => bytesOn(size(4, 8), targets))).toEqual([
		'4 bytes, 8 on 64-bit Windows',
		'8 bytes',
		'4 bytes',
		'8 bytes',
	]);
	expect(valuesOn([size(4, 8), size(8), size(12)], ALL)).toBe('4 or 8 or 12, 8 or 12 on 64-bit Windows');
});

it.each<[string, CType | undefined, string | undefined, string, string]>([
	['vals', { kind: 'record', union: false, name: 'r', fields: [] }, 'vals', 'onoff', 'vals.onoff'],
	['vals', { kind: 'record', union: false, name: 'r', fields: [] }, 'vals', '', 'vals'],
	['make()', { kind: 'record', union: false, name: 'r', fields: [] }, undefined, 'onoff', 'onoff'],
	['*p', { kind: 'record', union: false, name: 'r', fields: [] }, '*p', 'onoff', 'p->onoff'],
	['list', { kind: 'array', of: { kind: 'record', union: false, name: 'r', fields: [] } }, 'list', 'a', 'list[0].a'],
	['bytes', { kind: 'array', of: { kind: 'scalar', name: 'char' } }, 'bytes', '[4]', 'bytes[4]'],
	['bytes', { kind: 'array', of: { kind: 'scalar', name: 'char' } }, 'bytes', 'a', 'a'],
	['vals', undefined, 'vals', 'onoff', 'onoff'],
])('a member of %s is named as people write it', (text, type, spelling, path, name) => {
	const object = { text, ...(type ? { type } : {}), ...(spelling === undefined ? {} : { spelling }) };
	expect(memberName({ start: 0, end: 1, text: `&${text}`, nullness: 'not-null', object }, path)).toBe(name);
});

/** What the rules are told of a call of WSAIoctl. */
const CONTEXT = { catalog: Catalog.builtin, targets: ALL } as RuleContext;
const specOf = (code: string, side: Side): BufferSpec => Catalog.builtin.code(code)?.code[side] ?? {};

const RECORDS =
	'tcp_keepalive INTERFACE_INFO GUID SOCKADDR_IN SOCKADDR_IN6 SOCKADDR_STORAGE RCVALL_IF INET_PORT_RANGE TCP_INFO_v0 IN_ADDR QOS'.split(
		' ',
	);
it.each<[string, Side, string]>([
	['SIO_KEEPALIVE_VALS', 'input', 'tcp_keepalive'],
	['SIO_RCVALL', 'input', 'RCVALL_IF INET_PORT_RANGE IN_ADDR'],
	['SIO_BASE_HANDLE', 'output', 'RCVALL_IF INET_PORT_RANGE IN_ADDR'],
	['SIO_ROUTING_INTERFACE_QUERY', 'input', 'SOCKADDR_IN SOCKADDR_IN6 SOCKADDR_STORAGE'],
	['SIO_GET_EXTENSION_FUNCTION_POINTER', 'input', 'GUID'],
	['SIO_TCP_INFO', 'output', 'TCP_INFO_v0'],
	['SIO_GET_INTERFACE_LIST', 'output', 'INTERFACE_INFO'],
	['SIO_ADDRESS_LIST_QUERY', 'output', 'IN_ADDR'],
	['FIONREAD', 'output', 'INET_PORT_RANGE IN_ADDR'],
	['SIO_RCVALL_IF', 'input', 'RCVALL_IF'],
	['SIO_ACQUIRE_PORT_RESERVATION', 'input', 'INET_PORT_RANGE IN_ADDR'],
	['SIO_FLUSH', 'input', RECORDS.join(' ')],
])('%s may be given as %s: %s', (code, side, expected) => {
	const isTaken = (type: CType) => !isForeign(type, specOf(code, side), CONTEXT);
	expect(RECORDS.filter((name) => isTaken(parseTypeName(name))).join(' ')).toBe(expected);
	// An array is as good as one of what it holds, and a number is no structure.
	expect(RECORDS.filter((name) => isTaken({ kind: 'array', of: parseTypeName(name), length: 1 })).join(' ')).toBe(
		expected,
	);
	expect([isTaken({ kind: 'scalar', name: 'DWORD' }), isForeign(undefined, specOf(code, side), CONTEXT)]).toEqual([
		true,
		false,
	]);
});

it('what a buffer may be is told by what the code asks for', () => {
	const may = (spec: BufferSpec) => [isUsed(spec), mayBeEmpty(spec), isPointerSized(spec, CONTEXT)];
	expect(may({})).toEqual([false, false, false]);
	expect(may({ use: 'required' })).toEqual([true, false, false]);
	expect(may({ use: 'optional' })).toEqual([true, true, false]);
	expect(may({ use: 'unused' })).toEqual([false, false, false]);
	expect(may({ use: 'required', sizeQuery: true })).toEqual([true, true, false]);
	expect(may(specOf('SIO_ADDRESS_LIST_QUERY', 'output'))[1]).toBe(true);
	const tooSmall = { error: 'WSAEFAULT' };
	expect(may({ use: 'required', tooSmall })[1]).toBe(false);
	expect(may({ use: 'required', tooSmall: { ...tooSmall, neededSize: true } })[1]).toBe(true);
	const sized = (type: string, rest: BufferSpec = {}) => isPointerSized({ use: 'required', type, ...rest }, CONTEXT);
	expect(['SOCKET', 'HANDLE', 'DWORD', 'ULONG64', 'tcp_keepalive'].map((type) => sized(type))).toEqual([
		true,
		true,
		false,
		false,
		false,
	]);
	const { variable } = specOf('SIO_ADDRESS_LIST_QUERY', 'output');
	expect(variable && sized('SOCKET', { variable })).toBe(false);
});

it('a size is compared on every target that it holds on, for every value that it can have', () => {
	const size = (x86: number, x64 = x86) => ({ x86, x64, arm64: x64 });
	const known = (...values: ReturnType<typeof size>[]): Quantity => ({ kind: 'known', values });
	const where = (quantity: Quantity) => targetsWhere(quantity, ALL, (bytes) => bytes > 4);
	expect([where(known(size(4, 8))), where(known(size(8), size(4, 8))), where(known(size(8), size(4)))]).toEqual([
		WIDE,
		WIDE,
		[],
	]);
	expect([where(known()), where({ kind: 'unknown' })]).toEqual([[], []]);
	const quantities = [
		known(size(0)),
		known(size(0), size(0)),
		known(size(0, 1)),
		known(size(1, 0)),
		known(size(1)),
		known(),
	];
	expect(quantities.map(isZero)).toEqual([true, true, false, false, false, false]);
	expect(quantities.map((quantity) => isFilled(quantity, CONTEXT))).toEqual([false, false, false, false, true, false]);
	expect([isZero({ kind: 'unknown' }), isFilled({ kind: 'unknown' }, CONTEXT)]).toEqual([false, false]);
});

it.each([
	['vals', 'vals', false],
	['*p', 'p', true],
	['p', 'p', false],
	['vals', '&vals', true],
	['vals', undefined, false],
	[undefined, 'p', false],
])('the size of %s that is measured of %s is that of a pointer: %s', (spelling, sizeofObject, expected) => {
	const at = { start: 0, end: 1, text: '' };
	const object = { text: '', ...(spelling === undefined ? {} : { spelling }) };
	const size = { ...at, ...(sizeofObject === undefined ? {} : { sizeofObject }) } as BufferArgument['size'];
	const buffer = { pointer: { ...at, nullness: 'not-null', object }, length: { kind: 'unknown' } } as const;
	expect(measuresPointer({ ...buffer, ...(size ? { size } : {}) })).toBe(expected);
	expect(measuresPointer(buffer)).toBe(false);
});

it.each<[string, string, readonly string[], boolean]>([
	['return 0;', 'return 1;', [], false],
	['WSAEINTR', 'x == WSAEINTR || y == ERROR_IO_PENDING || WSAEINTR', ['WSAEINTR', 'ERROR_IO_PENDING'], false],
	['STATUS_PENDING', 'STATUS_PENDING', ['STATUS_PENDING'], false],
	['/* WSAEINTR */', 'return 1;', [], false],
	['set_blocking(s, 0)', 'set_blocking(s, 0)', [], true],
	['// non-blocking', '', [], false],
	['0x8004667E', '0x8004667E', [], true],
	['WSAEventSelect(s)', 'WSAEventSelect(s); WSAEWOULDBLOCK', ['WSAEWOULDBLOCK'], true],
])('a function with %s that does %s expects %j, without blocking: %s', (text, code, expects, nonBlocking) => {
	expect(readinessIn(text, () => code)).toEqual({ expects, nonBlocking });
});

it('the code of a function that says nothing of readiness is not looked at', () => {
	const said = readinessIn('return 0;', () => {
		throw new Error('looked at');
	});
	expect(said).toEqual({ expects: [], nonBlocking: false });
});

it.each<[string, string | undefined, string, string | undefined]>([
	['a.c', undefined, '', 'c'],
	['a.CPP', undefined, '', 'cpp'],
	['a.ts', undefined, '', 'typescript'],
	['a.txt', undefined, '', undefined],
	['a', undefined, '', undefined],
	['c', undefined, '', undefined],
	['a.txt', 'c', '', 'c'],
	['a.c', 'cpp', '', 'cpp'],
	['a.c', 'no such language', '', 'c'],
	['a.h', undefined, 'struct a;', 'c'],
	['a.h', undefined, 'class A;', 'cpp'],
	['a.h', 'cpp', 'struct a;', 'c'],
	['a.inc', undefined, ' namespace a {', 'cpp'],
	['a.h', 'typescript', 'class A;', 'typescript'],
	['a.c', undefined, 'class A;', 'c'],
	['dir.h/a', 'c', 'class A;', 'c'],
])('%s as %s with %j is read as %s', (name, id, text, language) => {
	expect(languageOf(name, id, text)?.id).toBe(language);
});

it('what holds on some targets alone is said to', () => {
	const on = (found: readonly Target[], targets = ALL) => onTargets(found, { ...CONTEXT, targets });
	expect([on(ALL), on(WIDE), on(['x64']), on(NARROW), on(['x86', 'x64'])]).toEqual([
		'',
		' on 64-bit Windows',
		' on 64-bit Windows',
		' on 32-bit Windows',
		'',
	]);
	expect([on(NARROW, NARROW), on(WIDE, WIDE)]).toEqual(['', '']);
});

it('what to pass is told as far as a type or a size is known', () => {
	const context = { ...CONTEXT, wording: languageOf('a.c', undefined, '')?.wording } as RuleContext;
	const told = (spec: BufferSpec) => [bufferAndSize(spec, context), sizeofText(spec, context)];
	expect(told({})).toEqual(['a buffer of that size and its size', undefined]);
	expect(told({ minimum: { bytes: 1 } })).toEqual(['a buffer of 1 byte and its size', '1']);
	expect(told({ minimum: { bytes: 5 }, type: 'DWORD' })).toEqual(['the address of a `DWORD` and `5`', '5']);
	expect(told({ type: 'tcp_keepalive' })).toEqual([
		'the address of a `struct tcp_keepalive` and `sizeof(struct tcp_keepalive)`',
		'sizeof(struct tcp_keepalive)',
	]);
	expect([{}, { type: 'no_such_type' }, { type: 'INTERFACE_INFO' }].map((spec) => pointerTo(spec, context))).toEqual([
		'the address of a variable',
		'the address of a variable',
		'the address of an `INTERFACE_INFO`',
	]);
	expect([typeWithArticle({}), typeWithArticle({ type: 'QOS' })]).toEqual(['data', 'a `QOS`']);
	const api = { parameters: [{ name: 'a' }, { name: 'b' }], roles: { input: 0, inputSize: 1 } };
	const named = { ...CONTEXT, api } as unknown as RuleContext;
	expect([argumentNames(named, 'input'), argumentNames(named, 'output'), parameterName(named, 7)]).toEqual([
		{ pointer: 'a', size: 'b' },
		{ pointer: '', size: '' },
		'',
	]);
});
