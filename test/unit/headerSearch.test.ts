/** Included files that no include folder is named for, and what the classes in them say of their members. */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { diskProject } from '../../server/src/node/diskProject.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';
import { temporaryFolder } from '../support/cli.ts';

const checker = new Checker(nodeEngine(import.meta.dirname), diskProject());
afterAll(() => checker.dispose());

describe('where included files are looked for', () => {
	const files = {
		'README.md': '',
		'cat/net/above.hpp': '',
		'include/own.h': '',
		'libs/x/include/dds/deep.h': '',
		'libs/x/include/dds/twice.h': '',
		'libs/y/include/dds/twice.h': '',
		'libs/y/single.h': '',
		'cat/net/src/a.cpp': '',
		'cat/net/src/near.h': '\ufeff#define A 1\n',
		'cat/net/src/MixedCase.h': '',
		'cat/include/Own/Deep.h': '',
	};
	const prepared = () => {
		const folder = temporaryFolder(files);
		return { folder, source: join(folder, 'cat/net/src/a.cpp') };
	};
	it.each<[string, boolean, string | undefined]>([
		['near.h', true, 'cat/net/src/near.h'],
		['cat/net/above.hpp', false, 'cat/net/above.hpp'],
		['cat\\net\\above.hpp', true, 'cat/net/above.hpp'],
		['own.h', false, 'include/own.h'],
		['dds/deep.h', true, 'libs/x/include/dds/deep.h'],
		['dds/twice.h', true, undefined],
		['single.h', true, 'libs/y/single.h'],
		['single.h', false, undefined],
		['windows.h', false, undefined],
		['mixedcase.h', true, 'cat/net/src/MixedCase.h'],
		['mixedcase.h', false, undefined],
		['own\\DEEP.H', true, 'cat/include/Own/Deep.h'],
		['OWN/deep.h', false, 'cat/include/Own/Deep.h'],
		['../../../../etc/passwd', true, undefined],
	])('%s', async (name, quoted, expected) => {
		const { folder, source } = prepared();
		const found = await diskProject().include(name, quoted, source);
		expect(found?.path).toBe(expected && join(folder, expected));
	});
	it('reads a text without its mark', async () => {
		const { source } = prepared();
		expect((await diskProject().include('near.h', true, source))?.text).toBe('#define A 1\n');
	});
});

describe('members of classes in included files', () => {
	const declared = (head: string, before: string) =>
		`#pragma once\n${head} {\npublic:\n${before}\n\tvoid f(SOCKET s);\n\tLPFN_ACCEPTEX m_fn = nullptr;\n\tstatic LPFN_ACCEPTEX s_fn;\n\tBOOL (WINAPI *m_own)(SOCKET);\n};\n`;
	it.each<[string, string, string]>([
		['a class', 'class C', ''],
		[
			'a convention in a method',
			'class C',
			'\tstatic DWORD WINAPI W(LPVOID p);\n\tBOOL CALLBACK D(int a);\n\tvoid __stdcall e();',
		],
		['an export macro', 'class A_EXPORT C', ''],
		['an export macro and a base', 'class A_API C final : public std::vector<int>', ''],
		['__declspec', 'class __declspec(dllexport) C', ''],
		['annotations', 'struct C', '\tusing F = BOOL(__stdcall *)(_In_ SOCKET s, _Out_writes_bytes_(4) PVOID p);'],
		['a macro that is no declaration', 'class C', '\tDECLARE_MESSAGE_MAP()'],
		['a method with branches', 'class C', '#ifdef _WIN32\n\tDWORD WINAPI a();\n#else\n\tvoid *b(\n#endif'],
		['branches that are not known', 'class C', '#ifdef HAVE_X\n\tint a;\n#endif'],
	])('%s', async (_, head, before) => {
		const folder = temporaryFolder({ 'c.h': declared(head, before) });
		const call = (member: string) =>
			`\tWSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &g, sizeof(g), &${member}, sizeof(${member}), &n, NULL, NULL);\n`;
		const text = `#include "c.h"\nvoid C::f(SOCKET s)\n{\n\tGUID g = WSAID_ACCEPTEX;\n\tDWORD n;\n${['m_fn', 's_fn', 'm_own', 'this->m_fn'].map(call).join('')}}\n`;
		const { calls } = await checked(checker, { name: join(folder, 'c.cpp'), text });
		const pointer = { kind: 'known', values: [{ x86: 4, x64: 8, arm64: 8 }] };
		expect(calls.map((c) => c.output?.length)).toEqual([pointer, pointer, pointer, pointer]);
	});
	it('follows the classes that a class is made from', async () => {
		const folder = temporaryFolder({
			'base.h': 'class Base {\nprotected:\n\tstruct tcp_keepalive keep;\n};\n',
			'c.h': '#include "base.h"\nclass C : public Base {\n\tvoid f(SOCKET s);\n};\n',
		});
		const text =
			'#include "c.h"\nvoid C::f(SOCKET s)\n{\n\tDWORD n;\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &keep, sizeof keep, NULL, 0, &n, NULL, NULL);\n}\n';
		const { calls } = await checked(checker, { name: join(folder, 'c.cpp'), text });
		expect(calls[0]?.input?.length).toEqual({ kind: 'known', values: [{ x86: 12, x64: 12, arm64: 12 }] });
	});
	it('takes an included file where its condition holds', async () => {
		const folder = temporaryFolder({
			'win.h': 'struct opts { DWORD a, b, c; };\n',
			'unix.h': 'struct opts { long a; };\n#define ioctlsocket ioctl\n',
		});
		const text =
			'#ifdef _WIN32\n#include "win.h"\n#else\n#include "unix.h"\n#endif\nvoid f(SOCKET s)\n{\n\tDWORD n;\n\tstruct opts o;\n\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &o, sizeof o, NULL, 0, &n, NULL, NULL);\n\tioctlsocket(s, FIONBIO, &n);\n}\n';
		const { calls } = await checked(checker, { name: join(folder, 'c.cpp'), text });
		expect(calls.map((c) => c.input?.length)).toEqual([
			{ kind: 'known', values: [{ x86: 12, x64: 12, arm64: 12 }] },
			{ kind: 'known', values: [{ x86: 4, x64: 4, arm64: 4 }] },
		]);
	});
});
