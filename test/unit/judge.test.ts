/** Which of several findings on one argument is shown, what rules hand to their words, and what one costs that fails. */
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { ApiId } from '../../server/src/catalog/api.ts';
import { Catalog } from '../../server/src/catalog/catalog.ts';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import type { CheckProblem } from '../../server/src/check/problem.ts';
import { languages } from '../../server/src/languages/index.generated.ts';
import { JsSlot } from '../../server/src/languages/js/slots.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import inputTooSmall from '../../server/src/rules/entries/input-too-small.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { byRank, kept, type SEVERITIES, STAGES } from '../../server/src/rules/order.ts';
import type { RuleContext } from '../../server/src/rules/rule.ts';
import { ParserFailure } from '../../server/src/syntax/trees.ts';
import { TARGETS, type Target } from '../../server/src/types/ctype.ts';
import { checked } from '../support/checked.ts';

const problems: CheckProblem[] = [];
const checker = new Checker(nodeEngine(import.meta.dirname), undefined, {
	onProblem: (problem) => problems.push(problem),
});
afterAll(() => checker.dispose());
afterEach(() => {
	vi.restoreAllMocks();
	problems.length = 0;
});

const source = (body: string) => `void f(SOCKET s, struct tcp_keepalive *p)
{
	SOCKET udp = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	SOCKET base;
	GUID id = WSAID_ACCEPTEX;
	LPFN_ACCEPTEX accept_ex;
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	SOCKADDR_IN address = { AF_INET };
	u_long word = 1;
	char list[64];
	DWORD bytes;
	${body}
}
`;

/** `severity rule: argument` of every finding, with the message where it is asked for. */
async function found(body: string, options: CheckOptions = {}, withMessage = false): Promise<string[]> {
	const text = source(body);
	const { findings } = (await checker.check({ name: 'a.c', text }, options))!;
	return findings.map(
		(f) => `${f.severity} ${f.rule}: ${text.slice(f.start, f.end)}${withMessage ? `: ${f.message}` : ''}`,
	);
}

const POINTERS = [
	['SIO_BASE_HANDLE', 'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, 7, &bytes, NULL, NULL);', 'SOCKET', 'base'],
	[
		'SIO_GET_EXTENSION_FUNCTION_POINTER',
		'WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &accept_ex, 7, &bytes, NULL, NULL);',
		'FARPROC',
		'accept_ex',
	],
] as const;

describe('a size between the two sizes of a pointer', () => {
	test.each(POINTERS)(
		'%s fails on 64-bit Windows, whatever there is to say of 32 bits',
		async (code, call, type, object) => {
			const message = (where: string) =>
				`error output-too-small: 7: \`${code}\` writes a \`${type}\` (8 bytes), but \`cbOutBuffer\` is 7${where}. WSAIoctl fails with WSAEFAULT. Pass \`sizeof(${object})\`.`;
			expect(await found(call, {}, true)).toEqual([message(' on 64-bit Windows')]);
			expect(await found(call, { targets: ['x86', 'arm64'] }, true)).toEqual([message(' on 64-bit Windows')]);
			expect(await found(call, { targets: ['x64'] }, true)).toEqual([message('')]);
		},
	);

	test.each(POINTERS)('%s has a warning for a 32-bit program', async (code, call, _, object) => {
		expect(await found(call, { targets: ['x86'] }, true)).toEqual([
			`warning size-exceeds-object: 7: \`cbOutBuffer\` is 7, but \`${object}\` has 4 bytes. \`${code}\` is allowed to write past its end. Pass the size of the object, or a larger object.`,
		]);
	});

	test('the severity that the user gives a rule decides what is shown of a finding, not which one', async () => {
		const [, call] = POINTERS[0];
		expect(await found(call, { rules: { 'output-too-small': 'hint', 'size-exceeds-object': 'error' } })).toEqual([
			'hint output-too-small: 7',
		]);
		expect(await found(call, { rules: { 'output-too-small': 'off' } })).toEqual(['info size-exceeds-object: 7']);
	});
});

