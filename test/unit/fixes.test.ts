/** Every proposed fix is applied: what it was for must be gone, and nothing worse may come instead. */
import { afterAll, describe, expect, it } from 'vitest';
import { codes } from '../../server/src/catalog/builtin.generated.ts';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import type { Fix } from '../../server/src/rules/rule.ts';
import { checked } from '../support/checked.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const apply = (text: string, { edits }: Fix): string =>
	[...edits].sort((a, b) => b.start - a.start).reduce((t, e) => t.slice(0, e.start) + e.newText + t.slice(e.end), text);

async function findings(text: string, ending: string, options: CheckOptions) {
	return (await checked(checker, { name: `fix.${ending}`, text }, options)).findings;
}

/** Each in its own language, and with its own rule on. */
const examples: readonly (readonly [name: string, text: string, ending: string, options: CheckOptions])[] = [
	...rules.flatMap((r) => {
		const options = r.offByDefault ? { rules: { [r.id]: r.severity } } : {};
		return r.rejected.map((text, i) => [`${r.id} ${i + 1}`, text, r.language ?? 'c', options] as const);
	}),
	...codes.map((c) => [c.name, c.examples.rejected, 'c', {}] as const),
];

describe('fixes', () => {
	it.each(examples)('%s', async (_name, text, ending, options) => {
		const before = await findings(text, ending, options);
		// An example that says nothing is read in a language that is not its own.
		expect(before).not.toEqual([]);
		for (const finding of before) {
			if (!finding.fix) continue;
			const after = await findings(apply(text, finding.fix), ending, options);
			const rest = before.filter((f) => f !== finding).map((f) => f.rule);
			expect(after.map((f) => f.rule)).toEqual(rest);
		}
	});

	it('are offered by these rules', async () => {
		const offering = new Set<string>();
		for (const [, text, ending, options] of examples)
			for (const f of await findings(text, ending, options)) if (f.fix) offering.add(f.rule);
		expect([...offering].sort()).toEqual([
			'element-count',
			'ffi-declaration',
			'input-too-small',
			'output-too-small',
			'overlapped-forbidden',
			'pointer-sized-literal',
			'sizeof-address',
			'sizeof-pointer',
			'swapped-buffers',
			'unexpected-input',
			'unexpected-output',
			'unknown-code',
			'unknown-guid',
			'unused-suppression',
			'wsk-irp',
			'wsk-request',
		]);
	});
});

const IN_C = (body: string) =>
	`void f(SOCKET s, struct tcp_keepalive *given, void *anything)\n{\n\tDWORD bytes;\n\tstruct tcp_keepalive vals = { 1, 10000, 1000 };\n\t${body}\n}\n`;

const IN_TS = (body: string) =>
	`import koffi from 'koffi';\nconst ws2 = koffi.load('ws2_32.dll');\nconst WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');\nexport function f(s: bigint) {\n\t${body}\n}\n`;

type Case = [what: string, body: string, title: string | undefined, fixed?: string];

/** The first finding's fix: its title, what it makes of the text, and that nothing is left to report. */
async function proves(ending: string, around: (body: string) => string, [, body, title, fixed = body]: Readonly<Case>) {
	const text = around(body);
	const [first, ...others] = await findings(text, ending, {});
	expect(first).toBeDefined();
	expect([first?.fix?.title, others]).toEqual([title, []]);
	if (!first?.fix) return;
	expect(apply(text, first.fix)).toBe(around(fixed));
	expect(await findings(around(fixed), ending, {})).toEqual([]);
}

