/** Functions of a team's own, with arguments of their own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli, runJson, temporaryFolder } from '../support/cli.ts';

const FUNCTIONS = {
	my_ctl: { arguments: ['socket', 'code', 'input', 'inputSize'] },
	keep: {
		arguments: ['socket', 'input', 'inputSize', null],
		passes: { code: 'SIO_KEEPALIVE_VALS', output: null, outputSize: 0 },
	},
	'net::Sock::control': { arguments: ['code', 'input', 'inputSize', 'output', 'outputSize'] },
	'Sock::plain': 'WSAIoctl',
};

/** Lines with findings, each with the rule. */
async function found(name: string, text: string, functions: object = FUNCTIONS): Promise<readonly string[]> {
	const folder = temporaryFolder({ '.ioctl-lens.json': JSON.stringify({ functions }), [name]: text });
	const { json, err } = await runJson(folder, ['check', '.']);
	expect(err).toBe('');
	type Told = { line: number; rule: string };
	return (json.findings as readonly Told[]).map(({ line, rule }) => `${text.split('\n')[line - 1]?.trim()} ${rule}`);
}

const HEAD = '#include <winsock2.h>\n';
const ON = '&on, sizeof(on)';
const body = (parameters: string, ...statements: readonly string[]) =>
	`void f(${parameters})\n{\n\tDWORD on = 1;\n${statements.map((one) => `\t${one}\n`).join('')}}\n`;