describe('of two findings on one argument', () => {
	test.each([
		[
			'a warning is kept beside a hint that the code is deprecated',
			'WSAIoctl(udp, SIO_LOOPBACK_FAST_PATH, &word, sizeof(word), NULL, 0, &bytes, NULL, NULL);',
			'warning wrong-socket-kind: SIO_LOOPBACK_FAST_PATH',
			'hint reserved-code: SIO_LOOPBACK_FAST_PATH',
		],
		[
			'the wrong socket is the cause whatever the version',
			'WSAIoctl(udp, SIO_TCP_INITIAL_RTO, list, 64, NULL, 0, &bytes, NULL, NULL);',
			'warning wrong-socket-kind: SIO_TCP_INITIAL_RTO',
			'warning newer-than-target: SIO_TCP_INITIAL_RTO',
			{ minWindows: '5.1' },
		],
		[
			'exchanged buffers are the cause of one that is too small',
			'WSAIoctl(s, SIO_BASE_HANDLE, &base, sizeof(base), NULL, 0, &bytes, NULL, NULL);',
			'error swapped-buffers: 0',
			'error output-too-small: 0',
		],
		[
			'an object that is too small is the cause where its size is given',
			'WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, 70, &bytes, NULL, NULL);',
			'error size-exceeds-object: 70',
			'error output-too-small: 70',
		],
		[
			'the size of an address is the cause of one that is too small',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(&vals), NULL, 0, &bytes, NULL, NULL);',
			'error sizeof-address: sizeof(&vals)',
			'error input-too-small: sizeof(&vals)',
		],
		[
			'the size of a pointer is the cause of one that is too small',
			'WSAIoctl(s, SIO_KEEPALIVE_VALS, p, sizeof(p), NULL, 0, &bytes, NULL, NULL);',
			'error sizeof-pointer: sizeof(p)',
			'error input-too-small: sizeof(p)',
		],
		[
			'another structure is the cause of a size that is too small',
			'WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, &address, sizeof(address), &bytes, NULL, NULL);',
			'error wrong-struct: sizeof(address)',
			'error output-too-small: sizeof(address)',
		],
		[
			'a buffer that is not there is the cause of whatever its size is',
			'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, NULL, 4, &bytes, NULL, NULL);',
			'error null-buffer-with-size: 4',
			'error pointer-sized-literal: 4',
		],
		[
			'the size of another target is the cause of one that is too small',
			'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, 4, &bytes, NULL, NULL);',
			'error pointer-sized-literal: 4',
			'error output-too-small: 4',
		],
	])('%s', async (_, call, cause, symptom, options: CheckOptions = {}) => {
		const argument = cause.slice(cause.indexOf(':'));
		const on = (list: readonly string[]) => list.filter((finding) => finding.endsWith(argument));
		expect(on(await found(call, options))).toEqual([cause]);
		const rule = cause.split(/[ :]/)[1]!;
		expect(on(await found(call, { ...options, rules: { [rule]: 'off' } }))).toEqual([symptom]);
	});
});

