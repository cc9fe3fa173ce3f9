/** What is offered to be written is right by the product's own rules. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsSeen } from '../../server/src/catalog/callsSeen.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { Checker } from '../../server/src/check/check.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { codesFor, takesCode } from '../../server/src/writing/codes.ts';
import { declarationSnippet, foreignCallSnippet } from '../../server/src/writing/foreignSnippets.ts';
import { callSnippet, functionFor } from '../../server/src/writing/snippets.ts';
import { checked } from '../support/checked.ts';

const catalog = Catalog.builtin;
let checker: Checker;
beforeAll(() => {
	checker = new Checker(nodeEngine(import.meta.dirname));
});
afterAll(() => checker.dispose());

/** A snippet as the client leaves it when nothing is typed into it. */
const settled = (snippet: string): string => snippet.replace(/\$\{\d+:([^}]*)\}/g, '$1').replace('$0', 'return;');

describe('the snippet of a whole call', () => {
	const styles = { 'a.c': 'NULL', 'a.cpp': 'nullptr' };
	test.each(Object.entries(styles))('has no finding in %s', async (name, nullWord) => {
		const style = { cpp: name === 'a.cpp', nullWord, braceBelow: false, isTaken: () => false };
		const written: string[] = [];
		for (const code of catalog.entries.codes) {
			const snippet = callSnippet(code, catalog, style);
			if (snippet === undefined) continue;
			written.push(code.name);
			const text = `void f(SOCKET s)\n{\n${settled(snippet)}\n}\n`;
			const { calls, findings } = await checked(checker, { name, text });
			expect([code.name, calls.length, calls[0]?.code.name, findings.map((f) => f.message)]).toEqual([
				code.name,
				1,
				code.name,
				[],
			]);
		}
		expect(written.length).toBeGreaterThan(50);
		expect(written).toContain('SIO_KEEPALIVE_VALS');
	});

	test('is there for no code that would wait, is not to be used, or has no buffer', () => {
		const style = { cpp: false, nullWord: 'NULL', braceBelow: false, isTaken: () => false };
		for (const code of catalog.entries.codes) {
			if (!code.status && !code.overlapped?.mayBlock && code.overlapped?.rule !== 'required' && !code.wskOnly) continue;
			expect([code.name, callSnippet(code, catalog, style)]).toEqual([code.name, undefined]);
		}
	});
});

/** Each library as a file imports it. */
const LIBRARIES = [
	['koffi', "import koffi from 'koffi';\n"],
	['ffi-napi', "import * as ffi from 'ffi-napi';\n"],
	['Deno', 'export const { os } = Deno.build;\n'],
	['bun:ffi', "import { dlopen, FFIType } from 'bun:ffi';\n"],
	['node:ffi', "import { dlopen } from 'node:ffi';\n"],
] as const;

/** What is known of a text's library at its end. */
async function styleAt(text: string) {
	const foreign = await checker.look({ name: 'a.ts', text }, {}, { key: 'a.ts' }, (file) =>
		file.foreign?.(text.length),
	);
	checker.forget('a.ts');
	if (!foreign) throw new Error('no library is seen');
	return { foreign, isTaken: (name: string) => text.includes(name) };
}

const FUNCTIONS = ['WSAIoctl', 'ioctlsocket'].map((id) => catalog.functionById(id)).filter((api) => api !== undefined);

describe('what is written in TypeScript', () => {
	test.each(LIBRARIES)('the declaration of a function is right: %s', async (library, imports) => {
		const style = await styleAt(imports);
		for (const api of FUNCTIONS) {
			const text = `${imports}${declarationSnippet(api, style)}\n`;
			const { bindings, findings } = await checked(checker, { name: 'a.ts', text });
			expect([bindings.map((b) => [b.api, b.library]), findings]).toEqual([[[api.id, library]], []]);
		}
	});

	test.each(LIBRARIES)('the call of a code is right, as the declaration has it: %s', async (_, imports) => {
		const declared = await styleAt(imports);
		const declarations = FUNCTIONS.map((api) => declarationSnippet(api, declared));
		const written: string[] = [];
		for (const [i, api] of FUNCTIONS.entries()) {
			const head = `${imports}${declarations[i]}\n`;
			const style = await styleAt(head);
			expect([...style.foreign.callees.keys()]).toEqual([api.id]);
			// What only the other function takes is written for that one, which is not declared here.
			const snippets = catalog.entries.codes.flatMap((code) => {
				const snippet = takesCode(api, code, catalog) ? foreignCallSnippet(code, catalog, style) : undefined;
				return snippet === undefined ? [] : [{ name: code.name, snippet: settled(snippet) }];
			});
			const functions = snippets.map(({ snippet }, at) => `export function f${at}(s: bigint) {\n${snippet}\n}\n`);
			const { calls, findings } = await checked(checker, { name: 'a.ts', text: head + functions.join('') });
			expect(findings.map((f) => `${f.call?.code.entry?.name}: ${f.message}`)).toEqual([]);
			expect(calls.map((call) => call.code.entry?.name)).toEqual(snippets.map(({ name }) => name));
			written.push(...calls.map(({ api }) => api));
		}
		expect(new Set(written)).toEqual(new Set(['WSAIoctl', 'ioctlsocket']));
		expect(written.length).toBeGreaterThan(40);
	});
});

describe('the codes of a function', () => {
	test('are in the order in which programs use them', () => {
		const names = codesFor(catalog.functionById('WSAIoctl'), catalog).map(({ name }) => name);
		const counts = names.map((name) => callsSeen[name] ?? 0);
		expect(counts.filter((n) => n > 0).slice(0, 3)).toEqual([234, 70, 35]);
		for (const name of Object.keys(callsSeen)) expect([name, catalog.code(name)?.code.name]).toEqual([name, name]);
	});

	test('leave none out: each code is one of some function', () => {
		const left = catalog.entries.codes.filter(
			(code) => !catalog.functions.some((api) => takesCode(api, code, catalog)),
		);
		expect(left.map(({ name }) => name)).toEqual([]);
	});

	test.each([
		['FIONBIO', 'ioctlsocket'],
		['SIO_RCVALL', 'WSAIoctl'],
		['SIO_NSP_NOTIFY_CHANGE', 'WSANSPIoctl'],
		['SIO_WSK_SET_REMOTE_ADDRESS', undefined],
	])('%s is called with %s', (name, expected) => {
		const code = catalog.code(name)?.code;
		expect(code && functionFor(code, catalog)?.id).toBe(expected);
	});
});