describe('calls of functions that the settings explain', () => {
	test.each(['a.c', 'a.cpp'])('are judged in %s', async (name) => {
		const text = `${HEAD}int my_ctl(SOCKET s, DWORD code, void *in, DWORD n);\n${body(
			'SOCKET s, struct api *a',
			`my_ctl(s, SIO_KEEPALIVE_VALS, ${ON});`,
			`keep(s, ${ON}, 5);`,
			`a->my_ctl(s, SIO_KEEPALIVE_VALS, ${ON});`,
			`my_ctl(s, SIO_RCVALL, ${ON});`,
			`my_ctl(s, SIO_KEEPALIVE_VALS, ${ON}, 1);`,
			'keep(s, (struct tcp_keepalive *)&on, 12, 5);',
		)}`;
		expect(await found(name, text)).toEqual([
			'my_ctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on)); input-too-small',
			'keep(s, &on, sizeof(on), 5); input-too-small',
			'a->my_ctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on)); input-too-small',
			'keep(s, (struct tcp_keepalive *)&on, 12, 5); size-exceeds-object',
		]);
	});

	test('are methods where the class is seen', async () => {
		const call = `(SIO_KEEPALIVE_VALS, ${ON}, nullptr, 0);`;
		const text = `${HEAD}namespace net {
class Sock { public: int control(DWORD, void *, DWORD, void *, DWORD);
	int go() { DWORD on = 1; return control${call} }
};
}
class Other { public: int control(DWORD, void *, DWORD, void *, DWORD); };
${body(
	'net::Sock *p, Other *q, net::Sock &r, std::unique_ptr<net::Sock> u, Unknown *x',
	'net::Sock local;',
	...['p->', 'q->', 'r.', 'u->', 'x->', 'local.', '(*p).', 'net::Sock::'].map((object) => `${object}control${call}`),
	`p->plain(0, SIO_KEEPALIVE_VALS, ${ON}, nullptr, 0, nullptr, nullptr, nullptr);`,
)}`;
		const lines = (await found('a.cpp', text)).map((line) => line.replace(/\(SIO_KEEP.*\) | *\{ DWORD on = 1;/g, ' '));
		expect(lines.map((line) => line.replace(/\(0, SIO.*;/, ''))).toEqual([
			'int go()  return control(SIO_KEEPALIVE_VALS, &on, sizeof(on), nullptr, 0); } input-too-small',
			...['p->', 'r.', 'u->', 'local.', '(*p).', 'net::Sock::'].map(
				(object) => `${object}control(SIO_KEEPALIVE_VALS, &on, sizeof(on), nullptr, 0); input-too-small`,
			),
			'p->plain input-too-small',
			'p->plain missing-bytes-returned',
		]);
	});

	test.each<[string, object, string]>([
		['a number as its code', { code: 0x98000004, inputSize: 4 }, 'SIO_KEEPALIVE_VALS (0x98000004); in: DWORD, 4 bytes'],
		['another code', { code: 'SIO_RCVALL', inputSize: 4 }, 'SIO_RCVALL (0x98000001); in: DWORD, 4 bytes'],
		['the size of a type', { inputSize: 'sizeof(struct tcp_keepalive)' }, 'in: DWORD, 12 bytes'],
		['nothing of the size', {}, 'in: DWORD, size not resolved; out: size not resolved'],
		['no output', { inputSize: 12, output: null, outputSize: 0 }, 'in: DWORD, 12 bytes; out: none'],
	])('pass %s', async (_, passes, told) => {
		const all = { code: 'SIO_KEEPALIVE_VALS', ...passes };
		const folder = temporaryFolder({
			'.ioctl-lens.json': JSON.stringify({ functions: { keep: { arguments: ['socket', 'input'], passes: all } } }),
			'a.c': HEAD + body('SOCKET s', 'keep(s, &on);'),
		});
		expect((await runCli(folder, ['calls', '.'])).out.split('\n')[0]).toContain(told);
	});

	test.each([
		['net::Sock::keep(', true],
		['Sock::keep(', true],
		['::net::Sock::keep(', true],
		['my::net::Sock::keep(', true],
		['other::Sock::keep(', false],
		['Sock::other::keep(', false],
		['net::keep(', false],
		['keep(', false],
		['a->keep(', true],
		['b.keep(', true],
		['(*a).keep(', true],
		['c->keep(', true],
		['d->keep(', true],
		['e->keep(', false],
		['f->keep(', false],
		['g->keep(', false],
		['unknown->keep(', false],
		['h()->keep(', false],
	])('are methods of their class: %s', async (callee, isOne) => {
		const functions = { 'net::Sock::keep': { arguments: ['code', 'input', 'inputSize'] } };
		const parameters =
			'net::Sock *a, Sock &b, std::unique_ptr<net::Sock> c, std::shared_ptr<Sock> d, other::Sock *e, std::vector<Sock> f, int *g';
		const call = `${callee}SIO_KEEPALIVE_VALS, ${ON});`;
		const text = HEAD + body(parameters, call);
		expect(await found('a.cpp', text, functions)).toEqual(isOne ? [`${call} input-too-small`] : []);
	});

	test('are judged in TypeScript', async () => {
		const text = `import { my_ctl, Sock } from './sock';
class Other { control(...given: unknown[]) {} }
const on = Buffer.alloc(4);
my_ctl(s, 0x98000004, on, 4);
const sock = new Sock();
sock.control(0x98000004, on, 4, null, 0);
export function f(typed: Sock, other: Other, any: unknown) {
	typed.control(0x98000004, on, 4, null, 0);
	other.control(0x98000004, on, 4, null, 0);
	any.control(0x98000004, on, 4, null, 0);
	keep(s, on, 4, 0);
	my_ctl(s, 0x98000001, on, 4);
}
`;
		expect(await found('a.ts', text)).toEqual([
			'my_ctl(s, 0x98000004, on, 4); input-too-small',
			'sock.control(0x98000004, on, 4, null, 0); input-too-small',
			'typed.control(0x98000004, on, 4, null, 0); input-too-small',
			'keep(s, on, 4, 0); input-too-small',
		]);
	});

	/** The class whose method is meant is `Sock`, as far as the text says so. */
	test.each([
		['Sock.control(CALL', '', true],
		['new Sock().control(CALL', '', true],
		['new net.Sock().control(CALL', '', true],
		['new Other().control(CALL', '', false],
		['other().control(CALL', '', false],
		['control(CALL', '', false],
		['a.control(CALL', 'const a = new Sock();', true],
		['(a as any).control(CALL', 'const a = (new Sock())!;', true],
		['a.control(CALL', 'const a = new net.Sock();', true],
		['a.control(CALL', 'const a = new Other();', false],
		['a.control(CALL', 'const a = Sock();', false],
		['a.control(CALL', 'const a: Sock = make();', true],
		['a.control(CALL', 'const a: net.Sock = make();', true],
		['a.control(CALL', 'const a: Sock[] = make();', false],
		['a.control(CALL', 'const [a] = new Sock();', false],
		['a.control(CALL', 'let a; a = new Sock();', false],
		['Sock.control(CALL', 'class Sock {}', true],
		['Sock.control(CALL', "import { Sock } from './sock';", true],
		['Sock.control(CALL', "import Sock from './sock';", true],
		['S.control(CALL', "import { Sock as S } from './sock';", true],
		['Sock.control(CALL', "import { Other as Sock } from './sock';", false],
		['Sock.control(CALL', 'const Sock = make();', false],
		['this.control(CALL', '', false],
		['f(() => this.control(CALL)', 'class Sock { a() {', true],
		['this.control(CALL', 'class Sock { a() {', true],
		['this.control(CALL', 'const A = class Sock { a() {', true],
		['this.control(CALL', 'abstract class Sock { a() {', true],
		['this.control(CALL', 'class Other { a() {', false],
		['this.control(CALL', 'class Sock { a() { function b() {', false],
		['this.control(CALL', 'class Sock { a() { f(function () {', false],
	])('are methods of their class in TypeScript: %s behind %s', async (call, before, isOne) => {
		const ends = [...before].reverse().map((c) => ({ '{': ' }', '(': ')' })[c] ?? '');
		const line = `${call.replace('CALL', '0x98000004, on, 4, null, 0)')};`;
		expect(await found('a.ts', `const on = Buffer.alloc(4);\n${before}\n${line}\n${ends.join('')}\n`)).toEqual(
			isOne ? [`${line} input-too-small`] : [],
		);
	});

	test.each([
		['nothing as its code', { code: null }, '0x00000000; in: size not resolved; out: size not resolved'],
		[
			'a number as its code',
			{ code: 0x98000004 },
			'SIO_KEEPALIVE_VALS (0x98000004); in: size not resolved; out: size not resolved',
		],
		[
			'a number as its size',
			{ code: 'SIO_RCVALL', inputSize: 11 },
			'SIO_RCVALL (0x98000001); in: 11 bytes; out: size not resolved',
		],
		[
			'the size of a type',
			{ code: 'SIO_RCVALL', inputSize: 'sizeof(struct tcp_keepalive)' },
			'SIO_RCVALL (0x98000001); in: 12 bytes; out: size not resolved',
		],
		[
			'no output',
			{ code: 'SIO_RCVALL', output: null, outputSize: 0 },
			'SIO_RCVALL (0x98000001); in: size not resolved; out: none',
		],
	])('pass %s in TypeScript', async (_, passes, told) => {
		const folder = temporaryFolder({
			'.ioctl-lens.json': JSON.stringify({ functions: { keep: { arguments: ['socket', 'input'], passes } } }),
			'a.ts': 'keep(s, Buffer.alloc(4));\n',
		});
		expect((await runCli(folder, ['calls', '.'])).out.split('\n')[0]).toBe(`a.ts:1:1: WSAIoctl (as keep) ${told}`);
	});

	test('say nothing of what they return, unless it is the result', async () => {
		const text = HEAD + body('SOCKET s', `if (my_ctl(s, SIO_RCVALL, ${ON}) == 1) on = 2;`);
		expect(await found('a.c', text)).toEqual([]);
		const my_ctl = { ...FUNCTIONS.my_ctl, returnsResult: true };
		expect(await found('a.c', text, { my_ctl })).toEqual([
			'if (my_ctl(s, SIO_RCVALL, &on, sizeof(on)) == 1) on = 2; result-misread',
		]);
	});

	test('are listed', async () => {
		const text = HEAD + body('SOCKET s', `keep(s, ${ON}, 5);`);
		const folder = temporaryFolder({ '.ioctl-lens.json': JSON.stringify({ functions: FUNCTIONS }), 'a.c': text });
		expect((await runCli(folder, ['calls', '.'])).out.split('\n')[0]).toBe(
			'a.c:5:2: WSAIoctl (as keep) SIO_KEEPALIVE_VALS (0x98000004); in: DWORD, 4 bytes; out: none',
		);
	});
});

test.each<[string, object, string]>([
	[
		'no code',
		{ f: { arguments: ['socket'] } },
		'1:15: functions.f: One of the `arguments` has to be the `code`, or `passes` has to say which it is.',
	],
	[
		'an unknown role',
		{ f: { arguments: ['code', 'sise'] } },
		'1:40: functions.f.arguments[1] has to be one of "socket", "code", "input", "inputSize", "output", "outputSize", "bytesReturned", "overlapped", "completion".',
	],
	[
		'a role twice',
		{ f: { arguments: ['code', 'code'] } },
		'1:40: functions.f.arguments[1]: There is one `code` already.',
	],
	[
		'an unknown entry point',
		{ f: { arguments: ['code'], calls: 'WSAIoctI' } },
		'1:41: functions.f.calls has to be one of "ioctlsocket", "NSPIoctl", "WSAIoctl", "WSANSPIoctl", "WskControlSocket", "WSPIoctl".',
	],
	[
		'an unknown code',
		{ f: { arguments: ['input'], passes: { code: 'SIO_RCVAL' } } },
		'1:52: functions.f.passes.code: "SIO_RCVAL" is no code, no number and no `sizeof(type)`; did you mean `SIO_RCVALL`?',
	],
	['a name that is none', { 'a.b': 'WSAIoctl' }, '1:15: functions: "a.b" is no name of a function.'],
	[
		'a number',
		{ f: 1 },
		'1:15: functions: f has to be ioctlsocket, NSPIoctl, WSAIoctl, WSANSPIoctl, WskControlSocket or WSPIoctl, or an object that says what its arguments are.',
	],
])('%s is told', async (_, functions, problem) => {
	const folder = temporaryFolder({ '.ioctl-lens.json': JSON.stringify({ functions }), 'a.c': '\n' });
	const { err } = await runCli(folder, ['check', '.']);
	expect(err.replace(`ioctl-lens: ${folder}/.ioctl-lens.json:`, '').trimEnd()).toBe(problem);
});

test('the example of the documentation says what it says there', async () => {
	const page = readFileSync(join(import.meta.dirname, '../../server/docs/own-codes.md'), 'utf8');
	const files = [...page.matchAll(/^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$/gms)].map(([, name = '', text = '']) => [
		name,
		text,
	]);
	expect(files.map(([name]) => name)).toEqual(['.ioctl-lens.json', 'src/adapter.cpp', 'src/acme.h']);
	const [, told] = /says:\n\n```\n(.*?)^```$/ms.exec(page) ?? [];
	const folder = temporaryFolder(Object.fromEntries(files));
	const { out, err } = await runCli(folder, ['check', 'src']);
	expect(err).toBe('');
	expect(out.split('\n').filter((line) => line.startsWith('src/'))).toEqual(told?.trimEnd().split('\n'));
});