describe('what a function or a macro between writes itself', () => {
	const TYPES: Readonly<Record<string, string>> = { s: 'SOCKET s', c: 'DWORD c', p: 'void *p', z: 'DWORD z' };
	const call = (code: string, size: string) => `WSAIoctl(s, ${code}, p, ${size}, NULL, 0, &bytes, NULL, NULL)`;
	const forms = {
		function: (parameters: string, code: string, size: string) =>
			`static int set(${parameters.replace(/\w/g, (name) => TYPES[name] ?? name)}) { DWORD bytes; return ${call(code, size)}; }\n`,
		macro: (parameters: string, code: string, size: string) => `#define set(${parameters}) ${call(code, size)}\n`,
	};
	const USE = 'SIO_KEEPALIVE_VALS';

	describe.each(Object.entries(forms))('a %s', (_, form) => {
		test.each([
			['is reported there once', form('s, p', USE, '4'), 'set(s, &vals); set(s, &vals);', ['4 left']],
			[
				'is reported at the call that makes it wrong',
				form('s, c, p', 'c', '4'),
				`set(s, ${USE}, &vals);`,
				['set left'],
			],
			['is not replaced there', form('s, c, p', 'c', '16'), `set(s, ${USE}, &vals);`, ['set left']],
			['is not what is given', form('s, c, p, z', 'c', 'z'), `set(s, ${USE}, &vals, 16);`, ['16 mended']],
			['may be right', form('s, c, p', 'c', '12'), `set(s, ${USE}, &vals);`, []],
		])('%s', async (__, before, body, expected) => {
			const text = before + source(body);
			const { findings } = await checked(checker, { name: 'a.c', text });
			expect(findings.map(({ start, end, fix }) => `${text.slice(start, end)} ${fix ? 'mended' : 'left'}`)).toEqual(
				expected,
			);
		});
	});

	test('is told from what is made of its result', async () => {
		const body = 'if (set(s, &vals) == TRUE) return;';
		expect(await found(body)).toEqual([]);
		const text = forms.macro('s, p', USE, '12') + source(body);
		const { findings } = await checked(checker, { name: 'a.c', text });
		expect(findings.map(({ start, end }) => text.slice(start, end))).toEqual(['set(s, &vals) == TRUE']);
	});

	test('on one target is judged for that alone', async () => {
		const call = 'WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, 4, &bytes, NULL, NULL);';
		const text = `#if defined(_WIN64)\n${source(call)}#else\n${source(call).replace('f(', 'g(')}#endif\n`;
		const rulesFor = async (options: CheckOptions) =>
			(await checker.check({ name: 'a.c', text }, options))?.findings.map(({ rule }) => rule);
		expect(await rulesFor({})).toEqual(['pointer-sized-literal']);
		expect(await rulesFor({ targets: ['x86'] })).toEqual([]);
		expect(await rulesFor({ targets: ['x64'] })).toEqual(['pointer-sized-literal']);
	});
});

describe('the order', () => {
	const finding = (
		severity: (typeof SEVERITIES)[number],
		stage: (typeof STAGES)[number],
		targets = TARGETS as readonly Target[],
	) => ({
		severity,
		stage,
		rule: `${severity}-${stage}`,
		targets,
	});

	test('has each stage once, and a rule for each', () => {
		expect(new Set(STAGES).size).toBe(STAGES.length);
		expect([...new Set(rules.map((rule) => rule.stage))].sort()).toEqual([...STAGES].sort());
	});

	test('knows which of any two rules goes first', () => {
		const ranked = rules.map(({ id, severity, stage }) => ({ rule: id, severity, stage }));
		const undecided = ranked.flatMap((a) => ranked.filter((b) => a !== b && byRank(a, b) + byRank(b, a) !== 0));
		expect(undecided).toEqual([]);
		expect(ranked.filter((a) => ranked.some((b) => a !== b && byRank(a, b) === 0))).toEqual([]);
	});

	test('is by severity, then by stage', () => {
		const list = [
			finding('error', 'need'),
			finding('hint', 'call'),
			finding('error', 'memory'),
			finding('info', 'call'),
			finding('warning', 'care'),
		];
		expect(list.toSorted(byRank).map((f) => f.rule)).toEqual([
			'error-memory',
			'error-need',
			'warning-care',
			'info-call',
			'hint-call',
		]);
	});

	test('keeps one finding where all hold on every target', () => {
		const [worse, better] = [finding('error', 'memory'), finding('warning', 'call')];
		expect(kept([better, worse], TARGETS)).toEqual([worse]);
	});

	test('keeps two that are about different targets when both matter', () => {
		const [narrow, wide] = [finding('warning', 'need', ['x86']), finding('error', 'need', ['x64', 'arm64'])];
		expect(kept([narrow, wide], TARGETS)).toEqual([wide, narrow]);
		expect(kept([narrow, wide, finding('error', 'call')], TARGETS)).toEqual([finding('error', 'call')]);
	});

	test('keeps no note for one target beside a failure on another', () => {
		const [narrow, wide] = [finding('info', 'memory', ['x86']), finding('error', 'need', ['x64', 'arm64'])];
		expect(kept([narrow, wide], TARGETS)).toEqual([wide]);
		expect(kept([narrow], TARGETS)).toEqual([narrow]);
	});
});