describe('a size that is too small', () => {
	const sizes: Case[] = [
		[
			'is that of the object',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, 4, NULL, 0, &bytes, NULL, NULL);',
			'Pass sizeof(vals)',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);',
		],
		[
			'is that of the object behind a cast, where it was 0',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, (char *)&vals, 0, NULL, 0, &bytes, NULL, NULL);',
			'Pass sizeof(vals)',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, (char *)&vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);',
		],
		[
			'is that of an array',
			'INTERFACE_INFO list[4]; WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, 4, &bytes, NULL, NULL);',
			'Pass sizeof(list)',
			'INTERFACE_INFO list[4]; WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, sizeof(list), &bytes, NULL, NULL);',
		],
		[
			'is that of the type where bytes hold it',
			'char all[64] = { 1 }; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, all, 2, &bytes, NULL, NULL);',
			'Pass sizeof(SOCKET)',
			'char all[64] = { 1 }; WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, all, sizeof(SOCKET), &bytes, NULL, NULL);',
		],
		[
			'is that of the type where a pointer leads to it',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, given, 4, NULL, 0, &bytes, NULL, NULL);',
			'Pass sizeof(struct tcp_keepalive)',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, given, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);',
		],
		[
			'is that of the type where a pointer to anything leads to it',
			'void *p = &vals; WSAIoctl(s, SIO_KEEPALIVE_VALS, p, 4, NULL, 0, &bytes, NULL, NULL);',
			'Pass sizeof(struct tcp_keepalive)',
			'void *p = &vals; WSAIoctl(s, SIO_KEEPALIVE_VALS, p, sizeof(struct tcp_keepalive), NULL, 0, &bytes, NULL, NULL);',
		],
		[
			'is nobody’s guess where the memory is not known',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, anything, 4, NULL, 0, &bytes, NULL, NULL);',
			undefined,
		],
	];
	it.each(sizes)('%s, in C', (...row: Case) => proves('c', IN_C, row));
	it.each(sizes)('%s, in C++', (...row: Case) => proves('cpp', IN_C, row));

	it.each<Case>([
		[
			'is a number in TypeScript',
			'const vals = new Uint32Array([1, 10000, 1000]);\n\treturn WSAIoctl(s, 0x98000004, vals, 4, null, 0, [0], null, null);',
			'Pass 12',
			'const vals = new Uint32Array([1, 10000, 1000]);\n\treturn WSAIoctl(s, 0x98000004, vals, 12, null, 0, [0], null, null);',
		],
	])('%s', (...row: Case) => proves('ts', IN_TS, row));
});

describe('an object that is too small', () => {
	const call = (buffer: string) => `WSAIoctl(s, SIO_KEEPALIVE_VALS, ${buffer}, NULL, 0, &bytes, NULL, NULL)`;
	const small = 'DWORD on = 1;\n\t';
	const declaration = 'struct tcp_keepalive settings = { 0 };\n\t';
	const fixed = call('&settings, sizeof(settings)');
	const title = 'Declare a struct tcp_keepalive and pass it';
	const replaced: Case[] = [
		[
			'gives way to one of the right type',
			`${small}${call('&on, sizeof(on)')};`,
			title,
			`${small}${declaration}${fixed};`,
		],
		[
			'does so in a condition',
			`${small}if (s != INVALID_SOCKET && ${call('&on, 4')} == SOCKET_ERROR)\n\t\treturn;`,
			title,
			`${small}${declaration}if (s != INVALID_SOCKET && ${fixed} == SOCKET_ERROR)\n\t\treturn;`,
		],
		[
			'does so in a declaration, under a name that is free',
			`int settings = 1;\n\tint result = ${call('&settings, sizeof(settings)')};\n\tif (result != 0) return;`,
			title,
			`int settings = 1;\n\tstruct tcp_keepalive input = { 0 };\n\tint result = ${call('&input, sizeof(input)')};\n\tif (result != 0) return;`,
		],
		['stays where it is no block that the call stands in', `${small}if (bytes)\n\t\t${call('&on, 4')};`, undefined],
		['stays in a loop’s head', `${small}while (${call('&on, 4')} != 0)\n\t\treturn;`, undefined],
		['stays behind another statement of its line', `DWORD on = 1; ${call('&on, 4')};`, undefined],
		[
			'stays where a jump may lead past it',
			`${small}if (s == 0) goto end;\n\t${call('&on, 4')};\nend:\n\treturn;`,
			undefined,
		],
		[
			'stays in a macro',
			`#define SET(value) \\\n\tdo { \\\n\t${call('value, 4')}; \\\n\t} while (0)\n\t${small}SET(&on);`,
			undefined,
		],
	];
	it.each(replaced)('%s, in C', (...row: Case) => proves('c', IN_C, row));
	it.each(replaced)('%s, in C++', (...row: Case) => proves('cpp', IN_C, row));
});
