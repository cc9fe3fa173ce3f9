/** With which library a TypeScript or JavaScript text calls functions of a DLL, and by which expressions. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { ffiOf } from '../../server/src/languages/js/libraries/index.ts';
import { JsFile } from '../../server/src/languages/js/source.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { Trees } from '../../server/src/syntax/trees.ts';
import { withCursor } from '../support/cursor.ts';

const GRAMMAR = 'tree-sitter-tsx.wasm';
const trees = new Trees(nodeEngine(import.meta.dirname));
beforeAll(() => trees.ready(GRAMMAR));
afterAll(() => trees.dispose());

const KOFFI = "import koffi from 'koffi';\n";
const PROTOTYPE = 'int __stdcall ioctlsocket(uintptr_t s, long cmd, uint32_t *argp)';

/** Library, name of what is imported, callees, and whether the cursor is in a table of declarations. */
it.each<[text: string, told: string | undefined]>([
	['|', undefined],
	['f();|', undefined],
	["import koffi from 'koffi';\n|", 'koffi koffi  false'],
	['import * as k from "koffi";|', 'koffi k  false'],
	["const ffi = require('ffi-napi');|", 'ffi-napi ffi  false'],
	["let f=require('node:ffi');|", 'node:ffi f  false'],
	["var $f_1 = await import('bun:ffi');|", 'bun:ffi $f_1  false'],
	["import { load, define } from 'ffi-rs';|", 'ffi-rs -  false'],
	["import koffi, { load } from 'npm:koffi@3';|", 'koffi koffi  false'],
	["const a = 'koffi'; koffi;|", undefined],
	["const a = 'koffi';\nimport koffi from 'koffi';|", 'koffi koffi  false'],
	["import 'other';\nimport koffi from 'koffi';|", 'koffi koffi  false'],
	['const a = Deno.env;|', 'Deno Deno  false'],
	["import { dlopen } from 'bun:ffi';\nDeno.env;|", 'bun:ffi -  false'],
	['// ffi\nDeno.env;|', 'Deno Deno  false'],
	[`import { ${'a, '.repeat(100)}b } from 'koffi';|`, 'koffi -  false'],
	[`import koffi, { ${'a, '.repeat(100)}b } from 'koffi';|`, 'koffi -  false'],
	[`const k = /* ${'-'.repeat(200)} */ require('koffi');|`, 'koffi -  false'],
	[`${KOFFI}const io = koffi.load('ws2_32').func('${PROTOTYPE}');|`, 'koffi koffi ioctlsocket=io false'],
	[`${KOFFI}let $io_1=koffi.load('ws2_32').func('${PROTOTYPE}');|`, 'koffi koffi ioctlsocket=$io_1 false'],
	[`${KOFFI}const o = { io: koffi.load('ws2_32').func('${PROTOTYPE}') };|`, 'koffi koffi ioctlsocket=undefined false'],
	[
		`${KOFFI}const io = koffi.load('ws2_32').func('${PROTOTYPE}');\nio(s, 1, [0]);\nlib.io(s, 1, [0]);|`,
		'koffi koffi ioctlsocket=io false',
	],
	[
		`${KOFFI}const io = koffi.load('ws2_32').func('${PROTOTYPE}');\nconst lib = { io };\nio(s, 1, [0]);\nlib.io(s, 1, [0]);|`,
		'koffi koffi ioctlsocket=lib.io false',
	],
	[
		`${KOFFI}const io = koffi.load('ws2_32').func('${PROTOTYPE}');\nfunction set(s, v) { io(s, 1, v); }\nset(s, [0]);|`,
		'koffi koffi ioctlsocket=io false',
	],
	[
		`${KOFFI}const io = koffi.load('ws2_32').func('${PROTOTYPE}');\n(0, io)(s, 1, [0]);\nio /* a */ (s, 1, [0]);|`,
		'koffi koffi ioctlsocket=io false',
	],
	[
		`${KOFFI}const lib = koffi.load('ws2_32'); const io = lib.func('${PROTOTYPE}');|`,
		'koffi koffi ioctlsocket=io false',
	],
	[
		`${KOFFI}const lib = koffi.load('ws2_32'); /* ${'-'.repeat(200)} */ const io = lib.func('${PROTOTYPE}');|`,
		'koffi koffi ioctlsocket=io false',
	],
	[
		`${KOFFI}const lib = koffi.load('ws2_32'); const io = /* ${'-'.repeat(200)} */ lib.func('${PROTOTYPE}');|`,
		'koffi koffi ioctlsocket=undefined false',
	],
	["const l = Deno.dlopen('ws2_32', { |", 'Deno Deno  true'],
	["const l = Deno.dlopen('ws2_32', {|", 'Deno Deno  true'],
	["const l = Deno.dlopen('ws2_32', { ioc|", 'Deno Deno  true'],
	["const l = Deno.dlopen('ws2_32', { a: 1, |", 'Deno Deno  true'],
	["const l = Deno.dlopen('ws2_32', { a: |", 'Deno Deno  false'],
	["const l = Deno.dlopen('ws2_32', { a: { |", 'Deno Deno  false'],
	['const l = Deno.dlopen({ |', 'Deno Deno  false'],
	["const l = Deno.dlopen('a', 'b', { |", 'Deno Deno  false'],
	["const l = Deno.open('a', { |", 'Deno Deno  false'],
	["const l = Deno.dlopen('a', () => { |", 'Deno Deno  false'],
	["const l = Deno.dlopen('a', [{ |", 'Deno Deno  false'],
	["const l = Deno.dlopen ('a', { |", 'Deno Deno  true'],
	["f(Deno.dlopen('a', { |", 'Deno Deno  true'],
	["f(); Deno;\nDeno.dlopen('ws2_32', {\n\t|\n});", 'Deno Deno  true'],
	["import ffi from 'ffi-napi';\nconst w = new ffi.Library('ws2_32', { | });", 'ffi-napi ffi  true'],
	["import { linkSymbols } from 'bun:ffi';\nlinkSymbols('a', { |", 'bun:ffi -  true'],
	[`Deno.dlopen('a', {${' '.repeat(190)}|`, 'Deno Deno  true'],
	[`Deno.dlopen('a', {${' '.repeat(250)}|`, 'Deno Deno  false'],
	[`Deno.dlopen(${' '.repeat(250)}'a', { |`, 'Deno Deno  true'],
	["Deno.dlopen['a', { |", 'Deno Deno  false'],
])('%j', (marked, told) => {
	const { text, offset } = withCursor(marked);
	const env = { parse: (part: string) => trees.parse(GRAMMAR, part), included: [], functions: {} };
	const file = JsFile.open(text, { ...env, catalog: Catalog.builtin });
	const found = file.foreign(offset);
	const callees = [...(found?.callees ?? [])].map(([api, callee]) => `${api}=${callee}`).join(' ');
	expect(found && `${found.library} ${found.name ?? '-'} ${callees} ${found.isTable}`).toBe(told);
	if (found) expect(found.write).toEqual(ffiOf(found.library).write);
	file.free();
});