describe('the facts that a rule finds', () => {
	const context = (id: ApiId, language: string): RuleContext => {
		const catalog = Catalog.builtin;
		const api = catalog.functionById(id)!;
		const { wording } = languages.find((l) => l.id === language)!;
		return { catalog, api, family: catalog.family(api), wording, targets: TARGETS, minWindows: '5.0' };
	};

	const examples = rules.flatMap((rule) =>
		rule.rejected.map((text, at) => [`${rule.id} ${at + 1}`, rule, text] as const),
	);

	// What a comment silences is no question about a call.
	test.each(examples.filter(([, rule]) => rule.check || rule.checkBinding))(
		'%s are plain data',
		async (_, rule, text) => {
			const { calls, bindings } = (await checker.check({ name: `x.${rule.language ?? 'c'}`, text }))!;
			const language = rule.language ? 'typescript' : 'c';
			const facts = [
				...calls.flatMap((call) => {
					const around = context(call.api, language);
					return (rule.check?.(call, around) ?? []).map((fact) => ({ fact, around }));
				}),
				...bindings.flatMap((binding) => {
					const around = context(binding.api, language);
					return (rule.checkBinding?.(binding, around) ?? []).map((fact) => ({ fact, around }));
				}),
			];
			expect(facts).not.toEqual([]);
			for (const { fact, around } of facts) {
				const copy = structuredClone(fact);
				expect(rule.message(copy, around)).toBe(rule.message(fact, around));
				expect(rule.fix?.(copy, around)).toEqual(rule.fix?.(fact, around));
			}
		},
	);
});

describe('a rule that throws', () => {
	const SMALL = 'WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, 4, NULL, 0, NULL, NULL, NULL);';
	const OTHER = 'ioctlsocket(s, FIONBIO, NULL);';

	test.each(['check', 'message'] as const)('in its %s costs its own finding on that call alone', async (part) => {
		expect(await found(`${SMALL} ${SMALL} ${OTHER}`)).toEqual([
			'error input-too-small: 4',
			'error missing-bytes-returned: NULL',
			'error input-too-small: 4',
			'error missing-bytes-returned: NULL',
			'error invalid-pointer: NULL',
		]);
		const original = inputTooSmall[part] as (...args: unknown[]) => unknown;
		let calls = 0;
		vi.spyOn(inputTooSmall, part).mockImplementation((...args: unknown[]): never => {
			if (++calls === 1) throw new Error('spoilt');
			return original(...args) as never;
		});
		expect(await found(`${SMALL} ${SMALL} ${OTHER}`)).toEqual([
			'error missing-bytes-returned: NULL',
			'error input-too-small: 4',
			'error missing-bytes-returned: NULL',
			'error invalid-pointer: NULL',
		]);
		expect(problems).toEqual([{ rule: 'input-too-small', error: new Error('spoilt') }]);
	});

	test('is told of once, however many calls it fails on', async () => {
		vi.spyOn(inputTooSmall, 'check').mockImplementation(() => {
			throw new Error('spoilt');
		});
		expect(await found(`${SMALL} ${SMALL}`)).toEqual([
			'error missing-bytes-returned: NULL',
			'error missing-bytes-returned: NULL',
		]);
		const text = `${source(SMALL)}${source(SMALL).replace('void f', 'void g')}`;
		expect((await checker.check({ name: 'a.c', text }))?.findings.length).toBe(2);
		// Once in each check.
		expect(problems.map((p) => 'rule' in p && p.rule)).toEqual(['input-too-small', 'input-too-small']);
	});
});

describe('an argument that cannot be read', () => {
	const text =
		"import { ioctlsocket } from 'w';\nioctlsocket(1, 0x8004667e, null);\nioctlsocket(1, 0x8004667e, null);\n";
	const check = () => checked(checker, { name: 'a.ts', text });
	const failing = (error: Error) =>
		vi.spyOn(JsSlot.prototype, 'pointer').mockImplementation(() => {
			throw error;
		});

	test('costs what is found of it, and is told of once', async () => {
		expect((await check()).findings.map(({ rule }) => rule)).toEqual(['invalid-pointer', 'invalid-pointer']);
		failing(new Error('spoilt'));
		const { calls, findings } = await check();
		expect([calls.length, findings]).toEqual([2, []]);
		expect(problems).toEqual([{ file: 'a.ts', error: new Error('spoilt') }]);
	});

	test('ends the check where the parser has failed', async () => {
		failing(new ParserFailure('gone'));
		await expect(check()).rejects.toThrow('gone');
		expect(problems).toEqual([]);
	});
});
